import type { Origin } from '../../model/finding.ts'
import type { Group } from './entries.ts'
import type { Groups } from './groups.ts'
import type { DeletionRow, VerificationRow } from './rows.ts'
import type { ReadBackups } from './store.ts'
import { isMoment } from './times.ts'

/** What rows beside those of the backups themselves say of them. */
export interface Told {
  /** Of an id of a backup, each once. */
  deletions(id: string, group: Group): readonly DeletionRow[]
  /** Deletions that may be of another component's backup of that id. */
  maybeDeletions(id: string, group: Group): readonly DeletionRow[]
  /** Of failed ones that may be another's the time is not known: it may be never. */
  verifications(id: string, group: Group): readonly VerificationRow[]
  /** Bad rows that name one of its ids. */
  spoils(group: Group): readonly Origin[]
}

export interface ToldIssues {
  /** A row that was taken says what another one says already. */
  duplicate(input: number, type: string): void
  /** A row names a backup that no other tells of. */
  unknown(type: string, id: string, origin: Origin): void
  /** A row names an id of several components' backups without saying of which. */
  ambiguous(type: string, id: string, origin: Origin): void
}

/** Sorts deletions, verifications and bad rows by the backups that they name. */
export function makeTold(read: ReadBackups, named: Groups, issues: ToldIssues): Told {
  const deletions = new Map<string, Sorted<DeletionRow>[]>()
  const verifications = new Map<string, Sorted<VerificationRow>[]>()
  const spoils = new Map<Group, Origin[]>()
  const met = new Set<string>()

  function isAgain(what: string, { backup, component, location, at }: DeletionRow | VerificationRow): boolean {
    const key = JSON.stringify([what, backup, component, location, at.earliest, at.latest])
    return met.has(key) || !met.add(key)
  }

  /** Which backups a row means; says so where it means none or any of several. */
  function sorted<T extends VerificationRow | DeletionRow>(type: string, row: T): Sorted<T> {
    const { backup, component, location, origin } = row
    const { of, maybe } = named.meant(backup, component, location)
    if (of.length === 0 && maybe.length > 0) issues.ambiguous(type, backup, origin)
    else if (!named.knows(backup)) issues.unknown(type, backup, origin)
    return { row, of, maybe }
  }

  for (const row of read.deletions) {
    if (isAgain('', row)) issues.duplicate(row.origin.input, 'backup-deletion')
    else listIn(deletions, row.backup).push(sorted('backup-deletion', row))
  }
  for (const row of read.verifications) {
    if (isAgain(`${row.passed ?? '?'}`, row)) issues.duplicate(row.origin.input, 'verification')
    else listIn(verifications, row.backup).push(sorted('verification', row))
  }
  // Restores alone may be all that is asked for.
  for (const { backup, component, source, completed, passed, origin } of named.groups.length > 0 ? read.restores : []) {
    if (backup === null || backup === undefined) continue
    // What is restored may be only a part of what was backed up.
    const part = named.of(backup).length > 1 ? component : ''
    const found = sorted('restore', { backup, component: part, location: '', at: NO_TIME, passed, origin })
    if (source === 'live' || passed === undefined || !isMoment(completed)) continue
    listIn(verifications, backup).push({ ...found, row: { ...found.row, at: completed } })
  }
  for (const row of named.introduced) issues.unknown('backup-copy', row.backup, row.origin)
  const placed = new Set<string>()
  if (read.spoils.length > 0) for (const { id, component } of read.bodies) if (component !== '') placed.add(id)

  /** Whether a row tells what it is a backup of. */
  function isPlaced({ entries }: Group): boolean {
    return entries.some(({ id, logs, copies }) => {
      return [...logs, ...copies].some(row => row.component !== '') || placed.has(id)
    })
  }

  for (const { id, component, type, origin } of read.spoils) {
    const { of, maybe } = named.meant(id, component, '')
    for (const group of [...of, ...maybe]) {
      listIn(spoils, group).push(origin)
      if (isPlaced(group)) read.placed(origin.input, type)
    }
  }

  return {
    deletions: (id, group) => rowsOf(deletions.get(id), ({ of }) => of.includes(group)),
    maybeDeletions: (id, group) => rowsOf(deletions.get(id), ({ maybe }) => maybe.includes(group)),
    verifications(id, group) {
      const own = rowsOf(verifications.get(id), ({ of }) => of.includes(group))
      const others = rowsOf(verifications.get(id), ({ row, maybe }) => row.passed === false && maybe.includes(group))
      return [...own, ...others.map(row => ({ ...row, at: { earliest: row.at.earliest, latest: read.asOf } }))]
    },
    spoils: group => spoils.get(group) ?? NO_ORIGINS,
  }
}

/** A row with the backups that it means, or those of which it may mean any. */
interface Sorted<T> {
  readonly row: T
  readonly of: readonly Group[]
  readonly maybe: readonly Group[]
}

function rowsOf<T>(list: readonly Sorted<T>[] = [], test: (one: Sorted<T>) => boolean): readonly T[] {
  return list.filter(test).map(({ row }) => row)
}

const NO_ORIGINS: readonly Origin[] = []
const NO_TIME = { earliest: 0, latest: 0 }

function listIn<K, T>(lists: Map<K, T[]>, key: K): T[] {
  const known = lists.get(key)
  if (known !== undefined) return known
  const list: T[] = []
  lists.set(key, list)
  return list
}
