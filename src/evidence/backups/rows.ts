import type { Origin } from '../../model/finding.ts'
import type { Moment } from '../../model/interval.ts'
import type { Happened } from '../records.ts'
import type { BackupStatus } from './records.ts'

/** Where a row says that something is; `''` for what it does not say. Equal ones are one object. */
export interface Place {
  readonly location: string
  readonly provider: string
  readonly region: string
  readonly country: string
}

/** An id that rows of listings show at a place. */
export interface Spot {
  readonly id: string
  /** `''`: those rows name none. */
  readonly component: string
  readonly place: Place
}

/** A row of a log of backups, or what rows of listings say of one in the same words. */
export interface BackupRow {
  /** `''`: none. */
  readonly id: string
  /** What it is called without an id. */
  readonly label: string
  readonly component: string
  readonly service: string
  readonly place: Place
  readonly original: string
  readonly started: Moment | undefined
  readonly completed: Happened
  readonly status: BackupStatus | undefined
  readonly kind: string
  readonly parent: string | null | undefined
  readonly expires: Moment | undefined
  readonly deleted: Happened
  /** Of a row of a listing: what it was listed with, such as its host and paths; `''`: nothing is said of that. */
  readonly scope: string
  /** A number of `attributes(…)`. */
  readonly attributes: number
  /** Hash of all cells, stamps by what they mean. */
  readonly cells: number
  readonly origin: Origin
  /** Something is wrong with it: it says nothing for certain. */
  readonly bad: boolean
}

/** A transfer of a backup to another place. */
export interface CopyRow {
  readonly backup: string
  /** Of the copy itself; `''`: none. */
  readonly id: string
  /** As it is written; `''`: none. */
  readonly component: string
  readonly service: string
  readonly place: Place
  readonly begun: Happened
  readonly made: Happened
  readonly status: BackupStatus | undefined
  readonly expires: Moment | undefined
  readonly deleted: Happened
  readonly attributes: number
  readonly origin: Origin
}

export interface DeletionRow {
  readonly backup: string
  /** As it is written; `''`: none. */
  readonly component: string
  /** `''`: everywhere. */
  readonly location: string
  readonly at: Moment
  readonly origin: Origin
}

export interface VerificationRow {
  readonly backup: string
  /** As it is written; `''`: none. */
  readonly component: string
  /** `''`: everywhere. */
  readonly location: string
  readonly at: Moment
  readonly passed: boolean | undefined
  readonly origin: Origin
}

/** The listing that a row is of. */
export interface ListingRow {
  readonly at: Moment
  readonly location: string
  /** Of the row, as it is written; `''`: none. */
  readonly component: string
  /** What it shows all of, such as a host and paths; `''`: of all there is. */
  readonly scope: string
  readonly complete: boolean | undefined
  /** It names no backup: there is none. */
  readonly empty: boolean
  readonly origin: Origin
}
