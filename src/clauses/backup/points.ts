import type { Interval } from '../../model/interval.ts'
import { contains, covers, type Intervals, merge, overlaps, subtract, union } from '../../time/interval.ts'
import { certain, type Known } from '../../time/known.ts'
import { runsWithin } from './anchors.ts'
import { meets, startOf } from './bounds.ts'
import { missingStamp, whyUnknown } from './doubt.ts'
import type { Item, SlotResult } from './items.ts'
import { sweepsOf, sweptFrom, togetherText } from './listings.ts'
import { momentText, type Reason, whyLost } from './lost.ts'
import { judgeOwed } from './owed.ts'
import { type Dated, datesOf } from './point-dates.ts'
import type { BackupRules, Points } from './rules.ts'
import type { Candidate, Series } from './series.ts'
import { type UnitSpan, unitAt, unitOf } from './units.ts'

/**
 * A backup of each date is there on the local days that follow it by each of the ages, or one of at most `slack` days
 * before. One item for each date, from the first full day of the term on; `grace` counts from the end of the date.
 */
export function pointItems(series: Series, { points }: Pick<BackupRules, 'points'>): SlotResult {
  return { slot: 'points', bound: 'at-least', noun: 'day', items: points === undefined ? [] : itemsOf(series, points) }
}

interface Frame {
  readonly series: Series
  readonly points: Points
  readonly dated: Dated
  /** Some may be of any date. */
  readonly undated: boolean
  readonly swept: (started: number) => number | undefined
}

function itemsOf(series: Series, points: Points): Item[] {
  const { zone, term, period } = series
  const end = Math.min(period.end, term.end)
  const oldest = points.ages.at(-1)
  if (oldest === undefined || !(period.start < end)) return []
  const reached = unitOf('day', zone, period.start).number - oldest - graceDays(points)
  const owedFrom = Number.isFinite(term.start) ? firstFullDay(series) : undefined
  const last = unitOf('day', zone, end).number
  const undated = series.made.some(candidate => !Number.isFinite(startOf(candidate).lo))
  const frame = { series, points, dated: datesOf(series), undated, swept: sweptFrom(sweepsOf(series)) }
  const items: Item[] = []
  for (let number = last; number >= Math.max(reached, owedFrom?.number ?? reached); number--) {
    const item = itemOf(unitAt('day', zone, number), frame)
    if (item !== undefined) items.push(item)
  }
  items.reverse()
  const [first, ...rest] = items
  if (first === undefined || owedFrom === undefined || owedFrom.number <= reached) return items
  const note = `dates before ${owedFrom.label}, the first full day of the term, are not owed`
  return [{ ...first, notes: [note, ...first.notes] }, ...rest]
}

/** Dates are asked for from the last to the first. */
function itemOf(date: UnitSpan, { series, points, dated, undated, swept }: Frame): Item | undefined {
  const { zone, term, creations } = series
  if (date.start >= date.end) return undefined
  const days = daysOwed(date, points, series)
  const required = merge(days)
  const [first] = required
  if (first === undefined || first.start >= term.end) return undefined
  const from = Math.max(unitAt('day', zone, date.number - points.slack).start, term.start)
  const made = { start: from, end: date.end }
  const { cover, candidates } = dated.within(date.number - points.slack, date.number, from)
  const unlogged = subtract([made], creations).at(-1)
  const unlisted = unlogged === undefined ? undefined : { start: from, end: swept(unlogged.end - 1) ?? series.asOf }
  const owed = certain(required)
  const all = {
    sure: cover.sure,
    possible: unlisted === undefined ? cover.possible : union(cover.possible, [unlisted]),
  }
  // A day that only begins then is still to come.
  const isGone = () =>
    contains(owed.sure, series.asOf - 1) &&
    !undated &&
    (unlisted === undefined || unlisted.end < series.asOf) &&
    candidates.every(({ index }) => series.isGone(index))
  const { status, breached, undecided } = judgeOwed(owed, all, series, isGone)

  const end = Math.min(required.at(-1)?.end ?? first.end, series.asOf)
  const decided = status === 'breached' ? (breached[0]?.start ?? end) : end
  if (!meets({ start: first.start, end: decided }, series)) return undefined
  const begun = days.filter(({ start }) => start < term.end)
  const held = begun.filter(day => !overlaps(breached, day))
  const told = tellOf(status, { candidates, breached, undecided, owed, unlisted, made, series })
  return {
    status,
    reason: told.reason,
    label: date.label,
    at: { start: first.start, end },
    breached,
    undecided,
    promised: { unit: 'count', value: begun.length },
    observed: { unit: 'count', value: held.length },
    margin: { unit: 'count', value: held.length - begun.length },
    backups: runsWithin(series, made.start, made.end - 1),
    notes: [],
    why: told.why,
  }
}

/** The local days on which a backup of a date is owed, as far as the grace is over and the term lasts. */
function daysOwed(date: UnitSpan, { ages, grace }: Points, { zone, term, asOf }: Series): readonly Interval[] {
  const from = date.end + grace
  const to = term.until <= asOf ? term.until : Number.POSITIVE_INFINITY
  return ages
    .map(age => unitAt('day', zone, date.number + age))
    .map(({ start, end }) => ({ start: Math.max(start, from), end: Math.min(end, to) }))
    .filter(({ start, end }) => start < end)
}

interface Told {
  readonly candidates: readonly Candidate[]
  readonly breached: Intervals
  readonly undecided: Intervals
  readonly owed: Known
  readonly unlisted: Interval | undefined
  readonly made: Interval
  readonly series: Series
}

function tellOf(status: Item['status'], told: Told): Reason {
  const { candidates, breached, undecided, owed, unlisted, series } = told
  if (status === 'met') return { reason: 'held', why: 'there on each of its days' }
  if (status === 'breached') return lostBy(breached[0]?.start ?? 0, told)
  if (undecided.length === 0) return { reason: 'owed', why: 'there on each of its days so far' }
  const at = undecided[0]?.start ?? 0
  const longest = longestOf(candidates, at, series)
  const known =
    longest === undefined || (unlisted !== undefined && !candidates.some(one => isPossible(one, at, series)))
      ? notLogged(told)
      : (whyUndated(longest, at, series) ?? whyUnknown(longest, owed, undecided, series))
  return status === 'pending' ? { reason: 'owed', why: known.why } : known
}

/** It is there, and only its date is not certain. */
function whyUndated(candidate: Candidate, at: number, { restorable, zone }: Series): Reason | undefined {
  const { started, index, counts } = candidate
  if (started === undefined) return missingStamp(candidate)
  if (counts !== 'yes' || started.earliest === started.latest || !contains(restorable(index).sure, at)) return undefined
  return { reason: 'stamp-inexact', why: `started ${momentText(started, zone)}, or on the date after` }
}

function lostBy(at: number, { candidates, made, series }: Told): Reason {
  const longest = longestOf(candidates, at, series)
  if (longest !== undefined) return whyLost(longest, at, series)
  if (!covers(series.creations, made)) {
    const told = subtract([made], series.creations).at(-1)
    const why = 'none of this date is listed: never made, or deleted before its time'
    return { reason: 'not-listed', why: `${why}${togetherText(series, (told?.end ?? made.end) - 1)}` }
  }
  const tried = runsWithin(series, made.start, made.end - 1).length > 0
  return { reason: 'missing', why: tried ? 'no run of this date counts as a backup' : 'none was made on this date' }
}

function notLogged({ candidates, series }: Told): Reason {
  const why =
    series.creations.length === 0
      ? 'no log of backups tells of this date, and no listing shows one of it'
      : 'the log of backups does not tell of all of this date'
  return { reason: 'not-logged', why: candidates.length === 0 ? why : `${why}, and those told of are gone` }
}

/** The one that could be restored the longest before an instant; else the last. */
function longestOf(candidates: readonly Candidate[], at: number, series: Series): Candidate | undefined {
  let best = candidates.at(-1)
  let until = Number.NEGATIVE_INFINITY
  for (const candidate of candidates) {
    for (const { start, end } of series.restorable(candidate.index).possible) {
      if (start <= at && end >= until) {
        best = candidate
        until = end
      }
    }
  }
  return best
}

function isPossible({ index }: Candidate, at: number, series: Series): boolean {
  return contains(series.restorable(index).possible, at)
}

function firstFullDay({ zone, term }: Series): UnitSpan {
  const day = unitOf('day', zone, term.start)
  return day.start === term.start ? day : unitAt('day', zone, day.number + 1)
}

function graceDays({ grace }: Points): number {
  return Math.ceil(grace / (20 * 3_600_000)) + 1
}
