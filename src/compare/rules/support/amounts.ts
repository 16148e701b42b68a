import { targetText } from '../../../clauses/support/amounts.ts'
import { allowanceOf } from '../../../clauses/support/timing.ts'
import type { Interval } from '../../../model/interval.ts'
import { MINUTE } from '../../../time/civil.ts'
import type { Clock } from '../../../time/clock.ts'
import type { Duration } from '../../../time/duration.ts'
import { momentText } from '../../moment-text.ts'
import type { World } from '../../rule.ts'
import { alike, type Facet } from './facet.ts'
import { isSameCalendar, isWithin } from './hours.ts'
import { openingsOf } from './openings.ts'
import { type Allowed, numbersOf, type Reading } from './promise.ts'
import { FIRST, LAST, otherSpans } from './proven-years.ts'

/** How the amounts of two terms stand, whatever stops or pauses their clocks. */
export interface Amounts extends Facet {
  /** Follows from the amounts alone, for every year, on clocks that count alike. */
  readonly always: boolean
  /** Every amount of one unit is counted alike by both. */
  readonly clocks: boolean
}

/** Which side's clock may stand still while that of the other counts: pauses, and resolved time that is left out. */
export interface Standing {
  readonly base: boolean
  readonly other: boolean
}

/**
 * Whether `other` never allows more than `base`, and the reverse. By the amounts where both count the same hours, else
 * by every opening of all proven years; hours that differ are also compared as such where time may be left out.
 */
export function compareAmounts(base: Reading, other: Reading, world: World, standing: Standing): Amounts {
  const plain = byNumbers(base, other)
  const clocks = isAlike(base, other)
  if (plain !== undefined) return { ...plain, clocks }
  const { more, less, mixed, msMore, msLess, complete } = byYears(base, other, world)
  const settled = (violated: boolean, still: boolean, inner: Reading, outer: Reading, kept: boolean) => {
    if (violated) return false
    if (!complete) return undefined
    if (!mixed || !still) return true
    return kept && isNested(inner, outer) ? true : undefined
  }
  const atLeast = settled(more !== undefined, standing.other, base, other, !msMore)
  const atMost = settled(less !== undefined, standing.base, other, base, !msLess)
  return {
    atLeast,
    atMost,
    neutral: true,
    always: false,
    clocks,
    rule: ruleOf(base, other, more, less, atLeast, atMost, world),
  }
}

function isAlike(base: Reading, other: Reading): boolean {
  const same = isSameCalendar(base.rules.calendar, other.rules.calendar)
  return same && base.rules.zone.name === other.rules.zone.name && isRuled(base, other)
}

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

/** Whether whatever the inner side counts the outer one counts too. */
function isNested(inner: Reading, outer: Reading): boolean {
  const clocks = ({ promised, rules }: Reading) =>
    numbersOf(promised).map(({ unit }) =>
      unit === 'calendar' || (unit === 'elapsed' && rules.hours === 'always') ? rules.always : rules.calendar,
    )
  return clocks(inner).every(one => clocks(outer).every(all => all === outer.rules.always || isWithin(one, all)))
}

/** By two numbers of one unit on clocks that count the same in all years; undefined: they are not that alike. */
function byNumbers(base: Reading, other: Reading): Omit<Amounts, 'clocks'> | undefined {
  const same = isSameCalendar(base.rules.calendar, other.rules.calendar)
  const alikeZone = base.rules.zone.name === other.rules.zone.name
  const [a, b] = [base.promised.amount, other.promised.amount]
  if (a === 'unstated' || b === 'unstated') return undefined
  if ('byCalendar' in a || 'byCalendar' in b) {
    const choosing = base.choosing.every((clock, i) => {
      const match = other.choosing[i]
      return match !== undefined && isSameCalendar(clock, match)
    })
    const numbers = 'byCalendar' in a && 'byCalendar' in b ? [a, b].map(amountsOnly) : [1, 2]
    return same && alikeZone && choosing && alike(numbers[0], numbers[1]) && isRuled(base, other)
      ? { atLeast: true, atMost: true, neutral: true, always: true }
      : undefined
  }
  const order = orderOf(a, b, base, other, same, alikeZone)
  if (order === undefined) return undefined
  const [atLeast, atMost] = order
  const words = `${targetText(b)} against ${targetText(a)} of the base`
  const rule =
    atLeast && atMost ? undefined : `${atLeast ? 'less' : 'more'} time on a clock of the same hours: ${words}`
  return { atLeast, atMost, neutral: true, always: true, ...(rule !== undefined && { rule }) }
}

function amountsOnly(amount: object): unknown {
  const { byCalendar, otherwise } = amount as { byCalendar: readonly { amount: unknown }[]; otherwise: unknown }
  return [...byCalendar.map(one => one.amount), otherwise]
}

function isRuled(base: Reading, other: Reading): boolean {
  return base.rules.hours === other.rules.hours && base.rules.businessDay === other.rules.businessDay
}

function orderOf(
  a: Duration,
  b: Duration,
  base: Reading,
  other: Reading,
  same: boolean,
  alikeZone: boolean,
): readonly [boolean, boolean] | undefined {
  const timed = (amount: Duration, { rules }: Reading) =>
    amount.unit === 'elapsed' || amount.unit === 'business-time'
      ? { on: amount.unit === 'elapsed' ? rules.hours : ('calendar' as const), ms: amount.ms }
      : undefined
  const [x, y] = [timed(a, base), timed(b, other)]
  if (x !== undefined && y !== undefined) {
    return x.on === y.on && (x.on === 'always' || same) ? [y.ms <= x.ms, y.ms >= x.ms] : undefined
  }
  if (a.unit === 'business-days' && b.unit === 'business-days') {
    const { businessDay } = base.rules
    // Round the clock all hours are the same, and still each zone has days of its own.
    const days = base.rules.calendar.zone.name === other.rules.calendar.zone.name
    if (!same || !days || businessDay !== other.rules.businessDay) return undefined
    return [b.days <= a.days, b.days >= a.days]
  }
  if (a.unit !== 'calendar' || b.unit !== 'calendar' || !alikeZone) return undefined
  const parts = (['months', 'days', 'ms'] as const).map(part => b[part] - a[part])
  const [atLeast, atMost] = [parts.every(part => part <= 0), parts.every(part => part >= 0)]
  return atLeast || atMost ? [atLeast, atMost] : undefined
}

function ruleOf(
  base: Reading,
  other: Reading,
  more: Gap | undefined,
  less: Gap | undefined,
  atLeast: boolean | undefined,
  atMost: boolean | undefined,
  { year }: World,
): string {
  const against = `${targetText(other.promised.amount)} against ${targetText(base.promised.amount)} of the base`
  const when = (gap: Gap) => momentText(other.rules.zone, gap.at, year)
  if (more !== undefined && less !== undefined) {
    return `more time for a ticket of ${when(more)}, less for one of ${when(less)}: ${against}`
  }
  const only = more === undefined ? (less === undefined ? 'the same time' : 'never more time') : 'never less time'
  const open =
    atLeast === undefined || atMost === undefined ? '; what is left out of one clock may count on the other' : ''
  return `${only} for any opening from ${FIRST} to ${LAST}: ${against}${open}`
}
