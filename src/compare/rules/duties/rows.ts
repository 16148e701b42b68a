import type { WitnessRow } from '../../../model/comparison.ts'
import type { Interval } from '../../../model/interval.ts'
import { DAY, dayNumber, daysInMonth } from '../../../time/civil.ts'
import { type Duration, subtractDuration } from '../../../time/duration.ts'
import { localDay, startOfDay } from '../../../time/local.ts'
import { formatInstant } from '../../../time/stamp.ts'
import type { Zone } from '../../../time/zone.ts'
import type { Candidate, Side, World } from '../../rule.ts'
import { sameZone } from './spans.ts'

/** A row of a log; columns without a value are left out. */
export function row(type: string, cells: Readonly<Record<string, string | undefined>>): WitnessRow {
  const said = Object.entries(cells).filter(([, cell]) => cell !== undefined)
  return { ...Object.fromEntries(said), type } as WitnessRow
}

/** That the log of a type is complete for a stretch. */
export function coverage(type: string, { start, end }: Interval, zone: Zone): WitnessRow {
  return row('coverage', { covers: type, from: formatInstant(zone, start), to: formatInstant(zone, end) })
}

/** Whole local days around a stretch: the period of an audit. */
export function wholeDays(zone: Zone, first: number, last: number): Interval {
  return { start: startOfDay(zone, localDay(zone, first)), end: startOfDay(zone, localDay(zone, last - 1) + 1) }
}

/**
 * Dates (day numbers) of the year on which logs begin, the plainest first: a weekday in June, the days around a change
 * of the clock, the ends of months of all lengths, a weekend, one before a leap day. Only such as both contracts last on
 * for a while, where they say so. `amounts`: what runs on from such a date, in two zones.
 */
export function datesOf(
  base: Side,
  other: Side,
  { year, span }: World,
  amounts: readonly Duration[] = [],
): readonly number[] {
  const zones = sameZone(base.zone, other.zone) ? [base.zone] : [base.zone, other.zone]
  const turns = zones.flatMap(zone =>
    zone
      .segments(span.start, span.end)
      .slice(1)
      .map(({ start }) => start),
  )
  // What ends just after a clock that changes on other days was put forward or back.
  const before =
    zones.length < 2 ? [] : turns.flatMap(at => amounts.map(amount => backFrom(base.zone, at + DAY, amount)))
  const changes = [
    ...turns.flatMap(at => [localDay(base.zone, at) - 1, localDay(base.zone, at) + 1]),
    ...before.map(at => localDay(base.zone, at)),
  ]
  const ends = [dayNumber(year, 1, 30), dayNumber(year, 2, 27), dayNumber(year, 4, 29), dayNumber(year, 7, 30)]
  const plain = wednesdayFrom(dayNumber(year, 6, 8))
  const all = [plain, ...distinct(changes), ...ends, plain + 3, dayNumber(year, 1, 1), beforeLeapDay(year)]
  const from = Math.max(base.contract.term?.start ?? -Infinity, other.contract.term?.start ?? -Infinity)
  const until = Math.min(base.contract.term?.end ?? Infinity, other.contract.term?.end ?? Infinity)
  const fit = all.filter(day => (day - 40) * DAY > from && (day + 3) * DAY < until)
  return fit.length > 0 ? fit : distinct([base, other].flatMap(ownDates))
}

function backFrom(zone: Zone, at: number, amount: Duration): number {
  return amount.unit === 'calendar' || amount.unit === 'elapsed' ? subtractDuration(zone, at, amount) : at
}

/** How many of these dates are tried where each takes many logs: more of them where clocks change on other days. */
export function fewDates(base: Side, other: Side, few: number): number {
  return sameZone(base.zone, other.zone) ? few : 16
}

/** The same logs, saying whose times their stories tell where two zones differ. */
export function* inTimesOf(base: Side, other: Side, logs: Iterable<Candidate>): Iterable<Candidate> {
  const isSame = sameZone(base.zone, other.zone)
  for (const log of logs) {
    const isTimed = !isSame && /\d\d:\d\d/.test(log.story)
    yield isTimed ? { ...log, story: `${log.story.slice(0, -1)} (times of ${base.zone.name}).` } : log
  }
}

/** A date in the term of one contract, where there is none that both last on. */
function ownDates({ contract: { term }, zone }: Side): readonly number[] {
  if (term?.start !== undefined) return [localDay(zone, term.start) + 41]
  return term?.end === undefined ? [] : [localDay(zone, term.end) - 41]
}

/** A date that a leap day follows within a year. */
function beforeLeapDay(year: number): number {
  let leap = year + 1
  while (daysInMonth(leap, 2) < 29) leap++
  return dayNumber(leap - 1, 6, 10)
}

function wednesdayFrom(day: number): number {
  // Day 0 is a Thursday.
  return day + ((((6 - day) % 7) + 7) % 7)
}

/** Numbers and instants without repeats, in their order. */
export function distinct<T>(list: readonly T[]): readonly T[] {
  return [...new Set(list)]
}

/** The first of each, then the second of each. */
export function* inTurn(all: readonly Iterable<Candidate>[]): Iterable<Candidate> {
  let open = all.map(one => one[Symbol.iterator]())
  while (open.length > 0) {
    const rest: Iterator<Candidate>[] = []
    for (const one of open) {
      const next = one.next()
      if (next.done === true) continue
      yield next.value
      rest.push(one)
    }
    open = rest
  }
}
