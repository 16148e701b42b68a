import type { Status } from '../../model/finding.ts'
import type { Moment } from '../../model/interval.ts'
import type { Duration } from '../../time/duration.ts'
import { clip } from '../../time/interval.ts'
import { isExact, type Run } from './ticket-clocks.ts'
import { type Allowance, allowanceOf, type ClockRules, dueOf, nextCounted, timeWithin } from './timing.ts'

/**
 * One run of a clock held against an amount. `start`, `stop`, `counted` and `still` (ms of the clock not counted) are
 * those shown: the longest that the run may have taken, or for a breach the shortest. `bounds` only where they differ.
 */
export interface Verdict {
  readonly status: Extract<Status, 'met' | 'breached' | 'pending' | 'unverified'>
  readonly allowance: Allowance
  readonly start: number
  /** Absent: it still runs. */
  readonly stop?: number | undefined
  readonly counted: number
  readonly still: number
  readonly bounds?: { readonly lowest: number; readonly highest: number } | undefined
}

/** Breached only if it is at best, met only if it is at worst; everything in exact milliseconds. */
export function judgeRun(amount: Duration, run: Run, rules: ClockRules, asOf: number): Verdict {
  const { start, stop } = run
  const simple = isExact(start) && stop?.from === stop?.to && run.still === run.maybeStill
  if (simple) {
    const side = sideOf(amount, start.earliest, stop?.from, run.still, rules, asOf)
    return verdictOf(statusOf(side.counted - side.allowance.ms, side.stop), side, undefined)
  }
  const best = sideOf(amount, start.latest, stop?.from, run.maybeStill, rules, asOf)
  const worst = sideOf(amount, start.earliest, stop?.to, run.still, rules, asOf)
  const [least, most] = overTime(amount, run, rules, asOf)
  const [atBest, atWorst] = [statusOf(least, best.stop), statusOf(most, worst.stop)]
  const bounds = best.counted < worst.counted ? { lowest: best.counted, highest: worst.counted } : undefined
  const shown = atBest === 'breached' ? best : worst
  return verdictOf(atBest === atWorst ? atBest : 'unverified', shown, bounds)
}

/** When the allowance of a run is used up; what stands still after its stop moves nothing. */
export function dueAt({ still }: Run, { allowance, start, stop }: Verdict): number {
  if (still.length === 0) return allowance.due
  return dueOf(allowance, start, stop === undefined ? still : clip(still, { start, end: stop }))
}

/**
 * When a run that is over its allowance first counted more: from the due instant on the next that its clock counts, be
 * it days after a closing. At the latest, where stamps are not exact.
 */
export function breachAt({ maybeStill }: Run, { allowance, start, stop }: Verdict): number {
  const still = maybeStill.length === 0 || stop === undefined ? maybeStill : clip(maybeStill, { start, end: stop })
  return nextCounted(allowance.clock, dueOf(allowance, start, still), still)
}

/** What is left of the allowance, negative beyond it; undefined where the status of the outcome is not decided. */
export function marginOf(status: Status, { allowance, counted }: Verdict): number | undefined {
  return status === 'unverified' ? undefined : allowance.ms - counted
}

/** Whether what is kept so far has used that much of its allowance; never where there is none. */
export function isAtRisk(status: Status, { allowance: { ms }, counted }: Verdict, riskPercent: number): boolean {
  return (status === 'met' || status === 'pending') && ms > 0 && counted * 100 >= ms * riskPercent
}

type Side = Omit<Verdict, 'status' | 'bounds'>

function verdictOf(status: Verdict['status'], side: Side, bounds: Verdict['bounds']): Verdict {
  const { allowance, start, stop, counted, still } = side
  return { status, allowance, start, stop, counted, still, bounds }
}

function sideOf(
  amount: Duration,
  start: number,
  stop: number | undefined,
  still: Run['still'],
  rules: ClockRules,
  asOf: number,
): Side {
  const allowance = allowanceOf(amount, start, rules)
  const end = Math.max(start, stop ?? asOf)
  const paused = still.length === 0 ? 0 : timeWithin(allowance.clock, start, end, still)
  const counted = end === start ? 0 : allowance.clock.elapsed(start, end) - paused
  return { allowance, start, stop: stop === undefined ? undefined : end, counted, still: paused }
}

function statusOf(over: number, stop: number | undefined): 'met' | 'breached' | 'pending' {
  if (over > 0) return 'breached'
  return stop === undefined ? 'pending' : 'met'
}

/**
 * By how much the time counted exceeds the allowance, at least and at most. Days have no fixed length: for them it is
 * what lies between due and stop, less all that may have stood still.
 */
function overTime(amount: Duration, run: Run, rules: ClockRules, asOf: number): readonly [least: number, most: number] {
  const { start, stop } = run
  const [early, late] = [stop?.from ?? asOf, stop?.to ?? asOf]
  if (amount.unit === 'elapsed' || amount.unit === 'business-time') {
    const { clock, ms } = allowanceOf(amount, start.earliest, rules)
    const count = (from: number, to: number, still: Run['still']) =>
      to <= from ? 0 : clock.elapsed(from, to) - timeWithin(clock, from, to, still)
    return [count(start.latest, early, run.maybeStill) - ms, count(start.earliest, late, run.still) - ms]
  }
  const starts = turningPoints(start, rules).map(at => allowanceOf(amount, at, rules))
  const dues = starts.map(({ due }) => due)
  const clock = (starts[0] as Allowance).clock
  const least = clock.elapsed(Math.max(...dues), Math.max(early, start.earliest))
  const most = clock.elapsed(Math.min(...dues), Math.max(late, start.earliest))
  return [
    least - timeWithin(clock, start.earliest, early, run.maybeStill),
    most - timeWithin(clock, start.latest, late, run.still),
  ]
}

/** Starts between which a due instant moves one way: both ends, and where the calendar opens or closes. */
function turningPoints(start: Moment, { calendar }: ClockRules): readonly number[] {
  if (isExact(start)) return [start.earliest]
  const open = clip(calendar.open(start.earliest, start.latest), { start: start.earliest, end: start.latest })
  return [start.earliest, ...open.flatMap(hours => [hours.start, hours.end - 1, hours.end]), start.latest]
}
