import { componentOf, type Listed, listingRows, listingTool } from './backup-rows.ts'
import { wordOf } from './finding-rows.ts'
import type { DocumentContext, DocumentRow, DocumentTool } from './format.ts'
import { type Shape, shaped } from './shape.ts'
import { field, isObject, path } from './values.ts'

const SNAPSHOT: Shape = {
  id: 'text',
  source: { host: 'text', userName: 'text', path: 'text' },
  description: 'text',
  startTime: 'text',
  endTime: 'text',
  incomplete: 'text',
  rootEntry: { summ: { numFailed: 'number', numIgnoredErrors: 'number' } },
  stats: { errorCount: 'number', ignoredErrorCount: 'number' },
  tags: 'object',
}

/** `kopia snapshot list --all --json`: `[{ id, source: { host, userName, path }, startTime, endTime, incomplete, … }]`. */
export const kopia: DocumentTool = listingTool(
  shaped(
    {
      name: 'kopia',
      title: 'Kopia snapshots (JSON)',
      notes: [
        'a listing tells neither its time nor its repository: say the time with --taken-at, the place with set: { location: … } in a --map file, for each repository its own',
        'it is taken as complete for the components and sources that it shows; one with a single snapshot for each source may come of --max-results and proves no absence',
        'an incomplete snapshot (a checkpoint, or one that was stopped) is partial, and so is one with files that could not be read; with ignored errors it has warnings',
        'a component is the tag, source, path or host that a clause names in its of, else the path',
        'every snapshot can be restored alone',
        'retentionReason is what the policy says, not what it did; pins hold against it',
      ],
      narrowed: '--max-results',
      sources: {
        backup: 'id',
        component: 'source',
        started_at: 'startTime',
        completed_at: 'endTime',
        status: 'incomplete',
      },
      fits: document => isSnapshot(Array.isArray(document) ? document[0] : undefined),
      *rows(document, context) {
        const snapshots: readonly unknown[] = Array.isArray(document) ? document : []
        const top = snapshots.find(isObject) ?? {}
        const one = new Set(snapshots.map(sourceOf)).size === snapshots.length
        if (one && context.takenAt !== undefined) {
          context.warn(
            'one-each',
            'the listing shows one snapshot for each source, as with --max-results: what is missing in it proves nothing',
            'give the whole listing; if this is it, say so with set: { complete: yes } in a --map file',
          )
        }
        const listed: Listed[] = []
        for (const snapshot of snapshots) {
          const found = listedIn(snapshot, top, !one, context)
          if ('row' in found) yield found
          else listed.push(found)
        }
        yield* listingRows(listed, context)
      },
    },
    {},
    SNAPSHOT,
  ),
)

function isSnapshot(one: unknown): boolean {
  return isObject(one) && 'id' in one && 'startTime' in one && field(field(one, 'source'), 'userName') !== undefined
}

/** `root@shop:/srv/files`. */
function sourceOf(snapshot: unknown): string {
  const [user, host, place] = ['userName', 'host', 'path'].map(key => wordOf(path(snapshot, 'source', key)) ?? '')
  return `${user}@${host}:${place}`
}

function listedIn(snapshot: unknown, top: object, complete: boolean, context: DocumentContext): Listed | DocumentRow {
  const from = isObject(snapshot) ? snapshot : top
  const flaw = (problem: string, key: string): DocumentRow => ({ row: { problem, key }, from })
  const backup = wordOf(field(snapshot, 'id'))
  if (backup === undefined) return flaw('this is no snapshot: it has no id', 'id')
  const place = wordOf(path(snapshot, 'source', 'path'))
  if (place === undefined) return flaw(`snapshot ${backup} has no source with a path`, 'source')
  const started_at = stampIn(snapshot, 'startTime')
  if (started_at === undefined) return flaw(`snapshot ${backup} has no startTime`, 'startTime')
  const tags = Object.values(Object(field(snapshot, 'tags')))
  if (!tags.every(tag => typeof tag === 'string')) return flaw('tags holds something else than texts', 'tags')
  const texts = [
    ...tags,
    sourceOf(snapshot),
    place,
    wordOf(path(snapshot, 'source', 'host')),
    wordOf(field(snapshot, 'description')),
  ]
  const cells = {
    backup,
    component: componentOf(texts, place, context),
    started_at,
    completed_at: stampIn(snapshot, 'endTime'),
    status: statusOf(snapshot),
    parent: '',
  }
  return { cells, from, complete, scope: sourceOf(snapshot) }
}

/** Files that could not be read are missing in it, as with any other partial backup. */
function statusOf(snapshot: unknown): string {
  const count = (...keys: readonly string[]): number => Number(path(snapshot, ...keys) ?? 0)
  if (wordOf(field(snapshot, 'incomplete')) !== undefined) return 'partial'
  if (count('rootEntry', 'summ', 'numFailed') > 0 || count('stats', 'errorCount') > 0) return 'partial'
  const ignored = count('rootEntry', 'summ', 'numIgnoredErrors') + count('stats', 'ignoredErrorCount')
  return ignored > 0 ? 'warning' : 'success'
}

function stampIn(snapshot: unknown, key: string): string | undefined {
  const stamp = wordOf(field(snapshot, key))
  return stamp?.startsWith('0001-01-01') ? undefined : stamp
}
