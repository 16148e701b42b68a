import fc from 'fast-check'
import { DateTime } from 'luxon'
import { describe, expect, it } from 'vitest'
import { civilDate, DAY, dayNumber, HOUR, MINUTE } from '../../src/time/civil.ts'
import { contains } from '../../src/time/interval.ts'
import { parseRecurrence, type Recurrence, recurringIntervals, recursOn } from '../../src/time/recurring.ts'
import { makeZones } from '../../src/time/zone.ts'

const zones = makeZones()
const paris = zones('Europe/Paris')

describe('parseRecurrence', () => {
  it.each([
    ['last sunday', { kind: 'monthly', weekday: 6, nth: -1 }],
    ['third tuesday', { kind: 'monthly', weekday: 1, nth: 3 }],
    ['First Monday', { kind: 'monthly', weekday: 0, nth: 1 }],
    ['every 2nd wed', { kind: 'monthly', weekday: 2, nth: 2 }],
    ['last sunday of the month', { kind: 'monthly', weekday: 6, nth: -1 }],
    ['every sunday', { kind: 'weekly', weekday: 6 }],
    ['sunday', { kind: 'weekly', weekday: 6 }],
    ['daily', { kind: 'daily' }],
    ['every day', { kind: 'daily' }],
    ['15th', { kind: 'month-day', day: 15 }],
    ['1st of the month', { kind: 'month-day', day: 1 }],
  ] as const)('reads %s', (text, expected) => {
    expect(parseRecurrence(text)).toEqual(expected)
  })

  it('says what is wrong', () => {
    expect(parseRecurrence('last sundya')).toMatchObject({ hint: 'did you mean sunday?' })
    expect(parseRecurrence('thrid tuesday')).toMatchObject({ hint: 'did you mean third?' })
    for (const bad of ['', 'sunday last', 'sixth monday', '32nd', '0th', 'last sunday evening', 'now and then']) {
      expect(parseRecurrence(bad), bad).toHaveProperty('problem')
    }
  })
})

it('recurs on the dates that a walk through the month finds', () => {
  for (let year = 2024; year <= 2027; year++) {
    for (let month = 1; month <= 12; month++) {
      const days: number[] = []
      for (let day = dayNumber(year, month, 1); civilDate(day).month === month; day++) days.push(day)
      for (let wd = 0; wd < 7; wd++) {
        // 5 January 1970 was a Monday.
        const named = days.filter(day => (day - 4) % 7 === wd)
        for (const nth of [1, 2, 3, 4, 5, -1]) {
          const found = days.filter(day => recursOn({ kind: 'monthly', weekday: wd, nth }, day))
          expect(found).toEqual(nth > named.length ? [] : [named.at(nth === -1 ? -1 : nth - 1)])
        }
        expect(days.filter(day => recursOn({ kind: 'weekly', weekday: wd }, day))).toEqual(named)
      }
    }
  }
})

describe('recurringIntervals', () => {
  it('are the windows by the wall clock', () => {
    const rule = { every: { kind: 'monthly', weekday: 6, nth: -1 } as const, hours: [[2 * HOUR, 6 * HOUR] as const] }
    expect(recurringIntervals(rule, paris, Date.UTC(2026, 3, 1), Date.UTC(2026, 5, 1))).toEqual([
      { start: Date.UTC(2026, 3, 26, 0), end: Date.UTC(2026, 3, 26, 4) },
      { start: Date.UTC(2026, 4, 31, 0), end: Date.UTC(2026, 4, 31, 4) },
    ])
    // The last Sunday of March 2026 has no hour from 02:00 to 03:00.
    expect(recurringIntervals(rule, paris, Date.UTC(2026, 2, 1), Date.UTC(2026, 3, 1))).toEqual([
      { start: Date.UTC(2026, 2, 29, 1), end: Date.UTC(2026, 2, 29, 4) },
    ])
  })

  it('run past midnight and are cut at the asked range', () => {
    const rule = { every: { kind: 'weekly', weekday: 6 } as const, hours: [[22 * HOUR, 26 * HOUR] as const] }
    expect(recurringIntervals(rule, paris, Date.UTC(2026, 4, 3, 21), Date.UTC(2026, 4, 11))).toEqual([
      { start: Date.UTC(2026, 4, 3, 21), end: Date.UTC(2026, 4, 4, 0) },
      { start: Date.UTC(2026, 4, 10, 20), end: Date.UTC(2026, 4, 11, 0) },
    ])
  })

  it('agree with luxon at every quarter of an hour', () => {
    const recurrences: Recurrence[] = [
      { kind: 'daily' },
      { kind: 'weekly', weekday: 5 },
      { kind: 'monthly', weekday: 6, nth: -1 },
      { kind: 'monthly', weekday: 6, nth: 1 },
      { kind: 'month-day', day: 31 },
    ]
    const matches = (every: Recurrence, d: DateTime) =>
      every.kind === 'daily' ||
      (every.kind === 'month-day'
        ? d.day === every.day
        : d.weekday - 1 === every.weekday &&
          (every.kind === 'weekly' ||
            (every.nth === -1 ? d.plus({ days: 7 }).month !== d.month : Math.ceil(d.day / 7) === every.nth)))
    fc.assert(
      fc.property(
        fc.constantFrom(...recurrences),
        fc.constantFrom('Europe/Paris', 'America/New_York', 'Asia/Kathmandu'),
        fc.constantFrom('2025-03-28', '2025-10-24', '2025-11-01', '2026-12-30'),
        fc.integer({ min: 0, max: 95 }),
        fc.integer({ min: 1, max: 96 }),
        (every, name, from, opens, lasts) => {
          const [start, end] = [opens * 15 * MINUTE, (opens + lasts) * 15 * MINUTE]
          const first = Date.parse(from)
          const list = recurringIntervals({ every, hours: [[start, end]] }, zones(name), first, first + 4 * DAY)
          for (let t = first; t < first + 4 * DAY; t += 15 * MINUTE) {
            const local = DateTime.fromMillis(t, { zone: name })
            const reading = (local.hour * 60 + local.minute) * MINUTE
            const date = DateTime.utc(local.year, local.month, local.day)
            const open =
              (matches(every, date) && start <= reading && reading < end) ||
              (matches(every, date.minus({ days: 1 })) && reading < end - DAY)
            expect(contains(list, t)).toBe(open)
          }
        },
      ),
      { numRuns: 60 },
    )
  })
})
