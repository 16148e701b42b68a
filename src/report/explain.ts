import type { Finding } from '../model/finding.ts'
import type { ClauseReport, Report } from '../model/report.ts'
import { findingAsSaid } from './day-ends.ts'
import { dueCommand } from './due-command.ts'
import { arithmetic, noteFacts, type Pair, promiseFacts, verdictFacts } from './explain-facts.ts'
import { findingHead, hasLengths, usageBar } from './finding-block.ts'
import { isOverYears } from './instants.ts'
import { type Cell, table } from './layout.ts'
import { clean, unheeded } from './printable.ts'
import { commandLines, shellWord } from './shell.ts'
import { timelineLines } from './timeline.ts'
import type { View } from './view.ts'

/** `alone`: nothing but a report was read, whose timelines of what is kept are short. */
export interface ExplanationOptions {
  readonly alone?: boolean
}

/** One finding in full: promise, every step with its source row, the arithmetic exact, notes, what would turn it. */
export function renderExplanation(
  report: Report,
  clause: ClauseReport,
  found: Finding,
  given: View,
  { alone = false }: ExplanationOptions = {},
): string {
  const view = { ...given, years: isOverYears(given.zone, report.period) }
  const finding = findingAsSaid(found, clause.kind, view.zone, view.years)
  const isShort = alone && isShortened(finding, clause)
  const bar = usageBar(finding, view)
  const timeline = timelineLines(finding.timeline, {
    inputs: report.inputs,
    view,
    indent: 2,
    lengths: hasLengths(finding),
  })
  const due = dueCommand(clause, finding, view.again?.[0] ?? shellWord(report.contract.file), view)
  const blocks = [
    findingHead(finding, '', view),
    pairs(promiseFacts(report, clause, finding, view), view),
    timeline.length === 0
      ? []
      : [view.colour.bold('Timeline'), ...(bar === undefined ? [] : [`  ${bar}`]), ...timeline],
    section('Arithmetic', arithmetic(finding, view), view),
    section('Verdict', verdictFacts(finding, report.asOf, view), view),
    section('Notes', [...noteFacts(finding, report, view), ...(isShort ? [SHORT] : [])], view),
    due === undefined ? [] : commandLines(['Day by day?  sla', ...due], view),
    isShort ? fullCommand(finding, view) : [],
  ]
  const shown = blocks.filter(block => block.length > 0).map(block => block.join('\n'))
  return `${unheeded(shown.join('\n\n'))}\n`
}

const SHORT: Pair = [
  '',
  'the timeline is as short as the report has it; an audit with the same options tells every step',
]

/** Whether a report tells fewer steps of a finding than its audit knows: of what is kept, and of many backups. */
function isShortened({ status, details }: Finding, { kind }: ClauseReport): boolean {
  if (kind === 'availability' || kind === 'maintenance') return false
  return status === 'met' || (kind === 'backup' && Number(details?.items ?? 0) > 2)
}

/** Where the timeline is as the report has it: the command that shows every step. */
function fullCommand({ id }: Finding, view: View): string[] {
  return commandLines(['Every step?  sla', 'explain', shellWord(id), ...(view.again ?? [])], view)
}

function section(title: string, list: readonly Pair[], view: View): string[] {
  return list.length === 0 ? [] : [view.colour.bold(title), ...pairs(list, view, 2)]
}

function pairs(list: readonly Pair[], view: View, indent = 0): string[] {
  const rows = list.map(([name, value]): readonly Cell[] => [
    { text: clean(name, view), paint: text => view.colour.dim(text) },
    { text: clean(value, view) },
  ])
  return table(rows, [{}, { least: 20 }], { width: view.width, indent })
}
