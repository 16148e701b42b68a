import type { Finding } from '../../model/finding.ts'
import type { Interval } from '../../model/interval.ts'
import { clip, covers, type Intervals, intersect, union } from '../../time/interval.ts'
import { type Context, servicesOf, skippedRows } from '../judge.ts'
import { targetText } from './amounts.ts'
import type { Plan } from './plan.ts'
import { PROMISES } from './schema.ts'

const TYPES = ['ticket', 'ticket-change'] as const

/** The one finding of a clause for which no tickets were supplied at all. */
export function missingFinding(plan: Plan, promised: string): Finding {
  return {
    ...blank(plan, '', promised),
    status: 'unverified',
    reason: 'missing',
    observed: { unit: 'none', text: 'no ticket records supplied' },
    details: { missing: 'ticket' },
  }
}

/** The one finding of a clause that saw no ticket in the period. */
export function emptyFinding(plan: Plan, promised: string): Finding {
  return {
    ...blank(plan, '', promised),
    status: 'not-applicable',
    reason: 'none',
    observed: { unit: 'none', text: 'no ticket in the period' },
  }
}

/** What is promised without a number. */
export function unstatedFindings(plan: Plan): readonly Finding[] {
  return [...plan.priorities].flatMap(([priority, targets]) =>
    PROMISES.flatMap(promise => {
      const target = targets[promise]
      if (target !== 'unstated') return []
      const text = `${priority} ${promise} ${targetText(target)}`
      const finding: Finding = {
        ...blank(plan, `/${priority}-${promise}`, text),
        promise,
        subject: priority,
        status: 'not-applicable',
        reason: 'no-number',
        observed: { unit: 'none', text: 'the text gives no number' },
        details: { priority },
      }
      return [finding]
    }),
  )
}

/** What the logs leave out: time that their coverage does not hold, and bad rows. */
export function gapFindings(plan: Plan, promised: string): readonly Finding[] {
  const { context } = plan
  const out: Finding[] = []
  const { period, asOf, contract } = context
  const start = Math.max(period.start, contract.term?.start ?? period.start)
  const end = Math.min(period.end, asOf, contract.term?.end ?? period.end)
  const concerned = servicesOf(plan.clause, contract)
  const left = TYPES.flatMap(type => concerned.map(service => context.leftOut(type, service))).reduce(union, [])
  const uncovered = start < end ? clip(left, { start, end }) : []
  if (uncovered.length > 0) {
    out.push({
      ...blank(plan, '/uncovered', promised),
      status: 'unverified',
      reason: 'incomplete',
      observed: {
        unit: 'none',
        text: 'the coverage leaves out part of the period: tickets of that time are not known',
      },
      undecided: uncovered,
    })
  }
  const skipped = TYPES.reduce((sum, type) => sum + skippedRows(type, new Set(concerned), context), 0)
  if (skipped > 0) {
    out.push({
      ...blank(plan, '/bad-rows', promised),
      status: 'unverified',
      reason: 'bad-rows',
      observed: { unit: 'none', text: `${skipped} bad ticket row${skipped === 1 ? ' was' : 's were'} left out` },
    })
  }
  return out
}

/** Whether every ticket of a window up to now is in the logs supplied. */
export function isCovered(window: Interval, windows: readonly Interval[], { clause, context }: Plan): boolean {
  const { term } = context.contract
  const start = Math.max(window.start, term?.start ?? window.start)
  const end = Math.min(window.end, context.asOf, term?.end ?? window.end)
  return start >= end || covers(completeTime(windows, servicesOf(clause, context.contract), context), { start, end })
}

/** Where each log supplied is complete. */
function completeTime(windows: readonly Interval[], services: readonly string[], context: Context): Intervals {
  const types = TYPES.filter(type => context.supplied(type))
  const known = types.flatMap(type => services.map(service => context.complete(type, service, windows)))
  return known.length === 0 ? [] : known.reduce((a, b) => intersect(a, b))
}

function blank({ clause, context }: Plan, suffix: string, promised: string) {
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
