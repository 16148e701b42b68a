import type { Backup, Copy } from '../../evidence/backups/records.ts'
import type { Happened } from '../../evidence/records.ts'
import type { Interval } from '../../model/interval.ts'
import { clip, contains, covers, type Intervals, union } from '../../time/interval.ts'
import { anyOf, doubtful, type Known, uncovered } from '../../time/known.ts'
import { transferEnd } from './artefact.ts'
import { type Bounds, inTerm, startOf } from './bounds.ts'
import { LONG_AGO } from './existence.ts'
import { copiesAt } from './lost.ts'
import type { Candidate, Series } from './series.ts'

/** What has come of a duty by `as of`. */
export interface Judged {
  readonly status: 'met' | 'breached' | 'pending' | 'unverified'
  readonly breached: Intervals
  readonly undecided: Intervals
}

/**
 * Owed time under a three-valued cover, inside the term: pending while some of it may lie ahead and none is lost.
 * `isGone`: whether nothing covers `as of` itself, though no time has passed without it.
 */
export function judgeOwed(owed: Known, cover: Known, series: Series, isGone?: () => boolean): Judged {
  const { term, asOf, period } = series
  // What nothing bounds is not shown from before the period.
  const unbounded = (owed.possible[0]?.start ?? 0) <= LONG_AGO
  const upTo = { start: unbounded ? Math.max(period.start, LONG_AGO) : Number.NEGATIVE_INFINITY, end: term.end }
  const known = { sure: clip(owed.sure, upTo), possible: clip(owed.possible, upTo) }
  const { breached, undecided } = uncovered(known, cover)
  if (breached.length > 0) return { status: 'breached', breached, undecided }
  const ahead = term.until > asOf && (owed.possible.at(-1)?.end ?? asOf) > asOf
  if (ahead && contains(owed.sure, asOf) && isGone?.() === true) {
    return { status: 'breached', breached: [{ start: asOf, end: asOf + 1 }], undecided }
  }
  if (ahead) return { status: 'pending', breached, undecided }
  return { status: undecided.length > 0 ? 'unverified' : 'met', breached, undecided }
}

/** What may be over long since, but has no end that anything bounds, is not pending: it is not known. */
export function unlessOver(judged: Judged, { lo, hi }: Bounds, { asOf }: Series): Judged {
  const open = judged.status === 'pending' && judged.undecided.length > 0 && lo <= asOf && !Number.isFinite(hi)
  return open ? { ...judged, status: 'unverified' } : judged
}

/** `[from, to)` as owed time: of an end known within bounds the least is owed for certain. */
export function owedBetween(from: Bounds, to: Bounds, certain: boolean): Known {
  const start = Number.isFinite(from.lo) ? from.lo : Number.isFinite(from.hi) ? from.hi : LONG_AGO
  return {
    sure: certain && Number.isFinite(from.hi) ? stretch(from.hi, to.lo) : [],
    possible: stretch(start, to.hi),
  }
}

/** Whether a duty to keep it holds: it counts, and it started inside the term. */
export function isOwed(candidate: Candidate, series: Series): 'yes' | 'maybe' | 'no' {
  const term = inTerm(startOf(candidate), series)
  if (candidate.counts === 'no' || term === 'no') return 'no'
  return candidate.counts === 'yes' && term === 'yes' && candidate.backup.flaw === undefined ? 'yes' : 'maybe'
}

/**
 * Where a candidate can be restored. What was complete once and is listed later was there all the while, unless a
 * listing lacked it in between, also where only the log or only the listings name its place. What another copy shows
 * tells nothing of the place it came from.
 */
export function heldOf({ index, backup }: Candidate, completed: Bounds, series: Series, at?: string): Known {
  const known = series.restorable(index, at)
  const first = known.sure[0]
  const last = known.sure.at(-1)
  if (at !== undefined || first === undefined || last === undefined) return known
  if (first.start <= completed.hi && known.sure.length === 1) return known
  const { copies } = backup
  if (copies.filter(({ location }) => location !== '').length > 1) return known
  if (copies.some(({ primary, made, begun }) => !primary && (made !== undefined || begun !== undefined))) return known
  if (isChained(backup) || copies.some(({ listed }) => listed.some(({ there }) => !there))) return known
  const bridge = clip(known.possible, { start: completed.hi, end: last.end })
  return { sure: bridge.length === 1 && bridge[0]?.end === last.end ? bridge : known.sure, possible: known.possible }
}

/**
 * The cover of what is owed from the moment on that it was there: however exactly that is known, nothing lacks before
 * where it is certainly there by the end of it.
 */
function coverSince({ sure, possible }: Known, { lo, hi }: Bounds): Known {
  const exact = !(lo < hi) || !Number.isFinite(lo) || !contains(sure, hi) || !covers(possible, { start: lo, end: hi })
  return exact ? { sure, possible } : { sure: union(sure, [{ start: lo, end: hi }]), possible }
}

/** Where a candidate can be restored from its completion on. */
export function heldSince(candidate: Candidate, completed: Bounds, series: Series): Known {
  const held = heldOf(candidate, completed, series)
  const { backup } = candidate
  // Where it was transferred to it is not from its own completion on; what only listings show of one place is the run's.
  const isOnly = backup.copies.length === 1
  const isOwn = ({ primary, made, begun }: Copy): boolean =>
    primary ||
    (made === undefined && (begun === undefined || (isOnly && isSame(begun, backup.started)))) ||
    isSame(made, backup.completed)
  const own = backup.copies.filter(isOwn)
  const isHeld = (copy: Copy): boolean =>
    contains(series.exists(copy, backup).sure, completed.hi) &&
    contains(series.restorable(candidate.index, copy.location).sure, completed.hi)
  if (own.some(isHeld)) return coverSince(held, completed)
  // What a listing shows at `as of` itself takes no time yet, and was there since its completion all the same.
  const stretch = { start: completed.lo, end: completed.hi }
  const isShown = ({ listed }: Copy): boolean =>
    listed.every(({ there }) => there) && (listed.at(-1)?.last.earliest ?? LONG_AGO) >= completed.hi
  const isWhole =
    completed.hi >= series.asOf && !isChained(backup) && own.some(isShown) && covers(held.possible, stretch)
  return isWhole ? { ...held, sure: union(held.sure, [stretch]) } : held
}

/**
 * From when on it is owed, and where it can be restored from then on: from its completion, or, where one location is
 * named, from its first being there. Never there by `end`: owed there from its completion on.
 */
export function heldFrom(
  candidate: Candidate,
  completed: Bounds,
  end: Bounds,
  series: Series,
  at: string | undefined,
): { readonly from: Bounds; readonly cover: Known } {
  if (at === undefined) return { from: completed, cover: heldSince(candidate, completed, series) }
  const { backup, index } = candidate
  const arrived = arrivalAt(at, candidate, series)
  const isNever = arrived === undefined || arrived.lo >= Math.min(end.hi, series.term.until)
  const from = isNever ? completed : { lo: Math.max(completed.lo, arrived.lo), hi: Math.max(completed.hi, arrived.hi) }
  const held = series.restorable(index, at)
  // It may have come when it need not be kept any more, and never was there in time.
  const isLate = !isNever && from.hi > completed.hi && from.hi >= Math.min(end.lo, series.term.until)
  if (isLate) return { from: { lo: completed.lo, hi: from.hi }, cover: held }
  const lacked = copiesAt(backup.copies, at).some(({ listed }) => listed.some(({ there }) => !there))
  return { from, cover: lacked ? held : coverSince(held, from) }
}

/** When a backup first is at a location, at the earliest and at the latest; undefined: never. */
function arrivalAt(at: string, { backup }: Candidate, series: Series): Bounds | undefined {
  const here = copiesAt(backup.copies, at)
  const unplaced = copiesAt(backup.copies, '').map(copy => doubtful(series.exists(copy, backup)))
  const { sure, possible } = anyOf([...here.map(copy => series.exists(copy, backup)), ...unplaced])
  const ended = Math.min(...here.map(copy => transferEnd(copy) ?? Number.POSITIVE_INFINITY))
  const lo = Math.min(possible[0]?.start ?? ended, ended)
  if (lo === Number.POSITIVE_INFINITY) return undefined
  // Where nothing shows it for certain it may have come with any of the stretches.
  const known = ended < Number.POSITIVE_INFINITY ? ended : (possible.at(-1)?.start ?? lo)
  return { lo, hi: sure[0]?.start ?? known }
}

/** Whether it may need another backup. */
function isChained({ parent, kind = 'full' }: Backup): boolean {
  return parent !== null && (parent !== undefined || kind !== 'full')
}

function isSame(a: Happened, b: Happened): boolean {
  return a != null && b != null && a.earliest === b.earliest && a.latest === b.latest
}

/** The end of the stretch that an instant lies in or that ends at it; the instant itself where there is none. */
export function heldUntil(list: Intervals, at: number): number {
  let end = at
  for (const stretch of list) if (stretch.start < at && stretch.end >= at) end = stretch.end
  return end
}

function stretch(start: number, end: number): readonly Interval[] {
  return start < end ? [{ start, end }] : []
}
