import { type Page, symbols } from './view.ts'

/**
 * Text from evidence or contracts made safe to show: control and format characters (ANSI, BEL, bidi), line and
 * paragraph separators and lone surrogates become visible escapes such as `\x1b` and `\u202e`.
 */
export function printable(text: string): string {
  return text.replace(UNSAFE, character => {
    const named = NAMED[character]
    if (named !== undefined) return named
    const code = character.codePointAt(0) ?? 0
    const hex = code.toString(16)
    if (code < 0x100) return `\\x${hex.padStart(2, '0')}`
    return code < 0x1_0000 ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`
  })
}

/** `printable`, and on an ASCII page the signs that our own words use (≥, –, …) spelled in ASCII. */
export function clean(text: string, page: Page): string {
  const safe = printable(text)
  return page.ascii ? safe.replace(SIGNS, sign => SPELLED[sign] ?? sign) : safe
}

/** Columns that a text takes in a terminal: marks none, East Asian wide characters and emoji two. */
export function displayWidth(text: string): number {
  let width = 0
  for (const character of text) width += characterWidth(character)
  return width
}

/** The text cut to `width` columns, with an ellipsis when something is missing. */
export function cut(text: string, width: number, page: Page): string {
  if (displayWidth(text) <= width) return text
  const { ellipsis } = symbols(page)
  return head(text, Math.max(width - ellipsis.length, 0)) + ellipsis.slice(0, width)
}

/** Like `cut`, but keeps the end: for paths, whose end says most. */
export function cutStart(text: string, width: number, page: Page): string {
  if (displayWidth(text) <= width) return text
  const { ellipsis } = symbols(page)
  const room = Math.max(width - ellipsis.length, 0)
  const characters = [...text]
  let used = 0
  let from = characters.length
  while (from > 0) {
    const size = characterWidth(characters[from - 1] ?? '')
    if (used + size > room) break
    used += size
    from--
  }
  return ellipsis.slice(0, width) + characters.slice(from).join('')
}

/** The text in lines of at most `width` columns, broken at spaces, inside words only where a word is longer. */
export function wrap(text: string, width: number): string[] {
  if (displayWidth(text) <= width) return [text]
  const lines: string[] = []
  let line = ''
  for (const word of text.split(' ')) {
    const joined = line === '' ? word : `${line} ${word}`
    if (displayWidth(joined) <= width) {
      line = joined
      continue
    }
    if (line !== '') lines.push(line)
    line = word
    while (displayWidth(line) > width) {
      const part = head(line, Math.max(width, 2))
      lines.push(part)
      line = line.slice(part.length)
    }
  }
  if (line !== '' || lines.length === 0) lines.push(line)
  return lines
}

/** `wrap` into at most so many lines: what is left over is cut, and the ellipsis says so. */
export function wrapWithin(text: string, width: number, most: number, ellipsis: string): string[] {
  const lines = wrap(text, width)
  if (lines.length <= most) return lines
  const last = head(lines[most - 1] ?? '', Math.max(width - displayWidth(ellipsis), 0)).trimEnd()
  return [...lines.slice(0, most - 1), last + ellipsis]
}

const UNSAFE = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu
const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }

const SPELLED: Readonly<Record<string, string>> = {
  '≥': '>=',
  '≤': '<=',
  '–': '-',
  '—': '-',
  '−': '-',
  '·': '-',
  '×': 'x',
  '÷': '/',
  '…': '...',
  '→': '->',
}
const SIGNS = /[≥≤–—−·×÷…→]/g

const MARK = /^\p{M}$/u
const EMOJI = /^\p{Emoji_Presentation}$/u

function characterWidth(character: string): number {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x300) return 1
  if (MARK.test(character)) return 0
  return isWide(code) || EMOJI.test(character) ? 2 : 1
}

/** The blocks that Unicode's East Asian Width calls wide or full width. */
function isWide(code: number): boolean {
  return (
    (code >= 0x1100 && code <= 0x115f) ||
    (code >= 0x2e80 && code <= 0xa4cf && code !== 0x303f) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff01 && code <= 0xff60) ||
    (code >= 0xffe0 && code <= 0xffe6) ||
    (code >= 0x1_f300 && code <= 0x1_f64f) ||
    (code >= 0x1_f900 && code <= 0x1_f9ff) ||
    (code >= 0x2_0000 && code <= 0x3_fffd)
  )
}

/** As many first characters as fit into `width` columns, marks kept with their letter. */
function head(text: string, width: number): string {
  let used = 0
  let out = ''
  for (const character of text) {
    used += characterWidth(character)
    if (used > width) break
    out += character
  }
  return out
}
