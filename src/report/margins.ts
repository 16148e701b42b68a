import type { Finding } from '../model/finding.ts'
import type { Quantity } from '../model/quantity.ts'
import { clockWords } from './clock-facts.ts'
import { isFix } from './fix-facts.ts'
import {
  calendarOf,
  clockSpan,
  figureText,
  fraction,
  grouped,
  inHours,
  percentText,
  quantityText,
} from './quantities.ts'
import { isMissing, isObserved } from './states.ts'

/** What is left or lacking against the promise: `36m 48s over the allowance`, `3h short`; none while it isn't known. */
export function marginText(finding: Finding): string | undefined {
  const { margin, promised, bound, status } = finding
  if (margin === undefined || margin.unit === 'none' || status === 'unverified' || isObserved(finding)) return undefined
  const order = sign(margin)
  const size = sizeText(margin, inHours(finding))
  if (order === undefined || size === undefined) return quantityText(margin)
  const failures = margin.unit === 'count' && promised.unit === 'ratio'
  if (failures && order < 0) return `${size} ${failed(size)} over the allowance`
  if (failures && order > 0) return `${size} more ${failed(size)} allowed`
  // An allowance that is met exactly keeps a strict promise too.
  if (order === 0 && margin.unit !== promised.unit && status !== 'breached') return 'exactly at the limit'
  // No time is counted after the end of the day that was the last.
  if (order === 0 && status === 'breached' && bound === 'at-most') return PAST_DAY
  if (order === 0)
    return bound === 'above' || bound === 'below' ? 'exactly at the limit, not beyond it' : 'exactly at the limit'
  if (margin.unit !== promised.unit) return order < 0 ? `${size} over the allowance` : `${size} of the allowance left`
  const atLeast = bound === 'at-least' || bound === 'above'
  if (order < 0) return atLeast ? `${size} short` : `${size} over`
  return atLeast ? `${size} to spare` : `${size} left`
}

/** The margin of what came too late though no further time was counted. */
export const PAST_DAY = 'after the end of its day'

/** `1h 10m over`, `2h 30m left` while it may still run, `2h 30m to spare` once it is kept. */
export function clockMargin(finding: Finding): string | undefined {
  const margin = marginText(finding)
  const kept = finding.status === 'met' ? margin?.replace(/ left$/, ' to spare') : margin
  return finding.reason === 'paused' && kept !== undefined ? `${kept}, paused` : kept
}

/** `between 99.10 % and 99.80 %`, of a clock with the words for it: `between 30h and 39h in support hours`. */
export function boundsText(finding: Finding, words = clockWords(calendarOf(finding))): string | undefined {
  if (finding.bounds === undefined || (isMissing(finding) && !isFix(finding))) return undefined
  const { lowest, highest } = finding.bounds
  const text = isFix(finding) ? fixBounds(finding) : undefined
  const plain = `between ${figureText(lowest, finding)} and ${figureText(highest, finding)}`
  return [text ?? plain, lowest.unit === 'ms' ? words : ''].filter(Boolean).join(' ')
}

/** `between 4d and 9d`, `up to 9d`; what is only dated ends with a day. */
function fixBounds(finding: Finding): string | undefined {
  const { lowest, highest } = finding.bounds ?? {}
  if (lowest?.unit !== 'ms' || highest?.unit !== 'ms') return undefined
  const span = (ms: number): string => clockSpan(ms, inHours(finding))
  const most = span(highest.value % 1000 === 999 ? highest.value + 1 : highest.value)
  return lowest.value <= 0 ? `up to ${most}` : `between ${span(lowest.value)} and ${most}`
}

/** `1` takes the singular. */
export function failed(size: string): string {
  return size === '1' ? 'failed request' : 'failed requests'
}

/** Negative, zero or positive; undefined of words. */
export function sign(quantity: Quantity): number | undefined {
  switch (quantity.unit) {
    case 'ms':
    case 'count':
      return Math.sign(quantity.value)
    case 'ratio': {
      const part = BigInt(quantity.part)
      return part < 0n ? -1 : part > 0n ? 1 : 0
    }
    case 'money':
      return Math.sign(Number(quantity.minor))
    case 'decimal':
      return Math.sign(Number(quantity.value))
    case 'none':
      return undefined
  }
}

/** The size of a margin without its sign; a share in percentage points, rounded toward the breach. */
export function sizeText(margin: Quantity, hours: boolean): string | undefined {
  switch (margin.unit) {
    case 'ms':
      return clockSpan(margin.value < 0 ? Math.ceil(-margin.value) : margin.value, hours)
    case 'count':
      return grouped(Math.abs(margin.value))
    case 'ratio': {
      const { part, of } = fraction(margin.part, margin.of)
      const zero = { part: 0n, of: 1n }
      const text = percentText(
        { part: part < 0n ? -part : part, of },
        { value: zero, bound: part < 0n ? 'at-most' : 'above' },
      )
      return text.replace(/ %$/, ' percentage points')
    }
    case 'money':
      return quantityText({ ...margin, minor: String(margin.minor).replace(/^-/, '') })
    case 'decimal':
      return margin.value.replace(/^-/, '')
    case 'none':
      return undefined
  }
}
