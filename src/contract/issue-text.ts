import type { z } from 'zod'
import { expected, HINT_MARK, shown, wordMeant } from './piece.ts'

export type Issue = z.core.$ZodIssue

/** The keys a map knows, by the list of strange keys that an issue carries: issues don't name the known ones. */
export type KnownKeys = WeakMap<readonly string[], readonly string[]>

/** Words for the issues that schemas leave to zod. Known keys are noted beside, as issues don't carry them. */
export function sayIssue(issue: z.core.$ZodRawIssue, known: KnownKeys): string {
  const input: unknown = issue.input
  switch (issue.code) {
    case 'unrecognized_keys':
      known.set(issue.keys, shapeOf(issue.inst))
      return 'unknown key'
    case 'invalid_union':
      return ''
    case 'invalid_type':
      return expected(typeText(issue.expected, issue.inst), undefined, input)
    case 'invalid_value': {
      const words = issue.values.map(String)
      const message = expected(words.length === 1 ? `${words[0]}` : `one of ${words.join(', ')}`, undefined, input)
      const meant = typeof input === 'string' ? wordMeant(input, words) : undefined
      return meant === undefined ? message : `${message}${HINT_MARK}did you mean ${meant}?`
    }
    case 'too_small':
      if (issue.origin === 'array') return `expected ${issue.minimum} or more items, got ${(input as unknown[]).length}`
      return expected(`${issue.inclusive ? 'at least' : 'more than'} ${issue.minimum}`, undefined, input)
    case 'too_big':
      if (issue.origin === 'array') return `expected at most ${issue.maximum} items, got ${(input as unknown[]).length}`
      return expected(`${issue.inclusive ? 'at most' : 'less than'} ${issue.maximum}`, undefined, input)
    default:
      return `${shown(input)} can't be used here`
  }
}

/** The texts of all branches in one: `expected a percentage, such as 99.5%, or a map with \`above\`, got a list`. */
export function unionText(issue: Extract<Issue, { code: 'invalid_union' }>): string {
  if (issue.message !== '') return issue.message
  const got = issue.input === undefined ? '' : `, got ${shown(issue.input)}`
  const wanted = wishes(issue).map(
    text =>
      text
        .split(HINT_MARK)[0]
        ?.replace(/^expected /, '')
        .replace(got, '') ?? '',
  )
  return `expected ${[...new Set(wanted)].join(', or ')}${got}`
}

function wishes(issue: Extract<Issue, { code: 'invalid_union' }>): string[] {
  return issue.errors.flatMap(branch => {
    const first = branch[0]
    if (first === undefined) return []
    return first.code === 'invalid_union' && first.message === '' ? wishes(first) : [first.message]
  })
}

function typeText(type: string, inst: unknown): string {
  if (type === 'object') {
    const keys = shapeOf(inst)
    return keys.length === 0 ? 'a map' : `a map with ${keys.map(key => `\`${key}\``).join(', ')}`
  }
  return TYPES[type] ?? type
}

function shapeOf(inst: unknown): readonly string[] {
  const shape = (inst as { _zod?: { def?: { shape?: object } } } | undefined)?._zod?.def?.shape
  return shape === undefined ? [] : Object.keys(shape)
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  record: 'a map',
  object: 'a map',
}
