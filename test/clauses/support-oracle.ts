import { IANAZone } from 'luxon'

/**
 * Support clocks by asking every minute: what does the wall clock read, is the calendar open, is the ticket paused or
 * resolved. Instants are epoch minutes, local dates are days since 1970-01-01, hours are minutes after midnight.
 */
export type Hours = readonly (readonly [from: number, to: number])[]

export interface Calendar {
  /** Hours by the weekday they open on, Monday first; an end beyond 1440 lies on the next day. */
  readonly week: readonly Hours[]
  readonly holidays: readonly number[]
  /** Hours opening on single dates. */
  readonly except: readonly (readonly [date: number, hours: Hours])[]
}

export type Amount =
  | { readonly kind: 'time'; readonly minutes: number }
  | { readonly kind: 'business-time'; readonly minutes: number }
  | { readonly kind: 'business-days'; readonly days: number }
  | { readonly kind: 'days'; readonly days: number }
  /** By whether the other calendar is open when the clock starts. */
  | { readonly kind: 'by-calendar'; readonly core: Amount; readonly otherwise: Amount }

export const PROMISES = ['respond', 'workaround', 'resolve', 'update-every', 'report'] as const
export type Promised = (typeof PROMISES)[number]

export interface Terms {
  readonly clock: 'calendar' | 'always'
  readonly businessDay: 'end-of-day' | 'same-time' | 'working-hours'
  readonly pausedIn: readonly string[]
  readonly onReopen: 'continue' | 'restart' | 'first-resolve' | 'last-resolve'
  readonly onPriorityChange: 'carry' | 'at-open' | 'strictest'
  readonly from: 'opened' | 'reported' | 'responded'
  readonly unprioritised: string | null
  readonly workaroundCounts: boolean
  readonly autoReplyCounts: boolean
  readonly customerTimezone: boolean
  readonly priorities: Readonly<Record<string, Readonly<Partial<Record<Promised, Amount>>>>>
}

export interface Happening {
  readonly at: number
  readonly change: string
  readonly value?: string
}

/** `events` are in time order, no two in one minute, none before `opened`; `null`: blank. */
export interface Life {
  readonly id: string
  readonly opened: number
  readonly priority: string | null
  readonly reported: number | null
  /** The customer's zone. */
  readonly zone?: string
  readonly events: readonly Happening[]
}

const wallBlocks = new Map<string, Map<number, number>>()

/** What the wall clock reads, in minutes since 1970-01-01 00:00 local. Offsets change at quarters of an hour only. */
export function wallAt(zone: string, minute: number): number {
  const blocks = wallBlocks.get(zone) ?? new Map<number, number>()
  wallBlocks.set(zone, blocks)
  const block = Math.floor(minute / 15)
  const offset = blocks.get(block) ?? IANAZone.create(zone).offset(block * 15 * 60_000)
  blocks.set(block, offset)
  return minute + offset
}

/** The minute at which the wall clock first reads `wall`; one it skips moves forward by what is skipped. */
export function minuteOf(zone: string, wall: number): number {
  for (let m = wall - 1600; m < wall + 3000; m++) {
    const now = wallAt(zone, m)
    if (now === wall) return m
    if (now > wall) return m + (wall - wallAt(zone, m - 1) - 1)
  }
  throw new Error(`the wall clock never reads ${wall}`)
}

/** Open minutes of one calendar in one zone: `owner` is the local date that the hours open on. */
export interface Hours24 {
  readonly zone: string
  isOpen(minute: number): boolean
  owner(minute: number): number | undefined
  hoursOn(date: number): Hours
  /** The calendar that an amount may depend on. */
  readonly core?: Hours24
}

export function openMinutes(calendar: Calendar, zone: string, core?: Hours24): Hours24 {
  const days = new Map<number, Float64Array>()
  const except = new Map(calendar.except)
  const holidays = new Set(calendar.holidays)
  const opening = (date: number): Hours => except.get(date) ?? calendar.week[(((date + 3) % 7) + 7) % 7] ?? []
  const hoursOn = (date: number): Hours => (holidays.has(date) && !except.has(date) ? [] : opening(date))
  const ask = (minute: number): number => {
    const wall = wallAt(zone, minute)
    const date = Math.floor(wall / 1440)
    const time = wall - date * 1440
    if (hoursOn(date).some(([from, to]) => from <= time && time < to)) return date
    // The evening before goes on, unless today is a holiday; a holiday yesterday closed yesterday only.
    const goesOn = opening(date - 1).some(([from, to]) => from <= time + 1440 && time + 1440 < to)
    return goesOn && !holidays.has(date) ? date - 1 : Number.NaN
  }
  const owner = (minute: number): number | undefined => {
    const day = Math.floor(minute / 1440)
    let owners = days.get(day)
    if (owners === undefined) {
      owners = new Float64Array(1440)
      for (let i = 0; i < 1440; i++) owners[i] = ask(day * 1440 + i)
      days.set(day, owners)
    }
    const found = owners[minute - day * 1440]
    return found === undefined || Number.isNaN(found) ? undefined : found
  }
  return { zone, owner, isOpen: minute => owner(minute) !== undefined, hoursOn, ...(core !== undefined && { core }) }
}

interface Allowance {
  readonly minutes: number
  readonly runs: (minute: number) => boolean
  /** The instant that business days end at while nothing is paused; it may lie outside the hours. */
  readonly end?: number
}

/** How much time an amount grants from `start`, and which minutes use it up. */
export function allowanceOf(amount: Amount, start: number, terms: Terms, hours: Hours24): Allowance {
  const always = () => true
  switch (amount.kind) {
    case 'by-calendar':
      return allowanceOf(hours.core?.isOpen(start) ? amount.core : amount.otherwise, start, terms, hours)
    case 'time':
      return { minutes: amount.minutes, runs: terms.clock === 'always' ? always : hours.isOpen }
    case 'business-time':
      return { minutes: amount.minutes, runs: hours.isOpen }
    case 'days':
      return {
        minutes: minuteOf(hours.zone, wallAt(hours.zone, start) + amount.days * 1440) - start,
        runs: always,
      }
    case 'business-days':
      return { runs: hours.isOpen, ...businessDays(amount.days, start, terms, hours) }
  }
}

function businessDays(days: number, start: number, terms: Terms, hours: Hours24): { minutes: number; end?: number } {
  let begin = start
  while (!hours.isOpen(begin)) begin++
  const first = hours.owner(begin) ?? 0
  if (terms.businessDay === 'working-hours') return { minutes: days * openOnPaper(hours.hoursOn(first)) }
  let last = first
  for (let found = 0; found < days; ) {
    last++
    if (minutesOwnedBy(last, hours).length > 0) found++
  }
  const owned = minutesOwnedBy(last, hours)
  const close = (owned.at(-1) ?? 0) + 1
  const sameTime = minuteOf(hours.zone, last * 1440 + wallAt(hours.zone, begin) - first * 1440)
  const end = terms.businessDay === 'end-of-day' ? close : Math.min(close, Math.max(owned[0] ?? close, sameTime))
  return { minutes: tally(start, end, hours.isOpen), end }
}

function openOnPaper(hours: Hours): number {
  return tally(0, 2880, minute => hours.some(([from, to]) => from <= minute && minute < to))
}

function minutesOwnedBy(date: number, hours: Hours24): number[] {
  const out: number[] = []
  for (let m = (date - 1) * 1440; m < (date + 3) * 1440; m++) if (hours.owner(m) === date) out.push(m)
  return out
}

export function tally(from: number, to: number, counts: (minute: number) => boolean): number {
  let sum = 0
  for (let m = from; m < to; m++) if (counts(m)) sum++
  return sum
}
