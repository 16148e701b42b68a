import { describe, expect, it } from 'vitest'
import { rowsText } from '../../src/report/inputs.ts'

const NONE = { rows: 0, used: 0, unasked: 0, leftOut: 0, unknownService: 0, later: 0, duplicates: 0, skipped: 0 }

describe('what became of the rows of a file', () => {
  it('tells rows left out on purpose from those that nobody asks for', () => {
    const counts = [
      { ...NONE, type: 'ticket', rows: 10, used: 4, leftOut: 6 },
      { ...NONE, type: 'ticket-change', rows: 5, used: 1, leftOut: 3, unasked: 1 },
    ]
    expect(rowsText({ counts, leftOutBy: { ticket: 3, format: 1, mapping: 5 } })).toBe(
      '15 rows: 5 used, 1 of types that no judged clause asks for, 5 left out by the mapping, 1 left out by the format, 3 left out with their ticket',
    )
    expect(rowsText({ counts: [{ ...NONE, type: 'ticket', rows: 2, leftOut: 2 }], leftOutBy: { mapping: 2 } })).toBe(
      '2 rows: 0 used, 2 left out by the mapping',
    )
  })
})
