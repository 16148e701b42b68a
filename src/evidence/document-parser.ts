import { makePlaces, type Places, START } from './document-places.ts'

/** What the bytes of a JSON document hold: one value, or several that follow each other. */
export interface ParsedDocument {
  /** With a flaw: what was read before it, the last of them incomplete. */
  readonly values: readonly unknown[]
  readonly flaw?: DocumentFlaw
  readonly places: Places
}

export interface DocumentFlaw {
  readonly message: string
  /** The byte that it is about. */
  readonly at: number
}

/**
 * Reads JSON strictly (RFC 8259), also several values one after the other. Unlike JSON.parse it refuses a key that an
 * object has twice, keeps whole numbers of 16 and more digits as their digits where they would be rounded, and every
 * object knows its place. Strings are copies: a value kept does not keep the document.
 */
export function parseDocument(bytes: Buffer): ParsedDocument {
  const { length } = bytes
  let at = 0
  let flaw: DocumentFlaw | undefined
  const short: (string | undefined)[] = new Array(CACHED).fill(undefined)

  function fail(message: string, place = at): undefined {
    flaw ??= { message, at: place }
  }

  function blanks(): void {
    while (at < length) {
      const byte = bytes[at]
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return
      at++
    }
  }

  function value(depth: number): unknown {
    const byte = bytes[at]
    if (byte === QUOTE) return string()
    if (byte === OPEN_OBJECT) return depth < DEEPEST ? object(depth + 1) : fail(TOO_DEEP)
    if (byte === OPEN_LIST) return depth < DEEPEST ? list(depth + 1) : fail(TOO_DEEP)
    if (byte === MINUS || isDigit(byte)) return number()
    if (byte === 0x74) return word('true', true)
    if (byte === 0x66) return word('false', false)
    if (byte === 0x6e) return word('null', null)
    return fail(byte === undefined ? 'the file ends where a value is expected' : 'expected a value')
  }

  function object(depth: number): unknown {
    const start = at++
    const found: Record<string | symbol, unknown> = { [START]: start }
    blanks()
    if (bytes[at] === CLOSE_OBJECT) {
      at++
      return found
    }
    for (;;) {
      if (bytes[at] !== QUOTE) {
        if (at >= length) fail('the file ends inside the object that begins here', start)
        else fail('expected a key in double quotes')
        return found
      }
      const keyAt = at
      const key = string()
      if (key === undefined) return found
      if (Object.hasOwn(found, key)) {
        fail(`the key ${JSON.stringify(key)} stands twice in this object`, keyAt)
        return found
      }
      blanks()
      if (bytes[at] !== COLON) {
        fail('expected ":" after a key')
        return found
      }
      at++
      blanks()
      const inner = value(depth)
      if (key === '__proto__') {
        Object.defineProperty(found, key, { value: inner, enumerable: true, writable: true, configurable: true })
      } else found[key] = inner
      if (flaw !== undefined) return found
      blanks()
      const byte = bytes[at]
      if (byte === CLOSE_OBJECT) {
        at++
        return found
      }
      if (byte !== COMMA) {
        if (at >= length) fail('the file ends inside the object that begins here', start)
        else fail('expected "," or "}" after a value')
        return found
      }
      at++
      blanks()
    }
  }

  function list(depth: number): unknown {
    const start = at++
    const found: unknown[] = []
    blanks()
    if (bytes[at] === CLOSE_LIST) {
      at++
      return found
    }
    for (;;) {
      const inner = value(depth)
      if (inner !== undefined) found.push(inner)
      if (flaw !== undefined) return found
      blanks()
      const byte = bytes[at]
      if (byte === CLOSE_LIST) {
        at++
        return found
      }
      if (byte !== COMMA) {
        if (at >= length) fail('the file ends inside the list that begins here', start)
        else fail('expected "," or "]" after a value')
        return found
      }
      at++
      blanks()
    }
  }

  function string(): string | undefined {
    const start = ++at
    let hash = 0
    let plain = true
    let escaped = false
    for (;;) {
      const byte = bytes[at]
      if (byte === QUOTE) break
      if (byte === undefined) return fail('this string is never closed', start - 1)
      if (byte < 0x20) return fail('a control character in a string has to be written with a backslash')
      if (byte === BACKSLASH) {
        escaped = true
        at++
      } else if (byte >= 0x80) plain = false
      hash = (Math.imul(hash, 31) + byte) | 0
      at++
    }
    const end = at++
    if (escaped) return unescaped(start - 1, end + 1)
    if (!plain) return bytes.toString('utf8', start, end)
    if (end - start > SHORT) return bytes.toString('latin1', start, end)
    // Keys and labels come again and again: one copy of each, without a call into the runtime.
    const slot = (hash ^ (hash >>> 13)) & (CACHED - 1)
    const known = short[slot]
    if (known !== undefined && isAt(known, start, end)) return known
    const fresh = bytes.toString('latin1', start, end)
    short[slot] = fresh
    return fresh
  }

  function isAt(text: string, start: number, end: number): boolean {
    if (text.length !== end - start) return false
    for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) !== bytes[start + i]) return false
    return true
  }

  function unescaped(start: number, end: number): string | undefined {
    const text = bytes.toString('utf8', start, end)
    try {
      return JSON.parse(text) as string
    } catch {
      const before = /^"(?:[^\\]|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*/.exec(text)?.[0] ?? ''
      return fail('this is no escape that JSON has', start + Buffer.byteLength(before))
    }
  }

  function number(): number | string | undefined {
    const start = at
    if (bytes[at] === MINUS) at++
    const first = at
    while (isDigit(bytes[at])) at++
    const digits = at - first
    let valid = digits > 0 && (digits === 1 || bytes[first] !== 0x30)
    let whole = true
    if (bytes[at] === 0x2e) {
      whole = false
      valid &&= isDigit(bytes[++at])
      while (isDigit(bytes[at])) at++
    }
    if (bytes[at] === 0x65 || bytes[at] === 0x45) {
      whole = false
      at++
      if (bytes[at] === MINUS || bytes[at] === 0x2b) at++
      valid &&= isDigit(bytes[at])
      while (isDigit(bytes[at])) at++
    }
    if (!valid) return fail('this is no number that JSON has', start)
    const text = bytes.toString('latin1', start, at)
    const found = Number(text)
    return whole && digits >= 16 && !Number.isSafeInteger(found) ? text : found
  }

  function word<T>(text: string, meaning: T): T | undefined {
    if (!isAt(text, at, at + text.length)) return fail('expected a value')
    at += text.length
    return meaning
  }

  const values: unknown[] = []
  for (blanks(); at < length && flaw === undefined; blanks()) values.push(value(0))
  return { values, ...(flaw === undefined ? {} : { flaw }), places: makePlaces(bytes) }
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39
}

const TOO_DEEP = 'objects and lists are nested deeper than 1000 levels'
const DEEPEST = 1000
// Strings up to this many bytes are looked up among those met before.
const SHORT = 40
const CACHED = 4096

const QUOTE = 0x22
const COMMA = 0x2c
const MINUS = 0x2d
const COLON = 0x3a
const OPEN_LIST = 0x5b
const BACKSLASH = 0x5c
const CLOSE_LIST = 0x5d
const OPEN_OBJECT = 0x7b
const CLOSE_OBJECT = 0x7d
