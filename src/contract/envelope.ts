import * as z from 'zod'
import type { Problem } from '../time/duration.ts'
import { parseStamp, type Stamp } from '../time/stamp.ts'
import { zoneNameProblem } from '../time/zone-names.ts'
import { calendarSchema } from './calendar-schema.ts'
import type { Service } from './contract.ts'
import { exclusionSchema } from './exclusion-schema.ts'
import { HINT_MARK, piece } from './piece.ts'
import { calendarName, money, name, nameOf, oneOf, where, wholeNumber } from './values.ts'

const ID = /^[A-Za-z0-9][A-Za-z0-9-]*$/

/** An id: letters, digits and hyphens, beginning with a letter or digit. */
export const id = piece('an id', ['acme-saas', 'uptime'], (text): string | Problem =>
  ID.test(text) ? text : { problem: `"${text}" isn't an id`, hint: 'use letters, digits and hyphens: acme-saas' },
)

/** The key of a map of ids. */
export const idKey = z.string().regex(ID, {
  error: issue => `"${String(issue.input)}" isn't an id${HINT_MARK}use letters, digits and hyphens: acme-saas`,
})

/** IANA Area/City, `UTC` or a fixed offset. */
export const timezone = piece('a time zone', ['Europe/Paris', 'UTC', '+01:00'], (text): string | Problem => {
  const found = zoneNameProblem(text)
  return found === undefined ? text : { problem: found.message, hint: found.hint }
})

const text = nameOf('text', ['Monthly uptime of the application'])

/** A date without time, or an instant with its offset. */
export const day = piece(
  'a date or an instant',
  ['2025-01-01', '2025-01-01T00:00:00+01:00'],
  (written): Stamp | Problem => {
    const stamp = parseStamp(written.trim())
    if (stamp.kind === 'bad') return { problem: stamp.message }
    if (stamp.kind !== 'local') return stamp
    return { problem: `"${written}" has no offset`, hint: 'write a date, or add the offset: 2025-01-01T00:00:00+01:00' }
  },
)

const services = z.array(name).min(1).meta({ description: 'Services judged, one finding each; all when left out' })
const binding = oneOf(['guarantee', 'objective', 'observed']).meta({
  description: 'guarantee (default), objective (judged apart) or observed (shown, not judged)',
  examples: ['objective'],
})
const together = oneOf(['any', 'all']).meta({
  description: 'One finding for all services: down when any, or all, of them are',
  examples: ['any'],
})

/** What clauses share and `defaults` can set for all of them. */
export const sharedFields = {
  binding: binding.optional(),
  services: services.optional(),
  'services-together': together.optional(),
  where: where.optional(),
}

/** The fields that every clause may have. */
export const clauseFields = {
  kind: z.string(),
  section: z
    .union([text, z.number()])
    .transform(String)
    .meta({ description: 'Where it stands in the signed text', examples: ['3.2'] })
    .optional(),
  text: text.meta({ description: 'What it says, in own words' }).optional(),
  ...sharedFields,
}

/** A service, or nothing after its name. */
export const serviceSchema = z
  .object({ needs: z.union([z.array(name), name.transform(one => [one])]).optional() })
  .catchall(z.union([z.string(), z.number(), z.boolean()]))
  .nullable()
  .transform((fields): Service => {
    const { needs, ...attributes } = fields ?? {}
    const texts = Object.entries(attributes).map(([key, value]) => [key, String(value)] as const)
    return { needs: needs ?? [], attributes: Object.fromEntries(texts) }
  })
  .meta({ description: 'A service; down when something it needs is down', examples: [{ needs: ['hosting'] }] })

/** The keys of a contract, clauses apart: their schema depends on their kind. */
export const envelopeFields = {
  apiVersion: z.literal('sla/v1').meta({ description: 'The version of the language: sla/v1' }),
  kind: oneOf(['Contract', 'Baseline']).meta({ description: 'A contract, or a baseline to compare with' }),
  id: id.meta({ description: 'Names the contract in reports', examples: ['acme-saas'] }),
  title: text.meta({ description: 'The heading of reports', examples: ['Acme SaaS SLA'] }).optional(),
  version: piece('the version as text', ['"2026.1"'], written => written).optional(),
  parties: z
    .strictObject({ provider: name.optional(), customer: name.optional() })
    .meta({ description: 'Who promises what to whom' })
    .optional(),
  term: z
    .strictObject({ from: day.optional(), to: day.optional() })
    .meta({ description: 'When the contract is in force; the last day is included, an instant at the end is not' })
    .optional(),
  timezone: timezone.meta({
    description: 'Zone of days, months and hours: IANA Area/City, UTC, or an offset',
    examples: ['Europe/Paris', 'UTC', '+01:00'],
  }),
  'business-days': calendarName
    .meta({ description: 'The calendar of business days, tickets apart', examples: ['support'] })
    .optional(),
  fees: z
    .strictObject({ monthly: money.optional(), 'billing-day': wholeNumber(1, 31).optional() })
    .meta({ description: 'What is paid' })
    .optional(),
  calendars: z
    .record(name, calendarSchema)
    .meta({ description: 'Business hours by name; always is built in' })
    .optional(),
  services: z.record(name, serviceSchema).meta({ description: 'Services by name' }).optional(),
  exclusions: z.record(name, exclusionSchema).meta({ description: 'What is left out of downtime, by name' }).optional(),
  defaults: z.strictObject(sharedFields).meta({ description: 'Fields that every clause starts from' }).optional(),
}
