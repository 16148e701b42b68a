import { usualDistance } from './distances.ts'
import type { MeasurementSeries, RequestSeries } from './records.ts'

/** Request counters as they are read, one list per service and filter. */
export interface RequestLists {
  add(
    service: string,
    filter: number,
    time: number,
    total: number,
    failed: number,
    interval: number,
    input: number,
    line: number,
  ): void
  /** Sorted by time. Rows that say the same twice are dropped, `again` gets their file; contradictions are reported. */
  finish(again: (input: number) => void, contradiction: Contradiction): readonly RequestSeries[]
}

/** A row whose counters differ from those of an earlier row (`other`) for the same service and time. */
type Contradiction = (
  service: string,
  input: number,
  line: number,
  other: { readonly input: number; readonly line: number },
) => void

export function makeRequestLists(): RequestLists {
  const lists = new Map<string, { service: string; filter: number; table: Table }>()

  function add(...[service, filter, ...row]: Parameters<RequestLists['add']>): void {
    tableIn(lists, `${filter} ${service}`, () => ({ service, filter, table: makeTable(6) })).table.push(row)
  }

  function finish(again: (input: number) => void, contradiction: Contradiction): readonly RequestSeries[] {
    // A row that several filters see is one row: it is counted, or reported, once.
    const first = Math.min(...[...lists.values()].map(list => list.filter))
    return sortedValues(lists).map(({ service, filter, table }) => {
      const kept = table.sorted((a, b) => {
        if (filter !== first) return false
        const same = [1, 2, 3].every(column => table.at(a, column) === table.at(b, column))
        const input = table.at(b, 4)
        if (same) again(input)
        else contradiction(service, input, table.at(b, 5), { input: table.at(a, 4), line: table.at(a, 5) })
        return false
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
        input: Int32Array.from(column(4)),
        line: column(5),
        usual: usualDistance(time),
      }
    })
  }

  return { add, finish }
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
        const rows = table.sorted(() => true)
        const time = rows.map(row => table.at(row, 0))
        return { metric, service, filter, time, value: rows.map(row => table.at(row, 1)), usual: usualDistance(time) }
      }),
  }
}

/** Rows of numbers, the first of each a time, in typed arrays that double as they fill. */
interface Table {
  push(row: readonly number[]): void
  at(row: number, column: number): number
  /** Row numbers by time, file order within one; a row is kept beside an earlier one of its time if `beside` says so. */
  sorted(beside: (kept: number, row: number) => boolean): Float64Array
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

  function sorted(beside: (kept: number, row: number) => boolean): Float64Array {
    const order = Float64Array.from({ length: rows }, (_, i) => i)
    if (!rising) order.sort((a, b) => at(a, 0) - at(b, 0) || a - b)
    let kept = 0
    let before = -1
    for (const row of order) {
      if (before >= 0 && at(before, 0) === at(row, 0)) {
        if (!beside(before, row)) continue
      } else before = row
      order[kept++] = row
    }
    return order.slice(0, kept)
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
