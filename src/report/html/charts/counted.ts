import type { Finding } from '../../../model/finding.ts'
import type { Interval } from '../../../model/interval.ts'

/** Down time that counts in part: `part / of` of its length. */
export interface Weighted extends Interval {
  readonly part: number
  readonly of: number
}

/** Counted stretches of one finding, and whether they come to exactly its down time. */
export interface Counted {
  readonly list: readonly Weighted[]
  readonly exact: boolean
}

/**
 * The down time of a finding as its timeline shows it: in full where that adds up, else with the weights that the steps
 * name (`counts 1/2`), else in full though it doesn't. Undefined where the figure isn't time.
 */
export function countedOf({ details, timeline }: Finding): Counted | undefined {
  const down = details?.down_ms
  if (typeof down !== 'number') return undefined
  const steps = timeline.filter(({ effect, at }) => effect === 'counted' && at.start < at.end)
  const plain = steps.map(({ at }) => ({ ...at, part: 1, of: 1 }))
  if (amountOf(plain) === down) return { list: plain, exact: true }
  const weighed = steps.map(({ at, why }) => ({ ...at, ...weightIn(why) }))
  return amountOf(weighed) === down ? { list: weighed, exact: true } : { list: plain, exact: false }
}

/** What stretches count together, in whole milliseconds: parts of one are left out at the very end only. */
export function amountOf(list: Iterable<Weighted>): number {
  const sums = runningAmounts([...list])
  return sums[sums.length - 1] ?? 0
}

/** The same after each stretch. */
export function runningAmounts(list: readonly Weighted[]): readonly number[] {
  const denominators = new Set(list.map(({ of }) => of))
  const common = [...denominators].reduce((product, of) => product * BigInt(of), 1n)
  let sum = 0n
  return list.map(({ start, end, part, of }) => {
    sum += BigInt(end - start) * BigInt(part) * (common / BigInt(of))
    return Number(sum / common)
  })
}

const WEIGHT = /(?:^|: |, )counts (\d{1,9})\/(\d{1,9})(?:, (?:only the|past its|before its)[^:]*)?$/

function weightIn(why: string): { readonly part: number; readonly of: number } {
  const [, part = '1', of = '1'] = WEIGHT.exec(why) ?? []
  return Number(of) === 0 ? { part: 1, of: 1 } : { part: Number(part), of: Number(of) }
}
