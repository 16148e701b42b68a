import { nearest } from '../../model/nearest.ts'
import { columnName } from '../filter.ts'
import type { RowParser } from '../row-parser.ts'
import type { BackupStatus } from './records.ts'

/** How a run ended by its status cell; `null` when blank, undefined when absent, `?` or no known word. */
export function statusIn(row: RowParser): BackupStatus | null | undefined {
  return wordIn(row, 'status', STATUSES, 'success, warning, partial, failed or running')
}

/** Whether something passed; undefined when blank, absent, `?` or no known word. */
export function passedIn(row: RowParser, column = 'outcome'): boolean | undefined {
  return wordIn(row, column, OUTCOMES, 'passed, failed or another word of these') ?? undefined
}

/** A cell that holds one of some words, whatever the case; another word fails the row. */
export function wordIn<T>(
  row: RowParser,
  column: string,
  words: ReadonlyMap<string, T>,
  expected: string,
): T | null | undefined {
  const said = row.said(column)
  if (said === undefined || said === null) return said
  const word = columnName(said)
  const found = words.get(word)
  if (found === undefined) {
    const meant = nearest(word, words.keys())?.replaceAll('_', ' ')
    const what = meant === undefined ? 'no known word' : `did you mean "${meant}"?`
    row.fail(column, `${column} "${said}": ${what}`, `expected ${expected}`)
  }
  return found
}

/** `a b` → the value for each of the words. */
export function wordsFor<T>(lists: readonly (readonly [words: string, value: T])[]): ReadonlyMap<string, T> {
  return new Map(lists.flatMap(([words, value]) => words.split(' ').map(word => [word, value] as const)))
}

const FAILURE = 'failed failure fail error errored aborted cancelled canceled timeout timed_out'

const STATUSES = wordsFor<BackupStatus>([
  ['success succeeded successful ok completed complete done passed', 'success'],
  ['warning warnings completed_with_warnings completedwithwarnings', 'warning'],
  ['partial partially_failed partiallyfailed incomplete', 'partial'],
  [`${FAILURE} expired`, 'failed'],
  ['running in_progress inprogress pending started created', 'running'],
])

const OUTCOMES = wordsFor([
  ['passed pass success succeeded successful ok completed complete done yes true', true],
  [`${FAILURE} partial incomplete no false`, false],
])
