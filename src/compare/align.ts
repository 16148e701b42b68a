import { ALIGNED, type Alignment, shownName } from '../contract/alignment.ts'
import type { Contract } from '../contract/contract.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import { nearest } from '../model/nearest.ts'
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
        const term = { ...item.side.term, names: { ...item.side.term.names, component } }
        const names = { ...item.names, component }
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
      const together = lists.map((own, at) =>
        first.rule.singly === true ? [] : own.filter(item => item !== one[at]).map(({ side }) => side),
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
  return side.term.key.split('/')[1] === ALL && names.component !== ALL
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
  return [...new Set(names.map(name => shownName(alignment, what, name)))].filter(
    name => what !== 'component' || name !== ALL,
  )
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
    const known = items.flatMap(({ side }) => [
      ...[side.term.names[what]?.trim()].filter(name => name !== undefined),
      // Also of clauses about several of them.
      ...(what === 'service' ? side.contract.services.keys() : []),
    ])
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
