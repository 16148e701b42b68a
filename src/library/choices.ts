import { SHAPES } from '../evidence/types/index.ts'
import { InputError } from '../model/diagnostic.ts'
import type { Interval } from '../model/interval.ts'
import { nearest } from '../model/nearest.ts'
import { addDuration, parseDuration } from '../time/duration.ts'
import { parseAsOf, parsePeriod } from '../time/period.ts'
import { formatInstant, parseStamp } from '../time/stamp.ts'
import type { Zone } from '../time/zone.ts'
import { zoneNameProblem } from '../time/zone-names.ts'

/** An instant: epoch milliseconds, or RFC 3339 text such as `2026-05-01T10:00:00+02:00`. */
export type Instant = number | string

/** An option that can't be used, as an InputError of code `bad-option`. */
export function badOption(option: string, problem: string, hint?: string): InputError {
  const message = `${option}: ${problem}`
  return new InputError([{ code: 'bad-option', severity: 'error', message, ...(hint !== undefined && { hint }) }])
}

/** Epoch ms of an instant, or of the end of a local date. */
export function asOfChoice(given: Instant, zone: Zone): number {
  if (typeof given === 'number') return epoch('asOf', given)
  const read = parseAsOf(given, zone)
  if (typeof read === 'number') return read
  throw badOption('asOf', read.problem, read.hint)
}

export function instantChoice(option: string, given: Instant): number {
  if (typeof given === 'number') return epoch(option, given)
  const stamp = parseStamp(given.trim())
  if (stamp.kind === 'instant') return stamp.at
  const hint = 'write it with its time and offset, such as 2026-05-01T06:00:00Z'
  throw badOption(option, stamp.kind === 'bad' ? stamp.message : `"${given}" is no instant`, hint)
}

/** A period in the words of the language, or as an interval [start, end) in epoch ms. */
export function periodChoice(
  given: string | Interval,
  zone: Zone,
): { readonly interval: Interval; readonly text: string } {
  if (typeof given === 'string') {
    const interval = parsePeriod(given, zone)
    if ('problem' in interval) throw badOption('period', interval.problem, interval.hint)
    return { interval, text: given }
  }
  const start = epoch('period', given.start)
  const end = epoch('period', given.end)
  if (end <= start) throw badOption('period', 'it ends before it starts, or is empty')
  return { interval: { start, end }, text: `${formatInstant(zone, start)}..${formatInstant(zone, end)}` }
}

/** The end of a duration after an instant; days are local ones of the zone. */
export function upcomingChoice(given: string, asOf: number, zone: Zone): number {
  const duration = parseDuration(given)
  const hint = 'write such as "24h", "7 days" or "2 weeks"'
  if ('problem' in duration) throw badOption('upcoming', duration.problem, duration.hint ?? hint)
  if (duration.unit !== 'elapsed' && duration.unit !== 'calendar') {
    throw badOption('upcoming', `"${given}" needs a calendar`, hint)
  }
  return addDuration(zone, asOf, duration)
}

export function checkZone(option: string, name: string): void {
  const problem = zoneNameProblem(name)
  if (problem !== undefined) throw badOption(option, problem.message, problem.hint)
}

/** Refuses a name that is no record type. */
export function checkTypes(option: string, names: readonly string[]): void {
  const known = SHAPES.map(({ name }) => name)
  const unknown = names.find(name => !known.includes(name))
  if (unknown !== undefined) throw unknownName(option, 'record type', unknown, known)
}

export function unknownName(option: string, what: string, name: string, known: readonly string[]): InputError {
  const guess = nearest(name, known)
  const hint = guess === undefined ? `there are ${known.join(', ')}` : `did you mean ${guess}?`
  return badOption(option, `there is no ${what} "${name}"`, hint)
}

function epoch(option: string, at: number): number {
  if (Number.isSafeInteger(at)) return at
  throw badOption(option, `${at} is no instant`, 'give whole milliseconds since 1970, or text')
}
