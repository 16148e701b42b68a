import { wallOf } from './backup-oracle-time.ts'

/** A number: that tick. `null`: not by `as of`. Undefined: not known. */
export type When = number | null | undefined
export type Range = readonly [from: number, to: number]

export interface ToldCopy {
  readonly location: string
  readonly provider?: string
  readonly region?: string
  readonly country?: string
  readonly primary: boolean
  readonly made: When
  /** Undefined: no row tells of a deletion. */
  readonly deleted: When
}

export interface ToldBackup {
  readonly id: string
  readonly component: string
  readonly start: number | undefined
  readonly end: When
  readonly status: string | undefined
  readonly kind?: string
  readonly parent: string | null | undefined
  readonly copies: readonly ToldCopy[]
  /** Failed verifications. */
  readonly failed: readonly { readonly at: number; readonly location?: string }[]
  readonly logged: boolean
}

export interface ToldListing {
  readonly at: number
  readonly location: string
  readonly complete: boolean
  /** Components that it names; none: of every one. */
  readonly components: readonly string[]
  readonly shows: readonly string[]
}

/** What the evidence says, nothing later than `asOf`. */
export interface Told {
  readonly zone: string
  readonly asOf: number
  readonly period: Range
  readonly term?: readonly [from: number, to?: number]
  readonly backups: readonly ToldBackup[]
  readonly listings: readonly ToldListing[]
  /** Where each deletion is told. */
  readonly deletions: readonly Range[]
  /** Where each run is told; undefined: from the first row on. */
  readonly creations: readonly Range[] | undefined
  /** Whether a listing would show what began at a sample, if it was made and kept. */
  readonly isListed?: (component: string, sample: number) => boolean
}

/** no, perhaps, yes */
export type Three = 0 | 1 | 2
const both = (a: Three, b: Three): Three => (a < b ? a : b)

/** Is a copy there at the sample? */
export function existsAt(told: Told, backup: ToldBackup, copy: ToldCopy, sample: number): Three {
  if (copy.made === null || sample > 2 * told.asOf) return 0
  const mine = told.listings.filter(({ location }) => location === copy.location)
  const shown = mine.filter(({ shows }) => shows.includes(backup.id)).map(({ at }) => at)
  const made = copy.made ?? Math.min(...shown)
  if (copy.made !== undefined && sample < 2 * copy.made) return 0
  if (copy.made === undefined && sample < 2 * made) {
    return backup.start === undefined || sample >= 2 * backup.start ? 1 : 0
  }
  const lacking = mine
    .filter(({ complete, components, shows, at }) => {
      const about = components.length === 0 || components.includes('all') || components.includes(backup.component)
      return complete && about && at > made && !shows.includes(backup.id)
    })
    .map(({ at }) => at)
  if (lacking.some(at => sample >= 2 * at)) return 0
  if (shown.some(at => sample <= 2 * at)) return 2
  if (typeof copy.deleted === 'number') return sample < 2 * copy.deleted ? 2 : 0
  if (copy.deleted === null) return 2
  // From some instant at which it was there for certain, each deletion would have been told.
  const proven = [...(Number.isFinite(made) ? [made] : []), ...shown]
  const safe = proven.some(
    at => sample === 2 * at || told.deletions.some(([from, to]) => from <= at && 2 * at <= sample && sample < 2 * to),
  )
  return safe ? 2 : 1
}

/** Can it be restored from a location at the sample? */
function restorableThere(
  told: Told,
  backup: ToldBackup,
  location: string,
  sample: number,
  accept: ReadonlySet<string>,
  seen: ReadonlySet<string>,
): Three {
  let there: Three = 0
  for (const copy of backup.copies) {
    if (copy.location !== location) continue
    const now = existsAt(told, backup, copy, sample)
    if (now > there) there = now
  }
  if (there === 0) return 0
  const spoilt = backup.failed.some(
    ({ at, location: where }) => sample >= 2 * at && (where === undefined || where === location),
  )
  if (spoilt) return 0
  const part = backup.kind === 'incremental' || backup.kind === 'differential'
  if (backup.parent === null || (backup.parent === undefined && !part)) return there
  if (backup.parent === undefined || seen.has(backup.id)) return both(there, 1)
  const parent = told.backups.find(({ id }) => id === backup.parent)
  if (parent === undefined) return both(there, 1)
  if (parent.status === undefined) there = both(there, 1)
  else if (!accept.has(parent.status)) return 0
  return both(there, restorableThere(told, parent, location, sample, accept, new Set([...seen, backup.id])))
}

/** `at`: only from that location. */
export function restorable(
  told: Told,
  backup: ToldBackup,
  sample: number,
  accept: ReadonlySet<string>,
  at?: string,
): Three {
  let best: Three = 0
  for (const location of new Set(backup.copies.map(copy => copy.location))) {
    if (at !== undefined && location !== at) continue
    const there = restorableThere(told, backup, location, sample, accept, new Set())
    if (there > best) best = there
  }
  return best
}

/** Whether a run at the sample would be told of. */
export function isLogged(told: Told, component: string, sample: number): boolean {
  const isTold = creations(told, component).some(([from, to]) => sample >= 2 * from && sample < 2 * to)
  return isTold || told.isListed?.(component, sample) === true
}

export function creations(told: Told, component: string): readonly Range[] {
  if (told.creations !== undefined) return told.creations
  const starts = told.backups
    .filter(b => b.logged && (b.component === component || b.component === 'all'))
    .flatMap(({ start, end }) => start ?? end ?? [])
  const first = Math.min(...starts)
  return first < told.asOf ? [[first, told.asOf]] : []
}

export const wall = (told: Told) => wallOf(told.zone)
