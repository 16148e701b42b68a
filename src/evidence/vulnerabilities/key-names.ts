import { int32, makeColumn } from '../tickets/columns.ts'
import { mayBeOne } from './component.ts'
import { canonicalOf } from './ids.ts'
import { type SameNames, sameNames } from './same-names.ts'
import type { SharedTexts } from './tables.ts'

/** The keys of rows, and which names each has. */
export interface KeyNames {
  /** The key of a row; `set`: the number of its names, 0 for none but the canonical one. */
  key(service: number, asset: number, component: number, name: number, set: number): number
  /** The key that has all names of another, for this asset and canonical name. */
  moved(key: number, asset: number, name: number): number
  /** Numbers of all names that rows of a key have, the canonical one first. */
  own(key: number): readonly number[]
  /** And of those that stand for it by what rows and advisories elsewhere say. */
  all(key: number): readonly number[]
  /**
   * Once all is read: the keys of names that stand for a CVE, with the key of that CVE; and keys of the same place that
   * may be the same under another name, or with another spelling of the component.
   */
  join(): { readonly to: ReadonlyMap<number, number>; readonly alike: (key: number) => readonly number[] }
}

export function makeKeyNames({ names, keys, nameSets, texts }: SharedTexts): KeyNames {
  // The first set of names of a key that is not 0, and further ones.
  const setOf = makeColumn(int32)
  const moreSets = new Map<number, Set<number>>()
  let same: SameNames | undefined

  function key(service: number, asset: number, component: number, name: number, set: number): number {
    const found = keys.id(service, asset, component, name)
    if (set === 0) return found
    const known = setOf.get(found)
    if (known === 0) setOf.set(found, set)
    else if (known !== set) {
      const more = moreSets.get(found)
      if (more === undefined) moreSets.set(found, new Set([set]))
      else more.add(set)
    }
    return found
  }

  function moved(from: number, asset: number, name: number): number {
    const to = key(keys.service(from), asset, keys.component(from), name, setOf.get(from))
    for (const set of moreSets.get(from) ?? []) key(keys.service(from), asset, keys.component(from), name, set)
    return to
  }

  function own(of: number): readonly number[] {
    const [name, set] = [keys.name(of), setOf.get(of)]
    if (set === 0) return [name]
    return [...new Set([name, ...[set, ...(moreSets.get(of) ?? [])].flatMap(namesIn)])]
  }

  const namesIn = (set: number): readonly number[] => (set === 0 ? [] : nameSets.text(set).split(' ').map(Number))

  /** Of each row that has several, and of advisories: the canonical name, the id, the aliases. */
  function* listedNames(): Generator<readonly number[]> {
    for (let set = 1; set < nameSets.count; set++) {
      const all = namesIn(set)
      const texts = all.map(name => names.text(name))
      yield [names.id(canonicalOf(texts[0] ?? '', texts)), ...all]
    }
  }

  function joined({ cveOf }: SameNames): ReadonlyMap<number, number> {
    const to = new Map<number, number>()
    for (let from = 0, end = keys.count; from < end; from++) {
      const name = keys.name(from)
      const cve = cveOf(name)
      if (cve === name) continue
      key(keys.service(from), keys.asset(from), keys.component(from), cve, nameSets.id(`${cve} ${name}`))
      to.set(from, moved(from, keys.asset(from), cve))
    }
    return to
  }

  function alikeIn({ likenessOf }: SameNames): (key: number) => readonly number[] {
    const places = new Map<string, number[]>()
    const placeOf = (of: number): string => `${keys.service(of)} ${keys.asset(of)} ${keys.component(of)}`
    for (let of = 0; of < keys.count; of++) {
      if (likenessOf(keys.name(of)).size === 0) continue
      const place = placeOf(of)
      const found = places.get(place)
      if (found === undefined) places.set(place, [of])
      else found.push(of)
    }
    return of => {
      const others = likenessOf(keys.name(of))
      return others.size === 0 ? NONE : (places.get(placeOf(of)) ?? NONE).filter(one => others.has(keys.name(one)))
    }
  }

  /** Keys of one asset and name whose components may be one that is spelled otherwise; sorted out when first asked. */
  function spelledAlike(): (key: number) => readonly number[] {
    let places: Map<string, number[]> | undefined
    const placeOf = (of: number): string => `${keys.service(of)} ${keys.asset(of)} ${keys.name(of)}`
    const component = (of: number): string => texts.text(keys.component(of))
    return of => {
      if (places === undefined) {
        places = new Map()
        for (let one = 0; one < keys.count; one++) {
          const found = places.get(placeOf(one))
          if (found === undefined) places.set(placeOf(one), [one])
          else found.push(one)
        }
      }
      const all = places.get(placeOf(of)) ?? NONE
      return all.length < 2 ? NONE : all.filter(one => one !== of && mayBeOne(component(of), component(one)))
    }
  }

  return {
    key,
    moved,
    own,
    all(of) {
      const also = same?.namesOf(keys.name(of)) ?? NONE
      return also.length === 0 ? own(of) : [...new Set([...own(of), ...also])]
    },
    join() {
      const spelled = spelledAlike()
      if (nameSets.count < 2) return { to: new Map(), alike: spelled }
      const used = new Uint8Array(names.count)
      for (let of = 0; of < keys.count; of++) used[keys.name(of)] = 1
      same = sameNames(listedNames, names, name => used[name] === 1)
      const to = joined(same)
      const named = alikeIn(same)
      return { to, alike: of => [...named(of), ...spelled(of)] }
    },
  }
}

const NONE: readonly number[] = []
