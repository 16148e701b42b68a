import type { Finding } from '../../model/finding.ts'
import type { ClauseReport } from '../../model/report.ts'

/** How severe a vulnerability is, as GitHub sorts by: its score, else the floor of its band; no other kind has one. */
export function severityOf({ kind }: ClauseReport, { details }: Finding): string | undefined {
  if (kind !== 'vulnerability') return undefined
  const score = String(details?.score ?? '')
  if (/^\d+(\.\d+)?$/.test(score) && Number(score) > 0 && Number(score) <= 10) return Number(score).toFixed(1)
  return FLOORS[String(details?.band ?? '').toLowerCase()]
}

/** The most severe of them. */
export function highest(severities: Iterable<string | undefined>): string | undefined {
  let top: string | undefined
  for (const one of severities) if (one !== undefined && (top === undefined || Number(one) > Number(top))) top = one
  return top
}

// The qualitative scale of CVSS v3 and v4.
const FLOORS: Readonly<Partial<Record<string, string>>> = {
  critical: '9.0',
  high: '7.0',
  medium: '4.0',
  moderate: '4.0',
  low: '0.1',
}
