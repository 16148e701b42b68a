import { LIST_KEYS } from './formats/heads.ts'
import { makeCursor, type RecordStart } from './json-cursor.ts'
import { LONGEST_RECORD } from './rows.ts'

export interface SplitSink {
  readonly stopped: boolean
  /**
   * The bytes of one record; they may be invalid JSON inside. `item` counts from 1; `list` is the key of the list that
   * it stands in, `''` for a list without one, undefined outside of lists.
   */
  record(bytes: Buffer, start: RecordStart, item: number, list: string | undefined): void
  fatal(message: string, at: RecordStart, hint?: string): void
}

export interface Splitter {
  push(chunk: Buffer): void
  end(): void
}

/**
 * Cuts a JSON document that arrives in pieces into records: the elements of an array, the elements of the lists of an
 * object that stand under one of `LIST_KEYS`, or objects that follow each other. Holds one record at a time.
 */
export function makeSplitter(sink: SplitSink): Splitter {
  let state: State = 'start'
  let items = 0
  const cursor = makeCursor()
  const { here } = cursor

  // The value or the enclosing object being read: bytes of earlier chunks, and where it began.
  let kept: Buffer[] = []
  let keptLength = 0
  let began: RecordStart = { line: 1, column: 1 }
  let depth = 0
  let inString = false
  let escaped = false
  let scalar = false
  // An object with a list of records: its text without the list's contents, checked as JSON at its end.
  let frame: string | undefined
  let list = ''
  let frameStart = began

  function push(chunk: Buffer): void {
    let from = 0
    for (let i = 0; i < chunk.length && !sink.stopped; i++) {
      const byte = chunk[i] ?? 0
      if (isOpen(state)) {
        if (inString) {
          if (escaped) escaped = false
          else if (byte === BACKSLASH) escaped = true
          else if (byte === DOUBLE_QUOTE) {
            inString = false
            if (depth === 0 && state === 'value') {
              finishValue(chunk, from, i + 1)
              state = 'comma'
            }
          }
        } else if (scalar) {
          if (isSpace(byte) || byte === COMMA || byte === CLOSE_LIST || byte === CLOSE_OBJECT) {
            scalar = false
            finishValue(chunk, from, i)
            state = 'comma'
            between(byte)
            from = i
          }
        } else if (byte === DOUBLE_QUOTE) inString = true
        else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
          depth++
          if (byte === OPEN_LIST && depth === 2 && state !== 'value' && opensRecords(chunk, from, i)) {
            state = 'first'
            depth = 0
          }
        } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
          depth--
          if (depth === 0) close(chunk, from, i + 1)
        }
      } else {
        between(byte)
        if (isOpen(state)) from = i
      }
      cursor.pass(byte)
    }
    if (!sink.stopped && isOpen(state)) keep(chunk.subarray(from))
  }

  /** One byte outside records. */
  function between(byte: number): void {
    if (isSpace(byte)) return
    switch (state) {
      case 'start':
        if (byte === OPEN_LIST) state = 'first'
        else if (byte === OPEN_OBJECT) begin('object', 1)
        else sink.fatal('expected a JSON list or object', here())
        return
      case 'objects':
        if (byte === OPEN_OBJECT) begin('object', 1)
        else sink.fatal('expected another record or the end of the file', here())
        return
      case 'first':
      case 'next':
        if (byte === CLOSE_LIST && state === 'first') endList()
        else if (byte === COMMA || byte === CLOSE_LIST || byte === CLOSE_OBJECT || byte === COLON) {
          sink.fatal('expected a record', here())
        } else {
          begin('value', byte === OPEN_OBJECT || byte === OPEN_LIST ? 1 : 0)
          inString = byte === DOUBLE_QUOTE
          scalar = depth === 0 && !inString
        }
        return
      case 'comma':
        if (byte === COMMA) state = 'next'
        else if (byte === CLOSE_LIST) endList()
        else sink.fatal('expected "," or "]" after a record', here())
        return
      default:
        sink.fatal('unexpected text after the end of the document', here())
    }
  }

  function begin(next: State, opened: number): void {
    state = next
    depth = opened
    began = here()
  }

  function endList(): void {
    if (frame === undefined) state = 'done'
    else {
      state = 'rest'
      depth = 1
      began = here()
    }
  }

  /** Whether the `[` at `i` opens a list of records in the object being read; if so, its text so far is set aside. */
  function opensRecords(chunk: Buffer, from: number, i: number): boolean {
    const key = keyBefore(chunk, from, i)
    // An object that follows others is a record itself, whatever lists it has.
    if (key === undefined || (key !== 'records' && frame === undefined && items > 0)) return false
    const text = (frame ?? '') + gather(chunk, from, i).toString()
    if (frame === undefined) frameStart = began
    list = key
    frame = `${text}[`
    kept = []
    keptLength = 0
    return true
  }

  /** The key of `LIST_KEYS` that stands before position `i`. */
  function keyBefore(chunk: Buffer, from: number, i: number): string | undefined {
    const near = chunk.subarray(Math.max(from, i - NEAR), i).toString('latin1')
    const text = i - from >= NEAR ? near : gather(chunk, from, i).subarray(-NEAR).toString('latin1')
    const key = /"(\w+)"\s*:\s*$/.exec(text)?.[1]
    return key !== undefined && LIST_KEYS.includes(key) ? key : undefined
  }

  function close(chunk: Buffer, from: number, to: number): void {
    if (state === 'value') {
      finishValue(chunk, from, to)
      state = 'comma'
    } else if (frame === undefined) {
      finishValue(chunk, from, to)
      state = 'objects'
    } else {
      const text = frame + gather(chunk, from, to).toString()
      kept = []
      keptLength = 0
      state = 'done'
      if (!isJson(text)) sink.fatal(`the object around "${list}" is not valid JSON`, frameStart)
    }
  }

  function finishValue(chunk: Buffer, from: number, to: number): void {
    const bytes = gather(chunk, from, to)
    kept = []
    keptLength = 0
    if (bytes.length > LONGEST_RECORD) tooLong()
    else sink.record(bytes, began, ++items, frame !== undefined ? list : state === 'value' ? '' : undefined)
  }

  function gather(chunk: Buffer, from: number, to: number): Buffer {
    const last = chunk.subarray(from, to)
    return kept.length === 0 ? last : Buffer.concat([...kept, last])
  }

  function keep(bytes: Buffer): void {
    kept.push(bytes)
    keptLength += bytes.length
    if (keptLength > LONGEST_RECORD) tooLong()
  }

  function tooLong(): void {
    if (state === 'value') sink.fatal('record longer than 1 MiB', began)
    else if (frame !== undefined) sink.fatal(`what stands around "${list}" is longer than 1 MiB`, frameStart, ALONE)
    else sink.fatal('record longer than 1 MiB', began, items === 0 ? LISTS : undefined)
  }

  function end(): void {
    if (sink.stopped || state === 'done' || state === 'objects') return
    if (state === 'start') sink.fatal('there is no record in this file', here())
    else if (state === 'value' || state === 'object')
      sink.fatal('the file ends inside the record that begins here', began)
    else sink.fatal('the file ends before its list of records is closed', here())
  }

  return { push, end }
}

type State = 'start' | 'objects' | 'first' | 'next' | 'comma' | 'value' | 'object' | 'rest' | 'done'

/** Where a document has its records. */
export const LISTS = `a document has its records in a list under ${LIST_KEYS.map(key => `"${key}"`).join(', ')}; give that list alone otherwise`
const ALONE = 'give the list of records alone'
// Bytes before a list that hold its key.
const NEAR = 256

const DOUBLE_QUOTE = 0x22
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_LIST = 0x5b
const BACKSLASH = 0x5c
const CLOSE_LIST = 0x5d
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d

/** Whether bytes are being collected. */
function isOpen(state: State): boolean {
  return state === 'value' || state === 'object' || state === 'rest'
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
