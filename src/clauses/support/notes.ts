import type { ChangeWord, TicketChange } from '../../evidence/records.ts'
import { formatInstant } from '../../time/stamp.ts'
import { businessDayAfter, firstBusinessDay } from './business-days.ts'
import type { Outcome, Timed } from './outcome.ts'
import type { Plan } from './plan.ts'
import { isOtherPause } from './state-effects.ts'
import { pausedAtEnd, reopeningsOf } from './states.ts'
import { isEnd, isExact, isResponse, type Life } from './ticket-clocks.ts'
import { amountText } from './timing.ts'
import { dueAt } from './verdict.ts'
import { clockTime, dayText, hoursText } from './words.ts'

/** Assumptions and inferences made for one finding. */
export function notesOf(outcome: Outcome, plan: Plan): readonly string[] {
  const { life, timed, why, start } = outcome
  const { period } = plan.context
  const out: string[] = []
  if (why !== undefined) out.push(why)
  if (start.latest < period.start) out.push('opened before the period')
  if (timed === undefined) return out
  out.push(...inferred(outcome, life), ...pauses(outcome, life, plan), ...changes(outcome, life, plan))
  const { updates } = timed
  for (const note of [daysNote(timed, plan), hourNote(outcome, plan), closedNote(outcome), datesNote(outcome, plan)]) {
    if (note !== undefined) out.push(note)
  }
  if (updates !== undefined && updates.stretches > 1) {
    const running = updates.running?.verdict
    const now = running === undefined ? '' : `; ${clockTime(running.counted, running)} since the last update`
    out.push(`the longest of ${updates.stretches} stretches between updates${now}`)
  }
  return out
}

/** How business days were counted, with the dates they come to: `day 0 Wed 6 May, day 2 Mon 11 May`. */
function daysNote({ amount, verdict }: Timed, { clause }: Plan): string | undefined {
  if (amount.unit !== 'business-days') return undefined
  const said = clause.body['business-day']
  const mode = said ?? 'end-of-day'
  const rule = `business days are counted ${mode}${said === undefined ? ', as the contract does not say' : ''}`
  const { clock } = verdict.allowance
  const first = firstBusinessDay(clock, verdict.start)
  if (mode === 'working-hours') {
    const length = hoursText(clock.businessDay(first)?.length ?? 0)
    return `${rule}: ${amount.days} × ${length} from ${dayText(first)} on`
  }
  const last = businessDayAfter(clock, first, amount.days)
  return `${rule}: day 0 ${dayText(first)}, day ${amount.days} ${dayText(last)}`
}

/** Why one that stopped after the due instant is in time. */
function closedNote({ status, timed }: Outcome): string | undefined {
  if (status !== 'met' || timed?.verdict.stop === undefined) return undefined
  const { run, verdict } = timed
  // The due instant without pauses is the earliest there can be.
  if (verdict.stop === undefined || verdict.stop <= verdict.allowance.due) return undefined
  return verdict.stop > dueAt(run, verdict) ? 'the clock did not run between due and stop' : undefined
}

/** Which stamps that bear on a clock have no time of day. */
function datesNote({ promise, timed, life }: Outcome, { clause }: Plan): string | undefined {
  if (life.exact || timed === undefined) return undefined
  const { ticket, rules } = life
  const until = timed.verdict.stop ?? life.asOf
  const ends = promise !== 'respond' && promise !== 'workaround'
  const bears = (change: ChangeWord): boolean => {
    if (change === timed.run.stopper?.change) return true
    switch (change) {
      case 'resolved':
      case 'closed':
      case 'reopened':
        return ends
      case 'paused':
      case 'resumed':
      case 'status':
        return rules.pausedIn !== undefined
      case 'priority':
        return clause.body['on-priority-change'] !== 'at-open'
      case 'workaround':
        return promise === 'resolve' && rules.workaroundCounts
      case 'updated':
        return promise === 'update-every'
      case 'report-sent':
        return promise === 'report'
      default:
        return promise === 'update-every' ? isResponse(change, rules) : promise !== 'report' && change === rules.from
    }
  }
  const words = ticket.changes.flatMap(({ change, at }) =>
    !isExact(at) && at.earliest <= until && bears(change) ? [change.replaceAll('-', ' ')] : [],
  )
  const { reported } = ticket
  const from = rules.from === 'reported' && promise !== 'report' && promise !== 'update-every'
  if (from && reported !== undefined && reported !== null && !isExact(reported)) words.unshift('reported')
  if (words.length === 0) return undefined
  return `known by date only: ${[...new Set(words)].join(', ')}; judged at both ends of the day`
}

/** Which of the amounts by calendar holds. */
function hourNote(
  { promise, priority, timed, life }: Outcome,
  { priorities, clause, clock }: Plan,
): string | undefined {
  const target = promise === undefined ? undefined : priorities.get(priority ?? '')?.[promise]
  if (target === undefined || target === 'unstated' || !('byCalendar' in target) || timed === undefined)
    return undefined
  const zone = clause.body['customer-timezone'] === true ? life.ticket.customerTimezone : undefined
  const open = target.byCalendar.find(({ calendar }) => clock(calendar, zone ?? undefined).isOpen(timed.verdict.start))
  const names = target.byCalendar.map(({ calendar }) => calendar).join(' and ')
  return `its clock starts ${open === undefined ? `outside ${names}` : `in ${open.calendar}`}: ${amountText(timed.amount)}`
}

/** What stopped the clock in place of what should have. */
function inferred({ promise, timed }: Outcome, { ticket }: Life): readonly string[] {
  const stopper = timed?.run.stopper
  if (stopper === undefined || timed?.verdict.stop === undefined) return []
  const end = stopper.change === 'closed' ? 'closing' : 'resolution'
  const word = promise === 'respond' ? 'responded' : 'workaround'
  if ((promise === 'respond' || promise === 'workaround') && isEnd(stopper.change) && ticket.unknown.has(word))
    return [`not known when it was ${word === 'responded' ? 'answered' : 'worked around'}: at its ${end} at the latest`]
  if (promise === 'respond' && isEnd(stopper.change))
    return [`inferred: no response before the ${end}, which stops the clock`]
  if (promise === 'workaround' && isEnd(stopper.change))
    return [`inferred: no workaround before the ${end}, which stops the clock`]
  if (promise === 'resolve' && stopper.change === 'workaround') return ['a workaround counts like a resolution']
  if (promise === 'resolve' && stopper.change === 'closed' && !ticket.changes.some(c => c.change === 'resolved'))
    return ['inferred: closed without a resolution, so resolved at its closing']
  return []
}

function pauses(outcome: Outcome, life: Life, plan: Plan): readonly string[] {
  const { timed } = outcome
  const out: string[] = []
  if (isPausedNow(outcome)) out.push('paused as of now: the due instant is that of a clock that goes on at once')
  if (timed === undefined) return out
  const until = timed.verdict.stop ?? life.asOf
  // Most tickets are never paused.
  if (!life.ticket.changes.some(({ change }) => change === 'paused' || change === 'resumed')) return out
  const before = life.ticket.changes.filter(({ at }) => at.earliest <= until)
  const others = before.filter(change => isOtherPause(change, plan.life.pausedIn))
  const states = new Set(others.map(({ value }) => value ?? 'no state'))
  const idle = idleResumes(before)
  if (idle.length > 0) out.push(`resumed ${instants(idle, plan.context.zone)} without a pause: ignored`)
  const silent =
    plan.life.pausedIn === undefined ? [] : before.filter(c => c.change === 'paused' && c.value === undefined)
  if (silent.length > 0) {
    out.push(`paused ${instants(silent, plan.context.zone)} without a state: taken as one that stops the clock`)
  }
  if (states.size > 0) out.push(`paused in ${[...states].join(', ')}: not a state that stops the clock, so it counts`)
  return out
}

/** Priorities and reopenings: which rule was taken, and what says nothing. */
function changes({ promise, timed }: Outcome, { ticket, states, rules }: Life, plan: Plan): readonly string[] {
  const out: string[] = []
  const { body } = plan.clause
  const { zone } = plan.context
  const until = timed?.verdict.stop ?? Number.POSITIVE_INFINITY
  const priorities = ticket.changes.filter(({ change, at }) => change === 'priority' && at.earliest <= until)
  if (priorities.length > 0) {
    const said = body['on-priority-change']
    out.push(
      `its priority changed: ${PRIORITY_RULES[said ?? 'carry']}${said === undefined ? ' (carry, as the contract does not say)' : ''}`,
    )
  }
  if (promise !== 'resolve' && promise !== 'report' && promise !== 'update-every') return out
  const reopenings = reopeningsOf(states)
  if (reopenings.size > 0) {
    const said = body['on-reopen']
    const times = reopenings.size === 1 ? 'once' : `${reopenings.size} times`
    const rule = promise === 'update-every' ? 'the time it was resolved does not count' : REOPEN_RULES[rules.onReopen]
    out.push(
      `reopened ${times}: ${rule}${said === undefined && promise !== 'update-every' ? ' (continue, as the contract does not say)' : ''}`,
    )
  }
  const idle = ticket.changes.filter(change => change.change === 'reopened' && !reopenings.has(change))
  if (idle.length > 0) out.push(`reopened ${instants(idle, zone)} though it was not resolved: ignored`)
  if (timed !== undefined && repeats(ticket.changes)) out.push('resolved again without a reopening: the first counts')
  return out
}

/** What was resumed though nothing was paused. */
function idleResumes(changes: readonly TicketChange[]): readonly TicketChange[] {
  const idle: TicketChange[] = []
  let paused = false
  for (const change of changes) {
    if (change.change === 'resumed' && !paused) idle.push(change)
    if (change.change === 'paused' || change.change === 'status') paused = true
    if (change.change === 'resumed' || isEnd(change.change)) paused = false
  }
  return idle
}

const SHOWN = 5

const PRIORITY_RULES = {
  carry: 'the target is that of the priority in force when the clock stopped, or now',
  'at-open': 'the target is that of the priority at its opening',
  strictest: 'the target is the strictest of those it had',
} as const

const REOPEN_RULES = {
  continue: 'the time it was resolved does not count',
  restart: 'the clock starts anew with the last reopening',
  'first-resolve': 'the first resolution stops the clock',
  'last-resolve': 'the clock runs unbroken to the last resolution',
} as const

function repeats(changes: readonly TicketChange[]): boolean {
  let resolved = false
  for (const { change } of changes) {
    if (change === 'resolved' && resolved) return true
    if (change === 'resolved') resolved = true
    if (change === 'reopened') resolved = false
  }
  return false
}

function instants(changes: readonly TicketChange[], zone: Plan['context']['zone']): string {
  const shown = changes.slice(0, SHOWN).map(({ at }) => formatInstant(zone, at.earliest))
  const more = changes.length - shown.length
  return more === 0 ? shown.join(', ') : `${shown.join(', ')} and ${more} more times`
}

/** Whether the clock stands still now: the pause of an open ticket. */
export function isPausedNow({ status, life }: Outcome): boolean {
  return status === 'pending' && pausedAtEnd(life.states) === true
}
