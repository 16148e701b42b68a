import { describe, expect, it, vi } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { FILES, head, run, tickets, up } from './compare-files.ts'
import { fakeIo } from './fake-io.ts'

// What the command says of its files and options, whatever the rules are.
vi.mock('../../src/compare/rules/index.ts', async () => ({ compareRules: (await import('../compare/fakes.ts')).rules }))

const version = (name: string, target: string): string =>
  `${head('acme').replace('id:', `version: "${name}"\nid:`)}${up(target)}`

const MORE = {
  ...FILES,
  'same.yaml': FILES['a.yaml'],
  'twin.yaml': FILES['needs.yaml'].replace('id: needs', 'id: a'),
  'empty.yaml': '',
  'bare.yaml': 'apiVersion: sla/v1\nkind: Baseline\nid: bare\ntimezone: UTC\nclauses: {}\n',
  'p.csv': 'type,start,end\n',
  'unstated.yaml': head('a') + up('99.5%') + tickets('P1: { respond: unstated }', 'P2: { respond: 1 day }'),
  '2025.yaml': version('2025.1', '99%') + tickets('P1: { respond: 2h }'),
  '2026.yaml': version('2026.1', '99%') + tickets('P0: { respond: 2h }'),
  'rows.yaml':
    'apiVersion: sla/v1\nkind: Alignment\nrows: { first: { "2025.1": support/P1/respond, "2026.1": support/P0/respond } }\n',
}

const told = (words: string, env = {}) => run(`${words} --year 2026`, env, MORE)

describe('what sla compare says of its files', () => {
  it('takes a baseline first only, and never as a version of a contract', async () => {
    const { code, err, out } = await told('a.yaml b.yaml needs.yaml')
    expect([code, out]).toEqual([2, ''])
    expect(err).toContain('needs.yaml is no contract but a baseline')
    expect(err).toContain('name it first, or with --baseline')
    expect((await told('needs.yaml a.yaml')).code).toBe(0)
    // Of one id, but not two versions of one contract.
    const twins = await told('--baseline twin.yaml a.yaml --width 120')
    expect(twins.out).toContain('2 contracts')
    expect(twins.out).not.toContain('two versions')
    expect((await told('--baseline needs.yaml --baseline twin.yaml a.yaml')).code).toBe(2)
  })

  it('says which rows made the exit code 1', async () => {
    const { code, err } = await told('more.yaml a.yaml --fail-on weaker,missing')
    expect(code).toBe(1)
    expect(err).toContain('--fail-on: 1 row is missing: support/P2/respond\n')
    expect((await told('more.yaml a.yaml --fail-on missing -q')).err).toBe('')
    expect((await told('more.yaml a.yaml --fail-on weaker')).err).toBe('')
  })

  it('ends with 1 for a number that is dropped for words, where that is asked for', async () => {
    const list = 'weaker,incomparable,missing,not-decidable'
    const { code, err } = await told(`more.yaml unstated.yaml --fail-on ${list}`)
    expect(code).toBe(1)
    expect(err).toContain('--fail-on: 1 row is not-decidable: support/P1/respond\n')
    const io = fakeIo({})
    await main(['compare', '--help'], io)
    expect(io.out.join('')).toContain(`--fail-on ${list}`)
  })

  it('warns of what is held against itself', async () => {
    expect((await told('a.yaml a.yaml')).err).toContain('a.yaml is named twice: it is held against itself')
    expect((await told('a.yaml same.yaml')).err).toContain('same.yaml holds the same as a.yaml')
    expect((await told('a.yaml b.yaml --align align.yaml')).err).toBe('')
  })

  it('has a hint for evidence among the contracts, and for a baseline that is none', async () => {
    const csv = await told('a.yaml p.csv')
    expect(csv.code).toBe(3)
    expect(csv.err).toContain('evidence is named with --evidence')
    const empty = await told('--baseline empty.yaml a.yaml')
    expect(empty.code).toBe(3)
    expect(empty.err).toContain('kind: Baseline')
    expect(empty.err).not.toContain('kind: Contract')
    expect((await told('--baseline bare.yaml a.yaml')).err).toContain('a baseline needs at least one clause')
    expect((await told('a.yaml empty.yaml')).err).toContain('kind: Contract')
  })

  it('calls versions by their labels, in warnings, in files and where rows are aligned', async () => {
    const apart = await told('2025.yaml 2026.yaml')
    expect(apart.err).toContain('P1 (2025.1)')
    expect(apart.err).toContain('P0 (2026.1)')
    const aligned = await told('2025.yaml 2026.yaml --align rows.yaml -f json')
    expect(aligned.code).toBe(0)
    const rows: readonly { key: string; cells: readonly { state: string }[] }[] = JSON.parse(aligned.out).rows
    expect(rows.find(({ key }) => key === 'first')?.cells.map(({ state }) => state)).toEqual(['promised', 'promised'])
  })

  it('takes several files of evidence from the variable', async () => {
    const { code, err } = await told('a.yaml b.yaml --align align.yaml', { SLA_EVIDENCE: 'one.csv,-' })
    expect(code).toBe(2)
    expect(err).toContain('standard input can be read once only')
  })
})
