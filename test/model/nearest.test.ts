import { expect, it } from 'vitest'
import { nearest } from '../../src/model/nearest.ts'

it('finds what one slip turned into the word', () => {
  const words = ['window', 'target', 'during', 'services']
  expect(nearest('windwo', words)).toBe('window')
  expect(nearest('tagret', words)).toBe('target')
  expect(nearest('durin', words)).toBe('during')
  expect(nearest('servicess', words)).toBe('services')
  expect(nearest('WINDOW', words)).toBe('window')
})

it('allows 1 slip up to 4 letters, 2 up to 8, 3 beyond', () => {
  expect(nearest('abxy', ['abcd'])).toBeUndefined()
  expect(nearest('abcx', ['abcd'])).toBe('abcd')
  expect(nearest('abcdefxy', ['abcdefgh'])).toBe('abcdefgh')
  expect(nearest('abcdexyz', ['abcdefgh'])).toBeUndefined()
  expect(nearest('abcdefxyz', ['abcdefghi'])).toBe('abcdefghi')
  expect(nearest('abcdewxyz', ['abcdefghi'])).toBeUndefined()
})

it('takes the fewest slips, then the first, and nothing for a word replaced altogether', () => {
  expect(nearest('cart', ['care', 'cart', 'card'])).toBe('cart')
  expect(nearest('carx', ['care', 'cart'])).toBe('care')
  expect(nearest('x', ['y'])).toBeUndefined()
  expect(nearest('', ['y'])).toBeUndefined()
})
