import type { Interval } from '../model/interval.ts'
import { nearest } from '../model/nearest.ts'
import { MONTHS, monthNamed } from './calendar.ts'
import { addMonths, civilDate, dateText, dayNumber, pad2 } from './civil.ts'
import type { Problem } from './duration.ts'
import { localDay, startOfDay } from './local.ts'
import type { Zone } from './zone.ts'

/** Over what a promise is measured. `starting` (1–12) is the month that years and quarters are counted from. */
export type WindowRule =
  | { readonly kind: 'calendar'; readonly unit: 'month' | 'quarter' | 'year'; readonly starting?: number }
  | { readonly kind: 'contract-month' }
  | { readonly kind: 'billing-month' }
  | { readonly kind: 'rolling'; readonly days: number }
  | { readonly kind: 'term' }

/** One window in epoch ms; `key` names it: `2026-05`, `2026-Q2`, `2026`, `term`, else a local date. */
export interface Window extends Interval {
  readonly key: string
}

/** What windows are laid out by: the zone, the contract's term in epoch ms, the day of the month that bills begin on. */
export interface WindowFrame {
  readonly zone: Zone
  readonly term?: { readonly start?: number; readonly end?: number }
  readonly billingDay?: number
}

/** Reads `calendar month`, `calendar year starting february`, `contract month`, `rolling 30 days`, `term` … */
export function parseWindow(text: string): WindowRule | Problem {
  const plain = text.trim().toLowerCase().replaceAll(/\s+/g, ' ')
  if (plain === 'term') return { kind: 'term' }
  if (plain === 'contract month') return { kind: 'contract-month' }
  if (plain === 'billing month') return { kind: 'billing-month' }
  const rolling = /^rolling (\d{1,5}) days?$/.exec(plain)
  if (rolling !== null && Number(rolling[1]) > 0) return { kind: 'rolling', days: Number(rolling[1]) }
  const calendar = /^calendar (month|quarter|year)(?: starting (\S+))?$/.exec(plain)
  if (calendar !== null) {
    const unit = calendar[1] as 'month' | 'quarter' | 'year'
    if (calendar[2] === undefined) return { kind: 'calendar', unit }
    const starting = monthNamed(calendar[2])
    if (unit === 'month')
      return { problem: `"${text}": a month can't start in another month`, hint: 'write calendar month' }
    if (starting !== undefined)
      return starting === 1 ? { kind: 'calendar', unit } : { kind: 'calendar', unit, starting }
    const meant = nearest(calendar[2], MONTHS)
    return {
      problem: `"${text}": "${calendar[2]}" isn't a month`,
      hint: `write such as starting ${meant ?? 'february'}`,
    }
  }
  return { problem: `"${text}" isn't a window`, hint: windowHint(plain) }
}

/** Every window that meets `over`, whole and in order; rolling ones only where they lie wholly inside it. */
export function windowsOver(rule: WindowRule, frame: WindowFrame, over: Interval): Window[] {
  if (!(over.start < over.end)) return []
  if (rule.kind === 'term') return termWindow(frame, over)
  if (!Number.isFinite(over.start) || !Number.isFinite(over.end)) throw new RangeError('windows need a finite range')
  if (rule.kind === 'rolling') return rollingWindows(rule.days, frame.zone, over)
  if (rule.kind === 'calendar') {
    const months = { month: 1, quarter: 3, year: 12 }[rule.unit]
    const anchor = dayNumber(1970, rule.starting ?? 1, 1)
    return monthWindows(anchor, months, frame.zone, over, day => calendarKey(rule.unit, rule.starting, day))
  }
  if (rule.kind === 'billing-month') {
    if (frame.billingDay === undefined) throw new RangeError('a billing month needs the billing day')
    return monthWindows(dayNumber(1970, 1, frame.billingDay), 1, frame.zone, over, dateText)
  }
  const termStart = frame.term?.start
  if (termStart === undefined) throw new RangeError("a contract month needs the term's start")
  const anchor = localDay(frame.zone, termStart)
  return monthWindows(anchor, 1, frame.zone, over, dateText).filter(w => w.end > termStart)
}

/** Windows of `months` months counted from the anchor date, its day of the month clamped to each month's length. */
function monthWindows(
  anchor: number,
  months: number,
  zone: Zone,
  over: Interval,
  key: (day: number) => string,
): Window[] {
  const first = civilDate(localDay(zone, over.start))
  const from = civilDate(anchor)
  const apart = (first.year - from.year) * 12 + first.month - from.month
  const out: Window[] = []
  // One step early: the window that `over` starts in may have begun in the month before.
  for (let step = Math.floor(apart / months) - 1; ; step++) {
    const day = addMonths(anchor, step * months)
    const start = startOfDay(zone, day)
    if (start >= over.end) return out
    const end = startOfDay(zone, addMonths(anchor, (step + 1) * months))
    if (end > over.start && start < end) out.push({ start, end, key: key(day) })
  }
}

function calendarKey(unit: 'month' | 'quarter' | 'year', starting: number | undefined, day: number): string {
  if (starting !== undefined) return dateText(day)
  const { year, month } = civilDate(day)
  const text = String(year).padStart(4, '0')
  if (unit === 'year') return text
  return unit === 'month' ? `${text}-${pad2(month)}` : `${text}-Q${Math.ceil(month / 3)}`
}

function rollingWindows(days: number, zone: Zone, over: Interval): Window[] {
  const out: Window[] = []
  for (let last = localDay(zone, over.start) + days - 1; ; last++) {
    const end = startOfDay(zone, last + 1)
    if (end > over.end) return out
    const start = startOfDay(zone, last + 1 - days)
    // A date that the zone left out ends no window of its own.
    if (start >= over.start && startOfDay(zone, last) < end) out.push({ start, end, key: dateText(last) })
  }
}

function termWindow(frame: WindowFrame, over: Interval): Window[] {
  const { start, end } = frame.term ?? {}
  if (start === undefined || end === undefined)
    throw new RangeError("the term as a window needs the term's start and end")
  return start < over.end && over.start < end ? [{ start, end, key: 'term' }] : []
}

function windowHint(plain: string): string {
  const unit = /^(?:per |each |every )?(?:(month|quarter|year)(?:ly)?|(annual)(?:ly)?)$/.exec(plain)
  if (unit !== null) return `write calendar ${unit[1] ?? 'year'}`
  const days = /^(?:rolling )?(\d+)\s*(?:d|days?)?$/.exec(plain)
  if (days !== null) return `write rolling ${days[1]} days`
  const meant = nearest(plain, [
    'calendar month',
    'calendar quarter',
    'calendar year',
    'contract month',
    'billing month',
    'term',
  ])
  return meant === undefined
    ? 'write calendar month, quarter or year, contract month, billing month, rolling 30 days or term'
    : `did you mean ${meant}?`
}
