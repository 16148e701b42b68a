import { componentOf, epochStamp, type Listed, listingRows, listingTool, NO_INVENTORY } from './backup-rows.ts'
import { wordOf } from './finding-rows.ts'
import type { DocumentContext, DocumentRow, DocumentTool } from './format.ts'
import { listOf, recordsOf, shaped } from './shape.ts'
import { field, isObject, list, path } from './values.ts'

/**
 * `pgbackrest info --output=json`: `[{ name, backup: [{ label, type, prior, timestamp: { start, stop }, error,
 * database: { repo-key } }], repo: [{ key, status }], status }]`.
 */
export const pgbackrest: DocumentTool = listingTool(
  shaped(
    {
      name: 'pgbackrest',
      title: 'pgBackRest info (JSON)',
      notes: [
        'a listing does not tell its time: say it with --taken-at',
        'a backup is named STANZA/LABEL, since labels are of their stanza alone; repositories are the locations repo1, repo2 …',
        'a component is the stanza; its name counts for one with values: { component: { STANZA: … } } in a --map file',
        'a backup depends on its prior one in the same repository',
        'an error of a backup is one of page checksums: the backup is there, with warnings',
        'backups that failed or still run are not listed',
        'the range of archived WAL has no times: it is no recovery point',
      ],
      sources: {
        backup: 'label',
        component: 'name',
        location: 'repo-key',
        started_at: 'timestamp.start',
        completed_at: 'timestamp.stop',
        kind: 'type',
        parent: 'prior',
        status: 'error',
      },
      fits: document => {
        const first = Array.isArray(document) ? document[0] : undefined
        return Array.isArray(field(first, 'backup')) && Array.isArray(field(first, 'archive'))
      },
      *rows(document, context) {
        const stanzas: readonly unknown[] = Array.isArray(document) ? document : []
        const top = stanzas.find(isObject) ?? {}
        const listed: Listed[] = []
        for (const stanza of stanzas) {
          for (const found of stanzaIn(stanza, top, context)) {
            if ('row' in found) yield found
            else listed.push(found)
          }
        }
        yield* listingRows(listed, context)
      },
    },
    {},
    {
      name: 'text',
      status: { code: 'number' },
      repo: listOf({ key: 'number', status: { code: 'number' } }),
      backup: recordsOf({
        label: 'text',
        type: 'text',
        prior: 'text',
        error: 'flag',
        timestamp: { start: 'number', stop: 'number' },
        database: { 'repo-key': 'number' },
      }),
    },
  ),
)

function* stanzaIn(stanza: unknown, top: object, context: DocumentContext): Iterable<Listed | DocumentRow> {
  const holder = isObject(stanza) ? stanza : top
  const flaw = (problem: string, key: string): DocumentRow => ({ row: { problem, key }, from: holder })
  const name = wordOf(field(stanza, 'name'))
  if (name === undefined) return yield flaw('this is no stanza: it has no name', 'name')
  const backups = list(stanza, 'backup')
  if (backups === undefined) return yield flaw(`stanza ${name} has no list of backups`, 'backup')
  const component = componentOf([name], name, context)
  // `info --set` shows one backup, with the databases in it.
  const narrowed = backups.some(one => isObject(one) && 'database-ref' in one)
  const repos = reposOf(stanza)
  const held = new Set<string | undefined>()
  for (const backup of backups) {
    const key = keyOf(path(backup, 'database', 'repo-key'))
    held.add(key)
    const complete = !narrowed && repos.get(key) === true
    yield listedIn(backup, { name, component, holder, complete, key })
  }
  if (narrowed) return warnNarrow(context)
  const unread = [...repos].filter(([, read]) => !read).map(([key]) => placeOf(key) ?? 'its repository')
  if (unread.length > 0) {
    const message = `pgBackRest could not read stanza ${name} in ${unread.join(' and ')}`
    context.warn('unread-repository', `${message}: what is missing there proves nothing`)
    yield { row: NO_INVENTORY, from: holder }
  }
  for (const [key, read] of repos) {
    if (!read || held.has(key)) continue
    yield { cells: { backup: '', component, location: placeOf(key) }, from: holder, complete: true }
  }
}

function warnNarrow(context: DocumentContext): void {
  if (context.takenAt === undefined) return
  const message = 'pgbackrest info --set shows the backup that it was asked for: what is missing in it proves nothing'
  context.warn('one-each', message, 'give pgbackrest info --output=json without --set')
}

interface Holder {
  readonly name: string
  readonly component: string | undefined
  readonly holder: object
  readonly complete: boolean
  readonly key: string | undefined
}

function listedIn(backup: unknown, { name, component, holder, complete, key }: Holder): Listed | DocumentRow {
  const from = isObject(backup) ? backup : holder
  const flaw = (problem: string, at: string): DocumentRow => ({ row: { problem, key: at }, from })
  const label = wordOf(field(backup, 'label'))
  if (label === undefined) return flaw(`a backup of ${name} has no label`, 'label')
  const times = field(backup, 'timestamp')
  const [started_at, completed_at] = [epochStamp(field(times, 'start')), epochStamp(field(times, 'stop'))]
  if (started_at === undefined || completed_at === undefined) {
    return flaw(`backup ${label} has no timestamp with start and stop in seconds since 1970`, 'timestamp')
  }
  const type = wordOf(field(backup, 'type')) ?? ''
  const kind = KINDS.get(type)
  if (kind === undefined) return flaw(`backup ${label} is of type "${type}": expected full, diff or incr`, 'type')
  const prior = wordOf(field(backup, 'prior'))
  if (kind !== 'full' && prior === undefined) return flaw(`backup ${label} is ${kind} and names no prior one`, 'prior')
  const cells = {
    backup: `${name}/${label}`,
    component,
    location: placeOf(key),
    started_at,
    completed_at,
    status: field(backup, 'error') === true ? 'warning' : 'success',
    kind,
    parent: prior === undefined ? '' : `${name}/${prior}`,
  }
  return { cells, from, complete }
}

const KINDS: ReadonlyMap<string, string> = new Map([
  ['full', 'full'],
  ['diff', 'differential'],
  ['incr', 'incremental'],
])

/** Repositories by key, and whether they could be read; of versions that know one repository it has no key. */
function reposOf(stanza: unknown): ReadonlyMap<string | undefined, boolean> {
  const repos = list(stanza, 'repo')
  if (repos === undefined) return new Map([[undefined, isRead(stanza)]])
  return new Map(repos.map(repo => [keyOf(field(repo, 'key')), isRead(repo)]))
}

/** Status 0 is fine, 2 says that there is no valid backup. */
function isRead(one: unknown): boolean {
  const code = Number(path(one, 'status', 'code') ?? Number.NaN)
  return code === 0 || code === 2
}

function keyOf(value: unknown): string | undefined {
  return typeof value === 'number' || (typeof value === 'string' && value !== '') ? String(value) : undefined
}

function placeOf(key: string | undefined): string | undefined {
  return key === undefined ? undefined : `repo${key}`
}
