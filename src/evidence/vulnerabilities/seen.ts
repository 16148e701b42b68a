import type { IndexedScan, ScanIndex } from './scans.ts'
import { isBefore } from './tables.ts'

/** A row of a scan that saw the vulnerability; `cells` tells rows of one scan apart, whichever is read first. */
export interface Sighting {
  readonly row: number
  readonly cells: number
  readonly scan: IndexedScan
}

/** A life as scans show it. */
export interface SeenLife {
  /** By time. */
  readonly sightings: readonly Sighting[]
  readonly first: IndexedScan
  readonly last: IndexedScan
  /** The first scan that proves it gone. */
  readonly gone?: IndexedScan
  /** Why it is not known whether it is gone, where a scan leaves that open. */
  readonly unknown?: string
  /** A later scan of the same looked, but is no proof. */
  readonly looked?: true
}

/** Sightings within one group of scans that no proof of absence parts. */
interface Stretch {
  readonly group: readonly IndexedScan[]
  sightings: Sighting[]
  first: IndexedScan
  last: IndexedScan
  /** The next sighting in the group, if any. */
  next?: IndexedScan
}

/**
 * Lives of one vulnerability from everything that scans of all groups saw of it, in order. `shown`: what other scans
 * show that may be the same under another name.
 */
export function seenLives(
  sightings: readonly Sighting[],
  scans: ScanIndex,
  shown: ReadonlyMap<IndexedScan, string> = NONE,
): readonly SeenLife[] {
  const byGroup = new Map<number, Sighting[]>()
  for (const sighting of sightings) {
    const list = byGroup.get(sighting.scan.group)
    if (list === undefined) byGroup.set(sighting.scan.group, [sighting])
    else list.push(sighting)
  }
  const stretches = [...byGroup].flatMap(([group, seen]) =>
    stretchesOf(doubtful(scans.groups[group] ?? [], seen, shown), seen),
  )
  stretches.sort((a, b) => byTime(a.first, b.first))
  const lives: Stretch[][] = []
  for (const stretch of stretches) {
    const current = lives.at(-1)
    if (current === undefined || isApart(current, stretch)) lives.push([stretch])
    else current.push(stretch)
  }
  return lives.map(parts => lifeOf(parts, scans))
}

/** A scan that shows it under another name, maybe, does not prove it gone. */
function doubtful(
  group: readonly IndexedScan[],
  seen: readonly Sighting[],
  shown: ReadonlyMap<IndexedScan, string>,
): readonly IndexedScan[] {
  if (shown.size === 0) return group
  const own = new Set(seen.map(({ scan }) => scan))
  return group.map(scan => {
    const shows = own.has(scan) || scan.succeeded === false ? undefined : shown.get(scan)
    return shows === undefined ? scan : { ...scan, succeeded: undefined, shows }
  })
}

function stretchesOf(group: readonly IndexedScan[], seen: Sighting[]): readonly Stretch[] {
  seen.sort((a, b) => a.scan.position - b.scan.position || a.cells - b.cells || a.row - b.row)
  const found: Stretch[] = []
  for (const sighting of seen) {
    const { scan } = sighting
    const current = found.at(-1)
    if (current !== undefined && (scan === current.last || proof(group, current.last, scan) === undefined)) {
      current.last = scan
      current.sightings.push(sighting)
      continue
    }
    if (current !== undefined) current.next = scan
    found.push({ group, sightings: [sighting], first: scan, last: scan })
  }
  return found
}

/**
 * The first scan that succeeded, after `last` (and after `after`, of whatever group) and before the next one that saw
 * it. A scan with an older database may just not know of it.
 */
function proof(
  group: readonly IndexedScan[],
  last: IndexedScan,
  next: IndexedScan | undefined,
  after = last,
): IndexedScan | undefined {
  for (let i = last.position + 1; i < group.length; i++) {
    const scan = group[i]
    if (scan === undefined || (next !== undefined && !isBefore(scan.at, next.at))) return undefined
    if (scan.succeeded !== true || !isBefore(last.at, scan.at) || !isBefore(after.at, scan.at)) continue
    if (isOlder(scan, last)) continue
    return scan
  }
  return undefined
}

function isOlder(scan: IndexedScan, than: IndexedScan): boolean {
  const [one, other] = [scan.database, than.database]
  return one !== undefined && one !== null && other !== undefined && other !== null && one.earliest < other.earliest
}

/** Whether a life was proved gone before another stretch begins. */
function isApart(parts: readonly Stretch[], next: Stretch): boolean {
  const gone = goneIn(parts, lastOf(parts))
  return gone !== undefined && isBefore(gone.at, next.first.at)
}

function lastOf(parts: readonly Stretch[]): IndexedScan {
  return parts.map(part => part.last).reduce((a, b) => (byTime(a, b) < 0 ? b : a))
}

function goneIn(parts: readonly Stretch[], last: IndexedScan): IndexedScan | undefined {
  let first: IndexedScan | undefined
  for (const part of parts) {
    const found = proof(part.group, part.last, part.next, last)
    if (found !== undefined && (first === undefined || byTime(found, first) < 0)) first = found
  }
  return first
}

function lifeOf(parts: readonly Stretch[], scans: ScanIndex): SeenLife {
  const [begin] = parts
  if (begin === undefined) throw new RangeError('a life without a sighting')
  const last = lastOf(parts)
  const sightings = parts
    .flatMap(part => part.sightings)
    .sort((a, b) => byTime(a.scan, b.scan) || a.cells - b.cells || a.row - b.row)
  const gone = goneIn(parts, last)
  if (gone !== undefined) return { sightings, first: begin.first, last, gone }
  const unknown = openQuestion(parts, last, scans)
  if (unknown !== undefined) return { sightings, first: begin.first, last, unknown }
  const looked = parts.some(({ group }) => (group.at(-1)?.at.latest ?? 0) > last.at.latest)
  return { sightings, first: begin.first, last, ...(looked ? { looked } : {}) }
}

/** A later scan without it that leaves open whether it looked, or whether it was later at all. */
function openQuestion(parts: readonly Stretch[], last: IndexedScan, scans: ScanIndex): string | undefined {
  for (const { group, last: own, sightings } of parts) {
    const seen = new Set(sightings.map(({ scan }) => scan))
    for (const scan of group) {
      if (seen.has(scan) || scan.succeeded === false || scan.at.latest <= last.at.earliest) continue
      if (scan.shows !== undefined) {
        return `scan "${scan.id}" shows ${scan.shows}, which may be the same under another name`
      }
      if (scan.succeeded === undefined) return `scan "${scan.id}" does not say whether it succeeded`
      if (!isBefore(last.at, scan.at) && !isOlder(scan, own)) {
        return `whether scan "${scan.id}" is later than scan "${last.id}" is not known`
      }
    }
  }
  const lost = parts.some(({ last: { asset } }) => scans.lostOf(asset) !== undefined)
  return lost ? 'a bad row of a scan was left out' : undefined
}

const NONE: ReadonlyMap<IndexedScan, string> = new Map()

function byTime(a: IndexedScan, b: IndexedScan): number {
  return a.at.earliest - b.at.earliest || a.at.latest - b.at.latest || a.group - b.group || a.position - b.position
}
