import { allowanceOf } from '../../../clauses/support/timing.ts'
import type { Interval } from '../../../model/interval.ts'
import { MINUTE } from '../../../time/civil.ts'
import type { Clock } from '../../../time/clock.ts'
import type { World } from '../../rule.ts'
import { isSameCalendar, isWithin } from './hours.ts'
import { openingsOf } from './openings.ts'
import { type Allowed, numbersOf, type Reading } from './promise.ts'
import { otherSpans } from './proven-years.ts'

/** An opening at which one side allows more than the other, the one at which the most. */
export interface Gap {
  readonly at: number
  readonly base: Allowed | undefined
  readonly other: Allowed | undefined
  /** By how much later the other's time is over; negative: earlier. Infinite where it has no number. */
  readonly by: number
}

export function gapAt(base: Reading, other: Reading, at: number): Gap {
  const [a, b] = [base.at(at), other.at(at)]
  const last = (allowed: Allowed | undefined) => allowed?.last ?? Number.POSITIVE_INFINITY
  return { at, base: a, other: b, by: a === undefined && b === undefined ? 0 : last(b) - last(a) }
}

/** Gaps among openings, and how the amounts stand that are counted there. */
export interface Gaps {
  /** The openings at which other allows the most more, and the most less, than base. */
  readonly more: Gap | undefined
  readonly less: Gap | undefined
  readonly mixed: boolean
  readonly msMore: boolean
  readonly msLess: boolean
}

/**
 * The gaps of the year; where it has none of a kind, of the nearest year that has one. Not `complete` where a calendar gives
 * no answer in some year.
 */
export function byYears(base: Reading, other: Reading, world: World): Years {
  const clocks = clocksOf(base, other)
  const known = proven.get(base.rules.calendar) ?? []
  proven.set(base.rules.calendar, known)
  const said = [base, other].map(({ promised: { amount }, rules: { zone, hours, businessDay } }) => {
    return [amount, zone.name, hours, businessDay]
  })
  const key = JSON.stringify([world.span, said])
  const is = (one: Known) => one.key === key && one.clocks.every((clock, i) => clock === clocks[i])
  const found = known.find(is)
  if (found !== undefined) return found.years
  const years = searchYears(base, other, world)
  known.push({ key, clocks, years })
  return years
}

interface Years extends Gaps {
  readonly complete: boolean
}

/** Rows are related more than once, and many of them by the same amounts. */
interface Known {
  readonly key: string
  readonly clocks: readonly Clock[]
  readonly years: Years
}

const proven = new WeakMap<Clock, Known[]>()

function clocksOf(...readings: readonly Reading[]): readonly Clock[] {
  return readings.flatMap(({ rules, choosing }) => [rules.calendar, rules.always, ...choosing])
}

function searchYears(base: Reading, other: Reading, world: World): Years {
  let all: Gaps = byOpenings(base, other, world.span)
  if (all.more !== undefined && all.less !== undefined) return { ...all, complete: true }
  const readings = [base, other]
  const months = readings.some(({ promised }) =>
    numbersOf(promised).some(amount => amount.unit === 'calendar' && amount.months !== 0),
  )
  const reach = (at: number): number =>
    Math.max(
      ...readings.flatMap(({ promised, rules }) =>
        numbersOf(promised).map(amount => {
          const { clock, due } = allowanceOf(amount, at, rules)
          return clock.deadline(due, 0)
        }),
      ),
    )
  try {
    const clocks = [...new Set(clocksOf(base, other))]
    for (const span of otherSpans(clocks, base.rules.zone, world, months ? undefined : reach)) {
      const found = byOpenings(base, other, span)
      all = {
        more: all.more ?? found.more,
        less: all.less ?? found.less,
        mixed: all.mixed || found.mixed,
        msMore: all.msMore || found.msMore,
        msLess: all.msLess || found.msLess,
      }
      if (all.more !== undefined && all.less !== undefined) break
    }
    return { ...all, complete: true }
  } catch (error) {
    if (error instanceof RangeError) return { ...all, complete: false }
    throw error
  }
}

/** The openings of a span at which other allows the most more, and the most less, than base. */
export function byOpenings(base: Reading, other: Reading, span: Interval): Gaps {
  const same = isSameCalendar(base.rules.calendar, other.rules.calendar) || isEqualHours(base, other)
  let more: Gap | undefined
  let less: Gap | undefined
  let [mixed, msMore, msLess] = [false, false, false]
  for (const at of openingsOf([base, other], span)) {
    const gap = gapAt(base, other, at)
    if (gap.by > 0 && (more === undefined || weight(gap) > weight(more))) more = gap
    if (gap.by < 0 && (less === undefined || weight(gap) > weight(less))) less = gap
    const { base: a, other: b } = gap
    if (a === undefined || b === undefined) continue
    if (a.on !== b.on || (a.on === 'calendar' && !same)) mixed = true
    if (b.ms > a.ms) msMore = true
    if (b.ms < a.ms) msLess = true
  }
  return { more, less, mixed, msMore, msLess }
}

/** How telling a gap is: openings of a whole minute read better than the instant before them. */
function weight({ at, by }: Gap): number {
  return Math.abs(by) - (at % MINUTE === 0 ? 0 : MINUTE)
}

function isEqualHours(base: Reading, other: Reading): boolean {
  const [a, b] = [base.rules.calendar, other.rules.calendar]
  return isWithin(a, b) && isWithin(b, a)
}
