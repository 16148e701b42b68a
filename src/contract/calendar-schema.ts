import * as z from 'zod'
import { type DayHours, parseDays, parseHours, parseMonths, WEEKDAYS } from '../time/calendar.ts'
import type { Problem } from '../time/duration.ts'
import { parseStamp } from '../time/stamp.ts'
import { zoneNameProblem } from '../time/zone-names.ts'
import { expected, isProblem, piece, problemIssue } from './piece.ts'

/** A calendar as written; holidays are looked up later, as some come from files. */
export interface CalendarDraft {
  readonly week: readonly DayHours[]
  readonly holidays: readonly HolidaySource[]
  readonly except: ReadonlyMap<number, DayHours>
  readonly months?: ReadonlySet<number>
  readonly timezone?: string
  /** Hours that overlap others of the same day; paths within the calendar. */
  readonly overlaps: readonly (readonly string[])[]
}

/** Where holidays come from: a date, an iCalendar file, or a country's code. */
export type HolidaySource =
  | { readonly kind: 'date'; readonly day: number }
  | { readonly kind: 'file' | 'code'; readonly text: string }

const range = piece('hours', ['09:00-18:00', '20:00-04:00'], (text): DayHours | Problem => {
  if (text.trim().toLowerCase() === 'closed') return []
  const hours = parseHours(text)
  return isProblem(hours) ? hours : [hours]
})

const dayHours = z
  .union([range, z.array(range).transform((list): DayHours => list.flat().sort((a, b) => a[0] - b[0]))])
  .meta({
    description: 'Opening hours, a list of them, or closed',
    examples: ['09:00-18:00', ['09:00-12:30', '13:30-18:00']],
  })

const days = piece('days', ['mon-fri', 'daily', 'mon,wed'], parseDays)
const months = piece('months', ['nov-mar', 'jan'], text => {
  const numbers = parseMonths(text)
  return isProblem(numbers) ? numbers : { numbers }
})
const zone = piece('a time zone', ['Europe/Paris'], (text): string | Problem => {
  const found = zoneNameProblem(text)
  return found === undefined ? text : { problem: found.message, hint: found.hint }
})

const holiday = piece('holidays', ['FR', 'DE-BY', '2026-12-24', 'holidays.ics'], (text): HolidaySource | Problem => {
  const written = text.trim()
  if (/\.ics$/i.test(written)) return { kind: 'file', text: written }
  if (!/^\d/.test(written)) return { kind: 'code', text: written }
  const day = dateOf(written)
  return isProblem(day) ? day : { kind: 'date', day }
})

/** `{ days, hours }` or `{ week: { mon-thu: hours } }`, with holidays, exceptions, months and a zone → CalendarDraft. */
export const calendarSchema = z
  .strictObject({
    days: days.optional(),
    hours: dayHours.optional(),
    week: z
      .record(z.string(), dayHours)
      .meta({ description: 'Hours by days', examples: [{ 'mon-thu': '09:00-18:00' }] })
      .optional(),
    holidays: z
      .union([holiday.transform(one => [one]), z.array(holiday)])
      .meta({ description: 'A country or region, a date, an .ics file, or a list of these', examples: ['FR'] })
      .optional(),
    except: z
      .record(z.string(), dayHours)
      .meta({ description: 'Hours of single dates, before any holiday', examples: [{ '2026-12-31': 'closed' }] })
      .optional(),
    timezone: zone.optional(),
    months: months.optional(),
  })
  .transform((written, ctx): CalendarDraft => {
    const refuse = (path: string[], problem: Problem, at: 'key' | 'value' = 'value') => {
      const issue = problemIssue(problem)
      ctx.addIssue({ ...issue, path, params: { ...issue.params, at } })
    }
    const overlaps: string[][] = []
    const note = (hours: DayHours, path: string[]) => {
      if (hours.some(([start], i) => start < (hours[i - 1]?.[1] ?? 0))) overlaps.push(path)
    }

    const week: (DayHours | undefined)[] = new Array(7).fill(undefined)
    if (written.week !== undefined) {
      if (written.days ?? written.hours) {
        refuse(['week'], { problem: '`week` stands beside `days` or `hours`', hint: 'keep one of the two' }, 'key')
      }
      for (const [key, hours] of Object.entries(written.week)) {
        const numbers = parseDays(key)
        if (isProblem(numbers)) {
          refuse(['week', key], numbers, 'key')
          continue
        }
        note(hours, ['week', key])
        const twice = numbers.find(number => week[number] !== undefined)
        if (twice !== undefined) refuse(['week', key], { problem: `${WEEKDAYS[twice]} is given twice` }, 'key')
        for (const number of numbers) week[number] = hours
      }
    } else if (written.days === undefined || written.hours === undefined) {
      const message = 'a calendar needs `days` and `hours`, or `week`'
      refuse([], { problem: message, hint: '{ days: mon-fri, hours: "09:00-18:00" }' }, 'key')
    } else {
      note(written.hours, ['hours'])
      for (const number of written.days) week[number] = written.hours
    }

    const except = new Map<number, DayHours>()
    for (const [key, hours] of Object.entries(written.except ?? {})) {
      const day = dateOf(key)
      if (isProblem(day)) refuse(['except', key], day, 'key')
      else except.set(day, hours)
      note(hours, ['except', key])
    }
    return {
      week: week.map(hours => hours ?? []),
      holidays: written.holidays ?? [],
      except,
      ...(written.months === undefined ? {} : { months: new Set(written.months.numbers) }),
      ...(written.timezone === undefined ? {} : { timezone: written.timezone }),
      overlaps,
    }
  })
  .meta({ description: 'Business hours', examples: [{ days: 'mon-fri', hours: '09:00-18:00', holidays: 'FR' }] })

function dateOf(text: string): number | Problem {
  const stamp = parseStamp(text)
  if (stamp.kind === 'date') return stamp.day
  return { problem: stamp.kind === 'bad' ? stamp.message : expected('a date', '2026-12-24', text) }
}
