import { type Cell, KEPT_SPACE, table } from '../layout.ts'
import { clean } from '../printable.ts'
import type { Page } from '../view.ts'
import type { Footnotes } from './footnotes.ts'
import type { GridCell, GridRow, Group, Piece } from './grid.ts'
import { markedPieces, pieceText } from './pieces.ts'
import { relationGlyph, tonePaint } from './words.ts'

/** The rows of a group by whether one of three or more contracts alone promises them. */
export function parted({ rows }: Group): { readonly shared: readonly GridRow[]; readonly single: readonly GridRow[] } {
  const isSingle = ({ cells }: GridRow): boolean => cells.length > 2 && cells.filter(cell => !cell.blank).length === 1
  return { shared: rows.filter(row => !isSingle(row)), single: rows.filter(isSingle) }
}

/** One line for each promise that one contract alone makes, with its name. */
export function singleLines(
  rows: readonly GridRow[],
  labels: readonly string[],
  page: Page,
  notes: Footnotes,
): readonly string[] {
  const lines = rows.flatMap((row): readonly (readonly Cell[])[] => {
    const at = row.cells.findIndex(cell => !cell.blank)
    const cell = row.cells[at]
    if (cell === undefined) return []
    const { main, side } = markedPieces(shortened(cell), notes)
    const [first] = main
    // What the base alone promises is missing in all the others.
    const missing: Piece = { text: `${relationGlyph('missing', page)} missing in all others`, tone: 'bad' }
    const others = row.cells.some(({ blank, side: stands }) => blank && stands.length > 0) ? [missing] : side
    return [
      [
        { text: clean(row.name, page) },
        { text: clean(labels[at] ?? '', page) },
        shown(main.map(pieceText).join(' '), first, page),
        shown(others.map(pieceText).join(' '), others[0], page),
      ],
    ]
  })
  return table(lines, [{ least: 12 }, { least: 8 }, { least: 18 }, { least: 12 }], { width: page.width, indent: 2 })
}

/** What is permitted on top of a figure stands among the notes: on one line there is no room for it. */
function shortened(cell: GridCell): GridCell {
  const [first, ...more] = cell.main
  if (first === undefined || more.length === 0) return cell
  return {
    ...cell,
    main: [{ ...first, text: `${first.text}${KEPT_SPACE}+` }],
    notes: [...more.map(({ text }) => text), ...cell.notes],
  }
}

function shown(text: string, piece: Piece | undefined, page: Page): Cell {
  const paint = piece === undefined ? undefined : tonePaint(piece.tone, page)
  return { text: clean(text, page), ...(paint !== undefined && { paint }) }
}
