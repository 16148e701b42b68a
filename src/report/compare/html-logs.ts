import type { Comparison, Witness } from '../../model/comparison.ts'
import { escaped } from '../html/escape.ts'
import { tableOf } from '../html/tags.ts'
import { asOfText } from '../instants.ts'
import { grouped } from '../quantities.ts'
import { differencesOf, logText } from './differences.ts'
import { relationPiece } from './grid.ts'
import { pieceHtml } from './html-grid.ts'
import type { CompareView } from './index.ts'
import { witnessFiles } from './witness-names.ts'

/** Why each promise stands as it does, one row for each. */
export function differenceSection(comparison: Comparison, labels: readonly string[], view: CompareView): string {
  const rows = differencesOf(comparison, view).map(({ subject, name, contract, cell, rules }) => {
    const relation = relationPiece(cell, comparison, view)
    const { clause = '', span } = cell
    const place = span === undefined ? '' : `<small><code>${escaped(`${span.file}:${span.line}`)}</code></small>`
    return [
      `${escaped(subject)}: ${escaped(name)}`,
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
  const { rows, period, asOf, verdicts, row } = witness
  const said = verdicts.map(
    ({ contract, finding, status }) =>
      `${escaped(labels[contract] ?? '')}: <code>${escaped(finding)}</code> is <b>${escaped(status)}</b>`,
  )
  const [own] = witnessFiles(witness, index, comparison)
  const file =
    view.witnesses === undefined
      ? ''
      : ` · <code>${escaped(`${view.witnesses.replace(/\/+$/, '')}/${own.name}`)}</code>`
  const columns = [...new Set(rows.slice(0, MOST_ROWS).flatMap(record => Object.keys(record)))]
  const records = rows.slice(0, MOST_ROWS).map(record => columns.map(column => escaped(record[column] ?? '')))
  const left = rows.length - records.length
  const heads = columns.map(text => ({ text }))
  const table = `<div class="scroll" tabindex="0">${tableOf(`Records of log ${index + 1}`, heads, records, 'plain')}</div>`
  const more = left > 0 ? `<p class="more">and ${grouped(left)} more records</p>\n` : ''
  return `<article class="log" id="log-${index + 1}"><h3>Log ${index + 1}: ${escaped(row)}</h3>
<p>${escaped(logText(witness, labels))}</p>
<p class="meta">${said.join(' · ')} · ${escaped(period.text)}, as of ${escaped(asOfText(view.zone, asOf))}${file}</p>
${records.length === 0 ? '<p class="none">No records.</p>\n' : `<details><summary>${grouped(rows.length)} ${rows.length === 1 ? 'record' : 'records'}</summary>${table}${more}</details>\n`}</article>
`
}
