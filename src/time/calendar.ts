import type { Interval } from '../model/interval.ts'
import { nearest } from '../model/nearest.ts'
import { civilDate, DAY, HOUR, MINUTE, SECOND, weekday } from './civil.ts'
import type { Problem } from './duration.ts'
import type { HolidayRule } from './holidays/rule.ts'
import { type DayHours, tailOf, wallIntervals } from './wall-hours.ts'
import type { Zone } from './zone.ts'

export type { DayHours } from './wall-hours.ts'

/**
 * Weekly business hours. `week` has 7 days, Monday first; `except` (by day number) replaces the hours opening on that
 * date; `months` (1–12) limits the calendar to parts of the year.
 */
export interface CalendarRule {
  readonly name: string
  readonly zone: string
  readonly week: readonly DayHours[]
  readonly holidays: readonly HolidayRule[]
  readonly except: ReadonlyMap<number, DayHours>
  readonly months?: ReadonlySet<number>
}

const ALL_DAY: DayHours = [[0, DAY]]

/** Round the clock, every day. */
export const ALWAYS: CalendarRule = {
  name: 'always',
  zone: 'UTC',
  week: [ALL_DAY, ALL_DAY, ALL_DAY, ALL_DAY, ALL_DAY, ALL_DAY, ALL_DAY],
  holidays: [],
  except: new Map(),
}

/** The open time of a calendar in `[from, to)`. */
export function openIntervals(rule: CalendarRule, zone: Zone, from: number, to: number): Interval[] {
  if (neverCloses(rule)) return from < to ? [{ start: from, end: to }] : []
  return wallIntervals(zone, from, to, dayPlan(rule).onDate)
}

/** What a calendar has open, date by date; holidays are looked up once a year. */
export interface DayPlan {
  /** Hours opening on a date that count on the date itself and, past midnight, on the next. */
  readonly opening: (day: number) => DayHours
  /** Hours open on the date itself, within `[0, DAY]`: its own and those left over from the evening before. */
  readonly onDate: (day: number) => DayHours
  /** The part of `onDate` that opens on the date. */
  readonly own: (day: number) => DayHours
  /** The part of `onDate` left over from the date before. */
  readonly tail: (day: number) => DayHours
}

/**
 * A holiday, or a date outside `months`, closes exactly its own date: the evening on it and the morning tail falling
 * on it, not the tail on the date after. `except` gives the hours opening on its date, on a holiday too.
 */
export function dayPlan(rule: CalendarRule): DayPlan {
  const isHoliday = holidayTest(rule.holidays)
  const closed = (day: number) =>
    isHoliday(day) || (rule.months !== undefined && !rule.months.has(civilDate(day).month))
  const opening = (day: number) => rule.except.get(day) ?? rule.week[weekday(day)] ?? []
  const own = (day: number) => {
    const hours = opening(day)
    if (hours.length === 0 || (!rule.except.has(day) && closed(day))) return []
    return hours.some(([, end]) => end > DAY)
      ? hours.map(([start, end]) => [start, Math.min(end, DAY)] as const)
      : hours
  }
  const tail = (day: number) => {
    const hours = opening(day - 1)
    return hours.some(([, end]) => end > DAY) && !closed(day) ? tailOf(hours) : []
  }
  const onDate = (day: number) => {
    const left = tail(day)
    return left.length === 0 ? own(day) : [...left, ...own(day)]
  }
  return { opening, own, tail, onDate }
}

function holidayTest(rules: readonly HolidayRule[]): (day: number) => boolean {
  if (rules.length === 0) return () => false
  const years = new Map<number, ReadonlySet<number>>()
  return day => {
    const { year } = civilDate(day)
    let days = years.get(year)
    if (days === undefined) {
      days = new Set(rules.flatMap(rule => rule.of(year)))
      years.set(year, days)
    }
    return days.has(day)
  }
}

function neverCloses(rule: CalendarRule): boolean {
  const whole = (hours: DayHours) => hours.some(([start, end]) => start === 0 && end >= DAY)
  return rule.holidays.length === 0 && rule.except.size === 0 && rule.months === undefined && rule.week.every(whole)
}

/**
 * `09:00-18:00` as `[start, end]` in ms after midnight. An end at or before the start lies on the next day, so it
 * exceeds `DAY`; `24:00` is the day's end.
 */
export function parseHours(text: string): readonly [number, number] | Problem {
  const found = /^(\d{1,2}):(\d{2})(?::(\d{2}))?\s*[-–]\s*(\d{1,2}):(\d{2})(?::(\d{2}))?$/.exec(text.trim())
  if (found === null)
    return { problem: `"${text}" isn't a range of hours`, hint: 'write HH:MM-HH:MM such as 09:00-18:00' }
  const start = timeOfDay(found[1], found[2], found[3])
  const end = timeOfDay(found[4], found[5], found[6])
  if (start === undefined || end === undefined || start === DAY) {
    return {
      problem: `"${text}": there is no such time of day`,
      hint: 'times run from 00:00 to 23:59, an end may be 24:00',
    }
  }
  if (start === end || (start === 0 && end === 0)) {
    return { problem: `"${text}" starts and ends at the same time`, hint: 'write 00:00-24:00 for the whole day' }
  }
  return [start, end < start ? end + DAY : end]
}

/** Several ranges, or `closed`, as the hours of one day, earliest first. */
export function parseDayHours(texts: readonly string[]): DayHours | Problem {
  if (texts.length === 1 && texts[0]?.trim().toLowerCase() === 'closed') return []
  const hours: (readonly [number, number])[] = []
  for (const text of texts) {
    const range = parseHours(text)
    if ('problem' in range) return range
    hours.push(range)
  }
  return hours.sort((a, b) => a[0] - b[0])
}

/** `mon-fri`, `sat`, `mon,wed,fri`, `fri-mon` (over the weekend) or `daily` as weekdays, 0 = Monday, in that order. */
export function parseDays(text: string): readonly number[] | Problem {
  const lower = text.trim().toLowerCase()
  if (lower === 'daily') return [0, 1, 2, 3, 4, 5, 6]
  return parseRanges(
    text,
    WEEKDAYS,
    'a day of the week',
    lower === 'weekend' ? 'write sat-sun' : 'write such as mon-fri',
  )
}

/** `nov-mar` or `jan,apr` as months 1–12, in that order. */
export function parseMonths(text: string): readonly number[] | Problem {
  const found = parseRanges(text, MONTHS, 'a month', 'write such as nov-mar')
  return 'problem' in found ? found : found.map(index => index + 1)
}

/** The number (1–12) of a month's name, full or as three letters. */
export function monthNamed(name: string): number | undefined {
  const index = indexOf(name, MONTHS)
  return index === undefined ? undefined : index + 1
}

/** The number (0 = Monday) of a weekday's name, full or as three letters. */
export function weekdayNamed(name: string): number | undefined {
  return indexOf(name, WEEKDAYS)
}

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday']
export const MONTHS = [
  'january',
  'february',
  'march',
  'april',
  'may',
  'june',
  'july',
  'august',
  'september',
  'october',
  'november',
  'december',
]

function parseRanges(text: string, names: readonly string[], what: string, hint: string): readonly number[] | Problem {
  const out = new Set<number>()
  for (const part of text.split(',')) {
    const ends = part.split(/[-–]/).map(word => word.trim())
    const numbers: number[] = []
    for (const word of ends) {
      const number = indexOf(word, names)
      if (number === undefined || ends.length > 2) {
        const meant = nearest(word, [...names.map(name => name.slice(0, 3)), ...names])
        return {
          problem: `"${text}": "${number === undefined ? word : part}" isn't ${what}`,
          hint: meant === undefined || number !== undefined ? hint : `did you mean ${meant}?`,
        }
      }
      numbers.push(number)
    }
    const [first = 0, last = first] = numbers
    for (let i = first; ; i = (i + 1) % names.length) {
      out.add(i)
      if (i === last) break
    }
  }
  return [...out]
}

function indexOf(word: string, names: readonly string[]): number | undefined {
  const lower = word.trim().toLowerCase()
  const index = names.findIndex(name => name === lower || name.slice(0, 3) === lower)
  return index < 0 ? undefined : index
}

function timeOfDay(hour = '', minute = '', second = '0'): number | undefined {
  const time = Number(hour) * HOUR + Number(minute) * MINUTE + Number(second) * SECOND
  return Number(minute) > 59 || Number(second) > 59 || time > DAY ? undefined : time
}
