import type { Interval } from '../model/interval.ts'
import { civilDate, DAY, dateText, pad2, weekday } from '../time/civil.ts'
import { localDay, toLocal } from '../time/local.ts'
import { formatInstant } from '../time/stamp.ts'
import type { Zone } from '../time/zone.ts'

/** An instant to the second in full, with its offset: `2026-06-02T09:00:00+02:00`. Can be given back as `--as-of`. */
export function instantText(zone: Zone, at: number): string {
  return isDated(at) ? formatInstant(zone, at) : NOT_KNOWN
}

/** Whether both ends of a stretch have a date, with a year of four digits; bounds that nobody knows have none. */
export function isShown({ start, end }: Interval): boolean {
  return isDated(start) && isDated(end)
}

/** An instant on the wall clock with its weekday and in full: `Mon  4 May 10:30 = 2026-05-04T10:30:00+02:00`. */
export function dayInstantText(zone: Zone, at: number): string {
  return isDated(at) ? `${stretchText(zone, { start: at, end: at }, false)} = ${instantText(zone, at)}` : NOT_KNOWN
}

/**
 * A stretch on the wall clock of a zone: `Sat  2 May 01:12–03:42`, both dates where they differ, offsets where the
 * clock changed in between, the year where `years` asks for it. A stretch without length is one time.
 */
export function stretchText(zone: Zone, at: Interval, years: boolean): string {
  if (!isShown(at)) {
    const [start, end] = [at.start, at.end].map(one => (isDated(one) ? localText(zone, one, years) : NOT_KNOWN))
    return start === end ? NOT_KNOWN : `${start} – ${end}`
  }
  const startOffset = zone.offsetAt(at.start)
  const endOffset = zone.offsetAt(at.end)
  const changed = startOffset !== endOffset
  const start = toLocal(zone, at.start)
  const end = toLocal(zone, at.end)
  const startDay = Math.floor(start / DAY)
  const endDay = Math.floor(end / DAY)
  const from = `${dayText(startDay, years)} ${clockText(start)}${changed ? offsetText(startOffset) : ''}`
  if (at.start === at.end) return from
  const to = `${clockText(end)}${changed ? offsetText(endOffset) : ''}`
  return startDay === endDay ? `${from}–${to}` : `${from} – ${dayText(endDay, years)} ${to}`
}

/** An as-of instant as people say it: `the end of 2026-06-30` where a local day begins with it, else the instant in full. */
export function asOfText(zone: Zone, at: number): string {
  const day = localDay(zone, at - 1)
  return isDated(at) && localDay(zone, at) !== day ? `the end of ${dateText(day)}` : instantText(zone, at)
}

/** Whether an audited period is not within one local year: then every instant on its pages has its year. */
export function isOverYears(zone: Zone, { start, end }: Interval): boolean {
  return spanYears(zone, [{ start, end: Math.max(start, end - 1) }])
}

/** Whether stretches on a page need their year: all on it do, or they aren't all in one. */
export function needYears(
  { zone, years }: { readonly zone: Zone; readonly years?: boolean },
  stretches: readonly Interval[],
): boolean {
  return years === true || spanYears(zone, stretches)
}

/** Whether stretches are not all in one year. */
export function spanYears(zone: Zone, stretches: readonly Interval[]): boolean {
  let first: number | undefined
  for (const { start, end } of stretches) {
    for (const at of [start, end].filter(isDated)) {
      const { year } = civilDate(Math.floor(toLocal(zone, at) / DAY))
      first ??= year
      if (year !== first) return true
    }
  }
  return false
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

const NOT_KNOWN = 'not known'
const YEAR_0 = -62_167_219_200_000
const YEAR_10000 = 253_402_300_800_000

/** A day of room on both sides, for the offset. */
function isDated(at: number): boolean {
  return at >= YEAR_0 + DAY && at < YEAR_10000 - DAY
}

function localText(zone: Zone, at: number, years: boolean): string {
  const local = toLocal(zone, at)
  return `${dayText(Math.floor(local / DAY), years)} ${clockText(local)}`
}

function dayText(day: number, years: boolean): string {
  const date = civilDate(day)
  const text = `${WEEKDAYS[weekday(day)]} ${String(date.day).padStart(2, ' ')} ${MONTHS[date.month - 1]}`
  return years ? `${text} ${date.year}` : text
}

/** `01:12`, with seconds and milliseconds only where there are some. */
function clockText(local: number): string {
  const time = local - Math.floor(local / DAY) * DAY
  const minutes = Math.floor(time / 60_000)
  const text = `${pad2(Math.floor(minutes / 60))}:${pad2(minutes % 60)}`
  const left = time % 60_000
  if (left === 0) return text
  const ms = left % 1000
  return `${text}:${pad2(Math.floor(left / 1000))}${ms === 0 ? '' : `.${String(ms).padStart(3, '0')}`}`
}

function offsetText(offset: number): string {
  const minutes = Math.floor(Math.abs(offset) / 60_000)
  return `${offset < 0 ? '-' : '+'}${pad2(Math.floor(minutes / 60))}:${pad2(minutes % 60)}`
}
