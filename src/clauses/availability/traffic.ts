import type { Clause } from '../../contract/contract.ts'
import type { MeasurementSeries, RequestSeries } from '../../evidence/records.ts'
import type { Interval } from '../../model/interval.ts'
import { contains, type Intervals, merge } from '../../time/interval.ts'
import { type Fraction, gcd, NOTHING, WHOLE } from '../fraction.ts'
import type { Context } from '../judge.ts'
import { type WeightedList, within } from '../weighted.ts'
import { type Case, favourable } from './cases.ts'
import type { AvailabilityBody, Condition } from './schema.ts'
import { slicesOf, weightedTotal } from './units.ts'

/** Request counters of one subject: rows in time order over all its series. */
export interface Traffic {
  readonly time: readonly number[]
  readonly total: readonly number[]
  readonly failed: readonly number[]
  readonly interval: readonly number[]
  readonly usual: number
}

/** Counters of the given services that the clause sees. */
export function trafficOf(services: readonly string[], clause: Clause<AvailabilityBody>, context: Context): Traffic {
  const filter = context.filterIndex(clause.where)
  const series = context.evidence.requests.filter(one => services.includes(one.service) && one.filter === filter)
  const usual = clause.body.every ?? Math.max(0, ...series.map(one => one.usual))
  const rows = series.flatMap(one => Array.from(one.time, (_, i) => rowOf(one, i, usual)))
  rows.sort((a, b) => a.time - b.time)
  return {
    time: rows.map(row => row.time),
    total: rows.map(row => row.total),
    failed: rows.map(row => row.failed),
    interval: rows.map(row => row.interval),
    usual,
  }
}

function rowOf(series: RequestSeries, i: number, usual: number) {
  const stated = series.interval[i] as number
  return {
    time: series.time[i] as number,
    total: series.total[i] as number,
    failed: series.failed[i] as number,
    interval: stated > 0 ? stated : usual,
  }
}

/** Time that the counters speak for; a pause longer than `max-gap` between two rows is unknown. */
export function trafficCovered(traffic: Traffic, body: AvailabilityBody, edges: readonly number[]): Intervals {
  const longest = body['max-gap'] ?? 3 * traffic.usual
  const out: Interval[] = []
  const { time, interval } = traffic
  for (let i = 0; i < time.length; i++) {
    const start = time[i] as number
    const spoken = start + (interval[i] as number)
    const next = time[i + 1]
    let end = spoken
    if (next !== undefined && next - start <= longest) end = Math.max(spoken, next)
    if (next === undefined) for (const edge of edges) if (edge > end && edge - start <= longest) end = edge
    out.push({ start: i === 0 ? lead(start, longest, edges) : start, end })
  }
  return merge(out)
}

function lead(first: number, longest: number, edges: readonly number[]): number {
  let start = first
  for (const edge of edges) if (edge < start && first - edge <= longest) start = edge
  return start
}

/** Requests served and failed in the counted time. */
export function requestTotals(
  traffic: Traffic,
  counted: Intervals,
): { readonly total: bigint; readonly failed: bigint } {
  let total = 0n
  let failed = 0n
  for (let i = 0; i < traffic.time.length; i++) {
    if (!contains(counted, traffic.time[i] as number)) continue
    total += BigInt(traffic.total[i] as number)
    failed += BigInt(traffic.failed[i] as number)
  }
  return { total, failed }
}

/** What the rows of one slice say; `undefined`: no row, or one that spans more than the slice. */
export interface SliceTraffic {
  readonly total: number
  readonly failed: number
}

/** Rows by the slice they start in. A row longer than a slice cannot say in which slice its failures fell. */
export function trafficBySlice(
  traffic: Traffic,
  window: Interval,
  ms: number,
): ReadonlyMap<number, SliceTraffic | undefined> {
  const slices = new Map<number, SliceTraffic | undefined>()
  for (let i = firstFrom(traffic.time, window.start); i < traffic.time.length; i++) {
    const at = traffic.time[i] as number
    if (at >= window.end) break
    const slice = window.start + Math.floor((at - window.start) / ms) * ms
    const so = slices.get(slice)
    if ((traffic.interval[i] as number) > ms || (slices.has(slice) && so === undefined)) slices.set(slice, undefined)
    else {
      const [total, failed] = [traffic.total[i] as number, traffic.failed[i] as number]
      slices.set(slice, { total: (so?.total ?? 0) + total, failed: (so?.failed ?? 0) + failed })
    }
  }
  return slices
}

function firstFrom(times: readonly number[], at: number): number {
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((times[middle] as number) < at) low = middle + 1
    else high = middle
  }
  return low
}

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
    for (let i = lowerBound(time, slice.start); i < time.length && (time[i] as number) < slice.end; i++) {
      values.push(value[i] as number)
    }
  }
  if (values.length === 0) return undefined
  values.sort((a, b) => a - b)
  return values[Math.max(1, Math.ceil((percentile * values.length) / 100)) - 1]
}

function lowerBound(times: Float64Array, at: number): number {
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((times[middle] as number) < at) low = middle + 1
    else high = middle
  }
  return low
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
    if (
      within(
        counted.map(i => ({ ...i, weight: WHOLE })),
        [slice],
      ).length === 0
    )
      continue
    slices++
    if (slice.start >= facts.asOf) continue
    const traffic = facts.traffic.get(slice.start)
    if (traffic === undefined) add(1, gap)
    else if (traffic.total > 0) add(traffic.total, BigInt(traffic.failed))
    else if (body['no-traffic'] === 'down') add(1, 1n)
    else if (body['no-traffic'] === 'unknown') add(1, gap)
  }
  const [top, bottom] = sumFractions([...byTotal].map(([total, failed]) => [failed, BigInt(total)] as const))
  const divisor = gcd(top, bottom)
  return { base: (BigInt(slices) * bottom) / divisor, down: top / divisor, slices }
}

/** Sums by halves, so that big denominators meet late. */
function sumFractions(list: readonly (readonly [bigint, bigint])[]): readonly [bigint, bigint] {
  if (list.length === 0) return [0n, 1n]
  if (list.length === 1) return list[0] as readonly [bigint, bigint]
  const half = list.length >> 1
  const [a, b] = sumFractions(list.slice(0, half))
  const [c, d] = sumFractions(list.slice(half))
  return [a * d + c * b, b * d]
}
