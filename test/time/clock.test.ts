import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ALWAYS, type CalendarRule, openIntervals, parseDayHours } from '../../src/time/calendar.ts'
import { DAY, dayNumber, HOUR, MINUTE } from '../../src/time/civil.ts'
import { businessDeadline, compile, hasOpenHours, makeClock } from '../../src/time/clock.ts'
import { listedDays } from '../../src/time/holidays/rule.ts'
import { subtract, total } from '../../src/time/interval.ts'
import { makeZones } from '../../src/time/zone.ts'

const zones = makeZones()
const paris = zones('Europe/Paris')
const utcZone = zones('UTC')
const utc = (iso: string) => Date.parse(`${iso}Z`)
const summer = (local: string) => Date.parse(`${local}+02:00`)

function calendar(texts: readonly (readonly string[])[], more: Partial<CalendarRule> = {}): CalendarRule {
  const week = texts.map(list => {
    const parsed = parseDayHours(list)
    if ('problem' in parsed) throw new Error(parsed.problem)
    return parsed
  })
  return { name: 'test', zone: 'Europe/Paris', week, holidays: [], except: new Map(), ...more }
}

const at = (text: string) => [[text], [text], [text], [text], [text], [], []]
const daily = (text: string) => [[text], [text], [text], [text], [text], [text], [text]]
const office = calendar(at('09:00-18:00'))
const lunch = calendar([
  ['09:00-12:30', '13:30-18:00'],
  ['09:00-12:30', '13:30-18:00'],
  ['09:00-12:30', '13:30-18:00'],
  ['09:00-12:30', '13:30-18:00'],
  ['09:00-16:00'],
  [],
  [],
])
const night = calendar(daily('20:00-04:00'))
const never = calendar([[], [], [], [], [], [], []])

describe('elapsed', () => {
  it('counts open time only', () => {
    const clock = makeClock(office, paris)
    // Friday 17:00 to Monday 10:00 of May 2026.
    expect(clock.elapsed(summer('2026-05-22T17:00'), summer('2026-05-25T10:00'))).toBe(2 * HOUR)
    expect(clock.elapsed(summer('2026-05-25T10:00'), summer('2026-05-22T17:00'))).toBe(-2 * HOUR)
    expect(clock.elapsed(summer('2026-05-23T10:00'), summer('2026-05-24T10:00'))).toBe(0)
  })

  it('counts real hours over clock changes', () => {
    const always = makeClock(ALWAYS, paris)
    expect(always.elapsed(Date.parse('2025-03-30T01:30:00+01:00'), Date.parse('2025-03-30T03:30:00+02:00'))).toBe(HOUR)
    expect(always.elapsed(Date.parse('2025-03-01T00:00:00+01:00'), Date.parse('2025-04-01T00:00:00+02:00'))).toBe(
      743 * HOUR,
    )
    expect(always.elapsed(Date.parse('2025-10-01T00:00:00+02:00'), Date.parse('2025-11-01T00:00:00+01:00'))).toBe(
      745 * HOUR,
    )
    const nights = makeClock(night, paris)
    expect(nights.elapsed(utc('2025-03-29T12:00'), utc('2025-03-30T12:00'))).toBe(7 * HOUR)
  })

  it('takes instants far apart and in any order', () => {
    const clock = makeClock(office, utcZone)
    const week = (t: number) => clock.elapsed(t, t + 7 * DAY)
    for (const t of [
      utc('2026-01-01T12:34'),
      utc('1999-05-05T00:00'),
      utc('2040-02-02T02:02'),
      utc('2026-01-01T12:34'),
    ]) {
      expect(week(t)).toBe(45 * HOUR)
    }
    expect(() => clock.elapsed(0, Number.POSITIVE_INFINITY)).toThrow(RangeError)
  })
})

describe('deadline', () => {
  const clock = makeClock(office, paris)

  it('shows the closing time when the budget ends there', () => {
    expect(clock.deadline(summer('2026-05-19T09:00'), 9 * HOUR)).toBe(summer('2026-05-19T18:00'))
    expect(clock.deadline(summer('2026-05-19T09:00'), 9 * HOUR + 1)).toBe(summer('2026-05-20T09:00') + 1)
  })

  it('starts at the next opening', () => {
    expect(clock.deadline(summer('2026-05-23T11:00'), 2 * HOUR)).toBe(summer('2026-05-25T11:00'))
    expect(clock.deadline(summer('2026-05-22T17:30'), 2 * HOUR)).toBe(summer('2026-05-25T10:30'))
  })

  it('for nothing is now when open, else the next opening; closing time is closed', () => {
    expect(clock.deadline(summer('2026-05-19T10:00'), 0)).toBe(summer('2026-05-19T10:00'))
    expect(clock.deadline(summer('2026-05-19T09:00'), 0)).toBe(summer('2026-05-19T09:00'))
    expect(clock.deadline(summer('2026-05-19T18:00'), 0)).toBe(summer('2026-05-20T09:00'))
    expect(clock.deadline(summer('2026-05-23T11:00'), 0)).toBe(summer('2026-05-25T09:00'))
    expect(clock.isOpen(summer('2026-05-19T18:00'))).toBe(false)
    expect(clock.isOpen(summer('2026-05-19T09:00'))).toBe(true)
    expect(clock.isOpen(summer('2026-05-19T09:00') - 1)).toBe(false)
  })

  it('reaches years ahead', () => {
    // 52 weeks of 45 hours end at the closing on Friday.
    expect(clock.deadline(summer('2026-05-18T09:00'), 5 * 52 * 45 * HOUR)).toBe(summer('2031-05-09T18:00'))
  })

  it('is an error where no open hour comes within a year', () => {
    expect(() => makeClock(never, paris).deadline(0, 0)).toThrow(RangeError)
    expect(() => makeClock(never, paris).deadline(0, 5)).toThrow('no open hour within a year')
    expect(() => clock.deadline(0, -1)).toThrow(RangeError)
    const once = { ...never, except: new Map([[dayNumber(2026, 5, 19), [[9 * HOUR, 18 * HOUR] as const]]]) }
    const rare = makeClock(once, paris)
    expect(rare.deadline(summer('2026-05-01T00:00'), 9 * HOUR)).toBe(summer('2026-05-19T18:00'))
    expect(() => rare.deadline(summer('2026-05-01T00:00'), 9 * HOUR + 1)).toThrow(RangeError)
  })
})

it('has open hours or not, year by year', () => {
  expect(hasOpenHours(office, paris, 2026)).toBe(true)
  expect(hasOpenHours(never, paris, 2026)).toBe(false)
  expect(hasOpenHours({ ...never, except: new Map([[dayNumber(2026, 12, 31), [[0, HOUR]]]]) }, paris, 2026)).toBe(true)
  expect(hasOpenHours({ ...never, except: new Map([[dayNumber(2026, 12, 31), [[0, HOUR]]]]) }, paris, 2027)).toBe(false)
})

it('compiles to prefix sums', () => {
  const hours = compile(office, utcZone, utc('2026-05-18T00:00'), utc('2026-05-20T12:00'))
  expect([...hours.starts]).toEqual(['2026-05-18T09:00', '2026-05-19T09:00', '2026-05-20T09:00'].map(utc))
  expect([...hours.ends]).toEqual(['2026-05-18T18:00', '2026-05-19T18:00', '2026-05-20T12:00'].map(utc))
  expect([...hours.before]).toEqual([0, 9 * HOUR, 18 * HOUR, 21 * HOUR])
})

describe('for any calendar', () => {
  const rules = [
    office,
    lunch,
    night,
    ALWAYS,
    calendar(daily('22:00-06:30'), { holidays: [listedDays([dayNumber(2025, 3, 30), dayNumber(2025, 10, 26)])] }),
    calendar([['02:30-04:00'], [], ['01:00-02:30'], [], ['23:59-00:01'], ['00:00-24:00'], ['01:30-05:00']]),
  ]
  const names = [
    'Europe/Paris',
    'America/New_York',
    'Australia/Lord_Howe',
    'Asia/Kathmandu',
    'America/Sao_Paulo',
    'Africa/Cairo',
    'Pacific/Apia',
  ]
  const clocks = rules.flatMap(rule => names.map(name => makeClock(rule, zones(name))))
  const anyClock = fc.constantFrom(...clocks)
  const anyTime = fc
    .integer({ min: utc('2011-06-01T00:00') / 1000, max: utc('2026-01-01T00:00') / 1000 })
    .map(s => s * 1000)
  const anySpan = fc.integer({ min: 0, max: 40 * DAY })

  it('elapsed adds up over any split, never runs backwards, and leaves the rest of wall time closed', () => {
    fc.assert(
      fc.property(anyClock, anyTime, anySpan, anySpan, (clock, a, x, y) => {
        const [b, c] = [a + x, a + x + y]
        const all = clock.elapsed(a, c)
        expect(clock.elapsed(a, b) + clock.elapsed(b, c)).toBe(all)
        expect(clock.elapsed(a, b)).toBeGreaterThanOrEqual(0)
        expect(clock.elapsed(a, b)).toBeLessThanOrEqual(x)
        const open = clock.open(a, c)
        expect(total(open)).toBe(all)
        expect(total(subtract([{ start: a, end: c }], open))).toBe(c - a - all)
        expect(open).toEqual(openIntervals(clock.rule, clock.zone, a, c))
      }),
      { numRuns: 400 },
    )
  })

  it('deadline is the first instant at which the amount has elapsed', () => {
    fc.assert(
      fc.property(anyClock, anyTime, fc.integer({ min: 1, max: 200 * HOUR }), (clock, a, ms) => {
        const due = clock.deadline(a, ms)
        expect(clock.elapsed(a, due)).toBe(ms)
        expect(clock.elapsed(a, due - 1)).toBe(ms - 1)
        expect(clock.deadline(a, ms + 1)).toBeGreaterThan(due)
      }),
      { numRuns: 400 },
    )
  })

  it('deadline for nothing is the first open instant', () => {
    fc.assert(
      fc.property(anyClock, anyTime, (clock, a) => {
        const first = clock.deadline(a, 0)
        expect(clock.isOpen(first)).toBe(true)
        expect(clock.elapsed(a, first)).toBe(0)
        expect(first === a || !clock.isOpen(first - 1)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('elapsed counts the open minutes one by one', () => {
    fc.assert(
      fc.property(anyClock, anyTime, fc.integer({ min: 1, max: 3000 }), (clock, any, n) => {
        const a = Math.floor(any / MINUTE) * MINUTE
        let minutes = 0
        for (let i = 0; i < n; i++) if (clock.isOpen(a + i * MINUTE)) minutes++
        expect(clock.elapsed(a, a + n * MINUTE)).toBe(minutes * MINUTE)
      }),
      { numRuns: 60 },
    )
  })
})

describe('business days', () => {
  const due = (rule: CalendarRule, from: string, n: number) => {
    const clock = makeClock(rule, paris)
    return (['end-of-day', 'same-time', 'working-hours'] as const).map(mode =>
      new Date(businessDeadline(clock, paris, summer(from), n, mode) + 2 * HOUR).toISOString().slice(0, 16),
    )
  }

  // 2026-05-23 is a Saturday.
  it.each([
    ['2026-05-23T11:00', 2, ['2026-05-27T18:00', '2026-05-27T09:00', '2026-05-26T18:00']],
    ['2026-05-22T17:30', 2, ['2026-05-26T18:00', '2026-05-26T17:30', '2026-05-26T17:30']],
    ['2026-05-22T20:00', 2, ['2026-05-27T18:00', '2026-05-27T09:00', '2026-05-26T18:00']],
    ['2026-05-19T10:00', 1, ['2026-05-20T18:00', '2026-05-20T10:00', '2026-05-20T10:00']],
    ['2026-05-19T07:00', 1, ['2026-05-20T18:00', '2026-05-20T09:00', '2026-05-19T18:00']],
    ['2026-05-19T10:00', 0, ['2026-05-19T18:00', '2026-05-19T10:00', '2026-05-19T10:00']],
    ['2026-05-23T11:00', 0, ['2026-05-25T18:00', '2026-05-25T09:00', '2026-05-25T09:00']],
  ])('Mon–Fri 09–18: from %s, %d', (from, n, expected) => {
    expect(due(office, from, n)).toEqual(expected)
  })

  it('step over holidays', () => {
    const rule = { ...office, holidays: [listedDays([dayNumber(2026, 5, 25)])] }
    expect(due(rule, '2026-05-22T10:00', 1)).toEqual(['2026-05-26T18:00', '2026-05-26T10:00', '2026-05-26T10:00'])
  })

  it('stay inside shorter days', () => {
    // Thursday 17:00, Friday closes at 16:00; 8 working hours from Thursday 17:00 are 1 h + 7 h.
    expect(due(lunch, '2026-05-21T17:00', 1)).toEqual(['2026-05-22T16:00', '2026-05-22T16:00', '2026-05-22T16:00'])
    expect(due(lunch, '2026-05-21T13:00', 0)).toEqual(['2026-05-21T18:00', '2026-05-21T13:30', '2026-05-21T13:30'])
  })

  it('keep a night with the day it opened on', () => {
    // Wednesday 02:00 belongs to Tuesday's night.
    expect(due(night, '2026-05-20T02:00', 1)).toEqual(['2026-05-21T04:00', '2026-05-21T02:00', '2026-05-21T02:00'])
    expect(due(night, '2026-05-20T12:00', 1)).toEqual(['2026-05-22T04:00', '2026-05-21T20:00', '2026-05-21T04:00'])
  })

  it('are calendar days round the clock', () => {
    expect(due(ALWAYS, '2026-05-19T10:00', 2)).toEqual(['2026-05-22T00:00', '2026-05-21T10:00', '2026-05-21T10:00'])
  })

  it('need a calendar that opens', () => {
    expect(() => businessDeadline(makeClock(never, paris), paris, 0, 1, 'end-of-day')).toThrow(RangeError)
    expect(() => businessDeadline(makeClock(office, paris), paris, 0, 1.5, 'end-of-day')).toThrow(RangeError)
  })
})
