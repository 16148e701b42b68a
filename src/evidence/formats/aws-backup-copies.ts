import { awsStamp, holds, JOB, placeOf, resourceOf, statusOf, timesOf, unknownState } from './aws-backup.ts'
import { goesOn, logTool } from './backup-rows.ts'
import { wordOf } from './finding-rows.ts'
import type { DocumentContext, DocumentRow, DocumentTool } from './format.ts'
import { recordsOf, shaped } from './shape.ts'
import { field, isObject, list, row } from './values.ts'

/** `aws backup list-copy-jobs`: `{ CopyJobs: [{ CopyJobId, SourceRecoveryPointArn, State, … }] }`. */
export const awsCopyJobs: DocumentTool = logTool(
  shaped(
    {
      name: 'aws-copy-jobs',
      title: 'AWS Backup copy jobs (JSON)',
      notes: [
        'AWS does not list old jobs: export them often',
        'a copy is of the backup that its source recovery point names, under the id of its own recovery point',
        'a component is the name or a part of the ARN of the resource, or its type, that a clause names in its of, else the name in the ARN',
        'the location is the ARN of the vault copied to, the provider aws, region and country those of that vault',
      ],
      sources: {
        backup: 'SourceRecoveryPointArn',
        id: 'DestinationRecoveryPointArn',
        component: 'ResourceArn',
        started_at: 'CreationDate',
        completed_at: 'CompletionDate',
        status: 'State',
        location: 'DestinationBackupVaultArn',
      },
      fits: document => holds(document, 'CopyJobs', 'CopyJobId'),
      *rows(document, context) {
        yield* goesOn(document)
        for (const job of list(document, 'CopyJobs') ?? []) yield copyIn(job, Object(document), context)
      },
    },
    {
      NextToken: 'text',
      CopyJobs: recordsOf({
        ...JOB,
        CopyJobId: 'text',
        SourceRecoveryPointArn: 'text',
        DestinationRecoveryPointArn: 'text',
        DestinationBackupVaultArn: 'text',
      }),
    },
  ),
)

function copyIn(job: unknown, top: object, context: DocumentContext): DocumentRow {
  const from = isObject(job) ? job : top
  const flaw = (problem: string, key: string): DocumentRow => ({ row: { problem, key }, from })
  const own = wordOf(field(job, 'CopyJobId'))
  if (own === undefined) return flaw('this is no copy job: it has no CopyJobId', 'CopyJobId')
  const backup = wordOf(field(job, 'SourceRecoveryPointArn'))
  if (backup === undefined) return flaw(`copy job ${own} has no SourceRecoveryPointArn`, 'SourceRecoveryPointArn')
  if (awsStamp(field(job, 'CreationDate')) === undefined) {
    return flaw(`copy job ${own} has no CreationDate`, 'CreationDate')
  }
  const status = statusOf(job, STATES)
  if (status === undefined) return flaw(unknownState(`copy job ${own}`, field(job, 'State'), STATES), 'State')
  const place = placeOf(field(job, 'DestinationBackupVaultArn'))
  if (place === undefined) {
    return flaw(`copy job ${own} has no ARN of the vault that it copies to`, 'DestinationBackupVaultArn')
  }
  const cells = {
    backup,
    id: wordOf(field(job, 'DestinationRecoveryPointArn')) ?? '',
    component: resourceOf(job, field(job, 'ResourceArn'), context),
    ...timesOf(job, status === 'running'),
    status,
    ...place,
  }
  return { row: row('backup-copy', cells), from }
}

const STATES: ReadonlyMap<string, string> = new Map([
  ['CREATED', 'running'],
  ['RUNNING', 'running'],
  ['COMPLETED', 'success'],
  ['FAILED', 'failed'],
  ['PARTIAL', 'partial'],
])
