import { awsStamp, holds, JOB, placeOf, resourceOf, statusOf, timesOf, unknownState } from './aws-backup.ts'
import { goesOn, logTool } from './backup-rows.ts'
import { wordOf } from './finding-rows.ts'
import type { DocumentContext, DocumentRow, DocumentTool } from './format.ts'
import { recordsOf, shaped } from './shape.ts'
import { field, isObject, list, path, row, text } from './values.ts'

/** `aws backup list-backup-jobs`: `{ BackupJobs: [{ BackupJobId, State, CreationDate, RecoveryPointArn, … }] }`. */
export const awsBackupJobs: DocumentTool = logTool(
  shaped(
    {
      name: 'aws-backup-jobs',
      title: 'AWS Backup jobs (JSON)',
      notes: [
        'AWS lists jobs of the last 30 days: export them at least as often',
        'it is taken as complete for the components that it shows: made for a whole account and region, without --by-state, --by-vault or a time',
        'a job starts when it is created; one that expired did not start or end in its window',
        'a job is named by its recovery point, and by its own id where it has none or shares it with another job, as those of continuous backups do',
        'COMPLETED with a message of another category than SUCCESS is a warning, as AWS shows it; EXPIRED and ABORTED failed',
        'a component is the name or a part of the ARN of the resource, or its type, that a clause names in its of, else the name in the ARN',
        'nested jobs are backups of their own',
        'the location is the ARN of the vault, the provider aws, region and country those of the vault',
        'jobs tell of no deletion',
      ],
      sources: {
        id: 'RecoveryPointArn',
        component: 'ResourceArn',
        started_at: 'CreationDate',
        completed_at: 'CompletionDate',
        status: 'State',
        location: 'BackupVaultArn',
        resource_type: 'ResourceType',
        rule: 'CreatedBy.BackupRuleName',
        parent_job: 'ParentJobId',
      },
      fits: document => holds(document, 'BackupJobs', 'BackupJobId'),
      *rows(document, context) {
        yield* goesOn(document)
        const jobs = list(document, 'BackupJobs') ?? []
        const points = new Map<string, number>()
        for (const job of jobs) {
          const point = wordOf(field(job, 'RecoveryPointArn'))
          if (point !== undefined) points.set(point, (points.get(point) ?? 0) + 1)
        }
        for (const job of jobs) yield jobIn(job, Object(document), points, context)
      },
    },
    {
      NextToken: 'text',
      BackupJobs: recordsOf({ ...JOB, BackupJobId: 'text', ParentJobId: 'text' }),
    },
  ),
)

function jobIn(job: unknown, top: object, points: ReadonlyMap<string, number>, context: DocumentContext): DocumentRow {
  const from = isObject(job) ? job : top
  const flaw = (problem: string, key: string): DocumentRow => ({ row: { problem, key }, from })
  const own = wordOf(field(job, 'BackupJobId'))
  if (own === undefined) return flaw('this is no job: it has no BackupJobId', 'BackupJobId')
  if (awsStamp(field(job, 'CreationDate')) === undefined) return flaw(`job ${own} has no CreationDate`, 'CreationDate')
  const status = statusOf(job, STATES)
  if (status === undefined) return flaw(unknownState(`job ${own}`, field(job, 'State'), STATES), 'State')
  const vault = field(job, 'BackupVaultArn')
  const place = placeOf(vault)
  if (place === undefined && wordOf(vault) !== undefined)
    return flaw(`job ${own}: its vault is no ARN`, 'BackupVaultArn')
  const point = wordOf(field(job, 'RecoveryPointArn'))
  const cells = {
    id: point === undefined || (points.get(point) ?? 0) > 1 ? own : point,
    component: resourceOf(job, field(job, 'ResourceArn'), context),
    ...timesOf(job, status === 'running'),
    status,
    parent: '',
    ...place,
    resource_type: text(field(job, 'ResourceType')),
    rule: text(path(job, 'CreatedBy', 'BackupRuleName')),
    parent_job: text(field(job, 'ParentJobId')),
  }
  return { row: row('backup', cells), from }
}

const STATES: ReadonlyMap<string, string> = new Map([
  ['CREATED', 'running'],
  ['PENDING', 'running'],
  ['RUNNING', 'running'],
  ['ABORTING', 'running'],
  ['ABORTED', 'failed'],
  ['COMPLETED', 'success'],
  ['FAILED', 'failed'],
  ['EXPIRED', 'failed'],
  ['PARTIAL', 'partial'],
])
