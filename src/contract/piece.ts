import * as z from 'zod'
import { nearest } from '../model/nearest.ts'
import type { Problem } from '../time/duration.ts'

// Compiling a parser with `new Function` costs more than one parse of a contract takes.
z.config({ jitless: true })

/**
 * A value written as text: `parse` gives what it means or the problem with it. `what` names it in messages
 * ("a duration"), the first example is shown when something else than text was found.
 */
export function piece<T>(what: string, examples: readonly string[], parse: (text: string) => T | Problem) {
  return z
    .string({ error: issue => wrongText(what, examples, issue.input, parse) })
    .transform((text, ctx): T => {
      const value = parse(text)
      if (!isProblem(value)) return value
      ctx.addIssue(problemIssue(value))
      return z.NEVER
    })
    .meta({ description: capital(what), examples: [...examples] })
}

/** Whether a parser's answer is a problem instead of a value. */
export function isProblem(value: unknown): value is Problem {
  return typeof value === 'object' && value !== null && 'problem' in value
}

/** The zod issue for a problem; the hint travels in `params`. */
export function problemIssue({ problem, hint }: Problem) {
  return { code: 'custom' as const, message: problem, ...(hint === undefined ? {} : { params: { hint } }) }
}

/** `expected a duration, such as 4h, got a list`. */
export function expected(what: string, example: string | undefined, input: unknown): string {
  const such = example === undefined ? '' : `, such as ${example}`
  return `expected ${what}${such}${input === undefined ? '' : `, got ${shown(input)}`}`
}

/** A value as messages name it: `"text"`, `the number 5`, `a list`, `a map`, `nothing`. */
export function shown(input: unknown): string {
  if (input === undefined || input === null) return 'nothing'
  if (typeof input === 'string') return `"${input.length > 60 ? `${input.slice(0, 60)}…` : input}"`
  if (typeof input === 'number') return `the number ${input}`
  if (Array.isArray(input)) return 'a list'
  return typeof input === 'object' ? 'a map' : String(input)
}

/** The word that was probably meant: a slip away, or cut short, or longer than need be: `pass` for `passed`. */
export function wordMeant(input: string, words: readonly string[]): string | undefined {
  const text = input.trim().toLowerCase()
  const alike = words.filter(word => text.length >= 3 && (word.startsWith(text) || text.startsWith(word)))
  return nearest(input, words) ?? (alike.length === 1 ? alike[0] : undefined)
}

/** Stands between message and hint where zod leaves room for one text only. */
export const HINT_MARK = '\n'

function wrongText(
  what: string,
  examples: readonly string[],
  input: unknown,
  parse: (text: string) => unknown,
): string {
  // Yaml made a number of a text without its unit or sign: the parser knows best what is missing.
  const problem = typeof input === 'number' ? parse(String(input)) : undefined
  if (isProblem(problem)) return problem.hint ? problem.problem + HINT_MARK + problem.hint : problem.problem
  const message = expected(what, examples[0], input)
  return typeof input === 'number' || typeof input === 'boolean' ? `${message}${HINT_MARK}put it in quotes` : message
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
