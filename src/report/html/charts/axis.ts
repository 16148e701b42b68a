import type { Interval } from '../../../model/interval.ts'
import { addMonths, civilDate, DAY, dateText, HOUR, MINUTE, pad2, SECOND, weekday } from '../../../time/civil.ts'
import { localDay, startOfDay, toInstant, toLocal } from '../../../time/local.ts'
import type { Zone } from '../../../time/zone.ts'
import { dateWords } from '../../local-dates.ts'
import { LEFT, label, line, NARROW, number, RIGHT } from './frame.ts'

/** A mark of the time axis; `below` is what changes more seldom: the date under a time, the year under a date. */
export interface Tick {
  readonly at: number
  readonly text: string
  readonly below?: string
}

/** Where an instant lies across, in units of the drawing. */
export function scaleOf({ start, end }: Interval): (at: number) => number {
  const length = Math.max(1, end - start)
  return at => LEFT + ((Math.min(Math.max(at, start), end) - start) / length) * (RIGHT - LEFT)
}

/** At most eight marks or so at whole local times: hours, midnights, Mondays, firsts of months or years. */
export function ticksOf(range: Interval, zone: Zone): readonly Tick[] {
  const length = range.end - range.start
  const span = SPANS.find(step => length / step <= MOST)
  if (span !== undefined) return clockTicks(range, zone, span)
  const days = [1, 2, 7, 14].find(step => length / (step * DAY) <= MOST)
  return days === undefined ? monthTicks(range, zone) : dayTicks(range, zone, days)
}

/** The axis with its grid: lines from `top` to `bottom`, the texts under it. */
export function axis(range: Interval, zone: Zone, top: number, bottom: number): string {
  const x = scaleOf(range)
  const ticks = ticksOf(range, zone)
  const grid = ticks.map(({ at }) => `M${number(x(at))} ${top}V${bottom + 4}`).join('')
  let free = LEFT
  const texts = ticks.map(({ at, text, below }, index) => {
    const place = x(at)
    // On a narrow page only those that have room beside the one before.
    const half = (Math.max(text.length, below?.length ?? 0) * SIGN * NARROW) / 2
    const fits = (index === 0 || place - half >= free) && place + half <= RIGHT + 20 * NARROW
    if (fits) free = place + half + 6 * NARROW
    const on = fits ? {} : ({ on: 'wide' } as const)
    const next = ticks.slice(index + 1).find(one => one.below !== undefined)
    const covered = next !== undefined && x(next.at) - place < NAME
    const second = below === undefined || covered ? '' : label(place, bottom + 34, below, { anchor: 'middle', ...on })
    return label(place, bottom + 18, text, { anchor: 'middle', ...on }) + second
  })
  return (grid === '' ? '' : line(grid)) + texts.join('')
}

/** How wide a sign is, in px. */
const SIGN = 7
const MOST = 7
/** How wide a date is at most. */
const NAME = 90
const SPANS = [SECOND, 5 * SECOND, 15 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE, HOUR / 2].concat(
  [1, 2, 3, 6, 12].map(hours => hours * HOUR),
)

/** Whole multiples of a span on the wall clock; times that the clock leaves out have no mark. */
function clockTicks(range: Interval, zone: Zone, span: number): readonly Tick[] {
  const out: Tick[] = []
  let date: number | undefined
  for (let local = Math.ceil(toLocal(zone, range.start) / span) * span; ; local += span) {
    const placed = toInstant(zone, local)
    if (placed.at >= range.end) return out
    if (placed.kind === 'skipped' || placed.at < range.start) continue
    const day = Math.floor(local / DAY)
    const time = local - day * DAY
    const text = `${pad2(Math.floor(time / HOUR))}:${pad2(Math.floor(time / MINUTE) % 60)}`
    const seconds = span < MINUTE ? `:${pad2(Math.floor(time / SECOND) % 60)}` : ''
    out.push({ at: placed.at, text: text + seconds, ...(day !== date && { below: dayText(day) }) })
    date = day
  }
}

/** Midnights: each, every other, or those of Mondays. */
function dayTicks(range: Interval, zone: Zone, step: number): readonly Tick[] {
  const out: Tick[] = []
  let day = localDay(zone, range.start)
  if (startOfDay(zone, day) < range.start) day++
  if (step >= 7) day += (7 - weekday(day)) % 7
  let year: number | undefined
  for (; ; day += step) {
    const at = startOfDay(zone, day)
    if (at >= range.end) return out
    const date = civilDate(day)
    const text = step >= 7 ? dayText(day).slice(4) : dayText(day)
    out.push({ at, text, ...(date.year !== year && { below: String(date.year) }) })
    year = date.year
  }
}

function monthTicks(range: Interval, zone: Zone): readonly Tick[] {
  const months = (range.end - range.start) / (30 * DAY)
  const step = [1, 2, 3, 6].find(size => months / size <= MOST + 1) ?? 12 * Math.ceil(months / 12 / MOST)
  const from = civilDate(localDay(zone, range.start))
  let first = addMonths(localDay(zone, range.start) - from.day + 1, 0)
  if (startOfDay(zone, first) < range.start) first = addMonths(first, 1)
  while ((civilDate(first).month - 1) % Math.min(step, 12) !== 0) first = addMonths(first, 1)
  const out: Tick[] = []
  let year: number | undefined
  for (let day = first; ; day = addMonths(day, step)) {
    const at = startOfDay(zone, day)
    if (at >= range.end) return out
    const date = civilDate(day)
    if (step >= 12) out.push({ at, text: String(date.year) })
    else out.push({ at, text: monthText(date.month), ...(date.year !== year && { below: String(date.year) }) })
    year = date.year
  }
}

/** `Jan`. */
export function monthText(month: number): string {
  return MONTHS[month - 1] ?? ''
}

/** `Sat 2 May`. */
function dayText(day: number): string {
  return dateWords(dateText(day), false).replace('  ', ' ')
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
