import type { Clause } from '../contract/contract.ts'
import type { Finding } from '../model/finding.ts'
import type { Interval } from '../model/interval.ts'
import { clip, covers, type Intervals, intersect, union } from '../time/interval.ts'
import { type Context, servicesOf, skippedRows } from './judge.ts'

/** A clause with what it is judged against, for findings that are of no single record. */
export interface Judged {
  readonly clause: Clause
  readonly context: Context
}

/**
 * A finding on the clause as a whole over the period; status, reason and `observed` are to be added. `suffix` starts
 * with a slash: `/uncovered`.
 */
export function wholeFinding({ clause, context }: Judged, suffix: string, promised: string) {
  const { start, end } = context.period
  return {
    id: `${clause.id}${suffix}`,
    clause: clause.id,
    subject: '',
    window: { start, end },
    promised: { unit: 'none' as const, text: promised },
    timeline: [],
    evidence: [],
    notes: [],
  }
}

/** `CLAUSE`, unverified: nothing was supplied of what the clause rests on. `missing` is the record type it asks for. */
export function missingFinding(judged: Judged, promised: string, missing: string, text: string): Finding {
  return {
    ...wholeFinding(judged, '', promised),
    status: 'unverified',
    reason: 'missing',
    observed: { unit: 'none', text },
    details: { missing },
  }
}

/** `CLAUSE`, not applicable: nothing that the clause is about lies in the period. */
export function noneFinding(judged: Judged, promised: string, text: string): Finding {
  return {
    ...wholeFinding(judged, '', promised),
    status: 'not-applicable',
    reason: 'none',
    observed: { unit: 'none', text },
  }
}

/** `CLAUSE/uncovered`, unverified: time of the period that the coverage of the types leaves out; `what`: `tickets`. */
export function uncoveredFindings(
  judged: Judged,
  promised: string,
  types: readonly string[],
  what: string,
): readonly Finding[] {
  const { clause, context } = judged
  const { period, contract } = context
  const judgedTime = upToNow(period, context)
  const concerned = servicesOf(clause, contract)
  const left = types.flatMap(type => concerned.map(service => context.leftOut(type, service))).reduce(union, [])
  const uncovered = judgedTime.start < judgedTime.end ? clip(left, judgedTime) : []
  if (uncovered.length === 0) return []
  const text = `the coverage leaves out part of the period: ${what} of that time are not known`
  return [
    {
      ...wholeFinding(judged, '/uncovered', promised),
      status: 'unverified',
      reason: 'incomplete',
      observed: { unit: 'none', text },
      undecided: uncovered,
    },
  ]
}

/** Unverified, where bad rows of the types were left out that may concern the clause; `what`: `ticket`. */
export function badRowsFindings(
  judged: Judged,
  promised: string,
  types: readonly string[],
  what: string,
  suffix = '/bad-rows',
): readonly Finding[] {
  const { clause, context } = judged
  const concerned = new Set(servicesOf(clause, context.contract))
  const skipped = types.reduce((sum, type) => sum + skippedRows(type, concerned, context), 0)
  if (skipped === 0) return []
  return [
    {
      ...wholeFinding(judged, suffix, promised),
      status: 'unverified',
      reason: 'bad-rows',
      observed: { unit: 'none', text: `${skipped} bad ${what} row${skipped === 1 ? ' was' : 's were'} left out` },
    },
  ]
}

/** Whether the logs supplied of the types hold everything of a window up to now; `windows` are all that are judged. */
export function isCovered(
  window: Interval,
  windows: readonly Interval[],
  types: readonly string[],
  { clause, context }: Judged,
): boolean {
  const { start, end } = upToNow(window, context)
  if (start >= end) return true
  const services = servicesOf(clause, context.contract)
  const supplied = types.filter(type => context.supplied(type))
  const known = supplied.flatMap(type => services.map(service => context.complete(type, service, windows)))
  const complete: Intervals = known.length === 0 ? [] : known.reduce((a, b) => intersect(a, b))
  return covers(complete, { start, end })
}

/** The part of a window that lies in the term and is over. */
function upToNow(window: Interval, { asOf, contract: { term } }: Context): Interval {
  const start = Math.max(window.start, term?.start ?? window.start)
  return { start, end: Math.min(window.end, asOf, term?.end ?? window.end) }
}
