import type { MeasurementSeries } from '../../evidence/records.ts'
import type { Interval } from '../../model/interval.ts'
import { type Intervals, overlaps } from '../../time/interval.ts'
import { type Fraction, lcm, NOTHING, WHOLE } from '../fraction.ts'
import { type WeightedList, within } from '../weighted.ts'
import { type Case, favourable } from './cases.ts'
import type { AvailabilityBody, Condition } from './schema.ts'
import type { SliceTraffic } from './traffic.ts'
import { firstFrom, slicesOf, weightedTotal } from './units.ts'

/** What a slice is judged by; `future` slices (at or after `asOf`) are good. */
export interface SliceFacts {
  readonly traffic: ReadonlyMap<number, SliceTraffic | undefined>
  readonly countedDown: WeightedList
  readonly metrics: readonly MeasurementSeries[]
  readonly asOf: number
}

/** Is the slice bad? Every condition must hold; what the evidence leaves open follows the case and `no-data`. */
export function sliceIsBad(
  slice: Interval,
  conditions: readonly Condition[],
  facts: SliceFacts,
  body: AvailabilityBody,
  which: Case,
): Fraction {
  if (slice.start >= facts.asOf) return NOTHING
  let answer: boolean | undefined = true
  const silent = facts.traffic.get(slice.start)?.total === 0 && conditions.some(({ operand }) => operand === 'errors')
  if (silent) answer = { up: false, down: true, unknown: undefined }[body['no-traffic'] ?? 'up']
  if (answer === false) return NOTHING
  for (const condition of silent ? [] : conditions) {
    const held = conditionHolds(slice, condition, facts)
    if (held === false) return NOTHING
    if (held === undefined) answer = undefined
  }
  if (answer !== undefined) return WHOLE
  const gaps = body['no-data'] ?? 'unknown'
  return gaps === 'down' || (gaps === 'unknown' && !favourable(which)) ? WHOLE : NOTHING
}

function conditionHolds(slice: Interval, condition: Condition, facts: SliceFacts): boolean | undefined {
  const { limit } = condition
  if (condition.operand === 'down') {
    const { sum, scale } = weightedTotal(within(facts.countedDown, [slice]))
    return compare(sum * BigInt(limit.of), BigInt(limit.part) * scale, condition.bound)
  }
  if (condition.operand === 'percentile') {
    const series = facts.metrics.filter(({ metric }) => metric === condition.metric)
    const value = percentileIn(series, condition.percentile ?? 0, slice)
    return value === undefined ? undefined : compareDecimal(value, limit, condition.bound)
  }
  const traffic = facts.traffic.get(slice.start)
  if (traffic === undefined) return undefined
  if (condition.operand !== 'errors') {
    return compare(BigInt(traffic[condition.operand]) * BigInt(limit.of), BigInt(limit.part), condition.bound)
  }
  return compare(BigInt(traffic.failed) * BigInt(limit.of), BigInt(limit.part) * BigInt(traffic.total), condition.bound)
}

function compare(a: bigint, b: bigint, bound: Condition['bound']): boolean {
  return bound === 'above' ? a > b : bound === 'at-least' ? a >= b : bound === 'below' ? a < b : a <= b
}

/** Values hold at most 15 significant digits, so their shortest decimal text is what the file said. */
function compareDecimal(value: number, limit: Fraction, bound: Condition['bound']): boolean {
  const [mantissa = '0', exponent = '0'] = value.toExponential().split('e')
  const digits = mantissa.replace('-', '').replace('.', '')
  const power = Number(exponent) - (digits.length - 1)
  const scaled = BigInt(digits) * (value < 0 ? -1n : 1n)
  const [top, bottom] = power >= 0 ? [scaled * 10n ** BigInt(power), 1n] : [scaled, 10n ** BigInt(-power)]
  return compare(top * BigInt(limit.of), BigInt(limit.part) * bottom, bound)
}

/** Nearest rank: the ⌈p/100 · n⌉-th smallest of all values in the slice. */
function percentileIn(all: readonly MeasurementSeries[], percentile: number, slice: Interval): number | undefined {
  const values: number[] = []
  for (const { time, value } of all) {
    for (let i = firstFrom(time, slice.start); i < time.length && (time[i] as number) < slice.end; i++) {
      values.push(value[i] as number)
    }
  }
  if (values.length === 0) return undefined
  values.sort((a, b) => a - b)
  return values[Math.max(1, Math.ceil((percentile * values.length) / 100)) - 1]
}

/** 1 − mean over the counted slices of failed ÷ total, as an exact fraction of the number of slices. */
export function meanErrors(
  window: Interval,
  ms: number,
  counted: Intervals,
  facts: SliceFacts,
  body: AvailabilityBody,
  which: Case,
): { readonly base: bigint; readonly down: bigint; readonly slices: number } {
  const byTotal = new Map<number, bigint>()
  let slices = 0
  const gap =
    body['no-data'] === 'down' || ((body['no-data'] ?? 'unknown') === 'unknown' && !favourable(which)) ? 1n : 0n
  const add = (total: number, failed: bigint) => byTotal.set(total, (byTotal.get(total) ?? 0n) + failed)
  for (const slice of slicesOf(window, ms)) {
    if (!overlaps(counted, slice)) continue
    slices++
    if (slice.start >= facts.asOf) continue
    const traffic = facts.traffic.get(slice.start)
    if (traffic === undefined) add(1, gap)
    else if (traffic.total > 0) add(traffic.total, BigInt(traffic.failed))
    else if (body['no-traffic'] === 'down') add(1, 1n)
    else if (body['no-traffic'] === 'unknown') add(1, gap)
  }
  // One common denominator: the numbers stay as small as the totals allow.
  let common = 1n
  for (const total of byTotal.keys()) common = lcm(common, BigInt(total))
  let sum = 0n
  for (const [total, failed] of byTotal) sum += failed * (common / BigInt(total))
  return { base: BigInt(slices) * common, down: sum, slices }
}
