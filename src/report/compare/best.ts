import type { Comparison } from '../../model/comparison.ts'
import { isVersions } from '../../model/labels.ts'

/**
 * Only offers are marked as the best: the requirements of a baseline are none, and of two versions of a contract the
 * change says which is the better.
 */
export function amongOffers(comparison: Comparison): Comparison {
  const { contracts, rows, envelope } = comparison
  const alone = isVersions(contracts)
  if (!alone && contracts[0]?.kind !== 'Baseline') return comparison
  const offered = <T extends { readonly best?: true }>(list: readonly T[]): readonly T[] =>
    list.map((one, at) => {
      if (at > 0 && !alone) return one
      const { best, ...rest } = one
      return rest as T
    })
  return {
    ...comparison,
    rows: rows.map(row => ({ ...row, cells: offered(row.cells) })),
    envelope: envelope.map(row => ({ ...row, values: offered(row.values) })),
  }
}
