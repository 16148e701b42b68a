import * as z from 'zod'
import { expected, HINT_MARK, isProblem, piece } from '../../contract/piece.ts'
import { nameOf, orUnstated, wholeNumber } from '../../contract/values.ts'
import { isUnspelt } from '../../contract/whole-map.ts'
import { nearest } from '../../model/nearest.ts'
import { DAY } from '../../time/civil.ts'
import { type Duration, type Problem, parseDuration } from '../../time/duration.ts'
import { noneTwice } from '../components.ts'
import { agesOf } from './ages.ts'
import { countriesOf } from './countries.ts'

/** `24h`, `30 days`, `3 months`: business units are refused, and so is nothing at all. */
const span = piece('an amount of time', ['30 days', '24h', '3 months'], (text): Duration | Problem => {
  const read = parseDuration(text)
  if (isProblem(read)) return read
  if (read.unit === 'business-days' || read.unit === 'business-time') {
    return {
      problem: `"${text}": backups are not counted in business time`,
      hint: 'write such as 24h, 30 days, 3 months',
    }
  }
  const { ms } = read
  const nothing = read.unit === 'elapsed' ? ms === 0 : read.months === 0 && read.days === 0 && ms === 0
  return nothing ? { problem: `"${text}" is no time at all`, hint: 'write such as 24h, 30 days, 3 months' } : read
})

/** An amount, or `unstated`. */
export const amount = orUnstated(span)

/** A tolerance in ms, and as written. */
export interface Tolerance {
  readonly ms: number
  readonly text: string
}

/** `1h`, `2 days`; a day is 24 hours of tolerance, months and longer are refused. */
export const tolerance = piece('an amount of time', ['1h', '15min', '2 days'], (text): Tolerance | Problem => {
  const read = parseDuration(text)
  if (isProblem(read)) return read
  if (read.unit === 'elapsed') return { ms: read.ms, text: text.trim() }
  if (read.unit === 'calendar' && read.months === 0) return { ms: read.days * DAY + read.ms, text: text.trim() }
  return { problem: `"${text}": only s, min, h, days and weeks can be used here`, hint: 'write such as 1h or 2 days' }
})

/** `04:00` → DailyAt. */
export const timeOfDay = piece('a time of day', ['04:00', '23:30'], (text): DailyAt | Problem => {
  const found = /^(\d\d):(\d\d)(?::(\d\d))?$/.exec(text.trim())
  const [hours, minutes, seconds] = (found ?? []).slice(1).map(part => Number(part ?? 0))
  if (hours === undefined || minutes === undefined || hours > 23 || minutes > 59 || (seconds ?? 0) > 59) {
    return {
      problem: `"${text}" isn't a time of day`,
      hint: 'write it with two digits each, from 00:00 to 23:59: 04:00',
    }
  }
  return { at: ((hours * 60 + minutes) * 60 + (seconds ?? 0)) * 1000, text: text.trim() }
})

/** A local time of day: ms after midnight on the wall clock, and as written. */
export interface DailyAt {
  readonly at: number
  readonly text: string
}

/** `1-29`, `[1, 2, 3, 7, 14]` → ages in days, ascending. */
export const ages = z
  .union([
    piece('ages in days', ['1-29', '1-7, 14, 28'], agesOf),
    z.array(wholeNumber(1, 10_000)).min(1, { error: 'the list of ages is empty' }),
  ])
  .superRefine((list, context) => {
    for (const [at, age] of list.entries()) {
      if (list.indexOf(age) === at) continue
      context.addIssue({ code: 'custom', path: [at], message: `${age} is listed twice` })
    }
  })
  .transform(list => [...list].sort((a, b) => a - b))
  .meta({ description: 'Ages in days', examples: ['1-29', [1, 2, 3, 7, 14]] })

/** `FR`, `EU` … */
export const country = nameOf('a country', ['FR', 'EU']).superRefine((word, context) => {
  const read = countriesOf([word])
  if (!isProblem(read)) return
  const meant = word.length < 4 ? undefined : nearest(word, ['Europe'])
  const hint = meant === undefined ? read.hint : `did you mean ${meant}?`
  context.addIssue({ code: 'custom', message: read.problem, ...(hint !== undefined && { params: { hint } }) })
})

/** Countries, none of them twice in whatever case. */
export function countriesTwice(list: readonly string[], context: Pick<z.RefinementCtx, 'addIssue'>): void {
  noneTwice(
    list.map(word => word.trim().toUpperCase()),
    context,
  )
}

type Adding = Pick<z.RefinementCtx, 'addIssue' | 'issues'>

/** An issue unless exactly one of the keys is there. */
export function oneKey(map: Readonly<Record<string, unknown>>, keys: readonly string[], context: Adding): void {
  const said = keys.filter(key => key in map)
  if (said.length === 1 || (said.length === 0 && isUnspelt(context.issues, keys))) return
  const names = `${keys
    .slice(0, -1)
    .map(key => `\`${key}\``)
    .join(', ')} and \`${keys.at(-1)}\``
  const both = said.map(key => `\`${key}\``).join(' and ')
  const message = said.length === 0 ? `expected one of ${names}` : `expected only one of ${names}, got ${both}`
  context.addIssue({ code: 'custom', message, input: map })
}

/** The hint for a value that stands without its key: `meant` is how it is written, if it makes sense. */
export function bare(meant: (text: string, input: unknown) => string | undefined) {
  return (issue: z.core.$ZodRawIssue): string | undefined => {
    const { code, input } = issue
    if (code !== 'invalid_type' || !(typeof input === 'string' || Array.isArray(input))) return undefined
    const written = meant(String(input), input)
    return written === undefined ? undefined : `${expected('a map', undefined, input)}${HINT_MARK}write ${written}`
  }
}

/** Whether the text is an amount by itself. */
export function isAmount(text: string): boolean {
  return text === 'unstated' || !isProblem(parseDuration(text))
}
