import type { Diagnostic, Span } from '../model/diagnostic.ts'
import type { Binding, Bound } from '../model/finding.ts'
import type { Where } from '../model/where.ts'
import type { CalendarRule } from '../time/calendar.ts'
import type { Duration } from '../time/duration.ts'
import type { RecurringRule } from '../time/recurring.ts'
import type { WindowRule } from '../time/window.ts'

/** A contract as loaded: validated, names resolved, instants in epoch ms, spans kept. Plain data. */
export interface Contract {
  readonly file: string
  readonly sha256: string
  readonly kind: 'Contract' | 'Baseline'
  readonly id: string
  readonly title?: string
  readonly version?: string
  readonly parties?: { readonly provider?: string; readonly customer?: string }
  /** Half-open; a side that the contract leaves out is open. */
  readonly term?: { readonly start?: number; readonly end?: number }
  readonly timezone: string
  readonly fees?: { readonly monthly?: Money; readonly billingDay?: number }
  readonly businessDays?: string
  /** Holds `always` too. */
  readonly calendars: ReadonlyMap<string, CalendarRule>
  /** In the order of the contract; empty when the contract declares none (then it has one service without a name). */
  readonly services: ReadonlyMap<string, Service>
  readonly exclusions: ReadonlyMap<string, Exclusion>
  readonly clauses: readonly Clause[]
  /** Lints, in source order. */
  readonly warnings: readonly Diagnostic[]
}

export interface Money {
  /** Minor units (cents). */
  readonly minor: number
  readonly currency: string
}

export interface Service {
  readonly needs: readonly string[]
  readonly attributes: Readonly<Record<string, string>>
}

/** The fields every clause has, and `body`: what its kind's schema made of the rest. */
export interface Clause<Body = unknown> {
  readonly id: string
  readonly kind: string
  readonly section?: string
  readonly text?: string
  readonly binding: Binding
  /** Names of `Contract.services`; absent: all of them. */
  readonly services?: readonly string[]
  readonly together?: 'any' | 'all'
  readonly where?: Where
  readonly span: Span
  readonly body: Body
}

/** A share as an exact fraction: 99.95 % is 9995 of 10000, its digits as written in the source. */
export interface Percent {
  readonly part: number
  readonly of: number
  readonly text: string
}

export interface PercentTarget {
  readonly bound: Extract<Bound, 'at-least' | 'above'>
  readonly value: Percent
}

/** Hours that work must fall in or stay out of: a calendar by name, or a recurring window of its own. */
export type Hours = { readonly calendar: string } | { readonly recurring: RecurringRule; readonly text: string }

export interface Notice {
  /** Absent: the text gives a duty but no number (`unstated`). */
  readonly atLeast?: Duration
  /** Milliseconds; notice is needed only for work planned to last strictly longer. */
  readonly whenLongerThan?: number
  /** Calendar; notice is needed only for work planned to overlap it. */
  readonly during?: string
}

/** Conditions that must all hold for a record to be excluded. */
export interface Exclusion {
  readonly name: string
  readonly event: 'maintenance' | 'outage'
  readonly where?: Where
  readonly cause?: readonly string[]
  readonly kept?: string
  readonly notice?: Notice
  readonly inside?: Hours
  readonly outside?: Hours
  /** At most `ms` of excluded time per window. */
  readonly cap?: { readonly ms: number; readonly per: WindowRule; readonly text: string }
  readonly overrun: 'counts' | 'excluded'
  readonly span: Span
}
