import type { ProbeRun, ProbeSeries } from '../../evidence/records.ts'
import type { Origin } from '../../model/finding.ts'
import type { Interval } from '../../model/interval.ts'
import { type Intervals, merge, subtract, union } from '../../time/interval.ts'
import { compareFractions, type Fraction, NOTHING, WHOLE } from '../fraction.ts'
import { combine, largest, layer, support, type Weighted, type WeightedList, weigh } from '../weighted.ts'
import { type Case, favourable, perCase } from './cases.ts'
import type { AvailabilityBody } from './schema.ts'

/** Down time of one service from its samples, per case, and the time that samples speak for. */
export interface ProbeTime {
  readonly covered: Intervals
  readonly down: Readonly<Record<Case, WeightedList>>
  readonly runs: readonly ProbeItem[]
}

/** One stretch of not-up samples as it counts, with the row of its first sample. */
export interface ProbeItem {
  readonly at: Interval
  readonly weight: Fraction
  readonly origin: Origin
  readonly state: 'down' | 'degraded'
  readonly location: string
  readonly source: string
}

interface Part {
  readonly first: number
  readonly last: number
  /** The next sample, or one usual interval after the last where none came in time. */
  readonly limit: number
  readonly run: ProbeRun
}

/**
 * Down from the first down sample to the next up sample (upper bound), at least from the first to the last down
 * sample. `edges` are window starts and ends: time between an edge and the nearest sample is no gap if short enough.
 */
export function probeTime(
  series: readonly ProbeSeries[],
  body: AvailabilityBody,
  edges: readonly number[],
  asOf: number,
): ProbeTime {
  const locations = new Map<string, { covered: Interval[]; down: Record<Case, Weighted[]>; items: ProbeItem[] }>()
  for (const one of series) {
    const place = locations.get(one.location) ?? {
      covered: [],
      down: { best: [], up: [], down: [], worst: [] },
      items: [],
    }
    locations.set(one.location, place)
    const { covered, parts } = readSeries(one, body, edges, asOf)
    place.covered.push(...covered)
    for (const part of parts) addPart(place, part, one, body)
  }
  const places = [...locations.values()].map(({ covered, down, items }) => ({
    covered: merge(covered),
    down: perCase(which => layer(down[which])),
    items,
  }))
  const runs = places.flatMap(place => place.items)
  if (places.length === 1 && places[0] !== undefined) return { covered: places[0].covered, down: places[0].down, runs }
  return {
    covered: places.reduce<Intervals>((all, place) => union(all, place.covered), []),
    down: perCase(which =>
      overLocations(
        places.map(place => ({ covered: place.covered, down: place.down[which] })),
        body['down-when'] ?? 'any',
      ),
    ),
    runs,
  }
}

function addPart(
  place: { down: Record<Case, Weighted[]>; items: ProbeItem[] },
  part: Part,
  series: ProbeSeries,
  body: AvailabilityBody,
): void {
  const { state } = part.run
  if (state === 'unknown') return
  const middle = Math.floor((part.last + part.limit) / 2)
  const chosen = { 'first-up': part.limit, 'last-down': part.last, midpoint: middle }[body.sampling ?? 'first-up']
  const ends = { best: part.last, up: chosen, down: chosen, worst: part.limit }
  for (const which of ['best', 'up', 'down', 'worst'] as const) {
    const weight = stateWeight(state, body, which)
    place.down[which].push({ start: part.first, end: ends[which], weight })
  }
  place.items.push({
    at: { start: part.first, end: chosen },
    weight: stateWeight(state, body, 'up'),
    origin: part.run.origin,
    state,
    location: series.location,
    source: series.source,
  })
}

/** Samples carry no affected share: `affected` leaves their weight open. */
function stateWeight(state: 'down' | 'degraded', body: AvailabilityBody, which: Case): Fraction {
  if (state === 'down') return WHOLE
  const weight = body.degraded ?? NOTHING
  return weight === 'affected' ? (favourable(which) ? NOTHING : WHOLE) : weight
}

function readSeries(
  series: ProbeSeries,
  body: AvailabilityBody,
  edges: readonly number[],
  asOf: number,
): { covered: Intervals; parts: readonly Part[] } {
  const usual = body.every ?? series.usual
  const longest = body['max-gap'] ?? 3 * usual
  // Pauses as short as this were not kept one by one: where the series is silent cannot be told.
  if (longest < (series.gapsAbove ?? 0)) return { covered: [], parts: series.runs.map(run => certainPart(run)) }
  const gaps = series.gaps.filter(gap => gap.end - gap.start > longest)
  const tail = tailEnd(series.last, usual, longest, edges, asOf)
  const parts = series.runs.flatMap(run => splitRun(run, gaps, usual, tail))
  const unknown = parts
    .filter(({ run }) => run.state === 'unknown')
    .map(({ first, limit }) => ({ start: first, end: Math.max(first, limit) }))
  const silent = gaps.map(gap => ({ start: gap.start + usual, end: gap.end }))
  const span = merge([{ start: leadStart(series.first, longest, edges), end: tail }])
  return { covered: subtract(span, merge([...unknown, ...silent])), parts }
}

/** Only the samples themselves: nothing is known between them. */
function certainPart(run: ProbeRun): Part {
  return { first: run.first, last: run.last, limit: run.last, run }
}

/** A run is cut at every gap that lies in it or follows it; each part ends one usual interval after its last sample. */
function splitRun(run: ProbeRun, gaps: readonly Interval[], usual: number, tail: number): Part[] {
  const parts: Part[] = []
  let first = run.first
  for (let i = firstGapFrom(gaps, run.first); i < gaps.length; i++) {
    const gap = gaps[i] as Interval
    if (gap.start >= run.last) break
    parts.push({ first, last: gap.start, limit: gap.start + usual, run })
    first = gap.end
  }
  const next = gaps[firstGapFrom(gaps, run.last)]
  const cut = next !== undefined && next.start === run.last
  const limit = cut ? run.last + usual : (run.after ?? Math.max(run.last, tail))
  parts.push({ first, last: run.last, limit, run })
  return parts
}

function firstGapFrom(gaps: readonly Interval[], at: number): number {
  let low = 0
  let high = gaps.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((gaps[middle] as Interval).start < at) low = middle + 1
    else high = middle
  }
  return low
}

/** Time before the first sample is known back to a window's start that is no further away than a gap may be. */
function leadStart(first: number, longest: number, edges: readonly number[]): number {
  let start = first
  for (const edge of edges) if (edge < start && first - edge <= longest) start = edge
  return start
}

/** One usual interval after the last sample, or up to `asOf` or a window's end when that is no gap. */
function tailEnd(last: number, usual: number, longest: number, edges: readonly number[], asOf: number): number {
  if (asOf - last <= longest) return Math.max(asOf, last)
  let end = Math.min(last + usual, asOf)
  for (const edge of edges) if (edge > end && edge - last <= longest && edge <= asOf) end = edge
  return end
}

/** Of the locations that report at an instant: any, more than half, or all of them must say so. */
function overLocations(
  places: readonly { readonly covered: Intervals; readonly down: WeightedList }[],
  rule: 'any' | 'majority' | 'all',
): WeightedList {
  if (rule === 'any') return largest(places.map(place => place.down))
  const count = places.length
  const reporting = places.map(({ covered, down }) => weigh(union(covered, support(down)), WHOLE))
  return combine([...places.map(place => place.down), ...reporting], weights => {
    const voices: Fraction[] = []
    for (let i = 0; i < count; i++) if ((weights[count + i] as Fraction).part > 0) voices.push(weights[i] as Fraction)
    voices.sort((a, b) => compareFractions(b, a))
    const needed = rule === 'all' ? voices.length : Math.floor(voices.length / 2) + 1
    return voices[needed - 1] ?? NOTHING
  })
}
