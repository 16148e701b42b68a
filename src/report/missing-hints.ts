import type { Finding } from '../model/finding.ts'
import { missingType } from './fix-facts.ts'
import type { Overview } from './overview.ts'

/** What to do about evidence that was not supplied: each hint holds when it is followed. */
export function missingHints(overviews: readonly Overview[]): readonly string[] {
  const missing = (kinds: (kind: string) => boolean): readonly Finding[] =>
    overviews.flatMap(overview => (kinds(overview.clause.kind) ? (overview.missing ?? []) : []))
  const typeOf = (findings: readonly Finding[]): string => findings.flatMap(one => missingType(one) ?? [])[0] ?? 'TYPE'
  const happenings = missing(kind => !ACTS.has(kind) && kind !== 'recovery')
  const acts = missing(kind => ACTS.has(kind))
  const idle = overviews.some(({ clause, missing: none, worst }) => {
    const isCase = worst?.reason === 'not-exercised' || none?.details?.missing === 'incident'
    return clause.kind === 'recovery' && isCase
  })
  return [
    ...(happenings.length > 0
      ? [`Nothing to report? Say so: --assume-complete ${typeOf(happenings)}, or a coverage record.`]
      : []),
    // Of what has to be done a log that holds nothing is no good news.
    ...(acts.length > 0
      ? [`Nothing done? --assume-complete ${typeOf(acts)} says so; what was due is then counted as not done.`]
      : []),
    ...(idle ? ['RTO and RPO show in incidents and in restores in earnest: without one they stay unverified.'] : []),
  ]
}

/** Kinds that promise acts which leave records. */
const ACTS: ReadonlySet<string> = new Set(['backup', 'control'])
