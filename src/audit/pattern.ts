/** Whether a text has wildcards. */
export function isPattern(text: string): boolean {
  return /[*?]/.test(text)
}

/**
 * Whether a whole text fits a pattern: `*` stands for any run of characters, `?` for one. Takes at most as many steps
 * as pattern and text are long multiplied, however many stars there are.
 */
export function fitsPattern(pattern: string, text: string): boolean {
  let p = 0
  let t = 0
  let star = -1
  let from = 0
  while (t < text.length) {
    const wanted = pattern[p]
    if (wanted === '*') {
      star = p++
      from = t
    } else if (wanted === '?') {
      p++
      t += widthAt(text, t)
    } else if (wanted !== undefined && wanted === text[t]) {
      p++
      t++
    } else if (star >= 0) {
      // What the last star stands for is one character longer.
      p = star + 1
      from += widthAt(text, from)
      t = from
    } else return false
  }
  while (pattern[p] === '*') p++
  return p === pattern.length
}

/** UTF-16 units of the character at an offset. */
function widthAt(text: string, offset: number): number {
  return (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1
}

/** A text with the escapes that reports print in place of signs that can't be shown: `\t`, `\x1b`, `\u202e`. */
export function unescaped(text: string): string {
  return text.replace(/\\(?:([nrt])|x([0-9a-f]{2})|u([0-9a-f]{4})|u\{([0-9a-f]{5,6})\})/g, (whole, name, ...codes) => {
    if (name !== undefined) return name === 'n' ? '\n' : name === 'r' ? '\r' : '\t'
    const code = Number.parseInt(codes.find(hex => typeof hex === 'string') ?? '', 16)
    return code > 0x10_ffff ? whole : String.fromCodePoint(code)
  })
}
