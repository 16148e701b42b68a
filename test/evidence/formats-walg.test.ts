import { describe, expect, it } from 'vitest'
import { parseDocument } from '../../src/evidence/document-parser.ts'
import { walg } from '../../src/evidence/formats/walg.ts'
import { convert, fixture } from './formats-findings-support.ts'

const TAKEN = '2026-04-03T00:00:00Z'
// Its system identifier is longer than numbers of JavaScript are exact.
const read = (name: string): unknown => parseDocument(Buffer.from(fixture(`walg/${name}.json`))).values[0]
const CLUSTER = '7444446147733877083'

const backup = (rest: object = {}) => ({
  backup_name: 'base_000000010000000000000010',
  time: '2026-03-01T04:10:26+01:00',
  wal_file_name: '000000010000000000000010',
  storage_name: 'default',
  start_time: '2026-03-01T03:00:03Z',
  finish_time: '2026-03-01T03:10:26Z',
  hostname: 'db1',
  system_identifier: 7,
  is_permanent: false,
  ...rest,
})
const told = (list: readonly unknown[], components?: readonly string[]) => convert(walg, list, TAKEN, components)

describe('WAL-G backups', () => {
  it('are a listing of each storage, with what depends on what', () => {
    const { rows, leftOut, flaws, warned } = convert(walg, read('backup-list-detail'), TAKEN)
    expect([leftOut, flaws, warned]).toEqual([[], [], []])
    const full = `${CLUSTER}/base_000000010000000000000010`
    const delta = `${CLUSTER}/base_000000010000000000000022_D_000000010000000000000010`
    expect(rows[0]).toEqual({
      type: 'inventory',
      taken_at: TAKEN,
      complete: 'yes',
      backup: full,
      component: 'db1',
      location: 'default',
      started_at: '2026-03-01T03:00:03.262821Z',
      completed_at: '2026-03-01T03:10:26.758489Z',
      status: 'success',
      kind: 'full',
      parent: '',
      is_permanent: 'true',
    })
    expect(rows.map(row => [row.backup, row.location, row.kind, row.parent, row.status])).toEqual([
      [full, 'default', 'full', '', 'success'],
      [delta, 'default', 'incremental', full, 'success'],
      [
        `${CLUSTER}/base_000000010000000000000034_D_000000010000000000000022`,
        'default',
        'incremental',
        delta,
        'success',
      ],
      [`${CLUSTER}/base_000000010000000000000050`, 'default', 'full', '', 'success'],
      [`${CLUSTER}/base_000000010000000000000050`, 'offsite', 'full', '', 'success'],
      [`${CLUSTER}/base_000000010000000000000062`, 'default', 'full', '', '?'],
    ])
    // Without metadata Go writes its first year.
    expect(rows[5]).not.toHaveProperty('started_at')
    expect(rows[5]).not.toHaveProperty('completed_at')
    expect(rows[5]).not.toHaveProperty('component')
  })

  it('of older versions are the same', () => {
    const { rows, flaws } = convert(walg, read('backup-list-detail-older'), TAKEN)
    const [first, second] = convert(walg, read('backup-list-detail'), TAKEN).rows
    const without = ({ location, ...rest }: Readonly<Record<string, string>> = {}) => rest
    expect([flaws, rows]).toEqual([[], [without(first), without(second)]])
  })

  it('without detail have no times and prove no absence', () => {
    const { rows, warned } = convert(walg, read('backup-list'), TAKEN)
    expect(warned).toEqual(['no-detail'])
    expect(rows).toHaveLength(4)
    expect(rows[1]).toEqual({
      type: 'inventory',
      taken_at: TAKEN,
      backup: 'base_000000010000000000000022_D_000000010000000000000010',
      location: 'default',
      status: 'success',
      kind: 'incremental',
      parent: 'base_000000010000000000000010',
    })
    const timeless = convert(walg, read('backup-list'))
    expect([timeless.rows, timeless.leftOut]).toEqual([[], Array(4).fill('inventory')])
  })

  it('depend on one that is gone by the name that a full one would have', () => {
    const delta = backup({ backup_name: 'base_000000010000000000000034_D_000000010000000000000022' })
    expect(told([delta]).rows).toMatchObject([{ parent: '7/base_000000010000000000000022' }])
  })

  it('of several clusters are told apart', () => {
    const { rows, flaws } = told([backup(), backup({ system_identifier: '8', hostname: 'db2' })])
    expect(flaws).toEqual([])
    expect(rows.map(row => [row.backup, row.component])).toEqual([
      ['7/base_000000010000000000000010', 'db1'],
      ['8/base_000000010000000000000010', 'db2'],
    ])
  })

  it('are of the component that is named', () => {
    expect(told([backup({ user_data: 'database' })], ['database']).rows).toMatchObject([{ component: 'database' }])
  })

  it.each<readonly [unknown, string, string]>([
    [backup({ backup_name: undefined }), 'backup_name', 'this is no backup: it has no backup_name'],
    [backup({ backup_name: 'b', start_time: 7 }), 'start_time', 'start_time is a number: expected a text'],
    [backup({ backup_name: 'b', storage_name: {} }), 'storage_name', 'storage_name is an object: expected a text'],
    [backup({ backup_name: 'b', system_identifier: [] }), 'system_identifier', 'system_identifier is a list'],
    [
      backup({ backup_name: 'b', is_permanent: 'no' }),
      'is_permanent',
      'is_permanent is a text: expected true or false',
    ],
    ['base', 'backup_name', 'this is no backup: it has no backup_name'],
  ])('with %j are not known to be all', (broken, key, problem) => {
    const { rows, flaws } = told([backup(), broken])
    expect(flaws[0]).toMatchObject({ key, problem: expect.stringContaining(problem) })
    expect(rows[0]).toMatchObject({ complete: '?' })
  })
})
