import type { Finding } from '../model/finding.ts'
import type { Quantity } from '../model/quantity.ts'
import type { ClauseReport, Report } from '../model/report.ts'
import { findingAsSaid } from './day-ends.ts'
import { instantText, isOverYears } from './instants.ts'
import { clean, printable } from './printable.ts'
import { figureText, fraction, plainPercent } from './quantities.ts'
import { plain as noColour, type Page, type View } from './view.ts'
import { type Words, wordsOf } from './words.ts'

/**
 * One row for each finding (RFC 4180, UTF-8), its columns fixed: exact figures beside the words of the other formats.
 * A text that a spreadsheet would take for a formula has an apostrophe before it; numbers stay numbers.
 */
export function* streamCsv(report: Report, view: View): Iterable<string> {
  yield record(Object.keys(COLUMNS))
  const years = isOverYears(view.zone, report.period)
  for (const clause of report.clauses) {
    for (const finding of clause.findings) {
      const said = findingAsSaid(finding, clause.kind, view.zone, years)
      const row: Row = { report, clause, finding, said, words: wordsOf(clause, said, view.zone, years), view }
      yield record(Object.values(COLUMNS).map(column => column(row)))
    }
  }
}

interface Row {
  readonly report: Report
  readonly clause: ClauseReport
  readonly finding: Finding
  readonly said: Finding
  readonly words: Words
  readonly view: View
}

/** A cell: text, which is guarded; a number as such; undefined is blank. */
type Cell = string | number | undefined
type Column = (row: Row) => Cell

const COLUMNS: Readonly<Record<string, Column>> = {
  contract: ({ report }) => report.contract.id,
  clause: ({ clause }) => clause.id,
  kind: ({ clause }) => clause.kind,
  section: ({ clause }) => clause.section,
  binding: ({ clause }) => clause.binding,
  finding: ({ finding }) => finding.id,
  subject: ({ finding }) => finding.subject,
  promise: ({ finding }) => finding.promise,
  status: ({ finding }) => finding.status,
  reason: ({ finding }) => finding.reason,
  at_risk: ({ finding }) => (finding.atRisk === true ? 'yes' : undefined),
  known: ({ finding }) => (finding.known === true ? 'yes' : undefined),
  waived_until: ({ finding }) => finding.waiver?.until,
  waived_by: ({ finding }) => finding.waiver?.approver,
  waived_because: ({ finding }) => finding.waiver?.reason,
  window_start: ({ finding, view }) => instantText(view.zone, finding.window.start),
  window_end: ({ finding, view }) => instantText(view.zone, finding.window.end),
  start: ({ finding, view }) => instantCell(finding.start, view),
  due: ({ finding, view }) => instantCell(finding.due, view),
  bound: ({ finding }) => finding.bound,
  ...figure('promised', finding => finding.promised),
  ...figure('observed', finding => finding.observed),
  ...figure('margin', finding => finding.margin),
  ...figure('lowest', finding => finding.bounds?.lowest),
  ...figure('highest', finding => finding.bounds?.highest),
  breached_ms: ({ finding }) => lengthOf(finding.breached),
  undecided_ms: ({ finding }) => lengthOf(finding.undecided),
  promised_text: ({ words }) => plain(words.promise),
  observed_text: ({ words }) => plain(words.observed),
  margin_text: ({ words }) => plain(words.margin),
  headline: ({ words }) => plain(words.headline),
  contract_line: ({ clause }) => (clause.span === undefined ? undefined : `${clause.span.file}:${clause.span.line}`),
  evidence: rowsText,
  notes: ({ said }) => plain(said.notes.join('; ')),
  promised_percent: ({ finding }) => percentCell(finding.promised, finding),
  observed_percent: ({ finding }) => percentCell(finding.observed, finding),
  period: ({ report }) => report.period.text,
  as_of: ({ report, view }) => instantText(view.zone, report.asOf),
  sla: ({ report }) => report.tool.version,
}

const MOST_ROWS = 20

/** `outages.csv:12, outages.csv:31 and 4 more`. */
function rowsText({ report, finding }: Row): string {
  const named = finding.evidence.slice(0, MOST_ROWS).map(({ input, line, item, to }) => {
    const file = report.inputs[input]?.file ?? ''
    const at = line === 1 && item !== undefined ? ` record ${item}` : line === undefined ? '' : `:${line}`
    return `${file}${at === '' && item !== undefined ? ` record ${item}` : at}${to === undefined ? '' : `-${to}`}`
  })
  const left = finding.evidence.length - named.length
  return `${named.join(', ')}${left > 0 ? ` and ${left} more` : ''}`
}

function instantCell(at: number | undefined, view: View): string | undefined {
  return at === undefined ? undefined : instantText(view.zone, at)
}

/** An exact figure as numbers in columns of their own: `18`, of `20`, in `ratio`; words stand in the texts only. */
function figure(name: string, of: (finding: Finding) => Quantity | undefined): Readonly<Record<string, Column>> {
  const parts = (row: Row) => partsOf(of(row.finding))
  return {
    [name]: row => parts(row)[0],
    [`${name}_of`]: row => parts(row)[1],
    [`${name}_unit`]: row => parts(row)[2],
  }
}

function partsOf(quantity: Quantity | undefined): readonly [value?: Cell, of?: Cell, unit?: string] {
  if (quantity === undefined) return []
  switch (quantity.unit) {
    case 'ratio':
      return [quantity.part, quantity.of, 'ratio']
    case 'decimal':
      return [quantity.value, quantity.of, 'decimal']
    case 'money':
      return [quantity.minor, undefined, quantity.currency]
    case 'none':
      return []
    default:
      return [quantity.value, undefined, quantity.unit]
  }
}

/** A ratio in percent as the text has it, rounded toward the breach: `99.41`. */
function percentCell(quantity: Quantity, finding: Finding): Cell {
  if (quantity.unit !== 'ratio' || BigInt(quantity.of) <= 0n) return undefined
  const text =
    quantity === finding.promised ? plainPercent(fraction(quantity.part, quantity.of)) : figureText(quantity, finding)
  return text.replace(/ %$/, '')
}

/** Our own signs spelled in ASCII, as a spreadsheet that is not told the encoding would show others in their place. */
export function plain(text: string): string {
  return text.replace(/[^\p{C}\p{Z}\x20-\x7e]/gu, sign => clean(sign, ASCII_PAGE))
}

const ASCII_PAGE: Page = { width: 0, colour: noColour, ascii: true }

function lengthOf(list: Finding['breached']): number | undefined {
  return list?.reduce((sum, { start, end }) => sum + end - start, 0)
}

/** One line of a table, its texts guarded. */
export function record(cells: readonly Cell[]): string {
  return `${cells.map(cell).join(',')}\r\n`
}

function cell(value: Cell): string {
  if (typeof value === 'number') return String(value)
  if (value === undefined || value === '') return ''
  const safe = guarded(value.length > MOST_TEXT ? `${value.slice(0, MOST_TEXT)}…` : value)
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Text that no spreadsheet takes for a formula; where lists are separated by semicolons, one could begin after one. */
function guarded(text: string): string {
  const marked = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text
  // In the log of a CI job `##[` begins a command.
  return printable(marked.replace(LATER_FORMULA, "$1'")).replaceAll('##[', '#\\x23[')
}

// A cell holds 32,767 characters; escapes may make a text longer.
const MOST_TEXT = 30_000

// Full-width signs count as well where input in Japanese is usual.
const FORMULA = /^[\s\0]*[=+\-@＝＋－＠\t\r\n\0]/
const LATER_FORMULA = /(;[\s\0]*)(?=[=+\-@＝＋－＠])/g
const NUMBER = /^-?\d+(\.\d+)?$/
