import type { Comparison, Row } from '../../model/comparison.ts'
import { grouped } from '../quantities.ts'
import { changeOf } from './changes.ts'
import type { CompareView } from './index.ts'

/**
 * What is listed of a comparison: all of it, or with `onlyDifferent` the rows in which some contract says another thing
 * than the base, with the history of these; `leftOut` counts the others. Totals are those of the whole.
 */
export function differing(comparison: Comparison, { onlyDifferent }: Pick<CompareView, 'onlyDifferent'>): Comparison {
  if (onlyDifferent !== true) return comparison
  const { rows, replay, warnings, ...rest } = comparison
  const shown = rows.filter(differs)
  const keys = new Set(shown.map(({ key }) => key))
  return {
    ...rest,
    rows: shown,
    ...(replay !== undefined && { replay: replay.filter(({ key }) => keys.has(key)) }),
    warnings,
    leftOut: rows.length - shown.length,
  }
}

/** Dates have no relation; words without a number that are the same are alike, though no evidence decides them. */
function differs({ key, cells }: Row): boolean {
  const [base] = cells
  return cells.some(cell => {
    if (key === 'term') return cell.text !== base?.text
    if (cell.relation === undefined || cell.relation === 'equal') return false
    return base === undefined || changeOf(base, cell)?.word !== 'unchanged'
  })
}

/** `3 rows that are alike in all are left out`; blank where none is. */
export function leftOutText({ leftOut = 0 }: Comparison): string {
  if (leftOut === 0) return ''
  return `${grouped(leftOut)} ${leftOut === 1 ? 'row that is' : 'rows that are'} alike in all ${leftOut === 1 ? 'is' : 'are'} left out`
}

/** `only availability, support/P1`; blank where all was compared. */
export function onlyText({ only }: Comparison): string {
  return only === undefined ? '' : `only ${only.join(', ')}`
}
