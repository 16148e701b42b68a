import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { verdictOf } from '../../src/compare/judge-log.ts'
import { benchOf } from '../../src/compare/rules/availability/bench.ts'
import type { Frame } from '../../src/compare/rules/availability/frame.ts'
import { measureOf } from '../../src/compare/rules/availability/measure.ts'
import { endOf, longestOutages, mostDowntime } from '../../src/compare/rules/availability/worst.ts'
import { yearWorld } from '../../src/compare/year.ts'
import { zones } from '../support/audit.ts'
import { DAY, HOUR, ms, span } from '../support/instants.ts'
import { envelope, founding, paris, sideWith, utc } from './availability-sides.ts'

describe('what the founding contracts permit in 2026', () => {
  it('platform-slo: 99.5 % a month, announced work left out', async () => {
    const rows = envelope(await founding('platform-slo'), paris)
    // 8,760 h × 0.5 %; October has 745 h in Paris, July and August 744 h each.
    expect(rows.get('downtime/year')).toMatchObject({ ms: 43.8 * HOUR, beside: 'unlimited, if announced' })
    expect(rows.get('downtime/month')).toMatchObject({
      ms: 3.725 * HOUR,
      at: span('2026-10-01T00:00:00+02:00', '2026-11-01T00:00:00+01:00'),
      text: '3h 43m 30s',
      beside: 'unlimited, if announced',
    })
    expect(rows.get('downtime/longest')).toMatchObject({
      ms: 7.44 * HOUR,
      at: span('2026-07-31T20:16:48+02:00', '2026-08-01T03:43:12+02:00'),
      notes: ['as long from Thu 31 Dec 20:16:48'],
    })
    expect(rows.get('downtime/longest-free')).toMatchObject({ ms: 0, text: 'none' })
  })

  it('stafiz: 99.8 % a year', async () => {
    const rows = envelope(await founding('stafiz'), paris)
    // 8,760 h × 0.2 %, in 2026 as in 2027.
    expect(rows.get('downtime/year')?.ms).toBe(Math.round(17.52 * HOUR))
    expect(rows.get('downtime/month')?.ms).toBe(Math.round(17.52 * HOUR))
    expect(rows.get('downtime/longest')).toMatchObject({
      ms: 35.04 * HOUR,
      at: span('2026-12-31T06:28:48+01:00', '2027-01-01T17:31:12+01:00'),
    })
    expect(rows.get('downtime/longest')?.beside).toBeUndefined()
  })

  it('timetonic: 99.5 % of support hours, Monday to Friday 09:30 to 18:30', async () => {
    const side = await founding('timetonic')
    const rows = envelope(side, paris)
    expect(rows.get('downtime/longest-free')).toMatchObject({
      ms: 64 * HOUR,
      at: span('2026-10-23T18:30:00+02:00', '2026-10-26T09:30:00+01:00'),
    })
    // October has 22 days of 9 h: 0.99 h on top.
    expect(rows.get('downtime/longest')?.ms).toBe(Math.round(64.99 * HOUR))
    // 261 days of 9 h, and 0.5 % of them.
    expect(rows.get('downtime/year')?.ms).toBe(Math.round((8760 - 2349 + 11.745) * HOUR))
    // May has 21 days, as few as any month of 31 days.
    expect(rows.get('downtime/month')?.ms).toBe(Math.round((744 - 189 + 0.945) * HOUR))
    const summer = { year: 2026, span: span('2026-07-01T00:00:00+02:00', '2026-09-01T00:00:00+02:00') }
    // Friday 31 July: 23 days of July and 21 of August allow 1.035 h and 0.945 h beside the 63 h.
    expect(envelope(side, summer).get('downtime/longest')?.ms).toBe(Math.round(64.98 * HOUR))
  })

  it('communet: no downtime but by causes, an objective', async () => {
    const rows = envelope(await founding('communet'), paris)
    expect(rows.get('downtime/longest')).toMatchObject({
      ms: 0,
      beside: 'unlimited, if caused by customer or third-party or force-majeure',
    })
  })
})

describe('what exclusions permit on top', () => {
  const work = (more: object) => ({
    calendars: { office: { days: 'mon-fri', hours: '09:00-17:00', holidays: 'BE' } },
    services: { app: {} },
    exclusions: { planned: { event: 'maintenance', kept: 'work' } },
    clauses: { work: { kind: 'maintenance', notice: { 'at-least': '24h' }, ...more } },
    timezone: 'Europe/Brussels',
  })
  const excluding = { target: '100%', excluding: ['planned'] }
  const brussels = yearWorld(2026, zones('Europe/Brussels'))

  it('robaws: in sum without a limit, in one piece as long as business hours stay away', async () => {
    const rows = envelope(await founding('robaws'), brussels)
    expect(rows.get('downtime/year')?.beside).toBe('unlimited, if announced and outside business-hours')
    // Thursday 30 April 17:00 to Monday 4 May 09:00 is as long, and Easter comes first: 7 + 24 + 24 + 24 + 9 h.
    for (const key of ['downtime/longest', 'downtime/longest-free']) {
      const row = rows.get(key)
      expect(row?.beside).toBe('3d 16h in one piece, if announced and outside business-hours')
      expect(row?.notes).toContain('most is left out in one piece Fri 3 Apr 17:00 – Tue 7 Apr 09:00')
    }
  })

  it('the auditor agrees: a minute more at either end is no longer left out', async () => {
    const side = await sideWith(excluding, work({ outside: 'office' }))
    expect(envelope(side, brussels).get('downtime/longest')?.beside).toBe(
      '3d 16h in one piece, if announced and outside office',
    )
    const bench = benchOf(side, side, brussels)
    const [start, end] = [ms('2026-04-03T17:00:00+02:00'), ms('2026-04-07T09:00:00+02:00')]
    const over = { start: start - 20 * DAY, end: end + 60 * DAY }
    const log = (from: number, to: number) => {
      const at = { start: from, end: to }
      return bench.log(over, [bench.work(at, from - 2 * DAY)], '')
    }
    expect(await verdictOf(side, log(start, end), () => true)).toBe('met')
    expect(await verdictOf(side, log(start - 1, end), () => true)).toBe('breached')
    expect(await verdictOf(side, log(start, end + 1), () => true)).toBe('breached')
  })

  it.each<[string, object, string]>([
    // Nine hours in the night in which the clocks go back.
    ['at night', { inside: 'night' }, '9h in one piece'],
    ['each of a length', { outside: 'office', longest: '4h' }, 'unlimited, each 4h at most'],
    ['on other services only', { outside: 'office', services: ['app'] }, 'unlimited'],
    ['at any time', {}, 'unlimited'],
  ])('work %s', async (_, more, text) => {
    const made = work(more)
    const calendars = { ...made.calendars, night: { days: 'daily', hours: '22:00-06:00' } }
    const side = await sideWith(excluding, { ...made, calendars })
    expect(envelope(side, brussels).get('downtime/longest')?.beside).toMatch(new RegExp(`^${text}`))
  })
})

describe('envelopes', () => {
  it('short outages are free, however many', async () => {
    const rows = envelope(await sideWith({ target: '100%', 'shortest-outage': '5min' }), utc)
    expect(rows.get('downtime/longest')?.ms).toBe(5 * 60_000 - 1)
    expect(rows.get('downtime/longest-free')?.ms).toBe(5 * 60_000 - 1)
    expect(rows.get('downtime/year')).toMatchObject({ text: 'no limit' })
    expect(rows.get('downtime/year')?.ms).toBeUndefined()
  })

  it('above leaves a millisecond less', async () => {
    // 744 h × 0.5 % = 3.72 h.
    const rows = envelope(await sideWith({ target: { above: '99.5%' } }), utc)
    expect(rows.get('downtime/month')?.ms).toBe(3.72 * HOUR - 1)
  })

  it('a target of 0 % has no limit, requests none in time', async () => {
    expect(envelope(await sideWith({ target: '0%' }), utc).get('downtime/longest')).toMatchObject({ text: 'no limit' })
    const requests = envelope(await sideWith({ accounting: 'requests' }), utc).get('downtime/month')
    expect(requests).toMatchObject({ text: 'not limited as such: counted by requests' })
    expect(requests?.ms).toBeUndefined()
  })

  it('caps are said, observed figures permit nothing', async () => {
    const made = {
      services: { app: {} },
      exclusions: { planned: { event: 'maintenance', notice: { 'at-least': '48h' }, cap: '4h per calendar month' } },
    }
    const rows = envelope(await sideWith({ excluding: ['planned'] }, made), utc)
    expect(rows.get('downtime/month')?.beside).toBe('4h per calendar month, if announced')
    expect(envelope(await sideWith({ common: { binding: 'observed' } }), utc).size).toBe(0)
  })
})

/** Small worlds in whole hours: ten days, windows of one to four of them, or rolling ones; a few open hours a day. */
const START = Date.UTC(2026, 5, 1)
const DAYS = 10
const worlds = fc
  .record({
    edges: fc.uniqueArray(fc.integer({ min: 1, max: DAYS - 1 }), { maxLength: 4 }),
    rolling: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }),
    hours: fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 1, max: 4 })), {
      minLength: 1,
      maxLength: DAYS,
    }),
    most: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: DAYS + 1, maxLength: DAYS + 1 }),
  })
  .map(({ edges, rolling, hours, most }): Frame => {
    const open = Array.from({ length: DAYS }, (_, day) => {
      const [from, length] = hours[day % hours.length] ?? [0, 1]
      return { start: START + day * DAY + from * HOUR, end: START + day * DAY + (from + length) * HOUR }
    })
    const service = measureOf(open)
    const marks = [0, ...[...edges].sort((a, b) => a - b), DAYS]
    const spans =
      rolling === undefined
        ? marks.slice(1).map((to, i) => [marks[i] ?? 0, to] as const)
        : Array.from({ length: DAYS - rolling + 1 }, (_, day) => [day, day + rolling] as const)
    return {
      service,
      partition: rolling === undefined,
      windows: spans.map(([from, to], i) => {
        const [start, end] = [START + from * DAY, START + to * DAY]
        return { key: String(i), start, end, service: service.between(start, end), most: (most[i] ?? 0) * HOUR }
      }),
    }
  })

const isOpen = (frame: Frame, hour: number) =>
  frame.service.list.some(({ start, end }) => start <= START + hour * HOUR && START + hour * HOUR < end)

/** Whether hours that are down break no window. */
function keepsAll(frame: Frame, down: (hour: number) => boolean): boolean {
  return frame.windows.every(({ start, end, most }) => {
    let lost = 0
    for (let hour = (start - START) / HOUR; hour < (end - START) / HOUR; hour++)
      if (down(hour) && isOpen(frame, hour)) lost += HOUR
    return lost <= most
  })
}

describe('small worlds hour by hour', () => {
  const all = { start: START, end: START + DAYS * DAY }

  it('the longest outage is the longest that an hourly search finds', () => {
    fc.assert(
      fc.property(worlds, frame => {
        let best = 0
        for (let from = 0; from < DAYS * 24; from++) {
          while (from + best + 1 <= DAYS * 24 && keepsAll(frame, hour => hour >= from && hour < from + best + 1)) best++
        }
        const [found] = longestOutages(frame, all)
        const end = Math.min(found?.end ?? START, all.end)
        // What has no limit before the world ends goes on beyond it.
        const limited = Math.max(0, ...longestOutages(frame, all).map(at => Math.min(at.end, all.end) - at.start))
        expect(
          found?.end === Number.POSITIVE_INFINITY ? end - (found?.start ?? 0) <= best * HOUR : limited === best * HOUR,
        ).toBe(true)
        for (const { start, end: last } of longestOutages(frame, all)) expect(endOf(frame, start)).toBe(last)
      }),
      { seed: 7, numRuns: 150 },
    )
  })

  it('the most downtime is the most that trying every split over days finds', () => {
    const zone = zones('UTC')
    fc.assert(
      fc.property(worlds, frame => {
        const days = 5
        const part = { start: START, end: START + days * DAY }
        const free = days * 24 * HOUR - frame.service.between(part.start, part.end)
        let best = 0
        const room = Array.from({ length: days }, (_, day) =>
          Math.round(frame.service.between(START + day * DAY, START + (day + 1) * DAY) / HOUR),
        )
        const visit = (day: number, lost: readonly number[]): void => {
          if (day === days) {
            const kept = frame.windows.every(({ start, end, most }) => {
              const [from, to] = [(start - START) / DAY, (end - START) / DAY]
              return lost.slice(from, to).reduce((a, b) => a + b, 0) * HOUR <= most
            })
            if (kept)
              best = Math.max(
                best,
                lost.reduce((a, b) => a + b, 0),
              )
            return
          }
          for (let hours = 0; hours <= (room[day] ?? 0); hours++) visit(day + 1, [...lost, hours])
        }
        visit(0, [])
        expect(mostDowntime(frame, part, zone)).toBe(free + best * HOUR)
      }),
      { seed: 11, numRuns: 150 },
    )
  })
})

describe('the auditor agrees', () => {
  it.each([
    ['calendar month', '99.5%', 'always'],
    ['calendar month', '98%', 'office'],
    ['rolling 7 days', '99%', 'office'],
    ['calendar quarter', '99.9%', 'always'],
  ])('%s %s %s: the longest outage is met, a millisecond more is not', async (window, target, during) => {
    const calendars = { office: { days: 'mon-fri', hours: '09:00-18:00' } }
    const side = await sideWith({ window, target, during }, { calendars })
    const at = envelope(side, utc).get('downtime/longest')?.at ?? { start: 0, end: 0 }
    const bench = benchOf(side, side, utc)
    const over = { start: ms('2026-01-01T00:00:00Z'), end: at.end + 8 * DAY }
    const log = (end: number) => bench.log(over, [bench.outage({ start: at.start, end })], '')
    expect(await verdictOf(side, log(at.end), () => true)).toBe('met')
    expect(await verdictOf(side, log(at.end + 1), () => true)).toBe('breached')
  })
})
