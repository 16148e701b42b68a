import type { Finding, Origin, Step } from '../../model/finding.ts'
import type { Report } from '../../model/report.ts'
import { waiverText } from '../finding-block.ts'
import { fingerprintOf } from '../fingerprint.ts'
import { isShown, stretchText } from '../instants.ts'
import { grouped } from '../quantities.ts'
import { type Outcome, type Result, resultState, resultText } from '../results.ts'
import type { View } from '../view.ts'
import { clauseSpan, originPlace, spanPlace } from './places.ts'
import { LEVELS } from './rules.ts'
import { severityOf } from './severity.ts'
import { safeText } from './text.ts'

/** One result: where the promise stands, what came of it, the rows behind it, its timeline, and what it is known by. */
export function sarifResult(result: Result, report: Report, view: View) {
  const { clause, finding, outcome, words } = result
  const place = spanPlace(clauseSpan(clause.span, report), view)
  const fingerprint = fingerprintOf(report.contract.id, finding.id)
  const related = relatedLocations(finding.evidence, report, view)
  const severity = severityOf(clause, finding)
  const more = finding.evidence.length - related.length
  const rows = more > 0 && related.length > 0 ? `; ${grouped(more)} more evidence rows` : ''
  return {
    ruleId: clause.id,
    ruleIndex: result.place,
    level: levelOf(outcome, result),
    message: { text: safeText(`${finding.id} ${resultState(finding)}: ${resultText(words)}`) + rows },
    locations: [{ physicalLocation: place }],
    ...(related.length > 0 && { relatedLocations: related }),
    ...(finding.timeline.length > 0 && { codeFlows: [codeFlow(result.said, place, report, view)] }),
    // Alerts are told apart by the second one: all findings of a clause stand on one line.
    partialFingerprints: { 'slaFinding/v1': fingerprint, primaryLocationLineHash: `${fingerprint.slice(0, 16)}:1` },
    ...(report.baseline !== undefined && baselineState(finding)),
    ...(finding.waiver !== undefined &&
      outcome === 'waived' && {
        suppressions: [
          { kind: 'external', status: 'accepted', justification: safeText(waiverText(finding.waiver, finding)) },
        ],
      }),
    properties: { ...exactFigures(finding), ...(severity !== undefined && { 'security-severity': severity }) },
  }
}

/** Breaches are held against the baseline, no other results. */
function baselineState({ status, known }: Finding) {
  if (known === true) return { baselineState: 'unchanged' as const }
  return status === 'breached' && { baselineState: 'new' as const }
}

const MOST_ROWS = 20
const MOST_STEPS = 100

function levelOf(outcome: Outcome, { clause }: Result): 'error' | 'warning' | 'note' | 'none' {
  if (outcome === 'unverified') return 'warning'
  return outcome === 'at-risk' ? 'note' : LEVELS[clause.binding]
}

function relatedLocations(evidence: readonly Origin[], report: Report, view: View) {
  return evidence.slice(0, MOST_ROWS).flatMap((origin, id) => {
    const place = originPlace(origin, report, view)
    return place === undefined ? [] : [{ id, physicalLocation: place, message: { text: rowText(origin) } }]
  })
}

function rowText({ line, item, to }: Origin): string {
  const first = item ?? line
  const what = item === undefined ? 'row' : 'record'
  if (first === undefined) return 'evidence file'
  return to === undefined || to === first ? `evidence ${what} ${first}` : `evidence ${what}s ${first} to ${to}`
}

/** Steps in time order; those that came from no row stand where the promise does. */
function codeFlow(said: Finding, clause: ReturnType<typeof spanPlace>, report: Report, view: View) {
  const steps = said.timeline.slice(0, MOST_STEPS)
  const left = said.timeline.length - steps.length
  const text =
    left > 0 ? `the first ${MOST_STEPS} of ${grouped(said.timeline.length)} steps` : 'the timeline, step by step'
  return {
    message: { text },
    threadFlows: [
      {
        locations: steps.map(step => {
          const place = step.origin === undefined ? undefined : originPlace(step.origin, report, view)
          return {
            location: { physicalLocation: place ?? clause, message: { text: stepText(step, view) } },
            kinds: [step.effect],
            importance: IMPORTANCE[step.effect],
          }
        }),
      },
    ],
  }
}

const IMPORTANCE: Readonly<Record<Step['effect'], 'essential' | 'important' | 'unimportant'>> = {
  over: 'essential',
  counted: 'important',
  unknown: 'important',
  paused: 'unimportant',
  excluded: 'unimportant',
  note: 'unimportant',
}

/** `Sat 2 May 2026 01:12–03:42 counted: OUT-17, api gateway down`. */
function stepText({ at, effect, why }: Step, { zone }: View): string {
  const time = isShown(at) ? `${stretchText(zone, at, true).replaceAll(/ {2,}/g, ' ')} ` : ''
  return safeText(`${time}${effect}${why === '' ? '' : `: ${why}`}`)
}

/** The figures as they are, instants as epoch milliseconds. */
function exactFigures(finding: Finding) {
  const { id, promise, subject, status, reason, window, start, due, bound, promised, observed, margin, bounds } =
    finding
  return {
    finding: id,
    ...(promise !== undefined && { promise }),
    ...(subject !== '' && { subject }),
    status,
    reason,
    window,
    ...(start !== undefined && { start }),
    ...(due !== undefined && { due }),
    ...(bound !== undefined && { bound }),
    promised,
    observed,
    ...(margin !== undefined && { margin }),
    ...(bounds !== undefined && { bounds }),
  }
}
