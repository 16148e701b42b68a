import fc from 'fast-check'
import { DateTime } from 'luxon'
import { describe, expect, it } from 'vitest'
import { dayNumber, MINUTE } from '../../src/time/civil.ts'
import { fastInstant, formatInstant, formatUtc, parseStamp } from '../../src/time/stamp.ts'
import { makeZones } from '../../src/time/zone.ts'

const zones = makeZones()
const instant = (at: number) => ({ kind: 'instant', at })

describe('parseStamp reads', () => {
  it('instants in every spelling of RFC 3339 and its common relaxations', () => {
    const at = Date.UTC(2026, 4, 1, 8, 30)
    for (const text of [
      '2026-05-01T08:30:00Z',
      '2026-05-01t08:30:00z',
      '2026-05-01 08:30:00Z',
      '2026-05-01T08:30Z',
      '2026-05-01T10:30:00+02:00',
      '2026-05-01T10:30:00+0200',
      '2026-05-01T10:30:00+02',
      '2026-05-01T10:30+02',
      '2026-05-01T03:00:00-05:30',
      '2026-05-01T08:30:00-00:00',
      '2026-05-02T08:29:00+23:59',
      '2026-05-01T08:30:00.000Z',
    ]) {
      expect(parseStamp(text), text).toEqual(instant(at))
      expect(fastInstant(text), text).toBe(at)
    }
  })

  it('fractions of any length, cut to the millisecond', () => {
    const at = Date.UTC(2026, 4, 1, 8, 30, 59)
    expect(parseStamp('2026-05-01T08:30:59.5Z')).toEqual(instant(at + 500))
    expect(parseStamp('2026-05-01T08:30:59,25Z')).toEqual(instant(at + 250))
    expect(parseStamp('2026-05-01T08:30:59.9999999999Z')).toEqual(instant(at + 999))
    expect(parseStamp('2026-05-01T08:30:59.0009Z')).toEqual(instant(at))
    expect(parseStamp('2026-05-01T08:30:59.0019')).toEqual({ kind: 'local', local: at + 1 })
  })

  it('readings without an offset and bare dates', () => {
    expect(parseStamp('2026-05-01T08:30:59')).toEqual({ kind: 'local', local: Date.UTC(2026, 4, 1, 8, 30, 59) })
    expect(parseStamp('2026-05-01 08:30')).toEqual({ kind: 'local', local: Date.UTC(2026, 4, 1, 8, 30) })
    expect(parseStamp('2026-05-01')).toEqual({ kind: 'date', day: dayNumber(2026, 5, 1) })
    expect(parseStamp('2024-02-29')).toEqual({ kind: 'date', day: dayNumber(2024, 2, 29) })
  })

  it.each([
    ['2026-02-30', 'no date 2026-02-30'],
    ['2026-02-30T00:00:00Z', 'no date 2026-02-30'],
    ['2026-13-01', 'no date'],
    ['2026-00-10T00:00:00Z', 'no date'],
    ['2026-06-30T23:59:60Z', 'leap second'],
    ['2026-06-30T24:00:00Z', 'hour 24'],
    ['2026-06-30T25:00:00Z', 'no time'],
    ['2026-06-30T10:60:00Z', 'no time'],
    ['2026-06-30T10:00:61Z', 'no time'],
    ['2026-06-30T10:00:00+24:00', 'no offset'],
    ['2026-06-30T10:00:00+01:60', 'no offset'],
    ['2026-06-30T10:00:00.Z', "isn't a time"],
    ['2026-6-30T10:00:00Z', "isn't a time"],
    ['26-06-30T10:00:00Z', "isn't a time"],
    ['+002026-06-30T10:00:00Z', "isn't a time"],
    ['2026-06-30T10Z', "isn't a time"],
    ['2026-06-30T10:00:00 Z', "isn't a time"],
    ['2026-06-30T10:00:00+1:00', "isn't a time"],
    ['2026-06-30T10:00:00+02:00x', "isn't a time"],
    ['2026-06-3OT10:00:00Z', "isn't a time"],
    ['30/06/2026', "isn't a time"],
    ['', "isn't a time"],
  ])('no %s', (text, message) => {
    const stamp = parseStamp(text)
    expect(stamp.kind).toBe('bad')
    if (stamp.kind === 'bad') expect(stamp.message).toContain(message)
    expect(fastInstant(text)).toBeNaN()
  })
})

it('one wrong character anywhere is never read as a digit', () => {
  const good = '2026-05-01T08:30:59.123+02:00'
  fc.assert(
    fc.property(fc.nat(good.length - 1), fc.constantFrom('x', '/', ':', ' ', '-', '٣', 'O', '\0'), (i, wrong) => {
      const text = good.slice(0, i) + wrong + good.slice(i + 1)
      const stamp = parseStamp(text)
      const readable = text === good || (i === 10 && wrong === ' ') || (i === 23 && wrong === '-')
      if (!readable) expect(stamp.kind, text).toBe('bad')
    }),
    { numRuns: 500 },
  )
})

describe('formats', () => {
  it('in the zone, in UTC, with milliseconds where there are some', () => {
    const at = Date.UTC(2026, 4, 1, 8)
    expect(formatInstant(zones('Europe/Paris'), at)).toBe('2026-05-01T10:00:00+02:00')
    expect(formatInstant(zones('Europe/Paris'), at + 50)).toBe('2026-05-01T10:00:00.050+02:00')
    expect(formatInstant(zones('-03:30'), at)).toBe('2026-05-01T04:30:00-03:30')
    expect(formatInstant(zones('UTC'), at)).toBe('2026-05-01T08:00:00Z')
    expect(formatInstant(zones('Europe/London'), Date.UTC(2026, 0, 1))).toBe('2026-01-01T00:00:00+00:00')
    expect(formatUtc(-1)).toBe('1969-12-31T23:59:59.999Z')
    // An offset of 44 min 30 s can't be written.
    expect(formatInstant(zones('Africa/Monrovia'), 0)).toBe('1970-01-01T00:00:00Z')
  })

  it('round trip, and equal luxon', () => {
    const names = [
      'Europe/Paris',
      'America/New_York',
      'Asia/Kathmandu',
      'Australia/Lord_Howe',
      'Pacific/Apia',
      'America/Sao_Paulo',
    ]
    const range = { min: Date.UTC(1990), max: Date.UTC(2050) }
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.integer(range), fc.boolean(), (name, any, whole) => {
        const at = whole ? Math.floor(any / MINUTE) * MINUTE : any
        const text = formatInstant(zones(name), at)
        expect(text).toBe(DateTime.fromMillis(at, { zone: name }).toISO({ suppressMilliseconds: true }))
        expect(fastInstant(text)).toBe(at)
        expect(parseStamp(formatUtc(at))).toEqual(instant(at))
        expect(Date.parse(text)).toBe(at)
      }),
      { numRuns: 500 },
    )
  })
})
