import { describe, expect, test } from 'vitest'
import { scheduleItems } from '../../src/clauses/backup/schedule.ts'
import { HOUR } from '../support/instants.ts'
import {
  bad,
  every,
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

const DAILY = every('24h', HOUR)
const JUNE: Omit<World, 'runs'> = {
  period: ['2026-05-31T22:00:00Z', '2026-06-30T22:00:00Z'],
  asOf: '2026-06-10T16:00:00Z',
}

function judged(world: World, schedule = DAILY) {
  return scheduleItems(seriesOf({ ...world, rules: { ...world.rules, schedule } }), { schedule })
}

describe('no more than an amount between backups', () => {
  const year: World = {
    runs: nightly('2026-01-15', '2026-11-09', '04:00'),
    period: ['2026-01-31T23:00:00Z', '2026-10-31T23:00:00Z'],
    asOf: '2026-11-10T11:00:00Z',
  }

  test('a nightly job over both clock changes keeps 24 hours with an hour of tolerance', () => {
    const [item, ...rest] = [...judged(year).items]
    expect(rest).toEqual([])
    expect(item).toMatchObject({
      status: 'met',
      reason: 'kept',
      promised: { unit: 'ms', value: 24 * HOUR },
      observed: { unit: 'ms', value: 25 * HOUR },
      margin: { unit: 'ms', value: 0 },
    })
  })

  test('without tolerance exactly the hour of 25 October is missing', () => {
    const result = judged(year, every('24h', 0))
    expect(told(result)).toEqual(['2026-02-01 met kept', '2026-10-25 breached gap', '2026-10-25 met kept'])
    const [gap] = bad(result)
    expect(spans(gap?.breached ?? [])).toEqual(['2026-10-25T02:00:00Z/2026-10-25T03:00:00Z'])
    expect(gap).toMatchObject({
      promised: { unit: 'ms', value: 24 * HOUR },
      observed: { unit: 'ms', value: 25 * HOUR },
      margin: { unit: 'ms', value: -HOUR },
    })
  })

  test('one calendar day is kept to the minute, whatever the clock does', () => {
    expect(told(judged(year, every('1 day', 0)))).toEqual(['2026-02-01 met kept'])
  })

  test('in time is exactly at the limit; a millisecond later is a gap of one', () => {
    const runs = (second: string) => [run({ start: '2026-06-01T02:00:00Z' }), run({ start: second })]
    const short: Omit<World, 'runs'> = { ...JUNE, asOf: '2026-06-02T20:00:00Z' }
    const at = (second: string) => judged({ ...short, runs: runs(second) })
    expect(told(at('2026-06-02T03:00:00Z'))).toEqual(['2026-06-01 met kept', '2026-06-03 pending due'])
    const [gap] = bad(at('2026-06-02T03:00:00.001Z'))
    expect(spans(gap?.breached ?? [])).toEqual(['2026-06-02T03:00:00Z/2026-06-02T03:00:00.001Z'])
    expect(gap?.margin).toEqual({ unit: 'ms', value: -1 })
  })

  test('a missed night is one gap between its neighbours', () => {
    const runs = nightly('2026-05-20', '2026-06-10', '04:00', ['2026-06-03'])
    const [gap, next] = bad(judged({ ...JUNE, runs }))
    // 2 June 04:00 + 25 h = 3 June 05:00, until 4 June 04:00: 48 h apart.
    expect(spans(gap?.breached ?? [])).toEqual(['2026-06-03T03:00:00Z/2026-06-04T02:00:00Z'])
    expect(gap).toMatchObject({ label: '2026-06-03', reason: 'gap', observed: { value: 48 * HOUR } })
    expect(next).toMatchObject({ status: 'pending', reason: 'due', label: '2026-06-11' })
    expect(iso(next?.due ?? 0)).toBe('2026-06-11T03:00:00Z')
  })

  test('a gap that began before the period is shown whole; one that ended before it is of another audit', () => {
    const runs = nightly('2026-05-10', '2026-06-10', '04:00', ['2026-05-20', '2026-05-31', '2026-06-01'])
    const gaps = bad(judged({ ...JUNE, runs })).filter(({ status }) => status === 'breached')
    // 30 May 04:00 + 25 h = 31 May 05:00, until 2 June 04:00.
    expect(gaps.map(gap => spans([gap.at]))).toEqual([['2026-05-31T03:00:00Z/2026-06-02T02:00:00Z']])
    expect(gaps[0]).toMatchObject({ label: '2026-05-31', observed: { value: 72 * HOUR } })
  })

  test('a gap that the log ends in is as long as is proven, and no listing is needed to tell of it', () => {
    const declared = { backup: [['2026-05-01T00:00:00Z', '2026-06-05T12:00:00Z']] } as const
    const world = { ...JUNE, runs: nightly('2026-05-20', '2026-06-02', '04:00'), declared }
    const [gap, ...rest] = bad(judged(world))
    // 2 June 04:00 + 25 h = 3 June 05:00, known up to 5 June 14:00; a backup of that instant may have been the next.
    expect(spans(gap?.breached ?? [])).toEqual(['2026-06-03T03:00:00Z/2026-06-05T12:00:00Z'])
    expect(gap).toMatchObject({
      reason: 'gap',
      observed: { value: 82 * HOUR },
      margin: { value: -57 * HOUR },
      why: 'last: 2026-06-02T04:00:00+02:00; none up to 2026-06-05T14:00:00+02:00, and what came then is not told',
    })
    expect(rest.map(({ status, reason }) => `${status} ${reason}`)).toEqual(['unverified not-logged'])
  })

  test('what may count, or of which no log tells, bounds what is proven of a gap', () => {
    const maybe = run({ start: '2026-06-04T02:00:00Z', status: 'absent' })
    const runs = [
      ...nightly('2026-05-20', '2026-06-02', '04:00'),
      maybe,
      ...nightly('2026-06-06', '2026-06-10', '04:00'),
    ]
    const [first, second] = bad(judged({ ...JUNE, runs }))
    // 48 hours to what may be one, and as many from there.
    expect(first).toMatchObject({ status: 'breached', observed: { value: 48 * HOUR }, margin: { value: -23 * HOUR } })
    expect(second).toMatchObject({ status: 'breached', observed: { value: 48 * HOUR }, margin: { value: -23 * HOUR } })
    const declared = {
      backup: [
        ['2026-05-01T00:00:00Z', '2026-06-03T00:00:00Z'],
        ['2026-06-04T00:00:00Z', '2026-07-01T00:00:00Z'],
      ],
    } as const
    const gap = nightly('2026-05-20', '2026-06-10', '04:00', ['2026-06-03', '2026-06-04', '2026-06-05', '2026-06-06'])
    const dark = bad(judged({ ...JUNE, runs: gap, declared })).find(({ status }) => status === 'breached')
    // One may have been made up to 4 June 02:00; the next was on 7 June 04:00.
    expect(dark).toMatchObject({ observed: { value: 74 * HOUR }, margin: { value: -49 * HOUR } })
    expect(dark?.why).toBe('what came before 2026-06-04T02:00:00+02:00 is not told; next: 2026-06-07T04:00:00+02:00')
  })

  test('failed, partial and warning runs do not count, an accepted one does, a retry does', () => {
    const runs = [
      run({ id: 'a', start: '2026-06-01T02:00:00Z' }),
      run({ id: 'f', start: '2026-06-02T02:00:00Z', status: 'failed' }),
      run({ id: 'p', start: '2026-06-02T02:10:00Z', status: 'partial' }),
      run({ id: 'w', start: '2026-06-02T02:20:00Z', status: 'warning' }),
      run({ id: 'b', start: '2026-06-02T06:00:00Z' }),
    ]
    const world = { ...JUNE, asOf: '2026-06-02T20:00:00Z', runs }
    const [gap] = bad(judged(world))
    expect(spans(gap?.breached ?? [])).toEqual(['2026-06-02T03:00:00Z/2026-06-02T06:00:00Z'])
    expect(gap?.backups).toEqual([0, 1, 2, 3, 4])
    const mild = judged({ ...world, rules: { accept: new Set(['success', 'warning']) } })
    expect(told(mild)).toEqual(['2026-06-01 met kept', '2026-06-03 pending due'])
  })
})

describe('what still runs', () => {
  const first = run({ start: '2026-06-03T02:00:00Z', end: '2026-06-03T03:00:00Z' })
  const second = run({ start: '2026-06-04T02:00:00Z', end: null, status: 'running' })
  const at = (asOf: string, anchor: 'start' | 'completion') => {
    const period = ['2026-06-03T00:00:00Z', '2026-06-10T00:00:00Z'] as const
    return bad(judged({ period, asOf, runs: [first, second] }, every('24h', HOUR, anchor)))
  }

  test('before the limit it is pending', () => {
    const due = (anchor: 'start' | 'completion') =>
      at('2026-06-04T02:30:00Z', anchor).map(i => [i.status, iso(i.due ?? 0)])
    expect(due('start')).toEqual([['pending', '2026-06-04T03:00:00Z']])
    expect(due('completion')).toEqual([['pending', '2026-06-04T04:00:00Z']])
  })

  test('past it, by starts it is not known, by completions it is breached', () => {
    const [open, ...more] = at('2026-06-04T06:00:00Z', 'start')
    expect(more).toEqual([])
    expect([open?.status, open?.reason]).toEqual(['unverified', 'run-not-ended'])
    expect(spans(open?.undecided ?? [])).toEqual(['2026-06-04T03:00:00Z/2026-06-04T06:00:00Z'])
    const [late, ...rest] = at('2026-06-04T06:00:00Z', 'completion')
    expect(rest).toEqual([])
    expect([late?.status, late?.reason]).toEqual(['breached', 'gap'])
    expect(spans(late?.breached ?? [])).toEqual(['2026-06-04T04:00:00Z/2026-06-04T06:00:00Z'])
  })
})

describe('where the first clock starts', () => {
  test('a log that begins little after the period is taken as made for it', () => {
    const result = judged({ ...JUNE, runs: nightly('2026-06-01', '2026-06-10', '04:00') })
    expect(told(result)).toEqual(['2026-06-01 met kept', '2026-06-11 pending due'])
    expect([...result.items][0]?.notes).toHaveLength(1)
  })

  test('what was made between that success and the first row is not told', () => {
    const failed = run({ start: '2026-06-01T02:00:00Z', status: 'failed' })
    const gapOf = (next: string) => bad(judged({ ...JUNE, runs: [failed, run({ start: next })], asOf: next }))[0]
    // One may have been made up to 1 June 04:00, and covers to 2 June 05:00.
    expect(gapOf('2026-06-02T03:00:00Z')).toMatchObject({ status: 'unverified', reason: 'not-logged' })
    const late = gapOf('2026-06-02T06:00:00Z')
    expect(late).toMatchObject({ status: 'breached', reason: 'gap', observed: { value: 28 * HOUR } })
    expect(spans(late?.undecided ?? [])).toEqual(['2026-06-01T23:00:00Z/2026-06-02T03:00:00Z'])
    expect(spans(late?.breached ?? [])).toEqual(['2026-06-02T03:00:00Z/2026-06-02T06:00:00Z'])
  })

  test('listings alone presume none: what they would have shown and do not is not covered', () => {
    const T = '2026-06-01T06:30:00Z'
    const shown = run({ start: '2026-06-01T04:00:00Z', end: '2026-06-01T05:00:00Z', copies: [{ listed: [shows(T)] }] })
    const world = {
      ...JUNE,
      runs: [shown],
      unlogged: true,
      listings: [listing(T)],
      asOf: '2026-06-01T20:00:00Z',
    } as const
    const items = scheduleItems(seriesOf({ ...world, rules: { schedule: DAILY } }), {
      schedule: DAILY,
      keep: keepFor('1 week'),
    })
    const [gap] = bad(items)
    expect(gap).toMatchObject({ status: 'breached', reason: 'not-listed' })
    expect(spans(gap?.breached ?? [])).toEqual(['2026-05-31T22:00:00Z/2026-06-01T04:00:00Z'])
  })

  test('one that begins later: not known before it, a success presumed where it begins', () => {
    const runs = [
      run({ start: '2026-06-05T02:00:00Z', status: 'failed' }),
      ...nightly('2026-06-06', '2026-06-10', '04:00'),
    ]
    const result = judged({ ...JUNE, runs })
    expect(told(result)).toEqual(['2026-06-01 unverified not-logged', '2026-06-05 met kept', '2026-06-11 pending due'])
  })

  test('a new contract: nothing is owed before the amount has passed from its start, and the first day counts then', () => {
    const term = { start: '2026-06-02T10:00:00Z' }
    const coverage = { backup: [['2026-05-01T00:00:00Z', '2026-06-10T16:00:00Z']] } as const
    const world = { ...JUNE, term, declared: coverage }
    const result = judged({ ...world, runs: nightly('2026-06-04', '2026-06-10', '04:00') })
    const [gap] = bad(result)
    expect(spans(gap?.breached ?? [])).toEqual(['2026-06-03T11:00:00Z/2026-06-04T02:00:00Z'])
    expect(gap?.notes).toEqual([])
    // A backup of before the contract covers too.
    expect(bad(judged({ ...world, runs: nightly('2026-06-02', '2026-06-10', '04:00') }))).toHaveLength(1)
  })

  test('a log said to be complete for all time: presumed at the start of the period', () => {
    const declared = { backup: [[Number.MIN_SAFE_INTEGER, '2026-06-10T16:00:00Z']] } as unknown as World['declared']
    const result = judged({
      ...JUNE,
      ...(declared && { declared }),
      runs: nightly('2026-06-01', '2026-06-10', '04:00'),
    })
    expect(told(result)).toEqual(['2026-06-01 met kept', '2026-06-11 pending due'])
  })

  test('a log said to end early leaves the rest open, after what its last backup covers', () => {
    const declared = { backup: [['2026-05-01T00:00:00Z', '2026-06-07T22:00:00Z']] } as const
    const runs = nightly('2026-05-20', '2026-06-07', '04:00')
    const items = bad(judged({ ...JUNE, declared, runs }))
    // 7 June 04:00 + 25 h = 8 June 05:00.
    expect(items.map(({ status, reason, undecided }) => [status, reason, spans(undecided)])).toEqual([
      ['unverified', 'not-logged', ['2026-06-08T03:00:00Z/2026-06-10T16:00:00Z']],
    ])
  })

  test('after a pause of the log a backup may still cover', () => {
    const declared = {
      backup: [
        ['2026-05-01T00:00:00Z', '2026-06-03T00:00:00Z'],
        ['2026-06-05T00:00:00Z', '2026-06-10T16:00:00Z'],
      ],
    } as const
    const runs = nightly('2026-05-20', '2026-06-10', '04:00', ['2026-06-03', '2026-06-04', '2026-06-05', '2026-06-06'])
    const items = bad(judged({ ...JUNE, declared, runs })).filter(({ status }) => status !== 'pending')
    expect(items.map(({ status, breached, undecided }) => [status, spans(breached), spans(undecided)])).toEqual([
      ['unverified', [], ['2026-06-03T03:00:00Z/2026-06-06T01:00:00Z']],
      ['breached', ['2026-06-06T01:00:00Z/2026-06-07T02:00:00Z'], []],
    ])
  })
})

describe('stamps', () => {
  test('dates without a time: lost is what no reading covers', () => {
    const date = (day: string) => [paris(day), paris(day) + 24 * HOUR] as const
    const runs = ['2026-06-01', '2026-06-02', '2026-06-05'].map(day => run({ start: date(day) }))
    const items = bad(judged({ ...JUNE, period: ['2026-05-31T22:00:00Z', '2026-06-05T21:00:00Z'], runs }))
    const [fringe, gap] = items
    // 2 June covers until 3 June 01:00 at the least, until 4 June 01:00 (less 1 ms) at the most.
    expect([fringe?.status, fringe?.reason]).toEqual(['unverified', 'stamp-inexact'])
    expect(gap?.status).toBe('breached')
    expect(spans(gap?.breached ?? [])).toEqual(['2026-06-03T22:59:59.999Z/2026-06-04T22:00:00Z'])
    expect(items).toHaveLength(2)
  })

  test('no started_at in the file: starts are not known, completions are', () => {
    const runs = ['01', '02', '03'].map(day => run({ end: `2026-06-${day}T03:00:00Z` }))
    const world = { ...JUNE, asOf: '2026-06-03T20:00:00Z', runs }
    const open = bad(judged(world)).filter(({ status }) => status === 'unverified')
    expect(open.map(({ reason, why }) => [reason, why])).toEqual([
      ['stamp-missing', 'no started_at tells when it started'],
    ])
    expect(told(judged(world, every('24h', HOUR, 'completion')))).toEqual([
      '2026-06-01 met kept',
      '2026-06-04 pending due',
    ])
  })

  test('a status that is not told, or rows that contradict each other, may or may not have kept it', () => {
    const flaw = { reason: 'contradictory', why: 'two rows contradict each other', origins: [] } as const
    const doubt = (text: Parameters<typeof run>[0]) => {
      const runs = [
        ...nightly('2026-05-20', '2026-06-02', '04:00'),
        run(text),
        ...nightly('2026-06-04', '2026-06-10', '04:00'),
      ]
      return bad(judged({ ...JUNE, runs }))
        .filter(({ status }) => status !== 'pending')
        .map(({ status, reason }) => `${status} ${reason}`)
    }
    expect(doubt({ start: '2026-06-03T02:00:00Z', status: 'absent' })).toEqual(['unverified status-unknown'])
    expect(doubt({ start: '2026-06-03T02:00:00Z', flaw })).toEqual(['unverified contradictory'])
  })

  test('bad rows left out make the log incomplete', () => {
    const runs = nightly('2026-05-20', '2026-06-10', '04:00', ['2026-06-03'])
    const items = bad(judged({ ...JUNE, runs, skipped: ['backup'] }))
    expect(items.map(({ status, reason }) => `${status} ${reason}`)).toEqual(['unverified not-logged', 'pending due'])
  })
})

describe('listings only', () => {
  const T = '2026-06-10T10:00:00Z'
  const runs = ['04', '06', '08', '09', '10'].map(day =>
    run({ id: day, start: `2026-06-${day}T02:00:00Z`, end: undefined, copies: [{ listed: [shows(T)] }] }),
  )
  const series = seriesOf({ ...JUNE, runs, unlogged: true, listings: [listing(T)] })

  test('what had to be kept and is not listed was never made, or deleted before its time', () => {
    const result = scheduleItems(series, { schedule: DAILY, keep: keepFor('5 days') })
    const lost = bad(result).filter(({ status }) => status === 'breached')
    // Listed for certain from 5 June 13:00 on; 6 June 04:00 + 25 h = 7 June 05:00, the next is 8 June 04:00.
    expect(lost.map(({ reason, breached }) => [reason, spans(breached)])).toEqual([
      ['not-listed', ['2026-06-07T03:00:00Z/2026-06-08T02:00:00Z']],
    ])
  })

  test('without an amount to keep them for, a listing shows only what it shows', () => {
    const result = scheduleItems(series, { schedule: DAILY })
    expect(bad(result).map(({ status, reason }) => `${status} ${reason}`)).toEqual([
      'unverified not-logged',
      'unverified not-logged',
      'unverified not-logged',
      'pending due',
    ])
  })
})
