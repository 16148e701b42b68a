import type { BackupRow, CopyRow, DeletionRow, Place, Spot, VerificationRow } from './rows.ts'
import type { SharedIds } from './shared-ids.ts'
import { compareTexts, isMoment } from './times.ts'

/** All that rows say of one id, or one row without an id. */
export interface Entry {
  /** `''` for a row without one. */
  readonly id: string
  logs: readonly BackupRow[]
  copies: readonly CopyRow[]
  /** Numbers of the places where listings show it. */
  spots: readonly number[]
  group: Group | undefined
}

/** Entries that are one backup. */
export interface Group {
  readonly id: string
  readonly entries: readonly Entry[]
}

export interface Named {
  readonly logs: readonly BackupRow[]
  readonly bodies: readonly BackupRow[]
  readonly spots: readonly Spot[]
  readonly copies: readonly CopyRow[]
  readonly deletions: readonly DeletionRow[]
  readonly verifications: readonly VerificationRow[]
}

/** No more room than it needs. */
export const NONE: readonly never[] = []

/** Whether rows tell of something at a location. */
export function isAt(own: Entry | undefined, location: string, spots: readonly Spot[]): boolean {
  if (own === undefined) return false
  const isHere = ({ place }: { readonly place: Place }): boolean => place.location === location
  if (own.logs.some(isHere) || own.copies.some(isHere)) return true
  return own.spots.some(spot => spots[spot]?.place.location === location)
}

/** The components that rows of a backup name. */
export function componentsOf({ entries }: Group, spots: readonly Spot[]): readonly string[] {
  const named = new Set<string>()
  for (const entry of entries) {
    for (const { component } of [...entry.logs, ...entry.copies]) named.add(component)
    for (const spot of entry.spots) named.add(spots[spot]?.component ?? '')
  }
  named.delete('')
  return [...named].sort()
}

/** Whether rows that name these components are of one; those that name none are of any. */
export function isOfComponent(named: readonly string[], component: string): boolean {
  return named.length === 0 || named.includes(component) || named.includes('all')
}

/** Of a transfer that may be another backup's: that it may be where it went, and no more. */
export function asPossible(row: CopyRow): CopyRow {
  const begun = isMoment(row.begun) ? row.begun : row.made
  return { ...row, id: '', begun, made: row.made === null ? null : undefined, deleted: undefined, expires: undefined }
}

/** Lists of one are the rule: they take no more room than they need. */
export function withOne<T>(list: readonly T[], one: T): readonly T[] {
  if (list.length === 0) return [one]
  if (list.length === 1) return [...list, one]
  const grown = list as T[]
  grown.push(one)
  return grown
}

/** Lets go of what rows said, once it is put together. */
export function forget({ entries }: Group): void {
  for (const entry of entries) {
    entry.logs = NONE
    entry.copies = NONE
    entry.spots = NONE
  }
}

/** The id that is no other's copy; of rows without an id what they are called. */
export function nameOf(
  keys: readonly string[],
  entries: readonly Entry[],
  originals: ReadonlyMap<string, string>,
  idOf: (key: string) => string,
): string {
  const ids = keys.filter(key => !key.startsWith('\n'))
  const first = ids.filter(id => !originals.has(id))
  const [name] = (first.length > 0 ? first : ids).map(idOf).sort(compareTexts)
  return name ?? entries[0]?.logs[0]?.label ?? ''
}

/** Copies whose own id other rows name: a listing of their location, or what is told of no other backup. */
export function ownCopies(read: Named, entries: ReadonlyMap<string, Entry>, shared: SharedIds): readonly CopyRow[] {
  const own = read.copies.filter(({ id, backup }) => id !== '' && id !== backup)
  if (own.length === 0) return own
  const named = new Set([...read.deletions, ...read.verifications].map(({ backup }) => backup))
  return own.filter(({ id, backup, component, place }) => {
    if (component === '' && [id, backup].some(one => shared.components(one) !== undefined)) return false
    const found = entries.get(shared.keyOf(id, component))
    if (found === undefined) return named.has(id)
    return found.logs.length === 0 && found.spots.some(spot => read.spots[spot]?.place.location === place.location)
  })
}
