import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CalendarRule, dayPlan, parseDayHours } from '../../src/time/calendar.ts'
import { DAY, dayNumber, HOUR, MINUTE } from '../../src/time/civil.ts'
import { type Clock, makeClock } from '../../src/time/clock.ts'
import { listedDays } from '../../src/time/holidays/rule.ts'
import { localDay } from '../../src/time/local.ts'
import type { DayHours } from '../../src/time/wall-hours.ts'
import { makeZones } from '../../src/time/zone.ts'

const zones = makeZones()

function hours(...texts: string[]): DayHours {
  const parsed = parseDayHours(texts)
  if ('problem' in parsed) throw new Error(parsed.problem)
  return parsed
}

function rule(name: string, week: readonly DayHours[], more: Partial<CalendarRule> = {}): CalendarRule {
  return { name, zone: 'UTC', week, holidays: [], except: new Map(), ...more }
}

const office = hours('09:00-12:30', '13:30-18:00')
const night = hours('22:00-06:30')
// Each comes with dates near a change of the clock in one of the zones below, so that both fall together.
const changeDates = [dayNumber(2011, 12, 30), dayNumber(2018, 11, 4), dayNumber(2023, 4, 28), dayNumber(2025, 3, 30)]
const rules: readonly CalendarRule[] = [
  rule('office', [office, office, office, office, hours('09:00-16:00'), [], []]),
  rule('night', [night, night, night, night, night, night, night]),
  rule('night with holidays', [night, night, night, night, night, [], []], { holidays: [listedDays(changeDates)] }),
  rule('late', [hours('18:00-10:00'), [], hours('23:30-02:15'), hours('00:00-24:00'), [], hours('12:00-11:00'), []], {
    except: new Map([
      [dayNumber(2011, 12, 31), hours('00:00-03:00', '20:00-02:30')],
      [dayNumber(2025, 10, 26), hours('01:15-02:45')],
      [dayNumber(2025, 3, 30), []],
    ]),
  }),
  rule('winter', [office, night, office, night, office, [], hours('00:00-24:00')], {
    months: new Set([11, 12, 1, 2, 3, 4]),
    holidays: [listedDays([dayNumber(2018, 11, 3), dayNumber(2025, 11, 1)])],
  }),
]

/** Zones with an instant at which each changes its clock, in UTC: midnight, half an hour, a date left out … */
const places = [
  ['Europe/Paris', ['2025-03-30T01:00Z', '2025-10-26T01:00Z']],
  ['America/New_York', ['2025-03-09T07:00Z', '2025-11-02T06:00Z']],
  ['Australia/Lord_Howe', ['2025-04-05T15:00Z', '2025-10-04T15:30Z']],
  ['Asia/Kathmandu', ['2025-03-30T01:00Z']],
  ['America/Sao_Paulo', ['2018-11-04T03:00Z', '2018-02-18T02:00Z']],
  ['Africa/Cairo', ['2023-04-27T22:00Z', '2023-10-26T21:00Z']],
  ['Pacific/Apia', ['2011-12-30T10:00Z', '2011-09-24T11:00Z']],
] as const

interface Case {
  readonly clock: Clock
  readonly a: number
}

const clocks = places.flatMap(([zone, changes]) =>
  rules.map(calendar => ({ clock: makeClock(calendar, zones(zone)), changes: changes.map(text => Date.parse(text)) })),
)

/** A clock and an instant: half of the time within ten days of a change, to the minute or to the millisecond. */
const anyCase = fc
  .tuple(
    fc.constantFrom(...clocks),
    fc.nat({ max: 1 }),
    fc.integer({ min: -10 * 24 * 60, max: 10 * 24 * 60 }),
    fc.integer({ min: -200, max: 200 }),
    fc.oneof(fc.constant(0), fc.nat({ max: MINUTE - 1 })),
  )
  .map(([{ clock, changes }, far, minutes, days, ms]): Case => {
    const change = changes[Math.abs(minutes) % changes.length] ?? 0
    return { clock, a: change + minutes * MINUTE + far * days * DAY + ms }
  })

const anySpan = fc.oneof(fc.nat({ max: 2 * DAY }), fc.nat({ max: 60 * DAY }))

describe('for every calendar, zone and change of the clock', () => {
  it('elapsed is the sum over arbitrary split points, in any order', () => {
    fc.assert(
      fc.property(
        anyCase,
        anySpan,
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 }),
        (given, span, cuts) => {
          const { clock, a } = given
          const points = [a, ...cuts.map(cut => a + Math.floor(cut * span)), a + span]
          const sum = points.slice(1).reduce((total, point, i) => total + clock.elapsed(points[i] ?? 0, point), 0)
          expect(sum).toBe(clock.elapsed(a, a + span))
        },
      ),
      { numRuns: 600 },
    )
  })

  it('elapsed never falls and never outruns the wall clock, in either argument', () => {
    fc.assert(
      fc.property(anyCase, anySpan, anySpan, ({ clock, a }, x, y) => {
        const [near, far] = [a + Math.min(x, y), a + Math.max(x, y)]
        const more = clock.elapsed(a, far) - clock.elapsed(a, near)
        expect(more).toBeGreaterThanOrEqual(0)
        expect(more).toBeLessThanOrEqual(far - near)
        expect(clock.elapsed(near, far)).toBeLessThanOrEqual(clock.elapsed(a, far))
      }),
      { numRuns: 600 },
    )
  })

  it('deadline undoes elapsed: the first instant at which as much has elapsed', () => {
    fc.assert(
      fc.property(anyCase, anySpan, ({ clock, a }, span) => {
        const b = a + span
        const elapsed = clock.elapsed(a, b)
        fc.pre(elapsed > 0)
        const due = clock.deadline(a, elapsed)
        expect(due).toBeLessThanOrEqual(b)
        // Nothing is open between the two, so that b is as late as the amount allows only while closed.
        expect(clock.elapsed(due, b)).toBe(0)
        expect(clock.isOpen(due - 1)).toBe(true)
      }),
      { numRuns: 600 },
    )
  })

  it('elapsed undoes deadline, and deadlines keep their order in the start and in the amount', () => {
    const amount = fc.oneof(fc.integer({ min: 1, max: 12 * HOUR }), fc.integer({ min: 1, max: 300 * HOUR }))
    fc.assert(
      fc.property(anyCase, amount, anySpan, fc.nat({ max: 9 * HOUR }), ({ clock, a }, ms, later, more) => {
        const due = clock.deadline(a, ms)
        expect(clock.elapsed(a, due)).toBe(ms)
        expect(clock.deadline(a + later, ms)).toBeGreaterThanOrEqual(due)
        expect(clock.deadline(a, ms + more)).toBeGreaterThanOrEqual(due)
        // Two amounts one after the other are one.
        if (more > 0) expect(clock.deadline(due, more)).toBe(clock.deadline(a, ms + more))
      }),
      { numRuns: 600 },
    )
  })

  it('a calendar and its complement, which opens where it is closed, make up wall time', () => {
    fc.assert(
      fc.property(anyCase, anySpan, ({ clock, a }, span) => {
        const b = a + span
        const closed = complement(clock.rule, localDay(clock.zone, a) - 2, localDay(clock.zone, b) + 2)
        expect(clock.elapsed(a, b) + makeClock(closed, clock.zone).elapsed(a, b)).toBe(span)
      }),
      { numRuns: 150 },
    )
  })

  it('agrees with the wall clock read minute by minute', () => {
    fc.assert(
      fc.property(anyCase, fc.integer({ min: 1, max: 2000 }), ({ clock, a: any }, minutes) => {
        const a = Math.floor(any / MINUTE) * MINUTE
        const plan = dayPlan(clock.rule)
        let open = 0
        for (let t = a; t < a + minutes * MINUTE; t += MINUTE) {
          const local = t + clock.zone.offsetAt(t)
          const day = Math.floor(local / DAY)
          const time = local - day * DAY
          if (plan.onDate(day).some(([start, end]) => start <= time && time < end)) open += MINUTE
        }
        expect(clock.elapsed(a, a + minutes * MINUTE)).toBe(open)
      }),
      { numRuns: 150 },
    )
  })
})

/** The calendar that is open exactly where another is closed, on the dates from `first` to `last`. */
function complement(calendar: CalendarRule, first: number, last: number): CalendarRule {
  const plan = dayPlan(calendar)
  const except = new Map<number, DayHours>()
  for (let day = first; day <= last; day++) {
    const closed: [number, number][] = []
    let from = 0
    for (const [start, end] of [...plan.onDate(day)].sort((x, y) => x[0] - y[0])) {
      if (start > from) closed.push([from, start])
      from = Math.max(from, end)
    }
    if (from < DAY) closed.push([from, DAY])
    except.set(day, closed)
  }
  return rule(`not ${calendar.name}`, [[], [], [], [], [], [], []], { except })
}
