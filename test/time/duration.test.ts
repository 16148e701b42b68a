import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DAY, HOUR, MINUTE, SECOND } from '../../src/time/civil.ts'
import { addDuration, type Duration, durationText, parseDuration, subtractDuration } from '../../src/time/duration.ts'
import { makeZones } from '../../src/time/zone.ts'

const zones = makeZones()
const paris = zones('Europe/Paris')

function duration(text: string): Duration {
  const parsed = parseDuration(text)
  if ('problem' in parsed) throw new Error(parsed.problem)
  return parsed
}

describe('parseDuration reads', () => {
  it.each([
    ['5s', 5 * SECOND],
    ['90 seconds', 90 * SECOND],
    ['15min', 15 * MINUTE],
    ['1 minute', MINUTE],
    ['4h', 4 * HOUR],
    ['4 hours', 4 * HOUR],
    ['24h', DAY],
    ['1.5h', 90 * MINUTE],
    ['0.001s', 1],
    ['1h 30min', 90 * MINUTE],
    ['1h30min', 90 * MINUTE],
    ['0h', 0],
    ['0.3333h', 1_199_880],
    ['PT4H', 4 * HOUR],
    ['PT1H30M', 90 * MINUTE],
    ['PT0S', 0],
    ['PT1.5S', 1500],
    [' 4 H ', 4 * HOUR],
  ])('%s as elapsed time', (text, ms) => {
    expect(parseDuration(text)).toEqual({ unit: 'elapsed', ms, text })
  })

  it.each([
    ['1 day', 0, 1, 0],
    ['15 days', 0, 15, 0],
    ['2 weeks', 0, 14, 0],
    ['1 month', 1, 0, 0],
    ['2 years', 24, 0, 0],
    ['P1D', 0, 1, 0],
    ['P1M', 1, 0, 0],
    ['P1Y', 12, 0, 0],
    ['P2W', 0, 14, 0],
    ['P1Y2M3DT4H', 14, 3, 4 * HOUR],
    ['P1DT12H', 0, 1, 12 * HOUR],
    ['1 day 12h', 0, 1, 12 * HOUR],
    ['0 days', 0, 0, 0],
  ])('%s as calendar time', (text, months, days, ms) => {
    expect(parseDuration(text)).toEqual({ unit: 'calendar', months, days, ms, text })
  })

  it('business units', () => {
    expect(parseDuration('2 business days')).toEqual({ unit: 'business-days', days: 2, text: '2 business days' })
    expect(parseDuration('1 business day')).toEqual({ unit: 'business-days', days: 1, text: '1 business day' })
    expect(parseDuration('1.5 business hours')).toEqual({
      unit: 'business-time',
      ms: 90 * MINUTE,
      text: '1.5 business hours',
    })
    expect(parseDuration('30 business minutes')).toEqual({
      unit: 'business-time',
      ms: 30 * MINUTE,
      text: '30 business minutes',
    })
  })

  it.each([
    ['5m', 'minutes or months', '5min or 5 months'],
    ['5M', 'minutes or months', '5min or 5 months'],
    ['30', 'of what', '30min'],
    ['1,500h', 'comma', 'without commas'],
    ['2d', 'unknown unit', 'day or days'],
    ['2 w', 'unknown unit', 'week'],
    ['3 huors', 'unknown unit', 'did you mean hours?'],
    ['-4h', 'no sign', ''],
    ['+4h', 'no sign', ''],
    ['1.5 days', 'whole number of days', 'smaller unit'],
    ['0.0001s', 'whole number', ''],
    ['1.5 business days', 'whole number', ''],
    ['30min 1h', 'order', 'largest first'],
    ['1h 1h', 'order', ''],
    ['1 business day 2h', 'order', ''],
    ['PT', 'ISO 8601', ''],
    ['P', 'ISO 8601', ''],
    ['P1H', 'ISO 8601', ''],
    ['P1.5D', 'ISO 8601', ''],
    ['', 'missing', ''],
    ['soon', "isn't a duration", ''],
    ['4h later', "isn't a duration", ''],
    ['999999999999 years', 'thousand years', ''],
    ['1e3h', '', ''],
    ['0x10s', '', ''],
  ])('no %s', (text, problem, hint) => {
    const parsed = parseDuration(text)
    expect(parsed).toHaveProperty('problem')
    if ('problem' in parsed) {
      expect(parsed.problem).toContain(problem)
      expect(parsed.hint ?? '').toContain(hint)
    }
  })
})

describe('addDuration', () => {
  it('adds hours in real time and days in local time over a clock change', () => {
    const noon = Date.UTC(2025, 2, 29, 11)
    expect(addDuration(paris, noon, duration('24h'))).toBe(Date.UTC(2025, 2, 30, 11))
    expect(addDuration(paris, noon, duration('1 day'))).toBe(Date.UTC(2025, 2, 30, 10))
    expect(subtractDuration(paris, Date.UTC(2025, 2, 30, 10), duration('1 day'))).toBe(noon)
    expect(subtractDuration(paris, noon, duration('48h'))).toBe(noon - 2 * DAY)
    expect(addDuration(paris, noon, duration('P1DT12H'))).toBe(Date.UTC(2025, 2, 30, 22))
  })

  it('moves a skipped local time forward and takes the earlier of two', () => {
    expect(addDuration(paris, Date.UTC(2025, 2, 29, 1, 30), duration('1 day'))).toBe(Date.UTC(2025, 2, 30, 1, 30))
    expect(addDuration(paris, Date.UTC(2025, 9, 25, 0, 30), duration('1 day'))).toBe(Date.UTC(2025, 9, 26, 0, 30))
  })

  it('clamps to the end of the month, then adds days', () => {
    const utc = zones('UTC')
    expect(addDuration(utc, Date.UTC(2026, 0, 31, 9), duration('1 month'))).toBe(Date.UTC(2026, 1, 28, 9))
    expect(addDuration(utc, Date.UTC(2024, 1, 29), duration('1 year'))).toBe(Date.UTC(2025, 1, 28))
    expect(addDuration(utc, Date.UTC(2026, 0, 31), duration('P1M1D'))).toBe(Date.UTC(2026, 2, 1))
  })

  it('stays where it is for nothing, even in a repeated hour', () => {
    const second = Date.UTC(2025, 9, 26, 1, 30)
    expect(addDuration(paris, second, duration('0 days'))).toBe(second)
  })

  it('needs a calendar for business units', () => {
    expect(() => addDuration(paris, 0, duration('1 business day'))).toThrow(RangeError)
    expect(() => addDuration(paris, 0, duration('1 business hour'))).toThrow(RangeError)
  })
})

describe('durationText', () => {
  it.each([
    [0, '0s'],
    [1500, '1.5s'],
    [1, '0.001s'],
    [36 * MINUTE + 48 * SECOND, '36m 48s'],
    [3 * HOUR + 36 * MINUTE, '3h 36m'],
    [2 * DAY + 4 * HOUR, '2d 4h'],
    [DAY, '1d'],
    [-90 * SECOND, '-1m 30s'],
    [DAY + 250, '1d 0.25s'],
  ])('writes %d ms', (ms, text) => {
    expect(durationText(ms)).toBe(text)
  })

  it('says exactly how long it is', () => {
    const worth = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000 }
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e12 }), ms => {
        const parts = durationText(ms).split(' ')
        const sum = parts.reduce((all, p) => all + Number(p.slice(0, -1)) * worth[p.slice(-1) as keyof typeof worth], 0)
        expect(Math.round(sum)).toBe(ms)
        expect(Math.abs(sum - ms)).toBeLessThan(0.001)
      }),
    )
  })
})
