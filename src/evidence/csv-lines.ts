import { QUOTE } from './bytes.ts'

/** Dialect of a delimited file, as byte values. */
export interface Dialect {
  readonly delimiter: number
  /** Line feed, or carriage return in files that have no line feeds. */
  readonly newline: number
}

/** Finds where records end in bytes that arrive in pieces: at line ends outside quotes. */
export interface RecordEnds {
  /** Position after the last record that ends in these bytes, -1 if none does. */
  lastEnd(bytes: Buffer): number
  readonly insideQuotes: boolean
}

/** Quotes open at the start of a cell only. Bytes without quotes are not looked at one by one. */
export function makeRecordEnds(dialect: Dialect): RecordEnds {
  let state = CELL_START
  return {
    get insideQuotes() {
      return state === QUOTED
    },
    lastEnd(bytes) {
      if (state !== QUOTED && bytes.indexOf(QUOTE) < 0) {
        const end = bytes.lastIndexOf(dialect.newline) + 1
        if (bytes.length > 0) state = end === bytes.length ? CELL_START : stateAfterPlain(bytes, dialect)
        return end === 0 ? -1 : end
      }
      let last = -1
      for (let i = 0; i < bytes.length; i++) {
        state = next(state, bytes[i] ?? 0, dialect)
        if (state === CELL_START && bytes[i] === dialect.newline) last = i + 1
      }
      return last
    },
  }
}

/** The records of a block as byte ranges without their line end, with the number of lines each takes. */
export function* recordsIn(block: Buffer, dialect: Dialect): Generator<{ start: number; end: number; lines: number }> {
  let state = CELL_START
  let start = 0
  let lines = 1
  for (let i = 0; i < block.length; i++) {
    const byte = block[i] ?? 0
    state = next(state, byte, dialect)
    if (byte !== dialect.newline) continue
    if (state === CELL_START) {
      yield { start, end: i, lines }
      start = i + 1
      lines = 1
    } else lines++
  }
  if (start < block.length) yield { start, end: block.length, lines }
}

/** Position of the first byte of a cell in a record; the record's start when it has fewer cells. */
export function cellStart(record: Buffer, cell: number, dialect: Dialect): number {
  let state = CELL_START
  let seen = 0
  for (let i = 0; i < record.length && seen < cell; i++) {
    const byte = record[i] ?? 0
    const before = state
    state = next(state, byte, dialect)
    if (byte === dialect.delimiter && before !== QUOTED && ++seen === cell) return i + 1
  }
  return 0
}

/** Position of the quote that a record opens and doesn't close; -1 if there is none. */
export function openQuote(record: Buffer, dialect: Dialect): number {
  let state = CELL_START
  let opened = -1
  for (let i = 0; i < record.length; i++) {
    const before = state
    state = next(state, record[i] ?? 0, dialect)
    if (state === QUOTED && before === CELL_START) opened = i
  }
  return state === QUOTED ? opened : -1
}

const CELL_START = 0
const PLAIN = 1
const QUOTED = 2
const AFTER_QUOTE = 3

function next(state: number, byte: number, dialect: Dialect): number {
  if (state === QUOTED) return byte === QUOTE ? AFTER_QUOTE : QUOTED
  if (byte === dialect.newline || byte === dialect.delimiter) return CELL_START
  if (byte === QUOTE) return state === PLAIN ? PLAIN : QUOTED
  // What follows a closing quote up to the delimiter is an error that ends with its line.
  return PLAIN
}

function stateAfterPlain(bytes: Buffer, dialect: Dialect): number {
  return bytes[bytes.length - 1] === dialect.delimiter ? CELL_START : PLAIN
}

/** How many times the byte occurs. */
export function countByte(bytes: Buffer, byte: number): number {
  let count = 0
  for (let i = bytes.indexOf(byte); i >= 0; i = bytes.indexOf(byte, i + 1)) count++
  return count
}
