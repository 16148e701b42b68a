import { type Bounds, completionOf, dateOf, meets, placeOf } from './bounds.ts'
import { whyUnknown } from './doubt.ts'
import type { Item } from './items.ts'
import { whyLost } from './lost.ts'
import { heldFrom, heldOf, heldUntil, isOwed, judgeOwed, owedBetween, unlessOver } from './owed.ts'
import type { Keep } from './rules.ts'
import type { Candidate, Series } from './series.ts'

/** Each backup until `count` later ones are complete: owed on `[completed, completed of the count-th later one)`. */
export function copiesKept(series: Series, keep: Extract<Keep, { form: 'copies' }>): readonly Item[] {
  const ranks = ranksOf(series)
  const items: Item[] = []
  for (const candidate of series.made) {
    const item = keptUntil(candidate, keep, ranks, series)
    if (item !== undefined && meets(item.at, series)) items.push(item)
  }
  return items
}

function keptUntil(
  candidate: Candidate,
  { count, location, tolerance }: Extract<Keep, { form: 'copies' }>,
  ranks: Ranks,
  series: Series,
): Item | undefined {
  const completed = completionOf(candidate)
  const owes = isOwed(candidate, series)
  if (completed === undefined || owes === 'no') return undefined
  const next = ranks.later(candidate.index, completed, count)
  const end = { lo: next.lo - tolerance, hi: next.hi - tolerance }
  const { from, cover } = heldFrom(candidate, completed, end, series, location)
  const owed = owedBetween(from, end, owes === 'yes')
  const held = heldOf(candidate, completed, series, location)
  const isGone = () => series.isGone(candidate.index, location)
  const { status, breached, undecided } = unlessOver(judgeOwed(owed, cover, series, isGone), end, series)
  const lost = breached[0]?.start ?? undecided[0]?.start
  const reached = lost ?? heldUntil(held.sure, Math.min(end.lo, series.term.end))
  const later = ranks.laterBy(candidate.index, completed, reached)
  const place = placeOf(candidate, series)
  // Of a completion that is not known exactly it may be owed from its start on.
  const start = completed.lo === completed.hi ? completed.hi : Math.min(place, completed.hi)
  const decided = Math.min(breached[0]?.start ?? end.hi, series.term.end)
  return {
    status,
    label: dateOf(series.zone, place),
    at: { start, end: Math.max(start, decided) },
    ...(Number.isFinite(end.hi) && { due: end.hi }),
    breached,
    undecided,
    promised: { unit: 'count', value: count },
    observed: { unit: 'count', value: later },
    ...(status !== 'pending' && { margin: { unit: 'count', value: later - count } }),
    backups: [candidate.index],
    notes: [],
    ...reasonOf(),
  }

  function reasonOf(): { readonly reason: string; readonly why: string } {
    if (status === 'met') return { reason: 'held', why: `held until ${count} later ones were complete` }
    const [loss] = breached
    if (loss !== undefined) return whyLost(candidate, loss.start, series, location)
    const so = `${later} of ${count} later ones are complete`
    if (status === 'pending' && undecided.length === 0) return { reason: 'owed', why: so }
    const unknown = whyUnknown(candidate, owed, undecided, series, location)
    return status === 'pending' ? { reason: 'owed', why: `${so}; ${unknown.why}` } : unknown
  }
}

interface Ranks {
  /** When the `count`-th one after it was complete, at the least and at the most; infinite where it never was. */
  later(index: number, completed: Bounds, count: number): Bounds
  /** How many after it were certainly complete by an instant. */
  laterBy(index: number, completed: Bounds, at: number): number
}

type Stamp = readonly [at: number, index: number]

/** The completions of all that count or may, least and greatest; equal stamps come in the order of the series. */
function ranksOf(series: Series): Ranks {
  const least: Stamp[] = []
  const greatest: Stamp[] = []
  const sureLeast: Stamp[] = []
  const sureGreatest: Stamp[] = []
  for (const candidate of series.made) {
    const completed = completionOf(candidate)
    if (completed === undefined) continue
    const { index } = candidate
    least.push([completed.lo, index])
    greatest.push([completed.hi, index])
    if (candidate.counts !== 'yes' || !Number.isFinite(completed.hi)) continue
    sureLeast.push([completed.lo, index])
    sureGreatest.push([completed.hi, index])
  }
  for (const list of [least, greatest, sureLeast, sureGreatest]) list.sort(compare)
  return {
    later(index, { lo, hi }, count) {
      // Those certainly before it are no later ones; of the rest the first that may come after it.
      const before = below(greatest, [lo, index])
      const soonest = least[before + count]?.[0] ?? Number.POSITIVE_INFINITY
      const notAfter = below(sureLeast, [hi, index + 1])
      const latest = sureGreatest[notAfter + count - 1]?.[0] ?? Number.POSITIVE_INFINITY
      return { lo: soonest, hi: latest }
    },
    laterBy(index, { hi }, at) {
      return Math.max(0, below(sureGreatest, [at, Number.POSITIVE_INFINITY]) - below(sureLeast, [hi, index + 1]))
    },
  }
}

function compare([a, i]: Stamp, [b, j]: Stamp): number {
  return a === b ? i - j : a < b ? -1 : 1
}

/** How many come before a stamp. */
function below(sorted: readonly Stamp[], stamp: Stamp): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compare(sorted[middle] as Stamp, stamp) < 0) low = middle + 1
    else high = middle
  }
  return low
}
