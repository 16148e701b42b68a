import { cut, displayWidth, printable } from './printable.ts'
import type { Page } from './view.ts'

/** A word of a command, quoted for a shell where it has to be; what can't be shown as it is in octal, `$'a\\033b'`. */
export function shellWord(word: string): string {
  if (/^(?!::)[\w@%+=:,./-]+$/.test(word)) return word
  if (printable(word) === word && !word.includes('##[')) return `'${word.replaceAll("'", `'\\''`)}'`
  // So written no CI job takes it for a command of its own.
  return `$'${[...word].map(escaped).join('').replaceAll('##[', '#\\043[')}'`
}

/** Whether a word can be an argument of a command at all: NUL and lone surrogates can't. */
export function isArgument(word: string): boolean {
  return !/[\0\p{Cs}]/u.test(word)
}

/** A command that may be copied as it stands: broken between words only, an option kept with its value. */
export function commandLines(words: readonly string[], page: Page): string[] {
  const room = page.width - 2
  const lines: string[] = []
  let line = ''
  for (const part of parts(words, room - 2)) {
    // Signs stay as they are on an ASCII page too: spelled out they would be another argument.
    const text = cut(printable(part), room - 2, page)
    if (line !== '' && displayWidth(line) + 1 + displayWidth(text) > room) {
      lines.push(`${line} \\`)
      line = `  ${text}`
    } else line = line === '' ? text : `${line} ${text}`
  }
  return [...lines, line]
}

/** Words, each option and its value as one where they fit on a line. */
function parts(words: readonly string[], room: number): readonly string[] {
  const out: string[] = []
  for (const word of words) {
    const option = out.at(-1)
    const pair = `${option} ${word}`
    const joins = option !== undefined && /^--[\w-]+$/.test(option) && !word.startsWith('--')
    if (joins && displayWidth(pair) <= room) out[out.length - 1] = pair
    else out.push(word)
  }
  return out
}

/** Bytes, as octal digits end by themselves and mean the same in every locale. */
function escaped(character: string): string {
  if (character === '\\' || character === "'") return `\\${character}`
  if (printable(character) === character) return character
  return [...new TextEncoder().encode(character)].map(byte => `\\${byte.toString(8).padStart(3, '0')}`).join('')
}
