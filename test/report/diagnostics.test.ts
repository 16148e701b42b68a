import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Diagnostic } from '../../src/model/diagnostic.ts'
import { formatDiagnostics } from '../../src/report/diagnostics.ts'
import { displayWidth } from '../../src/report/printable.ts'
import { plain } from '../../src/report/view.ts'

const page = { width: 80, colour: plain, ascii: false }

const unknownWindow: Diagnostic = {
  code: 'unknown-window',
  severity: 'error',
  message: 'unknown window `montly`',
  hint: 'did you mean `calendar month`?',
  span: { file: 'acme.yaml', line: 14, column: 13, length: 6 },
  frame: { line: 13, lines: ['    target: 99.5', '    window: montly'] },
}

describe('formatDiagnostics', () => {
  it('shows place, message, frame, caret and hint, and counts at the end', () => {
    const warning: Diagnostic = { code: 'x', severity: 'warning', message: 'no place', hint: 'try this' }
    expect(formatDiagnostics([unknownWindow, { ...unknownWindow }, warning], page)).toBe(
      `${[
        'acme.yaml:14:13  error  unknown window `montly`',
        '  13 │     target: 99.5',
        '  14 │     window: montly',
        '     │             ^^^^^^ did you mean `calendar month`?',
        '',
        'acme.yaml:14:13  error  unknown window `montly`',
        '  13 │     target: 99.5',
        '  14 │     window: montly',
        '     │             ^^^^^^ did you mean `calendar month`?',
        '',
        'warning  no place',
        '  try this',
        '',
        '2 errors, 1 warning',
      ].join('\n')}\n`,
    )
    expect(formatDiagnostics([], page)).toBe('')
  })

  it('keeps the caret under its text after tabs and wide characters', () => {
    const text = formatDiagnostics(
      [
        {
          ...unknownWindow,
          span: { file: 'a.yaml', line: 1, column: 4, length: 3 },
          frame: { line: 1, lines: ['\t監xyz'] },
          hint: 'h',
        },
      ],
      page,
    )
    // A tab shows as two columns, the wide character takes two: the caret starts in the sixth column, under `y`.
    expect(text).toContain('  1 │   監xyz\n    │      ^^ h\n')
  })

  it('scrolls a long line to the place', () => {
    const line = `${'a'.repeat(200)} montly ${'b'.repeat(200)}`
    const text = formatDiagnostics(
      [
        {
          ...unknownWindow,
          span: { file: 'a.csv', line: 7, column: 202, length: 6 },
          frame: { line: 7, lines: [line] },
        },
      ],
      page,
    )
    const lines = text.split('\n')
    const caret = lines.findIndex(candidate => candidate.includes('^^^^^^'))
    const column = lines[caret]?.indexOf('^') ?? -1
    expect(lines[caret - 1]?.slice(column, column + 6)).toBe('montly')
  })

  it('shows hostile text as visible escapes', () => {
    const text = formatDiagnostics(
      [{ ...unknownWindow, message: 'x\u001b[2J', frame: { line: 14, lines: ['\u001b[31mwindow: montly\u0007'] } }],
      page,
    )
    expect(text).toContain('x\\x1b[2J')
    expect(text).toContain('\\x1b[31mwindow: montly\\x07')
    expect(text).not.toContain('\u001b')
  })

  it('never overflows the page', () => {
    const word = fc.string({ unit: 'binary', maxLength: 200 })
    fc.assert(
      fc.property(
        word,
        word,
        word,
        fc.integer({ min: 1, max: 250 }),
        fc.integer({ min: 0, max: 250 }),
        fc.constantFrom(60, 80, 120),
        (message, hint, line, column, length, width) => {
          const span = { file: 'a.yaml', line: 9, column, length }
          const text = formatDiagnostics(
            [{ code: 'x', severity: 'error', message, hint, span, frame: { line: 9, lines: [line] } }],
            { ...page, width },
          )
          for (const shown of text.split('\n')) expect(displayWidth(shown)).toBeLessThanOrEqual(width)
        },
      ),
      { seed: 41, numRuns: 500 },
    )
  })
})
