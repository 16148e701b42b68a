import type { Origin } from '../model/finding.ts'
import type { Moment } from '../model/interval.ts'
import type { Cells } from './filter.ts'
import type { Happened } from './records.ts'
import type { Once, Reading } from './types/record-type.ts'

/** Reads the cells of one row after the other by column name; everything wrong with a row is said at once. */
export interface RowParser {
  begin(cells: Cells): void
  readonly failed: boolean
  fail(column: string, message: string, hint?: string, once?: Once): void
  /** The trimmed text; undefined when blank, `?` or absent. */
  text(column: string): string | undefined
  /** A stamp that must be there. */
  start(column: string): Moment | undefined
  /**
   * An end not before `start`, `null` when blank; a column that must be there. `?` is an error, or with `unknown`
   * `any` an end at any time from the start to `asOf`.
   */
  end(column: string, start: Moment | undefined, unknown?: 'any'): Moment | null | undefined
  /** Whether the cell is there and says `?`. */
  isUnknown(column: string): boolean
  /** The trimmed text; `null` when blank, undefined when `?` or absent. */
  said(column: string): string | null | undefined
  /** A stamp whether past or not; `null` when blank. */
  stamp(column: string): Happened
  /** A stamp as far as it has happened by `asOf`. */
  happened(column: string): Happened
  /** A stamp that is a statement, whether past or not. */
  stated(column: string): Moment | undefined
  word<T>(column: string, words: ReadonlyMap<string, T>, otherwise: T): T | undefined
  parsed<T>(column: string, parse: (text: string) => T | undefined, expected: string): T | undefined
  /** A moment cut to what is known at `asOf`; `happenedBy` gives `null` for one that lies beyond. */
  known(moment: Moment): Moment
  happenedBy(moment: Moment): Moment | null
  origin(line: number, item: number): Origin
}

export function makeRowParser(reading: Reading): RowParser {
  const { asOf, stamps } = reading
  let cells: Cells = []
  let failed = false

  function fail(column: string, message: string, hint?: string, once?: Once): void {
    failed = true
    reading.fail(reading.at(column), message, hint, once)
  }

  function cell(column: string): string | undefined {
    const at = reading.at(column)
    // A negative index would be looked up as a name, in every row.
    return at < 0 ? undefined : cells[at]?.trim()
  }

  function text(column: string): string | undefined {
    const value = cell(column)
    return value === '' || value === '?' ? undefined : value
  }

  function moment(column: string, value: string): Moment | undefined {
    const read = stamps.moment(value)
    if ('earliest' in read) return read
    failed = true
    reading.failStamp(reading.at(column), column, read)
    return undefined
  }

  function start(column: string): Moment | undefined {
    const value = cell(column)
    if (value === undefined) fail(column, `${column} is missing: expected an instant or a date`)
    else if (value === '' || value === '?') {
      fail(column, `${column} is ${value === '' ? 'blank' : 'not known (?)'}: expected an instant or a date`)
    } else return moment(column, value)
    return undefined
  }

  function end(column: string, begun: Moment | undefined, unknown?: 'any'): Moment | null | undefined {
    const value = cell(column)
    if (value === '') return null
    if (value === '?' && unknown === 'any') {
      return begun === undefined ? undefined : { earliest: begun.earliest, latest: Math.max(begun.earliest, asOf) }
    }
    if (value === undefined || value === '?') {
      const what = value === undefined ? 'missing' : 'not known (?)'
      fail(column, `${column} is ${what}: expected an instant, a date, or blank while it goes on`)
      return undefined
    }
    const read = moment(column, value)
    if (read !== undefined && begun !== undefined && read.latest < begun.earliest) {
      fail(column, `${column} lies before ${column === 'end' ? 'start' : 'its start'}`)
    }
    return read
  }

  function stated(column: string): Moment | undefined {
    const value = text(column)
    return value === undefined ? undefined : moment(column, value)
  }

  function stamp(column: string): Happened {
    const value = cell(column)
    if (value === '') return null
    return value === undefined || value === '?' ? undefined : moment(column, value)
  }

  function happened(column: string): Happened {
    const read = stamp(column)
    return read === undefined || read === null ? read : happenedBy(read)
  }

  const known = (m: Moment): Moment => (m.latest <= asOf ? m : { earliest: m.earliest, latest: asOf })
  const happenedBy = (m: Moment): Moment | null => (m.earliest > asOf ? null : known(m))

  return {
    begin(next) {
      cells = next
      failed = false
    },
    get failed() {
      return failed
    },
    fail,
    text,
    start,
    end,
    isUnknown: column => cell(column) === '?',
    said(column) {
      const value = cell(column)
      if (value === '') return null
      return value === '?' ? undefined : value
    },
    stamp,
    happened,
    stated,
    known,
    happenedBy,
    word(column, words, otherwise) {
      const value = cell(column)
      if (value === undefined || value === '') return otherwise
      const found = words.get(value.toLowerCase())
      if (found === undefined) fail(column, `${column} "${value}": expected ${either([...words.keys()])}`)
      return found
    },
    parsed(column, parse, expected) {
      const value = text(column)
      const found = value === undefined ? undefined : parse(value)
      if (value !== undefined && found === undefined) fail(column, `${column} "${value}": expected ${expected}`)
      return found
    },
    origin: (line, item) => (item === 0 ? { input: reading.input, line } : { input: reading.input, line, item }),
  }
}

/** `a, b or c`. */
export function either(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`
}
