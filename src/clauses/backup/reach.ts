import type { Interval } from '../../model/interval.ts'
import type { Intervals } from '../../time/interval.ts'

/** How far back a restore reaches at its worst in a stretch: at `at`, by the oldest that is there, if one is. */
export interface Reach {
  readonly at: number
  readonly index: number | undefined
  readonly completed: number | undefined
}

/**
 * The least reach in each of some disjoint stretches, in their order. It falls only where something ends, so it is
 * looked at there and where a stretch begins; n log n.
 */
export function leastReach(
  ways: readonly { readonly completed: number; readonly there: Intervals }[],
  stretches: readonly Interval[],
): readonly Reach[] {
  if (stretches.length === 0) return []
  const points = pointsOf(ways, stretches)
  const oldest = oldestAt(ways, points)
  let i = 0
  return stretches.map(({ start, end }) => {
    let least: Reach | undefined
    let reach = Number.POSITIVE_INFINITY
    while (i < points.length && pointAt(points, i) < start) i++
    for (; i < points.length && pointAt(points, i) < end; i++) {
      const at = pointAt(points, i)
      const index = oldest[i]
      const completed = index === undefined ? undefined : ways[index]?.completed
      const back = completed === undefined ? 0 : at - completed
      if (back >= reach) continue
      reach = back
      least = { at, index, completed }
    }
    return least ?? { at: start, index: undefined, completed: undefined }
  })
}

/** Starts of the stretches and ends inside them, sorted. */
function pointsOf(ways: readonly { readonly there: Intervals }[], stretches: readonly Interval[]): readonly number[] {
  const ends: number[] = []
  for (const { there } of ways) for (const { end } of there) ends.push(end)
  ends.sort((a, b) => a - b)
  const points: number[] = []
  let i = 0
  for (const { start, end } of stretches) {
    points.push(start)
    while (i < ends.length && pointAt(ends, i) <= start) i++
    for (; i < ends.length && pointAt(ends, i) < end; i++) points.push(pointAt(ends, i))
  }
  return points
}

/** For each point the way with the earliest completion that is there: the oldest takes its points, the next the rest. */
function oldestAt(
  ways: readonly { readonly completed: number; readonly there: Intervals }[],
  points: readonly number[],
): readonly (number | undefined)[] {
  const order = ways.map((_, i) => i).sort((a, b) => (ways[a]?.completed ?? 0) - (ways[b]?.completed ?? 0) || a - b)
  const oldest: (number | undefined)[] = points.map(() => undefined)
  // Leads from each point to the first one from it on that is not taken yet.
  const free = Int32Array.from({ length: points.length + 1 }, (_, i) => i)
  const firstFree = (from: number): number => {
    let root = from
    while (free[root] !== root) root = free[root] as number
    for (let i = from; i !== root; ) {
      const next = free[i] as number
      free[i] = root
      i = next
    }
    return root
  }
  for (const index of order) {
    for (const { start, end } of ways[index]?.there ?? []) {
      for (let i = firstFree(firstFrom(points, start)); i < points.length && pointAt(points, i) < end; ) {
        oldest[i] = index
        free[i] = i + 1
        i = firstFree(i + 1)
      }
    }
  }
  return oldest
}

function firstFrom(points: readonly number[], t: number): number {
  let low = 0
  let high = points.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (pointAt(points, middle) < t) low = middle + 1
    else high = middle
  }
  return low
}

function pointAt(points: readonly number[], i: number): number {
  return points[i] as number
}
