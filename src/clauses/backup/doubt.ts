import { contains, type Intervals, intersect } from '../../time/interval.ts'
import type { Known } from '../../time/known.ts'
import { formatInstant } from '../../time/stamp.ts'
import { copiesAt, momentText, type Reason } from './lost.ts'
import { isOwed } from './owed.ts'
import type { Candidate, Series } from './series.ts'

/** Why it is not known whether a backup could be restored in `undecided`, which it may have been owed for. */
export function whyUnknown(
  candidate: Candidate,
  owed: Known,
  undecided: Intervals,
  series: Series,
  location?: string,
): Reason {
  const { backup } = candidate
  if (isOwed(candidate, series) === 'maybe') return whyUncertain(candidate, series)
  const doubted = intersect(undecided, owed.sure)[0]
  if (doubted === undefined) {
    const missing = missingStamp(candidate)
    if (missing !== undefined) return missing
    return { reason: 'stamp-inexact', why: 'its stamps are known to the day only, and both readings differ' }
  }
  const copies = copiesAt(backup.copies, location)
  const at = doubted.start
  if (copies.some(copy => contains(series.exists(copy, backup).sure, at))) {
    return { reason: 'chain-unknown', why: 'it is there, but nothing tells whether all that it needs for a restore is' }
  }
  for (const { deleted } of copies) {
    if (deleted && deleted.earliest !== deleted.latest && deleted.latest >= at) {
      return { reason: 'stamp-inexact', why: `deleted ${momentText(deleted, series.zone)}, known to the day only` }
    }
  }
  return whyUnseen(candidate, at, series, location)
}

/** Why it is not known whether it counts at all, or whether a duty holds for it. */
export function whyUncertain(candidate: Candidate, { zone }: Series): Reason {
  const { backup, counts, started } = candidate
  if (backup.flaw !== undefined) return backup.flaw
  if (backup.status === undefined) return { reason: 'status-unknown', why: 'no status tells how it ended' }
  if (counts === 'maybe') return { reason: 'not-known-to-count', why: 'not known whether it is one that counts' }
  const missing = missingStamp(candidate)
  if (missing !== undefined) return missing
  const date = started ? ` on ${momentText(started, zone)}` : ''
  return { reason: 'stamp-inexact', why: `started${date}, where the term begins or ends` }
}

/** Which stamp is not told, if one is. */
export function missingStamp({ started, completed }: Candidate): Reason | undefined {
  if (started === undefined) return { reason: 'stamp-missing', why: 'no started_at tells when it started' }
  if (completed === undefined) return { reason: 'stamp-missing', why: 'no completed_at tells when it was complete' }
  return undefined
}

/** No deletion told, no listing: what was known last, and what comes next. */
export function whyUnseen({ backup }: Candidate, at: number, series: Series, location?: string): Reason {
  let seen: number | undefined
  let lacks: number | undefined
  for (const copy of copiesAt(backup.copies, location)) {
    for (const { there, first, last } of copy.listed) {
      if (there && last.earliest <= at) seen = Math.max(seen ?? last.earliest, last.earliest)
      if (!there && first.latest >= at) lacks = Math.min(lacks ?? first.latest, first.latest)
    }
  }
  const { zone } = series
  const last = seen === undefined ? 'not listed since it was made' : `last listed ${formatInstant(zone, seen)}`
  if (lacks !== undefined) {
    return { reason: 'between-listings', why: `${last}, no longer listed ${formatInstant(zone, lacks)}` }
  }
  const from = formatInstant(zone, at)
  return { reason: 'deletions-unknown', why: `${last}, and no log tells of deletions from ${from} on` }
}
