import type { AvailabilityBody } from '../../../clauses/availability/schema.ts'
import type { PercentTarget } from '../../../contract/contract.ts'
import { clip, firstEndingAfter, type Intervals, intersect } from '../../../time/interval.ts'
import type { Bound, Frame } from './frame.ts'
import { type Measure, measureOf } from './measure.ts'

/** A window of one promise in which the other lets more pass than it may. */
export interface Excess {
  readonly window: Bound
  /** The most that the other promise lets pass in it, in ms. */
  readonly passes: number
}

/** What the one promise makes of the other: proven to keep it, or windows in which it doesn't. */
export interface Kept {
  readonly proven: boolean
  readonly excesses: readonly Excess[]
}

/**
 * Whether downtime that keeps `given` keeps `wanted` too, over the windows of both frames. As the windows of `given`
 * don't overlap, the most that it lets pass in a window is the sum over its own windows of the smaller of what they
 * share with it and what they allow, and all time that it leaves out. Exact: `proven` holds for shares of a
 * millisecond too, an excess for whole ones.
 */
export function keeps(
  given: { readonly frame: Frame; readonly body: AvailabilityBody },
  wanted: { readonly frame: Frame; readonly body: AvailabilityBody },
): Kept {
  if (!given.frame.partition) return { proven: false, excesses: [] }
  const shared = measureOf(intersect(given.frame.service.list, wanted.frame.service.list))
  const excesses: Excess[] = []
  let proven = wanted.frame.windows.length > 0
  for (const window of wanted.frame.windows) {
    if (window.most === Number.POSITIVE_INFINITY) continue
    const { whole, exact } = passing(window, given, wanted.frame.service, shared, BigInt(wanted.body.target.value.of))
    if (whole > window.most) excesses.push({ window, passes: whole })
    const limit = share(window, wanted.body) * BigInt(given.body.target.value.of)
    proven &&= wanted.body.target.bound === 'above' ? exact < limit : exact <= limit
  }
  return { proven, excesses }
}

/** In whole ms, and exactly, in parts of a ms as small as both targets need. */
function passing(
  window: Bound,
  given: { readonly frame: Frame; readonly body: AvailabilityBody },
  service: Measure,
  shared: Measure,
  scale: bigint,
): { readonly whole: number; readonly exact: bigint } {
  let free = service.between(window.start, window.end)
  let whole = 0
  let exact = 0n
  const unit = BigInt(given.body.target.value.of)
  for (let i = firstEndingAfter(given.frame.windows, window.start); i < given.frame.windows.length; i++) {
    const own = given.frame.windows[i] as Bound
    if (own.start >= window.end) break
    const size = shared.between(Math.max(own.start, window.start), Math.min(own.end, window.end))
    free -= size
    whole += Math.min(size, Math.max(0, own.most))
    const [all, most] = [BigInt(size) * unit, share(own, given.body)]
    exact += (all < most ? all : most) * scale
  }
  return { whole: whole + free, exact: exact + BigInt(free) * unit * scale }
}

/** What a window allows, exactly: base × (1 − target), in ms ÷ the target's denominator. */
function share({ service }: Bound, { base, target }: AvailabilityBody): bigint {
  return BigInt(base ?? service) * BigInt(target.value.of - target.value.part)
}

/** Negative where `a` asks less than `b`, 0 where they ask the same; strictly above is more than at least. */
export function compareTargets(a: PercentTarget, b: PercentTarget): number {
  const difference = BigInt(a.value.part) * BigInt(b.value.of) - BigInt(b.value.part) * BigInt(a.value.of)
  if (difference !== 0n) return difference < 0n ? -1 : 1
  return Number(a.bound === 'above') - Number(b.bound === 'above')
}

/** Whether `wide` has the service time of `frame` wherever that has windows. */
export function sameService(frame: Frame, wide: Frame): boolean {
  const [first, last] = [frame.windows[0], frame.windows.at(-1)]
  if (first === undefined || last === undefined) return false
  const hull = { start: first.start, end: last.end }
  return sameList(frame.service.list, clip(wide.service.list, hull))
}

export function sameWindows(a: Frame, b: Frame): boolean {
  return a.partition === b.partition && sameList(a.windows, b.windows)
}

/** Each window of `coarse` is made of whole windows of `fine`. */
export function refines(fine: Frame, coarse: Frame): boolean {
  if (!fine.partition || !coarse.partition) return false
  const edges = new Set(fine.windows.flatMap(({ start, end }) => [start, end]))
  return coarse.windows.every(({ start, end }) => edges.has(start) && edges.has(end))
}

function sameList(a: Intervals, b: Intervals): boolean {
  return a.length === b.length && a.every(({ start, end }, i) => b[i]?.start === start && b[i]?.end === end)
}
