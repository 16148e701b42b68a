import * as z from 'zod'
import {
  calendarName,
  count,
  decimal,
  elapsed,
  name,
  oneOf,
  percent,
  percentTarget,
  problem,
  windowValue,
} from '../../contract/values.ts'
import { decimalFraction, type Fraction } from '../fraction.ts'

const OPERAND = /^(errors|failed|total|down|p(\d{1,2}|100)\(([A-Za-z0-9_.-]+)\))$/

/** `errors: { above: 5% }`: the bounds of one operand; all that are given must hold. */
const bounds = z
  .strictObject({
    above: z.union([z.string(), z.number()]).optional(),
    'at-least': z.union([z.string(), z.number()]).optional(),
    below: z.union([z.string(), z.number()]).optional(),
    'at-most': z.union([z.string(), z.number()]).optional(),
  })
  .refine(
    value => Object.values(value).some(bound => bound !== undefined),
    'expected above, at-least, below or at-most',
  )

/** One condition of `bad-when`; `limit` is a share, a count or milliseconds, as the operand needs; exact. */
export interface Condition {
  readonly operand: 'errors' | 'failed' | 'total' | 'down' | 'percentile'
  readonly percentile?: number
  readonly metric?: string
  readonly bound: 'above' | 'at-least' | 'below' | 'at-most'
  readonly limit: Fraction
}

/** `bad-when: { errors: { above: 5% }, total: { at-least: 100 } }`: bad when every condition holds. */
const badWhen = z.record(z.string(), bounds).transform((value, context): readonly Condition[] => {
  const conditions: Condition[] = []
  const refuse = (path: string[], message: string, hint: string): void => {
    context.addIssue({ code: 'custom', path, message, params: { hint } })
  }
  for (const [operand, limits] of Object.entries(value)) {
    const match = OPERAND.exec(operand)
    if (match === null) {
      refuse([operand], `unknown operand \`${operand}\``, 'operands are errors, failed, total, down and pNN(metric)')
      continue
    }
    const word = match[2] === undefined ? (match[1] as Condition['operand']) : 'percentile'
    for (const [bound, text] of Object.entries(limits)) {
      if (text === undefined) continue
      const limit = parseLimit(word, String(text))
      if ('problem' in limit) refuse([operand, bound], limit.problem, limit.hint)
      else {
        const named = match[2] === undefined ? {} : { percentile: Number(match[2]), metric: match[3] as string }
        conditions.push({ operand: word, ...named, bound: bound as Condition['bound'], limit })
      }
    }
  }
  if (conditions.length === 0 && Object.keys(value).length === 0)
    refuse([], 'expected a condition', '{ errors: { above: 5% } }')
  return conditions
})

function parseLimit(
  operand: Condition['operand'],
  text: string,
): Fraction | { readonly problem: string; readonly hint: string } {
  if (operand === 'errors') {
    const parsed = percent.safeParse(text)
    return parsed.success ? parsed.data : problem(parsed.error, 'a share such as 5%')
  }
  if (operand === 'down') {
    const parsed = elapsed.safeParse(text)
    return parsed.success ? { part: parsed.data, of: 1 } : problem(parsed.error, 'a duration such as 0s')
  }
  const parsed = decimal.safeParse(text)
  return parsed.success ? decimalFraction(parsed.data) : problem(parsed.error, 'a number such as 200')
}

const slice = elapsed.refine(ms => ms > 0, 'a slice must be longer than 0')

/** What the figure is made of: time, units of time classified first, requests, or users × time. */
const accounting = z
  .union([
    oneOf(['time', 'requests']),
    z.strictObject({ slices: slice, 'bad-when': badWhen }),
    z.strictObject({ slices: slice, mean: oneOf(['errors']) }),
    z.strictObject({ minutes: oneOf(['whole', 'touched']) }),
    z.strictObject({ whole: slice }),
    z.strictObject({ users: count.refine(users => users > 0, 'expected at least 1 user') }),
  ])
  .meta({
    description: 'What is counted: time (default), requests, slices, whole or touched minutes, or users × time.',
  })

const shortest = z
  .union([
    elapsed.transform(ms => ({ ms, strict: false, after: false })),
    z
      .strictObject({
        'at-least': elapsed.optional(),
        'longer-than': elapsed.optional(),
        measured: oneOf(['before-exclusions', 'after-exclusions']).optional(),
      })
      .refine(
        v => (v['at-least'] === undefined) !== (v['longer-than'] === undefined),
        'expected one of at-least, longer-than',
      )
      .transform(v => ({
        ms: v['at-least'] ?? v['longer-than'] ?? 0,
        strict: v['longer-than'] !== undefined,
        after: v.measured === 'after-exclusions',
      })),
  ])
  .meta({ description: 'Outages shorter than this do not count.', examples: ['5min', { 'longer-than': '5min' }] })

const weight = z
  .union([oneOf(['up', 'down', 'affected']), percent.transform(({ part, of }) => ({ part, of }))])
  .transform((value): Fraction | 'affected' =>
    value === 'up' ? { part: 0, of: 1 } : value === 'down' ? { part: 1, of: 1 } : value,
  )

const startWord = oneOf(['start', 'detected', 'reported'])

/** The own fields of an availability clause. Absent fields take the defaults written in the manual. */
export const availabilitySchema = z.strictObject({
  target: percentTarget,
  window: windowValue,
  during: calendarName.optional(),
  base: slice.optional().meta({ description: 'Fixed divisor, such as 720h, in place of the length of the window.' }),
  accounting: accounting.optional(),
  'shortest-outage': shortest.optional(),
  excluding: z.array(name).optional(),
  'excluded-time': oneOf(['leaves-denominator', 'counts-as-up']).optional(),
  'no-data': oneOf(['unknown', 'up', 'down']).optional(),
  'no-traffic': oneOf(['up', 'down', 'unknown']).optional(),
  degraded: weight
    .optional()
    .meta({ description: 'What a degraded service counts as: up (default), down, a share, or affected.' }),
  partial: weight
    .optional()
    .meta({ description: 'What a partial outage counts as: down (default), up, a share, or affected.' }),
  'down-when': oneOf(['any', 'majority', 'all']).optional(),
  'all-down': z.array(name).min(2).optional(),
  sources: z.array(name).min(1).optional(),
  from: z
    .union([
      startWord.transform(word => [word]),
      z.strictObject({ 'earliest-of': z.array(startWord).min(1) }).transform(value => value['earliest-of']),
    ])
    .optional(),
  sampling: oneOf(['first-up', 'last-down', 'midpoint']).optional(),
  'max-gap': slice.optional(),
  every: slice.optional(),
  rounding: z
    .strictObject({
      decimals: z.number().int().min(0).max(6),
      mode: oneOf(['half-up', 'half-even', 'up', 'down']),
    })
    .optional(),
})

export type AvailabilityBody = z.output<typeof availabilitySchema>
export type Accounting = NonNullable<AvailabilityBody['accounting']>
