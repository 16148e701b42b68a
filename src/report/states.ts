import type { Finding, Status } from '../model/finding.ts'
import type { ClauseReport } from '../model/report.ts'
import { compareFractions, fraction } from './quantities.ts'
import type { Page } from './view.ts'

/** A status as shown: `at risk` stands apart, as what is met or pending with little left, and `observed`, not judged. */
export type State = Status | 'at-risk' | 'observed'

/** Worst first. */
export const states: readonly State[] = [
  'breached',
  'unverified',
  'pending',
  'at-risk',
  'met',
  'waived',
  'observed',
  'not-applicable',
]

export function findingState(finding: Finding): State {
  if (finding.status === 'not-applicable' && finding.reason === 'observed') return 'observed'
  return finding.atRisk === true && (finding.status === 'met' || finding.status === 'pending')
    ? 'at-risk'
    : finding.status
}

export function clauseState(clause: ClauseReport): State {
  if (clause.binding === 'observed') return 'observed'
  const open = clause.status === 'met' || clause.status === 'pending'
  return open && clause.findings.some(finding => findingState(finding) === 'at-risk') ? 'at-risk' : clause.status
}

/** The word for a state. */
export function stateWord(state: State): string {
  return state === 'at-risk' ? 'at risk' : state === 'not-applicable' ? 'not applicable' : state
}

/** The sign for a state, one column wide; it never stands without the word. */
export function stateGlyph(state: State, page: Page): string {
  return (page.ascii ? ASCII : UNICODE)[state]
}

export function statePaint(state: State, page: Page): (text: string) => string {
  const { colour } = page
  switch (state) {
    case 'breached':
      return text => colour.red(text)
    case 'unverified':
    case 'at-risk':
      return text => colour.yellow(text)
    case 'pending':
      return text => colour.cyan(text)
    case 'met':
      return text => colour.green(text)
    default:
      return text => colour.dim(text)
  }
}

/** The finding that decides how its clause is shown: the worst state, then the least left, then the first. */
export function worstFinding(findings: readonly Finding[]): Finding | undefined {
  let worst: Finding | undefined
  for (const finding of findings) if (worst === undefined || isWorse(finding, worst)) worst = finding
  return worst
}

const UNICODE: Readonly<Record<State, string>> = {
  breached: '✖',
  unverified: '?',
  pending: '…',
  'at-risk': '▲',
  met: '✔',
  waived: '✔',
  observed: '–',
  'not-applicable': '–',
}
const ASCII: Readonly<Record<State, string>> = {
  breached: 'x',
  unverified: '?',
  pending: '.',
  'at-risk': '!',
  met: '+',
  waived: '+',
  observed: '-',
  'not-applicable': '-',
}

function isWorse(a: Finding, b: Finding): boolean {
  const order = states.indexOf(findingState(a)) - states.indexOf(findingState(b))
  if (order !== 0) return order < 0
  if (a.margin === undefined || b.margin === undefined) return false
  if (a.margin.unit === 'ratio' && b.margin.unit === 'ratio') {
    return compareFractions(fraction(a.margin.part, a.margin.of), fraction(b.margin.part, b.margin.of)) < 0
  }
  if (a.margin.unit === 'ms' && b.margin.unit === 'ms') return a.margin.value < b.margin.value
  return a.margin.unit === 'count' && b.margin.unit === 'count' && a.margin.value < b.margin.value
}
