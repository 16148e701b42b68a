import type { Interval } from '../../../model/interval.ts'
import { addMonths, DAY, dayNumber } from '../../../time/civil.ts'
import { addDuration, type Duration } from '../../../time/duration.ts'
import { startOfDay } from '../../../time/local.ts'
import type { Zone } from '../../../time/zone.ts'
import type { World } from '../../rule.ts'

/** An amount of wall time in a zone: months, then days of the calendar, then ms (also fewer), then a second amount. */
export interface Span {
  readonly months: number
  readonly days: number
  readonly ms: number
  readonly then?: Duration
  readonly zone: Zone
}

/** The span of an elapsed or calendar amount, `plus` ms longer or shorter; undefined for business time. */
export function spanOf(amount: Duration, zone: Zone, plus = 0): Span | undefined {
  if (amount.unit === 'elapsed') return { months: 0, days: 0, ms: amount.ms + plus, zone }
  if (amount.unit !== 'calendar') return undefined
  return { months: amount.months, days: amount.days, ms: amount.ms + plus, zone }
}

/** The same with a second amount after it. */
export function spanThen(span: Span, then: Duration | undefined): Span {
  if (then === undefined) return span
  if (then.unit === 'elapsed') return { ...span, ms: span.ms + then.ms }
  return { ...span, then }
}

/** The instant that a span from `at` ends at. */
export function spanEnd({ months, days, ms, then, zone }: Span, at: number): number {
  const end = addDuration(zone, at, { unit: 'calendar', months, days, ms: 0, text: '' }) + ms
  return then === undefined ? end : addDuration(zone, end, then)
}

/** Whether from every instant `a` ends no later than `b`; undefined where that is not known. */
export function isWithin(a: Span, b: Span): boolean | undefined {
  const plain = a.then === undefined && b.then === undefined
  const elapsed = [a, b].every(({ months, days }) => months === 0 && days === 0)
  const alike = elapsed || sameZone(a.zone, b.zone)
  if (alike && plain && a.months === b.months && a.days === b.days) return a.ms <= b.ms
  if (alike && plain && isPartwise(a, b)) return true
  if (alike && plain && isPartwise(b, a)) return false
  if (alike && isSame(a, b)) return true
  if (alike && plain) {
    // At the same local time, what is so many days later comes later whatever the clock does in between.
    const [of, against] = [daysInAll(a), daysInAll(b)]
    if (of.most <= against.least && a.ms <= b.ms) return true
    if (of.least > against.most && a.ms >= b.ms) return false
  }
  const [of, against] = [spanLengths(a), spanLengths(b)]
  if (of.most <= against.least) return true
  return of.least > against.most ? false : undefined
}

function isPartwise(a: Span, b: Span): boolean {
  return a.months <= b.months && a.days <= b.days && a.ms <= b.ms
}

function isSame(a: Span, b: Span): boolean {
  const parts = ({ months, days, ms, then }: Span) =>
    JSON.stringify([months, days, ms, then === undefined ? 0 : { ...then, text: '' }])
  return parts(a) === parts(b)
}

/** The least and the most ms that a span takes, whenever it begins. */
export function spanLengths({ months, days, ms, then, zone }: Span): { readonly least: number; readonly most: number } {
  const first = calendarLengths(months, days, zone)
  if (then?.unit !== 'calendar') return { least: first.least + ms, most: first.most + ms }
  const second = calendarLengths(then.months, then.days, zone)
  const rest = ms + then.ms
  return { least: first.least + second.least + rest, most: first.most + second.most + rest }
}

function calendarLengths(months: number, days: number, zone: Zone) {
  if (months === 0 && days === 0) return { least: 0, most: 0 }
  const { least, most } = daysInAll({ months, days })
  const spread = offsetSpread(zone)
  return { least: least * DAY - spread, most: most * DAY + spread }
}

function daysInAll({ months, days }: Pick<Span, 'months' | 'days'>) {
  const { least, most } = daysInMonths(months)
  return { least: least + days, most: most + days }
}

const monthDays = new Map<number, { readonly least: number; readonly most: number }>()

/** How many days so many months have, over the 400 years after which the calendar repeats. */
function daysInMonths(months: number) {
  const known = monthDays.get(months)
  if (known !== undefined) return known
  let least = Number.POSITIVE_INFINITY
  let most = 0
  for (let year = 2000; year < 2400; year++) {
    for (let month = 1; month <= 12; month++) {
      // All days up to the 28th are alike; the last ones may be moved back.
      for (const back of [28, 3, 2, 1]) {
        const day = addMonths(dayNumber(year, month, 1), 1) - back
        const length = addMonths(day, months) - day
        least = Math.min(least, length)
        most = Math.max(most, length)
      }
    }
  }
  const found = { least, most }
  monthDays.set(months, found)
  return found
}

/** Zones are held against each other, and their changes known, over the years that logs are from. */
const YEARS: Interval = { start: Date.UTC(1990, 0, 1), end: Date.UTC(2060, 0, 1) }
const spreads = new WeakMap<Zone, number>()

/** By how much the offsets of a zone differ. */
export function offsetSpread(zone: Zone): number {
  const known = spreads.get(zone)
  if (known !== undefined) return known
  const offsets = zone.segments(YEARS.start, YEARS.end).map(({ offset }) => offset)
  const spread = Math.max(...offsets) - Math.min(...offsets)
  spreads.set(zone, spread)
  return spread
}

const alike = new WeakMap<Zone, WeakMap<Zone, boolean>>()

/** Whether two zones show the same time throughout, whatever they are called. */
export function sameZone(a: Zone, b: Zone): boolean {
  if (a === b || a.name === b.name) return true
  const known = alike.get(a)?.get(b)
  if (known !== undefined) return known
  const [ofA, ofB] = [a, b].map(zone =>
    zone.segments(YEARS.start, YEARS.end).map(({ start, offset }) => [start, offset]),
  )
  const same = JSON.stringify(ofA) === JSON.stringify(ofB)
  alike.set(a, (alike.get(a) ?? new WeakMap<Zone, boolean>()).set(b, same))
  return same
}

/** The longest that a span takes of those that begin in the year, and the first that does. */
export function longestSpan(span: Span, { year }: World): Interval {
  return worstSpan(span, year, (length, most) => length > most)
}

/** The shortest. */
export function shortestSpan(span: Span, { year }: World): Interval {
  return worstSpan(span, year, (length, least) => length < least)
}

function worstSpan(span: Span, year: number, isWorse: (length: number, than: number) => boolean): Interval {
  let worst: Interval | undefined
  for (let day = dayNumber(year, 1, 1); day < dayNumber(year + 1, 1, 1); day++) {
    const start = startOfDay(span.zone, day) + DAY / 2
    const at = { start, end: spanEnd(span, start) }
    if (worst === undefined || isWorse(at.end - at.start, worst.end - worst.start)) worst = at
  }
  return worst ?? { start: 0, end: 0 }
}
