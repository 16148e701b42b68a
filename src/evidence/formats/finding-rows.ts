import { formatUtc } from '../../time/stamp.ts'
import type { Cells, ConvertedRow, DocumentContext, LeftOut } from './format.ts'
import { row, text } from './values.ts'

export const NO_FINDING: LeftOut = { leftOut: 'vulnerability' }
export const NO_SCORE: LeftOut = { leftOut: 'score' }
export const NO_SCAN: LeftOut = { leftOut: 'scan' }
export const NO_VEX: LeftOut = { leftOut: 'vex' }
export const NO_EPSS: LeftOut = { leftOut: 'epss' }

/** What one source says under one version of CVSS; a label alone is a rating too. */
export interface Rating {
  readonly source?: string | undefined
  readonly cvss?: string | undefined
  readonly vector?: string | undefined
  /** Of CVSS, for numbers without a vector: `3.1`, or `3` where no more is said. */
  readonly cvss_version?: string | undefined
  readonly severity?: string | undefined
}

/** Where a finding is: what its scores, acceptances and statements repeat. */
export interface Place {
  readonly id: string
  readonly asset?: string | undefined
  readonly component?: string | undefined
}

/**
 * One rating stands in the finding's own row; several become score rows as of `time`. Without a time only the first
 * can be told. A label without a number stands in the row.
 */
export function rate(
  ratings: readonly Rating[],
  place: Place,
  time: string | undefined,
): { readonly cells: Readonly<Record<string, string | undefined>>; readonly scores: readonly ConvertedRow[] } {
  const numbers = ratings.flatMap(rating => numberIn(rating))
  const label = ratings.find(({ severity }) => (severity ?? '') !== '')?.severity
  const [first] = numbers
  if (first === undefined) return { cells: { severity: label }, scores: [] }
  if (numbers.length === 1 || (time ?? '') === '') {
    const { source, cvss, vector, cvss_version, severity = label } = first
    return {
      cells: { cvss, vector, cvss_version, score_source: source, severity },
      scores: numbers.slice(1).map(() => NO_SCORE),
    }
  }
  return { cells: { severity: label }, scores: numbers.map(number => row('score', { ...place, time, ...number })) }
}

/**
 * The rating if it has a number. A vector says itself of which version it is, and whether a 0 beside it is one: without
 * a vector that gives it, 0 is what tools write for none.
 */
export function numberIn(rating: Rating): readonly Rating[] {
  const none = Number(rating.cvss ?? '') === 0
  if ((rating.vector ?? '') === '') return none ? [] : [rating]
  return [{ ...rating, cvss: none ? undefined : rating.cvss, cvss_version: undefined }]
}

export interface Look {
  readonly scanner: string
  readonly asset: string
  readonly time: string
  readonly scope?: string | undefined
  readonly outcome: string
}

/** One look at an asset: its id is made of tool, asset and time, the same wherever the look is told again. */
export function scanRow({ scanner, asset, time, scope, outcome }: Look): Cells & { readonly id: string } {
  const id = `${scanner} ${asset} ${time}`
  return { ...row('scan', { time, asset, scanner, scope, outcome }), id }
}

/** The time that a file tells of itself, else the user's; without both a warning says how to give it. */
export function fileTime(told: string | undefined, context: DocumentContext): string | undefined {
  const time = (told ?? '').trim() === '' ? context.takenAt : told
  if (time === undefined) {
    context.warn(
      'no-scan-time',
      'the file does not say when it was made: what it shows belongs to no scan, and what is missing in it is no fix',
      'say when with --taken-at [GLOB=]INSTANT, such as --taken-at 2026-05-01T06:00:00Z',
    )
  }
  return time
}

/** A stamp that may be an epoch in ms, `''` for null. */
export function stampOf(value: unknown): string | undefined {
  return typeof value === 'number' && Number.isInteger(value) ? formatUtc(value) : text(value)
}

/** A number of CVSS or EPSS as text; undefined for null, blank and what is no number. */
export function numberOf(value: unknown): string | undefined {
  const told = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : ''
  return /^\d+(\.\d+)?$/.test(told) ? told : undefined
}

/** Text that says something: undefined for null, blank and what is no text. */
export function wordOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}

/** Who assigned a score, where Grype and NVD write an address or a number for it. */
export function sourceName(source: string | undefined): string | undefined {
  if (source === 'nvd@nist.gov') return 'nvd'
  return source === '134c704f-9b21-4f2e-91b3-4a467353bcc0' ? 'cisa-adp' : source?.toLowerCase()
}

/** Names other than the id, each once, as a cell. */
export function aliasCell(id: string, names: readonly (string | undefined)[]): string | undefined {
  const others = new Set(names.filter(name => name !== undefined && name.toUpperCase() !== id.toUpperCase()))
  return others.size === 0 ? undefined : [...others].join(' ')
}
