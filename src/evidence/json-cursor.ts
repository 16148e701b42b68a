import { LF } from './bytes.ts'

/** Where a record begins: 1-based line and column. */
export interface RecordStart {
  readonly line: number
  readonly column: number
}

/** Counts lines and columns of bytes; columns are in UTF-16 units, as editors count them. */
export interface Cursor {
  /** Goes past a byte. */
  pass(byte: number): void
  /** The place of the byte that comes next. */
  here(): RecordStart
}

export function makeCursor(): Cursor {
  let line = 1
  let offset = 0
  let lineStart = 0
  // Bytes that only continue a character, less those that make it two units.
  let continued = 0
  return {
    pass(byte) {
      offset++
      if (byte === LF) {
        line++
        lineStart = offset
        continued = 0
      } else if (byte >= 0x80) {
        if ((byte & 0xc0) === 0x80) continued++
        else if (byte >= 0xf0) continued--
      }
    },
    here: () => ({ line, column: offset - lineStart - continued + 1 }),
  }
}
