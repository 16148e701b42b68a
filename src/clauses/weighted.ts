import type { Interval } from '../model/interval.ts'
import { type Intervals, merge } from '../time/interval.ts'
import { compareFractions, type Fraction, NOTHING } from './fraction.ts'

/** Time that counts with a weight above 0; lists are sorted, disjoint, and merged where equal weights touch. */
export interface Weighted extends Interval {
  readonly weight: Fraction
}

export type WeightedList = readonly Weighted[]

/** Pieces in any order, overlapping or not, as one list: overlapping weights take the largest. */
export function layer(pieces: readonly Weighted[]): WeightedList {
  const byWeight = new Map<string, { weight: Fraction; list: Interval[] }>()
  for (const piece of pieces) {
    if (piece.weight.part === 0) continue
    const key = `${piece.weight.part}/${piece.weight.of}`
    const entry = byWeight.get(key) ?? { weight: piece.weight, list: [] }
    entry.list.push(piece)
    byWeight.set(key, entry)
  }
  const layers = [...byWeight.values()].map(({ weight, list }) => weigh(merge(list), weight))
  return largest(layers)
}

/** The same weight for all of a list of intervals. */
export function weigh(list: Intervals, weight: Fraction): Weighted[] {
  return weight.part === 0 ? [] : list.map(({ start, end }) => ({ start, end, weight }))
}

/** Largest weight at each instant. */
export function largest(lists: readonly WeightedList[]): WeightedList {
  const [only, ...others] = lists.filter(list => list.length > 0)
  if (only === undefined) return []
  if (others.length === 0) return only
  return combine(lists, weights => weights.reduce((a, b) => (compareFractions(a, b) >= 0 ? a : b), NOTHING))
}

/** Smallest weight at each instant (0 where a list has nothing). */
export function smallest(lists: readonly WeightedList[]): WeightedList {
  const [only, ...others] = lists
  if (only === undefined || lists.some(list => list.length === 0)) return []
  if (others.length === 0) return only
  return combine(lists, weights => weights.reduce((a, b) => (compareFractions(a, b) <= 0 ? a : b)))
}

/** One list from several, instant by instant: `pick` sees the weight of every list there. */
export function combine(lists: readonly WeightedList[], pick: (weights: readonly Fraction[]) => Fraction): Weighted[] {
  const edges = [...new Set(lists.flatMap(list => list.flatMap(({ start, end }) => [start, end])))].sort(
    (a, b) => a - b,
  )
  const cursor = lists.map(() => 0)
  const out: Weighted[] = []
  for (let i = 0; i + 1 < edges.length; i++) {
    const start = edges[i] as number
    const end = edges[i + 1] as number
    const weights = lists.map((list, k) => {
      let at = cursor[k] as number
      while (at < list.length && (list[at] as Weighted).end <= start) at++
      cursor[k] = at
      const piece = list[at]
      return piece !== undefined && piece.start <= start ? piece.weight : NOTHING
    })
    push(out, start, end, pick(weights))
  }
  return out
}

/** The part of a weighted list that lies in the given intervals. */
export function within(list: WeightedList, intervals: Intervals): Weighted[] {
  const out: Weighted[] = []
  let from = 0
  for (const { start, end } of intervals) {
    from = firstEndingAfter(list, start, from)
    for (let i = from; i < list.length; i++) {
      const piece = list[i] as Weighted
      if (piece.start >= end) break
      push(out, Math.max(piece.start, start), Math.min(piece.end, end), piece.weight)
    }
  }
  return out
}

/** Where a weighted list has any weight, as plain intervals. */
export function support(list: WeightedList): Interval[] {
  return merge(list)
}

function push(out: Weighted[], start: number, end: number, weight: Fraction): void {
  if (start >= end || weight.part === 0) return
  const last = out[out.length - 1]
  if (last !== undefined && last.end === start && compareFractions(last.weight, weight) === 0) {
    out[out.length - 1] = { start: last.start, end, weight }
  } else out.push({ start, end, weight })
}

function firstEndingAfter(list: WeightedList, at: number, from: number): number {
  let low = from
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((list[middle] as Weighted).end <= at) low = middle + 1
    else high = middle
  }
  return low
}
