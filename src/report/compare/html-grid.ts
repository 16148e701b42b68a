import type { Relation } from '../../model/comparison.ts'
import { escaped } from '../html/escape.ts'
import type { GridCell, GridRow, Group, Piece } from './grid.ts'
import { parted } from './singles.ts'
import { relationGlyph, relationTone, type Tone } from './words.ts'

/**
 * Rules of this page beside those of all. A matrix of few contracts has a head that stays in sight; a wider one scrolls
 * within its frame; on a phone each promise is a block, in it each contract with its name.
 */
export const compareRules = `.matrix{table-layout:fixed}
.matrix th,.matrix td{min-width:9rem}
.matrix .group th{color:var(--muted);font-size:.82rem;font-weight:600;padding-top:1rem;border-bottom-width:2px}
.matrix .state,.matrix thead th{white-space:normal}
.matrix .s-none{font-weight:400}
.matrix .more{font-weight:500}
.who{font-weight:600}
.files .state{white-space:normal}
.log{margin:1.25rem 0 0;break-inside:avoid}
.log .scroll{margin:0}
@media screen and (min-width:40.01rem){
.matrix.many{width:max-content;min-width:100%}
.matrix.many th,.matrix.many td{width:11rem}
.many thead th:first-child,.many tr:not(.group) th[scope=row]{position:sticky;left:0;background:var(--page)}
}
@media screen and (min-width:62rem){
.few{overflow:visible}
.few .matrix thead th{position:sticky;top:0;background:var(--page);box-shadow:0 2px var(--line);border-bottom:0}
}
@media screen and (max-width:40rem){
.matrix,.matrix caption,.matrix tbody,.matrix tr,.matrix th,.matrix td{display:block}
.matrix thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
.matrix tr{padding:.6rem 0;border-bottom:1px solid var(--line)}
.matrix tr.group{padding:0;border:0}
.matrix tbody th,.matrix tbody td{min-width:0;border:0;padding:.15rem 0}
.matrix tbody th{font-weight:600}
.matrix td[data-of]{padding-left:1rem}
.matrix td[data-of]::before{content:attr(data-of);display:block;color:var(--muted);font-size:.82rem}
.matrix td.blank{display:inline-block;margin-right:.5rem;color:var(--muted);font-size:.82rem}
.matrix td.blank::before{display:inline;font-size:1em;margin-right:.35rem}
}
@media print{
.dates{margin-bottom:1.5rem}
.matrix th,.matrix td{min-width:0;font-size:.85em;padding-right:.4rem}
}
`

/** Contracts that stand side by side on a page as wide as most are. */
const FEW = 5

/** A grid as one table, a head for each subject. Nothing for an empty one. */
export function gridTable(caption: string, groups: readonly Group[], labels: readonly string[]): string {
  if (groups.length === 0) return ''
  const heads = ['Promise', ...labels].map(label => `<th scope="col">${escaped(label)}</th>`)
  const bodies = groups.map(group => {
    const head = `<tr class="group"><th scope="rowgroup" colspan="${labels.length + 1}">${escaped(group.subject)}</th></tr>\n`
    const alone = new Set(parted(group).single)
    const lines = group.rows.map(row => {
      const cells = alone.has(row)
        ? aloneHtml(row, labels)
        : row.cells.map((cell, at) => cellHtml(cell, labels[at] ?? ''))
      return `<tr><th scope="row">${escaped(row.name)}</th>${[cells].flat().join('')}</tr>\n`
    })
    return `<tbody>\n${head}${lines.join('')}</tbody>\n`
  })
  const [frame, kind] = labels.length > FEW ? ['scroll', 'matrix many'] : ['scroll few', 'matrix']
  return `<div class="${frame}" tabindex="0"><table class="${kind}"><caption>${escaped(caption)}</caption><thead><tr>${heads.join('')}</tr></thead>\n${bodies.join('')}</table></div>\n`
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

function cellHtml({ main, side, notes, blank }: GridCell, label: string): string {
  const pieces = [...main.slice(0, 1), ...side, ...main.slice(1)].map(pieceHtml).join('<br>')
  const text = pieces + notes.map(note => `<small>${escaped(note)}</small>`).join('')
  return `<td data-of="${escaped(label)}"${blank ? ' class="blank"' : ''}>${text}</td>`
}

/** A promise that one contract alone makes, across all columns with its name. */
function aloneHtml({ cells }: GridRow, labels: readonly string[]): string {
  const at = cells.findIndex(({ blank }) => !blank)
  const cell = cells[at]
  if (cell === undefined) return ''
  const isMissing = cells.some(({ blank, side }) => blank && side.length > 0)
  const others = isMissing ? [relationBadge('missing', 'missing in all others')] : cell.side.map(pieceHtml)
  const [first, ...more] = cell.main
  const pieces = [...(first === undefined ? [] : [pieceHtml(first)]), ...others, ...more.map(pieceHtml)]
  const notes = cell.notes.map(note => `<small>${escaped(note)}</small>`).join('')
  const who = `<span class="who">${escaped(labels[at] ?? '')}</span>`
  return `<td colspan="${cells.length}">${[who, ...pieces].join(' · ')}${notes}</td>`
}
