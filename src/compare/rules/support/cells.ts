import type { Where } from '../../../model/where.ts'

/** Cells that fit all tests of a filter, as far as they go together. */
export function fitting(where: Where): Readonly<Record<string, string>> {
  const cells: Record<string, string> = {}
  for (const { column, values, not } of where) {
    const now = cells[column]
    const allowed = not ? [now ?? '', 'other', ''] : [now ?? '', ...values]
    const fits = (cell: string) =>
      where.every(test => test.column !== column || test.values.includes(cell) !== test.not)
    cells[column] = allowed.find(fits) ?? values[0] ?? ''
  }
  return cells
}

/** Cells that fail a filter. */
export function failing(where: Where): Readonly<Record<string, string>> {
  const [first] = where
  if (first === undefined) return {}
  return { [first.column]: first.not ? (first.values[0] ?? '') : 'other' }
}
