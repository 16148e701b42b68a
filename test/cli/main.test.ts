import { describe, expect, it } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { fakeIo } from './fake-io.ts'

const CONTRACT = `apiVersion: sla/v1
kind: Contract
id: acme
timezone: Europe/Paris
clauses:
  uptime:
    kind: availability
    target: 99.5%
    window: calendar month
    no-data: unknown
  work:
    kind: maintenance
    notice: { at-least: 48h }
`

async function run(argv: readonly string[], files: Readonly<Record<string, string>> = {}, env = {}) {
  const io = fakeIo(files, env)
  const code = await main(argv, io)
  return { code, out: io.out.join(''), err: io.err.join('') }
}

describe('main', () => {
  it('prints help and version to stdout with 0', async () => {
    for (const argv of [['--help'], ['help'], ['help', 'audit'], ['audit', '--help'], ['explain', '-h']]) {
      const { code, out, err } = await run(argv)
      expect({ code, err }).toEqual({ code: 0, err: '' })
      expect(out).toContain('Example')
    }
    expect(await run(['--version'])).toEqual({ code: 0, out: '9.9.9\n', err: '' })
    expect((await run(['-V'])).out).toBe('9.9.9\n')
  })

  it('gives an example for every command, each of which starts with its name', async () => {
    for (const name of ['audit', 'validate', 'inspect', 'explain']) {
      expect((await run([name, '--help'])).out).toMatch(new RegExp(`\\$ sla ${name} `))
    }
  })

  it.each<[string[], RegExp]>([
    [[], /Usage: sla/],
    [['audti'], /Did you mean audit\?/],
    [['audit'], /missing required argument 'contract'/],
    [['audit', 'a.yaml', '--perod', '2026'], /Did you mean --period\?/],
    [['audit', 'a.yaml', '--tz', 'CET'], /^error: --tz: /],
    [['audit', 'a.yaml', '--assume-complete', 'outages'], /unknown record type "outages"\ndid you mean outage\?/],
    [['audit', 'a.yaml', '--as', 'banana'], /^error: --as: unknown record type "banana"\ntypes: outage, check, /],
    [['audit', 'a.yaml', '-o', 'report.doc'], /doesn't say its format/],
    [['audit', 'a.yaml', '-o', 'nowhere/report.json'], /there is no directory nowhere/],
    [['audit', 'a.yaml', '--only', 'uptme'], /--only: no clause of a\.yaml matches "uptme"\ndid you mean uptime\?/],
    [['audit', 'a.yaml', '--only', 'uptime', '--skip', 'up*'], /leave no clause/],
    [['audit', 'a.yaml', '--period', '2026-13'], /^error: --period: /],
    [
      ['audit', 'a.yaml', '--as-of', 'yesterday'],
      /^error: --as-of: "yesterday" isn't a time\nwrite [^\n]*end of that day\n$/,
    ],
    [['explain', 'availabilty'], /unknown clause kind "availabilty"\ndid you mean availability\?/],
    [['explain', 'uptime/2026-05'], /name the contract and the evidence/],
    [
      ['explain', 'notification'],
      /clause kind "notification" belongs to the language but isn't supported by this version yet/,
    ],
  ])('calls %o a usage error: 2, nothing on stdout', async (argv, message) => {
    const { code, out, err } = await run(argv, { 'a.yaml': CONTRACT })
    expect(err).toMatch(message)
    expect({ code, out }).toEqual({ code: 2, out: '' })
  })

  it('calls a contract that cannot be read or is wrong bad input: 3', async () => {
    const missing = await run(['audit', 'missing.yaml'])
    expect(missing).toEqual({
      code: 3,
      out: '',
      err: "error  missing.yaml can't be read: there is no such file\n\n1 error\n",
    })
    const wrong = await run(['audit', 'a.yaml'], { 'a.yaml': CONTRACT.replace('99.5%', '99.5') })
    expect(wrong.code).toBe(3)
    expect(wrong.out).toBe('')
    expect(wrong.err).toContain('a.yaml:8:13  error  ')
  })

  it('asks for evidence where there is none, no period and nothing assumed: 3', async () => {
    for (const argv of [
      ['audit', 'a.yaml'],
      ['explain', 'uptime', 'a.yaml'],
    ]) {
      const { code, out, err } = await run(argv, { 'a.yaml': CONTRACT })
      expect({ code, out }).toEqual({ code: 3, out: '' })
      expect(err.split('\n').map(line => line.trim())).toEqual([
        'error  no evidence was given',
        'name files or directories after the contract, or say that nothing happened: --assume-complete',
        'outage',
        '',
        '1 error',
        '',
      ])
    }
    expect((await run(['audit', 'a.yaml', '--period', '2026-05'], { 'a.yaml': CONTRACT })).code).toBe(0)
  })

  it('lists the exit codes of every command', async () => {
    for (const name of ['validate', 'inspect', 'explain']) {
      expect((await run([name, '--help'])).out).toContain('Exit codes: 0 ')
    }
  })

  it('says that a fault is its own: 70 with the stack', async () => {
    const io = fakeIo({ 'a.yaml': CONTRACT })
    const broken = { ...io, kindOf: () => Promise.reject(new Error('the disk is on fire')) }
    expect(await main(['audit', 'a.yaml', '-o', 'x.json'], broken)).toBe(70)
    expect(io.err.join('')).toMatch(/internal fault[\s\S]*the disk is on fire\n\s+at /)
  })
})

describe('validate', () => {
  it('counts clauses of valid contracts', async () => {
    const result = await run(['validate', 'a.yaml'], { 'a.yaml': CONTRACT })
    expect(result).toEqual({ code: 0, out: 'a.yaml: valid, 2 clauses (1 availability, 1 maintenance)\n', err: '' })
  })

  it('shows every error on stdout: 1, or 3 when a file cannot be read', async () => {
    const files = { 'a.yaml': CONTRACT, 'b.yaml': CONTRACT.replace('calendar month', 'montly') }
    const invalid = await run(['validate', 'b.yaml', 'a.yaml'], files)
    expect(invalid.code).toBe(1)
    expect(invalid.out).toMatch(/^b\.yaml:9:13 {2}error {2}/)
    expect(invalid.out).toContain('\n\n1 error\n')
    expect(invalid.out).toContain('a.yaml: valid, 2 clauses')
    expect((await run(['validate', 'b.yaml', 'none.yaml'], files)).code).toBe(3)
  })

  it('turns doubts into errors when strict', async () => {
    const files = { 'a.yaml': CONTRACT.replace('    no-data: unknown\n', '') }
    expect((await run(['validate', 'a.yaml'], files)).code).toBe(0)
    expect((await run(['validate', 'a.yaml'], files)).out).toContain('warning')
    expect((await run(['validate', '-q', 'a.yaml'], files)).out).toBe(
      'a.yaml: valid, 2 clauses (1 availability, 1 maintenance)\n',
    )
    expect((await run(['validate', '--strict', 'a.yaml'], files)).code).toBe(1)
    expect((await run(['validate', 'a.yaml'], files, { SLA_STRICT: '1' })).code).toBe(1)
  })

  it('gives the same as JSON', async () => {
    const { out, code } = await run(['validate', 'a.yaml', 'none.yaml', '-f', 'json'], { 'a.yaml': CONTRACT })
    expect(code).toBe(3)
    expect(JSON.parse(out)).toEqual([
      { file: 'a.yaml', valid: true, kinds: { availability: 1, maintenance: 1 }, diagnostics: [] },
      {
        file: 'none.yaml',
        valid: false,
        kinds: {},
        diagnostics: [
          { code: 'unreadable', severity: 'error', message: "none.yaml can't be read: there is no such file" },
        ],
      },
    ])
  })
})

describe('explain without a contract', () => {
  it('lists the kinds and prints their manuals', async () => {
    const list = await run(['explain'])
    expect(list.code).toBe(0)
    expect(list.out).toMatch(/^Clause kinds:\n {2}availability +\S/)
    expect(list.out).toMatch(/\n {2}maintenance +\S/)
    const manual = await run(['explain', 'maintenance'])
    expect(manual.code).toBe(0)
    expect(manual.out).toContain('notice')
  })
})
