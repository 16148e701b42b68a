import { clip, type Intervals, merge, subtract, union } from '../../time/interval.ts'
import type { Known } from '../../time/known.ts'
import { after, dateOf, placeOf, startOf } from './bounds.ts'
import { type Copied, whyUnknownCopy } from './copy-doubt.ts'
import { whyUncertain } from './doubt.ts'
import type { Item } from './items.ts'
import { type Reason, whyLost } from './lost.ts'
import { heldUntil, isOwed, judgeOwed, owedBetween } from './owed.ts'

import type { Series } from './series.ts'

/**
 * Enough copies elsewhere at once, on `[completed + made-within, start + keep)`, from when they were there on if that
 * was later: that they were late, or never made, is told by the promise to make them.
 */
export function heldElsewhere(copied: Copied): Item | undefined {
  const { candidate, completed, places, untold, series, copies } = copied
  const { zone, term } = series
  if (copies.keep === undefined) return undefined
  const owes = isOwed(candidate, series)
  const start = startOf(candidate)
  const held = places.held(copies.atLeast)
  const end = { lo: after(zone, start.lo, copies.keep), hi: after(zone, start.hi, copies.keep) }
  const unseen = untold(completed)
  // Enough may have been made of which never enough were there at once.
  const first = Math.min(places.maybeAt(copies.atLeast), unseen?.from ?? Number.POSITIVE_INFINITY)
  const made = Math.min(held.sure[0]?.start ?? Number.POSITIVE_INFINITY, places.madeAt(copies.atLeast))
  if (first === Number.POSITIVE_INFINITY && made === Number.POSITIVE_INFINITY) return undefined
  const within = copies.madeWithin
  const due =
    within === undefined
      ? { lo: Number.NEGATIVE_INFINITY, hi: Number.NEGATIVE_INFINITY }
      : { lo: after(zone, completed.lo, within), hi: after(zone, completed.hi, within) }
  const from = { lo: Math.max(due.lo, Math.min(first, made)), hi: Math.max(due.hi, made) }
  const owed = owedBetween(from, end, owes === 'yes')
  // What was made when nothing was owed any more is of no use.
  if (owed.possible.length === 0 || from.lo >= term.until) return undefined
  const cover = coverOf(places.lacks(copies.atLeast), held, unseen, due.hi)
  const { status, breached, undecided } = judgeOwed(owed, cover, series)
  const anchor = Number.isFinite(start.lo) ? start.lo : start.hi
  const lost = breached[0]?.start ?? undecided[0]?.start
  const reached = lost ?? heldUntil(held.sure, Math.min(end.lo, term.end))
  const bounded = Number.isFinite(anchor) && Number.isFinite(end.lo)
  const observed = Math.max(0, (breached.length > 0 ? end.lo - lacking(breached, end.lo, series) : reached) - anchor)
  const place = placeOf(candidate, series)
  const decided = Math.min(breached[0]?.start ?? (Number.isFinite(end.hi) ? end.hi : series.asOf), term.end)
  return {
    status,
    label: dateOf(zone, place),
    at: { start: place, end: Math.max(place, decided) },
    ...(Number.isFinite(end.hi) && { due: end.hi }),
    breached,
    undecided,
    ...(bounded && {
      promised: { unit: 'ms', value: end.lo - anchor },
      observed: { unit: 'ms', value: observed },
      ...(status !== 'pending' && { margin: { unit: 'ms', value: observed - (end.lo - anchor) } }),
    }),
    backups: [candidate.index],
    notes: [],
    ...reasonOf(),
  }

  function reasonOf(): Reason {
    const [loss] = breached
    if (loss !== undefined) return whyGone(copied, loss.start)
    if (status === 'met') return { reason: 'held', why: 'its copies were held as long as promised' }
    if (status === 'pending') return { reason: 'owed', why: 'its copies are still to be kept' }
    if (owes === 'maybe') return whyUncertain(candidate, series)
    const told = held.possible.some(({ start: a, end: b }) => undecided.some(lack => a < lack.end && b > lack.start))
    return whyUnknownCopy(copied, told || unseen === undefined)
  }
}

/** How much is lacking in all: what is not there at `as of` lacks to the end. */
function lacking(breached: Intervals, end: number, { asOf }: Series): number {
  const lost = breached.reduce((sum, stretch) => sum + stretch.end - stretch.start, 0)
  return lost + (breached.at(-1)?.end === asOf ? Math.max(0, end - asOf) : 0)
}

/**
 * Nothing lacks where all that was made is there. A copy that no row tells of may be made and gone again, and may be
 * there from the first transfer that is not told until all places are listed.
 */
function coverOf(lacks: Intervals, held: Known, unseen: ReturnType<Copied['untold']>, due: number): Known {
  const ever = { start: Number.NEGATIVE_INFINITY, end: Number.POSITIVE_INFINITY }
  if (unseen === undefined) {
    const sure = union(subtract([ever], lacks), held.sure)
    return { sure, possible: union(held.possible, sure) }
  }
  const sure = union(clip(subtract([ever], lacks), { ...ever, end: unseen.from }), held.sure)
  const until = unseen.until(Math.max(due, unseen.from))
  const may = unseen.from < until ? [{ start: unseen.from, end: until }] : []
  return { sure, possible: merge([...held.possible, ...sure, ...may]) }
}

/** Of the copies elsewhere the one that went last, or why none was ever of use. */
function whyGone({ candidate, places, series, copies }: Copied, at: number): Reason {
  const { backup } = candidate
  let location: string | undefined
  let lasted = Number.NEGATIVE_INFINITY
  for (const copy of backup.copies) {
    if (!places.isElsewhere(copy)) continue
    const possible = series.exists(copy, backup).possible.filter(({ start }) => start <= at)
    const end = possible.at(-1)?.end
    if (end === undefined || end < lasted) continue
    lasted = end
    location = copy.location
  }
  if (location === undefined) return { reason: 'not-copied', why: `no copy at another ${copies.differs} by then` }
  const { reason, why } = whyLost(candidate, at, series, location)
  return { reason, why: location === '' ? `its copy: ${why}` : `its copy at ${location}: ${why}` }
}
