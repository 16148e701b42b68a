import type { Clause } from '../../contract/contract.ts'
import type { MeasurementSeries } from '../../evidence/records.ts'
import type { Interval } from '../../model/interval.ts'
import { clip, type Intervals, intersect, merge, subtract, total, union } from '../../time/interval.ts'
import type { Excluded } from '../exclusions.ts'
import type { Context } from '../judge.ts'
import { type WeightedList, within } from '../weighted.ts'
import { meanErrors, sliceIsBad } from './bad-when.ts'
import { type Case, favourable } from './cases.ts'
import type { Downtime } from './downtime.ts'
import type { Figure } from './figure.ts'
import type { Accounting, AvailabilityBody } from './schema.ts'
import { requestTotals, type Traffic, trafficBySlice } from './traffic.ts'
import { badSlices, type Classify, downAtAll, downThroughout, minus, weightedTotal, withoutShort } from './units.ts'

/** One subject's evidence for one clause. */
export interface Material {
  readonly downtime: Downtime
  /** What counts as down, weighted: down time, or the share of users struck; too short outages left out. */
  readonly load: Readonly<Record<Case, WeightedList>>
  readonly excluded: Excluded
  readonly traffic: Traffic
  readonly metrics: readonly MeasurementSeries[]
}

/** One window as the clause judges it. `service`: the time that the promise covers (term and hours taken in). */
export interface Frame {
  readonly window: Interval
  readonly service: Intervals
}

/** The figure of one window in one case, and how it came about; times in ms. */
export interface Outcome {
  readonly figure: Figure
  /** Down time that counts, weighted (time, slices, users). */
  readonly counted: WeightedList
  readonly excluded: Intervals
  readonly baseTime: number
}

/**
 * down = |(D ∩ S) − X|; base = |S − X|, |S| or the fixed base; then the accounting. Time that may be excluded is, where
 * that helps in the favourable cases and where it hurts in the others.
 */
export function evaluate(
  clause: Clause<AvailabilityBody>,
  frame: Frame,
  material: Material,
  which: Case,
  context: Context,
): Outcome {
  const { window, service } = frame
  const { sure, possible, hidden } = material.excluded
  const known = intersect(clip(sure, window), service)
  const open = intersect(subtract(clip(possible, window), known), service)
  const unseen = favourable(which) ? intersect(subtract(clip(hidden, window), known), service) : []
  if (open.length === 0 && unseen.length === 0) return outcomeOf(clause, frame, material, which, known, context)
  const first = outcomeOf(clause, frame, material, which, known, context)
  const helping = helpingTime(clause, frame, material, first)
  const chosen = favourable(which) ? intersect(union(open, unseen), helping) : subtract(open, helping)
  return outcomeOf(clause, frame, material, which, union(known, chosen), context)
}

function outcomeOf(
  clause: Clause<AvailabilityBody>,
  { window, service }: Frame,
  material: Material,
  which: Case,
  excluded: Intervals,
  context: Context,
): Outcome {
  const { body } = clause
  const kept = subtract(service, excluded)
  const countsAsUp = body['excluded-time'] === 'counts-as-up'
  const base = countsAsUp ? service : kept
  const shortest = body['shortest-outage']
  const load = material.load[which]
  // Outages are measured as they are, not cut by window or hours; only then they are.
  const long =
    shortest?.after === true
      ? withoutShort(
          minus(load, union(material.excluded.sure, excluded)),
          shortest,
          favourable(which) ? undefined : context.asOf,
        )
      : load
  const down = within(long, [window])
  const counted = within(down, kept)
  const outcome = { excluded, baseTime: total(base), counted }
  const baseTime = body.base ?? total(base)
  const accounting: Accounting = body.accounting ?? 'time'
  if (accounting === 'time') return { ...outcome, figure: timeFigure(counted, baseTime, 1n) }
  if (accounting === 'requests') {
    const all = requestTotals(material.traffic, base, which)
    const lost = countsAsUp ? requestTotals(material.traffic, kept, which) : all
    return { ...outcome, figure: { base: all.total, down: lost.failed } }
  }
  if ('users' in accounting) return { ...outcome, figure: timeFigure(counted, baseTime, BigInt(accounting.users)) }
  const slice = 'minutes' in accounting ? MINUTE : 'whole' in accounting ? accounting.whole : accounting.slices
  const facts = {
    traffic: trafficBySlice(material.traffic, window, slice),
    countedDown: counted,
    metrics: material.metrics,
    asOf: context.asOf,
  }
  if ('mean' in accounting) {
    const { base: of, down: lost } = meanErrors(window, slice, base, facts, body, which)
    return { ...outcome, figure: { base: of, down: lost } }
  }
  const rule = 'minutes' in accounting ? accounting.minutes : 'whole' in accounting ? 'whole' : accounting['bad-when']
  const classify: Classify =
    rule === 'whole'
      ? downThroughout(down)
      : rule === 'touched'
        ? downAtAll(counted)
        : at => sliceIsBad(at, rule, facts, body, which)
  const bad = badSlices(window, slice, kept, classify)
  return { ...outcome, counted: bad, figure: timeFigure(bad, baseTime, 1n) }
}

/** Where leaving time out of the figure raises it: its own share of up is below the target. */
function helpingTime(
  { body }: Clause<AvailabilityBody>,
  { window }: Frame,
  material: Material,
  outcome: Outcome,
): Intervals {
  const { part, of } = body.target.value
  const lowers = (down: number, base: number): boolean => BigInt(down) * BigInt(of) > BigInt(of - part) * BigInt(base)
  const traffic = trafficUnit(body.accounting, material, window)
  if (traffic === undefined) return merge(outcome.counted.filter(({ weight }) => lowers(weight.part, weight.of)))
  return merge(traffic.filter(({ failed, total: all }) => lowers(failed, all)).map(({ at }) => at))
}

/** What the figure of a request accounting is made of: rows, or slices of rows. */
function trafficUnit(accounting: AvailabilityBody['accounting'], { traffic }: Material, window: Interval) {
  if (accounting === 'requests') {
    return traffic.time.map((time, i) => ({
      at: { start: time, end: time + Math.max(1, traffic.reach[i] ?? 0) },
      failed: traffic.failed[i] ?? 0,
      total: traffic.total[i] ?? 0,
    }))
  }
  if (typeof accounting !== 'object' || !('mean' in accounting)) return undefined
  return [...trafficBySlice(traffic, window, accounting.slices)].map(([start, sum]) => ({
    at: { start, end: start + accounting.slices },
    failed: sum?.failed ?? 1,
    total: sum?.total ?? 1,
  }))
}

/** Weighted time in units of 1 / `least` of a millisecond, or finer where the weights are. */
function timeFigure(counted: WeightedList, baseTime: number, least: bigint): Figure {
  const { sum, scale } = weightedTotal(counted, least)
  const base = BigInt(baseTime) * scale
  return { base, down: sum > base ? base : sum }
}

const MINUTE = 60_000
