import type { Origin } from '../../model/finding.ts'
import type { Moment } from '../../model/interval.ts'
import type { Happened } from '../records.ts'

/** Versions of CVSS as their documents name them, newest first. */
export const CVSS_VERSIONS = ['4.0', '3.1', '3.0', '2.0'] as const
export type CvssVersion = (typeof CVSS_VERSIONS)[number]

/** How bad a vulnerability is, as one source says from one time on. */
export interface Score {
  /** When the source said so; undefined: with the row of the finding itself, which gives no time for it. */
  readonly at?: Moment
  /** `nvd`, `ghsa`, `redhat` …; `''`: no source is named. */
  readonly source: string
  readonly version?: CvssVersion
  /** Decimal text, 0 to 10, as stated or else as the vector comes to. Absent: only a label is known. */
  readonly value?: string
  /** Whether `value` comes from the vector. */
  readonly computed?: true
  readonly vector?: string
  /** The word for it: `High`. */
  readonly label?: string
  readonly origin: Origin
}

/** Someone accepted the risk from `from` on until before `until` (epoch ms); `until` infinity: no end is stated. */
export interface Acceptance {
  readonly from: Moment
  readonly until: number
  readonly approver?: string
  readonly origin: Origin
}

export const VEX_STATUSES = ['not_affected', 'affected', 'fixed', 'under_investigation'] as const

/** What the maker says of the product. */
export interface VexStatement {
  readonly at: Moment
  readonly status: (typeof VEX_STATUSES)[number]
  readonly justification?: string
  readonly origin: Origin
}

/** An entry of a catalogue of vulnerabilities known to be exploited; `due` is the last instant in time, epoch ms. */
export interface KnownExploited {
  readonly added: Happened
  readonly due: number
  /** Name or version of the catalogue. */
  readonly catalogue?: string
  readonly origin: Origin
}

/** The probability of exploitation (0 to 1, decimal text) as published at a time. */
export interface EpssScore {
  readonly at: Moment
  readonly value: string
  readonly origin: Origin
}

/** One look at an asset. Only a scan that succeeded proves that what it doesn't show is gone. */
export interface Scan {
  readonly id: string
  readonly at: Moment
  readonly asset: string
  readonly scanner: string
  readonly scope: string
  /** Undefined: not known. */
  readonly succeeded: boolean | undefined
  readonly origin: Origin
}

/**
 * One vulnerability on one asset from its detection to its fix. Told by a row, `fixed` is as stated; told by scans it
 * lies after the last scan with it (`earliest` = that scan + 1 ms) and at the latest at the first one without it.
 */
export interface Life {
  /** From 1 on; lives of one vulnerability do not overlap. */
  readonly number: number
  /** The first row that tells of it. */
  readonly origin: Origin
  /** Rows that tell of it; of many scans the first and the last with it, and the first without it. */
  readonly rows: readonly Origin[]
  readonly detected: Happened
  readonly evaluated: Happened
  readonly mitigated: Happened
  /** `null`: not fixed by `as of`. `undefined`: not known whether or when. */
  readonly fixed: Happened
  /** How `fixed` is known. */
  readonly fixedBy: 'row' | 'scan' | 'reopening'
  /** Why `fixed` is not known, where it isn't: a column is absent, no scan since, a scan says not whether it succeeded. */
  readonly fixUnknown?: string
  /** The last scan with it and the first without it, where scans tell. */
  readonly lastSeen?: Scan
  readonly goneIn?: Scan
  /** A scanner or tracker shows it as suppressed, dismissed or ignored: that is no fix. */
  readonly suppressed?: { readonly at: Moment; readonly why: string; readonly origin: Origin }
  /** Scores by time, those without one first. */
  readonly scores: readonly Score[]
  /** Cells of the columns that the clauses' row filters name; `?` where rows of the life differ. */
  readonly attributes: Readonly<Record<string, string>>
  /** Why nothing certain can be said of it. */
  readonly flaw?: VulnerabilityFlaw
}

export interface VulnerabilityFlaw {
  readonly reason: 'contradictory' | 'bad-row' | 'unknown-scan'
  readonly why: string
  readonly origins: readonly Origin[]
}

/**
 * One vulnerability on one asset (service × asset × component × canonical id) with all that is said of it. Dates of
 * patches and publication are the earliest that any row tells; statements are by time, none after `as of`.
 */
export interface Vulnerability {
  /** CVE where an alias is one, else GHSA, else as the row names it. */
  readonly id: string
  readonly aliases: readonly string[]
  /** `''`: none is named. */
  readonly asset: string
  /** Package without version, `''`: none is named. */
  readonly component: string
  /** `''`: no row names one. */
  readonly service: string
  readonly published: Happened
  readonly vendorPatch: Happened
  readonly internalPatch: Happened
  readonly withdrawn: Happened
  readonly acceptances: readonly Acceptance[]
  readonly vex: readonly VexStatement[]
  readonly exploited: readonly KnownExploited[]
  readonly epss: readonly EpssScore[]
  /** In time order, at least one. */
  readonly lives: readonly Life[]
}

/** All vulnerabilities, by first detection, then id, asset, component. `vulnerability` makes the record anew at each call. */
export interface Vulnerabilities {
  readonly count: number
  vulnerability(index: number): Vulnerability
  readonly scans: readonly Scan[]
  /** Least and greatest stamp of rows and scans, epoch ms. */
  readonly first?: number
  readonly last?: number
}
