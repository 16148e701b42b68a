/** The first object of a JSON file as far as the first bytes of the file hold it. */
export interface FirstObject {
  /** Its own keys, not those of objects inside of it. */
  readonly keys: ReadonlySet<string>
  /** Its bytes; undefined where it goes on beyond. */
  readonly bytes?: Buffer
}

/** Undefined where the file begins with something else than an object or lists that begin with one. */
export function firstObject(head: Buffer): FirstObject | undefined {
  let start = 0
  while (isBetween(head[start])) start++
  if (head[start] !== OPEN_OBJECT) return undefined
  const keys = new Set<string>()
  let depth = 0
  for (let at = start; at < head.length; at++) {
    const byte = head[at]
    if (byte === QUOTE) {
      const end = closing(head, at)
      if (depth === 1 && isKey(head, end + 1)) keys.add(head.toString('latin1', at + 1, end))
      at = end
    } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) depth++
    else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
      depth--
      if (depth === 0) return { keys, bytes: head.subarray(start, at + 1) }
    }
  }
  return { keys }
}

/** What may stand before the first element of a list, or of a list in a list. */
function isBetween(byte: number | undefined): boolean {
  return byte !== undefined && (byte <= 0x20 || byte === OPEN_LIST || byte === CLOSE_LIST || byte === COMMA)
}

/** The quote that closes the string which begins at a byte; the end where none does. */
function closing(bytes: Buffer, start: number): number {
  let at = start + 1
  while (at < bytes.length && bytes[at] !== QUOTE) at += bytes[at] === BACKSLASH ? 2 : 1
  return at
}

/** Whether a colon follows. */
function isKey(bytes: Buffer, from: number): boolean {
  let at = from
  while (at < bytes.length && (bytes[at] ?? 0) <= 0x20) at++
  return bytes[at] === COLON
}

const QUOTE = 0x22
const COMMA = 0x2c
const COLON = 0x3a
const OPEN_LIST = 0x5b
const BACKSLASH = 0x5c
const CLOSE_LIST = 0x5d
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d
