import type { Finding } from '../../../model/finding.ts'
import type { Interval } from '../../../model/interval.ts'
import type { ClauseReport } from '../../../model/report.ts'
import { clip, merge, subtract } from '../../../time/interval.ts'
import { countedOf, type Weighted } from './counted.ts'
import type { Stretches } from './days.ts'

/** All that a strip shows of one service or one promise. */
export interface StripFigures extends Stretches {
  readonly range: Interval
  /** False where down time counts by weights that the steps don't tell: then its length is shown. */
  readonly exact: boolean
  /** Whether it is owed in the hours of a calendar only, which findings don't tell one by one. */
  readonly hours?: boolean
  /** Whether findings stand for neighbouring windows too, which they don't tell. */
  readonly joined?: boolean
}

/**
 * The down, excluded and unknown time of a service over its windows. A moment in several windows (rolling ones) is
 * taken from the first. Undefined where the figure of a window isn't time.
 */
export function uptimeFigures(
  findings: readonly Finding[],
  clause: ClauseReport,
  asOf: number,
): StripFigures | undefined {
  const sorted = [...findings].sort((a, b) => a.window.start - b.window.start || a.window.end - b.window.end)
  const first = sorted[0]
  if (first === undefined) return undefined
  const [over, excluded, unknown, service]: [Weighted[], Interval[], Interval[], Interval[]] = [[], [], [], []]
  let exact = true
  let reached = first.window.start
  for (const [index, finding] of sorted.entries()) {
    const counted = countedOf(finding)
    if (counted === undefined) return undefined
    const own = { start: Math.max(reached, finding.window.start), end: finding.window.end }
    if (own.start >= own.end) continue
    exact &&= counted.exact
    for (const one of counted.list) over.push(...clip([one], own).map(at => ({ ...one, ...at })))
    excluded.push(...clip(merge(excludedOf(finding)), own))
    unknown.push(...clip(merge(finding.undecided ?? []), own))
    const owed = serviceOf(finding, sorted[index - 1], sorted[index + 1], clause)
    service.push(...clip([owed], { start: own.start, end: Math.min(own.end, asOf) }))
    reached = own.end
  }
  const joined = sorted.some(({ details }) => Number(details?.windows ?? 1) > 1)
  const range = { start: first.window.start, end: reached }
  const doubt = subtract(merge(unknown), merge(over))
  return {
    range,
    over,
    excluded: merge(excluded),
    unknown: doubt,
    service: merge(service),
    exact,
    hours: DURING.test(clause.promise),
    joined,
  }
}

/**
 * The kept, missed and unknown time of one promise that findings tell by stretches: what is kept is one finding over
 * the whole, whatever is not has its own.
 */
export function keptFigures(findings: readonly KeptPart[], asOf: number): StripFigures | undefined {
  const over = merge(findings.flatMap(({ missed }) => missed))
  const unknown = subtract(merge(findings.flatMap(part => part.unknown)), over)
  const all = merge(findings.map(({ window }) => window))
  const [first] = all
  const last = all[all.length - 1]
  if (first === undefined || last === undefined) return undefined
  const range = { start: first.start, end: last.end }
  const known = { start: range.start, end: Math.max(range.start, Math.min(range.end, asOf)) }
  const service = clip(all, known)
  return { range, over: over.map(at => ({ ...at, part: 1, of: 1 })), excluded: [], unknown, service, exact: true }
}

/** As much of a finding as a strip of what is kept needs. */
export interface KeptPart {
  readonly window: Interval
  readonly missed: readonly Interval[]
  readonly unknown: readonly Interval[]
}

export function keptPart({ status, window, breached, undecided }: Finding): KeptPart {
  return {
    window,
    missed: status === 'breached' || status === 'waived' ? (breached ?? [window]) : [],
    unknown: status === 'unverified' ? (undecided ?? [window]) : [],
  }
}

function excludedOf({ timeline }: Finding): readonly Interval[] {
  return timeline.flatMap(({ effect, at }) => (effect === 'excluded' ? [at] : []))
}

/**
 * The part of a window in which the service is owed, as far as the finding tells: a term begins in a window whose next
 * one it holds too, and ends in one whose previous one it holds. Hours of a calendar aren't told, they show as up.
 */
function serviceOf(
  { window, details }: Finding,
  previous: Finding | undefined,
  next: Finding | undefined,
  { promise }: ClauseReport,
): Interval {
  const owed = details?.service_ms
  if (owed === 0) return { start: window.start, end: window.start }
  if (typeof owed !== 'number' || owed >= window.end - window.start || DURING.test(promise)) return window
  const held = (one: Finding | undefined): boolean => Number(one?.details?.service_ms ?? 0) > 0
  if (held(next) === held(previous)) return window
  return held(next) ? { start: window.end - owed, end: window.end } : { start: window.start, end: window.start + owed }
}

const DURING = / during /
