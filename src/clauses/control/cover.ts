import type { Interval } from '../../model/interval.ts'
import { type Intervals, merge, subtract } from '../../time/interval.ts'
import { anyOf, certain, type Known } from '../../time/known.ts'
import { servicesOf } from '../judge.ts'
import type { Performance } from './performances.ts'
import type { ControlPlan, Series } from './plan.ts'
import { coverEnd } from './rules.ts'

/** The time in which a control holds, and the instant its first clock starts at (epoch ms), if there is one. */
export interface Cover {
  readonly known: Known
  /** Of the performances alone: what is sure without a presumed one. */
  readonly told: Known
  /** Time that the log does not hold, and what performances in it may cover. */
  readonly outside: Intervals
  readonly unlogged: Intervals
  /** `end` is that of what it covers. */
  readonly first?: { readonly at: number; readonly end: number; readonly presumed: boolean }
}

/** The rules of `every` and `valid-for`. */
export type Lasting = Extract<ControlPlan['rules'], { readonly form: 'every' | 'valid-for' }>

/**
 * Each performance covers the time from it on for the amount; what lies outside the log may be covered by one that it
 * does not hold. Of `every` the first clock starts with the term, or where a log begins that knows of nothing before.
 */
export function coverOf({ list }: Series, rules: Lasting, plan: ControlPlan, complete: Intervals): Cover {
  const { zone, asOf } = plan.context
  const told = anyOf(list.filter(({ counts }) => counts !== 'no').map(one => coverOfOne(one, rules, plan)))
  const reach = (end: number): number =>
    rules.form === 'every' ? coverEnd(zone, end, rules) : validUntil(end, rules, plan)
  const outside = subtract([{ start: EVER, end: asOf }], complete)
  const unlogged = merge(outside.map(({ start, end }): Interval => ({ start, end: reach(end) })))
  const clock = rules.form === 'every' ? firstClock(list, plan, complete) : undefined
  const first = clock && { ...clock, end: coverEnd(zone, clock.at, rules) }
  const presumed = first === undefined ? [] : [{ start: first.at, end: first.end }]
  const known = anyOf([told, { sure: [], possible: unlogged }, certain(presumed)])
  return { known, told, outside, unlogged, ...(first !== undefined && { first }) }
}

/**
 * Until when an attestation may hold that a log does not have which ends, or begins, at an instant. One that is said to
 * be complete has those that are valid in its time, whenever they were given; so has one from its first row on.
 */
function validUntil(end: number, rules: Lasting, { context, clause, performances }: ControlPlan): number {
  const isSaid = servicesOf(clause, context.contract).some(
    service => context.declared('control', service) !== undefined,
  )
  if (isSaid) return end
  const first = performances.find(({ at }) => at.earliest > EVER)?.at.latest ?? Number.POSITIVE_INFINITY
  return Math.max(end, Math.min(first, coverEnd(context.zone, end, rules)))
}

/** When the clock of an interval starts that no performance started; epoch ms. */
function firstClock(
  list: readonly Performance[],
  { termStart, period }: ControlPlan,
  complete: Intervals,
): { readonly at: number; readonly presumed: boolean } | undefined {
  const logStart = complete[0]?.start
  if (termStart !== undefined && (logStart === undefined || logStart <= termStart || termStart >= period.start)) {
    return { at: termStart, presumed: false }
  }
  const before = list.some(({ at }) => at.earliest < period.start)
  if (logStart === undefined || before) return termStart === undefined ? undefined : { at: termStart, presumed: false }
  return { at: termStart === undefined ? Math.max(logStart, period.start) : logStart, presumed: true }
}

function coverOfOne({ at, counts, validUntil }: Performance, rules: Lasting, { context }: ControlPlan): Known {
  const last = validUntil ?? Number.MAX_SAFE_INTEGER
  const end = (from: number): number => Math.min(coverEnd(context.zone, from, rules), last)
  const stretch = (start: number, until: number) => (start < until ? [{ start, end: until }] : [])
  return {
    sure: counts === 'yes' ? stretch(at.latest, end(at.earliest)) : [],
    possible: stretch(at.earliest, end(at.latest)),
  }
}

/** Before all stamps; epoch ms. */
const EVER = -8_000_000_000_000
