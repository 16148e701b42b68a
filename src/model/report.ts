import type { Diagnostic, Span } from './diagnostic.ts'
import type { Binding, Finding, Status } from './finding.ts'
import type { Interval } from './interval.ts'

/** How many rows of one type a file held and what became of them. The counts after `rows` add up to `rows`. */
export interface RowCount {
  readonly type: string
  readonly rows: number
  readonly used: number
  /** Of a type that no judged clause asks for. */
  readonly unasked: number
  /** Names a service that the contract does not know. */
  readonly unknownService: number
  /** Dated after `as of`. */
  readonly later: number
  /** Said the same as another row. */
  readonly duplicates: number
  /** Bad rows left out under `--on-bad-row skip`. */
  readonly skipped: number
}

/** One evidence file as it was read. `sha256` is of the bytes on disk (compressed if they are), stamps are epoch ms. */
export interface InputSummary {
  readonly file: string
  readonly sha256: string
  readonly bytes: number
  readonly format: string
  readonly compressed: boolean
  readonly columns: Readonly<Record<string, string>>
  readonly timezone?: string
  readonly counts: readonly RowCount[]
  readonly first?: number
  readonly last?: number
}

/** One clause with its findings, in time order; `status` is their roll-up. */
export interface ClauseReport {
  readonly id: string
  readonly kind: string
  readonly section?: string
  readonly text?: string
  readonly binding: Binding
  readonly status: Status
  readonly span?: Span
  /** What is promised, for headings: `≥ 99.5 % a calendar month`. */
  readonly promise: string
  readonly findings: readonly Finding[]
}

export interface Summary {
  readonly status: Status
  readonly guarantees: Readonly<Record<Status, number>>
  readonly objectives: Readonly<Record<Status, number>>
  readonly atRisk: number
}

/** The whole audit as plain data; `-f json` prints exactly this. Instants are epoch milliseconds. */
export interface Report {
  readonly schemaVersion: 1
  readonly tool: { readonly name: 'sla'; readonly version: string }
  readonly contract: {
    readonly id: string
    readonly title?: string
    readonly version?: string
    readonly file: string
    readonly sha256: string
    readonly timezone: string
    readonly services: readonly string[]
    readonly parties?: { readonly provider?: string; readonly customer?: string }
  }
  readonly asOf: number
  readonly period: Interval & { readonly stated: boolean; readonly text: string }
  readonly inputs: readonly InputSummary[]
  readonly clauses: readonly ClauseReport[]
  readonly summary: Summary
  readonly warnings: readonly Diagnostic[]
}
