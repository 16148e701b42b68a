import { DateTime } from 'luxon'

export const SECOND = 1000
export const MINUTE = 60_000
export const HOUR = 3_600_000
export const DAY = 86_400_000

/** Epoch ms of a stamp that carries its offset; numbers pass. */
export function ms(stamp: string | number): number {
  if (typeof stamp === 'number') return stamp
  const parsed = DateTime.fromISO(stamp, { setZone: true })
  if (!parsed.isValid || !/(Z|[+-]\d\d:\d\d)$/.test(stamp))
    throw new Error(`"${stamp}" isn't an instant with an offset`)
  return parsed.toMillis()
}

export function span(start: string | number, end: string | number): { start: number; end: number } {
  return { start: ms(start), end: ms(end) }
}
