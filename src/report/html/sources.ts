import type { Diagnostic } from '../../model/diagnostic.ts'
import type { InputSummary, Report } from '../../model/report.ts'
import { rowsText, typesText } from '../inputs.ts'
import { instantText } from '../instants.ts'
import { grouped } from '../quantities.ts'
import type { View } from '../view.ts'
import { escaped } from './escape.ts'
import { tableOf } from './tags.ts'

/** Every evidence file: what it held, what became of its rows, and the digest that tells it from any other. */
export function evidenceSection({ inputs }: Report, view: View): string {
  const rows = inputs.map(input => [
    `<code>${escaped(input.file)}</code>`,
    escaped(typesText(input)),
    `${escaped(rowsText(input))}<small>${escaped(datesText(input, view))}</small>`,
    `${escaped(readingText(input))} <code class="digest">${escaped(input.sha256)}</code>`,
  ])
  const heads = [
    { text: 'File' },
    { text: 'Records' },
    { text: 'What became of its rows' },
    { text: 'Read as, sha256' },
  ]
  const table =
    rows.length === 0
      ? '<p>No evidence file was supplied.</p>\n'
      : tableOf('Evidence files', heads, rows, 'stacked files')
  return `<section aria-labelledby="evidence"><h2 id="evidence">Evidence</h2>
${table}</section>
`
}

/** What was noted while reading and judging; nothing where there was nothing. */
export function warningSection({ warnings }: Pick<Report, 'warnings'>): string {
  if (warnings.length === 0) return ''
  return `<section aria-labelledby="warnings"><h2 id="warnings">Warnings</h2>
<ul class="warnings">
${warnings.slice(0, MOST_WARNINGS).map(warningItem).join('')}</ul>
${warnings.length > MOST_WARNINGS ? `<p class="more">and ${grouped(warnings.length - MOST_WARNINGS)} more</p>\n` : ''}</section>
`
}

const MOST_WARNINGS = 200

function warningItem({ message, span, hint }: Diagnostic): string {
  const place = span === undefined ? '' : `<code>${escaped(`${span.file}:${span.line}:${span.column}`)}</code> `
  const more = hint === undefined ? '' : `<small>${escaped(hint)}</small>`
  return `<li><span class="state s-risk">▲ warning</span> ${place}${escaped(message)}${more}</li>\n`
}

function datesText({ first, last }: InputSummary, { zone }: View): string {
  if (first === undefined || last === undefined) return ''
  return `${instantText(zone, first)} to ${instantText(zone, last)}`
}

function readingText({ format, compressed, bytes, timezone }: InputSummary): string {
  const packed = compressed ? ', compressed' : ''
  return `${format}${packed}, ${grouped(bytes)} bytes${timezone === undefined ? '' : `, stamps in ${timezone}`}`
}
