import type { Finding } from '../model/finding.ts'
import type { ClauseReport } from '../model/report.ts'
import type { Zone } from '../time/zone.ts'
import { clockPromise } from './clock-facts.ts'
import { headline, observedText } from './facts.ts'
import { isRepeated } from './kept-facts.ts'
import { marginText } from './margins.ts'
import { promisedText } from './quantities.ts'
import { asBreach, findingWord } from './states.ts'

/** A finding in the words that every format uses; not yet made safe for any of them. */
export interface Words {
  /** `breached`, `at risk`, `over so far`. */
  readonly state: string
  /** What it comes down to: `used 4h 20m of 3h 43m 12s`. */
  readonly headline: string
  /** `≥ 99.5 %`, `resolve ≤ 4h in support hours`. */
  readonly promise: string
  /** Blank where only words or bounds are known. */
  readonly observed: string
  /** `36m 48s over`; blank where there is none. */
  readonly margin: string
}

/** `finding` is one of a report as it is said (`reportAsSaid`); `years`: its instants have their year. */
export function wordsOf(clause: ClauseReport, finding: Finding, zone: Zone, years = false): Words {
  return {
    state: findingWord(finding),
    headline: headline(finding, zone, years),
    promise: promiseText(clause, finding),
    observed: observedText(finding),
    margin: marginText(asBreach(finding)) ?? '',
  }
}

/** What a finding is held against, in words: its own rule or amount where it has one, else its clause's. */
export function promiseText(clause: ClauseReport, finding: Finding): string {
  const rule = finding.details?.rule ?? (isRepeated(finding) ? clause.promise : undefined)
  return (rule === undefined ? undefined : String(rule)) ?? clockPromise(finding) ?? ownText(finding) ?? clause.promise
}

/** `notice ≥ 48h`, `RTO ≤ 6h`, `overrun unstated`; words of its own need no name before them. */
function ownText(finding: Finding): string | undefined {
  const { promise, promised } = finding
  if (promise === undefined) return undefined
  const words = promisedText(finding)
  const name = /^(rto|rpo)$/.test(promise) ? promise.toUpperCase() : promise
  return promised.unit === 'none' && words.includes(' ') ? words : `${name} ${words}`.trim()
}
