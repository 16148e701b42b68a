import type { Interval } from '../../model/interval.ts'
import { civilDate, DAY, dateText, dayNumber, isoWeek, pad2 } from '../../time/civil.ts'
import { startOfDay, toLocal } from '../../time/local.ts'
import type { Zone } from '../../time/zone.ts'
import type { Unit } from './rules.ts'

/** One local day, ISO week, month, quarter or year in epoch ms; neighbours have neighbouring numbers. */
export interface UnitSpan extends Interval {
  readonly number: number
  /** `2026-05-03`, `2026-W18`, `2026-05`, `2026-Q2`, `2026`. */
  readonly label: string
}

/** Every unit that meets `[from, to)`, whole and in order; a date that the zone left out is none. */
export function unitsOver(unit: Unit, zone: Zone, from: number, to: number): UnitSpan[] {
  if (!(from < to)) return []
  if (!Number.isFinite(from) || !Number.isFinite(to)) throw new RangeError('units need a finite range')
  const out: UnitSpan[] = []
  const { number } = unitOf(unit, zone, from)
  let start = unitStart(unit, zone, number)
  for (let n = number; start < to; n++) {
    const end = unitStart(unit, zone, n + 1)
    if (start < end) out.push({ number: n, start, end, label: unitLabel(unit, n) })
    start = end
  }
  return out
}

/** The unit that an instant lies in. */
export function unitOf(unit: Unit, zone: Zone, at: number): UnitSpan {
  let number = unitOfDay(unit, Math.floor(toLocal(zone, at) / DAY))
  // A clock set back past midnight shows the day before once more; a unit begins where its date first shows.
  while (unitStart(unit, zone, number) > at) number--
  while (unitStart(unit, zone, number + 1) <= at) number++
  return unitAt(unit, zone, number)
}

/** The unit of a number; empty for a date that the zone left out. */
export function unitAt(unit: Unit, zone: Zone, number: number): UnitSpan {
  return {
    number,
    start: unitStart(unit, zone, number),
    end: unitStart(unit, zone, number + 1),
    label: unitLabel(unit, number),
  }
}

/** Where the unit of a number begins; epoch ms. */
export function unitStart(unit: Unit, zone: Zone, number: number): number {
  return startOfDay(zone, firstDay(unit, number))
}

/** The number of the unit that a local date (a day number) belongs to. */
export function unitOfDay(unit: Unit, day: number): number {
  if (unit === 'day') return day
  // Day 0 is a Thursday, so Monday-weeks change three days before multiples of seven.
  if (unit === 'week') return Math.floor((day + 3) / 7)
  const { year, month } = civilDate(day)
  if (unit === 'year') return year
  return unit === 'month' ? year * 12 + month - 1 : year * 4 + Math.floor((month - 1) / 3)
}

/** `2026-05-03`, `2026-W18`, `2026-05`, `2026-Q2`, `2026`. */
export function unitLabel(unit: Unit, number: number): string {
  const day = firstDay(unit, number)
  if (unit === 'day') return dateText(day)
  if (unit === 'week') {
    const { year, week } = isoWeek(day)
    return `${yearText(year)}-W${pad2(week)}`
  }
  const { year, month } = civilDate(day)
  if (unit === 'year') return yearText(year)
  return unit === 'month' ? `${yearText(year)}-${pad2(month)}` : `${yearText(year)}-Q${Math.ceil(month / 3)}`
}

/** Day number of the first date of a unit. */
function firstDay(unit: Unit, number: number): number {
  if (unit === 'day') return number
  if (unit === 'week') return number * 7 - 3
  if (unit === 'year') return dayNumber(number, 1, 1)
  const perYear = unit === 'month' ? 12 : 4
  const year = Math.floor(number / perYear)
  return dayNumber(year, (number - year * perYear) * (12 / perYear) + 1, 1)
}

function yearText(year: number): string {
  return String(year).padStart(4, '0')
}
