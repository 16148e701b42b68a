import { type CalendarRule, dayPlan, openIntervals } from './calendar.ts'
import { DAY, dayNumber } from './civil.ts'
import { contains, type Intervals, merge } from './interval.ts'
import { localDay, startOfDay, toInstant, toLocal } from './local.ts'
import { type DayHours, wallIntervals } from './wall-hours.ts'
import type { Zone } from './zone.ts'

/** Open time of `[from, to)`: sorted starts and ends, and `before[i]`, the open ms ahead of the i-th (one more: all). */
export interface OpenHours {
  readonly from: number
  readonly to: number
  readonly starts: Float64Array
  readonly ends: Float64Array
  readonly before: Float64Array
}

export function compile(rule: CalendarRule, zone: Zone, from: number, to: number): OpenHours {
  const open = openIntervals(rule, zone, from, to)
  const starts = new Float64Array(open.length)
  const ends = new Float64Array(open.length)
  const before = new Float64Array(open.length + 1)
  for (const [i, interval] of open.entries()) {
    starts[i] = interval.start
    ends[i] = interval.end
    before[i + 1] = (before[i] ?? 0) + interval.end - interval.start
  }
  return { from, to, starts, ends, before }
}

/** What opens on one local date: its real open time (its evening's tail included) and its hours on paper. */
export interface BusinessDay {
  readonly open: Intervals
  readonly length: number
}

/** Open time of one calendar, compiled as far as it has been asked about. */
export interface Clock {
  readonly rule: CalendarRule
  readonly zone: Zone
  /** Open ms from `a` to `b`; negative when `b` comes first. */
  elapsed(a: number, b: number): number
  /** The first instant `t` with `elapsed(a, t) = ms`; for 0 `a` itself when open, else the next opening. */
  deadline(a: number, ms: number): number
  isOpen(t: number): boolean
  open(from: number, to: number): Intervals
  /** The local date's openings; undefined when it isn't a business day. */
  businessDay(day: number): BusinessDay | undefined
}

/** A clock that compiles on demand. `deadline` throws a RangeError where no open hour comes within a year. */
export function makeClock(rule: CalendarRule, zone: Zone): Clock {
  let hours: OpenHours | undefined
  const days = new Map<number, BusinessDay | undefined>()
  const plan = dayPlan(rule)

  /** Grows by at least what there is already, so that repeated asking costs no more than one large compile. */
  function covering(from: number, to: number): OpenHours {
    if (hours !== undefined && hours.from <= from && to <= hours.to) return hours
    if (!Number.isFinite(from) || !Number.isFinite(to)) throw new RangeError('business time needs finite instants')
    if (hours === undefined) hours = compile(rule, zone, from - MARGIN, to + MARGIN)
    else {
      const size = hours.to - hours.from
      const first = from < hours.from ? Math.min(from - MARGIN, hours.from - size) : hours.from
      const last = to > hours.to ? Math.max(to + MARGIN, hours.to + size) : hours.to
      hours = compile(rule, zone, first, last)
    }
    return hours
  }

  function elapsed(a: number, b: number): number {
    const all = covering(Math.min(a, b), Math.max(a, b))
    return openBefore(all, b) - openBefore(all, a)
  }

  function deadline(a: number, ms: number): number {
    if (!(ms >= 0)) throw new RangeError(`no deadline for ${ms} ms`)
    let all = covering(a, a + 1)
    for (;;) {
      const used = openBefore(all, a) + ms
      // Of an interval that ends where the budget does, 0 takes the next one and anything else the closing time.
      const i = ms === 0 ? firstAbove(all.ends, a) : firstAtLeast(all.before, used) - 1
      const start = all.starts[i]
      if (start !== undefined) return ms === 0 ? Math.max(start, a) : start + used - (all.before[i] ?? 0)
      const reached = all.to
      all = covering(a, all.to + YEAR)
      if (openBefore(all, all.to) === openBefore(all, reached)) {
        throw new RangeError(`calendar "${rule.name}" has no open hour within a year`)
      }
    }
  }

  function isOpen(t: number): boolean {
    const all = covering(t, t + 1)
    return (all.starts[firstAbove(all.ends, t)] ?? Number.POSITIVE_INFINITY) <= t
  }

  function open(from: number, to: number): Intervals {
    if (!(from < to)) return []
    const all = covering(from, to)
    const out: { start: number; end: number }[] = []
    for (let i = firstAbove(all.ends, from); i < all.starts.length; i++) {
      const start = all.starts[i] ?? to
      if (start >= to) break
      out.push({ start: Math.max(start, from), end: Math.min(all.ends[i] ?? to, to) })
    }
    return out
  }

  function businessDay(day: number): BusinessDay | undefined {
    if (days.has(day)) return days.get(day)
    const found = readDay(day)
    days.set(day, found)
    return found
  }

  function readDay(day: number): BusinessDay | undefined {
    if (plan.own(day).length === 0) return undefined
    const around = { start: startOfDay(zone, day), end: startOfDay(zone, day + 2) }
    const own = wallIntervals(zone, around.start, around.end, d => (d === day ? plan.own(d) : []))
    if (own.length === 0) return undefined
    const tail = wallIntervals(zone, around.start, around.end, d => (d === day + 1 ? plan.tail(d) : []))
    return { open: merge([...own, ...tail]), length: lengthOf(plan.opening(day)) }
  }

  return { rule, zone, elapsed, deadline, isOpen, open, businessDay }
}

/** Whether a calendar is open at all in a year of its own zone. */
export function hasOpenHours(rule: CalendarRule, zone: Zone, year: number): boolean {
  const from = startOfDay(zone, dayNumber(year, 1, 1))
  return openIntervals(rule, zone, from, startOfDay(zone, dayNumber(year + 1, 1, 1))).length > 0
}

/** What "N business days" means: close of day N, the same time on day N, or N × the first day's hours. */
export type BusinessDayMode = 'end-of-day' | 'same-time' | 'working-hours'

/**
 * When `n` business days from `a` are over. Day 0 is the business day `a` falls in or, outside hours, the one that
 * opens next. RangeError where no open hour comes within a year.
 */
export function businessDeadline(clock: Clock, zone: Zone, a: number, n: number, mode: BusinessDayMode): number {
  if (!Number.isInteger(n) || n < 0) throw new RangeError(`no deadline for ${n} business days`)
  const start = clock.deadline(a, 0)
  const first = dayHolding(clock, zone, start)
  if (mode === 'working-hours') return n === 0 ? start : clock.deadline(start, n * first.hours.length)

  let last = first
  for (let i = 0; i < n; i++) last = nextBusinessDay(clock, last.day + 1)
  const close = last.hours.open.at(-1)?.end ?? start
  if (mode === 'end-of-day' || n === 0) return mode === 'end-of-day' ? close : start

  // Counted from the opening date's midnight, so that the small hours of a night shift stay in the night.
  const time = toLocal(zone, start) - first.day * DAY
  const sameTime = toInstant(zone, last.day * DAY + time).at
  const opens = last.hours.open[0]?.start ?? close
  return Math.min(Math.max(sameTime, opens), close)
}

const YEAR = 366 * DAY
const MARGIN = 200 * DAY

/** Open ms of the compiled span ahead of `t`. */
function openBefore(hours: OpenHours, t: number): number {
  const i = firstAbove(hours.ends, t)
  const start = hours.starts[i]
  return (hours.before[i] ?? 0) + (start !== undefined && t > start ? t - start : 0)
}

/** Index of the first value above `t`; the length if there is none. */
function firstAbove(values: Float64Array, t: number): number {
  let low = 0
  let high = values.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((values[middle] ?? 0) > t) high = middle
    else low = middle + 1
  }
  return low
}

/** Index of the first value that reaches `t`; the length if there is none. */
function firstAtLeast(values: Float64Array, t: number): number {
  let low = 0
  let high = values.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((values[middle] ?? 0) >= t) high = middle
    else low = middle + 1
  }
  return low
}

function lengthOf(hours: DayHours): number {
  const merged = merge(hours.map(([start, end]) => ({ start, end })))
  return merged.reduce((sum, { start, end }) => sum + end - start, 0)
}

interface Found {
  readonly day: number
  readonly hours: BusinessDay
}

/** The business day an open instant belongs to: by the date on which its hours opened. */
function dayHolding(clock: Clock, zone: Zone, at: number): Found {
  const today = localDay(zone, at)
  for (const day of [today, today - 1]) {
    const hours = clock.businessDay(day)
    if (hours !== undefined && contains(hours.open, at)) return { day, hours }
  }
  return nextBusinessDay(clock, today)
}

function nextBusinessDay(clock: Clock, from: number): Found {
  for (let day = from; day <= from + 366; day++) {
    const hours = clock.businessDay(day)
    if (hours !== undefined) return { day, hours }
  }
  throw new RangeError(`calendar "${clock.rule.name}" has no open hour within a year`)
}
