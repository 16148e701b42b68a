import type { Points } from '../../../clauses/backup/rules.ts'
import type { Interval } from '../../../model/interval.ts'
import { localDay, startOfDay } from '../../../time/local.ts'
import type { Zone } from '../../../time/zone.ts'

/**
 * The longest that two backups lie apart where each date has one of its own, or of `slack` days before: from the first
 * instant of a date to the last of the next that needs another. Of those that begin in the span; the end is reached.
 */
export function pointGap({ slack }: Points, zone: Zone, { start, end }: Interval): Interval {
  let worst = { start, end: start }
  for (let date = localDay(zone, start); date <= localDay(zone, end - 1); date++) {
    const gap = { start: startOfDay(zone, date), end: startOfDay(zone, date + slack + 2) - 1 }
    if (gap.end - gap.start > worst.end - worst.start) worst = gap
  }
  return worst
}

/**
 * How long ago the newest backup that has to be there was made at most; undefined where at some instant of a day none
 * has to be. Of a date nothing is owed before `grace` is over, nor on days between its ages.
 */
export function oldestPoint(points: Points, zone: Zone, { start, end }: Interval): Interval | undefined {
  const { ages, slack, grace } = points
  const [least = 0] = ages
  const most = ages.at(-1) ?? 0
  let worst = { start, end: start }
  const last = localDay(zone, end - 1) + least + slack + 2
  for (let day = localDay(zone, start); day <= last; day++) {
    const [from, until] = [startOfDay(zone, day), startOfDay(zone, day + 1)]
    // What is owed from the end of a date on, with its grace, as seen on this day.
    const owed = ages.map(age => ({ date: day - age, since: startOfDay(zone, day - age + 1) + grace }))
    const turns = owed.map(({ since }) => since).filter(at => at > from && at < until)
    for (const at of [...turns, until].map(turn => turn - 1)) {
      const newest = owed.find(({ since }) => since <= at)
      if (newest === undefined) return undefined
      const made = startOfDay(zone, newest.date - slack)
      if (made < start || made >= end) continue
      if (at - made > worst.end - worst.start) worst = { start: made, end: at }
    }
    if (owed.every(({ since }) => since > from) && most > 0) return undefined
  }
  return worst
}
