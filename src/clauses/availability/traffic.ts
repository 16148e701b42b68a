import type { Clause } from '../../contract/contract.ts'
import type { RequestSeries } from '../../evidence/records.ts'
import type { Origin } from '../../model/finding.ts'
import type { Interval } from '../../model/interval.ts'
import { covers, type Intervals, intersect, merge, overlaps } from '../../time/interval.ts'
import type { Context } from '../judge.ts'
import { type Case, favourable } from './cases.ts'
import type { AvailabilityBody } from './schema.ts'
import { firstFrom } from './units.ts'

/** Request counters of one subject: rows in time order over all its services. */
export interface Traffic {
  readonly time: readonly number[]
  readonly total: readonly number[]
  readonly failed: readonly number[]
  /** What a row speaks for: its interval, else the usual distance. */
  readonly interval: readonly number[]
  /** How far a row says its requests reach: its stated interval, 0 for an instant. */
  readonly reach: readonly number[]
  readonly service: readonly string[]
  readonly origin: readonly Origin[]
  readonly services: number
  /** Time that the rows of every service speak for; a pause longer than `max-gap` is unknown. */
  readonly covered: Intervals
}

interface TrafficRow {
  readonly time: number
  readonly total: number
  readonly failed: number
  readonly interval: number
  readonly reach: number
  readonly service: string
  readonly origin: Origin
}

/** Counters of the given services that the clause sees; `edges` are the starts and ends of its windows. */
export function trafficOf(
  services: readonly string[],
  clause: Clause<AvailabilityBody>,
  edges: readonly number[],
  context: Context,
): Traffic {
  const filter = context.filterIndex(clause.where)
  const lists = services.map(service => {
    const series = context.evidence.requests.filter(one => one.service === service && one.filter === filter)
    const usual = clause.body.every ?? Math.max(0, ...series.map(one => one.usual))
    const rows = series.flatMap(one => Array.from(one.time, (_, i) => rowOf(one, i, usual)))
    rows.sort((a, b) => a.time - b.time)
    return { rows, covered: coveredTime(rows, clause.body['max-gap'] ?? 3 * usual, edges) }
  })
  const rows = lists.flatMap(list => list.rows).sort((a, b) => a.time - b.time)
  return {
    time: rows.map(row => row.time),
    total: rows.map(row => row.total),
    failed: rows.map(row => row.failed),
    interval: rows.map(row => row.interval),
    reach: rows.map(row => row.reach),
    service: rows.map(row => row.service),
    origin: rows.map(row => row.origin),
    services: services.length,
    covered: lists.map(list => list.covered).reduce((a, b) => intersect(a, b), lists[0]?.covered ?? []),
  }
}

function rowOf(series: RequestSeries, i: number, usual: number): TrafficRow {
  const stated = series.interval[i] as number
  return {
    time: series.time[i] as number,
    total: series.total[i] as number,
    failed: series.failed[i] as number,
    interval: stated > 0 ? stated : usual,
    reach: stated,
    service: series.service,
    origin: { input: series.input[i] as number, line: series.line[i] as number },
  }
}

function coveredTime(rows: readonly TrafficRow[], longest: number, edges: readonly number[]): Intervals {
  const out: Interval[] = []
  for (const [i, { time, interval }] of rows.entries()) {
    const next = rows[i + 1]?.time
    let end = time + interval
    if (next !== undefined && next - time <= longest) end = Math.max(end, next)
    if (next === undefined) for (const edge of edges) if (edge > end && edge - time <= longest) end = edge
    out.push({ start: i === 0 ? lead(time, longest, edges) : time, end })
  }
  return merge(out)
}

function lead(first: number, longest: number, edges: readonly number[]): number {
  let start = first
  for (const edge of edges) if (edge < start && first - edge <= longest) start = edge
  return start
}

/**
 * Requests and failed ones in the counted time. A row that reaches over its edge may hold only its good requests there,
 * or only its failed ones.
 */
export function requestTotals(
  traffic: Traffic,
  counted: Intervals,
  which: Case,
): { readonly total: bigint; readonly failed: bigint } {
  let total = 0n
  let failed = 0n
  for (let i = 0; i < traffic.time.length; i++) {
    const start = traffic.time[i] as number
    const row = { start, end: start + Math.max(1, traffic.reach[i] as number) }
    if (!overlaps(counted, row)) continue
    const [all, bad] = [BigInt(traffic.total[i] as number), BigInt(traffic.failed[i] as number)]
    if (covers(counted, row)) {
      total += all
      failed += bad
    } else if (favourable(which)) total += all - bad
    else {
      total += bad
      failed += bad
    }
  }
  return { total, failed }
}

/** What the rows of one slice say; `undefined`: no row, or one that spans more than the slice. */
export interface SliceTraffic {
  readonly total: number
  readonly failed: number
}

/**
 * Rows by the slice they start in. `undefined` where a service has no row, or where a row reaches over a slice's edge: it
 * cannot say in which slice its failures fell.
 */
export function trafficBySlice(
  traffic: Traffic,
  window: Interval,
  ms: number,
): ReadonlyMap<number, SliceTraffic | undefined> {
  const slices = new Map<number, { total: number; failed: number; services: Set<string>; open: boolean }>()
  const sliceAt = (at: number) => {
    const start = window.start + Math.floor((at - window.start) / ms) * ms
    const slice = slices.get(start) ?? { total: 0, failed: 0, services: new Set<string>(), open: false }
    slices.set(start, slice)
    return { start, slice }
  }
  for (const [i, time] of traffic.time.entries()) {
    const end = time + (traffic.reach[i] as number)
    if (time >= window.end) break
    if (time < window.start && end <= window.start) continue
    const { start, slice } = sliceAt(Math.max(time, window.start))
    if (time >= window.start) {
      slice.total += traffic.total[i] as number
      slice.failed += traffic.failed[i] as number
      slice.services.add(traffic.service[i] as string)
    }
    // Its failures may have fallen into any slice that it reaches into.
    if (time >= window.start && end <= start + ms) continue
    for (let at = start; at < Math.min(end, window.end); at += ms) sliceAt(at).slice.open = true
  }
  return new Map(
    [...slices].map(([start, { total, failed, services, open }]) => [
      start,
      open || services.size < traffic.services ? undefined : { total, failed },
    ]),
  )
}

/** The rows that start in a stretch of time, as one origin when they are of one file. */
export function rowsIn(traffic: Traffic, { start, end }: Interval): Origin | undefined {
  const first = firstFrom(traffic.time, start)
  const last = firstFrom(traffic.time, end) - 1
  const [from, to] = [traffic.origin[first], traffic.origin[last]]
  if (from === undefined || to === undefined || last < first || from.input !== to.input) return undefined
  return last === first ? from : { ...from, to: to.line ?? 0 }
}
