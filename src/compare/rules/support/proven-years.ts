import type { Interval } from '../../../model/interval.ts'
import { ALWAYS, type CalendarRule } from '../../../time/calendar.ts'
import { civilDate, DAY, dayNumber } from '../../../time/civil.ts'
import type { Clock } from '../../../time/clock.ts'
import { startOfDay, toLocal } from '../../../time/local.ts'
import type { Zone } from '../../../time/zone.ts'
import type { World } from '../../rule.ts'

/** The years that relations are proven for, as far as no date is listed outside them. */
export const FIRST = 2000
export const LAST = 2040

/** From the first of the proven years to the last, with all that calendars list by date. */
export function provenSpan(clocks: readonly Clock[]): Interval {
  const zone = clocks[0]?.zone
  const years = clocks.flatMap(({ rule }) => listedYears(rule))
  const [first, last] = [Math.min(FIRST, ...years), Math.max(LAST, ...years) + 1]
  if (zone === undefined) return { start: Date.UTC(first, 0, 1), end: Date.UTC(last, 0, 1) }
  return { start: startOfDay(zone, dayNumber(first, 1, 1)), end: startOfDay(zone, dayNumber(last, 1, 1)) }
}

/**
 * Spans outside that of the world that stand for all of the proven years: of the weeks in which all clocks run as they do in another
 * one, as far as what begins there reaches, one alone. The nearest come first. `reach`: where what begins at an instant is
 * over for certain; without it all weeks differ.
 */
export function* otherSpans(
  clocks: readonly Clock[],
  grid: Zone,
  { span: done, proven: all = provenSpan(clocks) }: World,
  reach: ((at: number) => number) | undefined,
): Iterable<Interval> {
  const from = dayAt(grid, all.start) - BEFORE
  const days = dayAt(grid, all.end) + AFTER - from
  const patterns = clocks.map(clock => patternOf(clock, grid, from, days))
  const known = new Set<string>()
  const first = dayAt(grid, done.start)
  const keyOf = (day: number): string => {
    if (reach === undefined) return String(day)
    const end = startOfDay(grid, day + WEEK)
    const until = day + WEEK + Math.ceil((Math.max(reach(end), reach(end - 1), end) - end) / DAY) + 3
    return patterns.map(one => one.slice(day - BEFORE - from, until - from).join()).join('|')
  }
  for (let day = first; startOfDay(grid, day + WEEK) <= done.end; day += WEEK) known.add(keyOf(day))
  const last = dayAt(grid, all.end)
  const start = dayAt(grid, all.start)
  for (let away = 1; first - away * WEEK > start - WEEK || first + away * WEEK < last; away++) {
    for (const day of [first + away * WEEK, first - away * WEEK]) {
      if (day <= start - WEEK || day >= last) continue
      const span = { start: startOfDay(grid, day), end: startOfDay(grid, day + WEEK) }
      if (span.start >= done.start && span.end <= done.end) continue
      const key = keyOf(day)
      if (known.has(key)) continue
      known.add(key)
      yield span
    }
  }
}

const WEEK = 7
/** Days before a week that its openings may belong to, and after all years that the last of them may reach. */
const BEFORE = 10
const AFTER = 420

/** How a clock runs on each day of a zone: one number for one way. */
function patternOf(clock: Clock, grid: Zone, from: number, days: number): readonly number[] {
  const known = patterns.get(clock.rule) ?? new Map<string, readonly number[]>()
  patterns.set(clock.rule, known)
  const key = `${clock.zone.name} ${grid.name} ${from} ${days}`
  const made = known.get(key) ?? makePattern(clock, grid, from, days)
  known.set(key, made)
  return made
}

const patterns = new WeakMap<CalendarRule, Map<string, readonly number[]>>()

function makePattern(clock: Clock, grid: Zone, from: number, days: number): readonly number[] {
  const starts = startsOf(grid, from, days)
  const [first = 0, end = 0] = [starts[0], starts.at(-1)]
  const open = clock.rule === ALWAYS ? [] : clock.open(first, end)
  const turns = clock.zone.segments(first, end).map(segment => segment.start)
  const names = new Map<string, number>()
  let next = 0
  let turn = 0
  return starts.slice(0, -1).map((start, i) => {
    const stop = starts[i + 1] ?? start
    const parts: (number | string)[] = [stop - start, clock.zone.offsetAt(start)]
    while ((turns[turn] ?? stop) <= start) turn++
    for (let at = turn; (turns[at] ?? stop) < stop; at++) parts.push(`t${(turns[at] ?? 0) - start}`)
    while ((open[next]?.end ?? stop) <= start) next++
    for (let at = next; (open[at]?.start ?? stop) < stop; at++) {
      const { start: opens, end: closes } = open[at] ?? { start, end: start }
      parts.push(Math.max(opens - start, -1), Math.min(closes, stop + 1) - start)
    }
    if (clock.rule !== ALWAYS) {
      for (const at of [start, stop - 1]) parts.push(`d${clock.businessDay(dayAt(clock.zone, at))?.length ?? ''}`)
    }
    const name = parts.join()
    const number = names.get(name) ?? names.size
    names.set(name, number)
    return number
  })
}

/** The first instants of so many days and of the one after them. */
function startsOf(grid: Zone, from: number, days: number): readonly number[] {
  const known = dayStarts.get(grid) ?? new Map<string, readonly number[]>()
  dayStarts.set(grid, known)
  const key = `${from} ${days}`
  const made = known.get(key) ?? Array.from({ length: days + 1 }, (_, i) => startOfDay(grid, from + i))
  known.set(key, made)
  return made
}

const dayStarts = new WeakMap<Zone, Map<string, readonly number[]>>()

/** Years of the dates that a calendar lists one by one. */
function listedYears({ except, holidays }: CalendarRule): readonly number[] {
  const listed = holidays.filter(({ source = '' }) => /^\d+ dates?$/.test(source))
  const years: number[] = [...except.keys()].map(day => civilDate(day).year)
  for (let year = 1970; year <= 2100; year++) if (listed.some(rule => rule.of(year).length > 0)) years.push(year)
  return years
}

function dayAt(zone: Zone, at: number): number {
  return Math.floor(toLocal(zone, at) / DAY)
}
