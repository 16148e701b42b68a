import { targetText } from '../../../clauses/support/amounts.ts'
import type { Duration } from '../../../time/duration.ts'
import { momentText } from '../../moment-text.ts'
import type { World } from '../../rule.ts'
import { alike, type Facet } from './facet.ts'
import { byYears, type Gap } from './gaps.ts'
import { isSameCalendar, isWithin } from './hours.ts'
import { numbersOf, type Reading } from './promise.ts'
import { FIRST, LAST } from './proven-years.ts'

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
