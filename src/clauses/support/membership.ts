import type { Interval } from '../../model/interval.ts'
import type { Context } from '../judge.ts'
import type { Outcome } from './outcome.ts'
import { breachAt } from './verdict.ts'

/**
 * Whether an outcome belongs to a period: its clock runs in it, from start to decision, or starts in it. A breach is
 * decided at the first instant that counts too many, which is part of it.
 */
export function belongs({ status, start: { earliest }, until, timed }: Outcome, period: Interval): boolean {
  if (earliest >= period.end) return false
  if (status !== 'breached' || timed === undefined) {
    return until > earliest ? until > period.start : earliest >= period.start
  }
  return until >= period.start || breachAt(timed.run, timed.verdict) >= period.start
}

/** From the start of an outcome's clock to its stop, or to now; the period up to now where no start is known. */
export function windowOf(
  { start: { earliest }, timed }: Outcome,
  { asOf, period }: Pick<Context, 'asOf' | 'period'>,
): Interval {
  if (timed !== undefined) {
    const { start, stop } = timed.verdict
    return { start, end: Math.max(start, stop ?? asOf) }
  }
  if (Number.isFinite(earliest)) return { start: earliest, end: Math.max(earliest, asOf) }
  return { start: period.start, end: Math.max(period.start, Math.min(period.end, asOf)) }
}
