import { civilDate, dayNumber, isDate } from '../civil.ts'
import { type HolidayRule, namedDays } from './rule.ts'

/** Something in a calendar file that wasn't taken over; `line` is 1-based. */
export interface IcsProblem {
  readonly line: number
  readonly message: string
}

/**
 * Holidays from the all-day events of an iCalendar file (RFC 5545): one or several days, once or every year. Timed
 * events and other recurrences are problems; the rest is still read.
 */
export function parseIcsDates(text: string): {
  readonly rule: HolidayRule
  readonly events: number
  readonly problems: readonly IcsProblem[]
} {
  const problems: IcsProblem[] = []
  const events: Event[] = []
  let properties: Property[] | undefined
  let begun = 0
  let inner = 0
  let calendar = false
  for (const property of unfold(text)) {
    const value = property.value.toUpperCase()
    if (property.name === 'BEGIN' && value === 'VCALENDAR') calendar = true
    else if (property.name === 'BEGIN' && properties !== undefined) inner++
    else if (property.name === 'END' && inner > 0) inner--
    else if (property.name === 'BEGIN' && value === 'VEVENT') {
      properties = []
      begun = property.line
    } else if (property.name === 'END' && value === 'VEVENT' && properties !== undefined) {
      const event = readEvent(properties, begun)
      if ('message' in event) problems.push(event)
      else if (event.length > 0) events.push(event)
      properties = undefined
    } else if (inner === 0) properties?.push(property)
  }
  if (!calendar) problems.push({ line: 1, message: 'not an iCalendar file: BEGIN:VCALENDAR is missing' })
  if (properties !== undefined) problems.push({ line: begun, message: 'this event has no END:VEVENT' })
  return {
    rule: namedDays('an iCalendar file', year =>
      events.flatMap(event => daysIn(event, year).map(day => ({ day, name: event.name }))),
    ),
    events: events.length,
    problems,
  }
}

interface Property {
  readonly name: string
  readonly parameters: string
  readonly value: string
  readonly line: number
}

/** First day, number of days, and how it comes back: every `interval` years, `count` times or until a day. */
interface Event {
  readonly day: number
  readonly length: number
  readonly interval?: number
  readonly count?: number
  readonly until?: number
  readonly except: ReadonlySet<number>
  readonly name: string
}

/** Content lines; a line that begins with a blank continues the one before. */
function unfold(text: string): Property[] {
  const lines: { text: string; line: number }[] = []
  for (const [i, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\n|\r/)
    .entries()) {
    const last = lines.at(-1)
    if (/^[ \t]/.test(line) && last !== undefined) last.text += line.slice(1)
    else if (line !== '') lines.push({ text: line, line: i + 1 })
  }
  return lines.map(({ text: content, line }) => {
    const [, name = content, parameters = '', value = ''] =
      /^([^:;]+)((?:;(?:"[^"]*"|[^":])*)?):(.*)$/.exec(content) ?? []
    return { name: name.toUpperCase(), parameters: parameters.toUpperCase(), value: value.trim(), line }
  })
}

function readEvent(properties: readonly Property[], begun: number): Event | IcsProblem {
  const get = (name: string) => properties.find(property => property.name === name)
  if (get('STATUS')?.value.toUpperCase() === 'CANCELLED') return { day: 0, length: 0, except: new Set(), name: '' }
  const start = get('DTSTART')
  if (start === undefined) return { line: begun, message: 'this event has no DTSTART' }
  const day = dateOf(start.value)
  if (day === undefined) return { line: start.line, message: `not an all-day event: DTSTART ${start.value}` }
  const unread = get('RDATE') ?? get('RECURRENCE-ID') ?? get('EXRULE')
  if (unread !== undefined) return { line: unread.line, message: `${unread.name} isn't read: list its dates as events` }

  let length = 1
  const end = get('DTEND')
  const duration = get('DURATION')
  if (end !== undefined) {
    const last = dateOf(end.value)
    if (last === undefined) return { line: end.line, message: `not an all-day event: DTEND ${end.value}` }
    if (last < day) return { line: end.line, message: `DTEND ${end.value} lies before DTSTART ${start.value}` }
    // An end equal to the start is what some tools write for one day.
    length = Math.max(last - day, 1)
  } else if (duration !== undefined) {
    const found = /^\+?P(?:(\d+)W|(\d+)D)$/.exec(duration.value.toUpperCase())
    if (found === null) return { line: duration.line, message: `not whole days: DURATION ${duration.value}` }
    length = Number(found[1] ?? 0) * 7 + Number(found[2] ?? 0)
  }

  const except = new Set<number>()
  for (const property of properties.filter(({ name }) => name === 'EXDATE')) {
    for (const value of property.value.split(',')) {
      const excluded = dateOf(value)
      if (excluded === undefined) return { line: property.line, message: `not a date: EXDATE ${value}` }
      except.add(excluded)
    }
  }
  const recurrence = get('RRULE')
  const event = { day, length, except, name: textOf(get('SUMMARY')?.value ?? '') }
  return recurrence === undefined ? event : recurring(event, recurrence)
}

function recurring(event: Event, property: Property): Event | IcsProblem {
  const bad = (what: string) => ({
    line: property.line,
    message: `${what}: only yearly recurrence on the same date is read`,
  })
  const parts = new Map<string, string>()
  for (const part of property.value.toUpperCase().split(';')) {
    const [name = '', value = ''] = part.split('=', 2)
    parts.set(name, value)
  }
  if (parts.get('FREQ') !== 'YEARLY') return bad(`RRULE ${property.value}`)
  const date = civilDate(event.day)
  let until: number | undefined
  for (const [name, value] of parts) {
    const positive = /^[1-9]\d{0,4}$/.test(value)
    if (name === 'FREQ' || name === 'WKST') continue
    if (name === 'UNTIL') until = dateOf(value.slice(0, 8))
    const fine =
      name === 'INTERVAL' || name === 'COUNT'
        ? positive
        : name === 'UNTIL'
          ? until !== undefined
          : name === 'BYMONTH'
            ? Number(value) === date.month
            : name === 'BYMONTHDAY'
              ? Number(value) === date.day
              : false
    if (!fine) return bad(`RRULE ${name}=${value}`)
  }
  const count = parts.get('COUNT')
  return {
    ...event,
    interval: Number(parts.get('INTERVAL') ?? 1),
    ...(count === undefined ? {} : { count: Number(count) }),
    ...(until === undefined ? {} : { until }),
  }
}

/** A TEXT value without its escapes (RFC 5545, 3.3.11), in one line. */
function textOf(value: string): string {
  return value
    .replaceAll(/\\[nN]/g, ' ')
    .replaceAll(/\\([\\;,])/g, '$1')
    .trim()
}

function daysIn(event: Event, year: number): number[] {
  const first = civilDate(event.day)
  const days: number[] = []
  for (let from = year - 1 - Math.floor(event.length / 365); from <= year; from++) {
    const start = occurrence(event, first, from)
    if (start === undefined) continue
    for (let day = start; day < start + event.length; day++) if (civilDate(day).year === year) days.push(day)
  }
  return days
}

/** The event's first day in a year; 29 February comes in leap years only. */
function occurrence(event: Event, first: ReturnType<typeof civilDate>, year: number): number | undefined {
  const steps = (year - first.year) / (event.interval ?? 1)
  if (steps < 0 || !Number.isInteger(steps) || (event.interval === undefined && steps > 0)) return undefined
  if (!isDate(year, first.month, first.day)) return undefined
  const day = dayNumber(year, first.month, first.day)
  if (event.until !== undefined && day > event.until) return undefined
  if (event.count !== undefined) {
    let earlier = 0
    for (let i = 0; i < steps; i++)
      if (isDate(first.year + i * (event.interval ?? 1), first.month, first.day)) earlier++
    if (earlier >= event.count) return undefined
  }
  return event.except.has(day) ? undefined : day
}

function dateOf(value: string): number | undefined {
  const found = /^(\d{4})(\d\d)(\d\d)$/.exec(value.trim())
  if (found === null) return undefined
  const [year, month, day] = [Number(found[1]), Number(found[2]), Number(found[3])]
  return isDate(year, month, day) ? dayNumber(year, month, day) : undefined
}
