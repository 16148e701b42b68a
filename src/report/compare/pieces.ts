import { KEPT_SPACE } from '../layout.ts'
import { displayWidth } from '../printable.ts'
import type { Footnotes } from './footnotes.ts'
import type { GridCell, Piece } from './grid.ts'

/** The text of a piece with the numbers of its logs. */
export function pieceText({ text, logs = [] }: Piece): string {
  return logs.length === 0 ? text : `${text} [${logs.map(log => log + 1).join(',')}]`
}

/** The pieces of a cell, the first one with the letters of its notes. */
export function markedPieces({ main, side, notes }: GridCell, footnotes: Footnotes) {
  const mark = footnotes.mark(notes)
  const [first, ...rest] = main
  const marked =
    first === undefined ? [] : [{ ...first, text: mark === '' ? first.text : `${first.text}${KEPT_SPACE}${mark}` }]
  return { main: [...marked, ...rest], side }
}

/** As wide as its column in spaces that no line breaks at. */
export function padded(text: string, width: number): string {
  return text + KEPT_SPACE.repeat(Math.max(width - displayWidth(text), 0))
}
