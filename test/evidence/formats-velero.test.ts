import { describe, expect, it } from 'vitest'
import { velero } from '../../src/evidence/formats/velero.ts'
import { convert, json } from './formats-findings-support.ts'

const TAKEN = '2026-03-05T03:02:00Z'

const backup = (status: object = {}, rest: object = {}) => ({
  apiVersion: 'velero.io/v1',
  kind: 'Backup',
  metadata: { name: 'nightly-20260301030000' },
  spec: { storageLocation: 'default', includedNamespaces: ['shop', 'mail'] },
  status: {
    phase: 'Completed',
    startTimestamp: '2026-03-01T03:00:00Z',
    completionTimestamp: '2026-03-01T03:06:38Z',
    ...status,
  },
  ...rest,
})
const list = (items: readonly unknown[], rest: object = {}) => ({
  apiVersion: 'velero.io/v1',
  kind: 'BackupList',
  items,
  ...rest,
})
const told = (items: readonly unknown[], components?: readonly string[]) =>
  convert(velero, list(items), TAKEN, components)

describe('Velero backups', () => {
  it('are a listing by storage location', () => {
    const { rows, leftOut, flaws, warned } = convert(velero, json('velero/backup-list.json'), TAKEN)
    expect([leftOut, flaws, warned]).toEqual([[], [], []])
    expect(rows[0]).toEqual({
      type: 'inventory',
      taken_at: TAKEN,
      complete: 'yes',
      backup: 'shop-daily-20260301030000',
      component: 'shop-daily',
      location: 'default',
      started_at: '2026-03-01T03:00:00Z',
      completed_at: '2026-03-01T03:06:38Z',
      status: 'success',
      parent: '',
      expires_at: '2026-03-31T03:00:00Z',
    })
    expect(rows.map(row => [row.backup, row.component, row.location, row.status, row.completed_at])).toEqual([
      ['shop-daily-20260301030000', 'shop-daily', 'default', 'success', '2026-03-01T03:06:38Z'],
      ['shop-daily-20260302030000', 'shop-daily', 'default', 'partial', '2026-03-02T03:07:11Z'],
      ['shop-daily-20260303030000', 'shop-daily', 'default', 'failed', '2026-03-03T03:00:09Z'],
      ['shop-daily-20260304030000', 'shop-daily', 'default', 'failed', undefined],
      ['shop-daily-20260305030000', 'shop-daily', 'default', 'running', ''],
      // It is being deleted.
      ['shop-daily-20260203030000', 'shop-daily', 'default', 'success', '2026-02-03T03:06:20Z'],
      ['before-upgrade', 'before-upgrade', 'offsite', 'success', '2026-02-20T14:09:50Z'],
      ['manual-1', 'manual', 'default', 'running', ''],
    ])
    expect(rows[3]).not.toHaveProperty('started_at')
  })

  it('of one that was asked for prove no absence', () => {
    const { rows, warned } = convert(velero, json('velero/backup-single.json'), TAKEN)
    const [first] = convert(velero, json('velero/backup-list.json'), TAKEN).rows
    const { complete, ...rest } = first ?? {}
    expect([rows, warned]).toEqual([[rest], ['narrow-listing']])
  })

  it('that go on in another file, or show nothing, prove no absence', () => {
    const { rows, warned } = convert(velero, list([backup()], { metadata: { continue: 'x' } }), TAKEN)
    expect([rows[0]?.complete, warned]).toEqual([undefined, ['narrow-listing']])
    const none = convert(velero, json('velero/backup-list-empty.json'), TAKEN)
    expect(none).toMatchObject({ rows: [], leftOut: ['inventory'], warned: ['empty-listing'] })
  })

  it.each([
    ['New', 'running'],
    ['Queued', 'running'],
    ['WaitingForPluginOperationsPartiallyFailed', 'running'],
    ['FinalizingPartiallyFailed', 'running'],
    ['PartiallyFailed', 'partial'],
    ['FailedValidation', 'failed'],
  ])('in the phase %s are %s', (phase, status) => {
    const [found] = told([backup({ phase })]).rows
    expect(found?.status).toBe(status)
    expect(found?.completed_at === '').toBe(status === 'running')
  })

  it.each([
    [{}, 'success'],
    [{ errors: 2 }, 'partial'],
    [{ failureReason: 'no bucket' }, 'failed'],
    [{ validationErrors: ['no location'] }, 'failed'],
    [{ completionTimestamp: null }, '?'],
  ])('that are being deleted with %j are %s', (rest, status) => {
    expect(told([backup({ phase: 'Deleting', ...rest })]).rows).toMatchObject([{ status }])
  })

  it.each([
    [['mail'], 'mail'],
    [['nightly', 'mail'], 'nightly'],
    [['nightly-20260301030000'], 'nightly-20260301030000'],
    [['other'], 'nightly'],
  ])('of the components %j are of %s', (components, component) => {
    expect(told([backup()], components).rows).toMatchObject([{ component }])
  })

  it('are read as kubectl lists them', () => {
    const document = { apiVersion: 'v1', kind: 'List', items: [backup()] }
    expect(velero.fits(document)).toBe(true)
    expect(convert(velero, document, TAKEN).rows).toMatchObject([{ backup: 'nightly-20260301030000', complete: 'yes' }])
    const other = { ...backup(), apiVersion: 'postgresql.cnpg.io/v1' }
    expect(velero.fits(other)).toBe(false)
    expect(velero.fits({ apiVersion: 'v1', kind: 'List', items: [other] })).toBe(false)
    expect(velero.fits({ apiVersion: 'postgresql.cnpg.io/v1', kind: 'BackupList', items: [other] })).toBe(false)
  })

  it.each<readonly [unknown, string, string]>([
    [backup({}, { metadata: {} }), 'metadata', 'this is no backup: it has no metadata with a name'],
    [backup({ phase: 'Lost' }, { metadata: { name: 'b' } }), 'status', 'backup b is in the phase "Lost": expected one'],
    [backup({ startTimestamp: null }, { metadata: { name: 'b' } }), 'status', 'backup b is Completed and has no start'],
    [backup({ expiration: 7 }, { metadata: { name: 'b' } }), 'expiration', 'expiration is a number: expected a text'],
    [backup({}, { metadata: { name: 'b' }, spec: { includedNamespaces: [7] } }), 'spec', 'includedNamespaces holds'],
    [backup({}, { metadata: { name: 'b' }, kind: 'Restore' }), 'kind', 'b is no Backup of velero.io'],
    [null, 'metadata', 'this is no backup: it has no metadata with a name'],
  ])('with %j are not known to be all', (broken, key, problem) => {
    const { rows, flaws } = told([backup(), broken])
    expect(flaws[0]).toMatchObject({ key, problem: expect.stringContaining(problem) })
    expect(rows[0]).toMatchObject({ complete: '?' })
  })
})
