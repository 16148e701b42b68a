import type { Contract } from '../contract/contract.ts'
import type { Interval } from '../model/interval.ts'
import { nearest } from '../model/nearest.ts'
import { jsonText } from '../report/json.ts'
import { unheeded } from '../report/printable.ts'
import type { CalendarRule } from '../time/calendar.ts'
import { parsePeriod } from '../time/period.ts'
import type { Zone } from '../time/zone.ts'
import type { Io } from './io.ts'
import type { CommonOptions } from './options.ts'
import { pageFor } from './pages.ts'
import { cliZones, readContract } from './pipeline.ts'
import { usageError } from './usage.ts'

export interface CalendarOptions extends CommonOptions {
  readonly period?: string
}

/** `sla calendar`: the calendars of a contract, or one of them date by date over a period. */
export async function calendar(
  file: string,
  name: string | undefined,
  options: CalendarOptions,
  io: Io,
): Promise<number> {
  const { period: text } = options
  const zones = await cliZones()
  const contract = await readContract(file, false, io, zones)
  const page = await pageFor(io.stdout, io, options)
  const { listCalendars, openingHours, zoneOfCalendar } = await import('../audit/calendar.ts')
  if (name === undefined) {
    const list = listCalendars(contract, zones, text === undefined ? undefined : zone => periodOf(text, zone))
    if (options.format === 'json') io.stdout.write(`${jsonText(list)}\n`)
    else {
      const { calendarListText } = await import('../report/calendar-list.ts')
      io.stdout.write(unheeded(calendarListText(contract.id, list, page)))
    }
    return 0
  }
  const rule = ruleNamed(contract, name)
  if (text === undefined) {
    throw usageError('--period is needed to show a calendar', `such as: sla calendar ${file} ${name} --period 2026-05`)
  }
  const zone = zones(zoneOfCalendar(contract, rule))
  const { start, end } = periodOf(text, zone)
  const hours = openingHours(contract, rule, zone, { start, end, text })
  if (options.format === 'json') io.stdout.write(`${jsonText(hours)}\n`)
  else {
    const { calendarText } = await import('../report/calendar-text.ts')
    const detail = options.quiet === true ? 'totals' : options.verbose === true ? 'all' : 'folded'
    io.stdout.write(unheeded(calendarText(hours, zone, page, detail)))
  }
  return 0
}

/** Dates of the period are local dates of the calendar. */
function periodOf(text: string, zone: Zone): Interval {
  const parsed = parsePeriod(text, zone)
  if ('problem' in parsed) throw usageError(`--period: ${parsed.problem}`, parsed.hint)
  return parsed
}

function ruleNamed(contract: Contract, name: string): CalendarRule {
  const rule = contract.calendars.get(name)
  if (rule !== undefined) return rule
  const names = [...contract.calendars.keys()]
  const meant = nearest(name, names)
  throw usageError(
    `${contract.file} has no calendar "${name}"`,
    meant === undefined ? `calendars: ${names.join(', ')}` : `did you mean ${meant}?`,
  )
}
