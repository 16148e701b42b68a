import type { CalendarSummary } from '../model/opening-hours.ts'
import { MONTHS, WEEKDAYS } from '../time/calendar.ts'
import { type Cell, table } from './layout.ts'
import { hoursText, shortName } from './local-dates.ts'
import { clean } from './printable.ts'
import type { Page } from './view.ts'

/** The calendars of a contract, one a line: hours, zone, holidays, and what each has open where a period was given. */
export function calendarListText(contract: string, calendars: readonly CalendarSummary[], page: Page): string {
  const dim = (text: string): string => page.colour.dim(text)
  const rows = calendars.map((calendar): readonly Cell[] => [
    { text: clean(calendar.name, page), paint: text => page.colour.bold(text) },
    { text: clean(weekText(calendar.week), page) },
    { text: clean(calendar.timezone, page) },
    { text: clean(calendar.totals === undefined ? '' : daysText(calendar.totals.businessDays), page) },
    { text: clean(calendar.totals === undefined ? '' : hoursText(calendar.totals.openMs), page) },
    { text: clean(remarks(calendar).join(', '), page), paint: dim },
  ])
  const columns = [
    {},
    { least: 20 },
    {},
    { align: 'right' as const },
    { align: 'right' as const },
    { least: 16, under: true as const },
  ]
  const head = `${page.colour.bold(clean(contract, page))}  ${calendars.length} ${calendars.length === 1 ? 'calendar' : 'calendars'}`
  return `${[head, '', ...table(rows, columns, { width: page.width, indent: 2 })].join('\n')}\n`
}

/** `Mon–Thu 09:00–12:30 13:30–18:00, Fri 09:00–16:00`: runs of weekdays with the same hours. */
export function weekText(week: CalendarSummary['week']): string {
  const hours = WEEKDAYS.map(name => (week[name] ?? []).join(' ').replaceAll('-', '–'))
  if (hours.every(text => text === hours[0])) return hours[0] === '' ? 'never' : `daily ${hours[0]}`
  const parts: string[] = []
  for (let i = 0; i < hours.length; ) {
    let j = i
    while (j + 1 < hours.length && hours[j + 1] === hours[i]) j++
    const days =
      i === j ? shortName(WEEKDAYS[i] ?? '') : `${shortName(WEEKDAYS[i] ?? '')}–${shortName(WEEKDAYS[j] ?? '')}`
    if (hours[i] !== '') parts.push(`${days} ${hours[i]}`)
    i = j + 1
  }
  return parts.join(', ')
}

/** What else there is to a calendar: holidays, exceptions, months. */
export function remarks(calendar: CalendarSummary): readonly string[] {
  const { holidays, exceptions, months } = calendar
  return [
    ...(holidays.length === 0 ? [] : [`holidays ${holidays.join(' and ')}`]),
    ...(exceptions === 0 ? [] : [`${exceptions} ${exceptions === 1 ? 'exception' : 'exceptions'}`]),
    ...(months === undefined ? [] : [`only ${monthsText(months)}`]),
    ...(calendar.builtIn === true ? ['built in'] : []),
  ]
}

/** `Nov–Mar`: runs of months, in the order given. */
export function monthsText(months: readonly number[]): string {
  const runs: number[][] = []
  for (const month of months) {
    const run = runs.at(-1)
    if (run !== undefined && ((run.at(-1) ?? 0) % 12) + 1 === month) run.push(month)
    else runs.push([month])
  }
  const name = (month: number | undefined): string => shortName(MONTHS[(month ?? 1) - 1] ?? '')
  return runs.map(run => (run.length === 1 ? name(run[0]) : `${name(run[0])}–${name(run.at(-1))}`)).join(', ')
}

/** `1 business day`, `18 business days`. */
export function daysText(days: number): string {
  return `${days} business ${days === 1 ? 'day' : 'days'}`
}
