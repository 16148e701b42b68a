import fc from 'fast-check'
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

it('is what the whole table of distances gives, and takes long words as they are', () => {
  const letter = fc.constantFrom(...'abcE')
  const word = fc.array(letter, { maxLength: 14 }).map(letters => letters.join(''))
  fc.assert(
    fc.property(word, fc.array(word, { maxLength: 6 }), (wanted, words) => {
      expect(nearest(wanted, words)).toBe(nearestOfAll(wanted, words))
    }),
    { numRuns: 5000 },
  )
  const edit = fc.tuple(fc.nat(14), fc.nat(2), fc.array(letter, { maxLength: 2 }))
  fc.assert(
    fc.property(word, fc.array(edit, { maxLength: 4 }), (wanted, edits) => {
      const letters = [...wanted]
      for (const [at, drop, add] of edits) letters.splice(at, drop, ...add)
      expect(nearest(wanted, [letters.join('')])).toBe(nearestOfAll(wanted, [letters.join('')]))
    }),
    { numRuns: 5000 },
  )
  const long = 'x'.repeat(100_000)
  expect(nearest(`${long}y`, [`y${long}`, `${long}z`])).toBe(`${long}z`)
  expect(nearest(`ab${long}`, [`ba${long}zzz`, `y${long}yy`])).toBeUndefined()
})

/** The same by the recursion that defines the distance. */
function nearestOfAll(wanted: string, words: readonly string[]): string | undefined {
  const most = Math.min(wanted.length <= 4 ? 1 : wanted.length <= 8 ? 2 : 3, Math.max(wanted.length - 1, 0))
  const slips = words.map(word => distance(wanted.toLowerCase(), word.toLowerCase()))
  const fewest = Math.min(...slips)
  return fewest > most ? undefined : words[slips.indexOf(fewest)]
}

function distance(a: string, b: string): number {
  const known = new Map<number, number>()
  const of = (i: number, j: number): number => {
    if (i === 0 || j === 0) return i + j
    const before = known.get(i * 100 + j)
    if (before !== undefined) return before
    const ways = [of(i - 1, j) + 1, of(i, j - 1) + 1, of(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1)]
    if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) ways.push(of(i - 2, j - 2) + 1)
    const fewest = Math.min(...ways)
    known.set(i * 100 + j, fewest)
    return fewest
  }
  return of(a.length, b.length)
}
