import type { Texts } from '../tickets/columns.ts'
import { isCve } from './ids.ts'

/** Which names stand for one vulnerability, by all that rows and advisories say; numbers among the names. */
export interface SameNames {
  /** The CVE that a name stands for; the name itself where none or several list it. */
  cveOf(name: number): number
  /** Other names than CVEs that stand for a CVE. */
  namesOf(cve: number): readonly number[]
  /** Canonical names that may be the same vulnerability, but need not be: not both of them are CVEs. */
  likenessOf(canonical: number): ReadonlySet<number>
}

/**
 * `sets` gives, each time, the names of each row: the canonical one, then its id, then its aliases. `isUsed`: whether
 * findings have this canonical name.
 */
export function sameNames(
  sets: () => Iterable<readonly number[]>,
  names: Texts,
  isUsed: (name: number) => boolean,
): SameNames {
  const cve = (name: number): boolean => isCve(names.text(name))
  // By name: the number of the CVE plus one; 0 for none, −1 for several.
  const stands = new Int32Array(names.count)
  for (const [canonical = -1, own = -1, ...aliases] of sets()) {
    const listed = cve(own) ? [canonical] : [canonical, ...aliases].filter(cve)
    for (const name of [own, ...aliases]) {
      if (cve(name)) continue
      for (const one of listed) stands[name] = stands[name] === 0 || stands[name] === one + 1 ? one + 1 : -1
    }
  }
  const cveOf = (name: number): number => ((stands[name] ?? 0) > 0 ? (stands[name] ?? 0) - 1 : name)
  // Names of one CVE as a chain: the first by CVE, the next by name, plus one each.
  const heads = new Int32Array(names.count)
  const nexts = new Int32Array(names.count)
  for (let name = names.count - 1; name >= 0; name--) {
    const one = cveOf(name)
    if (one === name) continue
    nexts[name] = heads[one] ?? 0
    heads[one] = name + 1
  }
  const likeness = likenessIn(sets, cveOf, names.count, cve, isUsed)
  return {
    cveOf,
    namesOf(one) {
      const found: number[] = []
      for (let next = heads[one] ?? 0; next > 0; next = nexts[next - 1] ?? 0) found.push(next - 1)
      return found
    },
    likenessOf: canonical => likeness.get(canonical) ?? NOTHING,
  }
}

/** Canonical names with a name in common. */
function likenessIn(
  sets: () => Iterable<readonly number[]>,
  cveOf: (name: number) => number,
  count: number,
  cve: (name: number) => boolean,
  isUsed: (name: number) => boolean,
): ReadonlyMap<number, ReadonlySet<number>> {
  const first = new Int32Array(count)
  const several = new Map<number, Set<number>>()
  const own = (name: number, canonical: number): void => {
    const before = (first[name] ?? 0) - 1
    if (before < 0) first[name] = canonical + 1
    else if (before !== canonical) setIn(several, name).add(before).add(canonical)
  }
  for (const [canonical = -1, ...all] of sets()) for (const name of all) own(name, cveOf(canonical))
  for (let name = 0; name < count; name++) {
    if (first[name] !== 0 && cveOf(name) === name && isUsed(name)) own(name, name)
  }
  const likeness = new Map<number, Set<number>>()
  for (const found of several.values()) {
    if (found.size > MOST_SHARED) continue
    for (const one of found) {
      for (const other of found) if (one !== other && !(cve(one) && cve(other))) setIn(likeness, one).add(other)
    }
  }
  return likeness
}

// What more vulnerabilities share is no name but a word such as `none`.
const MOST_SHARED = 20
const NOTHING: ReadonlySet<number> = new Set()

function setIn<K, T>(sets: Map<K, Set<T>>, key: K): Set<T> {
  const found = sets.get(key) ?? new Set<T>()
  sets.set(key, found)
  return found
}
