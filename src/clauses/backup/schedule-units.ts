import { covers, type Intervals, overlaps, union } from '../../time/interval.ts'
import { type Anchored, type Anchors, anchorsOf, anchorsWithin, runsWithin, whyDoubtful } from './anchors.ts'
import type { Item } from './items.ts'
import { togetherText } from './listings.ts'
import type { Reason } from './lost.ts'
import type { Schedule } from './rules.ts'
import type { Series } from './series.ts'
import { type UnitSpan, unitsOver } from './units.ts'

/**
 * One item for each unit that lies in the term and ends in the period, and for the one that runs. `listed`: where
 * listings stand in for the log. What starts up to the tolerance after a unit counts for it too.
 */
export function unitItems(series: Series, schedule: Schedule & { readonly form: 'per' }, listed: Intervals): Item[] {
  const { zone, term, period, asOf } = series
  const anchors = anchorsOf(series, schedule.anchor)
  const known = union(series.creations, listed)
  const items: Item[] = []
  for (const unit of unitsOver(schedule.per, zone, period.start, Math.min(period.end, asOf + 1))) {
    if (unit.start < term.start || unit.end > period.end) continue
    const item = itemOf(unit, schedule, anchors, known, series)
    if (item !== undefined) items.push(item)
  }
  return items
}

function itemOf(
  unit: UnitSpan,
  { per, tolerance, anchor }: Schedule & { readonly form: 'per' },
  anchors: Anchors,
  known: Intervals,
  series: Series,
): Item | undefined {
  const { asOf } = series
  // With a tolerance its last instant counts; the unit's own end never does.
  const last = tolerance > 0 ? unit.end + tolerance : unit.end - 1
  const due = unit.end + tolerance
  const within = anchorsWithin(anchors, unit.start, last)
  const sure = within.filter(({ at, counts }) => counts === 'yes' && at.earliest >= unit.start && at.latest <= last)
  const ended = unit.end <= asOf
  const item = {
    label: unit.label,
    at: { start: unit.start, end: unit.end },
    promised: { unit: 'count', value: 1 },
    observed: { unit: 'count', value: sure.length },
    margin: { unit: 'count', value: sure.length - 1 },
    backups: runsWithin(series, unit.start, last),
    breached: [],
    undecided: [],
    notes: [],
  } as const
  if (sure.length > 0) {
    return ended ? { ...item, status: 'met', reason: 'kept', why: keptText(sure, anchor) } : undefined
  }
  if (due > asOf) return { ...item, status: 'pending', reason: 'running', due, why: `none made so far this ${per}` }
  const stretch = { start: unit.start, end: last + 1 }
  const missed = missedWhy(stretch, known, series, per)
  if (within.length > 0 || overlaps(anchors.loose, stretch) || missed.reason === 'not-logged') {
    const doubt = whyDoubtful(within, anchors, stretch, series) ?? missed
    return { ...item, status: 'unverified', reason: doubt.reason, undecided: [item.at], why: doubt.why }
  }
  const tried = item.backups.length > 0 && missed.reason === 'missed'
  const why = tried ? `no run of this ${per} counts as a backup` : missed.why
  return { ...item, status: 'breached', reason: missed.reason, breached: [item.at], why }
}

/** Why none is there where none may be: by the log, by listings, or not known. */
export function missedWhy(
  { start, end }: { readonly start: number; readonly end: number },
  known: Intervals,
  series: Series,
  noun: string,
): Reason {
  const { creations, asOf } = series
  const stretch = { start, end: Math.min(end, asOf) }
  if (covers(creations, stretch)) return { reason: 'missed', why: `no backup was made this ${noun}` }
  if (covers(known, stretch)) {
    const why = `no backup of this ${noun} is listed: never made, or deleted before its time`
    return { reason: 'not-listed', why: `${why}${togetherText(series, stretch.end - 1)}` }
  }
  const why =
    creations.length === 0
      ? `no log of backups tells of this ${noun}, and no listing shows one of it`
      : `the log of backups does not tell of all of this ${noun}`
  return { reason: 'not-logged', why }
}

function keptText(sure: readonly Anchored[], anchor: Schedule['anchor']): string {
  const verb = anchor === 'start' ? 'started' : 'completed'
  return sure.length === 1 ? `one ${verb}` : `${sure.length} ${verb}`
}
