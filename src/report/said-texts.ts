import type { Finding, Step } from '../model/finding.ts'
import type { Interval } from '../model/interval.ts'
import type { Quantity } from '../model/quantity.ts'
import { civilDate, DAY } from '../time/civil.ts'
import { localDay, toInstant, toLocal } from '../time/local.ts'
import { fastInstant, formatInstant } from '../time/stamp.ts'
import type { Zone } from '../time/zone.ts'
import { isShown, stretchText } from './instants.ts'

/**
 * A finding as a page says it: instants in its texts on the wall clock, long hexadecimal ids short, and nothing to the
 * millisecond that only comes of an instant being in or out of a stretch.
 */
export function inWords(finding: Finding, zone: Zone, years = false): Finding {
  const { window, start, due, observed, margin, promised, timeline, notes } = finding
  const year = years || !isShown(window) ? undefined : civilDate(localDay(zone, window.start)).year
  const short = shortIds(finding)
  const text = (said: string): string => wallText(short(said), zone, year)
  const quantity = (one: Quantity): Quantity => (one.unit === 'none' ? { unit: 'none', text: text(one.text) } : one)
  const isClose = margin?.unit === 'ms' && Math.abs(margin.value) < 2
  const figure = (one: Quantity): Quantity => (isClose ? quantity(one) : rounded(quantity(one)))
  return {
    ...finding,
    window: wholeSeconds(window),
    ...(start !== undefined && { start: wholeSecond(start) }),
    ...(due !== undefined && { due: wholeSecond(due) }),
    promised: figure(promised),
    observed: figure(observed),
    ...(margin !== undefined && { margin: figure(margin) }),
    ...(finding.breached !== undefined && { breached: finding.breached.map(wholeSeconds) }),
    ...(finding.undecided !== undefined && { undecided: finding.undecided.map(wholeSeconds) }),
    timeline: timeline.map((step): Step => ({ ...step, at: wholeSeconds(step.at), why: text(step.why) })),
    notes: notes.map(text),
  }
}

/** A finding with no more changed than the instants inside its texts; with their year where `years` asks for it. */
export function onTheWall(finding: Finding, zone: Zone, years = false): Finding {
  const { window, promised, observed, timeline, notes } = finding
  const year = years || !isShown(window) ? undefined : civilDate(localDay(zone, window.start)).year
  const text = (said: string): string => wallText(said, zone, year)
  const quantity = (one: Quantity): Quantity => (one.unit === 'none' ? { unit: 'none', text: text(one.text) } : one)
  return {
    ...finding,
    promised: quantity(promised),
    observed: quantity(observed),
    timeline: timeline.map((step): Step => ({ ...step, why: text(step.why) })),
    notes: notes.map(text),
  }
}

/** Instants inside a text as elsewhere on a page: `Thu 4 Jun 04:00`, the year where it is not `year`. */
export function wallText(text: string, zone: Zone, year?: number): string {
  return text.replace(STAMP, stamp => {
    const read = fastInstant(stamp)
    if (Number.isNaN(read)) return stamp
    if (toLocal(zone, read + 1) % DAY === 0) {
      const { year: own } = civilDate(localDay(zone, read))
      const end = stretchText(zone, { start: read, end: read }, own !== year).replaceAll(/ +/g, ' ')
      return end.replace(/\d\d:\d\d:\d\d\.\d{3}$/, '24:00')
    }
    const at = wholeSecond(read)
    const isOther = civilDate(localDay(zone, at)).year !== year
    const shown = stretchText(zone, { start: at, end: at }, isOther).replaceAll(/ +/g, ' ')
    // Read twice, it is told by its offset.
    return toInstant(zone, toLocal(zone, at)).kind === 'ambiguous'
      ? `${shown}${/(Z|[+-]\d\d:\d\d)$/.exec(formatInstant(zone, at))?.[1] ?? ''}`
      : shown
  })
}

/** `1 May to 31 May 2026`: the local dates of two instants, the year once where they share it. */
export function datesText(zone: Zone, { start, end }: Interval): string {
  const [from, to] = [start, end].map(at => stretchText(zone, { start: at, end: at }, true).match(DATE)?.[1] ?? '')
  if (from === undefined || to === undefined) return ''
  if (from === to) return to
  return from.slice(-4) === to.slice(-4) ? `${from.slice(0, -5)} to ${to}` : `${from} to ${to}`
}

const DATE = /^\S+ +(\d+ \S+ \d+)/

const STAMP = /\b\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)/g

/** What holds up to and with an instant ends a millisecond after it. */
function wholeSecond(at: number): number {
  const rest = ((at % 1000) + 1000) % 1000
  return rest === 1 ? at - 1 : rest === 999 ? at + 1 : at
}

function wholeSeconds({ start, end }: Interval): Interval {
  const whole = { start: wholeSecond(start), end: wholeSecond(end) }
  return whole.start <= whole.end ? whole : { start, end }
}

function rounded(quantity: Quantity): Quantity {
  return quantity.unit === 'ms' ? { unit: 'ms', value: wholeSecond(quantity.value) } : quantity
}

/** Cuts long ids to the shortest beginning, of 8 digits or more, that tells those of the finding apart. */
function shortIds({ timeline, notes, observed }: Finding): (text: string) => string {
  const texts = [...timeline.map(({ why }) => why), ...notes, observed.unit === 'none' ? observed.text : '']
  const ids = [...new Set(texts.flatMap(text => text.match(LONG_ID) ?? []))]
  if (ids.length === 0) return text => text
  let length = 8
  while (length < 40 && new Set(ids.map(id => id.slice(0, length))).size < ids.length) length++
  return text => text.replace(LONG_ID, id => id.slice(0, length))
}

const LONG_ID = /\b[0-9a-f]{40,}\b/g
