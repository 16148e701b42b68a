import type { Interval } from '../model/interval.ts'
import { addMonths, dateText, dayNumber } from './civil.ts'
import type { Problem } from './duration.ts'
import { startOfDay } from './local.ts'
import { parseStamp } from './stamp.ts'
import type { Zone } from './zone.ts'

/**
 * Reads `2026`, `2026-Q2`, `2026-05`, `2026-05-03` (local dates of the zone), `DATE..DATE` (last day included) and
 * `INSTANT..INSTANT` (end excluded, offsets required); the two ends may be of either form.
 */
export function parsePeriod(text: string, zone: Zone): Interval | Problem {
  const plain = text.trim()
  const ends = plain.split('..')
  if (ends.length === 2) return between(ends[0] ?? '', ends[1] ?? '', text, zone)
  const unit = unitOf(plain)
  if (unit !== undefined) return { start: startOfDay(zone, unit.first), end: startOfDay(zone, unit.after) }
  const stamp = parseStamp(plain)
  if (stamp.kind === 'date') return between(plain, plain, text, zone)
  const impossible = stamp.kind === 'bad' && /^\d{4}-\d\d-\d\d$/.test(plain)
  return { problem: impossible ? stamp.message : `"${text}" isn't a period`, hint: FORMS }
}

/** Reads an instant to judge at (epoch ms): with its offset, or a date, which means the end of that local day. */
export function parseAsOf(text: string, zone: Zone): number | Problem {
  const stamp = parseStamp(text.trim())
  if (stamp.kind === 'instant') return stamp.at
  if (stamp.kind === 'local') return { problem: `"${text}" has no offset`, hint: AS_OF_FORMS }
  if (stamp.kind === 'date') return startOfDay(zone, stamp.day + 1)
  return { problem: plainMessage(stamp.message), hint: AS_OF_FORMS }
}

const AS_OF_FORMS = 'write 2026-05-01T10:00:00+02:00, or a date 2026-05-01, which means the end of that day'
const FORMS = 'write 2026, 2026-Q2, 2026-05, 2026-05-03, 2026-05-03..2026-06-02 or INSTANT..INSTANT with offsets'

/** A year, quarter or month as day numbers: its first, and the one after its last. */
function unitOf(text: string): { readonly first: number; readonly after: number } | undefined {
  const unit = /^(\d{4})(?:-(?:Q([1-4])|(0[1-9]|1[0-2])))?$/i.exec(text)
  if (unit === null) return undefined
  const [, year = '', quarter, month] = unit
  const first = dayNumber(Number(year), quarter === undefined ? Number(month ?? 1) : Number(quarter) * 3 - 2, 1)
  return { first, after: addMonths(first, quarter !== undefined ? 3 : month !== undefined ? 1 : 12) }
}

function between(from: string, to: string, text: string, zone: Zone): Interval | Problem {
  const units = [from, to].map(end => unitOf(end.trim()))
  if (units.some(unit => unit !== undefined)) {
    const first = units[0] === undefined ? from.trim() : dateText(units[0].first)
    const last = units[1] === undefined ? to.trim() : dateText(units[1].after - 1)
    return { problem: `"${text}" isn't a period: it goes from day to day`, hint: `write ${first}..${last}` }
  }
  const start = bound(from, zone, 0)
  if (typeof start !== 'number') return start
  const end = bound(to, zone, 1)
  if (typeof end !== 'number') return end
  if (end < start) return { problem: `the period "${text}" ends before it starts` }
  if (end === start) return { problem: `the period "${text}" is empty` }
  return { start, end }
}

/** What is wrong without what was expected, which the hint says. */
function plainMessage(message: string): string {
  return message.replace(/: expected .*$/, '')
}

/** A date stands for its start, or as an end (`plus` 1) for the start of the day after. */
function bound(text: string, zone: Zone, plus: 0 | 1): number | Problem {
  const stamp = parseStamp(text.trim())
  if (stamp.kind === 'instant') return stamp.at
  if (stamp.kind === 'date') return startOfDay(zone, stamp.day + plus)
  if (stamp.kind === 'bad') return { problem: plainMessage(stamp.message), hint: FORMS }
  return { problem: `"${text.trim()}" has no offset`, hint: `add one, such as ${text.trim()}Z, or give dates only` }
}
