import type { Interval } from './interval.ts'
import type { Quantity } from './quantity.ts'

/** The verdict on one promise; what each word claims is set out in the README. */
export type Status = 'met' | 'breached' | 'pending' | 'unverified' | 'not-applicable' | 'waived'

/** How strongly the contract binds: guarantees decide the exit code, observed figures are never judged. */
export type Binding = 'guarantee' | 'objective' | 'observed'

/**
 * Where a record came from: `input` indexes `Report.inputs`, `line` is the 1-based line, `item` the 1-based record
 * number in a JSON array, `to` the last row of a folded run.
 */
export interface Origin {
  readonly input: number
  readonly line?: number
  readonly item?: number
  readonly to?: number
}

/** One stretch of a finding's timeline: what it did to the figure (`effect`), the machine word for it, and why. */
export interface Step {
  readonly at: Interval
  readonly effect: 'counted' | 'paused' | 'excluded' | 'unknown' | 'over' | 'note'
  readonly reason: string
  readonly why: string
  readonly origin?: Origin
}

/** The comparison a promise makes: `observed at-least promised`, and so on. */
export type Bound = 'at-least' | 'above' | 'at-most' | 'below'

/** What lets a breach pass: the id or pattern that matched, why, who approved it, and the last day it holds (`2026-06-30`). */
export interface Waiver {
  readonly finding: string
  readonly reason: string
  readonly approver: string
  readonly until: string
}

/** One judged promise: one window, one maintenance, one ticket … `id` is stable and never holds a row number. */
export interface Finding {
  readonly id: string
  readonly clause: string
  readonly promise?: string
  readonly subject: string
  readonly window: Interval
  readonly status: Status
  readonly reason: string
  readonly atRisk?: true
  readonly start?: number
  readonly due?: number
  readonly bound?: Bound
  readonly promised: Quantity
  readonly observed: Quantity
  readonly margin?: Quantity
  readonly bounds?: { readonly lowest: Quantity; readonly highest: Quantity }
  readonly breached?: readonly Interval[]
  readonly undecided?: readonly Interval[]
  readonly details?: Readonly<Record<string, string | number>>
  readonly timeline: readonly Step[]
  readonly evidence: readonly Origin[]
  readonly readings?: Readonly<Record<string, Status>>
  /** With status `waived`: what was breached is let pass by it. */
  readonly waiver?: Waiver
  /** Breached (or waived now), and breached in the baseline already: it doesn't count as new. */
  readonly known?: true
  readonly notes: readonly string[]
}

/** As much of a finding as it takes to tell whether it is a breach of an earlier report. */
export type Told = Pick<
  Finding,
  'id' | 'clause' | 'status' | 'promise' | 'subject' | 'window' | 'start' | 'due' | 'breached' | 'undecided' | 'details'
>

/** Arrays are lists; a long one may make each item anew when it is asked for. */
export interface List<Item> extends Iterable<Item> {
  readonly length: number
  at(index: number): Item | undefined
}

/** As much of a finding as totals and choices need. */
export type Outline = Pick<Finding, 'status' | 'reason' | 'atRisk' | 'window' | 'due' | 'margin' | 'known'>

/** Findings in time order. A list that makes them anew may offer what is cheaper to make, in the same order. */
export interface Findings extends List<Finding> {
  outlines?(): Iterable<Outline>
  ids?(): Iterable<string>
}
