import type { Backup } from '../../evidence/backups/records.ts'
import type { Interval } from '../../model/interval.ts'
import { dateText } from '../../time/civil.ts'
import { addDuration, type Duration } from '../../time/duration.ts'
import { localDay } from '../../time/local.ts'
import type { Zone } from '../../time/zone.ts'
import type { Candidate, Series } from './series.ts'

/** The least and the greatest instant that something can have happened at; infinite where nothing bounds it. */
export interface Bounds {
  readonly lo: number
  readonly hi: number
}

/** When it started; a run starts before it completes, whatever is known of either. */
export function startOf(candidate: Candidate): Bounds {
  const { started } = candidate
  if (started !== undefined) return { lo: started.earliest, hi: started.latest }
  return { lo: Number.NEGATIVE_INFINITY, hi: completionOf(candidate)?.hi ?? Number.POSITIVE_INFINITY }
}

/** When it was complete; `undefined` while it still runs. Where no stamp tells, the latest is when it was first seen. */
export function completionOf({ backup, started, completed }: Candidate): Bounds | undefined {
  if (completed === null) return undefined
  const lo = started?.earliest ?? Number.NEGATIVE_INFINITY
  if (completed !== undefined) return { lo: Math.max(completed.earliest, lo), hi: completed.latest }
  return { lo, hi: firstSeen(backup) }
}

/** `at` plus a duration; infinite instants stay. */
export function after(zone: Zone, at: number, amount: Duration): number {
  return Number.isFinite(at) ? addDuration(zone, at, amount) : at
}

/** Whether it started inside the term. */
export function inTerm({ lo, hi }: Bounds, { term, asOf }: Series): 'yes' | 'maybe' | 'no' {
  const last = Math.min(term.until - 1, asOf)
  if (hi < term.start || lo > last) return 'no'
  return lo >= term.start && hi <= last ? 'yes' : 'maybe'
}

/** Whether `[start, end)` meets the audited period; an empty one does where it lies inside. */
export function meets({ start, end }: Interval, { period }: Series): boolean {
  return start < period.end && Math.max(end, start + 1) > period.start
}

/** Where a backup stands in time, for its label and its order: its start, else the first that is known of it; without any stamp where the period begins. */
export function placeOf(candidate: Candidate, { period }: Pick<Series, 'period'>): number {
  const { started, completed, backup } = candidate
  const seen = firstSeen(backup)
  return started?.earliest ?? completed?.earliest ?? (Number.isFinite(seen) ? seen : Math.max(period.start, 0))
}

/** The local date of an instant: `2026-05-03`. */
export function dateOf(zone: Zone, at: number): string {
  return dateText(localDay(zone, at))
}

/** When it was there at the latest: copied, listed, or deleted. */
function firstSeen({ copies }: Backup): number {
  let seen = Number.POSITIVE_INFINITY
  for (const { made, listed, deleted } of copies) {
    if (made) seen = Math.min(seen, made.latest)
    const shown = listed.find(({ there }) => there)
    if (shown !== undefined) seen = Math.min(seen, shown.first.latest)
    if (deleted) seen = Math.min(seen, deleted.latest)
  }
  return seen
}
