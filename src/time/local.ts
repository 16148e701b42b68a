import { DAY } from './civil.ts'
import type { Zone } from './zone.ts'

/** A wall-clock reading met with its instant: read once, twice (the earlier one is taken) or never (moved forward). */
export interface Placed {
  readonly at: number
  readonly kind: 'exact' | 'ambiguous' | 'skipped'
}

/** The wall-clock reading at an instant, as the epoch milliseconds that UTC would show it at ("local ms"). */
export function toLocal(zone: Zone, at: number): number {
  return at + zone.offsetAt(at)
}

/** The instant of a wall-clock reading. Ambiguous: the earlier instant. Skipped: as much later as the gap is long. */
export function toInstant(zone: Zone, local: number): Placed {
  const near = zone.segmentAt(local)
  const guess = local - near.offset
  if (near.start + SPREAD <= guess && guess < near.end - SPREAD) return { at: guess, kind: 'exact' }

  const around = zone.segments(local - SPREAD, local + SPREAD)
  let found: number | undefined
  let skippedAt: number | undefined
  for (const [i, s] of around.entries()) {
    const at = local - s.offset
    if (s.start <= at && at < s.end) {
      if (found !== undefined) return { at: found, kind: 'ambiguous' }
      found = at
    }
    const next = around[i + 1]
    if (next !== undefined && at >= s.end && local - next.offset < next.start) skippedAt = at
  }
  if (found !== undefined) return { at: found, kind: 'exact' }
  if (skippedAt !== undefined) return { at: skippedAt, kind: 'skipped' }
  throw new RangeError(`no instant reads ${local} in ${zone.name}`)
}

/** Day number of the local date at an instant. */
export function localDay(zone: Zone, at: number): number {
  return Math.floor(toLocal(zone, at) / DAY)
}

/**
 * The first instant of a local date: midnight, its first showing when it shows twice, or the first instant after it
 * when the clock skips midnight. For a date that a zone left out altogether, the start of the next one.
 */
export function startOfDay(zone: Zone, day: number): number {
  const midnight = day * DAY
  const placed = toInstant(zone, midnight)
  if (placed.kind !== 'skipped') return placed.at
  // The gap swallows midnight, so the date begins where the gap ends.
  return zone.segments(placed.at - SPREAD, placed.at + 1).at(-1)?.start ?? placed.at
}

// Offsets reach from UTC−12 to UTC+14 and a zone may cross the date line, so a reading lies within this of its instant.
const SPREAD = 2 * DAY
