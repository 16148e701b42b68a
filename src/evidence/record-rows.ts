import type { Place } from './problems.ts'
import type { RowSink } from './rows.ts'

/** Hands records with differing keys to a sink as rows. */
export interface RecordRows {
  /** Names of the columns so far. */
  readonly names: readonly string[]
  /** `line` and `item` as `RowSink.row` has them. */
  deliver(record: object, line: number, item: number): void
}

/** `locate` tells where a cell of the record being delivered stands. */
export function makeRecordRows(sink: RowSink, locate: (column: number) => Place): RecordRows {
  const names: string[] = []
  const positions = new Map<string, number>()
  return {
    names,
    deliver(record, line, item) {
      const cells: (string | undefined)[] = new Array(names.length).fill(undefined)
      let nested: number[] | undefined
      let grown = false
      for (const [key, cell] of Object.entries(record)) {
        let at = positions.get(key)
        if (at === undefined) {
          at = names.push(key) - 1
          positions.set(key, at)
          grown = true
        }
        cells[at] = cellText(cell)
        if (typeof cell === 'object' && cell !== null) {
          nested ??= []
          nested.push(at)
        }
      }
      if (grown) sink.columns([...names], locate)
      if (!sink.stopped) sink.row(cells, line, item, nested)
    },
  }
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value !== 'object') return String(value)
  try {
    return JSON.stringify(value)
  } catch {
    // Nested deeper than the stack reaches: no column can hold it, so its text does not matter.
    return '(nested too deep)'
  }
}
