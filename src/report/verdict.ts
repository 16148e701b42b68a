import type { Baseline, ClauseReport, FixedBreach, OpenBreach } from '../model/report.ts'
import { dateText } from '../time/civil.ts'
import { localDay } from '../time/local.ts'
import { usage, usageText } from './facts.ts'
import { type Cell, paragraph } from './layout.ts'
import { type Count, type Overview, SHOWN_RISKS, type Shown } from './overview.ts'
import { clean } from './printable.ts'
import { grouped } from './quantities.ts'
import { clauseState, isBeyondSoFar, type State, stateGlyph, statePaint, states, stateWord } from './states.ts'
import { decides, type Page, symbols, type View } from './view.ts'

/**
 * The verdict in one sentence, then the findings behind it and what of the baseline is no longer breached; clauses that
 * don't make the verdict are told apart.
 */
export function verdictLines(overviews: readonly Overview[], view: View, baseline?: Baseline): string[] {
  const judged = overviews.filter(({ clause }) => decides(clause.binding, view))
  const { state, text } = verdictSentence(overviews, view, baseline)
  const cell: Cell = {
    text: `${stateGlyph(state, view)} ${text}`,
    paint: line => statePaint(state, view)(view.colour.bold(line)),
  }
  const lines = paragraph(cell, { width: view.width })
  const say = (said: string): void => {
    lines.push(...paragraph({ text: said }, { width: view.width, indent: 2 }))
  }
  if (judged.length > 0) say(`findings: ${findingCounts(judged, view)}`)
  const risks = riskNames(judged, id => clean(id, view))
  if (risks !== undefined) say(risks)
  for (const binding of ['guarantee', 'objective'] as const) {
    const others = overviews.filter(overview => overview.clause.binding === binding && !judged.includes(overview))
    if (others.length > 0) say(`${binding}s, not part of the verdict: ${findingCounts(others, view)}`)
  }
  for (const text of baseline === undefined ? [] : pastTexts(baseline, view)) say(clean(text, view))
  return lines
}

/** `at risk: uptime/2026-06 (95 %), tickets/P1-respond/T-4 (92 %) and 12 more`: how much of what is allowed is used. */
export function riskNames(judged: readonly Overview[], name: (id: string) => string): string | undefined {
  const all = judged.reduce((sum, { clause }) => sum + clause.atRisk, 0)
  const shown = judged
    .flatMap(({ risky }) => risky.map(finding => ({ finding, use: usage(finding) })))
    .sort(
      (a, b) => Number(isBeyondSoFar(b.finding)) - Number(isBeyondSoFar(a.finding)) || shareOf(b.use) - shareOf(a.use),
    )
    .slice(0, SHOWN_RISKS)
  if (shown.length === 0) return undefined
  const names = shown.map(({ finding, use }) => {
    const percent = use && usageText(use.used, use.allowed)
    return `${name(finding.id)}${percent === undefined ? '' : ` (${percent})`}`
  })
  return `${AT_RISK}${names.join(', ')}${all > shown.length ? ` and ${grouped(all - shown.length)} more` : ''}`
}

/** How the line that names what is at risk begins. */
export const AT_RISK = 'at risk: '

/** Where nothing is allowed, or no time is: after the others. */
function shareOf(use: ReturnType<typeof usage>): number {
  return use === undefined || use.allowed <= 0 ? 0 : use.used / use.allowed
}

/** The verdict and the state that it is about; what a baseline knew is told apart from what is new. */
export function verdictSentence(
  overviews: readonly Overview[],
  view: View,
  baseline?: Baseline,
): { readonly state: State; readonly text: string } {
  const judged = overviews.filter(({ clause }) => decides(clause.binding, view))
  const counts = countStates(judged.map(({ clause }) => clauseState(clause)))
  const state = states.find(candidate => counts.has(candidate)) ?? 'not-applicable'
  return { state, text: sentence(state, counts, judged, view, baseline) }
}

/** `the baseline of 2026-01-31`: the local date that its as-of instant ends, or lies in. */
export function baselineText({ asOf }: Baseline, { zone }: View): string {
  return `the baseline of ${dateText(localDay(zone, asOf - 1))}`
}

/**
 * What became of breaches of a baseline: `no longer breached since the baseline of 2026-01-31: uptime/2026-01 (met), …`,
 * and apart from it what is not known to be mended.
 */
function pastTexts(baseline: Baseline, view: View): readonly string[] {
  const { fixed, open } = baseline
  const texts: string[] = []
  const say = (head: string, list: readonly (FixedBreach | OpenBreach)[], counts: string): void => {
    if (list.length > 0) texts.push(`${head}: ${view.quiet ? counts : nowNames(list, view)}`)
  }
  say(`no longer breached since ${baselineText(baseline, view)}`, fixed, grouped(fixed.length))
  say(`breached in ${baselineText(baseline, view)}, not known to be mended`, open, nowCounts(open))
  return texts
}

/** `gone`, else the word of a status. */
export function nowWord(now: FixedBreach['now'] | OpenBreach['now']): string {
  return now === 'gone' ? now : stateWord(now)
}

/** `2 unverified, 1 waived`. */
function nowCounts(list: readonly OpenBreach[]): string {
  const counts = new Map<string, number>()
  for (const { now } of list) counts.set(nowWord(now), (counts.get(nowWord(now)) ?? 0) + 1)
  return [...counts].map(([name, count]) => `${grouped(count)} ${name}`).join(', ')
}

function nowNames(list: readonly (FixedBreach | OpenBreach)[], view: View): string {
  const shown = view.verbose > 0 ? list : list.slice(0, SHOWN_FIXED)
  const left = list.length - shown.length
  const named = shown.map(({ finding, now }) => `${finding} (${nowWord(now)})`)
  return `${named.join(', ')}${left > 0 ? ` and ${grouped(left)} more` : ''}`
}

const SHOWN_FIXED = 10

function findingCounts(overviews: readonly Overview[], page: Page): string {
  const sums = new Map<Shown, Count>()
  for (const { counts } of overviews) {
    for (const [state, { all, atRisk, known }] of counts) {
      const before = sums.get(state) ?? { all: 0, atRisk: 0, known: 0 }
      sums.set(state, { all: before.all + all, atRisk: before.atRisk + atRisk, known: before.known + known })
    }
  }
  return countsText(sums, page)
}

/** `3 breached (2 known) · 1 unverified · 12 met (2 at risk)`, worst first. */
function countsText(counts: ReadonlyMap<Shown, Count>, page: Page): string {
  const { dot } = symbols(page)
  return states
    .flatMap(state => {
      const count = state === 'at-risk' ? undefined : counts.get(state)
      if (count === undefined) return []
      const known = count.known === 0 ? '' : ` (${grouped(count.known)} known)`
      return [`${grouped(count.all)} ${stateWord(state)}${known}${riskText(count.atRisk)}`]
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
  baseline: Baseline | undefined,
): string {
  const clauses = overviews.map(({ clause }) => clause)
  const judged = clauses.length - (counts.get('not-applicable') ?? 0)
  const ofClauses = (count: number): string => `${count} of ${judged} ${judged === 1 ? 'clause' : 'clauses'}`
  const share = ofClauses(counts.get(state) ?? 0)
  const beyond = overviews.filter(({ worst }) => worst !== undefined && isBeyondSoFar(worst)).length
  switch (state) {
    case 'breached':
      return `Not kept: ${share} breached${newText(clauses, view, baseline)}.`
    case 'unverified':
      return `Not decided by this evidence: ${share} unverified, which is not met.`
    case 'pending':
      return `Still open: ${share} pending.`
    case 'at-risk':
      if (beyond > 0) return `Still open: ${ofClauses(beyond)} not kept so far.`
      return `Kept${goesOn(clauses) ? ' so far' : ''}, but ${share} used ${view.risk ?? 90} % or more of what is allowed${waivedText(clauses)}.`
    case 'met':
    case 'waived':
      return `Kept: ${judged === 1 ? 'the one clause is' : `all ${judged} clauses are`} met${waivedText(clauses)}.`
    default:
      return clauses.length === 0 ? `No ${bindingsText(view)} was judged.` : 'Nothing to judge in any clause.'
  }
}

/** `, 1 breach new since the baseline of 2026-01-31`. */
function newText(clauses: readonly ClauseReport[], view: View, baseline: Baseline | undefined): string {
  if (baseline === undefined) return ''
  const fresh = clauses.reduce((sum, { counts, known = 0 }) => sum + counts.breached - known, 0)
  const what = fresh === 0 ? 'nothing' : `${grouped(fresh)} ${fresh === 1 ? 'breach' : 'breaches'}`
  return `, ${what} new since ${baselineText(baseline, view)}`
}

/** `, 2 breaches waived`: a clause is met by them. */
function waivedText(clauses: readonly ClauseReport[]): string {
  const waived = clauses.reduce((sum, { counts }) => sum + counts.waived, 0)
  return waived === 0 ? '' : `, ${grouped(waived)} ${waived === 1 ? 'breach' : 'breaches'} waived`
}

/** Whether something can still happen in a window. */
function goesOn(clauses: readonly ClauseReport[]): boolean {
  return clauses.some(({ counts }) => counts.pending > 0)
}

function bindingsText(view: View): string {
  return (view.bindings ?? ['guarantee']).join(' or ')
}
