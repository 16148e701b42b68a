import type { MaintenanceBody } from '../../../clauses/maintenance/schema.ts'
import type { Hours } from '../../../contract/contract.ts'
import type { Interval } from '../../../model/interval.ts'
import { ALWAYS, type CalendarRule, type DayHours, openIntervals } from '../../../time/calendar.ts'
import { DAY } from '../../../time/civil.ts'
import { covers, type Intervals, merge, subtract } from '../../../time/interval.ts'
import { recurringIntervals } from '../../../time/recurring.ts'
import { tailOf } from '../../../time/wall-hours.ts'
import type { Side, World } from '../../rule.ts'
import { differs, type Facet, inZones, isAlike } from '../duties/facets.ts'
import { sameZone } from '../duties/spans.ts'

type Named = Side<MaintenanceBody>

/** Work inside fewer hours, or outside of more, binds more. */
export function hoursFacet(promise: 'inside' | 'outside', base: Named, other: Named, world: World): Facet {
  const [b, o] = [base.clause.body[promise], other.clause.body[promise]]
  if (b === undefined || o === undefined) return { atLeast: undefined, atMost: undefined }
  const within = isPart(o, other, b, base, world)
  const covering = isPart(b, base, o, other, world)
  const rule = `${differs('hours', [nameOf(b), nameOf(o)])}${within && covering ? ': the same hours' : ''}`
  const said = within && covering && nameOf(b) === nameOf(o) ? {} : { rule }
  const facet =
    promise === 'inside'
      ? { atLeast: within, atMost: covering, ...said }
      : { atLeast: covering, atMost: within, ...said }
  return inZones(facet, zoneOf(b, base), zoneOf(o, other), 'hours')
}

/** Whether all open time of `a` is open in `b` too: true by their weekly hours, false by an hour of the year. */
export function isPart(a: Hours, ofA: Side, b: Hours, ofB: Side, world: World): boolean | undefined {
  if (isRound(b, ofB)) return true
  const [ruleA, ruleB] = [ruleOf(a, ofA), ruleOf(b, ofB)]
  const zones = [zoneOf(a, ofA), zoneOf(b, ofB)] as const
  if (sameZone(...zones)) {
    if (isAlike(ruleA, ruleB)) return true
    const [all, sure] = [mostHours(a, ofA), leastHours(b, ofB)]
    if (all !== undefined && sure !== undefined && isWeekPart(all, sure)) return true
    if (all !== undefined && isSameExceptions(a, ofA, b, ofB) && isWeekPart(all, weekOf(ruleB as CalendarRule)))
      return true
  }
  return onlyIn(a, ofA, b, ofB, world.span).length > 0 ? false : undefined
}

/** Open time of `a` that is not open in `b`. */
export function onlyIn(a: Hours, ofA: Side, b: Hours, ofB: Side, within: Interval): Intervals {
  return subtract(openHours(a, ofA, within), openHours(b, ofB, within))
}

/** The hours named, where a contract does name some; else all. */
export function hoursNamed(name: string | undefined): Hours {
  return { calendar: name ?? 'always' }
}

export function openHours(hours: Hours, side: Side, { start, end }: Interval): Intervals {
  if ('recurring' in hours) return merge(recurringIntervals(hours.recurring, side.zone, start, end))
  return merge(openIntervals(calendarOf(hours.calendar, side), zoneOf(hours, side), start, end))
}

function nameOf(hours: Hours): string {
  return 'calendar' in hours ? hours.calendar : hours.text
}

function calendarOf(name: string, { contract }: Side): CalendarRule {
  return contract.calendars.get(name) ?? ALWAYS
}

function ruleOf(hours: Hours, side: Side): unknown {
  return 'calendar' in hours ? { ...calendarOf(hours.calendar, side), zone: '' } : hours.recurring
}

function zoneOf(hours: Hours, side: Side) {
  return 'calendar' in hours ? side.zones(calendarOf(hours.calendar, side).zone) : side.zone
}

/** Open at all times. */
function isRound(hours: Hours, side: Side): boolean {
  const week = leastHours(hours, side)
  return week?.every(day => covers(day, { start: 0, end: DAY })) === true
}

/** Seven days of the wall clock, what runs past midnight on the day after. */
type Week = readonly Intervals[]

function weekOf({ week }: Pick<CalendarRule, 'week'>): Week {
  return week.map((hours, day) => {
    const before = tailOf(week[(day + 6) % 7] ?? [])
    return merge([...before, ...hours].map(([start, end]) => ({ start, end: Math.min(end, DAY) })))
  })
}

/** Weekly hours outside of which it is never open; undefined: there may be any. */
function mostHours(hours: Hours, side: Side): Week | undefined {
  if ('recurring' in hours) {
    const { every, hours: own } = hours.recurring
    const on = (day: number): DayHours =>
      every.kind === 'daily' || every.kind === 'month-day' || every.weekday === day ? own : []
    return weekOf({ week: [0, 1, 2, 3, 4, 5, 6].map(on) })
  }
  const rule = calendarOf(hours.calendar, side)
  return [...rule.except.values()].some(open => open.length > 0) ? undefined : weekOf(rule)
}

/** Weekly hours in which it is always open. */
function leastHours(hours: Hours, side: Side): Week | undefined {
  if ('recurring' in hours) {
    const { kind } = hours.recurring.every
    return kind === 'daily' || kind === 'weekly' ? mostHours(hours, side) : undefined
  }
  const { holidays, except, months, week } = calendarOf(hours.calendar, side)
  return holidays.length === 0 && except.size === 0 && months === undefined ? weekOf({ week }) : undefined
}

/** Whether what is left out of the week is the same in both: then only the weeks need be compared. */
function isSameExceptions(a: Hours, ofA: Side, b: Hours, ofB: Side): boolean {
  if ('recurring' in a || 'recurring' in b) return false
  const [x, y] = [calendarOf(a.calendar, ofA), calendarOf(b.calendar, ofB)]
  return isAlike([x.holidays, x.except], [y.holidays, y.except]) && y.months === undefined
}

function isWeekPart(a: Week, b: Week): boolean {
  return a.every((day, i) => day.every(open => covers(b[i] ?? [], open)))
}
