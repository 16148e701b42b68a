import type { Origin } from '../../model/finding.ts'
import type { Happened } from '../records.ts'
import { compareOrigins } from '../tickets/tables.ts'
import { listedRuns } from './listed.ts'
import type { ListingIndex, Sighting } from './listings.ts'
import type { BackupStatus, Copy } from './records.ts'
import type { BackupRow, CopyRow, DeletionRow, Place } from './rows.ts'
import type { Run } from './runs.ts'
import { compareMoments, compareTexts, firstMoment, isMoment, isSurelyBefore } from './times.ts'

/** What rows say of one place of a backup, by whose rows say it. */
export interface PlaceRows {
  readonly key: string
  /** Ids under which the backup is there, with all names of each. */
  readonly ids: Map<string, readonly string[]>
  readonly runs: Run[]
  readonly transfers: CopyRow[]
  readonly seen: Sighting[]
  /** What the listings say of it, the latest first. */
  readonly bodies: BackupRow[]
}

/** What a copy is made with beside its own rows. */
export interface OfBackup {
  readonly component: string
  readonly primary: boolean
  /** Whether the backup is, or was, nowhere else. */
  readonly only: boolean
  /** When the backup itself was complete; undefined: not known, or it says nothing of this place. */
  readonly completed: Happened
  /** Whether what listings without a name for their place lack is this place. */
  readonly provable: boolean
  readonly index: ListingIndex
  /** What deletions of these names say of this place. */
  deletions(names: readonly string[]): readonly DeletionRow[]
  /** The same of deletions that may be of another component's backup. */
  maybeDeletions(names: readonly string[]): readonly DeletionRow[]
}

export interface MadeCopy {
  readonly copy: Copy
  /** What its rows contradict each other in. */
  readonly contradiction?: string
  /** Deletions that differ. */
  readonly twice: readonly Origin[]
}

/** Whether a run with this status leaves something behind. */
export function leaves(status: BackupStatus | undefined): boolean {
  return status !== 'failed' && status !== 'running'
}

/** The copy at a place; undefined where nothing tells that it was ever there. */
export function copyOf(rows: PlaceRows, of: OfBackup): MadeCopy | undefined {
  const runs = rows.runs.filter(({ row }) => leaves(row.status))
  const transfers = rows.transfers.filter(({ status }) => status !== 'failed')
  const told = [...runs.map(({ row }) => row), ...transfers]
  if (told.length === 0 && rows.bodies.length === 0) return undefined
  const made = madeOf(runs, transfers, rows.seen.length > 0 && rows.bodies.length > 0, of.completed)
  const seen = [...rows.seen].sort(
    (a, b) => compareMoments(a.listing.at, b.listing.at) || compareOrigins(a.origin, b.origin),
  )
  // Rows that are the same otherwise may name its place differently.
  const places = [...told, ...runs.flatMap(run => run.rows), ...rows.bodies].map(({ place }) => place)
  const location = places[0]?.location ?? ''
  const complete = of.provable ? of.index.complete(location, of.component, seen) : []
  const gone = deletedOf(rows, of, seen)
  const begun = firstMoment([...runs.map(({ row }) => row.started), ...transfers.map(one => one.begun)])
  const expires = [...told, ...rows.bodies].map(one => one.expires).find(isMoment)
  const contradiction = contradictionIn(places)
  const origins = [...told.map(({ origin }) => origin), ...(seen[0] === undefined ? [] : [seen[0].origin])]
  const copy: { -readonly [P in keyof Copy]: Copy[P] } = {
    location,
    primary: of.primary,
    begun: begun ?? (transfers.some(one => one.begun === null) ? null : undefined),
    made,
    listed: seen.length === 0 && complete.length === 0 ? NO_LISTINGS : listedRuns(seen, complete, made),
    deleted: gone.deleted,
    origin: origins.sort(compareOrigins)[0] ?? { input: 0 },
  }
  for (const key of NAMED) {
    const [place, other] = new Set(places.map(one => one[key]).filter(text => text !== ''))
    // Which of several is right is not known.
    if (place !== undefined && other === undefined) copy[key] = place
  }
  if (gone.by !== undefined) copy.deletedBy = gone.by
  const maybe = [...rows.ids.values()].flatMap(names => of.maybeDeletions(names)).map(({ at }) => at)
  if (maybe.length > 0) copy.maybeDeleted = maybe.sort(compareMoments)
  if (expires !== undefined) copy.expires = expires
  return { copy, twice: gone.twice, ...(contradiction === undefined ? {} : { contradiction }) }
}

function madeOf(runs: readonly Run[], transfers: readonly CopyRow[], isSeen: boolean, completed: Happened): Happened {
  const stamps = [...runs.map(({ row }) => row.completed), ...transfers.map(one => one.made)]
  const first = firstMoment(stamps)
  if (first !== undefined) return first
  if (isMoment(completed) && transfers.length === 0) return completed
  const isRunning = stamps.length > 0 && stamps.every(stamp => stamp === null)
  return isRunning && !isSeen ? null : undefined
}

interface Gone {
  readonly deleted: Happened
  readonly by?: Origin
  readonly twice: readonly Origin[]
}

/** It is gone once it is deleted under each id that it had. */
function deletedOf(rows: PlaceRows, of: OfBackup, seen: readonly Sighting[]): Gone {
  const ids = [...rows.ids].sort(([a], [b]) => compareTexts(a, b))
  const said = sayingsOf(rows)
  const shown = seen.reduce((last, { listing }) => Math.max(last, listing.at.earliest), Number.NEGATIVE_INFINITY)
  const all = ids.map(([, names]) => deletedAs(names, said, of, shown))
  const twice = all.flatMap(one => one.twice)
  const [first, ...others] = all
  if (first === undefined) return { deleted: undefined, twice }
  if (others.length === 0) return first
  const moments = all.flatMap(one => (isMoment(one.deleted) ? [{ ...one, at: one.deleted }] : []))
  if (moments.length < all.length) {
    return { deleted: all.some(({ deleted }) => deleted === null) ? null : undefined, twice }
  }
  const last = moments.sort((a, b) => compareMoments(a.at, b.at)).at(-1) ?? first
  return { ...last, twice }
}

/** What a row of its own says of whether it is deleted. */
interface Saying {
  readonly deleted: Happened
  readonly origin: Origin
}

/** By the ids that they are about. */
function sayingsOf(rows: PlaceRows): ReadonlyMap<string, readonly Saying[]> {
  const said = new Map<string, Saying[]>()
  const say = (id: string, row: Saying): void => {
    const same = said.get(id)
    if (same === undefined) said.set(id, [row])
    else same.push(row)
  }
  for (const { row: told, rows: all, contradictory } of rows.runs) {
    for (const row of contradictory ? [told] : all) say(row.id === '' ? row.label : row.id, row)
  }
  for (const row of rows.transfers) for (const id of new Set([row.backup, row.id])) if (id !== '') say(id, row)
  // That it is not deleted is said by logs only.
  for (const row of rows.bodies) if (isMoment(row.deleted)) say(row.id, row)
  return said
}

function deletedAs(
  names: readonly string[],
  said: ReadonlyMap<string, readonly Saying[]>,
  of: OfBackup,
  shown: number,
): Gone {
  const own = [...new Set(names.flatMap(id => said.get(id) ?? []))]
  // Of one that is in several places, what is deleted everywhere may be what is left.
  const told = of
    .deletions(names)
    .map(({ at, location, origin }) => ({ at, rest: location === '' && !of.only, origin }))
  for (const { deleted, origin } of own) {
    if (isMoment(deleted)) told.push({ at: deleted, rest: false, origin })
  }
  told.sort((a, b) => compareMoments(a.at, b.at) || compareOrigins(a.origin, b.origin))
  if (told.length === 0) {
    return { deleted: own.some(({ deleted }) => deleted === null) ? null : undefined, twice: [] }
  }
  // What a later listing shows was not deleted, or is back.
  const standing = told.filter(({ at }) => shown <= at.latest)
  const [first] = standing.length > 0 ? standing : told.slice(-1)
  if (first === undefined) return { deleted: undefined, twice: [] }
  const narrow = standing.filter(({ at }) => at.earliest >= first.at.earliest && at.latest <= first.at.latest).at(-1)
  const { at, rest, origin } = narrow ?? first
  const others = standing.filter(one => isSurelyBefore(at, one.at) && (rest || !one.rest))
  return { deleted: at, by: origin, twice: others.length === 0 ? [] : [origin, ...others.map(one => one.origin)] }
}

function contradictionIn(places: readonly Place[]): string | undefined {
  if (places.every(place => place === places[0])) return undefined
  for (const key of NAMED) {
    const said = [...new Set(places.map(place => place[key]).filter(text => text !== ''))].sort()
    if (said.length > 1) return `rows name different ${PLURALS[key]} of one place: ${said.join(', ')}`
  }
  return undefined
}

const NAMED = ['country', 'provider', 'region'] as const
const NO_LISTINGS: Copy['listed'] = []
const PLURALS = { country: 'countries', provider: 'providers', region: 'regions' }
