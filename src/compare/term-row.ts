import type { Contract } from '../contract/contract.ts'
import { termText } from '../contract/term.ts'
import type { Cell, Row } from '../model/comparison.ts'
import type { Zone } from '../time/zone.ts'

/** The key of the row of dates. */
export const TERM = 'term'

/**
 * The dates of contracts, as each gives them, in a row of their own; none where no contract gives any. Dates are not
 * held against each other: neither is stronger.
 */
export function termRows(contracts: readonly Contract[], zones: (name: string) => Zone): readonly Row[] {
  const texts = contracts.map(({ term, timezone }) => (term === undefined ? '' : termText(term, zones(timezone))))
  if (texts.every(text => text === '')) return []
  const cells = texts.map(
    (text): Cell => ({ state: text === '' ? 'not-promised' : 'promised', text, rules: [], witnesses: [] }),
  )
  return [{ key: TERM, subject: 'Term', name: 'in force', cells }]
}
