import type { Finding, Findings } from '../../../model/finding.ts'
import { findingState, type State } from '../../states.ts'

/** One promise with an allowance of time, and how much of it was used: `used / allowance`. */
export interface Deadline {
  readonly finding: Finding
  readonly state: State
  readonly allowance: number
  readonly used: number
  /** Where the evidence leaves it open: the most that it can be. */
  readonly most?: number
}

export interface Deadlines {
  /** What is late first, then what used most of its allowance. */
  readonly worst: readonly Deadline[]
  readonly all: number
  /** How many used up to 10 %, 20 % … 100 % in time, then those beyond: up to 150 %, up to 200 %, more; unknown apart. */
  readonly bins: readonly number[]
  readonly late: number
  readonly unknown: number
  readonly open: number
}

/** One walk over the findings; no more of them are kept than will be drawn. */
export function deadlinesOf(findings: Findings, most: number): Deadlines {
  const worst: Deadline[] = []
  const bins = new Array<number>(BINS).fill(0)
  let [all, late, unknown, open] = [0, 0, 0, 0]
  for (const finding of findings) {
    const one = deadlineOf(finding)
    if (one === undefined) continue
    all++
    if (one.state === 'unverified') unknown++
    else {
      const bin = binOf(one)
      bins[bin] = (bins[bin] ?? 0) + 1
      if (isLate(one)) late++
    }
    if (finding.status === 'pending') open++
    const last = worst[worst.length - 1]
    if (worst.length >= most && last !== undefined && order(last, one) <= 0) continue
    let place = worst.length
    while (place > 0 && order(worst[place - 1] ?? one, one) > 0) place--
    worst.splice(place, 0, one)
    if (worst.length > most) worst.pop()
  }
  return { worst, all, bins, late, unknown, open }
}

/** Whether more than the allowance was used; where an end of day isn't in time any more, all of it is too much. */
export function isLate({ finding, used, allowance }: Deadline): boolean {
  return finding.bound === 'below' ? used >= allowance : used > allowance
}

/** Used by allowance, for drawing and order only; without an allowance any use is beyond everything. */
export function shareOf(used: number, allowance: number): number {
  if (allowance > 0) return used / allowance
  return used > 0 ? Number.POSITIVE_INFINITY : 0
}

const BINS = 13

function deadlineOf(finding: Finding): Deadline | undefined {
  const { promised, observed, bound, status, bounds } = finding
  if (promised.unit !== 'ms' || observed.unit !== 'ms' || status === 'not-applicable') return undefined
  if (bound !== 'at-most' && bound !== 'below') return undefined
  const state = findingState(finding)
  const highest = bounds?.highest.unit === 'ms' ? bounds.highest.value : undefined
  return {
    finding,
    state,
    allowance: promised.value,
    used: Math.max(0, observed.value),
    ...(state === 'unverified' && highest !== undefined && { most: Math.max(0, highest) }),
  }
}

function binOf(one: Deadline): number {
  const share = shareOf(one.used, one.allowance)
  if (isLate(one)) return share <= 1.5 ? 10 : share <= 2 ? 11 : 12
  return Math.min(9, Math.max(0, Math.ceil((one.used * 10) / Math.max(1, one.allowance)) - 1))
}

/** What is late for certain first, then what used more; equal ones stay in their order. */
function order(a: Deadline, b: Deadline): number {
  const [late, later] = [a, b].map(one => (one.most === undefined && isLate(one) ? 0 : 1))
  if (late !== later) return (late ?? 0) - (later ?? 0)
  const [x, y] = [a, b].map(one => shareOf(Math.max(one.used, one.most ?? 0), one.allowance))
  return x === y ? 0 : (y ?? 0) > (x ?? 0) ? 1 : -1
}
