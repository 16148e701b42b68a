import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import * as values from '../../src/contract/values.ts'

describe('values', () => {
  it('reads percentages exactly', () => {
    expect(values.percent.parse('99.950%')).toEqual({ part: 99950, of: 100000, text: '99.950%' })
    expect(values.percent.parse('0%')).toEqual({ part: 0, of: 100, text: '0%' })
    expect(values.percent.parse('100%')).toEqual({ part: 100, of: 100, text: '100%' })
    expect(values.percent.parse('99.999999999 %')).toEqual({ part: 99999999999, of: 1e11, text: '99.999999999 %' })
  })

  it('keeps every digit of a percentage', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99 }), fc.integer({ min: 0, max: 9 }), fc.nat(), (whole, decimals, n) => {
        const digits = decimals === 0 ? '' : String(n % 10 ** decimals).padStart(decimals, '0')
        const text = `${whole}${decimals === 0 ? '' : '.'}${digits}%`
        const { part, of, text: kept } = values.percent.parse(text)
        // By long division: the digits of part ÷ (of ÷ 100).
        const unit = BigInt(of) / 100n
        const left = BigInt(part) / unit
        const right = decimals === 0 ? '' : `.${String(BigInt(part) % unit).padStart(decimals, '0')}`
        expect(`${left}${right}%`).toBe(text)
        expect(kept).toBe(text)
      }),
    )
  })

  it.each([
    ['99.5', '"99.5": the % is missing', 'write 99.5%'],
    ['99,5%', '"99,5%" isn\'t a percentage', 'write decimals with a point: 99.5%'],
    ['100.1%', '"100.1%" is more than 100%', undefined],
    ['100.000000001%', '"100.000000001%" is more than 100%', undefined],
    ['1000000000000000000000%', '"1000000000000000000000%" is more than 100%', undefined],
    ['1.0000000000%', '"1.0000000000%": at most 9 decimals', undefined],
    ['-1%', '"-1%" isn\'t a percentage', 'write a number and the sign: 99.5%'],
  ])('refuses the percentage %s', (text, message, hint) => {
    expect(problemOf(values.percent, text)).toEqual([message, hint])
  })

  it('reads targets', () => {
    const value = { part: 995, of: 1000, text: '99.5%' }
    expect(values.percentTarget.parse('99.5%')).toEqual({ bound: 'at-least', value })
    expect(values.percentTarget.parse({ 'at-least': '99.5%' })).toEqual({ bound: 'at-least', value })
    expect(values.percentTarget.parse({ above: '99.5%' })).toEqual({ bound: 'above', value })
    expect(values.percentTarget.safeParse({ above: '99.5%', 'at-least': '99.5%' }).success).toBe(false)
  })

  it('reads money in minor units', () => {
    expect(values.money.parse('1200 EUR')).toEqual({ minor: 120000, currency: 'EUR' })
    expect(values.money.parse('99.9 USD')).toEqual({ minor: 9990, currency: 'USD' })
    expect(values.money.parse('1200 JPY')).toEqual({ minor: 1200, currency: 'JPY' })
    expect(values.money.parse('1.234 KWD')).toEqual({ minor: 1234, currency: 'KWD' })
  })

  it.each([
    ['1200', '"1200": the currency is missing', 'write 1200 EUR'],
    ['1,200 EUR', '"1,200 EUR" isn\'t an amount of money', 'write 1200 EUR, without thousands separators'],
    ['€1200', '"€1200" isn\'t an amount of money', 'write an amount and the code of its currency: 1200 EUR'],
    ['1200 EUP', '"1200 EUP": unknown currency EUP', 'did you mean EUR?'],
    ['1200 ABCDEFG', '"1200 ABCDEFG": unknown currency ABCDEFG', 'use the ISO 4217 code: EUR, USD, JPY'],
    ['1200.5 JPY', '"1200.5 JPY": JPY has no decimals', undefined],
    ['1.234 EUR', '"1.234 EUR": EUR has only 2 decimals', undefined],
    ['90071992547409.92 EUR', '"90071992547409.92 EUR" is too large', undefined],
  ])('refuses the money %s', (text, message, hint) => {
    expect(problemOf(values.money, text)).toEqual([message, hint])
  })

  it('reads decimals exactly', () => {
    expect(values.decimal.parse('-0.50')).toBe('-0.5')
    expect(values.decimal.parse(200)).toBe('200')
    expect(values.decimal.parse('007.100')).toBe('7.1')
    expect(values.decimal.parse('-0.0')).toBe('0')
    expect(values.decimal.parse('0.12345678901234567890')).toBe('0.1234567890123456789')
    expect(problemOf(values.decimal, '1,5')).toEqual(['"1,5" isn\'t a number', 'write 1500 or 1.5, without commas'])
    expect(problemOf(values.decimal, 'many')).toEqual(['"many" isn\'t a number', 'write digits, such as 200 or 0.5'])
  })

  it('reads elapsed amounts', () => {
    expect(values.elapsed.parse('15min')).toBe(900_000)
    expect(values.elapsed.parse('1h 30min')).toBe(5_400_000)
    expect(problemOf(values.elapsed, '1 day')).toEqual([
      '"1 day": only s, min and h can be used here',
      'write such as 15min or 24h',
    ])
    expect(problemOf(values.elapsed, '5 m')[0]).toBe('"5 m": "m" is minutes or months')
  })

  it('reads amounts and counts per window', () => {
    const month = { kind: 'calendar', unit: 'month' }
    expect(values.amountPer.parse('4h per calendar month')).toEqual({
      ms: 14_400_000,
      per: month,
      text: '4h per calendar month',
    })
    expect(values.countPer.parse('10 per calendar year')).toEqual({
      count: 10,
      per: { kind: 'calendar', unit: 'year' },
      text: '10 per calendar year',
    })
    expect(problemOf(values.amountPer, '4h')).toEqual([
      '"4h" doesn\'t say per what',
      'write such as 4h per calendar month',
    ])
    expect(problemOf(values.amountPer, '4 per calendar month')[0]).toBe('"4": 4 of what?')
    expect(problemOf(values.countPer, '1.5 per calendar year')[0]).toBe(
      '"1.5 per calendar year": "1.5" isn\'t a whole number',
    )
    expect(problemOf(values.countPer, '3 per month')[1]).toBe('write calendar month')
  })

  it('reads conditions on columns', () => {
    expect(values.where.parse({ kind: 'planned', size: 2, big: true, tag: { not: ['a', 1] } })).toEqual([
      { column: 'kind', values: ['planned'], not: false },
      { column: 'size', values: ['2'], not: false },
      { column: 'big', values: ['true'], not: false },
      { column: 'tag', values: ['a', '1'], not: true },
    ])
    expect(values.where.safeParse({ kind: [] }).success).toBe(false)
  })

  it('reads hours and notices', () => {
    expect(values.hoursRef.parse('night')).toEqual({ calendar: 'night' })
    expect(values.hoursRef.parse({ every: 'last sunday', hours: '22:00-04:00' })).toEqual({
      recurring: { every: { kind: 'monthly', weekday: 6, nth: -1 }, hours: [[79_200_000, 100_800_000]] },
      text: 'last sunday 22:00-04:00',
    })
    expect(values.notice.parse({ 'at-least': 'unstated' })).toEqual({})
    expect(values.notice.parse({ 'at-least': '48h', 'when-longer-than': '15min', during: 'support' })).toEqual({
      atLeast: { unit: 'elapsed', ms: 172_800_000, text: '48h' },
      whenLongerThan: 900_000,
      during: 'support',
    })
  })

  it('reads words, names and whole numbers', () => {
    expect(values.orUnstated(values.elapsed).parse('unstated')).toBe('unstated')
    expect(values.orUnstated(values.elapsed).parse('1s')).toBe(1000)
    expect(values.name.parse(' app ')).toBe('app')
    expect(problemOf(values.name, '  ')).toEqual(["a name can't be blank", undefined])
    expect(values.wholeNumber(1, 31).safeParse(1.5).success).toBe(false)
    expect(values.count.parse(0)).toBe(0)
    const word = values.oneOf(['start', 'detected'])
    expect(word.safeParse('strat').error?.issues[0]?.message).toBe(
      'expected one of start, detected, got "strat"\ndid you mean start?',
    )
  })

  it('reads shares per window', () => {
    expect(values.attainment.parse('95.5% per calendar month')).toEqual({
      value: { part: 955, of: 1000, text: '95.5%' },
      per: { kind: 'calendar', unit: 'month' },
      text: '95.5% per calendar month',
    })
    expect(problemOf(values.attainment, '95%')).toEqual([
      '"95%" doesn\'t say per what',
      'write such as 95% per calendar month',
    ])
    expect(problemOf(values.attainment, '95 per term')).toEqual(['"95": the % is missing', 'write 95%'])
  })

  it('tells a caller what is wrong with one text', () => {
    const tried = values.percent.safeParse('5')
    expect(tried.error && values.problem(tried.error, '5%')).toEqual({
      problem: '"5": the % is missing',
      hint: 'write 5%',
    })
    const other = values.percent.safeParse('101%')
    expect(other.error && values.problem(other.error, '5%')).toEqual({
      problem: '"101%" is more than 100%',
      hint: 'write 5%',
    })
  })
})

function problemOf(schema: z.ZodType, text: string): [string | undefined, unknown] {
  const issue = schema.safeParse(text).error?.issues[0]
  return [issue?.message, issue?.code === 'custom' ? issue.params?.hint : undefined]
}
