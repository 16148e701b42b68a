import type { UpdateRules } from '../file-mapping.ts'
import type { Cells, Filters } from '../filter.ts'
import type { StampFlaw, Stamps } from '../stamps.ts'
import type { Store } from '../store.ts'
import type { StatesSeen } from '../tickets/states-seen.ts'

/** A column of a record type, with other names that headers use for it, best first. */
export interface Column {
  readonly name: string
  readonly aliases?: readonly string[]
}

/** What a file must hold to be one of a type: all `required` columns, and one of `anyOf` and of `oneOf` where given. */
export interface Shape {
  readonly name: string
  readonly required: readonly string[]
  readonly anyOf?: readonly string[]
  readonly oneOf?: readonly string[]
  readonly columns: readonly Column[]
}

/** A record type that is read: its columns, and how a row becomes evidence. */
export interface RecordType extends Shape {
  /** The column whose stamp dates a row. */
  readonly dated: string
  /** Records of it need not name a service: a row without one has service `''`. */
  readonly serviceOptional?: true
  /** Columns that rows can't do without though a file is recognised without them. */
  readonly needed?: readonly string[]
  open(reading: Reading, store: Store): RowReader
  /** Takes note of rows that nobody wants: of another service, or left out by the mapping. */
  leave?(reading: Reading, store: Store): LeaveRow
}

/** Takes the current row of a `Reading`; for rows that are bad, the result of its `fail`. */
export type RowReader = (cells: Cells, line: number, item: number, service: string) => Outcome

/** Told of a row that is left out, and for what. */
export type LeaveRow = (cells: Cells, line: number, item: number, why: 'mapping' | 'service') => void

export type Outcome = 'used' | 'later' | 'duplicate' | 'bad'

/** One type's rows of one file as a reader sees them. */
export interface Reading {
  /** Index of the file in the report. */
  readonly input: number
  readonly file: string
  readonly asOf: number
  /** Position of a column in the cells, -1 if the file lacks it. */
  at(column: string): number
  /** For each position the column it is, or the header's own name; `''` for columns without a name. */
  readonly names: readonly string[]
  readonly stamps: Stamps
  readonly filters: Filters
  attributes(cells: Cells): Readonly<Record<string, string>>
  /** Records what is wrong with the current row; `column` is a position, -1 for the row as a whole. */
  fail(column: number, message: string, hint?: string, once?: Once): 'bad'
  failStamp(column: number, name: string, flaw: StampFlaw): 'bad'
  /** Notes the stamp that dates a row. */
  dated(at: number): void
  /** Whether a type is asked for. */
  asks(type: string): boolean
  /** When the file was made, as the user says; RFC 3339. */
  readonly takenAt?: string
  /** Told of every state, for what only shows once the file is read. */
  readonly states: StatesSeen
  /** Set where rows of one id are successive states of one record. */
  readonly updates?: UpdateRules
}

/** What is wrong with many rows for one cause that is not in them: it is said once, for the file. */
export interface Once {
  readonly code: string
  readonly message: (rows: number) => string
}

export const TIME: Column = { name: 'time', aliases: ['timestamp', 'datetime', 'date_time', 'ts', 'date', 'at'] }
export const SERVICE: Column = { name: 'service', aliases: ['service_name'] }
export const ID: Column = { name: 'id' }
export const SOURCE: Column = { name: 'source' }

export const START: Column = {
  name: 'start',
  aliases: ['start_time', 'started_at', 'start_at', 'started', 'begin', 'begin_at', 'from'],
}
export const END: Column = {
  name: 'end',
  aliases: ['end_time', 'ended_at', 'end_at', 'ended', 'finished_at', 'resolved_at', 'to', 'until'],
}
