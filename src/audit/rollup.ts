import type { Binding, Outline, Status } from '../model/finding.ts'
import type { Interval } from '../model/interval.ts'
import type { ClauseReport, Summary } from '../model/report.ts'

/** What all findings of a clause come to. `windows`: from the first start to the last end of their windows. */
export interface Totals {
  readonly status: Status
  readonly counts: Readonly<Record<Status, number>>
  readonly atRisk: number
  /** Of those breached, how many were known before. */
  readonly known: number
  readonly windows?: Interval
}

/** Walks findings once; `see` is shown each, with its index. */
export function totalsOf(findings: Iterable<Outline>, see?: (finding: Outline, index: number) => void): Totals {
  const counts = noCounts()
  let atRisk = 0
  let known = 0
  let start = Number.POSITIVE_INFINITY
  let end = Number.NEGATIVE_INFINITY
  let index = 0
  for (const finding of findings) {
    const { status, window } = finding
    counts[status]++
    if (finding.atRisk === true && (status === 'met' || status === 'pending')) atRisk++
    if (finding.known === true && status === 'breached') known++
    if (window.start < start) start = window.start
    if (window.end > end) end = window.end
    see?.(finding, index++)
  }
  return { status: rollUp(counts), counts, atRisk, known, ...(start <= end && { windows: { start, end } }) }
}

/** Counts over all findings, guarantees and objectives apart. */
export function summarise(clauses: readonly ClauseReport[]): Summary {
  const of = (binding: Binding) => clauses.filter(clause => clause.binding === binding)
  const guarantees = of('guarantee')
  const statuses = noCounts()
  for (const { status } of guarantees) statuses[status]++
  return {
    status: rollUp(statuses),
    guarantees: sumOf(guarantees),
    objectives: sumOf(of('objective')),
    atRisk: guarantees.reduce((sum, clause) => sum + clause.atRisk, 0),
  }
}

const WORST_FIRST: readonly Status[] = ['breached', 'unverified', 'pending', 'met']

/** breached > unverified > pending > met; waived counts as met; not-applicable is left out. */
function rollUp(counts: Readonly<Record<Status, number>>): Status {
  const worst = WORST_FIRST.find(status => counts[status] > 0)
  return worst ?? (counts.waived > 0 ? 'met' : 'not-applicable')
}

function sumOf(clauses: readonly ClauseReport[]): Record<Status, number> {
  const sum = noCounts()
  for (const { counts } of clauses) for (const status of STATUSES) sum[status] += counts[status]
  return sum
}

const STATUSES: readonly Status[] = ['breached', 'unverified', 'pending', 'met', 'not-applicable', 'waived']

function noCounts(): Record<Status, number> {
  return { breached: 0, unverified: 0, pending: 0, met: 0, 'not-applicable': 0, waived: 0 }
}
