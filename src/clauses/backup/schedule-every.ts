import type { Interval } from '../../model/interval.ts'
import { addDuration } from '../../time/duration.ts'
import { clip, covers, type Intervals, intersect, merge, subtract, union } from '../../time/interval.ts'
import { certain } from '../../time/known.ts'
import { formatInstant } from '../../time/stamp.ts'
import { coveredUntil, coverOf, firstFrom, gapsOf } from '../cover.ts'
import { type Anchors, anchorsOf } from './anchors.ts'
import { dateOf } from './bounds.ts'
import { LONG_AGO } from './existence.ts'
import type { Item } from './items.ts'
import type { Schedule } from './rules.ts'
import { type First, type Frame, gapItem, type Point, presumedNote } from './schedule-gaps.ts'
import type { Series } from './series.ts'

type EverySchedule = Schedule & { readonly form: 'every' }

/**
 * No stretch without a backup longer than an amount: the gaps, shown whole, with what is kept between them. `listed`:
 * where listings stand in for the log.
 */
export function everyItems(series: Series, schedule: EverySchedule, listed: Intervals): Item[] {
  const { period, term, asOf } = series
  const owed = { start: period.start, end: Math.min(period.end, term.end) }
  if (owed.start >= owed.end) return []
  const reach = (at: number): number => addDuration(series.zone, at, schedule.every) + schedule.tolerance
  const anchors = anchorsOf(series, schedule.anchor)
  const known = union(series.creations, listed)
  const first = firstOf(series, anchors)
  const points: Point[] = anchors.list.map(anchored => ({ at: anchored.at, counts: anchored.counts, anchored }))
  if (first !== undefined) {
    const at = { earliest: first.at, latest: first.at }
    points.splice(firstFrom(points, first.at), 0, { at, counts: 'yes' })
  }
  const stamped = coverOf(points, reach)
  const loose = anchors.loose.map(({ start, end }) => ({ start, end: reach(end - 1) }))
  const untold = subtract([{ start: Number.NEGATIVE_INFINITY, end: asOf }], known)
  const shaded = (list: Intervals): Intervals =>
    merge(list.map(({ start, end }) => ({ start, end: end <= LONG_AGO ? end : reach(end) })))
  // Between a presumed success and the first row a gap is only less certain.
  const unlogged = shaded(subtract(untold, beforeFirstRow(series, first)))
  const possible = [merge(loose), shaded(untold)].reduce(union, stamped.possible)
  const cover = { sure: stamped.sure, possible }
  const interval = (at: number): number => reach(at) - schedule.tolerance
  const frame = { series, anchors, points, interval, reach, cover, untold, owed, first }
  // A gap is shown from where it begins, also before the period; the time of no log is told for itself.
  const from = first === undefined ? owed.start : Math.min(owed.start, first.at)
  const seen = { sure: union(cover.sure, unlogged), possible: cover.possible }
  const gaps = gapsOf(certain([{ start: from, end: owed.end }]), seen).filter(({ at }) => at.end > owed.start)
  const dark = subtract(clip(unlogged, owed), cover.sure)
  const items = [
    ...gaps.map(gap => gapItem(gap, frame)),
    ...dark.map(stretch => darkItem(stretch, frame)),
    ...keptItems(frame),
  ]
  items.sort((a, b) => a.at.start - b.at.start)
  const next = asOf < period.end ? nextItem(frame) : undefined
  return next === undefined ? items : [...items, next]
}

/** The first clock: at the start of the term, or where the log begins after it and a backup is presumed. */
function firstOf({ term, logStart, period, creations }: Series, { list, loose }: Anchors): First | undefined {
  if (logStart !== undefined && logStart > term.start) return { at: logStart, presumed: true }
  if (Number.isFinite(term.start)) return { at: term.start, presumed: false }
  const before = (list[0]?.at.earliest ?? Number.POSITIVE_INFINITY) < period.start || loose.length > 0
  return before || !covers(creations, { start: period.start, end: period.start + 1 })
    ? undefined
    : { at: period.start, presumed: true }
}

/** From where a success is presumed to the first row of the log. */
function beforeFirstRow({ creations }: Series, first: First | undefined): Intervals {
  const row = creations[0]?.start
  return first?.presumed === true && row !== undefined && first.at < row ? [{ start: first.at, end: row }] : []
}

function darkItem(at: Interval, { series }: Frame): Item {
  return {
    status: 'unverified',
    reason: 'not-logged',
    label: dateOf(series.zone, at.start),
    at,
    breached: [],
    undecided: [at],
    backups: [],
    notes: [],
    why: 'the log of backups does not tell of this time, or of what came just before it',
  }
}

/** Each stretch without a gap, by the longest distance between neighbours in it. */
function keptItems(frame: Frame): readonly Item[] {
  const { series, points, cover, owed, interval, reach, first } = frame
  const sure = points.filter(({ counts }) => counts === 'yes')
  let i = 0
  return intersect([owed], cover.sure).map(at => {
    const backups: number[] = []
    let longest: { readonly from: number; readonly to: number } | undefined
    let from: Point | undefined
    let presumed = false
    // From the last backup before the stretch on.
    while (i + 1 < sure.length && (sure[i + 1] as Point).at.latest <= at.start) i++
    for (let j = i; j < sure.length; j++) {
      const to = sure[j] as Point
      if (to.at.earliest >= at.end) break
      if (from !== undefined && reach(from.at.earliest) >= to.at.latest) {
        const pair = { from: from.at.earliest, to: to.at.latest }
        if (longest === undefined || pair.to - pair.from > longest.to - longest.from) longest = pair
      }
      if (to.anchored !== undefined) backups.push(to.anchored.candidate.index)
      else if (first?.presumed === true && sure[j + 1]?.at.earliest !== first.at) presumed = true
      from = to
    }
    longest ??= { from: Math.min(from?.at.earliest ?? at.start, at.end), to: at.end }
    const { from: start, to: end } = longest
    return {
      status: 'met',
      reason: 'kept',
      label: dateOf(series.zone, at.start),
      at,
      breached: [],
      undecided: [],
      promised: { unit: 'ms', value: interval(start) - start },
      observed: { unit: 'ms', value: end - start },
      margin: { unit: 'ms', value: reach(start) - end },
      backups,
      notes: presumed && first !== undefined ? [presumedNote(first, frame)] : [],
      why: `at most so long between ${formatInstant(series.zone, start)} and ${formatInstant(series.zone, end)}`,
    }
  })
}

/** By when the next backup has to be there, while the last one still covers. */
function nextItem({ series, points, cover, interval, reach }: Frame): Item | undefined {
  const { asOf, zone } = series
  const due = coveredUntil(cover.sure, asOf - 1)
  if (due === undefined) return undefined
  const sure = points.filter(({ counts, at }) => counts === 'yes' && at.earliest <= asOf)
  const last = sure.at(-1)
  const start = last?.at.latest ?? asOf
  return {
    status: 'pending',
    reason: 'due',
    label: dateOf(zone, due),
    at: { start, end: Math.max(asOf, start + 1) },
    due,
    breached: [],
    undecided: [],
    promised: { unit: 'ms', value: interval(start) - start },
    observed: { unit: 'ms', value: asOf - start },
    margin: { unit: 'ms', value: reach(start) - asOf },
    backups: last?.anchored === undefined ? [] : [last.anchored.candidate.index],
    notes: [],
    why: `the next by ${formatInstant(zone, due)}`,
  }
}
