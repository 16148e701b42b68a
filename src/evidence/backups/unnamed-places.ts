import type { Interval } from '../../model/interval.ts'
import { firstEndingAfter, merge } from '../../time/interval.ts'
import type { Listing } from './records.ts'
import type { Spot } from './rows.ts'

/** Listings that name no location, sorted into the places that they can't all be of. */
export interface UnnamedPlaces {
  /** The number of the place that a listing is of; undefined where nothing tells that there are several. */
  of(listing: Listing): number | undefined
  /** Whether what one place lists proves that another is elsewhere. */
  differ(a: number, b: number): boolean
}

interface Shown {
  readonly listings: readonly (Listing | undefined)[]
  /** Numbers of the files they stand in. */
  readonly inputs: { readonly [listing: number]: number }
  readonly spots: readonly Spot[]
  /** Numbers of the listings that show a spot. */
  listingsOf(spot: number): readonly number[]
}

/**
 * Listings of one file, and those that share an id, are of one place. Of two such places a listing of the one between
 * two of the other that show the same backup would prove that gone which is there again later: they are different.
 */
export function unnamedPlaces({ listings, inputs, spots, listingsOf }: Shown): UnnamedPlaces {
  const above = Int32Array.from(listings, (_, number) => number)
  const rootOf = (number: number): number => {
    let at = number
    for (let next = above[at] ?? at; next !== at; next = above[at] ?? at) {
      above[at] = above[next] ?? next
      at = next
    }
    return at
  }
  const join = (a: number, b: number): void => {
    above[rootOf(a)] = rootOf(b)
  }
  const isUnnamed = (number: number): boolean => listings[number]?.location === ''

  const files = new Map<number, number>()
  for (const [number] of listings.entries()) {
    if (!isUnnamed(number)) continue
    const input = inputs[number] ?? 0
    join(number, files.get(input) ?? number)
    files.set(input, number)
  }
  if (files.size < 2) return ONE
  const shown = spots.map((_, spot) => listingsOf(spot).filter(isUnnamed))
  for (const [first, ...others] of shown) for (const other of others) join(other, first ?? other)
  const unnamed = [...listings.keys()].filter(isUnnamed)
  if (new Set(unnamed.map(rootOf)).size < 2) return ONE

  const spans = spansOf()
  const different = new Map<number, Set<number>>()
  for (const number of unnamed) {
    const listing = listings[number] as Listing
    if (listing.complete !== true) continue
    const own = rootOf(number)
    for (const { root, component, stretches } of spans) {
      if (root === own || !tellsOf(listing, component)) continue
      const span = stretches[firstEndingAfter(stretches, listing.at.latest)]
      if (span !== undefined && span.start < listing.at.earliest) {
        numbersOf(own).add(root)
        numbersOf(root).add(own)
      }
    }
  }
  if (different.size === 0) return ONE
  const roots = new Map<Listing, number>()
  for (const number of unnamed) {
    const root = rootOf(number)
    if (different.has(root)) roots.set(listings[number] as Listing, root)
  }
  return { of: listing => roots.get(listing), differ: (a, b) => different.get(a)?.has(b) === true }

  function numbersOf(root: number): Set<number> {
    const found = different.get(root) ?? new Set<number>()
    different.set(root, found)
    return found
  }

  /** Of each place and component the time between two listings that show the same backup. */
  function spansOf() {
    const found = new Map<string, { readonly root: number; readonly component: string; readonly list: Interval[] }>()
    for (const [spot, numbers] of shown.entries()) {
      let [start, end] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]
      for (const number of numbers) {
        const { at } = listings[number] as Listing
        start = Math.min(start, at.latest)
        end = Math.max(end, at.earliest)
      }
      if (!(start < end)) continue
      const root = rootOf(numbers[0] ?? 0)
      const component = spots[spot]?.component ?? ''
      const key = `${root} ${component}`
      const known = found.get(key) ?? { root, component, list: [] }
      found.set(key, known)
      known.list.push({ start, end })
    }
    return [...found.values()].map(({ root, component, list }) => ({ root, component, stretches: merge(list) }))
  }
}

const ONE: UnnamedPlaces = { of: () => undefined, differ: () => false }

function tellsOf({ everyComponent, components }: Listing, component: string): boolean {
  return everyComponent || component === '' || component === 'all' || components.has(component)
}
