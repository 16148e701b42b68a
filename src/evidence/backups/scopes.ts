/** The scopes that rows of a listing name, by component. */
export interface Scopes {
  add(component: string, scope: string): void
  of(component: string): ReadonlySet<string>
  readonly components: Iterable<string>
  readonly size: number
}

export function makeScopes(): Scopes {
  const sets = new Map<string, Set<string>>()
  return {
    add(component, scope) {
      const known = sets.get(component)
      if (known === undefined) sets.set(component, new Set([scope]))
      else known.add(scope)
    },
    of: component => sets.get(component) ?? NONE,
    get components() {
      return sets.keys()
    },
    get size() {
      return sets.size
    },
  }
}

/** A listing of which it is still to be settled what it proves absence of. */
export interface OpenListing {
  readonly location: string
  components: ReadonlySet<string>
  everyComponent: boolean
}

/**
 * Listings may have been narrowed, such as to one host: one that lacks a scope which an earlier one of its location
 * shows of a component is not complete for that component. By time.
 */
export function narrow(listings: readonly OpenListing[], scopesOf: ReadonlyMap<OpenListing, Scopes>): void {
  const met = new Map<string, Map<string, Set<string>>>()
  for (const listing of listings) {
    const scopes = scopesOf.get(listing)
    if (scopes === undefined) continue
    const here = met.get(listing.location) ?? new Map<string, Set<string>>()
    met.set(listing.location, here)
    const lacking = new Set<string>()
    for (const component of scopes.components) {
      const known = here.get(component) ?? new Set()
      here.set(component, known)
      const own = scopes.of(component)
      for (const scope of known) if (!own.has(scope)) lacking.add(component)
      for (const scope of own) known.add(scope)
    }
    if (lacking.size === 0) continue
    listing.everyComponent = false
    listing.components = new Set([...listing.components].filter(one => !lacking.has(one)))
  }
}

/** Whether all these scopes of a component are shown; rows that name no component are of any. */
export function shows(scopes: Scopes, component: string, wanted: readonly string[]): boolean {
  return wanted.every(scope => scopes.of(component).has(scope) || scopes.of('').has(scope))
}

const NONE: ReadonlySet<string> = new Set()
