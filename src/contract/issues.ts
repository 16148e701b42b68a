import { safeParse, type z } from 'zod'
import type { Diagnostic } from '../model/diagnostic.ts'
import { nearest } from '../model/nearest.ts'
import { bestBranch } from './branch.ts'
import { diagnosticAt, type Path, placeAt, rangeAt, type Said, type Source } from './diagnose.ts'
import { type Issue, type KnownKeys, sayIssue, unionText } from './issue-text.ts'
import { HINT_MARK } from './piece.ts'

/**
 * The value a schema makes of `data`, or undefined with everything wrong about it added to `errors`. `alsoKnown` are
 * keys at the top that are read elsewhere, for did-you-mean.
 */
export function parseAt<T>(
  source: Source,
  schema: z.ZodType<T>,
  data: unknown,
  path: Path,
  errors: Diagnostic[],
  alsoKnown: readonly string[] = [],
): T | undefined {
  const known: KnownKeys = new WeakMap()
  const parsed = schema.safeParse(data, { reportInput: true, error: issue => sayIssue(issue, known) })
  if (parsed.success) return parsed.data
  for (const issue of parsed.error.issues) {
    if (issue.code === 'unrecognized_keys' && issue.path.length === 0) {
      known.set(issue.keys, [...(known.get(issue.keys) ?? []), ...alsoKnown])
    }
  }
  errors.push(...diagnoseAll(source, parsed.error.issues, path, known))
  return undefined
}

/** Of a map that has errors, the fields that can be read by themselves: the names in them are checked all the same. */
export function readableFields(
  shape: Readonly<Record<string, z.core.$ZodType>>,
  data: unknown,
): Readonly<Record<string, unknown>> {
  const fields: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(mapOf(data))) {
    const schema = Object.hasOwn(shape, key) ? shape[key] : undefined
    const parsed = schema === undefined ? undefined : safeParse(schema, value)
    if (parsed?.success === true) fields[key] = parsed.data
  }
  return fields
}

/** The entries of a map as data; of anything else none. */
export function mapOf(data: unknown): Readonly<Record<string, unknown>> {
  const isMap = typeof data === 'object' && data !== null && !Array.isArray(data)
  return isMap ? (data as Record<string, unknown>) : {}
}

/** An unknown key of a map, with the known one probably meant or the quotes that are probably missing. */
export function unknownKey(source: Source, path: Path, key: string, known: readonly string[]): Diagnostic {
  const at = [...path, key]
  const meant = nearest(key, known)
  const place = placeAt(source, at)
  let hint = meant === undefined ? `known keys: ${known.join(', ')}` : `did you mean \`${meant}\`?`
  if (key === '<<') hint = 'YAML 1.2 has no merge keys: write the fields out, or use `defaults`'
  if (place?.bare && place.key !== undefined && meant !== key) {
    const before = source.text.slice(Math.max(0, place.key[0] - 2), place.key[0])
    hint =
      /\d,$/.test(before) && /^\d{3}(?!\d)/.test(key)
        ? 'write numbers without thousands commas'
        : 'between { } or [ ], text that holds a comma, a colon or > needs quotes'
  }
  return diagnosticAt(source, rangeAt(source, at, 'key'), {
    code: 'unknown-key',
    message: `unknown key \`${key}\``,
    hint,
  })
}

/** A key that must be there; `message` of the value's own schema becomes the hint. */
export function missingKey(source: Source, path: Path, message?: string): Diagnostic {
  const key = String(path.at(-1))
  const hint = message?.split(HINT_MARK)[0] || undefined
  return diagnosticAt(source, rangeAt(source, path), { code: 'missing-key', message: `\`${key}\` is missing`, hint })
}

/** A key that is missing because it was misspelt is said once, at the misspelling. */
function diagnoseAll(source: Source, issues: readonly Issue[], base: Path, known: KnownKeys): Diagnostic[] {
  const misspelt = new Set<string>()
  for (const issue of issues) {
    if (issue.code !== 'unrecognized_keys') continue
    for (const key of issue.keys) {
      const meant = nearest(key, known.get(issue.keys) ?? [])
      if (meant !== undefined) misspelt.add(JSON.stringify([...issue.path, meant]))
    }
  }
  return issues.flatMap(issue =>
    issue.input === undefined && issue.code !== 'custom' && misspelt.has(JSON.stringify(issue.path))
      ? []
      : diagnose(source, issue, base, known),
  )
}

function diagnose(source: Source, issue: Issue, base: Path, known: KnownKeys): Diagnostic[] {
  const path = [...base, ...issue.path.map(step => (typeof step === 'symbol' ? String(step) : step))]
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map(key => unknownKey(source, path, key, known.get(issue.keys) ?? []))
  }
  if (issue.code === 'invalid_key') {
    const said = splitHint('bad-key', issue.issues[0]?.message ?? issue.message)
    return [diagnosticAt(source, rangeAt(source, path, 'key'), said)]
  }
  if (placeAt(source, path) === undefined && issue.code !== 'custom') {
    return [missingKey(source, path, issue.code === 'invalid_union' ? unionText(issue) : issue.message)]
  }
  if (issue.code === 'invalid_union') {
    const best = bestBranch(issue.errors, known)
    if (best !== undefined) return diagnoseAll(source, best, path, known)
    return [diagnosticAt(source, rangeAt(source, path), splitHint('bad-value', unionText(issue)))]
  }
  const { hint, at, code } = issue.code === 'custom' ? (issue.params ?? {}) : {}
  const said = splitHint(typeof code === 'string' ? code : 'bad-value', issue.message)
  const range = rangeAt(source, path, at === 'key' ? 'key' : 'value')
  return [diagnosticAt(source, range, typeof hint === 'string' ? { ...said, hint } : said)]
}

function splitHint(code: string, text: string): Said {
  const [message = '', hint] = text.split(HINT_MARK)
  return { code, message, hint }
}
