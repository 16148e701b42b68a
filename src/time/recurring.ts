import type { Interval } from '../model/interval.ts'
import { nearest } from '../model/nearest.ts'
import { WEEKDAYS, weekdayNamed } from './calendar.ts'
import { civilDate, DAY, daysInMonth, weekday } from './civil.ts'
import type { Problem } from './duration.ts'
import { type DayHours, tailOf, wallIntervals } from './wall-hours.ts'
import type { Zone } from './zone.ts'

/** On which dates a window comes: `nth` −1 is the month's last, weekdays count from 0 = Monday. */
export type Recurrence =
  | { readonly kind: 'daily' }
  | { readonly kind: 'weekly'; readonly weekday: number }
  | { readonly kind: 'monthly'; readonly weekday: number; readonly nth: number }
  | { readonly kind: 'month-day'; readonly day: number }

/** A recurring window, such as every last Sunday from 02:00 to 06:00. Hours may run past midnight. */
export interface RecurringRule {
  readonly every: Recurrence
  readonly hours: DayHours
}

/** Reads `last sunday`, `third tuesday`, `every sunday` or `sunday`, `15th`, `daily`. */
export function parseRecurrence(text: string): Recurrence | Problem {
  const plain = text
    .trim()
    .toLowerCase()
    .replace(/^every\s+/, '')
    .replace(/\s+of (?:the|each|every) month$/, '')
  if (plain === 'daily' || plain === 'day') return { kind: 'daily' }
  const date = /^([1-9]|[12]\d|3[01])(?:st|nd|rd|th)$/.exec(plain)
  if (date !== null) return { kind: 'month-day', day: Number(date[1]) }
  const words = plain.split(/\s+/)
  const [first = '', second] = words
  const day = weekdayNamed(second ?? first)
  if (day !== undefined && words.length === 1) return { kind: 'weekly', weekday: day }
  const nth = ORDINALS.get(first)
  if (day !== undefined && words.length === 2 && nth !== undefined) return { kind: 'monthly', weekday: day, nth }
  const wrong = words.find((word, i) =>
    i === words.length - 1 ? weekdayNamed(word) === undefined : !ORDINALS.has(word),
  )
  const meant = wrong === undefined ? undefined : nearest(wrong, [...WEEKDAYS, ...ORDINALS.keys()])
  return {
    problem: `"${text}" isn't a recurrence`,
    hint:
      meant === undefined
        ? 'write such as last sunday, third tuesday, every sunday, 15th or daily'
        : `did you mean ${meant}?`,
  }
}

/** Whether a local date (day number) is one of the recurrence's. A month without the date or the fifth weekday has none. */
export function recursOn(every: Recurrence, day: number): boolean {
  if (every.kind === 'daily') return true
  if (every.kind === 'weekly') return weekday(day) === every.weekday
  const date = civilDate(day)
  if (every.kind === 'month-day') return date.day === every.day
  if (weekday(day) !== every.weekday) return false
  return every.nth === -1 ? date.day + 7 > daysInMonth(date.year, date.month) : Math.ceil(date.day / 7) === every.nth
}

/** The real time in `[from, to)` that lies in a recurring window, by the wall clock of the zone. */
export function recurringIntervals(rule: RecurringRule, zone: Zone, from: number, to: number): Interval[] {
  const own = rule.hours.map(([start, end]) => [start, Math.min(end, DAY)] as const)
  const tail = tailOf(rule.hours)
  return wallIntervals(zone, from, to, day => {
    const left = tail.length > 0 && recursOn(rule.every, day - 1) ? tail : []
    return recursOn(rule.every, day) ? [...left, ...own] : left
  })
}

const ORDINALS: ReadonlyMap<string, number> = new Map([
  ['first', 1],
  ['1st', 1],
  ['second', 2],
  ['2nd', 2],
  ['third', 3],
  ['3rd', 3],
  ['fourth', 4],
  ['4th', 4],
  ['fifth', 5],
  ['5th', 5],
  ['last', -1],
])
