import type { Finding, Origin, Step } from '../../model/finding.ts'
import type { Interval } from '../../model/interval.ts'
import type { Quantity } from '../../model/quantity.ts'
import { dateText } from '../../time/civil.ts'
import type { Duration } from '../../time/duration.ts'
import { clip, type Intervals, overlaps, union } from '../../time/interval.ts'
import { certain, type Known, uncovered } from '../../time/known.ts'
import { localDay } from '../../time/local.ts'
import { shortened } from '../control/steps.ts'
import { type Gap, gapsOf } from '../cover.ts'
import type { RecoveryPlan } from './plan.ts'

/** Time in which no more than allowed would be lost, of one component, and what findings on the rest of it say. */
export interface Exposure {
  /** `''`: all together. */
  readonly component: string
  /** What is not known is no part of the breach beside it: it is told by itself. */
  readonly apart: boolean
  readonly amount: Duration
  readonly promised: string
  readonly cover: Known
  /** Of `cover` what is sure by rows, not by a first one that is presumed. */
  readonly told: Intervals
  /** What could be lost for certain just before an instant, or at least; undefined: everything. */
  lostBefore(at: number, sure: boolean): number | undefined
  /** The amount as it is up to an instant, in ms. */
  allowedAt(at: number): number
  /** The longest that could be lost, over some of the time judged. */
  longest(within: Intervals): number | undefined
  /** Until when what there is now is enough; undefined where nothing is known to be. */
  readonly enoughUntil: number | undefined
  doubt(gaps: Intervals): { readonly reason: string; readonly why: string; readonly columns: readonly string[] }
  readonly reason: string
  readonly why: string
  steps(stretch: Interval): readonly Step[]
  notes(stretch: Interval): readonly string[]
}

/** A finding for each stretch beyond the amount, one for what is not known between them, and one for what is kept. */
export function* stretchFindings(one: Exposure, several: boolean, plan: RecoveryPlan): Iterable<Finding> {
  const { period, context, clause } = plan
  const { asOf, zone, contract } = context
  const prefix = `${clause.id}/rpo${several && one.component !== '' ? `/${one.component}` : ''}`
  const label = (at: number): string => `${prefix}/${dateText(localDay(zone, at))}`
  const owed = { start: period.start, end: Math.max(period.start, Math.min(period.end, asOf)) }
  const from = Math.min(owed.start, contract.term?.start ?? one.cover.possible[0]?.start ?? owed.start)
  const whole = owed.start < owed.end ? [{ start: from, end: owed.end }] : []
  let unknown: Interval[] = []
  const kept = owed.start < owed.end ? clip(one.cover.sure, owed) : []
  const all = one.apart ? piecesApart(whole, one.cover) : gapsOf(certain(whole), one.cover)
  const gaps = all.filter(({ at }) => at.end > owed.start)
  const isTold = gaps.length === 0 || kept.some(stretch => overlaps(one.told, stretch))
  if (kept.length > 0 && isTold) yield keptFinding(kept, gaps.length === 0, prefix, one, plan)
  for (const gap of gaps) {
    if (!overlaps(gap.breached, owed)) {
      unknown.push(...clip(gap.undecided, owed))
      continue
    }
    if (unknown.length > 0) yield openFinding(unknown, label(unknown[0]?.start ?? owed.start), one, plan)
    unknown = []
    yield breachFinding(gap.breached, clip(gap.undecided, owed), label, one, plan)
  }
  if (unknown.length > 0) yield openFinding(unknown, label(unknown[0]?.start ?? owed.start), one, plan)
  const { enoughUntil: due } = one
  if (due === undefined || asOf >= period.end || due < asOf) return
  if (due >= (contract.term?.end ?? Number.POSITIVE_INFINITY)) return
  yield nextFinding(due, label(due), one, plan)
}

/** Each stretch that is lost for certain, and each of which that is not known, by itself. */
function piecesApart(whole: Intervals, cover: Known): readonly Gap[] {
  const { breached, undecided } = uncovered(certain(whole), cover)
  return [
    ...breached.map((at): Gap => ({ at, breached: [at], undecided: [] })),
    ...undecided.map((at): Gap => ({ at, breached: [], undecided: [at] })),
  ].sort((a, b) => a.at.start - b.at.start)
}

function breachFinding(
  breached: Intervals,
  undecided: Intervals,
  label: (at: number) => string,
  one: Exposure,
  plan: RecoveryPlan,
): Finding {
  const all = union(breached, undecided)
  const at = { start: all[0]?.start ?? 0, end: all.at(-1)?.end ?? 0 }
  const id = label(breached[0]?.start ?? at.start)
  const end = breached.at(-1)?.end ?? at.end
  const lost = one.lostBefore(end, false)
  const allowed = one.allowedAt(end)
  const isOpen = end >= plan.context.asOf
  const doubt = 'not known whether more would have been lost'
  const over: Step[] = [
    ...breached.map((stretch): Step => ({ at: stretch, effect: 'over', reason: one.reason, why: one.why })),
    ...undecided.map((stretch): Step => ({ at: stretch, effect: 'unknown', reason: one.reason, why: doubt })),
  ]
  return {
    ...base(id, one, plan),
    window: at,
    status: 'breached',
    reason: isOpen ? 'overdue' : one.reason,
    due: breached[0]?.start ?? at.start,
    ...(lost === undefined
      ? { observed: { unit: 'none' as const, text: 'nothing that counts to restore from' } }
      : figures(lost, allowed)),
    breached,
    ...(undecided.length > 0 && { undecided }),
    ...told(at, over, one),
    notes: one.notes(at),
  }
}

function openFinding(gaps: Intervals, id: string, one: Exposure, plan: RecoveryPlan): Finding {
  const { reason, why, columns } = one.doubt(gaps)
  const [first] = gaps
  const at = { start: first?.start ?? 0, end: gaps.at(-1)?.end ?? 0 }
  const unknown: Step[] = gaps.map(stretch => ({ at: stretch, effect: 'unknown', reason, why }))
  return {
    ...base(id, one, plan),
    window: at,
    status: 'unverified',
    reason,
    observed: { unit: 'none', text: why },
    undecided: gaps,
    ...told(at, unknown, one),
    notes: [...columns.map(column => `column ${column} is missing or unknown`), ...one.notes(at)],
  }
}

/** All that is kept, also between stretches that are not: the most that could be lost in it. */
function keptFinding(kept: Intervals, isAll: boolean, id: string, one: Exposure, plan: RecoveryPlan): Finding {
  const { context } = plan
  const window = { start: kept[0]?.start ?? 0, end: kept.at(-1)?.end ?? 0 }
  const lost = one.longest(kept)
  const allowed = one.allowedAt(window.end)
  // Backups made at a fixed distance use up the same share each time, and what ends in a gap all of it.
  const mayBeNear = one.apart && isAll && lost !== undefined && allowed > 0
  const near = mayBeNear && lost * 100 >= allowed * context.riskPercent
  const why = 'never more to lose than allowed'
  const steps = kept.map((at): Step => ({ at, effect: 'counted', reason: 'kept', why }))
  const all = context.fullTimelines ? told(window, steps, one) : { timeline: shortened(steps), evidence: [] }
  return {
    ...base(id, one, plan),
    window,
    status: 'met',
    reason: 'kept',
    ...(near && { atRisk: true as const }),
    ...(lost === undefined ? { observed: { unit: 'none' as const, text: why } } : figures(lost, allowed)),
    ...all,
    notes: one.notes(window),
  }
}

function nextFinding(due: number, id: string, one: Exposure, plan: RecoveryPlan): Finding {
  const { asOf, riskPercent } = plan.context
  const lost = one.lostBefore(asOf, true)
  const start = lost === undefined ? asOf : asOf - lost
  const near = due > start && (asOf - start) * 100 >= (due - start) * riskPercent
  const window = { start, end: due }
  return {
    ...base(id, one, plan),
    window,
    status: 'pending',
    reason: 'running',
    ...(near && { atRisk: true as const }),
    start,
    due,
    bound: 'at-most',
    promised: { unit: 'ms', value: due - start },
    observed: { unit: 'ms', value: asOf - start },
    margin: { unit: 'ms', value: due - asOf },
    ...told({ start, end: asOf }, [], one),
    notes: one.notes({ start: asOf, end: due }),
  }
}

function told(stretch: Interval, own: readonly Step[], one: Exposure) {
  const steps = [...one.steps(stretch), ...own].sort((a, b) => a.at.start - b.at.start)
  const timeline = shortened(steps)
  const evidence: Origin[] = timeline.flatMap(({ origin }) => (origin === undefined ? [] : [origin]))
  return { timeline, evidence }
}

function figures(lost: number, allowed: number) {
  const ms = (value: number): Quantity => ({ unit: 'ms', value })
  return { bound: 'at-most' as const, promised: ms(allowed), observed: ms(lost), margin: ms(allowed - lost) }
}

function base(id: string, { component, promised, amount }: Exposure, { clause }: RecoveryPlan) {
  return {
    id,
    clause: clause.id,
    promise: 'rpo',
    subject: component,
    promised: { unit: 'none' as const, text: promised },
    details: { ...(component !== '' && { component }), amount: amount.text.trim() },
  }
}
