import type { Where } from '../model/where.ts'

/**
 * Whether a record's attributes fit every condition. Column names compare like headers do (`Cost Center` is
 * `cost_center`). A column that the record lacks has none of the wanted values, and none of the unwanted ones.
 */
export function matches(where: Where, attributes: Readonly<Record<string, string>>): boolean {
  for (const { column, values, not } of where) {
    const key = Object.hasOwn(attributes, column) ? column : columnName(column)
    const value = Object.hasOwn(attributes, key) ? attributes[key] : undefined
    const listed = value !== undefined && values.includes(value)
    if (listed === not) return false
  }
  return true
}

/** A header as columns are compared: lower case, blanks and dashes as `_`. */
export function columnName(header: string): string {
  return header
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_')
}

/** Cells of a row by position; `undefined` where the record has no such column. */
export type Cells = readonly (string | undefined)[]

/**
 * The filters as one function from a row to its mask: bit i is set when the row matches `filters[i]`. `columns` are
 * the names of the cells as `columnName` gives them. Allocates nothing per row.
 */
export function compileFilters(filters: readonly Where[], columns: readonly string[]): (cells: Cells) => number {
  if (filters.length === 0) return () => 0
  const tests: { bit: number; at: number; values: readonly string[]; not: boolean }[] = []
  let all = 0
  for (const [i, where] of filters.entries()) {
    all |= 1 << i
    for (const { column, values, not } of where) {
      tests.push({ bit: 1 << i, at: columns.indexOf(columnName(column)), values, not })
    }
  }
  return cells => {
    let mask = all
    for (const test of tests) {
      if ((mask & test.bit) === 0) continue
      const value = test.at < 0 ? undefined : cells[test.at]?.trim()
      const listed = value !== undefined && test.values.includes(value)
      if (listed === test.not) mask &= ~test.bit
    }
    return mask
  }
}
