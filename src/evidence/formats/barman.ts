import { componentOf, epochStamp, type Listed, listingRows, listingTool } from './backup-rows.ts'
import { wordOf } from './finding-rows.ts'
import type { DocumentContext, DocumentRow, DocumentTool } from './format.ts'
import { recordsOf, type Shape, shaped } from './shape.ts'
import { field, isObject, path } from './values.ts'

const BACKUP: Shape = {
  backup_id: 'text',
  status: 'text',
  backup_type: 'text',
  backup_name: 'text',
  end_time_timestamp: 'scalar',
  base_backup_information: { end_time_timestamp: 'scalar' },
  catalog_information: { parent_backup_id: 'text' },
}

/**
 * `barman -f json list-backup`: `{ SERVER: [{ backup_id, status, end_time_timestamp, … }] }`, and `show-backup`:
 * `{ SERVER: { backup_id, status, base_backup_information, catalog_information } }`.
 */
export const barman: DocumentTool = listingTool({
  name: 'barman',
  title: 'Barman backups (JSON)',
  notes: [
    'a listing does not tell its time: say it with --taken-at',
    'a backup is named SERVER/BACKUP_ID, since ids are of their server alone; it starts at the local time that its id is: say the zone of the Barman host with --tz',
    'only DONE is a success; WAITING_FOR_WALS still runs, since it can be restored only once all its WAL has come',
    'a component is the server; its name counts for one with values: { component: { SERVER: … } } in a --map file',
    'backups of the types rsync and snapshot are full ones; without a type the kind is not known',
    'on which backup an incremental one depends is told by show-backup alone',
    'list-backup is complete for the servers that it shows, show-backup proves no absence; servers without any backup are read only beside others',
    'retention_status is what Barman plans, not what it did',
  ],
  sources: {
    backup: 'backup_id',
    completed_at: 'end_time_timestamp',
    status: 'status',
    kind: 'backup_type',
    parent: 'catalog_information.parent_backup_id',
  },
  fits: document =>
    isObject(document) &&
    !OTHERS.some(key => key in document) &&
    Object.values(document).some(value => (Array.isArray(value) ? value.some(isBackup) : isBackup(value))),
  *rows(document, context) {
    const servers = isObject(document) ? document : {}
    const shape = Object.fromEntries(
      Object.entries(servers).map(([server, value]) => [server, Array.isArray(value) ? recordsOf(BACKUP) : BACKUP]),
    )
    yield* shaped({ ...barman, rows: serversIn }, shape).rows(document, context)
  },
})

function* serversIn(document: unknown, context: DocumentContext): Iterable<DocumentRow> {
  const report = Object(document)
  const listed: Listed[] = []
  for (const [server, value] of Object.entries(report)) {
    const component = componentOf([server], server, context)
    const complete = Array.isArray(value)
    const backups: readonly unknown[] = complete ? value : isObject(value) ? [value] : []
    for (const backup of backups) {
      const found = listedIn(backup, { server, component, report, complete })
      if ('row' in found) yield found
      else listed.push(found)
    }
    if (complete && value.length === 0) listed.push({ cells: { backup: '', component }, from: report, complete })
  }
  yield* listingRows(listed, context)
}

interface Holder {
  readonly server: string
  readonly component: string | undefined
  readonly report: object
  readonly complete: boolean
}

function listedIn(backup: unknown, { server, component, report, complete }: Holder): Listed | DocumentRow {
  const from = isObject(backup) ? backup : report
  const flaw = (problem: string, key: string): DocumentRow => ({ row: { problem, key }, from })
  const id = wordOf(field(backup, 'backup_id'))
  if (id === undefined) return flaw(`a backup of ${server} has no backup_id`, 'backup_id')
  const started_at = startIn(id)
  if (started_at === undefined) return flaw(`backup_id "${id}" is no time such as 20260501T040000`, 'backup_id')
  const word = wordOf(field(backup, 'status')) ?? ''
  const status = STATUSES.get(word)
  if (status === undefined) {
    return flaw(`status "${word}" of backup ${id}: expected ${[...STATUSES.keys()].join(', ')}`, 'status')
  }
  const ended = field(backup, 'end_time_timestamp') ?? path(backup, 'base_backup_information', 'end_time_timestamp')
  const completed_at = epochStamp(ended)
  if (status === 'success' && completed_at === undefined) {
    return flaw(`backup ${id} is DONE and has no end_time_timestamp in seconds since 1970`, 'end_time_timestamp')
  }
  const type = wordOf(field(backup, 'backup_type'))
  const kind = type === undefined ? undefined : (KINDS.get(type) ?? type)
  const parent = wordOf(path(backup, 'catalog_information', 'parent_backup_id'))
  const alone = kind === 'full' ? '' : undefined
  const cells = {
    backup: `${server}/${id}`,
    component,
    started_at,
    completed_at: status === 'success' ? completed_at : status === 'running' ? '' : undefined,
    status,
    kind,
    parent: parent === undefined ? alone : `${server}/${parent}`,
  }
  return { cells, from, complete }
}

function isBackup(one: unknown): boolean {
  const id = field(one, 'backup_id')
  return typeof id === 'string' && startIn(id) !== undefined && 'status' in Object(one)
}

/** `2026-05-01T04:00:00` of `20260501T040000`: an id is the local time at which its backup began. */
function startIn(id: string): string | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)$/.exec(id)
  if (parts === null) return undefined
  const [, year, month, day, hour, minute, second] = parts
  return `${year}-${month}-${day}T${hour}:${minute}:${second}`
}

const STATUSES: ReadonlyMap<string, string> = new Map([
  ['DONE', 'success'],
  ['FAILED', 'failed'],
  ['WAITING_FOR_WALS', 'running'],
  ['STARTED', 'running'],
  ['SYNCING', 'running'],
  ['EMPTY', 'running'],
])

// What Barman copies with rsync or as a snapshot of disks depends on no other backup.
const KINDS: ReadonlyMap<string, string> = new Map([
  ['rsync', 'full'],
  ['snapshot', 'full'],
])

// Lists of records of the language, and of barman-cloud, whose times are written otherwise.
const OTHERS: readonly string[] = ['records', 'backups_list']
