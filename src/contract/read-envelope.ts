import * as z from 'zod'
import type { Diagnostic } from '../model/diagnostic.ts'
import { nearest } from '../model/nearest.ts'
import type { CalendarDraft } from './calendar-schema.ts'
import { calendarSchema } from './calendar-schema.ts'
import { notSupported } from './clauses.ts'
import type { Service } from './contract.ts'
import { diagnosticAt, placeAt, rangeAt, type Source } from './diagnose.ts'
import { envelopeFields, serviceSchema } from './envelope.ts'
import { type ExclusionDraft, exclusionFields, exclusionSchema } from './exclusion-schema.ts'
import { mapOf, parseAt, readableFields, unknownKey } from './issues.ts'
import { name } from './values.ts'

type Fields = { readonly [K in keyof typeof envelopeFields]?: z.output<(typeof envelopeFields)[K]> }

/** The envelope as far as it could be read, entry by entry: one bad calendar doesn't hide what is wrong with another. */
export interface Envelope extends Omit<Fields, 'calendars' | 'services' | 'exclusions'> {
  readonly calendars: ReadonlyMap<string, CalendarDraft>
  readonly services: ReadonlyMap<string, Service>
  readonly exclusions: ReadonlyMap<string, ExclusionDraft>
  /** What can be read of exclusions that have errors. */
  readonly brokenExclusions: ReadonlyMap<string, Partial<ExclusionDraft>>
}

/** Reads all keys but `clauses`; what is wrong goes to `errors`. */
export function readEnvelope(source: Source, data: Readonly<Record<string, unknown>>, errors: Diagnostic[]): Envelope {
  const known = [...Object.keys(envelopeFields), 'clauses']
  const misspelt = new Set<string>()
  for (const key of Object.keys(data)) {
    if (LATER_KEYS.includes(key)) errors.push(notSupported(source, [key], `\`${key}\``))
    else if (!known.includes(key)) {
      errors.push(unknownKey(source, [], key, known))
      misspelt.add(nearest(key, known) ?? '')
    }
  }
  const fields: Record<string, unknown> = {}
  for (const [key, schema] of Object.entries(envelopeFields)) {
    if (MAPS.includes(key) || (data[key] === undefined && misspelt.has(key))) continue
    const value = parseAt<unknown>(source, schema, data[key], [key], errors)
    if (value !== undefined) fields[key] = value
  }
  if (fields.version !== undefined && placeAt(source, ['version'])?.number) {
    const said = {
      code: 'bad-value',
      message: `expected the version as text, such as "2026.1", got the number ${fields.version}`,
      hint: 'put it in quotes',
    }
    errors.push(diagnosticAt(source, rangeAt(source, ['version']), said))
  }
  const exclusions = entries(source, 'exclusions', data.exclusions, exclusionSchema, errors)
  const broken = Object.entries(mapOf(data.exclusions)).filter(([entry]) => !exclusions.has(entry))
  return {
    ...(fields as Fields),
    calendars: entries(source, 'calendars', data.calendars, calendarSchema, errors),
    services: entries(source, 'services', data.services, serviceSchema, errors),
    exclusions,
    brokenExclusions: new Map(broken.map(([entry, value]) => [entry, readableFields(exclusionFields, value)])),
  }
}

const LATER_KEYS = ['plans', 'plan', 'remedies', 'amendments', 'readings']
const MAPS = ['calendars', 'services', 'exclusions']
const anyMap = z.record(name, z.unknown())

function entries<T>(
  source: Source,
  key: string,
  data: unknown,
  schema: z.ZodType<T>,
  errors: Diagnostic[],
): ReadonlyMap<string, T> {
  const read = new Map<string, T>()
  if (data === undefined) return read
  parseAt(source, anyMap, data, [key], errors)
  for (const [entry, value] of Object.entries(mapOf(data))) {
    const parsed = parseAt(source, schema, value, [key, entry], errors)
    if (parsed !== undefined) read.set(entry, parsed)
  }
  return read
}
