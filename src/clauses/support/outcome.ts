import type { Status } from '../../model/finding.ts'
import type { Moment } from '../../model/interval.ts'
import type { Duration } from '../../time/duration.ts'
import type { PromiseWord } from './schema.ts'
import { COLUMNS, isExact, type Life, pausesUnknown, type Run } from './ticket-clocks.ts'
import type { Updates } from './updates.ts'
import type { Verdict } from './verdict.ts'

/** A verdict on one ticket: on one of its promises, or (without `promise`) on all that could not be told apart. */
export interface Outcome {
  readonly promise?: PromiseWord | undefined
  readonly priority?: string | undefined
  readonly status: Status
  readonly reason: string
  /** When the clock starts (from minus infinity on: no telling), and when it is decided; without end while it is not. */
  readonly start: Moment
  readonly until: number
  readonly timed?: Timed | undefined
  readonly why?: string | undefined
  /** A column that would settle it. */
  readonly column?: string | undefined
  /** Promises that an outcome without promise stands for. */
  readonly promises?: readonly PromiseWord[] | undefined
  readonly life: Life
}

/** What was measured, and against which amount. */
export interface Timed {
  readonly amount: Duration
  readonly run: Run
  readonly verdict: Verdict
  readonly updates?: Updates | undefined
}

/** What was measured of one promise as an outcome. */
export function timedOutcome(timed: Timed, promise: PromiseWord, priority: string, life: Life): Outcome {
  const { verdict, run } = timed
  const { status, stop, allowance } = verdict
  const doubt = status === 'unverified' ? doubtOf(run, life) : undefined
  // One literal for all: a million of them are made, and spreading objects costs more than judging them.
  return {
    promise,
    priority,
    status,
    reason: doubt?.reason ?? REASONS[status === 'breached' && stop === undefined ? 'overdue' : status],
    start: run.start,
    // Of a breach a lower bound: a clock that is over its allowance has passed the due instant without pauses.
    until: status === 'met' ? (stop ?? life.asOf) : status === 'breached' ? allowance.due : latestStop(run),
    timed,
    why: doubt?.why,
    column: doubt?.column,
    life,
  }
}

const REASONS = {
  met: 'in-time',
  breached: 'late',
  overdue: 'overdue',
  pending: 'open',
  unverified: 'undecided',
} as const

/** One of several that may hold: what they agree on, else unverified. */
export function agreed(outcomes: readonly (Outcome | undefined)[], run: Run): Outcome | undefined {
  const last = outcomes.at(-1)
  if (outcomes.length === 1) return last
  const all = outcomes.filter(outcome => outcome !== undefined)
  const some = widened(last ?? all.at(-1), all)
  if (some === undefined || (all.length === outcomes.length && all.every(one => one.status === some.status)))
    return some
  return unsettled(some, run)
}

/** One of several outcomes with the bounds of all: targets may run on different clocks. */
function widened(outcome: Outcome | undefined, all: readonly Outcome[]): Outcome | undefined {
  const timed = outcome?.timed
  if (outcome === undefined || timed === undefined) return outcome
  const verdicts = all.flatMap(one => one.timed?.verdict ?? [])
  const lowest = Math.min(...verdicts.map(({ bounds, counted }) => bounds?.lowest ?? counted))
  const highest = Math.max(...verdicts.map(({ bounds, counted }) => bounds?.highest ?? counted))
  if (lowest === highest) return outcome
  return { ...outcome, timed: { ...timed, verdict: { ...timed.verdict, bounds: { lowest, highest } } } }
}

/** An outcome of which the target is not known. */
export function unsettled(outcome: Outcome, run: Run): Outcome {
  const why = 'which target holds is not known: stamps are not exact enough'
  return { ...outcome, status: 'unverified', reason: 'date-only', why, until: latestStop(run) }
}

/** When at the latest a run is decided, whatever is not known of it. */
export function latestStop(run: Run): number {
  return run.stop?.to ?? Number.POSITIVE_INFINITY
}

/** Worst first. */
const SEVERITY: readonly Status[] = ['breached', 'unverified', 'pending', 'met', 'not-applicable']

/** The worst of several; of equals the one with the least time left. */
export function strictest(outcomes: readonly (Outcome | undefined)[]): Outcome | undefined {
  const all = outcomes.filter(outcome => outcome !== undefined)
  const rank = (one: Outcome) => SEVERITY.indexOf(one.status)
  const left = ({ timed }: Outcome) =>
    timed === undefined ? Number.POSITIVE_INFINITY : timed.verdict.allowance.ms - timed.verdict.counted
  return all.length === 0
    ? undefined
    : all.reduce((a, b) => (rank(b) < rank(a) || (rank(b) === rank(a) && left(b) < left(a)) ? b : a))
}

/** What keeps a run from being decided. */
function doubtOf(run: Run, life: Life): Pick<Outcome, 'reason' | 'why' | 'column'> {
  const { missing, start, stop } = run
  if (missing !== undefined) {
    const column = COLUMNS[missing] ?? missing
    return { reason: 'column-missing', why: `no ${column} tells whether it was in time`, column }
  }
  const exact = isExact(start) && stop?.from === stop?.to
  if (pausesUnknown(life)) {
    const why = 'no ticket-change records tell whether it was paused; if none was: --assume-complete ticket-change'
    return { reason: 'pauses-unknown', why }
  }
  if (exact && life.ticket.changes.every(({ at }) => isExact(at)))
    return { reason: 'pauses-unknown', why: 'whether a state it was in stops the clock is not known' }
  return { reason: 'date-only', why: 'its stamps are not exact enough to tell' }
}
