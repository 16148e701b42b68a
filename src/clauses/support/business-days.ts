import type { Clock } from '../../time/clock.ts'
import { contains } from '../../time/interval.ts'
import { localDay } from '../../time/local.ts'

/** Day 0 of business days that start at `start`: the day number of the date whose hours hold it, or open next. */
export function firstBusinessDay(clock: Clock, start: number): number {
  const opens = clock.deadline(start, 0)
  const today = localDay(clock.zone, opens)
  // The tail of a night belongs to the evening before.
  return [today, today - 1].find(day => contains(clock.businessDay(day)?.open ?? [], opens)) ?? today
}

/** The `count`-th business day after a date that has so many: their deadline was found before. */
export function businessDayAfter(clock: Clock, first: number, count: number): number {
  let last = first
  for (let left = count; left > 0; left--) {
    do last++
    while (clock.businessDay(last) === undefined)
  }
  return last
}
