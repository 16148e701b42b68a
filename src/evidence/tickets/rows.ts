import type { Origin } from '../../model/finding.ts'
import type { Moment } from '../../model/interval.ts'
import type { ChangeWord, Happened } from '../records.ts'
import type { Texts } from './columns.ts'
import type { ChangeTable, TicketTable } from './tables.ts'

/** What every row of a ticket says. `attributes` is a number of `attributes(…)`. */
export interface RowBase {
  readonly id: string
  readonly service: string
  readonly origin: Origin
  readonly attributes: number
}

/** One row for a whole ticket; nothing in it is later than `as of`. */
export interface TicketRow extends RowBase {
  readonly opened: Moment
  readonly reported: Happened
  /** In the order of `STAMPS`. */
  readonly stamps: readonly Happened[]
  readonly priority: string | null | undefined
  readonly customerTimezone: string | null | undefined
  /** Hash of all cells: rows of one hash are equal. */
  readonly cells: number
}

/** One of the successive states of a ticket. */
export interface StateRow extends TicketRow {
  readonly updated: Moment
  /** Blank: `undefined`; `?` is kept. */
  readonly status: string | undefined
  /** Whether tickets of this status are resolved; `undefined`: no rule says so. */
  readonly resolved: boolean | undefined
  readonly resolvedAt: Happened
}

export interface ChangeRow extends RowBase {
  readonly change: ChangeWord
  readonly at: Moment
  readonly value?: string
}

/** What can be read of a row that was left out. */
export interface LostRow extends RowBase {
  readonly opened?: Moment
  readonly priority?: string | null
}

/** All that was read, for making lives of it. */
export interface Tables {
  readonly tickets: TicketTable
  readonly changes: ChangeTable
  /** Number of change rows. */
  readonly rows: number
  readonly texts: Texts
  readonly attributeSets: Texts
  /** Tickets with rows that differ. */
  readonly repeated: ReadonlyMap<number, Repeated>
  readonly lost: ReadonlyMap<number, readonly LostRow[]>
  /** Ids of tickets whose own row is of no concern. */
  readonly left: ReadonlySet<string>
  /** Change rows left out for the service they name, by ticket. */
  readonly strays: ReadonlyMap<string, readonly Origin[]>
  /** The last change of priority after `as of`; blank: `null`, not known: `undefined`. */
  readonly laterPriorities: ReadonlyMap<number, LaterPriority>
  /** States dated before one above them, by file. */
  readonly misplaced: ReadonlyMap<number, readonly Origin[]>
  /** Bits of `STAMPS` that no record of a file has columns for, by file. */
  readonly lacking: ReadonlyMap<number, number>
  /** Words of the change rows, as bits by their index in `CHANGE_WORDS`. */
  readonly logged: number
  /** Least and greatest stamp; infinite without any. */
  readonly first: number
  readonly last: number
}

export interface LaterPriority {
  readonly at: number
  readonly value: string | null | undefined
}

export interface Repeated {
  readonly cells: Set<number>
  readonly origins: Origin[]
}
