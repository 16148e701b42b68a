import type { Moment } from '../../model/interval.ts'
import { addDuration, type Duration } from '../../time/duration.ts'
import type { Zone } from '../../time/zone.ts'
import { lastOf } from './plan.ts'
import type { Stop } from './stops.ts'

/** A length of time against the most that is allowed; all in ms. */
export interface Measured {
  readonly status: 'met' | 'breached' | 'pending' | 'unverified'
  readonly lowest: number
  readonly highest: number
  /** The amount as it is from the start on which the verdict rests. */
  readonly allowed: number
  /** The last instant in time; epoch ms. */
  readonly due: number
}

/** How long it took from a start to a stop, or to now, against an amount; in time includes the limit. */
export function measured(start: Moment, stop: Stop, amount: Duration, zone: Zone, asOf: number): Measured {
  const last = Math.max(lastOf(start), start.earliest)
  const soonest = addDuration(zone, start.earliest, amount)
  const latest = addDuration(zone, last, amount)
  const lowest = Math.max(0, Math.min(stop.first, asOf) - last)
  const highest = Math.max(0, Math.min(stop.last, asOf) - start.earliest)
  const worst = { lowest, highest, allowed: soonest - start.earliest, due: soonest }
  if (stop.last <= soonest) return { status: 'met', ...worst }
  if (Math.min(stop.first, asOf) > latest) {
    return { status: 'breached', lowest, highest, allowed: latest - last, due: latest }
  }
  if (stop.last === Number.POSITIVE_INFINITY && asOf <= soonest) return { status: 'pending', ...worst }
  return { status: 'unverified', ...worst }
}
