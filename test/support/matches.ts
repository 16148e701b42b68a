import { columnName } from '../../src/evidence/filter.ts'
import type { Where } from '../../src/model/where.ts'

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
