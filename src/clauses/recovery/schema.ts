import * as z from 'zod'
import { expected, HINT_MARK, isProblem, piece } from '../../contract/piece.ts'
import { nameOf, oneOf, orUnstated } from '../../contract/values.ts'
import { alsoBesideErrors, isUnspelt } from '../../contract/whole-map.ts'
import { type Duration, type Problem, parseDuration } from '../../time/duration.ts'
import { components, outcomes } from '../components.ts'

/** `5min`, `6h`, `1 day`: business units are refused; nothing at all is a promise too. */
const span = piece('an amount of time', ['5min', '6h', '1 day'], (text): Duration | Problem => {
  const read = parseDuration(text)
  if (isProblem(read) || read.unit === 'elapsed' || read.unit === 'calendar') return read
  return { problem: `"${text}": recovery is not counted in business time`, hint: 'write such as 5min, 6h, 1 day' }
})
const amount = orUnstated(span)

const MEASURES = ['incident', 'exposure', 'samples'] as const
const CLOCKS = ['failure', 'requested', 'declared'] as const

const measure = oneOf(MEASURES).meta({
  description: 'What a loss is measured by: incidents, the time since the last backup, or samples of recovery points',
})
const atMost = amount.meta({ description: 'No more than this', examples: ['5min', '6h'] })
const clock = oneOf(CLOCKS).optional().meta({ description: 'What starts the clock (default failure)' })

const rpo = z
  .strictObject({ 'at-most': atMost, measure }, { error: bare('rpo', ', measure: incident') })
  .meta({ description: 'How much may be lost', examples: [{ 'at-most': '5min', measure: 'incident' }] })

const rto = z
  .strictObject({ 'at-most': atMost, from: clock }, { error: bare('rto', ', from: failure') })
  .meta({ description: 'How long a restore may take', examples: [{ 'at-most': '6h', from: 'failure' }] })

const scenario = z
  .strictObject({ rpo: rpo.optional(), rto: rto.optional() })
  .superRefine((map, context) => {
    if (!('rpo' in map) && !('rto' in map) && !isUnspelt(context.issues, ['rpo', 'rto'])) {
      context.addIssue({ code: 'custom', message: 'expected rpo or rto', input: map })
    }
    const said: unknown = map.rpo?.measure
    if (said !== 'exposure' && said !== 'samples') return
    const params = { hint: 'write measure: incident, or a clause of its own without scenarios' }
    const message = `measure ${said} cannot be told by scenario: only incident can`
    context.addIssue({ code: 'custom', path: ['rpo', 'measure'], message, input: map, params })
  }, alsoBesideErrors)
  .meta({ examples: [{ rto: { 'at-most': '2h', from: 'requested' } }] })

const scenarios = z
  .record(nameOf('a scenario', ['partial', 'full']), scenario)
  .refine(map => Object.keys(map).length > 0, { error: 'expected at least one scenario' })
  .meta({ description: 'What is promised for each scope of a restore' })

/** The own fields of a recovery clause. Absent fields take the defaults written in the manual. */
export const recoverySchema = z
  .strictObject({
    of: components
      .optional()
      .meta({ description: 'What is recovered; all components without it', examples: [['database', 'files']] }),
    accept: outcomes
      .optional()
      .meta({ description: 'Which backups count for exposure', examples: [['success', 'warning']] }),
    rpo: rpo.optional(),
    rto: rto.optional(),
    scenarios: scenarios.optional(),
  })
  .superRefine((body, context) => {
    const input = body
    const own = (['rpo', 'rto'] as const).filter(word => word in body)
    const isSaid = own.length > 0 || 'scenarios' in body || isUnspelt(context.issues, ['rpo', 'rto', 'scenarios'])
    if (!isSaid) {
      const message = 'expected at least one of rpo, rto, scenarios'
      context.addIssue({ code: 'custom', message, input, params: { at: 'key' } })
    } else if (own.length > 0 && 'scenarios' in body) {
      const message = `expected either scenarios or ${own.join(' and ')}, got both`
      context.addIssue({ code: 'custom', path: ['scenarios'], message, input, params: { at: 'key', hint: ELSE } })
    }
    // What `rpo` says may be wrong by itself, or its key.
    const measure: unknown = body.rpo?.measure
    if ('accept' in body && (measure === 'incident' || measure === 'samples' || (isSaid && !('rpo' in body)))) {
      if (isUnspelt(context.issues, ['rpo'])) return
      const message = '`accept` goes with `measure: exposure` only'
      context.addIssue({ code: 'custom', path: ['accept'], message, input, params: { at: 'key' } })
    }
  }, alsoBesideErrors)

const ELSE = 'each scenario has its own rpo and rto; what holds for all goes into another clause'

export type RecoveryBody = z.output<typeof recoverySchema>
export type Measure = (typeof MEASURES)[number]
export type ClockWord = (typeof CLOCKS)[number]

/** The hint for an amount that stands without its key. */
function bare(key: string, rest: string) {
  return ({ code, input }: z.core.$ZodRawIssue): string | undefined => {
    if (code !== 'invalid_type' || typeof input !== 'string') return undefined
    if (input !== 'unstated' && isProblem(parseDuration(input))) return undefined
    const message = expected('a map with `at-most`', undefined, input)
    return `${message}${HINT_MARK}write ${key}: { at-most: ${input}${rest} }`
  }
}
