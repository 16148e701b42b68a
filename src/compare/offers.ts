import { isVersions, type Labelled } from '../model/labels.ts'

/**
 * The contracts among which the best is looked for, by their places: requirements are no offers, and of two versions of
 * one contract the change says which is the better.
 */
export function offersOf(contracts: readonly (Labelled & { readonly kind: string })[]): readonly number[] {
  if (isVersions(contracts)) return []
  return contracts.flatMap(({ kind }, at) => (kind === 'Baseline' ? [] : [at]))
}
