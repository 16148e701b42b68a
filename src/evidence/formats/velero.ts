import { componentOf, emptyListing, type Listed, listingRows, listingTool, textsIn } from './backup-rows.ts'
import { wordOf } from './finding-rows.ts'
import type { DocumentContext, DocumentRow, DocumentTool } from './format.ts'
import { recordsOf, type Shape, shaped } from './shape.ts'
import { field, isObject, list, path } from './values.ts'

const BACKUP: Shape = {
  metadata: { name: 'text', labels: 'object' },
  spec: { includedNamespaces: 'list', storageLocation: 'text' },
  status: {
    phase: 'text',
    startTimestamp: 'text',
    completionTimestamp: 'text',
    expiration: 'text',
    errors: 'number',
    failureReason: 'text',
    validationErrors: 'list',
  },
}

/**
 * `velero backup get -o json`, or `kubectl get backups.velero.io -o json`: a BackupList or List of Backups of
 * velero.io/v1, `{ metadata: { name, labels }, spec: { storageLocation }, status: { phase, startTimestamp, … } }`; one
 * Backup alone too.
 */
export const velero: DocumentTool = listingTool(
  shaped(
    {
      name: 'velero',
      title: 'Velero backups (JSON)',
      notes: [
        'a listing does not tell its time: say it with --taken-at',
        'it is taken as complete for the components and storage locations that it shows; one backup asked for by its name proves no absence',
        'a backup is named by its name, which is of its cluster alone: schedules of several clusters need names of their own',
        'PartiallyFailed is partial; Completed with warnings in its log is a success',
        'a backup that is being deleted is still there and as good as it was made',
        'expires_at is what its time to live plans, from its start on, not what was done',
        'a component is the schedule, the name, the name without the digits at its end or a namespace that a clause names in its of, else the schedule or the name without those digits',
      ],
      sources: {
        backup: 'metadata.name',
        component: 'metadata.labels',
        location: 'spec.storageLocation',
        started_at: 'status.startTimestamp',
        completed_at: 'status.completionTimestamp',
        status: 'status.phase',
        expires_at: 'status.expiration',
      },
      fits: document => {
        if (isBackup(document)) return true
        const kind = field(document, 'kind')
        const items = list(document, 'items')
        if (items === undefined) return false
        return kind === 'BackupList' ? isVelero(document) : kind === 'List' && isBackup(items[0])
      },
      *rows(document, context) {
        const report = Object(document)
        const alone = isBackup(document)
        const backups: readonly unknown[] = alone ? [document] : (list(document, 'items') ?? [])
        const goesOn = wordOf(path(document, 'metadata', 'continue')) !== undefined
        if ((alone || goesOn) && context.takenAt !== undefined) {
          const what = alone ? 'shows one backup that it was asked for' : 'goes on after this file'
          context.warn(
            'narrow-listing',
            `the listing ${what}: what is missing in it proves nothing`,
            'list all backups',
          )
        }
        if (backups.length === 0) yield emptyListing(report, 'storage location', context)
        const listed: Listed[] = []
        for (const backup of backups) {
          const found = listedIn(backup, report, !alone && !goesOn, context)
          if ('row' in found) yield found
          else listed.push(found)
        }
        yield* listingRows(listed, context)
      },
    },
    { ...BACKUP, items: recordsOf(BACKUP) },
  ),
)

function isVelero(one: unknown): boolean {
  return wordOf(field(one, 'apiVersion'))?.startsWith('velero.io/') === true
}

function isBackup(one: unknown): boolean {
  return field(one, 'kind') === 'Backup' && isVelero(one)
}

function listedIn(backup: unknown, report: object, complete: boolean, context: DocumentContext): Listed | DocumentRow {
  const from = isObject(backup) ? backup : report
  const flaw = (problem: string, key: string): DocumentRow => ({ row: { problem, key }, from })
  const name = wordOf(path(backup, 'metadata', 'name'))
  if (name === undefined) return flaw('this is no backup: it has no metadata with a name', 'metadata')
  if (!isBackup(backup)) return flaw(`${name} is no Backup of velero.io`, 'kind')
  const word = wordOf(path(backup, 'status', 'phase')) ?? 'New'
  const status = word === 'Deleting' ? statusBefore(backup) : PHASES.get(word)
  if (status === undefined) {
    const expected = [...PHASES.keys(), 'Deleting'].join(', ')
    return flaw(`backup ${name} is in the phase "${word}": expected one of ${expected}`, 'status')
  }
  const started_at = wordOf(path(backup, 'status', 'startTimestamp'))
  if (started_at === undefined && (status === 'success' || status === 'partial')) {
    return flaw(`backup ${name} is ${word} and has no startTimestamp`, 'status')
  }
  const namespaces = textsIn(path(backup, 'spec', 'includedNamespaces'))
  if (namespaces === undefined) return flaw('includedNamespaces holds something else than texts', 'spec')
  const schedule = wordOf(path(backup, 'metadata', 'labels', 'velero.io/schedule-name'))
  const series = seriesOf(name)
  const cells = {
    backup: name,
    component: componentOf([schedule, name, series, ...namespaces], schedule ?? series, context),
    location: wordOf(path(backup, 'spec', 'storageLocation')),
    started_at,
    completed_at: status === 'running' ? '' : wordOf(path(backup, 'status', 'completionTimestamp')),
    status,
    parent: '',
    expires_at: wordOf(path(backup, 'status', 'expiration')),
  }
  return { cells, from, complete }
}

/** `shop-daily` of `shop-daily-20260301030000`. */
function seriesOf(name: string): string {
  const series = name.replace(/[-.]\d+$/, '')
  return series === '' ? name : series
}

/** How a backup ended that is being deleted. */
function statusBefore(backup: unknown): string {
  const isThere = (key: string): boolean => wordOf(path(backup, 'status', key)) !== undefined
  if (isThere('failureReason') || (list(backup, 'status', 'validationErrors') ?? []).length > 0) return 'failed'
  if (!isThere('startTimestamp') || !isThere('completionTimestamp')) return '?'
  return Number(path(backup, 'status', 'errors') ?? 0) > 0 ? 'partial' : 'success'
}

/** Of one that Velero has not looked at yet it is not set. */
const PHASES: ReadonlyMap<string, string> = new Map([
  ['New', 'running'],
  ['Queued', 'running'],
  ['ReadyToStart', 'running'],
  ['InProgress', 'running'],
  ['WaitingForPluginOperations', 'running'],
  ['WaitingForPluginOperationsPartiallyFailed', 'running'],
  ['Finalizing', 'running'],
  ['FinalizingPartiallyFailed', 'running'],
  ['Completed', 'success'],
  ['PartiallyFailed', 'partial'],
  ['Failed', 'failed'],
  ['FailedValidation', 'failed'],
])
