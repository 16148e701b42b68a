import { awsStamp, holds, JOB, placeOf, resourceOf, timesOf } from './aws-backup.ts'
import { emptyListing, type Listed, listingRows, listingTool, NO_INVENTORY, nextPage } from './backup-rows.ts'
import { wordOf } from './finding-rows.ts'
import type { DocumentContext, DocumentRow, DocumentTool } from './format.ts'
import { recordsOf, shaped } from './shape.ts'
import { field, isObject, list, path, text } from './values.ts'

/**
 * `aws backup list-recovery-points-by-backup-vault`: `{ RecoveryPoints: [{ RecoveryPointArn, BackupVaultArn, Status,
 * CreationDate, CompletionDate, CalculatedLifecycle, … }] }`.
 */
export const awsRecoveryPoints: DocumentTool = listingTool(
  shaped(
    {
      name: 'aws-recovery-points',
      title: 'AWS Backup recovery points of a vault (JSON)',
      notes: [
        'a listing does not tell its time: say it with --taken-at',
        'it is taken as complete for the components, resources and rules that it shows: made without --by-created-before, --by-created-after or --by-parent-recovery-point-arn',
        'a recovery point with a source vault is a copy: its creation is that of its source, when it was copied is not told; of which backup is told by aws backup list-copy-jobs alone, else it counts as one of its own',
        'EXPIRED and DELETING ones are still there: expiry alone removes nothing',
        'expires_at is what the lifecycle plans, not what it did',
        'a component is the name or a part of the ARN of the resource, or its type, that a clause names in its of, else the name in the ARN',
        'the location is the ARN of the vault, the provider aws, region and country those of the vault',
      ],
      narrowed: '--by-created-after or --by-created-before',
      sources: {
        backup: 'RecoveryPointArn',
        component: 'ResourceArn',
        location: 'BackupVaultArn',
        started_at: 'CreationDate',
        completed_at: 'CompletionDate',
        status: 'Status',
        expires_at: 'CalculatedLifecycle.DeleteAt',
        resource_type: 'ResourceType',
        rule: 'CreatedBy.BackupRuleName',
      },
      fits: document => holds(document, 'RecoveryPoints', 'RecoveryPointArn'),
      *rows(document, context) {
        const points = list(document, 'RecoveryPoints') ?? []
        const whole = nextPage(document) === undefined
        if (!whole && context.takenAt !== undefined) {
          const message = 'the listing goes on after this file: what is missing in it proves nothing'
          context.warn('goes-on', message, 'list all of it, without --max-items, --max-results and --no-paginate')
        }
        const listed: Listed[] = []
        for (const point of points) {
          const found = pointIn(point, Object(document), whole, context)
          if ('row' in found) yield found
          else listed.push(found)
        }
        if (points.length === 0 && isObject(document)) yield emptyListing(document, 'vault', context)
        yield* listingRows(listed, context)
      },
    },
    {
      NextToken: 'text',
      RecoveryPoints: recordsOf({
        ...JOB,
        Status: 'text',
        SourceBackupVaultArn: 'text',
        IsParent: 'flag',
        CalculatedLifecycle: { DeleteAt: 'scalar' },
        CreatedBy: { BackupRuleName: 'text' },
      }),
    },
  ),
)

function pointIn(point: unknown, top: object, complete: boolean, context: DocumentContext): Listed | DocumentRow {
  const from = isObject(point) ? point : top
  const flaw = (problem: string, key: string, hint?: string): DocumentRow => ({
    row: { problem, key, ...(hint === undefined ? {} : { hint }) },
    from,
  })
  const backup = wordOf(field(point, 'RecoveryPointArn'))
  if (backup === undefined) return flaw('this is no recovery point: it has no RecoveryPointArn', 'RecoveryPointArn')
  const place = placeOf(field(point, 'BackupVaultArn'))
  if (place === undefined) {
    const hint = 'list them with aws backup list-recovery-points-by-backup-vault'
    return flaw(`recovery point ${backup} has no ARN of its vault`, 'BackupVaultArn', hint)
  }
  const created = awsStamp(field(point, 'CreationDate'))
  if (created === undefined) return flaw(`recovery point ${backup} has no CreationDate`, 'CreationDate')
  const word = wordOf(field(point, 'Status')) ?? ''
  const known = STATUSES.get(word)
  if (known === undefined) {
    const expected = [...STATUSES.keys()].join(', ')
    return flaw(`recovery point ${backup} has the status "${word}": expected one of ${expected}`, 'Status')
  }
  // A composite one may have been partial.
  const status = known === 'ended' ? (field(point, 'IsParent') === true ? '?' : 'success') : known
  const isCopy = wordOf(field(point, 'SourceBackupVaultArn')) !== undefined
  // Nothing is at the vault copied to until then; that the backup itself still runs is not said. Without a time of the
  // listing it may have been copied after all that the file tells of.
  if (isCopy && (status === 'running' || context.takenAt === undefined)) return { row: NO_INVENTORY, from }
  const { completed_at } = timesOf(point, status === 'running')
  const cells = {
    backup,
    component: resourceOf(point, field(point, 'ResourceArn'), context),
    ...place,
    started_at: created,
    // Of a copy it is when the copy was complete.
    completed_at: isCopy ? undefined : completed_at,
    status,
    parent: '',
    expires_at: awsStamp(path(point, 'CalculatedLifecycle', 'DeleteAt')),
    resource_type: text(field(point, 'ResourceType')),
    rule: text(path(point, 'CreatedBy', 'BackupRuleName')),
  }
  const scope = [
    field(point, 'ResourceArn'),
    path(point, 'CreatedBy', 'BackupPlanArn'),
    path(point, 'CreatedBy', 'BackupRuleName'),
  ]
  return { cells, from, complete, scope: scope.map(one => wordOf(one) ?? '').join(' ') }
}

/** `ended`: it was made; what became of it since says no more of how. */
const STATUSES: ReadonlyMap<string, string> = new Map([
  ['COMPLETED', 'success'],
  ['AVAILABLE', 'success'],
  ['PARTIAL', 'partial'],
  ['CREATING', 'running'],
  ['DELETING', 'ended'],
  ['EXPIRED', 'ended'],
  ['STOPPED', 'ended'],
])
