import { describe, expect, it } from 'vitest'
import { keepItems } from '../../src/clauses/backup/keep.ts'
import type { BackupRules, Keep } from '../../src/clauses/backup/rules.ts'
import { tierItems } from '../../src/clauses/backup/tiers.ts'
import { DAY, HOUR, MINUTE, ms } from '../support/instants.ts'
import {
  amount,
  type BackupSpec,
  type CopySpec,
  daily,
  itemsOf,
  plusDays,
  RULES,
  seriesOf,
  stretches,
  verdicts,
  type World,
} from './backup-worlds.ts'

function kept(keepFor: string, world: World, more: Partial<Extract<Keep, { form: 'for' }>> = {}) {
  const keep: Keep = { form: 'for', from: 'start', tolerance: HOUR, amount: amount(keepFor), ...more }
  const rules: BackupRules = { ...RULES, keep }
  return itemsOf(keepItems(seriesOf(world, rules), rules))
}

const one = (spec: BackupSpec): World => ({
  asOf: '2026-07-01T00:00:00Z',
  deletions: ['2026-01-01T00:00:00Z', '2026-07-01T00:00:00Z'],
  backups: [{ start: '2026-05-01T04:00:00Z', end: '2026-05-01T04:10:00Z', ...spec }],
})

describe('kept for an amount of time', () => {
  it.each([
    // 10 days are owed up to 11 May 04:00, less the tolerance.
    ['2026-05-11T04:00:00Z', HOUR, 'met held', 240 * HOUR, HOUR],
    ['2026-05-11T03:00:00Z', HOUR, 'met held', 239 * HOUR, 0],
    ['2026-05-11T02:59:59.999Z', HOUR, 'breached purged', 239 * HOUR - 1, -1],
    ['2026-05-11T04:00:00Z', 0, 'met held', 240 * HOUR, 0],
    ['2026-05-11T03:59:59.999Z', 0, 'breached purged', 240 * HOUR - 1, -1],
    ['2026-05-03T04:00:00Z', HOUR, 'breached purged', 48 * HOUR, -191 * HOUR],
    ['2026-06-20T04:00:00Z', HOUR, 'met held', 50 * 24 * HOUR, 40 * 24 * HOUR + HOUR],
  ])('deleted %s with %d ms tolerance: %s', (deleted, tolerance, expected, observed, margin) => {
    const [item] = kept('10 days', one({ deleted }), { tolerance })
    expect(`${item?.status} ${item?.reason}`).toBe(expected)
    expect(item).toMatchObject({
      label: '2026-05-01',
      due: ms('2026-05-11T04:00:00Z') - tolerance,
      promised: { unit: 'ms', value: 240 * HOUR },
      observed: { unit: 'ms', value: observed },
      margin: { unit: 'ms', value: margin },
      backups: [0],
    })
  })

  it('shows what was owed and not there, and why', () => {
    const [item] = kept('10 days', one({ deleted: '2026-05-03T04:00:00Z' }))
    expect(stretches(item?.breached ?? [])).toEqual(['2026-05-03T04:00:00Z/2026-05-11T03:00:00Z'])
    expect(item?.undecided).toEqual([])
    expect(item?.why).toBe('deleted 2026-05-03T06:00:00+02:00')
    expect(item?.at).toEqual({ start: ms('2026-05-01T04:00:00Z'), end: ms('2026-05-03T04:00:00Z') })
  })

  it('counts days of the calendar: 30 of them over 29 March are 719 hours', () => {
    const backups = [{ start: '2026-03-10T04:00:00+01:00', end: '2026-03-10T04:10:00+01:00' }]
    const world = (deleted: string): World => ({
      asOf: '2026-06-01T00:00:00Z',
      backups: backups.map(backup => ({ ...backup, deleted })),
    })
    const calendar = kept('30 days', world('2026-04-09T04:05:00+02:00'), { tolerance: 0 })
    expect(verdicts(calendar)).toEqual(['2026-03-10 met held'])
    expect(calendar[0]?.promised).toEqual({ unit: 'ms', value: 719 * HOUR })
    // Removed 719 h 5 min after it started: 55 min short of 720 h.
    const elapsed = kept('720h', world('2026-04-09T04:05:00+02:00'), { tolerance: 0 })
    expect(elapsed[0]).toMatchObject({ status: 'breached', margin: { unit: 'ms', value: -55 * MINUTE } })
    expect(elapsed[0]?.notes).toEqual(['kept 30 days of the calendar: only 720h is not reached'])
    expect(kept('720h', world('2026-04-09T04:05:00+02:00'))[0]?.status).toBe('met')
  })

  it('counts 721 hours over 25 October, where 720 are an hour short of 30 days', () => {
    const world: World = {
      asOf: '2026-12-31T00:00:00Z',
      backups: [
        {
          start: '2026-10-10T04:00:00+02:00',
          end: '2026-10-10T04:10:00+02:00',
          deleted: '2026-11-09T03:00:00+01:00',
        },
      ],
    }
    const [item] = kept('30 days', world, { tolerance: 0 })
    expect(item).toMatchObject({
      status: 'breached',
      promised: { unit: 'ms', value: 721 * HOUR },
      margin: { unit: 'ms', value: -HOUR },
      notes: ['kept 30 × 24 h elapsed: only 30 days is not reached'],
    })
    expect(kept('30 days', world)[0]?.status).toBe('met')
    expect(kept('720h', world, { tolerance: 0 })[0]?.status).toBe('met')
  })

  it.each([
    ['1 month', '2026-01-31T10:00:00+01:00', '2026-02-28T10:00:00+01:00'],
    ['1 year', '2024-02-29T10:00:00+01:00', '2025-02-28T10:00:00+01:00'],
    ['3 months', '2026-11-30T10:00:00+01:00', '2027-02-28T10:00:00+01:00'],
    ['30 days', '2026-01-31T10:00:00+01:00', '2026-03-02T10:00:00+01:00'],
  ])('%s from %s end %s', (length, start, due) => {
    const world = { asOf: '2027-12-31T00:00:00Z', backups: [{ start, end: start, deleted: due }] }
    const [item] = kept(length, world, { tolerance: 0 })
    expect(item).toMatchObject({ status: 'met', due: ms(due), margin: { unit: 'ms', value: 0 } })
  })

  it('counts from the completion where the contract says so', () => {
    const world = one({ end: '2026-05-01T06:00:00Z', deleted: '2026-05-11T05:00:00Z' })
    expect(kept('10 days', world, { tolerance: 0 })[0]).toMatchObject({ status: 'met' })
    expect(kept('10 days', world, { tolerance: 0, from: 'completion' })[0]).toMatchObject({
      status: 'breached',
      margin: { unit: 'ms', value: -HOUR },
    })
  })

  it('is judged at one location where one is named', () => {
    const spec: BackupSpec = {
      at: 'disk',
      deleted: '2026-05-03T04:00:00Z',
      copies: [{ at: 'tape', made: '2026-05-01T04:10:00Z', deleted: null }],
    }
    expect(verdicts(kept('10 days', one(spec)))).toEqual(['2026-05-01 met held'])
    expect(verdicts(kept('10 days', one(spec), { location: 'tape' }))).toEqual(['2026-05-01 met held'])
    expect(verdicts(kept('10 days', one(spec), { location: 'disk' }))).toEqual(['2026-05-01 breached purged'])
    const [item] = kept('10 days', one(spec), { location: 'vault' })
    expect(item).toMatchObject({ status: 'breached', reason: 'not-there', why: 'never at vault' })
    expect(stretches(item?.breached ?? [])).toEqual(['2026-05-01T04:10:00Z/2026-05-11T03:00:00Z'])
  })

  it('has no age at which it went from a place where it never was', () => {
    const spec: BackupSpec = { at: 'disk', deleted: null, copies: [{ at: 'tape', made: null }] }
    const [item] = kept('10 days', one(spec), { location: 'tape' })
    expect(item).toMatchObject({ status: 'breached', reason: 'not-there', why: 'never at tape' })
    expect(item?.observed).toBeUndefined()
    expect(item?.margin).toBeUndefined()
  })

  it('is owed at a location from its first being there on', () => {
    const copied = (copy: CopySpec) =>
      kept('10 days', one({ at: 'disk', deleted: null, copies: [{ at: 'tape', ...copy }] }), { location: 'tape' })[0]
    const later = { begun: '2026-05-02T00:00:00Z', made: '2026-05-03T00:00:00Z' }
    expect(copied({ ...later, deleted: null })).toMatchObject({ status: 'met', reason: 'held' })
    const gone = copied({ ...later, deleted: '2026-05-09T04:00:00Z' })
    // From its start on 1 May 04:00 until it went: 8 of 10 days, the tolerance of an hour being 11 May 03:00.
    expect(gone).toMatchObject({ status: 'breached', reason: 'purged', observed: { value: 8 * DAY } })
    expect(stretches(gone?.breached ?? [])).toEqual(['2026-05-09T04:00:00Z/2026-05-11T03:00:00Z'])
    // A date: from 3 May on for certain, perhaps from its very beginning.
    expect(copied({ ...later, made: '2026-05-03', deleted: null })?.status).toBe('met')
    // That it comes when it need not be kept any more is no keeping.
    const late = copied({ ...later, made: '2026-05-11T03:00:00Z', deleted: null })
    expect(late).toMatchObject({
      status: 'breached',
      reason: 'not-there',
      why: 'not there yet, only from 2026-05-11T05:00:00+02:00',
    })
    expect(stretches(late?.breached ?? [])).toEqual(['2026-05-01T04:10:00Z/2026-05-11T03:00:00Z'])
    // Nobody says when it came, but that it went.
    const came = copied({ begun: '2026-05-02T00:00:00Z', deleted: '2026-05-09T04:00:00Z' })
    expect(came?.status).toBe('breached')
    expect(stretches(came?.breached ?? [])).toEqual(['2026-05-09T04:00:00Z/2026-05-11T03:00:00Z'])
  })

  it('is not proven by a copy to elsewhere up to the end of its transfer', () => {
    const spec: BackupSpec = {
      at: 'disk',
      copies: [{ at: 'tape', begun: '2026-05-01T20:00:00Z', made: '2026-05-02T00:00:00Z' }],
    }
    const { deletions: _, ...world } = one({ ...spec, id: 'b' })
    const listings = [['2026-05-12T00:00:00Z', 'tape', ['b']]] as const
    const [item] = kept('10 days', { ...world, listings })
    expect(item).toMatchObject({ status: 'unverified', reason: 'deletions-unknown' })
    expect(stretches(item?.undecided ?? []).map(text => text.split('/')[1])).toEqual(['2026-05-02T00:00:00Z'])
  })

  it('has a hole where the backup is deleted before its copy is complete', () => {
    const spec: BackupSpec = {
      at: 'disk',
      deleted: '2026-05-01T05:00:00Z',
      copies: [{ at: 'tape', begun: '2026-05-01T04:30:00Z', made: '2026-05-01T05:30:00Z', deleted: null }],
    }
    const [item] = kept('10 days', one(spec))
    expect(item).toMatchObject({ status: 'breached', reason: 'purged' })
    expect(stretches(item?.breached ?? [])).toEqual(['2026-05-01T05:00:00Z/2026-05-01T05:30:00Z'])
    expect(item?.why).toBe('deleted 2026-05-01T07:00:00+02:00, and there again only from 2026-05-01T07:30:00+02:00')
  })

  it('needs it to be restorable: no failed verification, and its chain', () => {
    const failed = kept('10 days', one({ deleted: null, failed: '2026-05-04T12:00:00Z' }))
    expect(failed[0]).toMatchObject({
      status: 'breached',
      reason: 'unrestorable',
      why: 'its verification failed 2026-05-04T14:00:00+02:00',
    })
    const chain: World = {
      ...one({}),
      backups: [
        {
          id: 'f',
          kind: 'full',
          parent: null,
          start: '2026-05-01T04:00:00Z',
          end: '2026-05-01T04:10:00Z',
          deleted: '2026-05-11T04:00:00Z',
        },
        {
          id: 'i',
          kind: 'incremental',
          parent: 'f',
          start: '2026-05-05T04:00:00Z',
          end: '2026-05-05T04:10:00Z',
          deleted: null,
        },
      ],
    }
    const items = kept('10 days', chain)
    expect(verdicts(items)).toEqual(['2026-05-01 met held', '2026-05-05 breached unrestorable'])
    expect(items[1]?.why).toBe('it needs full f, deleted 2026-05-11T06:00:00+02:00')
    expect(stretches(items[1]?.breached ?? [])).toEqual(['2026-05-11T04:00:00Z/2026-05-15T03:00:00Z'])
  })

  it('asks nothing of failed, partial and running ones, nor of those outside the term', () => {
    const run = (start: string, more: BackupSpec): BackupSpec => ({ start, end: start, deleted: start, ...more })
    const world: World = {
      asOf: '2026-07-01T00:00:00Z',
      term: ['2026-05-02T00:00:00+02:00', '2026-06-01T00:00:00+02:00'],
      backups: [
        run('2026-05-01T23:59:59.999+02:00', {}),
        run('2026-05-03T04:00:00+02:00', { status: 'failed' }),
        run('2026-05-04T04:00:00+02:00', { status: 'partial' }),
        run('2026-05-05T04:00:00+02:00', { status: 'running', end: null }),
        run('2026-05-02T00:00:00+02:00', {}),
        run('2026-05-31T23:00:00+02:00', {}),
        run('2026-06-01T00:00:00+02:00', {}),
      ],
    }
    const items = kept('10 days', world)
    expect(verdicts(items)).toEqual(['2026-05-02 breached purged', '2026-05-31 breached purged'])
    // Nothing is owed beyond the term.
    expect(stretches(items[1]?.breached ?? [])).toEqual(['2026-05-31T21:00:00Z/2026-05-31T22:00:00Z'])
  })

  it('belongs to the period that its clock meets, from its start to its decision', () => {
    const world = (period: readonly [string, string], deleted: string): World => ({ ...one({ deleted }), period })
    const held = '2026-06-20T00:00:00Z'
    // Decided 11 May 03:00.
    expect(kept('10 days', world(['2026-05-11T03:00:00Z', '2026-06-01T00:00:00Z'], held))).toEqual([])
    expect(kept('10 days', world(['2026-05-11T02:59:59Z', '2026-06-01T00:00:00Z'], held))).toHaveLength(1)
    expect(kept('10 days', world(['2026-04-01T00:00:00Z', '2026-05-01T04:00:00Z'], held))).toEqual([])
    expect(kept('10 days', world(['2026-04-01T00:00:00Z', '2026-05-01T04:00:01Z'], held))).toHaveLength(1)
    const lost = '2026-05-03T00:00:00Z'
    expect(kept('10 days', world(['2026-05-03T00:00:00Z', '2026-06-01T00:00:00Z'], lost))).toEqual([])
    expect(kept('10 days', world(['2026-05-02T23:59:59Z', '2026-06-01T00:00:00Z'], lost))).toHaveLength(1)
  })

  it('is pending while the amount runs, lost at once when it is deleted', () => {
    const world = (asOf: string, spec: BackupSpec): World => ({ ...one(spec), asOf })
    const [item] = kept('10 days', world('2026-05-11T02:59:59.999Z', { deleted: null }))
    expect(item).toMatchObject({ status: 'pending', reason: 'owed', due: ms('2026-05-11T03:00:00Z'), breached: [] })
    expect(item?.margin).toBeUndefined()
    expect(verdicts(kept('10 days', world('2026-05-11T03:00:00Z', { deleted: null })))).toEqual(['2026-05-01 met held'])
    // What happens at as-of itself is known.
    const now = world('2026-05-04T00:00:00Z', { deleted: '2026-05-04T00:00:00Z' })
    const [gone] = kept('10 days', now)
    expect(gone).toMatchObject({ status: 'breached', reason: 'purged', why: 'deleted 2026-05-04T02:00:00+02:00' })
    expect(stretches(gone?.breached ?? [])).toEqual(['2026-05-04T00:00:00Z/2026-05-04T00:00:00.001Z'])
    const early = world('2026-05-04T00:00:00Z', { deleted: '2026-05-03T00:00:00Z' })
    expect(verdicts(kept('10 days', early))).toEqual(['2026-05-01 breached purged'])
    const later = world('2026-05-04T00:00:00Z', { deleted: '2026-05-05T00:00:00Z' })
    expect(verdicts(kept('10 days', later))).toEqual(['2026-05-01 pending owed'])
  })
})

describe('what the evidence allows', () => {
  const start = '2026-05-01T04:00:00Z'
  const end = '2026-05-01T04:10:00Z'
  const asOf = '2026-07-01T00:00:00Z'

  it('a log of runs alone never proves that a backup is kept', () => {
    const [item] = kept('10 days', { asOf, backups: [{ start, end }] })
    expect(item).toMatchObject({ status: 'unverified', reason: 'deletions-unknown' })
    expect(stretches(item?.undecided ?? [])).toEqual(['2026-05-01T04:10:00Z/2026-05-11T03:00:00Z'])
    expect(kept('10 days', { asOf: '2026-05-05T00:00:00Z', backups: [{ start, end }] })[0]?.status).toBe('pending')
  })

  it('a blank deleted_at and a complete log of deletions do', () => {
    expect(kept('10 days', { asOf, backups: [{ start, end, deleted: null }] })[0]?.status).toBe('met')
    const covered = (from: string, to: string): World => ({ asOf, deletions: [from, to], backups: [{ start, end }] })
    expect(kept('10 days', covered('2026-05-01T00:00:00Z', '2026-05-11T03:00:00Z'))[0]?.status).toBe('met')
    const short = kept('10 days', covered('2026-05-01T00:00:00Z', '2026-05-11T02:00:00Z'))
    expect(short[0]).toMatchObject({ status: 'unverified', reason: 'deletions-unknown' })
    expect(stretches(short[0]?.undecided ?? [])).toEqual(['2026-05-11T02:00:00Z/2026-05-11T03:00:00Z'])
    expect(kept('10 days', covered('2026-05-02T00:00:00Z', '2026-06-30T00:00:00Z'))[0]?.status).toBe('unverified')
  })

  it('one complete listing proves what it shows, and refutes what it lacks while that is owed', () => {
    const at = (when: string, ids: readonly string[]): World => ({
      asOf,
      backups: [{ id: 'b', start, end }],
      listings: [[when, '', ids]],
    })
    expect(verdicts(kept('10 days', at('2026-05-20T00:00:00Z', ['b'])))).toEqual(['2026-05-01 met held'])
    const [missing] = kept('10 days', at('2026-05-08T00:00:00Z', []))
    expect(missing).toMatchObject({
      status: 'breached',
      reason: 'purged',
      why: 'no longer listed 2026-05-08T02:00:00+02:00',
    })
    expect(stretches(missing?.breached ?? [])).toEqual(['2026-05-08T00:00:00Z/2026-05-11T03:00:00Z'])
    // Gone when it was no longer owed: it may have been deleted before or after.
    expect(verdicts(kept('10 days', at('2026-05-20T00:00:00Z', [])))).toEqual([
      '2026-05-01 unverified between-listings',
    ])
    expect(verdicts(kept('10 days', at('2026-05-08T00:00:00Z', ['b'])))).toEqual([
      '2026-05-01 unverified deletions-unknown',
    ])
  })

  it('listings locate a deletion to their distance: a day decides within the tolerance of a day', () => {
    const nightly = (days: readonly number[], gone: number): World => ({
      asOf,
      backups: [{ id: 'b', start, end }],
      listings: days.map(day => [plusDays('2026-05-01', '06:30', day), '', day < gone ? ['b'] : []] as const),
    })
    const days = Array.from({ length: 20 }, (_, i) => i)
    // Seen on 10 May 06:30 local, not on 11 May 06:30; owed until 11 May 05:00 local.
    expect(verdicts(kept('10 days', nightly(days, 10)))).toEqual(['2026-05-01 unverified between-listings'])
    expect(kept('10 days', nightly(days, 10), { tolerance: 24 * HOUR })[0]?.status).toBe('met')
    expect(kept('10 days', nightly(days, 11))[0]?.status).toBe('met')
    const [early] = kept('10 days', nightly(days, 9))
    expect(early).toMatchObject({ status: 'breached', why: 'no longer listed 2026-05-10T06:30:00+02:00' })
    expect(stretches(early?.undecided ?? [])).toEqual(['2026-05-09T04:30:00.001Z/2026-05-10T04:30:00Z'])
    expect(kept('10 days', nightly([0, 40], 1))[0]?.status).toBe('unverified')
    expect(kept('10 days', nightly([0, 40], 41))[0]?.status).toBe('met')
  })

  it('a listing after as-of tells nothing', () => {
    const world: World = {
      asOf: '2026-05-05T00:00:00Z',
      backups: [{ id: 'b', start, end }],
      listings: [['2026-05-06T00:00:00Z', '', []]],
    }
    expect(verdicts(kept('10 days', world))).toEqual(['2026-05-01 pending owed'])
  })

  it('what only listings show is owed from the first of them on', () => {
    const listings: World['listings'] = [
      ['2026-05-02T00:00:00Z', 's3', ['b']],
      ['2026-05-12T00:00:00Z', 's3', ['b']],
    ]
    const listed = (spec: BackupSpec): World => ({
      asOf,
      listings,
      backups: [{ id: 'b', start, end: '?', unplaced: true, copies: [{ at: 's3' }], ...spec }],
    })
    expect(verdicts(kept('10 days', listed({})))).toEqual(['2026-05-01 met held'])
    expect(kept('20 days', listed({}))[0]).toMatchObject({ status: 'unverified', reason: 'deletions-unknown' })
    // A log that names no place, and a listing elsewhere: complete, and there later, it was there all the while.
    const both = { asOf, listings, backups: [{ id: 'b', start, end, copies: [{ at: 's3' }] }] }
    expect(verdicts(kept('10 days', both))).toEqual(['2026-05-01 met held'])
  })

  it('dates are judged at both ends', () => {
    const dated = (deleted: string): World => ({ asOf, backups: [{ start: '2026-05-01', end: '2026-05-01', deleted }] })
    // Owed until some time of 11 May, an hour less.
    expect(kept('10 days', dated('2026-05-12'))[0]?.status).toBe('met')
    expect(kept('10 days', dated('2026-05-11'))[0]).toMatchObject({ status: 'unverified', reason: 'stamp-inexact' })
    expect(kept('10 days', dated('2026-05-10'))[0]).toMatchObject({ status: 'unverified', reason: 'stamp-inexact' })
    expect(kept('10 days', dated('2026-05-09'))[0]?.status).toBe('breached')
    expect(kept('10 days', dated('2026-05-05'))[0]?.status).toBe('breached')
  })

  it('a start or completion that no column tells leaves the verdict open, unless nothing hangs on it', () => {
    const deleted = '2026-05-11T02:30:00Z'
    expect(kept('10 days', { asOf, backups: [{ start: '?', end, deleted }] })[0]).toMatchObject({
      status: 'unverified',
      reason: 'stamp-missing',
      why: 'no started_at tells when it started',
    })
    expect(kept('10 days', { asOf, backups: [{ start: '?', end, deleted: '2026-05-12T00:00:00Z' }] })[0]?.status).toBe(
      'met',
    )
    // Complete at some time before it was deleted.
    expect(kept('10 days', { asOf, backups: [{ start, end: '?', deleted: '2026-05-09T00:00:00Z' }] })[0]?.status).toBe(
      'breached',
    )
    expect(kept('10 days', { asOf, backups: [{ start, end: '?' }] })[0]).toMatchObject({
      status: 'unverified',
      reason: 'stamp-missing',
    })
    // However long it ran, some of it may be owed still; what was surely to be kept is pending.
    const open = { backups: [{ start, end: '?', deleted: null }] }
    expect(kept('10 days', { ...open, asOf }, { from: 'completion' })[0]).toMatchObject({
      status: 'unverified',
      reason: 'stamp-missing',
    })
    expect(kept('10 days', { ...open, asOf: '2026-05-05T00:00:00Z' }, { from: 'completion' })[0]?.status).toBe(
      'pending',
    )
    // It failed its check before it was listed first: it may have been complete, and owed, long before.
    const failed = { start, end: '?', failed: '2026-05-02T00:00:00Z', id: 'f' }
    const listings = [['2026-05-12T00:00:00Z', '', ['f']]] as const
    expect(kept('10 days', { asOf, backups: [failed], listings })[0]?.status).toBe('unverified')
  })

  it('what may not count can be kept, but not be missed', () => {
    const lost = { start, end, deleted: '2026-05-03T00:00:00Z' }
    expect(kept('10 days', { asOf, backups: [{ ...lost, status: '?' }] })[0]).toMatchObject({
      status: 'unverified',
      reason: 'status-unknown',
    })
    expect(kept('10 days', { asOf, backups: [{ ...lost, flaw: 'contradictory' }] })[0]).toMatchObject({
      status: 'unverified',
      reason: 'contradictory',
      why: 'rows contradict each other',
    })
    expect(kept('10 days', { asOf, backups: [{ ...lost, status: '?', deleted: null }] })[0]?.status).toBe('met')
  })
})

describe('a daily repository', () => {
  const zone = 'Europe/Paris'
  // Each is removed with the run of 30 calendar days later.
  const backups = daily('2026-02-01', 200, '04:00', zone, date => ({ deleted: plusDays(date, '04:10', 30) }))
  const world: World = { asOf: '2026-12-01T00:00:00Z', backups }

  it('keeps 30 days of the calendar over both clock changes', () => {
    const items = kept('30 days', world, { tolerance: 0 })
    expect(items).toHaveLength(200)
    expect(items.every(({ status }) => status === 'met')).toBe(true)
  })

  it('misses 720 hours wherever 29 March lies between, each by 50 minutes', () => {
    const lost = kept('720h', world, { tolerance: 0 }).filter(({ status }) => status === 'breached')
    // From 27 February (until 29 March 04:10 summer time) to 28 March.
    expect(lost).toHaveLength(30)
    expect(lost[0]?.label).toBe('2026-02-27')
    expect(lost.at(-1)?.label).toBe('2026-03-28')
    expect(lost.every(({ margin }) => margin?.unit === 'ms' && margin.value === -50 * MINUTE)).toBe(true)
  })
})

describe('keeping the last ones', () => {
  const keep = (count: number): Keep => ({ form: 'copies', count, from: 'start', tolerance: 0 })
  const copies = (count: number, world: World) => {
    const rules: BackupRules = { ...RULES, keep: keep(count) }
    return itemsOf(keepItems(seriesOf(world, rules), rules))
  }
  const asOf = '2026-05-31T00:00:00Z'

  it('owes each until enough later ones are complete, however long that takes', () => {
    // Complete 04:10; none from the 4th to the 9th.
    const days = ['01', '02', '03', '10', '11', '12']
    const deletions: Record<string, string> = { '01': '10', '02': '11', '03': '10' }
    const backups = days.map(day => ({
      start: `2026-05-${day}T04:00:00Z`,
      end: `2026-05-${day}T04:10:00Z`,
      deleted: deletions[day] === undefined ? null : `2026-05-${deletions[day]}T04:10:00Z`,
    }))
    const items = copies(3, { asOf, backups })
    expect(verdicts(items)).toEqual([
      '2026-05-01 met held',
      '2026-05-02 met held',
      // Lost when the first later one was complete: two more were owed.
      '2026-05-03 breached purged',
      '2026-05-10 pending owed',
      '2026-05-11 pending owed',
      '2026-05-12 pending owed',
    ])
    expect(items[2]).toMatchObject({
      promised: { unit: 'count', value: 3 },
      observed: { unit: 'count', value: 1 },
      margin: { unit: 'count', value: -2 },
      due: ms('2026-05-12T04:10:00Z'),
    })
    expect(stretches(items[2]?.breached ?? [])).toEqual(['2026-05-10T04:10:00Z/2026-05-12T04:10:00Z'])
    expect(items[3]).toMatchObject({ observed: { unit: 'count', value: 2 }, why: '2 of 3 later ones are complete' })
    expect(items[3]?.due).toBeUndefined()
  })

  it('is one short for an hour where the oldest goes before the new one is complete', () => {
    const backups = ['01', '02', '03'].map((day, i) => ({
      start: `2026-05-${day}T04:00:00Z`,
      end: `2026-05-${day}T05:00:00Z`,
      deleted: i === 0 ? '2026-05-03T04:00:00Z' : null,
    }))
    const [first] = copies(2, { asOf, backups })
    expect(first).toMatchObject({ status: 'breached', margin: { unit: 'count', value: -1 } })
    expect(stretches(first?.breached ?? [])).toEqual(['2026-05-03T04:00:00Z/2026-05-03T05:00:00Z'])
  })

  it('does not count failed ones among the later ones', () => {
    const run = (day: string, more: BackupSpec = {}): BackupSpec => ({
      start: `2026-05-${day}T04:00:00Z`,
      end: `2026-05-${day}T04:10:00Z`,
      deleted: null,
      ...more,
    })
    const lost = { deleted: '2026-05-02T04:10:00Z' }
    expect(copies(1, { asOf, backups: [run('01', lost), run('02'), run('03')] })[0]?.status).toBe('met')
    expect(copies(1, { asOf, backups: [run('01', lost), run('02', { status: 'failed' }), run('03')] })[0]?.status).toBe(
      'breached',
    )
    // It is not known whether the second counts.
    const doubtful = copies(1, { asOf, backups: [run('01', lost), run('02', { status: '?' }), run('03')] })
    expect(doubtful[0]?.status).toBe('unverified')
  })
})

describe('a recovery window', () => {
  const zone = 'Europe/Paris'
  const windowed = (length: string, world: World, tolerance = 0) => {
    const rules: BackupRules = { ...RULES, keep: { form: 'window', from: 'start', tolerance, amount: amount(length) } }
    return itemsOf(keepItems(seriesOf(world, rules), rules))
  }
  const period = ['2026-05-01T00:00:00+02:00', '2026-06-01T00:00:00+02:00'] as const
  const asOf = '2026-06-01T00:00:00+02:00'
  const ttl = (days: number, minutes: number): World => ({
    asOf,
    period,
    backups: daily('2026-05-01', 31, '04:00', zone, date => ({
      deleted: plusDays(
        date,
        minutes === 0 ? '04:00' : `0${4 + Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`,
        days,
      ),
    })),
  })

  it('is there at no instant where each backup lives exactly as long', () => {
    const items = windowed('7 days', ttl(7, 0))
    expect(verdicts(items)).toEqual(['2026-05-08 breached purged'])
    // Owed from the first completion + 7 days on; the oldest is 6 days old when it is complete.
    expect(stretches(items[0]?.breached ?? [])).toEqual(['2026-05-08T02:10:00Z/2026-05-31T22:00:00Z'])
    // At its worst just after a deletion at 04:00 the oldest has been complete for 6 days less 10 minutes.
    expect(items[0]).toMatchObject({
      promised: { unit: 'ms', value: 7 * 24 * HOUR },
      observed: { unit: 'ms', value: 6 * 24 * HOUR - 10 * MINUTE },
      margin: { unit: 'ms', value: -24 * HOUR - 10 * MINUTE },
    })
  })

  it('is there always where each lives a day and its own length longer', () => {
    const items = windowed('7 days', ttl(8, 10))
    expect(verdicts(items)).toEqual(['2026-05-08 met held'])
    expect(items[0]?.margin).toEqual({ unit: 'ms', value: 0 })
  })

  it('is missing for a while each day where each lives a bit too short', () => {
    // Gone 8 days after the start, while the next needs ten minutes more to have been complete for 7 days.
    const items = windowed('7 days', ttl(8, 0))
    expect(items).toHaveLength(23)
    expect(stretches(items[0]?.breached ?? [])).toEqual(['2026-05-09T02:00:00Z/2026-05-09T02:10:00Z'])
    expect(items[0]).toMatchObject({ reason: 'purged', margin: { unit: 'ms', value: -10 * MINUTE } })
    expect(windowed('7 days', ttl(8, 0), 10 * MINUTE)[0]?.status).toBe('met')
  })

  it('is pending before the window is full and while the period runs', () => {
    const young = { ...ttl(8, 10), asOf: '2026-05-05T00:00:00+02:00' }
    expect(verdicts(windowed('7 days', young))).toEqual(['2026-05-01 pending owed'])
    const running = { ...ttl(8, 10), asOf: '2026-05-20T00:00:00+02:00' }
    expect(verdicts(windowed('7 days', running))).toEqual(['2026-05-08 pending owed'])
  })

  it('count N asks less than age N, and that less than window N', () => {
    // Five a day old at most when the sixth is complete.
    const backups = daily('2026-05-01', 31, '04:00', zone, date => ({ deleted: plusDays(date, '04:10', 7) }))
    const world: World = { asOf, period, backups }
    const count: BackupRules = { ...RULES, keep: { form: 'copies', count: 7, from: 'start', tolerance: 0 } }
    const lost = (items: readonly { status: string }[]) => items.filter(({ status }) => status === 'breached').length
    expect(lost(itemsOf(keepItems(seriesOf(world), count)))).toBe(0)
    expect(lost(kept('7 days', world, { tolerance: 0 }))).toBe(0)
    expect(lost(windowed('7 days', world))).toBe(1)
  })

  it('is not known from a log of runs alone', () => {
    const world = ttl(8, 10)
    const backups = world.backups.map(({ id, start, end }) => ({ id, start, end }) as BackupSpec)
    expect(verdicts(windowed('7 days', { ...world, backups }))).toEqual(['2026-05-08 unverified deletions-unknown'])
  })
})

describe('what happens at as-of itself', () => {
  const asOf = '2026-05-03T00:00:00Z'
  const run: BackupSpec = { start: '2026-05-01T04:00:00Z', end: '2026-05-01T04:10:00Z' }
  const world = (spec: BackupSpec): World => ({
    zone: 'UTC',
    asOf,
    period: ['2026-05-01T00:00:00Z', '2026-05-10T00:00:00Z'],
    backups: [{ ...run, ...spec }],
  })
  const instant = [{ start: ms(asOf), end: ms(asOf) + 1 }]
  const form = (keep: Keep) => (spec: BackupSpec) => {
    const rules: BackupRules = { ...RULES, keep }
    return itemsOf(keepItems(seriesOf(world(spec), rules), rules)).at(-1)
  }
  const tier = (basis: 'age' | 'unit') => (spec: BackupSpec) => {
    const tiers = [{ per: 'day', keep: 3, basis, tolerance: 0 }] as const
    return itemsOf(tierItems(seriesOf(world(spec)), { ...RULES, tiers }))[0]
  }
  const shared = { from: 'start', tolerance: 0 } as const

  it.each([
    ['an amount', form({ ...shared, form: 'for', amount: amount('10 days') })],
    ['later ones', form({ ...shared, form: 'copies', count: 2 })],
    ['a recovery window', form({ ...shared, form: 'window', amount: amount('1 day') })],
    ['a tier by age', tier('age')],
    ['a tier by unit', tier('unit')],
  ])('is known: %s', (_, judge) => {
    expect(judge({ deleted: null })?.status).toBe('pending')
    expect(judge({ deleted: '2026-05-03T00:00:00.001Z' })?.status).toBe('pending')
    const gone = judge({ deleted: asOf })
    expect(gone).toMatchObject({ status: 'breached', reason: 'purged', breached: instant })
    expect(gone?.why).toContain('deleted 2026-05-03')
    const failed = judge({ deleted: null, failed: asOf })
    expect(failed).toMatchObject({ status: 'breached', reason: 'unrestorable', breached: instant })
    expect(failed?.why).toContain('its verification failed 2026-05-03')
    // What was copied then is there.
    const copied = judge({ deleted: asOf, copies: [{ at: 'tape', made: asOf, deleted: null }] })
    expect(copied?.status).toBe('pending')
  })

  it('of what was complete only then and never was at its place: breached from then on', () => {
    const keep: Keep = { ...shared, form: 'for', amount: amount('10 days'), location: 'tape' }
    const late = { at: 'disk', start: '2026-05-02T23:00:00Z', end: asOf, deleted: null }
    expect(form(keep)(late)).toMatchObject({ status: 'breached', why: 'never at tape', breached: instant })
    expect(form(keep)({ ...late, copies: [{ at: 'tape', made: asOf, deleted: null }] })?.status).toBe('pending')
  })
})
