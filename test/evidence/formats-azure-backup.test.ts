import { describe, expect, it } from 'vitest'
import { azureBackupJobs } from '../../src/evidence/formats/azure-backup-jobs.ts'
import { azureRecoveryPoints } from '../../src/evidence/formats/azure-backup-points.ts'
import { azureCountry } from '../../src/evidence/formats/azure-backup-regions.ts'
import { convert, json } from './formats-findings-support.ts'

const TAKEN = '2026-03-06T12:00:00Z'

describe('Azure Backup jobs', () => {
  it('are backups and restores; others are left out', () => {
    const { rows, leftOut, flaws, warned } = convert(azureBackupJobs, json('azure-backup/job-list.json'))
    expect([leftOut, flaws, warned]).toEqual([['backup'], [], []])
    const id = (number: number): string => `0000000${number}-6a1b-4c2d-8e3f-405162738495`
    expect(rows[3]).toEqual({
      type: 'backup',
      id: id(5),
      component: 'shop-vm',
      started_at: '2026-03-05T02:00:31.948896+00:00',
      completed_at: '2026-03-05T02:56:04.038566+00:00',
      status: 'success',
      parent: '',
      provider: 'azure',
      job_operation: 'Backup',
    })
    expect(rows[2]).toEqual({
      type: 'restore',
      id: id(6),
      component: 'shop-vm',
      started_at: '2026-03-05T10:00:00.500000+00:00',
      completed_at: '2026-03-05T10:52:30.750000+00:00',
      source: 'backup',
      outcome: 'passed',
    })
    expect(rows.map(row => [row.type, row.id, row.status ?? row.outcome])).toEqual([
      ['backup', id(8), 'running'],
      ['restore', id(7), 'failed'],
      ['restore', id(6), 'passed'],
      ['backup', id(5), 'success'],
      ['backup', id(4), 'failed'],
      ['backup', id(3), 'warning'],
      ['backup', id(2), 'failed'],
    ])
    expect(rows[0]?.completed_at).toBe('')
  })

  it('are the same as the REST API answers them', () => {
    const { rows, flaws } = convert(azureBackupJobs, json('azure-backup/rest-jobs.json'))
    expect(flaws).toEqual([])
    expect(rows.map(row => [row.status, row.started_at, row.completed_at])).toEqual([
      ['failed', '2026-03-04T02:00:31.9488967Z', '2026-03-04T02:20:04.0385664Z'],
      ['warning', '2026-03-03T02:00:31.9488967Z', '2026-03-03T02:58:04.0385664Z'],
      ['failed', '2026-03-02T02:00:31.9488967Z', '2026-03-02T02:05:04.0385664Z'],
    ])
  })

  const job = (properties: object, rest: object = {}) => ({
    id: '/subscriptions/0/resourceGroups/rg/providers/Microsoft.RecoveryServices/vaults/v/backupJobs/j',
    name: 'j',
    type: 'Microsoft.RecoveryServices/vaults/backupJobs',
    properties: {
      entityFriendlyName: 'orders',
      operation: 'Backup',
      status: 'Completed',
      startTime: '2026-03-04T02:00:31Z',
      endTime: '2026-03-04T02:20:04Z',
      ...properties,
    },
    ...rest,
  })
  const told = (properties: object, components?: readonly string[]) =>
    convert(azureBackupJobs, [job(properties)], undefined, components)

  it.each([
    ['Backup (Full)', 'full', ''],
    ['Backup (Differential)', 'differential', undefined],
    ['Backup (Log)', 'log', undefined],
    ['Backup', undefined, ''],
  ])('of the operation %s are %s', (operation, kind, parent) => {
    const [found] = told({ operation }).rows
    expect([found?.type, found?.kind, found?.parent]).toEqual(['backup', kind, parent])
  })

  it.each([
    ['Restore', 'CompletedWithWarnings', '?'],
    ['CrossRegionRestore', 'Completed', 'passed'],
    ['Restore', 'InProgress', ''],
    ['Restore', 'Cancelled', 'failed'],
  ])('of the operation %s that are %s have the outcome "%s"', (operation, status, outcome) => {
    expect(told({ operation, status }).rows).toMatchObject([{ type: 'restore', outcome }])
  })

  it('of backup vaults tell their category', () => {
    const vaulted = {
      entityFriendlyName: undefined,
      dataSourceName: 'disk-1',
      backupInstanceFriendlyName: 'daily-disk',
      operation: 'Incremental',
      operationCategory: 'Backup',
    }
    const one = job(vaulted, { type: 'Microsoft.DataProtection/BackupVaults/backupJobs' })
    expect(convert(azureBackupJobs, [one], undefined, ['disk-1']).rows).toMatchObject([
      { type: 'backup', component: 'disk-1', kind: 'incremental' },
    ])
    expect(convert(azureBackupJobs, [one]).rows).toMatchObject([{ component: 'daily-disk' }])
  })

  it('that go on in another file are an error', () => {
    expect(convert(azureBackupJobs, { value: [job({})], nextLink: 'https://x' }).flaws).toMatchObject([
      { key: 'nextLink' },
    ])
  })

  it.each<readonly [unknown, string | undefined, string]>([
    [job({}, { name: undefined }), 'name', 'this is no job: it has no name, type and properties'],
    [job({ operation: null }), 'properties', 'job j has no operation'],
    [job({ status: 'Lost' }), 'properties', 'job j has the status "Lost": expected one of Completed'],
    [job({ startTime: undefined }), 'properties', 'job j has no startTime'],
    [job({}, { type: 'Microsoft.Compute/disks' }), 'name', 'this is no job: it has no name, type and properties'],
    [7, undefined, 'this is no job: it has no name, type and properties'],
  ])('%j is no row and one flaw', (broken, key, problem) => {
    const { rows, flaws } = convert(azureBackupJobs, [job({}, { name: 'first' }), broken])
    expect(flaws.map(flaw => [flaw.key, flaw.problem])).toEqual([[key, expect.stringContaining(problem)]])
    expect(rows.map(({ id }) => id)).toEqual(['first'])
  })

  it('with a stamp that is none are a flaw at its key', () => {
    expect(told({ endTime: 7 }).flaws).toEqual([{ key: 'endTime', problem: 'endTime is a number: expected a text' }])
  })
})

const VAULT = '/subscriptions/0/resourceGroups/rg/providers/Microsoft.RecoveryServices/vaults/v'
const point = (properties: object = {}, rest: object = {}) => ({
  id: `${VAULT}/backupFabrics/Azure/protectionContainers/c/protectedItems/SQLDataBase;mssqlserver;orders/recoveryPoints/1`,
  name: '1',
  type: 'Microsoft.RecoveryServices/vaults/backupFabrics/protectionContainers/protectedItems/recoveryPoints',
  properties: { objectType: 'x', recoveryPointTime: '2026-03-05T02:00:36Z', ...properties },
  ...rest,
})
const told = (one: unknown, components?: readonly string[]) => convert(azureRecoveryPoints, [one], TAKEN, components)

describe('Azure recovery points', () => {
  it('are a listing of their item', () => {
    const { rows, leftOut, flaws, warned } = convert(
      azureRecoveryPoints,
      json('azure-backup/recoverypoint-list.json'),
      TAKEN,
    )
    expect([leftOut, flaws, warned]).toEqual([[], [], []])
    const item = 'shop-rg/shop-vault/VM;iaasvmcontainerv2;shop-rg;shop-vm'
    const shared = {
      type: 'inventory',
      taken_at: TAKEN,
      complete: 'yes',
      component: 'shop-vm',
      location: 'shop-rg/shop-vault',
      provider: 'azure',
      status: 'success',
      parent: '',
    }
    expect(rows).toEqual([
      {
        ...shared,
        backup: `${item}/20982486783671`,
        started_at: '2026-03-05T02:00:36.512108+00:00',
        expires_at: '2026-04-04T02:00:36.5121087Z',
        recovery_point_type: 'CrashConsistent',
      },
      {
        ...shared,
        backup: `${item}/20982486783604`,
        started_at: '2026-03-03T02:00:36.512108+00:00',
        expires_at: '2026-04-02T02:00:36.5121087Z',
        recovery_point_type: 'AppConsistent',
      },
      {
        ...shared,
        backup: `${item}/20982486783520`,
        started_at: '2026-02-28T02:00:36.512108+00:00',
        recovery_point_type: 'FileSystemConsistent',
      },
    ])
  })

  it('of workloads are full ones or depend on one', () => {
    const workload = { recoveryPointTime: undefined, recoveryPointTimeInUTC: '2026-03-05T02:00:36Z' }
    expect(told(point({ ...workload, type: 'Full' })).rows).toMatchObject([
      { started_at: '2026-03-05T02:00:36Z', kind: 'full', parent: '' },
    ])
    const [differential] = told(point({ ...workload, type: 'Differential' })).rows
    expect(differential).toMatchObject({ kind: 'differential' })
    expect(differential).not.toHaveProperty('parent')
    const ranges = point({ ...workload, type: 'Log', objectType: 'AzureWorkloadSQLPointInTimeRecoveryPoint' })
    expect(told(ranges)).toMatchObject({ rows: [], leftOut: ['inventory'] })
  })

  it('of backup vaults stand alone and may be partial', () => {
    const id = '/subscriptions/0/resourceGroups/rg/providers/Microsoft.DataProtection/backupVaults/bv'
    const one = point(
      {
        objectType: 'AzureBackupDiscreteRecoveryPoint',
        recoveryPointType: 'Incremental',
        recoveryPointState: 'Partial',
        expiryTime: '2026-03-12T02:00:36Z',
        friendlyName: 'disk-1',
      },
      { id: `${id}/backupInstances/daily-disk-1/recoveryPoints/1`, location: 'France Central' },
    )
    expect(told(one).rows).toEqual([
      {
        type: 'inventory',
        taken_at: TAKEN,
        complete: 'yes',
        backup: 'rg/bv/daily-disk-1/1',
        component: 'daily-disk-1',
        location: 'rg/bv',
        provider: 'azure',
        region: 'France Central',
        country: 'FR',
        started_at: '2026-03-05T02:00:36Z',
        status: 'partial',
        kind: 'incremental',
        parent: '',
        expires_at: '2026-03-12T02:00:36Z',
        recovery_point_type: 'Incremental',
      },
    ])
    expect(told(one, ['disk-1']).rows).toMatchObject([{ component: 'disk-1' }])
  })

  it.each([
    [['mssqlserver'], 'mssqlserver'],
    [['SQLDataBase;mssqlserver;orders'], 'SQLDataBase;mssqlserver;orders'],
    [['other'], 'orders'],
  ])('of the components %j are of %s', (components, component) => {
    expect(told(point(), components).rows).toMatchObject([{ component }])
  })

  it('that go on in another file prove no absence', () => {
    const { rows, warned } = convert(azureRecoveryPoints, { value: [point()], nextLink: 'https://x' }, TAKEN)
    expect([rows[0]?.complete, warned]).toEqual([undefined, ['goes-on']])
  })

  it('without a time count as there since the newest', () => {
    const { rows, warned } = convert(azureRecoveryPoints, json('azure-backup/recoverypoint-list.json'))
    expect(warned).toEqual(['no-listing-time'])
    expect(rows.map(row => [row.taken_at, row.complete])).toEqual(
      Array(3).fill(['2026-03-05T02:00:36.512108+00:00', undefined]),
    )
  })

  it.each<readonly [unknown, string, string]>([
    [point({}, { name: null }), 'name', 'this is no recovery point: it has no name, type and properties'],
    [point({}, { name: 'p', id: `${VAULT}/x` }), 'id', 'recovery point p: its id names no resource group, vault and'],
    [point({ recoveryPointTime: null }, { name: 'p' }), 'properties', 'recovery point p has no recoveryPointTime'],
    [point({ recoveryPointTime: 7 }, { name: 'p' }), 'recoveryPointTime', 'recoveryPointTime is a number'],
    [point({ recoveryPointState: 'Odd' }, { name: 'p' }), 'properties', 'recovery point p is in the state "Odd"'],
    [point({}, { name: 'p', properties: 7 }), 'properties', 'properties is a number: expected an object'],
    [null, 'name', 'this is no recovery point: it has no name, type and properties'],
  ])('with %j are not known to be all', (broken, key, problem) => {
    const { rows, flaws } = convert(azureRecoveryPoints, [point(), broken], TAKEN)
    expect(flaws[0]).toMatchObject({ key, problem: expect.stringContaining(problem) })
    expect(rows[0]).toMatchObject({ complete: '?' })
  })
})

describe('Azure regions', () => {
  it.each([
    ['francecentral', 'FR'],
    ['France South', 'FR'],
    ['westeurope', 'NL'],
    ['North Europe', 'IE'],
    ['eastasia', 'HK'],
    ['swedencentral', 'SE'],
    ['nowhere', undefined],
  ])('%s is in %s', (region, country) => {
    expect(azureCountry(region)).toBe(country)
  })
})
