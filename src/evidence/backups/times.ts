import type { Moment } from '../../model/interval.ts'
import type { Happened } from '../records.ts'

/** By their earliest, then their latest instant. */
export function compareMoments(a: Moment, b: Moment): number {
  return a.earliest - b.earliest || a.latest - b.latest
}

/** As `compareMoments`; what is not known, or has not happened, comes last. */
export function compareKnown(a: Happened, b: Happened): number {
  if (isMoment(a) && isMoment(b)) return compareMoments(a, b)
  return Number(!isMoment(a)) - Number(!isMoment(b))
}

export const isMoment = (stamp: Happened): stamp is Moment => stamp !== undefined && stamp !== null

/** Whether one moment surely lies before another, however little is known of the two. */
export function isSurelyBefore(a: Happened, b: Happened): boolean {
  return isMoment(a) && isMoment(b) && a.latest < b.earliest
}

/** The first of those that are known. */
export function firstMoment(stamps: Iterable<Happened>): Moment | undefined {
  let first: Moment | undefined
  for (const stamp of stamps) {
    if (isMoment(stamp) && (first === undefined || compareMoments(stamp, first) < 0)) first = stamp
  }
  return first
}

/** What is known of a moment at `asOf`; what may lie beyond it is cut just after it. Beyond it for certain: `null`. */
export function upTo({ earliest, latest }: Moment, asOf: number): Moment | null {
  return earliest > asOf ? null : { earliest, latest: Math.min(latest, asOf + 1) }
}

/** By UTF-16 code units. */
export function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
