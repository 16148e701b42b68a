import type { Moment } from '../../model/interval.ts'
import { type Column, float64, int32, makeColumn, makeTexts, type Texts, uint8 } from '../tickets/columns.ts'
import { type MomentColumn, makeMoments, makeOrigins, type OriginColumn } from '../tickets/tables.ts'
import { type FactsTable, makeFactsTable } from './facts.ts'
import { makeTuples } from './tuples.ts'

/** Rows of vulnerabilities in the order they are read. */
export interface RowTable {
  /** Number of the key: service × asset × component × canonical id. */
  readonly key: Column
  /** Number of the scan's id among the texts, 0 for rows of a log. */
  readonly scan: Column
  /** Number of what the row says beside its stamps. */
  readonly facts: Column
  /** Bits LEFT, BAD, FIXED_ABSENT, DETECTED_LATER. */
  readonly flags: Column
  readonly cells: Column
  readonly detected: MomentColumn
  readonly evaluated: MomentColumn
  readonly mitigated: MomentColumn
  readonly fixed: MomentColumn
  readonly reopened: MomentColumn
  readonly origin: OriginColumn
}

/** A sighting that a mapping leaves out: it is still there, but says nothing else. */
export const LEFT = 1
/** A bad row that was left out. */
export const BAD = 2
export const FIXED_ABSENT = 4
export const DETECTED_LATER = 8

/** Statements in the order they are read. */
export interface StatementTable {
  /** Index into `KINDS`. */
  readonly kind: Column
  /** A statement has a row for each of its names: the how many-th it is. */
  readonly nth: Column
  /** Numbers of the name of the vulnerability, and of asset and component among the texts, 0 for all. */
  readonly name: Column
  readonly asset: Column
  readonly component: Column
  readonly body: Column
  readonly at: Column
  readonly span: Column
  readonly origin: OriginColumn
}

/** Texts that many rows share. */
export interface SharedTexts {
  /** Names of vulnerabilities. */
  readonly names: Texts
  /** Assets, components, services and ids of scans; 0 is `''`. */
  readonly texts: Texts
  readonly keys: KeyTable
  /** Names of one vulnerability: numbers apart by blanks; 0 is none but the canonical id. */
  readonly nameSets: Texts
  /** What statements say, as JSON. */
  readonly bodies: Texts
  readonly facts: FactsTable
  readonly attributeSets: Texts
}

/** Keys: numbers of service, asset and component among the texts, and of the canonical id among the names. */
export interface KeyTable {
  /** The number of a key, a new one for a new key. */
  id(service: number, asset: number, component: number, name: number): number
  service(key: number): number
  asset(key: number): number
  component(key: number): number
  name(key: number): number
  readonly count: number
}

export function makeRowTable(): RowTable {
  return {
    key: makeColumn(int32),
    scan: makeColumn(int32),
    facts: makeColumn(int32),
    flags: makeColumn(uint8),
    cells: makeColumn(float64),
    detected: makeMoments(),
    evaluated: makeMoments(),
    mitigated: makeMoments(),
    fixed: makeMoments(),
    reopened: makeMoments(),
    origin: makeOrigins(),
  }
}

export function makeStatementTable(): StatementTable {
  return {
    kind: makeColumn(uint8),
    nth: makeColumn(int32),
    name: makeColumn(int32),
    asset: makeColumn(int32),
    component: makeColumn(int32),
    body: makeColumn(int32),
    at: makeColumn(float64),
    span: makeColumn(float64),
    origin: makeOrigins(),
  }
}

export function makeSharedTexts(): SharedTexts {
  const texts = makeTexts([''])
  return {
    names: makeTexts(),
    texts,
    keys: makeKeyTable(),
    nameSets: makeTexts(['']),
    bodies: makeTexts(),
    facts: makeFactsTable(texts),
    attributeSets: makeTexts(['']),
  }
}

function makeKeyTable(): KeyTable {
  const keys = makeTuples(4, int32)
  return {
    id: (...parts) => keys.id(parts),
    service: key => keys.get(key, 0),
    asset: key => keys.get(key, 1),
    component: key => keys.get(key, 2),
    name: key => keys.get(key, 3),
    get count() {
      return keys.count
    },
  }
}

/** Rows by a number that each has, from 0 to `count`: those of `n` are `order[starts[n]]` to before `order[starts[n + 1]]`. */
export interface Grouped {
  readonly starts: Int32Array
  readonly order: Int32Array
}

export function grouped(rows: number, count: number, numberOf: (row: number) => number): Grouped {
  const starts = new Int32Array(count + 1)
  for (let row = 0; row < rows; row++) {
    const next = numberOf(row) + 1
    starts[next] = (starts[next] ?? 0) + 1
  }
  for (let i = 1; i < starts.length; i++) starts[i] = (starts[i] ?? 0) + (starts[i - 1] ?? 0)
  const order = new Int32Array(rows)
  const filled = starts.slice()
  for (let row = 0; row < rows; row++) {
    const group = numberOf(row)
    const at = filled[group] ?? 0
    order[at] = row
    filled[group] = at + 1
  }
  return { starts, order }
}

/** Whether one moment surely lies before another, however little is known of the two. */
export function isBefore(a: Moment, b: Moment): boolean {
  return a.earliest < b.earliest && a.latest <= b.earliest
}
