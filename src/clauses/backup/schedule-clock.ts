import type { Interval } from '../../model/interval.ts'
import { DAY, dateText } from '../../time/civil.ts'
import { firstEndingAfter, type Intervals, overlaps, union } from '../../time/interval.ts'
import { localDay, startOfDay, toInstant } from '../../time/local.ts'
import { formatInstant } from '../../time/stamp.ts'
import type { Zone } from '../../time/zone.ts'
import { type Anchors, anchorsOf, anchorsWithin, runsWithin, whyDoubtful } from './anchors.ts'
import type { Item } from './items.ts'
import type { Schedule } from './rules.ts'
import { missedWhy } from './schedule-units.ts'
import type { Series } from './series.ts'

type ClockSchedule = Schedule & { readonly form: 'at' }

/** When a backup may start on one local date, both ends included, and the time of day itself: its last showing. */
export interface ClockSlot {
  readonly label: string
  readonly opens: number
  readonly at: number
  readonly closes: number
}

/** One item for each local date whose deadline lies in the period, and for the one still to come. */
export function clockItems(series: Series, schedule: ClockSchedule, listed: Intervals): Item[] {
  const { zone, term, period, asOf } = series
  const anchors = anchorsOf(series, schedule.anchor)
  const known = union(series.creations, listed)
  const items: Item[] = []
  if (!(period.start < period.end)) return items
  for (let day = localDay(zone, period.start - schedule.tolerance) - 1; ; day++) {
    const slot = slotOf(day, schedule, zone)
    if (slot === undefined) continue
    if (slot.closes > period.end) return items
    const time = timeOn(day, schedule, zone)
    // A slot that closes as the term begins is of no period before.
    if (slot.closes < period.start || (slot.closes === period.start && period.start !== term.start)) continue
    if (time < term.start || time >= term.until) continue
    const item = itemOf(slot, nextOpening(day, schedule, zone), schedule, anchors, known, series)
    if (item !== undefined) items.push(item)
    if (slot.closes > asOf) return items
  }
}

/**
 * The slot of a local date; undefined where the zone left the date out. A time that shows twice opens with the first
 * and closes with the second; one that is skipped opens at the gap and closes with the time moved forward.
 */
export function slotOf(day: number, { at, early, tolerance }: ClockSchedule, zone: Zone): ClockSlot | undefined {
  if (startOfDay(zone, day) === startOfDay(zone, day + 1)) return undefined
  const local = day * DAY + at
  const placed = toInstant(zone, local)
  const label = dateText(day)
  if (placed.kind === 'ambiguous') {
    const second = zone
      .segments(placed.at, placed.at + DAY)
      .map(segment => ({ segment, at: local - segment.offset }))
      .find(({ segment, at }) => at > placed.at && segment.start <= at && at < segment.end)
    const last = second?.at ?? placed.at
    return { label, opens: placed.at - early, at: last, closes: last + tolerance }
  }
  const gap = placed.kind === 'skipped' ? zone.segments(placed.at - DAY, placed.at + 1).at(-1)?.start : undefined
  return { label, opens: (gap ?? placed.at) - early, at: placed.at, closes: placed.at + tolerance }
}

function itemOf(
  slot: ClockSlot,
  next: number,
  { tolerance, anchor }: ClockSchedule,
  anchors: Anchors,
  known: Intervals,
  series: Series,
): Item | undefined {
  const { asOf, zone } = series
  const { label, opens, at, closes } = slot
  const within = anchorsWithin(anchors, opens, closes)
  const sure = within.find(one => one.counts === 'yes' && one.at.earliest >= opens && one.at.latest <= closes)
  const window: Interval = { start: opens, end: closes + 1 }
  const shared = { label, promised: { unit: 'ms', value: tolerance }, notes: [] } as const
  const item = { ...shared, at: window, breached: [], undecided: [], backups: runsWithin(series, opens, closes) }
  const verb = anchor === 'start' ? 'started' : 'completed'
  if (sure !== undefined) {
    if (closes > asOf) return undefined
    const late = Math.max(0, sure.at.latest - at)
    const why = `${verb} ${formatInstant(zone, sure.at.earliest)}`
    return { ...item, ...lateness(late, tolerance), status: 'met', reason: 'kept', why }
  }
  const last = formatInstant(zone, closes)
  if (closes > asOf) {
    return { ...item, status: 'pending', reason: 'running', due: closes, why: `to be ${verb} by ${last}` }
  }
  const missed = missedWhy(window, known, series, 'day')
  if (within.length > 0 || overlaps(anchors.loose, window) || missed.reason === 'not-logged') {
    const doubt = whyDoubtful(within, anchors, window, series) ?? missed
    const open = [{ start: closes, end: lastOf(anchors, closes, Math.min(next, series.term.end)) }]
    return { ...item, status: 'unverified', reason: doubt.reason, undecided: open, due: closes, why: doubt.why }
  }
  const end = Math.max(Math.min(next, series.term.end), closes + 1)
  const after = anchorsWithin(anchors, closes + 1, end - 1)
  const late = after.find(one => one.counts === 'yes' && one.at.earliest > closes)
  const until = late?.at.latest ?? end
  // What may have been one in between, or is not told, ends what is proven.
  const doubts = after.map(one => Math.max(one.at.earliest, closes + 1))
  const proven = Math.min(until, ...doubts, firstMeeting(anchors.loose, closes + 1), knownUntil(known, closes))
  const lost = { start: closes, end: Math.max(proven, closes + 1) }
  const undecided = lost.end < until ? [{ start: lost.end, end: until }] : []
  const backups = runsWithin(series, opens, lost.end)
  const broken = { ...item, ...lateness(lost.end - at, tolerance), status: 'breached', due: closes, backups } as const
  const over = { at: { start: opens, end: Math.max(until, lost.end) }, breached: [lost], undecided }
  if (late === undefined || missed.reason === 'not-listed') {
    const why =
      missed.reason === 'not-listed' ? missed.why : `none ${verb} by ${last}, nor until ${formatInstant(zone, end)}`
    return { ...broken, ...over, reason: missed.reason, why }
  }
  return {
    ...broken,
    ...over,
    reason: 'late',
    why: `${verb} ${formatInstant(zone, late.at.earliest)}, due by ${last}`,
  }
}

/** Where a slot that was missed ends: with a late start that surely counts, else where the next one opens. */
function lastOf(anchors: Anchors, closes: number, next: number): number {
  const end = Math.max(next, closes + 1)
  const late = anchorsWithin(anchors, closes + 1, end - 1).find(one => one.counts === 'yes' && one.at.earliest > closes)
  return late?.at.latest ?? end
}

/** Until where all is known from an instant on. */
function knownUntil(known: Intervals, t: number): number {
  const i = known[firstEndingAfter(known, t)]
  return i !== undefined && i.start <= t ? i.end : t
}

function firstMeeting(list: Intervals, t: number): number {
  return list[firstEndingAfter(list, t)]?.start ?? Number.POSITIVE_INFINITY
}

function lateness(late: number, tolerance: number) {
  return {
    observed: { unit: 'ms', value: late },
    margin: { unit: 'ms', value: tolerance - late },
  } as const
}

/** The time of day on a local date: its first showing, or where a skipped one moves to. */
function timeOn(day: number, { at }: ClockSchedule, zone: Zone): number {
  return toInstant(zone, day * DAY + at).at
}

function nextOpening(day: number, schedule: ClockSchedule, zone: Zone): number {
  for (let next = day + 1; ; next++) {
    const slot = slotOf(next, schedule, zone)
    if (slot !== undefined) return slot.opens
  }
}
