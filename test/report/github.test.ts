import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { listOf } from '../../src/clauses/findings.ts'
import type { Report } from '../../src/model/report.ts'
import { command, renderGithub } from '../../src/report/github.ts'
import { breachedUptime, clauseOf, findingOf, reportOf, viewOf } from './fixture.ts'
import { eachReport, HOSTILE, hostileReport } from './sarif-fixture.ts'

function github(report: Report, overrides = {}): string {
  return [...renderGithub(report, viewOf({ directory: '/home/acme', ...overrides }))].join('')
}

interface Command {
  readonly name: string
  readonly properties: Readonly<Record<string, string>>
  readonly message: string
}

/** A line as a runner takes it: from `::` to the next `::` name and properties, then the message; undefined: none. */
function parseLine(line: string): Command | undefined {
  const text = line.trimStart()
  if (!text.startsWith('::')) return undefined
  const end = text.indexOf('::', 2)
  if (end < 0) return undefined
  const info = text.slice(2, end)
  const space = info.indexOf(' ')
  const name = space < 0 ? info : info.slice(0, space)
  const properties: Record<string, string> = {}
  for (const pair of space < 0 ? [] : info.slice(space + 1).split(',')) {
    const equals = pair.indexOf('=')
    if (equals > 0) properties[pair.slice(0, equals).trim()] = unescaped(pair.slice(equals + 1), PROPERTY)
  }
  return { name, properties, message: unescaped(text.slice(end + 2), DATA) }
}

const DATA = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%25', '%'],
] as const
const PROPERTY = [['%3A', ':'], ['%2C', ','], ...DATA] as const

/** One after the other, the percent sign last, as runners do. */
function unescaped(text: string, pairs: readonly (readonly [string, string])[]): string {
  return pairs.reduce((out, [from, to]) => out.replaceAll(from, to), text)
}

function commands(text: string): readonly Command[] {
  return text.split(/\r\n|\r|\n/).flatMap(line => parseLine(line) ?? [])
}

describe('a workflow command', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 30 }),
    fc
      .array(
        fc.constantFrom('%', '%25', '%0A', '0A', '\n', '\r', '::', ':', ',', '=', 'error', ' ', '%2C', '%3A', 'a'),
        {
          maxLength: 12,
        },
      )
      .map(parts => parts.join('')),
  )

  it('is one line that reads back as what was given', () => {
    fc.assert(
      fc.property(text, text, text, (file, title, message) => {
        const out = command(
          'error',
          [
            ['file', file],
            ['line', 3],
            ['title', title],
          ],
          message,
        )
        expect(out.slice(0, -1)).not.toMatch(/[\r\n]/)
        expect(out.endsWith('\n')).toBe(true)
        expect(commands(out)).toEqual([{ name: 'error', properties: { file, line: '3', title }, message }])
      }),
      { numRuns: 2000 },
    )
  })
})

describe('GitHub annotations', () => {
  it('have a level each, worst first', () => {
    const told = commands(github(eachReport)).map(({ name, properties }) => [name, properties.title])
    expect(told).toEqual([
      ['error', 'uptime/2026-05 breached'],
      ['warning', 'uptime/2026-04 unverified'],
      ['warning', 'speed-goal/2026-07 unverified'],
      ['warning', 'speed-goal/2026-05 breached'],
      ['notice', 'uptime/2026-02 breached (known)'],
      ['notice', 'speed-goal/2026-06 breached (known)'],
      ['notice', 'uptime/2026-06 at risk'],
    ])
    expect(commands(github(eachReport))[0]).toEqual({
      name: 'error',
      properties: { file: 'acme.yaml', line: '11', col: '3', endColumn: '9', title: 'uptime/2026-05 breached' },
      message:
        '4h 20m of 3h 43m 12s used; promised ≥ 99.5 % a calendar month; observed 99.41 %; 36m 48s over the allowance\nsection 1: Monthly uptime.',
    })
  })

  it('ends with the verdict, which is no command', () => {
    expect(github(eachReport).split('\n').at(-2)).toMatch(/^Not kept: 1 of 2 clauses breached/)
    const clean = eachReport.clauses.filter(({ id }) => id === 'clean')
    expect(github(reportOf(clean))).toBe('Kept: the one clause is met.\n')
  })

  it('are no more of a level than are shown, and one counts the others', () => {
    const late = clauseOf({ id: 'late', findings: listOf(25, i => ({ ...breachedUptime, id: `late/${i}` })) })
    const risky = clauseOf({ id: 'risky', findings: listOf(12, i => findingOf({ id: `risky/${i}`, atRisk: true })) })
    const all = commands(github(reportOf([risky, late])))
    const named = (name: string): readonly Command[] => all.filter(one => one.name === name)
    expect(named('error')).toHaveLength(10)
    expect(named('notice')).toHaveLength(10)
    expect(all.at(-1)).toMatchObject({ name: 'notice', properties: { title: 'acme-saas' } })
    expect(all.at(-1)?.message).toMatch(/^15 more errors, 3 more notices not shown here/)
    // Ten of each fit: nothing to count.
    const ten = clauseOf({ id: 'risky', findings: listOf(10, i => findingOf({ id: `risky/${i}`, atRisk: true })) })
    expect(commands(github(reportOf([ten])))).toHaveLength(10)
  })

  it('let no text of others in', () => {
    const of = (text: string): string => github(hostileReport(text))
    const lines = of(HOSTILE).trimEnd().split('\n')
    expect(lines.map(line => line.slice(0, 8))).toEqual(['::error ', 'Not kept'])
    expect(of(HOSTILE).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u)
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), text => {
        expect(commands(of(`${text}\n::error::x`)).map(({ name }) => name)).toEqual(['error'])
      }),
    )
  })

  it('cut what is too long to be shown', () => {
    for (const { message, properties } of commands(github(hostileReport('x'.repeat(10_000))))) {
      expect(message.length).toBeLessThan(8100)
      expect(properties.title?.length).toBeLessThanOrEqual(201)
    }
  })
})
