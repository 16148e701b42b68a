import * as z from 'zod'
import { isProblem, piece } from '../../contract/piece.ts'
import { countPer, nameOf, oneOf, orUnstated } from '../../contract/values.ts'
import { alsoBesideErrors, isUnspelt } from '../../contract/whole-map.ts'
import { typeName } from '../../evidence/types/names.ts'
import { type Duration, type Problem, parseDuration } from '../../time/duration.ts'

/** `1 week`, `24h`, `1 month`: more than nothing, business units are refused. */
const span = piece('an amount of time', ['1 week', '24h', '1 month'], (text): Duration | Problem => {
  const read = parseWallTime(text)
  if (isProblem(read)) return read
  return isNothing(read) ? { problem: `"${text}" is no time at all`, hint: 'write such as 24h, 1 week, 1 month' } : read
})

const tolerance = piece('an amount of time', ['2h', '1 day'], parseWallTime).meta({
  description: 'How much later still counts',
})

const times = countPer
  .superRefine(({ count, per, text }, context) => {
    const said = (message: string, hint: string) => context.addIssue({ code: 'custom', message, params: { hint } })
    if (count === 0) said(`"${text}" asks for nothing`, 'write a number of 1 or more: 2 per calendar year')
    if (per.kind === 'rolling')
      said(`"${text}": a rolling window can't be used here`, 'say every: 30 days, or a calendar window')
  })
  .meta({ description: 'How often in each window', examples: ['2 per calendar year'] })

const of = nameOf('a control or a record type', ['integrity-check', 'restore'])
  .superRefine((text, context) => {
    if (text === 'restore' || typeName(text) !== text) return
    const params = { code: NOT_SUPPORTED, hint: 'of is a control, or restore' }
    context.addIssue({ code: 'custom', message: later([`of: ${text}`]), params })
  })
  .meta({
    description: 'The control as the evidence names it (default: the id of the clause), or restore for restore tests',
    examples: ['integrity-check', 'restore'],
  })

/** Said to be wrong where the clause as a whole is read. */
const unsupported = z.unknown().optional().meta({ description: 'Not supported by this version yet', not: {} })

/** The own fields of a control clause. Absent fields take the defaults written in the manual. */
export const controlSchema = z
  .strictObject({
    of: of.optional(),
    every: orUnstated(span).optional().meta({ description: 'The longest time from one performance to the next' }),
    times: times.optional(),
    'valid-for': orUnstated(span)
      .optional()
      .meta({ description: 'How long an attestation holds; one must hold at all times' }),
    tolerance: tolerance.optional(),
    outcome: oneOf(['passed', 'performed'])
      .optional()
      .meta({ description: 'Whether only those that passed count, or all that were performed' }),
    per: oneOf(['subject']).optional().meta({ description: 'Each subject apart' }),
    within: unsupported,
    after: unsupported,
    'at-least': unsupported,
    before: unsupported,
    throughout: unsupported,
  })
  .superRefine((body, context) => {
    const triggers = TRIGGERS.filter(word => word in body)
    const [trigger] = triggers
    if (trigger !== undefined) {
      const params = { code: NOT_SUPPORTED, at: 'key', hint: 'leave this clause out for now' }
      context.addIssue({ code: 'custom', path: [trigger], message: later(triggers), input: body, params })
      return
    }
    const said = FORMS.filter(form => form in body)
    if (said.length === 0 && isUnspelt(context.issues, FORMS)) return
    if (said.length !== 1) {
      const words = 'one of `every`, `times` and `valid-for`'
      const message = said.length === 0 ? `expected ${words}` : `expected only ${words}, got ${both(said)}`
      context.addIssue({ code: 'custom', message, input: body, params: { at: 'key' } })
    } else if ('tolerance' in body && said[0] === 'times') {
      const message = '`tolerance` goes with `every` and `valid-for` only'
      context.addIssue({ code: 'custom', path: ['tolerance'], message, input: body, params: { at: 'key' } })
    }
  }, alsoBesideErrors)

export type ControlBody = z.output<typeof controlSchema>

/** What a control clause promises; just one of them. */
const FORMS = ['every', 'times', 'valid-for'] as const

/** What triggers a duty, and when it is due then: the language has it, this version does not judge it. */
const TRIGGERS = ['within', 'after', 'at-least', 'before', 'throughout'] as const

const NOT_SUPPORTED = 'not-supported'

function later(words: readonly string[]): string {
  const [belongs, isnt] = words.length === 1 ? ['belongs', "isn't"] : ['belong', "aren't"]
  return `${both(words)} ${belongs} to the language but ${isnt} supported by this version yet`
}

function both(words: readonly string[]): string {
  const quoted = words.map(word => `\`${word}\``)
  return quoted.length < 3 ? quoted.join(' and ') : `${quoted.slice(0, -1).join(', ')} and ${quoted.at(-1)}`
}

function parseWallTime(text: string): Duration | Problem {
  const read = parseDuration(text)
  if (isProblem(read) || read.unit === 'elapsed' || read.unit === 'calendar') return read
  return {
    problem: `"${text}": controls are not counted in business time`,
    hint: 'write such as 24h, 5 days, 1 month',
  }
}

function isNothing(amount: Duration): boolean {
  if (amount.unit === 'calendar') return amount.months === 0 && amount.days === 0 && amount.ms === 0
  return amount.unit !== 'business-days' && amount.ms === 0
}
