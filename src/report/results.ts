import type { Finding, Outline } from '../model/finding.ts'
import type { Interval } from '../model/interval.ts'
import type { ClauseReport, Report } from '../model/report.ts'
import type { Zone } from '../time/zone.ts'
import { findingAsSaid } from './day-ends.ts'
import { waiverText } from './finding-block.ts'
import { isOverYears } from './instants.ts'
import { findingState, findingWord } from './states.ts'
import { type Words, wordsOf } from './words.ts'

/** What tools that take results are told of a finding; what is kept, still open, void or only observed is no result. */
export type Outcome = 'breach' | 'unverified' | 'objective' | 'known' | 'at-risk' | 'waived'

/** Worst first. */
export const outcomes: readonly Outcome[] = ['breach', 'unverified', 'objective', 'known', 'at-risk', 'waived']

/** One finding to tell: `finding` with its exact figures, `said` as people say it. `place` counts clauses from 0. */
export interface Result {
  readonly outcome: Outcome
  readonly clause: ClauseReport
  readonly place: number
  readonly finding: Finding
  readonly said: Finding
  readonly words: Words
}

/** Of each finding of a clause its place in `outcomes` (`NONE`: no result), and how many have which. */
export interface Ranked {
  readonly clause: ClauseReport
  readonly period: Interval
  readonly ranks: Uint8Array
  readonly counts: Readonly<Record<Outcome, number>>
}

export function outcomeOf({ binding }: Pick<ClauseReport, 'binding'>, finding: Outline): Outcome | undefined {
  if (binding === 'observed') return undefined
  const { status, known } = finding
  if (status === 'waived') return 'waived'
  if (status === 'unverified') return 'unverified'
  if (status === 'breached') return known === true ? 'known' : binding === 'guarantee' ? 'breach' : 'objective'
  return findingState(finding) === 'at-risk' ? 'at-risk' : undefined
}

/** One walk over all findings, which makes none of them that has an outline. */
export function rankResults({ clauses, period }: Report): readonly Ranked[] {
  return clauses.map(clause => {
    const ranks = new Uint8Array(clause.findings.length).fill(NONE)
    const counts = { breach: 0, unverified: 0, objective: 0, known: 0, 'at-risk': 0, waived: 0 }
    let index = 0
    for (const outline of clause.findings.outlines?.() ?? clause.findings) {
      const outcome = outcomeOf(clause, outline)
      if (outcome !== undefined) {
        ranks[index] = outcomes.indexOf(outcome)
        counts[outcome]++
      }
      index++
    }
    return { clause, period, ranks, counts }
  })
}

/** How many results there are of these outcomes. */
export function countResults(ranked: readonly Ranked[], wanted: readonly Outcome[] = outcomes): number {
  return ranked.reduce((sum, { counts }) => sum + wanted.reduce((all, outcome) => all + counts[outcome], 0), 0)
}

/** Results of these outcomes, worst first, then by clause, then in the order of its findings; each made when asked for. */
export function* resultsOf(
  ranked: readonly Ranked[],
  zone: Zone,
  wanted: readonly Outcome[] = outcomes,
): Iterable<Result> {
  for (const [rank, outcome] of outcomes.entries()) {
    if (!wanted.includes(outcome)) continue
    for (const [place, { clause, period, ranks }] of ranked.entries()) {
      const years = isOverYears(zone, period)
      for (let i = ranks.indexOf(rank); i >= 0; i = ranks.indexOf(rank, i + 1)) {
        const finding = clause.findings.at(i)
        if (finding === undefined) continue
        const said = findingAsSaid(finding, clause.kind, zone, years)
        yield { outcome, clause, place, finding, said, words: wordsOf(clause, said, zone, years) }
      }
    }
  }
}

/** `used 4h 20m of 3h 43m 12s; promised ≥ 99.5 % a calendar month; observed 99.41 %; 36m 48s over the allowance`. */
export function resultText({ headline, promise, observed, margin }: Words): string {
  const parts = [headline]
  const add = (text: string, label: string): void => {
    // Of a clock that was kept what is left is to spare.
    const said = [text, text.replace(/ left$/, ' to spare')]
    if (!parts.some(part => said.some(one => part.includes(one)))) parts.push(`${label}${text}`)
  }
  add(promise, 'promised ')
  add(observed, observed.startsWith('at best ') ? '' : 'observed ')
  add(margin, '')
  return parts.filter(Boolean).join('; ')
}

/** `breached`, `breached (known)`, `waived until 2026-06-30 by J. Doe: late change`. */
export function resultState(finding: Finding): string {
  return finding.waiver === undefined ? findingWord(finding) : waiverText(finding.waiver, finding)
}

const NONE = 255
