import type { Report } from '../model/report.ts'
import { fingerprintOf } from './fingerprint.ts'
import { relativePath } from './paths.ts'
import { printable } from './printable.ts'
import { type Outcome, rankResults, resultState, resultsOf, resultText } from './results.ts'
import { safeJson } from './sarif/text.ts'
import type { View } from './view.ts'

/** A code quality report as GitLab takes it: one array of issues at the clauses of the contract, worst first. */
export function* renderGitlab(report: Report, view: View): Iterable<string> {
  const ranked = rankResults(report)
  let separator = '['
  for (const { clause, finding, outcome, words } of resultsOf(ranked, view.zone, wanted)) {
    const issue = {
      type: 'issue',
      description: printable(`${finding.id} ${resultState(finding)}: ${resultText(words)}`),
      check_name: clause.id,
      fingerprint: fingerprintOf(report.contract.id, finding.id),
      severity: SEVERITIES[outcome],
      location: {
        path: relativePath(clause.span?.file ?? report.contract.file, view),
        lines: { begin: clause.span?.line ?? 1 },
      },
    }
    yield `${separator}\n  ${safeJson(issue)}`
    separator = ','
  }
  yield separator === '[' ? '[]\n' : '\n]\n'
}

const SEVERITIES: Readonly<Partial<Record<Outcome, string>>> = {
  breach: 'critical',
  unverified: 'major',
  objective: 'minor',
  known: 'info',
  'at-risk': 'info',
}
const wanted = Object.keys(SEVERITIES) as readonly Outcome[]
