import type { Finding, Origin, Status } from '../../model/finding.ts'
import type { Interval } from '../../model/interval.ts'
import type { Quantity } from '../../model/quantity.ts'
import { begunAt, type Case } from './cases.ts'
import { lastOf, type RecoveryPlan } from './plan.ts'
import { type Promises, type Rpo, type Rto, rpoText, rtoText } from './rules.ts'
import { caseSteps } from './steps.ts'
import { decisive, type Start, type Stop, startOf, stopOf } from './stops.ts'
import { type Measured, measured } from './verdict.ts'

type Slot = 'rpo' | 'rto'

/** What a promise comes to for a case, before it is worded. */
interface Outcome {
  readonly status: Status
  readonly reason: string
  readonly why: string
  readonly figures?: Measured
  readonly columns: readonly string[]
  /** What was too much, once it is. */
  readonly breached?: Interval
  readonly due?: number
  /** What the figure measures, where that is not the time of the case. */
  readonly measured?: Interval
}

/** The findings on one case that belong to the period: of the time it took, and of what was lost. */
export function caseFindings(one: Case, name: string, plan: RecoveryPlan): readonly Finding[] {
  const { rules } = plan
  const { scenarios } = rules
  const promises =
    scenarios === undefined ? rules : one.scenario === undefined ? undefined : scenarios.get(one.scenario)
  if (promises === undefined) return belongs(one, undefined, plan) ? strangeFindings(one, name, plan) : []
  return [...rtoFindings(one, name, promises, plan), ...rpoFindings(one, name, promises, plan)]
}

function rtoFindings(one: Case, name: string, { rto }: Promises, plan: RecoveryPlan): readonly Finding[] {
  if (rto === undefined) return []
  const start = startOf(one, rto.from)
  if (isNone(one, start) && rto.from !== 'declared') return []
  const stop = stopOf(one)
  const outcome = rtoOutcome(start, stop, rto, plan)
  if (!belongs(one, { start, stop, outcome }, plan)) return []
  return [finding('rto', rtoText(rto), name, one, { start, stop, outcome: doubted(outcome, one) }, plan)]
}

function rpoFindings(one: Case, name: string, { rpo }: Promises, plan: RecoveryPlan): readonly Finding[] {
  if (rpo?.measure !== 'incident') return []
  const start = startOf(one, 'failure')
  if (isNone(one, start)) return []
  const stop = stopOf(one)
  const outcome = rpoOutcome(one, start, stop, rpo, plan)
  if (!belongs(one, { start, stop, outcome }, plan)) return []
  return [finding('rpo', rpoText(rpo), name, one, { start, stop, outcome: doubted(outcome, one) }, plan)]
}

/** Whether a restore by itself says that what would start the clock has not happened: nothing failed. */
function isNone({ incident }: Case, { at, columns }: Start): boolean {
  return incident === undefined && at === undefined && columns.length === 0
}

function rtoOutcome(start: Start, stop: Stop, { amount, from }: Rto, plan: RecoveryPlan): Outcome {
  const { zone, asOf } = plan.context
  if (amount === undefined) return unstated()
  if (start.at === undefined) {
    if (start.columns.length > 0) return open('column-missing', start.why, start.columns)
    const done = stop.last !== Number.POSITIVE_INFINITY && from !== 'failure'
    if (!done) return open('no-clock', start.why, [])
    return { status: 'met', reason: 'no-clock', why: `restored, and ${start.why}`, columns: [] }
  }
  const figures = measured(start.at, stop, amount, zone, asOf)
  const isOpen = stop.last === Number.POSITIVE_INFINITY
  const { status, due } = figures
  switch (status) {
    case 'met':
      return { status, reason: 'restored', why: 'restored in time', figures, columns: [] }
    case 'pending':
      return { status, reason: 'open', why: 'not restored yet', figures, columns: stop.columns, due }
    case 'breached': {
      const reason = stop.first === Number.POSITIVE_INFINITY ? 'overdue' : 'late'
      const breached = { start: due, end: Math.min(stop.first, asOf) }
      return { status, reason, why: isOpen ? 'not restored yet' : 'restored late', figures, columns: [], due, breached }
    }
    default: {
      const why = stop.columns.length > 0 ? `${stop.columns.join(', ')} not known` : 'only the day is known'
      return { ...open(stop.columns.length > 0 ? 'column-missing' : 'date-only', why, stop.columns), figures }
    }
  }
}

function rpoOutcome(one: Case, start: Start, stop: Stop, { amount }: Rpo, plan: RecoveryPlan): Outcome {
  const { zone, asOf } = plan.context
  if (amount === undefined) return unstated()
  if (start.at === undefined)
    return open(start.columns.length > 0 ? 'column-missing' : 'no-clock', start.why, start.columns)
  if (stop.first === Number.POSITIVE_INFINITY) {
    return { status: 'pending', reason: 'open', why: 'not restored yet', columns: [] }
  }
  const restores = decisive(one)
  const points = restores.map(restore => restore?.recoveredTo)
  if (restores.length === 0) return open('no-restore', 'no restore tells to which point it went back', [])
  const failure = { first: start.at.earliest, last: lastOf(start.at), columns: [] }
  const all = points.flatMap(point => (point ? [measured(point, failure, amount, zone, asOf)] : []))
  const worst = all.find(({ status }) => status === 'breached')
  if (worst !== undefined) return lossOutcome(worst, start)
  if (restores.some(restore => restore === undefined)) {
    const columns = stop.columns.length > 0 ? stop.columns : []
    return open(columns.length > 0 ? 'column-missing' : 'no-restore', 'which restore ended it is not known', columns)
  }
  if (points.some(point => !point)) {
    return open('column-missing', 'to which point it went back is not known', ['recovered_to'])
  }
  const doubtful = all.find(({ status }) => status === 'unverified')
  if (doubtful !== undefined) return { ...open('date-only', 'only the day is known', []), figures: doubtful }
  const [most] = [...all].sort((a, b) => b.highest - a.highest)
  return most === undefined ? open('no-restore', 'no restore is told', []) : lossOutcome(most, start)
}

function lossOutcome(figures: Measured, { at }: Start): Outcome {
  const end = at?.earliest ?? figures.due
  if (figures.status === 'met') {
    const why = 'lost: recovered near enough to the failure'
    const measured = { start: end - figures.highest, end }
    return { status: 'met', reason: 'recovered', why, figures, columns: [], measured }
  }
  const breached = { start: end - figures.lowest, end }
  const why = 'lost: more than allowed'
  return { status: 'breached', reason: 'lost', why, figures, columns: [], breached, measured: breached }
}

function unstated(): Outcome {
  return { status: 'not-applicable', reason: 'no-number', why: 'the text gives no number', columns: [] }
}

function open(reason: string, why: string, columns: readonly string[]): Outcome {
  return { status: 'unverified', reason, why, columns }
}

/** What the clause may not be about at all can't be breached, nor due. */
function doubted(outcome: Outcome, { columns }: Case): Outcome {
  if (columns.length === 0 || outcome.status === 'met' || outcome.status === 'not-applicable') return outcome
  const { figures } = outcome
  const why = `whether it is a case of this clause is not known`
  return { ...open('column-missing', why, [...new Set([...columns, ...outcome.columns])]), ...(figures && { figures }) }
}

interface Clocked {
  readonly start: Start
  readonly stop: Stop
  readonly outcome: Outcome
}

/** Whether a case is of the period: its time from the start to the decision meets it, and it starts in the term. */
function belongs(one: Case, clocked: Clocked | undefined, plan: RecoveryPlan): boolean {
  const { period, context } = plan
  const { term } = context.contract
  const at = clocked?.start.at
  const start = at?.earliest ?? begunAt(one)
  const last = at === undefined ? start : lastOf(at)
  if (start > context.asOf || start >= (term?.end ?? Number.POSITIVE_INFINITY)) return false
  if (last < (term?.start ?? Number.NEGATIVE_INFINITY)) return false
  const stop = clocked?.stop ?? stopOf(one)
  const decided = clocked?.outcome.status === 'breached' ? clocked.outcome.due : undefined
  const end = Math.min(decided ?? stop.last, context.asOf)
  return start < period.end && (end > period.start || last >= period.start)
}

function strangeFindings(one: Case, name: string, plan: RecoveryPlan): readonly Finding[] {
  const all = [...(plan.rules.scenarios?.values() ?? [])]
  const slots = (['rto', 'rpo'] as const).filter(slot => all.some(promises => promises[slot] !== undefined))
  const why =
    one.scenario === undefined ? 'no scope, or more than one, is told' : `no scenario is named ${one.scenario}`
  const start = startOf(one, 'failure')
  const clocked = { start, stop: stopOf(one), outcome: open('no-scenario', why, []) }
  return slots.map(slot => finding(slot, plan.promised, name, one, clocked, plan))
}

function finding(slot: Slot, text: string, name: string, one: Case, clocked: Clocked, plan: RecoveryPlan): Finding {
  const { clause, context, period } = plan
  const { start, stop, outcome } = clocked
  const { status, reason, why, figures, columns, due, breached } = outcome
  const begun = start.at?.earliest ?? begunAt(one)
  const end = Math.min(stop.last, context.asOf)
  const window = { start: Math.min(begun, end), end }
  const ms = (value: number): Quantity => ({ unit: 'ms', value })
  const figure = status === 'breached' ? figures?.lowest : figures?.highest
  const decided = status !== 'unverified' && figures !== undefined && figure !== undefined
  const near = decided && figures.allowed > 0 && figure * 100 >= figures.allowed * context.riskPercent
  const exact = start.at !== undefined && start.at.earliest === start.at.latest
  const amount = figures === undefined ? undefined : amountOf(slot, one, plan)
  return {
    id: `${clause.id}/${slot}/${name}`,
    clause: clause.id,
    promise: slot,
    subject: one.id,
    window,
    status,
    reason,
    ...(near && (status === 'met' || status === 'pending') && { atRisk: true as const }),
    ...(exact && start.at !== undefined && { start: start.at.earliest }),
    ...(due !== undefined && slot === 'rto' && { due }),
    ...(figures !== undefined && { bound: 'at-most' as const }),
    promised: figures === undefined ? { unit: 'none', text } : ms(figures.allowed),
    observed: decided ? ms(figure) : { unit: 'none', text: why },
    ...(decided && { margin: ms(figures.allowed - figure) }),
    ...(status === 'unverified' &&
      figures !== undefined && { bounds: { lowest: ms(figures.lowest), highest: ms(figures.highest) } }),
    ...(breached !== undefined && breached.start < breached.end && { breached: [breached] }),
    ...(status === 'unverified' && window.start < window.end && { undecided: [window] }),
    details: {
      case: one.id,
      ...(one.scenario !== undefined && plan.rules.scenarios !== undefined && { scenario: one.scenario }),
      ...(amount !== undefined && { amount }),
      ...(slot === 'rto' && decided && { counted_ms: figure }),
    },
    timeline: caseSteps(one, window, outcome, context),
    evidence: originsOf(one),
    notes: [
      ...(decided ? [] : [why]),
      ...columns.map(column => `column ${column} is missing or unknown`),
      ...(begun < period.start ? ['carried in: it began before the period'] : []),
      ...one.notes,
    ],
  }
}

function amountOf(slot: Slot, one: Case, { rules }: RecoveryPlan): string | undefined {
  const promises = rules.scenarios === undefined ? rules : rules.scenarios.get(one.scenario ?? '')
  return promises?.[slot]?.amount?.text.trim()
}

function originsOf({ incident, restores }: Case): readonly Origin[] {
  return [...(incident === undefined ? [] : [incident.origin]), ...restores.map(({ origin }) => origin)]
}
