import type { Diagnostic } from '../model/diagnostic.ts'
import { ALWAYS, type CalendarRule } from '../time/calendar.ts'
import { civilDate } from '../time/civil.ts'
import { hasOpenHours } from '../time/clock.ts'
import { parseIcsDates } from '../time/holidays/ics.ts'
import { loadHolidayRule } from '../time/holidays/load.ts'
import { type HolidayRule, listedDays } from '../time/holidays/rule.ts'
import { makeZones } from '../time/zone.ts'
import type { CalendarDraft } from './calendar-schema.ts'
import { diagnosticAt, type Path, placeAt, rangeAt, type Said, type Source } from './diagnose.ts'
import { isProblem, shown } from './piece.ts'

/** Reads a file beside the contract. */
export type ReadFile = (path: string) => Promise<Uint8Array>

/** What calendars need from the contract around them; `year` is one in which the contract is in force. */
export interface CalendarFrame {
  readonly source: Source
  readonly timezone: string
  readonly year: number
  readonly readFile: ReadFile | undefined
  readonly errors: Diagnostic[]
  readonly warnings: Diagnostic[]
}

/** Calendars ready for use, `always` among them: holidays looked up, impossible ones refused. */
export async function makeCalendars(
  drafts: ReadonlyMap<string, CalendarDraft>,
  frame: CalendarFrame,
): Promise<Map<string, CalendarRule>> {
  const { source, errors, warnings } = frame
  const calendars = new Map([['always', ALWAYS]])
  for (const [name, draft] of drafts) {
    const path = ['calendars', name]
    if (name === 'always') {
      errors.push(at(source, path, { code: 'reserved', message: '`always` is built in', hint: 'choose another name' }))
      continue
    }
    for (const inner of draft.overlaps) {
      const message = 'these hours overlap: they are merged'
      warnings.push(
        diagnosticAt(source, rangeAt(source, [...path, ...inner]), { code: 'overlapping-hours', message }, 'warning'),
      )
    }
    const calendar: CalendarRule = {
      name,
      zone: draft.timezone ?? frame.timezone,
      week: draft.week,
      holidays: await holidayRules(draft, [...path, 'holidays'], frame),
      except: draft.except,
      ...(draft.months === undefined ? {} : { months: draft.months }),
    }
    if (!opensEver(calendar, frame.year)) {
      errors.push(at(source, path, { code: 'never-open', message: `calendar \`${name}\` has no open hour in a year` }))
    }
    calendars.set(name, calendar)
  }
  return calendars
}

/** The path's key as the place of an error. */
function at(source: Source, path: Path, said: Said): Diagnostic {
  return diagnosticAt(source, rangeAt(source, path, 'key'), said)
}

async function holidayRules(draft: CalendarDraft, path: Path, frame: CalendarFrame): Promise<HolidayRule[]> {
  const rules: HolidayRule[] = []
  const dates: number[] = []
  for (const [i, holidays] of draft.holidays.entries()) {
    const inList = [...path, i]
    const range = rangeAt(frame.source, placeAt(frame.source, inList) === undefined ? path : inList)
    const refuse = (message: string, hint?: string) =>
      frame.errors.push(diagnosticAt(frame.source, range, { code: 'holidays', message, hint }))
    if (holidays.kind === 'date') dates.push(holidays.day)
    else if (holidays.kind === 'code') {
      const rule = await loadHolidayRule(holidays.text)
      if (isProblem(rule)) refuse(rule.problem, rule.hint)
      else rules.push(rule)
    } else {
      const rule = await fileRule(holidays.text, frame.readFile, refuse)
      if (rule !== undefined) rules.push(rule)
    }
  }
  return dates.length === 0 ? rules : [...rules, listedDays(dates)]
}

async function fileRule(
  file: string,
  readFile: ReadFile | undefined,
  refuse: (message: string, hint?: string) => void,
): Promise<HolidayRule | undefined> {
  if (readFile === undefined) {
    refuse(`${shown(file)}: files can't be read here`, 'list the dates instead')
    return undefined
  }
  let bytes: Uint8Array
  try {
    bytes = await readFile(file)
  } catch (error) {
    refuse(`${shown(file)} can't be read: ${error instanceof Error ? error.message : String(error)}`)
    return undefined
  }
  const { rule, problems } = parseIcsDates(new TextDecoder().decode(bytes))
  for (const { line, message } of problems) refuse(`${file}:${line}: ${message}`)
  return problems.length === 0 ? rule : undefined
}

function opensEver(calendar: CalendarRule, year: number): boolean {
  const years = new Set([year, ...[...calendar.except.keys()].map(day => civilDate(day).year)])
  const utc = makeZones()('UTC')
  return [...years].some(candidate => hasOpenHours(calendar, utc, candidate))
}
