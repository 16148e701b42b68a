import { type BusinessDayMode, businessDeadline, type Clock } from '../../time/clock.ts'
import { addDuration, type Duration } from '../../time/duration.ts'
import type { Intervals } from '../../time/interval.ts'
import type { Zone } from '../../time/zone.ts'

/** What amounts run on: hours and minutes on `hours`, business units on the calendar, days on the wall clock of `zone`. */
export interface ClockRules {
  readonly calendar: Clock
  readonly always: Clock
  readonly zone: Zone
  readonly hours: 'calendar' | 'always'
  readonly businessDay: BusinessDayMode
}

/** An amount from one start: `ms` of the clock it runs on; `due` is when they are over if nothing pauses. */
export interface Allowance {
  readonly clock: Clock
  readonly on: 'calendar' | 'always'
  readonly ms: number
  readonly due: number
}

/** What an amount allows from `start` on. RangeError where the calendar has no open hour within a year. */
export function allowanceOf(amount: Duration, start: number, rules: ClockRules): Allowance {
  const { calendar, always } = rules
  if (amount.unit === 'calendar') {
    const due = addDuration(rules.zone, start, amount)
    return { clock: always, on: 'always', ms: due - start, due }
  }
  if (amount.unit === 'business-days') {
    const due = businessDeadline(calendar, calendar.zone, start, amount.days, rules.businessDay)
    return { clock: calendar, on: 'calendar', ms: calendar.elapsed(start, due), due }
  }
  const on = amount.unit === 'elapsed' ? rules.hours : 'calendar'
  const clock = on === 'calendar' ? calendar : always
  return { clock, on, ms: amount.ms, due: clock.deadline(start, amount.ms) }
}

/** The clock's time in `[start, stop)` outside `notCounted`, in ms. */
export function countedTime(clock: Clock, start: number, stop: number, notCounted: Intervals): number {
  if (stop <= start) return 0
  return clock.elapsed(start, stop) - timeWithin(clock, start, stop, notCounted)
}

/** The clock's time of `list` that falls in `[start, stop)`, in ms. */
export function timeWithin(clock: Clock, start: number, stop: number, list: Intervals): number {
  let sum = 0
  for (const interval of list) {
    const from = Math.max(interval.start, start)
    const to = Math.min(interval.end, stop)
    if (from < to) sum += clock.elapsed(from, to)
  }
  return sum
}

/**
 * The first instant at which the time counted from `start` reaches the allowance; used up exactly at a closing, the
 * closing. Where nothing is taken out before the allowance's own due instant, that instant.
 */
export function dueOf(allowance: Allowance, start: number, notCounted: Intervals): number {
  const { clock, ms } = allowance
  if (ms === 0 || timeWithin(clock, start, allowance.due, notCounted) === 0) return allowance.due
  return reachedAt(clock, start, ms, notCounted)
}

/** The first instant from `at` on that counts: the clock is open and nothing is taken out. */
export function nextCounted(clock: Clock, at: number, notCounted: Intervals): number {
  let next = clock.deadline(at, 0)
  for (const pause of notCounted) {
    if (pause.start <= next && next < pause.end) next = clock.deadline(pause.end, 0)
  }
  return next
}

/** The first instant at which `ms` (above 0) of the clock's time have been counted from `start`. */
function reachedAt(clock: Clock, start: number, ms: number, notCounted: Intervals): number {
  let from = start
  let left = ms
  for (const pause of notCounted) {
    if (pause.end <= from) continue
    const counted = pause.start > from ? clock.elapsed(from, pause.start) : 0
    if (counted >= left) break
    left -= counted
    from = pause.end
  }
  return clock.deadline(from, left)
}

/** An amount as the contract writes it. */
export function amountText(amount: Duration): string {
  return amount.text.trim()
}
