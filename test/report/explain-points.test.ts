import fc from 'fast-check'
import { expect, it } from 'vitest'
import { sharePoints } from '../../src/report/explain-points.ts'

const ratio = (part: number, of: number) => ({ unit: 'ratio', part, of }) as const

it('tells what six digits hold exactly', () => {
  expect(sharePoints(ratio(-1, 40))).toBe('2.5 percentage points')
  expect(sharePoints(ratio(1, 100_000_000))).toBe('0.000001 percentage points')
  expect(sharePoints(ratio(1, 2))).toBe('50 percentage points')
})

it('tells the rest as what it is about', () => {
  // 3,123,843 / 6,249,787,488 are 0.000499831… of 1.
  expect(sharePoints(ratio(3_123_843, 6_249_787_488))).toBe('about 0.05 percentage points')
  expect(sharePoints(ratio(-1, 3))).toBe('about 33.33 percentage points')
  expect(sharePoints(ratio(2, 300_000_000_007))).toBe('about 0.000000000667 percentage points')
})

it('is within a hundredth of the figure', () => {
  const natural = fc.integer({ min: 1, max: 1_000_000_000 })
  fc.assert(
    fc.property(natural, natural, (a, b) => {
      const [part, of] = [Math.min(a, b), Math.max(a, b)]
      const said = Number(/([\d.]+) percentage/.exec(sharePoints(ratio(part, of)))?.[1])
      expect(Math.abs(said / 100 / (part / of) - 1)).toBeLessThan(0.01)
    }),
  )
})
