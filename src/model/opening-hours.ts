import type { Interval } from './interval.ts'

/** One calendar of a contract. `week` has a weekday's hours as written, `20:00-04:00` where they cross midnight. */
export interface CalendarSummary {
  readonly name: string
  readonly timezone: string
  readonly week: Readonly<Record<string, readonly string[]>>
  /** Where its holidays come from: `FR`, `3 dates`. */
  readonly holidays: readonly string[]
  /** Number of single dates with hours of their own. */
  readonly exceptions: number
  /** Months (1–12) that it is limited to. */
  readonly months?: readonly number[]
  readonly builtIn?: true
  readonly totals?: OpeningTotals
}

/** Why a date isn't like others of its weekday. `cut`: the period begins or ends inside; `skipped`: the zone has no such date. */
export type DateMark = 'holiday' | 'exception' | 'out-of-season' | 'clock-change' | 'cut' | 'skipped'

/** What is open on one local date, the hours left over from the evening before included. */
export interface OpeningDate {
  /** `2026-05-25`. */
  readonly date: string
  readonly weekday: string
  readonly open: readonly Interval[]
  readonly openMs: number
  /** Whether hours open on it, so that it counts as a business day. */
  readonly businessDay: boolean
  /** Whether its hours are those of any such weekday. */
  readonly usual: boolean
  readonly marks: readonly DateMark[]
  /** Names of the holidays on it, as far as they are known. */
  readonly holidays: readonly string[]
}

/** A change of the clock; offsets in ms. `openMs` and `plannedMs`: what its date has open, really and on paper. */
export interface ClockChange {
  readonly at: number
  readonly date: string
  readonly before: number
  readonly after: number
  readonly openMs: number
  readonly plannedMs: number
}

export interface OpeningTotals {
  readonly dates: number
  readonly businessDays: number
  readonly openMs: number
}

/** A calendar date by date over a period. */
export interface OpeningHours {
  readonly contract: string
  readonly calendar: CalendarSummary
  readonly period: Interval & { readonly text: string }
  readonly totals: OpeningTotals
  readonly dates: readonly OpeningDate[]
  readonly clockChanges: readonly ClockChange[]
}
