import { createHash } from 'node:crypto'
import * as z from 'zod'
import { type Diagnostic, InputError, type Span } from '../model/diagnostic.ts'
import type { Waiver } from '../model/finding.ts'
import { dateText, parseDate } from '../time/civil.ts'
import type { Problem } from '../time/duration.ts'
import { diagnosticAt, frameOf, inOrder, rangeAt, type Source, spanOf } from './diagnose.ts'
import { id } from './envelope.ts'
import { parseAt } from './issues.ts'
import { jsonSchemaOf } from './json-schema.ts'
import { piece } from './piece.ts'
import { oneOf } from './values.ts'
import { readYaml } from './yaml.ts'

/** One entry of a waiver file: `lastDay` is the day number of `until`, `span` the place of its id or pattern. */
export interface WaiverEntry extends Waiver {
  readonly lastDay: number
  readonly span: Span
  readonly frame: NonNullable<Diagnostic['frame']>
}

/** A waiver file as it was read; `sha256` is of its bytes. */
export interface Waivers {
  readonly file: string
  readonly sha256: string
  readonly entries: readonly WaiverEntry[]
}

/**
 * Reads and checks a waiver file (YAML or JSON) for the contract of that id. Throws InputError with everything that is
 * wrong, in the order of the file.
 */
export function loadWaivers(
  { file, bytes }: { readonly file: string; readonly bytes: Uint8Array },
  contractId: string,
): Waivers {
  const { source, data, errors: found } = readDocument(file, bytes)
  const errors = [...found]
  const read = parseAt(source, waiversSchema, data, [], errors)
  const contract = read?.contract ?? data.contract
  if (typeof contract === 'string' && contract !== contractId) {
    const message = `these are waivers for the contract "${contract}", not for "${contractId}"`
    errors.push(diagnosticAt(source, rangeAt(source, ['contract']), { code: 'other-contract', message }))
  }
  if (read === undefined || errors.length > 0) throw new InputError(inOrder(errors.filter(isFirst)))
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  return { file, sha256, entries: read.waivers.map((entry, i) => placed(entry, i, source)) }
}

/** JSON Schema (draft-07) of a waiver file, for editors. */
export function waiversJsonSchema(): object {
  return jsonSchemaOf(waiversSchema, {
    id: 'urn:sla:v1:waivers',
    title: 'SLA waivers',
    description: 'Breaches that are let pass: which, why, by whom, until when',
  })
}

const until = piece('a date', ['2026-06-30'], (written): number | Problem => {
  const text = written.trim()
  const day = parseDate(text)
  if (day !== undefined) return day
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return { problem: `there is no date ${text}` }
  const timed = /^\d{4}-\d{2}-\d{2}[Tt ]/.test(text)
  const hint = timed ? 'a waiver holds to the end of a day: write the date alone' : 'write such as 2026-06-30'
  return { problem: `"${written}" isn't a date`, hint }
})

/** Prose on one line, whatever lines it was written in. */
function prose(what: string, example: string) {
  return piece<string>(
    what,
    [example],
    text => text.trim().replaceAll(/\s+/g, ' ') || { problem: `${what} can't be blank` },
  )
}

const entrySchema = z.strictObject({
  finding: piece<string>(
    'a finding id or a pattern',
    ['tickets/P1-respond/T-1042', 'uptime/*/2026-05'],
    text => text.trim() || { problem: "the finding can't be blank", hint: 'write an id as reports print it' },
  ).meta({
    description:
      'The id of a finding as reports print it, or a pattern in quotes: * is any run of characters, ? is one; what is the id of a finding is no pattern',
    pattern: '\\S',
  }),
  reason: prose('a reason', 'the customer asked for the late change').meta({
    description: 'Why it is let pass',
    pattern: '\\S',
  }),
  approver: prose('a name', 'J. Doe, service manager').meta({ description: 'Who approved it', pattern: '\\S' }),
  until: until.meta({
    description: 'The last day that it holds, in the zone of the contract',
    pattern: '^\\s*\\d{4}-\\d{2}-\\d{2}\\s*$',
  }),
})

const waiversSchema = z.strictObject({
  apiVersion: z.literal('sla/v1').meta({ description: 'The version of the language: sla/v1' }),
  kind: oneOf(['Waivers']).meta({ description: 'Tells it from a contract' }),
  contract: id.meta({ description: 'The id of the contract that they are for', examples: ['acme-saas'] }).optional(),
  waivers: z.array(entrySchema).meta({ description: 'The waivers; of two for one finding the longer one counts' }),
})

function placed(entry: z.output<typeof entrySchema>, i: number, source: Source): WaiverEntry {
  const { until: lastDay, ...said } = entry
  const span = spanOf(source, rangeAt(source, ['waivers', i, 'finding']))
  return { ...said, until: dateText(lastDay), lastDay, span, frame: frameOf(source, span) }
}

/** What is an alias of nothing is no text either: that is said once. */
function isFirst({ code, span }: Diagnostic, _: number, all: readonly Diagnostic[]): boolean {
  const alias = all.find(one => one.code === 'yaml-alias' && one.span?.line === span?.line)
  return alias === undefined || code === 'yaml-alias'
}

/** A `*` that begins a pattern without quotes is an alias to YAML. */
function readDocument(file: string, bytes: Uint8Array): ReturnType<typeof readYaml> {
  const hinted = (list: readonly Diagnostic[]): readonly Diagnostic[] =>
    list.map(one =>
      one.hint === undefined && /\balias\b/i.test(one.message)
        ? { ...one, hint: 'a pattern that begins with * needs quotes: "*/2026-05"' }
        : one,
    )
  try {
    const read = readYaml(file, bytes, 'Waivers')
    return { ...read, errors: hinted(read.errors) }
  } catch (error) {
    throw error instanceof InputError ? new InputError(hinted(error.diagnostics)) : error
  }
}
