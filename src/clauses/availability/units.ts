import type { Interval } from '../../model/interval.ts'
import { clip, type Intervals, merge, subtract, total } from '../../time/interval.ts'
import { compareFractions, type Fraction, lcm, NOTHING, WHOLE } from '../fraction.ts'
import { type Weighted, type WeightedList, within } from '../weighted.ts'

/** Consecutive slices of `ms` from the window's start; the last one is cut at its end. */
export function* slicesOf(window: Interval, ms: number): Iterable<Interval> {
  for (let start = window.start; start < window.end; start += ms) yield { start, end: Math.min(start + ms, window.end) }
}

/** What one slice weighs as down time (0 good, 1 bad). */
export type Classify = (slice: Interval) => Fraction

/** Classifies each slice and returns the counted time of those that weigh anything. */
export function badSlices(window: Interval, ms: number, counted: Intervals, classify: Classify): Weighted[] {
  const out: Weighted[] = []
  for (const slice of slicesOf(window, ms)) {
    const weight = classify(slice)
    if (weight.part === 0) continue
    for (const { start, end } of clip(counted, slice)) {
      const last = out[out.length - 1]
      if (last !== undefined && last.end === start && compareFractions(last.weight, weight) === 0) {
        out[out.length - 1] = { start: last.start, end, weight }
      } else out.push({ start, end, weight })
    }
  }
  return out
}

/** A slice is bad when the service is down throughout it (excluded down time included). */
export function downThroughout(down: WeightedList): Classify {
  return slice => {
    const pieces = within(down, [slice])
    if (total(pieces) < slice.end - slice.start) return NOTHING
    return pieces.reduce((least, piece) => (compareFractions(piece.weight, least) < 0 ? piece.weight : least), WHOLE)
  }
}

/** A slice is bad when any down time that counts touches it. */
export function downAtAll(countedDown: WeightedList): Classify {
  return slice =>
    within(countedDown, [slice]).reduce(
      (most, piece) => (compareFractions(piece.weight, most) > 0 ? piece.weight : most),
      NOTHING,
    )
}

/** Weighted milliseconds as an exact fraction `sum / scale`; `scale` is a multiple of `least`. */
export function weightedTotal(list: WeightedList, least = 1n): { readonly sum: bigint; readonly scale: bigint } {
  let scale = least
  for (const { weight } of list) if (scale % BigInt(weight.of) !== 0n) scale = lcm(scale, BigInt(weight.of))
  let sum = 0n
  let whole = 0
  for (const { start, end, weight } of list) {
    if (weight.part === weight.of) whole += end - start
    else sum += BigInt(end - start) * BigInt(weight.part) * (scale / BigInt(weight.of))
  }
  return { sum: sum + BigInt(whole) * scale, scale }
}

/**
 * Drops outages that are too short to count: runs of any weight, measured as they stand in the list. A run that ends at
 * `growing` is kept: it still goes on, its length is not known.
 */
export function withoutShort(
  list: WeightedList,
  rule: { readonly ms: number; readonly strict: boolean } | undefined,
  growing?: number,
): WeightedList {
  if (rule === undefined) return list
  const out: Weighted[] = []
  let run: Weighted[] = []
  const flush = (): void => {
    const length = run.length === 0 ? 0 : (run[run.length - 1] as Weighted).end - (run[0] as Weighted).start
    const open = run[run.length - 1]?.end === growing
    if (open || (rule.strict ? length > rule.ms : length >= rule.ms)) out.push(...run)
    run = []
  }
  for (const piece of list) {
    if (run.length > 0 && (run[run.length - 1] as Weighted).end !== piece.start) flush()
    run.push(piece)
  }
  flush()
  return out
}

/** What of a weighted list comes after its first `budget` (in units of 1 / `scale` of a weighted millisecond). */
export function beyondBudget(list: WeightedList, budget: bigint, scale: bigint): Interval[] {
  const out: Interval[] = []
  let left = budget
  for (const { start, end, weight } of list) {
    const perMs = (BigInt(weight.part) * scale) / BigInt(weight.of)
    const whole = BigInt(end - start)
    const kept = perMs === 0n || left >= perMs * whole ? whole : left / perMs
    left -= perMs * kept
    if (kept < whole) out.push({ start: start + Number(kept), end })
  }
  return merge(out)
}

/** Excluded time taken out of a weighted list. */
export function minus(list: WeightedList, excluded: Intervals): Weighted[] {
  return excluded.length === 0
    ? [...list]
    : within(
        list,
        subtract(
          list.map(({ start, end }) => ({ start, end })),
          excluded,
        ),
      )
}

/** Position of the first of rising times that is not before `at`. */
export function firstFrom(times: ArrayLike<number>, at: number): number {
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((times[middle] as number) < at) low = middle + 1
    else high = middle
  }
  return low
}
