import type { Cells } from '../filter.ts'
import { hash53 } from '../sample-lists.ts'
import type { Reading } from '../types/record-type.ts'
import type { TicketStore } from './store.ts'
import { STAMPS } from './tables.ts'

/** Takes the cells of a row that its ticket keeps, and gives the store's number for them. */
export function keptCells(names: readonly string[], tickets: TicketStore): (cells: Cells) => number {
  const kept = names.map((name, i) => [name, i] as const).filter(([name]) => tickets.keeps.includes(name))
  if (kept.length === 0) return () => 0
  return cells => {
    const record: Record<string, string> = Object.create(null)
    for (const [name, at] of kept) {
      const cell = cells[at]
      if (cell !== undefined) record[name] = cell.trim()
    }
    return tickets.attributes(record)
  }
}

/**
 * A hash of all named cells of a row, whatever the order of the columns: rows of one hash are equal. Of stamps the
 * moment counts, not how it is written.
 */
export function cellsHash({ names, stamps }: Pick<Reading, 'names' | 'stamps'>): (cells: Cells) => number {
  const order = names
    .map((name, i) => [name, i, TIMES.has(name)] as const)
    .filter(([name]) => name !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return cells => {
    let text = ''
    for (const [name, at, isStamp] of order) {
      const cell = cells[at]?.trim()
      if (cell !== undefined) text += `${name}\u0000${isStamp ? momentText(cell) : cell}\u0000`
    }
    return hash53(text)
  }

  function momentText(cell: string): string {
    if (cell === '' || cell === '?') return cell
    const at = stamps.instant(cell)
    if (!Number.isNaN(at)) return String(at)
    const day = stamps.moment(cell)
    return 'earliest' in day ? `${day.earliest} ${day.latest}` : cell
  }
}

const TIMES: ReadonlySet<string> = new Set([
  'opened_at',
  'reported_at',
  'updated_at',
  ...STAMPS.map(([, column]) => column),
])
