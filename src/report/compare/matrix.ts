import CliTable from 'cli-table3'
import { KEPT_SPACE } from '../layout.ts'
import { clean, displayWidth, wrap } from '../printable.ts'
import { type Page, symbols } from '../view.ts'
import { type Footnotes, footnotes } from './footnotes.ts'
import type { GridCell, Group } from './grid.ts'
import { markedPieces, pieceText } from './pieces.ts'
import { parted, singleLines } from './singles.ts'
import { tonePaint } from './words.ts'

/**
 * A grid with one column for each contract, no borders but a rule above each subject; undefined where the columns would
 * be too narrow to read.
 */
export function matrixLines(
  groups: readonly Group[],
  labels: readonly string[],
  page: Page,
  notes: Footnotes,
): readonly string[] | undefined {
  const widths = widthsOf(groups, labels, page)
  if (widths === undefined) return undefined
  const bold = (text: string): string => page.colour.bold(text)
  const rule = page.colour.dim(symbols(page).light.repeat(sum(widths) - GAP))
  const head = layOut([['', ...labels.map((label, i) => wrapped(label, widths[i + 1], page, bold))]], widths)
  const lines = groups.flatMap(group => {
    const { shared, single } = parted(group)
    return [
      rule,
      ...wrap(clean(group.subject, page), page.width).map(bold),
      ...layOut(
        shared.map(({ name, cells }) => [
          wrapped(name, widths[0], page, undefined, '  '),
          ...cells.map((cell, i) => cellText(cell, widths[i + 1], page, notes)),
        ]),
        widths,
      ),
      ...singleLines(single, labels, page, notes),
    ]
  })
  return [...head, ...lines, rule]
}

const GAP = 2
const NAME = 22
const LEAST = 16

/** Of the name of a row, then of each contract; the gap after it counted in. */
function widthsOf(groups: readonly Group[], labels: readonly string[], page: Page): readonly number[] | undefined {
  // Letters are given in the order that they are read, not in that of measuring.
  const notes = footnotes()
  const rows = groups.flatMap(group => parted(group).shared)
  const widest = (texts: readonly string[]): number =>
    texts.reduce((most, text) => Math.max(most, displayWidth(clean(text, page))), 0)
  const name = Math.min(widest(rows.map(row => row.name)) + 2, NAME)
  const wanted = labels.map((label, i) => {
    const texts = rows.flatMap(({ cells }) => {
      const cell = cells[i]
      if (cell === undefined) return []
      const { main, side } = markedPieces(cell, notes)
      return [...main, ...side].map(pieceText)
    })
    return Math.max(widest([label, ...texts]), 1)
  })
  // The last column ends with the page, its gap beyond it.
  const room = page.width - name - GAP * labels.length
  if (sum(wanted.map(width => Math.min(width, LEAST))) > room) return undefined
  return [name + GAP, ...shared(wanted, room).map(width => width + GAP)]
}

/** As much for each as it wants, where that is too much for all less for the widest. */
function shared(wanted: readonly number[], room: number): readonly number[] {
  const widths = [...wanted]
  while (sum(widths) > room) {
    const widest = widths.indexOf(Math.max(...widths))
    widths[widest] = (widths[widest] ?? 1) - 1
  }
  return widths
}

/** Each piece on lines of its own, but beside the one before where there is room for both. */
function cellText(cell: GridCell, width: number | undefined, page: Page, notes: Footnotes): string {
  const room = Math.max((width ?? 0) - GAP, 2)
  const { main, side } = markedPieces(cell, notes)
  const lines: string[] = []
  let used = room
  // How a promise stands comes before what is permitted beside it.
  for (const piece of [...main.slice(0, 1), ...side, ...main.slice(1)]) {
    const paint = tonePaint(piece.tone, page)
    const own = wrapped(pieceText(piece), width, page, paint).split('\n')
    const text = wrapped(pieceText(piece), width, page, undefined).split('\n')
    if (text.length === 1 && lines.length > 0 && used + GAP + displayWidth(text[0] ?? '') <= room) {
      lines[lines.length - 1] += `  ${own[0] ?? ''}`
      used += GAP + displayWidth(text[0] ?? '')
    } else {
      lines.push(...own)
      used = displayWidth(text.at(-1) ?? '')
    }
  }
  return lines.join('\n')
}

function wrapped(
  text: string,
  width: number | undefined,
  page: Page,
  paint: ((line: string) => string) | undefined,
  indent = '',
): string {
  const room = Math.max((width ?? 0) - GAP - indent.length, 2)
  return wrap(hyphensOpened(clean(text, page), room), room)
    .map(line => line.replaceAll(KEPT_SPACE, ' '))
    .map(line => indent + (paint?.(line) ?? line))
    .join('\n')
}

/** A word that is too long for its column goes on after the last hyphen that fits. */
function hyphensOpened(text: string, room: number): string {
  return text
    .split(' ')
    .map(word => {
      const hyphen = displayWidth(word) > room ? word.slice(0, room).lastIndexOf('-') : -1
      return hyphen > 0 ? `${word.slice(0, hyphen + 1)} ${word.slice(hyphen + 1)}` : word
    })
    .join(' ')
}

/** Lines are wrapped and painted already; the table only puts them side by side. */
function layOut(rows: readonly (readonly string[])[], widths: readonly number[]): readonly string[] {
  return rows.flatMap(row => {
    const table = new CliTable({
      chars: NO_BORDERS,
      colWidths: [...widths],
      style: { 'padding-left': 0, 'padding-right': 0, head: [], border: [] },
    })
    // A row for each line: what the table takes for a cell grows with the cube of its lines.
    const cells = row.map(cell => cell.split('\n'))
    const height = Math.max(...cells.map(lines => lines.length))
    for (let y = 0; y < height; y++) table.push(cells.map(lines => lines[y] ?? ''))
    return table
      .toString()
      .split('\n')
      .map(line => line.trimEnd())
  })
}

const NO_BORDERS = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
