import type { Interval } from '../../../model/interval.ts'
import { DAY, HOUR, MINUTE } from '../../../time/civil.ts'
import { type Intervals, intersect, merge, subtract } from '../../../time/interval.ts'
import { momentText } from '../../moment-text.ts'
import type { Candidate } from '../../rule.ts'
import { type Bench, beyond, type Stand, told } from './bench.ts'
import type { Bound } from './frame.ts'
import { measureOf } from './measure.ts'

/** Outages that break one promise and keep the other, by the numbers alone: one outage before several. */
export function* plainLogs(bench: Bench, broken: Stand, kept: Stand): Iterable<Candidate> {
  const windows = pick(broken.years)
  const several: Candidate[] = []
  for (const window of windows) {
    const single = singleOutage(window, broken, kept)
    if (single !== undefined) yield candidate(bench, window, [single])
    else {
      const pieces = spread(window, broken, kept)
      if (pieces !== undefined) several.push(candidate(bench, window, pieces))
    }
  }
  yield* several.sort((a, b) => a.rows.length - b.rows.length)
}

/** A few windows stand for all of many. */
function pick(windows: readonly Bound[]): readonly Bound[] {
  if (windows.length <= 24) return windows
  const step = Math.ceil(windows.length / 24)
  return windows.filter((_, i) => i % step === 0)
}

function candidate(bench: Bench, window: Bound, pieces: Intervals): Candidate {
  const [first] = pieces
  const from = first === undefined ? '' : `, from ${momentText(bench.base.party.zone, first.start, bench.year)}`
  return bench.log(
    window,
    pieces.map(piece => bench.outage(piece)),
    `${told(pieces)}${from}`,
  )
}

/** One outage of the window's own hours that it does not allow, and the other does. */
function singleOutage(window: Bound, broken: Stand, kept: Stand): Interval | undefined {
  for (const start of starts(window, broken, kept)) {
    const { service } = broken.frame
    for (const amount of [beyond(window.most), beyond(window.most, window.most + MINUTE), window.most + 1]) {
      const end = service.reach(start, amount - 1) + 1
      if (end > window.end) continue
      const at = { start, end }
      if (isKept([at], kept)) return at
    }
  }
  return undefined
}

/** Where an outage may best begin: at a quiet hour of the middle, over the edges of the other's windows and hours. */
function starts(window: Bound, broken: Stand, kept: Stand): readonly number[] {
  const edges = kept.frame.windows
    .filter(({ start, end }) => end > window.start && start < window.end)
    .flatMap(({ end, most }) =>
      most === Number.POSITIVE_INFINITY ? [] : [kept.frame.service.back(end, Math.max(0, most))],
    )
  const closing = kept.frame.service.list.map(({ end }) => end)
  const middle = window.start + Math.min(9 * DAY, Math.floor((window.end - window.start) / 2)) + 10 * HOUR
  const rounded = edges.map(at => Math.ceil(at / (15 * MINUTE)) * 15 * MINUTE)
  const openings = broken.frame.service.list.map(({ start }) => start)
  const all = [middle, ...rounded, ...edges, ...closing, ...openings, window.start]
  const inside = all.filter(at => at >= window.start && at < window.end)
  return inside.length <= 200 ? inside : inside.filter((_, i) => i % Math.ceil(inside.length / 200) === 0)
}

/** Whether outages lie in a contract's term and within what each window of its promise allows, by the numbers alone. */
export function isKept(outages: Intervals, { frame, party }: Stand): boolean {
  const { start: first = Number.NEGATIVE_INFINITY, end: last = Number.POSITIVE_INFINITY } = party.contract.term ?? {}
  if (outages.some(({ start, end }) => start < first || end > last)) return false
  const down = measureOf(intersect(outages, frame.service.list))
  return frame.windows.every(({ start, end, most }) => down.between(start, end) <= most)
}

/**
 * Downtime where the other leaves time out, then as much as each of its windows allows, until the window has more than
 * it may; pieces at the end of one and the start of the next are one outage.
 */
function spread(window: Bound, broken: Stand, kept: Stand): Intervals | undefined {
  const own = clipped(broken.frame.service.list, window)
  const outside = subtract(own, kept.frame.service.list)
  const shared = intersect(own, kept.frame.service.list)
  const parts = kept.frame.windows
    .filter(({ start, end }) => end > window.start && start < window.end)
    .map((part, i) => atOneEnd(clipped(shared, part), part.most, i % 2 === 0))
    .sort((a, b) => sum(b) - sum(a))
  const pool = [outside.sort((a, b) => b.end - b.start - (a.end - a.start)), ...parts]
  const whole = pool.reduce((all, list) => all + sum(list), 0)
  if (whole <= window.most) return undefined
  const chosen: Interval[] = []
  let left = beyond(window.most, whole)
  for (const piece of pool.flat()) {
    if (left <= 0) break
    const size = Math.min(left, piece.end - piece.start)
    chosen.push({ start: piece.start, end: piece.start + size })
    left -= size
  }
  const pieces = merge(chosen)
  return left <= 0 && isKept(pieces, kept) ? pieces : undefined
}

/** The first or the last `ms` of a list. */
function atOneEnd(list: Intervals, ms: number, last: boolean): Intervals {
  const out: Interval[] = []
  let left = ms
  for (const { start, end } of last ? [...list].reverse() : list) {
    const size = Math.min(Math.max(0, left), end - start)
    if (size <= 0) break
    out.push(last ? { start: end - size, end } : { start, end: start + size })
    left -= size
  }
  return out
}

function clipped(list: Intervals, { start, end }: Interval): Interval[] {
  return intersect(list, [{ start, end }])
}

function sum(list: Intervals): number {
  return list.reduce((all, { start, end }) => all + end - start, 0)
}
