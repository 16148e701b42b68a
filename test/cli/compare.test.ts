import { describe, expect, it, vi } from 'vitest'
import { run } from './compare-files.ts'

// The command with rules of its own: what it does with a comparison, whatever the rules are.
vi.mock('../../src/compare/rules/index.ts', async () => ({ compareRules: (await import('../compare/fakes.ts')).rules }))

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
