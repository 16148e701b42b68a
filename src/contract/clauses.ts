import * as z from 'zod'
import type { ClauseKind } from '../model/clause-kind.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import { nearest } from '../model/nearest.ts'
import type { Clause } from './contract.ts'
import { diagnosticAt, rangeAt, type Source, spanOf } from './diagnose.ts'
import { clauseFields, idKey, type sharedFields } from './envelope.ts'
import { mapOf, missingKey, parseAt, readableFields } from './issues.ts'
import { expected } from './piece.ts'

/** A clause with the kind that read it. */
export interface ReadClause {
  readonly clause: Clause
  readonly kind: ClauseKind
}

/**
 * What can be read of a clause, with errors or without: `body` holds the fields that are right by themselves, `kind`
 * is absent where it isn't known.
 */
export interface ClauseDraft {
  readonly id: string
  readonly services?: readonly string[]
  readonly kind?: ClauseKind
  readonly body: unknown
}

/** Loaders of clause kinds by name. */
export type KindLoaders = Readonly<Record<string, () => Promise<ClauseKind>>>

type Defaults = { readonly [K in keyof typeof sharedFields]?: z.output<(typeof sharedFields)[K]> }

/**
 * The clauses that could be read, in the order of the contract; what is wrong with the others goes to `errors`.
 * `drafts` are all of them as far as they could be read.
 */
export async function readClauses(
  source: Source,
  data: unknown,
  loaders: KindLoaders,
  defaults: Defaults,
  errors: Diagnostic[],
): Promise<{ readonly clauses: readonly ReadClause[]; readonly drafts: readonly ClauseDraft[] }> {
  if (data === undefined) {
    errors.push(missingKey(source, ['clauses'], 'write clauses: and under it each promise by its id'))
    return { clauses: [], drafts: [] }
  }
  const valid = parseAt(source, anyMap, data, ['clauses'], errors)
  if (valid !== undefined && source.root.children.get('clauses')?.children.size === 0) {
    const said = { code: 'no-clauses', message: 'a contract needs at least one clause' }
    errors.push(diagnosticAt(source, rangeAt(source, ['clauses'], 'key'), said))
  }
  const clauses: ReadClause[] = []
  const drafts: ClauseDraft[] = []
  for (const [id, fields] of Object.entries(mapOf(data))) {
    const { draft, read } = await readClause(source, id, fields, loaders, defaults, errors)
    drafts.push(draft)
    if (read !== undefined) clauses.push(read)
  }
  return { clauses, drafts }
}

/** An error for a word of the language that this version can't judge. */
export function notSupported(source: Source, path: readonly string[], what: string, key = true): Diagnostic {
  const message = `${what} belongs to the language but isn't supported by this version yet`
  const range = rangeAt(source, path, key ? 'key' : 'value')
  return diagnosticAt(source, range, { code: 'not-supported', message, hint: 'remove it for now' })
}

const anyMap = z.record(idKey, z.unknown())
const common = z.strictObject(clauseFields)
/** Fields of the language that only kinds with a schema for them take. */
const LATER_FIELDS = ['remedy', 'plans', 'attainment']
/** All clause kinds of the language, also those that this version can't judge. */
export const languageKinds: readonly string[] =
  'availability maintenance support vulnerability backup recovery notification control measure statement'.split(' ')

async function readClause(
  source: Source,
  id: string,
  fields: unknown,
  loaders: KindLoaders,
  defaults: Defaults,
  errors: Diagnostic[],
): Promise<{ readonly draft: ClauseDraft; readonly read?: ReadClause }> {
  const path = ['clauses', id]
  if (typeof fields !== 'object' || fields === null || Array.isArray(fields)) {
    const message = expected('the fields of a clause', '{ kind: availability, … }', fields)
    errors.push(diagnosticAt(source, rangeAt(source, path), { code: 'bad-value', message }))
    return { draft: { id, body: {} } }
  }
  const all: Record<string, unknown> = { ...fields }
  const kind = await kindNamed(source, path, all.kind, loaders, errors)
  const own: Record<string, unknown> = {}
  const shared: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(all)) {
    if (Object.hasOwn(clauseFields, key)) shared[key] = value
    else if (LATER_FIELDS.includes(key) && !(kind !== undefined && Object.hasOwn(kind.schema.shape, key)))
      errors.push(notSupported(source, [...path, key], `\`${key}\``))
    else own[key] = withoutPlans(source, value, [...path, key], errors)
  }
  // A kind that isn't known has been reported; the fields that every clause has are still read.
  if (kind === undefined) delete shared.kind
  const base = parseAt(source, kind === undefined ? common.omit({ kind: true }) : common, shared, path, errors)
  const body =
    kind === undefined ? undefined : parseAt(source, kind.schema.strict(), own, path, errors, Object.keys(clauseFields))
  if (base === undefined || kind === undefined || body === undefined) {
    const read = readableFields(clauseFields, shared) as Pick<Defaults, 'services'>
    const partly = read.services ?? defaults.services
    const part = kind === undefined ? {} : { kind }
    const parts = kind === undefined ? {} : (body ?? readableFields(kind.schema.shape, own))
    return { draft: { id, ...(partly === undefined ? {} : { services: partly }), ...part, body: parts } }
  }

  const services = base.services ?? defaults.services
  const together = base['services-together'] ?? defaults['services-together']
  const where = base.where ?? defaults.where
  const clause: Clause = {
    id,
    kind: kind.kind,
    ...(base.section === undefined ? {} : { section: base.section }),
    ...(base.text === undefined ? {} : { text: base.text }),
    binding: base.binding ?? defaults.binding ?? 'guarantee',
    ...(services === undefined ? {} : { services }),
    ...(together === undefined ? {} : { together }),
    ...(where === undefined ? {} : { where }),
    span: spanOf(source, rangeAt(source, path, 'key')),
    body,
  }
  return { draft: { id, ...(services === undefined ? {} : { services }), kind, body }, read: { clause, kind } }
}

/** The value with `unstated` in place of each amount that depends on the plan, which is an error. */
function withoutPlans(source: Source, value: unknown, path: readonly string[], errors: Diagnostic[]): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  if (Object.hasOwn(value, 'by-plan')) {
    errors.push(notSupported(source, [...path, 'by-plan'], '`by-plan`'))
    return 'unstated'
  }
  const parts = Object.entries(value).map(([key, part]) => [key, withoutPlans(source, part, [...path, key], errors)])
  return Object.fromEntries(parts)
}

/** What evidence is called though a clause about it is of another kind. */
const RECORDED: ReadonlyMap<string, string> = new Map([
  ['restore', 'for tests of restoring write kind: control and of: restore; for RPO and RTO kind: recovery'],
  ['incident', 'for RPO and RTO write kind: recovery'],
  ['backup-copy', 'write kind: backup, with copies'],
  ['ticket', 'write kind: support'],
  ['outage', 'write kind: availability'],
])

async function kindNamed(
  source: Source,
  path: readonly string[],
  word: unknown,
  loaders: KindLoaders,
  errors: Diagnostic[],
): Promise<ClauseKind | undefined> {
  const at = [...path, 'kind']
  const known = Object.keys(loaders)
  const list = `kinds: ${known.join(', ')}`
  if (word === undefined) {
    errors.push(missingKey(source, at, list))
    return undefined
  }
  const load = typeof word === 'string' && Object.hasOwn(loaders, word) ? loaders[word] : undefined
  if (load !== undefined) return load()
  if (typeof word === 'string' && languageKinds.includes(word)) {
    errors.push(notSupported(source, at, `clause kind \`${word}\``, false))
    return undefined
  }
  const meant = typeof word === 'string' ? nearest(word, [...known, ...languageKinds]) : undefined
  const message =
    typeof word === 'string' ? `unknown clause kind \`${word}\`` : expected('a kind of clause', known[0], word)
  const of = typeof word === 'string' ? RECORDED.get(word.trim().toLowerCase()) : undefined
  const hint = of ?? (meant === undefined ? list : `did you mean \`${meant}\`? ${list}`)
  errors.push(diagnosticAt(source, rangeAt(source, at), { code: 'unknown-kind', message, hint }))
  return undefined
}
