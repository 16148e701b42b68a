import type { Relation } from '../../model/comparison.ts'
import { escaped } from '../html/escape.ts'
import type { GridCell, Group, Piece } from './grid.ts'
import { relationGlyph, relationTone, type Tone } from './words.ts'

/** Rules of this page beside those of all: a matrix may be wider than the page, then it scrolls within its frame. */
export const compareRules = `.matrix th,.matrix td{min-width:9rem;max-width:22rem}
.matrix .group th{color:var(--muted);font-size:.82rem;font-weight:600;padding-top:1rem;border-bottom-width:2px}
.matrix .state{white-space:normal}
.matrix thead th{white-space:normal}
.log{margin:1.25rem 0 0;break-inside:avoid}
@media print{.matrix th,.matrix td{min-width:0;font-size:.85em}}
`

/** A grid as one table, a head for each subject. Nothing for an empty one. */
export function gridTable(caption: string, groups: readonly Group[], labels: readonly string[]): string {
  if (groups.length === 0) return ''
  const heads = ['Promise', ...labels].map(label => `<th scope="col">${escaped(label)}</th>`)
  const bodies = groups.map(({ subject, rows }) => {
    const group = `<tr class="group"><th scope="rowgroup" colspan="${labels.length + 1}">${escaped(subject)}</th></tr>\n`
    const lines = rows.map(
      ({ name, cells }) =>
        `<tr><th scope="row">${escaped(name)}</th>${cells.map(cell => `<td>${cellHtml(cell)}</td>`).join('')}</tr>\n`,
    )
    return `<tbody>\n${group}${lines.join('')}</tbody>\n`
  })
  return `<div class="scroll" tabindex="0"><table class="matrix"><caption>${escaped(caption)}</caption><thead><tr>${heads.join('')}</tr></thead>\n${bodies.join('')}</table></div>\n`
}

/** A relation as sign and word, never by colour alone. */
export function relationBadge(relation: Relation, word: string): string {
  const glyph = relationGlyph(relation, { ascii: false })
  return `<span class="state ${CLASSES[relationTone(relation)]}">${glyph} ${escaped(word)}</span>`
}

/** A piece in the colour of its tone, with links to the logs that show it. */
export function pieceHtml({ text, tone, logs = [] }: Piece): string {
  const links = logs.map(log => `<a href="#log-${log + 1}">log ${log + 1}</a>`).join(', ')
  const shown = tone === 'plain' ? escaped(text) : `<span class="state ${CLASSES[tone]}">${escaped(text)}</span>`
  return links === '' ? shown : `${shown} <small>${links}</small>`
}

const CLASSES: Readonly<Record<Tone, string>> = {
  good: 's-met',
  bad: 's-breached',
  doubt: 's-unverified',
  new: 's-pending',
  dim: 's-none',
  plain: '',
}

function cellHtml({ main, side, notes }: GridCell): string {
  const pieces = [...main, ...side].map(pieceHtml).join('<br>')
  return pieces + notes.map(note => `<small>${escaped(note)}</small>`).join('')
}
