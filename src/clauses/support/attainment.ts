import type { Percent } from '../../contract/contract.ts'
import type { Finding, Step } from '../../model/finding.ts'
import type { Interval } from '../../model/interval.ts'
import { shareFinding } from '../attainment.ts'
import type { Counted, Tallies, Tally } from '../tallies.ts'
import { targetText } from './amounts.ts'
import { isCovered } from './fixed.ts'
import { judgeTicket } from './judge-ticket.ts'
import { windowOf } from './membership.ts'
import type { Outcome } from './outcome.ts'
import type { Plan } from './plan.ts'
import type { PromiseWord } from './schema.ts'
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
        const tally = tallies.of(slotOf(promise, priority), promise, window)
        return [attainmentFinding(priority, promise, tally, attainment.value, covered, plan)]
      }),
    ),
  )
}

/** A ticket's outcome as tallies count it: by priority and promise. */
export function countedOf({ status, start, promise, priority, promises }: Outcome): Counted {
  if (promise === undefined || priority === undefined) return { status, start, groups: promises }
  return { status, start, slot: slotOf(promise, priority) }
}

function slotOf(promise: PromiseWord, priority: string): string {
  return `${promise}\u0000${priority}`
}

function attainmentFinding(
  priority: string,
  promise: PromiseWord,
  tally: Tally,
  target: Percent,
  covered: boolean,
  plan: Plan,
): Finding {
  const { window, late, open, unknown } = tally
  const { clause, context } = plan
  const share = {
    id: `${clause.id}/${priority}-${promise}/${window.key}`,
    clause: clause.id,
    promise,
    subject: priority,
    target,
    covered,
    noun: 'ticket',
    details: {
      priority,
      clock: clause.body.calendar,
      amount: targetText(plan.priorities.get(priority)?.[promise] ?? 'unstated'),
    },
    timeline: [...late, ...open, ...unknown].flatMap(ticket => stepOf(ticket, priority, promise, window, plan)),
    evidence: late.map(ticket => context.evidence.tickets.ticket(ticket).origin),
  }
  return shareFinding(share, tally, context)
}

function stepOf(index: number, priority: string, promise: PromiseWord, window: Interval, plan: Plan): readonly Step[] {
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
