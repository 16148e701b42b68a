import { SECOND } from '../time/civil.ts'

/** How often each distance between neighbours occurs; keeps the most frequent one at hand. */
export interface Distances {
  readonly total: number
  /** The most frequent distance, the smaller one on a tie; 0 before the first. */
  readonly usual: number
  add(distance: number): void
  addAll(other: Distances): void
  readonly counts: ReadonlyMap<number, number>
}

export function makeDistances(): Distances {
  const counts = new Map<number, number>()
  let total = 0
  let usual = 0
  let most = 0
  // Regular probes repeat one distance: its count is only written to the map when another one comes.
  let current = 0
  let currentCount = 0

  function add(distance: number): void {
    total++
    if (distance !== current) {
      if (currentCount > 0) counts.set(current, currentCount)
      current = distance
      currentCount = counts.get(distance) ?? 0
    }
    currentCount++
    rank(distance, currentCount)
  }

  function rank(distance: number, count: number): void {
    if (count > most || (count === most && distance < usual)) {
      most = count
      usual = distance
    }
  }

  function flush(): void {
    if (currentCount > 0) counts.set(current, currentCount)
  }

  return {
    get total() {
      return total
    },
    get usual() {
      return usual
    },
    add,
    addAll(other) {
      flush()
      for (const [distance, count] of other.counts) {
        const sum = (counts.get(distance) ?? 0) + count
        counts.set(distance, sum)
        total += count
        rank(distance, sum)
      }
      currentCount = counts.get(current) ?? 0
    },
    get counts() {
      flush()
      return counts
    },
  }
}

/** Distances from a second up are told apart by whole seconds, shorter ones exactly. */
export function roundDistance(ms: number): number {
  return ms < SECOND ? ms : Math.round(ms / SECOND) * SECOND
}

/** The most frequent distance between different neighbours of a sorted column; 0 if there is none. */
export function usualDistance(times: Float64Array): number {
  const distances = makeDistances()
  for (let i = 1; i < times.length; i++) {
    const distance = (times[i] ?? 0) - (times[i - 1] ?? 0)
    if (distance > 0) distances.add(roundDistance(distance))
  }
  return distances.usual
}
