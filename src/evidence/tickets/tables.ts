import type { Origin } from '../../model/finding.ts'
import type { Moment } from '../../model/interval.ts'
import type { Happened } from '../records.ts'
import { type Column, float64, int32, makeColumn, makeTexts, type Texts, uint8, uint32 } from './columns.ts'

/** Moments by position: not known (never set), `null` for what has not happened, or a moment. */
export interface MomentColumn {
  get(at: number): Happened
  set(at: number, moment: Happened): void
  /** Whether nothing is known of it. */
  unknown(at: number): boolean
}

export function makeMoments(): MomentColumn {
  // Twice the instant plus one, so that 0 can stand for not known; NaN has not happened.
  const codes = makeColumn(float64)
  const spans = makeColumn(float64)
  return {
    get(at) {
      const code = codes.get(at)
      if (code === 0) return undefined
      if (Number.isNaN(code)) return null
      const earliest = (code - 1) / 2
      return { earliest, latest: earliest + spans.get(at) }
    },
    set(at, moment) {
      codes.set(at, moment === undefined ? 0 : moment === null ? Number.NaN : moment.earliest * 2 + 1)
      spans.set(at, moment === undefined || moment === null ? 0 : moment.latest - moment.earliest)
    },
    unknown: at => codes.get(at) === 0,
  }
}

export interface OriginColumn {
  get(at: number): Origin
  set(at: number, origin: Origin): void
}

export function makeOrigins(): OriginColumn {
  const [inputs, lines, items] = [makeColumn(uint32), makeColumn(uint32), makeColumn(uint32)]
  return {
    get(at) {
      const [input, line, item] = [inputs.get(at), lines.get(at), items.get(at)]
      return item === 0 ? { input, line } : { input, line, item }
    },
    set(at, origin) {
      inputs.set(at, origin.input)
      lines.set(at, origin.line ?? 0)
      items.set(at, origin.item ?? 0)
    },
  }
}

/** What the rows of single tickets say, by ticket number: of its one row, or of the last of its states. */
export interface TicketTable {
  readonly ids: Texts
  /** NO_ROW, WIDE or STATES. */
  readonly kind: Column
  readonly opened: MomentColumn
  /** In the order of `STAMPS`. */
  readonly stamps: readonly MomentColumn[]
  readonly reported: MomentColumn
  /** As `priorityCode` gives it. */
  readonly priority: Column
  readonly zone: Column
  readonly service: Column
  readonly attributes: Column
  readonly origin: OriginColumn
  /** Hash of all cells. */
  readonly cells: Column
  /** For states: when the last one was written, and a resolution of one of them, NO_RULE if no rule tells any. */
  readonly updated: Column
  readonly resolution: Column
}

export const NO_ROW = 0
export const WIDE = 1
export const STATES = 2

/** The changes that columns tell, beside the opening. */
export const STAMPS = [
  ['responded', 'responded_at'],
  ['workaround', 'workaround_at'],
  ['resolved', 'resolved_at'],
  ['report-sent', 'report_sent_at'],
  ['closed', 'closed_at'],
] as const

/** Change rows and rows of states in the order they are read. */
export interface ChangeTable {
  readonly ticket: Column
  /** Index into `CHANGE_WORDS`, or STATE. */
  readonly word: Column
  readonly at: Column
  readonly span: Column
  /** Number of the text, 0 for none; of a state its status. */
  readonly value: Column
  readonly service: Column
  readonly attributes: Column
  readonly origin: OriginColumn
  /** Of states only: the priority, whether it is one in which tickets are resolved, since when, and a hash of all cells. */
  readonly priority: Column
  readonly resolution: Column
  readonly resolved: MomentColumn
  readonly cells: Column
}

/** The word of a row that is one of a ticket's states. */
export const STATE = 255

export const NO_RULE = 0
export const UNRESOLVED = 1
export const RESOLVED = 2

export function makeTicketTable(): TicketTable {
  return {
    ids: makeTexts(),
    kind: makeColumn(uint8),
    opened: makeMoments(),
    stamps: STAMPS.map(makeMoments),
    reported: makeMoments(),
    priority: makeColumn(int32),
    zone: makeColumn(int32),
    service: makeColumn(int32),
    attributes: makeColumn(int32),
    origin: makeOrigins(),
    cells: makeColumn(float64),
    updated: makeColumn(float64),
    resolution: makeColumn(uint8),
  }
}

export function makeChangeTable(): ChangeTable {
  return {
    ticket: makeColumn(int32),
    word: makeColumn(uint8),
    at: makeColumn(float64),
    span: makeColumn(float64),
    value: makeColumn(int32),
    service: makeColumn(int32),
    attributes: makeColumn(int32),
    origin: makeOrigins(),
    priority: makeColumn(int32),
    resolution: makeColumn(uint8),
    resolved: makeMoments(),
    cells: makeColumn(float64),
  }
}

export function changeMoment(changes: ChangeTable, row: number): Moment {
  const earliest = changes.at.get(row)
  return { earliest, latest: earliest + changes.span.get(row) }
}

/** By file, line and record. */
export function compareOrigins(a: Origin, b: Origin): number {
  return a.input - b.input || (a.line ?? 0) - (b.line ?? 0) || (a.item ?? 0) - (b.item ?? 0)
}
