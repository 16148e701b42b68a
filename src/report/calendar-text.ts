import type { ClockChange, DateMark, OpeningDate, OpeningHours } from '../model/opening-hours.ts'
import type { Zone } from '../time/zone.ts'
import { daysText, monthsText, remarks, weekText } from './calendar-list.ts'
import { instantText } from './instants.ts'
import { type Cell, paragraph, sides, table } from './layout.ts'
import { dateWords, hoursText, hoursWords, offsetWords, timeOfDay } from './local-dates.ts'
import { clean } from './printable.ts'
import { type Page, symbols } from './view.ts'

/** Up to so many dates are all shown; of longer periods the usual week once and then each date that differs. */
const MOST_DATES = 35

/** How much of a calendar is shown: totals only, what fits, or every date however many. */
export type Detail = 'totals' | 'folded' | 'all'

/** A calendar over a period: its week, its dates, its holidays, its totals. */
export function calendarText(hours: OpeningHours, zone: Zone, page: Page, detail: Detail): string {
  const { calendar, period, totals, dates } = hours
  const folded = detail !== 'all' && dates.length > MOST_DATES
  const years = new Set(dates.map(({ date }) => date.slice(0, 4))).size > 1
  const shown = folded ? dates.filter(differs) : dates
  const dim = (text: string): string => page.colour.dim(text)
  const heading = `${hours.contract}  calendar ${calendar.name}`
  const rule = [weekText(calendar.week), ...remarks(calendar)].join(', ')
  const span = `${period.text}: ${instantText(zone, period.start)} to ${instantText(zone, period.end)}`
  const rows = shown.flatMap((date, i) => dateRow(date, shown, i, { hours, zone, page, years, folded }))
  const columns = [{}, { least: 13 }, { align: 'right' as const }, { least: 20, under: true as const }]
  const sum = `${daysText(totals.businessDays)} of ${totals.dates} ${totals.dates === 1 ? 'date' : 'dates'}, ${hoursText(totals.openMs)} open`
  const usual = rows.length === 0 ? 'Every week as above.' : 'Every week as above, but:'
  const blocks = [
    [
      ...sides(
        { text: clean(heading, page), paint: text => page.colour.bold(text) },
        { text: clean(calendar.timezone, page), paint: dim },
        page.width,
      ),
      ...paragraph({ text: clean(rule, page) }, { width: page.width }),
      ...paragraph({ text: clean(span, page), paint: dim }, { width: page.width }),
    ],
    ...(detail === 'totals'
      ? []
      : [
          [...(folded ? [usual] : []), ...table(rows, columns, { width: page.width, indent: 2 })],
          holidayLines(dates, years, page),
        ]),
    [page.colour.bold(sum)],
  ]
  return `${blocks
    .filter(block => block.length > 0)
    .map(block => block.join('\n'))
    .join('\n\n')}\n`
}

interface Frame {
  readonly hours: OpeningHours
  readonly zone: Zone
  readonly page: Page
  readonly years: boolean
  readonly folded: boolean
}

/** Whether a date is not what its weekday leads to expect, or carries a name. */
function differs(date: OpeningDate): boolean {
  return !date.usual || date.marks.length > 0
}

/** One date; of a run of dates out of season only the first, as the whole run. */
function dateRow(date: OpeningDate, list: readonly OpeningDate[], i: number, frame: Frame): (readonly Cell[])[] {
  const { hours, page, zone, years, folded } = frame
  const { dash } = symbols(page)
  let last = date
  if (folded && outOfSeason(date)) {
    if (joins(list[i - 1], date)) return []
    for (let j = i + 1; joins(last, list[j]); j++) last = list[j] ?? last
  }
  const words = dateWords(date.date, years)
  const name = last === date ? words : `${words} – ${dateWords(last.date, years)}`
  const closed = date.openMs === 0
  const plain = date.usual && !date.marks.includes('out-of-season')
  const open = closed ? (plain ? dash : 'closed') : date.open.map(part => hoursWords(zone, part)).join(' ')
  const dim = (text: string): string => page.colour.dim(text)
  return [
    [
      { text: clean(name, page), ...(closed && { paint: dim }) },
      { text: clean(open, page), ...(closed && { paint: dim }) },
      { text: closed ? '' : hoursText(date.openMs) },
      { text: clean((last === date ? notesOf(date, frame) : [season(hours)]).join('; '), page) },
    ],
  ]
}

/** Closed for being out of season, whatever else falls there; holidays are listed below all the same. */
function outOfSeason(date: OpeningDate | undefined): boolean {
  return date?.openMs === 0 && date.marks.includes('out-of-season') && date.marks.every(mark => SEASONAL.includes(mark))
}

const SEASONAL: readonly DateMark[] = ['out-of-season', 'holiday', 'clock-change']

/** Whether two dates of a list follow each other out of season. */
function joins(before: OpeningDate | undefined, after: OpeningDate | undefined): boolean {
  return outOfSeason(before) && outOfSeason(after)
}

function notesOf(date: OpeningDate, { hours }: Frame): readonly string[] {
  const { clockChanges } = hours
  const out: string[] = []
  for (const mark of date.marks) {
    if (mark === 'holiday') out.push(date.holidays.length === 0 ? 'holiday' : date.holidays.join(', '))
    else if (mark === 'exception') out.push(`exception${date.usual ? '' : usualHours(date, hours)}`)
    else if (mark === 'out-of-season') out.push(season(hours))
    else if (mark === 'cut') out.push('the period holds part of it')
    else if (mark === 'skipped') out.push('the zone skips this date')
    else out.push(...clockChanges.filter(change => change.date === date.date).map(changeText))
  }
  if (!date.usual && date.marks.length === 0) out.push('follows from the date before')
  return out
}

function season({ calendar }: OpeningHours): string {
  return `outside ${monthsText(calendar.months ?? [])}`
}

/** `, not 09:00–18:00`: what such a weekday has otherwise. */
function usualHours(date: OpeningDate, { calendar }: OpeningHours): string {
  const usual = calendar.week[date.weekday] ?? []
  return usual.length === 0 ? ', closed otherwise' : `, not ${usual.join(' ').replaceAll('-', '–')}`
}

/** `clock 02:00 to 03:00 (+01:00 to +02:00) inside open hours: 7h, not 8h`. */
function changeText({ at, before, after, openMs, plannedMs }: ClockChange): string {
  const day = 86_400_000
  const reading = (offset: number): string => timeOfDay((((at + offset) % day) + day) % day)
  const change = `clock ${reading(before)} to ${reading(after)} (${offsetWords(before)} to ${offsetWords(after)})`
  return openMs === plannedMs
    ? change
    : `${change} inside open hours: ${hoursText(openMs)}, not ${hoursText(plannedMs)}`
}

/** All holidays of the period, those on closed days too. */
function holidayLines(dates: readonly OpeningDate[], years: boolean, page: Page): string[] {
  const found = dates.filter(({ marks }) => marks.includes('holiday'))
  if (found.length === 0) return []
  const texts = found.map(
    ({ date, holidays }) =>
      `${dateWords(date, years).replaceAll(/ +/g, ' ')}${holidays.length === 0 ? '' : ` ${holidays.join(', ')}`}`,
  )
  const text = `${found.length} ${found.length === 1 ? 'holiday' : 'holidays'}: ${texts.join(' · ')}`
  return paragraph({ text: clean(text, page) }, { width: page.width })
}
