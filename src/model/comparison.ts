import type { Diagnostic, Span } from './diagnostic.ts'
import type { Binding, Status } from './finding.ts'
import type { Interval } from './interval.ts'

/**
 * How a promise stands to that of the base. `missing`: the base promises it, this contract doesn't; `added`: the
 * other way round; `not-decidable`: one of the two is text without a number.
 */
export type Relation = 'stronger' | 'equal' | 'weaker' | 'incomparable' | 'missing' | 'added' | 'not-decidable'

/** What one contract says in one row. */
export interface Cell {
  /** `not-auditable`: promised in words that no evidence can decide (`unstated`). */
  readonly state: 'promised' | 'not-promised' | 'not-auditable'
  /** The promise as a short text; blank where nothing is promised. */
  readonly text: string
  readonly clause?: string
  readonly span?: Span
  readonly binding?: Binding
  /**
   * At least as strong as every other offer of the row, and stronger than one: proven, not by printed figures. Neither a
   * baseline nor a version of one contract is an offer.
   */
  readonly best?: true
  /** To the base; absent in the base's own cell, and where neither promises it. */
  readonly relation?: Relation
  /** Why, in words, one sentence each. */
  readonly rules: readonly string[]
  /** Indexes into `Comparison.witnesses`. */
  readonly witnesses: readonly number[]
  /** A relation that holds as far as was searched: no rule proves it and no log was found that refutes it. */
  readonly searched?: true
}

/** One promise held side by side; `cells` are in the order of `Comparison.contracts`. */
export interface Row {
  /** `availability`, `support/P1/respond`, `vulnerability/critical/fix`: stable. */
  readonly key: string
  /** The group that it stands in: `Availability`. */
  readonly subject: string
  /** What is promised, inside its group: `P1 respond`. */
  readonly name: string
  readonly cells: readonly Cell[]
}

/** One row of a witness's evidence: its record type and columns, all as text. */
export type WitnessRow = Readonly<Record<string, string>> & { readonly type: string }

/** Evidence that one contract tolerates and the other calls a breach, judged by the auditor itself. */
export interface Witness {
  readonly row: string
  /** Index of the contract that it is held against the base, and of the one that it breaches. */
  readonly other: number
  readonly breaches: number
  readonly period: Interval & { readonly text: string }
  readonly asOf: number
  /** In the names of the base. */
  readonly rows: readonly WitnessRow[]
  /** The same in the names of the other contract, where it has others. */
  readonly renamed?: readonly WitnessRow[]
  /** What happens, in one sentence. */
  readonly story: string
  /** The findings that show it: of each contract, in the order base, other. */
  readonly verdicts: readonly { readonly contract: number; readonly finding: string; readonly status: Status }[]
}

/** The worst that a contract permits without a breach, computed for a year. */
export interface Envelope {
  readonly key: string
  readonly subject: string
  readonly name: string
  readonly values: readonly EnvelopeValue[]
}

/**
 * `ms` is the most (or, for notice, the least) that is permitted; absent: no limit, or nothing promised, as `text`
 * says. `at`: where in the year it lies. `beside`: what exclusions permit on top of it.
 */
export interface EnvelopeValue {
  readonly ms?: number
  readonly text: string
  readonly at?: Interval
  readonly beside?: string
  readonly notes: readonly string[]
  readonly best?: true
}

/** The same history judged under each contract. */
export interface Replay {
  readonly key: string
  readonly subject: string
  readonly name: string
  /** Per contract: absent where nothing is promised. */
  readonly verdicts: readonly (ReplayVerdict | undefined)[]
}

export interface ReplayVerdict {
  readonly status: Status
  /** Findings breached, and all that were judged. */
  readonly breached: number
  readonly judged: number
  /** The first breach, and by how much the worst one is broken, in words. */
  readonly first?: number
  readonly worst?: string
  readonly finding?: string
}

/** What was judged under each contract; `periods` are in the order of the contracts: each in its own zone. */
export interface ReplayedHistory {
  readonly asOf: number
  /** `stated`: as the user said; else from the first row to the last. Absent where nothing of a contract was judged. */
  readonly periods: readonly ((Interval & { readonly stated: boolean; readonly text: string }) | undefined)[]
  readonly inputs: readonly HistoryInput[]
}

/** A file as it was read, all of its rows; `sha256` is of its bytes. */
export interface HistoryInput {
  readonly file: string
  readonly sha256: string
  readonly rows: number
}

export interface ComparedContract {
  readonly id: string
  readonly title?: string
  readonly version?: string
  readonly file: string
  readonly sha256: string
  readonly timezone: string
  /** Half-open, a side left out is open. Promises are compared as if the contract were in force throughout. */
  readonly term?: { readonly start?: number; readonly end?: number }
  readonly kind: 'Contract' | 'Baseline'
}

/** A comparison as plain data; `contracts[0]` is the base. Instants are epoch milliseconds. */
export interface Comparison {
  readonly schemaVersion: 1
  readonly tool: { readonly name: 'sla'; readonly version: string }
  readonly year: number
  /** The subjects, or beginnings of keys, that alone were compared; absent: all. */
  readonly only?: readonly string[]
  readonly contracts: readonly ComparedContract[]
  readonly rows: readonly Row[]
  readonly envelope: readonly Envelope[]
  readonly witnesses: readonly Witness[]
  readonly replay?: readonly Replay[]
  /** What `replay` was made of: stands where that does. */
  readonly history?: ReplayedHistory
  /** What was not aligned, and other doubts. */
  readonly warnings: readonly Diagnostic[]
  /** How many rows are alike and left out, where only those that differ are listed. */
  readonly leftOut?: number
}
