import type { Interval } from './interval.ts'

/** Time that counts, `ms` of the clock; `exception`: hours that hold on that date only. */
export interface CountedTime extends Interval {
  readonly ms: number
  readonly exception?: true
}

/** Time that doesn't count. `ms`: what the clock would have counted of it, 0 where it was closed anyway. */
export interface NotCountedTime extends Interval {
  readonly ms: number
  readonly reason: 'closed' | 'paused'
  /** Of closed time: the dates on which nothing opens, each with why. */
  readonly dates?: readonly ClosedDate[]
}

export interface ClosedDate {
  /** `2026-05-25`. */
  readonly date: string
  readonly reason: 'weekly' | 'holiday' | 'exception' | 'out-of-season'
  /** Of a holiday, as far as known. */
  readonly names: readonly string[]
}

/** The business days that an amount in business days was counted by: day 0, and the day it is due on. */
export interface BusinessDays {
  readonly mode: string
  readonly count: number
  readonly first: string
  readonly last?: string
  readonly otherReadings: readonly { readonly mode: string; readonly due: number }[]
}

/** When one promise of a support clause is due, and how that comes about. Instants in epoch ms. */
export interface Due {
  readonly clause: string
  readonly priority: string
  readonly promise: string
  /** As the contract writes it; `unstated` has no clock and no due instant. */
  readonly amount: string
  /** The calendar that it runs on, or `always`. */
  readonly clock?: string
  readonly timezone: string
  /** The event that starts it: opened, reported, responded … */
  readonly from: string
  readonly start: number
  /** The first instant from `start` on at which the clock runs. */
  readonly opens?: number
  readonly allowanceMs?: number
  readonly due?: number
  readonly businessDays?: BusinessDays
  readonly counted: readonly CountedTime[]
  readonly notCounted: readonly NotCountedTime[]
  /** How it stands at the instant asked about; negative `leftMs`: over. */
  readonly at?: { readonly instant: number; readonly countedMs: number; readonly leftMs: number }
  readonly notes: readonly string[]
}
