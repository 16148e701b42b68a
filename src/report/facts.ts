import type { Finding } from '../model/finding.ts'
import type { Quantity } from '../model/quantity.ts'
import type { Zone } from '../time/zone.ts'
import { instantText } from './instants.ts'
import { figureText, fraction, grouped, percentText, quantityText, spanText } from './quantities.ts'

/** The observed figure of a finding as a short cell; blank where it has words instead, or only bounds are known. */
export function observedText(finding: Finding): string {
  return finding.observed.unit === 'none' || finding.status === 'unverified'
    ? ''
    : figureText(finding.observed, finding)
}

/** Why a finding is not decided: the note that says what would settle it, else the first one, else what was observed. */
function openText(finding: Finding): string {
  const { notes, promised } = finding
  const settling = notes.find(note => note.includes('would settle'))
  // Where a figure is promised, words in its place say no more than that there is none.
  const said = saidText(finding)
  const others = promised.unit === 'none' ? [said, notes[0]] : [notes[0], said]
  return settling ?? others.find(text => text !== undefined) ?? reasonText(finding)
}

/** Whether a finding has nothing to go by: then its figures only say that nothing was read. */
export function isMissing(finding: Finding): boolean {
  return finding.status === 'unverified' && finding.reason === 'missing'
}

/** Whether a finding is only observed: then its figure is held against nothing. */
export function isObserved(finding: Finding): boolean {
  return finding.status === 'not-applicable' && finding.reason === 'observed'
}

/** The one fact about a finding that matters most for its state, in words. */
export function factText(finding: Finding): string {
  switch (finding.status) {
    case 'unverified':
      return [boundsText(finding), openText(finding)].filter(Boolean).join('; ')
    case 'not-applicable':
      if (isObserved(finding)) return saidText(finding) ?? finding.notes[0] ?? ''
      return saidText(finding) ?? finding.notes[0] ?? reasonText(finding)
    case 'met':
    case 'waived':
      return usedText(finding) ?? saidText(finding) ?? marginText(finding) ?? reasonText(finding)
    default:
      return marginText(finding) ?? saidText(finding) ?? reasonText(finding)
  }
}

/** What a finding comes down to, for the head of its block: `used 4h 20m of 3h 43m 12s`. */
export function headline(finding: Finding): string {
  const used = usedText(finding)
  const observed = observedText(finding)
  switch (finding.status) {
    case 'breached':
      return (
        used ?? [observed, marginText(finding) ?? saidText(finding) ?? reasonText(finding)].filter(Boolean).join(', ')
      )
    case 'pending':
      return [used, marginText(finding) ?? saidText(finding) ?? reasonText(finding)].filter(Boolean).join(', ')
    case 'not-applicable':
      return [observedText(finding), factText(finding)].filter(Boolean).join(', ')
    default:
      return factText(finding)
  }
}

/** What is left or lacking against the promise: `36m 48s over the allowance`, `3h short`; none while it isn't known. */
export function marginText(finding: Finding): string | undefined {
  const { margin, promised, bound, status } = finding
  if (margin === undefined || margin.unit === 'none' || status === 'unverified' || isObserved(finding)) return undefined
  const order = sign(margin)
  const size = sizeText(margin)
  if (order === undefined || size === undefined) return quantityText(margin)
  const failures = margin.unit === 'count' && promised.unit === 'ratio'
  if (failures && order < 0) return `${size} ${failed(size)} over the allowance`
  if (failures && order > 0) return `${size} more ${failed(size)} allowed`
  // An allowance that is met exactly keeps a strict promise too.
  if (order === 0 && margin.unit !== promised.unit && status !== 'breached') return 'exactly at the limit'
  if (order === 0)
    return bound === 'above' || bound === 'below' ? 'exactly at the limit, not beyond it' : 'exactly at the limit'
  if (margin.unit !== promised.unit) return order < 0 ? `${size} over the allowance` : `${size} of the allowance left`
  const atLeast = bound === 'at-least' || bound === 'above'
  if (order < 0) return atLeast ? `${size} short` : `${size} over`
  return atLeast ? `${size} to spare` : `${size} left`
}

/**
 * What would have turned the verdict, from the margin. Undefined where the finding has none or time in it is unknown,
 * and for a breach while its window goes on: less of it need not have been enough.
 */
export function turningText(finding: Finding, asOf: number): string | undefined {
  const { margin, promised, bound, status } = finding
  if (margin === undefined || (status !== 'breached' && status !== 'met')) return undefined
  if (isOpen(finding) || (status === 'breached' && finding.window.end > asOf)) return undefined
  const order = sign(margin)
  const size = sizeText(margin)
  if (order === undefined || size === undefined) return undefined
  if (promised.unit === 'ratio' && (margin.unit === 'ms' || margin.unit === 'count')) {
    // Made of the largest amount that still keeps the promise, whatever its comparison.
    const time = margin.unit === 'ms'
    // More than 100 % can't be kept at all.
    if (status === 'breached' && (order === 0 || (bound === 'above' && promised.part === promised.of))) return undefined
    if (status === 'breached') return `${size} ${time ? 'less downtime' : `fewer ${failed(size)}`} would have kept it`
    if (order === 0) return `it would break with any further ${time ? 'downtime' : 'failed request'}`
    return `it would break with more than ${time ? `${size} of further downtime` : `${size} further ${failed(size)}`}`
  }
  const strict = bound === 'above' || bound === 'below'
  const upward = bound === 'at-least' || bound === 'above'
  if (status === 'breached')
    return `${strict ? 'more than ' : ''}${size} ${upward ? 'more' : 'less'} would have kept it`
  if (order === 0) return `it would break with any ${upward ? 'less' : 'more'}`
  return `it would break with ${strict ? '' : 'more than '}${size} ${upward ? 'less' : 'more'}`
}

/** Whether something about the finding's time is not known. */
function isOpen({ details, bounds, undecided }: Finding): boolean {
  const unknown = details?.unknown_ms
  return bounds !== undefined || (undecided ?? []).length > 0 || (typeof unknown === 'number' && unknown > 0)
}

function failed(size: string): string {
  return size === '1' ? 'failed request' : 'failed requests'
}

/** The unit of the fraction behind a share of availability: of time, or of requests. */
export function fractionUnit({ details, observed, bounds }: Finding): string {
  if (details?.accounting === 'requests') return 'requests'
  const whole =
    observed.unit === 'ratio' ? observed.of : bounds?.highest.unit === 'ratio' ? bounds.highest.of : undefined
  return whole !== undefined && whole === details?.base_ms ? 'ms' : ''
}

/** `8m 12s of 3h 43m 12s used` where a finding has an allowance of time. */
export function usedText(finding: Finding): string | undefined {
  const use = usage(finding)
  return use === undefined ? undefined : `${spanText(use.used)} of ${spanText(use.allowed)} used`
}

/** The share of the allowance that is used, exact, in ms; from the details, or from a promise of at most so much. */
export function usage(finding: Finding): { readonly used: number; readonly allowed: number } | undefined {
  const { details, promised, observed, bound } = finding
  if (isObserved(finding)) return undefined
  const used = details?.down_ms
  const allowed = details?.allowance_ms
  if (typeof used === 'number' && typeof allowed === 'number') return { used, allowed }
  if (bound !== 'at-most' || promised.unit !== 'ms' || observed.unit !== 'ms') return undefined
  return { used: observed.value, allowed: promised.value }
}

/** `117 %` of an allowance used: rounded down up to 100 %, and up beyond. */
export function usageText(used: number, allowed: number): string | undefined {
  if (allowed <= 0 || !Number.isSafeInteger(used) || !Number.isSafeInteger(allowed)) return undefined
  const [part, of] = [BigInt(used) * 100n, BigInt(allowed)]
  return `${grouped(String(used <= allowed ? part / of : (part + of - 1n) / of))} %`
}

/** `between 99.10 % and 99.80 %`. */
export function boundsText(finding: Finding): string | undefined {
  if (finding.bounds === undefined || isMissing(finding)) return undefined
  const { lowest, highest } = finding.bounds
  return `between ${figureText(lowest, finding)} and ${figureText(highest, finding)}`
}

/**
 * The kind's own facts in words: `base_ms` reads `base`, `30d 23h` with its milliseconds beside it, `exceeded_at` an
 * instant. What only repeats another fact (`base` beside an equal `base_ms`, the exact fraction) is left out, and zeros.
 */
export function detailFacts(finding: Finding, zone: Zone): readonly Fact[] {
  const details = finding.details ?? {}
  return Object.entries(details).flatMap(([key, value]): Fact[] => {
    if (String(details[`${key}_ms`] ?? '') === String(value) || key === 'fraction' || String(value) === '0') return []
    if (key === 'allowance_ms' && isObserved(finding)) return []
    if (details.accounting === 'requests' && (key === 'base' || key === 'down'))
      return [{ name: key === 'base' ? 'base' : 'failed', text: `${grouped(value)} requests` }]
    const name = key.replace(/_(ms|at)$/, '').replaceAll(/[_-]/g, ' ')
    if (typeof value !== 'number') return [{ name, text: /^\d+$/.test(value) ? grouped(value) : value }]
    if (key.endsWith('_at')) return [{ name, text: instantText(zone, value) }]
    return [key.endsWith('_ms') ? { name, text: spanText(value), ms: value } : { name, text: grouped(value) }]
  })
}

export interface Fact {
  readonly name: string
  readonly text: string
  readonly ms?: number
}

export function reasonText(finding: Finding): string {
  return finding.reason.replaceAll('-', ' ')
}

function saidText(finding: Finding): string | undefined {
  return finding.observed.unit === 'none' && finding.observed.text !== '' ? finding.observed.text : undefined
}

function sign(quantity: Quantity): number | undefined {
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
function sizeText(margin: Quantity): string | undefined {
  switch (margin.unit) {
    case 'ms':
      return spanText(margin.value < 0 ? Math.ceil(-margin.value) : margin.value)
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
