import type { Copy, Listing } from '../../evidence/backups/records.ts'
import type { Interval } from '../../model/interval.ts'
import { contains, firstEndingAfter, type Intervals, merge, union } from '../../time/interval.ts'
import { anyOf, bothOf, type Known } from '../../time/known.ts'
import { transferEnd } from './artefact.ts'
import type { Bounds } from './bounds.ts'
import { goneOf, lacksOf, type Place } from './copy-lacks.ts'
import type { Copies } from './rules.ts'
import type { Candidate, Series } from './series.ts'

/** `[from, to)`. */
interface Stretch {
  readonly from: number
  readonly to: number
}

/** The copies of one backup that are, or may be, elsewhere than the backup itself. */
export interface Elsewhere {
  /** The value that copies differ from: provider, region or location. */
  readonly reference: string | undefined
  /** A copy has no such value. */
  readonly unplaced: boolean
  /** A copy elsewhere was there, but could never be restored. */
  readonly broken: boolean
  /** Whether a copy certainly or possibly is elsewhere, by its value. */
  isElsewhere(copy: Copy): boolean
  /** How many places elsewhere certainly, and at the most, held it at some time inside. */
  least(within: Stretch): number
  most(within: Stretch): number
  /** From when on there certainly were so many; infinite: never. */
  madeAt(count: number): number
  /** From when on there may have been so many. */
  maybeAt(count: number): number
  /** Where so many places hold it at once. */
  held(count: number): Known
  /** Where so many may have been made and fewer be left. */
  lacks(count: number): Intervals
}

/** Places by their value; what is restorable there counts, from the end of its transfer on. */
export function elsewhereOf({ index, backup }: Candidate, { differs }: Copies, series: Series): Elsewhere {
  const primary = backup.copies.find(copy => copy.primary) ?? firstListed(backup.copies)
  const reference = primary === undefined ? undefined : placeIn(primary, differs)
  const isElsewhere = (copy: Copy): boolean => {
    const value = placeIn(copy, differs)
    return copy !== primary && (value === undefined || value !== reference)
  }
  const parts = new Map<string, { readonly known: Known[]; readonly ends: number[]; readonly gone: Intervals[] }>()
  const nowhere: Place[] = []
  let broken = false
  for (const copy of backup.copies) {
    const value = placeIn(copy, differs)
    if (!isElsewhere(copy)) continue
    const exists = series.exists(copy, backup)
    const known = bothOf(exists, series.restorable(index, copy.location))
    if (exists.possible.length > 0 && known.possible.length === 0) broken = true
    const gone = goneOf(exists, known, copy)
    const end = transferEnd(copy)
    if (value === undefined) {
      const seen = end !== undefined && contains(series.upheld(index, copy.location).possible, end)
      const possible = seen ? union(known.possible, [instant(end)]) : known.possible
      nowhere.push({ known: { sure: known.sure, possible }, gone })
      continue
    }
    const part = parts.get(value) ?? { known: [], ends: [], gone: [] }
    parts.set(value, part)
    part.known.push(known)
    part.gone.push(gone)
    if (end !== undefined && contains(series.upheld(index, copy.location).sure, end)) part.ends.push(end)
  }
  const places = [...parts.values()].map(({ known, ends, gone }) => {
    const whole = anyOf(known)
    const seen = ends.length === 0 ? whole.sure : union(whole.sure, merge(ends.map(instant)))
    return { ...whole, seen, gone: merge(gone.flat()) }
  })
  // One of the values may be that of the backup itself.
  const same = primary !== undefined && reference === undefined && places.length > 0 ? 1 : 0
  const meetsSome = (list: Intervals, { from, to }: Stretch): boolean =>
    list.some(({ start, end }) => start < to && end > from)
  return {
    reference: primary === undefined ? undefined : primary[differs],
    unplaced: nowhere.length > 0,
    isElsewhere,
    broken,
    least: within => Math.max(0, places.filter(({ seen }) => meetsSome(seen, within)).length - same),
    most: within =>
      places.filter(({ possible, seen }) => meetsSome(possible, within) || meetsSome(seen, within)).length +
      nowhere.filter(({ known }) => meetsSome(known.possible, within)).length,
    madeAt,
    maybeAt: count => {
      const lists = [
        ...places.map(({ possible, seen }) => union(possible, seen)),
        ...nowhere.map(({ known }) => known.possible),
      ]
      const starts = lists.map(list => list[0]?.start ?? Number.POSITIVE_INFINITY)
      return starts.sort((a, b) => a - b)[count - 1] ?? Number.POSITIVE_INFINITY
    },
    held: count => ({
      sure: atLeast(
        count + same,
        places.map(({ sure }) => sure),
      ),
      possible: atLeast(
        count,
        [...places, ...nowhere.map(({ known }) => known)].map(({ possible }) => possible),
      ),
    }),
    lacks: count => {
      const told = places.map(({ sure, possible, gone }): Place => ({ known: { sure, possible }, gone }))
      return lacksOf(count, told, nowhere, same, madeAt(count) <= series.asOf)
    },
  }

  function madeAt(count: number): number {
    const starts = places.map(({ seen }) => seen[0]?.start ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b)
    return starts[count + same - 1] ?? Number.POSITIVE_INFINITY
  }
}

function instant(at: number): Interval {
  return { start: at, end: at + 1 }
}

/**
 * From when on a copy that no row tells of may be elsewhere, and until when where it is owed from `owed` on; epoch ms.
 * Undefined: none can be.
 */
export type Untold = (
  completed: Bounds,
) => { readonly from: number; readonly until: (owed: number) => number } | undefined

/** The first stamp of what was copied to where the backup itself was not written; infinite: none. */
export function firstTransfer(backups: Iterable<readonly Copy[]>): number {
  let first = Number.POSITIVE_INFINITY
  for (const copies of backups) {
    for (const { primary, begun, made } of copies) {
      const at = primary ? undefined : (begun ?? made)
      if (at) first = Math.min(first, at.earliest)
    }
  }
  return first
}

/**
 * Without word on the log of transfers it counts as complete from the first one it tells of on, and in the period.
 * Where there are only listings, what none of the other places lists is not there from then on.
 */
export function untoldFrom(series: Series, { differs }: Copies, transfers: Intervals | undefined): Untold {
  const others = new Set<string>()
  let logged = false
  for (const { backup } of series.all) {
    const primary = backup.copies.find(copy => copy.primary) ?? firstListed(backup.copies)
    for (const copy of backup.copies) {
      if (copy === primary || copy.primary) continue
      if (copy.made !== undefined) logged = true
      const value = placeIn(copy, differs)
      if (value === undefined || primary === undefined || value !== placeIn(primary, differs)) others.add(copy.location)
    }
  }
  const { period, asOf } = series
  const from = Math.min(period.start, firstTransfer(series.all.map(({ backup }) => backup.copies)))
  const complete = transfers ?? (logged && from < asOf ? [{ start: from, end: asOf }] : undefined)
  const listings = [...others].map(other =>
    series.listings.filter(({ location, place }) => location === other && place === undefined),
  )
  const until = (owed: number): number => {
    if (listings.length === 0) return Number.POSITIVE_INFINITY
    return Math.max(...listings.map(list => firstFrom(list, owed)?.at.latest ?? Number.POSITIVE_INFINITY))
  }
  return ({ lo }) => {
    const told = complete?.[firstEndingAfter(complete, lo)]
    const from = told !== undefined && told.start <= lo ? told.end : lo
    return from < series.asOf ? { from, until: owed => until(Math.max(owed, from)) } : undefined
  }
}

/** What copies differ by; names of providers and regions are the same in any case of letters. */
function placeIn(copy: Copy, differs: Copies['differs']): string | undefined {
  const value = copy[differs]?.trim()
  if (value === undefined || value === '') return undefined
  return differs === 'location' ? value : value.toLowerCase()
}

function firstFrom(list: readonly Listing[], t: number): Listing | undefined {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((list[middle]?.at.earliest ?? t) < t) low = middle + 1
    else high = middle
  }
  return list[low]
}

/** Of copies of which none is said to be where the backup was written. */
function firstListed(copies: readonly Copy[]): Copy | undefined {
  let first: Copy | undefined
  let since = Number.POSITIVE_INFINITY
  for (const copy of copies) {
    const at = copy.made?.earliest ?? copy.listed[0]?.first.earliest ?? Number.POSITIVE_INFINITY
    if (first === undefined || at < since) {
      first = copy
      since = at
    }
  }
  return first
}

/** Where at least so many of the lists hold at once. */
function atLeast(count: number, lists: readonly Intervals[]): Intervals {
  if (count <= 1) return merge(lists.flat())
  if (count > lists.length) return []
  const edges = lists.flatMap(list => list.flatMap(({ start, end }) => [[start, 1] as const, [end, -1] as const]))
  edges.sort(([a], [b]) => a - b)
  const out: { start: number; end: number }[] = []
  let depth = 0
  for (const [i, [at, step]] of edges.entries()) {
    depth += step
    const next = edges[i + 1]?.[0]
    if (depth >= count && next !== undefined && next > at) out.push({ start: at, end: next })
  }
  return merge(out)
}
