import { addDuration } from '../../time/duration.ts'
import type { Zone } from '../../time/zone.ts'
import type { Schedule } from './rules.ts'
import { unitOf } from './units.ts'

/** Until when the first backup after an instant is in time, without a schedule on that day; epoch ms. */
export function firstReach(schedule: Schedule | undefined, zone: Zone, from: number): number {
  if (schedule === undefined) return unitOf('day', zone, from).end
  if (schedule.form === 'every') return addDuration(zone, from, schedule.every) + schedule.tolerance
  return unitOf(schedule.form === 'per' ? schedule.per : 'day', zone, from).end + schedule.tolerance
}
