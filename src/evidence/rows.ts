import type { Cells } from './filter.ts'
import type { Tool } from './formats/format.ts'
import type { Flaw, Place } from './problems.ts'

/** Takes bytes of a file in any pieces and calls a `RowSink` for what they hold; stops once the sink has stopped. */
export interface RowSource {
  push(chunk: Buffer): void
  end(): void
  /** Where a cell of the row being delivered stands; for -1 where the row begins. */
  locate(column: number): Place
  /** The tool whose export it turns out to be, and where that has the columns. */
  readonly tool?: Tool | undefined
  readonly sources?: Readonly<Record<string, string>> | undefined
  /** What the file is, where only all of it tells. */
  readonly format?: 'json' | undefined
}

/** Receives the rows of one file, whatever its format. */
export interface RowSink {
  /** Set by the sink when reading on makes no sense. */
  readonly stopped: boolean
  /** Names of the cells, before the first row; for JSON again whenever a record brings new keys (only added ones). */
  columns(names: readonly string[], locate: (column: number) => Place): void
  /**
   * One row: its first line, its number in a JSON array (else 0), and the positions of cells that hold objects or
   * lists. The cells are only valid during the call.
   */
  row(cells: Cells, line: number, item: number, nested?: readonly number[]): void
  /** A row that can't be taken apart. */
  badRow(flaw: Flaw): void
  /** Something that stands in place of a row of a type but tells none. */
  leftOut(type: string): void
  /** The file tells of rows of a type, if only that there are none. */
  supplies(type: string): void
  /** The file can't be read on. */
  fatal(flaw: Flaw): void
}

/** Records longer than this are errors: an unclosed quote or bracket would swallow the rest of the file. */
export const LONGEST_RECORD = 1024 * 1024
