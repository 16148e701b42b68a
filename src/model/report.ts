import type { Diagnostic, Span } from './diagnostic.ts'
import type { Binding, Findings, List, Status, Waiver } from './finding.ts'
import type { Interval } from './interval.ts'

/** How many rows of one type a file held and what became of them. The counts after `rows` add up to `rows`. */
export interface RowCount {
  readonly type: string
  readonly rows: number
  readonly used: number
  /** Of a type that no judged clause asks for. */
  readonly unasked: number
  /** Left out by the mapping's `where`, by the format (pull requests), or as changes of a ticket that was left out. */
  readonly leftOut: number
  /** Names a service that the contract does not know. */
  readonly unknownService: number
  /** Dated after `as of`. */
  readonly later: number
  /** Said the same as another row. */
  readonly duplicates: number
  /** Bad rows left out under `--on-bad-row skip`. */
  readonly skipped: number
}

/** What leaves rows out: a mapping's `where`, the tool's format, or their ticket that was left out itself. */
export type LeftOutBy = 'mapping' | 'format' | 'ticket'

/** One evidence file as it was read. `sha256` is of the bytes on disk (compressed if they are), stamps are epoch ms. */
export interface InputSummary {
  readonly file: string
  readonly sha256: string
  readonly bytes: number
  readonly format: string
  /** The tool whose export it is: `jira`. */
  readonly tool?: string
  readonly compressed: boolean
  readonly columns: Readonly<Record<string, string>>
  readonly timezone?: string
  readonly counts: readonly RowCount[]
  /** How many rows were left out by what, all types together; absent without any. */
  readonly leftOutBy?: Readonly<Partial<Record<LeftOutBy, number>>>
  readonly first?: number
  readonly last?: number
}

/** One kind of evidence that a clause rests on (`creations`), what was there of it, and what that allows to judge. */
export interface EvidenceLine {
  readonly about: string
  readonly found: string
  /** Where it is complete; empty: nowhere. */
  readonly complete: readonly Interval[]
  readonly judges: string
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
  /** How many findings have each status. */
  readonly counts: Readonly<Record<Status, number>>
  /** How many of those met or pending are at risk. */
  readonly atRisk: number
  /** How many of those breached are in the baseline already; absent without a baseline. */
  readonly known?: number
  /** Where what can be judged depends on the kinds of evidence there are. */
  readonly evidence?: readonly EvidenceLine[]
  readonly findings: Findings
}

/**
 * A promise that falls due soon, or fell due and is still owed. `left_ms` runs on the finding's own clock, named by
 * `clock` where that stands still at times, and is negative once over.
 */
export interface UpcomingItem {
  readonly finding: string
  readonly clause: string
  readonly subject: string
  readonly promise?: string
  readonly priority?: string
  /** Of a vulnerability: how severe it is. */
  readonly band?: string
  readonly due: number
  readonly left_ms: number
  readonly clock?: string
  readonly status: Status
  /** The clock stands: `due` is as if it ran again from `as of` on. */
  readonly paused?: true
}

/** What falls due by `until`: overdue first, then by due instant. */
export interface Upcoming {
  readonly until: number
  readonly items: List<UpcomingItem>
}

/** One entry of a waiver file: what it let pass, or why nothing. `daysLeft` counts whole local days after that of `as of`. */
export interface WaiverUse extends Waiver {
  readonly state: 'used' | 'expired' | 'unmatched'
  /** How many breaches it lets pass (used), or would have (expired). */
  readonly findings: number
  readonly daysLeft: number
}

export interface WaiverFile {
  readonly file: string
  readonly sha256: string
  readonly entries: readonly WaiverUse[]
}

/** A breach of the baseline that is none any more; `gone`: no such finding in this audit. */
export interface FixedBreach {
  readonly finding: string
  readonly clause: string
  readonly now: 'met' | 'not-applicable' | 'gone'
}

/** A breach of the baseline of which now is not known whether it is one, or that is waived: not mended for all one knows. */
export interface OpenBreach {
  readonly finding: string
  readonly clause: string
  readonly now: 'unverified' | 'pending' | 'waived'
}

/** The earlier report whose breaches don't count as new. */
export interface Baseline {
  readonly file: string
  readonly sha256: string
  readonly asOf: number
  readonly period: Interval & { readonly text: string }
  /** How many breaches of now are in it. */
  readonly known: number
  readonly fixed: readonly FixedBreach[]
  readonly open: readonly OpenBreach[]
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
  readonly upcoming?: Upcoming
  readonly waivers?: WaiverFile
  readonly baseline?: Baseline
  readonly warnings: readonly Diagnostic[]
}
