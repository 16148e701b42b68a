import type { Diagnostic, Span } from '../model/diagnostic.ts'
import { paragraph } from './layout.ts'
import { clean, displayWidth, unheeded } from './printable.ts'
import { grouped } from './quantities.ts'
import { type Page, symbols } from './view.ts'

/**
 * What is wrong with what was read, for people: place, severity, message, the source lines with a caret under the
 * place, the hint beside it; at the end how many there were. Nothing for an empty list.
 */
export function formatDiagnostics(list: readonly Diagnostic[], page: Page): string {
  if (list.length === 0) return ''
  const blocks = list.map(diagnostic => diagnosticLines(diagnostic, page).join('\n'))
  return `${unheeded([...blocks, countText(list)].join('\n\n'))}\n`
}

/** `2 errors, 1 warning`. */
export function countText(list: readonly Diagnostic[]): string {
  const errors = list.filter(diagnostic => diagnostic.severity === 'error').length
  const warnings = list.length - errors
  const parts: string[] = []
  if (errors > 0) parts.push(`${grouped(errors)} ${errors === 1 ? 'error' : 'errors'}`)
  if (warnings > 0) parts.push(`${grouped(warnings)} ${warnings === 1 ? 'warning' : 'warnings'}`)
  return parts.join(', ')
}

function diagnosticLines(diagnostic: Diagnostic, page: Page): string[] {
  const { span, severity, message, hint } = diagnostic
  const place = span === undefined ? '' : `${span.file}:${span.line}:${span.column}  `
  const head = clean(`${place}${severity}  ${message}`, page)
  const lines = paragraph({ text: head }, { width: page.width })
  const colour = severity === 'error' ? page.colour.red : page.colour.yellow
  const mark = ` ${severity} `
  const first = lines[0] ?? ''
  const from = place === '' ? (first.startsWith(`${severity} `) ? 0 : -1) : first.indexOf(mark) + 1
  if (from >= 0) {
    const to = from + severity.length
    lines[0] = first.slice(0, from) + colour.call(page.colour, first.slice(from, to)) + first.slice(to)
  }
  const frame = frameLines(diagnostic, page)
  if (frame.length > 0) return [...lines, ...frame]
  return hint === undefined
    ? lines
    : [...lines, ...paragraph({ text: clean(hint, page) }, { width: page.width, indent: 2 })]
}

function frameLines({ span, frame, hint, severity }: Diagnostic, page: Page): string[] {
  if (span === undefined || frame === undefined || frame.lines.length === 0) return []
  const { rule } = symbols(page)
  const digits = String(frame.line + frame.lines.length - 1).length
  const gutter = (number: string): string => page.colour.dim(`  ${number.padStart(digits)} ${rule} `)
  const room = Math.max(page.width - digits - 5, 10)
  const marked = frame.lines[span.line - frame.line]
  // All lines of a frame scroll together, far enough for the place to be in sight.
  const caret = marked === undefined ? { from: 0, length: 0 } : caretPlace(marked, span, page)
  const shift = caret.from + Math.min(caret.length, 12) > room ? caret.from - Math.floor(room / 3) : 0
  const colour = severity === 'error' ? page.colour.red : page.colour.yellow
  const out: string[] = []
  for (const [i, line] of frame.lines.entries()) {
    const number = frame.line + i
    out.push((gutter(String(number)) + slice(shown(line, page), shift, room)).trimEnd())
    if (number !== span.line) continue
    const from = caret.from - shift
    const carets = '^'.repeat(Math.max(1, Math.min(caret.length, room - from)))
    const blank = gutter('')
    const under = blank + ' '.repeat(from) + colour.call(page.colour, carets)
    const text = hint === undefined ? '' : clean(hint, page)
    if (text === '') out.push(under)
    else if (from + carets.length + 1 + displayWidth(text) <= room) out.push(`${under} ${text}`)
    else out.push(under, ...paragraph({ text }, { width: room }).map(part => blank + part))
  }
  return out
}

/** Where the carets go, in columns of the shown line; a span that leaves its line ends with it. */
function caretPlace(line: string, span: Span, page: Page): { from: number; length: number } {
  const start = Math.min(span.column - 1, line.length)
  const before = displayWidth(shown(line.slice(0, start), page))
  return { from: before, length: displayWidth(shown(line.slice(start, start + span.length), page)) }
}

/** A source line safe to show, its tabs as two spaces. */
function shown(line: string, page: Page): string {
  return clean(line.replace(/\r$/, '').replaceAll('\t', '  '), page)
}

/** The columns `[from, from + width)` of a line. */
function slice(line: string, from: number, width: number): string {
  if (from === 0 && displayWidth(line) <= width) return line
  let column = 0
  let out = ''
  for (const character of line) {
    const next = column + displayWidth(character)
    if (column >= from && next <= from + width) out += character
    column = next
  }
  return out
}
