import { ALIGNED, type Alignment, shownName } from '../contract/alignment.ts'
import type { Contract } from '../contract/contract.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import { nearest } from '../model/nearest.ts'
import { pairClauses } from './pairing.ts'
import { stateOf } from './relations.ts'
import type { AnyRule, World } from './rule.ts'
import { ALL, type Item } from './terms.ts'

/** What stands in one row: for each contract its term, if it has one, with what has to be said of the choice. */
export interface AlignedRow {
  readonly key: string
  readonly subject: string
  readonly name: string
  readonly rule: AnyRule
  readonly items: readonly (Item | undefined)[]
  readonly notes: readonly (readonly string[])[]
}

/**
 * Puts the terms of contracts into rows by their keys, those of the base first. A term for all components stands in
 * the row of each component that another contract names. Of several terms of one contract the one stands that is by
 * rule at least as strong as the others; where none is, each has a row of its own: `key`, `key#2` … (see pairing).
 */
export function alignTerms(items: readonly Item[], contracts: number, world: World): readonly AlignedRow[] {
  const groups = new Map<string, Item[]>()
  const order = [...items].sort((a, b) => ranks(items, a) - ranks(items, b) || a.contract - b.contract)
  for (const item of [...order, ...spreadAll(items)]) {
    const slot = `${item.rule.kind}\u0000${item.shown}`
    groups.set(slot, [...(groups.get(slot) ?? []), item])
  }
  return [...groups.values()].flatMap(group => rowsOf(group, contracts, world))
}

function ranks(items: readonly Item[], { rule }: Item): number {
  return items.findIndex(one => one.rule.kind === rule.kind)
}

/** Copies of terms for all components, one for each row of a single component of another contract. */
function spreadAll(items: readonly Item[]): readonly Item[] {
  return items
    .filter(({ side }) => side.term.names.component === ALL)
    .flatMap(item => {
      const rows = new Map<string, string>()
      for (const one of items) {
        const component = shownComponent(one)
        if (component === undefined || one.rule.kind !== item.rule.kind) continue
        if (one.shown === withComponent(item.shown, component)) rows.set(one.shown, component)
      }
      const own = items.filter(one => one.contract === item.contract).map(one => one.shown)
      return [...rows]
        .filter(([shown]) => !own.includes(shown))
        .map(([shown, component]): Item => {
          const term = { ...item.side.term, names: { ...item.side.term.names, component } }
          return { ...item, shown, name: item.name.replace(ALL, component), side: { ...item.side, term } }
        })
    })
}

function shownComponent({ side, shown }: Item): string | undefined {
  const name = side.term.names.component
  if (name === undefined || name === ALL) return undefined
  return shown.split('/')[1]
}

function withComponent(key: string, component: string): string {
  return key
    .split('/')
    .map((part, i) => (i === 1 && part === ALL ? component : part))
    .join('/')
}

function rowsOf(group: readonly Item[], contracts: number, world: World): readonly AlignedRow[] {
  const [first] = group
  if (first === undefined) return []
  const chosen = Array.from({ length: contracts }, (_, at) =>
    strongest(
      group.filter(item => item.contract === at),
      world,
    ),
  )
  const rows = pairClauses(
    chosen.map(({ items }) => items),
    world,
  )
  return rows.map((items, i) => ({
    key: i === 0 ? first.shown : `${first.shown}#${i + 1}`,
    subject: first.rule.subject,
    name: i === 0 ? first.name : `${first.name} (${i + 1})`,
    rule: first.rule,
    items,
    notes: chosen.map(({ items: own, note }) => [
      ...(note === undefined ? [] : [note]),
      ...(isSpread(own[0], group) ? ['said of all components alike'] : []),
      ...(own.length > 1 ? [`one of ${own.length} clauses that hold together`] : []),
    ]),
  }))
}

function isSpread(item: Item | undefined, group: readonly Item[]): boolean {
  return (
    item?.side.term.key !== item?.shown && group.includes(item as Item) && item?.side.term.key.split('/')[1] === ALL
  )
}

/** The one term that outdoes the others of its contract by rule; all of them where none does. */
function strongest(items: readonly Item[], world: World): { readonly items: readonly Item[]; readonly note?: string } {
  if (items.length < 2) return { items }
  const promised = items.filter(item => stateOf(item) === 'promised')
  const pool = promised.length > 0 ? promised : items.slice(0, 1)
  const best = pool.find(item =>
    pool.every(
      against =>
        against === item ||
        (isBinding(item, against) && item.rule.relate(against.side, item.side, world).atLeast === true),
    ),
  )
  if (best === undefined) return { items: pool }
  if (pool.length === 1) return { items: [best] }
  const ids = pool.map(({ side }) => side.clause.id)
  return {
    items: [best],
    note: `the strongest of ${new Set(ids).size > 1 ? `the clauses ${ids.join(', ')}` : 'several'}`,
  }
}

function isBinding(item: Item, against: Item): boolean {
  return item.side.clause.binding === 'guarantee' || against.side.clause.binding !== 'guarantee'
}

/**
 * Names that only one of two contracts has, while the other has others: what an alignment file could bring together. Not
 * those of promises that came into one row anyway, nor those of figures that are only observed.
 */
export function unaligned(
  rows: readonly AlignedRow[],
  contracts: readonly Contract[],
  alignment: Alignment | undefined,
): readonly Diagnostic[] {
  const warnings: Diagnostic[] = []
  const kinds = new Set(rows.map(({ rule }) => rule.kind))
  for (let other = 1; other < contracts.length; other++) {
    for (const what of ALIGNED) {
      for (const kind of kinds) {
        const own = rows.filter(({ rule }) => rule.kind === kind)
        const both = own.filter(row => isPromised(row.items[0]) && isPromised(row.items[other]))
        const [ours, theirs] = [0, other].map(at => shownNames(own, at, what, alignment)) as [string[], string[]]
        const joined = [0, other].flatMap(at => shownNames(both, at, what, alignment))
        const onlyOurs = ours.filter(name => !theirs.includes(name) && !joined.includes(name))
        const onlyTheirs = theirs.filter(name => !ours.includes(name) && !joined.includes(name))
        if (onlyOurs.length === 0 || onlyTheirs.length === 0) continue
        const [a, b] = [contracts[0]?.id ?? '', contracts[other]?.id ?? '']
        const rest = ours.length > onlyOurs.length ? ' beside those that they share' : ''
        warnings.push({
          code: 'not-aligned',
          severity: 'warning',
          message: `${kind}: ${onlyOurs.join(', ')} (${a}) and ${onlyTheirs.join(', ')} (${b}) are names of ${PLURAL[what]} that stand alone${rest}`,
          hint: `say which belong together: --align FILE with ${what}: { ${onlyOurs[0]}: [${onlyTheirs[0]}] }`,
        })
      }
    }
  }
  return warnings
}

const PLURAL = {
  priority: 'priorities',
  band: 'bands',
  component: 'components',
  service: 'services',
  control: 'controls',
} as const

function isPromised(item: Item | undefined): boolean {
  return item !== undefined && item.side.clause.binding !== 'observed'
}

function shownNames(
  rows: readonly AlignedRow[],
  contract: number,
  what: string,
  alignment: Alignment | undefined,
): string[] {
  const names = rows
    .map(({ items }) => items[contract])
    .filter(isPromised)
    .map(item => item?.side.term.names[what])
    .filter(name => name !== undefined)
  return [...new Set(names.map(name => shownName(alignment, what, name)))].filter(name => name !== ALL)
}

/** What an alignment file names that no contract has. */
export function unmatchedAlignment(items: readonly Item[], alignment: Alignment | undefined): readonly Diagnostic[] {
  if (alignment === undefined) return []
  const warnings: Diagnostic[] = []
  const warn = (message: string, span: Diagnostic['span'], known: readonly string[], name: string): void => {
    const meant = nearest(name, known)
    const hint = meant === undefined ? `there are ${known.join(', ') || 'none'}` : `did you mean ${meant}?`
    warnings.push({ code: 'align-unmatched', severity: 'warning', message, hint, ...(span !== undefined && { span }) })
  }
  for (const what of ALIGNED) {
    const known = items.map(({ side }) => side.term.names[what]?.trim()).filter(name => name !== undefined)
    for (const { name, span } of alignment.names[what]) {
      if (!known.includes(name)) warn(`no contract compared has the ${what} "${name}"`, span, [...new Set(known)], name)
    }
  }
  for (const { contract, term, span } of alignment.rows) {
    const own = items.filter(({ side }) => side.contract.id === contract).map(({ side }) => side.term.key)
    if (!own.includes(term)) warn(`${contract} has no promise "${term}"`, span, [...new Set(own)], term)
  }
  return warnings
}
