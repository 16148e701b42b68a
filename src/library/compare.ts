import type { History } from '../compare/replay.ts'
import type { Contract } from '../contract/contract.ts'
import type { Comparison } from '../model/comparison.ts'
import type { Interval } from '../model/interval.ts'
import { labelsOf } from '../model/labels.ts'
import { civilDate } from '../time/civil.ts'
import { localDay } from '../time/local.ts'
import { makeZones, type Zone } from '../time/zone.ts'
import { asOfChoice, badOption, checkTypes, type Instant, periodChoice } from './choices.ts'
import { listOf, type ReadingOptions, readingChoices } from './evidence.ts'
import { readSource, type Source } from './sources.ts'
import { VERSION } from './version.ts'

export interface CompareOptions extends Omit<ReadingOptions, 'stdin' | 'onProgress'> {
  /** The worst that each contract permits, and the evidence that separates them, are of this year; the present one if absent. */
  readonly year?: number
  /** Which names of the contracts stand for the same: an alignment file (YAML or JSON). */
  readonly alignment?: Source
  /** Subjects, `support`, or beginnings of keys by whole parts, `support/P1`: only these are compared. All if absent. */
  readonly only?: readonly string[]
  /** Files, directories and globs: the history that every contract is judged by, for `replay`. What follows is about it. */
  readonly evidence?: string | readonly string[]
  /** As for `audit`; the days are those of each contract's zone. */
  readonly period?: string | Interval
  /** What is known by then; a date means its end in the zone of the first contract. The present if absent. */
  readonly asOf?: Instant
  /** Record types of which nothing else happened. */
  readonly assumeComplete?: readonly string[]
  readonly onBadRow?: 'error' | 'skip'
}

/**
 * Holds contracts against the first of them, promise by promise and as if each were in force throughout: stronger, equal,
 * weaker or incomparable, with evidence that separates them, and the worst that each permits. Rejects with an InputError
 * for options that can't be used and evidence that can't be read.
 */
export async function compare(contracts: readonly Contract[], options: CompareOptions = {}): Promise<Comparison> {
  const [base, second] = contracts
  if (base === undefined || second === undefined) throw badOption('contracts', 'two are compared at least')
  const zones = makeZones()
  const zone = zones(base.timezone)
  const { year = civilDate(localDay(zone, Date.now())).year, alignment, only } = options
  if (!Number.isInteger(year) || year < 1971 || year > 2199) throw badOption('year', `${year} is no year`, 'give 2026')
  const history = await historyOf(options, zone)
  const { compareContracts } = await import('../compare/compare.ts')
  const aligned = alignment === undefined ? undefined : await alignmentOf(alignment, contracts)
  return compareContracts(contracts, {
    year,
    zones,
    version: VERSION,
    ...(aligned !== undefined && { alignment: aligned }),
    ...(only !== undefined && { only }),
    ...(history !== undefined && { history }),
  })
}

async function alignmentOf(source: Source, contracts: readonly Contract[]) {
  const { loadAlignment } = await import('../contract/alignment.ts')
  return loadAlignment(await readSource(source), [...contracts.map(({ id }) => id), ...labelsOf(contracts)])
}

async function historyOf(options: CompareOptions, zone: Zone): Promise<History | undefined> {
  const { evidence, period, asOf, assumeComplete = [], onBadRow = 'error' } = options
  if (evidence === undefined) {
    const idle = (['period', 'asOf'] as const).find(key => options[key] !== undefined)
    if (idle !== undefined) throw badOption(idle, 'it goes with evidence')
    return undefined
  }
  const paths = listOf(evidence)
  if (paths.includes('-')) throw badOption('evidence', 'standard input can be read once only, not for each contract')
  checkTypes('assumeComplete', assumeComplete)
  if (period !== undefined) periodChoice(period, zone)
  return {
    paths,
    asOf: asOf === undefined ? Date.now() : asOfChoice(asOf, zone),
    assumeComplete: new Set(assumeComplete),
    reading: { ...(await readingChoices(options)), onBadRow },
    period: own => (period === undefined ? undefined : periodChoice(period, own)),
  }
}
