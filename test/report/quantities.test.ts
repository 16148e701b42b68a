import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Bound } from '../../src/model/finding.ts'
import {
  compareFractions,
  exactText,
  type Fraction,
  grouped,
  holds,
  percentText,
  plainPercent,
  quantityText,
} from '../../src/report/quantities.ts'

const target: Fraction = { part: 995n, of: 1000n }
const atLeast = { value: target, bound: 'at-least' as const }

describe('percentText', () => {
  it('never lifts a figure over its promise', () => {
    expect(percentText({ part: 994999n, of: 1000000n }, atLeast)).toBe('99.49 %')
    expect(percentText({ part: 995n, of: 1000n }, atLeast)).toBe('99.50 %')
  })

  it('takes as many digits as keep a figure on its own side', () => {
    const five = { value: { part: 99999n, of: 100000n }, bound: 'at-least' as const }
    expect(percentText({ part: 99999n, of: 100000n }, five)).toBe('99.999 %')
    expect(percentText({ part: 999995n, of: 1000000n }, five)).toBe('99.999 %')
    expect(percentText({ part: 99998n, of: 100000n }, five)).toBe('99.99 %')
    const above = { value: { part: 9995n, of: 10000n }, bound: 'above' as const }
    expect(percentText({ part: 9995001n, of: 10000000n }, above)).toBe('99.95001 %')
    expect(percentText({ part: 9995n, of: 10000n }, above)).toBe('99.95 %')
  })

  it('rounds up where the promise is a maximum', () => {
    const atMost = { value: { part: 1n, of: 100n }, bound: 'at-most' as const }
    expect(percentText({ part: 10001n, of: 1000000n }, atMost)).toBe('1.01 %')
    expect(percentText({ part: 1n, of: 100n }, atMost)).toBe('1.00 %')
    expect(percentText({ part: 0n, of: 7n }, atMost)).toBe('0.00 %')
  })

  it('rounds down without a promise, also below zero', () => {
    expect(percentText({ part: 2n, of: 3n })).toBe('66.66 %')
    expect(percentText({ part: -1n, of: 3n })).toBe('-33.34 %')
    expect(percentText({ part: 1n, of: 1n })).toBe('100.00 %')
    expect(percentText({ part: 1n, of: 0n })).toBe('nothing to divide by')
  })

  const bound = fc.constantFrom<Bound>('at-least', 'above', 'at-most', 'below')
  const share = fc
    .tuple(fc.bigInt(1n, 10n ** 18n), fc.bigInt(0n, 10n ** 18n))
    .map(([of, part]): Fraction => ({ part: part % (of + 1n), of }))
  // Promises with up to 4 decimals, so that 6 digits always suffice to stay on one side or on the limit itself.
  const promise = fc.bigInt(0n, 1_000_000n).map((part): Fraction => ({ part, of: 1_000_000n }))

  it('shows a figure on the side where it is, or on the limit, and no worse than rounding allows', () => {
    fc.assert(
      fc.property(share, promise, bound, (value, limit, kind) => {
        const text = percentText(value, { value: limit, bound: kind })
        const [whole = '', decimals = ''] = text.replace(' %', '').split('.')
        const shown: Fraction = { part: BigInt(whole + decimals), of: 100n * 10n ** BigInt(decimals.length) }
        expect(decimals.length).toBeGreaterThanOrEqual(2)
        expect(decimals.length).toBeLessThanOrEqual(6)
        const up = kind === 'at-most' || kind === 'below'
        const order = compareFractions(shown, value)
        expect(up ? order >= 0 : order <= 0).toBe(true)
        // Less than one unit of the last digit away.
        const gap = up ? shown.part * value.of - value.part * shown.of : value.part * shown.of - shown.part * value.of
        expect(gap < value.of).toBe(true)
        const sameSide = holds(shown, { value: limit, bound: kind }) === holds(value, { value: limit, bound: kind })
        expect(sameSide || (decimals.length === 6 && compareFractions(shown, limit) === 0)).toBe(true)
      }),
      { seed: 11, numRuns: 3000 },
    )
  })

  it('takes no digit more than needed', () => {
    fc.assert(
      fc.property(share, promise, (value, limit) => {
        const text = percentText(value, { value: limit, bound: 'at-least' })
        const digits = text.replace(' %', '').split('.')[1]?.length ?? 0
        if (digits === 2) return
        const scale = 10n ** BigInt(digits - 1)
        const shorter: Fraction = { part: (value.part * 100n * scale) / value.of, of: 100n * scale }
        expect(compareFractions(shorter, limit) < 0 && compareFractions(value, limit) >= 0).toBe(true)
      }),
      { seed: 12, numRuns: 3000 },
    )
  })
})

describe('plainPercent', () => {
  it('writes a promise as it was written', () => {
    expect(plainPercent(target)).toBe('99.5 %')
    expect(plainPercent({ part: 1n, of: 1n })).toBe('100 %')
    expect(plainPercent({ part: 999999999n, of: 1000000000n })).toBe('99.9999999 %')
    expect(plainPercent({ part: 1n, of: 3n })).toBe('33.333333 %')
  })
})

describe('quantityText', () => {
  it('writes every unit', () => {
    expect(quantityText({ unit: 'ms', value: 13_392_000 })).toBe('3h 43m 12s')
    expect(quantityText({ unit: 'ms', value: 0.75 })).toBe('0s')
    expect(quantityText({ unit: 'ms', value: -0.25 })).toBe('-0.001s')
    expect(quantityText({ unit: 'ratio', part: '18014398509481985', of: '36028797018963968' })).toBe('50.00 %')
    expect(quantityText({ unit: 'count', value: 1284 })).toBe('1,284')
    expect(quantityText({ unit: 'decimal', value: '9.8', of: '10' })).toBe('9.8 of 10')
    expect(quantityText({ unit: 'money', minor: 36000, currency: 'EUR' })).toBe('360.00 EUR')
    expect(quantityText({ unit: 'money', minor: '-1234567', currency: 'JPY' })).toBe('-1,234,567 JPY')
    expect(quantityText({ unit: 'money', minor: 5, currency: 'KWD' })).toBe('0.005 KWD')
    expect(quantityText({ unit: 'none', text: 'nothing' })).toBe('nothing')
  })

  it('groups whole digits only', () => {
    expect(grouped('1234567.12345')).toBe('1,234,567.12345')
    expect(grouped(-1234)).toBe('-1,234')
    expect(grouped(999)).toBe('999')
  })

  it('keeps the exact figure behind a rounded one', () => {
    expect(exactText({ unit: 'ratio', part: 2_662_800_000, of: 2_678_400_000 })).toBe('2,662,800,000 / 2,678,400,000')
    expect(exactText({ unit: 'ms', value: -2_208_000 })).toBe('-2,208,000 ms')
    expect(exactText({ unit: 'none', text: 'x' })).toBeUndefined()
  })
})
