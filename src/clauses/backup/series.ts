import type { Backup, Copy, Listing } from '../../evidence/backups/records.ts'
import type { Moment } from '../../model/interval.ts'
import type { Intervals } from '../../time/interval.ts'
import type { Known } from '../../time/known.ts'
import type { Zone } from '../../time/zone.ts'

/** A backup as the promises of a clause see it. Times are cut to `as of`. */
export interface Candidate {
  /** Its place in `Series.all`. */
  readonly index: number
  readonly backup: Backup
  /** Whether it counts as a backup made: status accepted, of the right kind, matches the filter. */
  readonly counts: 'yes' | 'maybe' | 'no'
  /** Undefined: not known. Of what still runs, `completed` is `null`. */
  readonly started: Moment | undefined
  readonly completed: Moment | null | undefined
}

/** All backups of one component as one clause sees them, and what is known of the evidence. */
export interface Series {
  /** `''`: all backups together. */
  readonly component: string
  readonly zone: Zone
  readonly asOf: number
  /** The contract's term cut to what is known: `[term start or -∞, min(term end, as of])`; `until` is its end as it stands. */
  readonly term: { readonly start: number; readonly end: number; readonly until: number }
  /** What is audited, cut to the term, not to `as of`. */
  readonly period: { readonly start: number; readonly end: number }
  /** Every backup of the component, those that do not count too, by start (else completion), then id. */
  readonly all: readonly Candidate[]
  /** Those that count, or may. */
  readonly made: readonly Candidate[]
  /** Where every creation is in the log, up to `as of`. */
  readonly creations: Intervals
  /** Where the creations' log begins, if it has a beginning, or the period just before it: a success is presumed there. */
  readonly logStart: number | undefined
  /** Where every deletion is told. */
  readonly deletions: Intervals
  /** Complete listings that tell of this component, by time. */
  readonly listings: readonly Listing[]
  /** Where the copy exists; from the end of its transfer on. Kept, worked out once. */
  exists(copy: Copy, backup: Backup): Known
  /** Where the backup can be restored: it exists, no verification failed so far, its chain is there too. `at`: only there. */
  restorable(index: number, at?: string): Known
  /** Whether it certainly can't be restored at `as of` itself, which what happened then tells. `at`: there. */
  isGone(index: number, at?: string): boolean
  /** Where it could be restored from a location if it were there. */
  upheld(index: number, at: string): Known
}
