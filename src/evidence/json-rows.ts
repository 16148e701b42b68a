import { textFlaw } from './bytes.ts'
import type { ConvertedRow, Converter, Json } from './formats/format.ts'
import type { RecordStart } from './json-cursor.ts'
import { LISTS, makeSplitter } from './json-split.ts'
import type { Place } from './problems.ts'
import { makeRecordRows } from './record-rows.ts'
import { LONGEST_RECORD, type RowSink, type RowSource } from './rows.ts'

/** How records of a tool's export become rows. */
export interface Conversion {
  /** The export that the records of a list are, told by the first of them. */
  converterOf(record: Json, list: string): Converter | undefined
  rowsOf(converter: Converter, record: Json): ReturnType<Converter['rows']>
}

/**
 * A JSON list, an object with a list of records, or objects one after the other (`lines`: one on each line).
 * `isRecord` tells records of the language from other objects by their keys.
 */
export function makeJsonRows(
  form: 'document' | 'lines',
  sink: RowSink,
  isRecord: (keys: readonly string[]) => boolean,
  conversion?: Conversion,
): RowSource {
  const records = makeRecordRows(sink, locate)
  let current = { text: '', start: { line: 1, column: 1 } }
  let tool: Converter | undefined
  // The list whose records are being read, once its first record has come.
  let list: string | undefined
  let converter: Converter | undefined
  // The key of the record that stands for a column, where a row is a converted one.
  let sources: Readonly<Record<string, string>> | undefined

  function record(bytes: Buffer, start: RecordStart, item: number, key: string | undefined): void {
    const under = key ?? ''
    const flaw = textFlaw(bytes)
    if (flaw !== undefined) {
      sink.fatal({ ...flaw, place: start })
      return
    }
    const text = bytes.toString()
    current = { text, start }
    let value: unknown
    try {
      value = parseExactly(text)
    } catch (error) {
      const at = Number(/ at position (\d+)/.exec(String(error))?.[1] ?? text.length)
      bad('this record is not valid JSON', at)
      return
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) bad('a record must be an object', 0)
    // JSON.parse keeps the last of two equal keys without a word.
    else if (keysOf(text) > Object.keys(value).length) bad('this record has the same key twice', 0)
    else {
      if (list !== under) begin(value as Json, under, key === undefined)
      if (sink.stopped) return
      if (converter === undefined) deliver(value, form === 'document' ? item : 0)
      else convert(converter, value as Json, form === 'document' ? item : 0)
    }
  }

  /** The first record of a list says whose export it is. */
  function begin(value: Json, under: string, alone: boolean): void {
    converter = conversion?.converterOf(value, under)
    tool ??= converter
    const first = list === undefined
    list = under
    if (converter !== undefined || !first || !alone) return
    const key = Object.keys(value).find(one => isListOfObjects(value[one]))
    if (key === undefined || isRecord(Object.keys(value))) return
    const message = `the list of this document stands under "${key}", which is not known`
    sink.fatal({ code: 'unknown-list', message, hint: LISTS, place: placeOfKey(key) })
  }

  function convert(first: Converter, value: Json, item: number): void {
    // Exports may be put together: tickets and their events line by line.
    const by = first.fits(value) ? first : (conversion?.converterOf(value, list ?? '') ?? first)
    const rows = conversion?.rowsOf(by, value) ?? []
    if ('problem' in rows) {
      const { problem, hint, key } = rows
      const place = (): Place => placeOfKey(key ?? '')
      sink.badRow({ code: 'bad-row', message: problem, ...(hint === undefined ? {} : { hint }), place })
      return
    }
    for (const row of rows as readonly ConvertedRow[]) {
      if (sink.stopped) return
      if ('leftOut' in row) sink.leftOut(row.leftOut)
      else {
        sources = row.type === 'ticket' ? by.sources : undefined
        deliver(row, item)
      }
    }
    sources = undefined
  }

  function bad(message: string, at: number): void {
    const { text, start } = current
    sink.badRow({ code: 'bad-json', message, place: () => placeAt(text, start, at) })
  }

  function deliver(value: object, item: number): void {
    records.deliver(value, current.start.line, item)
  }

  function locate(column: number): Place {
    const name = records.names[column] ?? ''
    if (converter === undefined) return placeOfKey(name)
    return placeOfKey(sources?.[name]?.split('.').at(-1) ?? '')
  }

  function placeOfKey(name: string): Place {
    const { text, start } = current
    const key = JSON.stringify(name)
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
          fatal: (message, place, hint) =>
            sink.fatal({ code: 'bad-json', message, ...(hint === undefined ? {} : { hint }), place }),
        })
  return {
    ...source,
    locate,
    get tool() {
      return tool
    },
    get sources() {
      return tool?.sources
    },
  }
}

function isListOfObjects(value: unknown): boolean {
  return Array.isArray(value) && typeof value[0] === 'object' && value[0] !== null
}

/** Whole numbers that JSON.parse would round, such as long ids, stay the digits that they are. */
function parseExactly(text: string): unknown {
  const value: unknown = JSON.parse(text)
  if (!/\d{16}/.test(text)) return value
  return JSON.parse(
    text.replaceAll(TOKEN, token =>
      /^-?\d{16,}$/.test(token) && !Number.isSafeInteger(Number(token)) ? `"${token}"` : token,
    ),
  )
}

const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g

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

function byLine(record: (bytes: Buffer, start: RecordStart, item: number, list: undefined) => void, sink: RowSink) {
  let carry: Buffer = Buffer.alloc(0)
  let line = 1

  function take(bytes: Buffer): void {
    const text = bytes.toString('latin1')
    if (bytes.length > LONGEST_RECORD) {
      sink.fatal({ code: 'long-row', message: 'record longer than 1 MiB', place: { line, column: 1 } })
    } else if (text.trim() !== '') record(bytes, { line, column: 1 }, 0, undefined)
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
