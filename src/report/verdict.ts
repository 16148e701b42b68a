import type { ClauseReport } from '../model/report.ts'
import { type Cell, paragraph } from './layout.ts'
import type { Count, Overview, Shown } from './overview.ts'
import { grouped } from './quantities.ts'
import { clauseState, isBeyondSoFar, type State, stateGlyph, statePaint, states, stateWord } from './states.ts'
import { decides, type Page, symbols, type View } from './view.ts'

/** The verdict in one sentence, then the findings behind it; clauses that don't make the verdict are told apart. */
export function verdictLines(overviews: readonly Overview[], view: View): string[] {
  const judged = overviews.filter(({ clause }) => decides(clause.binding, view))
  const clauses = judged.map(({ clause }) => clause)
  const counts = countStates(clauses.map(clauseState))
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
    const others = overviews.filter(overview => overview.clause.binding === binding && !judged.includes(overview))
    if (others.length > 0) say(`${binding}s, not part of the verdict: ${findingCounts(others, view)}`)
  }
  return lines
}

function findingCounts(overviews: readonly Overview[], page: Page): string {
  const sums = new Map<Shown, Count>()
  for (const { counts } of overviews) {
    for (const [state, { all, atRisk }] of counts) {
      const before = sums.get(state) ?? { all: 0, atRisk: 0 }
      sums.set(state, { all: before.all + all, atRisk: before.atRisk + atRisk })
    }
  }
  return countsText(sums, page)
}

/** `1 breached · 1 unverified · 12 met (2 at risk)`, worst first. */
function countsText(counts: ReadonlyMap<Shown, Count>, page: Page): string {
  const { dot } = symbols(page)
  return states
    .flatMap(state => {
      const count = state === 'at-risk' ? undefined : counts.get(state)
      return count === undefined ? [] : [`${grouped(count.all)} ${stateWord(state)}${riskText(count.atRisk)}`]
    })
    .join(` ${dot} `)
}

/** ` (2 at risk)`: of those just counted; nothing where none is. */
export function riskText(atRisk: number): string {
  return atRisk === 0 ? '' : ` (${grouped(atRisk)} at risk)`
}

function countStates(all: readonly State[]): Map<State, number> {
  const counts = new Map<State, number>()
  for (const state of all) counts.set(state, (counts.get(state) ?? 0) + 1)
  return counts
}

/** Clauses by their roll-up; what is not applicable is left out of the total. */
function sentence(
  state: State,
  counts: ReadonlyMap<State, number>,
  overviews: readonly Overview[],
  view: View,
): string {
  const clauses = overviews.map(({ clause }) => clause)
  const judged = clauses.length - (counts.get('not-applicable') ?? 0)
  const ofClauses = (count: number): string => `${count} of ${judged} ${judged === 1 ? 'clause' : 'clauses'}`
  const share = ofClauses(counts.get(state) ?? 0)
  const beyond = overviews.filter(({ worst }) => worst !== undefined && isBeyondSoFar(worst)).length
  switch (state) {
    case 'breached':
      return `Not kept: ${share} breached.`
    case 'unverified':
      return `Not decided by this evidence: ${share} unverified, which is not met.`
    case 'pending':
      return `Still open: ${share} pending.`
    case 'at-risk':
      if (beyond > 0) return `Still open: ${ofClauses(beyond)} not kept so far.`
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
  return clauses.some(({ counts }) => counts.pending > 0)
}

function bindingsText(view: View): string {
  return (view.bindings ?? ['guarantee']).join(' or ')
}
