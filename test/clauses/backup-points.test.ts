import { describe, expect, test } from 'vitest'
import { pointItems } from '../../src/clauses/backup/points.ts'
import type { Points } from '../../src/clauses/backup/rules.ts'
import type { Backup } from '../../src/evidence/backups/records.ts'
import { HOUR, MINUTE, ms } from '../support/instants.ts'
import {
  bad,
  every,
  listing,
  moment,
  paris,
  points,
  type RunText,
  run,
  seriesOf,
  shows,
  spans,
  told,
  type World,
} from './backup-series-rows.ts'

const MAY: Omit<World, 'runs'> = {
  period: ['2026-04-30T22:00:00Z', '2026-05-31T22:00:00Z'],
  asOf: '2026-07-20T00:00:00Z',
}
const AGES = [1, 2, 3, 7, 14]
const judged = (world: World, promised: Points) => pointItems(seriesOf(world), { points: promised })
const range = (n: number): readonly number[] => Array.from({ length: n }, (_, i) => i + 1)

/** 04:00 every night, deleted five minutes past 04:00 so many days later. */
function kept(days: number, from: string, to: string, more: Readonly<Record<string, RunText | null>> = {}): Backup[] {
  const out: Backup[] = []
  for (let day = ms(`${from}T12:00:00Z`); day <= ms(`${to}T12:00:00Z`); day += 24 * HOUR) {
    const date = new Date(day).toISOString().slice(0, 10)
    const change = more[date]
    if (change === null) continue
    const start = paris(date, '04:00')
    const gone = paris(new Date(day + days * 24 * HOUR).toISOString().slice(0, 10), '04:05')
    const end = start + 10 * MINUTE
    out.push(run({ id: date, start, end, copies: [{ made: end, deleted: gone }], ...change }))
  }
  return out
}

describe('recovery points', () => {
  test('all of them there: the dates of which a day lies in the period', () => {
    const result = judged({ ...MAY, runs: kept(15, '2026-04-01', '2026-06-30') }, points(AGES, 0, 2 * HOUR))
    const items = told(result)
    // The 16 April was last owed on the 30th; the 31 May is first owed on 1 June 02:00.
    expect([items[0], items.at(-1), items.length]).toEqual(['2026-04-17 met held', '2026-05-30 met held', 44])
    expect(bad(result)).toEqual([])
    expect([...result.items][0]?.promised).toEqual({ unit: 'count', value: 5 })
  })

  test('one missed night is one item, with its five days', () => {
    const runs = kept(15, '2026-04-01', '2026-06-30', { '2026-05-03': { status: 'failed', copies: [] } })
    const [item, ...rest] = bad(judged({ ...MAY, runs }, points(AGES, 0, 2 * HOUR)))
    expect(rest).toEqual([])
    expect(item).toMatchObject({
      label: '2026-05-03',
      status: 'breached',
      reason: 'missing',
      why: 'no run of this date counts as a backup',
      promised: { value: 5 },
      observed: { value: 0 },
      margin: { value: -5 },
    })
    // 4 to 6 May (from 02:00 on the 4th), 10 May, 17 May.
    expect(spans(item?.breached ?? [])).toEqual([
      '2026-05-04T00:00:00Z/2026-05-06T22:00:00Z',
      '2026-05-09T22:00:00Z/2026-05-10T22:00:00Z',
      '2026-05-16T22:00:00Z/2026-05-17T22:00:00Z',
    ])
    expect(item?.backups).toHaveLength(1)
  })

  test('with slack the night before stands in, while it lasts', () => {
    const runs = kept(15, '2026-04-01', '2026-06-30', { '2026-05-03': null })
    expect(bad(judged({ ...MAY, runs }, points([1, 2, 3, 7], 1)))).toEqual([])
    const [item, ...rest] = bad(judged({ ...MAY, runs }, points(AGES, 1)))
    expect(rest).toEqual([])
    // The one of 2 May goes on 17 May 04:05, the 14th day after 3 May.
    expect([item?.label, item?.reason, spans(item?.breached ?? [])]).toEqual([
      '2026-05-03',
      'purged',
      ['2026-05-17T02:05:00Z/2026-05-17T22:00:00Z'],
    ])
    expect(item?.observed).toEqual({ unit: 'count', value: 4 })
  })

  test('D-1 to D-30 kept for 30 days: each date is short of the end of its last day, D-1 to D-29 is kept', () => {
    const world = { ...MAY, runs: kept(30, '2026-03-01', '2026-07-15') }
    expect(bad(judged(world, points(range(29))))).toEqual([])
    const items = [...judged(world, points(range(30))).items]
    expect(new Set(items.map(({ status, reason }) => `${status} ${reason}`))).toEqual(new Set(['breached purged']))
    // Lost on the 30th day: 1 April on 1 May, the first of the period; 30 May is the last whose first day is in it.
    expect([items[0]?.label, items.at(-1)?.label]).toEqual(['2026-04-01', '2026-05-30'])
    expect(spans(items[0]?.breached ?? [])).toEqual(['2026-05-01T02:05:00Z/2026-05-01T22:00:00Z'])
  })

  test('the grace is what a run may take: without it the run of 23:50 is not there at midnight', () => {
    const start = paris('2026-05-05', '23:50')
    const late = { start, end: start + 50 * MINUTE, copies: [{ made: start + 50 * MINUTE, deleted: null }] }
    const runs = kept(15, '2026-04-01', '2026-06-30', { '2026-05-05': late })
    const [item, ...rest] = bad(judged({ ...MAY, runs }, points([1, 2])))
    expect(rest).toEqual([])
    expect(item?.reason).toBe('not-there')
    expect(spans(item?.breached ?? [])).toEqual(['2026-05-05T22:00:00Z/2026-05-05T22:40:00Z'])
    expect(bad(judged({ ...MAY, runs }, points([1, 2], 0, HOUR)))).toEqual([])
  })

  test('a backup that failed its verification is no recovery point any more', () => {
    const failed = { at: moment('2026-05-06T10:00:00Z'), passed: false, origin: { input: 0 } }
    const runs = kept(15, '2026-04-01', '2026-06-30', { '2026-05-05': { verifications: [failed] } })
    const [item, ...rest] = bad(judged({ ...MAY, runs }, points(AGES)))
    expect(rest).toEqual([])
    expect([item?.label, item?.reason]).toEqual(['2026-05-05', 'unrestorable'])
    expect(spans(item?.breached ?? [])[0]).toBe('2026-05-06T10:00:00Z/2026-05-08T22:00:00Z')
  })

  test('from the first full day of the term on', () => {
    const term = { start: '2026-05-10T10:00:00Z' }
    const runs = kept(15, '2026-05-12', '2026-06-30')
    const result = judged(
      { ...MAY, term, runs, declared: { backup: [['2026-05-01T00:00:00Z', MAY.asOf]] } },
      points([1]),
    )
    expect(told(result).slice(0, 2)).toEqual(['2026-05-11 breached missing', '2026-05-12 met held'])
    expect([...result.items][0]?.notes).toEqual([
      'dates before 2026-05-11, the first full day of the term, are not owed',
    ])
    const midnight = judged(
      { ...MAY, term: { start: '2026-05-09T22:00:00Z' }, runs: kept(15, '2026-05-10', '2026-06-30') },
      points([1]),
    )
    expect(told(midnight)[0]).toBe('2026-05-10 met held')
  })

  test('what is before the term stands in for nothing', () => {
    const term = { start: '2026-05-10T10:00:00Z' }
    const runs = [...kept(15, '2026-05-10', '2026-05-10'), ...kept(15, '2026-05-12', '2026-06-30')]
    const [item] = bad(judged({ ...MAY, term, runs }, points([1], 1)))
    expect([item?.label, item?.reason]).toEqual(['2026-05-11', 'missing'])
  })

  test('days to come are pending, a day already without is breached', () => {
    const asOf = '2026-05-10T10:00:00Z'
    const runs = kept(15, '2026-04-01', '2026-05-10', { '2026-05-08': null })
    const items = bad(judged({ ...MAY, asOf, runs }, points([1, 2, 3])))
    expect(items.map(({ label, status, reason }) => `${label} ${status} ${reason}`)).toEqual([
      '2026-05-07 pending owed',
      '2026-05-08 breached missing',
      '2026-05-09 pending owed',
    ])
    expect(items[1]).toMatchObject({ promised: { value: 2 }, observed: { value: 0 } })
    expect(spans(items[1]?.breached ?? [])).toEqual(['2026-05-08T22:00:00Z/2026-05-10T10:00:00Z'])
  })

  test('without a log of deletions nothing is known of what was made', () => {
    const runs = kept(15, '2026-05-01', '2026-05-20', {}).map(one => ({
      ...one,
      copies: one.copies.map(copy => ({ ...copy, deleted: undefined })),
    }))
    const first = told(judged({ ...MAY, runs }, points([1])))
    expect(first[1]).toBe('2026-05-01 unverified deletions-unknown')
    // Before the log began a backup may have been made; 21 May is in it, and has none.
    expect(first[0]).toBe('2026-04-30 unverified not-logged')
    expect(first).toContain('2026-05-21 breached missing')
  })

  test('dates without a time are of their day; no started_at may be of any day before', () => {
    const day = paris('2026-05-03')
    const dated = kept(15, '2026-04-01', '2026-06-30', { '2026-05-03': { start: [day, day + 24 * HOUR] } })
    expect(bad(judged({ ...MAY, runs: dated }, points([2])))).toEqual([])
    const bare = kept(15, '2026-04-01', '2026-06-30', { '2026-05-03': { start: undefined } })
    const [item, ...rest] = bad(judged({ ...MAY, runs: bare }, points([2])))
    expect(rest).toEqual([])
    expect([item?.label, item?.status, item?.reason]).toEqual(['2026-05-03', 'unverified', 'stamp-missing'])
  })
})

describe('recovery points by one listing', () => {
  test('a date not listed is lost from the listing on, made or not', () => {
    const T = '2026-06-10T10:00:00Z'
    const runs = ['04', '06', '08', '09', '10'].map(day =>
      run({ id: day, start: `2026-06-${day}T02:00:00Z`, end: undefined, copies: [{ listed: [shows(T)] }] }),
    )
    const world = {
      runs,
      period: ['2026-06-04T22:00:00Z', '2026-06-30T22:00:00Z'],
      asOf: '2026-06-10T16:00:00Z',
      unlogged: true,
      listings: [listing(T)],
    } as const
    const items = [...judged(world, points([1, 2, 3, 4])).items]
    const lost = items.filter(({ status }) => status === 'breached')
    expect(lost.map(({ label, reason, breached }) => [label, reason, spans(breached)])).toEqual([
      ['2026-06-07', 'not-listed', ['2026-06-10T10:00:00Z/2026-06-10T16:00:00Z']],
    ])
    // 5 June was owed until the end of the 9th, before the listing.
    const fifth = items.find(({ label }) => label === '2026-06-05')
    expect([fifth?.status, fifth?.reason]).toEqual(['unverified', 'not-logged'])
  })
})

test('a log that is not declared tells of nothing before its first row', () => {
  const made = '2026-05-01T14:10:00Z'
  const first = run({
    id: 'a',
    start: '2026-05-01T14:00:00Z',
    end: made,
    copies: [{ made, deleted: '2026-05-02T10:00:00Z' }],
  })
  const second = run({ id: 'b', start: '2026-05-02T14:00:00Z', status: 'failed' })
  const world = { ...MAY, runs: [first, second], asOf: '2026-05-04T10:00:00Z' }
  const before = told(judged(world, points([1])))
  // Of 1 May another may have been made until 16:00; 2 May is told of to the end.
  expect(before.slice(0, 3)).toEqual([
    '2026-04-30 unverified not-logged',
    '2026-05-01 unverified not-logged',
    '2026-05-02 breached missing',
  ])
  // A schedule by intervals presumes a success for itself alone.
  const rules = { schedule: every('24h', HOUR) }
  expect(told(judged({ ...world, rules }, points([1])))).toEqual(before)
  const declared = { backup: [['2026-04-30T22:00:00Z', '2026-05-04T10:00:00Z']] } as const
  const [, known] = judged({ ...world, declared }, points([1])).items
  expect(known).toMatchObject({ label: '2026-05-01', status: 'breached', reason: 'purged' })
  // Gone from the 2 May 12:00 on, a day on which one of the 1 May is owed.
  expect(spans(known?.breached ?? [])).toEqual(['2026-05-02T10:00:00Z/2026-05-02T22:00:00Z'])
})

test('what goes at as-of itself is known to be gone', () => {
  const lost = (deleted: string | null, asOf = '2026-05-03T10:00:00Z') => {
    const made = '2026-05-01T02:10:00Z'
    const runs = [run({ id: 'b', start: '2026-05-01T02:00:00Z', end: made, copies: [{ made, deleted }] })]
    const declared = { backup: [['2026-04-30T22:00:00Z', asOf]] } as const
    const items = [...judged({ ...MAY, runs, asOf, declared }, points([1, 2, 3])).items]
    return items.find(({ label }) => label === '2026-05-01')
  }
  expect(lost(null)?.status).toBe('pending')
  expect(lost('2026-05-03T10:00:00.001Z')?.status).toBe('pending')
  const gone = lost('2026-05-03T10:00:00Z')
  expect(gone).toMatchObject({ status: 'breached', reason: 'purged' })
  expect(spans(gone?.breached ?? [])).toEqual(['2026-05-03T10:00:00Z/2026-05-03T10:00:00.001Z'])
})
