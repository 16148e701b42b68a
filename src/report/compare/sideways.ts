import { type Cell, paragraph, table } from '../layout.ts'
import { clean, displayWidth } from '../printable.ts'
import type { Page } from '../view.ts'
import type { Footnotes } from './footnotes.ts'
import type { GridCell, GridRow, Group, Piece } from './grid.ts'
import { markedPieces, padded, pieceText } from './pieces.ts'
import { parted, singleLines } from './singles.ts'
import { marks, relationGlyph, tonePaint } from './words.ts'

/** A grid on its side: below each promise one line for each contract that makes it, those that don't on one. */
export function sidewaysLines(
  groups: readonly Group[],
  labels: readonly string[],
  page: Page,
  notes: Footnotes,
): readonly string[] {
  const bold = (text: string): string => page.colour.bold(text)
  return groups.flatMap((group, i) => {
    const { subject } = group
    const { shared: rows, single } = parted(group)
    const filled = rows.map(row => row.cells.map(cell => (cell.blank ? undefined : linesOf(cell, page, notes))))
    const room = roomOf(filled.flat(), labels, page)
    return [
      ...(i === 0 ? [] : ['']),
      ...paragraph({ text: clean(subject, page), paint: bold }, { width: page.width }),
      ...rows.flatMap((row, at) => [
        ...paragraph({ text: clean(row.name, page) }, { width: page.width, indent: 2 }),
        ...promisedLines(filled[at] ?? [], labels, room, page),
        ...blankLines(row, labels, page),
      ]),
      ...singleLines(single, labels, page, notes),
    ]
  })
}

/** The lines of a cell: a piece of what is promised, and one of how it stands. */
type Lines = readonly (readonly [main: Cell, side: Cell])[]

function linesOf(cell: GridCell, page: Page, notes: Footnotes): Lines {
  const { main, side } = markedPieces(cell, notes)
  const length = Math.max(main.length, side.length)
  return Array.from({ length }, (_, line) => [shown(main[line], page), shown(side[line], page)])
}

function shown(piece: Piece | undefined, page: Page): Cell {
  if (piece === undefined) return { text: '' }
  const paint = tonePaint(piece.tone, page)
  return { text: clean(pieceText(piece), page), ...(paint !== undefined && { paint }) }
}

/** Columns of the names and of the promises, the same in all rows of a subject. */
interface Room {
  readonly label: number
  readonly main: number
}

const INDENT = 4
const GAP = 2
const MOST_LABEL = 24
const MOST_SIDE = 28

function roomOf(cells: readonly (Lines | undefined)[], labels: readonly string[], page: Page): Room {
  const lines = cells.flatMap(cell => cell ?? [])
  const widest = (texts: readonly string[]): number =>
    texts.reduce((most, text) => Math.max(most, displayWidth(text)), 0)
  const label = Math.min(widest(labels.map(text => clean(text, page))), MOST_LABEL)
  const side = Math.min(widest(lines.map(([, one]) => one.text)), MOST_SIDE)
  const left = page.width - INDENT - label - GAP - (side === 0 ? 0 : side + GAP)
  return { label, main: Math.max(Math.min(widest(lines.map(([one]) => one.text)), left), 0) }
}

function promisedLines(
  cells: readonly (Lines | undefined)[],
  labels: readonly string[],
  room: Room,
  page: Page,
): readonly string[] {
  const rows = cells.flatMap((lines = [], i) =>
    lines.map(([main, side], line) => {
      const label = line === 0 ? clean(labels[i] ?? '', page) : ''
      return [{ text: padded(label, room.label) }, { ...main, text: padded(main.text, room.main) }, side]
    }),
  )
  return table(rows, [{ least: room.label }, { least: room.main }, { least: 14 }], {
    width: page.width,
    indent: INDENT,
  })
}

/** Who promises nothing: missing where the base does, else only said; a contract without dates promises no less. */
function blankLines({ key, cells }: GridRow, labels: readonly string[], page: Page): readonly string[] {
  const blank = cells.flatMap((cell, i) => (cell.blank ? [{ cell, label: labels[i] ?? '' }] : []))
  if (blank.length === 0) return []
  const missing = blank.some(({ cell }) => cell.side.length > 0)
  const sign = missing ? relationGlyph('missing', page) : marks(page).none
  const notes = [...new Set(blank.flatMap(({ cell }) => cell.notes))].map(note => ` (${note})`).join('')
  const names = blank.map(({ label }) => label).join(', ')
  const text = `${sign} ${missing ? 'missing' : key === 'term' ? 'no dates' : 'not promised'}: ${names}${notes}`
  const paint = tonePaint(missing ? 'bad' : 'dim', page)
  const cell = { text: clean(text, page), ...(paint !== undefined && { paint }) }
  return paragraph(cell, { width: page.width, indent: INDENT })
}
