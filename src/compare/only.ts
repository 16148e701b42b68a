import { InputError } from '../model/diagnostic.ts'
import { nearest } from '../model/nearest.ts'

/** What can be chosen: a row by the word of its subject, `support`, and its key, `support/P1/respond`. */
export interface Choosable {
  readonly kind: string
  readonly key: string
}

/** Whether a row was chosen. */
export type Chosen = (row: Choosable) => boolean

/** The words of a choice, each once. */
export function choiceOf(only: readonly string[]): readonly string[] {
  return [...new Set(only.map(word => word.trim().replace(/\/+$/, '')))]
}

/**
 * The choice that words make: each is that of a subject, or the beginning of keys by whole parts, `support/P1`. Without
 * words all are chosen. Throws InputError, code `bad-option`, for words that fit none of the rows there are.
 */
export function chosenBy(words: readonly string[] | undefined, rows: readonly Choosable[]): Chosen {
  if (words === undefined) return () => true
  const idle = words.filter(word => !rows.some(row => fits(word, row)))
  if (idle.length > 0 || words.length === 0) throw refusal(idle, rows)
  return row => words.some(word => fits(word, row))
}

/** The second and third of several clauses on one promise, `availability#2`, go with the first. */
function fits(word: string, { kind, key }: Choosable): boolean {
  return word === kind || key === word || key.startsWith(`${word}/`) || key.startsWith(`${word}#`)
}

function refusal(idle: readonly string[], rows: readonly Choosable[]): InputError {
  const known = new Set(rows.flatMap(({ kind, key }) => [kind, ...beginnings(key)]))
  const guesses = idle.flatMap(word => nearest(word, known) ?? [])
  const named = idle.map(word => `"${word}"`).join(', ')
  const message = idle.length === 0 ? 'only: it names nothing' : `only: no promise compared is or begins with ${named}`
  const hint =
    guesses.length > 0 ? `did you mean ${guesses.join(', ')}?` : `there are ${thereAre(idle, rows).join(', ')}`
  return new InputError([{ code: 'bad-option', severity: 'error', message, hint }])
}

/** Of the subject that a word begins with what there is in it; else the subjects. */
function thereAre([word = '']: readonly string[], rows: readonly Choosable[]): readonly string[] {
  const [first = '', ...rest] = word.split('/')
  const inside = rows.filter(({ key }) => rest.length > 0 && key.startsWith(`${first}/`))
  const parts = inside.map(({ key }) => key.split('/').slice(0, 2).join('/'))
  return [...new Set(parts.length > 0 ? parts : rows.map(({ kind }) => kind))]
}

function beginnings(key: string): readonly string[] {
  const parts = key.split('/')
  return parts.map((_, i) => parts.slice(0, i + 1).join('/'))
}
