import type { Origin } from '../model/finding.ts'
import { durationText } from '../time/duration.ts'
import { type Fold, leastKept, type Run, type StateCode, WIDE } from './probe-fold.ts'
import { type Closed, chain, makeSegment, type Segment } from './probe-segment.ts'
import type { Problems } from './problems.ts'
import type { ProbeRun, ProbeSeries } from './records.ts'

/** Folds the samples of all probes while they are read; memory grows with the number of probes and of state changes. */
export interface CheckFolder {
  /** Segments don't reach over files. */
  beginFile(input: number): void
  /** False: the sample says the same as another of that probe and instant. */
  add(
    service: string,
    location: string,
    source: string,
    filter: number,
    time: number,
    state: StateCode,
    line: number,
  ): boolean
  /** The series in a fixed order, and the file of every sample that turned out to be a duplicate. */
  finish(problemsOf: (input: number) => Problems): {
    readonly series: readonly ProbeSeries[]
    readonly duplicates: readonly number[]
  }
}

/** One probe breaking off this often is a file in no order at all. */
export const MOST_SEGMENTS = 1000

export function makeCheckFolder(keepAbove = Number.POSITIVE_INFINITY): CheckFolder {
  const services = new Map<string, Map<string, Map<string, Probe[]>>>()
  const probes: Probe[] = []
  let input = 0
  let last: Probe | undefined

  function probeOf(service: string, location: string, source: string, filter: number): Probe {
    const list = inner(inner(services, service), location)
    let bySource = list.get(source)
    if (bySource === undefined) {
      bySource = []
      list.set(source, bySource)
    }
    for (const probe of bySource) if (probe.filter === filter) return probe
    const probe: Probe = { service, location, source, filter, closed: [], open: undefined, lost: undefined }
    bySource.push(probe)
    probes.push(probe)
    return probe
  }

  function add(
    service: string,
    location: string,
    source: string,
    filter: number,
    time: number,
    state: StateCode,
    line: number,
  ): boolean {
    const same =
      last !== undefined &&
      last.service === service &&
      last.location === location &&
      last.source === source &&
      last.filter === filter
    const probe = same && last !== undefined ? last : probeOf(service, location, source, filter)
    last = probe
    if (probe.lost !== undefined) return true
    probe.open ??= makeSegment(input, keepAbove)
    const taken = probe.open.add(time, state, line)
    if (taken !== 'too-late') return taken === 'new'
    probe.closed.push(probe.open.close())
    if (probe.closed.length >= MOST_SEGMENTS) {
      probe.lost = { input, line }
      probe.open = undefined
      return true
    }
    probe.open = makeSegment(input, keepAbove)
    probe.open.add(time, state, line)
    return true
  }

  function closeAll(): void {
    for (const probe of probes) {
      if (probe.open !== undefined) probe.closed.push(probe.open.close())
      probe.open = undefined
    }
  }

  return {
    beginFile(next) {
      closeAll()
      input = next
    },
    add,
    finish(problemsOf) {
      closeAll()
      const series: ProbeSeries[] = []
      const duplicates: number[] = []
      probes.sort(
        (a, b) =>
          order(a.service, b.service) ||
          order(a.location, b.location) ||
          order(a.source, b.source) ||
          a.filter - b.filter,
      )
      // A row that several filters see is one row: it is counted, or warned of, once.
      const first = Math.min(...probes.map(probe => probe.filter))
      for (const probe of probes) {
        if (probe.lost !== undefined) {
          problemsOf(probe.lost.input).error({
            code: 'unsorted',
            message: `samples of ${nameOf(probe)} are in no order: more than ${MOST_SEGMENTS} jumps back in time`,
            hint: 'sort the file by time',
            place: { line: probe.lost.line, column: 1 },
          })
          continue
        }
        const chains = chainsOf(probe.closed)
        if (chains.length > 1 && probe.filter === first) warnOverlap(probe, chains, problemsOf)
        for (const segments of chains) {
          const { fold, duplicates: again } = chain(segments, keepAbove)
          if (probe.filter === first) duplicates.push(...again)
          series.push(seriesOf(probe, fold, problemsOf))
        }
      }
      return { series, duplicates }
    },
  }
}

interface Probe {
  readonly service: string
  readonly location: string
  readonly source: string
  readonly filter: number
  readonly closed: Closed[]
  open: Segment | undefined
  /** Where the probe was given up as unsorted. */
  lost: { readonly input: number; readonly line: number } | undefined
}

function inner<T>(map: Map<string, Map<string, T>>, key: string): Map<string, T> {
  let found = map.get(key)
  if (found === undefined) {
    found = new Map()
    map.set(key, found)
  }
  return found
}

/** Segments laid end to end where they don't overlap in time: as few chains as it takes. */
function chainsOf(closed: readonly Closed[]): Closed[][] {
  const sorted = [...closed].sort(
    (a, b) => a.first.time - b.first.time || a.last.time - b.last.time || a.input - b.input,
  )
  const chains: Closed[][] = []
  for (const segment of sorted) {
    const free = chains.find(list => (list.at(-1)?.last.time ?? 0) <= segment.first.time)
    if (free === undefined) chains.push([segment])
    else free.push(segment)
  }
  return chains
}

function warnOverlap(probe: Probe, chains: readonly Closed[][], problemsOf: (input: number) => Problems): void {
  const inputs = [...new Set(chains.flat().map(segment => segment.input))].sort((a, b) => a - b)
  const files = inputs.map(input => problemsOf(input).file)
  const where = files.length === 1 ? `in ${files[0]}` : `in ${files.join(' and ')}`
  const late = chains[1]?.[0]
  problemsOf(late?.input ?? 0).warn({
    code: 'overlap',
    message: `samples of ${nameOf(probe)} ${where} overlap in time: kept as ${chains.length} series side by side`,
    hint: 'give each file once, sorted by time',
    place: { line: late === undefined ? 1 : Math.min(late.first.line, late.last.line), column: 1 },
  })
}

function seriesOf(probe: Probe, fold: Fold, problemsOf: (input: number) => Problems): ProbeSeries {
  const { service, location, source, filter } = probe
  const { usual } = fold.distances
  const lost = fold.dropped > Math.min(WIDE * usual, fold.keepAbove)
  if (fold.dropped > 2 * WIDE * usual) {
    problemsOf(fold.first.input).error({
      code: 'interval-changes',
      message: `the usual interval of ${nameOf(probe)} changes: most samples are ${durationText(usual)} apart, others for long ${durationText(fold.dropped)}`,
      hint: 'give stretches with different intervals a `source` column that tells them apart, and say `every:` or `max-gap:`',
      place: { line: fold.first.line, column: 1 },
    })
  }
  const gaps = fold.pairs.filter(pair => pair.end - pair.start > leastKept(fold))
  return {
    service,
    location,
    source,
    filter,
    samples: fold.samples,
    first: fold.first.time,
    last: fold.last.time,
    usual,
    runs: fold.runs.map(runOf),
    gaps: gaps.map(({ start, end, input, line }) => ({ start, end, origin: { input, line } })),
    ...(lost ? { gapsAbove: fold.dropped } : {}),
    origin: rows(
      fold.first.input,
      fold.first.line,
      fold.last.input === fold.first.input ? fold.last.line : fold.first.line,
    ),
  }
}

function runOf(run: Run): ProbeRun {
  return {
    state: STATES[run.state] ?? 'unknown',
    first: run.first,
    last: run.last,
    ...(run.before === undefined ? {} : { before: run.before }),
    ...(run.after === undefined ? {} : { after: run.after }),
    origin: rows(run.input, run.fromLine, run.toLine),
  }
}

const STATES: readonly (ProbeRun['state'] | undefined)[] = [undefined, 'unknown', 'degraded', 'down']

function rows(input: number, a: number, b: number): Origin {
  return a === b ? { input, line: a } : { input, line: Math.min(a, b), to: Math.max(a, b) }
}

function nameOf(probe: Probe): string {
  const parts = [probe.service, probe.location, probe.source].filter(part => part !== '')
  return parts.length === 0 ? 'the service' : parts.map(part => `"${part}"`).join(' / ')
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
