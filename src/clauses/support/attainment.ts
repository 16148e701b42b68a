import type { Percent } from '../../contract/contract.ts'
import type { Finding, Status, Step } from '../../model/finding.ts'
import type { Quantity } from '../../model/quantity.ts'
import { ratio } from '../fraction.ts'
import { targetText } from './amounts.ts'
import { isCovered } from './fixed.ts'
import { judgeTicket } from './judge-ticket.ts'
import { windowOf } from './membership.ts'
import type { Plan } from './plan.ts'
import type { Tallies, Tally } from './tallies.ts'
import { clockTime } from './words.ts'

/** One finding for each priority, promise and window: the share of tickets in time, late ones as its steps. */
export function attainmentFindings(plan: Plan, tallies: Tallies): readonly Finding[] {
  const { attainment } = plan.clause.body
  if (attainment === undefined) return []
  const windows = plan.context.windows(attainment.per)
  return windows.flatMap(window =>
    [...plan.priorities].flatMap(([priority, targets]) =>
      plan.promises.flatMap(promise => {
        const target = targets[promise]
        if (target === undefined || target === 'unstated') return []
        const covered = isCovered(window, windows, plan)
        return [attainmentFinding(tallies.of(priority, promise, window), attainment.value, covered, plan)]
      }),
    ),
  )
}

function attainmentFinding(tally: Tally, target: Percent, covered: boolean, plan: Plan): Finding {
  const { priority, promise, window, inTime, late, open, unknown } = tally
  const { clause, context } = plan
  const { term } = context.contract
  const end = Math.min(window.end, term?.end ?? window.end)
  const running = end > context.asOf
  const decided = inTime + late.length
  const [status, reason] = verdictOf(tally, target, running, covered)
  const undecided = open.length + unknown.length
  const all = decided + undecided
  const margin = BigInt(inTime) * BigInt(target.of) - BigInt(target.part) * BigInt(decided)
  const allowed = BigInt(target.of - target.part) * BigInt(decided)
  const used = BigInt(late.length) * BigInt(target.of) * 100n >= allowed * BigInt(context.riskPercent)
  const atRisk = allowed > 0n && used && (status === 'met' || status === 'pending')
  return {
    id: `${clause.id}/${priority}-${promise}/${window.key}`,
    clause: clause.id,
    promise,
    subject: priority,
    window: { start: window.start, end: window.end },
    status,
    reason,
    ...(atRisk && { atRisk: true as const }),
    bound: 'at-least',
    promised: { unit: 'ratio', part: target.part, of: target.of },
    observed:
      decided === 0 ? { unit: 'none', text: 'no ticket decided' } : { unit: 'ratio', part: inTime, of: decided },
    ...(decided > 0 &&
      status !== 'unverified' && { margin: ratio(margin, BigInt(target.of) * BigInt(decided)) satisfies Quantity }),
    ...(undecided > 0 && {
      bounds: {
        lowest: { unit: 'ratio', part: inTime, of: all },
        highest: { unit: 'ratio', part: inTime + undecided, of: all },
      } as const,
    }),
    details: {
      priority,
      clock: clause.body.calendar,
      amount: targetText(plan.priorities.get(priority)?.[promise] ?? 'unstated'),
      in_time: inTime,
      late: late.length,
      ...(open.length > 0 && { open: open.length }),
      ...(unknown.length > 0 && { unverified: unknown.length }),
    },
    timeline: [...late, ...open, ...unknown].flatMap(ticket => stepOf(ticket, tally, plan)),
    evidence: late.map(ticket => context.evidence.tickets.ticket(ticket).origin),
    notes:
      reason !== 'incomplete'
        ? []
        : ['no log of tickets that is complete for this window: one, or a coverage row, would settle it'],
  }
}

/** Met or breached only if every outcome of what is undecided leaves it so. */
function verdictOf(
  { inTime, late, open, unknown }: Tally,
  target: Percent,
  running: boolean,
  covered: boolean,
): readonly [Status, string] {
  const [some, more] = [open.length, unknown.length]
  const holds = (kept: number, of: number) => BigInt(kept) * BigInt(target.of) >= BigInt(target.part) * BigInt(of)
  const all = inTime + late.length + some + more
  // Tickets to come can outweigh any that were late, unless none may be.
  if (late.length > 0 && target.part === target.of) return ['breached', 'late']
  if (running) return ['pending', 'running']
  if (!covered) return ['unverified', 'incomplete']
  if (all === 0) return ['not-applicable', 'none']
  if (holds(inTime, all)) return ['met', 'in-time']
  if (!holds(inTime + some + more, all)) return ['breached', 'late']
  // What still runs may settle it whatever became of the others.
  const settled = !holds(inTime + more, all) || holds(inTime + some, all)
  return some > 0 && settled ? ['pending', 'open'] : ['unverified', 'undecided']
}

function stepOf(index: number, { priority, promise, window }: Tally, plan: Plan): readonly Step[] {
  const ticket = plan.context.evidence.tickets.ticket(index)
  const outcomes = judgeTicket(ticket, plan)
  const outcome =
    outcomes.find(one => one.promise === promise && one.priority === priority) ??
    outcomes.find(one => one.promise === undefined)
  if (outcome === undefined) return []
  const { timed, status, reason } = outcome
  const figure =
    timed === undefined
      ? (outcome.why ?? reason)
      : `${clockTime(timed.verdict.counted, timed.verdict)} counted, ${clockTime(timed.verdict.allowance.ms, timed.verdict)} allowed`
  const effect = status === 'breached' ? 'over' : status === 'unverified' ? 'unknown' : 'note'
  const at = windowOf(outcome, { asOf: plan.context.asOf, period: window })
  return [{ at, effect, reason, why: `${ticket.id}: ${figure}`, origin: ticket.origin }]
}
