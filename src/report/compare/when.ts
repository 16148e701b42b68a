import type { Interval } from '../../model/interval.ts'
import { addMonths, civilDate, dateText, pad2 } from '../../time/civil.ts'
import { localDay, startOfDay } from '../../time/local.ts'
import type { Zone } from '../../time/zone.ts'
import { stretchText } from '../instants.ts'

/** Where in a year a stretch lies, on the wall clock: a whole month or year by name, else its ends. */
export function whenText(zone: Zone, at: Interval, year: number): string {
  const [first, last] = [localDay(zone, at.start), localDay(zone, at.end - 1)]
  const { year: own, month, day } = civilDate(first)
  if (day === 1 && startOfDay(zone, first) === at.start && startOfDay(zone, last + 1) === at.end) {
    if (addMonths(first, 1) === last + 1) return `${own}-${pad2(month)}`
    if (month === 1 && addMonths(first, 12) === last + 1) return String(own)
  }
  // A stretch that ends just before a second is over is told up to its end.
  const end = at.end % 1000 === 999 ? at.end + 1 : at.end
  const outside = [first, last].some(one => civilDate(one).year !== year)
  return stretchText(zone, { start: at.start, end }, outside).replaceAll(/ +/g, ' ')
}

/** An as-of instant: `the end of 2026-06-30` where a local day begins with it, else with its date and time. */
export function asOfIn(zone: Zone, at: number): string {
  const day = localDay(zone, at - 1)
  return localDay(zone, at) === day ? instantIn(zone, at) : `the end of ${dateText(day)}`
}

/** An instant with its year, on the wall clock: `Tue 7 Apr 2026 09:00`. */
export function instantIn(zone: Zone, at: number): string {
  // A year that none is in: it is always shown.
  return whenText(zone, { start: at, end: at }, Number.NaN)
}
