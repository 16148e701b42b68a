import type { InputSummary, RowCount } from '../model/report.ts'
import { type Cell, paragraph, table } from './layout.ts'
import { clean, cutStart } from './printable.ts'
import { grouped } from './quantities.ts'
import type { View } from './view.ts'

/** One line per evidence file: what it held and what became of its rows; digests too when asked for more. */
export function inputLines(inputs: readonly InputSummary[], view: View): string[] {
  const { colour } = view
  const rows = inputs.map((input): readonly Cell[] => [
    { text: cutStart(clean(input.file, view), Math.floor(view.width / 2), view) },
    { text: clean(typesText(input), view) },
    { text: clean(rowsText(input.counts), view) },
  ])
  const lines = table(rows, [{}, { least: 12 }, { least: 24, under: true }], { width: view.width, indent: 2 })
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

/** `1,284 rows: 1,280 used, 4 of types this contract does not ask for`. */
export function rowsText(counts: readonly RowCount[]): string {
  const rows = sum(counts, 'rows')
  if (rows === 0) return '0 rows, read as nothing happened'
  const parts: string[] = [`${grouped(sum(counts, 'used'))} used`]
  const add = (field: keyof Omit<RowCount, 'type'>, text: string): void => {
    const count = sum(counts, field)
    if (count > 0) parts.push(`${grouped(count)} ${text}`)
  }
  add('unasked', 'of types this contract does not ask for')
  add('unknownService', 'of services the contract does not know')
  add('later', 'later than the as-of instant')
  add('duplicates', 'said the same as another')
  add('skipped', 'bad and left out')
  const total = `${grouped(rows)} ${rows === 1 ? 'row' : 'rows'}`
  return sum(counts, 'used') === rows ? `${total}, ${rows === 1 ? '' : 'all '}used` : `${total}: ${parts.join(', ')}`
}

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

function typesText(input: InputSummary): string {
  return input.counts.map(count => count.type).join(', ')
}

function sum(counts: readonly RowCount[], field: keyof Omit<RowCount, 'type'>): number {
  return counts.reduce((total, count) => total + count[field], 0)
}
