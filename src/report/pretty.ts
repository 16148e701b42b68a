import type { Binding, Finding } from '../model/finding.ts'
import type { ClauseReport, Report } from '../model/report.ts'
import { reportAsSaid } from './day-ends.ts'
import { evidenceLines } from './evidence-table.ts'
import { factText, observedText, worstText } from './facts.ts'
import { findingBlock } from './finding-block.ts'
import { headLines } from './head-lines.ts'
import { isOverYears } from './instants.ts'
import { sharesOf } from './kept-facts.ts'
import { type Cell, type Column, KEPT_SPACE, paragraph, table } from './layout.ts'
import { missingHints } from './missing-hints.ts'
import { isDetailed, type Overview, overviewOf } from './overview.ts'
import { clean, unheeded } from './printable.ts'
import { grouped } from './quantities.ts'
import { commandLines, isArgument, shellWord } from './shell.ts'
import {
  attention,
  clauseState,
  findingState,
  findingWord,
  stateGlyph,
  statePaint,
  states,
  stateWord,
} from './states.ts'
import { upcomingLines } from './upcoming.ts'
import { verdictLines } from './verdict.ts'
import { decides, symbols, type View } from './view.ts'

/**
 * The report for people: what was audited, one line per clause with the worst first, details of what is breached,
 * unverified or pending, what falls due, the verdict in one sentence, and the command to go on with.
 */
export function renderPretty(report: Report, view: View): string {
  return [...streamPretty(report, view)].join('')
}

/** The same in pieces, so that a report on a million records is never one text. */
export function* streamPretty(report: Report, given: View): Iterable<string> {
  const view = { ...given, years: isOverYears(given.zone, report.period) }
  const told = reportAsSaid(report, view.zone)
  const clauses = [...told.clauses].sort((a, b) => worstFirst(a, b, view))
  const most = view.quiet ? 0 : view.verbose > 0 ? undefined : SHOWN_BLOCKS
  const overviews = clauses.map(clause => overviewOf(clause, most, view.risky))
  let started = false
  for (const block of blocksOf(report, overviews, view)) {
    if (block.length === 0) continue
    yield `${started ? '\n\n' : ''}${unheeded(block.join('\n'))}`
    started = true
  }
  yield '\n'
}

function* blocksOf(report: Report, overviews: readonly Overview[], view: View): Iterable<readonly string[]> {
  if (!view.quiet) yield headLines(report, view)
  yield clauseLines(overviews, view)
  if (!view.quiet) yield* detailBlocks(overviews, report, view)
  if (!view.quiet)
    yield evidenceLines(
      overviews.map(({ clause }) => clause),
      report,
      view,
    )
  yield upcomingLines(report, view)
  yield verdictLines(overviews, view, report.baseline)
  if (!view.quiet) yield nextLines(overviews, report, view)
}

const SHOWN_BLOCKS = 20
const SHOWN_STEPS = 40
/** What is not known is alike, one step as the other. */
const SHOWN_OPEN = 12

const BINDINGS: readonly Binding[] = ['guarantee', 'objective', 'observed']

/** Clauses that make the verdict come first, whatever their state. */
function bindingRank({ binding }: ClauseReport, view: View): number {
  return decides(binding, view) ? 0 : 1 + BINDINGS.indexOf(binding)
}

export function worstFirst(a: ClauseReport, b: ClauseReport, view: View): number {
  const binding = bindingRank(a, view) - bindingRank(b, view)
  if (binding !== 0) return binding
  const state = states.indexOf(clauseState(a)) - states.indexOf(clauseState(b))
  return state || Number(hasNew(b)) - Number(hasNew(a)) || Number(b.counts.waived > 0) - Number(a.counts.waived > 0)
}

/** Whether some breach of a clause is not in the baseline. */
function hasNew({ counts, known = 0 }: ClauseReport): boolean {
  return counts.breached > known
}

function clauseLines(overviews: readonly Overview[], view: View): string[] {
  const rows = overviews.flatMap((overview): readonly (readonly Cell[])[] => {
    const { clause } = overview
    const state = clauseState(clause)
    const paint = statePaint(state, view)
    const binding = clause.binding === 'guarantee' ? '' : ` (${clause.binding})`
    const line: readonly Cell[] = [
      { text: `${stateGlyph(state, view)} ${clauseWord(overview)}`, paint },
      { text: clean(`${clause.id}${binding}`, view), paint: text => view.colour.bold(text) },
      // Broken behind its commas, if at all.
      { text: clean(actualText(overview), view).replace(/(?<!,) /g, KEPT_SPACE) },
      // What is only observed is held against nothing.
      { text: clause.binding === 'observed' ? '' : clean(clause.promise, view) },
      { text: clean(clauseFact(overview), view), ...(state !== 'met' && { paint }) },
    ]
    return [line, ...promiseRows(overview, view)]
  })
  const columns: readonly Column[] = [
    {},
    { least: 8 },
    { least: 8, align: 'right' },
    { least: 10, lines: { most: 3, ellipsis: symbols(view).ellipsis } },
    { least: 20, under: true },
  ]
  return table(rows, columns, { width: view.width })
}

/** The word for a clause; with how many breaches are known or waived, where that is not all there is to it. */
export function clauseWord({ clause, worst, judged }: Overview): string {
  const { counts, known = 0 } = clause
  const state = clauseState(clause)
  if (state === 'at-risk' && worst !== undefined && findingState(worst) === state) return findingWord(worst)
  if (known > 0) return `${stateWord(state)} (${known === counts.breached ? '' : `${grouped(known)} `}known)`
  if (state !== 'met' || counts.waived === 0) return stateWord(state)
  return judged === counts.waived ? stateWord('waived') : `${stateWord(state)} (${grouped(counts.waived)} waived)`
}

/** The figure of a clause with one finding; of several how many are met, at risk (met or pending), and waived. */
export function actualText({ clause, judged, first }: Overview): string {
  const { binding, counts } = clause
  if (first === undefined) return ''
  if (judged === 1) return observedText(first)
  if (binding === 'observed') return `${grouped(judged)} figures`
  const share = sharesOf(clause)
  if (share !== undefined) return share
  return metText(counts.met, judged, counts.waived, clause.atRisk)
}

/** `3 of 6 met, 1 at risk, 2 waived`: what is waived counts as met, and is told apart. */
function metText(met: number, judged: number, waived: number, atRisk = 0): string {
  const risk = atRisk === 0 ? '' : `, ${grouped(atRisk)} at risk`
  return `${grouped(met)} of ${grouped(judged)} met${risk}${waived === 0 ? '' : `, ${grouped(waived)} waived`}`
}

/** How many of each promise are met, each on a line below its clause; only where that is known of several. */
function promiseRows({ clause, promises }: Overview, view: View): readonly (readonly Cell[])[] {
  if (promises.size < 2 || clause.binding === 'observed') return []
  return [...promises].map(([promise, { kept, judged, waived }]) => [
    { text: '' },
    { text: `  ${clean(promise, view)}` },
    { text: metText(kept, judged, waived) },
  ])
}

/** The fact that matters most about a clause, with the finding that it is about. */
export function clauseFact(overview: Overview): string {
  const { name, text } = clauseFactParts(overview)
  return name === undefined ? text : `${name}: ${text}`
}

/** The same in parts: the id of the finding as in its clause, where it has several, and the fact. */
export function clauseFactParts({ clause, worst }: Overview): { readonly name?: string; readonly text: string } {
  if (worst === undefined) return { text: 'nothing to judge' }
  const waived = worst.waiver === undefined ? '' : `, waived until ${worst.waiver.until}`
  if (clause.findings.length === 1) return { text: `${factText(worst)}${waived}` }
  const name = worst.id.startsWith(`${clause.id}/`) ? worst.id.slice(clause.id.length + 1) : worst.id
  return { name, text: `${worstText(worst)}${waived}` }
}

/** Blocks of what is breached, waived, unverified or pending, worst first; of every finding when asked for more. */
function* detailBlocks(overviews: readonly Overview[], report: Report, view: View): Iterable<readonly string[]> {
  if (view.verbose > 0) {
    for (const { finding, clause } of everyFinding(overviews, view)) yield findingBlock(finding, clause, report, view)
    return
  }
  const wanted = overviews
    .flatMap(({ clause, blocks }) => blocks.map((finding): Wanted => ({ clause, finding })))
    .sort((a, b) => rank(a.clause, a.finding, view) - rank(b.clause, b.finding, view))
    .slice(0, SHOWN_BLOCKS)
  const detailed = overviews.reduce((sum, overview) => sum + overview.detailed, 0)
  const left = detailed - wanted.length + withNamed(wanted, overviews, view)
  for (const { finding, clause } of wanted) {
    const most = finding.status === 'unverified' ? SHOWN_OPEN : SHOWN_STEPS
    yield findingBlock(finding, clause, report, view, most)
  }
  if (left > 0) yield [`and ${grouped(left)} more ${left === 1 ? 'finding' : 'findings'} in detail with -v`]
}

interface Wanted {
  readonly clause: ClauseReport
  readonly finding: Finding
}

/** Sees to it that the finding to go on with is among the blocks; how many of those that are detailed it took out. */
function withNamed(wanted: Wanted[], overviews: readonly Overview[], view: View): number {
  const clause = overviews[0]?.clause
  const finding = namedFinding(overviews, view)
  if (clause === undefined || finding === undefined || clause.findings.length === 1) return 0
  if (wanted.some(one => one.clause === clause && one.finding.id === finding.id)) return 0
  const out = wanted.length < SHOWN_BLOCKS ? 0 : wanted.splice(-1).length
  // After others of its own rank.
  const after = wanted.findIndex(one => rank(one.clause, one.finding, view) > rank(clause, finding, view))
  wanted.splice(after < 0 ? wanted.length : after, 0, { clause, finding })
  return out - (isDetailed(finding, clause, view.risky === true) ? 1 : 0)
}

/** Every finding, those of clauses that make the verdict first, then the worst first, then in the order of the lists. */
function* everyFinding(overviews: readonly Overview[], view: View) {
  const groups = [...new Set(overviews.map(({ clause }) => bindingRank(clause, view)))].sort((a, b) => a - b)
  for (const group of groups) {
    const members = overviews.filter(({ clause }) => bindingRank(clause, view) === group)
    for (const state of states.keys()) {
      for (const { clause, ranks } of members) {
        for (let i = ranks?.indexOf(state) ?? -1; i >= 0; i = ranks?.indexOf(state, i + 1) ?? -1) {
          const finding = clause.findings.at(i)
          if (finding !== undefined) yield { clause, finding }
        }
      }
    }
  }
}

function rank(clause: ClauseReport, finding: Finding, view: View): number {
  return bindingRank(clause, view) * states.length + attention(finding)
}

function nextLines(overviews: readonly Overview[], report: Report, view: View): string[] {
  const lines: string[] = []
  for (const text of missingHints(overviews))
    lines.push(...paragraph({ text: clean(text, view) }, { width: view.width }))
  const named = namedFinding(overviews, view)
  if (named !== undefined && isArgument(named.id)) {
    const again = view.again ?? [report.contract.file, ...report.inputs.map(input => input.file)].map(shellWord)
    lines.push(...commandLines(['Why?  sla', 'explain', shellWord(named.id), ...again], view))
  }
  return lines
}

/** The finding to go on with: the one that decides the first clause, unless all is well. */
export function namedFinding([first]: readonly Overview[], view: View): Finding | undefined {
  const worst = first?.worst
  if (first === undefined || worst === undefined) return undefined
  const risky = worst.atRisk === true && (view.risky === true || first.clause.status !== 'met')
  return risky || (worst.status !== 'met' && worst.status !== 'not-applicable') ? worst : undefined
}
