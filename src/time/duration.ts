import { nearest } from '../model/nearest.ts'
import { addMonths, DAY, HOUR, MINUTE, SECOND } from './civil.ts'
import { toInstant, toLocal } from './local.ts'
import type { Zone } from './zone.ts'

/**
 * An amount of time. `elapsed` runs on the wall clock in ms, `calendar` means the same local time months and days
 * later (then `ms` more), the business units count open time of a calendar. `text` is as written.
 */
export type Duration =
  | { readonly unit: 'elapsed'; readonly ms: number; readonly text: string }
  | {
      readonly unit: 'calendar'
      readonly months: number
      readonly days: number
      readonly ms: number
      readonly text: string
    }
  | { readonly unit: 'business-time'; readonly ms: number; readonly text: string }
  | { readonly unit: 'business-days'; readonly days: number; readonly text: string }

export interface Problem {
  readonly problem: string
  readonly hint?: string
}

/** Reads `4h`, `1h 30min`, `15 days`, `2 business days`, `PT4H`, `P1M` … Amounts come out as whole milliseconds. */
export function parseDuration(text: string): Duration | Problem {
  const trimmed = text.trim()
  if (/^[+-]/.test(trimmed)) return { problem: `"${text}": a duration has no sign` }
  if (/\d,\d/.test(trimmed)) {
    return { problem: `"${text}": a comma in a number`, hint: 'write 1500h or 1.5h, without commas' }
  }
  const iso = ISO.exec(trimmed)
  if (iso !== null) return build(isoParts(iso), text)
  if (/^P/.test(trimmed)) {
    return { problem: `"${text}" isn't an ISO 8601 duration`, hint: 'write such as PT4H, P1D, P2W or P1DT12H' }
  }
  const parts: Part[] = []
  let rest = trimmed
  while (rest !== '') {
    const found = PART.exec(rest)
    if (found === null) {
      return {
        problem: `"${text}" isn't a duration`,
        hint: 'write a number and a unit: 30min, 4h, 15 days, 2 business days',
      }
    }
    const [whole, amount = '', word = ''] = found
    if (word === '')
      return { problem: `"${text}": ${amount} of what?`, hint: `write ${amount}min, ${amount}h or ${amount} days` }
    if (/^m$/i.test(word)) {
      return { problem: `"${text}": "${word}" is minutes or months`, hint: `write ${amount}min or ${amount} months` }
    }
    const name = word.toLowerCase().replaceAll(/\s+/g, ' ')
    const unit = UNITS.get(name)
    if (unit === undefined) return { problem: `"${text}": unknown unit "${word}"`, ...unitHint(name) }
    parts.push({ amount, unit })
    rest = rest.slice(whole.length).trimStart()
  }
  if (parts.length === 0) return { problem: 'a duration is missing', hint: 'write such as 30min, 4h or 15 days' }
  return build(parts, text)
}

/**
 * `at` plus an elapsed or calendar duration: months (clamped to the month's end), then days at the same local time
 * (a skipped one moves forward), then milliseconds. RangeError for business units, which need a calendar.
 */
export function addDuration(zone: Zone, at: number, duration: Duration): number {
  return shift(zone, at, duration, 1)
}

/** `at` minus a duration, in the same way. */
export function subtractDuration(zone: Zone, at: number, duration: Duration): number {
  return shift(zone, at, duration, -1)
}

/** `2d 4h`, `36m 48s`, `1.5s`, `0s`: every part that isn't zero, nothing rounded. */
export function durationText(ms: number): string {
  const size = Math.abs(ms)
  const parts: string[] = []
  const days = Math.floor(size / DAY)
  const hours = Math.floor((size % DAY) / HOUR)
  const minutes = Math.floor((size % HOUR) / MINUTE)
  const left = size % MINUTE
  if (days > 0) parts.push(`${days}d`)
  if (hours > 0) parts.push(`${hours}h`)
  if (minutes > 0) parts.push(`${minutes}m`)
  if (left > 0) {
    const fraction =
      left % SECOND === 0
        ? ''
        : `.${String(left % SECOND)
            .padStart(3, '0')
            .replace(/0+$/, '')}`
    parts.push(`${Math.floor(left / SECOND)}${fraction}s`)
  }
  return parts.length === 0 ? '0s' : `${ms < 0 ? '-' : ''}${parts.join(' ')}`
}

interface Unit {
  readonly kind: 'months' | 'days' | 'ms' | 'business-time' | 'business-days'
  readonly size: number
}

interface Part {
  readonly amount: string
  readonly unit: Unit
}

const PART = /^(\d+(?:\.\d+)?)\s*((?:business\s+)?[^\d\s]*)(?=[\d\s]|$)/i
const ISO =
  /^P(?=\d|T\d)(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?=\d)(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?(?:(\d+(?:\.\d+)?)S)?)?$/

const YEAR: Unit = { kind: 'months', size: 12 }
const MONTH: Unit = { kind: 'months', size: 1 }
const WEEK: Unit = { kind: 'days', size: 7 }
const ONE_DAY: Unit = { kind: 'days', size: 1 }
const HOURS: Unit = { kind: 'ms', size: HOUR }
const MINUTES: Unit = { kind: 'ms', size: MINUTE }
const SECONDS: Unit = { kind: 'ms', size: SECOND }
const ISO_UNITS = [YEAR, MONTH, WEEK, ONE_DAY, HOURS, MINUTES, SECONDS]

const UNITS: ReadonlyMap<string, Unit> = new Map([
  ...spelled('s sec secs second seconds', SECONDS),
  ...spelled('min mins minute minutes', MINUTES),
  ...spelled('h hr hrs hour hours', HOURS),
  ...spelled('day days', ONE_DAY),
  ...spelled('week weeks', WEEK),
  ...spelled('month months', MONTH),
  ...spelled('year years', YEAR),
  ['business hour', { kind: 'business-time', size: HOUR }],
  ['business hours', { kind: 'business-time', size: HOUR }],
  ['business minute', { kind: 'business-time', size: MINUTE }],
  ['business minutes', { kind: 'business-time', size: MINUTE }],
  ['business day', { kind: 'business-days', size: 1 }],
  ['business days', { kind: 'business-days', size: 1 }],
])

function spelled(words: string, unit: Unit): (readonly [string, Unit])[] {
  return words.split(' ').map(word => [word, unit] as const)
}

function unitHint(word: string): { readonly hint?: string } {
  if (word === 'd') return { hint: 'write day or days (the same local time), or 24h' }
  if (word === 'w') return { hint: 'write week or weeks' }
  if (word === 'y') return { hint: 'write year or years' }
  const meant = nearest(word, UNITS.keys())
  return {
    hint:
      meant === undefined
        ? 'units are s, min, h, days, weeks, months, years, business hours, business days'
        : `did you mean ${meant}?`,
  }
}

function isoParts(found: RegExpExecArray): Part[] {
  return ISO_UNITS.flatMap((unit, i) => {
    const amount = found[i + 1]
    return amount === undefined ? [] : [{ amount, unit }]
  })
}

function build(parts: readonly Part[], text: string): Duration | Problem {
  const sums = { months: 0, days: 0, ms: 0, 'business-time': 0, 'business-days': 0 }
  let before: Unit | undefined
  for (const { amount, unit } of parts) {
    if (before !== undefined && !follows(before, unit)) {
      return {
        problem: `"${text}": parts that can't be added up in this order`,
        hint: 'write each unit once, the largest first: 1h 30min',
      }
    }
    before = unit
    const worth = exactly(amount, unit.size)
    if (worth === undefined) {
      const whole = unit.kind === 'ms' || unit.kind === 'business-time' ? 'milliseconds' : 'days or months'
      return { problem: `"${text}" isn't a whole number of ${whole}`, hint: 'use a smaller unit' }
    }
    sums[unit.kind] += worth
  }
  const { months, days, ms } = sums
  if (
    months > MOST_MONTHS ||
    days > MOST_MONTHS * 31 ||
    ms > MOST_MS ||
    sums['business-time'] > MOST_MS ||
    sums['business-days'] > MOST_MONTHS * 31
  ) {
    return { problem: `"${text}" is longer than a thousand years` }
  }
  const kind = parts[0]?.unit.kind
  if (kind === 'business-time') return { unit: 'business-time', ms: sums['business-time'], text }
  if (kind === 'business-days') return { unit: 'business-days', days: sums['business-days'], text }
  if (kind === 'ms') return { unit: 'elapsed', ms, text }
  return { unit: 'calendar', months, days, ms, text }
}

const MOST_MONTHS = 12_000
const MOST_MS = 366_000 * DAY

const KINDS = ['months', 'days', 'ms']

function follows(before: Unit, unit: Unit): boolean {
  const a = KINDS.indexOf(before.kind)
  const b = KINDS.indexOf(unit.kind)
  return a >= 0 && b >= 0 && (a < b || (a === b && before.size > unit.size))
}

/** `amount` (decimal digits) × `size`, undefined when that isn't a whole number. */
function exactly(amount: string, size: number): number | undefined {
  const [whole = '', fraction = ''] = amount.split('.')
  const scale = 10n ** BigInt(fraction.length)
  const product = BigInt(whole + fraction) * BigInt(size)
  return product % scale === 0n ? Number(product / scale) : undefined
}

function shift(zone: Zone, at: number, duration: Duration, sign: 1 | -1): number {
  if (duration.unit === 'elapsed') return at + sign * duration.ms
  if (duration.unit !== 'calendar') throw new RangeError(`"${duration.text}" needs a calendar of business hours`)
  const { months, days, ms } = duration
  if (months === 0 && days === 0) return at + sign * ms
  const local = toLocal(zone, at)
  const day = Math.floor(local / DAY)
  const moved = addMonths(day, sign * months) + sign * days
  return toInstant(zone, moved * DAY + local - day * DAY).at + sign * ms
}
