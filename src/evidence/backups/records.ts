import type { Origin } from '../../model/finding.ts'
import type { Moment } from '../../model/interval.ts'
import type { Happened, Row } from '../records.ts'

/** How a run ended. A failed run leaves nothing behind; a partial one and one with warnings leave an artefact. */
export const BACKUP_STATUSES = ['success', 'warning', 'partial', 'failed', 'running'] as const
export type BackupStatus = (typeof BACKUP_STATUSES)[number]

/**
 * One place where a backup is, or was. Several ids of one backup at one place (a retagged snapshot) are one copy: it is
 * there while any of them is.
 */
export interface Copy {
  /** `''`: no row names it. */
  readonly location: string
  /** Undefined: not known. `country` is an ISO 3166 code in upper case. */
  readonly provider?: string
  readonly region?: string
  readonly country?: string
  /** Where the backup itself was written, not transferred later. */
  readonly primary: boolean
  /** When its transfer, or the run, began. */
  readonly begun: Happened
  /** From when on it is there. `null`: not complete by `as of`. Undefined: not known, a listing shows it first. */
  readonly made: Happened
  /** What listings say, in time order, neighbours of the same kind folded into one. Only complete ones tell of absence. */
  readonly listed: readonly Listed[]
  /** `null`: a row says it is not deleted by `as of`. Undefined: no row tells of its deletion. */
  readonly deleted: Happened
  readonly deletedBy?: Origin
  /** Deletions, by time, that may be of another component's backup with the same id. */
  readonly maybeDeleted?: readonly Moment[]
  /** As configured: shown, never a proof. */
  readonly expires?: Moment
  readonly origin: Origin
}

/** Listings one after the other that all show a copy, or that all lack it. */
export interface Listed {
  readonly there: boolean
  readonly first: Moment
  readonly last: Moment
  /** Rows: of `there` the one in the first and in the last listing; else a row of the first listing without it. */
  readonly origins: readonly Origin[]
}

/** A check of a backup, or a restore from it, by its outcome. */
export interface Verification {
  readonly at: Moment
  /** Undefined: not known. */
  readonly passed: boolean | undefined
  /** Absent: at every location. */
  readonly location?: string
  readonly origin: Origin
}

/** One backup with all that is told of it up to `as of`. */
export interface Backup {
  /** Of the first row; of several that are one by `original`, the original's. Rows without one: `COMPONENT@START`. */
  readonly id: string
  /** `''`: none is named, and clauses do not name just one; `all`: counts for each. */
  readonly component: string
  /** `''`: none is named. */
  readonly service: string
  /** The state it certainly contains is that of its start. Undefined: not known. */
  readonly started: Happened
  /** `null`: still running at `as of`. */
  readonly completed: Happened
  /** Undefined: not known. Of a backup that only listings show, without a status: `success`. */
  readonly status: BackupStatus | undefined
  /** Lower case: `full`, `incremental`, `differential` or another word. */
  readonly kind?: string
  /** The backup it can't be restored without. `null`: none. Undefined: not told. `index` is its place in the list. */
  readonly parent: { readonly id: string; readonly index?: number } | null | undefined
  /** The primary one first, then by time. At least one, unless it failed, still runs, or nothing tells of it there. */
  readonly copies: readonly Copy[]
  /** By time. */
  readonly verifications: readonly Verification[]
  /** The first row that tells of it, and all that do (of many listings the first and the last). */
  readonly origin: Origin
  readonly rows: readonly Origin[]
  /** Whether a row of a log tells of it, not only listings. */
  readonly logged: boolean
  /** Cells of the columns that the clauses' row filters name. */
  readonly attributes: Readonly<Record<string, string>>
  /** Why nothing certain can be said of it. */
  readonly flaw?: {
    readonly reason: 'contradictory' | 'bad-row'
    readonly why: string
    readonly origins: readonly Origin[]
  }
}

/** All rows of one `taken_at` and location of one file. */
export interface Listing {
  readonly at: Moment
  readonly location: string
  /** The components it names; a complete listing proves absence only for these. `all` or none named: for all. */
  readonly components: ReadonlySet<string>
  readonly everyComponent: boolean
  /** Undefined: not known. */
  readonly complete: boolean | undefined
  /** Of several places that no row names: the number of the one it is of. */
  readonly place?: number
  readonly backups: number
  readonly origin: Origin
}

export interface Backups {
  /** By start (else completion, else first listing), then id. */
  readonly list: readonly Backup[]
  /** By time. */
  readonly listings: readonly Listing[]
  /** By component, where its first row in a log (not a listing) starts; epoch ms. `all` counts for each. */
  readonly loggedFrom: ReadonlyMap<string, number>
  /** Least and greatest stamp of all rows, epoch ms. */
  readonly first?: number
  readonly last?: number
}

/** A restore, for a test or in earnest. */
export interface Restore extends Row {
  readonly id?: string
  /** The incident it belongs to; `null`: none. */
  readonly incident: string | null | undefined
  readonly component: string
  /** Id of the backup restored from. */
  readonly backup: string | null | undefined
  readonly purpose: 'test' | 'real' | undefined
  readonly scope: string | null | undefined
  readonly source: 'backup' | 'live' | undefined
  readonly passed: boolean | undefined
  readonly requested: Happened
  readonly started: Happened
  /** `null`: still going on at `as of`. */
  readonly completed: Happened
  readonly recoveredTo: Happened
  readonly failure: Happened
}

/** A look at how far a point-in-time recovery would have reached. */
export interface RecoveryPoint extends Row {
  readonly at: Moment
  readonly recoverableTo: Moment
  readonly component: string
}

export interface Incident extends Row {
  readonly id: string
  readonly kind?: string
  readonly severity?: string
  readonly affects?: string
  readonly scope?: string
  readonly occurred: Happened
  readonly detected: Happened
  readonly suspected: Happened
  readonly declared: Happened
  readonly aware: Happened
  readonly classified: Happened
  readonly confirmed: Happened
  readonly dismissed: Happened
  readonly fixAvailable: Happened
  readonly recovered: Happened
  readonly resolved: Happened
}

/** One performance of a recurring control, or one attestation. */
export interface ControlRecord extends Row {
  readonly control: string
  /** `null`: planned, not performed by `as of`. */
  readonly performed: Happened
  /** `''`: none is named. */
  readonly subject: string
  readonly passed: boolean | undefined
  /** The last instant it is valid, epoch ms (of a date its end). `null`: no end is stated. */
  readonly validUntil: number | null | undefined
  readonly value?: string
}
