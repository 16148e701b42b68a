import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, it, vi } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { runCli } from '../support/cli.ts'
import { fakeIo } from './fake-io.ts'

// The command with rules of its own: what it does with a comparison, whatever the rules are.
vi.mock('../../src/compare/rules/index.ts', async () => ({ compareRules: (await import('../compare/fakes.ts')).rules }))

const head = (id: string, kind = 'Contract'): string =>
  `apiVersion: sla/v1\nkind: ${kind}\nid: ${id}\ntimezone: Europe/Paris\nclauses:\n`
const up = (target: string): string =>
  `  up: { kind: availability, target: ${target}, window: calendar month, no-data: up }\n`
const tickets = (...priorities: readonly string[]): string =>
  `  help: { kind: support, calendar: always, priorities: { ${priorities.join(', ')} } }\n`

const FILES = {
  'a.yaml': head('a') + up('99.5%') + tickets('P1: { respond: 2h }'),
  'b.yaml': head('b') + up('99%') + tickets('blocking: { respond: 3h }'),
  'more.yaml': head('more') + up('99.5%') + tickets('P1: { respond: 2h }', 'P2: { respond: 1 day }'),
  'needs.yaml': head('needs', 'Baseline') + up('99.5%'),
  'align.yaml': 'apiVersion: sla/v1\nkind: Alignment\npriority: { P1: [blocking] }\n',
  'broken.yaml': head('broken') + up('lots'),
}

async function run(words: string, env = {}, files: Readonly<Record<string, string>> = FILES) {
  const io = fakeIo(files, env)
  const code = await main(['compare', ...words.split(' ')], io)
  return { code, out: io.out.join(''), err: io.err.join(''), files: io.files }
}

async function compared(words: string) {
  const { code, out, err } = await run(`${words} --year 2026 -f json`)
  return { code, err, comparison: JSON.parse(out) }
}

describe('sla compare', () => {
  it('holds contracts against the first', async () => {
    const { code, comparison } = await compared('a.yaml b.yaml')
    expect(code).toBe(0)
    expect(comparison.year).toBe(2026)
    expect(comparison.contracts.map(({ file }: { file: string }) => file)).toEqual(['a.yaml', 'b.yaml'])
    expect(comparison.rows[0].cells[1].relation).toBe('incomparable')
  })

  it('holds them against a baseline', async () => {
    const { comparison } = await compared('--baseline needs.yaml a.yaml')
    expect(comparison.contracts.map(({ kind }: { kind: string }) => kind)).toEqual(['Baseline', 'Contract'])
    expect(comparison.rows.map((row: { cells: { relation: string }[] }) => row.cells[1]?.relation)).toEqual([
      'equal',
      'added',
    ])
  })

  it('takes the year of now where none is said', async () => {
    // The clock of the test stands at 2026-06-02.
    const { out } = await run('a.yaml b.yaml -f json')
    expect(JSON.parse(out).year).toBe(2026)
  })

  it('ends with 1 only where a relation that is listed exists', async () => {
    expect((await run('a.yaml more.yaml')).code).toBe(0)
    expect((await run('a.yaml more.yaml --fail-on added')).code).toBe(1)
    expect((await run('a.yaml more.yaml --fail-on weaker,missing')).code).toBe(0)
    expect((await run('more.yaml a.yaml --fail-on weaker,missing')).code).toBe(1)
    expect((await run('more.yaml a.yaml --fail-on never')).code).toBe(0)
    expect((await run('more.yaml a.yaml', { SLA_FAIL_ON: 'missing' })).code).toBe(1)
  })

  it('leaves out what is alike, not what the exit code rests on', async () => {
    const { code, comparison } = await compared('a.yaml more.yaml --only-different --fail-on added')
    expect(code).toBe(1)
    expect(comparison.rows.map(({ key }: { key: string }) => key)).toContain('support/P2/respond')
    expect(comparison.rows.map(({ key }: { key: string }) => key)).not.toContain('availability')
  })

  it('says on stderr which names stand alone, and follows a file that brings them together', async () => {
    const alone = await compared('a.yaml b.yaml')
    expect(alone.err).toContain('P1 (a) and blocking (b)')
    expect(alone.err).toContain('--align FILE')
    const together = await compared('a.yaml b.yaml --align align.yaml')
    expect(together.err).not.toContain('stand alone')
    expect(together.comparison.rows.map(({ key }: { key: string }) => key)).toEqual([
      'availability',
      'support/P1/respond',
    ])
  })

  it('writes to files too', async () => {
    const { files } = await run('a.yaml b.yaml -o out/matrix.json')
    expect(JSON.parse(files.get('out/matrix.json') ?? '').contracts).toHaveLength(2)
  })

  it.each([
    ['a.yaml', /two contracts are needed/],
    ['a.yaml b.yaml --year 26', /year such as 2026/],
    ['a.yaml b.yaml --fail-on weeker', /Did you mean weaker/],
    ['a.yaml b.yaml --fail-on never,weaker', /never stands alone/],
    ['a.yaml b.yaml --period 2026', /--period goes with --evidence/],
    ['a.yaml b.yaml --as-of 2026-05-01', /--as-of goes with --evidence/],
    ['a.yaml b.yaml --evidence -', /standard input/],
    ['a.yaml b.yaml -o out/x.sarif', /can't be written as sarif/],
    ['a.yaml b.yaml -o json:a.yaml', /read by/],
  ])('refuses %s', async (words, message) => {
    const { code, err, out } = await run(words)
    expect([code, out]).toEqual([2, ''])
    expect(err).toMatch(message)
  })

  it('says all that is wrong with all contracts', async () => {
    const { code, err } = await run('broken.yaml none.yaml')
    expect(code).toBe(3)
    expect(err).toContain('broken.yaml')
    expect(err).toContain('none.yaml')
  })

  it('refuses an alignment file that is none', async () => {
    expect((await run('a.yaml b.yaml --align a.yaml')).code).toBe(3)
  })
})

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

describe('what cannot be written', () => {
  it('is a mistake in the options', async () => {
    const io = fakeIo(FILES)
    const makeDirectory = async () => {
      throw Object.assign(new Error('EEXIST: it is a file'), { code: 'EEXIST' })
    }
    const words = ['compare', 'a.yaml', 'b.yaml', '--witness', 'a.yaml']
    expect(await main(words, { ...io, makeDirectory })).toBe(2)
    expect(io.err.join('')).toContain("--witness: it can't be written")
    expect(io.out).toEqual([])
  })
})

/** The words of a command that quotes with '…' only. */
function wordsOf(command: string): readonly string[] {
  return [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain ?? '')
}
