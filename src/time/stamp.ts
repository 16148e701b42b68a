import { civilDate, DAY, dayNumber, daysInMonth, HOUR, isDate, MINUTE, pad2, SECOND } from './civil.ts'
import type { Zone } from './zone.ts'

/** What a stamp says: an instant (epoch ms), a wall-clock reading without zone (local ms), a date, or nothing usable. */
export type Stamp =
  | { readonly kind: 'instant'; readonly at: number }
  | { readonly kind: 'local'; readonly local: number }
  | { readonly kind: 'date'; readonly day: number }
  | { readonly kind: 'bad'; readonly message: string }

/**
 * Reads RFC 3339 (`T`, `t` or space; `Z` or `±hh:mm`, `±hhmm`, `±hh`), also without seconds, offset or time.
 * Digits below the millisecond are cut off, never rounded.
 */
export function parseStamp(text: string): Stamp {
  const at = fastInstant(text)
  if (!Number.isNaN(at)) return { kind: 'instant', at }
  const parts = PATTERN.exec(text)
  if (parts === null) return bad(`"${text}" isn't a time: expected 2026-05-01T10:00:00+02:00 or a date 2026-05-01`)
  const [, y = '', mo = '', d = '', h, mi, s = '0', fraction = '', offset] = parts
  const year = Number(y)
  if (!isDate(year, Number(mo), Number(d))) return bad(`"${text}": there is no date ${y}-${mo}-${d}`)
  const day = dayNumber(year, Number(mo), Number(d))
  if (h === undefined || mi === undefined) return { kind: 'date', day }
  if (Number(s) === 60) return bad(`"${text}" is a leap second, which has no instant of its own`)
  if (Number(h) === 24) return bad(`"${text}": hour 24 isn't used in stamps; write 00:00 of the next day`)
  if (Number(h) > 23 || Number(mi) > 59 || Number(s) > 59) return bad(`"${text}": there is no time ${h}:${mi}:${s}`)
  if (offset !== undefined) return bad(`"${text}": there is no offset ${offset}`)
  const milliseconds = Number(fraction.slice(0, 3).padEnd(3, '0'))
  return {
    kind: 'local',
    local: day * DAY + Number(h) * HOUR + Number(mi) * MINUTE + Number(s) * SECOND + milliseconds,
  }
}

const PATTERN = /^(\d{4})-(\d\d)-(\d\d)(?:[Tt ](\d\d):(\d\d)(?::(\d\d)(?:[.,](\d+))?)?([Zz]|[+-]\d\d(?::?\d\d)?)?)?$/

/** The instant of a complete stamp with offset, NaN for any other text: `parseStamp` tells why. Allocates nothing. */
export function fastInstant(text: string): number {
  const length = text.length
  if (length < 17 || text.charCodeAt(4) !== DASH || text.charCodeAt(7) !== DASH || text.charCodeAt(13) !== COLON) {
    return Number.NaN
  }
  const separator = text.charCodeAt(10)
  if (separator !== 84 && separator !== 116 && separator !== 32) return Number.NaN
  const year = two(text, 0) * 100 + two(text, 2)
  const month = two(text, 5)
  const day = two(text, 8)
  const hour = two(text, 11)
  const minute = two(text, 14)
  if (!(year >= 0 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month))) return Number.NaN
  if (!(hour <= 23 && minute <= 59)) return Number.NaN
  let at = dayNumber(year, month, day) * DAY + hour * HOUR + minute * MINUTE

  let i = 16
  if (text.charCodeAt(i) === COLON) {
    const second = two(text, 17)
    if (!(second <= 59)) return Number.NaN
    at += second * SECOND
    i = 19
    const mark = text.charCodeAt(i)
    if (mark === 46 || mark === 44) {
      const first = ++i
      let worth = 100
      for (; i < length; i++) {
        const digit = text.charCodeAt(i) - 48
        if (!(digit >= 0 && digit <= 9)) break
        at += digit * worth
        worth = worth === 100 ? 10 : worth === 10 ? 1 : 0
      }
      if (i === first) return Number.NaN
    }
  }

  const sign = text.charCodeAt(i)
  if (sign === 90 || sign === 122) return i + 1 === length ? at : Number.NaN
  if (sign !== PLUS && sign !== DASH) return Number.NaN
  const hours = two(text, i + 1)
  let minutes = 0
  if (i + 3 !== length) {
    const from = text.charCodeAt(i + 3) === COLON ? i + 4 : i + 3
    if (from + 2 !== length) return Number.NaN
    minutes = two(text, from)
  }
  if (!(hours <= 23 && minutes <= 59)) return Number.NaN
  const offset = hours * HOUR + minutes * MINUTE
  return sign === PLUS ? at - offset : at + offset
}

/** RFC 3339 in a zone, milliseconds only when there are some: `2026-05-01T10:00:00+02:00`. */
export function formatInstant(zone: Zone, at: number): string {
  const offset = zone.offsetAt(at)
  // Offsets of old with seconds can't be written in RFC 3339.
  if (zone.name === 'UTC' || offset % MINUTE !== 0) return formatUtc(at)
  const minutes = Math.abs(offset) / MINUTE
  return `${wall(at + offset)}${offset < 0 ? '-' : '+'}${pad2(Math.floor(minutes / 60))}:${pad2(minutes % 60)}`
}

/** RFC 3339 in UTC: `2026-05-01T08:00:00Z`. */
export function formatUtc(at: number): string {
  return `${wall(at)}Z`
}

/** `2026-05-01T10:00:00` or `…00.250` of a wall-clock reading in local ms. */
export function wall(local: number): string {
  const day = Math.floor(local / DAY)
  const time = local - day * DAY
  const date = civilDate(day)
  const hour = Math.floor(time / HOUR)
  const minute = Math.floor((time % HOUR) / MINUTE)
  const second = Math.floor((time % MINUTE) / SECOND)
  const ms = time % SECOND
  const fraction = ms === 0 ? '' : `.${String(ms).padStart(3, '0')}`
  const year = String(date.year).padStart(4, '0')
  return `${year}-${pad2(date.month)}-${pad2(date.day)}T${pad2(hour)}:${pad2(minute)}:${pad2(second)}${fraction}`
}

/** Two digits as a number, NaN if one of them isn't a digit. */
function two(text: string, i: number): number {
  const tens = text.charCodeAt(i) - 48
  const ones = text.charCodeAt(i + 1) - 48
  return tens >= 0 && tens <= 9 && ones >= 0 && ones <= 9 ? tens * 10 + ones : Number.NaN
}

const DASH = 45
const PLUS = 43
const COLON = 58

function bad(message: string): Stamp {
  return { kind: 'bad', message }
}
