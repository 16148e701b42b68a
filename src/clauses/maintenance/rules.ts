import * as z from 'zod'
import type { Clause } from '../../contract/contract.ts'
import { countPer, duration, elapsed, hoursRef, notice, orUnstated } from '../../contract/values.ts'
import type { Maintenance } from '../../evidence/records.ts'
import { addDuration, durationText } from '../../time/duration.ts'
import { formatInstant } from '../../time/stamp.ts'
import { fits } from '../filter.ts'
import { type Context, servicesOf } from '../judge.ts'
import { type Answer, actualInterval, hoursOfWork, noticeAnswer } from '../work.ts'

/** The own fields of a maintenance clause. */
export const maintenanceSchema = z.strictObject({
  notice: notice.optional(),
  inside: hoursRef.optional(),
  outside: hoursRef.optional(),
  longest: orUnstated(elapsed).optional().meta({ description: 'The longest that one piece of work may take.' }),
  'at-most': countPer.optional(),
  overrun: z
    .strictObject({ 'notify-within': orUnstated(duration) })
    .optional()
    .meta({ description: 'Notice owed when work exceeds its planned end.' }),
})

export type MaintenanceBody = z.output<typeof maintenanceSchema>

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
    if (hours !== undefined) out.push({ promise: side, answer: hoursOfWork(hours, side, actual, context) })
  }
  if (body.longest !== undefined) out.push({ promise: 'longest', answer: lengthAnswer(body.longest, work, context) })
  const overrun = body.overrun === undefined ? undefined : overrunAnswer(body.overrun['notify-within'], work, context)
  if (overrun !== undefined) out.push({ promise: 'overrun', answer: overrun })
  const number = body['at-most'] === undefined ? undefined : numberAnswer(clause, work, context)
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
  const due = addDuration(context.zone, planned.latest, within)
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

/** Work beyond the promised number in its window, in time order. */
function numberAnswer(clause: Clause<MaintenanceBody>, work: Maintenance, context: Context): Answer | undefined {
  const limit = clause.body['at-most']
  if (limit === undefined) return undefined
  const { works, unclear } = worksOf(clause, context)
  for (const window of context.windows(limit.per)) {
    if (work.start.earliest < window.start || work.start.earliest >= window.end) continue
    const inside = works.filter(w => w.start.earliest >= window.start && w.start.earliest < window.end)
    const before = inside.slice(0, inside.indexOf(work))
    const place = before.length + 1
    const sure = before.filter(w => !unclear.has(w)).length + 1
    const why = `number ${place} in ${window.key}, at most ${limit.text}`
    const held = place <= limit.count ? true : sure > limit.count && !unclear.has(work) ? false : undefined
    return { held, reason: held === true ? 'within' : held === false ? 'too-many' : 'column-missing', why }
  }
  return undefined
}

interface Works {
  readonly works: readonly Maintenance[]
  readonly unclear: ReadonlySet<Maintenance>
}

const known = new WeakMap<Context, Map<string, Works>>()

/**
 * The clause's work inside the term in time order; `unclear` holds rows for which a filter column is not known. Worked
 * out once per audit: an exclusion asks for it again with every piece of work.
 */
export function worksOf(clause: Clause<MaintenanceBody>, context: Context): Works {
  const byClause = known.get(context) ?? new Map<string, Works>()
  known.set(context, byClause)
  const found = byClause.get(clause.id) ?? readWorks(clause, context)
  byClause.set(clause.id, found)
  return found
}

function readWorks(clause: Clause<MaintenanceBody>, context: Context): Works {
  const services = new Set(servicesOf(clause, context.contract))
  const { term } = context.contract
  const works: Maintenance[] = []
  const unclear = new Set<Maintenance>()
  for (const work of context.evidence.maintenances) {
    const fit = fits(clause.where, work)
    if (!services.has(work.service) || fit === false) continue
    if (term?.start !== undefined && work.start.latest < term.start) continue
    if (term?.end !== undefined && work.start.earliest >= term.end) continue
    works.push(work)
    if (fit === undefined) unclear.add(work)
  }
  return { works, unclear }
}
