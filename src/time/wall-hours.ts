import type { Interval } from '../model/interval.ts'
import { DAY } from './civil.ts'
import { merge } from './interval.ts'
import type { Zone } from './zone.ts'

/** Hours of one date as `[start, end)` in ms after its midnight; an end beyond `DAY` lies on the next date. */
export type DayHours = readonly (readonly [number, number])[]

/**
 * The real time in `[from, to)` at which the wall clock of the zone reads an hour that is open on that local date.
 * `hoursOn` gives a date's own hours, all within `[0, DAY]`. Clock changes need no rule of their own: an hour that is
 * skipped has no instant, one that shows twice is open twice.
 */
export function wallIntervals(zone: Zone, from: number, to: number, hoursOn: (day: number) => DayHours): Interval[] {
  const found: Interval[] = []
  for (const segment of zone.segments(from, to)) {
    const last = Math.floor((segment.end + segment.offset - 1) / DAY)
    for (let day = Math.floor((segment.start + segment.offset) / DAY); day <= last; day++) {
      const midnight = day * DAY - segment.offset
      for (const [opens, closes] of hoursOn(day)) {
        const start = Math.max(midnight + opens, segment.start)
        const end = Math.min(midnight + closes, segment.end)
        if (start < end) found.push({ start, end })
      }
    }
  }
  return merge(found)
}

/** What hours that open on one date leave for the next: those beyond midnight, counted from that midnight. */
export function tailOf(hours: DayHours): DayHours {
  const tail: [number, number][] = []
  for (const [start, end] of hours) if (end > DAY) tail.push([Math.max(start - DAY, 0), end - DAY])
  return tail
}
