import { type AwsPlace, arnIn, regionOf } from './aws-backup.ts'
import { componentOf, type Listed, listingRows, listingTool, NO_INVENTORY, nextPage } from './backup-rows.ts'
import { wordOf } from './finding-rows.ts'
import type { DocumentContext, DocumentRow, DocumentTool } from './format.ts'
import { recordsOf, type Shape, shaped } from './shape.ts'
import { field, isObject, list, text } from './values.ts'

/** What snapshots of instances and of clusters are called. */
interface Names {
  readonly list: string
  readonly arn: string
  readonly of: string
  readonly source: string
}

const NAMES: readonly Names[] = [
  { list: 'DBSnapshots', arn: 'DBSnapshotArn', of: 'DBInstanceIdentifier', source: 'SourceDBSnapshotIdentifier' },
  {
    list: 'DBClusterSnapshots',
    arn: 'DBClusterSnapshotArn',
    of: 'DBClusterIdentifier',
    source: 'SourceDBClusterSnapshotArn',
  },
]

const SNAPSHOT: Shape = {
  DBSnapshotArn: 'text',
  DBClusterSnapshotArn: 'text',
  DBInstanceIdentifier: 'text',
  DBClusterIdentifier: 'text',
  SourceDBSnapshotIdentifier: 'text',
  SourceDBClusterSnapshotArn: 'text',
  SnapshotCreateTime: 'text',
  OriginalSnapshotCreateTime: 'text',
  Status: 'text',
  SnapshotType: 'text',
}

/**
 * `aws rds describe-db-snapshots`: `{ DBSnapshots: [{ DBSnapshotArn, DBInstanceIdentifier, SnapshotCreateTime, Status,
 * SnapshotType, … }] }`, and `describe-db-cluster-snapshots`.
 */
export const rds: DocumentTool = listingTool(
  shaped(
    {
      name: 'rds',
      title: 'Amazon RDS snapshots (JSON)',
      notes: [
        'a listing does not tell its time: say it with --taken-at',
        'one that shows automated and manual snapshots is taken as complete for the components that it shows; with one type alone it may come of --snapshot-type and proves no absence',
        'a snapshot starts when its data were taken; when it was complete is not told',
        'a copy is of the snapshot that it names as its source and starts as that did; in the same account and region the source is not named, and it counts as a snapshot of its own',
        'snapshots that AWS Backup made are left out: aws backup list-recovery-points-by-backup-vault tells in which vault they are',
        'a component is the identifier of the instance or cluster',
        'the location is the RDS of the account and region, such as arn:aws:rds:eu-west-3:123456789012',
      ],
      sources: {
        backup: 'DBSnapshotArn',
        original: 'SourceDBSnapshotIdentifier',
        component: 'DBInstanceIdentifier',
        started_at: 'SnapshotCreateTime',
        status: 'Status',
        snapshot_type: 'SnapshotType',
      },
      fits: document => namesIn(document) !== undefined,
      *rows(document, context) {
        const names = namesIn(document)
        if (names === undefined || !isObject(document)) return
        const snapshots = list(document, names.list) ?? []
        const complete = isWhole(snapshots) && nextPage(document) === undefined
        const listed: Listed[] = []
        for (const snapshot of snapshots) {
          const found = snapshotIn(snapshot, names, document, complete, context)
          if ('row' in found) yield found
          else listed.push(found)
        }
        if (snapshots.length === 0) yield { row: NO_INVENTORY, from: document }
        if (!complete && context.takenAt !== undefined) {
          const why = nextPage(document) === undefined ? 'shows snapshots of one type' : 'goes on after this file'
          context.warn(
            'narrow-listing',
            `the listing ${why}: what is missing in it proves nothing`,
            'list all snapshots, without --snapshot-type and --max-items; if this is all, say so with set: { complete: yes } in a --map file',
          )
        }
        yield* listingRows(listed, context)
      },
    },
    {
      NextToken: 'text',
      Marker: 'text',
      DBSnapshots: recordsOf(SNAPSHOT),
      DBClusterSnapshots: recordsOf(SNAPSHOT),
    },
  ),
)

function namesIn(document: unknown): Names | undefined {
  return NAMES.find(names => {
    const snapshots = list(document, names.list)
    return snapshots !== undefined && (snapshots[0] === undefined || names.arn in Object(snapshots[0]))
  })
}

/** Only a listing of all types shows both; of one type there may be none. */
function isWhole(snapshots: readonly unknown[]): boolean {
  const types = new Set(snapshots.map(one => field(one, 'SnapshotType')))
  return types.has('automated') && types.has('manual')
}

function snapshotIn(
  snapshot: unknown,
  names: Names,
  top: object,
  complete: boolean,
  context: DocumentContext,
): Listed | DocumentRow {
  const from = isObject(snapshot) ? snapshot : top
  const flaw = (problem: string, key: string): DocumentRow => ({ row: { problem, key }, from })
  const backup = wordOf(field(snapshot, names.arn))
  if (backup === undefined) return flaw(`this is no snapshot: it has no ${names.arn}`, names.arn)
  const arn = arnIn(backup)
  if (arn === undefined) return flaw(`${names.arn} is no ARN: "${backup}"`, names.arn)
  const type = wordOf(field(snapshot, 'SnapshotType'))
  if (type === undefined) return flaw(`snapshot ${backup} has no SnapshotType`, 'SnapshotType')
  const word = wordOf(field(snapshot, 'Status'))
  if (word === undefined) return flaw(`snapshot ${backup} has no Status`, 'Status')
  const status = STATUSES.get(word) ?? '?'
  const taken = wordOf(field(snapshot, 'SnapshotCreateTime'))
  if (taken === undefined && status === 'success') {
    return flaw(`snapshot ${backup} has no SnapshotCreateTime`, 'SnapshotCreateTime')
  }
  if (type === 'awsbackup') {
    context.warn('aws-backup', 'snapshots that AWS Backup made are left out: RDS does not tell in which vault they are')
    return { row: NO_INVENTORY, from }
  }
  const original = wordOf(field(snapshot, names.source))
  // What is being copied is not there yet; that the backup itself still runs is not said.
  if (status === 'running' && original !== undefined) return { row: NO_INVENTORY, from }
  const identifier = wordOf(field(snapshot, names.of))
  const cells = {
    backup,
    original: original === undefined || arnIn(original) === undefined ? '' : original,
    component: componentOf([identifier], identifier, context),
    ...placeIn(backup, arn.region, arn.account),
    // The time of the snapshot itself is that of its copying where it is a copy.
    started_at: wordOf(field(snapshot, 'OriginalSnapshotCreateTime')) ?? (original === undefined ? taken : undefined),
    completed_at: status === 'running' ? '' : undefined,
    status,
    parent: '',
    snapshot_type: text(type),
  }
  return { cells, from, complete }
}

function placeIn(arn: string, region: string, account: string): AwsPlace {
  const partition = arn.split(':')[1] ?? 'aws'
  return { location: `arn:${partition}:rds:${region}:${account}`, provider: 'aws', ...regionOf(region) }
}

/** AWS lists no others, and there may be more. */
const STATUSES: ReadonlyMap<string, string> = new Map([
  ['available', 'success'],
  ['deleting', 'success'],
  ['modifying', 'success'],
  ['upgrading', 'success'],
  ['creating', 'running'],
  ['copying', 'running'],
  ['pending', 'running'],
  ['failed', 'failed'],
])
