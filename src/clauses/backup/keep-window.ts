import { clip, type Intervals } from '../../time/interval.ts'
import { anyOf, doubtful, type Known } from '../../time/known.ts'
import { formatInstant } from '../../time/stamp.ts'
import { gapsOf } from '../cover.ts'
import { after, type Bounds, completionOf, dateOf, meets, placeOf } from './bounds.ts'
import { whyUnknown } from './doubt.ts'
import { LONG_AGO } from './existence.ts'
import type { Item } from './items.ts'
import { whyLost } from './lost.ts'
import { heldOf, isOwed } from './owed.ts'
import { leastReach, type Reach } from './reach.ts'
import type { Keep } from './rules.ts'
import type { Candidate, Series } from './series.ts'

type KeepWindow = Extract<Keep, { form: 'window' }>

/** A backup as a way back in time: where it can be restored, and where that reaches back the whole window. */
interface Way {
  readonly candidate: Candidate
  /** At the latest; where that is not known, where it stands in time. */
  readonly completed: number
  /** From when on a way back the whole window is owed, possibly and for certain, if it is the first one. */
  readonly owed: Bounds
  /** From when on it may reach back the whole window. */
  readonly since: number
  readonly held: Known
  readonly cover: Known
}

/** Any point of the window can be reached: from the first completion + window on, something that old is restorable. */
export function windowKept(series: Series, keep: KeepWindow): readonly Item[] {
  const ways = series.made.flatMap(candidate => wayOf(candidate, keep, series))
  const owed = owedFrom(ways, series)
  const gaps = gapsOf(owed, anyOf(ways.map(({ cover }) => cover))).filter(({ at }) => meets(at, series))
  const worst = leastReach(
    ways.map(({ completed, held }) => ({ completed, there: held.possible })),
    gaps.map(({ at, breached, undecided }) => breached[0] ?? undecided[0] ?? at),
  )
  const items = gaps.map((gap, i): Item => {
    const { at, breached, undecided } = gap
    const status = breached.length > 0 ? 'breached' : 'unverified'
    const nearest = nearestTo(ways, worst[i])
    return {
      status,
      label: dateOf(series.zone, at.start),
      at,
      breached,
      undecided,
      ...figures(worst[i], keep, series),
      backups: nearest === undefined ? [] : [nearest.candidate.index],
      notes: [],
      ...reasonOf(status, worst[i]?.index, worst[i]?.at ?? at.start),
    }
  })
  const running = series.asOf < series.period.end && series.term.until > series.asOf
  if (running) {
    const last = gaps.at(-1)
    if (last?.breached.at(-1)?.end === series.asOf) return items
    const gone = goneAtEnd()
    return gone === undefined ? [...items, ...pending(owed, ways, series)] : [...items, gone]
  }
  return items.length > 0 ? items : kept(owed, ways, keep, series)

  /** What went at `as of` itself, though no time has passed without it. */
  function goneAtEnd(): Item | undefined {
    const { asOf, zone } = series
    if (owed.sure.at(-1)?.end !== asOf) return undefined
    const may = ways.filter(({ since }) => since <= asOf)
    if (!may.every(({ candidate }) => series.isGone(candidate.index, keep.location))) return undefined
    const at = { start: asOf, end: asOf + 1 }
    const left = ways.findIndex(({ candidate }) => !series.isGone(candidate.index, keep.location))
    const reach =
      left < 0
        ? { at: asOf, index: undefined, completed: undefined }
        : { at: asOf, index: left, completed: ways[left]?.completed }
    const nearest = nearestTo(ways, reach)
    return {
      status: 'breached',
      label: dateOf(zone, asOf),
      at,
      breached: [at],
      undecided: [],
      ...figures(reach, keep, series),
      backups: nearest === undefined ? [] : [nearest.candidate.index],
      notes: [],
      ...reasonOf('breached', reach.index, asOf),
    }
  }

  function reasonOf(status: string, index: number | undefined, at: number) {
    // What would have reached further back is the one before the oldest that is there; with none there, the last one.
    const gone = index === undefined ? lastBefore(ways, at) : ways[index - 1]
    const oldest = index === undefined ? undefined : ways[index]
    const reached =
      oldest === undefined
        ? 'no backup can be restored'
        : `the oldest that can be restored is ${oldest.candidate.backup.id}`
    if (status === 'breached') {
      if (gone === undefined) return { reason: 'purged', why: reached }
      const { reason, why } = whyLost(gone.candidate, at, series, keep.location)
      return { reason, why: `${reached}; ${gone.candidate.backup.id} before it: ${why}` }
    }
    const doubted = oldest ?? gone
    if (doubted === undefined) return { reason: 'deletions-unknown', why: reached }
    const known: Known = { sure: [{ start: at, end: at + 1 }], possible: [{ start: at, end: at + 1 }] }
    return whyUnknown(doubted.candidate, known, known.sure, series, keep.location)
  }
}

/** The last that was complete by an instant, as starts and completions come in the same order. */
function lastBefore(ways: readonly Way[], at: number): Way | undefined {
  let low = 0
  let high = ways.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((ways[middle]?.completed ?? at) <= at) low = middle + 1
    else high = middle
  }
  return ways[low - 1]
}

function wayOf(candidate: Candidate, { amount, tolerance, location }: KeepWindow, series: Series): readonly Way[] {
  const completed = completionOf(candidate)
  if (completed === undefined || candidate.counts === 'no') return []
  const known = heldOf(candidate, completed, series, location)
  const held = candidate.counts === 'yes' ? known : doubtful(known)
  const lo = after(series.zone, completed.lo, amount) - tolerance
  const hi = after(series.zone, completed.hi, amount) - tolerance
  const cover = {
    sure: clip(held.sure, { start: hi, end: Number.POSITIVE_INFINITY }),
    possible: clip(held.possible, { start: lo, end: Number.POSITIVE_INFINITY }),
  }
  const owed = { lo: after(series.zone, completed.lo, amount), hi: after(series.zone, completed.hi, amount) }
  const at = Number.isFinite(completed.hi) ? completed.hi : placeOf(candidate, series)
  return [{ candidate, completed: at, owed, since: lo, held, cover }]
}

function owedFrom(ways: readonly Way[], series: Series): Known {
  let sure = Number.POSITIVE_INFINITY
  let possible = Number.POSITIVE_INFINITY
  for (const { candidate, owed } of ways) {
    const owes = isOwed(candidate, series)
    if (owes === 'no') continue
    possible = Math.min(possible, Math.max(owed.lo, LONG_AGO))
    if (owes === 'yes') sure = Math.min(sure, owed.hi)
  }
  const upTo = (start: number): Intervals => (start < series.term.end ? [{ start, end: series.term.end }] : [])
  return { sure: upTo(sure), possible: upTo(possible) }
}

function nearestTo(ways: readonly Way[], reach: Reach | undefined): Way | undefined {
  return reach?.index === undefined ? undefined : ways[reach.index]
}

function figures(reach: Reach | undefined, { amount, tolerance }: KeepWindow, series: Series) {
  if (reach === undefined) return {}
  const from = reach.completed ?? reach.at
  const promised = after(series.zone, from, amount) - from
  const observed = reach.at - from
  return {
    promised: { unit: 'ms', value: promised },
    observed: { unit: 'ms', value: observed },
    margin: { unit: 'ms', value: observed - (promised - tolerance) },
  } as const
}

function kept(owed: Known, ways: readonly Way[], keep: KeepWindow, series: Series): readonly Item[] {
  const [at] = clip(owed.possible, series.period)
  if (at === undefined) return []
  const [least] = leastReach(
    ways.map(({ completed, held }) => ({ completed, there: held.sure })),
    [at],
  )
  const way = nearestTo(ways, least)
  return [
    {
      status: 'met',
      reason: 'held',
      label: dateOf(series.zone, at.start),
      at,
      breached: [],
      undecided: [],
      ...figures(least, keep, series),
      backups: way === undefined ? [] : [way.candidate.index],
      notes: [],
      why: 'every point of the window could be reached throughout',
    },
  ]
}

function pending(owed: Known, ways: readonly Way[], series: Series): readonly Item[] {
  const [from] = owed.possible
  const first = ways.find(({ candidate }) => isOwed(candidate, series) !== 'no')
  if (first === undefined) return []
  const start = from?.start ?? first.completed
  const why =
    from === undefined
      ? `the first backup was complete ${formatInstant(series.zone, first.completed)}, less than the window ago`
      : 'every point of the window can be reached so far'
  const at = { start, end: series.asOf }
  const [label, backups] = [dateOf(series.zone, start), [first.candidate.index]]
  return [{ status: 'pending', reason: 'owed', label, at, breached: [], undecided: [], backups, notes: [], why }]
}
