import type { Origin } from '../../model/finding.ts'
import { nearest } from '../../model/nearest.ts'
import { compareOrigins } from '../tickets/tables.ts'
import { mixed } from './cells.ts'
import type { Scan } from './records.ts'
import type { ScanRow } from './rows.ts'

/** All scans, and which of them look at the same with the same tool. */
export interface ScanIndex {
  /** By time, then id. */
  readonly scans: readonly IndexedScan[]
  /** Scans of one asset, scanner and scope, by time. */
  readonly groups: readonly (readonly IndexedScan[])[]
  /** The scan that a row names; `asset` blank: that of the scan. Undefined: none, or not just one. */
  find(id: string, asset: string): IndexedScan | undefined
  /** Assets of the scans that have this id. */
  assetsOf(id: string): readonly string[]
  /** The id that was meant: another in case, or with one other letter and the same digits. */
  meant(id: string): string | undefined
  /** Whether the scan is later than `as of`. */
  isLater(id: string, asset: string): boolean
  /** A row of this scan was bad and left out. */
  lost(id: string): Origin | undefined
  /** A scan of this asset, or of one not known, was left out: what it saw is not known. */
  lostOf(asset: string): Origin | undefined
}

export interface IndexedScan extends ScanRow {
  readonly group: number
  /** Position in its group. */
  readonly position: number
  /** Another name that may be the same vulnerability, which it shows: for the one looked at it proves nothing. */
  readonly shows?: string
}

export interface ScanList {
  add(row: ScanRow): 'used' | 'duplicate'
  later(id: string, asset: string): void
  lose(id: string | undefined, asset: string | undefined, origin: Origin): void
  /** Scans given twice with rows that differ: of those neither time nor success is certain. */
  readonly repeated: ReadonlyMap<string, readonly Origin[]>
  index(): ScanIndex
}

export function makeScanList(): ScanList {
  const rows = new Map<string, { scan: ScanRow; cells: Set<number> }>()
  const later = new Set<string>()
  const laterIds = new Set<string>()
  const lostIds = new Map<string, Origin>()
  const lostAssets = new Map<string | undefined, Origin>()
  const repeated = new Map<string, Origin[]>()
  const keyOf = (id: string, asset: string): string => JSON.stringify([id, asset])

  function add(row: ScanRow): 'used' | 'duplicate' {
    const cells = mixed(row.cells, [row.at, row.database])
    const key = keyOf(row.id, row.asset)
    const known = rows.get(key)
    if (known === undefined) {
      rows.set(key, { scan: row, cells: new Set([cells]) })
      return 'used'
    }
    if (known.cells.has(cells)) return 'duplicate'
    known.cells.add(cells)
    const origins = repeated.get(key) ?? [known.scan.origin]
    origins.push(row.origin)
    repeated.set(key, origins.sort(compareOrigins))
    // Whichever row is read first.
    const first = looksAt(known.scan) <= looksAt(row) ? known.scan : row
    known.scan = {
      ...first,
      at: {
        earliest: Math.min(known.scan.at.earliest, row.at.earliest),
        latest: Math.max(known.scan.at.latest, row.at.latest),
      },
      succeeded: undefined,
      database: undefined,
    }
    return 'used'
  }

  function index(): ScanIndex {
    const groups = new Map<string, ScanRow[]>()
    const all = [...rows.values()].map(({ scan }) => scan).sort(compareScans)
    for (const scan of all) {
      const key = JSON.stringify([scan.asset, scan.scanner, scan.scope])
      const group = groups.get(key)
      if (group === undefined) groups.set(key, [scan])
      else group.push(scan)
    }
    const indexed = [...groups.values()].map((group, at) =>
      group.map((scan, position): IndexedScan => ({ ...scan, group: at, position })),
    )
    const byKey = new Map<string, IndexedScan>()
    const byId = new Map<string, IndexedScan[]>()
    for (const scan of indexed.flat()) {
      byKey.set(keyOf(scan.id, scan.asset), scan)
      const known = byId.get(scan.id)
      if (known === undefined) byId.set(scan.id, [scan])
      else known.push(scan)
    }
    return {
      scans: indexed.flat().sort(compareScans),
      groups: indexed,
      find(id, asset) {
        const [only, ...others] = byId.get(id) ?? []
        return asset !== '' ? byKey.get(keyOf(id, asset)) : others.length === 0 ? only : undefined
      },
      assetsOf: id => (byId.get(id) ?? []).map(({ asset }) => asset),
      meant: id => meantOf(id, byId.keys()),
      isLater: (id, asset) => (asset === '' ? laterIds.has(id) && !byId.has(id) : later.has(keyOf(id, asset))),
      lost: id => lostIds.get(id),
      lostOf: asset => lostAssets.get(asset) ?? lostAssets.get(undefined),
    }
  }

  return {
    add,
    later(id, asset) {
      later.add(keyOf(id, asset))
      laterIds.add(id)
    },
    lose(id, asset, origin) {
      if (id !== undefined && !lostIds.has(id)) lostIds.set(id, origin)
      if (!lostAssets.has(asset)) lostAssets.set(asset, origin)
    },
    repeated,
    index,
  }
}

const looksAt = ({ scanner, scope }: Scan): string => JSON.stringify([scanner, scope])

function meantOf(id: string, known: Iterable<string>): string | undefined {
  const digits = (text: string): string => text.replace(/\D+/g, ' ').trim()
  const [wanted, lower] = [digits(id), id.toLowerCase()]
  const alike = [...known].filter(one => one !== id && digits(one) === wanted)
  return alike.find(one => one.toLowerCase() === lower) ?? nearest(id, alike)
}

function compareScans(a: Scan, b: Scan): number {
  const time = a.at.earliest - b.at.earliest || a.at.latest - b.at.latest
  if (time !== 0) return time
  const [one, other] = [JSON.stringify([a.id, a.asset]), JSON.stringify([b.id, b.asset])]
  return one < other ? -1 : one > other ? 1 : 0
}
