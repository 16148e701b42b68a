import { DAY, dayNumber, HOUR, MINUTE, SECOND } from '../time/civil.ts'
import { intlOffsets, type OffsetReader } from '../time/zone.ts'

/**
 * Offsets from plain `Date` under a `process.env.TZ` that is set and put back within each synchronous call: far
 * quicker to start than `Intl`. Only for the main thread: elsewhere `process.env` is a copy that `Date` doesn't see.
 */
export function processOffsets(zone: string): OffsetReader {
  // An unknown TZ reads as UTC without a word; Intl refuses it.
  if (NEWER_THAN_SOME_RUNTIMES.has(zone)) return intlOffsets(zone)
  let inside = false
  function batch<T>(work: () => T): T {
    if (inside) return work()
    const before = process.env.TZ
    process.env.TZ = zone
    inside = true
    try {
      return work()
    } finally {
      inside = false
      if (before === undefined) delete process.env.TZ
      else process.env.TZ = before
    }
  }
  return Object.assign((at: number) => batch(() => readOffset(at)), { batch })
}

// Zones that the time zone data of the oldest supported Node releases do not hold.
const NEWER_THAN_SOME_RUNTIMES = new Set(['America/Coyhaique'])

/** Read from the fields, since `getTimezoneOffset` drops the seconds that offsets of old have. */
function readOffset(at: number): number {
  const local = new Date(at)
  const day = dayNumber(local.getFullYear(), local.getMonth() + 1, local.getDate())
  const time = local.getHours() * HOUR + local.getMinutes() * MINUTE + local.getSeconds() * SECOND
  return day * DAY + time + local.getMilliseconds() - at
}
