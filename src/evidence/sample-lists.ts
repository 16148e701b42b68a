import { usualDistance } from './distances.ts'
import type { MeasurementSeries, RequestSeries } from './records.ts'

/** Request counters as they are read, one list per service and filter. */
export interface RequestLists {
  /** A number for a row's other cells: equal texts have equal numbers. */
  cellsId(text: string): number
  /** The number of the next row, which all its `add` calls share. */
  nextRow(): number
  add(service: string, filter: number, row: RequestRow): void
  /**
   * Sorted by time. Rows of one time and of different other cells stand side by side. A row that says the same as
   * another is dropped, `again` gets its file; one that contradicts another is dropped and reported.
   */
  finish(again: (input: number) => void, contradiction: (found: Contradiction) => void): readonly RequestSeries[]
}

/** `cells` tells rows with other cells apart, `row` the same row in several lists. */
export type RequestRow = readonly [
  time: number,
  total: number,
  failed: number,
  interval: number,
  cells: number,
  input: number,
  line: number,
  row: number,
]

/** A row that counts time which an earlier row (`other`) with the same other cells counts, and says otherwise. */
export interface Contradiction {
  readonly kind: 'same-time' | 'overlap'
  readonly service: string
  readonly input: number
  readonly line: number
  readonly other: { readonly input: number; readonly line: number }
}

export function makeRequestLists(): RequestLists {
  const lists = new Map<string, { service: string; filter: number; table: Table }>()
  const ids = new Map<string, number>([['', 0]])
  let rows = 0

  function cellsId(text: string): number {
    const known = ids.get(text)
    if (known !== undefined) return known
    if (ids.size >= MOST_IDS) return -1 - hash53(text)
    ids.set(text, ids.size)
    return ids.size - 1
  }

  function add(service: string, filter: number, row: RequestRow): void {
    tableIn(lists, `${filter} ${service}`, () => ({ service, filter, table: makeTable(8) })).table.push(row)
  }

  function finish(
    again: (input: number) => void,
    contradiction: (found: Contradiction) => void,
  ): readonly RequestSeries[] {
    // A row that several filters see is one row: it is counted, or reported, once.
    const said = new Set<number>()
    return sortedValues(lists).map(({ service, filter, table }) => {
      const lastOf = new Map<number, number>()
      const kept = table.sorted().filter(row => {
        const cells = table.at(row, 4)
        const before = lastOf.get(cells)
        const apart = before === undefined || isApart(table, before, row)
        if (apart) lastOf.set(cells, row)
        else if (!said.has(table.at(row, 7))) {
          said.add(table.at(row, 7))
          const input = table.at(row, 5)
          const sameTime = table.at(before, 0) === table.at(row, 0)
          if (sameTime && [1, 2, 3].every(column => table.at(before, column) === table.at(row, column))) again(input)
          else {
            contradiction({
              kind: sameTime ? 'same-time' : 'overlap',
              service,
              input,
              line: table.at(row, 6),
              other: { input: table.at(before, 5), line: table.at(before, 6) },
            })
          }
        }
        return apart
      })
      const column = (at: number): Float64Array => kept.map(row => table.at(row, at))
      const time = column(0)
      return {
        service,
        filter,
        time,
        total: column(1),
        failed: column(2),
        interval: column(3),
        input: Int32Array.from(column(5)),
        line: column(6),
        usual: usualDistance(time),
      }
    })
  }

  return { cellsId, nextRow: () => rows++, add, finish }
}

/** Whether the time that `before` states to cover has ended when `row` begins. */
function isApart(table: Table, before: number, row: number): boolean {
  const [from, to] = [table.at(before, 0), table.at(row, 0)]
  return to > from && to >= from + table.at(before, 3)
}

// Beyond so many different texts (an id in every row) only a hash of each is kept.
const MOST_IDS = 65_536

/** 53 bits of a text's hash. */
export function hash53(text: string): number {
  let a = 0xdeadbeef
  let b = 0x41c6ce57
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    a = Math.imul(a ^ code, 2_654_435_761)
    b = Math.imul(b ^ code, 1_597_334_677)
  }
  a = Math.imul(a ^ (a >>> 16), 2_246_822_507) ^ Math.imul(b ^ (b >>> 13), 3_266_489_909)
  b = Math.imul(b ^ (b >>> 16), 2_246_822_507) ^ Math.imul(a ^ (a >>> 13), 3_266_489_909)
  return (b & 0x1fffff) * 2 ** 32 + (a >>> 0)
}

/** Measured values as they are read, one list per metric, service and filter. */
export interface MeasurementLists {
  add(metric: string, service: string, filter: number, time: number, value: number): void
  finish(): readonly MeasurementSeries[]
}

export function makeMeasurementLists(): MeasurementLists {
  const lists = new Map<string, { metric: string; service: string; filter: number; table: Table }>()
  return {
    add(metric, service, filter, ...row) {
      const make = () => ({ metric, service, filter, table: makeTable(2) })
      tableIn(lists, `${filter} ${JSON.stringify(metric)} ${service}`, make).table.push(row)
    },
    finish: () =>
      sortedValues(lists).map(({ metric, service, filter, table }) => {
        const rows = table.sorted()
        const time = rows.map(row => table.at(row, 0))
        return { metric, service, filter, time, value: rows.map(row => table.at(row, 1)), usual: usualDistance(time) }
      }),
  }
}

/** Rows of numbers, the first of each a time, in typed arrays that double as they fill. */
interface Table {
  push(row: readonly number[]): void
  at(row: number, column: number): number
  /** Row numbers by time, in the order they came within one. */
  sorted(): Float64Array
}

function makeTable(width: number): Table {
  let data = new Float64Array(width * 64)
  let rows = 0
  let rising = true
  const at = (row: number, column: number): number => data[row * width + column] ?? Number.NaN

  function push(row: readonly number[]): void {
    if ((rows + 1) * width > data.length) {
      const larger = new Float64Array(data.length * 2)
      larger.set(data)
      data = larger
    }
    if (rows > 0 && (row[0] ?? 0) < at(rows - 1, 0)) rising = false
    data.set(row, rows * width)
    rows++
  }

  function sorted(): Float64Array {
    const order = Float64Array.from({ length: rows }, (_, i) => i)
    if (!rising) order.sort((a, b) => at(a, 0) - at(b, 0) || a - b)
    return order
  }

  return { push, at, sorted }
}

function tableIn<T>(lists: Map<string, T>, key: string, make: () => T): T {
  let found = lists.get(key)
  if (found === undefined) {
    found = make()
    lists.set(key, found)
  }
  return found
}

/** By service (and metric), then filter, whatever the order of the files. */
function sortedValues<T extends { service: string; filter: number; metric?: string }>(lists: Map<string, T>): T[] {
  const name = (value: T): string => JSON.stringify([value.metric ?? '', value.service])
  return [...lists.values()].sort((a, b) => (name(a) < name(b) ? -1 : name(a) > name(b) ? 1 : a.filter - b.filter))
}
