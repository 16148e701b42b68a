import type { Finding } from '../model/finding.ts'

/** Whether a finding is about one vulnerability on one asset. */
export function isFix({ details }: Finding): boolean {
  return typeof details?.id === 'string'
}

/** What a band owes, as one word: its fix, or the mitigation until there is one. */
export function dutyWord({ promise }: Finding): string {
  return promise?.endsWith('-mitigate') === true ? 'mitigate' : 'fix'
}

/** `critical (9.8 from nvd)`, the band with what put it there; undefined where there is none. */
export function bandText(finding: Finding): string | undefined {
  const { details } = finding
  if (!isFix(finding) || typeof details?.band !== 'string') return undefined
  const score = scoreText(finding, false)
  return score === undefined ? details.band : `${details.band} (${score})`
}

/** `9.8 from nvd, CVSS 3.1`; a label in quotes, `"High" from trivy`; undefined where nothing rates it. */
export function scoreText({ details }: Finding, version = true): string | undefined {
  const score = details?.score
  if (score === undefined) return undefined
  const text = /^\d/.test(String(score)) ? String(score) : `"${score}"`
  const source = details?.score_source === undefined ? '' : ` from ${details.score_source}`
  return `${text}${source}${version && details?.cvss_version !== undefined ? `, CVSS ${details.cvss_version}` : ''}`
}

/** `fix ≤ 3 days from fix-available`, the amount as the contract writes it. */
export function fixPromise(finding: Finding): string | undefined {
  const { details } = finding
  if (!isFix(finding) || typeof details?.amount !== 'string') return undefined
  return `${dutyWord(finding)} ≤ ${details.amount}${details.from === undefined ? '' : ` from ${details.from}`}`
}

/** Whether a note only repeats the score that the heading shows. */
export function isSaid(note: string, finding: Finding): boolean {
  const { details } = finding
  return isFix(finding) && note === `score ${details?.score} from ${details?.score_source ?? 'scanner'}`
}

/** Whether there never was anything to fix: then its clock is none. */
export function isVoid(finding: Pick<Finding, 'status' | 'reason'>): boolean {
  const { status, reason } = finding
  return status === 'not-applicable' && (reason === 'withdrawn' || reason === 'not-affected')
}

/** The record type that would settle a finding on a vulnerability for want of it. */
export function missingType(finding: Finding): string | undefined {
  const { details, notes } = finding
  if (!isFix(finding)) return typeof details?.missing === 'string' ? details.missing : undefined
  return notes.flatMap(note => /\b(known-exploited|epss) records/.exec(note)?.[1] ?? [])[0]
}

/** When a clock of a fix stopped, with the word for it; not known where that was before it started. */
export function fixStop(finding: Finding): readonly [word: string, at: number] | undefined {
  const { reason, start, window, bounds, status } = finding
  const word = STOPS[reason]
  if (word === undefined || status === 'unverified' || start === undefined || window.end <= start) return undefined
  // Of a fix between two scans only the latest instant is certain.
  return [bounds === undefined ? word : `${word} by`, window.end]
}

const STOPS: Readonly<Partial<Record<string, string>>> = {
  fixed: 'fixed',
  'fixed-late': 'fixed',
  mitigated: 'mitigated',
  'mitigated-late': 'mitigated',
}
