import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Interval } from '../../src/model/interval.ts'
import {
  clip,
  contains,
  covers,
  type Intervals,
  intersect,
  merge,
  overlaps,
  subtract,
  total,
  union,
} from '../../src/time/interval.ts'

const SIZE = 24

/** The list as one flag per unit of time: slow, and impossible to get wrong. */
function bits(list: Iterable<Interval>): boolean[] {
  const out = Array.from({ length: SIZE }, () => false)
  for (const { start, end } of list) for (let t = start; t < end; t++) out[t] = true
  return out
}

function isNormal(list: Intervals): boolean {
  return list.every((x, i) => {
    const next = list[i + 1]
    return x.start < x.end && (next === undefined || x.end < next.start)
  })
}

const anyInterval = fc
  .tuple(fc.integer({ min: 0, max: SIZE }), fc.integer({ min: -2, max: 8 }))
  .map(([start, length]) => ({ start, end: Math.min(start + length, SIZE) }))
const messy = fc.array(anyInterval, { maxLength: 8 })
const list = messy.map(merge)

describe('interval algebra against flags per unit', () => {
  it('merge', () => {
    fc.assert(
      fc.property(messy, m => {
        const merged = merge(m)
        expect(isNormal(merged)).toBe(true)
        expect(bits(merged)).toEqual(bits(m))
      }),
    )
  })

  it('union, intersect, subtract, total', () => {
    fc.assert(
      fc.property(list, list, (a, b) => {
        const [x, y] = [bits(a), bits(b)]
        for (const [result, expected] of [
          [union(a, b), x.map((v, i) => v || y[i] === true)],
          [intersect(a, b), x.map((v, i) => v && y[i] === true)],
          [subtract(a, b), x.map((v, i) => v && y[i] !== true)],
        ] as const) {
          expect(isNormal(result)).toBe(true)
          expect(bits(result)).toEqual(expected)
          expect(total(result)).toBe(expected.filter(Boolean).length)
        }
      }),
      { numRuns: 500 },
    )
  })

  it('clip, covers, overlaps, contains', () => {
    fc.assert(
      fc.property(list, anyInterval, fc.integer({ min: 0, max: SIZE - 1 }), (a, i, t) => {
        const x = bits(a)
        const inside = bits([i])
        const clipped = clip(a, i)
        expect(isNormal(clipped)).toBe(true)
        expect(bits(clipped)).toEqual(x.map((v, k) => v && inside[k] === true))
        expect(covers(a, i)).toBe(inside.every((v, k) => !v || x[k] === true))
        expect(overlaps(a, i)).toBe(inside.some((v, k) => v && x[k] === true))
        expect(contains(a, t)).toBe(x[t])
      }),
      { numRuns: 500 },
    )
  })
})

it('leaves its arguments alone', () => {
  const a = [
    { start: 5, end: 7 },
    { start: 1, end: 6 },
  ]
  expect(merge(a)).toEqual([{ start: 1, end: 7 }])
  expect(a).toEqual([
    { start: 5, end: 7 },
    { start: 1, end: 6 },
  ])
  const b = [{ start: 1, end: 2 }]
  union(b, [{ start: 2, end: 3 }])
  expect(b).toEqual([{ start: 1, end: 2 }])
})

it('takes an end as outside', () => {
  expect(contains([{ start: 1, end: 2 }], 2)).toBe(false)
  expect(contains([{ start: 1, end: 2 }], 1)).toBe(true)
})
