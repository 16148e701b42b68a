import type { Hours, Notice } from '../contract/contract.ts'
import type { Maintenance } from '../evidence/records.ts'
import type { Interval, Moment } from '../model/interval.ts'
import { businessDeadline } from '../time/clock.ts'
import { addDuration, type Duration, durationText, subtractDuration } from '../time/duration.ts'
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

/**
 * Planned length in ms, at least and at most (they differ for bare dates): expected downtime, else planned end −
 * planned start, else what it took (ongoing: so far, without a limit).
 */
function plannedLength(work: Maintenance, asOf: number) {
  const expected = work.expectedDowntime
  if (expected !== undefined) return { least: expected, most: expected, word: 'planned for' }
  const { start, end } = plannedInterval(work, asOf)
  const least = Math.max(0, end.earliest - start.latest)
  const open = work.plannedEnd === undefined && work.end === null
  const most = open ? Number.POSITIVE_INFINITY : end.latest - start.earliest
  return { least, most, word: work.plannedEnd === undefined ? 'took' : 'planned for' }
}

/** Was notice needed, and given in time? Notice = planned start − announcement, at least inclusive. */
export function noticeAnswer(notice: Notice, work: Maintenance, context: Context): Answer {
  const asked = [neededByLength(notice, work, context.asOf), neededByHours(notice, work, context)]
  const idle = asked.find(({ needed }) => needed === false)
  if (idle !== undefined) return { held: true, idle: true, reason: idle.reason, why: idle.why }
  if (notice.atLeast === undefined) {
    return { held: true, idle: true, reason: 'no-number', why: 'the text gives no notice period' }
  }
  const answer = givenInTime(notice.atLeast, work, context)
  const open = asked.find(({ needed }) => needed === undefined)
  if (open === undefined || answer.held !== false) return answer
  return { ...answer, held: undefined, reason: open.reason, why: `${answer.why}; ${open.why}` }
}

function givenInTime(notice: Duration, work: Maintenance, context: Context): Answer {
  const planned = plannedInterval(work, context.asOf)
  const need = notice.text
  const { announced } = work
  if (announced === undefined) {
    const why = `whether it was announced ${need} ahead is not known: no announced_at`
    return { held: undefined, reason: 'column-missing', why, column: 'announced_at' }
  }
  const due = latestNotice(notice, planned.start.earliest, context)
  const clock = due === undefined ? {} : { due }
  if (announced === null) {
    return { held: false, reason: 'not-announced', why: `not announced, ${need} ahead needed`, ...clock }
  }
  const given = planned.start.earliest - announced.latest
  const sure = inTime(notice, announced.latest, planned.start.earliest, context)
  const atBest = inTime(notice, announced.earliest, planned.start.latest, context)
  const ahead = given >= 0 ? `${durationText(given)} ahead` : `${durationText(-given)} after its planned start`
  const first = formatInstant(context.zone, amountEnd(notice, announced.latest, context))
  const why = `announced ${formatInstant(context.zone, announced.latest)}, ${ahead}; with ${need} it may start from ${first}`
  if (sure) return { held: true, given, reason: 'announced', why, ...clock }
  if (atBest)
    return { held: undefined, reason: 'date-only', why: `only a day is known: ${need} ahead at its best end only` }
  return { held: false, given, reason: 'announced-late', why, ...clock }
}

interface Needed {
  readonly needed: boolean | undefined
  readonly reason: string
  readonly why: string
}

function neededByLength({ whenLongerThan }: Notice, work: Maintenance, asOf: number): Needed {
  if (whenLongerThan === undefined) return NEEDED
  const { least, most, word } = plannedLength(work, asOf)
  const beyond = `notice needed only beyond ${durationText(whenLongerThan)}`
  if (least > whenLongerThan) return NEEDED
  if (most <= whenLongerThan) return { needed: false, reason: 'short', why: `${word} ${durationText(most)}, ${beyond}` }
  if (work.end === null && work.plannedEnd === undefined && work.start.earliest === work.start.latest) {
    return { needed: undefined, reason: 'running', why: `still going on, ${beyond}` }
  }
  return { needed: undefined, reason: 'date-only', why: `its planned length is not known exactly, ${beyond}` }
}

function neededByHours({ during }: Notice, work: Maintenance, context: Context): Needed {
  if (during === undefined) return NEEDED
  const { start, end } = plannedInterval(work, context.asOf)
  const meets = (from: number, to: number): boolean => {
    const reach = { start: from, end: Math.max(to, from + 1) }
    return overlaps(context.clock(during).open(reach.start, reach.end), reach)
  }
  if (!meets(start.earliest, end.latest)) {
    return { needed: false, reason: 'outside-hours', why: `planned outside ${during}, notice needed only during it` }
  }
  const exact = start.earliest === start.latest && end.earliest === end.latest
  if (exact || (start.latest < end.earliest && meets(start.latest, end.earliest))) return NEEDED
  return { needed: undefined, reason: 'date-only', why: `whether it was planned during ${during} is not known` }
}

const NEEDED: Needed = { needed: true, reason: '', why: '' }

function inTime(need: Duration, announced: number, planned: number, context: Context): boolean {
  if (announced > planned) return false
  return amountEnd(need, announced, context) <= planned
}

/** The last instant at which notice was in time; business units have no inverse worth showing. */
function latestNotice(need: Duration, planned: number, context: Context): number | undefined {
  if (need.unit !== 'elapsed' && need.unit !== 'calendar') return undefined
  return subtractDuration(context.zone, planned, need)
}

/** An amount after an instant; business units run on the calendar that the contract names for business days. */
export function amountEnd(need: Duration, announced: number, context: Context): number {
  if (need.unit === 'elapsed' || need.unit === 'calendar') return addDuration(context.zone, announced, need)
  const clock = context.clock(context.contract.businessDays ?? 'always')
  if (need.unit === 'business-time') return clock.deadline(announced, need.ms)
  return businessDeadline(clock, context.zone, announced, need.days, 'same-time')
}

/** The same for work of which only days are known: held only if the widest reading does, failed only if the least does. */
export function hoursOfWork(
  hours: Hours,
  side: 'inside' | 'outside',
  { certain, possible }: { readonly certain: Interval; readonly possible: Interval },
  context: Context,
): Answer {
  const widest = hoursAnswer(hours, side, possible, context)
  if (widest.held === true || (certain.start === possible.start && certain.end === possible.end)) return widest
  const least = hoursAnswer(hours, side, certain, context)
  if (certain.start < certain.end && least.held === false) return least
  const name = 'calendar' in hours ? hours.calendar : hours.text
  return { held: undefined, reason: 'date-only', why: `only days are known: whether it lies ${side} ${name} is not` }
}

/** Does `[start, end)` lie wholly inside (or wholly outside) the named hours? */
export function hoursAnswer(hours: Hours, side: 'inside' | 'outside', at: Interval, context: Context): Answer {
  const reach = { start: at.start, end: Math.max(at.end, at.start + 1) }
  const open = openHours(hours, reach, context)
  const name = 'calendar' in hours ? hours.calendar : hours.text
  const held = side === 'inside' ? covers(open, reach) : !overlaps(open, reach)
  const where = { inside: ['inside', 'not wholly inside'], outside: ['outside', 'reaches into'] }[side]
  return {
    held,
    reason: held ? `${side}-hours` : side === 'inside' ? 'outside-hours' : 'inside-hours',
    why: `${where[held ? 0 : 1]} ${name}`,
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
