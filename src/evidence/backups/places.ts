import type { PlaceRows } from './copies.ts'
import type { Group } from './entries.ts'
import type { Sighting } from './listings.ts'
import type { BackupRow, CopyRow, Place } from './rows.ts'
import { placeKey, type Run } from './runs.ts'
import { compareKnown, compareTexts } from './times.ts'

/** What rows say of a backup, sorted by id. */
export interface EntryRows {
  /** Its id; of a row without one what it is called. */
  readonly id: string
  readonly runs: readonly Run[]
  /** In an order of their own. */
  readonly copies: readonly CopyRow[]
  readonly spots: readonly SpotRows[]
}

/** What listings show of an id at one place. */
export interface SpotRows {
  readonly place: Place
  readonly all: readonly Sighting[]
  /** Those that show it there, by time; also rows that were left out. */
  readonly seen: readonly Sighting[]
  /** What they say of it, the latest first, of what has left something there. */
  readonly bodies: readonly BackupRow[]
}

/** Every place that a row names, also of runs that left nothing there. */
export function placesOf(rows: readonly EntryRows[], isNamed: (id: string) => boolean): ReadonlyMap<string, PlaceRows> {
  const places = new Map<string, PlaceRows>()

  function at(key: string): PlaceRows {
    let found = places.get(key)
    if (found === undefined) {
      found = { key, ids: new Map(), runs: [], transfers: [], seen: [], bodies: [] }
      places.set(key, found)
    }
    return found
  }

  for (const { id, runs } of rows) {
    for (const run of runs) {
      const place = at(placeKey(run.row.place))
      place.runs.push(run)
      place.ids.set(id, [id])
    }
  }
  for (const { copies } of rows) {
    for (const row of copies) {
      const place = at(transferKey(row))
      place.transfers.push(row)
      const isOwn = row.id !== '' && isNamed(row.id)
      place.ids.set(isOwn ? row.id : row.backup, isOwn ? [row.id, row.backup] : [row.backup])
    }
  }
  const spots = rows.flatMap(({ id, spots }) => spots.map(spot => ({ id, spot, key: placeKey(spot.place) })))
  // Those that say least of where it is come last.
  for (const { id, spot, key } of spots.sort((a, b) => Number(a.key === '') - Number(b.key === ''))) {
    const place = at(spot.place.location === '' ? unnamedKey(key, places) : key)
    place.seen.push(...spot.seen)
    place.bodies.push(...spot.bodies)
    if (spot.bodies.length > 0 && !place.ids.has(id)) place.ids.set(id, [id])
  }
  return places
}

/** The one unnamed place that is told, if a listing says no more of where it looks. */
function unnamedKey(key: string, places: ReadonlyMap<string, PlaceRows>): string {
  if (places.has(key)) return key
  const unnamed = [...places.values()].filter(place => isUnnamed(place.key) && place.transfers.length === 0)
  const [only] = unnamed
  return only !== undefined && unnamed.length === 1 && (key === '' || only.key === '') ? only.key : key
}

export const isUnnamed = (key: string): boolean => key === '' || key.startsWith('\n')

/** The place of the backup itself, where that is told: where it ran, or the one place that it was not copied to. */
export function primaryPlace(
  places: ReadonlyMap<string, PlaceRows>,
  primary: Run | undefined,
  { id }: Group,
): PlaceRows | undefined {
  if (primary !== undefined) return places.get(placeKey(primary.row.place))
  const shown = [...places.values()].filter(({ bodies, transfers }) => bodies.length > 0 || transfers.length > 0)
  if (shown.length < 2) return undefined
  const own = shown.filter(({ transfers }) => transfers.length === 0)
  if (own.length === 1) return own[0]
  const named = own.filter(({ ids }) => ids.has(id))
  return named.length === 1 ? named[0] : undefined
}

/** By time, then by what they say; never by where they stand. */
export function compareTransfers(a: CopyRow, b: CopyRow): number {
  const text = ({ place, component, id, status, service, deleted }: CopyRow): string =>
    JSON.stringify([place, component, id, status ?? '', service, deleted ?? String(deleted)])
  return compareKnown(a.made, b.made) || compareKnown(a.begun, b.begun) || compareTexts(text(a), text(b))
}

/** Where a transfer went; where no row names that, it is not where the backup came from. */
function transferKey(row: CopyRow): string {
  const key = placeKey(row.place)
  return row.place.location === '' ? `\ncopy${key}` : key
}

/** The places of each id, by its first name. */
export function placesById(places: ReadonlyMap<string, PlaceRows>): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>()
  for (const { key, ids } of places.values()) {
    for (const [id = ''] of ids.values()) {
      const same = found.get(id)
      if (same === undefined) found.set(id, [key])
      else if (same.at(-1) !== key) same.push(key)
    }
  }
  return found
}
