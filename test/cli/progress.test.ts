import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeProgress, progressText } from '../../src/cli/progress.ts'
import type { ReadProgress } from '../../src/evidence/read-progress.ts'
import { type CliResult, root, runCli } from '../support/cli.ts'
import { CHECKED, writeChecks } from '../support/long-logs.ts'
import { ERASED, inTerminal } from '../support/terminal.ts'

describe('progressText', () => {
  const cases: readonly (readonly [name: string, at: ReadProgress, ms: number, text: string])[] = [
    // 620,000 rows in 2 s; 42 of 100 MB in 2 s leave 58/42 × 2 s = 2.76… s.
    ['of files', { bytes: 42e6, of: 100e6, rows: 620_000 }, 2000, 'reading 42 %, 310,000 rows/s, 3s left'],
    ['rounds percent down', { bytes: 999, of: 1000, rows: 10 }, 1000, 'reading 99 %, 10 rows/s, 1s left'],
    // 1,234,567 rows/s to three digits; 99 times 1 s is 1 min 39 s.
    ['three digits', { bytes: 1, of: 100, rows: 1_234_567 }, 1000, 'reading 1 %, 1,230,000 rows/s, 1m 39s left'],
    // 3,599 s more at one byte a second, then one second more.
    ['minutes', { bytes: 1, of: 3600, rows: 0 }, 1000, 'reading 0 %, 59m 59s left'],
    ['hours', { bytes: 1, of: 3601, rows: 0 }, 1000, 'reading 0 %, 1h 0m left'],
    ['whole seconds never below one', { bytes: 99, of: 100, rows: 0 }, 300, 'reading 99 %, 1s left'],
    ['at the end', { bytes: 100, of: 100, rows: 50 }, 1000, 'reading 100 %, 50 rows/s'],
    ['a file that has grown', { bytes: 120, of: 100, rows: 50 }, 1000, 'reading 100 %, 50 rows/s'],
    ['nothing yet', { bytes: 0, of: 100, rows: 0 }, 400, 'reading 0 %'],
    ['of a pipe', { bytes: 42e6, rows: 620_000 }, 2000, 'reading 620,000 rows, 310,000 rows/s'],
    ['of a pipe without a row', { bytes: 42, rows: 0 }, 2000, 'reading'],
  ]
  it.each(cases)('%s', (_, at, ms, text) => {
    expect(progressText(at, ms)).toBe(text)
  })
})

describe('makeProgress', () => {
  function fake(env: Readonly<Record<string, string>> = {}) {
    const shown: string[] = []
    const clock = { ms: 5000 }
    const io = { status: (text: string) => void shown.push(text), env }
    return { shown, clock, io }
  }

  it('says nothing for 300 ms, then at most every 100 ms', () => {
    const { shown, clock, io } = fake()
    const progress = makeProgress(io, {}, () => clock.ms)
    // A piece every 10 ms, each a hundredth.
    for (let i = 1; i <= 60; i++) {
      clock.ms += 10
      progress?.onProgress({ bytes: i, of: 100, rows: 0 })
    }
    expect(shown.map(text => /(\d+) %/.exec(text)?.[1])).toEqual(['30', '40', '50', '60'])
  })

  it('names what follows a long read only', () => {
    const { shown, clock, io } = fake()
    const progress = makeProgress(io, {}, () => clock.ms)
    clock.ms += 299
    progress?.say('judging')
    expect(shown).toEqual([])
    clock.ms += 1
    progress?.say('judging')
    progress?.say('')
    expect(shown).toEqual(['judging', ''])
  })

  it.each([
    ['no terminal', {}, {}, false],
    ['--quiet', {}, { quiet: true }, true],
    ['a dumb terminal', { TERM: 'dumb' }, {}, true],
    ['CI', { CI: 'true' }, {}, true],
    ['CI=1', { CI: '1' }, {}, true],
  ] as const)('is silent with %s', (_, env, options, terminal) => {
    const { io } = fake(env)
    expect(makeProgress(terminal ? io : { env }, options)).toBeUndefined()
  })

  it.each([[{}], [{ TERM: 'xterm' }], [{ CI: '' }], [{ CI: 'false' }]] as const)('speaks with %j', env => {
    expect(makeProgress(fake(env).io, {})).toBeDefined()
  })
})

describe('on a terminal', () => {
  const AUDIT = ['audit', 'contract.yaml', 'checks.csv', '--as-of', '2025-01-01T00:00:00Z', '--width', '80']
  AUDIT.push('--assume-complete', 'maintenance', '--no-color')
  const node = `node --import ${root}test/support/quick-clock.mjs ${root}bin/sla.js`
  const command = `${node} ${AUDIT.join(' ')}`
  const LINE = /^reading \d+ %(?:, [\d,]+ rows\/s)?(?:, [\dhms ]+ left)?$/

  let folder = ''
  let plain: CliResult = { code: null, stdout: '', stderr: '' }
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'sla-progress-'))
    writeFileSync(join(folder, 'contract.yaml'), CHECKED)
    writeChecks(join(folder, 'checks.csv'), 300_000)
    plain = runCli(AUDIT, { cwd: folder })
  })
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('rewrites one line of stderr while a big file is read, and takes it away', async () => {
    expect(plain).toMatchObject({ code: 0, stderr: '' })
    const { text, code } = await inTerminal(`${command} > out.txt`, { cwd: folder })
    const lines = text.split(ERASED)
    // Nothing else comes to the terminal: each line takes the place of the one before, and the last is empty.
    expect(lines[0]).toBe('')
    expect(lines.at(-1)).toBe('')
    const read = lines.slice(1, -1).filter(line => line !== 'judging' && line !== '')
    expect(read.length).toBeGreaterThan(1)
    expect(read.filter(line => !LINE.test(line))).toEqual([])
    const percents = read.map(line => Number(/(\d+) %/.exec(line)?.[1]))
    expect(percents).toEqual([...percents].sort((a, b) => a - b))
    expect(code).toBe(0)
    expect(readFileSync(join(folder, 'out.txt'), 'utf8')).toBe(plain.stdout)
  })

  it('is gone before the report comes to the same terminal', async () => {
    const { text } = await inTerminal(`${command}`, { cwd: folder })
    const report = text.slice(text.lastIndexOf(ERASED) + ERASED.length)
    expect(text).toContain('reading ')
    expect(report).not.toContain('reading ')
    expect(report.replaceAll('\r\n', '\n')).toBe(plain.stdout)
  })

  it('shows while files are inspected too', async () => {
    const { text, code } = await inTerminal(`${node} inspect checks.csv > out.txt`, { cwd: folder })
    expect(text.split(ERASED).filter(line => LINE.test(line)).length).toBeGreaterThan(1)
    expect(text.endsWith(ERASED)).toBe(true)
    expect(code).toBe(0)
  })
})
