import type { Backup, Copy } from '../../evidence/backups/records.ts'
import { type Intervals, union } from '../../time/interval.ts'
import type { Known } from '../../time/known.ts'
import { LONG_AGO } from './existence.ts'
import { withinDay } from './make-series.ts'
import type { BackupRules } from './rules.ts'
import type { Candidate, Series } from './series.ts'

/**
 * Whether a run left something behind that the clause is about, whatever it is good for: a failed run leaves nothing, a
 * partial one does, of one without a status only a listing that shows it tells.
 */
export function artefactOf(
  { backup, counts, completed }: Candidate,
  { accept, only }: BackupRules,
): 'yes' | 'maybe' | 'none' {
  const { status, kind, copies, flaw } = backup
  if (flaw !== undefined) return 'maybe'
  if (status === 'failed' || completed === null || copies.length === 0) return 'none'
  if (status === undefined) return copies.some(({ listed }) => listed.some(({ there }) => there)) ? 'yes' : 'maybe'
  // All else that could leave open whether it counts is known: it is the row filter that can't be decided.
  const filtered = counts === 'maybe' && accept.has(status) && (only === 'any' || kind !== undefined)
  return filtered ? 'maybe' : 'yes'
}

/** Where a copy exists. The end of its transfer tells that it was there then, whatever is known of after. */
export function thereFrom(copy: Copy, backup: Backup, series: Series): Known {
  const { sure, possible } = series.exists(copy, backup)
  const end = transferEnd(copy)
  if (end === undefined) return { sure, possible }
  const instant = [{ start: end, end: end + 1 }]
  return { sure: union(sure, instant), possible: union(possible, instant) }
}

/** Where anything of it may be whose rows leave that open. */
export function mayBe({ started, copies, flaw }: Backup, series: Series): Intervals {
  return flaw === undefined || copies.length > 0
    ? []
    : [{ start: started?.earliest ?? Math.max(series.period.start, LONG_AGO), end: series.asOf }]
}

/** By when a transfer had ended, whatever is known of the copy after. */
export function transferEnd({ made, deleted }: Copy): number | undefined {
  const end = withinDay(made ?? undefined)
  return end === undefined || (deleted && deleted.latest < end.earliest) ? undefined : end.latest
}

/** Whether the last that is told of each copy, up to `as of` itself, is that it is gone. */
export function isGoneAt(copies: readonly Copy[], asOf: number): boolean {
  const isGone = ({ deleted, listed }: Copy): boolean => {
    const last = listed.at(-1)
    if (last?.there === true && (!deleted || last.last.earliest > deleted.latest)) return false
    return (deleted != null && deleted.latest <= asOf) || (last?.there === false && last.first.latest <= asOf)
  }
  return copies.length > 0 && copies.every(isGone)
}
