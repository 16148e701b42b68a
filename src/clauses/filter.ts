import { columnName } from '../evidence/filter.ts'
import type { Row } from '../evidence/records.ts'
import type { Where } from '../model/where.ts'

/**
 * Whether a row fits: every column must. `undefined`: a column is absent or `?`, so it is not known; the columns
 * are named by `unknownColumns`.
 */
export function fits(where: Where | undefined, row: Pick<Row, 'attributes'>): boolean | undefined {
  let answer: boolean | undefined = true
  for (const { column, values, not } of where ?? []) {
    const cell = cellOf(row, column)
    if (cell === undefined) answer = undefined
    else if (values.includes(cell) === not) return false
  }
  return answer
}

/** The text of a cell; `undefined` when the column is absent or holds `?` (not known). */
export function cellOf(row: Pick<Row, 'attributes'>, column: string): string | undefined {
  const key = Object.hasOwn(row.attributes, column) ? column : columnName(column)
  const cell = Object.hasOwn(row.attributes, key) ? row.attributes[key] : undefined
  return cell === '?' ? undefined : cell
}

/** The columns of a filter that a row does not have or does not know. */
export function unknownColumns(where: Where | undefined, row: Pick<Row, 'attributes'>): readonly string[] {
  return (where ?? []).map(({ column }) => column).filter(column => cellOf(row, column) === undefined)
}
