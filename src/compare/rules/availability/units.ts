import type { AvailabilityBody } from '../../../clauses/availability/schema.ts'
import { MINUTE } from '../../../time/civil.ts'
import { durationText } from '../../../time/duration.ts'
import type { Frame } from './frame.ts'

/** Units of time that count whole once the service is down for more than `free` ms in them. */
export interface Unit {
  readonly ms: number
  readonly free: number
}

/** Undefined where no such units are counted, or downtime alone does not make them bad. */
export function unitOf({ accounting }: AvailabilityBody): Unit | undefined {
  if (typeof accounting !== 'object') return undefined
  if ('minutes' in accounting) return accounting.minutes === 'touched' ? { ms: MINUTE, free: 0 } : undefined
  if (!('bad-when' in accounting)) return undefined
  const frees = accounting['bad-when'].map(({ operand, bound, limit: { part, of } }) => {
    if (operand !== 'down' || (bound !== 'above' && bound !== 'at-least')) return -1
    return bound === 'above' ? Math.floor(part / of) : Math.ceil(part / of) - 1
  })
  if (frees.length === 0 || frees.some(free => free < 0)) return undefined
  return { ms: accounting.slices, free: Math.max(...frees) }
}

/** `touched minutes`, `slices of 5m, each bad with more than 1m of downtime`. */
export function unitText({ ms, free }: Unit, { accounting }: AvailabilityBody): string {
  const minutes = typeof accounting === 'object' && 'minutes' in accounting
  if (minutes) return 'touched minutes'
  return `slices of ${durationText(ms)}, each bad with ${free === 0 ? 'any' : `more than ${durationText(free)} of`} downtime`
}

/**
 * What a promise comes to where any downtime makes a unit count whole: as many whole units as each window allows.
 * Undefined where windows, hours or `edges` cut units, or they have downtime of their own for free.
 */
export function inUnits(frame: Frame, { ms, free }: Unit, edges: readonly number[]): Frame | undefined {
  const origin = frame.windows[0]?.start ?? 0
  const cuts = (at: number): boolean => (at - origin) % ms !== 0
  const cut =
    frame.windows.some(({ start, end }) => cuts(start) || cuts(end)) ||
    frame.service.list.some(({ start, end }) => cuts(start) || cuts(end)) ||
    edges.some(cuts)
  if (free > 0 || cut) return undefined
  const windows = frame.windows.map(one =>
    one.most > 0 && one.most < Number.POSITIVE_INFINITY ? { ...one, most: one.most - (one.most % ms) } : one,
  )
  return { ...frame, windows }
}
