import { describe, expect, it } from 'vitest'
import { maxAgeItems } from '../../src/clauses/backup/max-age.ts'
import type { BackupRules } from '../../src/clauses/backup/rules.ts'
import { DAY, HOUR, ms } from '../support/instants.ts'
import { amount, type BackupSpec, itemsOf, RULES, seriesOf, stretches, verdicts, type World } from './backup-worlds.ts'

function judged(most: string, world: World, tolerance = 0, more: Partial<BackupRules> = {}) {
  const rules: BackupRules = { ...RULES, maxAge: { amount: amount(most), tolerance }, ...more }
  return itemsOf(maxAgeItems(seriesOf(world, rules), rules))
}

const START = '2026-02-10T04:00:00+01:00'
const run = (more: BackupSpec): BackupSpec => ({ id: 'b', start: START, end: '2026-02-10T05:00:00+01:00', ...more })
const world = (more: BackupSpec, rest: Partial<World> = {}): World => ({
  asOf: '2026-07-01T00:00:00+02:00',
  backups: [run(more)],
  ...rest,
})

describe('kept up to three months', () => {
  it.each([
    // 10 May 04:00 local, an hour less of elapsed time over 29 March.
    ['2026-05-10T04:00:00+02:00', 'met deleted-in-time', 0],
    ['2026-05-10T04:00:00.001+02:00', 'breached overkept', -1],
    ['2026-05-12T04:00:00+02:00', 'breached overkept', -2 * DAY],
    ['2026-03-01T00:00:00+01:00', 'met deleted-in-time', 70 * DAY + 3 * HOUR],
  ])('deleted %s: %s', (deleted, expected, margin) => {
    const [item] = judged('3 months', world({ deleted }))
    expect(`${item?.status} ${item?.reason}`).toBe(expected)
    expect(item).toMatchObject({
      promised: { unit: 'ms', value: 89 * DAY - HOUR },
      margin: { unit: 'ms', value: margin },
      due: ms('2026-05-10T04:00:00+02:00'),
    })
  })

  it('has no tolerance unless one is said', () => {
    expect(judged('3 months', world({ deleted: '2026-05-10T10:00:00+02:00' }), 6 * HOUR)[0]?.status).toBe('met')
    expect(judged('3 months', world({ deleted: '2026-05-10T10:00:00.001+02:00' }), 6 * HOUR)[0]).toMatchObject({
      status: 'breached',
      margin: { unit: 'ms', value: -1 },
    })
  })

  it('holds for every copy, partial ones, those with warnings and those that the clause does not count', () => {
    const late = {
      at: 'disk',
      deleted: '2026-03-01T00:00:00Z',
      copies: [{ at: 'tape', made: '2026-02-11T00:00:00Z', deleted: null }],
    }
    const [item] = judged('3 months', world(late))
    expect(item).toMatchObject({
      status: 'breached',
      why: 'due for deletion by 2026-05-10T04:00:00+02:00, still there',
    })
    expect(stretches(item?.breached ?? [])).toEqual(['2026-05-10T02:00:00Z/2026-06-30T22:00:00Z'])
    const statuses = ['partial', 'warning', 'success', 'failed', 'running'] as const
    const backups = statuses.map((status, i) =>
      run({ id: status, start: `2026-02-1${i}T04:00:00+01:00`, status, deleted: null }),
    )
    expect(verdicts(judged('3 months', { asOf: '2026-07-01T00:00:00Z', backups }))).toEqual([
      '2026-02-10 breached overkept',
      '2026-02-11 breached overkept',
      '2026-02-12 breached overkept',
    ])
    expect(judged('3 months', world({ kind: 'incremental', deleted: null }), 0, { only: 'full' })).toHaveLength(1)
  })

  it('is no matter of being restorable', () => {
    expect(judged('3 months', world({ failed: '2026-02-11T00:00:00Z', deleted: null }))[0]?.status).toBe('breached')
  })

  it('holds inside the term, for what was made before it too', () => {
    const term = ['2026-06-01T00:00:00+02:00', '2026-06-15T00:00:00+02:00'] as const
    const [item] = judged('3 months', world({ deleted: null }, { term }))
    expect(stretches(item?.breached ?? [])).toEqual(['2026-05-31T22:00:00Z/2026-06-14T22:00:00Z'])
    expect(judged('3 months', world({ deleted: '2026-05-20T00:00:00Z' }, { term }))).toEqual([])
  })

  it('shows in each period in which the copy was there too long', () => {
    const period = (from: string, to: string) =>
      judged('3 months', world({ deleted: '2026-06-10T00:00:00Z' }, { period: [from, to] }))
    expect(period('2026-06-01T00:00:00Z', '2026-06-30T00:00:00Z')).toHaveLength(1)
    expect(period('2026-06-10T00:00:00Z', '2026-06-30T00:00:00Z')).toEqual([])
  })
})

describe('what the evidence allows', () => {
  it('needs to know of deletions', () => {
    expect(verdicts(judged('3 months', world({})))).toEqual(['2026-02-10 unverified deletions-unknown'])
    const told = world({}, { deletions: ['2026-01-01T00:00:00Z', '2026-07-01T00:00:00Z'] })
    expect(verdicts(judged('3 months', told))).toEqual(['2026-02-10 breached overkept'])
    expect(verdicts(judged('3 months', world({}, { asOf: '2026-05-10T04:00:00+02:00' })))).toEqual([
      '2026-02-10 pending young',
    ])
    expect(verdicts(judged('3 months', world({ deleted: null }, { asOf: '2026-05-10T04:00:00.001+02:00' })))).toEqual([
      '2026-02-10 breached overkept',
    ])
  })

  it('time left of a young one runs to its limit, whatever is known of it since it was listed', () => {
    const listed = { listings: [['2026-05-08T04:00:00+02:00', '', ['b']]] as const }
    const [item] = judged('3 months', world({}, { ...listed, asOf: '2026-05-09T18:00:00+02:00' }))
    // From 10 February 04:00 +01:00 to 9 May 18:00 +02:00, and from there to 10 May 04:00.
    expect(item).toMatchObject({
      status: 'pending',
      observed: { value: 88 * DAY + 13 * HOUR },
      margin: { value: 10 * HOUR },
    })
  })

  it('what happens at as-of itself is known', () => {
    const at = (asOf: string, more: BackupSpec) => verdicts(judged('3 months', world(more, { asOf })))
    expect(at('2026-02-10T05:00:00+01:00', { deleted: null })).toEqual(['2026-02-10 pending young'])
    expect(at('2026-03-01T00:00:00Z', { deleted: '2026-03-01T00:00:00Z' })).toEqual(['2026-02-10 met deleted-in-time'])
  })

  it('a transfer that ends past the limit leaves one too old, whatever is known of it after', () => {
    const late = { copies: [{ at: 'tape', made: '2026-05-10T06:00:00+02:00' }], deleted: '2026-05-01T00:00:00Z' }
    const [item] = judged('3 months', world(late))
    expect(item).toMatchObject({
      status: 'breached',
      why: 'due for deletion by 2026-05-10T04:00:00+02:00, there 2026-05-10T06:00:00+02:00',
    })
    expect(item?.breached).toEqual([
      { start: ms('2026-05-10T06:00:00+02:00'), end: ms('2026-05-10T06:00:00.001+02:00') },
    ])
  })

  it('a listing that shows it later proves it, one that lacks it in time clears it', () => {
    const listed = (at: string, ids: readonly string[]) =>
      verdicts(judged('3 months', world({}, { listings: [[at, '', ids]] })))
    expect(listed('2026-05-10T04:00:00.001+02:00', ['b'])).toEqual(['2026-02-10 breached overkept'])
    // At exactly the age allowed, and nothing known of after.
    expect(listed('2026-05-10T04:00:00+02:00', ['b'])).toEqual(['2026-02-10 unverified deletions-unknown'])
    expect(listed('2026-05-09T04:00:00+02:00', ['b'])).toEqual(['2026-02-10 unverified deletions-unknown'])
    expect(listed('2026-05-10T04:00:00+02:00', [])).toEqual(['2026-02-10 met deleted-in-time'])
    expect(listed('2026-05-11T04:00:00+02:00', [])).toEqual(['2026-02-10 unverified between-listings'])
    expect(listed('2026-08-01T00:00:00Z', ['b'])).toEqual(['2026-02-10 unverified deletions-unknown'])
  })

  it('dates are judged at both ends', () => {
    const dated = (deleted: string) =>
      judged('3 months', world({ start: '2026-02-10', end: '2026-02-10', deleted }))[0]?.status
    expect(dated('2026-05-09')).toBe('met')
    expect(dated('2026-05-10')).toBe('unverified')
    expect(dated('2026-05-11')).toBe('breached')
  })

  it('a start that no column tells is no later than the completion', () => {
    const unknown = { start: '?', end: '2026-02-10T04:00:00+01:00' }
    expect(judged('3 months', world({ ...unknown, deleted: '2026-05-10T04:00:00.001+02:00' }))[0]?.status).toBe(
      'breached',
    )
    expect(judged('3 months', world({ ...unknown, deleted: '2026-03-01T00:00:00Z' }))[0]).toMatchObject({
      status: 'unverified',
      reason: 'stamp-missing',
    })
  })

  it('what may have left nothing can not be kept too long for certain', () => {
    expect(verdicts(judged('3 months', world({ status: '?', deleted: null })))).toEqual([
      '2026-02-10 unverified status-unknown',
    ])
    const shown = world({ status: '?' }, { listings: [['2026-06-01T00:00:00Z', '', ['b']]] })
    expect(judged('3 months', shown)[0]?.status).toBe('breached')
    expect(judged('3 months', world({ flaw: 'contradictory', deleted: null }))[0]).toMatchObject({
      status: 'unverified',
      reason: 'contradictory',
    })
  })
})
