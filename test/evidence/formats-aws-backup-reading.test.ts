import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Backup } from '../../src/evidence/backups/records.ts'
import type { ReadOptions } from '../../src/evidence/evidence.ts'
import { DOCUMENTS } from '../../src/evidence/formats/index.ts'
import { inspectFiles } from '../../src/evidence/inspect.ts'
import { formatUtc } from '../../src/time/stamp.ts'
import { fixture, json } from './formats-findings-support.ts'
import { mapping } from './formats-support.ts'
import { at, errorsOf, inDirectory, noStdin, read, short, zones } from './support.ts'

const TYPES = new Set(['backup', 'backup-copy', 'inventory', 'restore', 'recovery-point'])
const LISTED = { types: TYPES, takenAt: [{ at: at('2026-03-06T12:00:00Z') }] }
const SNAPSHOT = 'arn:aws:rds:eu-west-3:123456789012:snapshot:awsbackup:job-00000001-5c3e-4f0a-9b7d-2e1f0a9b8c7d'
const VAULT = 'arn:aws:backup:eu-west-3:123456789012:backup-vault:shop'
const COPIES = 'arn:aws:backup:eu-central-1:123456789012:backup-vault:shop-copy'

/** Names of fixtures → what is read of them. */
async function readAll(names: readonly string[], options: Partial<ReadOptions> = {}) {
  const files = Object.fromEntries(names.map(name => [name.replace('/', '-'), fixture(name)]))
  return read(files, { ...LISTED, ...options })
}

const stamp = (moment: Backup['started']): string =>
  moment === null || moment === undefined ? String(moment) : formatUtc(moment.earliest)

describe('recognition', () => {
  const toolOf: Readonly<Record<string, string>> = {
    'list-backup-jobs': 'aws-backup-jobs',
    'list-recovery-points': 'aws-recovery-points',
    'list-copy-jobs': 'aws-copy-jobs',
    'list-restore-jobs': 'aws-restore-jobs',
    'describe-db-snapshots': 'rds',
    'describe-db-instances': 'rds-instances',
    'job-list': 'azure-backup-jobs',
    'rest-jobs': 'azure-backup-jobs',
    'recoverypoint-list': 'azure-recovery-points',
    'snapshot-list': 'kopia',
    'backup-list': 'wal-g',
  }
  const fitting = (document: unknown): readonly string[] =>
    DOCUMENTS.filter(tool => tool.fits(document)).map(({ name }) => name)

  it.each(['aws-backup', 'rds', 'azure-backup', 'kopia', 'walg', 'velero'])('of %s is by one tool alone', folder => {
    const names = readdirSync(join(import.meta.dirname, '../fixtures', folder))
    expect(names.length).toBeGreaterThan(1)
    for (const name of names) {
      const tool = Object.entries(toolOf).find(([start]) => name.startsWith(start))?.[1]
      expect([name, fitting(json(`${folder}/${name}`))]).toEqual([name, [folder === 'velero' ? 'velero' : tool]])
    }
  })

  it.each([
    null,
    7,
    [],
    {},
    { BackupJobs: {} },
    { BackupJobs: [{ id: 'a' }] },
    { RecoveryPoints: [{ time: '2026-05-01T00:00:00Z' }] },
    { DBInstances: [] },
    { DBSnapshots: [7] },
    { value: [] },
    { value: [{ id: 'a', name: 'b', properties: {} }] },
    { value: 12, time: '2026-05-01T00:00:00Z', metric: 'errors' },
    [{ id: 'a', name: 'b', type: 'backup', properties: {} }],
    [{ backup_name: 'base_1', time: '2026-05-01T00:00:00Z' }],
    [{ id: 'a', source: 'nagios', startTime: '2026-05-01T00:00:00Z', endTime: '2026-05-01T01:00:00Z' }],
    { apiVersion: 'v1', kind: 'PodList', items: [] },
    { apiVersion: 'v1', kind: 'List', items: [] },
    { kind: 'Backup', apiVersion: 'v1' },
  ])('fits nothing of %j', document => {
    expect(fitting(document)).toEqual([])
  })
})

describe('AWS exports together', () => {
  const NAMES = [
    'aws-backup/list-backup-jobs-v1.json',
    'aws-backup/list-copy-jobs.json',
    'aws-backup/list-recovery-points-by-backup-vault.json',
    'aws-backup/list-recovery-points-by-backup-vault-copy-v1.json',
  ]

  it('make one backup of a job, its recovery point and its copy', async () => {
    const { backups } = await readAll(NAMES)
    const found = backups.list.filter(({ id }) => id === SNAPSHOT)
    expect(found).toHaveLength(1)
    const [one] = found
    expect([stamp(one?.started), stamp(one?.completed), one?.status, one?.parent, one?.flaw]).toEqual([
      '2026-03-01T03:00:00.123Z',
      '2026-03-01T03:12:30.456Z',
      'success',
      null,
      undefined,
    ])
    const copies = one?.copies.map(({ location, primary, made, provider, region, country }) => {
      return [location, primary, stamp(made), provider, region, country]
    })
    expect(copies).toEqual([
      [VAULT, true, '2026-03-01T03:12:30.456Z', 'aws', 'eu-west-3', 'FR'],
      [COPIES, false, '2026-03-01T04:55:00.250Z', 'aws', 'eu-central-1', 'DE'],
    ])
    for (const copy of one?.copies ?? []) expect(copy.listed.map(({ there }) => there)).toEqual([true])
    // What is being copied is no second backup that runs.
    expect(backups.list.filter(({ id }) => id.includes('copyjob'))).toEqual([])
  })

  it('know from when on there is a log, and what is there', async () => {
    const { backups } = await readAll(NAMES)
    expect(backups.loggedFrom.get('shop')).toBe(at('2026-03-01T03:00:00.123Z'))
    expect(backups.listings.map(({ location, complete, backups: count }) => [location, complete, count])).toEqual([
      [COPIES, true, 1],
      [VAULT, true, 5],
    ])
  })

  it('keep vaults of one name in two regions apart', async () => {
    const point = (region: string, number: number) => ({
      RecoveryPointArn: `arn:aws:rds:${region}:1:snapshot:awsbackup:job-${number}`,
      BackupVaultArn: `arn:aws:backup:${region}:1:backup-vault:Default`,
      ResourceArn: 'arn:aws:rds:eu-west-3:1:db:shop',
      CreationDate: 1772334000,
      CompletionDate: 1772334060,
      Status: 'COMPLETED',
    })
    const { backups } = await read(
      {
        'a.json': JSON.stringify({ RecoveryPoints: [point('eu-west-3', 1)] }),
        'b.json': JSON.stringify({ RecoveryPoints: [point('eu-west-1', 2)] }),
      },
      LISTED,
    )
    expect(backups.list.map(({ copies }) => copies[0]?.listed.map(({ there }) => there))).toEqual([[true], [true]])
  })

  it('tell restores, of which the mapping says what they were for', async () => {
    const name = 'aws-backup/list-restore-jobs.json'
    const later = { takenAt: [{ at: at('2026-04-12T12:00:00Z') }] }
    const { restores } = await readAll([name], later)
    const purposes = (list: typeof restores) => list.map(({ purpose, passed }) => [purpose, passed])
    expect(purposes(restores)).toEqual([
      ['test', true],
      [undefined, true],
      ['test', false],
      ['test', false],
      ['test', undefined],
      ['test', undefined],
      ['test', undefined],
    ])
    const mapped = await readAll([name], { ...later, ...mapping('set: { purpose: real }\n') })
    expect(purposes(mapped.restores)[1]).toEqual(['real', true])
    expect(purposes(mapped.restores)[0]).toEqual(['test', true])
  })
})

describe('listings of other tools', () => {
  it('of WAL-G hold chains and copies', async () => {
    const { backups } = await readAll(['walg/backup-list-detail.json'], {
      takenAt: [{ at: at('2026-04-03T00:00:00Z') }],
    })
    expect(backups.list).toHaveLength(5)
    const parents = backups.list.map(({ parent }) => (parent === null ? null : parent?.index))
    expect(parents).toEqual([null, 0, 1, null, null])
    expect(backups.list[3]?.copies.map(({ location }) => location)).toEqual(['default', 'offsite'])
    expect([backups.list[4]?.status, backups.list[4]?.started]).toEqual([undefined, undefined])
  })

  it('of RDS join a copy to its original', async () => {
    const original = {
      DBSnapshotArn: 'arn:aws:rds:eu-central-1:123456789012:snapshot:shop-2026-01-31',
      DBInstanceIdentifier: 'shop',
      SnapshotCreateTime: '2026-01-31T22:00:03.900Z',
      Status: 'available',
      SnapshotType: 'manual',
    }
    const files = {
      'here.json': fixture('rds/describe-db-snapshots.json'),
      'there.json': JSON.stringify({ DBSnapshots: [original] }),
    }
    const { backups } = await read(files, LISTED)
    const found = backups.list.find(({ id }) => id === original.DBSnapshotArn)
    expect(stamp(found?.started)).toBe('2026-01-31T22:00:03.900Z')
    expect(found?.copies.map(({ location, country }) => [location, country])).toEqual([
      ['arn:aws:rds:eu-central-1:123456789012', 'DE'],
      ['arn:aws:rds:eu-west-3:123456789012', 'FR'],
    ])
  })

  it('of RDS instances tell recovery points', async () => {
    const { recoveryPoints } = await readAll(['rds/describe-db-instances.json'])
    expect(recoveryPoints.map(one => [stamp(one.at), stamp(one.recoverableTo), one.component])).toEqual([
      ['2026-03-06T12:00:00Z', '2026-03-03T03:01:17Z', 'shop'],
    ])
  })

  it('of Azure do not deny what its jobs made', async () => {
    const { backups } = await readAll(['azure-backup/job-list.json', 'azure-backup/recoverypoint-list.json'])
    const job = backups.list.find(({ id }) => id.startsWith('00000005'))
    expect(job?.copies.map(({ listed }) => listed)).toEqual([[]])
    const point = backups.list.find(({ id }) => id.endsWith('20982486783671'))
    expect(point?.copies.map(({ listed }) => listed.map(({ there }) => there))).toEqual([[true]])
  })
})

describe('an export that is broken', () => {
  it.each([
    ['kopia/snapshot-list.json', 900, 3],
    ['walg/backup-list-detail.json', 900, 1],
    ['velero/backup-list.json', 900, 1],
    ['aws-backup/list-backup-jobs.json', 900, 3],
    ['aws-backup/list-recovery-points-by-backup-vault.json', 900, 3],
    ['rds/describe-db-snapshots.json', 900, 3],
    ['azure-backup/job-list.json', 900, 2],
    ['azure-backup/rest-jobs.json', 900, 3],
    ['azure-backup/recoverypoint-list.json', 1700, 2],
  ])('%s is an error at byte %i', async (name, bytes) => {
    const errors = await errorsOf({ 'a.json': fixture(name).slice(0, bytes) }, LISTED)
    expect(errors.map(({ code }) => code)).toEqual(['bad-json'])
  })

  it('names the line and the key', async () => {
    const text = `{
  "BackupJobs": [
    {"BackupJobId": "1", "CreationDate": 1772334000, "State": "COMPLETED", "ResourceArn": "arn:aws:s3:::a"},
    {
      "BackupJobId": "2", "CreationDate": "yesterday", "ResourceArn": "arn:aws:s3:::a",
      "State": "COMPLETED"
    },
    {
      "BackupJobId": "3", "CreationDate": 1772334000, "ResourceArn": "arn:aws:s3:::a",
      "State": "FINE"
    }
  ],
  "NextToken": "x"
}`
    expect((await errorsOf({ 'a.json': text }, LISTED)).map(short)).toEqual([
      '13:3 the list goes on after this file: what is missing in it would count as what never was | list all of it, without --max-items, --max-results and --no-paginate',
      '5:27 started_at: "yesterday" isn\'t a time: expected 2026-05-01T10:00:00+02:00 or a date 2026-05-01',
      '10:7 job 3 is in the state "FINE": expected one of CREATED, PENDING, RUNNING, ABORTING, ABORTED, COMPLETED, FAILED, EXPIRED, PARTIAL',
    ])
  })
})

describe('sla inspect', () => {
  it.each([
    ['kopia/snapshot-list.json', 'kopia', [['inventory', 7, 0]]],
    ['walg/backup-list-detail.json', 'wal-g', [['inventory', 6, 0]]],
    ['walg/backup-list-detail-older.json', 'wal-g', [['inventory', 2, 0]]],
    ['velero/backup-list.json', 'velero', [['inventory', 8, 0]]],
    ['aws-backup/list-backup-jobs.json', 'aws-backup-jobs', [['backup', 9, 0]]],
    ['aws-backup/list-backup-jobs-v1.json', 'aws-backup-jobs', [['backup', 9, 0]]],
    ['aws-backup/list-backup-jobs-empty.json', 'aws-backup-jobs', []],
    ['aws-backup/list-recovery-points-by-backup-vault.json', 'aws-recovery-points', [['inventory', 5, 0]]],
    ['aws-backup/list-recovery-points-by-backup-vault-copy-v1.json', 'aws-recovery-points', [['inventory', 2, 1]]],
    ['aws-backup/list-copy-jobs.json', 'aws-copy-jobs', [['backup-copy', 3, 0]]],
    ['aws-backup/list-restore-jobs.json', 'aws-restore-jobs', [['restore', 7, 0]]],
    ['rds/describe-db-snapshots-v1.json', 'rds', [['inventory', 6, 1]]],
    ['rds/describe-db-instances.json', 'rds-instances', [['recovery-point', 1, 0]]],
    [
      'azure-backup/job-list.json',
      'azure-backup-jobs',
      [
        ['backup', 6, 1],
        ['restore', 2, 0],
      ],
    ],
    ['azure-backup/rest-jobs.json', 'azure-backup-jobs', [['backup', 3, 0]]],
    ['azure-backup/recoverypoint-list.json', 'azure-recovery-points', [['inventory', 3, 0]]],
  ] as const)('shows %s', async (name, tool, types) => {
    const options = { takenAt: [{ at: at('2026-04-15T00:00:00Z') }] }
    const [found] = await inDirectory({ 'a.json': fixture(name) }, directory =>
      inspectFiles([directory], options, zones, noStdin),
    )
    expect(found).toMatchObject({ format: 'json', tool: { name: tool }, nearMisses: [] })
    expect(found?.types.map(({ type, rows, leftOut, bad }) => [type, rows, leftOut, bad])).toEqual(
      types.map(type => [...type, 0]),
    )
    expect(found?.problems.filter(({ severity }) => severity === 'error')).toEqual([])
    expect(found?.timezone).toBeUndefined()
  })

  it('says which keys the columns are', async () => {
    const columns = async (name: string) => {
      const [found] = await inDirectory({ 'a.json': fixture(name) }, directory =>
        inspectFiles([directory], { takenAt: [{ at: at('2026-04-15T00:00:00Z') }] }, zones, noStdin),
      )
      return [found?.columns, found?.unused]
    }
    expect(await columns('aws-backup/list-backup-jobs-v1.json')).toEqual([
      {
        RecoveryPointArn: 'id',
        ResourceArn: 'component',
        CreationDate: 'started_at',
        CompletionDate: 'completed_at',
        State: 'status',
        BackupVaultArn: 'location',
      },
      ['resource_type', 'rule', 'parent_job'],
    ])
    expect(await columns('walg/backup-list-detail.json')).toEqual([
      {
        backup_name: 'backup',
        hostname: 'component',
        storage_name: 'location',
        start_time: 'started_at',
        finish_time: 'completed_at',
      },
      ['is_permanent'],
    ])
    expect(await columns('azure-backup/recoverypoint-list.json')).toEqual([
      {
        name: 'backup',
        id: 'component',
        'properties.recoveryPointTime': 'started_at',
        'properties.recoveryPointState': 'status',
        'properties.expiryTime': 'expires_at',
      },
      ['recovery_point_type'],
    ])
  })
})
