import type { Origin } from '../../model/finding.ts'
import type { Moment } from '../../model/interval.ts'
import { compareOrigins } from '../tickets/tables.ts'
import { componentOf } from './component.ts'
import { namesOf } from './ids.ts'
import type { StatementKind, StatementRow, Statements } from './rows.ts'
import { type Grouped, grouped, makeStatementTable, type SharedTexts } from './tables.ts'

/** One statement that is about a vulnerability on an asset. */
export type Found = {
  [K in StatementKind]: {
    readonly kind: K
    readonly at: Moment
    readonly body: Statements[K]
    readonly origin: Origin
    /** Number of the row. */
    readonly row: number
    /** Whether its id is the canonical name of the vulnerability. */
    readonly isOwn: boolean
  }
}[StatementKind]

export interface StatementIndex {
  /** Those about one of these names, the canonical one first, for this asset and component or for all; by time, then where they stand. */
  of(names: readonly number[], asset: number, component: number): readonly Found[]
  /** Whether there are acceptances or VEX statements about one of these names. */
  isAimedAt(names: readonly number[]): boolean
  /** Notes those that are about a vulnerability, and that it is here. */
  hit(names: readonly number[], asset: number, component: number, isMeant: (found: Found) => boolean): void
  /** Acceptances that are about nothing here, and VEX statements about another asset or component than it is on. */
  missed(): readonly Missed[]
}

/** A statement about nothing that is here; blank: all. */
export interface Missed {
  readonly kind: StatementKind
  readonly origin: Origin
  readonly asset: string
  readonly component: string
  readonly product?: string
}

export interface StatementList {
  add<K extends StatementKind>(row: StatementRow<K>): void
  /** `duplicate` is told of each row that says what another one says already. */
  index(duplicate: (input: number, type: string) => void): StatementIndex
}

const KINDS: readonly StatementKind[] = ['advisory', 'score', 'acceptance', 'vex', 'known-exploited', 'epss', 'bad']
/** What people state of what they have: catalogues say things of much that is nowhere. */
const AIMED: ReadonlySet<StatementKind> = new Set(['acceptance', 'vex'])

/** Statements as they are read; `shared` are the texts that they have in common with the findings. */
export function makeStatementList(shared: SharedTexts): StatementList {
  const table = makeStatementTable()
  const { names, texts, bodies } = shared
  let rows = 0

  function add<K extends StatementKind>({ kind, subject, at, body, origin }: StatementRow<K>): void {
    const told = bodies.id(JSON.stringify(body))
    const [asset, component] = [texts.id(subject.asset), texts.id(componentOf(subject.component).name)]
    for (const [i, name] of namesOf(subject.id, subject.aliases).all.entries()) {
      table.kind.set(rows, KINDS.indexOf(kind))
      table.nth.set(rows, i)
      table.name.set(rows, names.id(name))
      table.asset.set(rows, asset)
      table.component.set(rows, component)
      table.body.set(rows, told)
      table.at.set(rows, at.earliest)
      table.span.set(rows, at.latest > at.earliest ? at.latest - at.earliest : 0)
      table.origin.set(rows, origin)
      rows++
    }
  }

  /** Tells which rows say what another one says already; the first of them stays. */
  function repeatedRows({ starts, order }: Grouped, duplicate: (input: number, type: string) => void): Uint8Array {
    const again = new Uint8Array(rows)
    const columns = [table.kind, table.body, table.at, table.asset, table.component, table.span]
    const compare = (a: number, b: number): number => {
      for (const column of columns) {
        const [one, other] = [column.get(a), column.get(b)]
        if (one !== other) return one < other ? -1 : 1
      }
      return 0
    }
    const known: number[] = []
    for (let name = 0; name < names.count; name++) {
      known.length = 0
      for (let i = starts[name] ?? 0; i < (starts[name + 1] ?? 0); i++) known.push(order[i] ?? 0)
      if (known.length < 2) continue
      known.sort((a, b) => compare(a, b) || compareOrigins(table.origin.get(a), table.origin.get(b)))
      for (const [i, row] of known.entries()) {
        const before = known[i - 1]
        const kind = kindOf(row)
        if (before === undefined || kind === 'bad' || compare(before, row) !== 0) continue
        again[row] = 1
        // A row that stands under several names is counted under the first.
        if (table.nth.get(row) === 0) duplicate(table.origin.get(row).input, kind)
      }
    }
    return again
  }

  const kindOf = (row: number): StatementKind => KINDS[table.kind.get(row)] ?? 'bad'

  function foundIn(row: number, canonical: number | undefined): Found {
    const earliest = table.at.get(row)
    const body = JSON.parse(bodies.text(table.body.get(row)))
    const kind = kindOf(row)
    const isOwn = table.nth.get(row) === 0 && table.name.get(row) === canonical
    const at = { earliest, latest: earliest + table.span.get(row) }
    return { kind, at, body, origin: table.origin.get(row), row, isOwn } as Found
  }

  return {
    add,
    index(duplicate) {
      const byName = grouped(rows, names.count, row => table.name.get(row))
      const { starts, order } = byName
      for (let name = 0; name < names.count; name++) {
        const [from, end] = [starts[name] ?? 0, starts[name + 1] ?? 0]
        if (end - from > 1) order.subarray(from, end).sort((a, b) => table.asset.get(a) - table.asset.get(b) || a - b)
      }
      const again = repeatedRows(byName, duplicate)
      return {
        of(wanted, asset, component) {
          if (rows === 0) return []
          const found: Found[] = []
          for (const row of rowsAbout(byName, wanted, asset, component)) {
            if (again[row] !== 1) found.push(foundIn(row, wanted[0]))
          }
          return found.sort(
            (a, b) =>
              compareNumbers(a.at.earliest, b.at.earliest) ||
              compareNumbers(a.at.latest, b.at.latest) ||
              compareOrigins(a.origin, b.origin),
          )
        },
        ...aims(byName, again),
      }
    },
  }

  /** Statements that someone has aimed at what is here: whether they hit it. */
  function aims(byName: Grouped, again: Uint8Array): Pick<StatementIndex, 'isAimedAt' | 'hit' | 'missed'> {
    const aimed = new Uint8Array(names.count)
    // By the first row of a statement.
    const isHit = new Uint8Array(rows)
    const isHere = new Uint8Array(names.count)
    const firstOf = (row: number): number => row - table.nth.get(row)
    for (let row = 0; row < rows; row++) if (AIMED.has(kindOf(row))) aimed[table.name.get(row)] = 1
    return {
      isAimedAt: wanted => wanted.some(name => aimed[name] === 1),
      hit(wanted, asset, component, isMeant) {
        for (const name of wanted) isHere[name] = 1
        for (const row of rowsAbout(byName, wanted, asset, component)) {
          const first = firstOf(row)
          if (isHit[first] === 1 || !AIMED.has(kindOf(row))) continue
          if (isMeant(foundIn(row, wanted[0]))) isHit[first] = 1
        }
      },
      missed() {
        const found: Missed[] = []
        let here = false
        for (let row = rows - 1; row >= 0; row--) {
          const kind = kindOf(row)
          here ||= isHere[table.name.get(row)] === 1
          if (table.nth.get(row) !== 0) continue
          const isOdd = kind === 'acceptance' || (kind === 'vex' && here)
          here = false
          if (!isOdd || isHit[row] === 1 || again[row] === 1) continue
          const statement = foundIn(row, undefined)
          const product = statement.kind === 'vex' ? statement.body.product : undefined
          found.push({
            kind,
            origin: statement.origin,
            asset: texts.text(table.asset.get(row)),
            component: texts.text(table.component.get(row)),
            ...(product === undefined ? {} : { product }),
          })
        }
        return found.reverse()
      },
    }
  }

  /** Rows under these names, for this asset and component or for all; each statement once. */
  function rowsAbout(
    { starts, order }: Grouped,
    wanted: readonly number[],
    asset: number,
    component: number,
  ): readonly number[] {
    const found: number[] = []
    const seen = new Set<number>()
    for (const name of wanted) {
      const [from, end] = [starts[name] ?? 0, starts[name + 1] ?? 0]
      for (const wantedAsset of asset === 0 ? [0] : [0, asset]) {
        for (let i = firstAt(order, from, end, wantedAsset); i < end; i++) {
          const row = order[i] ?? 0
          if (table.asset.get(row) !== wantedAsset) break
          const ofComponent = table.component.get(row)
          if (ofComponent !== 0 && ofComponent !== component) continue
          const first = row - table.nth.get(row)
          if (wanted.length > 1 && seen.has(first)) continue
          if (wanted.length > 1) seen.add(first)
          found.push(row)
        }
      }
    }
    return found
  }

  /** The first position of rows about an asset, among those of one name. */
  function firstAt(order: Int32Array, from: number, end: number, asset: number): number {
    let [low, high] = [from, end]
    while (low < high) {
      const middle = (low + high) >>> 1
      if (table.asset.get(order[middle] ?? 0) < asset) low = middle + 1
      else high = middle
    }
    return low
  }
}

// Of times that may be infinite.
const compareNumbers = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0)
