import type { Clause } from '../contract/contract.ts'
import type { Maintenance } from '../evidence/records.ts'
import type { Reference } from '../model/clause-kind.ts'
import type { Finding, Status, Step } from '../model/finding.ts'
import type { Quantity } from '../model/quantity.ts'
import { durationText } from '../time/duration.ts'
import { formatInstant } from '../time/stamp.ts'
import type { AnyKind, Context, Judge } from './judge.ts'
import { missingTypes, servicesOf, skippedRows } from './judge.ts'
import { maintenanceManual } from './maintenance/manual.ts'
import { numberFindings } from './maintenance/number.ts'
import { type WorkPromise, workAnswers } from './maintenance/rules.ts'
import { type MaintenanceBody, maintenanceSchema } from './maintenance/schema.ts'
import { worksOf } from './maintenance/works.ts'
import { type Answer, actualInterval, plannedInterval } from './work.ts'

/** Planned work: notice, hours, length, number and overruns, one finding per piece of work and promise. */
export const maintenance: AnyKind = {
  kind: 'maintenance',
  title: 'Planned maintenance',
  manual: maintenanceManual,
  schema: maintenanceSchema,
  references: body => references(body as MaintenanceBody),
  lints: () => [],
  judge: {
    needs: () => ({ anyOf: [['maintenance']], also: [] }),
    filters: () => [],
    promise: promiseText,
    check,
  } satisfies Judge<MaintenanceBody>,
}

function references(body: MaintenanceBody): readonly Reference[] {
  const out: Reference[] = []
  const calendar = (name: string, path: string[]) => out.push({ to: 'calendar', name, path })
  if (body.notice?.during !== undefined) calendar(body.notice.during, ['notice', 'during'])
  for (const side of ['inside', 'outside'] as const) {
    const hours = body[side]
    if (hours !== undefined && 'calendar' in hours) calendar(hours.calendar, [side])
  }
  return out
}

function promiseText({ body }: Clause<MaintenanceBody>): string {
  const parts: string[] = []
  if (body.notice !== undefined) {
    parts.push(body.notice.atLeast === undefined ? 'announced ahead' : `announced ≥ ${body.notice.atLeast.text} ahead`)
  }
  for (const side of ['inside', 'outside'] as const) {
    const hours = body[side]
    if (hours !== undefined) parts.push(`${side} ${'calendar' in hours ? hours.calendar : hours.text}`)
  }
  if (body.longest !== undefined)
    parts.push(body.longest === 'unstated' ? 'short' : `≤ ${durationText(body.longest)} each`)
  if (body['at-most'] !== undefined) parts.push(`≤ ${body['at-most'].text}`)
  if (body.overrun !== undefined) {
    const within = body.overrun['notify-within']
    parts.push(within === 'unstated' ? 'overruns notified' : `overruns notified ≤ ${within.text}`)
  }
  return parts.join(' · ')
}

function* check(clause: Clause<MaintenanceBody>, context: Context): Iterable<Finding> {
  const base = { clause: clause.id, timeline: [], evidence: [], notes: [] }
  const missing = missingTypes({ anyOf: [['maintenance']], also: [] }, context)
  if (missing.length > 0) {
    yield {
      ...base,
      id: clause.id,
      subject: '',
      window: context.period,
      status: 'unverified',
      reason: 'missing',
      promised: { unit: 'none', text: promiseText(clause) },
      observed: { unit: 'none', text: 'no maintenance records supplied' },
    }
    return
  }
  const { works, unclear } = worksOf(clause, context)
  const inPeriod = works.filter(w => w.start.latest >= context.period.start && w.start.earliest < context.period.end)
  const name = subjects(inPeriod, context)
  for (const work of inPeriod) {
    for (const { promise, answer } of workAnswers(clause, work, context)) {
      if (promise === 'at-most') continue
      yield workFinding(clause, work, name(work), promise, answer, unclear.has(work), context)
    }
  }
  yield* numberFindings(clause, context)
  const skipped = skippedRows('maintenance', new Set(servicesOf(clause, context.contract)), context)
  if (skipped > 0) {
    yield {
      ...base,
      id: `${clause.id}/bad-rows`,
      subject: '',
      window: context.period,
      status: 'unverified',
      reason: 'bad-rows',
      promised: { unit: 'none', text: promiseText(clause) },
      observed: { unit: 'none', text: `${skipped} bad maintenance row${skipped === 1 ? ' was' : 's were'} left out` },
    }
  } else if (inPeriod.length === 0 && clause.body['at-most'] === undefined) {
    yield {
      ...base,
      id: clause.id,
      subject: '',
      window: context.period,
      status: 'not-applicable',
      reason: 'none',
      promised: { unit: 'none', text: promiseText(clause) },
      observed: { unit: 'none', text: 'no maintenance in the period' },
    }
  }
}

function workFinding(
  clause: Clause<MaintenanceBody>,
  work: Maintenance,
  subject: string,
  promise: WorkPromise,
  answer: Answer,
  unclear: boolean,
  context: Context,
): Finding {
  const { possible } = actualInterval(work, context.asOf)
  const status = workStatus(answer, unclear)
  const planned = plannedInterval(work, context.asOf)
  const step: Step = {
    at: possible,
    effect: status === 'breached' ? 'over' : status === 'unverified' ? 'unknown' : 'note',
    reason: answer.reason,
    why: answer.why,
    origin: work.origin,
  }
  const promised = promisedQuantity(clause, promise)
  const given = answer.given
  const limit = promised.unit === 'ms' ? promised.value : undefined
  const direction = promise === 'notice' ? 1 : -1
  return {
    id: `${clause.id}/${promise}/${subject}`,
    clause: clause.id,
    promise,
    subject,
    window: possible,
    status,
    reason: answer.reason,
    start: planned.start.earliest,
    ...(answer.due !== undefined && { due: answer.due }),
    ...(promised.unit === 'ms' && { bound: promise === 'notice' ? ('at-least' as const) : ('at-most' as const) }),
    promised,
    observed:
      given === undefined || promised.unit !== 'ms' ? { unit: 'none', text: answer.why } : { unit: 'ms', value: given },
    ...(limit !== undefined &&
      given !== undefined && { margin: { unit: 'ms', value: direction * (given - limit) } as Quantity }),
    ...amountOf(clause, promise),
    timeline: [step],
    evidence: [work.origin],
    notes: [
      ...(answer.column === undefined ? [] : [`column ${answer.column} is missing or unknown`]),
      ...(unclear ? ['not known whether the clause covers this work: a filter column is missing'] : []),
    ],
  }
}

function workStatus(answer: Answer, unclear: boolean): Status {
  if (answer.idle && answer.reason === 'no-number') return 'not-applicable'
  if (answer.held === false) return unclear ? 'unverified' : 'breached'
  if (answer.reason === 'running') return 'pending'
  return answer.held === undefined ? 'unverified' : 'met'
}

function promisedQuantity({ body }: Clause<MaintenanceBody>, promise: WorkPromise): Quantity {
  if (promise === 'notice' && body.notice?.atLeast?.unit === 'elapsed')
    return { unit: 'ms', value: body.notice.atLeast.ms }
  if (promise === 'notice') return { unit: 'none', text: body.notice?.atLeast?.text ?? 'unstated' }
  if (promise === 'longest' && typeof body.longest === 'number') return { unit: 'ms', value: body.longest }
  if (promise === 'inside' || promise === 'outside') {
    const hours = body[promise]
    if (hours !== undefined)
      return { unit: 'none', text: `${promise} ${'calendar' in hours ? hours.calendar : hours.text}` }
  }
  const within = body.overrun?.['notify-within']
  if (promise === 'overrun' && within !== undefined && within !== 'unstated') {
    return within.unit === 'elapsed' ? { unit: 'ms', value: within.ms } : { unit: 'none', text: within.text }
  }
  return { unit: 'none', text: 'unstated' }
}

/** The amount as the contract writes it. */
function amountOf({ body }: Clause<MaintenanceBody>, promise: WorkPromise): Pick<Finding, 'details'> {
  const within = body.overrun?.['notify-within']
  const amount =
    promise === 'notice' ? body.notice?.atLeast : promise === 'overrun' && within !== 'unstated' ? within : undefined
  return amount?.unit === 'elapsed' ? { details: { amount: amount.text.trim() } } : {}
}

/** A stable name per piece of work: its id, else its planned start in local time; a repeat gets `~2`. */
function subjects(works: readonly Maintenance[], context: Context): (work: Maintenance) => string {
  const names = new Map<Maintenance, string>()
  const seen = new Map<string, number>()
  for (const work of works) {
    const start = formatInstant(context.zone, plannedInterval(work, context.asOf).start.earliest)
    const name = work.id === undefined || work.id === '' ? [work.service, start].filter(Boolean).join('/') : work.id
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    names.set(work, times === 1 ? name : `${name}~${times}`)
  }
  return work => names.get(work) ?? ''
}
