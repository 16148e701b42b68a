import type { ClauseReport, Report } from '../model/report.ts'
import { type Cell, paragraph } from './layout.ts'
import { clauseState, findingState, type State, stateGlyph, statePaint, states, stateWord } from './states.ts'
import { decides, type Page, symbols, type View } from './view.ts'

/** The verdict in one sentence, then the findings behind it; clauses that don't make the verdict are told apart. */
export function verdictLines(report: Report, view: View): string[] {
  const judged = report.clauses.filter(clause => decides(clause.binding, view))
  const counts = countStates(judged.map(clauseState))
  const state = states.find(candidate => counts.has(candidate)) ?? 'not-applicable'
  const cell: Cell = {
    text: `${stateGlyph(state, view)} ${sentence(state, counts, judged, view)}`,
    paint: text => statePaint(state, view)(view.colour.bold(text)),
  }
  const lines = paragraph(cell, { width: view.width })
  const say = (text: string): void => {
    lines.push(...paragraph({ text }, { width: view.width, indent: 2 }))
  }
  if (judged.length > 0) say(`findings: ${findingCounts(judged, view)}`)
  for (const binding of ['guarantee', 'objective'] as const) {
    const others = report.clauses.filter(clause => clause.binding === binding && !judged.includes(clause))
    if (others.length > 0) say(`${binding}s, not part of the verdict: ${findingCounts(others, view)}`)
  }
  return lines
}

function findingCounts(clauses: readonly ClauseReport[], page: Page): string {
  return countsText(countStates(clauses.flatMap(clause => clause.findings.map(findingState))), page)
}

/** `1 breached · 1 unverified · 2 met`, worst first. */
export function countsText(counts: ReadonlyMap<State, number>, page: Page): string {
  const { dot } = symbols(page)
  return states
    .filter(state => counts.has(state))
    .map(state => `${counts.get(state)} ${stateWord(state)}`)
    .join(` ${dot} `)
}

export function countStates(all: readonly State[]): Map<State, number> {
  const counts = new Map<State, number>()
  for (const state of all) counts.set(state, (counts.get(state) ?? 0) + 1)
  return counts
}

/** Clauses by their roll-up; what is not applicable is left out of the total. */
function sentence(
  state: State,
  counts: ReadonlyMap<State, number>,
  clauses: readonly ClauseReport[],
  view: View,
): string {
  const judged = clauses.length - (counts.get('not-applicable') ?? 0)
  const share = `${counts.get(state) ?? 0} of ${judged} ${judged === 1 ? 'clause' : 'clauses'}`
  switch (state) {
    case 'breached':
      return `Not kept: ${share} breached.`
    case 'unverified':
      return `Not decided by this evidence: ${share} unverified, which is not met.`
    case 'pending':
      return `Still open: ${share} pending.`
    case 'at-risk':
      return `Kept${goesOn(clauses) ? ' so far' : ''}, but ${share} used ${view.risk ?? 90} % or more of what is allowed.`
    case 'met':
    case 'waived':
      return judged === 1 ? 'Kept: the one clause is met.' : `Kept: all ${judged} clauses are met.`
    default:
      return clauses.length === 0 ? `No ${bindingsText(view)} was judged.` : 'Nothing to judge in any clause.'
  }
}

/** Whether something can still happen in a window. */
function goesOn(clauses: readonly ClauseReport[]): boolean {
  return clauses.some(clause => clause.findings.some(finding => finding.status === 'pending'))
}

function bindingsText(view: View): string {
  return (view.bindings ?? ['guarantee']).join(' or ')
}
