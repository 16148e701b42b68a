import { pairClauses } from './pairing.ts'
import { stateOf } from './relations.ts'
import type { AnyRule, Side, World } from './rule.ts'
import { ALL, type Item } from './terms.ts'

/** What stands in one row: for each contract its term, if it has one, with what has to be said of the choice. */
export interface AlignedRow {
  readonly key: string
  readonly subject: string
  readonly name: string
  readonly rule: AnyRule
  readonly items: readonly (Item | undefined)[]
  readonly notes: readonly (readonly string[])[]
  /** For each contract the other terms that hold together with its own here, where they are not held singly. */
  readonly together: readonly (readonly Side[])[]
}

/**
 * Puts the terms of contracts into rows by their keys, those of the base first. A term for all components stands in
 * the row of each component that another contract names. Of several terms of one contract the one stands that is by
 * rule at least as strong as the others; where none is, each has a row of its own: `key`, `key#2` … (see pairing).
 */
export function alignTerms(items: readonly Item[], contracts: number, world: World): readonly AlignedRow[] {
  const groups = new Map<string, Item[]>()
  const placed = byService(items)
  const order = [...placed].sort((a, b) => ranks(items, a) - ranks(items, b) || a.contract - b.contract)
  for (const item of [...order, ...spreadAll(placed)]) {
    const slot = `${item.rule.kind}\u0000${item.shown}`
    groups.set(slot, [...(groups.get(slot) ?? []), item])
  }
  return [...groups.values()].flatMap(group => rowsOf(group, contracts, world))
}

function ranks(items: readonly Item[], { rule }: Item): number {
  return items.findIndex(one => one.rule.kind === rule.kind)
}

/**
 * Where one contract has a row for each of its services, the promise of another about one of these stands in that row,
 * though it needs no name of its own there.
 */
export function byService(items: readonly Item[]): readonly Item[] {
  const shown = new Set(items.map(item => item.shown))
  return items.map(item => {
    const { service } = item.names
    const key = `${item.shown}/${service}`
    return service !== undefined && shown.has(key) ? { ...item, shown: key, name: service } : item
  })
}

/** Copies of terms for all components, one for each row of a single component of any contract. */
function spreadAll(items: readonly Item[]): readonly Item[] {
  return items
    .filter(({ side }) => side.term.names.component === ALL)
    .flatMap(item => {
      const rows = new Map<string, string>()
      for (const { rule, names, shown } of items) {
        const { component } = names
        if (component === undefined || component === ALL || rule.kind !== item.rule.kind) continue
        if (shown === `/${item.shown}/`.replace(`/${ALL}/`, () => `/${component}/`).slice(1, -1))
          rows.set(shown, component)
      }
      return [...rows].map(([shown, component]): Item => {
        const names = { ...item.names, component }
        const term = { ...item.side.term, names: { ...item.side.term.names, component }, shown: names }
        return { ...item, shown, names, name: item.name.replace(ALL, component), side: { ...item.side, term } }
      })
    })
}

/**
 * Names of one contract that an alignment brings into one row are about other records each, so that each stands in a
 * row of its own, beside what the others have there; `called` by its own name.
 */
function partsOf(group: readonly Item[], contracts: number): readonly Part[] {
  const parts = Array.from({ length: contracts }, (_, at) => {
    const own = new Map<string, Item[]>()
    for (const item of group.filter(({ contract }) => contract === at)) {
      const name = isSpread(item) ? '' : ownName(item)
      own.set(name, [...(own.get(name) ?? []), item])
    }
    return [...own]
  })
  const most = Math.max(...parts.map(({ length }) => length))
  return Array.from({ length: most }, (_, i) => {
    const taken = parts.map(own => own[Math.min(i, own.length - 1)])
    const called = taken.filter((one, at) => one !== undefined && one[0] !== '' && (parts[at]?.length ?? 0) > 1)
    return {
      items: taken.flatMap(one => one?.[1] ?? []),
      called: [...new Set(called.map(one => one?.[0]))].join(', '),
    }
  })
}

interface Part {
  readonly items: readonly Item[]
  readonly called: string
}

/** What a contract calls it, where it is shown by another name. */
function ownName({ side, names }: Item): string {
  return Object.entries(side.term.names)
    .filter(([what, own]) => names[what] !== own)
    .map(([, own]) => own)
    .join(' ')
}

function rowsOf(group: readonly Item[], contracts: number, world: World): readonly AlignedRow[] {
  const [first] = group
  if (first === undefined) return []
  const parts = partsOf(group, contracts)
  const rows = parts.flatMap(({ items, called }) => {
    const chosen = Array.from({ length: contracts }, (_, at) => {
      const own = items.filter(item => item.contract === at)
      return strongest(own, world)
    })
    const notes = chosen.map(({ items: own, note }) => [
      ...(note === undefined ? [] : [note]),
      ...(own[0] !== undefined && isSpread(own[0]) ? ['said of all components alike'] : []),
      ...(own.length > 1 ? [`one of ${own.length} clauses that hold together`] : []),
    ])
    const lists = chosen.map(({ items: own }) => own)
    return pairClauses(lists, world).map(one => {
      const together = chosen.map(({ all }, at) =>
        first.rule.singly === true ? [] : all.filter(item => item !== one[at]).map(({ side }) => side),
      )
      return { items: one, notes, called, together }
    })
  })
  return rows.map(({ items, notes, called, together }, i) => ({
    key: i === 0 ? first.shown : `${first.shown}#${i + 1}`,
    subject: first.rule.subject,
    name: called !== '' ? `${first.name} (${called})` : i === 0 ? first.name : `${first.name} (${i + 1})`,
    rule: first.rule,
    items,
    notes,
    together,
  }))
}

/** Whether it is said of all components, and stands in the row of one. */
function isSpread({ side, names }: Item): boolean {
  const { component = ALL } = names
  return side.term.key.split('/')[1] === ALL && component !== ALL
}

/** What stands in the rows of a contract, and all that holds together with it. */
interface Chosen {
  readonly items: readonly Item[]
  readonly all: readonly Item[]
  readonly note?: string
}

/** The one term that outdoes the others of its contract by rule; all of them where none does. */
function strongest(items: readonly Item[], world: World): Chosen {
  if (items.length < 2) return { items, all: items }
  const promised = items.filter(item => stateOf(item) === 'promised')
  const pool = promised.length > 0 ? promised : items.slice(0, 1)
  const best = pool.find(item =>
    pool.every(
      against =>
        against === item ||
        (isBinding(item, against) && item.rule.relate(against.side, item.side, world).atLeast === true),
    ),
  )
  if (best === undefined) return { items: pool, all: pool }
  if (pool.length === 1) return { items: [best], all: [best] }
  const ids = new Set(pool.map(({ side }) => side.clause.id))
  const filters = new Set(pool.map(({ side }) => JSON.stringify(side.clause.where ?? [])))
  const named = ids.size > 1 ? `the clauses ${[...ids].join(', ')}` : 'several'
  // What is about other records holds beside it, though the rule takes them together.
  if (filters.size > 1) return { items: [best], all: pool, note: `${named} together` }
  return { items: [best], all: [best], note: `the strongest of ${named}` }
}

function isBinding(item: Item, against: Item): boolean {
  return item.side.clause.binding === 'guarantee' || against.side.clause.binding !== 'guarantee'
}
