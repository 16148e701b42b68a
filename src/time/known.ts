import type { Interval } from '../model/interval.ts'
import { type Intervals, intersect, merge, subtract, union } from './interval.ts'

/** Time of which something is certain (`sure`) and time of which it is not ruled out (`possible`, holds `sure` too). */
export interface Known {
  readonly sure: Intervals
  readonly possible: Intervals
}

export const NEVER: Known = { sure: [], possible: [] }

/** What is certain is all there is. */
export function certain(list: Iterable<Interval>): Known {
  const sure = merge(list)
  return { sure, possible: sure }
}

/** Where one of them holds; linear in all their intervals after one sort. */
export function anyOf(list: Iterable<Known>): Known {
  const sure: Interval[] = []
  const possible: Interval[] = []
  for (const known of list) {
    for (const i of known.sure) sure.push(i)
    for (const i of known.possible) possible.push(i)
  }
  return { sure: merge(sure), possible: merge(possible) }
}

/** Where both hold. */
export function bothOf(a: Known, b: Known): Known {
  return { sure: intersect(a.sure, b.sure), possible: intersect(a.possible, b.possible) }
}

/** Nothing of it is certain. */
export function doubtful(known: Known): Known {
  return { sure: [], possible: union(known.sure, known.possible) }
}

/** Owed time that nothing covers: for certain, and as far as is not known. */
export interface Uncovered {
  readonly breached: Intervals
  readonly undecided: Intervals
}

/** `owed.sure` is owed for certain; of what is only possibly owed nothing can be breached. */
export function uncovered(owed: Known, cover: Known): Uncovered {
  const breached = subtract(owed.sure, cover.possible)
  return { breached, undecided: subtract(subtract(owed.possible, cover.sure), breached) }
}
