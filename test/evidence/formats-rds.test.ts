import { describe, expect, it } from 'vitest'
import { rds } from '../../src/evidence/formats/rds.ts'
import { rdsInstances } from '../../src/evidence/formats/rds-instances.ts'
import { convert, json } from './formats-findings-support.ts'

const TAKEN = '2026-03-03T12:00:00Z'
const HERE = 'arn:aws:rds:eu-west-3:123456789012'
const at = { location: HERE, provider: 'aws', region: 'eu-west-3', country: 'FR' }

const snapshot = (rest: object = {}) => ({
  DBSnapshotArn: `${HERE}:snapshot:rds:shop-2026-03-01`,
  DBInstanceIdentifier: 'shop',
  SnapshotCreateTime: '2026-03-01T03:05:27.642Z',
  OriginalSnapshotCreateTime: '2026-03-01T03:05:27.642Z',
  Status: 'available',
  SnapshotType: 'automated',
  ...rest,
})
const manual = snapshot({ DBSnapshotArn: `${HERE}:snapshot:before`, SnapshotType: 'manual' })
const told = (...list: readonly unknown[]) => convert(rds, { DBSnapshots: list }, TAKEN)

describe('RDS snapshots', () => {
  it('are a listing of the account in the region', () => {
    const { rows, leftOut, flaws, warned } = convert(rds, json('rds/describe-db-snapshots.json'), TAKEN)
    // The one that AWS Backup made.
    expect([leftOut, flaws, warned]).toEqual([['inventory'], [], ['aws-backup']])
    const shared = { type: 'inventory', taken_at: TAKEN, complete: 'yes', component: 'shop', ...at, parent: '' }
    const made = { ...shared, original: '', status: 'success' }
    expect(rows).toEqual([
      {
        ...made,
        backup: `${HERE}:snapshot:rds:shop-2026-03-01-03-05`,
        started_at: '2026-03-01T03:05:27.642000+00:00',
        snapshot_type: 'automated',
      },
      {
        ...made,
        backup: `${HERE}:snapshot:rds:shop-2026-03-02-03-06`,
        started_at: '2026-03-02T03:06:02.015000+00:00',
        snapshot_type: 'automated',
      },
      {
        ...made,
        backup: `${HERE}:snapshot:shop-before-upgrade`,
        started_at: '2026-02-17T21:40:11.300000+00:00',
        snapshot_type: 'manual',
      },
      {
        ...made,
        backup: `${HERE}:snapshot:shop-copy-of-2026-01-31`,
        original: 'arn:aws:rds:eu-central-1:123456789012:snapshot:shop-2026-01-31',
        // Of the original; the copy itself was made on 20 February.
        started_at: '2026-01-31T22:00:03.900000+00:00',
        snapshot_type: 'manual',
      },
      {
        ...shared,
        backup: `${HERE}:snapshot:rds:shop-2026-03-03-03-05`,
        original: '',
        completed_at: '',
        status: 'running',
        snapshot_type: 'automated',
      },
    ])
  })

  it('are the same as the other CLI prints them', () => {
    const ids = (name: string) =>
      convert(rds, json(`rds/${name}.json`), TAKEN).rows.map(row => [row.backup, row.status])
    expect(ids('describe-db-snapshots-v1')).toEqual(ids('describe-db-snapshots'))
  })

  it.each([
    ['deleting', 'success', undefined],
    ['creating', 'running', ''],
    ['failed', 'failed', undefined],
    ['rusting', '?', undefined],
  ])('that are %s: %s', (Status, status, completed) => {
    const [found] = told(snapshot({ Status }), manual).rows
    expect([found?.status, found?.completed_at]).toEqual([status, completed])
  })

  it('of one type alone, or that go on, prove no absence', () => {
    const one = told(snapshot())
    expect([one.rows[0]?.complete, one.warned]).toEqual([undefined, ['narrow-listing']])
    expect(told(snapshot(), manual).rows.map(row => row.complete)).toEqual(['yes', 'yes'])
    const cut = convert(rds, { DBSnapshots: [snapshot(), manual], Marker: 'x' }, TAKEN)
    expect([cut.rows[0]?.complete, cut.warned]).toEqual([undefined, ['narrow-listing']])
    expect(convert(rds, { DBSnapshots: [] }, TAKEN)).toMatchObject({ rows: [], leftOut: ['inventory'] })
  })

  it('that are being copied are not there yet; without the first time a copy has no known start', () => {
    const original = 'arn:aws:rds:eu-central-1:123456789012:snapshot:a'
    const copy = { SourceDBSnapshotIdentifier: original, OriginalSnapshotCreateTime: undefined }
    const { rows, leftOut } = told(snapshot(copy), manual, snapshot({ ...copy, Status: 'creating' }))
    expect([rows.length, leftOut]).toEqual([2, ['inventory']])
    expect(rows[0]).toMatchObject({ original })
    expect(rows[0]).not.toHaveProperty('started_at')
    // A name within the account and region is no id of a snapshot.
    expect(told(snapshot({ SourceDBSnapshotIdentifier: 'rds:shop' }), manual).rows[0]).toMatchObject({ original: '' })
  })

  it('of clusters are of the cluster', () => {
    const cluster = {
      DBClusterSnapshotArn: 'arn:aws-cn:rds:cn-north-1:1:cluster-snapshot:rds:orders-1',
      DBClusterIdentifier: 'orders',
      SnapshotCreateTime: '2026-03-01T03:05:27.642Z',
      Status: 'available',
      SnapshotType: 'automated',
    }
    expect(convert(rds, { DBClusterSnapshots: [cluster] }, TAKEN).rows).toMatchObject([
      {
        component: 'orders',
        location: 'arn:aws-cn:rds:cn-north-1:1',
        region: 'cn-north-1',
        country: 'CN',
        started_at: '2026-03-01T03:05:27.642Z',
      },
    ])
  })

  it.each<readonly [unknown, string, string]>([
    [snapshot({ DBSnapshotArn: null }), 'DBSnapshotArn', 'this is no snapshot: it has no DBSnapshotArn'],
    [snapshot({ DBSnapshotArn: 'shop' }), 'DBSnapshotArn', 'DBSnapshotArn is no ARN: "shop"'],
    [snapshot({ Status: undefined }), 'Status', 'has no Status'],
    [snapshot({ SnapshotType: undefined }), 'SnapshotType', 'has no SnapshotType'],
    [snapshot({ SnapshotCreateTime: undefined }), 'SnapshotCreateTime', 'has no SnapshotCreateTime'],
    [snapshot({ SnapshotCreateTime: 1772334327 }), 'SnapshotCreateTime', 'SnapshotCreateTime is a number'],
    [snapshot({ DBInstanceIdentifier: [] }), 'DBInstanceIdentifier', 'DBInstanceIdentifier is a list'],
    [7, 'DBSnapshotArn', 'this is no snapshot: it has no DBSnapshotArn'],
  ])('with %j are not known to be all', (broken, key, problem) => {
    const automated = snapshot({ DBSnapshotArn: `${HERE}:snapshot:rds:other` })
    const { rows, flaws } = told(manual, automated, broken)
    expect(flaws[0]).toMatchObject({ key, problem: expect.stringContaining(problem) })
    expect(rows[0]).toMatchObject({ complete: '?' })
  })
})

describe('RDS instances', () => {
  it('say how far they could be recovered at the time of the listing', () => {
    expect(convert(rdsInstances, json('rds/describe-db-instances.json'), TAKEN).rows).toEqual([
      { type: 'recovery-point', time: TAKEN, recoverable_to: '2026-03-03T03:01:17+00:00', component: 'shop' },
    ])
  })

  it('say nothing without its time, or without automated backups', () => {
    const timeless = convert(rdsInstances, json('rds/describe-db-instances.json'))
    expect(timeless).toMatchObject({ rows: [], leftOut: ['recovery-point'], warned: ['no-listing-time'] })
    const off = convert(rdsInstances, { DBInstances: [{ DBInstanceIdentifier: 'shop' }] }, TAKEN)
    expect(off).toMatchObject({ rows: [], leftOut: ['recovery-point'], warned: [] })
  })

  it('with odd keys are flaws', () => {
    const one = { DBInstanceIdentifier: 'shop', LatestRestorableTime: 7 }
    expect(convert(rdsInstances, { DBInstances: [one, {}] }, TAKEN)).toMatchObject({
      rows: [],
      flaws: [
        { key: 'LatestRestorableTime', problem: 'LatestRestorableTime is a number: expected a text' },
        { key: 'DBInstanceIdentifier', problem: 'an instance has no DBInstanceIdentifier' },
      ],
    })
  })
})
