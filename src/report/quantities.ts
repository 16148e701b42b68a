import type { Bound, Finding } from '../model/finding.ts'
import type { Integer, Quantity } from '../model/quantity.ts'
import { durationText } from '../time/duration.ts'

/** An exact fraction; `of` is positive. */
export interface Fraction {
  readonly part: bigint
  readonly of: bigint
}

/** What a figure is held against: `figure bound value`. */
export interface Limit {
  readonly value: Fraction
  readonly bound: Bound
}

/**
 * A fraction as a percentage: as many digits (`least` to 6, or the promise's own) as keep the figure on its own side
 * of the limit, rounded toward the breach: down, or up where the limit is a maximum. 99.4999 % never reads 99.50 %.
 */
export function percentText(value: Fraction, limit?: Limit, least = 2): string {
  if (value.of <= 0n) return 'nothing to divide by'
  const up = limit?.bound === 'at-most' || limit?.bound === 'below'
  const most = Math.max(least, 6, limit === undefined ? 0 : decimalsOf(limit.value))
  for (let digits = least; ; digits++) {
    const scale = 10n ** BigInt(digits)
    const shown = up
      ? -floorDivide(-value.part * 100n * scale, value.of)
      : floorDivide(value.part * 100n * scale, value.of)
    const kept = limit === undefined || holds({ part: shown, of: 100n * scale }, limit) === holds(value, limit)
    if (kept || digits >= most) return `${decimal(shown, digits)} %`
  }
}

/** A percentage as it was written: no digit more than it has, 6 at most where it never ends. */
export function plainPercent(value: Fraction): string {
  return percentText(value, undefined, Math.min(decimalsOf(value), 12))
}

/** A quantity in words and figures, rounded (ratios only) toward the breach of `limit`. */
export function quantityText(quantity: Quantity, limit?: Limit): string {
  switch (quantity.unit) {
    case 'ms':
      return spanText(quantity.value)
    case 'ratio':
      return percentText(fraction(quantity.part, quantity.of), limit)
    case 'count':
      return grouped(quantity.value)
    case 'decimal':
      return quantity.of === undefined ? quantity.value : `${quantity.value} of ${quantity.of}`
    case 'money':
      return moneyText(quantity.minor, quantity.currency)
    case 'none':
      return quantity.text
  }
}

/** What a finding promises, with its comparison: `≥ 99.5 %`, `≤ 4h`. */
export function promisedText(finding: Finding): string {
  const { promised, bound } = finding
  const text =
    promised.unit === 'ratio' ? plainPercent(fraction(promised.part, promised.of)) : figureText(promised, finding)
  return bound === undefined || promised.unit === 'none' ? text : `${SIGNS[bound]} ${text}`
}

/** A figure of a finding (observed, or one of its bounds), on its own side of what was promised. */
export function figureText(quantity: Quantity, finding: Finding): string {
  const { promised, bound } = finding
  if (quantity.unit === 'ms') return clockSpan(quantity.value, inHours(finding))
  if (promised.unit !== 'ratio' || bound === undefined) return quantityText(quantity)
  return quantityText(quantity, { value: fraction(promised.part, promised.of), bound })
}

/** The exact figure behind a rounded one: the fraction of a ratio with the unit of its parts, the ms of a time. */
export function exactText(quantity: Quantity, unit = ''): string | undefined {
  if (quantity.unit === 'ratio')
    return `${grouped(quantity.part)} / ${grouped(quantity.of)}${unit === '' ? '' : ` ${unit}`}`
  if (quantity.unit === 'ms') return `${grouped(quantity.value)} ms`
  return undefined
}

/** The calendar that a finding's time is counted on; undefined where its clock never stands still. */
export function calendarOf({ details }: Finding): string | undefined {
  return typeof details?.clock === 'string' && details.clock !== 'always' ? details.clock : undefined
}

/**
 * Whether the times of a finding are told in hours however many: on a calendar, whose days are not 24 of them, where
 * the contract itself writes hours, and of a mean, which is promised in hours.
 */
export function inHours(finding: Finding): boolean {
  const { details } = finding
  if (calendarOf(finding) !== undefined || details?.sum_ms !== undefined) return true
  return typeof details?.amount === 'string' && isPlainAmount(details.amount)
}

/** Whether an amount is written in hours and less: `24h`, `30min`; not `1 day`, `2 business hours`, `PT4H`. */
export function isPlainAmount(amount: string): boolean {
  return !/day|week|month|year|business|^P/i.test(amount)
}

/** A time, where `hours` says so in hours and less: `52h 30m`, else `2d 4h 30m`. */
export function clockSpan(ms: number, hours: boolean): string {
  const whole = Math.floor(ms)
  const count = Math.trunc(whole / HOUR)
  if (!hours || count === 0) return spanText(whole)
  const left = Math.abs(whole - count * HOUR)
  return `${grouped(count)}h${left === 0 ? '' : ` ${spanText(left)}`}`
}

/** A time as people say it; parts of a millisecond go toward the breach, that is down. */
export function spanText(ms: number): string {
  return durationText(Math.floor(ms))
}

/** Digits in groups of three: `1,284`. */
export function grouped(value: Integer): string {
  const [whole = '', rest] = String(value).split('.')
  const text = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return rest === undefined ? text : `${text}.${rest}`
}

export function fraction(part: Integer, of: Integer): Fraction {
  return { part: BigInt(part), of: BigInt(of) }
}

/** Negative, zero or positive, as `a` compares with `b`. */
export function compareFractions(a: Fraction, b: Fraction): number {
  const difference = a.part * b.of - b.part * a.of
  return difference < 0n ? -1 : difference > 0n ? 1 : 0
}

export function holds(value: Fraction, limit: Limit): boolean {
  const order = compareFractions(value, limit.value)
  switch (limit.bound) {
    case 'at-least':
      return order >= 0
    case 'above':
      return order > 0
    case 'at-most':
      return order <= 0
    case 'below':
      return order < 0
  }
}

const HOUR = 3_600_000

const SIGNS: Readonly<Record<Bound, string>> = { 'at-least': '≥', above: '>', 'at-most': '≤', below: '<' }

// ISO 4217: currencies whose minor unit isn't a hundredth.
const NO_MINOR = /^(BIF|CLP|DJF|GNF|ISK|JPY|KMF|KRW|PYG|RWF|UGX|UYI|VND|VUV|XAF|XOF|XPF)$/
const THOUSANDTHS = /^(BHD|IQD|JOD|KWD|LYD|OMR|TND)$/

function moneyText(minor: Integer, currency: string): string {
  const digits = NO_MINOR.test(currency) ? 0 : THOUSANDTHS.test(currency) ? 3 : 2
  return `${grouped(decimal(BigInt(minor), digits))} ${currency}`
}

function decimal(scaled: bigint, digits: number): string {
  const sign = scaled < 0n ? '-' : ''
  const text = String(scaled < 0n ? -scaled : scaled).padStart(digits + 1, '0')
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`
}

/** Decimals that a fraction needs as a percentage; 6 where it needs more than 12. */
function decimalsOf(value: Fraction): number {
  let part = value.part * 100n
  for (let digits = 0; digits <= 12; digits++) {
    if (value.of > 0n && part % value.of === 0n) return digits
    part *= 10n
  }
  return 6
}

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b
  return a % b < 0n ? quotient - 1n : quotient
}
