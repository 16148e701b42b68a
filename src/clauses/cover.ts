import type { Interval, Moment } from '../model/interval.ts'
import { clip, firstEndingAfter, type Intervals, merge, union } from '../time/interval.ts'
import { type Known, uncovered } from '../time/known.ts'

/** Something done at a moment that covers the time after it; `maybe`: it is not known whether it counts. */
export interface Anchor {
  readonly at: Moment
  readonly counts: 'yes' | 'maybe'
}

/**
 * What anchors cover: each `[at, reach(at))`. Of a moment known only to its day, what either end of it covers is
 * possible and what both cover is sure.
 */
export function coverOf(anchors: Iterable<Anchor>, reach: (at: number) => number): Known {
  const sure: Interval[] = []
  const possible: Interval[] = []
  for (const { at, counts } of anchors) {
    const least = reach(at.earliest)
    const most = at.latest === at.earliest ? least : reach(at.latest)
    possible.push({ start: at.earliest, end: most })
    if (counts === 'yes') sure.push({ start: at.latest, end: least })
  }
  const merged = merge(sure)
  return { sure: merged, possible: union(merge(possible), merged) }
}

/** One maximal stretch of owed time that is not surely covered; `breached` and `undecided` make it up. */
export interface Gap {
  readonly at: Interval
  readonly breached: Intervals
  readonly undecided: Intervals
}

/**
 * The gaps of what is owed, in time order. Where two breached stretches are only joined by undecided time they are two
 * gaps, the time between them belongs to the first.
 */
export function gapsOf(owed: Known, cover: Known): readonly Gap[] {
  const { breached, undecided } = uncovered(owed, cover)
  const out: Gap[] = []
  for (const run of union(breached, undecided)) {
    const lost = clip(breached, run)
    const cuts = lost.slice(1).map(({ start }) => start)
    for (const [i, start] of [run.start, ...cuts].entries()) {
      const at = { start, end: cuts[i] ?? run.end }
      out.push({ at, breached: clip(lost, at), undecided: clip(undecided, at) })
    }
  }
  return out
}

/** Places of the anchors (by `earliest`) that bound a gap: the last that begins before it, the first to end it. */
export function neighbours(
  anchors: readonly { readonly at: Moment }[],
  gap: Interval,
): { readonly before: number | undefined; readonly after: number | undefined } {
  const next = firstFrom(anchors, gap.start)
  let after = next
  while (after < anchors.length && momentOf(anchors, after).latest < gap.end) after++
  return { before: next === 0 ? undefined : next - 1, after: after === anchors.length ? undefined : after }
}

/** Place of the first anchor (by `earliest`) that is not before an instant; their number if there is none. */
export function firstFrom(anchors: readonly { readonly at: Moment }[], t: number): number {
  let low = 0
  let high = anchors.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (momentOf(anchors, middle).earliest < t) low = middle + 1
    else high = middle
  }
  return low
}

/** Where the cover at an instant ends; undefined where nothing surely covers it. */
export function coveredUntil(cover: Intervals, at: number): number | undefined {
  const i = cover[firstEndingAfter(cover, at)]
  return i !== undefined && i.start <= at ? i.end : undefined
}

function momentOf(anchors: readonly { readonly at: Moment }[], index: number): Moment {
  return (anchors[index] as { readonly at: Moment }).at
}
