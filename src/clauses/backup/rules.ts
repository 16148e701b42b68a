import type { BackupStatus } from '../../evidence/backups/records.ts'
import type { Duration } from '../../time/duration.ts'

export type Unit = 'day' | 'week' | 'month' | 'quarter' | 'year'
export type Anchor = 'start' | 'completion'

/** Tolerances, in ms, as the contract spells them. */
export interface Spelt {
  readonly tolerance?: string
  readonly early?: string
  readonly grace?: string
}

/** How often backups are made. `tolerance` and `early` in ms; `at`: local time of day in ms. */
export type Schedule = {
  readonly anchor: Anchor
  readonly tolerance: number
  readonly early: number
  readonly spelt?: Spelt
} & (
  | { readonly form: 'every'; readonly every: Duration }
  | { readonly form: 'per'; readonly per: Unit }
  | { readonly form: 'at'; readonly at: number; readonly text: string }
)

/** How long each backup is kept: for an amount, until N later ones, or so that any point of a window can be reached. */
export type Keep = {
  readonly from: Anchor
  readonly tolerance: number
  readonly location?: string
  readonly spelt?: Spelt
} & (
  | { readonly form: 'for'; readonly amount: Duration }
  | { readonly form: 'copies'; readonly count: number }
  | { readonly form: 'window'; readonly amount: Duration }
)

/** One backup of each unit is kept for `keep` units. */
export interface Tier {
  readonly per: Unit
  readonly keep: number
  readonly basis: 'age' | 'unit'
  readonly tolerance: number
  readonly spelt?: Spelt
}

/** Backups of these ages in days (ascending) are there on every local day; `slack` in days, `grace` in ms. */
export interface Points {
  readonly ages: readonly number[]
  readonly slack: number
  readonly grace: number
  readonly spelt?: Spelt
}

export interface MaxAge {
  readonly amount: Duration
  readonly tolerance: number
  readonly spelt?: Spelt
}

/** `madeWithin` after the completion; `keep` as long as that after the start. */
export interface Copies {
  readonly atLeast: number
  readonly differs: 'provider' | 'region' | 'location'
  readonly madeWithin?: Duration
  readonly keep?: Duration
}

/** Allowed countries as upper-case codes, `words` as written (`EU`). */
export interface Residency {
  readonly countries: ReadonlySet<string>
  readonly words: readonly string[]
}

/** A backup clause with its defaults filled in. */
export interface BackupRules {
  /** Empty: all backups are one series. */
  readonly components: readonly string[]
  readonly accept: ReadonlySet<BackupStatus>
  readonly only: 'full' | 'incremental' | 'any'
  readonly schedule?: Schedule
  readonly keep?: Keep
  readonly tiers: readonly Tier[]
  readonly points?: Points
  readonly maxAge?: MaxAge
  readonly copies?: Copies
  readonly residency?: Residency
}
