import { describe, expect, it } from 'vitest'
import { barman } from '../../src/evidence/formats/barman.ts'
import { convert, json } from './formats-findings-support.ts'

const TAKEN = '2026-05-03T04:00:00Z'

// As barman/output.py writes them: 2026-05-01 02:10:05 UTC is 1777601405.
const done = (rest: object = {}) => ({
  backup_id: '20260501T040000',
  end_time: 'Fri May  1 04:10:05 2026',
  end_time_timestamp: '1777601405',
  retention_status: '-',
  size: '52.7 MiB',
  size_bytes: 55210398,
  status: 'DONE',
  wal_size: '32.0 MiB',
  wal_size_bytes: 33554432,
  ...rest,
})
const told = (document: unknown, components?: readonly string[]) => convert(barman, document, TAKEN, components)

describe('barman list-backup', () => {
  it('gives a listing of each server', () => {
    const failed = { backup_id: '20260502T040000', status: 'FAILED' }
    const { rows, leftOut, flaws, warned } = told({ main: [failed, done()], mail: [] })
    expect([leftOut, flaws, warned]).toEqual([[], [], []])
    const shared = { type: 'inventory', taken_at: TAKEN, complete: 'yes' }
    expect(rows).toEqual([
      {
        ...shared,
        backup: 'main/20260502T040000',
        component: 'main',
        started_at: '2026-05-02T04:00:00',
        status: 'failed',
      },
      {
        ...shared,
        backup: 'main/20260501T040000',
        component: 'main',
        started_at: '2026-05-01T04:00:00',
        completed_at: '2026-05-01T02:10:05Z',
        status: 'success',
      },
      { ...shared, backup: '', component: 'mail' },
    ])
  })

  it.each([
    ['WAITING_FOR_WALS', 'running'],
    ['STARTED', 'running'],
    ['SYNCING', 'running'],
    ['EMPTY', 'running'],
  ])('takes %s as %s: there is no end yet', (word, status) => {
    expect(told({ main: [done({ status: word })] }).rows).toMatchObject([{ status, completed_at: '' }])
  })

  it.each([
    ['full', 'full', ''],
    ['rsync', 'full', ''],
    ['snapshot', 'full', ''],
    ['incremental', 'incremental', undefined],
    [undefined, undefined, undefined],
  ])('of type %s is %s', (backup_type, kind, parent) => {
    const [row] = told({ main: [done({ backup_type })] }).rows
    expect([row?.kind, row?.parent]).toEqual([kind, parent])
  })

  it('without a time counts as made when the last backup ended', () => {
    const later = done({ backup_id: '20260502T040000', end_time_timestamp: '1777687800' })
    const runs = { backup_id: '20260503T040000', status: 'STARTED' }
    const { rows, leftOut, warned } = convert(barman, { main: [runs, later, done()] })
    expect(warned).toEqual(['no-listing-time'])
    // What runs has no stamp that tells whether it began before or after that.
    expect(leftOut).toEqual(['inventory'])
    expect(rows.map(row => [row.taken_at, row.complete])).toEqual(Array(2).fill(['2026-05-02T02:10:00Z', undefined]))
  })
})

describe('what Barman 3.4 prints', () => {
  it('has starts by the clock and ends in seconds', () => {
    const { rows, flaws, warned } = told(json('barman/list-backup-deleted-2026-10-28T0905.json'))
    expect([flaws, warned]).toEqual([[], []])
    expect(rows.map(row => [row.backup, row.status, row.started_at, row.completed_at, row.complete])).toEqual([
      ['shop/20261027T023000', 'failed', '2026-10-27T02:30:00', undefined, 'yes'],
      ['shop/20261026T023000', 'success', '2026-10-26T02:30:00', '2026-10-26T01:30:02Z', 'yes'],
      ['shop/20261025T024500', 'success', '2026-10-25T02:45:00', '2026-10-25T01:45:04Z', 'yes'],
      ['shop/20261025T023001', 'success', '2026-10-25T02:30:01', '2026-10-25T00:30:04Z', 'yes'],
      ['shop/20261024T023000', 'success', '2026-10-24T02:30:00', '2026-10-24T00:30:03Z', 'yes'],
    ])
    const running = told(json('barman/list-backup-running-2026-10-27T0230.json')).rows
    expect(running).toHaveLength(6)
    expect(running[0]).toMatchObject({ backup: 'shop/20261027T023000', status: 'running', completed_at: '' })
    const waiting = told(json('barman/list-backup-waiting-2026-10-29T0231.json')).rows
    expect(waiting[0]).toMatchObject({ backup: 'shop/20261029T023000', status: 'running', completed_at: '' })
  })

  it('is the same shown alone', () => {
    const [listed] = told(json('barman/list-backup-2026-10-26T0240.json')).rows
    const { rows, flaws } = told(json('barman/show-backup-2026-10-26T0240.json'))
    const { complete, ...rest } = listed ?? {}
    expect([rows, flaws, complete]).toEqual([[rest], [], 'yes'])
    expect(told(json('barman/show-backup-failed-2026-10-27T0240.json')).rows).toMatchObject([
      { backup: 'shop/20261027T023000', status: 'failed' },
    ])
  })
})

describe('barman show-backup', () => {
  const shown = (rest: object = {}, catalog: object = {}) => ({
    backup_id: '20260501T040000',
    status: 'DONE',
    backup_type: 'incremental',
    base_backup_information: {
      begin_time: '2026-05-01 04:00:01.291562+02:00',
      begin_time_timestamp: '1777600801',
      end_time: '2026-05-01 04:10:05.556880+02:00',
      end_time_timestamp: '1777601405',
    },
    catalog_information: { next_backup: '-', previous_backup: '20260430T040000', ...catalog },
    server_information: {},
    ...rest,
  })

  it('tells what it depends on and proves no absence', () => {
    const parents = { root_backup_id: '20260426T040000', parent_backup_id: '20260430T040000', chain_size: 4 }
    const { rows, flaws } = told({ main: shown({}, parents) })
    expect([rows, flaws]).toEqual([
      [
        {
          type: 'inventory',
          taken_at: TAKEN,
          backup: 'main/20260501T040000',
          component: 'main',
          started_at: '2026-05-01T04:00:00',
          completed_at: '2026-05-01T02:10:05Z',
          status: 'success',
          kind: 'incremental',
          parent: 'main/20260430T040000',
        },
      ],
      [],
    ])
  })

  it('of a failed backup has no times', () => {
    const failed = { backup_id: '20260501T040000', status: 'FAILED', error: 'no space left', server_information: {} }
    expect(barman.fits({ main: failed })).toBe(true)
    expect(told({ main: failed }).rows).toMatchObject([{ status: 'failed', started_at: '2026-05-01T04:00:00' }])
  })
})

describe('recognition', () => {
  it.each<readonly [unknown, boolean]>([
    [{ main: [done()] }, true],
    [{ mail: [], main: [done()] }, true],
    [{ main: [] }, false],
    [{ main: ['20260501T040000'] }, false],
    [{ records: [done()] }, false],
    // Of barman-cloud-backup-list.
    [{ backups_list: [done()] }, false],
    [[done()], false],
    [done(), false],
    [{ main: [{ backup_id: 'b1', status: 'ok' }] }, false],
    [null, false],
  ])('of %j is %s', (document, expected) => {
    expect(barman.fits(document)).toBe(expected)
  })
})

describe('a listing that is not whole', () => {
  it.each<readonly [string, object, string, string]>([
    ['an id', { backup_id: undefined }, 'backup_id', 'a backup of main has no backup_id'],
    ['an id that is a time', { backup_id: 'b1' }, 'backup_id', 'backup_id "b1" is no time such as 20260501T040000'],
    ['a known status', { status: 'FINE' }, 'status', 'status "FINE" of backup 20260501T040000: expected DONE, FAILED'],
    ['a status', { status: null }, 'status', 'status "" of backup 20260501T040000: expected DONE, FAILED'],
    ['an end', { end_time_timestamp: null }, 'end_time_timestamp', 'backup 20260501T040000 is DONE and has no'],
    ['an end in seconds', { end_time_timestamp: 'Fri May 1' }, 'end_time_timestamp', 'is DONE and has no'],
    ['a type', { backup_type: [] }, 'backup_type', 'backup_type is a list: expected a text'],
  ])('lacks %s', (_, rest, key, problem) => {
    const { rows, flaws } = told({ main: [done({ backup_id: '20260430T040000' }), done(rest)] })
    expect(flaws[0]).toEqual({ key, problem: expect.stringContaining(problem) })
    expect(rows[0]).toMatchObject({ backup: 'main/20260430T040000', complete: '?' })
  })

  it('holds something else', () => {
    const { rows, flaws } = told({ main: [done(), null], mail: 7, error: [done()] })
    expect(flaws.map(({ problem }) => problem)).toEqual([
      'mail is a number: expected an object',
      'a backup of main has no backup_id',
    ])
    expect(rows.map(row => [row.component, row.complete])).toEqual([
      ['main', '?'],
      ['error', '?'],
    ])
  })
})
