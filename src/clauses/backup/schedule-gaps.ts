import type { Interval, Moment } from '../../model/interval.ts'
import { covers, firstEndingAfter, type Intervals, merge, overlaps } from '../../time/interval.ts'
import type { Known } from '../../time/known.ts'
import { formatInstant } from '../../time/stamp.ts'
import { firstFrom, type Gap, neighbours } from '../cover.ts'
import { type Anchored, type Anchors, runsWithin, whyDoubtful } from './anchors.ts'
import { dateOf } from './bounds.ts'
import { LONG_AGO } from './existence.ts'
import type { Item } from './items.ts'
import { togetherText } from './listings.ts'
import type { Series } from './series.ts'

/** All that the items of one schedule are worked out from. */
export interface Frame {
  readonly series: Series
  readonly anchors: Anchors
  /** Backups and the first clock, by `earliest`. */
  readonly points: readonly Point[]
  /** Without the tolerance, and with it. */
  readonly interval: (at: number) => number
  readonly reach: (at: number) => number
  readonly cover: Known
  /** Where neither a log nor listings tell what was made. */
  readonly untold: Intervals
  /** What is audited of the past. */
  readonly owed: Interval
  readonly first: First | undefined
}

export interface Point {
  readonly at: Moment
  readonly counts: 'yes' | 'maybe'
  readonly anchored?: Anchored
}

/** Where the first clock starts. `presumed`: nothing tells of a backup there. */
export interface First {
  readonly at: number
  readonly presumed: boolean
}

/** A stretch that no backup covers for certain, with its neighbours. */
export function gapItem(gap: Gap, frame: Frame): Item {
  const { series, anchors, points, owed, first } = frame
  const { zone, term } = series
  const { before, after } = neighbours(points, gap.at)
  const from = before === undefined ? undefined : points[before]
  const next = (after === undefined ? undefined : points[after]?.at.earliest) ?? term.end
  const around = { start: from?.at.earliest ?? gap.at.start, end: Math.max(next, gap.at.end) }
  const shared = {
    label: dateOf(zone, gap.at.start),
    at: gap.at,
    breached: gap.breached,
    undecided: gap.undecided,
    backups: runsWithin(series, around.start, around.end),
    notes: first?.presumed === true && isVirtual(from) ? [presumedNote(first, frame)] : [],
  }
  const [lost] = gap.breached
  if (lost !== undefined && overlaps(gap.breached, owed)) return { ...shared, ...lostText(lost, before ?? -1, frame) }
  const near = pointsNear(gap.at, before ?? -1, frame).flatMap(({ anchored }) => anchored ?? [])
  const doubt = whyDoubtful(near, anchors, { start: LONG_AGO, end: gap.at.end }, series) ?? {
    reason: 'not-logged',
    why: 'the log of backups does not tell of all of this time',
  }
  return { ...shared, status: 'unverified', reason: doubt.reason, undecided: merge([gap.at]), why: doubt.why }
}

/** What is proven of a gap: between what may have been the last backup before it and the first after it. */
function lostText(lost: Interval, before: number, frame: Frame) {
  const { series, anchors, points, interval, reach, cover, untold } = frame
  const { zone, creations, term } = series
  let last = LONG_AGO
  for (let i = before; i >= 0; i--) {
    const { at } = points[i] as Point
    if (at.earliest + anchors.widest <= last) break
    last = Math.max(last, at.latest)
  }
  // What no stamp tells of came before the end of where it may lie; what no log tells of by that end.
  const dark = Math.max(endBefore(anchors.loose, lost.start) - 1, endBefore(untold, lost.start))
  const start = Math.max(last, dark)
  const possible = cover.possible[firstEndingAfter(cover.possible, lost.end)]?.start ?? term.end
  const end = Math.min(possible, term.end)
  const told = points[firstFrom(points, end)]?.at.earliest === end
  const listed = !covers(creations, { start: start <= LONG_AGO ? lost.start : start, end })
  const tail = told
    ? `next: ${formatInstant(zone, end)}`
    : end < term.end
      ? `none up to ${formatInstant(zone, end)}, and what came then is not told`
      : 'none since'
  const head =
    start <= LONG_AGO
      ? 'no backup before'
      : dark > last
        ? `what came before ${formatInstant(zone, start)} is not told`
        : `last: ${formatInstant(zone, start)}`
  const between = told ? 'none listed between' : 'none listed since'
  const joint = start <= LONG_AGO ? ',' : ';'
  const why = `${head}${joint} ${tail}${listed ? `, and ${between}: never made, or deleted before its time${togetherText(series, lost.end - 1)}` : ''}`
  const status = { status: 'breached', reason: listed ? 'not-listed' : 'gap', why } as const
  if (start <= LONG_AGO) return { ...status, observed: { unit: 'ms', value: end - lost.start } } as const
  return {
    ...status,
    promised: { unit: 'ms', value: interval(start) - start },
    observed: { unit: 'ms', value: end - start },
    margin: { unit: 'ms', value: reach(start) - end },
  } as const
}

/** A first clock that no backup started with. */
function isVirtual(point: Point | undefined): boolean {
  return point !== undefined && point.anchored === undefined
}

/** The end of the last stretch that ends by `t`. */
function endBefore(list: Intervals, t: number): number {
  const i = firstEndingAfter(list, t)
  const last = list[i - 1]
  return last === undefined ? LONG_AGO : last.end
}

/** Backups that may cover some of a gap. */
function pointsNear(gap: Interval, before: number, { points, reach }: Frame): readonly Point[] {
  const near: Point[] = []
  for (let i = before; i >= 0; i--) {
    const point = points[i]
    if (point === undefined || reach(point.at.latest) <= gap.start) break
    near.push(point)
  }
  near.reverse()
  for (let i = before + 1; i < points.length; i++) {
    const point = points[i]
    if (point === undefined || point.at.earliest >= gap.end) break
    near.push(point)
  }
  return near
}

/** What is said of a first clock that no row tells of. */
export function presumedNote({ at }: First, { series }: Frame): string {
  return `nothing tells of backups before ${formatInstant(series.zone, at)}: one is presumed there`
}
