import type { Origin } from '../model/finding.ts'
import type { Interval, Moment } from '../model/interval.ts'

/** `null`: the cell is blank, it has not happened by `as of`. `undefined`: no such column, or `?`: not known. */
export type Happened = Moment | null | undefined

/** What every record kept one by one has. `attributes` are all cells of the row by column name, trimmed, as text. */
export interface Row {
  readonly origin: Origin
  readonly service: string
  readonly attributes: Readonly<Record<string, string>>
}

export interface Outage extends Row {
  readonly id?: string
  readonly start: Moment
  /** `null`: still going on at `as of`. */
  readonly end: Moment | null
  readonly detected: Happened
  readonly reported: Happened
  readonly severity: 'full' | 'partial' | 'degraded'
  /** Share of the service or its users that was affected; exact fraction. */
  readonly affected?: { readonly part: number; readonly of: number }
  readonly users?: number
  readonly cause?: string
  readonly source?: string
}

export interface Maintenance extends Row {
  readonly id?: string
  readonly start: Moment
  readonly end: Moment | null
  readonly announced: Happened
  readonly plannedStart?: Moment
  readonly plannedEnd?: Moment
  /** Milliseconds. */
  readonly expectedDowntime?: number
  readonly impact: 'down' | 'degraded' | 'none' | 'as-observed'
  readonly overrunNotified: Happened
}

/** What can happen to a ticket; the words of `ticket-change` rows. */
export const CHANGE_WORDS = [
  'opened',
  'responded',
  'replied',
  'auto-replied',
  'updated',
  'paused',
  'resumed',
  'workaround',
  'resolved',
  'report-sent',
  'reopened',
  'closed',
  'priority',
  'status',
] as const

export type ChangeWord = (typeof CHANGE_WORDS)[number]

/**
 * One thing that happened to a ticket. `value` is the new priority or status, the priority at `opened`, or the state
 * of a pause; blank values are left out, `?` is kept.
 */
export interface TicketChange {
  readonly change: ChangeWord
  readonly at: Moment
  readonly value?: string
  readonly origin: Origin
}

/** The life of one ticket up to `as of`, from wide rows, change rows and rows of successive states alike. */
export interface Ticket {
  readonly id: string
  /** `''`: no row names one. */
  readonly service: string
  /** The first row that tells of it. */
  readonly origin: Origin
  /** By time, then in the order of a life (opened first), then of the rows; what a stamp column says is in it too. */
  readonly changes: readonly TicketChange[]
  /** Words of changes that may have happened unrecorded: the column is absent or `?`, and no log would hold them. */
  readonly unknown: ReadonlySet<ChangeWord>
  /** Priority at the opening. `null`: blank. `undefined`: not known (later ones are `priority` changes). */
  readonly priority: string | null | undefined
  readonly reported: Happened
  readonly customerTimezone: string | null | undefined
  /** Cells of the columns that the clauses' row filters name, and `plan`; of the last row that has them. */
  readonly attributes: Readonly<Record<string, string>>
  /** Why nothing certain can be said of it: an id given twice, rows that contradict each other, a bad row left out. */
  readonly flaw?: TicketFlaw
}

export interface TicketFlaw {
  readonly reason: 'repeated-id' | 'contradictory' | 'bad-row' | 'no-opening' | 'state-unknown'
  readonly why: string
  readonly origins: readonly Origin[]
}

/** All tickets opened by `as of`, by opening, then id. `ticket` makes the record anew at each call. */
export interface Tickets {
  readonly count: number
  ticket(index: number): Ticket
  /** Least and greatest stamp of all changes, epoch ms. */
  readonly first?: number
  readonly last?: number
}

export interface Coverage extends Row {
  readonly type: string
  readonly from: number
  readonly to: number
}

export type ProbeState = 'up' | 'down' | 'degraded' | 'unknown'

/** A run of equal, not-up samples; `before`/`after` are the neighbouring samples of another state, if any. */
export interface ProbeRun {
  readonly state: Exclude<ProbeState, 'up'>
  readonly first: number
  readonly last: number
  readonly before?: number
  readonly after?: number
  readonly origin: Origin
}

/** Samples of one probe (service × location × source × filter), folded; time order, nothing per sample kept. */
export interface ProbeSeries {
  readonly service: string
  readonly location: string
  readonly source: string
  /** Holds the rows that match `ReadOptions.filters[filter]`. */
  readonly filter: number
  readonly samples: number
  readonly first: number
  readonly last: number
  /** Most frequent distance between neighbours in ms (to the second above 1 s); 0 with one sample. */
  readonly usual: number
  readonly runs: readonly ProbeRun[]
  /** Neighbouring samples further apart than `1.5 × usual`, or than `ReadOptions.maxGap` if that is less. */
  readonly gaps: readonly (Interval & { readonly origin: Origin })[]
  /** Only where shorter pauses were let go: `gaps` is complete only for distances above this (ms). */
  readonly gapsAbove?: number
  readonly origin: Origin
}

/**
 * Request counters of one service × filter, in time order; parallel columns. `interval` 0: not stated. Rows of one
 * time differ in other columns (a region, a method) and add up.
 */
export interface RequestSeries {
  readonly service: string
  readonly filter: number
  readonly time: Float64Array
  readonly total: Float64Array
  readonly failed: Float64Array
  readonly interval: Float64Array
  readonly input: Int32Array
  readonly line: Float64Array
  readonly usual: number
}

/** Measured values of one metric × service × filter, in time order; values have ≤ 15 significant digits. */
export interface MeasurementSeries {
  readonly metric: string
  readonly service: string
  readonly filter: number
  readonly time: Float64Array
  readonly value: Float64Array
  readonly usual: number
}
