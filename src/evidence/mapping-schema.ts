import * as z from 'zod'

const TEXT = z.union([z.string(), z.number(), z.boolean()]).transform(String)
const VALUES = z.union([TEXT.transform(text => [text]), z.array(TEXT)])
const LOCATION = z.strictObject({
  provider: TEXT.exactOptional(),
  region: TEXT.exactOptional(),
  country: TEXT.exactOptional(),
})
/** One entry of a mapping file. */
export const ENTRY = z.strictObject({
  files: z.string().optional(),
  as: z.string().optional(),
  columns: z.record(z.string(), z.string()).optional(),
  values: z.record(z.string(), z.record(z.string(), TEXT)).optional(),
  set: z.record(z.string(), TEXT).optional(),
  locations: z.record(z.string(), LOCATION).optional(),
  'time-format': z.string().optional(),
  timezone: z.string().optional(),
  where: z.record(z.string(), z.union([VALUES, z.strictObject({ not: VALUES })])).optional(),
  rows: z.string().optional(),
  'resolved-in': VALUES.optional(),
  states: VALUES.optional(),
  preset: z.string().optional(),
})

export type Entry = z.infer<typeof ENTRY>

/** What should stand where something else does; `path` is that of an entry's key. */
export function expectedIn(path: readonly PropertyKey[]): string {
  const [key, ...inner] = path.map(String)
  if (key === undefined) return 'an entry has keys, such as files, columns, values, set'
  const form = inner.length === 0 ? FORMS[key] : INNER[key]?.[inner.length - 1]
  return `${path.map(String).join('.')}: expected ${form ?? 'a text'}`
}

const LIST = 'a text or a list of texts'

const FORMS: Readonly<Record<string, string>> = {
  columns: '{ HEADER: COLUMN }',
  values: '{ COLUMN: { TEXT: WHAT IT STANDS FOR } }',
  set: '{ COLUMN: TEXT }',
  locations: '{ LOCATION: { provider, region, country } }',
  where: '{ COLUMN: TEXT }, a list of texts, or { not: TEXT }',
  'resolved-in': LIST,
  states: LIST,
}

/** The same one level, and two levels, down. */
const INNER: Readonly<Record<string, readonly string[]>> = {
  values: ['{ TEXT: WHAT IT STANDS FOR }'],
  locations: ['{ provider, region, country }'],
  where: [`${LIST}, or { not: TEXT }`, LIST],
}
