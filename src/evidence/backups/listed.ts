import type { Moment } from '../../model/interval.ts'
import type { Happened } from '../records.ts'
import type { Instant, Sighting } from './listings.ts'
import type { Listed } from './records.ts'
import { compareMoments, isMoment } from './times.ts'

/**
 * What listings say of one place: those that show it (by time), and the complete ones between that do not. Before it
 * was made, or was seen first where that is not known, nothing is absent.
 */
export function listedRuns(seen: readonly Sighting[], complete: readonly Instant[], made: Happened): readonly Listed[] {
  const runs: Listed[] = []
  let next = isMoment(made) ? lowest(complete, 0, one => one.at.earliest >= made.latest) : complete.length
  let shown: Moment | undefined

  /** Those from `next` to before `end` lack it. */
  function lack(end: number): void {
    const first = complete[next]
    const last = complete[end - 1]
    if (first === undefined || last === undefined || next >= end) return
    runs.push({ there: false, first: first.at, last: last.at, origins: [first.origin] })
  }

  for (const { listing, origin } of seen) {
    const { at } = listing
    // What is known to a day only may be before or after.
    lack(lowest(complete, next, one => one.at.latest > at.earliest || compareMoments(one.at, at) >= 0))
    const last = runs.at(-1)
    if (last?.there === true) {
      runs[runs.length - 1] = { ...last, last: at, origins: [last.origins[0] ?? origin, origin] }
    } else runs.push({ there: true, first: at, last: at, origins: [origin] })
    if (shown === undefined || at.latest > shown.latest) shown = at
    const { latest } = shown
    const after = lowest(complete, 0, one => one.at.earliest >= latest && compareMoments(one.at, at) > 0)
    next = isMoment(made) ? Math.max(next, after) : after
  }
  lack(complete.length)
  // They are many: no more room than they need.
  return [...runs]
}

/** The least index from `from` on for which a test holds that holds from there on. */
function lowest(list: readonly Instant[], from: number, test: (one: Instant) => boolean): number {
  let [low, high] = [from, list.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    const one = list[middle]
    if (one !== undefined && test(one)) high = middle
    else low = middle + 1
  }
  return low
}
