import { firstEndingAfter, type Intervals } from '../../../time/interval.ts'

/** How much of a list of intervals lies where; sums in ms, exact. */
export interface Measure {
  readonly list: Intervals
  /** Ms of the list in `[from, to)`. */
  between(from: number, to: number): number
  /** The latest instant up to which no more than `ms` of the list have passed since `from`; Infinity where the list ends first. */
  reach(from: number, ms: number): number
  /** The earliest instant since which no more than `ms` of the list have passed at `to`; −Infinity where the list begins later. */
  back(to: number, ms: number): number
}

export function measureOf(list: Intervals): Measure {
  const before = new Float64Array(list.length + 1)
  for (const [i, { start, end }] of list.entries()) before[i + 1] = (before[i] ?? 0) + end - start

  /** Ms of the list ahead of `t`. */
  function ahead(t: number): number {
    const i = firstEndingAfter(list, t)
    const start = list[i]?.start ?? Number.POSITIVE_INFINITY
    return (before[i] ?? 0) + Math.max(0, t - start)
  }

  /** Index of the first sum above `ms`; the length if there is none. */
  function firstAbove(ms: number): number {
    let low = 0
    let high = before.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((before[middle] ?? 0) > ms) high = middle
      else low = middle + 1
    }
    return low
  }

  return {
    list,
    between: (from, to) => (from < to ? ahead(to) - ahead(from) : 0),
    reach(from, ms) {
      const sum = ahead(from) + ms
      const i = firstAbove(sum) - 1
      const start = list[i]?.start
      return start === undefined ? Number.POSITIVE_INFINITY : start + sum - (before[i] ?? 0)
    },
    back(to, ms) {
      const sum = ahead(to) - ms
      if (sum <= 0) return Number.NEGATIVE_INFINITY
      let i = firstAbove(sum) - 1
      // Where the sum is used up exactly at an end, that end: what follows it is free.
      if ((before[i] ?? 0) === sum) i--
      return (list[i]?.start ?? 0) + sum - (before[i] ?? 0)
    },
  }
}
