import { textFlaw } from './bytes.ts'
import { makeSplitter, type RecordStart } from './json-split.ts'
import type { Place } from './problems.ts'
import { LONGEST_RECORD, type RowSink, type RowSource } from './rows.ts'

/** A JSON list, an object with a `records` list, or objects one after the other (`lines`: one on each line). */
export function makeJsonRows(form: 'document' | 'lines', sink: RowSink): RowSource {
  const names: string[] = []
  const positions = new Map<string, number>()
  let cells: (string | undefined)[] = []
  let current = { text: '', start: { line: 1, column: 1 } }

  function record(bytes: Buffer, start: RecordStart, item: number): void {
    const flaw = textFlaw(bytes)
    if (flaw !== undefined) {
      sink.fatal({ ...flaw, place: start })
      return
    }
    const text = bytes.toString()
    current = { text, start }
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch (error) {
      const at = Number(/ at position (\d+)/.exec(String(error))?.[1] ?? text.length)
      bad('this record is not valid JSON', at)
      return
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) bad('a record must be an object', 0)
    // JSON.parse keeps the last of two equal keys without a word.
    else if (keysOf(text) > Object.keys(value).length) bad('this record has the same key twice', 0)
    else deliver(value, form === 'document' ? item : 0)
  }

  function bad(message: string, at: number): void {
    const { text, start } = current
    sink.badRow({ code: 'bad-json', message, place: () => placeAt(text, start, at) })
  }

  function deliver(value: object, item: number): void {
    cells = names.map(() => undefined)
    let nested: number[] | undefined
    let grown = false
    for (const [key, cell] of Object.entries(value)) {
      let at = positions.get(key)
      if (at === undefined) {
        at = names.push(key) - 1
        positions.set(key, at)
        grown = true
      }
      cells[at] = cellText(cell)
      if (typeof cell === 'object' && cell !== null) {
        nested ??= []
        nested.push(at)
      }
    }
    if (grown) sink.columns([...names], locate)
    if (!sink.stopped) sink.row(cells, current.start.line, item, nested)
  }

  function locate(column: number): Place {
    const { text, start } = current
    const key = JSON.stringify(names[column] ?? '')
    for (let at = text.indexOf(key); at >= 0; at = text.indexOf(key, at + 1)) {
      if (/^\s*:/.test(text.slice(at + key.length, at + key.length + 20))) return placeAt(text, start, at)
    }
    return placeAt(text, start, 0)
  }

  const source =
    form === 'lines'
      ? byLine(record, sink)
      : makeSplitter({
          get stopped() {
            return sink.stopped
          },
          record,
          fatal: (message, place) => sink.fatal({ code: 'bad-json', message, place }),
        })
  return { ...source, locate }
}

/** A position in a record's text as a place in the file. */
function placeAt(text: string, start: RecordStart, at: number): Place {
  const lineStart = text.lastIndexOf('\n', at - 1) + 1
  const stop = text.indexOf('\n', at)
  const own = text.slice(lineStart, stop < 0 ? text.length : stop).replace(/\r$/, '')
  if (lineStart > 0) {
    const line = start.line + text.slice(0, lineStart).split('\n').length - 1
    return { line, column: at - lineStart + 1, frame: own }
  }
  const place = { line: start.line, column: start.column + at }
  // What stands before the record in its line is not kept; blanks hold its place.
  return start.column <= 80 ? { ...place, frame: ' '.repeat(start.column - 1) + own } : place
}

/** How many keys a valid object has in its own text, repeated ones too: colons outside of strings and inner values. */
function keysOf(text: string): number {
  let keys = 0
  let depth = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === QUOTE) {
      for (i++; i < text.length && text.charCodeAt(i) !== QUOTE; i++) if (text.charCodeAt(i) === BACKSLASH) i++
    } else if (code === 123 || code === 91) depth++
    else if (code === 125 || code === 93) depth--
    else if (code === 58 && depth === 1) keys++
  }
  return keys
}

const QUOTE = 34
const BACKSLASH = 92

function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value !== 'object') return String(value)
  try {
    return JSON.stringify(value)
  } catch {
    // Nested deeper than the stack reaches: no column can hold it, so its text does not matter.
    return '(nested too deep)'
  }
}

function byLine(record: (bytes: Buffer, start: RecordStart, item: number) => void, sink: RowSink) {
  let carry: Buffer = Buffer.alloc(0)
  let line = 1

  function take(bytes: Buffer): void {
    const text = bytes.toString('latin1')
    if (bytes.length > LONGEST_RECORD) {
      sink.fatal({ code: 'long-row', message: 'record longer than 1 MiB', place: { line, column: 1 } })
    } else if (text.trim() !== '') record(bytes, { line, column: 1 }, 0)
    line++
  }

  return {
    push(chunk: Buffer): void {
      let start = 0
      for (let end = chunk.indexOf(10); end >= 0 && !sink.stopped; end = chunk.indexOf(10, start)) {
        const rest = chunk.subarray(start, end)
        take(carry.length === 0 ? rest : Buffer.concat([carry, rest]))
        carry = Buffer.alloc(0)
        start = end + 1
      }
      const rest = chunk.subarray(start)
      carry = carry.length === 0 ? rest : Buffer.concat([carry, rest])
      if (carry.length > LONGEST_RECORD && !sink.stopped) take(carry)
    },
    end(): void {
      if (carry.length > 0 && !sink.stopped) take(carry)
    },
  }
}
