/** Sets of keys that were joined, two at a time. */
export interface Roots {
  join(a: string, b: string): void
  /** Something that all joined with it share. */
  of(key: string): string
  has(key: string): boolean
  keys(): Iterable<string>
}

export function makeRoots(): Roots {
  const above = new Map<string, string>()

  function of(key: string): string {
    let at = key
    for (let next = above.get(at); next !== undefined && next !== at; next = above.get(at)) {
      above.set(at, above.get(next) ?? next)
      at = next
    }
    return at
  }

  return {
    join(a, b) {
      const [one, other] = [of(a), of(b)]
      for (const key of [a, b]) if (!above.has(key)) above.set(key, key)
      above.set(one, other)
    },
    of,
    has: key => above.has(key),
    keys: () => above.keys(),
  }
}
