import type { Moment } from '../../model/interval.ts'
import { type Intervals, merge } from '../../time/interval.ts'
import { formatInstant } from '../../time/stamp.ts'
import { firstFrom } from '../cover.ts'
import { completionOf, startOf } from './bounds.ts'
import { missingStamp, whyUncertain } from './doubt.ts'
import { LONG_AGO } from './existence.ts'
import { momentText, type Reason } from './lost.ts'
import { withinDay } from './make-series.ts'
import type { Anchor } from './rules.ts'
import type { Candidate, Series } from './series.ts'

/** A backup at the moment that a schedule counts it by. */
export interface Anchored {
  readonly at: Moment
  readonly counts: 'yes' | 'maybe'
  readonly candidate: Candidate
}

export interface Anchors {
  /** By `earliest`. */
  readonly list: readonly Anchored[]
  /** The longest stretch within which one of them may lie, ms. */
  readonly widest: number
  /** Where those that no stamp tells of may lie. */
  readonly loose: Intervals
  /** The first of these. */
  readonly unstamped: Candidate | undefined
}

/** The moments of all that counts, or may. What still runs has no completion. */
export function anchorsOf(series: Series, anchor: Anchor): Anchors {
  const list: Anchored[] = []
  const loose: { readonly start: number; readonly end: number }[] = []
  let widest = 0
  let unstamped: Candidate | undefined
  for (const candidate of series.made) {
    const counts = candidate.counts === 'yes' ? 'yes' : 'maybe'
    const at = anchor === 'start' ? candidate.started : candidate.completed && withinDay(candidate.completed)
    if (at === null) continue
    if (at !== undefined) {
      widest = Math.max(widest, at.latest - at.earliest)
      list.push({ at, counts, candidate })
      continue
    }
    const bounds = anchor === 'start' ? startOf(candidate) : completionOf(candidate)
    if (bounds === undefined) continue
    unstamped ??= candidate
    loose.push({ start: Math.max(bounds.lo, LONG_AGO), end: Math.min(bounds.hi, series.asOf) + 1 })
  }
  list.sort((a, b) => a.at.earliest - b.at.earliest || a.candidate.index - b.candidate.index)
  return { list, widest, loose: merge(loose), unstamped }
}

/** Those whose moment may lie in `[from, to]`. */
export function anchorsWithin({ list, widest }: Anchors, from: number, to: number): readonly Anchored[] {
  const out: Anchored[] = []
  for (let i = firstFrom(list, from - widest); i < list.length; i++) {
    const anchored = list[i] as Anchored
    if (anchored.at.earliest > to) break
    if (anchored.at.latest >= from) out.push(anchored)
  }
  return out
}

/** Places in `Series.all` of every run, well ended or not, that may have started in `[from, to]`. */
export function runsWithin(series: Series, from: number, to: number): readonly number[] {
  const { all } = series
  const key = ({ started, completed }: Candidate): number => started?.earliest ?? completed?.earliest ?? LONG_AGO
  let low = 0
  let high = all.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (key(all[middle] as Candidate) < from) low = middle + 1
    else high = middle
  }
  // What is known to its day begins where the day does.
  while (low > 0 && ((all[low - 1] as Candidate).started?.latest ?? LONG_AGO) >= from) low--
  const out: number[] = []
  for (let i = low; i < all.length && key(all[i] as Candidate) <= to; i++) out.push(i)
  return out
}

/** Why it is not known whether one of these backups keeps a promise; else what `otherwise` says. */
export function whyDoubtful(
  anchored: readonly Anchored[],
  { loose, unstamped }: Anchors,
  stretch: { readonly start: number; readonly end: number },
  series: Series,
): Reason | undefined {
  const running = anchored.find(({ candidate }) => candidate.completed === null && candidate.counts === 'maybe')
  if (running !== undefined && running.candidate.backup.flaw === undefined) {
    const started = momentText(running.at, series.zone)
    const asOf = formatInstant(series.zone, series.asOf)
    return { reason: 'run-not-ended', why: `the run of ${started} had not ended by ${asOf}` }
  }
  const maybe = anchored.find(({ counts }) => counts === 'maybe')
  if (maybe !== undefined) return whyUncertain(maybe.candidate, series)
  if (unstamped !== undefined && loose.some(({ start, end }) => start < stretch.end && end > stretch.start)) {
    return missingStamp(unstamped) ?? whyUncertain(unstamped, series)
  }
  const inexact = anchored.find(({ at }) => at.earliest !== at.latest)
  if (inexact === undefined) return undefined
  return {
    reason: 'stamp-inexact',
    why: `the backup of ${momentText(inexact.at, series.zone)} is known to the day only, and both readings differ`,
  }
}
