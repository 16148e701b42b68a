import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { remembering } from '../../src/evidence/vulnerabilities/remembering.ts'
import { makeTuples } from '../../src/evidence/vulnerabilities/tuples.ts'

describe('tuples', () => {
  it('are kept once, in the order they come', () => {
    const few = fc.constantFrom(0, 1, 2, -1, 1024, 2 ** 32 + 1, 3_559_345_200_001, -3_559_345_200_001)
    fc.assert(
      fc.property(fc.array(fc.tuple(few, few, few), { maxLength: 60 }), list => {
        const tuples = makeTuples(3)
        const texts: string[] = []
        for (const tuple of list) {
          const text = tuple.join(' ')
          if (!texts.includes(text)) texts.push(text)
          expect(tuples.id(tuple)).toBe(texts.indexOf(text))
        }
        expect(tuples.count).toBe(texts.length)
        expect(texts.map((_, id) => [0, 1, 2].map(at => tuples.get(id, at)).join(' '))).toEqual(texts)
      }),
    )
  })

  it('are found again once there are many', () => {
    const tuples = makeTuples(2)
    for (let i = 0; i < 20_000; i++) tuples.id([i * 2_147_483_648, i % 7])
    expect(tuples.count).toBe(20_000)
    for (let i = 0; i < 20_000; i += 77) expect(tuples.id([i * 2_147_483_648, i % 7])).toBe(i)
  })
})

describe('a remembering function', () => {
  it('asks once for a text, as long as they are not too many', () => {
    const asked: string[] = []
    const length = remembering(text => asked.push(text) && text.length)
    expect(['ab', 'ab', '', 'ab', 'abc', ''].map(length)).toEqual([2, 2, 0, 2, 3, 0])
    expect(asked).toEqual(['ab', '', 'abc'])
    for (let i = 0; i < 70_000; i++) length(`${i}`)
    expect(length('ab')).toBe(2)
  })
})
