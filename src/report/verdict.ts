import type { ClauseReport, Report } from '../model/report.ts'
import { type Cell, paragraph } from './layout.ts'
import { clauseState, type State, stateGlyph, statePaint, states, stateWord } from './states.ts'
import { type Page, symbols, type View } from './view.ts'

/** The verdict in one sentence with its counts, guarantees first; objectives are told apart. */
export function verdictLines(report: Report, view: View): string[] {
  const guarantees = report.clauses.filter(clause => clause.binding === 'guarantee')
  const objectives = report.clauses.filter(clause => clause.binding === 'objective')
  const counts = countStates(guarantees)
  const state = states.find(candidate => counts.has(candidate)) ?? 'not-applicable'
  const cell: Cell = {
    text: `${stateGlyph(state, view)} ${sentence(state, counts, guarantees.length, view)}`,
    paint: text => statePaint(state, view)(view.colour.bold(text)),
  }
  const lines = paragraph(cell, { width: view.width })
  if (objectives.length > 0) {
    const text = `Objectives, not part of the verdict: ${countsText(countStates(objectives), view)}`
    lines.push(...paragraph({ text }, { width: view.width }))
  }
  return lines
}

/** `1 breached · 1 unverified · 2 met`, worst first, each clause counted once. */
export function countsText(counts: ReadonlyMap<State, number>, page: Page): string {
  const { dot } = symbols(page)
  return states
    .filter(state => counts.has(state))
    .map(state => `${counts.get(state)} ${stateWord(state)}`)
    .join(` ${dot} `)
}

export function countStates(clauses: readonly ClauseReport[]): Map<State, number> {
  const counts = new Map<State, number>()
  for (const clause of clauses) {
    const state = clauseState(clause)
    counts.set(state, (counts.get(state) ?? 0) + 1)
  }
  return counts
}

function sentence(state: State, counts: ReadonlyMap<State, number>, clauses: number, page: Page): string {
  const clause = clauses === 1 ? 'clause' : 'clauses'
  const all = `${countsText(counts, page)}, of ${clauses} ${clause}`
  switch (state) {
    case 'breached':
      return `Not kept: ${all}.`
    case 'unverified':
      return `Not decided by this evidence: ${all}. Unverified is not met.`
    case 'pending':
      return `Still open: ${all}.`
    case 'at-risk':
      return `At risk: ${all}.`
    case 'met':
    case 'waived':
      return counts.size === 1
        ? `Kept: ${clauses === 1 ? 'the one' : `all ${clauses}`} ${clause} met.`
        : `Kept: ${all}.`
    default:
      return clauses === 0 ? 'No guarantee was judged.' : `Nothing to judge: ${all}.`
  }
}
