import { dayNumber } from '../time/civil.ts'
import { startOfDay } from '../time/local.ts'
import type { Zone } from '../time/zone.ts'
import type { World } from './rule.ts'

/** A year of a zone, from its first instant to that of the next. */
export function yearWorld(year: number, zone: Zone): World {
  const start = startOfDay(zone, dayNumber(year, 1, 1))
  return { year, span: { start, end: startOfDay(zone, dayNumber(year + 1, 1, 1)) } }
}
