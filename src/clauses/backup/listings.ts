import type { Interval, Moment } from '../../model/interval.ts'
import { DAY } from '../../time/civil.ts'
import { addDuration, type Duration, durationText, subtractDuration } from '../../time/duration.ts'
import { type Intervals, merge } from '../../time/interval.ts'
import type { Zone } from '../../time/zone.ts'
import type { Keep } from './rules.ts'
import type { Series } from './series.ts'

/**
 * A moment by which complete listings of every known location were taken, at most 24 h apart: what started by `through`
 * and is in none of them is not there from `at` on, or never was. Epoch ms; sorted by `at`.
 */
export interface Sweep {
  readonly at: number
  readonly through: number
  /** When the first of them was taken, and where they were. */
  readonly from: number
  readonly locations: readonly string[]
}

/** `through` is the start of the newest backup listed: what started later may not have been there yet. */
export function sweepsOf(series: Series): readonly Sweep[] {
  let sweeps = SWEEPS.get(series)
  if (sweeps === undefined) {
    sweeps = makeSweeps(series)
    SWEEPS.set(series, sweeps)
  }
  return sweeps
}

/** Once for each series. */
const SWEEPS = new WeakMap<Series, readonly Sweep[]>()

/** What has moved from one place to another in the meantime is in neither listing. */
const MOST_APART = DAY

/**
 * On what an absence rests that was shown by the first listings that reach an instant: `; listings of lyon and paris,
 * 12m apart, taken as one`. Nothing where one listing tells.
 */
export function togetherText(series: Series, started: number): string {
  const sweeps = sweepsOf(series)
  const { from, at, locations } = sweeps.find(({ through }) => through >= started) ?? {}
  if (from === undefined || at === undefined || locations === undefined || locations.length < 2) return ''
  const names = `${locations.slice(0, -1).join(', ')} and ${locations.at(-1)}`
  return `; listings of ${names}, ${durationText(at - from)} apart, taken as one`
}

function makeSweeps(series: Series): readonly Sweep[] {
  // How many places there are that no row names is not known.
  if (series.listings.some(({ place }) => place !== undefined)) return []
  const locations = new Set<string>()
  for (const { backup } of series.all) for (const { location } of backup.copies) locations.add(location)
  for (const { location } of series.listings) locations.add(location)
  if (locations.size > 1) locations.delete('')
  const newest = new Map([...locations].map(location => [location, newestListed(series, location)]))

  const out: Sweep[] = []
  const last = new Map<string, { readonly at: Moment; readonly newest: number | undefined }>()
  const places = new Map<string, number>()
  for (const { at, location } of series.listings) {
    if (!locations.has(location)) continue
    const place = places.get(location) ?? 0
    places.set(location, place + 1)
    last.set(location, { at, newest: newest.get(location)?.[place] })
    if (last.size < locations.size) continue
    const listed = [...last.values()]
    if (listed.every(one => one.newest === undefined)) continue
    const from = Math.min(...listed.map(one => one.at.earliest))
    const until = Math.max(...listed.map(one => one.at.latest))
    if (listed.length > 1 && until - from > MOST_APART) continue
    // One that holds nothing speaks of what had begun before it; the others show what had ended.
    const through = Math.min(...listed.map(one => one.newest ?? one.at.earliest))
    out.push({ at: until, through, from, locations: [...last.keys()].sort() })
  }
  return out.sort((a, b) => a.at - b.at)
}

/** The first moment from which nothing unlisted that started by an instant can be there; undefined: none. */
export function sweptFrom(sweeps: readonly Sweep[]): (started: number) => number | undefined {
  const reached: number[] = []
  let most = Number.NEGATIVE_INFINITY
  for (const { through } of sweeps) {
    most = Math.max(most, through)
    reached.push(most)
  }
  return started => {
    let low = 0
    let high = reached.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((reached[middle] as number) < started) low = middle + 1
      else high = middle
    }
    return sweeps[low]?.at
  }
}

/**
 * Where starts are as good as logged: a backup that had to be kept until a listing and is not in it was never made, or
 * was deleted before its time. Empty unless each backup is kept for an amount; none of before the term had to be.
 */
export function listedStarts(series: Series, keep: Keep | undefined): Intervals {
  if (keep?.form !== 'for' || keep.location !== undefined) return []
  const out: Interval[] = []
  for (const { at, through } of sweepsOf(series)) {
    const start = Math.max(firstKept(series.zone, at, keep.amount, keep.tolerance), series.term.start)
    if (start <= through) out.push({ start, end: through + 1 })
  }
  return merge(out)
}

/** The first start that an amount carries beyond an instant, less the tolerance; amounts clamp at the ends of months. */
function firstKept(zone: Zone, at: number, amount: Duration, tolerance: number): number {
  const beyond = (start: number): boolean => addDuration(zone, start, amount) - tolerance > at
  const near = subtractDuration(zone, at + tolerance, amount)
  let low = near - CLAMPED
  let high = near + CLAMPED
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    if (beyond(middle)) high = middle
    else low = middle
  }
  return high
}

// A month end is at most three days off, a clock change hours.
const CLAMPED = 5 * 24 * 3_600_000

/** For each complete listing of a location, in order: the start of the newest backup in it that counts. */
function newestListed(series: Series, location: string): readonly (number | undefined)[] {
  const listings = series.listings.filter(listing => listing.location === location)
  const newest: (number | undefined)[] = listings.map(() => undefined)
  // Next place that has none yet, so that each is filled once.
  const next = Array.from({ length: listings.length + 1 }, (_, i) => i)
  const free = (from: number): number => {
    let i = from
    while (next[i] !== i) {
      next[i] = next[next[i] as number] as number
      i = next[i] as number
    }
    return i
  }
  for (let i = series.all.length - 1; i >= 0; i--) {
    const candidate = series.all[i]
    if (candidate?.counts !== 'yes' || candidate.started === undefined) continue
    for (const copy of candidate.backup.copies) {
      if (copy.location !== location) continue
      for (const { there, first, last } of copy.listed) {
        if (!there) continue
        for (let j = free(firstAt(listings, first.earliest)); j < listings.length; j = free(j)) {
          const { at } = listings[j] as { readonly at: { readonly earliest: number } }
          if (at.earliest > last.earliest) break
          newest[j] = candidate.started.earliest
          next[j] = j + 1
        }
      }
    }
  }
  return newest
}

function firstAt(listings: readonly { readonly at: { readonly earliest: number } }[], t: number): number {
  let low = 0
  let high = listings.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((listings[middle]?.at.earliest ?? 0) < t) low = middle + 1
    else high = middle
  }
  return low
}
