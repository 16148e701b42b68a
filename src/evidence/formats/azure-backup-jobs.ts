import { kindIn, property, recordsIn, topOf } from './azure-backup.ts'
import { componentOf, goesOn, logTool } from './backup-rows.ts'
import { wordOf } from './finding-rows.ts'
import type { DocumentContext, DocumentRow, DocumentTool, LeftOut } from './format.ts'
import { recordsOf, type Shape, shaped } from './shape.ts'
import { field, isObject, row } from './values.ts'

const NO_BACKUP: LeftOut = { leftOut: 'backup' }

const JOB: Shape = {
  name: 'text',
  properties: {
    operation: 'text',
    operationCategory: 'text',
    status: 'text',
    startTime: 'text',
    endTime: 'text',
    entityFriendlyName: 'text',
    backupInstanceFriendlyName: 'text',
    dataSourceName: 'text',
    containerName: 'text',
  },
}

/**
 * `az backup job list`, `az dataprotection job list`, and the REST API: `[{ id, name, properties: { operation, status,
 * startTime, endTime, entityFriendlyName, … } }]`.
 */
export const azureBackupJobs: DocumentTool = logTool(
  shaped(
    {
      name: 'azure-backup-jobs',
      title: 'Azure Backup jobs (JSON)',
      notes: [
        'it is taken as complete for the components that it shows: made without --status and --operation, for all the time since its first job',
        'a job does not name the recovery point that it made, nor its vault: jobs prove when backups were made, recovery points what is kept; give each to clauses of their own, with where: { job_operation: Backup } for jobs',
        'Completed is a success, CompletedWithWarnings has warnings, Cancelled failed',
        'jobs of another operation than a backup or restore are left out, deletions of backup data too',
        'what a restore was for and from which backup it was is not told; of one with warnings the outcome is not known',
        'a component is the friendly name or the container that a clause names in its of, else the friendly name',
      ],
      sources: {
        id: 'name',
        component: 'properties.entityFriendlyName',
        started_at: 'properties.startTime',
        completed_at: 'properties.endTime',
        status: 'properties.status',
        outcome: 'properties.status',
        job_operation: 'properties.operation',
      },
      fits: document => isJob(recordsIn(document)?.[0]),
      *rows(document, context) {
        yield* goesOn(document)
        const top = topOf(document)
        for (const job of recordsIn(document) ?? []) yield jobIn(job, top, context)
      },
    },
    { nextLink: 'text', value: recordsOf(JOB) },
    JOB,
  ),
)

function isJob(one: unknown): boolean {
  return (
    wordOf(field(one, 'type'))?.toLowerCase().endsWith('/backupjobs') === true && isObject(field(one, 'properties'))
  )
}

function jobIn(job: unknown, top: object, context: DocumentContext): DocumentRow {
  if (!isObject(job)) return { row: { problem: NO_JOB }, from: top }
  const from = job
  const flaw = (problem: string, key: string): DocumentRow => ({ row: { problem, key }, from })
  const id = wordOf(field(job, 'name'))
  if (id === undefined || !isJob(job)) return flaw(NO_JOB, 'name')
  const operation = wordOf(property(job, 'operation'))
  const category = wordOf(property(job, 'operationCategory')) ?? operation
  if (operation === undefined || category === undefined) return flaw(`job ${id} has no operation`, 'properties')
  const isBackup = /^backup\b/i.test(category)
  if (!isBackup && !/^(?:cross ?region ?)?restore\b/i.test(category)) return { row: NO_BACKUP, from }
  const word = wordOf(property(job, 'status')) ?? ''
  const status = STATUSES.get(word.replaceAll(' ', '').toLowerCase())
  if (status === undefined) {
    const expected = 'Completed, CompletedWithWarnings, Failed, Cancelled, Cancelling, InProgress'
    return flaw(`job ${id} has the status "${word}": expected one of ${expected}`, 'properties')
  }
  const started_at = wordOf(property(job, 'startTime'))
  if (started_at === undefined) return flaw(`job ${id} has no startTime`, 'properties')
  const names = ['entityFriendlyName', 'backupInstanceFriendlyName', 'dataSourceName', 'containerName'].map(key =>
    wordOf(property(job, key)),
  )
  const times = {
    id,
    component: componentOf(
      names,
      names.find(name => name !== undefined),
      context,
    ),
    started_at,
    completed_at: status === 'running' ? '' : wordOf(property(job, 'endTime')),
  }
  if (!isBackup) return { row: row('restore', { ...times, source: 'backup', outcome: OUTCOMES[status] }), from }
  const kind = kindIn(operation)
  const parent = kind === undefined || kind === 'full' ? '' : undefined
  return { row: row('backup', { ...times, status, kind, parent, provider: 'azure', job_operation: operation }), from }
}

const NO_JOB = 'this is no job: it has no name, type and properties'

type Status = 'running' | 'success' | 'warning' | 'failed'

const STATUSES: ReadonlyMap<string, Status> = new Map([
  ['inprogress', 'running'],
  ['cancelling', 'running'],
  ['completed', 'success'],
  ['completedwithwarnings', 'warning'],
  ['failed', 'failed'],
  ['cancelled', 'failed'],
])

const OUTCOMES: Readonly<Record<Status, string>> = { running: '', success: 'passed', warning: '?', failed: 'failed' }
