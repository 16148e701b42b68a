import { describe, expect, it, vi } from 'vitest'
import { main } from '../../src/cli/main.ts'
import { FILES, head, run, tickets, up } from './compare-files.ts'
import { fakeIo } from './fake-io.ts'

// The command with rules of its own: what it does with a comparison, whatever the rules are.
vi.mock('../../src/compare/rules/index.ts', async () => ({ compareRules: (await import('../compare/fakes.ts')).rules }))

describe('--fail-on', () => {
  const files = {
    'base.yaml': head('base') + up('99%') + tickets('P1: { respond: 2h }'),
    'same.yaml': head('same') + up('99%') + tickets('P1: { respond: 2h }'),
    'aim.yaml': head('aim') + up('99%').replace('no-data', 'binding: objective, no-data'),
    'other.yaml': head('other') + up('99.5%') + tickets('P1: { respond: 2h }'),
    'words.yaml': head('words') + up('99%') + tickets('P1: { respond: unstated }'),
    'less.yaml': head('less') + up('99%'),
    'more.yaml': head('more') + up('99%') + tickets('P1: { respond: 2h }', 'P2: { respond: 3h }'),
  }
  const WORDS = ['weaker', 'incomparable', 'missing', 'not-decidable', 'added']

  // By the rules of this test equal texts of availability are equal, other ones not known to be; those of tickets never are.
  it.each([
    ['base.yaml same.yaml', ['incomparable']],
    ['less.yaml aim.yaml', ['weaker']],
    ['less.yaml other.yaml', ['incomparable', 'added']],
    ['base.yaml words.yaml', ['not-decidable']],
    ['base.yaml less.yaml', ['missing']],
    ['base.yaml aim.yaml', ['weaker', 'missing']],
    ['less.yaml more.yaml', ['added']],
    ['less.yaml less.yaml', []],
  ])('ends with 1 for each relation there is: %s', async (pair, there) => {
    for (const word of WORDS) {
      expect([word, (await run(`${pair} --fail-on ${word}`, {}, files)).code]).toEqual([
        word,
        there.includes(word) ? 1 : 0,
      ])
    }
    expect((await run(`${pair} --fail-on ${WORDS.join(',')}`, {}, files)).code).toBe(there.length > 0 ? 1 : 0)
    expect((await run(pair, {}, files)).code).toBe(0)
  })

  it('holds for versions of one contract as well', async () => {
    const versions = {
      'old.yaml': head('one').replace('timezone', 'version: "1"\ntimezone') + up('99%'),
      'new.yaml':
        head('one').replace('timezone', 'version: "2"\ntimezone') +
        up('99%').replace('no-data', 'binding: objective, no-data'),
    }
    expect((await run('old.yaml new.yaml --fail-on weaker', {}, versions)).code).toBe(1)
    expect((await run('new.yaml old.yaml --fail-on weaker', {}, versions)).code).toBe(0)
  })
})

describe('the dates of contracts', () => {
  const dated = (year: number) => head('a').replace('clauses:', `term: { from: ${year}-01-01 }\nclauses:`) + up('99%')
  const files = { 'a25.yaml': dated(2025), 'b25.yaml': dated(2025), 'a26.yaml': dated(2026) }
  const keys = async (words: string): Promise<readonly string[]> =>
    JSON.parse((await run(`${words} --year 2026 -f json`, {}, files)).out).rows.map(({ key }: { key: string }) => key)

  it('stay with --only-different where they differ', async () => {
    expect(await keys('a25.yaml b25.yaml')).toEqual(['availability', 'term'])
    expect(await keys('a25.yaml b25.yaml --only-different')).toEqual([])
    expect(await keys('a25.yaml a26.yaml --only-different')).toEqual(['term'])
  })
})

describe('doubts about a contract', () => {
  const more =
    'calendars: { unused: { days: mon-fri, hours: "09:00-17:00" }, idle: { days: mon-fri, hours: "09:00-17:00" } }\n'
  const files = {
    'plain.yaml': head('plain').replace('clauses:', 'services: { web: {} }\nclauses:') + up('99%'),
    'my doubts.yaml': FILES['a.yaml'].replace('id: a', 'id: doubtful') + more,
  }
  const words = ['compare', 'plain.yaml', 'my doubts.yaml', '--year', '2026']

  it('are counted, one line a contract; those of the comparison are told', async () => {
    const io = fakeIo(files)
    expect(await main([...words, '-f', 'json'], io)).toBe(0)
    const { warnings } = JSON.parse(io.out.join(''))
    const own = warnings.filter(({ span }: { span?: { file: string } }) => span?.file === 'my doubts.yaml').length
    expect(own).toBeGreaterThan(1)
    expect(io.err.join('')).toBe(`my doubts.yaml: ${own} warnings (sla validate 'my doubts.yaml' shows them)\n`)
  })

  it('are not told with -q, and are errors with --strict', async () => {
    const quiet = fakeIo(files)
    expect(await main([...words, '-q'], quiet)).toBe(0)
    expect(quiet.err).toEqual([])
    const strict = fakeIo(files)
    expect(await main([...words, '--strict'], strict)).toBe(3)
    expect(strict.err.join('')).toContain('my doubts.yaml:')
  })
})
