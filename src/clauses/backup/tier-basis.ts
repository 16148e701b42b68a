import type { Duration } from '../../time/duration.ts'
import { anyOf, bothOf, doubtful } from '../../time/known.ts'
import { after, type Bounds, completionOf, startOf } from './bounds.ts'
import { whyUncertain, whyUnknown } from './doubt.ts'
import type { Item } from './items.ts'
import { type Reason, whyLost } from './lost.ts'
import { heldOf, heldSince, heldUntil, type Judged, judgeOwed, owedBetween } from './owed.ts'
import type { Tier } from './rules.ts'
import type { Candidate, Series } from './series.ts'
import { type UnitSpan, unitStart } from './units.ts'

/** A unit with the backups that started in it, in time order; `maybe`: if it counts, or if it is of this unit at all. */
export interface UnitBackups {
  readonly span: UnitSpan
  readonly backups: readonly { readonly candidate: Candidate; readonly counts: 'yes' | 'maybe' }[]
}

/** Basis `age`: one backup of the unit is held until it is `keep` units old. */
export function heldByAge(unit: UnitBackups, tier: Tier, series: Series, doubted: boolean): Item {
  const { span, backups } = unit
  const judged = backups.map(backup => judgeAge(backup, tier, series))
  const certain = judged.filter(({ counts }) => counts === 'yes')
  const held = certain.filter(({ status }) => status === 'met')
  const running = span.end > series.asOf && series.term.until > series.asOf
  const best = held.length > 0 ? longestOf(held) : bestOf(judged)
  const status = statusOf()
  const decided = status === 'met' ? kept() : status === 'breached' ? lost() : series.asOf
  const start = Number.isFinite(best.start.lo) ? best.start.lo : best.start.hi
  const reached = best.breached[0]?.start ?? best.undecided[0]?.start
  const promised = best.end.lo + tier.tolerance - start
  const observed = Math.max(0, (reached ?? heldUntil(best.held.sure, Math.min(best.end.lo, series.term.end))) - start)
  const known = Number.isFinite(start) && Number.isFinite(promised)
  return {
    status,
    label: span.label,
    at: { start: span.start, end: Math.min(Math.max(span.start, decided), Math.max(series.term.end, span.start)) },
    ...(Number.isFinite(best.end.hi) && { due: best.end.hi }),
    breached: status === 'breached' ? best.breached : [],
    undecided: status === 'breached' ? best.undecided : status === 'met' ? [] : best.undecided,
    ...(known && {
      promised: { unit: 'ms', value: promised },
      observed: { unit: 'ms', value: observed },
      ...(status !== 'pending' && { margin: { unit: 'ms', value: observed - (promised - tier.tolerance) } }),
    }),
    backups: backups.map(({ candidate }) => candidate.index),
    notes: [],
    ...reasonOf(),
  }

  function statusOf(): Item['status'] {
    if (held.length > 0) return 'met'
    if (running) return 'pending'
    // With none that certainly counts nothing may be owed: then all that may count have to be held.
    if (certain.length === 0 && judged.every(({ status: of }) => of === 'met')) return 'met'
    if (judged.some(({ status: of }) => of === 'pending')) return 'pending'
    return !doubted && certain.length > 0 && judged.every(({ status: of }) => of === 'breached')
      ? 'breached'
      : 'unverified'
  }

  /** With the first of them to be held long enough. */
  function kept(): number {
    return (held.length > 0 ? held : judged).reduce(
      (first, { end }) => Math.min(first, end.hi),
      Number.POSITIVE_INFINITY,
    )
  }

  /** With the last of them, and not before the unit is over. */
  function lost(): number {
    return judged.reduce((last, { breached }) => Math.max(last, breached[0]?.start ?? last), span.end)
  }

  function reasonOf(): Reason {
    if (status === 'met') return { reason: 'held', why: `${best.candidate.backup.id} was held long enough` }
    if (status === 'pending') {
      return running
        ? { reason: 'running', why: `the ${tier.per} is not over` }
        : { reason: 'owed', why: `${best.candidate.backup.id} is still to be kept` }
    }
    if (status === 'breached') return lostReason(best.candidate, best.breached[0]?.start ?? span.end, series)
    if (doubted && judged.every(({ status: of }) => of === 'breached')) return UNPLACED
    const unsure = judged.find(({ status: of, undecided }) => of === 'unverified' && undecided.length > 0) ?? best
    if (unsure.counts === 'maybe') return whyUncertain(unsure.candidate, series)
    return whyUnknown(unsure.candidate, unsure.owed, unsure.undecided, series)
  }
}

/** Basis `unit`: from the unit's end until `keep` units from its start have passed, one of its backups is there. */
export function heldByUnit({ span, backups }: UnitBackups, tier: Tier, series: Series, doubted: boolean): Item {
  const end = unitStart(tier.per, series.zone, span.number + tier.keep)
  const until = end - tier.tolerance
  const certain = backups.some(({ counts }) => counts === 'yes')
  const held = backups.map(({ candidate, counts }) => {
    const completed = completionOf(candidate) ?? { lo: series.asOf, hi: series.asOf }
    const known = heldOf(candidate, completed, series)
    return counts === 'yes' || !certain ? known : doubtful(known)
  })
  // With none that certainly counts, any of them may be the only one that does.
  const cover = certain ? anyOf(held) : held.reduce(bothOf)
  const owed = owedBetween({ lo: span.end, hi: span.end }, { lo: until, hi: until }, certain && !doubted)
  const running = span.end > series.asOf && series.term.until > series.asOf
  const judged = judgeOwed(owed, cover, series, () => backups.every(({ candidate }) => series.isGone(candidate.index)))
  const { breached, undecided } = judged
  const status = running ? 'pending' : judged.status
  const lost = breached[0]?.start ?? undecided[0]?.start
  const reached = lost ?? heldUntil(cover.sure, Math.min(until, series.term.end))
  const promised = end - span.end
  const observed = Math.max(0, reached - span.end)
  const decided = breached[0]?.start ?? (status === 'met' ? until : series.asOf)
  return {
    status,
    label: span.label,
    at: { start: span.start, end: Math.min(Math.max(decided, span.end), Math.max(series.term.end, span.start)) },
    due: until,
    breached,
    undecided,
    promised: { unit: 'ms', value: promised },
    observed: { unit: 'ms', value: observed },
    ...(status !== 'pending' && { margin: { unit: 'ms', value: observed - (promised - tier.tolerance) } }),
    backups: backups.map(({ candidate }) => candidate.index),
    notes: [],
    ...reasonOf(),
  }

  function reasonOf(): Reason {
    if (status === 'met') return { reason: 'held', why: 'one of its backups was there throughout' }
    if (status === 'pending') {
      return running
        ? { reason: 'running', why: `the ${tier.per} is not over` }
        : { reason: 'owed', why: 'one of its backups is still to be kept' }
    }
    const at = lost ?? span.end
    const last = lastHeld(held, at)
    const candidate = backups[last]?.candidate
    if (candidate === undefined) return { reason: 'purged', why: 'none of its backups is there' }
    if (breached.length > 0) return lostReason(candidate, breached[0]?.start ?? at, series)
    if (doubted) return UNPLACED
    if (!certain) return whyUncertain(candidate, series)
    return whyUnknown(candidate, owed, undecided, series)
  }
}

const UNPLACED: Reason = {
  reason: 'stamp-missing',
  why: 'no started_at tells of which unit a later backup is',
}

interface Aged extends Judged {
  readonly candidate: Candidate
  readonly counts: 'yes' | 'maybe'
  readonly start: Bounds
  readonly end: Bounds
  readonly owed: ReturnType<typeof owedBetween>
  readonly held: ReturnType<typeof heldOf>
}

function judgeAge({ candidate, counts }: UnitBackups['backups'][number], tier: Tier, series: Series): Aged {
  const start = startOf(candidate)
  const completed = completionOf(candidate) ?? { lo: series.asOf, hi: series.asOf }
  const end = {
    lo: after(series.zone, start.lo, unitsLong(tier)) - tier.tolerance,
    hi: after(series.zone, start.hi, unitsLong(tier)) - tier.tolerance,
  }
  const held = heldOf(candidate, completed, series)
  // Whether it counts is weighed with the others of its unit.
  const owed = owedBetween(completed, end, true)
  return {
    candidate,
    counts,
    start,
    end,
    owed,
    held,
    ...judgeOwed(owed, heldSince(candidate, completed, series), series, () => series.isGone(candidate.index)),
  }
}

/** `keep` units as an amount of the calendar. */
function unitsLong({ per, keep }: Tier): Duration {
  const days = per === 'day' ? keep : per === 'week' ? 7 * keep : 0
  const months = per === 'month' ? keep : per === 'quarter' ? 3 * keep : per === 'year' ? 12 * keep : 0
  return { unit: 'calendar', months, days, ms: 0, text: `${keep} ${per}s` }
}

/** The one with the least missing: still to be kept before not known before lost; of those the longest held. */
function bestOf(judged: readonly Aged[]): Aged {
  let best = judged[0] as Aged
  for (const one of judged) {
    const order = ORDER[one.status] - ORDER[best.status]
    if (order < 0 || (order === 0 && missing(one) < missing(best))) best = one
  }
  return best
}

/** The one that was there to the greatest age. */
function longestOf(held: readonly Aged[]): Aged {
  let best = held[0] as Aged
  let longest = Number.NEGATIVE_INFINITY
  for (const one of held) {
    const age = heldUntil(one.held.sure, one.end.lo) - one.start.lo
    if (age > longest) {
      best = one
      longest = age
    }
  }
  return best
}

const ORDER = { met: 0, pending: 1, unverified: 2, breached: 3 } as const

function missing({ breached, undecided, end }: Aged): number {
  return end.lo - (breached[0]?.start ?? undecided[0]?.start ?? end.lo)
}

function lostReason(candidate: Candidate, at: number, series: Series): Reason {
  const { reason, why } = whyLost(candidate, at, series)
  return { reason, why: `${candidate.backup.id}: ${why}` }
}

/** Which of them lasted longest up to an instant. */
function lastHeld(held: readonly ReturnType<typeof heldOf>[], at: number): number {
  let best = -1
  let lasted = Number.NEGATIVE_INFINITY
  for (const [i, { possible }] of held.entries()) {
    for (const { end } of possible) {
      if (end <= at && end > lasted) {
        lasted = end
        best = i
      }
    }
  }
  return best === -1 ? held.length - 1 : best
}
