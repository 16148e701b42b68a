import fc from 'fast-check'
import type { Copied } from './backup-oracle-promises.ts'
import type { Amount } from './backup-oracle-time.ts'
import type { World } from './backup-oracle-worlds.ts'

/** What a world needs so that its promise is asked something. */
export interface Wanted {
  readonly days?: number
  readonly copies?: boolean
  readonly chains?: boolean
  readonly unknown?: boolean
  readonly creations: readonly World['creations'][]
  readonly deletions?: readonly World['deletions'][]
  readonly listings?: boolean
  /** Terms and periods that cut; else the period holds all. */
  readonly cut?: boolean
  readonly term?: boolean
  /** Days between the days of runs, and what else is longer by as much. */
  readonly scale?: number
}

const AMOUNTS: readonly Amount[] = [
  { n: 1, unit: 'days' },
  { n: 2, unit: 'days' },
  { n: 3, unit: 'days' },
  { n: 36, unit: 'h' },
  { n: 1, unit: 'weeks' },
]
const accept = fc.constantFrom(new Set(['success']), new Set(['success', 'warning']))
const amount = fc.constantFrom(...AMOUNTS)
const tolerance = fc.integer({ min: 0, max: 3 })
const only = fc.constantFrom(undefined, undefined, undefined, 'full' as const, 'incremental' as const)
const anchor = fc.constantFrom('start' as const, 'start' as const, 'completion' as const)

export const promises = {
  every: fc.record({
    slot: fc.constant('schedule' as const),
    rule: fc.record({
      every: fc.constantFrom<Amount>(
        { n: 24, unit: 'h' },
        { n: 1, unit: 'days' },
        { n: 2, unit: 'days' },
        { n: 12, unit: 'h' },
      ),
    }),
    tolerance,
    anchor,
    accept,
    only,
  }),
  per: fc.record({
    slot: fc.constant('schedule' as const),
    rule: fc.record({ per: fc.constantFrom('day' as const, 'day' as const, 'week' as const) }),
    tolerance: fc.constantFrom(0, 0, 2, 5),
    anchor,
    accept,
    only,
  }),
  perMonth: fc.record({
    slot: fc.constant('schedule' as const),
    rule: fc.record({ per: fc.constant('month' as const) }),
    tolerance: fc.constantFrom(0, 0, 2, 5),
    anchor,
    accept,
    only,
  }),
  standIn: fc.record({
    slot: fc.constant('schedule' as const),
    rule: fc.oneof(
      fc.record({ every: fc.constantFrom<Amount>({ n: 24, unit: 'h' }, { n: 1, unit: 'days' }) }),
      fc.record({ per: fc.constant('day' as const) }),
      fc.record({ at: fc.integer({ min: 0, max: 47 }), early: fc.constantFrom(0, 3) }),
    ),
    tolerance: fc.integer({ min: 0, max: 8 }),
    anchor: fc.constant('start' as const),
    accept,
    kept: fc.record({ for: amount, tolerance }),
  }),
  at: fc.record({
    slot: fc.constant('schedule' as const),
    rule: fc.record({ at: fc.integer({ min: 0, max: 47 }), early: fc.constantFrom(0, 0, 1, 3) }),
    tolerance: fc.integer({ min: 0, max: 8 }),
    anchor,
    accept,
    only,
  }),
  keep: fc.record({
    slot: fc.constant('keep' as const),
    rule: fc.record({ for: amount, from: fc.constantFrom('start' as const, 'completion' as const), tolerance }),
    accept,
    only,
  }),
  keepAt: fc.record({
    slot: fc.constant('keep' as const),
    rule: fc.record({ for: amount, from: fc.constant('start' as const), tolerance, at: fc.constantFrom('a', 'b') }),
    accept,
    only,
  }),
  copiesKept: fc.record({
    slot: fc.constant('keep' as const),
    rule: fc.record({ copies: fc.integer({ min: 1, max: 4 }) }),
    accept,
    only,
  }),
  window: fc.record({ slot: fc.constant('keep' as const), rule: fc.record({ window: amount }), accept }),
  tier: fc.record({
    slot: fc.constant('tier' as const),
    per: fc.constantFrom('day' as const, 'day' as const, 'week' as const),
    keep: fc.integer({ min: 1, max: 4 }),
    basis: fc.constantFrom('age' as const, 'unit' as const),
    tolerance: fc.integer({ min: 0, max: 2 }),
    accept,
    only,
  }),
  tierMonth: fc.record({
    slot: fc.constant('tier' as const),
    per: fc.constant('month' as const),
    keep: fc.integer({ min: 1, max: 2 }),
    basis: fc.constantFrom('age' as const, 'unit' as const),
    tolerance: fc.integer({ min: 0, max: 2 }),
    accept,
    only,
  }),
  points: fc.record({
    slot: fc.constant('points' as const),
    ages: fc.constantFrom([1], [1, 2, 3], [1, 3], [2, 5]),
    slack: fc.constantFrom(0, 0, 1, 2),
    grace: fc.integer({ min: 0, max: 5 }),
    accept,
  }),
  maxAge: fc.record({ slot: fc.constant('max-age' as const), for: amount, tolerance, accept }),
  made: fc.record({
    slot: fc.constant('copies' as const),
    atLeast: fc.constantFrom(1, 1, 2),
    differs: fc.constantFrom<Copied['differs']>('provider', 'region', 'location'),
    within: fc.constantFrom<Amount>({ n: 6, unit: 'h' }, { n: 24, unit: 'h' }, { n: 1, unit: 'days' }),
    accept,
  }),
  held: fc.record({
    slot: fc.constant('copies-keep' as const),
    atLeast: fc.constantFrom(1, 1, 2),
    differs: fc.constantFrom<Copied['differs']>('provider', 'region', 'location'),
    within: fc.constantFrom<Amount>({ n: 12, unit: 'h' }, { n: 24, unit: 'h' }),
    keep: amount,
    accept,
  }),
  places: fc.record({
    slot: fc.constant('residency' as const),
    codes: fc.constantFrom(['FR'], ['FR', 'DE'], ['US', 'FR']),
    accept,
  }),
}

const ANY_LOG = ['declared', 'part', 'undeclared'] as const
const WHOLE = ['declared'] as const
export const needs: Readonly<Record<keyof typeof promises, Wanted>> = {
  every: { creations: [...ANY_LOG, 'listed'], unknown: true, cut: true, term: true, chains: true },
  per: { creations: [...ANY_LOG, 'listed'], unknown: true, cut: true, term: true, days: 16, chains: true },
  perMonth: { creations: ANY_LOG, unknown: true, cut: true, term: true, days: 16, chains: true, scale: 7 },
  standIn: { creations: ['listed'], cut: true, term: true },
  at: { creations: ANY_LOG, unknown: true, cut: true, term: true, chains: true },
  keep: { creations: [...ANY_LOG, 'listed'], cut: true, term: true, copies: true, chains: true, listings: true },
  keepAt: { creations: ANY_LOG, cut: true, term: true, copies: true, chains: true, listings: true },
  copiesKept: { creations: WHOLE, term: true, chains: true, listings: true },
  window: { creations: WHOLE, term: true, listings: true, copies: true },
  tier: { creations: WHOLE, term: true, listings: true, chains: true, days: 16 },
  tierMonth: { creations: WHOLE, term: true, listings: true, chains: true, scale: 7 },
  points: { creations: [...ANY_LOG, 'listed'], term: true },
  maxAge: { creations: ANY_LOG, copies: true, listings: true },
  made: { creations: WHOLE, copies: true, term: true, deletions: ['log', 'cells', 'none'] },
  held: { creations: WHOLE, copies: true, term: true, listings: true },
  places: { creations: ANY_LOG, copies: true, listings: true },
}
