import { displayWidth, wrap, wrapWithin } from './printable.ts'

/** One cell: clean text, measured before it is painted. */
export interface Cell {
  readonly text: string
  readonly paint?: (text: string) => string
}

/**
 * `least`: the column may shrink to so many columns, its text then wraps. `lines`: into so many lines at most, the rest
 * is cut. `under`: may go below the row (one column).
 */
export interface Column {
  readonly align?: 'right'
  readonly least?: number
  readonly lines?: { readonly most: number; readonly ellipsis: string }
  readonly under?: true
}

export interface Place {
  readonly width: number
  readonly indent?: number
}

/**
 * Rows in aligned columns, two spaces apart, within `width`: empty columns vanish, shrinkable ones wrap, and the
 * column marked `under` moves below its row where the others leave too little room for it.
 */
export function table(rows: readonly (readonly Cell[])[], columns: readonly Column[], place: Place): string[] {
  const indent = place.indent ?? 0
  const room = place.width - indent
  const natural = columns.map((_, i) => rows.reduce((most, row) => Math.max(most, displayWidth(row[i]?.text ?? '')), 0))
  const index = columns.findIndex(column => column.under === true)
  const wanted = natural[index] ?? 0
  const others = natural.map((width, i) => (i === index ? 0 : width))
  const reserved = Math.min(wanted, ROOM_BESIDE)
  const readable = columns.map(({ least }, i) => least && Math.max(least, Math.min(natural[i] ?? 0, READABLE)))
  const beside =
    wanted === 0 ||
    total(others) === 0 ||
    total(shrink(others, readable, room - GAP - reserved)) <= room - GAP - reserved
  const under = !beside
  const leasts = columns.map(({ least }, i) => (i === index ? Math.max(least ?? 0, reserved) : least))
  const widths = under
    ? shrink(
        others,
        columns.map(({ least }) => least),
        room,
      )
    : shrink(natural, leasts, room)
  return rows.flatMap(row => {
    const lines = rowLines(row, columns, widths, indent)
    const below = row[index]
    if (!under || below === undefined || below.text === '') return lines
    return [...lines, ...paragraph(below, { width: place.width, indent: indent + BELOW })]
  })
}

/** A space that no line of a table breaks at, shown as any other. */
export const KEPT_SPACE = '\u00a0'

/** Text wrapped to the width, every line indented. */
export function paragraph(cell: Cell, place: Place): string[] {
  const indent = place.indent ?? 0
  const margin = ' '.repeat(indent)
  return wrap(cell.text, Math.max(place.width - indent, 10)).map(line => margin + (cell.paint?.(line) ?? line))
}

/**
 * Two texts at both ends of a line; the left one wraps beside the right one, its further lines indented by `hang`, or
 * stands above where that is long.
 */
export function sides(left: Cell, right: Cell, width: number, hang = 0): string[] {
  const alone = right.text === ''
  const room = alone ? width : width - GAP - displayWidth(right.text)
  if (room < width / 2 && displayWidth(left.text) > room) {
    return [...paragraph(left, { width }), ...paragraph(right, { width })]
  }
  const [first = '', ...rest] = wrap(left.text, room, room - hang)
  const free = ' '.repeat(width - displayWidth(first) - displayWidth(right.text))
  return [
    alone ? painted(left, first) : `${painted(left, first)}${free}${painted(right, right.text)}`,
    ...rest.map(line => ' '.repeat(hang) + painted(left, line)),
  ]
}

const GAP = 2
const BELOW = 4
const ROOM_BESIDE = 28
const READABLE = 24

function total(widths: readonly number[]): number {
  const shown = widths.filter(width => width > 0)
  return shown.reduce((sum, width) => sum + width, 0) + GAP * Math.max(shown.length - 1, 0)
}

function shrink(natural: readonly number[], leasts: readonly (number | undefined)[], room: number): number[] {
  const widths = [...natural]
  while (total(widths) > room) {
    let widest = -1
    for (const [i, width] of widths.entries()) {
      const least = leasts[i]
      if (least === undefined || width <= least) continue
      if (widest === -1 || width > (widths[widest] ?? 0)) widest = i
    }
    if (widest === -1) return widths
    widths[widest] = (widths[widest] ?? 0) - 1
  }
  return widths
}

function rowLines(row: readonly Cell[], columns: readonly Column[], widths: readonly number[], indent: number) {
  const cells = widths.map((width, i) => {
    const lines = columns[i]?.lines
    const text = row[i]?.text ?? ''
    if (width === 0) return []
    const wrapped = lines === undefined ? wrap(text, width) : wrapWithin(text, width, lines.most, lines.ellipsis)
    return wrapped.map(line => line.replaceAll(KEPT_SPACE, ' '))
  })
  const height = Math.max(1, ...cells.map(lines => lines.length))
  return Array.from({ length: height }, (_, y) => {
    let line = ' '.repeat(indent)
    let owed = 0
    for (const [i, width] of widths.entries()) {
      if (width === 0) continue
      const text = cells[i]?.[y] ?? ''
      const free = width - displayWidth(text)
      const right = columns[i]?.align === 'right'
      if (text !== '') {
        line += ' '.repeat(owed + (right ? free : 0)) + painted(row[i], text)
        owed = right ? GAP : free + GAP
      } else owed += width + GAP
    }
    return line.trimEnd()
  })
}

function painted(cell: Cell | undefined, text: string): string {
  return cell?.paint === undefined ? text : cell.paint(text)
}
