import type { Binding } from '../model/finding.ts'
import type { Report } from '../model/report.ts'

/** What `--fail-on` may list. */
export const failures = ['breached', 'unverified', 'at-risk', 'pending', 'warnings'] as const

export type Failure = (typeof failures)[number]

export const USAGE = 2
export const BAD_INPUT = 3
export const INTERNAL = 70

/**
 * 1 when a breach exists and is listed, else 4 when anything else listed exists, else 0. Only clauses of the given
 * bindings count; waived and not-applicable never do, nor do breaches that a baseline knows.
 */
export function exitCode(report: Report, failOn: readonly Failure[], bindings: readonly Binding[]): 0 | 1 | 4 {
  const clauses = report.clauses.filter(clause => bindings.includes(clause.binding))
  const exists = (failure: Failure): boolean => {
    if (failure === 'warnings') return report.warnings.length > 0
    if (failure === 'at-risk') return clauses.some(clause => clause.atRisk > 0)
    if (failure === 'breached') return clauses.some(({ counts, known = 0 }) => counts.breached > known)
    return clauses.some(clause => clause.status === failure || clause.counts[failure] > 0)
  }
  if (failOn.includes('breached') && exists('breached')) return 1
  return failOn.some(failure => failure !== 'breached' && exists(failure)) ? 4 : 0
}
