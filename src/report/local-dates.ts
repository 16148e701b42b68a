import type { Interval } from '../model/interval.ts'
import { MONTHS, WEEKDAYS } from '../time/calendar.ts'
import { civilDate, DAY, dateText, pad2, parseDate, weekday } from '../time/civil.ts'
import type { Zone } from '../time/zone.ts'
import { grouped } from './quantities.ts'

/** `Mon`, `Jan`: the first letters of a weekday or a month, as in `monday`. */
export function shortName(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1, 3)
}

/** A local date (`2026-05-08`) in words: `Fri  8 May`, with its year where `years` asks for it. */
export function dateWords(date: string, years: boolean): string {
  const number = parseDate(date) ?? 0
  const { year, month, day } = civilDate(number)
  const text = `${shortName(WEEKDAYS[weekday(number)] ?? '')} ${String(day).padStart(2, ' ')} ${shortName(MONTHS[month - 1] ?? '')}`
  return years ? `${text} ${year}` : text
}

/** `Fri  8 May 2026 09:00 +02:00`: an instant with its weekday, and its offset in a zone. */
export function instantWords(zone: Zone, at: number): string {
  const offset = zone.offsetAt(at)
  const local = at + offset
  const day = Math.floor(local / DAY)
  return `${dateWords(dateText(day), true)} ${timeOfDay(local - day * DAY)} ${offsetWords(offset)}`
}

/** Open hours of one local date on its wall clock, `09:00–18:00`, with offsets where the clock changes inside. */
export function hoursWords(zone: Zone, open: Interval): string {
  const before = zone.offsetAt(open.start)
  const after = zone.offsetAt(open.end - 1)
  const changed = before !== after
  const start = timeOfDay(modulo(open.start + before))
  // Read just before the end, so that midnight is 24:00 and a change of the clock at the end doesn't show.
  const end = timeOfDay(modulo(open.end - 1 + after) + 1)
  return changed ? `${start}${offsetWords(before)}–${end}${offsetWords(after)}` : `${start}–${end}`
}

/** `+02:00`. */
export function offsetWords(offset: number): string {
  const minutes = Math.floor(Math.abs(offset) / 60_000)
  return `${offset < 0 ? '-' : '+'}${pad2(Math.floor(minutes / 60))}:${pad2(minutes % 60)}`
}

/** Business time in hours, however many: `2,268h`, `1h 30m`, `45m`, `0h`. Whole days would hide how long a day is. */
export function hoursText(ms: number): string {
  const hours = Math.floor(ms / 3_600_000)
  const minutes = Math.floor((ms % 3_600_000) / 60_000)
  const seconds = (ms % 60_000) / 1000
  const parts = [
    hours > 0 ? `${grouped(hours)}h` : '',
    minutes > 0 ? `${minutes}m` : '',
    seconds > 0 ? `${seconds}s` : '',
  ]
  return parts.filter(part => part !== '').join(' ') || '0h'
}

/** `09:00`, with seconds and milliseconds only where there are some. */
export function timeOfDay(ms: number): string {
  const minutes = Math.floor(ms / 60_000)
  const text = `${pad2(Math.floor(minutes / 60))}:${pad2(minutes % 60)}`
  const left = ms % 60_000
  if (left === 0) return text
  const rest = left % 1000
  return `${text}:${pad2(Math.floor(left / 1000))}${rest === 0 ? '' : `.${String(rest).padStart(3, '0')}`}`
}

function modulo(local: number): number {
  return local - Math.floor(local / DAY) * DAY
}
