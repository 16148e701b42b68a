import type { Interval } from '../../../model/interval.ts'
import { addMonths, DAY, HOUR } from '../../../time/civil.ts'
import type { Clock } from '../../../time/clock.ts'
import { type Duration, subtractDuration } from '../../../time/duration.ts'
import type { Intervals } from '../../../time/interval.ts'
import { localDay, startOfDay, toInstant, toLocal } from '../../../time/local.ts'
import type { Zone } from '../../../time/zone.ts'
import { numbersOf, type Reading } from './promise.ts'

/**
 * Instants of a span between which what every reading allows a clock that starts there moves evenly: with the instants
 * just before and after them, so that what holds at all of them holds in all of the span.
 */
export function openingsOf(readings: readonly Reading[], span: Interval): readonly number[] {
  const edges = new Set<number>([span.start, span.end - 1])
  for (const reading of readings) {
    const until = span.end + reachOf(reading, span)
    for (const clock of reading.choosing) addEdges(edges, clock, span)
    for (const amount of numbersOf(reading.promised)) addAmount(edges, amount, reading, span, until)
  }
  const out = new Set<number>()
  for (const edge of edges)
    for (const at of [edge - 1, edge, edge + 1]) if (at >= span.start && at < span.end) out.add(at)
  return [...out].sort((a, b) => a - b)
}

/** How far the reading reaches beyond a span: the longest it allows at its end, and as much again. */
function reachOf({ promised, rules }: Reading, span: Interval): number {
  const days = numbersOf(promised).map(amount => {
    if (amount.unit === 'business-days') return amount.days * 3
    if (amount.unit === 'calendar') return amount.days + amount.months * 31 + amount.ms / DAY
    const clock = amount.unit === 'elapsed' && rules.hours === 'always' ? rules.always : rules.calendar
    return (clock.deadline(span.end, amount.ms) - span.end) / DAY
  })
  return (Math.max(0, ...days) + 30) * DAY
}

function addAmount(edges: Set<number>, amount: Duration, { rules }: Reading, span: Interval, until: number): void {
  const { calendar, zone } = rules
  if (amount.unit === 'calendar') {
    addZone(edges, zone, amount, span, until)
    return
  }
  if (amount.unit === 'elapsed' && rules.hours === 'always') return
  addEdges(edges, calendar, span)
  const open = calendar.open(span.start - DAY, until)
  if (amount.unit !== 'business-days') {
    addBefore(edges, open, amount.ms)
    return
  }
  addMidnights(edges, calendar, span)
  if (rules.businessDay === 'working-hours') {
    for (const length of dayLengths(calendar, span)) addBefore(edges, open, length * amount.days)
  } else if (rules.businessDay === 'same-time') addTimes(edges, calendar, span, until)
}

/** Where a calendar is open over midnight, another day of its zone begins without an edge. */
function addMidnights(edges: Set<number>, calendar: Clock, { start, end }: Interval): void {
  const last = localDay(calendar.zone, end)
  for (let day = localDay(calendar.zone, start); day <= last; day++) {
    const at = startOfDay(calendar.zone, day)
    if (calendar.isOpen(at) || calendar.isOpen(at - 1)) edges.add(at)
  }
}

function addEdges(edges: Set<number>, clock: Clock, { start, end }: Interval): void {
  for (const one of clock.open(start - 1, end + 1)) {
    edges.add(one.start)
    edges.add(one.end)
  }
}

/** For each opening and closing the instant that lies an amount of open time before it. */
function addBefore(edges: Set<number>, open: Intervals, ms: number): void {
  let ahead = 0
  let first = 0
  let before = 0
  for (const { start, end } of open) {
    for (const wanted of [ahead - ms, ahead + end - start - ms]) {
      if (wanted < 0) continue
      for (let one = open[first]; one !== undefined && before + one.end - one.start < wanted; one = open[first]) {
        before += one.end - one.start
        first++
      }
      const one = open[first]
      if (one !== undefined) edges.add(one.start + wanted - before)
    }
    ahead += end - start
  }
}

function dayLengths(calendar: Clock, span: Interval): ReadonlySet<number> {
  const out = new Set<number>()
  const last = localDay(calendar.zone, span.end) + 10
  for (let day = localDay(calendar.zone, span.start) - 10; day <= last; day++) {
    const length = calendar.businessDay(day)?.length
    if (length !== undefined) out.add(length)
  }
  return out
}

/** On each date, all times of day at which the calendar opens or closes on some date, and its clock changes. */
function addTimes(edges: Set<number>, calendar: Clock, span: Interval, until: number): void {
  const { zone } = calendar
  const times = new Set<number>()
  for (const { start, end } of calendar.open(span.start, until))
    for (const at of [start, end]) times.add(((toLocal(zone, at) % DAY) + DAY) % DAY)
  for (const { start } of zone.segments(span.start, until))
    for (const at of [start - HOUR, start, start + HOUR]) times.add(((toLocal(zone, at) % DAY) + DAY) % DAY)
  const last = localDay(zone, span.end)
  for (let day = localDay(zone, span.start); day <= last; day++)
    for (const time of times) edges.add(toInstant(zone, day * DAY + time).at)
}

/** Where the same local time later is moved: clock changes, at either end, and ends of months. */
function addZone(
  edges: Set<number>,
  zone: Zone,
  amount: Extract<Duration, { unit: 'calendar' }>,
  span: Interval,
  until: number,
): void {
  for (const { start } of zone.segments(span.start, until)) {
    const back = subtractDuration(zone, start, amount)
    // By half an hour, an hour or two.
    for (const at of [start, back]) for (let step = -4; step <= 4; step++) edges.add(at + (step * HOUR) / 2)
  }
  if (amount.months === 0) return
  const last = localDay(zone, span.end)
  for (let day = localDay(zone, span.start); day <= last; day++) {
    const short = addMonths(day, amount.months) === addMonths(day + 1, amount.months)
    const skips = addMonths(day + 1, amount.months) - addMonths(day, amount.months) > 1
    if (short || skips) for (const at of [day, day + 1]) edges.add(startOfDay(zone, at))
  }
}
