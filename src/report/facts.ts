import type { Finding } from '../model/finding.ts'
import type { Zone } from '../time/zone.ts'
import {
  attainmentText,
  clockPromise,
  clockWords,
  countedText,
  isAttainment,
  isClocked,
  isMean,
} from './clock-facts.ts'
import { bandText, isFix } from './fix-facts.ts'
import { fixOutcome } from './fix-outcome.ts'
import { instantText } from './instants.ts'
import { allowedMs, isBackup, isMeasured, isRepeated, pluralOf, shareText } from './kept-facts.ts'
import { keptOutcome } from './kept-outcome.ts'
import { boundsText, clockMargin, marginText } from './margins.ts'
import { calendarOf, clockSpan, compareFractions, figureText, fraction, grouped, inHours } from './quantities.ts'
import { asBreach, isObserved } from './states.ts'

/** The observed figure of a finding as a short cell; blank where it has words instead, or only bounds are known. */
export function observedText(finding: Finding): string {
  const own = keptOutcome(finding)
  if (own !== undefined) return own.figure
  return finding.observed.unit === 'none' || finding.status === 'unverified'
    ? ''
    : `${isAtBest(finding) ? 'at best ' : ''}${figureText(finding.observed, finding)}`
}

/** Whether the figure of a window that still runs takes what is to come as kept. */
export function isAtBest({ status, observed, promised, details }: Finding): boolean {
  return (
    status === 'pending' && observed.unit === 'ratio' && promised.unit === 'ratio' && details?.down_ms !== undefined
  )
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

/** `between 30h and 39h in support hours; opened_at has no time of day`. */
function openFact(finding: Finding, words?: string): string {
  return [boundsText(finding, words), openText(finding)].filter(Boolean).join('; ')
}

/** The one fact about a finding that matters most for its state, in words. */
export function factText(found: Finding): string {
  const finding = asBreach(found)
  if (isFix(finding) && !isObserved(finding)) return fixOutcome(finding)
  const own = keptOutcome(finding)
  if (own !== undefined) return own.fact
  if (isRunning(finding)) return [clockMargin(finding), clockWords(calendarOf(finding))].filter(Boolean).join(', ')
  switch (finding.status) {
    case 'unverified':
      return openFact(finding)
    case 'not-applicable':
      if (isObserved(finding)) return saidText(finding) ?? finding.notes[0] ?? ''
      return saidText(finding) ?? finding.notes[0] ?? reasonText(finding)
    case 'met':
      return (
        usedText(finding) ?? attainedText(finding) ?? saidText(finding) ?? marginText(finding) ?? reasonText(finding)
      )
    default:
      if (finding.status === 'pending' && isSpotless(finding)) return usedText(finding) ?? reasonText(finding)
      return attainedText(finding) ?? marginText(finding) ?? saidText(finding) ?? reasonText(finding)
  }
}

/** `18 of 20 in time, 5.00 percentage points short`; bounds in place of a margin that what is undecided may turn. */
function attainedText(finding: Finding): string | undefined {
  const attained = attainmentText(finding)
  return attained === undefined
    ? undefined
    : [attained, turningBounds(finding) ?? marginText(finding)].filter(Boolean).join(', ')
}

/** The bounds of a share that still may be on either side of what is promised. */
function turningBounds(finding: Finding): string | undefined {
  const { status, bounds, promised } = finding
  if (status !== 'pending' || promised.unit !== 'ratio') return undefined
  const [lowest, highest] = [bounds?.lowest, bounds?.highest]
  if (lowest?.unit !== 'ratio' || highest?.unit !== 'ratio') return undefined
  const limit = fraction(promised.part, promised.of)
  const [least, most] = [lowest, highest].map(({ part, of }) => compareFractions(fraction(part, of), limit))
  return (least ?? 0) < 0 && (most ?? 0) >= 0 ? boundsText(finding) : undefined
}

/** A finding of several on its clause's line: its figure and the fact that matters. */
export function worstText(found: Finding): string {
  const finding = asBreach(found)
  if (isFix(finding) && !isObserved(finding)) return fixOutcome(finding)
  const own = keptOutcome(finding)
  if (own !== undefined) return own.text
  if (isRunning(finding)) {
    const words = clockWords(calendarOf(finding))
    return [`${countedText(finding)}${words === '' ? '' : ` ${words}`}`, clockMargin(finding)]
      .filter(Boolean)
      .join(', ')
  }
  return [observedText(finding), factText(finding)].filter(Boolean).join(', ')
}

/** Whether a finding says how far a clock ran, or clocks on average. */
function isRunning(finding: Finding): boolean {
  const { status, observed } = finding
  if (observed.unit !== 'ms' || status === 'unverified' || status === 'not-applicable') return false
  return isClocked(finding) || isMean(finding)
}

/** What a finding comes down to, for the head of its block: `used 4h 20m of 3h 43m 12s`; of a clock with its promise. */
export function headline(found: Finding, zone: Zone, years = false): string {
  const finding = asBreach(found)
  const promise = finding.status === 'not-applicable' ? undefined : clockPromise(finding)
  const terms = [bandText(finding), promise].filter(Boolean).join(', ')
  const outcome = isFix(finding) && !isObserved(finding) ? fixOutcome(finding, zone, years) : outcomeText(finding)
  return terms === '' ? outcome : `${terms}: ${outcome}`
}

function outcomeText(finding: Finding): string {
  const own = keptOutcome(finding)
  if (own !== undefined) return own.text
  if (isRunning(finding)) return [countedText(finding), clockMargin(finding)].filter(Boolean).join(', ')
  if (isAttainment(finding) && finding.status !== 'unverified' && finding.status !== 'not-applicable') {
    return [observedText(finding), attainedText(finding)].filter(Boolean).join(', ')
  }
  // The clock is named by the promise before it.
  if (finding.status === 'unverified') return openFact(finding, '')
  const used = usedText(finding)
  const observed = observedText(finding)
  switch (finding.status) {
    case 'breached':
      return (
        used ?? [observed, marginText(finding) ?? saidText(finding) ?? reasonText(finding)].filter(Boolean).join(', ')
      )
    case 'pending':
      if (used !== undefined && isSpotless(finding)) return used
      return [used, marginText(finding) ?? saidText(finding) ?? reasonText(finding)].filter(Boolean).join(', ')
    case 'not-applicable':
      return [observedText(finding), factText(finding)].filter(Boolean).join(', ')
    default:
      return factText(finding)
  }
}

/** The unit of the fraction behind a share of availability: of time, or of requests. */
export function fractionUnit(finding: Finding): string {
  const { details, observed, bounds } = finding
  if (isAttainment(finding)) return 'in time'
  if (details?.accounting === 'requests') return 'requests'
  const whole =
    observed.unit === 'ratio' ? observed.of : bounds?.highest.unit === 'ratio' ? bounds.highest.of : undefined
  return whole !== undefined && whole === details?.base_ms ? 'ms' : ''
}

/** `8m 12s of 3h 43m 12s used` where a finding has an allowance of time. */
export function usedText(finding: Finding): string | undefined {
  const use = usage(finding)
  if (use === undefined) return undefined
  const [used, allowed] = [use.used, use.allowed].map(ms => clockSpan(ms, inHours(finding)))
  if (finding.details?.down_ms === undefined || use.allowed !== 0) return `${used} of ${allowed} used`
  const so = finding.status === 'pending' ? ' so far' : ''
  return use.used === 0 ? `no downtime${so}, none allowed` : `${used} down${so}, none allowed`
}

/** Whether nothing is allowed, and nothing was lost: then there is no limit to be near to. */
function isSpotless(finding: Finding): boolean {
  const use = usage(finding)
  return use?.used === 0 && use.allowed === 0
}

/** The share of the allowance that is used, exact, in ms; from the details, or from a promise of at most so much. */
export function usage(finding: Finding): { readonly used: number; readonly allowed: number } | undefined {
  const { details, promised, observed, bound } = finding
  if (isObserved(finding)) return undefined
  const used = details?.down_ms
  const allowed = details?.allowance_ms
  if (typeof used === 'number' && typeof allowed === 'number') return { used, allowed }
  if ((bound !== 'at-most' && bound !== 'below') || promised.unit !== 'ms' || observed.unit !== 'ms') return undefined
  if (!isRepeated(finding)) return { used: observed.value, allowed: promised.value }
  if (!isMeasured(finding)) return undefined
  const whole = allowedMs(finding) ?? promised.value
  // So many times what is allowed is no matter of using it up.
  return observed.value > MOST_TIMES * whole ? undefined : { used: observed.value, allowed: whole }
}

const MOST_TIMES = 10

/** `117 %` of an allowance used: rounded down up to 100 %, and up beyond. */
export function usageText(used: number, allowed: number): string | undefined {
  if (allowed <= 0 || !Number.isSafeInteger(used) || !Number.isSafeInteger(allowed)) return undefined
  const [part, of] = [BigInt(used) * 100n, BigInt(allowed)]
  return `${grouped(String(used <= allowed ? part / of : (part + of - 1n) / of))} %`
}

/**
 * The kind's own facts in words: `base_ms` reads `base`, `30d 23h` with its milliseconds beside it, `exceeded_at` an
 * instant. What only repeats another fact (`base` beside an equal `base_ms`, the exact fraction) is left out, and zeros.
 */
export function detailFacts(finding: Finding, zone: Zone): readonly Fact[] {
  const details = finding.details ?? {}
  if (isBackup(finding)) return backupFacts(finding, zone)
  return Object.entries(details).flatMap(([key, value]): Fact[] => {
    if (String(details[`${key}_ms`] ?? '') === String(value) || key === 'fraction' || String(value) === '0') return []
    // Said with what was promised.
    if (key === 'amount' && isWork(finding)) return []
    if (key === 'allowance_ms' && isObserved(finding)) return []
    // Said in other places of a finding about a clock.
    if (isClocked(finding) && CLOCK_FACTS.has(key)) return []
    if (isFix(finding) && FIX_FACTS.has(key)) return []
    if (details.accounting === 'requests' && (key === 'base' || key === 'down'))
      return [{ name: key === 'base' ? 'base' : 'failed', text: `${grouped(value)} requests` }]
    const name = key.replace(/_(ms|at)$/, '').replaceAll(/[_-]/g, ' ')
    if (typeof value !== 'number') return [{ name, text: /^\d+$/.test(value) ? grouped(value) : value }]
    if (key.endsWith('_at')) return [{ name, text: instantText(zone, value) }]
    if (!key.endsWith('_ms')) return [{ name, text: grouped(value) }]
    return [{ name, text: clockSpan(value, inHours(finding)), ms: value }]
  })
}

/** How many things owed it is on, which, and the gaps, where there is more than one. */
function backupFacts(finding: Finding, zone: Zone): readonly Fact[] {
  const { details = {}, breached = [], undecided = [] } = finding
  const { oldest_gap_at: oldest, longest_gap_ms: longest, noun, from } = details
  const out: Fact[] = []
  if (from !== undefined && noun !== 'interval' && noun !== 'stretch') {
    out.push({ name: pluralOf(String(noun)), text: shareText(finding) })
  }
  const gaps = (breached.length > 0 ? breached : undecided).length
  if (gaps < 2) return out
  out.push({ name: 'gaps', text: grouped(gaps) })
  if (typeof oldest === 'number') out.push({ name: 'oldest gap', text: instantText(zone, oldest) })
  if (typeof longest === 'number') out.push({ name: 'longest gap', text: clockSpan(longest, false), ms: longest })
  return out
}

/** Whether a finding is about the notice of some work, or of its overrun. */
function isWork({ promise }: Finding): boolean {
  return promise === 'notice' || promise === 'overrun'
}

const CLOCK_FACTS = new Set(['priority', 'clock', 'amount', 'counted_ms', 'paused_ms', 'opened_at', 'stopped_at'])
const FIX_FACTS = new Set([
  ...['id', 'asset', 'component', 'band', 'amount', 'from', 'counting', 'clock'],
  ...['score', 'score_source', 'cvss_version'],
])

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
