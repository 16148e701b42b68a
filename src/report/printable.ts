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

/**
 * Lines laid out for people that go into the log of a CI job as well: none that GitHub's runner takes for a command, be
 * it one that begins with `::` or one with `##[` anywhere.
 */
export function unheeded(lines: string): string {
  return lines.replaceAll(/^([^\S\n]*):(?=:)/gm, '$1\\x3a').replaceAll('##[', '#\\x23[')
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

/** Whether a text takes more than `width` columns; no more of it is looked at than that takes. */
function isWider(text: string, width: number): boolean {
  let used = 0
  for (const character of text) {
    used += characterWidth(character)
    if (used > width) return true
  }
  return false
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

/**
 * The text in lines of at most `width` columns, those after the first of `rest`, broken at spaces. Inside words only
 * where a word is longer than a line: then at its signs if it can be, never inside an escape (`\\x1b`, `%40`).
 */
export function wrap(text: string, width: number, rest = width): string[] {
  if (displayWidth(text) <= width) return [text]
  const lines: string[] = []
  let line = ''
  const room = (): number => (lines.length === 0 ? width : rest)
  for (const word of text.split(' ')) {
    const joined = line === '' ? word : `${line} ${word}`
    if (!isWider(joined, room())) {
      line = joined
      continue
    }
    let left = word
    // What has to be broken anyway begins on the line that it follows.
    const beside = room() - displayWidth(line) - 1
    if (line !== '' && beside >= LEAST_PART && isWider(word, rest)) {
      const part = firstPart(word, beside)
      line = `${line} ${part}`
      left = word.slice(part.length)
    }
    if (line !== '') lines.push(line.trimEnd())
    line = left
    while (isWider(line, room())) {
      const part = firstPart(line, Math.max(room(), 2))
      lines.push(part)
      line = line.slice(part.length)
    }
  }
  if (line !== '' || lines.length === 0) lines.push(line)
  return lines
}

const LEAST_PART = 16

/** As much of a word as fits into `width` columns, up to one of its signs if that is not far before. */
function firstPart(word: string, width: number): string {
  let used = 0
  let end = 0
  let sign = 0
  let usedAtSign = 0
  for (const [unit] of word.matchAll(UNIT)) {
    const size = displayWidth(unit)
    if (used + size > width) break
    used += size
    end += unit.length
    if (BREAKABLE.test(unit)) {
      sign = end
      usedAtSign = used
    }
  }
  if (end === word.length) return word
  if (end === 0) return head(word, width)
  return word.slice(0, usedAtSign * 2 > width ? sign : end)
}

// A character with its marks; an escape is one.
const UNIT = /(?:\\(?:x[\da-f]{2}|u\{[\da-f]+\}|u[\da-f]{4}|[nrt])|%[\dA-Fa-f]{2}|[\s\S])\p{M}*/gu
const BREAKABLE = /^[/@#:?&=,;+_~\u00a0-]/

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
