import { componentOf, type Listed, listingRows, listingTool, textsIn } from './backup-rows.ts'
import { wordOf } from './finding-rows.ts'
import type { DocumentContext, DocumentRow, DocumentTool } from './format.ts'
import { recordsOf, type Shape, shaped } from './shape.ts'
import { field, isObject, list, path } from './values.ts'

const SNAPSHOT: Shape = {
  time: 'text',
  id: 'text',
  original: 'text',
  hostname: 'text',
  paths: 'list',
  tags: 'list',
  summary: { backup_end: 'text' },
}

/**
 * `restic snapshots --json`, grouped or not: `[{ time, id, short_id, hostname, paths, tags, original, summary }]`, and
 * `restic forget --json`: `[{ tags, host, paths, keep, remove, reasons }]`, of which keep and remove together are what
 * was there when it ran.
 */
export const restic: DocumentTool = listingTool(
  shaped(
    {
      name: 'restic',
      title: 'restic snapshots (JSON)',
      notes: [
        'a listing tells neither its time nor its repository: say the time with --taken-at, the place with set: { location: … } in a --map file, for each repository its own',
        'it is taken as complete for the components, hosts and paths that it shows, also when made with --tag; one with a single snapshot for each host and paths may come of --latest and proves no absence',
        'a component is the tag, path or host that a clause names in its of, else the paths',
        'what forget removes was there until then; whether it was removed is not told, a dry run looks the same: it shows in the next listing',
        'parent is no dependency: every snapshot can be restored alone',
        'when a snapshot was complete is told since restic 0.17, and not of those that were tagged, rewritten or copied later',
        'a run that could not read some files leaves a snapshot like any other',
        'without a time, snapshots that were tagged, rewritten or copied later are left out',
      ],
      narrowed: '--tag or --latest',
      sources: {
        backup: 'id',
        original: 'original',
        component: 'paths',
        started_at: 'time',
        completed_at: 'summary.backup_end',
      },
      fits: document => {
        const first = Array.isArray(document) ? document[0] : undefined
        return isSnapshot(first) || isGroup(first) || isPlan(first)
      },
      *rows(document, context) {
        const elements: readonly unknown[] = Array.isArray(document) ? document : []
        const top = elements.find(isObject) ?? {}
        const snapshots = elements.flatMap(one => snapshotsIn(one, top))
        const listed: Listed[] = []
        const one = elements.some(isPlan) ? false : isNewestAlone(snapshots)
        for (const { snapshot, holder } of snapshots) {
          const found = listedIn(snapshot, holder, !one, context)
          if ('row' in found) yield found
          else listed.push(found)
        }
        if (one) {
          context.warn(
            'one-each',
            'the listing shows one snapshot for each host and paths, as with --latest: what is missing in it proves nothing',
            'give the whole listing; if this is it, say so with set: { complete: yes } in a --map file',
          )
        }
        yield* listingRows(listed, context)
      },
    },
    {},
    {
      ...SNAPSHOT,
      snapshots: recordsOf(SNAPSHOT),
      keep: recordsOf(SNAPSHOT),
      remove: recordsOf(SNAPSHOT),
    },
  ),
)

interface Found {
  readonly snapshot: unknown
  readonly holder: object
}

function isSnapshot(one: unknown): boolean {
  return isObject(one) && 'time' in one && 'tree' in one && ('short_id' in one || 'paths' in one)
}

function isGroup(one: unknown): boolean {
  return isObject(one) && 'group_key' in one && 'snapshots' in one
}

/** Of `forget`. */
function isPlan(one: unknown): boolean {
  return isObject(one) && ['tags', 'host', 'paths', 'keep'].every(key => key in one)
}

function snapshotsIn(one: unknown, top: object): readonly Found[] {
  const holder = isObject(one) ? one : top
  const inside = isGroup(one) ? ['snapshots'] : isPlan(one) ? ['keep', 'remove'] : undefined
  if (inside === undefined) return [{ snapshot: one, holder }]
  return inside.flatMap(key => list(one, key) ?? []).map(snapshot => ({ snapshot, holder }))
}

function listedIn(snapshot: unknown, holder: object, complete: boolean, context: DocumentContext) {
  const from = isObject(snapshot) ? snapshot : holder
  const flaw = (problem: string, key?: string): DocumentRow => ({
    row: { problem, ...(key === undefined ? {} : { key }) },
    from,
  })
  const backup = wordOf(field(snapshot, 'id'))
  if (backup === undefined) return flaw('this is no snapshot: it has no id', 'id')
  const started_at = wordOf(field(snapshot, 'time'))
  if (started_at === undefined) return flaw('a snapshot has no time', 'time')
  const paths = textsIn(field(snapshot, 'paths'))
  if (paths === undefined || paths.length === 0) return flaw('paths has no list of texts', 'paths')
  const tags = textsIn(field(snapshot, 'tags'))
  if (tags === undefined) return flaw('tags holds something else than texts', 'tags')
  const whole = paths.join(',')
  const original = wordOf(field(snapshot, 'original'))
  const texts = [...tags, whole, ...paths, wordOf(field(snapshot, 'hostname'))]
  const cells = {
    backup,
    original: original ?? '',
    component: componentOf(texts, whole, context),
    started_at,
    // Of a snapshot that was copied it is when the original was complete, not when it came to be here.
    completed_at: original === undefined ? wordOf(path(snapshot, 'summary', 'backup_end')) : undefined,
    parent: '',
  }
  return { cells, from, complete, scope: `${wordOf(field(snapshot, 'hostname')) ?? ''} ${whole}` } satisfies Listed
}

/** Whether of each host and paths there is one snapshot and no more. */
function isNewestAlone(snapshots: readonly Found[]): boolean {
  const groups = new Set(
    snapshots.map(({ snapshot }) => JSON.stringify([field(snapshot, 'hostname'), field(snapshot, 'paths')])),
  )
  return groups.size === snapshots.length
}
