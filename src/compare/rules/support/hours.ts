import type { Contract } from '../../../contract/contract.ts'
import { ALWAYS, type CalendarRule } from '../../../time/calendar.ts'
import { DAY } from '../../../time/civil.ts'
import { type Clock, makeClock } from '../../../time/clock.ts'
import type { HolidayRule } from '../../../time/holidays/rule.ts'
import { merge, subtract } from '../../../time/interval.ts'
import type { Zone } from '../../../time/zone.ts'
import type { World } from '../../rule.ts'
import { alike } from './facet.ts'

/** The clock of a calendar of a contract, in another zone where one is named: as the auditor makes it. */
export function clockOf(contract: Contract, calendar: string, zones: (name: string) => Zone, zone?: string): Clock {
  const rule = contract.calendars.get(calendar) ?? ALWAYS
  const own = rule === ALWAYS ? contract.timezone : rule.zone
  return makeClock(rule, zones(zone ?? own))
}

/** Whether two calendars are open at the same time in every year: the same hours, zone and source of holidays. */
export function isSameCalendar(a: Clock, b: Clock, { year }: World): boolean {
  if (a.rule === b.rule) return a.rule === ALWAYS || a.zone.name === b.zone.name
  const isAlways = (rule: CalendarRule) => rule === ALWAYS
  if (isAlways(a.rule) || isAlways(b.rule)) return false
  return (
    a.zone.name === b.zone.name &&
    alike(a.rule.week, b.rule.week) &&
    alike([...a.rule.except].sort(byDay), [...b.rule.except].sort(byDay)) &&
    alike(sorted(a.rule.months), sorted(b.rule.months)) &&
    hasSameHolidays(a.rule.holidays, b.rule.holidays, year)
  )
}

/** Whether `inner` is never open while `outer` is closed, in the year and its neighbours. */
export function isWithin(inner: Clock, outer: Clock, { span }: World): boolean {
  const [from, to] = [span.start - AROUND, span.end + AROUND]
  return subtract(merge(inner.open(from, to)), merge(outer.open(from, to))).length === 0
}

const AROUND = 400 * DAY

type Except = readonly [number, unknown]

function byDay([a]: Except, [b]: Except): number {
  return a - b
}

function sorted(months: ReadonlySet<number> | undefined): readonly number[] | undefined {
  return months === undefined ? undefined : [...months].sort((a, b) => a - b)
}

/** Rules of one source are the same rule; lists of dates are compared as far as dates are likely to be listed. */
function hasSameHolidays(a: readonly HolidayRule[], b: readonly HolidayRule[], year: number): boolean {
  if (a.length !== b.length) return false
  return a.every((rule, i) => {
    const other = b[i]
    if (rule === other) return true
    if (other === undefined || rule.source !== other.source) return false
    for (let y = year - 15; y <= year + 15; y++) if (!alike(rule.of(y), other.of(y))) return false
    return true
  })
}
