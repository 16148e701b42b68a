import type { Clause } from '../../contract/contract.ts'
import type { Maintenance } from '../../evidence/records.ts'
import { durationText } from '../../time/duration.ts'
import { formatInstant } from '../../time/stamp.ts'
import type { Context } from '../judge.ts'
import { type Answer, actualInterval, amountEnd, hoursOfWork, noticeAnswer } from '../work.ts'
import { numberAnswer } from './number.ts'
import type { MaintenanceBody } from './schema.ts'

export type WorkPromise = 'notice' | 'inside' | 'outside' | 'longest' | 'overrun' | 'at-most'

/** Every promise of a maintenance clause put to one piece of work; also what an exclusion's `kept` asks. */
export function workAnswers(
  clause: Clause<MaintenanceBody>,
  work: Maintenance,
  context: Context,
): readonly { readonly promise: WorkPromise; readonly answer: Answer }[] {
  const { body } = clause
  const out: { promise: WorkPromise; answer: Answer }[] = []
  if (body.notice !== undefined) out.push({ promise: 'notice', answer: noticeAnswer(body.notice, work, context) })
  const actual = actualInterval(work, context.asOf)
  for (const side of ['inside', 'outside'] as const) {
    const hours = body[side]
    if (hours === undefined) continue
    const answer = hoursOfWork(hours, side, actual, context)
    const running = work.end === null && answer.held === true
    out.push({ promise: side, answer: running ? { ...answer, reason: 'running' } : answer })
  }
  if (body.longest !== undefined) out.push({ promise: 'longest', answer: lengthAnswer(body.longest, work, context) })
  const overrun = body.overrun === undefined ? undefined : overrunAnswer(body.overrun['notify-within'], work, context)
  if (overrun !== undefined) out.push({ promise: 'overrun', answer: overrun })
  const number = numberAnswer(clause, work, context)
  if (number !== undefined) out.push({ promise: 'at-most', answer: number })
  return out
}

function lengthAnswer(longest: number | 'unstated', work: Maintenance, context: Context): Answer {
  const { certain, possible } = actualInterval(work, context.asOf)
  const [least, most] = [certain.end - certain.start, possible.end - possible.start]
  if (longest === 'unstated')
    return { held: true, idle: true, reason: 'no-number', why: `took ${durationText(most)}; no limit stated` }
  const why = `${work.end === null ? 'runs since' : 'took'} ${durationText(most)}, ${durationText(longest)} allowed`
  if (least > longest) return { held: false, reason: 'too-long', why, given: least }
  if (most > longest) return { held: undefined, reason: 'date-only', why, given: most }
  return { held: true, reason: work.end === null ? 'running' : 'within', why, given: most }
}

function overrunAnswer(
  within: Exclude<NonNullable<MaintenanceBody['overrun']>['notify-within'], undefined>,
  work: Maintenance,
  context: Context,
): Answer | undefined {
  const planned = work.plannedEnd
  const end = work.end?.latest ?? context.asOf
  if (planned === undefined || end <= planned.latest) return undefined
  const over = `${durationText(end - planned.latest)} over its planned end`
  const told = work.overrunNotified
  if (within === 'unstated')
    return { held: true, idle: true, reason: 'no-number', why: `${over}; no time limit stated for telling` }
  const due = amountEnd(within, planned.latest, context)
  if (told === undefined) {
    return {
      held: undefined,
      due,
      reason: 'column-missing',
      column: 'overrun_notified_at',
      why: `${over}; no overrun_notified_at`,
    }
  }
  if (told === null) {
    const late = context.asOf > due
    return late
      ? { held: false, due, reason: 'not-notified', why: `${over}, nobody told` }
      : { held: true, due, reason: 'running', why: `${over}, to be told by ${formatInstant(context.zone, due)}` }
  }
  const given = told.latest - planned.latest
  if (told.latest <= due)
    return {
      held: true,
      due,
      given,
      reason: 'notified',
      why: `${over}, told ${durationText(Math.max(0, given))} after it`,
    }
  if (told.earliest <= due)
    return { held: undefined, due, given, reason: 'date-only', why: `${over}, told on a day without time` }
  return {
    held: false,
    due,
    given,
    reason: 'notified-late',
    why: `${over}, told ${durationText(given)} after it, ${within.text} allowed`,
  }
}
