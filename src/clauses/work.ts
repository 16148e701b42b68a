import type { Hours, Notice } from '../contract/contract.ts'
import type { Maintenance } from '../evidence/records.ts'
import type { Interval, Moment } from '../model/interval.ts'
import { businessDeadline } from '../time/clock.ts'
import { addDuration, type Duration, durationText } from '../time/duration.ts'
import { covers, type Intervals, overlaps } from '../time/interval.ts'
import { recurringIntervals } from '../time/recurring.ts'
import { formatInstant } from '../time/stamp.ts'
import type { Context } from './judge.ts'

/** One condition put to one piece of planned work: did it hold, and the facts in one sentence. */
export interface Answer {
  readonly held: boolean | undefined
  /** The condition did not apply (short work, outside the hours that need notice). */
  readonly idle?: true
  readonly why: string
  readonly reason: string
  /** Latest instant at which notice was in time. */
  readonly due?: number
  /** Notice given in ms, exact; absent when nothing was announced. */
  readonly given?: number
  readonly column?: string
}

/** `[planned start, planned end)` as far as known; a side that the row leaves open falls back on what happened. */
export function plannedInterval(work: Maintenance, asOf: number): { readonly start: Moment; readonly end: Moment } {
  return {
    start: work.plannedStart ?? work.start,
    end: work.plannedEnd ?? work.end ?? exactly(asOf),
  }
}

/** Planned length in ms: expected downtime, else planned end − planned start, else what it took (ongoing: so far). */
export function plannedLength(work: Maintenance, asOf: number): { readonly ms: number; readonly actual: boolean } {
  if (work.expectedDowntime !== undefined) return { ms: work.expectedDowntime, actual: false }
  const { start, end } = plannedInterval(work, asOf)
  return { ms: end.earliest - start.latest, actual: work.plannedEnd === undefined }
}

/** Was notice needed, and given in time? Notice = planned start − announcement, at least inclusive. */
export function noticeAnswer(notice: Notice, work: Maintenance, context: Context): Answer {
  const planned = plannedInterval(work, context.asOf)
  const idle = notNeeded(notice, work, planned, context)
  if (idle !== undefined) return idle
  if (notice.atLeast === undefined)
    return { held: true, idle: true, reason: 'no-number', why: 'the text gives no notice period' }
  const need = notice.atLeast.text
  if (work.announced === undefined) {
    return {
      held: undefined,
      reason: 'column-missing',
      why: `whether it was announced ${need} ahead is not known: no announced_at`,
      column: 'announced_at',
    }
  }
  if (work.announced === null)
    return { held: false, reason: 'not-announced', why: `not announced, ${need} ahead needed` }
  const given = planned.start.earliest - work.announced.latest
  const sure = inTime(notice.atLeast, work.announced.latest, planned.start.earliest, context)
  const atBest = inTime(notice.atLeast, work.announced.earliest, planned.start.latest, context)
  const ahead =
    given >= 0 ? `announced ${durationText(given)} ahead` : `announced ${durationText(-given)} after its planned start`
  if (sure) return { held: true, given, reason: 'announced', why: `${ahead}, ${need} needed` }
  if (atBest) {
    return {
      held: undefined,
      given,
      reason: 'date-only',
      why: `announced on a day, no time given: ${need} ahead on one reading only`,
    }
  }
  return { held: false, given, reason: 'announced-late', why: `${ahead}, ${need} needed` }
}

function notNeeded(
  notice: Notice,
  work: Maintenance,
  planned: { start: Moment; end: Moment },
  context: Context,
): Answer | undefined {
  if (notice.whenLongerThan !== undefined) {
    const { ms, actual } = plannedLength(work, context.asOf)
    if (ms <= notice.whenLongerThan && !(actual && work.end === null)) {
      const length = `${actual ? 'took' : 'planned for'} ${durationText(ms)}`
      return {
        held: true,
        idle: true,
        reason: 'short',
        why: `${length}, notice needed only beyond ${durationText(notice.whenLongerThan)}`,
      }
    }
  }
  if (notice.during !== undefined) {
    const reach = { start: planned.start.earliest, end: planned.end.latest }
    if (!overlaps(context.clock(notice.during).open(reach.start, Math.max(reach.end, reach.start + 1)), reach)) {
      return {
        held: true,
        idle: true,
        reason: 'outside-hours',
        why: `planned outside ${notice.during}, notice needed only during it`,
      }
    }
  }
  return undefined
}

function inTime(need: Duration, announced: number, planned: number, context: Context): boolean {
  if (announced > planned) return false
  return noticeEnd(need, announced, context) <= planned
}

/** The first instant at which work announced at `announced` may start. */
function noticeEnd(need: Duration, announced: number, context: Context): number {
  if (need.unit === 'elapsed' || need.unit === 'calendar') return addDuration(context.zone, announced, need)
  const clock = context.clock(context.contract.businessDays ?? 'always')
  if (need.unit === 'business-time') return clock.deadline(announced, need.ms)
  return businessDeadline(clock, context.zone, announced, need.days, 'same-time')
}

/** Does `[start, end)` lie wholly inside (or wholly outside) the named hours? */
export function hoursAnswer(hours: Hours, side: 'inside' | 'outside', at: Interval, context: Context): Answer {
  const reach = { start: at.start, end: Math.max(at.end, at.start + 1) }
  const open = openHours(hours, reach, context)
  const name = 'calendar' in hours ? hours.calendar : hours.text
  const held = side === 'inside' ? covers(open, reach) : !overlaps(open, reach)
  const where = { inside: ['lies inside', 'is not wholly inside'], outside: ['lies outside', 'reaches into'] }[side]
  const span = `${formatInstant(context.zone, at.start)} to ${formatInstant(context.zone, at.end)}`
  return {
    held,
    reason: held ? `${side}-hours` : side === 'inside' ? 'outside-hours' : 'inside-hours',
    why: `${span} ${where[held ? 0 : 1]} ${name}`,
  }
}

function openHours(hours: Hours, reach: Interval, context: Context): Intervals {
  if ('calendar' in hours) return context.clock(hours.calendar).open(reach.start, reach.end)
  return recurringIntervals(hours.recurring, context.zone, reach.start, reach.end)
}

/** The work as it happened; ongoing work reaches to `asOf`. Certain and possible extent (they differ for bare dates). */
export function actualInterval(
  work: Maintenance,
  asOf: number,
): { readonly certain: Interval; readonly possible: Interval } {
  const end = work.end ?? exactly(asOf)
  return {
    certain: { start: work.start.latest, end: Math.max(work.start.latest, end.earliest) },
    possible: { start: work.start.earliest, end: end.latest },
  }
}

export function exactly(at: number): Moment {
  return { earliest: at, latest: at }
}
