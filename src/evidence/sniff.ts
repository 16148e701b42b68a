import { CR, isUtf16, LF, QUOTE } from './bytes.ts'
import type { Dialect } from './csv-lines.ts'
import { LIST_KEYS } from './formats/heads.ts'

export type Format = 'csv' | 'json' | 'ndjson'

/** How a file is to be read, told from its first bytes (without byte order mark) and, for NDJSON, its name. */
export interface Sniffed {
  readonly format: Format
  readonly dialect: Dialect
}

/** What a file that can't be text at all is; undefined for text. */
export function notText(head: Buffer): { readonly message: string; readonly hint: string } | undefined {
  if (isUtf16(head)) return { message: 'this is UTF-16 text: expected UTF-8', hint: 'save the file as UTF-8' }
  if (head.includes(0)) {
    return {
      message: 'this is a binary file: it holds a NUL byte',
      hint: 'give CSV, JSON or NDJSON, plain or gzip; export a spreadsheet as CSV',
    }
  }
  return undefined
}

export function sniff(head: Buffer, name: string): Sniffed {
  const dialect = { delimiter: delimiterOf(head), newline: head.includes(LF) || !head.includes(CR) ? LF : CR }
  const text = head.toString().trimStart()
  if (text.startsWith('[')) return { format: 'json', dialect }
  if (!text.startsWith('{')) return { format: 'csv', dialect }
  if (/\.(ndjson|jsonl)(\.gz)?$/i.test(name)) return { format: 'ndjson', dialect }
  const [first = '', second = ''] = text.split('\n', 2)
  const alone = objectIn(first)
  // A second line that opens an object at its very start is a record of its own even when the first is broken.
  const follows = second.startsWith('{"')
  const lines = alone === undefined ? follows && !goesOn(first) : !isDocument(alone, follows)
  return { format: lines ? 'ndjson' : 'json', dialect }
}

/** The byte among `,` `;` tab that occurs most in the first line that isn't blank, outside quotes; `,` on a tie. */
function delimiterOf(head: Buffer): number {
  const counts = new Map([COMMA, SEMICOLON, TAB].map(byte => [byte, 0]))
  let quoted = false
  let blank = true
  for (const byte of head) {
    if (byte === QUOTE) quoted = !quoted
    else if (!quoted && (byte === LF || byte === CR) && !blank) break
    else if (!quoted && counts.has(byte)) counts.set(byte, (counts.get(byte) ?? 0) + 1)
    if (byte > 32) blank = false
  }
  let best = COMMA
  for (const [byte, count] of counts) if (count > (counts.get(best) ?? 0)) best = byte
  return best
}

/** An object on one line with a list of records; where lines follow, its other lists are columns of a record. */
function isDocument(alone: Readonly<Record<string, unknown>>, follows: boolean): boolean {
  return LIST_KEYS.some(key => Array.isArray(alone[key]) && (key === 'records' || !follows))
}

/** Whether a line ends where a list expects its next element: the line after it is no record of its own then. */
function goesOn(line: string): boolean {
  const open: string[] = []
  let quoted = false
  let last = ''
  for (let i = 0; i < line.length; i++) {
    const sign = line[i] ?? ''
    if (quoted && sign === '\\') i++
    else if (sign === '"') quoted = !quoted
    else if (!quoted && (sign === '{' || sign === '[')) open.push(sign)
    else if (!quoted && (sign === '}' || sign === ']')) open.pop()
    if (sign.trim() !== '') last = sign
  }
  return !quoted && open.at(-1) === '[' && (last === '[' || last === ',')
}

function objectIn(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

const TAB = 9
const COMMA = 44
const SEMICOLON = 59
