import type { Origin } from '../../model/finding.ts'
import type { Moment } from '../../model/interval.ts'
import type { Happened } from '../records.ts'
import type { Code } from './bodies.ts'
import type { Scan } from './records.ts'
import type { Difference, ScoreCells } from './score-cells.ts'

/** Whose row it is; texts as the cells have them, trimmed, `''` for none. */
export interface Subject {
  readonly service: string
  readonly id: string
  readonly aliases: string
  readonly asset: string
  readonly component: string
  /** Id of the scan that saw it, `''` for rows of a log. */
  readonly scan: string
}

/** When what happened, nothing later than `as of`. */
export interface RowStamps {
  readonly detected: Happened
  readonly evaluated: Happened
  readonly mitigated: Happened
  readonly fixed: Happened
  readonly reopened: Happened
}

/** Dates of the vulnerability itself, wherever it is found. */
export interface KnownDates {
  readonly published: Happened
  readonly vendorPatch: Happened
  readonly internalPatch: Happened
  readonly withdrawn: Happened
}

/** What many rows say in the same words; kept once. */
export interface Facts extends KnownDates {
  /** A number of `score(…)`, 0 for none. */
  readonly score: number
  /** Why it is suppressed, and when that was, as far as the row says. */
  readonly suppressed: { readonly why: string; readonly at: Happened } | undefined
  readonly version: string | undefined
  /** A number of `attributes(…)`. */
  readonly attributes: number
}

export interface VulnerabilityRow {
  readonly subject: Subject
  readonly stamps: RowStamps
  readonly facts: Facts
  readonly origin: Origin
  /** Hash of the cells but those of names and stamps. */
  readonly cells: number
  /** The file has no column `fixed_at`. */
  readonly fixedAbsent: boolean
  /** A `detected_at` later than `as of`. */
  readonly detectedLater: boolean
  readonly differs?: Difference
}

export interface ScanRow extends Scan {
  /** When its database of vulnerabilities was made. */
  readonly database: Happened
  readonly cells: number
}

/** What statements are about; blank asset and component: all. */
export interface StatementSubject {
  readonly id: string
  readonly aliases?: string
  readonly asset: string
  readonly component: string
}

/** What records beside the findings say, by kind; `at` is kept apart. */
export interface Statements {
  readonly advisory: Readonly<Record<keyof KnownDates, Code>>
  readonly score: ScoreCells
  readonly acceptance: { readonly from: Moment; readonly until: number | null; readonly approver?: string }
  readonly vex: {
    readonly status: number
    readonly justification?: string
    readonly product?: string
    readonly version?: string
  }
  readonly 'known-exploited': { readonly added: Code; readonly due: number; readonly catalogue?: string }
  readonly epss: { readonly value: string }
  /** A row of one of them that was left out. */
  readonly bad: Record<string, never>
}

export type StatementKind = keyof Statements

export interface StatementRow<K extends StatementKind = StatementKind> {
  readonly kind: K
  readonly subject: StatementSubject
  readonly at: Moment
  readonly body: Statements[K]
  readonly origin: Origin
}
