import { awsStamp, holds, JOB, resourceOf, timesOf } from './aws-backup.ts'
import { goesOn, logTool } from './backup-rows.ts'
import { wordOf } from './finding-rows.ts'
import type { DocumentContext, DocumentRow, DocumentTool } from './format.ts'
import { recordsOf, shaped } from './shape.ts'
import { field, isObject, list, path, row, text } from './values.ts'

/** `aws backup list-restore-jobs`: `{ RestoreJobs: [{ RestoreJobId, Status, ValidationStatus, CreatedBy, … }] }`. */
export const awsRestoreJobs: DocumentTool = logTool(
  shaped(
    {
      name: 'aws-restore-jobs',
      title: 'AWS Backup restore jobs (JSON)',
      notes: [
        'AWS does not list old jobs: export them often',
        'a restore is a test if a restore testing plan made it; what others were for is not told: say it with set: { purpose: real } in a --map file',
        'COMPLETED passes unless its validation failed; with one that runs or timed out the outcome is not known',
        'a restore that was stopped says nothing of its backup; one that failed says that its backup could not be restored',
        'the state restored to and the scope are not told',
      ],
      sources: {
        id: 'RestoreJobId',
        started_at: 'CreationDate',
        completed_at: 'CompletionDate',
        component: 'SourceResourceArn',
        backup: 'RecoveryPointArn',
        outcome: 'Status',
        purpose: 'CreatedBy.RestoreTestingPlanArn',
        resource_type: 'ResourceType',
      },
      fits: document => holds(document, 'RestoreJobs', 'RestoreJobId'),
      *rows(document, context) {
        yield* goesOn(document)
        for (const job of list(document, 'RestoreJobs') ?? []) yield restoreIn(job, Object(document), context)
      },
    },
    {
      NextToken: 'text',
      RestoreJobs: recordsOf({
        ...JOB,
        RestoreJobId: 'text',
        Status: 'text',
        ValidationStatus: 'text',
        SourceResourceArn: 'text',
        CreatedBy: { RestoreTestingPlanArn: 'text' },
      }),
    },
  ),
)

function restoreIn(job: unknown, top: object, context: DocumentContext): DocumentRow {
  const from = isObject(job) ? job : top
  const flaw = (problem: string, key: string): DocumentRow => ({ row: { problem, key }, from })
  const id = wordOf(field(job, 'RestoreJobId'))
  if (id === undefined) return flaw('this is no restore job: it has no RestoreJobId', 'RestoreJobId')
  if (awsStamp(field(job, 'CreationDate')) === undefined) {
    return flaw(`restore job ${id} has no CreationDate`, 'CreationDate')
  }
  const status = wordOf(field(job, 'Status')) ?? ''
  const ended = OUTCOMES.get(status)
  if (ended === undefined) {
    const expected = [...OUTCOMES.keys()].join(', ')
    return flaw(`restore job ${id} has the status "${status}": expected one of ${expected}`, 'Status')
  }
  const validation = wordOf(field(job, 'ValidationStatus'))
  const validated = validation === undefined ? 'passed' : VALIDATIONS.get(validation)
  if (validated === undefined) {
    const expected = [...VALIDATIONS.keys()].join(', ')
    return flaw(
      `the validation of restore job ${id} is "${validation}": expected one of ${expected}`,
      'ValidationStatus',
    )
  }
  const plan = wordOf(path(job, 'CreatedBy', 'RestoreTestingPlanArn'))
  const cells = {
    id,
    ...timesOf(job, ended === ''),
    component: resourceOf(job, field(job, 'SourceResourceArn'), context),
    backup: status === 'ABORTED' ? '?' : (wordOf(field(job, 'RecoveryPointArn')) ?? '?'),
    purpose: plan === undefined ? undefined : 'test',
    source: 'backup',
    outcome: ended === 'passed' ? validated : ended,
    resource_type: text(field(job, 'ResourceType')),
  }
  return { row: row('restore', cells), from }
}

/** A blank: it has not ended. */
const OUTCOMES: ReadonlyMap<string, string> = new Map([
  ['PENDING', ''],
  ['RUNNING', ''],
  ['COMPLETED', 'passed'],
  ['ABORTED', 'failed'],
  ['FAILED', 'failed'],
])

const VALIDATIONS: ReadonlyMap<string, string> = new Map([
  ['SUCCESSFUL', 'passed'],
  ['FAILED', 'failed'],
  ['TIMED_OUT', '?'],
  ['VALIDATING', '?'],
])
