import { describe, expect, it } from 'vitest'
import { awsCopyJobs } from '../../src/evidence/formats/aws-backup-copies.ts'
import { awsBackupJobs } from '../../src/evidence/formats/aws-backup-jobs.ts'
import { awsRecoveryPoints } from '../../src/evidence/formats/aws-backup-points.ts'
import { awsCountry } from '../../src/evidence/formats/aws-backup-regions.ts'
import { awsRestoreJobs } from '../../src/evidence/formats/aws-backup-restores.ts'
import type { DocumentTool } from '../../src/evidence/formats/format.ts'
import { convert, json } from './formats-findings-support.ts'

const TAKEN = '2026-03-06T12:00:00Z'
const VAULT = 'arn:aws:backup:eu-west-3:123456789012:backup-vault:shop'
const COPIES = 'arn:aws:backup:eu-central-1:123456789012:backup-vault:shop-copy'
const DATABASE = 'arn:aws:rds:eu-west-3:123456789012:db:shop'
const SNAPSHOT = 'arn:aws:rds:eu-west-3:123456789012:snapshot:awsbackup:job-00000001-5c3e-4f0a-9b7d-2e1f0a9b8c7d'
const COPY = 'arn:aws:rds:eu-central-1:123456789012:snapshot:awsbackup:copyjob-aaaaaaaa-0001-4f0a-9b7d-2e1f0a9b8c7d'
const at = { location: VAULT, provider: 'aws', region: 'eu-west-3', country: 'FR' }
const told = (tool: DocumentTool, name: string, components: readonly string[] = []) =>
  convert(tool, json(`aws-backup/${name}.json`), TAKEN, components)

describe('AWS Backup jobs', () => {
  it('give a row each, named by the recovery point where there is one', () => {
    const { rows, leftOut, flaws, warned } = told(awsBackupJobs, 'list-backup-jobs-v1')
    expect([leftOut, flaws, warned]).toEqual([[], [], []])
    expect(rows.at(-1)).toEqual({
      type: 'backup',
      id: SNAPSHOT,
      component: 'shop',
      // 1772334000.123 and 1772334750.456.
      started_at: '2026-03-01T03:00:00.123Z',
      completed_at: '2026-03-01T03:12:30.456Z',
      status: 'success',
      parent: '',
      ...at,
      resource_type: 'RDS',
      rule: 'daily',
    })
    const job = (number: number): string => `0000000${number}-5C3E-4F0A-9B7D-2E1F0A9B8C7D`
    const stack = 'arn:aws:backup:eu-west-3:123456789012:recovery-point:composite:cloudformation'
    expect(rows.map(row => [row.id, row.component, row.started_at, row.completed_at, row.status])).toEqual([
      [job(8), 'shop', '2026-03-06T03:00:00.123Z', '', 'running'],
      [job(7), 'fs-0a1b2c3d', '2026-03-05T03:00:00.123Z', '', 'running'],
      [job(6), 'shop', '2026-03-05T03:00:00.123Z', '2026-03-05T03:02:10.500Z', 'failed'],
      [
        `${stack}/shop-20260304030000-5f2d1c30`,
        'shop',
        '2026-03-04T03:00:00.123Z',
        '2026-03-04T03:40:00.250Z',
        'partial',
      ],
      [job(9), 'fs-0a1b2c3d', '2026-03-04T03:00:00.123Z', '2026-03-04T03:06:00.750Z', 'failed'],
      [job(4), 'shop', '2026-03-04T03:00:00.123Z', '2026-03-04T04:00:00.123Z', 'failed'],
      [job(3), 'shop', '2026-03-03T03:00:00.123Z', '2026-03-03T03:05:42.001Z', 'failed'],
      [
        'arn:aws:ec2:eu-west-3::image/ami-0123456789abcdef0',
        'i-0a1b2c3d4e5f60718',
        '2026-03-02T03:00:00.123Z',
        '2026-03-02T03:31:15.420Z',
        'warning',
      ],
      [SNAPSHOT, 'shop', '2026-03-01T03:00:00.123Z', '2026-03-01T03:12:30.456Z', 'success'],
    ])
    expect(rows[4]?.parent_job).toBe(job(5))
  })

  it('are the same as the other CLI prints them, whose times have an offset', () => {
    const { rows, flaws } = told(awsBackupJobs, 'list-backup-jobs')
    expect(flaws).toEqual([])
    expect(rows.map(({ id, status }) => [id, status])).toEqual(
      told(awsBackupJobs, 'list-backup-jobs-v1').rows.map(({ id, status }) => [id, status]),
    )
    expect(rows.at(-1)).toMatchObject({
      started_at: '2026-03-01T04:00:00.123000+01:00',
      completed_at: '2026-03-01T04:12:30.456000+01:00',
    })
  })

  it('of components that clauses name are of these', () => {
    const names = (...components: readonly string[]) =>
      told(awsBackupJobs, 'list-backup-jobs-v1', components).rows.map(({ component }) => component)
    expect(new Set(names('RDS', 'EFS'))).toEqual(new Set(['RDS', 'EFS', 'shop', 'i-0a1b2c3d4e5f60718']))
    expect(new Set(names(DATABASE))).toContain(DATABASE)
    expect(names('5f2d1c30-15a4-11f1-9c1d-0a5e7c8b9d01')[3]).toBe('5f2d1c30-15a4-11f1-9c1d-0a5e7c8b9d01')
  })

  const job = (rest: object = {}) => ({
    BackupJobId: 'J-1',
    BackupVaultArn: VAULT,
    ResourceArn: DATABASE,
    CreationDate: 1772334000,
    CompletionDate: 1772334060,
    State: 'COMPLETED',
    ...rest,
  })
  const jobs = (...list: readonly unknown[]) => convert(awsBackupJobs, { BackupJobs: list })

  it.each([
    [{ State: 'PENDING' }, 'running', ''],
    [{ State: 'ABORTING' }, 'running', ''],
    [{ MessageCategory: 'SUCCESS', StatusMessage: 'all went well' }, 'success', '2026-03-01T03:01:00Z'],
    [{ MessageCategory: 'AccessDenied' }, 'warning', '2026-03-01T03:01:00Z'],
    [{ StatusMessage: 'VSS failed' }, 'warning', '2026-03-01T03:01:00Z'],
    [{ CompletionDate: undefined }, 'success', undefined],
  ])('with %j are %s', (rest, status, completed) => {
    const [found] = jobs(job(rest)).rows
    expect([found?.status, found?.completed_at]).toEqual([status, completed])
  })

  it('that share a recovery point are named by their own ids', () => {
    const RecoveryPointArn = 'arn:aws:backup:eu-west-3:123456789012:recovery-point:continuous:shop'
    const { rows } = jobs(job({ RecoveryPointArn }), job({ BackupJobId: 'J-2', RecoveryPointArn }))
    expect(rows.map(({ id }) => id)).toEqual(['J-1', 'J-2'])
  })

  it('tell only what they know of where they are', () => {
    const far = 'arn:aws-us-gov:backup:us-gov-far-9:1:backup-vault:v'
    expect(jobs(job({ BackupVaultArn: far })).rows[0]).toMatchObject({ region: 'us-gov-far-9' })
    expect(jobs(job({ BackupVaultArn: far })).rows[0]).not.toHaveProperty('country')
    expect(jobs(job({ BackupVaultArn: null })).rows[0]).not.toHaveProperty('location')
    const bucket = job({ ResourceArn: 'arn:aws:s3:::invoices' })
    expect(jobs(bucket).rows[0]).toMatchObject({ component: 'invoices' })
  })

  it('that go on in another file are an error, since what they lack would be missing', () => {
    const { rows, flaws } = told(awsBackupJobs, 'list-backup-jobs-truncated')
    expect(rows).toHaveLength(2)
    expect(flaws).toMatchObject([{ key: 'NextToken', problem: expect.stringContaining('the list goes on') }])
    expect(told(awsBackupJobs, 'list-backup-jobs-empty')).toMatchObject({ rows: [], flaws: [], leftOut: [] })
  })

  it.each<readonly [unknown, string, string]>([
    [job({ BackupJobId: 7 }), 'BackupJobId', 'BackupJobId is a number: expected a text'],
    [job({ CreationDate: null }), 'CreationDate', 'job J-1 has no CreationDate'],
    [job({ State: 'DONE' }), 'State', 'job J-1 is in the state "DONE": expected one of CREATED, PENDING'],
    [job({ BackupVaultArn: 'shop' }), 'BackupVaultArn', 'job J-1: its vault is no ARN'],
    [job({ MessageCategory: [] }), 'MessageCategory', 'MessageCategory is a list: expected a text'],
    [job({ RecoveryPointArn: {} }), 'RecoveryPointArn', 'RecoveryPointArn is an object: expected a text'],
    [null, 'BackupJobId', 'this is no job: it has no BackupJobId'],
  ])('%j is no row and one flaw', (broken, key, problem) => {
    const { rows, flaws } = jobs(job({ BackupJobId: 'J-0' }), broken)
    expect(flaws).toEqual([{ key, problem: expect.stringContaining(problem) }])
    expect(rows.map(({ id }) => id)).toEqual(['J-0'])
  })
})

describe('AWS Backup recovery points', () => {
  it('are a listing of their vault', () => {
    const { rows, leftOut, flaws, warned } = told(awsRecoveryPoints, 'list-recovery-points-by-backup-vault')
    expect([leftOut, flaws, warned]).toEqual([[], [], []])
    expect(rows[2]).toEqual({
      type: 'inventory',
      taken_at: TAKEN,
      complete: 'yes',
      scope:
        'arn:aws:rds:eu-west-3:123456789012:db:shop arn:aws:backup:eu-west-3:123456789012:backup-plan:6b1f2c3d-4e5a-4b6c-8d7e-9f0a1b2c3d4e',
      backup: SNAPSHOT,
      component: 'shop',
      ...at,
      started_at: '2026-03-01T04:00:00.123000+01:00',
      completed_at: '2026-03-01T04:12:30.456000+01:00',
      status: 'success',
      parent: '',
      expires_at: '2026-04-05T05:00:00.123000+02:00',
      resource_type: 'RDS',
    })
    // EXPIRED and DELETING ones are there, and as good as they were made.
    expect(rows.map(({ status }) => status)).toEqual(['success', 'partial', 'success', 'success', 'success'])
  })

  it('that are copies start as their source did; how long the copying took is not told', () => {
    const { rows, leftOut } = told(awsRecoveryPoints, 'list-recovery-points-by-backup-vault-copy-v1')
    // The one that is being created is not there yet.
    expect([rows.length, leftOut]).toEqual([1, ['inventory']])
    expect(rows[0]).toEqual({
      type: 'inventory',
      taken_at: TAKEN,
      complete: 'yes',
      scope:
        'arn:aws:rds:eu-west-3:123456789012:db:shop arn:aws:backup:eu-west-3:123456789012:backup-plan:6b1f2c3d-4e5a-4b6c-8d7e-9f0a1b2c3d4e daily',
      backup: COPY,
      component: 'shop',
      location: COPIES,
      provider: 'aws',
      region: 'eu-central-1',
      country: 'DE',
      started_at: '2026-03-01T04:10:00.500Z',
      status: 'success',
      parent: '',
      // 1780114200.5.
      expires_at: '2026-05-30T04:10:00.500Z',
      resource_type: 'RDS',
      rule: 'daily',
    })
    const timeless = convert(awsRecoveryPoints, json('aws-backup/list-recovery-points-by-backup-vault-copy-v1.json'))
    expect([timeless.rows, timeless.leftOut]).toEqual([[], ['inventory', 'inventory']])
  })

  const point = (rest: object = {}) => ({
    RecoveryPointArn: SNAPSHOT,
    BackupVaultArn: VAULT,
    ResourceArn: DATABASE,
    ResourceName: 'orders',
    CreationDate: 1772334000,
    CompletionDate: 1772334060,
    Status: 'COMPLETED',
    ...rest,
  })
  const points = (list: readonly unknown[], rest: object = {}, components: readonly string[] = []) =>
    convert(awsRecoveryPoints, { RecoveryPoints: list, ...rest }, TAKEN, components)

  it.each([
    [{ Status: 'AVAILABLE' }, 'success'],
    [{ Status: 'CREATING' }, 'running'],
    [{ Status: 'STOPPED' }, 'success'],
    [{ Status: 'EXPIRED', IsParent: true }, '?'],
    [{ Status: 'DELETING', IsParent: false }, 'success'],
  ])('with %j are %s', (rest, status) => {
    expect(points([point(rest)]).rows).toMatchObject([{ status, complete: 'yes' }])
  })

  it('are of the component that is named', () => {
    expect(points([point()]).rows).toMatchObject([{ component: 'shop' }])
    expect(points([point()], {}, ['orders']).rows).toMatchObject([{ component: 'orders' }])
  })

  it('that go on in another file, or show nothing, prove no absence', () => {
    const { rows, warned } = points([point()], { NextToken: 'x' })
    expect([rows[0]?.complete, warned]).toEqual([undefined, ['goes-on']])
    expect(points([])).toMatchObject({ rows: [], leftOut: ['inventory'], warned: ['empty-listing'] })
  })

  it('without a time count as there since the last of them ended', () => {
    const { rows, warned } = convert(awsRecoveryPoints, json('aws-backup/list-recovery-points-by-backup-vault.json'))
    expect(warned).toEqual(['no-listing-time'])
    expect(rows.map(row => [row.taken_at, row.complete])).toEqual(
      Array(5).fill(['2026-03-06T04:12:01.900000+01:00', undefined]),
    )
  })

  it.each<readonly [unknown, string, string]>([
    [point({ RecoveryPointArn: '' }), 'RecoveryPointArn', 'this is no recovery point: it has no RecoveryPointArn'],
    [point({ BackupVaultArn: undefined, BackupVaultName: 'shop' }), 'BackupVaultArn', 'has no ARN of its vault'],
    [point({ Status: 'GONE' }), 'Status', 'has the status "GONE": expected one of COMPLETED, AVAILABLE'],
    [point({ CreationDate: {} }), 'CreationDate', 'CreationDate is an object: expected a single value'],
    [point({ CalculatedLifecycle: 7 }), 'CalculatedLifecycle', 'CalculatedLifecycle is a number: expected an object'],
    ['x', 'RecoveryPointArn', 'this is no recovery point: it has no RecoveryPointArn'],
  ])('with %j are not known to be all', (broken, key, problem) => {
    const { rows, flaws } = points([point({ RecoveryPointArn: 'arn:aws:ec2:eu-west-3::image/ami-1' }), broken])
    expect(flaws[0]).toMatchObject({ key, problem: expect.stringContaining(problem) })
    expect(rows[0]).toMatchObject({ complete: '?' })
  })
})

describe('AWS Backup copy jobs', () => {
  it('give copies at the vault copied to', () => {
    const { rows, leftOut, flaws } = told(awsCopyJobs, 'list-copy-jobs')
    expect([leftOut, flaws]).toEqual([[], []])
    const shared = {
      type: 'backup-copy',
      component: 'shop',
      location: COPIES,
      provider: 'aws',
      region: 'eu-central-1',
      country: 'DE',
    }
    const running = { started_at: '2026-03-06T05:10:00.500000+01:00', completed_at: '', status: 'running' }
    const failed = {
      started_at: '2026-03-02T05:10:00.500000+01:00',
      completed_at: '2026-03-02T05:12:00.500000+01:00',
      status: 'failed',
    }
    const done = {
      started_at: '2026-03-01T05:10:00.500000+01:00',
      completed_at: '2026-03-01T05:55:00.250000+01:00',
      status: 'success',
    }
    expect(rows).toEqual([
      { ...shared, ...running, backup: SNAPSHOT.replace('00000001', '00000006'), id: COPY.replace('0001', '0006') },
      { ...shared, ...failed, backup: SNAPSHOT.replace('00000001', '00000002'), id: '' },
      { ...shared, ...done, backup: SNAPSHOT, id: COPY },
    ])
  })

  it.each<readonly [object, string, string]>([
    [{ CopyJobId: null }, 'CopyJobId', 'this is no copy job: it has no CopyJobId'],
    [{ SourceRecoveryPointArn: undefined }, 'SourceRecoveryPointArn', 'copy job C-1 has no SourceRecoveryPointArn'],
    [{ DestinationBackupVaultArn: 'x' }, 'DestinationBackupVaultArn', 'copy job C-1 has no ARN of the vault'],
    [{ CreationDate: undefined }, 'CreationDate', 'copy job C-1 has no CreationDate'],
    [{ State: 'EXPIRED' }, 'State', 'copy job C-1 is in the state "EXPIRED": expected one of CREATED, RUNNING'],
    [{ State: 7 }, 'State', 'State is a number: expected a text'],
  ])('with %j are flaws', (rest, key, problem) => {
    const job = {
      CopyJobId: 'C-1',
      SourceRecoveryPointArn: SNAPSHOT,
      DestinationBackupVaultArn: COPIES,
      CreationDate: 1772334000,
      State: 'RUNNING',
      ...rest,
    }
    const { rows, flaws } = convert(awsCopyJobs, { CopyJobs: [job] })
    expect([rows, flaws]).toEqual([[], [{ key, problem: expect.stringContaining(problem) }]])
  })

  it('that go on in another file are an error', () => {
    expect(convert(awsCopyJobs, { CopyJobs: [], NextToken: 'x' }).flaws).toMatchObject([{ key: 'NextToken' }])
  })
})

describe('AWS Backup restore jobs', () => {
  it('are tests where a restore testing plan made them, and pass by their validation', () => {
    const { rows, leftOut, flaws } = told(awsRestoreJobs, 'list-restore-jobs-v1')
    expect([leftOut, flaws]).toEqual([[], []])
    expect(rows.at(-1)).toEqual({
      type: 'restore',
      id: 'BBBBBBBB-0001-4F0A-9B7D-2E1F0A9B8C7D',
      started_at: '2026-03-08T06:00:00Z',
      completed_at: '2026-03-08T06:38:12.500Z',
      component: 'shop',
      backup: SNAPSHOT,
      purpose: 'test',
      source: 'backup',
      outcome: 'passed',
      resource_type: 'RDS',
    })
    expect(rows.map(row => [row.id?.slice(9, 13), row.completed_at, row.purpose, row.outcome])).toEqual([
      ['0007', '', 'test', ''],
      ['0006', '', 'test', ''],
      ['0005', '2026-03-29T06:41:00Z', 'test', '?'],
      ['0004', '2026-03-22T06:35:30Z', 'test', 'failed'],
      ['0003', '2026-03-15T06:02:00Z', 'test', 'failed'],
      // By hand: what for is not told.
      ['0002', '2026-03-10T11:02:00.750Z', undefined, 'passed'],
      ['0001', '2026-03-08T06:38:12.500Z', 'test', 'passed'],
    ])
  })

  const job = (rest: object) => ({
    RestoreJobs: [{ RestoreJobId: 'R-1', CreationDate: 1772334000, Status: 'COMPLETED', ResourceType: 'RDS', ...rest }],
  })

  it('that were stopped say nothing of their backup', () => {
    expect(convert(awsRestoreJobs, job({ Status: 'ABORTED', RecoveryPointArn: SNAPSHOT })).rows).toMatchObject([
      { outcome: 'failed', backup: '?' },
    ])
    expect(convert(awsRestoreJobs, job({ Status: 'FAILED', RecoveryPointArn: SNAPSHOT })).rows).toMatchObject([
      { outcome: 'failed', backup: SNAPSHOT },
    ])
  })

  it('of older exports name no resource: the type counts where a clause names it', () => {
    expect(convert(awsRestoreJobs, job({ ValidationStatus: 'VALIDATING' })).rows).toEqual([
      {
        type: 'restore',
        id: 'R-1',
        started_at: '2026-03-01T03:00:00Z',
        backup: '?',
        source: 'backup',
        outcome: '?',
        resource_type: 'RDS',
      },
    ])
    expect(convert(awsRestoreJobs, job({}), undefined, ['RDS']).rows).toMatchObject([{ component: 'RDS' }])
  })

  it.each<readonly [object, string, string]>([
    [{ RestoreJobId: undefined }, 'RestoreJobId', 'this is no restore job: it has no RestoreJobId'],
    [{ CreationDate: undefined }, 'CreationDate', 'restore job R-1 has no CreationDate'],
    [{ Status: 'DONE' }, 'Status', 'restore job R-1 has the status "DONE": expected one of PENDING, RUNNING'],
    [{ ValidationStatus: 'OK' }, 'ValidationStatus', 'the validation of restore job R-1 is "OK": expected one of'],
    [{ CreatedBy: 'me' }, 'CreatedBy', 'CreatedBy is a text: expected an object'],
  ])('with %j are flaws', (rest, key, problem) => {
    const { rows, flaws } = convert(awsRestoreJobs, job(rest))
    expect([rows, flaws]).toEqual([[], [{ key, problem: expect.stringContaining(problem) }]])
  })
})

describe('AWS regions', () => {
  it.each([
    ['eu-west-1', 'IE'],
    ['eu-west-2', 'GB'],
    ['eu-west-3', 'FR'],
    ['eu-north-1', 'SE'],
    ['eu-south-2', 'ES'],
    ['eu-central-2', 'CH'],
    ['eusc-de-east-1', 'DE'],
    ['us-gov-west-1', 'US'],
    ['ap-northeast-3', 'JP'],
    ['xx-far-1', undefined],
  ])('%s is in %s', (region, country) => {
    expect(awsCountry(region)).toBe(country)
  })
})
