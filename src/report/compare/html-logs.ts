import type { Comparison, Witness } from '../../model/comparison.ts'
import { escaped } from '../html/escape.ts'
import { tableOf } from '../html/tags.ts'
import { grouped } from '../quantities.ts'
import { differencesOf, logText } from './differences.ts'
import { relationPiece } from './grid.ts'
import { pieceHtml } from './html-grid.ts'
import type { CompareView } from './index.ts'
import { fullName } from './names.ts'
import { asOfIn, whenText } from './when.ts'
import { witnessFiles } from './witness-names.ts'

/** Why each promise stands as it does, one row for each. */
export function differenceSection(comparison: Comparison, labels: readonly string[], view: CompareView): string {
  const rows = differencesOf(comparison, view).map(({ subject, name, contract, cell, base, rules }) => {
    const relation = relationPiece(cell, base, comparison, view)
    const { clause = '', span } = cell
    const place = span === undefined ? '' : `<small><code>${escaped(`${span.file}:${span.line}`)}</code></small>`
    return [
      escaped(fullName(subject, name)),
      `${escaped(labels[contract] ?? '')}<small>${escaped(clause)}</small>${place}`,
      relation === undefined ? '' : pieceHtml(relation),
      rules.map(escaped).join('<br>'),
    ]
  })
  if (rows.length === 0) return ''
  const heads = ['Promise', 'Contract', 'Stands', 'By rule'].map(text => ({ text }))
  return tableOf(`Held against ${escaped(labels[0] ?? '')}`, heads, rows)
}

/** Every log in full: what happens, the verdicts of both contracts on it, and its records. */
export function logSection(comparison: Comparison, labels: readonly string[], view: CompareView): string {
  if (comparison.witnesses.length === 0) return ''
  return `<p>Each is judged differently by two contracts, as sla audit judges them.</p>
${comparison.witnesses.map((witness, index) => logArticle(witness, index, comparison, labels, view)).join('')}`
}

const MOST_ROWS = 60

function logArticle(
  witness: Witness,
  index: number,
  comparison: Comparison,
  labels: readonly string[],
  view: CompareView,
): string {
  const { rows, renamed, period, asOf, verdicts, row } = witness
  const said = verdicts.map(
    ({ contract, finding, status }) =>
      `${escaped(labels[contract] ?? '')}: <code>${escaped(finding)}</code> is <b>${escaped(status)}</b>`,
  )
  const [own] = witnessFiles(witness, index, comparison)
  const file =
    view.witnesses === undefined
      ? ''
      : ` · <code>${escaped(`${view.witnesses.replace(/\/+$/, '')}/${own.name}`)}</code>`
  const left = rows.length - Math.min(rows.length, MOST_ROWS)
  const more = left > 0 ? `<p class="more">and ${grouped(left)} more records</p>\n` : ''
  const named = renamed === undefined ? '' : `, in the names of ${escaped(labels[0] ?? '')}`
  const of = comparison.rows.find(({ key }) => key === row)
  const title = of === undefined ? row : fullName(of.subject, of.name)
  return `<article class="log" id="log-${index + 1}"><h3>Log ${index + 1}: ${escaped(title)}</h3>
<p>${escaped(logText(witness, labels))}</p>
<p class="meta">${said.join(' · ')} · ${escaped(periodText(period, view))}, as of ${escaped(asOfIn(view.zone, asOf))}${file}</p>
${rows.length === 0 ? '<p class="none">No records.</p>\n' : `<details><summary>${grouped(rows.length)} ${rows.length === 1 ? 'record' : 'records'}${named}</summary>${recordTables(rows.slice(0, MOST_ROWS))}${more}</details>\n`}</article>
`
}

/** As it is given to an audit; a period from instant to instant on the wall clock, with its years. */
function periodText({ text, start, end }: Witness['period'], { zone }: CompareView): string {
  return text.includes('T') ? whenText(zone, { start, end }, Number.NaN) : text
}

/** A table for each record type, as each has columns of its own. */
function recordTables(rows: Witness['rows']): string {
  const types = [...new Set(rows.map(({ type }) => type))]
  return types
    .map(type => {
      const own = rows.filter(record => record.type === type)
      const all = [...new Set(own.flatMap(record => Object.keys(record)))]
      const columns = all.length > 1 ? all.filter(column => column !== 'type') : all
      const records = own.map(record => columns.map(column => escaped(record[column] ?? '')))
      const heads = columns.map(text => ({ text }))
      return `<div class="scroll" tabindex="0">${tableOf(escaped(type), heads, records, 'plain')}</div>`
    })
    .join('')
}
