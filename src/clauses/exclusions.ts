import type { Clause, Contract, Exclusion } from '../contract/contract.ts'
import type { Maintenance, Outage, Row } from '../evidence/records.ts'
import type { Interval, Moment } from '../model/interval.ts'
import { clip, type Intervals, intersect, merge, subtract, union } from '../time/interval.ts'
import { windowsOver } from '../time/window.ts'
import { cellOf, fits, unknownColumns } from './filter.ts'
import type { Context } from './judge.ts'
import { servicesOf } from './judge.ts'
import { workAnswers } from './maintenance/rules.ts'
import type { MaintenanceBody } from './maintenance/schema.ts'
import { exactly, hoursOfWork, noticeAnswer, plannedInterval } from './work.ts'

/** What one exclusion made of one record. `held` undefined: the evidence does not say (a possible exclusion). */
export interface Exempted {
  readonly exclusion: string
  readonly record: Row
  readonly event: 'maintenance' | 'outage'
  readonly held: boolean | undefined
  /** What is excluded if it holds: certainly, and at the most (they differ for bare dates). */
  readonly certain: Intervals
  readonly possible: Intervals
  /** Time that the cap left to count. */
  readonly capped: Intervals
  readonly why: string
}

/** Excluded time of a subject: `sure` qualifies, `possible` (⊇ sure) could; `records` says what became of each row. */
export interface Excluded {
  readonly sure: Intervals
  readonly possible: Intervals
  /** Time for which a log says of itself that it is not complete: a row that would exclude it may be missing. */
  readonly hidden: Intervals
  readonly records: readonly Exempted[]
}

/** Whether a clause leaves records of an event out. */
export function excludesEvent(
  names: readonly string[] | undefined,
  event: Exclusion['event'],
  contract: Contract,
): boolean {
  return (names ?? []).some(name => contract.exclusions.get(name)?.event === event)
}

/** Applies the named exclusions to the records of the given services. */
export function excludedTime(names: readonly string[], services: ReadonlySet<string>, context: Context): Excluded {
  const events = new Set(names.flatMap(name => context.contract.exclusions.get(name)?.event ?? []))
  const records = names.flatMap(name => {
    const exclusion = context.contract.exclusions.get(name)
    return exclusion === undefined ? [] : applyExclusion(exclusion, services, context)
  })
  return {
    sure: merge(records.filter(r => r.held === true).flatMap(r => r.certain)),
    possible: merge(records.filter(r => r.held !== false).flatMap(r => r.possible)),
    hidden: [...events].reduce<Intervals>((all, event) => union(all, hiddenTime(event, services, context)), []),
    records,
  }
}

/** A moment that an outage row explains has its cause; planned work may still be missing there. */
function hiddenTime(event: Exclusion['event'], services: ReadonlySet<string>, context: Context): Intervals {
  const left = [...services].reduce<Intervals>((all, service) => union(all, context.leftOut(event, service)), [])
  if (event === 'maintenance' || left.length === 0) return left
  const rows = context.evidence.outages.filter(o => services.has(o.service))
  return subtract(
    left,
    merge(rows.map(o => ({ start: o.start.earliest, end: (o.end ?? exactly(context.asOf)).latest }))),
  )
}

function applyExclusion(exclusion: Exclusion, services: ReadonlySet<string>, context: Context): readonly Exempted[] {
  const { evidence, asOf } = context
  const answers =
    exclusion.event === 'outage'
      ? evidence.outages.filter(o => services.has(o.service)).map(o => outageExempted(exclusion, o, context))
      : evidence.maintenances
          .filter(m => services.has(m.service))
          .map(m => maintenanceExempted(exclusion, m, keptClause(exclusion, context), context))
  return exclusion.cap === undefined ? answers : capped(exclusion.cap, exclusion.name, answers, asOf, context)
}

function keptClause(exclusion: Exclusion, context: Context): Clause<MaintenanceBody> | undefined {
  const clause = context.contract.clauses.find(({ id }) => id === exclusion.kept)
  return clause as Clause<MaintenanceBody> | undefined
}

function maintenanceExempted(
  exclusion: Exclusion,
  work: Maintenance,
  kept: Clause<MaintenanceBody> | undefined,
  context: Context,
): Exempted {
  const planned = plannedInterval(work, context.asOf)
  const end = work.end ?? exactly(context.asOf)
  const limit = exclusion.overrun === 'excluded' ? end : min(end, planned.end)
  const from = work.plannedStart === undefined ? work.start : max(work.start, work.plannedStart)
  const certain = interval(from.latest, limit.earliest)
  const possible = interval(from.earliest, limit.latest)
  const conditions: Condition[] = [filterCondition(exclusion, work)]
  conditions.push(...hoursConditions(exclusion, from, limit, context))
  if (exclusion.notice !== undefined) conditions.push(noticeAnswer(exclusion.notice, work, context))
  if (kept !== undefined) conditions.push(...keptConditions(kept, work, context))
  return settle(exclusion, 'maintenance', work, conditions, certain, possible)
}

function keptConditions(kept: Clause<MaintenanceBody>, work: Maintenance, context: Context): readonly Condition[] {
  const notCovered = [{ held: true, why: `${kept.id} does not cover it` }]
  if (!servicesOf(kept, context.contract).includes(work.service)) return notCovered
  const covered = fits(kept.where, work)
  if (covered === false) return notCovered
  const answers = workAnswers(kept, work, context).filter(({ promise }) => promise !== 'overrun')
  const held = (value: boolean | undefined) => answers.filter(({ answer }) => answer.held === value)
  const [failed, open] = [held(false), held(undefined)]
  const telling = failed.length > 0 ? failed : open.length > 0 ? open : answers
  const why = `${kept.id}: ${telling.map(({ answer }) => answer.why).join('; ')}`
  if (failed.length === 0) return [{ held: open.length > 0 ? undefined : true, why }]
  if (covered !== undefined) return [{ held: false, why }]
  const columns = unknownColumns(kept.where, work).join(', ')
  return [{ held: undefined, why: `${why}; not known whether ${kept.id} covers it: no ${columns}` }]
}

function outageExempted(exclusion: Exclusion, outage: Outage, context: Context): Exempted {
  const end = outage.end ?? exactly(context.asOf)
  const certain = interval(outage.start.latest, end.earliest)
  const possible = interval(outage.start.earliest, end.latest)
  const conditions: Condition[] = [filterCondition(exclusion, outage)]
  if (exclusion.cause !== undefined) conditions.push(causeCondition(exclusion.cause, outage))
  conditions.push(...hoursConditions(exclusion, outage.start, end, context))
  return settle(exclusion, 'outage', outage, conditions, certain, possible)
}

function hoursConditions(
  { inside, outside }: Exclusion,
  from: Moment,
  to: Moment,
  context: Context,
): readonly Condition[] {
  const at = {
    certain: { start: from.latest, end: Math.max(from.latest, to.earliest) },
    possible: { start: from.earliest, end: Math.max(from.earliest, to.latest) },
  }
  return [
    ...(inside === undefined ? [] : [hoursOfWork(inside, 'inside', at, context)]),
    ...(outside === undefined ? [] : [hoursOfWork(outside, 'outside', at, context)]),
  ]
}

interface Condition {
  readonly held: boolean | undefined
  readonly why: string
}

function filterCondition(exclusion: Exclusion, row: Row): Condition {
  const held = fits(exclusion.where, row)
  const columns = held === undefined ? unknownColumns(exclusion.where, row) : (exclusion.where ?? []).map(w => w.column)
  if (held === undefined) return { held, why: `not known whether it is ${exclusion.name}: no ${columns.join(', ')}` }
  const cells = columns.map(column => `${column} is ${cellOf(row, column) || 'blank'}`).join(', ')
  return { held, why: cells === '' ? '' : cells }
}

function causeCondition(causes: readonly string[], outage: Outage): Condition {
  const cause = cellOf(outage, 'cause')
  if (cause === undefined) return { held: undefined, why: 'the cause is not known: no cause column' }
  return { held: causes.includes(cause), why: cause === '' ? 'no cause stated' : `cause ${cause}` }
}

function settle(
  exclusion: Exclusion,
  event: 'maintenance' | 'outage',
  record: Row,
  conditions: readonly Condition[],
  certain: Intervals,
  possible: Intervals,
): Exempted {
  const failed = conditions.filter(({ held }) => held === false)
  const open = conditions.filter(({ held }) => held === undefined)
  const held = failed.length > 0 ? false : open.length > 0 ? undefined : true
  const telling = failed.length > 0 ? failed : open.length > 0 ? open : conditions
  const why = telling
    .map(c => c.why)
    .filter(text => text !== '')
    .join('; ')
  return { exclusion: exclusion.name, event, record, held, certain, possible, capped: [], why }
}

/**
 * Fills each cap period in time order; what no longer fits counts again. A record that may not qualify may or may not
 * take its share: certain is what fits beside all others, possible what fits beside the certain ones alone.
 */
function capped(
  cap: NonNullable<Exclusion['cap']>,
  name: string,
  answers: readonly Exempted[],
  asOf: number,
  context: Context,
): readonly Exempted[] {
  const sure = merge(answers.filter(a => a.held === true).flatMap(a => a.certain))
  const all = merge(answers.filter(a => a.held !== false).flatMap(a => a.possible))
  const spill = overCap(cap, all, asOf, context)
  if (spill.length === 0) return answers
  return answers.map(answer => {
    if (answer.held === false) return answer
    const own = overCap(cap, union(sure, answer.possible), asOf, context)
    const left = intersect(answer.possible, answer.held === true ? spill : own)
    if (intersect(answer.possible, spill).length === 0) return answer
    const why = `${answer.why === '' ? '' : `${answer.why}; `}the cap of ${name} (${cap.text}) is used up`
    const certain = subtract(answer.certain, spill)
    return { ...answer, certain, possible: subtract(answer.possible, own), capped: left, why }
  })
}

/** What exceeds the cap in each of its windows. */
function overCap(cap: NonNullable<Exclusion['cap']>, all: Intervals, asOf: number, context: Context): Intervals {
  const first = all[0]
  const last = all[all.length - 1]
  if (first === undefined || last === undefined) return []
  const { term, fees } = context.contract
  const billing = fees?.billingDay === undefined ? {} : { billingDay: fees.billingDay }
  const anchors = { zone: context.zone, ...(term && { term }), ...billing }
  const windows = windowsOver(cap.per, anchors, { start: first.start, end: Math.max(last.end, asOf) })
  return merge(windows.flatMap(window => beyond(clip(all, window), cap.ms)))
}

/** What is left of a list after its first `ms` milliseconds. */
export function beyond(list: Intervals, ms: number): Interval[] {
  const out: Interval[] = []
  let room = ms
  for (const { start, end } of list) {
    const taken = Math.min(room, end - start)
    room -= taken
    if (start + taken < end) out.push({ start: start + taken, end })
  }
  return out
}

function interval(start: number, end: number): Interval[] {
  return start < end ? [{ start, end }] : []
}

function min(a: Moment, b: Moment): Moment {
  return { earliest: Math.min(a.earliest, b.earliest), latest: Math.min(a.latest, b.latest) }
}

function max(a: Moment, b: Moment): Moment {
  return { earliest: Math.max(a.earliest, b.earliest), latest: Math.max(a.latest, b.latest) }
}
