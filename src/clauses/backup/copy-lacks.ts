import type { Copy } from '../../evidence/backups/records.ts'
import type { Interval } from '../../model/interval.ts'
import { contains, type Intervals, merge, subtract } from '../../time/interval.ts'
import type { Known } from '../../time/known.ts'

/** What is known of one place that holds, or held, a copy. */
export interface Place {
  /** Where a copy can be restored from it. */
  readonly known: Known
  /** Where a copy was made there by then, and perhaps is of no use any more. */
  readonly gone: Intervals
}

/** Where a copy that was made is perhaps gone: after it may have come, except where it is only not known when it came. */
export function goneOf(exists: Known, known: Known, { made }: Copy): Intervals {
  const [first] = known.possible
  if (first === undefined) return []
  const since = exists.sure[0]?.start
  const came = since !== undefined && contains(known.sure, since) && since < first.end ? since : first.start
  const ended = made?.earliest === made?.latest ? made?.earliest : undefined
  const there = ended === undefined ? known.sure : merge([...known.sure, { start: ended, end: ended + 1 }])
  return subtract([{ start: Math.max(first.start, came), end: Number.POSITIVE_INFINITY }], there)
}

/**
 * Where so many copies may have been made of which fewer are left. Of the places of `open` it is not known whether they
 * count at all; `same`: how many of the others may not.
 */
export function lacksOf(
  count: number,
  places: readonly Place[],
  open: readonly Place[],
  same: number,
  isCertain: boolean,
): Intervals {
  const edges: [at: number, of: keyof Counts, step: 1 | -1][] = []
  const add = (of: keyof Counts, list: Intervals): void => {
    for (const { start, end } of list) edges.push([start, of, 1], [end, of, -1])
  }
  for (const { known, gone } of places) {
    add('held', known.sure)
    add('left', subtract(gone, known.sure))
    add('may', subtract(subtract(known.possible, known.sure), gone))
  }
  for (const { known, gone } of open) {
    add('left', gone)
    // What may be no copy elsewhere at all keeps nothing where enough are made only with it.
    add(isCertain ? 'may' : 'left', subtract(known.possible, gone))
  }
  edges.sort(([a], [b]) => a - b)
  const counts: Counts = { held: 0, left: 0, may: 0 }
  const out: Interval[] = []
  for (const [i, [at, of, step]] of edges.entries()) {
    counts[of] += step
    const next = edges[i + 1]?.[0]
    if (next === undefined || next === at) continue
    const doubted = Math.min(same, counts.held)
    const held = counts.held - doubted
    const most = held + counts.left + counts.may + doubted
    if (held < count && counts.left > 0 && most >= count) out.push({ start: at, end: next })
  }
  return merge(out)
}

/** Places that hold it for certain, that may have held it, and those that hold it unless it never came. */
interface Counts {
  held: number
  left: number
  may: number
}
