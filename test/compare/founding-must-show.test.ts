import { readFileSync } from 'node:fs'
import { DateTime } from 'luxon'
import { describe, expect, it } from 'vitest'
import type { EnvelopeValue } from '../../src/model/comparison.ts'
import type { Finding } from '../../src/model/finding.ts'
import { findings } from '../support/audit.ts'
import { root } from '../support/cli.ts'
import type { Cells } from '../support/evidence.ts'
import { DAY, HOUR, ms } from '../support/instants.ts'
import { FOUNDING, foundingEnvelope, foundingFile } from './founding.ts'

const envelope = foundingEnvelope()

type Id = (typeof FOUNDING)[number]

const PARIS = 'Europe/Paris'
const SERVICE: Readonly<Record<string, string>> = { 'platform-slo': 'platform', stafiz: 'app', timetonic: 'app' }

async function permitted(id: Id, key: string): Promise<EnvelopeValue> {
  const value = (await envelope).find(row => row.key === key)?.values[FOUNDING.indexOf(id)]
  if (value === undefined) throw new Error(`${id} has no ${key}`)
  return value
}

/** Local times of Paris without offset. */
function local(text: string): number {
  return DateTime.fromISO(text, { zone: PARIS }).toMillis()
}

/** What an outage from one instant to another comes to, over all of both years that it may touch. */
function judged(id: Id, outages: readonly (readonly [number, number])[], work: readonly Cells[] = []) {
  const service = SERVICE[id] ?? ''
  const contract = readFileSync(root + foundingFile(id), 'utf8')
  return findings(
    {
      contract,
      evidence: { outage: outages.map(([start, end]) => ({ service, start, end })), maintenance: [...work] },
      asOf: '2028-01-01T00:00:00+01:00',
      period: '2026-01-01..2027-12-31',
      only: ['uptime'],
    },
    'uptime',
  )
}

const breached = (all: readonly Finding[]) => all.filter(({ status }) => status === 'breached').map(({ id }) => id)

/** Kept to the millisecond: the outage as it is breaks nothing, a millisecond more on either side does. */
async function expectLimit(id: Id, [start, end]: readonly [number, number]): Promise<void> {
  expect(breached(await judged(id, [[start, end]]))).toEqual([])
  expect(breached(await judged(id, [[start - 1, end]])).length).toBeGreaterThan(0)
  expect(breached(await judged(id, [[start, end + 1]])).length).toBeGreaterThan(0)
}

describe('99.5 % of each month (platform-slo)', () => {
  it('permits 3.725 h in a month: October has 745 h', async () => {
    const { ms: worst, at } = await permitted('platform-slo', 'downtime/month')
    expect(worst).toBe(3.725 * HOUR)
    expect(at).toEqual({ start: local('2026-10-01'), end: local('2026-11-01') })
    expect((at?.end ?? 0) - (at?.start ?? 0)).toBe(745 * HOUR)
    const start = local('2026-10-10T10:00')
    await expectLimit('platform-slo', [start, start + 3.725 * HOUR])
  })

  it('permits 7.44 h in one piece, over the end of July or of December', async () => {
    const { ms: worst, at, notes } = await permitted('platform-slo', 'downtime/longest')
    // 744 h × 0.5 % = 3.72 h = 3 h 43 min 12 s on either side of midnight.
    expect(worst).toBe(7.44 * HOUR)
    expect(at).toEqual({ start: local('2026-07-31T20:16:48'), end: local('2026-08-01T03:43:12') })
    expect(notes.join()).toMatch(/31 Dec.* 20:16:48/)
    await expectLimit('platform-slo', [local('2026-07-31T20:16:48'), local('2026-08-01T03:43:12')])
    await expectLimit('platform-slo', [local('2026-12-31T20:16:48'), local('2027-01-01T03:43:12')])
  })

  it('permits on top what is announced, without a limit', async () => {
    for (const key of ['downtime/month', 'downtime/year', 'downtime/longest', 'downtime/longest-free']) {
      expect((await permitted('platform-slo', key)).beside).toBe('unlimited, if announced')
    }
    // Thirty days of October, told two months before.
    const [start, end] = [local('2026-10-01'), local('2026-10-31')]
    const work = { service: 'platform', start, end, announced_at: local('2026-08-01'), kind: 'planned' }
    expect(breached(await judged('platform-slo', [[start, end]], [work]))).toEqual([])
    expect(breached(await judged('platform-slo', [[start, end]]))).toEqual(['uptime/2026-10'])
  })
})

describe('99.8 % of the year (stafiz)', () => {
  it('permits 17.52 h in a year, and all of it in one month', async () => {
    for (const key of ['downtime/year', 'downtime/month']) {
      expect((await permitted('stafiz', key)).ms).toBe(17.52 * HOUR)
    }
    const start = local('2026-05-05T10:00')
    await expectLimit('stafiz', [start, start + 17.52 * HOUR])
  })

  it('permits 35.04 h over New Year', async () => {
    const { ms: worst, at } = await permitted('stafiz', 'downtime/longest')
    expect(worst).toBe(35.04 * HOUR)
    // 17 h 31 min 12 s before midnight and after it; both years have 8,760 h.
    expect(at).toEqual({ start: local('2026-12-31T06:28:48'), end: local('2027-01-01T17:31:12') })
    await expectLimit('stafiz', [local('2026-12-31T06:28:48'), local('2027-01-01T17:31:12')])
  })
})

describe('99.5 % of support hours (timetonic)', () => {
  const weekends = Array.from({ length: 52 }, (_, i) => {
    const friday = DateTime.fromISO('2026-01-02', { zone: PARIS }).plus({ weeks: i })
    const start = friday.set({ hour: 18, minute: 30 }).toMillis()
    return [start, friday.plus({ days: 3 }).set({ hour: 9, minute: 30 }).toMillis()] as const
  })

  it('leaves 64 h at no cost from Friday 23 October 18:30 to Monday 26 October 09:30, 63 h on other weekends', async () => {
    const { ms: worst, at } = await permitted('timetonic', 'downtime/longest-free')
    expect(worst).toBe(64 * HOUR)
    expect(at).toEqual({ start: ms('2026-10-23T18:30:00+02:00'), end: ms('2026-10-26T09:30:00+01:00') })
    const lengths = weekends.map(([start, end]) => (end - start) / HOUR)
    expect(lengths.filter(hours => hours === 64)).toHaveLength(1)
    // The clocks go forward on Sunday 29 March.
    expect(lengths.filter(hours => hours === 62)).toHaveLength(1)
    expect(lengths.filter(hours => hours === 63)).toHaveLength(50)
    // All of them down, and not a millisecond of the allowance is used.
    for (const { status, observed } of await judged('timetonic', weekends)) {
      expect(status).toBe('met')
      expect(observed).toMatchObject({ unit: 'ratio' })
      if (observed.unit === 'ratio') expect(observed.part).toBe(observed.of)
    }
  })

  it('permits 64.99 h with October’s allowance', async () => {
    const { ms: worst, at, notes } = await permitted('timetonic', 'downtime/longest')
    // 22 weekdays × 9 h × 0.5 % = 0.99 h = 59 min 24 s, on Friday before closing or on Monday after opening.
    expect(worst).toBe(65 * HOUR - 36_000)
    expect(at).toEqual({ start: ms('2026-10-23T17:30:36+02:00'), end: ms('2026-10-26T09:30:00+01:00') })
    expect(notes.join()).toMatch(/23 Oct.* 18:30/)
    await expectLimit('timetonic', [ms('2026-10-23T17:30:36+02:00'), ms('2026-10-26T09:30:00+01:00')])
    await expectLimit('timetonic', [ms('2026-10-23T18:30:00+02:00'), ms('2026-10-26T10:29:24+01:00')])
  })

  it('permits 64.98 h over 31 July, less than that', async () => {
    // July: 23 weekdays, 1.035 h = 62 min 6 s. August: 21, 0.945 h = 56 min 42 s. 63 + 1.035 + 0.945.
    const over = [local('2026-07-31T17:27:54'), local('2026-08-03T10:26:42')] as const
    expect((over[1] - over[0]) / HOUR).toBe(64.98)
    await expectLimit('timetonic', over)
  })
})

it('no two of the three are ordered by the percentages that they print', async () => {
  // 99.8 % permits more in a month than 99.5 %, and less in a year; 99.5 % of support hours more than either.
  const of = async (id: Id, key: string) => (await permitted(id, key)).ms ?? Number.NaN
  expect(await of('stafiz', 'downtime/month')).toBeGreaterThan(await of('platform-slo', 'downtime/month'))
  expect(await of('stafiz', 'downtime/year')).toBeLessThan(await of('platform-slo', 'downtime/year'))
  expect(await of('timetonic', 'downtime/month')).toBeGreaterThan(20 * DAY)
})
