import { DAY, HOUR, MINUTE, SECOND } from './civil.ts'
import { fixedOffset, isZoneName } from './zone-names.ts'

/** A stretch `[start, end)` of constant offset: local wall clock = UTC + `offset`, all in milliseconds. */
export interface Segment {
  readonly start: number
  readonly end: number
  readonly offset: number
}

/** Reads a zone's offset at an instant. `batch` makes many reads in a row cheaper where switching zones costs. */
export type OffsetReader = ((at: number) => number) & { readonly batch?: <T>(work: () => T) => T }

/** Where offsets come from: zone name → offset in ms at an instant. */
export type OffsetSource = (zone: string) => OffsetReader

export interface Zone {
  readonly name: string
  offsetAt(at: number): number
  /** The constant-offset stretch around an instant; may be shorter than it could be. */
  segmentAt(at: number): Segment
  /** The stretches that make up `[from, to)`, in order; neighbours differ in offset. */
  segments(from: number, to: number): readonly Segment[]
}

/** Zones by name, each with its own growing table. RangeError for a name that isn't a zone. */
export function makeZones(source: OffsetSource = intlOffsets): (name: string) => Zone {
  const known = new Map<string, Zone>()
  return name => {
    let zone = known.get(name)
    if (zone === undefined) {
      if (!isZoneName(name)) throw new RangeError(`unknown time zone "${name}"`)
      const offset = fixedOffset(name)
      zone = offset === undefined ? tableZone(name, source(name)) : fixedZone(name, offset)
      known.set(name, zone)
    }
    return zone
  }
}

/** Offsets from `Intl`. */
export function intlOffsets(zone: string): OffsetReader {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' })
  return at => offsetOfLabel(format.format(at))
}

/** `12/7/1874, GMT-00:43:08`; seconds only where the offset has some, nothing after `GMT` for none. */
function offsetOfLabel(label: string): number {
  const g = label.indexOf('GMT') + 3
  if (g === label.length) return 0
  const size =
    Number(label.slice(g + 1, g + 3)) * HOUR +
    Number(label.slice(g + 4, g + 6)) * MINUTE +
    Number(label.slice(g + 7, g + 9)) * SECOND
  return label[g] === '-' ? -size : size
}

function fixedZone(name: string, offset: number): Zone {
  const always = { start: Number.NEGATIVE_INFINITY, end: Number.POSITIVE_INFINITY, offset }
  return {
    name,
    offsetAt: () => offset,
    segmentAt: () => always,
    segments: (from, to) => (from < to ? [{ start: from, end: to, offset }] : []),
  }
}

// Tables are built in blocks of 400 days: asking about far years never walks the years between.
const BLOCK = 400 * DAY

function tableZone(name: string, reader: OffsetReader): Zone {
  const blocks = new Map<number, readonly Segment[]>()
  let last: Segment = { start: 0, end: 0, offset: 0 }

  function block(index: number): readonly Segment[] {
    let table = blocks.get(index)
    if (table === undefined) {
      const build = () => readBlock(reader, index * BLOCK, (index + 1) * BLOCK)
      table = reader.batch === undefined ? build() : reader.batch(build)
      blocks.set(index, table)
    }
    return table
  }

  function segmentAt(at: number): Segment {
    if (last.start <= at && at < last.end) return last
    if (!Number.isFinite(at)) throw new RangeError(`no instant: ${at}`)
    for (const segment of block(Math.floor(at / BLOCK))) {
      if (at < segment.end) {
        last = segment
        return segment
      }
    }
    throw new RangeError(`no instant: ${at}`)
  }

  function segments(from: number, to: number): readonly Segment[] {
    const out: Segment[] = []
    if (!(from < to)) return out
    if (!Number.isFinite(from) || !Number.isFinite(to)) throw new RangeError('segments need a finite range')
    for (let index = Math.floor(from / BLOCK); index * BLOCK < to; index++) {
      for (const s of block(index)) {
        const start = Math.max(s.start, from)
        const end = Math.min(s.end, to)
        if (start >= end) continue
        const before = out.at(-1)
        if (before?.offset === s.offset) out[out.length - 1] = { start: before.start, end, offset: s.offset }
        else out.push({ start, end, offset: s.offset })
      }
    }
    return out
  }

  return { name, offsetAt: at => segmentAt(at).offset, segmentAt, segments }
}

/** Probes once a day and narrows each change down to its second; no zone changes twice within a day. */
function readBlock(offsetAt: OffsetReader, from: number, to: number): Segment[] {
  const out: Segment[] = []
  let start = from
  let offset = offsetAt(from)
  for (let probe = from + DAY; probe <= to; probe += DAY) {
    const found = offsetAt(probe)
    if (found === offset) continue
    let low = probe - DAY
    let high = probe
    while (high - low > SECOND) {
      const middle = low + Math.floor((high - low) / (2 * SECOND)) * SECOND
      if (offsetAt(middle) === offset) low = middle
      else high = middle
    }
    if (high < to) {
      out.push({ start, end: high, offset })
      start = high
      offset = found
    }
  }
  out.push({ start, end: to, offset })
  return out
}
