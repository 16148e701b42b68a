import * as z from 'zod'
import { InputError, type Span } from '../model/diagnostic.ts'
import { diagnosticAt, inOrder, type Path, rangeAt, type Said, type Source, spanOf } from './diagnose.ts'
import { parseAt, readableFields } from './issues.ts'
import { jsonSchemaOf } from './json-schema.ts'
import { oneOf } from './values.ts'
import { readYaml } from './yaml.ts'

/** Names that contracts choose for themselves, which an alignment file may bring together. */
export const ALIGNED = ['priority', 'band', 'component', 'service', 'control'] as const

export type Aligned = (typeof ALIGNED)[number]

/** One name of a contract and the name that is shown for it. */
export interface NamePair {
  readonly name: string
  readonly shown: string
  readonly span: Span
}

/** One promise of one contract put into a row: `contract` is its id or label, `term` the key that its own names give it. */
export interface RowPair {
  readonly row: string
  readonly contract: string
  readonly term: string
  readonly span: Span
}

/** An alignment file as it was read. */
export interface Alignment {
  readonly file: string
  readonly names: Readonly<Record<Aligned, readonly NamePair[]>>
  readonly rows: readonly RowPair[]
}

/**
 * Reads and checks an alignment file (YAML or JSON) for contracts that are called so: their ids and labels; absent: whichever
 * they are. Throws InputError with everything that is wrong, in the order of the file.
 */
export function loadAlignment(
  { file, bytes }: { readonly file: string; readonly bytes: Uint8Array },
  contracts?: readonly string[],
): Alignment {
  const { source, data, errors: found } = readYaml(file, bytes, 'Alignment')
  const errors = [...found]
  const whole = parseAt(source, alignmentSchema, data, [], errors)
  // What is wrong in one part hides nothing that is wrong in another.
  const read: Partial<z.infer<typeof alignmentSchema>> = whole ?? readableFields(alignmentSchema.shape, data)
  const say = (path: Path, said: Said, part: 'key' | 'value' = 'value'): void => {
    errors.push(diagnosticAt(source, rangeAt(source, path, part), said))
  }
  const names = Object.fromEntries(
    ALIGNED.map(what => [what, pairsOf(what, read[what] ?? {}, source, say)]),
  ) as unknown as Alignment['names']
  const rows: RowPair[] = []
  for (const [row, terms] of Object.entries(read.rows ?? {})) {
    for (const [contract, keys] of Object.entries(terms)) {
      const path = ['rows', row, contract]
      if (contracts?.includes(contract) === false) {
        const hint = `compared are ${[...new Set(contracts)].join(', ')}`
        say(path, { code: 'unknown-contract', message: `"${contract}" is no contract compared here`, hint }, 'key')
      }
      const span = spanOf(source, rangeAt(source, path))
      for (const term of keys) rows.push({ row: row.trim(), contract, term, span })
    }
  }
  if (whole === undefined || errors.length > 0) throw new InputError(inOrder(errors))
  return { file, names, rows }
}

/** JSON Schema (draft-07) of an alignment file, for editors. */
export function alignmentJsonSchema(): object {
  return jsonSchemaOf(alignmentSchema, {
    id: 'urn:sla:v1:alignment',
    title: 'SLA alignment',
    description: 'Which names and promises of contracts mean the same, for sla compare --align',
  })
}

/** The name that is shown for one of a contract: its own unless the file says another. */
export function shownName(alignment: Alignment | undefined, what: string, name: string): string {
  const own = name.trim()
  if (alignment === undefined || !isAligned(what)) return own
  return alignment.names[what].find(pair => pair.name === own)?.shown ?? own
}

function isAligned(what: string): what is Aligned {
  return ALIGNED.some(one => one === what)
}

function pairsOf(
  what: Aligned,
  map: Readonly<Record<string, readonly string[]>>,
  source: Source,
  say: (path: Path, said: Said) => void,
): readonly NamePair[] {
  const pairs: NamePair[] = []
  for (const [key, list] of Object.entries(map)) {
    const shown = key.trim()
    for (const [i, name] of list.entries()) {
      const path = [what, key, i]
      const before = pairs.find(pair => pair.name === name)
      if (before !== undefined && before.shown !== shown) {
        say(path, { code: 'aligned-twice', message: `${name} is shown as ${before.shown} already` })
      }
      pairs.push({ name, shown, span: spanOf(source, rangeAt(source, path)) })
    }
  }
  return pairs
}

const oneName = z
  .union([z.string(), z.number()])
  .transform(value => String(value).trim())
  .refine(text => text !== '', { error: "a name can't be blank" })

const names = z.union([oneName.transform(one => [one]), z.array(oneName).min(1)])

const nameMap = z.record(z.string(), names).meta({
  description: 'The name shown, and the names that contracts have for it',
  examples: [{ P1: ['blocking', 'incident'] }],
})

const alignmentSchema = z.strictObject({
  apiVersion: z.literal('sla/v1').meta({ description: 'The version of the language: sla/v1' }),
  kind: oneOf(['Alignment']).meta({ description: 'Tells it from a contract' }),
  priority: nameMap.optional(),
  band: nameMap.optional(),
  component: nameMap.optional(),
  service: nameMap.optional(),
  control: nameMap.optional(),
  rows: z
    .record(z.string(), z.record(z.string(), names))
    .meta({
      description:
        'The row shown, and the promises of contracts, by their ids (versions: by version), that stand in it',
      examples: [{ 'P1 restored': { acme: 'support/P1/resolve', boreal: 'support/blocking/workaround' } }],
    })
    .optional(),
})
