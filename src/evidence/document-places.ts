import type { Place } from './problems.ts'

/** Under this key an object of a document has the byte that it begins at. */
export const START: unique symbol = Symbol('start')

/** Where things stand in the bytes of a document. */
export interface Places {
  /** 1-based line in which an object begins; 1 for what is no object of the document. */
  lineOf(object: object): number
  /** Whether more than its own key stands before an object in its line, as in files without line breaks. */
  sharesLine(object: object): boolean
  /** Where the first of the keys that an object has stands; the object's own place without such a key. */
  placeOf(object: object, ...keys: readonly (string | undefined)[]): Place
  placeAt(byte: number): Place
}

export function makePlaces(bytes: Buffer): Places {
  let starts: Uint32Array | undefined

  /** Index of the line, from 0, that holds a byte. */
  function lineAt(byte: number): number {
    starts ??= lineStarts(bytes)
    let low = 0
    let high = starts.length
    while (high - low > 1) {
      const middle = (low + high) >>> 1
      if ((starts[middle] ?? 0) <= byte) low = middle
      else high = middle
    }
    return low
  }

  function placeAt(byte: number): Place {
    const line = lineAt(byte)
    const start = starts?.[line] ?? 0
    const stop = starts?.[line + 1] ?? bytes.length + 1
    const place = { line: line + 1, column: bytes.toString('utf8', start, byte).length + 1 }
    if (stop - start > LONGEST_FRAME) return place
    return { ...place, frame: bytes.toString('utf8', start, stop - 1).replace(/\r$/, '') }
  }

  return {
    lineOf: object => lineAt(startOf(object)) + 1,
    sharesLine(object) {
      const byte = startOf(object)
      const line = lineAt(byte)
      const start = starts?.[line] ?? 0
      let at = blanksBefore(bytes, byte, start)
      if (at > start && bytes[at - 1] === COLON) {
        at = blanksBefore(bytes, at - 1, start)
        if (at > start && bytes[at - 1] === QUOTE) at = bytes.lastIndexOf(QUOTE, at - 2)
        at = blanksBefore(bytes, Math.max(at, start), start)
      }
      return at > start
    },
    placeOf(object, ...keys) {
      for (const key of keys) {
        const at = key === undefined ? undefined : keyAt(bytes, startOf(object), key)
        if (at !== undefined) return placeAt(at)
      }
      return placeAt(startOf(object))
    },
    placeAt,
  }
}

function startOf(object: object): number {
  return START in object && typeof object[START] === 'number' ? object[START] : 0
}

function lineStarts(bytes: Buffer): Uint32Array {
  let count = 1
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) count++
  const starts = new Uint32Array(count)
  let line = 1
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) starts[line++] = at + 1
  return starts
}

/** The end of what stands before a byte, blanks left out; not before `start`. */
function blanksBefore(bytes: Buffer, byte: number, start: number): number {
  let at = byte
  while (at > start && (bytes[at - 1] ?? 0) <= 0x20) at--
  return at
}

/** Where a key stands in the valid object that begins at a byte, if not too far in. */
function keyAt(bytes: Buffer, start: number, key: string): number | undefined {
  const wanted = Buffer.from(JSON.stringify(key))
  let depth = 0
  const end = Math.min(bytes.length, start + FARTHEST)
  for (let at = start; at < end; at++) {
    const byte = bytes[at]
    if (byte === QUOTE) {
      const from = at
      for (at++; at < bytes.length && bytes[at] !== QUOTE; at++) if (bytes[at] === BACKSLASH) at++
      if (depth !== 1 || !bytes.subarray(from, at + 1).equals(wanted)) continue
      let next = at + 1
      while ((bytes[next] ?? COLON) <= 0x20) next++
      if (bytes[next] === COLON) return from
    } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) depth++
    else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
      depth--
      if (depth === 0) return undefined
    }
  }
  return undefined
}

// A key is looked for so many bytes into its object: whole documents are objects too.
const FARTHEST = 64 * 1024
// Longer lines are not shown: their beginning is far from what is meant.
const LONGEST_FRAME = 400

const QUOTE = 0x22
const COLON = 0x3a
const OPEN_LIST = 0x5b
const BACKSLASH = 0x5c
const CLOSE_LIST = 0x5d
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d
