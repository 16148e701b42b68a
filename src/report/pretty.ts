import type { Binding, Finding } from '../model/finding.ts'
import type { ClauseReport, Report } from '../model/report.ts'
import { dateText } from '../time/civil.ts'
import { localDay } from '../time/local.ts'
import { factText, isMissing, observedText } from './facts.ts'
import { findingBlock } from './finding-block.ts'
import { inputLines } from './inputs.ts'
import { instantText } from './instants.ts'
import { type Cell, type Column, paragraph, sides, table } from './layout.ts'
import { clean, cut, cutStart, displayWidth } from './printable.ts'
import { grouped } from './quantities.ts'
import {
  clauseState,
  findingState,
  type State,
  stateGlyph,
  statePaint,
  states,
  stateWord,
  worstFinding,
} from './states.ts'
import { verdictLines } from './verdict.ts'
import { decides, symbols, type View } from './view.ts'

/**
 * The report for people: what was audited, one line per clause with the worst first, details of what is breached,
 * unverified or pending, the verdict in one sentence, and the command to go on with.
 */
export function renderPretty(report: Report, view: View): string {
  const clauses = [...report.clauses].sort((a, b) => worstFirst(a, b, view))
  const blocks = [
    view.quiet ? [] : headLines(report, view),
    clauseLines(clauses, view),
    ...(view.quiet ? [] : detailBlocks(clauses, report, view)),
    verdictLines(report, view),
    view.quiet ? [] : nextLines(clauses, report, view),
  ]
  return `${blocks
    .filter(block => block.length > 0)
    .map(block => block.join('\n'))
    .join('\n\n')}\n`
}

/** What was audited: contract, period, zone, as-of instant and evidence files. */
export function headLines(report: Report, view: View): string[] {
  const { contract, period, inputs } = report
  const { dot } = symbols(view)
  const name = [contract.title ?? contract.id, contract.version].filter(Boolean).join(' ')
  const days = [period.start, period.end - 1].map(at => dateText(localDay(view.zone, at)))
  const over = period.stated ? period.text : `${days.join(' to ')}, ${period.text}`
  const files = `${inputs.length} evidence ${inputs.length === 1 ? 'file' : 'files'}`
  const rows = inputs.reduce((sum, input) => sum + input.counts.reduce((all, count) => all + count.rows, 0), 0)
  const file = cutStart(clean(contract.file, view), Math.floor(view.width / 2), view)
  const lines = [
    ...sides(
      { text: clean(name, view), paint: text => view.colour.bold(text) },
      { text: clean(`${over} · ${contract.timezone}`, view) },
      view.width,
    ),
    ...sides(
      { text: `${file} ${dot} ${files} ${dot} ${grouped(rows)} ${rows === 1 ? 'row' : 'rows'}` },
      { text: `as of ${instantText(view.zone, report.asOf)}` },
      view.width,
    ),
    ...inputLines(inputs, view),
  ]
  if (view.verbose > 0) {
    const dim = (text: string): string => view.colour.dim(text)
    lines.push(`  ${file}`)
    for (const text of [`contract ${contract.id}, read by sla ${report.tool.version}`, `sha256 ${contract.sha256}`]) {
      lines.push(...paragraph({ text: clean(text, view), paint: dim }, { width: view.width, indent: 4 }))
    }
  }
  return lines
}

const SHOWN_BLOCKS = 20
const SHOWN_STEPS = 40

const BINDINGS: readonly Binding[] = ['guarantee', 'objective', 'observed']

/** Clauses that make the verdict come first, whatever their state. */
function bindingRank({ binding }: ClauseReport, view: View): number {
  return decides(binding, view) ? 0 : 1 + BINDINGS.indexOf(binding)
}

function worstFirst(a: ClauseReport, b: ClauseReport, view: View): number {
  const binding = bindingRank(a, view) - bindingRank(b, view)
  return binding !== 0 ? binding : states.indexOf(clauseState(a)) - states.indexOf(clauseState(b))
}

function clauseLines(clauses: readonly ClauseReport[], view: View): string[] {
  const rows = clauses.map((clause): readonly Cell[] => {
    const state = clauseState(clause)
    const paint = statePaint(state, view)
    const binding = clause.binding === 'guarantee' ? '' : ` (${clause.binding})`
    return [
      { text: `${stateGlyph(state, view)} ${stateWord(state)}`, paint },
      { text: clean(`${clause.id}${binding}`, view), paint: text => view.colour.bold(text) },
      { text: clean(actualText(clause), view) },
      // What is only observed is held against nothing.
      { text: clause.binding === 'observed' ? '' : clean(clause.promise, view) },
      { text: clean(clauseFact(clause), view), ...(state !== 'met' && { paint }) },
    ]
  })
  const columns: readonly Column[] = [
    {},
    { least: 8 },
    { least: 8, align: 'right' },
    { least: 10 },
    { least: 20, under: true },
  ]
  return table(rows, columns, { width: view.width })
}

/** The figure of a clause with one finding, how many are met of several. */
function actualText({ binding, findings }: ClauseReport): string {
  const judged = findings.filter(({ status, reason }) => status !== 'not-applicable' || reason === 'observed')
  const [only] = judged
  if (only === undefined) return ''
  if (judged.length === 1) return observedText(only)
  if (binding === 'observed') return `${grouped(judged.length)} figures`
  const met = judged.filter(finding => finding.status === 'met' || finding.status === 'waived').length
  return `${grouped(met)} of ${grouped(judged.length)} met`
}

function clauseFact(clause: ClauseReport): string {
  const worst = worstFinding(clause.findings)
  if (worst === undefined) return 'nothing to judge'
  if (clause.findings.length === 1) return factText(worst)
  const name = worst.id.startsWith(`${clause.id}/`) ? worst.id.slice(clause.id.length + 1) : worst.id
  const observed = observedText(worst)
  return `${name}: ${[observed, factText(worst)].filter(Boolean).join(', ')}`
}

/** Blocks of what is breached, unverified or pending, worst first; of every finding when asked for more. */
function detailBlocks(clauses: readonly ClauseReport[], report: Report, view: View): string[][] {
  const detailed: readonly State[] = ['breached', 'unverified', 'pending']
  const all = clauses.flatMap(clause => clause.findings.map(finding => ({ clause, finding })))
  const wanted = view.verbose > 0 ? all : all.filter(item => detailed.includes(item.finding.status) && hasDetail(item))
  const order = wanted
    .map((item, i) => ({ ...item, i }))
    .sort((a, b) => rank(a.clause, a.finding, view) - rank(b.clause, b.finding, view) || a.i - b.i)
  const most = view.verbose > 0 ? order.length : SHOWN_BLOCKS
  const blocks = order
    .slice(0, most)
    .map(({ finding, clause }) =>
      findingBlock(finding, clause, report, view, view.verbose > 0 ? undefined : SHOWN_STEPS),
    )
  const left = order.length - most
  if (left > 0) blocks.push([`and ${grouped(left)} more findings in detail with -v`])
  return blocks
}

function rank(clause: ClauseReport, finding: Finding, view: View): number {
  return bindingRank(clause, view) * states.length + states.indexOf(findingState(finding))
}

/** A clause's only finding without timeline, figures or notes says on the clause's line all there is. */
function hasDetail({ clause, finding }: { clause: ClauseReport; finding: Finding }): boolean {
  const { timeline, notes, details, bounds } = finding
  if (isMissing(finding) && timeline.length === 0) return clause.findings.length > 1 || notes.length > 1
  return clause.findings.length > 1 || timeline.length > 0 || notes.length > 0 || (details ?? bounds) !== undefined
}

function nextLines(clauses: readonly ClauseReport[], report: Report, view: View): string[] {
  const lines: string[] = []
  const all = clauses.flatMap(clause => clause.findings)
  const missing = all.filter(isMissing)
  if (missing.length > 0) {
    const named = missing.map(finding => finding.details?.missing).filter(type => typeof type === 'string')
    const type = named[0] ?? 'TYPE'
    const text = `Nothing to report? Say so: --assume-complete ${type}, or a coverage record.`
    lines.push(...paragraph({ text: clean(text, view) }, { width: view.width }))
  }
  const worst = worstFinding(clauses[0]?.findings ?? [])
  if (worst !== undefined && worst.status !== 'met' && worst.status !== 'not-applicable') {
    const again = view.again ?? [report.contract.file, ...report.inputs.map(input => input.file)]
    lines.push(...commandLines(['Why?  sla', 'explain', worst.id, ...again], view))
  }
  return lines
}

/** A command that may be copied as it stands: broken between words only, as a shell lets it. */
function commandLines(words: readonly string[], view: View): string[] {
  const room = view.width - 2
  const lines: string[] = []
  let line = ''
  for (const word of words) {
    const text = cut(clean(word, view), room - 2, view)
    if (line !== '' && displayWidth(line) + 1 + displayWidth(text) > room) {
      lines.push(`${line} \\`)
      line = `  ${text}`
    } else line = line === '' ? text : `${line} ${text}`
  }
  return [...lines, line]
}
