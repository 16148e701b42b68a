import type { Contract } from '../../../contract/contract.ts'
import { ALWAYS, type CalendarRule } from '../../../time/calendar.ts'
import { DAY } from '../../../time/civil.ts'
import { type Clock, makeClock } from '../../../time/clock.ts'
import type { HolidayRule } from '../../../time/holidays/rule.ts'
import { merge, subtract } from '../../../time/interval.ts'
import type { Zone } from '../../../time/zone.ts'
import { alike } from './facet.ts'
import { provenSpan } from './proven-years.ts'

/** The clock of a calendar of a contract, in another zone where one is named: as the auditor makes it. */
export function clockOf(contract: Contract, calendar: string, zones: (name: string) => Zone, zone?: string): Clock {
  const rule = shared(contract.calendars.get(calendar) ?? ALWAYS)
  const own = rule === ALWAYS ? contract.timezone : rule.zone
  const place = zones(zone ?? own)
  const known = clocks.get(rule) ?? new Map<Zone, Clock>()
  clocks.set(rule, known)
  const clock = known.get(place) ?? makeClock(rule, place)
  known.set(place, clock)
  return clock
}

/** The calendar that another contract has as well: with the holidays of the same countries, or none. */
function shared(rule: CalendarRule): CalendarRule {
  const countries = rule.holidays.map(({ source }) => source)
  if (rule === ALWAYS || !countries.every(source => COUNTRY.test(source ?? ''))) return rule
  const key = JSON.stringify([rule.zone, rule.week, [...rule.except].sort(byDay), sorted(rule.months), countries])
  const known = calendars.get(key)
  if (known !== undefined) return known
  if (calendars.size >= MOST_CALENDARS) calendars.clear()
  calendars.set(key, rule)
  return rule
}

const calendars = new Map<string, CalendarRule>()
const MOST_CALENDARS = 200
/** `FR`, `FR-57`: the same days in whatever contract. */
const COUNTRY = /^[A-Z]{2}(?:-[A-Z\d]+)*$/

/** A clock knows the hours that it was once asked for: whoever has the same calendar asks the same one. */
const clocks = new WeakMap<CalendarRule, Map<Zone, Clock>>()

/** Whether two calendars are open at the same time in every year: the same hours, zone and source of holidays. */
export function isSameCalendar(a: Clock, b: Clock): boolean {
  if (a.rule === b.rule) return a.rule === ALWAYS || a.zone.name === b.zone.name
  const isAlways = (rule: CalendarRule) => rule === ALWAYS
  if (isAlways(a.rule) || isAlways(b.rule)) return false
  return (
    a.zone.name === b.zone.name &&
    alike(a.rule.week, b.rule.week) &&
    alike([...a.rule.except].sort(byDay), [...b.rule.except].sort(byDay)) &&
    alike(sorted(a.rule.months), sorted(b.rule.months)) &&
    hasSameHolidays(a.rule.holidays, b.rule.holidays, provenYears(a, b))
  )
}

/** Whether `inner` is never open while `outer` is closed, in all years that relations are proven for. */
export function isWithin(inner: Clock, outer: Clock): boolean {
  if (inner === outer || outer.rule === ALWAYS) return true
  const known = within.get(inner) ?? new Map<Clock, boolean>()
  within.set(inner, known)
  const { start, end } = provenSpan([inner, outer])
  const is = known.get(outer) ?? subtract(merge(inner.open(start, end)), merge(outer.open(start, end))).length === 0
  known.set(outer, is)
  return is
}

const within = new WeakMap<Clock, Map<Clock, boolean>>()

type Except = readonly [number, unknown]

function byDay([a]: Except, [b]: Except): number {
  return a - b
}

function sorted(months: ReadonlySet<number> | undefined): readonly number[] | undefined {
  return months === undefined ? undefined : [...months].sort((a, b) => a - b)
}

function provenYears(...both: readonly Clock[]): readonly [number, number] {
  const { start, end } = provenSpan(both)
  return [new Date(start + DAY).getUTCFullYear(), new Date(end - DAY).getUTCFullYear()]
}

/** Rules of one source are the same rule where their dates are, in all years that relations are proven for. */
function hasSameHolidays(
  a: readonly HolidayRule[],
  b: readonly HolidayRule[],
  [first, last]: readonly [number, number],
): boolean {
  if (a.length !== b.length) return false
  return a.every((rule, i) => {
    const other = b[i]
    if (rule === other) return true
    if (other === undefined || rule.source !== other.source) return false
    for (let year = first; year <= last; year++) if (!alike(rule.of(year), other.of(year))) return false
    return true
  })
}
