import type { Origin } from '../../model/finding.ts'
import {
  asPossible,
  componentsOf,
  type Entry,
  type Group,
  isAt,
  isOfComponent,
  type Named,
  NONE,
  nameOf,
  ownCopies,
  withOne,
} from './entries.ts'
import { makeRoots } from './roots.ts'
import type { BackupRow, CopyRow } from './rows.ts'
import { sharedIds } from './shared-ids.ts'
import { compareTexts } from './times.ts'

export interface Groups {
  readonly groups: readonly Group[]
  /** The backups that an id is of: none, one, one for each component, or several rows without an id called so. */
  of(id: string): readonly Group[]
  /** Those that a row means by an id; `location` is where, `''` for everywhere. */
  meant(id: string, component: string, location: string): Meant
  /** Whether rows tell of an id, if only as that of an original. */
  knows(id: string): boolean
  /** Ids of backups that copies alone tell of, with the first copy of each. */
  readonly introduced: readonly CopyRow[]
  /** Rows that may be of any of several backups. */
  readonly vague: readonly VagueRow[]
}

/** Backups that a row is of, or those of which it may be of any. */
export interface Meant {
  readonly of: readonly Group[]
  readonly maybe: readonly Group[]
}

/** A row that names an id of several components' backups without saying of which. */
export interface VagueRow {
  readonly type: string
  readonly id: string
  readonly origin: Origin
  /** Those of which nothing certain can be said for it. */
  readonly spoils: readonly Group[]
}

export interface GroupSource {
  duplicate(row: BackupRow): void
  /** A row of a listing that shows a spot. */
  originOf(spot: number): Origin
}

/** Sorts rows by backup: rows of one id of a component, and ids that share a root by `original`, are one. */
export function groupRows(read: Named, { duplicate, originOf }: GroupSource): Groups {
  const entries = new Map<string, Entry>()
  const labels = new Map<string, Set<string>>()
  const originals = new Map<string, string>()
  const roots = makeRoots()
  const shared = sharedIds(read)
  const { keyOf, idOf } = shared
  const vague: (Omit<VagueRow, 'spoils'> & { readonly keys: readonly string[] })[] = []

  function entry(key: string): Entry {
    let found = entries.get(key)
    if (found === undefined) {
      found = { id: key.startsWith('\n') ? '' : idOf(key), logs: NONE, copies: NONE, spots: NONE, group: undefined }
      entries.set(key, found)
    }
    return found
  }

  const keysOf = (id: string): readonly string[] => shared.components(id)?.map(one => keyOf(id, one)) ?? [id]

  /** Whether a row names an id of several components' backups without saying of which. */
  const isOpen = (id: string, component: string): boolean => component === '' && shared.components(id) !== undefined

  /** The one backup of an id that other rows tell of at a location. */
  function onlyAt(id: string, location: string): string | undefined {
    const here = location === '' ? [] : keysOf(id).filter(key => isAt(entries.get(key), location, read.spots))
    return here.length === 1 ? here[0] : undefined
  }

  function doubt(type: string, id: string, origin: Origin, keys: readonly string[]): void {
    vague.push({ type, id, origin, keys })
  }

  function join(key: string, { original, component, origin }: BackupRow, type: string): void {
    const users = shared.components(original)
    if (users !== undefined && !users.includes(component)) doubt(type, original, origin, [...keysOf(original), key])
    else if (original !== '') link(key, keyOf(original, component))
  }

  function link(key: string, original: string): void {
    if (original === key) return
    roots.join(key, original)
    const known = originals.get(key)
    if (known === undefined || original < known) originals.set(key, original)
  }

  function log(row: BackupRow, key: string): void {
    const own = entry(key)
    if (row.id === '') {
      if (own.logs.length > 0) {
        duplicate(row)
        return
      }
      const same = labels.get(row.label)
      if (same === undefined) labels.set(row.label, new Set([key]))
      else same.add(key)
    }
    own.logs = withOne(own.logs, row)
    join(key, row, 'backup')
  }

  function show(spot: number, key: string): void {
    const own = entry(key)
    own.spots = withOne(own.spots, spot)
  }

  function copy(row: CopyRow, key: string): void {
    const own = entry(key)
    own.copies = withOne(own.copies, row)
  }

  // What names no component may be settled by where the others are.
  const openLogs = read.logs.filter(({ id, component }) => isOpen(id, component))
  const openSpots = [...read.spots.keys()].filter(spot => isOpen(idAt(spot), read.spots[spot]?.component ?? ''))
  const open = new Set<BackupRow | number>([...openLogs, ...openSpots])
  for (const row of read.logs) {
    if (!open.has(row)) log(row, row.id === '' ? `\n${row.label}\n${row.cells}` : keyOf(row.id, row.component))
  }
  for (const [spot, { id, component }] of read.spots.entries()) if (!open.has(spot)) show(spot, keyOf(id, component))
  for (const row of read.copies) {
    if (!isOpen(row.backup, row.component)) copy(row, keyOf(row.backup, row.component))
  }
  const settled = [
    ...openLogs.map(row => [row, onlyAt(row.id, row.place.location)] as const),
    ...openSpots.map(spot => [spot, onlyAt(idAt(spot), read.spots[spot]?.place.location ?? '')] as const),
  ]
  for (const [row, key] of settled) {
    const id = typeof row === 'number' ? idAt(row) : row.id
    const own = key ?? keyOf(id, '')
    if (typeof row === 'number') show(row, own)
    else log(row, own)
    if (key !== undefined) continue
    const origin = typeof row === 'number' ? originOf(row) : row.origin
    doubt(typeof row === 'number' ? 'inventory' : 'backup', id, origin, [...keysOf(id), own])
  }
  for (const row of read.bodies)
    if (!isOpen(row.id, row.component)) join(keyOf(row.id, row.component), row, 'inventory')
  for (const row of ownCopies(read, entries, shared)) {
    link(keyOf(row.id, row.component), keyOf(row.backup, row.component))
  }
  for (const row of read.copies) {
    if (!isOpen(row.backup, row.component)) continue
    doubt('backup-copy', row.backup, row.origin, [])
    if (row.status !== 'failed') for (const key of keysOf(row.backup)) copy(asPossible(row), key)
  }

  const groups: Group[] = []
  const members = new Map<string, Set<string>>()
  for (const [key, own] of entries) {
    if (!roots.has(key)) own.group = add({ id: own.id === '' ? (own.logs[0]?.label ?? '') : own.id, entries: [own] })
  }
  for (const key of roots.keys()) {
    const root = roots.of(key)
    const found = members.get(root)
    if (found === undefined) members.set(root, new Set([key]))
    else found.add(key)
  }
  const byRoot = new Map<string, Group>()
  for (const [root, keys] of members) {
    const own = [...keys].sort(compareTexts).flatMap(key => entries.get(key) ?? [])
    if (own.length === 0) continue
    const group = add({ id: nameOf([...keys], own, originals, idOf), entries: own })
    for (const one of own) one.group = group
    byRoot.set(root, group)
  }

  function add(group: Group): Group {
    groups.push(group)
    return group
  }

  const groupOf = (key: string): Group | undefined => entries.get(key)?.group ?? byRoot.get(roots.of(key))

  function of(id: string): readonly Group[] {
    const users = shared.components(id)
    if (users !== undefined) return [...new Set([...users, ''].flatMap(one => groupOf(keyOf(id, one)) ?? []))]
    const found = groupOf(id)
    return found === undefined ? [...(labels.get(id) ?? [])].flatMap(key => groupOf(key) ?? []) : [found]
  }

  const named = new Map<Group, readonly string[]>()

  function componentsIn(group: Group): readonly string[] {
    const known = named.get(group) ?? componentsOf(group, read.spots)
    named.set(group, known)
    return known
  }

  function meant(id: string, component: string, location: string): Meant {
    const all = of(id)
    if (component === 'all') return { of: all, maybe: [] }
    if (shared.components(id) === undefined) {
      const others = component === '' ? [] : all.filter(group => !isOfComponent(componentsIn(group), component))
      return others.length === 0 ? { of: all, maybe: [] } : { of: [], maybe: all }
    }
    const key = component === '' ? onlyAt(id, location) : keyOf(id, component)
    const found = key === undefined ? undefined : groupOf(key)
    return found === undefined ? { of: [], maybe: all } : { of: [found], maybe: [] }
  }

  return {
    groups,
    of,
    meant,
    knows: id => of(id).length > 0 || labels.has(id),
    introduced: [...entries].flatMap(([key, { logs, spots, copies }]) => {
      const [first] = copies
      return first === undefined || logs.length > 0 || spots.length > 0 || roots.has(key) ? [] : [first]
    }),
    vague: vague.map(({ keys, ...row }) => ({ ...row, spoils: keys.flatMap(key => groupOf(key) ?? []) })),
  }

  function idAt(spot: number): string {
    return read.spots[spot]?.id ?? ''
  }
}
