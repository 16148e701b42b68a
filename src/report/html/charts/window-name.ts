import type { Interval } from '../../../model/interval.ts'
import { addMonths, civilDate, dateText } from '../../../time/civil.ts'
import { localDay, startOfDay } from '../../../time/local.ts'
import type { Zone } from '../../../time/zone.ts'
import { stretchText } from '../../instants.ts'
import { dateWords } from '../../local-dates.ts'
import { monthText } from './axis.ts'

/** A stretch or an instant on the wall clock, `Sat 2 May 01:12–03:42`; not padded for columns. */
export function timeText(zone: Zone, at: Interval, years: boolean): string {
  return stretchText(zone, at, years).replace(/ {2}/g, ' ')
}

/** A window as people call it: `May 2026`, `2026`, `Mon 4 May 2026 – Sun 10 May 2026`; instants where it isn't of days. */
export function windowName(window: Interval, zone: Zone): string {
  const first = localDay(zone, window.start)
  const next = localDay(zone, window.end)
  if (startOfDay(zone, first) !== window.start || startOfDay(zone, next) !== window.end) {
    return timeText(zone, window, true)
  }
  const { year, month, day } = civilDate(first)
  if (day === 1 && next === addMonths(first, 1)) return `${monthText(month)} ${year}`
  if (day === 1 && month === 1 && next === addMonths(first, 12)) return String(year)
  const [from, to] = [first, next - 1].map(one => dateWords(dateText(one), true).replace('  ', ' '))
  return from === to ? `${from}` : `${from} – ${to}`
}
