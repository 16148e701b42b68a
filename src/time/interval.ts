import type { Interval } from '../model/interval.ts'

/** Sorted, disjoint, non-touching, non-empty half-open intervals. Every list returned here has this form. */
export type Intervals = readonly Interval[]

/** Any intervals brought into sorted, disjoint form: empty ones dropped, overlapping and touching ones joined. */
export function merge(list: Iterable<Interval>): Interval[] {
  const sorted: Interval[] = []
  for (const i of list) if (i.start < i.end) sorted.push(i)
  sorted.sort((a, b) => a.start - b.start)
  return joinSorted(sorted)
}

/** What lies in `a`, in `b` or in both. */
export function union(a: Intervals, b: Intervals): Interval[] {
  const both: Interval[] = []
  let j = 0
  for (const x of a) {
    for (let y = b[j]; y !== undefined && y.start < x.start; y = b[j]) {
      both.push(y)
      j++
    }
    both.push(x)
  }
  for (; j < b.length; j++) both.push(at(b, j))
  return joinSorted(both)
}

/** What lies in both. */
export function intersect(a: Intervals, b: Intervals): Interval[] {
  const out: Interval[] = []
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const x = at(a, i)
    const y = at(b, j)
    const start = Math.max(x.start, y.start)
    const end = Math.min(x.end, y.end)
    if (start < end) out.push({ start, end })
    if (x.end <= y.end) i++
    else j++
  }
  return out
}

/** What lies in `a` but not in `b`. */
export function subtract(a: Intervals, b: Intervals): Interval[] {
  const out: Interval[] = []
  let j = 0
  for (const x of a) {
    let start = x.start
    while (j < b.length && at(b, j).end <= start) j++
    for (let k = j; k < b.length && at(b, k).start < x.end; k++) {
      const y = at(b, k)
      if (start < y.start) out.push({ start, end: y.start })
      start = Math.max(start, y.end)
    }
    if (start < x.end) out.push({ start, end: x.end })
  }
  return out
}

/** The part of the list inside one interval. */
export function clip(list: Intervals, within: Interval): Interval[] {
  const out: Interval[] = []
  for (let i = firstEndingAfter(list, within.start); i < list.length; i++) {
    const x = at(list, i)
    if (x.start >= within.end) break
    const start = Math.max(x.start, within.start)
    const end = Math.min(x.end, within.end)
    if (start < end) out.push({ start, end })
  }
  return out
}

/** Summed length in milliseconds. */
export function total(list: Intervals): number {
  let sum = 0
  for (const i of list) sum += i.end - i.start
  return sum
}

/** Whether the instant lies inside; an end is outside. */
export function contains(list: Intervals, t: number): boolean {
  const i = list[firstEndingAfter(list, t)]
  return i !== undefined && i.start <= t
}

/** Whether the whole interval lies inside; an empty one always does. */
export function covers(list: Intervals, whole: Interval): boolean {
  if (whole.start >= whole.end) return true
  const i = list[firstEndingAfter(list, whole.start)]
  return i !== undefined && i.start <= whole.start && whole.end <= i.end
}

/** Whether some stretch of the interval lies inside; an empty one never does. */
export function overlaps(list: Intervals, other: Interval): boolean {
  if (other.start >= other.end) return false
  const i = list[firstEndingAfter(list, other.start)]
  return i !== undefined && i.start < other.end
}

/** Index of the first interval that ends after `t`; the list's length if there is none. */
export function firstEndingAfter(list: Intervals, t: number): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if (at(list, middle).end <= t) low = middle + 1
    else high = middle
  }
  return low
}

function joinSorted(sorted: readonly Interval[]): Interval[] {
  const out: Interval[] = []
  let open: { start: number; end: number } | undefined
  for (const i of sorted) {
    if (open !== undefined && i.start <= open.end) {
      if (i.end > open.end) open.end = i.end
    } else {
      open = { start: i.start, end: i.end }
      out.push(open)
    }
  }
  return out
}

function at(list: Intervals, index: number): Interval {
  return list[index] as Interval
}
