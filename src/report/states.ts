import type { Finding, Outline, Status } from '../model/finding.ts'
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
  'waived',
  'met',
  'observed',
  'not-applicable',
]

export function findingState(finding: Outline): State {
  if (finding.status === 'not-applicable' && finding.reason === 'observed') return 'observed'
  return finding.atRisk === true && (finding.status === 'met' || finding.status === 'pending')
    ? 'at-risk'
    : finding.status
}

/** Whether a finding has nothing to go by: then its figures only say that nothing was read. */
export function isMissing(finding: Outline): boolean {
  return finding.status === 'unverified' && finding.reason === 'missing'
}

/** Whether a finding is breached and was so in the baseline; one that is waived counts as that. */
export function isKnown({ status, known }: Outline): boolean {
  return status === 'breached' && known === true
}

/** Whether a finding is only observed: then its figure is held against nothing. */
export function isObserved(finding: Outline): boolean {
  return finding.status === 'not-applicable' && finding.reason === 'observed'
}

export function clauseState(clause: ClauseReport): State {
  if (clause.binding === 'observed') return 'observed'
  const open = clause.status === 'met' || clause.status === 'pending'
  return open && clause.atRisk > 0 ? 'at-risk' : clause.status
}

/** How much a finding asks for attention, the most first: its place in `states`; before others of it what is new. */
export function attention(finding: Outline): number {
  return states.indexOf(findingState(finding)) + (isKnown(finding) ? 0.5 : 0)
}

/** The word for a state. */
export function stateWord(state: State): string {
  return state === 'at-risk' ? 'at risk' : state === 'not-applicable' ? 'not applicable' : state
}

/** A waived finding as the breach that it is: what it comes down to is told so. */
export function asBreach(finding: Finding): Finding {
  return finding.status === 'waived' ? { ...finding, status: 'breached' } : finding
}

/**
 * The word for the state of a finding; what is at risk but beyond its promise already is `over so far`, what was
 * breached in the baseline already `breached (known)`.
 */
export function findingWord(finding: Finding): string {
  if (isKnown(finding)) return `${stateWord(findingState(finding))} (known)`
  if (!isBeyondSoFar(finding)) return stateWord(findingState(finding))
  const { bound, margin, promised } = finding
  const least = (bound === 'at-least' || bound === 'above') && margin?.unit === promised.unit
  return `${least ? 'short' : 'over'} so far`
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

/**
 * Whether `a` rather than `b` decides how a clause in that state is shown. A clause at risk is so by what is at risk,
 * though something else may be pending: beyond its promise so far, else still open, else kept; then the least left.
 */
export function decidesMore(a: Outline, b: Outline, state: State): boolean {
  const order = state === 'at-risk' ? riskOrder(a) - riskOrder(b) : 0
  return order === 0 ? isWorse(a, b) : order < 0
}

/** Whether a finding is at risk only as its window goes on: of what is known so far the promise is not kept. */
export function isBeyondSoFar(finding: Outline): boolean {
  const { status, margin } = finding
  if (findingState(finding) !== 'at-risk' || status !== 'pending' || margin === undefined) return false
  if (margin.unit === 'ratio') return compareFractions(fraction(margin.part, margin.of), fraction(0, 1)) < 0
  return (margin.unit === 'ms' || margin.unit === 'count') && margin.value < 0
}

function riskOrder(finding: Outline): number {
  if (findingState(finding) !== 'at-risk') return 3
  return isBeyondSoFar(finding) ? 0 : finding.status === 'pending' ? 1 : 2
}

/** A worse state, else not known before, else less left. */
function isWorse(a: Outline, b: Outline): boolean {
  const order = states.indexOf(findingState(a)) - states.indexOf(findingState(b))
  if (order !== 0) return order < 0
  if (a.known !== b.known) return b.known === true
  if (a.margin === undefined || b.margin === undefined) return false
  if (a.margin.unit === 'ratio' && b.margin.unit === 'ratio') {
    return compareFractions(fraction(a.margin.part, a.margin.of), fraction(b.margin.part, b.margin.of)) < 0
  }
  if (a.margin.unit === 'ms' && b.margin.unit === 'ms') return a.margin.value < b.margin.value
  return a.margin.unit === 'count' && b.margin.unit === 'count' && a.margin.value < b.margin.value
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
