import * as z from 'zod'
import type { Where } from '../model/where.ts'
import { parseHours } from '../time/calendar.ts'
import { type Duration, type Problem, parseDuration } from '../time/duration.ts'
import { parseRecurrence } from '../time/recurring.ts'
import { parseWindow, type WindowRule } from '../time/window.ts'
import type { Hours, Notice, Percent, PercentTarget } from './contract.ts'
import { expected, HINT_MARK, isProblem, piece, problemIssue, wordMeant } from './piece.ts'
import { parseDecimal, parseMoney, parsePercent, splitPer } from './quantities.ts'

/** A window as written, with its rule. */
export interface WindowValue {
  readonly rule: WindowRule
  readonly text: string
}

/** At most `ms` of time per window. */
export interface AmountPer {
  readonly ms: number
  readonly per: WindowRule
  readonly text: string
}

/** A share of what falls into each window, at least. */
export interface SharePer {
  readonly value: Percent
  readonly per: WindowRule
  readonly text: string
}

/** At most `count` happenings per window. */
export interface CountPer {
  readonly count: number
  readonly per: WindowRule
  readonly text: string
}

/** `4h`, `15 days`, `2 business days` … → Duration. */
export const duration = piece('a duration', ['4h', '30min', '15 days', '2 business days'], parseDuration)

/** `15min` → milliseconds; days and business units are refused. */
export const elapsed = piece('an amount of time', ['15min', '4h', '30s'], parseElapsed)

/** `99.950%` → exact Percent. */
export const percent = piece('a percentage', ['99.5%', '99.950%', '100%'], parsePercent)

/** `99.5%` (at least), `{ at-least: 99.5% }` or `{ above: 99.5% }` → PercentTarget. */
export const percentTarget = z
  .union([
    percent.transform((value): PercentTarget => ({ bound: 'at-least', value })),
    z
      .strictObject({ 'at-least': percent })
      .transform((o): PercentTarget => ({ bound: 'at-least', value: o['at-least'] })),
    z.strictObject({ above: percent }).transform((o): PercentTarget => ({ bound: 'above', value: o.above })),
  ])
  .meta({
    description: 'A percentage to reach (at least it) or to exceed (above it)',
    examples: ['99.5%', { above: '99.95%' }],
  })

/** `calendar month`, `rolling 30 days` … → WindowValue. */
export const windowValue = piece(
  'a window',
  ['calendar month', 'contract month', 'rolling 30 days', 'term'],
  (text): WindowValue | Problem => {
    const rule = parseWindow(text)
    return isProblem(rule) ? rule : { rule, text }
  },
)

/** Text that isn't blank, trimmed; `what` names it in messages. */
export function nameOf(what: string, examples: readonly string[]) {
  return piece<string>(what, examples, text => text.trim() || { problem: `${what} can't be blank` })
}

/** Text that isn't blank, trimmed. */
export const name = nameOf('a name', ['app'])

/** The name of a calendar, or `always`; whether it exists is checked by the contract. */
export const calendarName = nameOf('the name of a calendar', ['support', 'always'])

/** Whole number from `least` to `most`. */
export function wholeNumber(least: number, most = Number.MAX_SAFE_INTEGER) {
  const range = most === Number.MAX_SAFE_INTEGER ? `, ${least} or more` : ` from ${least} to ${most}`
  const error = (issue: { readonly input?: unknown }) => expected(`a whole number${range}`, undefined, issue.input)
  return z
    .number({ error })
    .int({ error })
    .min(least, { error })
    .max(most, { error })
    .meta({ description: `A whole number${range}`, examples: [least] })
}

/** Whole number, 0 or more. */
export const count = wholeNumber(0)

/** One of the words; messages name them all and the one probably meant. */
export function oneOf<const T extends readonly [string, ...string[]]>(words: T) {
  return z
    .enum(words, { error: issue => notOneOf(words, issue.input) })
    .meta({ description: `One of ${words.join(', ')}`, examples: [...words] })
}

/** A number as exact decimal text: `0.50` → "0.5". */
export const decimal = z
  .union([z.string(), z.number()], { error: issue => expected('a number', '200', issue.input) })
  .transform((value, ctx) => {
    const text = parseDecimal(String(value))
    if (!isProblem(text)) return text
    ctx.addIssue(problemIssue(text))
    return z.NEVER
  })
  .meta({ description: 'A number', examples: [200, '0.5'] })

/** `1200 EUR` → Money in minor units. */
export const money = piece('an amount of money', ['1200 EUR', '99.90 USD'], parseMoney)

/** The schema's value, or the word `unstated` where the text gives a duty but no number. */
export function orUnstated<T extends z.ZodType>(schema: T) {
  return z.union([z.literal('unstated').meta({ description: 'The text gives no number' }), schema])
}

const scalar = z.union([z.string(), z.number(), z.boolean()], {
  error: issue => expected('a value', 'planned', issue.input),
})
const scalars = z.array(scalar).min(1, { error: 'the list of values is empty' })
const oneOrMore = z.union([scalar, scalars], {
  error: issue => expected('a value or a list of values', undefined, issue.input),
})

/** `{ kind: planned, region: [a, b], source: { not: test } }` → Where. */
export const where = z
  .record(z.string(), z.union([scalar, scalars, z.strictObject({ not: oneOrMore })]))
  .transform(
    (columns): Where =>
      Object.entries(columns).map(([column, wanted]) => {
        const not = typeof wanted === 'object' && !Array.isArray(wanted)
        const values = not ? wanted.not : wanted
        return { column, values: (Array.isArray(values) ? values : [values]).map(v => String(v).trim()), not }
      }),
  )
  .meta({
    description: 'Only records whose columns hold these values: a value, a list, or { not: … }',
    examples: [{ kind: 'planned' }, { severity: { not: ['degraded'] } }],
  })

/** `{ at-least: 48h, when-longer-than: 15min, during: support }` → Notice; `at-least: unstated` allowed. */
export const notice = z
  .strictObject(
    {
      'at-least': orUnstated(duration),
      'when-longer-than': elapsed.optional(),
      during: calendarName.optional(),
    },
    { error: bareNotice },
  )
  .transform(
    (o): Notice => ({
      ...(o['at-least'] === 'unstated' ? {} : { atLeast: o['at-least'] }),
      ...(o['when-longer-than'] === undefined ? {} : { whenLongerThan: o['when-longer-than'] }),
      ...(o.during === undefined ? {} : { during: o.during }),
    }),
  )
  .meta({
    description: 'How long before its start the work must be announced',
    examples: [{ 'at-least': '48h', 'when-longer-than': '15min', during: 'support' }],
  })

/** The hint for an amount of notice that stands without its key. */
function bareNotice(issue: z.core.$ZodRawIssue): string | undefined {
  const { code, input } = issue
  if (code !== 'invalid_type' || typeof input !== 'string') return undefined
  if (input !== 'unstated' && isProblem(parseDuration(input))) return undefined
  const message = expected('a map with `at-least`, `when-longer-than`, `during`', undefined, input)
  return `${message}${HINT_MARK}write notice: { at-least: ${input} }`
}

/** A calendar by name or `{ every: last sunday, hours: "02:00-06:00" }` → Hours. */
export const hoursRef = z
  .union([
    calendarName.transform((calendar): Hours => ({ calendar })),
    z
      .strictObject({
        every: piece('a day', ['last sunday', 'third tuesday', 'daily'], text => read(text, parseRecurrence(text))),
        hours: piece('hours', ['02:00-06:00', '22:00-04:00'], text => read(text, parseHours(text))),
      })
      .transform(
        ({ every, hours }): Hours => ({
          recurring: { every: every.value, hours: [hours.value] },
          text: `${every.text} ${hours.text}`,
        }),
      ),
  ])
  .meta({
    description: 'A calendar, or a recurring window of its own',
    examples: ['night', { every: 'last sunday', hours: '02:00-06:00' }],
  })

/** `4h per calendar month` → AmountPer. */
export const amountPer = piece(
  'an amount of time per window',
  ['4h per calendar month'],
  (text): AmountPer | Problem => {
    const split = splitPer(text, '4h per calendar month')
    if (isProblem(split)) return split
    const ms = parseElapsed(split.amount)
    if (isProblem(ms)) return ms
    const per = parseWindow(split.per)
    return isProblem(per) ? per : { ms, per, text }
  },
)

/** `10 per calendar year` → CountPer. */
export const countPer = piece('a number per window', ['10 per calendar year'], (text): CountPer | Problem => {
  const split = splitPer(text, '10 per calendar year')
  if (isProblem(split)) return split
  if (!/^\d{1,9}$/.test(split.amount)) {
    return { problem: `"${text}": "${split.amount}" isn't a whole number`, hint: 'write such as 10 per calendar year' }
  }
  const per = parseWindow(split.per)
  return isProblem(per) ? per : { count: Number(split.amount), per, text }
})

/** `95% per calendar month` → SharePer. */
export const attainment = piece('a share per window', ['95% per calendar month'], (text): SharePer | Problem => {
  const split = splitPer(text, '95% per calendar month')
  if (isProblem(split)) return split
  const value = parsePercent(split.amount)
  if (isProblem(value)) return value
  const per = parseWindow(split.per)
  return isProblem(per) ? per : { value, per, text }
})

function parseElapsed(text: string): number | Problem {
  const parsed: Duration | Problem = parseDuration(text)
  if (isProblem(parsed)) return parsed
  if (parsed.unit === 'elapsed') return parsed.ms
  return { problem: `"${text}": only s, min and h can be used here`, hint: 'write such as 15min or 24h' }
}

function read<T>(text: string, value: T | Problem): { readonly text: string; readonly value: T } | Problem {
  return isProblem(value) ? value : { text, value }
}

function notOneOf(words: readonly string[], input: unknown): string {
  const message = expected(words.length === 1 ? (words[0] ?? '') : `one of ${words.join(', ')}`, undefined, input)
  const meant = typeof input === 'string' ? wordMeant(input, words) : undefined
  return meant === undefined ? message : `${message}${HINT_MARK}did you mean ${meant}?`
}

/** What is wrong according to a schema that was tried on one text; `example` stands in where it has no hint. */
export function problem(error: z.ZodError, example: string): Required<Problem> {
  const issue = error.issues[0]
  const [text = '', marked] = (issue?.message ?? 'a value that cannot be used').split(HINT_MARK)
  const hint = issue?.code === 'custom' ? issue.params?.hint : marked
  return { problem: text, hint: typeof hint === 'string' ? hint : `write ${example}` }
}
