import type { Contract } from '../contract/contract.ts'
import type { Interval } from '../model/interval.ts'
import type {
  CalendarSummary,
  ClockChange,
  DateMark,
  OpeningDate,
  OpeningHours,
  OpeningTotals,
} from '../model/opening-hours.ts'
import { ALWAYS, type CalendarRule, type DayPlan, dayPlan, WEEKDAYS } from '../time/calendar.ts'
import { civilDate, DAY, dateText, pad2, weekday } from '../time/civil.ts'
import { type Clock, makeClock } from '../time/clock.ts'
import { merge, total } from '../time/interval.ts'
import { localDay, startOfDay } from '../time/local.ts'
import type { DayHours } from '../time/wall-hours.ts'
import type { Zone } from '../time/zone.ts'

/** The zone that a calendar runs in: its own; `always` runs in the contract's. */
export function zoneOfCalendar(contract: Contract, rule: CalendarRule): string {
  return rule === ALWAYS ? contract.timezone : rule.zone
}

/** The calendars of a contract in its order, the built-in one last; with a period for each: what it has open in it. */
export function listCalendars(
  contract: Contract,
  zones: (name: string) => Zone,
  periodIn?: (zone: Zone) => Interval,
): readonly CalendarSummary[] {
  const rules = [...contract.calendars.values()].sort((a, b) => Number(a === ALWAYS) - Number(b === ALWAYS))
  return rules.map(rule => {
    const summary = summaryOf(contract, rule)
    if (periodIn === undefined) return summary
    const zone = zones(summary.timezone)
    const period = periodIn(zone)
    return { ...summary, totals: totalsOf(datesOf(rule, makeClock(rule, zone), zone, period)) }
  })
}

/** One calendar date by date over a period, `text` as the user wrote it. */
export function openingHours(
  contract: Contract,
  rule: CalendarRule,
  zone: Zone,
  period: Interval & { readonly text: string },
): OpeningHours {
  const clock = makeClock(rule, zone)
  const dates = datesOf(rule, clock, zone, period)
  return {
    contract: contract.id,
    calendar: summaryOf(contract, rule),
    period,
    totals: totalsOf(dates),
    dates,
    clockChanges: clockChanges(rule, clock, zone, period),
  }
}

/** The names of the holidays on a local date; undefined when it is none, empty when no name is known. */
export function holidayNames(rule: CalendarRule, day: number): readonly string[] | undefined {
  const { year } = civilDate(day)
  const hits = rule.holidays.filter(holidays => holidays.of(year).includes(day))
  return hits.length === 0 ? undefined : [...new Set(hits.flatMap(holidays => holidays.names?.(day) ?? []))]
}

function summaryOf(contract: Contract, rule: CalendarRule): CalendarSummary {
  return {
    name: rule.name,
    timezone: zoneOfCalendar(contract, rule),
    week: Object.fromEntries(WEEKDAYS.map((name, i) => [name, (rule.week[i] ?? []).map(hoursText)])),
    holidays: rule.holidays.map(({ source }) => source ?? 'dates'),
    exceptions: rule.except.size,
    ...(rule.months && { months: [...rule.months] }),
    ...(rule === ALWAYS && { builtIn: true as const }),
  }
}

/** `09:00-18:00` as a contract writes it. */
function hoursText([start, end]: readonly [number, number]): string {
  return `${timeText(start)}-${end === DAY ? '24:00' : timeText(end % DAY)}`
}

function timeText(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  const text = `${pad2(Math.floor(seconds / 3600))}:${pad2(Math.floor(seconds / 60) % 60)}`
  return seconds % 60 === 0 ? text : `${text}:${pad2(seconds % 60)}`
}

function datesOf(rule: CalendarRule, clock: Clock, zone: Zone, period: Interval): readonly OpeningDate[] {
  const first = localDay(zone, period.start)
  const last = localDay(zone, period.end - 1)
  const plan = dayPlan(rule)
  const week = dayPlan({ name: rule.name, zone: rule.zone, week: rule.week, holidays: [], except: new Map() })
  const changed = new Set(changesIn(zone, first, last).map(at => localDay(zone, at)))
  const out: OpeningDate[] = []
  for (let day = first; day <= last; day++) {
    const start = startOfDay(zone, day)
    const end = startOfDay(zone, day + 1)
    const holidays = holidayNames(rule, day)
    const marks: DateMark[] = []
    if (holidays !== undefined) marks.push('holiday')
    if (rule.except.has(day)) marks.push('exception')
    if (rule.months !== undefined && !rule.months.has(civilDate(day).month)) marks.push('out-of-season')
    if (changed.has(day)) marks.push('clock-change')
    if (start === end) marks.push('skipped')
    else if (start < period.start || end > period.end) marks.push('cut')
    const open = clock.open(Math.max(start, period.start), Math.min(end, period.end))
    out.push({
      date: dateText(day),
      weekday: WEEKDAYS[weekday(day)] ?? '',
      open,
      openMs: total(open),
      businessDay: clock.businessDay(day) !== undefined,
      usual: sameHours(plan.onDate(day), week.onDate(day)),
      marks,
      holidays: holidays ?? [],
    })
  }
  return out
}

function totalsOf(dates: readonly OpeningDate[]): OpeningTotals {
  return {
    dates: dates.filter(({ marks }) => !marks.includes('skipped')).length,
    businessDays: dates.filter(({ businessDay }) => businessDay).length,
    openMs: dates.reduce((sum, { openMs }) => sum + openMs, 0),
  }
}

function clockChanges(rule: CalendarRule, clock: Clock, zone: Zone, period: Interval): readonly ClockChange[] {
  const plan = dayPlan(rule)
  const changes = changesIn(zone, localDay(zone, period.start), localDay(zone, period.end - 1))
  return changes.map(at => {
    const day = localDay(zone, at)
    return {
      at,
      date: dateText(day),
      before: zone.offsetAt(at - 1),
      after: zone.offsetAt(at),
      openMs: clock.elapsed(startOfDay(zone, day), startOfDay(zone, day + 1)),
      plannedMs: plannedMs(plan, day),
    }
  })
}

/** The instants at which the offset changes on the dates from `first` to `last`. */
function changesIn(zone: Zone, first: number, last: number): readonly number[] {
  // One instant early: a change at midnight is the first instant of its date.
  const segments = zone.segments(startOfDay(zone, first) - 1, startOfDay(zone, last + 1))
  return segments.slice(1).map(({ start }) => start)
}

function plannedMs(plan: DayPlan, day: number): number {
  return total(merge(plan.onDate(day).map(([start, end]) => ({ start, end }))))
}

function sameHours(a: DayHours, b: DayHours): boolean {
  return a.length === b.length && a.every(([start, end], i) => start === b[i]?.[0] && end === b[i]?.[1])
}
