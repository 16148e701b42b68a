import { componentOf, type Listed, listingRows, listingTool } from './backup-rows.ts'
import { wordOf } from './finding-rows.ts'
import type { DocumentContext, DocumentRow, DocumentTool } from './format.ts'
import { type Shape, shaped } from './shape.ts'
import { field, isObject, text } from './values.ts'

const BACKUP: Shape = {
  backup_name: 'text',
  time: 'text',
  start_time: 'text',
  finish_time: 'text',
  storage_name: 'text',
  hostname: 'text',
  system_identifier: 'scalar',
  is_permanent: 'flag',
}

/**
 * `wal-g backup-list --detail --json` of PostgreSQL: `[{ backup_name, start_time, finish_time, storage_name, hostname,
 * system_identifier, … }]`; without `--detail` it has names and times of objects alone.
 */
export const walg: DocumentTool = listingTool(
  shaped(
    {
      name: 'wal-g',
      title: 'WAL-G backups of PostgreSQL (JSON)',
      notes: [
        'a listing does not tell its time: say it with --taken-at',
        'without --detail it tells neither when a backup started and ended nor of which cluster it is, and proves no absence: its time is when the object was last changed, which copying changes too',
        'a backup is named SYSTEM_IDENTIFIER/NAME, since names are of their cluster alone',
        'a delta (_D_) depends on the backup whose WAL its name tells; one that is not in the listing is not known',
        'a backup of which WAL-G lost the metadata has neither times nor a known status; others that are listed are complete',
        'a component is the host or the user data that a clause names in its of, else the host',
        'the location is the storage; default is one of its own in each configuration: tell them apart with values: { location: { default: … } } in a --map file',
      ],
      sources: {
        backup: 'backup_name',
        component: 'hostname',
        location: 'storage_name',
        started_at: 'start_time',
        completed_at: 'finish_time',
        is_permanent: 'is_permanent',
      },
      fits: document => {
        const first = Array.isArray(document) ? document[0] : undefined
        return isObject(first) && 'backup_name' in first && 'wal_file_name' in first
      },
      *rows(document, context) {
        const backups: readonly unknown[] = Array.isArray(document) ? document : []
        const top = backups.find(isObject) ?? {}
        const detailed = backups.some(one => isObject(one) && 'start_time' in one)
        if (!detailed && context.takenAt !== undefined) {
          const message = 'the listing was made without --detail: what is missing in it proves nothing'
          context.warn('no-detail', message, 'list them with wal-g backup-list --detail --json')
        }
        const names = new Set(backups.flatMap(one => wordOf(field(one, 'backup_name')) ?? []))
        const systems = new Set(backups.flatMap(one => wordOf(text(field(one, 'system_identifier'))) ?? []))
        const [only] = systems.size === 1 ? systems : []
        const listed: Listed[] = []
        for (const backup of backups) {
          const found = listedIn(backup, { names, only, top, complete: detailed }, context)
          if ('row' in found) yield found
          else listed.push(found)
        }
        yield* listingRows(listed, context)
      },
    },
    {},
    BACKUP,
  ),
)

interface Holder {
  /** Of all backups in the file. */
  readonly names: ReadonlySet<string>
  /** The one cluster that the file tells of. */
  readonly only: string | undefined
  readonly top: object
  readonly complete: boolean
}

function listedIn(backup: unknown, { names, only, top, complete }: Holder, context: DocumentContext) {
  const from = isObject(backup) ? backup : top
  const name = wordOf(field(backup, 'backup_name'))
  if (name === undefined) {
    return { row: { problem: 'this is no backup: it has no backup_name', key: 'backup_name' }, from } as DocumentRow
  }
  const system = wordOf(text(field(backup, 'system_identifier'))) ?? only
  const idOf = (one: string): string => (system === undefined ? one : `${system}/${one}`)
  const started_at = stampIn(backup, 'start_time')
  const host = wordOf(field(backup, 'hostname'))
  const base = DELTA.exec(name)?.[1]
  const cells = {
    backup: idOf(name),
    component: componentOf([host, wordOf(field(backup, 'user_data'))], host, context),
    location: wordOf(field(backup, 'storage_name')),
    started_at,
    completed_at: stampIn(backup, 'finish_time'),
    status: complete && started_at === undefined ? '?' : 'success',
    kind: base === undefined ? 'full' : 'incremental',
    parent: base === undefined ? '' : idOf(parentIn(base, names)),
    is_permanent: text(field(backup, 'is_permanent')),
  }
  return { cells, from, complete } satisfies Listed
}

/** `base_B`, or the delta `base_B_D_A`, for the WAL `B`. */
function parentIn(wal: string, names: ReadonlySet<string>): string {
  const full = `base_${wal}`
  if (names.has(full)) return full
  return [...names].find(name => name.startsWith(`${full}_D_`)) ?? full
}

const DELTA = /^base_[^_]+_D_([^_]+)$/

/** The first year is what Go writes for none. */
function stampIn(backup: unknown, key: string): string | undefined {
  const stamp = wordOf(field(backup, key))
  return stamp?.startsWith('0001-01-01') ? undefined : stamp
}
