import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { runCli } from '../support/cli.ts'
import { FILES, run } from './compare-files.ts'
import { fakeIo } from './fake-io.ts'

// The command with rules of its own: what it does with a comparison, whatever the rules are.
vi.mock('../../src/compare/rules/index.ts', async () => ({ compareRules: (await import('../compare/fakes.ts')).rules }))

describe('--witness', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sla-witness-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  it('writes logs with commands that give both verdicts', { timeout: 60_000 }, async () => {
    const named = { ...FILES, 'b c.yaml': FILES['b.yaml'] }
    const io = fakeIo(named)
    const words = ['compare', 'a.yaml', 'b c.yaml', '--align', 'align.yaml', '--year', '2026', '--witness', '.']
    expect(await main(words, io)).toBe(0)
    for (const [path, text] of io.files) if (!path.startsWith('out/')) writeFileSync(join(folder, path), text)
    const readme = io.files.get('README.md') ?? ''
    expect([...io.files.keys()].filter(path => path.endsWith('.csv'))).toEqual([
      '01-availability.csv',
      '02-support-P1-respond.csv',
      '02-support-P1-respond-b.csv',
    ])
    expect(dirname(join(folder, 'README.md'))).toBe(folder)
    const commands = readme.split('\n').filter(line => line.startsWith('sla audit '))
    expect(commands).toHaveLength(4)
    // Breached and met, by turns: the exit code of an audit is 1 or 0.
    const codes = commands.map(command => runCli(wordsOf(command).slice(1), { cwd: folder }).code)
    expect(codes).toEqual([1, 0, 1, 0])
    expect(readme).toContain("'b c.yaml'")
  })
})

describe('the directory of --witness', () => {
  const README = 'out/README.md'
  const witnessed = (words = 'a.yaml b.yaml --witness out', files: Readonly<Record<string, string>> = FILES) =>
    run(`${words} --year 2026`, {}, files)

  it.each([
    ['out', 'the directory from which this one is `out`'],
    ['./out/', 'the directory from which this one is `out`'],
    ['../out', 'the directory from which this one is `../out`'],
    ['.', 'this directory'],
    ['/home/acme', 'this directory'],
    ['/srv/proofs', 'the directory that the contracts were named from'],
  ])('says where the commands are to be run: %s', async (directory, where) => {
    const { files } = await witnessed(`a.yaml b.yaml --witness ${directory}`)
    const [readme = ''] = [...files].filter(([path]) => path.endsWith('README.md')).map(([, text]) => text)
    expect(readme).toContain(`The commands are to be run in ${where};`)
    expect(readme.replaceAll(directory, '')).not.toContain('/home')
  })

  it('has commands without dates for contracts that have some', async () => {
    const dated = FILES['a.yaml'].replace('clauses:', 'term: { from: 2025-01-01, to: 2025-12-31 }\nclauses:')
    const { files } = await witnessed(undefined, { ...FILES, 'a.yaml': dated })
    const commands = (files.get(README) ?? '').split('\n').filter(line => line.startsWith('sla audit '))
    expect(commands.map(line => [line.split(' ')[2], line.includes(' --ignore-term')])).toEqual([
      ['a.yaml', true],
      ['b.yaml', false],
    ])
  })

  it('loses the logs of an earlier run, and nothing else', async () => {
    const align = 'a.yaml b.yaml --align align.yaml --witness out'
    const before = await witnessed(align, { ...FILES, 'out/notes.txt': 'mine', 'out/sums.csv': 'mine' })
    const named = (files: ReadonlyMap<string, string>) =>
      [...files.keys()].filter(path => path.startsWith('out/')).sort()
    const logs = ['01-availability', '02-support-P1-respond-b', '02-support-P1-respond'].map(name => `out/${name}.csv`)
    expect(named(before.files)).toEqual([...logs, README, 'out/notes.txt', 'out/sums.csv'])
    const after = await witnessed(undefined, Object.fromEntries(before.files))
    expect([after.code, after.err]).toEqual([0, expect.not.stringContaining('error')])
    expect(named(after.files)).toEqual(['out/01-availability.csv', README, 'out/notes.txt', 'out/sums.csv'])
    expect(after.files.get('out/sums.csv')).toBe('mine')
  })

  it.each([
    ['a README of another hand', { [README]: '# Our project\n' }, /README.md is not of sla compare/],
    ['a log without a README', { 'out/01-availability.csv': 'type\n' }, /01-availability.csv is not of sla compare/],
    [
      'a log that its README does not name',
      {
        [README]: '# Logs that tell the contracts apart\n\n## x: `01-x.csv`\n',
        'out/01-x.csv': '',
        'out/02-y.csv': '',
      },
      /02-y.csv is not of sla compare/,
    ],
  ])('may not hold %s', async (_, there, message) => {
    // The contract is not even read.
    const { code, err, files } = await witnessed('none.yaml b.yaml --witness out', { ...FILES, ...there })
    expect([code, files]).toEqual([2, new Map(Object.entries({ ...FILES, ...there }))])
    expect(err).toMatch(message)
    expect(err).not.toContain('none.yaml')
  })

  it('is none where it is a file, or where --output writes what looks like a log', async () => {
    expect((await witnessed('a.yaml b.yaml --witness b.yaml')).err).toContain('is a file, not a directory')
    const { code, err } = await witnessed('a.yaml b.yaml --witness out -o out/01-matrix.csv')
    expect(code).toBe(2)
    expect(err).toContain('may be what --witness writes')
  })
})

describe('what cannot be written', () => {
  it('is a mistake in the options', async () => {
    const io = fakeIo(FILES)
    const writeTogether = async () => {
      throw Object.assign(new Error('EACCES: permission denied'), { code: 'EACCES' })
    }
    const words = ['compare', 'a.yaml', 'b.yaml', '--witness', 'proofs']
    expect(await main(words, { ...io, writeTogether })).toBe(2)
    expect(io.err.join('')).toContain("--witness: it can't be written")
    expect(io.out).toEqual([])
  })
})

/** The words of a command that quotes with '…' only. */
function wordsOf(command: string): readonly string[] {
  return [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')
}
