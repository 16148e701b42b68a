import type { Interval } from '../model/interval.ts'
import { addMonths, civilDate, dateText, pad2 } from '../time/civil.ts'
import { localDay, startOfDay } from '../time/local.ts'
import { formatInstant } from '../time/stamp.ts'
import type { Zone } from '../time/zone.ts'

/** A period as `--period` takes it: `2026`, `2026-03`, two dates, or instants where a zone reads dates otherwise. */
export function periodText({ start, end }: Interval, zones: readonly Zone[]): string {
  const [zone] = zones
  if (zone === undefined) return ''
  const first = localDay(zone, start)
  const last = localDay(zone, end - 1)
  const whole = zones.every(one => startOfDay(one, first) === start && startOfDay(one, last + 1) === end)
  if (!whole) return `${instantText(zone, start)}..${instantText(zone, end)}`
  const { year, month, day } = civilDate(first)
  const next = last + 1
  if (day === 1 && month === 1 && addMonths(first, 12) === next) return String(year)
  if (day === 1 && month % 3 === 1 && addMonths(first, 3) === next) return `${year}-Q${(month + 2) / 3}`
  if (day === 1 && addMonths(first, 1) === next) return `${year}-${pad2(month)}`
  return first === last ? dateText(first) : `${dateText(first)}..${dateText(last)}`
}

/** An instant with the offset of a zone, as evidence has it. */
export function instantText(zone: Zone, at: number): string {
  return formatInstant(zone, at)
}
