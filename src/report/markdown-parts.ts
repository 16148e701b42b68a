import type { Diagnostic } from '../model/diagnostic.ts'
import type { ClauseReport, Report } from '../model/report.ts'
import { dateText } from '../time/civil.ts'
import { localDay } from '../time/local.ts'
import { findingBlock } from './finding-block.ts'
import { escaped } from './html/escape.ts'
import { isOverYears } from './instants.ts'
import { escapeMarkdown, markdownCode, unlinked } from './markdown-escape.ts'
import { type Overview, overviewOf } from './overview.ts'
import { relativePath } from './paths.ts'
import { actualText, clauseFactParts, clauseWord, worstFirst } from './pretty.ts'
import { grouped } from './quantities.ts'
import { type Result, resultState } from './results.ts'
import { uriOf } from './sarif/places.ts'
import { clauseState, findingState, stateGlyph } from './states.ts'
import { termIgnored } from './term-ignored.ts'
import { AT_RISK, riskNames, verdictLines } from './verdict.ts'
import { decides, plain, type View } from './view.ts'

/** How texts are made for Markdown: as wide as a page beside a list of files shows code, without colour, every sign. */
export function markdownView(view: View, report?: Pick<Report, 'period'>): View {
  const years = report !== undefined && isOverYears(view.zone, report.period)
  return { ...view, years, width: 110, colour: plain, ascii: false, quiet: false }
}

/** The clauses of a report as it is said, the worst first. */
export function worstClauses({ clauses }: Report, view: View): readonly Overview[] {
  return [...clauses].sort((a, b) => worstFirst(a, b, view)).map(clause => overviewOf(clause, 0))
}

/** The verdict in one sentence, and what stands behind it, each as one line of Markdown. */
export function verdictTexts(overviews: readonly Overview[], view: View, baseline: Report['baseline']) {
  const [verdict = '', ...facts] = verdictLines(overviews, { ...view, width: 100_000 }, baseline)
  const judged = overviews.filter(({ clause }) => decides(clause.binding, view))
  const risks = riskNames(judged, id => markdownCode(short(id)))
  return {
    verdict: escapeMarkdown(verdict),
    facts: facts
      .map(fact => fact.trim())
      .map(fact => (risks !== undefined && fact.startsWith(AT_RISK) ? risks : escapeMarkdown(fact))),
  }
}

/** `Acme Hosting SLA 2026.1`. */
export function nameText({ contract }: Report): string {
  return escapeMarkdown(short([contract.title ?? contract.id, contract.version].filter(Boolean).join(' ')))
}

export function periodText({ period, warnings }: Report, { zone }: View): string {
  const days = [period.start, period.end - 1].map(at => dateText(localDay(zone, at))).join(' to ')
  return escapeMarkdown(short(period.stated ? period.text : days) + termIgnored({ warnings }))
}

/** The contract's file, linked where it can be looked at. */
export function contractText({ contract }: Report, view: View): string {
  return linked(markdownCode(short(relativePath(contract.file, view))), contract.file, undefined, view)
}

export function filesText({ inputs }: Report): string {
  return `${grouped(inputs.length)} evidence ${inputs.length === 1 ? 'file' : 'files'}`
}

export const CLAUSE_HEAD = '| Verdict | Clause | Actual | Promise | What matters |\n| --- | --- | ---: | --- | --- |\n'

/** The line of a clause in the table that `CLAUSE_HEAD` begins. */
export function clauseRow(overview: Overview, view: View): string {
  const { clause } = overview
  const binding = clause.binding === 'guarantee' ? '' : ` (${clause.binding})`
  const word = `${stateGlyph(clauseState(clause), view)} ${clauseWord(overview)}${binding}`
  // What is only observed is held against nothing.
  const promise = clause.binding === 'observed' ? '' : clause.promise
  const { name, text } = clauseFactParts(overview)
  const [first, ...cells] = [word, actualText(overview), promise].map(short).map(cell => escapeMarkdown(cell))
  const fact = `${name === undefined ? '' : `${markdownCode(short(name))}: `}${escapeMarkdown(short(text))}`
  return `| ${[first, clauseLink(clause, view), ...cells, fact].join(' | ')} |\n`
}

/** How much of a finding is told: steps of its timeline, and lines in all. */
export interface BlockLimits {
  readonly steps: number
  readonly lines?: number
}

/** A finding to unfold: what it comes down to, its promise, its timeline and arithmetic as text. */
export function findingDetails(
  { clause, finding, said, words }: Result,
  report: Report,
  view: View,
  most: BlockLimits,
) {
  const state = stateGlyph(findingState(finding), view)
  // In code nothing is a mention, and an id can be copied.
  const id = escaped(short(finding.id))
  const text = unlinked(escaped(short(`${resultState(finding)}: ${words.headline}`)))
  const lines = findingBlock(said, clause, report, view, most.steps)
  const shown = lines.slice(0, most.lines)
  const left = lines.length - shown.length
  if (left > 0) shown.push(`  … ${grouped(left)} more ${left === 1 ? 'line' : 'lines'}`)
  const section = clause.section === undefined ? '' : `, section ${escapeMarkdown(short(clause.section))}`
  return [
    `<details><summary>${state} <code>${id}</code> ${text}</summary>\n`,
    `${clauseLink(clause, view)}${section}: ${escapeMarkdown(short(words.promise))}\n`,
    fenced(shown.join('\n')),
    '</details>\n\n',
  ].join('\n')
}

/** The first of the warnings, to unfold; nothing where there are none. */
export function warningText({ warnings }: Report, lines: readonly string[]): string {
  return folded(`${grouped(warnings.length)} ${warnings.length === 1 ? 'warning' : 'warnings'}`, lines, warnings.length)
}

/** A warning as one line of a list, with its place if it has one. */
export function warningLine({ message, span }: Diagnostic, view: View): string {
  const place = span === undefined ? '' : `${markdownCode(short(`${relativePath(span.file, view)}:${span.line}`))} `
  return `- ${place}${escapeMarkdown(short(message))}\n`
}

/** Lines of a list to unfold; those of `all` that are not among them are counted. `title` is HTML. */
export function folded(title: string, lines: readonly string[], all: number): string {
  if (all === 0) return ''
  const more = all > lines.length ? `- and ${grouped(all - lines.length)} more\n` : ''
  return `<details><summary>${title}</summary>\n\n${lines.join('')}${more}\n</details>\n\n`
}

/** Text cut to what a cell or a heading can hold. */
export function short(text: string): string {
  return text.length <= MOST_CELL ? text : `${text.slice(0, MOST_CELL).replace(/[\ud800-\udbff]$/, '')}…`
}

const MOST_CELL = 300

function clauseLink({ id, span }: ClauseReport, view: View): string {
  return linked(markdownCode(short(id)), span?.file, span?.line, view)
}

/** A link to the line in the repository, where there is one and the file lies in it. */
function linked(text: string, file: string | undefined, line: number | undefined, view: View): string {
  if (view.source === undefined || file === undefined) return text
  const path = uriOf(file, view)
  if (/^(file:|\.\.\/|-$)/.test(path)) return text
  const encoded = `${view.source}${path}`.replace(/[()<>\s|\\]/g, encodeURIComponent).replaceAll(/[()]/g, percent)
  return `[${text}](${encoded}${line === undefined ? '' : `#L${line}`})`
}

/** What `encodeURIComponent` leaves, and a link would end with. */
function percent(sign: string): string {
  return `%${sign.charCodeAt(0).toString(16)}`
}

/** Text as it stands, in a fence longer than any run of backticks in it. */
export function fenced(text: string, language = 'text'): string {
  const runs = [...text.matchAll(/`+/g)].map(([run]) => run.length)
  const fence = '`'.repeat(Math.max(2, ...runs) + 1)
  return `${fence}${language}\n${text}\n${fence}\n`
}
