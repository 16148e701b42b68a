import type { Origin } from '../../model/finding.ts'
import type { Moment } from '../../model/interval.ts'
import type { Happened } from '../records.ts'
import { compareOrigins } from '../tickets/tables.ts'
import { earliestTold } from './bodies.ts'
import { withScans } from './mixed.ts'
import type { VulnerabilityFlaw } from './records.ts'
import { type RoughLife, SEEN_AFTER } from './rough-life.ts'
import type { IndexedScan, ScanIndex } from './scans.ts'
import { type SeenLife, type Sighting, seenLives } from './seen.ts'
import { BAD, DETECTED_LATER, type Grouped, isBefore, LEFT, type RowTable, type SharedTexts } from './tables.ts'
import { endOf, startOf, type ToldLife, toldLives } from './told.ts'

/** What the rows of one key come to. */
export interface KeyLives {
  readonly lives: readonly RoughLife[]
  /** Rows that equal another one in every cell. */
  readonly duplicates: readonly number[]
  /** Sightings of scans later than `as of`. */
  readonly later: readonly number[]
  /** Sightings whose scan no row tells of. */
  readonly unknown: readonly number[]
}

export type LivesOf = (key: number) => KeyLives

/** What lives are made of; `likenessOf`: keys of the same place that may be the same under another name. */
export interface LivesSource {
  readonly rows: RowTable
  readonly byKey: Grouped
  readonly scans: ScanIndex
  readonly shared: SharedTexts
  likenessOf(key: number): readonly number[]
  /** Epoch ms: what was seen before and not since is not known to be there. */
  readonly asOf: number
}

export function makeLives({ rows, byKey, scans, shared, likenessOf, asOf }: LivesSource): LivesOf {
  // By numbers of the scan's id and of the asset, as every sighting asks.
  const known = new Map<number, Map<number, IndexedScan | undefined>>()

  const scanIn = (row: number): string => shared.texts.text(rows.scan.get(row))
  const assetOf = (row: number): string => shared.texts.text(shared.keys.asset(rows.key.get(row)))

  return key => {
    const plain = plainRow(key, rows, byKey)
    if (plain >= 0) return { ...NOTHING_ODD, lives: withScans(toldLives([plain], rows), [], rows) }
    const sorted = sortRows(key)
    const { log, seen, unknown, bad, kept } = sorted
    const none = { lives: [], duplicates: sorted.duplicates, later: sorted.later, unknown }
    if (!kept) return none
    const told = [...toldLives(log, rows)]
    const vague = vagueLife(unknown.filter(row => isDated(rows.detected.get(row))))
    if (vague !== undefined && !told.some(life => isInside(vague, life))) {
      told.push(vague)
      told.sort((a, b) => (startOf(a) < startOf(b) ? -1 : 1))
    }
    const looks = statedFixes(seenLives(seen, scans, seen.length === 0 ? undefined : shownInstead(key)))
    const lives = told.length === 0 ? looks : withScans(told, looks, rows)
    const flaw = flawOf(bad, unknown, sorted.lostScans)
    if (lives.length > 0) return { ...none, lives: flaw === undefined ? lives : lives.map(life => ({ flaw, ...life })) }
    if (flaw === undefined) return none
    const spoiled = [...bad, ...unknown]
    const detected = earliestTold(spoiled.map(row => rows.detected.get(row)))
    const fixUnknown = flaw.why
    const base = { detected, fixed: undefined, fixedBy: 'row', fixUnknown, part: 'whole' } as const
    return { ...none, lives: [{ ...base, told: spoiled, seen: [], flaw }] }
  }

  function scanOf(id: number, asset: number): IndexedScan | undefined {
    let ofAssets = known.get(id)
    if (ofAssets === undefined) {
      ofAssets = new Map()
      known.set(id, ofAssets)
    }
    if (!ofAssets.has(asset)) ofAssets.set(asset, scans.find(shared.texts.text(id), shared.texts.text(asset)))
    return ofAssets.get(asset)
  }

  /** Scans that show what may be the same under another name. */
  /** How another key differs: in its name, else in its component. */
  function shownName(key: number, other: number): string {
    const name = shared.names.text(shared.keys.name(other))
    if (shared.keys.name(key) !== shared.keys.name(other)) return name
    const component = shared.texts.text(shared.keys.component(other))
    return component === '' ? `${name} without a component` : `${name} in ${component}`
  }
  function shownInstead(key: number): ReadonlyMap<IndexedScan, string> | undefined {
    const others = likenessOf(key)
    if (others.length === 0) return undefined
    const shown = new Map<IndexedScan, string>()
    for (const other of others) {
      for (let i = byKey.starts[other] ?? 0; i < (byKey.starts[other + 1] ?? 0); i++) {
        const id = rows.scan.get(byKey.order[i] ?? 0)
        const scan = id === 0 ? undefined : scanOf(id, shared.keys.asset(other))
        if (scan === undefined) continue
        const name = shownName(key, other)
        const before = shown.get(scan)
        // Of several the first by name, whatever the order of rows.
        if (before === undefined || name < before) shown.set(scan, name)
      }
    }
    return shown
  }

  function sortRows(key: number) {
    const asset = shared.keys.asset(key)
    const log: number[] = []
    const seen: Sighting[] = []
    const unknown: number[] = []
    const bad: number[] = []
    const later: number[] = []
    const duplicates: number[] = []
    const lostScans: Origin[] = []
    const cells = new Set<number>()
    let kept = false
    for (let i = byKey.starts[key] ?? 0; i < (byKey.starts[key + 1] ?? 0); i++) {
      const row = byKey.order[i] ?? 0
      const [flags, hash, scanText] = [rows.flags.get(row), rows.cells.get(row), rows.scan.get(row)]
      if ((flags & BAD) !== 0) {
        bad.push(row)
        kept = true
        continue
      }
      const left = (flags & LEFT) !== 0
      if (!left && cells.has(hash)) {
        duplicates.push(row)
        continue
      }
      if (!left) cells.add(hash)
      if (scanText === 0) {
        log.push(row)
        kept = true
        continue
      }
      const scan = scanOf(scanText, asset)
      if (scan !== undefined) {
        seen.push({ row, scan, cells: hash })
        kept ||= !left
        continue
      }
      if (left) continue
      const id = shared.texts.text(scanText)
      if (scans.isLater(id, shared.texts.text(asset)) || (flags & DETECTED_LATER) !== 0) later.push(row)
      else {
        unknown.push(row)
        kept = true
        const lost = scans.lost(id)
        if (lost !== undefined) lostScans.push(lost)
      }
    }
    // Which scan is named does not hang on the order of the rows.
    if (unknown.length > 1)
      unknown.sort((a, b) => compare(scanIn(a), scanIn(b)) || rows.cells.get(a) - rows.cells.get(b))
    return { log, seen, unknown, bad, later, duplicates, lostScans, kept }
  }

  /** All that scans which nobody knows saw: it was there when it was detected, and nothing says until when. */
  function vagueLife(found: readonly number[]): ToldLife | undefined {
    const [first] = found
    if (first === undefined) return undefined
    const fixed = earliestTold(found.map(row => rows.fixed.get(row)).filter(isDated))
    const scan = scanIn(first)
    return {
      detected: earliestTold(found.map(row => rows.detected.get(row))),
      fixed,
      fixedBy: 'row',
      ...(fixed === undefined ? { fixUnknown: whyUnknown(scan, assetOf(first)) } : {}),
      rows: found,
      part: 'whole',
    }
  }

  function flawOf(
    bad: readonly number[],
    unknown: readonly number[],
    lostScans: readonly Origin[],
  ): VulnerabilityFlaw | undefined {
    const origins = (found: readonly number[]): Origin[] => found.map(row => rows.origin.get(row)).sort(compareOrigins)
    if (bad.length > 0 || lostScans.length > 0) {
      const all = [...origins(bad), ...lostScans]
      const why = all.length === 1 ? 'a bad row of it was left out' : `${all.length} bad rows of it were left out`
      return { reason: 'bad-row', why, origins: all.sort(compareOrigins) }
    }
    const undated = unknown.filter(row => !isDated(rows.detected.get(row)))
    const [first] = undated
    if (first === undefined) return undefined
    const why = whyUnknown(scanIn(first), assetOf(first))
    return { reason: 'unknown-scan', why, origins: origins(undated) }
  }

  function whyUnknown(id: string, asset: string): string {
    const assets = scans.assetsOf(id)
    if (assets.length === 0) return `no scan row has the id "${id}"`
    if (asset !== '') return `no scan row has the id "${id}" and the asset "${asset}"`
    return `scan "${id}" is of ${assets.length} assets, and the row names none`
  }

  /** Lives as scans show them, with the fixes that rows of scans state themselves. */
  function statedFixes(looks: readonly SeenLife[]): readonly RoughLife[] {
    const lives: RoughLife[] = []
    for (const look of looks) {
      const before = lives.at(-1)?.fixed
      const own = look.sightings.map(({ row }) => rows.detected.get(row))
      // What tools call the first detection may be that of an earlier life.
      const mine = own.filter(
        stamp => isDated(stamp) && (before === undefined || before === null || before.latest <= stamp.earliest),
      )
      const detected = earliestTold([look.first.at, ...mine])
      lives.push(withStatedFix({ ...base(look), detected }, look))
    }
    return lives
  }

  function base({ sightings, last, gone, unknown, looked }: SeenLife): Omit<RoughLife, 'detected'> {
    const shared = { fixedBy: 'scan', told: [], part: 'whole', seen: sightings, lastSeen: last } as const
    if (gone === undefined) {
      if (unknown === undefined && last.at.earliest >= asOf) return { ...shared, fixed: null }
      const since = looked === true ? 'no scan since that would show it gone' : 'no scan since'
      return { ...shared, fixed: undefined, fixUnknown: unknown ?? since }
    }
    return { ...shared, fixed: { earliest: last.at.earliest + 1, latest: gone.at.latest }, goneIn: gone }
  }

  function withStatedFix(life: RoughLife, { sightings, first }: SeenLife): RoughLife {
    const stated = sightings.filter(({ row }) => isDated(rows.fixed.get(row)))
    const fixed = stated.length === 0 ? undefined : rows.fixed.get(stated.at(-1)?.row ?? 0)
    if (fixed === undefined || fixed === null) return life
    const { lastSeen: _last, goneIn: _gone, fixUnknown: _unknown, ...rest } = life
    const told: RoughLife = { ...rest, fixed, fixedBy: 'row' }
    const others = stated.filter(({ row }) => {
      const other = rows.fixed.get(row)
      return isDated(other) && (other.earliest !== fixed.earliest || other.latest !== fixed.latest)
    })
    const after = sightings.filter(({ row, scan }) => !isDated(rows.fixed.get(row)) && isBefore(fixed, scan.at))
    const odd = others.length > 0 ? others : after
    if (odd.length === 0) return told
    const why = others.length > 0 ? 'its rows tell different fixes' : SEEN_AFTER
    const origins = [...odd, stated.at(-1)].flatMap(one => (one === undefined ? [] : [rows.origin.get(one.row)]))
    const flaw: VulnerabilityFlaw = { reason: 'contradictory', why, origins: origins.sort(compareOrigins) }
    return { ...told, detected: told.detected ?? first.at, flaw }
  }
}

/** The one row of a key that only has this row, one of a log; -1 for other keys. */
export function plainRow(key: number, rows: RowTable, { starts, order }: Grouped): number {
  const from = starts[key] ?? 0
  if (starts[key + 1] !== from + 1) return -1
  const row = order[from] ?? 0
  return (rows.flags.get(row) & (BAD | LEFT)) === 0 && rows.scan.get(row) === 0 ? row : -1
}

const NOTHING_ODD: Omit<KeyLives, 'lives'> = { duplicates: [], later: [], unknown: [] }

function isDated(stamp: Happened): stamp is Moment {
  return stamp !== undefined && stamp !== null
}

function isInside(vague: ToldLife, life: ToldLife): boolean {
  return startOf(life) <= startOf(vague) && startOf(vague) <= endOf(life)
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)
