import type { Ticket } from '../../evidence/records.ts'
import type { Duration } from '../../time/duration.ts'
import { amountsAt } from './amounts.ts'
import { agreed, latestStop, type Outcome, strictest, timedOutcome, unsettled } from './outcome.ts'
import type { Plan } from './plan.ts'
import { hadUntil, inForce, type PriorityName } from './priority.ts'
import { reopeningOf, runOf } from './runs.ts'
import type { PromiseWord } from './schema.ts'
import { lastResolve } from './states.ts'
import type { NoClock, NotStarted, Run } from './ticket-clocks.ts'
import { type Clocks, clocksOf } from './ticket-scope.ts'
import { judgeUpdates, updatesStart } from './updates.ts'
import { judgeRun } from './verdict.ts'

/** Every verdict on a ticket; empty where the clause does not see it. */
export function judgeTicket(ticket: Ticket, plan: Plan): readonly Outcome[] {
  const clocks = clocksOf(ticket, plan)
  if (clocks === undefined) return []
  if ('status' in clocks) return [clocks]
  const out: Outcome[] = []
  const unknown: (Outcome & { readonly promise: PromiseWord })[] = []
  for (const promise of plan.promises) {
    const outcome = judgePromise(promise, clocks, plan)
    if (outcome === undefined) continue
    if (outcome.priority === undefined) unknown.push({ ...outcome, promise })
    else out.push(outcome)
  }
  const [first] = unknown
  if (first !== undefined) {
    const { promise: _, ...whole } = first
    const until = Math.max(...unknown.map(one => one.until))
    out.push({ ...whole, promises: unknown.map(({ promise }) => promise), until })
  }
  return out
}

function judgePromise(promise: PromiseWord, clocks: Clocks, plan: Plan): Outcome | undefined {
  const { life, start, opening } = clocks
  const instead = (run: Run, said: Said) =>
    judgeEach(promise, clocks, plan, run, priority => ({
      ...said,
      promise,
      priority,
      start: run.start,
      until: latestStop(run),
      life,
    }))
  if (promise === 'update-every') {
    const stop = lastResolve(life.states)
    const run: Run = { start: updatesStart(life, opening), stop, still: [], maybeStill: [] }
    const { unknown } = life.ticket
    const told = plan.changesSupplied && !(unknown.has('updated') && unknown.has('replied'))
    return told ? judgeEach(promise, clocks, plan, run) : instead(run, NO_CHANGES)
  }
  // A report is counted from the resolution, whatever starts the other clocks.
  const from = promise === 'report' ? opening : start
  const again = promise === 'resolve' && plan.life.onReopen === 'restart' ? reopeningOf(life) : undefined
  const idle = promise === 'report' || again?.certain === true ? undefined : clocks.idle
  const run = runOf(promise, life, from)
  if ('noClock' in run) return instead(notRunning(from), idleText(run, 'resolved'))
  // Until it is resolved no report is owed.
  if ('notStarted' in run) return instead(notRunning(from), idleText({ notStarted: 'over' }, 'resolved'))
  if (idle !== undefined) {
    const said = again === undefined ? idleText(idle, plan.life.from) : MAYBE_REOPENED
    return instead({ ...run, start: opening }, said)
  }
  return judgeEach(promise, clocks, plan, run)
}

function notRunning(start: Run['start']): Run {
  return { start, still: [], maybeStill: [] }
}

type Instead = (priority: string) => Outcome | undefined

/** Judges a run under the priority that decides, or under each that may. Undefined: no target under any of them. */
function judgeEach(promise: PromiseWord, clocks: Clocks, plan: Plan, run: Run, instead?: Instead): Outcome | undefined {
  const { ticket } = clocks.life
  const { asOf } = plan.context
  const stop = { from: run.stop?.from ?? asOf, to: run.stop?.to ?? asOf }
  const judge = (name: PriorityName) => judgeUnder(name, promise, clocks, plan, run, instead)
  switch (plan.clause.body['on-priority-change'] ?? 'carry') {
    case 'at-open':
      return judge(ticket.priority)
    case 'carry': {
      const names = inForce(ticket, Math.max(stop.from, run.start.earliest), stop.to)
      return names.length === 1 ? judge(names[0]) : agreed(names.map(judge), run)
    }
    case 'strictest': {
      const { certain, possible } = hadUntil(ticket, stop.from, stop.to)
      const worst = strictest(possible.map(judge))
      if (certain.length === possible.length || worst === undefined) return worst
      const sure = strictest(certain.map(judge))
      return sure?.status === worst.status ? worst : unsettled(worst, run)
    }
  }
}

/** The verdict under one priority; undefined: it promises nothing of the kind. */
function judgeUnder(
  name: PriorityName,
  promise: PromiseWord,
  clocks: Clocks,
  plan: Plan,
  run: Run,
  instead: Instead | undefined,
): Outcome | undefined {
  const priority = name === null ? (plan.clause.body.unprioritised ?? null) : name
  const whole = (reason: string, why: string, column?: string): Outcome => ({
    status: 'unverified',
    reason,
    start: run.start,
    until: latestStop(run),
    why,
    column,
    life: clocks.life,
  })
  if (priority === undefined) return whole('column-missing', 'its priority is not known', 'priority')
  if (priority === null) return whole('no-priority', NO_PRIORITY)
  const targets = plan.priorities.get(priority)
  if (targets === undefined) return whole('unknown-priority', `"${priority}" is none of the contract's priorities`)
  const target = targets[promise]
  if (target === undefined || target === 'unstated') return undefined
  const other = instead?.(priority)
  if (other !== undefined) return other
  const amounts = amountsAt(target, run.start, calendar => plan.clock(calendar, clocks.zone))
  const [only] = amounts
  if (only !== undefined && amounts.length === 1) return judgeAmount(only, promise, priority, clocks, plan, run)
  return agreed(
    amounts.map(amount => judgeAmount(amount, promise, priority, clocks, plan, run)),
    run,
  )
}

function judgeAmount(
  amount: Duration | 'unstated',
  promise: PromiseWord,
  priority: string,
  { life, rules }: Clocks,
  { context }: Plan,
  run: Run,
): Outcome {
  if (amount === 'unstated') {
    const until = latestStop(run)
    return { promise, priority, status: 'not-applicable', reason: 'no-number', start: run.start, until, life }
  }
  if (promise === 'update-every') {
    const updates = judgeUpdates(amount, life, run.start, rules)
    const timed = { amount, run: updates.run, verdict: updates.verdict, updates }
    const outcome = timedOutcome(timed, promise, priority, life)
    // What isn't known is settled with the last stretch.
    return outcome.status === 'unverified' ? { ...outcome, until: latestStop(run) } : outcome
  }
  const timed = { amount, run, verdict: judgeRun(amount, run, rules, context.asOf), updates: undefined }
  return timedOutcome(timed, promise, priority, life)
}

type Said = Pick<Outcome, 'status' | 'reason' | 'why' | 'column'>

const NO_CHANGES: Said = {
  status: 'unverified',
  reason: 'missing',
  why: 'no ticket-change records tell when the customer was told',
}

const NO_PRIORITY = 'it has no priority, and `unprioritised` does not say which one such tickets have'

const MAYBE_REOPENED: Said = {
  status: 'unverified',
  reason: 'date-only',
  why: 'whether it was reopened, which starts the clock anew, is not known',
}

function idleText(idle: NotStarted | NoClock, from: string): Said {
  if ('notStarted' in idle) {
    const status = idle.notStarted === 'over' ? 'not-applicable' : 'pending'
    return { status, reason: 'not-started', why: `the clock starts from ${from}, which has not happened` }
  }
  const { noClock: reason, column } = idle
  const why = `the clock starts from ${from}, and ${reason === 'no-clock' ? 'that is blank' : `no ${column} tells when`}`
  return { status: 'unverified', reason, why, column: reason === 'column-missing' ? column : undefined }
}
