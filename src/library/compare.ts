import type { Contract } from '../contract/contract.ts'
import type { Comparison } from '../model/comparison.ts'
import { makeZones } from '../time/zone.ts'
import { badOption } from './choices.ts'
import { readSource, type Source } from './sources.ts'
import { VERSION } from './version.ts'

export interface CompareOptions {
  /** The worst that each contract permits, and the evidence that separates them, are of this year: `2026`. */
  readonly year: number
  /** Which names of the contracts stand for the same: an alignment file (YAML or JSON). */
  readonly alignment?: Source
}

/**
 * Holds contracts against the first of them, promise by promise: stronger, equal, weaker or incomparable, with evidence
 * that separates them, and the worst that each permits. Rejects with an InputError for options that can't be used.
 */
export async function compare(contracts: readonly Contract[], options: CompareOptions): Promise<Comparison> {
  const { year, alignment } = options
  if (contracts.length < 2) throw badOption('contracts', 'two are compared at least')
  if (!Number.isInteger(year) || year < 1970 || year > 9998) throw badOption('year', `${year} is no year`, 'give 2026')
  const { compareContracts } = await import('../compare/compare.ts')
  const aligned = alignment === undefined ? undefined : await alignmentOf(alignment, contracts)
  return compareContracts(contracts, {
    year,
    zones: makeZones(),
    version: VERSION,
    ...(aligned !== undefined && { alignment: aligned }),
  })
}

async function alignmentOf(source: Source, contracts: readonly Contract[]) {
  const { loadAlignment } = await import('../contract/alignment.ts')
  return loadAlignment(
    await readSource(source),
    contracts.map(({ id }) => id),
  )
}
