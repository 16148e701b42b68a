import type { Binding, Finding, Status } from '../model/finding.ts'
import type { ClauseReport, Summary } from '../model/report.ts'

const WORST_FIRST: readonly Status[] = ['breached', 'unverified', 'pending', 'met']

/** breached > unverified > pending > met; waived counts as met; not-applicable is left out. */
export function rollUp(statuses: Iterable<Status>): Status {
  const seen = new Set<Status>([...statuses].map(status => (status === 'waived' ? 'met' : status)))
  return WORST_FIRST.find(status => seen.has(status)) ?? 'not-applicable'
}

/** Counts over all findings, guarantees and objectives apart. */
export function summarise(clauses: readonly ClauseReport[]): Summary {
  const of = (...bindings: Binding[]) => clauses.filter(clause => bindings.includes(clause.binding))
  const guarantees = of('guarantee')
  return {
    status: rollUp(guarantees.map(clause => clause.status)),
    guarantees: tally(guarantees.flatMap(clause => clause.findings)),
    objectives: tally(of('objective').flatMap(clause => clause.findings)),
    atRisk: guarantees.flatMap(clause => clause.findings).filter(finding => finding.atRisk === true).length,
  }
}

function tally(findings: readonly Finding[]): Record<Status, number> {
  const counts: Record<Status, number> = {
    breached: 0,
    unverified: 0,
    pending: 0,
    met: 0,
    'not-applicable': 0,
    waived: 0,
  }
  for (const { status } of findings) counts[status]++
  return counts
}
