import type { InputSummary, LeftOutBy, RowCount } from '../model/report.ts'
import { type Cell, paragraph, table } from './layout.ts'
import { clean, cutStart } from './printable.ts'
import { grouped } from './quantities.ts'
import type { View } from './view.ts'

/** One line per evidence file: what it held and what became of its rows; digests too when asked for more. */
export function inputLines(inputs: readonly InputSummary[], view: View): string[] {
  const { colour } = view
  const needed = view.verbose > 0 ? inputs : inputs.filter(input => !isUnasked(input))
  const rows = needed.map((input): readonly Cell[] => [
    { text: cutStart(clean(input.file, view), Math.floor(view.width / 2), view) },
    { text: clean(typesText(input), view) },
    { text: clean(rowsText(input), view) },
  ])
  const lines = table(rows, [{}, { least: 12 }, { least: 24, under: true }], { width: view.width, indent: 2 })
  const rest = inputs.length - needed.length
  if (rest > 0) {
    const text = `${grouped(rest)} ${rest === 1 ? 'file' : 'files'} not needed by these clauses (-v lists ${rest === 1 ? 'it' : 'them'})`
    lines.push(...paragraph({ text, paint: part => colour.dim(part) }, { width: view.width, indent: 2 }))
  }
  if (view.verbose === 0) return lines
  for (const input of inputs) {
    lines.push(`  ${cutStart(clean(input.file, view), view.width - 2, view)}`)
    for (const text of readingTexts(input)) {
      const cell = { text: clean(text, view), paint: (part: string) => colour.dim(part) }
      lines.push(...paragraph(cell, { width: view.width, indent: 4 }))
    }
  }
  return lines
}

/** Whether no judged clause asks for anything that a file holds. */
function isUnasked({ counts }: InputSummary): boolean {
  const rows = sum(counts, 'rows')
  return rows > 0 && sum(counts, 'unasked') === rows
}

/** `1,284 rows: 1,280 used, 4 of types that no judged clause asks for`. */
export function rowsText({ counts, leftOutBy = {} }: Pick<InputSummary, 'counts' | 'leftOutBy'>): string {
  const rows = sum(counts, 'rows')
  if (rows === 0) return '0 rows, read as nothing happened'
  const parts: string[] = [`${grouped(sum(counts, 'used'))} used`]
  const add = (field: Counted, text: string): void => {
    const count = sum(counts, field)
    if (count > 0) parts.push(`${grouped(count)} ${text}`)
  }
  add('unasked', 'of types that no judged clause asks for')
  for (const [by, text] of LEFT_OUT) {
    if ((leftOutBy[by] ?? 0) > 0) parts.push(`${grouped(leftOutBy[by] ?? 0)} left out ${text}`)
  }
  add('unknownService', 'of services the contract does not know')
  add('later', 'later than the as-of instant')
  add('duplicates', 'said the same as another')
  add('skipped', 'bad and left out')
  const total = `${grouped(rows)} ${rows === 1 ? 'row' : 'rows'}`
  return sum(counts, 'used') === rows ? `${total}, ${rows === 1 ? '' : 'all '}used` : `${total}: ${parts.join(', ')}`
}

/** What left rows out, in words. */
export const LEFT_OUT: readonly (readonly [LeftOutBy, string])[] = [
  ['mapping', 'by the mapping'],
  ['format', 'by the format'],
  ['ticket', 'with their ticket'],
]

/** How a file was read, for those who ask. */
function readingTexts(input: InputSummary): string[] {
  const columns = Object.entries(input.columns).map(([header, column]) =>
    header === column ? column : `${header} as ${column}`,
  )
  const zone = input.timezone === undefined ? '' : `, stamps in ${input.timezone}`
  return [
    `${input.format}${input.compressed ? ', compressed' : ''}, ${grouped(input.bytes)} bytes${zone}`,
    `sha256 ${input.sha256}`,
    ...(columns.length === 0 ? [] : [`columns ${columns.join(', ')}`]),
  ]
}

export function typesText({ counts, tool }: InputSummary): string {
  const types = counts.map(count => count.type).join(', ')
  return tool === undefined ? types : `${types} (${tool})`
}

type Counted = Exclude<keyof RowCount, 'type'>

function sum(counts: readonly RowCount[], field: Counted): number {
  return counts.reduce((total, count) => total + count[field], 0)
}
