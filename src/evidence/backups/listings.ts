import type { Origin } from '../../model/finding.ts'
import type { Moment } from '../../model/interval.ts'
import { int32, makeColumn, uint32 } from '../tickets/columns.ts'
import { compareOrigins } from '../tickets/tables.ts'
import { grouped } from '../vulnerabilities/tables.ts'
import type { Listing } from './records.ts'
import type { BackupRow, ListingRow, Spot } from './rows.ts'
import { makeScopes, narrow, type Scopes, shows } from './scopes.ts'
import { compareMoments } from './times.ts'
import { unnamedPlaces } from './unnamed-places.ts'

/** All listings, and which backup each of them shows where. */
export interface ListingTable {
  /** The number of the listing of a row; `used`: the row counts as one of it. */
  listing(row: ListingRow, used: boolean): number
  /** A bad row of a file was left out: its listing, or each of the file, no longer proves absence. */
  lose(input: number, listing?: number): void
  /** A listing shows something: `spot` says what and where, `body` what it says of it, -1 for nothing. */
  show(spot: number, body: number, listing: number, origin: Origin): void
  index(spots: readonly Spot[], bodies: readonly BackupRow[]): ListingIndex
  /** Lets go of the rows. */
  release(): void
}

export interface ListingIndex {
  /** By time, then location. */
  readonly listings: readonly Listing[]
  /** What listings show of a spot, by time, then body. Those of no body come first. */
  seen(spot: number): readonly Sighting[]
  /** A sighting says what another one says. */
  again(sighting: Sighting): void
  /**
   * Instants of the complete listings of a location that tell of a component, by time, each once. Of several places
   * that no row names only those that are, or may be, of the place where a backup was `seen`.
   */
  complete(location: string, component: string, seen: readonly Sighting[]): readonly Instant[]
}

/** All listings of one instant; `origin`: a row of the first of them. */
export interface Instant {
  readonly at: Moment
  readonly origin: Origin
}

export interface Sighting {
  readonly listing: Listing
  /** -1: none. */
  readonly body: number
  readonly origin: Origin
}

type Counted = { -readonly [P in keyof Listing]: Listing[P] }

interface Kept {
  readonly input: number
  readonly at: Moment
  readonly location: string
  /** The one that it names so far, `''` for none, or all of them. */
  components: string | Set<string>
  /** Whether a row without component says that there is none. */
  everything: boolean
  /** What rows that name a scope show. */
  readonly scopes: Scopes
  unscoped?: true
  complete: 'yes' | 'no' | 'unknown'
  backups: number
  origin: Origin
  used: boolean
}

export function makeListingTable(): ListingTable {
  const kept: Kept[] = []
  const sets = new Map<string, ReadonlySet<string>>()
  const numbers = new Map<string, number>()
  const lostFiles = new Set<number>()
  const lostListings = new Set<number>()
  let { spotOf, bodyOf, listingOf, lines, items } = makeRows()
  let count = 0
  let lastKey = ''
  let last = -1

  function listing(row: ListingRow, used: boolean): number {
    const { at, location, origin } = row
    const key = keyOf(origin.input, at, location)
    if (key !== lastKey) {
      last = numbers.get(key) ?? kept.length
      lastKey = key
    }
    let known = kept[last]
    if (known === undefined) {
      const own = { components: '', everything: false, scopes: makeScopes(), backups: 0, used: false }
      known = { input: origin.input, at, location, complete: 'yes', origin, ...own }
      kept.push(known)
      numbers.set(key, last)
    }
    if (!used) return last
    if (!row.empty && row.scope !== '') known.scopes.add(row.component, row.scope)
    else if (!row.empty) known.unscoped = true
    if (!known.used || compareOrigins(origin, known.origin) < 0) known.origin = origin
    known.used = true
    if (row.component === '') known.everything ||= row.empty
    else if (typeof known.components !== 'string') known.components.add(row.component)
    else if (known.components === '') known.components = row.component
    else if (known.components !== row.component) known.components = new Set([known.components, row.component])
    const said = row.complete === undefined ? 'unknown' : row.complete ? 'yes' : 'no'
    if (said === 'no' || (said === 'unknown' && known.complete === 'yes')) known.complete = said
    return last
  }

  /** Sets that hold the same are one. */
  function componentsOf({ components }: Kept): ReadonlySet<string> {
    const list = typeof components === 'string' ? [components].filter(name => name !== '') : [...components].sort()
    const key = JSON.stringify(list)
    const known = sets.get(key) ?? new Set(list)
    sets.set(key, known)
    return known
  }

  function completeness(one: Kept, number: number): boolean | undefined {
    if (one.complete === 'no') return false
    return one.complete === 'unknown' || lostFiles.has(one.input) || lostListings.has(number) ? undefined : true
  }

  function index(spots: readonly Spot[], bodies: readonly BackupRow[]): ListingIndex {
    const inputs = Int32Array.from(kept, one => one.input)
    const listings = kept.map((one, number): Counted | undefined => {
      if (!one.used) return undefined
      const { at, location, backups, origin } = one
      const components = componentsOf(one)
      const everyComponent = one.everything || components.size === 0 || components.has('all')
      return { at, location, components, everyComponent, complete: completeness(one, number), backups, origin }
    })
    const shown = listings.filter(one => one !== undefined).sort(compareListings)
    const scopesOf = new Map<Listing, Scopes>()
    for (const [i, { scopes, unscoped }] of kept.entries()) {
      const one = listings[i]
      if (one !== undefined && scopes.size > 0 && unscoped !== true) scopesOf.set(one, scopes)
    }
    narrow(shown, scopesOf)
    kept.length = 0
    numbers.clear()
    const { starts, order } = grouped(count, spots.length, row => spotOf.get(row))
    const instants = new Map<string, readonly Instant[]>()

    function seen(spot: number): readonly Sighting[] {
      const found: Sighting[] = []
      for (let i = starts[spot] ?? 0; i < (starts[spot + 1] ?? 0); i++) {
        const row = order[i] ?? 0
        const number = listingOf.get(row)
        const listing = listings[number]
        if (listing === undefined) continue
        const [input = 0, line, item] = [inputs[number], lines.get(row), items.get(row)]
        const origin = item === 0 ? { input, line } : { input, line, item }
        found.push({ listing, body: bodyOf.get(row) - 1, origin })
      }
      return found.sort(
        (a, b) => compareMoments(a.listing.at, b.listing.at) || a.body - b.body || compareOrigins(a.origin, b.origin),
      )
    }

    const places = unnamedPlaces({
      listings,
      inputs,
      spots,
      listingsOf(spot) {
        const rows = Array.from(order.subarray(starts[spot] ?? 0, starts[spot + 1] ?? 0))
        return rows.map(row => listingOf.get(row))
      },
    })
    for (const one of shown) {
      const place = places.of(one)
      if (place !== undefined) one.place = place
    }

    function complete(location: string, component: string, seen: readonly Sighting[]): readonly Instant[] {
      const unnamed = location === '' ? [...new Set(seen.map(({ listing }) => listing.place ?? -1))].sort() : []
      const scopes = [...new Set(seen.flatMap(({ body }) => bodies[body]?.scope ?? []))].filter(text => text !== '')
      const key = JSON.stringify([location, component, unnamed, scopes.sort()])
      const known = instants.get(key)
      if (known !== undefined) return known
      const found: Instant[] = []
      for (const one of shown) {
        if (one.complete !== true || one.location !== location) continue
        const own = scopes.length === 0 ? undefined : scopesOf.get(one)
        if (own === undefined ? !one.everyComponent && !one.components.has(component) : !shows(own, component, scopes))
          continue
        // Where it was seen at none of several, or at two of them, what one lacks tells nothing.
        const isApart = (place: number): boolean => one.place !== undefined && places.differ(one.place, place)
        if (one.place !== undefined && (unnamed.length === 0 || unnamed.some(isApart))) continue
        const last = found.at(-1)
        if (last === undefined || compareMoments(last.at, one.at) !== 0) found.push(one)
        else if (compareOrigins(one.origin, last.origin) < 0) found[found.length - 1] = one
      }
      // What is known to a day only proves nothing where another listing falls into it.
      const apart = found.filter(({ at }, i) => at.latest <= (found[i + 1]?.at.earliest ?? at.latest))
      instants.set(key, apart)
      return apart
    }

    return {
      listings: shown,
      seen,
      again({ listing }) {
        const counted: Counted = listing
        counted.backups--
      },
      complete,
    }
  }

  return {
    listing,
    lose(input, number) {
      if (number === undefined) lostFiles.add(input)
      else lostListings.add(number)
    },
    show(spot, body, number, origin) {
      const row = count++
      spotOf.set(row, spot)
      bodyOf.set(row, body + 1)
      listingOf.set(row, number)
      lines.set(row, origin.line ?? 0)
      items.set(row, origin.item ?? 0)
      const one = kept[number]
      if (one !== undefined && body >= 0) one.backups++
    },
    index,
    release() {
      ;({ spotOf, bodyOf, listingOf, lines, items } = makeRows())
    },
  }
}

/** Rows in the order they are read: what they show, by which words (0: none), in which listing, and where they stand. */
function makeRows() {
  return {
    spotOf: makeColumn(int32),
    bodyOf: makeColumn(int32),
    listingOf: makeColumn(int32),
    lines: makeColumn(uint32),
    items: makeColumn(uint32),
  }
}

const keyOf = (input: number, at: Moment, location: string): string =>
  `${input} ${at.earliest} ${at.latest} ${location}`

function compareListings(a: Listing, b: Listing): number {
  return compareMoments(a.at, b.at) || (a.location < b.location ? -1 : a.location > b.location ? 1 : 0)
}
