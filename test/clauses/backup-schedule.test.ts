import { describe, expect, test } from 'vitest'
import type { Schedule, Unit } from '../../src/clauses/backup/rules.ts'
import { scheduleItems } from '../../src/clauses/backup/schedule.ts'
import { slotOf } from '../../src/clauses/backup/schedule-clock.ts'
import type { Backup } from '../../src/evidence/backups/records.ts'
import { dayNumber } from '../../src/time/civil.ts'
import { makeZones } from '../../src/time/zone.ts'
import { HOUR, MINUTE, ms } from '../support/instants.ts'
import {
  bad,
  iso,
  keepFor,
  listing,
  nightly,
  paris,
  run,
  seriesOf,
  shows,
  spans,
  told,
  type World,
} from './backup-series-rows.ts'

const MAY: Omit<World, 'runs'> = {
  period: ['2026-04-30T22:00:00Z', '2026-05-31T22:00:00Z'],
  asOf: '2026-05-06T10:00:00Z',
}

function per(unit: Unit, tolerance = 0, anchor: Schedule['anchor'] = 'start'): Schedule {
  return { form: 'per', per: unit, tolerance, early: 0, anchor }
}

function at(time: string, tolerance = HOUR, early = 0): Schedule & { readonly form: 'at' } {
  const [hours, minutes] = time.split(':').map(Number)
  const local = (hours ?? 0) * HOUR + (minutes ?? 0) * MINUTE
  return { form: 'at', at: local, text: time, tolerance, early, anchor: 'start' }
}

const judged = (world: World, schedule: Schedule) =>
  scheduleItems(seriesOf({ ...world, rules: { ...world.rules, schedule } }), { schedule })

describe('once in each unit', () => {
  test('a healthy year: 273 days, no more', () => {
    const runs = nightly('2026-01-15', '2026-11-09', '04:00')
    const period = ['2026-01-31T23:00:00Z', '2026-10-31T23:00:00Z'] as const
    const items = told(judged({ runs, period, asOf: '2026-11-10T11:00:00Z' }, per('day')))
    expect(items).toHaveLength(273)
    expect(new Set(items.map(item => item.slice(11)))).toEqual(new Set(['met kept']))
    expect([items[0], items.at(-1)]).toEqual(['2026-02-01 met kept', '2026-10-31 met kept'])
  })

  test('a day without, a day with a failed run, a retry, and the day that runs', () => {
    const runs = [
      run({ start: '2026-05-01T02:00:00Z' }),
      run({ start: '2026-05-03T02:00:00Z', status: 'failed' }),
      run({ start: '2026-05-04T02:00:00Z', status: 'failed' }),
      run({ start: '2026-05-04T03:00:00Z' }),
      run({ start: '2026-05-05T02:00:00Z', status: 'partial' }),
    ]
    const result = judged({ ...MAY, runs }, per('day'))
    expect(told(result)).toEqual([
      '2026-05-01 met kept',
      '2026-05-02 breached missed',
      '2026-05-03 breached missed',
      '2026-05-04 met kept',
      '2026-05-05 breached missed',
      '2026-05-06 pending running',
    ])
    const [, second, third, , , last] = [...result.items]
    expect(spans(second?.breached ?? [])).toEqual(['2026-05-01T22:00:00Z/2026-05-02T22:00:00Z'])
    expect([second?.backups, third?.backups]).toEqual([[], [1]])
    expect([second?.why, third?.why]).toEqual(['no backup was made this day', 'no run of this day counts as a backup'])
    expect(iso(last?.due ?? 0)).toBe('2026-05-06T22:00:00Z')
  })

  test('the last instant of a day belongs to it, midnight to the next', () => {
    const first = run({ start: '2026-04-30T22:00:00Z' })
    const days = (start: number) =>
      told(judged({ ...MAY, asOf: '2026-05-02T22:00:00Z', runs: [first, run({ start })] }, per('day')))
    expect(days(ms('2026-05-02T22:00:00Z') - 1).slice(0, 2)).toEqual(['2026-05-01 met kept', '2026-05-02 met kept'])
    expect(days(ms('2026-05-02T22:00:00Z'))).toEqual(['2026-05-01 met kept', '2026-05-02 breached missed'])
  })

  test('a tolerance lets a start just after the day count for it, the last instant too', () => {
    const runs = (start: string) => [run({ start: '2026-05-01T02:00:00Z' }), run({ start })]
    const days = (start: string) =>
      told(judged({ ...MAY, asOf: '2026-05-03T10:00:00Z', runs: runs(start) }, per('day', HOUR)))
    expect(days('2026-05-02T23:00:00Z').slice(1)).toEqual(['2026-05-02 met kept'])
    expect(days('2026-05-02T23:00:00.001Z').slice(1)).toEqual(['2026-05-02 breached missed'])
    const waiting = judged(
      { ...MAY, asOf: '2026-05-02T22:30:00Z', runs: runs('2026-05-01T03:00:00Z') },
      per('day', HOUR),
    )
    expect(told(waiting)).toEqual(['2026-05-01 met kept', '2026-05-02 pending running', '2026-05-03 pending running'])
  })

  test('jobs in UTC that fall on another local date: 29 March has none, 25 October two', () => {
    const runs = Array.from({ length: 300 }, (_, i) => run({ start: ms('2026-01-10T22:30:00Z') + i * 24 * HOUR }))
    const period = ['2026-01-31T23:00:00Z', '2026-10-31T23:00:00Z'] as const
    const result = judged({ runs, period, asOf: '2026-11-01T00:00:00Z' }, per('day'))
    expect(bad(result).map(({ label }) => label)).toEqual(['2026-03-29'])
    const twice = [...result.items].filter(({ backups }) => backups.length > 1)
    expect(twice.map(({ label, observed }) => [label, observed])).toEqual([['2026-10-25', { unit: 'count', value: 2 }]])
  })

  test('ISO weeks across the year: 1 January 2027 is of 2026-W53', () => {
    const runs = [run({ start: '2026-12-23T02:00:00Z' }), run({ start: '2027-01-01T02:00:00Z' })]
    const period = ['2026-12-20T23:00:00Z', '2027-01-31T23:00:00Z'] as const
    expect(told(judged({ runs, period, asOf: '2027-01-12T00:00:00Z' }, per('week')))).toEqual([
      '2026-W52 met kept',
      '2026-W53 met kept',
      '2027-W01 breached missed',
      '2027-W02 pending running',
    ])
  })

  test('a job on the 31st skips the short months', () => {
    const runs = ['2026-01-31', '2026-03-31', '2026-05-31'].map(day => run({ start: `${day}T02:00:00Z` }))
    const period = ['2025-12-31T23:00:00Z', '2026-05-31T22:00:00Z'] as const
    expect(told(judged({ runs, period, asOf: '2026-06-10T00:00:00Z' }, per('month')))).toEqual([
      '2026-01 met kept',
      '2026-02 breached missed',
      '2026-03 met kept',
      '2026-04 breached missed',
      '2026-05 met kept',
    ])
  })

  test('only units wholly in the term: neither the day nor the month that it begins in', () => {
    const term = { start: '2026-05-02T10:00:00Z' }
    const runs = [run({ start: '2026-05-01T02:00:00Z', status: 'failed' }), run({ start: '2026-05-04T02:00:00Z' })]
    expect(told(judged({ ...MAY, term, runs }, per('day')))).toEqual([
      '2026-05-03 breached missed',
      '2026-05-04 met kept',
      '2026-05-05 breached missed',
      '2026-05-06 pending running',
    ])
    const months = { ...MAY, term, runs, period: ['2026-04-30T22:00:00Z', '2026-06-30T22:00:00Z'] } as const
    expect(told(judged({ ...months, asOf: '2026-06-20T00:00:00Z' }, per('month')))).toEqual(['2026-06 pending running'])
  })

  test('a week that ends in the period is of the period, one that ends after it is not', () => {
    const runs = [run({ start: '2026-04-20T02:00:00Z' })]
    // May 2026 ends on a Sunday; its first Monday is the 4th.
    expect(told(judged({ ...MAY, runs, asOf: '2026-06-20T00:00:00Z' }, per('week')))).toEqual([
      '2026-W18 breached missed',
      '2026-W19 breached missed',
      '2026-W20 breached missed',
      '2026-W21 breached missed',
      '2026-W22 breached missed',
    ])
    const cut = { ...MAY, runs, period: ['2026-04-30T22:00:00Z', '2026-05-30T22:00:00Z'] } as const
    expect(told(judged({ ...cut, asOf: '2026-06-20T00:00:00Z' }, per('week'))).at(-1)).toBe('2026-W21 breached missed')
  })

  test('days outside the log are not known, unless a backup is there', () => {
    const declared = { backup: [['2026-05-01T22:00:00Z', '2026-05-03T22:00:00Z']] } as const
    const runs = [run({ start: '2026-05-04T02:00:00Z' })]
    expect(told(judged({ ...MAY, declared, runs }, per('day')))).toEqual([
      '2026-05-01 unverified not-logged',
      '2026-05-02 breached missed',
      '2026-05-03 breached missed',
      '2026-05-04 met kept',
      '2026-05-05 unverified not-logged',
      '2026-05-06 pending running',
    ])
  })

  test('a log that is not declared tells of nothing before its first row, which alone may keep its day', () => {
    const first = (status: 'success' | 'failed') => run({ start: '2026-05-01T02:00:00Z', status })
    const days = (...runs: readonly Backup[]) =>
      told(judged({ ...MAY, runs: [...runs, ...nightly('2026-05-03', '2026-05-06', '04:00')] }, per('day')))
    // 1 May from 00:00 to 04:00 is not told.
    expect(days(first('failed')).slice(0, 2)).toEqual([
      '2026-05-01 unverified not-logged',
      '2026-05-02 breached missed',
    ])
    expect(days(first('success')).slice(0, 2)).toEqual(['2026-05-01 met kept', '2026-05-02 breached missed'])
    expect(days().slice(0, 2)).toEqual(['2026-05-01 unverified not-logged', '2026-05-02 unverified not-logged'])
    // A row from before the period, and one at the very start of the day: all of 1 May is told.
    for (const start of ['2026-04-30T21:59:00Z', '2026-04-30T22:00:00Z']) {
      expect(days(run({ start, status: 'failed' }))[0]).toBe('2026-05-01 breached missed')
    }
  })

  test('nor of the date of a first row that is known to its day', () => {
    const day = paris('2026-05-02')
    const dated = (status: 'success' | 'failed') =>
      told(judged({ ...MAY, runs: [run({ start: [day, day + 24 * HOUR], status })] }, per('day'))).slice(1, 3)
    expect(dated('failed')).toEqual(['2026-05-02 unverified not-logged', '2026-05-03 breached missed'])
    expect(dated('success')).toEqual(['2026-05-02 met kept', '2026-05-03 breached missed'])
  })

  test('nor of the week or the month that its first row lies in', () => {
    const failed = run({ start: '2026-05-04T01:00:00Z', status: 'failed' })
    const world = { ...MAY, runs: [failed], asOf: '2026-06-05T00:00:00Z' }
    // The week of Monday 4 May began at 00:00, three hours before the first row.
    expect(told(judged(world, per('week'))).slice(0, 3)).toEqual([
      '2026-W18 unverified not-logged',
      '2026-W19 unverified not-logged',
      '2026-W20 breached missed',
    ])
    expect(told(judged(world, per('month')))).toEqual(['2026-05 unverified not-logged'])
  })

  test('by completions neither: what was done before the first row is not told', () => {
    const failed = run({ start: '2026-05-02T05:00:00Z', end: '2026-05-02T07:00:00Z', status: 'failed' })
    const world = { ...MAY, runs: [failed], asOf: '2026-05-04T22:00:00Z' }
    expect(told(judged(world, per('day', 0, 'completion')))).toEqual([
      '2026-05-01 unverified not-logged',
      '2026-05-02 unverified not-logged',
      '2026-05-03 breached missed',
      '2026-05-04 breached missed',
      '2026-05-05 pending running',
    ])
  })

  test('a run that had not ended may be the one of its day', () => {
    const still = run({ start: '2026-05-05T02:00:00Z', end: null, status: 'running' })
    const days = (anchor: Schedule['anchor']) =>
      told(
        judged({ ...MAY, runs: [...nightly('2026-04-30', '2026-05-04', '04:00'), still] }, per('day', 0, anchor)),
      ).slice(-2)
    expect(days('start')).toEqual(['2026-05-05 unverified run-not-ended', '2026-05-06 pending running'])
    expect(days('completion')).toEqual(['2026-05-05 breached missed', '2026-05-06 pending running'])
  })

  test('dates without a time decide days; stamps that are missing decide nothing', () => {
    const day = paris('2026-05-02')
    const dated = [run({ start: '2026-05-01T02:00:00Z' }), run({ start: [day, day + 24 * HOUR] })]
    const short = { ...MAY, asOf: '2026-05-03T22:00:00Z' }
    expect(told(judged({ ...short, runs: dated }, per('day')))).toEqual([
      '2026-05-01 met kept',
      '2026-05-02 met kept',
      '2026-05-03 breached missed',
      '2026-05-04 pending running',
    ])
    const bare = [run({ end: '2026-05-02T02:00:00Z' })]
    // What was complete on 2 May did not start on the 3rd.
    expect(
      told(
        judged(
          { ...short, runs: bare, declared: { backup: [['2026-04-01T00:00:00Z', '2026-05-03T22:00:00Z']] } },
          per('day'),
        ),
      ),
    ).toEqual([
      '2026-05-01 unverified stamp-missing',
      '2026-05-02 unverified stamp-missing',
      '2026-05-03 breached missed',
      '2026-05-04 pending running',
    ])
  })

  test('one listing: what had to be in it and is not', () => {
    const T = '2026-05-10T10:00:00Z'
    const runs = ['04', '06', '08', '09', '10'].map(day =>
      run({ id: day, start: `2026-05-${day}T02:00:00Z`, end: undefined, copies: [{ listed: [shows(T)] }] }),
    )
    const series = seriesOf({ ...MAY, asOf: '2026-05-10T16:00:00Z', runs, unlogged: true, listings: [listing(T)] })
    const result = scheduleItems(series, { schedule: per('day'), keep: keepFor('5 days') })
    expect(bad(result).map(({ label, status, reason }) => `${label} ${status} ${reason}`)).toEqual([
      '2026-05-01 unverified not-logged',
      '2026-05-02 unverified not-logged',
      '2026-05-03 unverified not-logged',
      '2026-05-05 unverified not-logged',
      '2026-05-07 breached not-listed',
    ])
  })

  test('listings of two places: only where at most a day lies between them', () => {
    const T = '2026-05-10T10:00:00Z'
    const items = (other: string) => {
      const shown = (day: string, location: string, at: string) =>
        run({
          id: `${day}${location}`,
          start: `2026-05-${day}T02:00:00Z`,
          end: undefined,
          copies: [{ location, listed: [shows(at)] }],
        })
      const runs = [shown('06', 'x', T), shown('08', 'y', other), shown('08', 'x', T)]
      const listings = [listing(other, { location: 'y' }), listing(T, { location: 'x' })]
      const series = seriesOf({ ...MAY, asOf: '2026-05-10T16:00:00Z', runs, unlogged: true, listings })
      const { items } = scheduleItems(series, { schedule: per('day'), keep: keepFor('5 days') })
      return [...items].find(({ label }) => label === '2026-05-07')
    }
    const why = 'no backup of this day is listed: never made, or deleted before its time'
    expect(items('2026-05-10T09:48:00Z')).toMatchObject({
      status: 'breached',
      reason: 'not-listed',
      why: `${why}; listings of x and y, 12m apart, taken as one`,
    })
    expect(items('2026-05-09T10:00:00Z')).toMatchObject({
      status: 'breached',
      why: `${why}; listings of x and y, 1d apart, taken as one`,
    })
    // What was at one and is moved to the other in the meantime is in neither.
    expect(items('2026-05-09T09:59:59.999Z')).toMatchObject({ status: 'unverified', reason: 'not-logged' })
  })
})

describe('at a time of day', () => {
  const zone = makeZones()('Europe/Paris')
  const slot = (date: readonly [number, number, number], schedule: ReturnType<typeof at>) => {
    const found = slotOf(dayNumber(...date), schedule, zone)
    return found && [found.opens, found.at, found.closes].map(iso)
  }

  test('02:30 on the clock changes: from the gap to an hour after 03:30, from the first showing to an hour after the second', () => {
    expect(slot([2026, 3, 28], at('02:30'))).toEqual([
      '2026-03-28T01:30:00Z',
      '2026-03-28T01:30:00Z',
      '2026-03-28T02:30:00Z',
    ])
    expect(slot([2026, 3, 29], at('02:30'))).toEqual([
      '2026-03-29T01:00:00Z',
      '2026-03-29T01:30:00Z',
      '2026-03-29T02:30:00Z',
    ])
    expect(slot([2026, 10, 25], at('02:30'))).toEqual([
      '2026-10-25T00:30:00Z',
      '2026-10-25T01:30:00Z',
      '2026-10-25T02:30:00Z',
    ])
    expect(slot([2026, 10, 25], at('02:30', 0, 10 * MINUTE))?.[0]).toBe('2026-10-25T00:20:00Z')
  })

  test.each([
    ['2026-03-29T01:00:00Z', 'met'],
    ['2026-03-29T00:59:59.999Z', 'breached'],
    ['2026-03-29T02:30:00Z', 'met'],
    ['2026-03-29T02:30:00.001Z', 'breached'],
  ])('29 March, 02:30, started %s: %s', (start, status) => {
    const period = ['2026-03-28T12:00:00Z', '2026-03-29T12:00:00Z'] as const
    const runs = [run({ start: '2026-03-28T01:30:00Z' }), run({ start })]
    expect(told(judged({ runs, period, asOf: '2026-03-29T12:00:00Z' }, at('02:30')))).toHaveLength(1)
    expect([...judged({ runs, period, asOf: '2026-03-29T12:00:00Z' }, at('02:30')).items][0]?.status).toBe(status)
  })

  test('in time to the last instant, late until it starts, missed until the next may start', () => {
    const runs = [
      run({ start: '2026-05-01T02:00:00Z' }),
      run({ start: '2026-05-02T03:00:00Z' }),
      run({ start: '2026-05-03T03:00:00.001Z' }),
      run({ start: '2026-05-05T01:50:00Z' }),
    ]
    const result = judged({ ...MAY, runs }, at('04:00', HOUR, 10 * MINUTE))
    expect(told(result)).toEqual([
      '2026-05-01 met kept',
      '2026-05-02 met kept',
      '2026-05-03 breached late',
      '2026-05-04 breached missed',
      '2026-05-05 met kept',
      '2026-05-06 breached missed',
      '2026-05-07 pending running',
    ])
    const [, second, late, missed, early, last, next] = [...result.items]
    expect(second).toMatchObject({ observed: { value: HOUR }, margin: { value: 0 }, promised: { value: HOUR } })
    expect(spans(late?.breached ?? [])).toEqual(['2026-05-03T03:00:00Z/2026-05-03T03:00:00.001Z'])
    expect(late).toMatchObject({ observed: { value: HOUR + 1 }, margin: { value: -1 } })
    expect(spans(missed?.breached ?? [])).toEqual(['2026-05-04T03:00:00Z/2026-05-05T01:50:00Z'])
    expect(early?.observed).toEqual({ unit: 'ms', value: 0 })
    expect(spans(last?.breached ?? [])).toEqual(['2026-05-06T03:00:00Z/2026-05-06T10:00:00Z'])
    expect(iso(next?.due ?? 0)).toBe('2026-05-07T03:00:00Z')
  })

  test('the time of the first day is not owed where the term begins after it', () => {
    const runs = [run({ start: '2026-05-01T02:00:00Z' })]
    const first = (start: string) => told(judged({ ...MAY, runs, term: { start } }, at('04:00')))[0]
    expect(first('2026-05-02T02:00:00Z')).toBe('2026-05-02 breached missed')
    expect(first('2026-05-02T02:00:00.001Z')).toBe('2026-05-03 breached missed')
  })

  test('nor is that at the instant at which the term ends', () => {
    const runs = [run({ start: '2026-04-30T22:00:00Z' })]
    const midnight = { ...at('00:00'), tolerance: 0 } as Schedule
    const world = { ...MAY, runs, term: { end: '2026-05-02T22:00:00Z' }, asOf: '2026-05-03T02:00:00Z' }
    expect(told(judged(world, midnight)).slice(-1)).toEqual(['2026-05-02 breached missed'])
    const [open] = bad(judged({ ...world, asOf: '2026-05-02T12:00:00Z' }, midnight)).slice(-1)
    expect(open?.label).toBe('2026-05-02')
  })

  test('a slot is of the period that its deadline lies in', () => {
    const runs = nightly('2026-04-20', '2026-05-05', '23:30')
    const labels = told(judged({ ...MAY, runs }, at('23:30'))).map(text => text.slice(0, 10))
    expect(labels).toEqual([
      '2026-04-30',
      '2026-05-01',
      '2026-05-02',
      '2026-05-03',
      '2026-05-04',
      '2026-05-05',
      '2026-05-06',
    ])
  })

  test('at as of exactly the deadline a slot is decided, a moment before it is not', () => {
    const runs = [run({ start: '2026-05-01T02:00:00Z' })]
    const last = (asOf: string) => told(judged({ ...MAY, runs, asOf }, at('04:00')))[1]
    expect(last('2026-05-02T02:59:59.999Z')).toBe('2026-05-02 pending running')
    expect(last('2026-05-02T03:00:00Z')).toBe('2026-05-02 breached missed')
  })

  test('a slot that opens before the term is of the term; no listing tells what had begun before it', () => {
    // At midnight the term begins; the listing of 02:30 shows one of 01:00. What began before owed no keeping.
    const T = '2026-05-02T00:30:00Z'
    const shown = run({ start: '2026-05-01T23:00:00Z', end: '2026-05-01T23:10:00Z', copies: [{ listed: [shows(T)] }] })
    const world = { ...MAY, term: { start: '2026-05-01T22:00:00Z' }, asOf: '2026-05-02T10:00:00Z' } as const
    const first = (early: number) => {
      const series = seriesOf({ ...world, runs: [shown], unlogged: true, listings: [listing(T)] })
      return told(scheduleItems(series, { schedule: at('00:00', 0, early), keep: keepFor('1 day', 0) }))[0]
    }
    expect(first(0)).toBe('2026-05-02 breached not-listed')
    expect(first(90 * MINUTE)).toBe('2026-05-02 unverified not-logged')
  })

  test('a log that is not declared tells of no slot before its first row, which alone may keep it', () => {
    // 17:00 to 20:00 in Paris on 2 May is told of from 18:30 on.
    const days = (first: string, ...more: readonly string[]) => {
      const runs = [first, ...more].map(start => run({ start, ...(start === first && { status: 'failed' }) }))
      return told(judged({ ...MAY, runs }, at('17:00', 3 * HOUR))).slice(0, 3)
    }
    expect(days('2026-05-02T16:30:00Z', '2026-05-03T15:00:00Z')).toEqual([
      '2026-05-01 unverified not-logged',
      '2026-05-02 unverified not-logged',
      '2026-05-03 met kept',
    ])
    expect(days('2026-05-02T16:30:00Z', '2026-05-02T17:00:00Z')[1]).toBe('2026-05-02 met kept')
    // After it, the first row being the late one: 23:00.
    expect(days('2026-05-02T21:00:00Z')).toEqual([
      '2026-05-01 unverified not-logged',
      '2026-05-02 unverified not-logged',
      '2026-05-03 breached missed',
    ])
    expect(days('2026-05-02T15:00:00Z')[1]).toBe('2026-05-02 breached missed')
  })
})
