import type { Diagnostic } from '../model/diagnostic.ts'
import type { InputSummary, Report } from '../model/report.ts'
import { dateText } from '../time/civil.ts'
import { localDay } from '../time/local.ts'
import { instantText } from './instants.ts'
import { grouped } from './quantities.ts'
import { countResults, type Ranked, rankResults, resultsOf } from './results.ts'
import { spanPlace, uriOf } from './sarif/places.ts'
import { sarifResult } from './sarif/result.ts'
import { ruleOf } from './sarif/rules.ts'
import { highest, severityOf } from './sarif/severity.ts'
import { safeJson, safeText } from './sarif/text.ts'
import type { View } from './view.ts'

/**
 * SARIF 2.1.0 as code scanning takes it: every clause a rule, breaches, doubts and risks as results at the clause's
 * place in the contract, one a line and the worst first, warnings as notifications.
 */
export function* renderSarif(report: Report, view: View): Iterable<string> {
  const ranked = rankResults(report)
  yield `{\n  "$schema": ${JSON.stringify(SCHEMA)},\n  "version": "2.1.0",\n  "runs": [\n    {\n`
  for (const [name, value] of Object.entries(runOf(ranked, report, view))) {
    yield `      ${JSON.stringify(name)}: ${safeJson(value, 2).replaceAll('\n', '\n      ')},\n`
  }
  yield '      "results": ['
  let written = 0
  for (const result of resultsOf(ranked, view.zone)) {
    if (written === MOST_RESULTS) break
    yield `${written === 0 ? '' : ','}\n        ${safeJson(sarifResult(result, report, view))}`
    written++
  }
  yield `${written === 0 ? '' : '\n      '}]\n    }\n  ]\n}\n`
}

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json'
// As many as GitHub takes of one run.
const MOST_RESULTS = 25_000

function runOf(ranked: readonly Ranked[], report: Report, view: View) {
  const { tool, contract, asOf } = report
  return {
    tool: {
      driver: {
        name: tool.name,
        semanticVersion: tool.version,
        rules: ranked.map(one => ruleOf(one.clause, clauseSeverity(one, view))),
      },
    },
    automationDetails: { id: `${contract.id}/${periodText(report, view)}` },
    columnKind: 'utf16CodeUnits',
    artifacts: artifacts(report, view),
    invocations: [{ executionSuccessful: true, toolExecutionNotifications: notifications(ranked, report, view) }],
    properties: { asOf: instantText(view.zone, asOf), period: report.period },
  }
}

/** The severity of a rule is that of the worst vulnerability among its results. */
function clauseSeverity(one: Ranked, { zone }: View): string | undefined {
  if (one.clause.kind !== 'vulnerability') return undefined
  return highest(severities(one, zone))
}

function* severities(one: Ranked, zone: View['zone']): Iterable<string | undefined> {
  let seen = 0
  for (const { clause, finding } of resultsOf([one], zone)) {
    if (seen++ === MOST_RESULTS) return
    yield severityOf(clause, finding)
  }
}

function periodText({ period }: Report, { zone }: View): string {
  if (period.stated) return period.text
  const [first, last] = [period.start, period.end - 1].map(at => dateText(localDay(zone, at)))
  return `${first}..${last}`
}

/** The contract and the evidence with their digests; a file given twice once, for no two may be the same. */
function artifacts({ contract, inputs }: Report, view: View) {
  const files = [
    artifact(contract, 'analysisTarget', view),
    ...inputs.map(input => artifact(input, 'referencedOnCommandLine', view)),
  ]
  return [...new Map(files.map(file => [JSON.stringify(file), file])).values()]
}

function artifact({ file, sha256 }: Pick<InputSummary, 'file' | 'sha256'>, role: string, view: View) {
  return { location: { uri: uriOf(file, view) }, roles: [role], hashes: { 'sha-256': sha256 } }
}

function notifications(ranked: readonly Ranked[], report: Report, view: View) {
  const left = countResults(ranked) - MOST_RESULTS
  const text = `${grouped(left)} results were left out, none of them worse than those listed; -f json has every finding`
  return [
    ...(left > 0 ? [{ level: 'note', descriptor: { id: 'results-left-out' }, message: { text } }] : []),
    ...report.warnings.map(warning => notification(warning, view)),
  ]
}

function notification({ code, severity, message, hint, span }: Diagnostic, view: View) {
  return {
    level: severity,
    descriptor: { id: code },
    message: { text: safeText(hint === undefined ? message : `${message}: ${hint}`) },
    ...(span !== undefined && { locations: [{ physicalLocation: spanPlace(span, view) }] }),
  }
}
