import fc from 'fast-check'
import { DateTime } from 'luxon'
import { describe, expect, it } from 'vitest'
import {
  ALWAYS,
  type CalendarRule,
  type DayHours,
  openIntervals,
  parseDayHours,
  parseDays,
  parseHours,
  parseMonths,
} from '../../src/time/calendar.ts'
import { DAY, dateText, dayNumber, HOUR, MINUTE } from '../../src/time/civil.ts'
import { listedDays } from '../../src/time/holidays/rule.ts'
import { contains, total } from '../../src/time/interval.ts'
import { makeZones } from '../../src/time/zone.ts'

const zones = makeZones()
const paris = zones('Europe/Paris')

/** Each weekday's hours as texts, Monday first. */
function calendar(week: readonly (readonly string[])[], more: Partial<CalendarRule> = {}): CalendarRule {
  return { name: 'test', zone: 'Europe/Paris', week: week.map(hours), holidays: [], except: new Map(), ...more }
}

function hours(texts: readonly string[]): DayHours {
  const parsed = parseDayHours(texts)
  if ('problem' in parsed) throw new Error(parsed.problem)
  return parsed
}

const weekdays = (text: string, weekend: readonly string[] = []) => [
  [text],
  [text],
  [text],
  [text],
  [text],
  weekend,
  weekend,
]
const daily = (text: string) => [[text], [text], [text], [text], [text], [text], [text]]
const utc = (iso: string) => Date.parse(`${iso}Z`)
const open = (rule: CalendarRule, from: string, to: string, zone = paris) =>
  openIntervals(rule, zone, utc(from), utc(to)).map(({ start, end }) =>
    [start, end].map(t => new Date(t).toISOString().slice(5, 16)).join(' '),
  )

describe('hours, days and months as text', () => {
  it('reads hours, over midnight too', () => {
    expect(parseHours('09:00-18:00')).toEqual([9 * HOUR, 18 * HOUR])
    expect(parseHours('20:00-04:00')).toEqual([20 * HOUR, 28 * HOUR])
    expect(parseHours('00:00-24:00')).toEqual([0, DAY])
    expect(parseHours('22:00-00:00')).toEqual([22 * HOUR, DAY])
    expect(parseHours('08:30:30 - 12:00')).toEqual([8.5 * HOUR + 30_000, 12 * HOUR])
    for (const bad of [
      '9-18',
      '09:00',
      '25:00-26:00',
      '09:00-24:30',
      '09:60-10:00',
      '24:00-08:00',
      '08:00-08:00',
      '00:00-00:00',
    ]) {
      expect(parseHours(bad), bad).toHaveProperty('problem')
    }
    expect(parseDayHours(['13:30-18:00', '09:00-12:30'])).toEqual([
      [9 * HOUR, 12.5 * HOUR],
      [13.5 * HOUR, 18 * HOUR],
    ])
    expect(parseDayHours(['closed'])).toEqual([])
    expect(parseDayHours(['09:00-12:30', 'later'])).toHaveProperty('problem')
  })

  it('reads days and months', () => {
    expect(parseDays('mon-fri')).toEqual([0, 1, 2, 3, 4])
    expect(parseDays('fri-mon')).toEqual([4, 5, 6, 0])
    expect(parseDays('Mon, Wednesday,fri')).toEqual([0, 2, 4])
    expect(parseDays('sat')).toEqual([5])
    expect(parseDays('daily')).toHaveLength(7)
    expect(parseDays('mno-fri')).toMatchObject({ hint: 'did you mean mon?' })
    expect(parseDays('weekend')).toMatchObject({ hint: 'write sat-sun' })
    expect(parseDays('mon-tue-fri')).toHaveProperty('problem')
    expect(parseDays('')).toHaveProperty('problem')
    expect(parseMonths('nov-mar')).toEqual([11, 12, 1, 2, 3])
    expect(parseMonths('july')).toEqual([7])
    expect(parseMonths('foo')).toHaveProperty('problem')
  })
})

describe('openIntervals', () => {
  it('of an office week', () => {
    const rule = calendar(weekdays('09:00-18:00'))
    expect(open(rule, '2026-05-01T00:00', '2026-05-05T00:00')).toEqual([
      '05-01T07:00 05-01T16:00',
      '05-04T07:00 05-04T16:00',
    ])
    expect(open(rule, '2026-05-01T08:00', '2026-05-01T09:30')).toEqual(['05-01T08:00 05-01T09:30'])
  })

  it('places a night by the weekday it opens on', () => {
    const rule = calendar([[], [], [], [], ['22:00-06:00'], [], []])
    expect(open(rule, '2026-05-01T00:00', '2026-05-04T00:00')).toEqual(['05-01T20:00 05-02T04:00'])
  })

  it('joins the nights of a week where they touch and overlaps once', () => {
    const rule = calendar([['09:00-18:00', '17:00-20:00', '20:00-21:00'], [], [], [], [], [], []])
    expect(open(rule, '2026-05-04T00:00', '2026-05-05T00:00')).toEqual(['05-04T07:00 05-04T19:00'])
  })

  it('closes exactly the date of a holiday', () => {
    const holiday = listedDays([dayNumber(2026, 5, 6)])
    const rule = calendar(daily('20:00-04:00'), { holidays: [holiday] })
    // The tail of the 5th stops at midnight; of the holiday's own night only the tail on the 7th stays.
    expect(open(rule, '2026-05-05T12:00', '2026-05-07T12:00')).toEqual([
      '05-05T18:00 05-05T22:00',
      '05-06T22:00 05-07T02:00',
    ])
  })

  it('lets except beat the week and a holiday', () => {
    const rule = calendar(weekdays('09:00-18:00'), {
      holidays: [listedDays([dayNumber(2026, 5, 6)])],
      except: new Map([
        [dayNumber(2026, 5, 5), []],
        [dayNumber(2026, 5, 6), hours(['10:00-11:00'])],
        [dayNumber(2026, 5, 9), hours(['22:00-02:00'])],
      ]),
    })
    expect(open(rule, '2026-05-04T00:00', '2026-05-11T00:00')).toEqual([
      '05-04T07:00 05-04T16:00',
      '05-06T08:00 05-06T09:00',
      '05-07T07:00 05-07T16:00',
      '05-08T07:00 05-08T16:00',
      '05-09T20:00 05-10T00:00',
    ])
  })

  it('takes a night away with its evening', () => {
    const rule = calendar(daily('20:00-04:00'), { except: new Map([[dayNumber(2026, 5, 6), []]]) })
    expect(open(rule, '2026-05-05T12:00', '2026-05-08T00:00')).toEqual([
      '05-05T18:00 05-06T02:00',
      '05-07T18:00 05-08T00:00',
    ])
  })

  it('limits itself to months by the local date', () => {
    const rule = calendar(daily('20:00-04:00'), { months: new Set([5]) })
    expect(open(rule, '2026-04-30T12:00', '2026-05-01T12:00')).toEqual(['04-30T22:00 05-01T02:00'])
    expect(open(rule, '2026-05-31T12:00', '2026-06-02T12:00')).toEqual(['05-31T18:00 05-31T22:00'])
  })

  it('has one interval round the clock, over clock changes', () => {
    const range = { start: utc('2025-01-01T00:00'), end: utc('2026-01-01T00:00') }
    expect(openIntervals(ALWAYS, paris, range.start, range.end)).toEqual([range])
    expect(
      openIntervals(calendar(daily('00:00-24:00'), { except: new Map([[0, []]]) }), paris, range.start, range.end),
    ).toEqual([range])
    expect(openIntervals(ALWAYS, paris, 5, 5)).toEqual([])
  })

  it('counts the real hours of a night over clock changes', () => {
    const rule = calendar(daily('20:00-04:00'))
    const length = (from: string, to: string) => total(openIntervals(rule, paris, utc(from), utc(to))) / HOUR
    expect(length('2025-03-29T12:00', '2025-03-30T12:00')).toBe(7)
    expect(length('2025-10-25T12:00', '2025-10-26T12:00')).toBe(9)
    // 02:30–04:00: at 03:00 the clock is past the opening it skipped; 01:00–02:30 shows its last half hour twice, apart.
    expect(open(calendar(daily('02:30-04:00')), '2025-03-30T00:00', '2025-03-30T12:00')).toEqual([
      '03-30T01:00 03-30T02:00',
    ])
    expect(open(calendar(daily('01:00-02:30')), '2025-10-25T23:00', '2025-10-26T12:00')).toEqual([
      '10-25T23:00 10-26T00:30',
      '10-26T01:00 10-26T01:30',
    ])
  })
})

// Each with a clock change inside the following days (Kathmandu has none, but an offset of 5:45).
const places = [
  ['Europe/Paris', '2025-03-29T05:00'],
  ['Europe/Paris', '2025-10-25T01:00'],
  ['America/New_York', '2025-03-08T12:00'],
  ['America/New_York', '2025-11-01T00:00'],
  ['Australia/Lord_Howe', '2025-04-04T12:00'],
  ['Australia/Lord_Howe', '2025-10-03T20:00'],
  ['Asia/Kathmandu', '2025-05-01T00:00'],
  ['America/Sao_Paulo', '2018-11-03T00:00'],
  ['America/Sao_Paulo', '2018-02-17T00:00'],
  ['Africa/Cairo', '2024-04-25T00:00'],
  ['Africa/Cairo', '2024-10-31T00:00'],
  ['Pacific/Apia', '2011-12-29T06:00'],
] as const

/** Whether a calendar is open at one instant, asked of luxon's wall clock in minutes: written apart from the code. */
function isOpenAt(rule: CalendarRule, zone: string, at: number, holidays: ReadonlySet<string>): boolean {
  const clock = DateTime.fromMillis(at, { zone })
  const date = clock.toISODate() ?? ''
  const reading = (clock.hour * 60 + clock.minute) * MINUTE
  const before = DateTime.utc(clock.year, clock.month, clock.day).minus({ days: 1 })
  const excepted = new Map([...rule.except].map(([day, list]) => [dateText(day), list]))
  const shut = holidays.has(date) || (rule.months !== undefined && !rule.months.has(clock.month))
  const today = excepted.get(date) ?? (shut ? [] : rule.week[clock.weekday - 1])
  if (today?.some(([start, end]) => start <= reading && reading < end)) return true
  if (shut) return false
  const yesterday = excepted.get(before.toISODate() ?? '') ?? rule.week[before.weekday - 1]
  return yesterday?.some(([, end]) => reading < end - DAY) ?? false
}

const anyHours = fc
  .tuple(fc.integer({ min: 0, max: 95 }), fc.integer({ min: 1, max: 96 }))
  .map(([start, length]) => [start * 15 * MINUTE, Math.min((start + length) * 15 * MINUTE, 2 * DAY - 1)] as const)
const anyDay = fc.array(anyHours, { maxLength: 2 })

describe('a minute-by-minute simulation with luxon', () => {
  it('agrees on every kind of week, night shift, holiday and exception, over clock changes', () => {
    const anyWeek = fc.array(anyDay, { minLength: 7, maxLength: 7 })
    const offsets = fc.array(fc.integer({ min: -1, max: 4 }), { maxLength: 2 })
    const exceptions = fc.array(fc.tuple(fc.integer({ min: -1, max: 4 }), anyDay), { maxLength: 2 })
    const months = fc.option(fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { minLength: 6 }), {
      nil: undefined,
      freq: 6,
    })
    fc.assert(
      fc.property(
        fc.constantFrom(...places),
        anyWeek,
        offsets,
        exceptions,
        months,
        ([name, start], week, off, extra, only) => {
          const from = utc(start)
          const first = Math.floor(from / DAY)
          const rule: CalendarRule = {
            name: 'any',
            zone: name,
            week,
            holidays: [listedDays(off.map(n => first + n))],
            except: new Map(extra.map(([n, list]) => [first + n, list])),
            ...(only === undefined ? {} : { months: new Set(only) }),
          }
          const holidays = new Set(off.map(n => dateText(first + n)))
          const to = from + 3 * DAY
          const list = openIntervals(rule, zones(name), from, to)
          let minutes = 0
          for (let t = from; t < to; t += 3 * MINUTE) {
            const expected = isOpenAt(rule, name, t, holidays)
            if (expected) minutes += 3
            if (contains(list, t) !== expected) expect([name, t, !expected]).toEqual([name, t, expected])
          }
          expect(total(list)).toBe(minutes * MINUTE)
          for (const { start: s, end } of list) {
            if (s > from) expect(isOpenAt(rule, name, s - 1, holidays)).toBe(false)
            if (end < to) expect(isOpenAt(rule, name, end - 1, holidays)).toBe(true)
          }
        },
      ),
      { numRuns: 120 },
    )
  })
})
