/** A column of numbers by position, 0 where nothing was set. It grows without being copied; unused parts cost nothing. */
export interface Column {
  get(at: number): number
  set(at: number, value: number): void
}

type Numbers = Float64Array | Int32Array | Uint32Array | Uint8Array

// Positions of one piece, as a power of two.
const BITS = 14
const MASK = (1 << BITS) - 1

export function makeColumn(piece: (length: number) => Numbers): Column {
  const pieces: (Numbers | undefined)[] = []
  return {
    get: at => pieces[at >>> BITS]?.[at & MASK] ?? 0,
    set(at, value) {
      const index = at >>> BITS
      let numbers = pieces[index]
      if (numbers === undefined) {
        if (value === 0) return
        while (pieces.length < index) pieces.push(undefined)
        numbers = piece(1 << BITS)
        pieces[index] = numbers
      }
      numbers[at & MASK] = value
    },
  }
}

export const float64 = (length: number): Float64Array => new Float64Array(length)
export const int32 = (length: number): Int32Array => new Int32Array(length)
export const uint32 = (length: number): Uint32Array => new Uint32Array(length)
export const uint8 = (length: number): Uint8Array => new Uint8Array(length)

/** Texts by number, each kept once. */
export interface Texts {
  /** The number of a text, a new one for a new text. */
  id(text: string): number
  text(id: number): string
  has(text: string): boolean
  readonly count: number
}

export function makeTexts(first: readonly string[] = []): Texts {
  const ids = new Map<string, number>()
  const texts: string[] = []
  let lastText: string | undefined
  let lastId = 0

  function id(text: string): number {
    if (text === lastText) return lastId
    let found = ids.get(text)
    if (found === undefined) {
      found = texts.length
      const own = flat(text)
      texts.push(own)
      ids.set(own, found)
    }
    lastText = texts[found]
    lastId = found
    return found
  }

  for (const text of first) id(text)
  return {
    id,
    text: at => texts[at] ?? '',
    has: text => ids.has(text),
    get count() {
      return texts.length
    },
  }
}

/** A copy of its own: a text cut out of a larger one would keep all of it in memory. */
function flat(text: string): string {
  let wide = false
  for (let i = 0; i < text.length && !wide; i++) wide = text.charCodeAt(i) > 255
  const encoding = wide ? 'utf16le' : 'latin1'
  return Buffer.from(text, encoding).toString(encoding)
}
