import type { Backup, Copy } from '../../evidence/backups/records.ts'
import type { Interval } from '../../model/interval.ts'
import { clip } from '../../time/interval.ts'
import { anyOf, bothOf, certain, doubtful, type Known, NEVER } from '../../time/known.ts'
import { LONG_AGO } from './existence.ts'
import type { BackupRules } from './rules.ts'

/** Where a backup, by its place in the list, can be restored: from one location, or from any. */
export interface Chains {
  restorable(place: number, location?: string): Known
  /** Where it could be restored from a location if it were there: by its verifications and its chain alone. */
  upheld(place: number, location: string): Known
}

/** What a backup is without: no chain, one whose links are known, or one of which a link is not told. */
type Link = 'none' | 'not-told' | number

/**
 * R(b@loc): it exists there, no verification of it failed so far, and neither of what it was made on top of, at the
 * same location. Each backup is worked out once for each location; a circle of parents is never certain.
 */
export function makeChains(
  list: readonly Backup[],
  accept: BackupRules['accept'],
  asOf: number,
  exists: (copy: Copy, backup: Backup) => Known,
): Chains {
  const byLocation = new Map<string, Map<number, Known>>()
  const anywhere = new Map<number, Known>()
  const copiesFor = makeCopiesFor()

  /** Without its chain. A copy whose location is not told may be at any. */
  function alone(backup: Backup, location: string): Known {
    const parts: Known[] = []
    for (const copy of copiesFor(backup, location)) {
      const known = exists(copy, backup)
      parts.push(copy.location === location ? known : doubtful(known))
    }
    if (backup.flaw !== undefined && backup.copies.length === 0) {
      parts.push({ sure: [], possible: [{ start: backup.started?.earliest ?? LONG_AGO, end: asOf }] })
    }
    return unfailed(backup, location, parts.length === 1 ? (parts[0] ?? NEVER) : anyOf(parts))
  }

  function at(place: number, location: string): Known {
    let memo = byLocation.get(location)
    if (memo === undefined) {
      memo = new Map()
      byLocation.set(location, memo)
    }
    const found = memo.get(place)
    if (found !== undefined) return found

    // Up to a root or to what is known already, then down again.
    const path: number[] = []
    const on = new Map<number, number>()
    let next = place
    let below: Known | undefined
    for (;;) {
      const known = memo.get(next)
      if (known !== undefined) {
        below = asParent(list[next] as Backup, known)
        break
      }
      const start = on.get(next)
      if (start !== undefined) {
        // Rows of a circle can't all be true: they say nothing of each other.
        for (const i of path.splice(start)) memo.set(i, doubtful(alone(list[i] as Backup, location)))
        below = asParent(list[next] as Backup, memo.get(next) ?? NEVER)
        break
      }
      on.set(next, path.length)
      path.push(next)
      const link = linkOf(list[next] as Backup)
      if (typeof link !== 'number') {
        below = link === 'none' ? undefined : ANY_TIME
        break
      }
      next = link
    }
    for (const i of path.reverse()) {
      const backup = list[i] as Backup
      const own = alone(backup, location)
      below = below === undefined ? own : bothOf(own, below)
      memo.set(i, below)
      below = asParent(backup, below)
    }
    return memo.get(place) ?? NEVER
  }

  /** As something others are made on top of: only what ended well carries them. */
  function asParent({ status, flaw }: Backup, known: Known): Known {
    if (status === undefined || flaw !== undefined) return doubtful(known)
    return accept.has(status) ? known : NEVER
  }

  function upheld(place: number, location: string): Known {
    const backup = list[place] as Backup
    const own = unfailed(backup, location, backup.flaw === undefined ? ALL_TIME : ANY_TIME)
    const link = linkOf(backup)
    if (link === 'none') return own
    const parent = typeof link === 'number' ? list[link] : undefined
    const below = parent === undefined ? ANY_TIME : asParent(parent, at(link as number, location))
    return bothOf(own, below)
  }

  return {
    upheld,
    restorable(place, location) {
      if (location !== undefined) return at(place, location)
      let known = anywhere.get(place)
      if (known === undefined) {
        const locations = new Set((list[place] as Backup).copies.map(copy => copy.location))
        if (locations.size === 0) locations.add('')
        known = locations.size === 1 ? at(place, [...locations][0] ?? '') : anyOf([...locations].map(l => at(place, l)))
        anywhere.set(place, known)
      }
      return known
    },
  }
}

const ALL_TIME: Known = certain([{ start: Number.NEGATIVE_INFINITY, end: Number.POSITIVE_INFINITY }])
const ANY_TIME: Known = { sure: [], possible: [{ start: Number.NEGATIVE_INFINITY, end: Number.POSITIVE_INFINITY }] }

const FEW = 8

/** Copies that are, or may be, at a location: without the name of one, at any. */
function makeCopiesFor(): (backup: Backup, location: string) => readonly Copy[] {
  const sorted = new Map<Backup, ReadonlyMap<string, readonly Copy[]>>()
  return (backup, location) => {
    const { copies } = backup
    if (location === '') return copies
    if (copies.length <= FEW) return copies.filter(copy => copy.location === location || copy.location === '')
    let places = sorted.get(backup)
    if (places === undefined) {
      places = byPlace(copies)
      sorted.set(backup, places)
    }
    return [...(places.get(location) ?? []), ...(places.get('') ?? [])]
  }
}

function byPlace(copies: readonly Copy[]): ReadonlyMap<string, readonly Copy[]> {
  const found = new Map<string, Copy[]>()
  for (const copy of copies) {
    const same = found.get(copy.location)
    if (same === undefined) found.set(copy.location, [copy])
    else same.push(copy)
  }
  return found
}

function linkOf({ parent, kind, flaw }: Backup): Link {
  // Which of the parents that its rows name is right is not known.
  if (flaw !== undefined) return 'not-told'
  if (parent === null) return 'none'
  if (parent === undefined) return kind === 'incremental' || kind === 'differential' ? 'not-told' : 'none'
  return parent.index ?? 'not-told'
}

/** Until a verification at that location, or everywhere, failed; whether it passed or failed may not be known. */
function unfailed(backup: Backup, location: string, known: Known): Known {
  let sureEnd = Number.POSITIVE_INFINITY
  let possibleEnd = Number.POSITIVE_INFINITY
  for (const { at, passed, location: where } of backup.verifications) {
    if (passed !== false) continue
    const here = where === undefined || where === location
    if (here || where === '' || location === '') sureEnd = Math.min(sureEnd, at.earliest)
    if (here) possibleEnd = Math.min(possibleEnd, at.latest)
  }
  if (sureEnd === Number.POSITIVE_INFINITY) return known
  const before = (end: number): Interval => ({ start: Number.NEGATIVE_INFINITY, end })
  return { sure: clip(known.sure, before(sureEnd)), possible: clip(known.possible, before(possibleEnd)) }
}
