import type { Diagnostic } from '../model/diagnostic.ts'
import type { InputSummary } from '../model/report.ts'
import type { Where } from '../model/where.ts'
import type { Backups, ControlRecord, Incident, RecoveryPoint, Restore } from './backups/records.ts'
import type { ReadProgress } from './read-progress.ts'
import type {
  Coverage,
  Maintenance,
  MeasurementSeries,
  Outage,
  ProbeSeries,
  RequestSeries,
  Tickets,
} from './records.ts'
import type { Vulnerabilities } from './vulnerabilities/records.ts'

/** Everything read, typed and in time order, nothing later than `asOf`. */
export interface Evidence {
  readonly asOf: number
  readonly inputs: readonly InputSummary[]
  readonly outages: readonly Outage[]
  readonly maintenances: readonly Maintenance[]
  readonly probes: readonly ProbeSeries[]
  readonly requests: readonly RequestSeries[]
  readonly measurements: readonly MeasurementSeries[]
  readonly tickets: Tickets
  readonly vulnerabilities: Vulnerabilities
  readonly backups: Backups
  readonly restores: readonly Restore[]
  readonly recoveryPoints: readonly RecoveryPoint[]
  readonly incidents: readonly Incident[]
  readonly controls: readonly ControlRecord[]
  readonly coverage: readonly Coverage[]
  /** Types of which at least one file was given and names a service of the contract, or holds no row at all. */
  readonly supplied: ReadonlySet<string>
  /** Rows left out as bad (`--on-bad-row skip`): what they would have touched cannot be judged from this evidence. */
  readonly skipped: readonly { readonly type: string; readonly service?: string; readonly diagnostic: Diagnostic }[]
  /** Rows of folded types for which a filter cannot be told: what they say is in no series of that filter. */
  readonly unclear: readonly Unclear[]
  readonly warnings: readonly Diagnostic[]
}

/** Rows that lack a column of a filter. */
export interface Unclear {
  readonly type: string
  readonly service: string
  /** Index into `ReadOptions.filters`. */
  readonly filter: number
  readonly columns: readonly string[]
  readonly rows: number
}

export interface ReadOptions {
  readonly asOf: number
  /** Services of the contract; empty: the contract declares none. */
  readonly services: readonly string[]
  /** Record types that the judged clauses ask for (`coverage` is always read). */
  readonly types: ReadonlySet<string>
  /** Row filters of the clauses, `undefined` for all rows; folded series are kept once for each of them. */
  readonly filters: readonly (Where | undefined)[]
  /** Components that the clauses name: texts of tools (tags, paths) that are one of them are taken as components. */
  readonly components?: readonly string[]
  /** Pauses longer than this (ms) are kept as gap candidates however usual they are; from the clauses' `max-gap`. */
  readonly maxGap?: number
  /** Zone for stamps without an offset; absent: such a stamp is an error. */
  readonly timezone?: string
  readonly as?: string
  readonly mapping?: { readonly file: string; readonly bytes: Uint8Array }
  /**
   * When files were made that do not say so themselves; the first whose `files` (a glob, absent: all) fits holds.
   * `note`: what is doubtful about the instant.
   */
  readonly takenAt?: readonly { readonly files?: string; readonly at: number; readonly note?: string }[]
  readonly onBadRow: 'error' | 'skip'
  /** Called after every piece of a file that was read. */
  readonly onProgress?: (at: ReadProgress) => void
}
