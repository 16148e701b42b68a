import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Finding } from '../../src/model/finding.ts'
import { renderPretty } from '../../src/report/pretty.ts'
import { printable } from '../../src/report/printable.ts'
import { isArgument, shellWord } from '../../src/report/shell.ts'
import { clauseOf, reportOf, viewOf } from './fixture.ts'
import { lateTicket, ticketOf } from './ticket-fixture.ts'

/** The arguments of a command as a shell takes them. */
function argumentsOf(command: string): readonly string[] {
  const out = execFileSync('bash', ['-c', `printf '%s\\0' ${command}`], { encoding: 'utf8', env: { LC_ALL: 'C' } })
  return out.split('\0').slice(0, -1)
}

describe('words of a command', () => {
  it('are taken by a shell as they are, and safe to show', () => {
    const odd = fc.constantFrom(
      "'",
      '\\',
      '$',
      '"',
      '`',
      '!',
      ' ',
      '~',
      '\u001b',
      '\n',
      '7',
      'A',
      '\u202e',
      '\u0085',
      'é',
    )
    const word = fc.oneof(fc.string({ unit: odd, minLength: 1 }), fc.string({ unit: 'binary', minLength: 1 }))
    fc.assert(
      fc.property(fc.array(word.filter(isArgument), { minLength: 50, maxLength: 100 }), words => {
        const quoted = words.map(shellWord)
        for (const one of quoted) expect(printable(one)).toBe(one)
        expect(argumentsOf(quoted.join(' '))).toEqual(words)
      }),
      { numRuns: 20 },
    )
  })

  it.each([
    ['tickets/P1-resolve/T-1', 'tickets/P1-resolve/T-1'],
    ['INC 1/2 $x', "'INC 1/2 $x'"],
    ["it's", "'it'\\''s'"],
    // ESC is 33 octal; U+202E is e2 80 ae in UTF-8: 342 200 256 octal.
    ['a\u001b7', "$'a\\0337'"],
    ["'\\\u202e", "$'\\'\\\\\\342\\200\\256'"],
    ['', "''"],
  ])('%j', (word, quoted) => {
    expect(shellWord(word)).toBe(quoted)
  })

  it('can be anything but NUL and half a surrogate pair', () => {
    expect(['a\u0000', '\ud800', '\udc00b'].map(isArgument)).toEqual([false, false, false])
    expect(['', 'a b', '\u001b', '\u{1f600}'].map(isArgument)).toEqual([true, true, true, true])
  })
})

describe('the command to go on with', () => {
  function commandOf(subject: string, more: { width?: number; ascii?: boolean } = {}): string | undefined {
    const late: Finding = { ...lateTicket, id: `tickets/P1-resolve/${subject}` }
    const clause = clauseOf({ id: 'tickets', status: 'breached', findings: [ticketOf({ subject: 'A' }), late] })
    const text = renderPretty(reportOf([clause]), viewOf({ again: ['acme.yaml', "'my log.csv'"], ...more }))
    return /\nWhy\? {2}sla ([\s\S]*)\n$/.exec(text)?.[1]
  }

  it.each(['INC 1/2 $x', "it's", 'a\u001b[31m7', 'one\ntwo', '日本 – 1 ≥ 0'])('can be pasted for %j', subject => {
    for (const width of [60, 120]) {
      for (const ascii of [false, true]) {
        expect(argumentsOf(commandOf(subject, { width, ascii }) ?? '')).toEqual([
          'explain',
          `tickets/P1-resolve/${subject}`,
          'acme.yaml',
          'my log.csv',
        ])
      }
    }
  })

  it('is left out where no command can name the finding', () => {
    expect(commandOf('a\u0000b')).toBeUndefined()
    expect(commandOf('\ud800')).toBeUndefined()
  })
})
