import type { Where } from '../model/where.ts'

/** A header as columns are compared: lower case, blanks and dashes as `_`. */
export function columnName(header: string): string {
  return header
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_')
}

/** Cells of a row by position; `undefined` where the record has no such column. */
export type Cells = readonly (string | undefined)[]

/** Filters over rows as cells: does a row match? `undefined`: a column is absent or `?`, so it is not known. */
export interface Filters {
  readonly count: number
  match(filter: number, cells: Cells): boolean | undefined
  /** The columns of a filter that the file does not have, or that hold `?` in a row. */
  unknown(filter: number, cells: Cells): readonly string[]
}

/** No filter at all stands for all rows. `columns` are named as `columnName` does. Matching allocates nothing. */
export function compileFilters(filters: readonly (Where | undefined)[], columns: readonly string[]): Filters {
  const compiled = (filters.length === 0 ? [undefined] : filters).map(where =>
    (where ?? []).map(test => ({ ...test, at: columns.indexOf(columnName(test.column)) })),
  )
  const cell = (cells: Cells, at: number): string | undefined => {
    const text = at < 0 ? undefined : cells[at]?.trim()
    return text === '?' ? undefined : text
  }
  return {
    count: compiled.length,
    match(filter, cells) {
      let answer: boolean | undefined = true
      for (const test of compiled[filter] ?? []) {
        const value = cell(cells, test.at)
        if (value === undefined) answer = undefined
        else if (test.values.includes(value) === test.not) return false
      }
      return answer
    },
    unknown: (filter, cells) =>
      (compiled[filter] ?? []).filter(test => cell(cells, test.at) === undefined).map(test => test.column),
  }
}
