import { describe, expect, it } from 'vitest'
import { compareContracts } from '../../src/compare/compare.ts'
import type { Contract } from '../../src/contract/contract.ts'
import { isThroughout, termText, withoutTerm } from '../../src/contract/term.ts'
import { contractOf, up, zones } from './fakes.ts'

const TERM = (year: number) => ({ from: `${year}-01-01`, to: `${year}-12-31` })
const compare = (contracts: readonly Contract[], year = 2026) =>
  compareContracts(contracts, { year, zones, version: '1.2.3' })

/** What of its term each clause of a contract sees. */
async function seen(clauses: Readonly<Record<string, unknown>>, more: Readonly<Record<string, unknown>> = {}) {
  const contract = await contractOf('a', clauses, { term: { from: '2025-03-31', to: '2025-12-31' }, ...more })
  const seenBy = withoutTerm(contract, zones('UTC'))
  return contract.clauses.map(clause => seenBy(clause).term)
}

describe('a contract as if it were in force throughout', () => {
  it('keeps of its term what a clause is laid out by', async () => {
    const work = { event: 'maintenance', cap: '2h per contract month' }
    const terms = await seen(
      {
        month: up('99%'),
        contract: up('99%', { window: 'contract month' }),
        whole: up('99%', { window: 'term' }),
        capped: up('99%', { excluding: ['work'] }),
        counted: { kind: 'maintenance', 'at-most': '3 per contract month' },
        tests: { kind: 'control', times: '2 per term' },
        checks: { kind: 'control', every: '1 week' },
        tickets: {
          kind: 'support',
          priorities: { P1: { respond: '1h' } },
          calendar: 'always',
          attainment: '95% per contract month',
        },
      },
      { exclusions: { work } },
    )
    // The month of a contract that starts on a 31st ends with each month that has none.
    const months = { start: Date.UTC(1970, 0, 31) }
    const dates = { start: Date.UTC(2025, 2, 31), end: Date.UTC(2026, 0, 1) }
    expect(terms).toEqual([undefined, months, dates, months, months, dates, undefined, months])
  })

  it('keeps it for a trigger', async () => {
    const contract = await contractOf('a', { up: up('99%') }, { term: TERM(2025) })
    const [clause] = contract.clauses
    if (clause === undefined) throw new Error('no clause')
    const seenBy = withoutTerm(contract, zones('UTC'))
    expect(seenBy({ ...clause, body: { throughout: '1 year', after: 'term end' } })).toBe(contract)
    expect(seenBy(clause)).not.toHaveProperty('term')
  })

  it('is told from one that is not', () => {
    expect([undefined, {}, { start: Date.UTC(1970, 0, 31, 12) }].map(isThroughout)).toEqual([true, true, true])
    expect([{ start: Date.UTC(2025, 0, 1) }, { end: Date.UTC(2026, 0, 1) }].map(isThroughout)).toEqual([false, false])
  })

  it('is the same contract where it has no dates', async () => {
    const contract = await contractOf('a', { up: up('99%') })
    const [clause] = contract.clauses
    if (clause === undefined) throw new Error('no clause')
    expect(withoutTerm(contract, zones('UTC'))(clause)).toBe(contract)
  })

  it.each([
    [{ from: '2025-01-01', to: '2026-12-31' }, '1 Jan 2025 – 31 Dec 2026'],
    [{ from: '2025-03-30' }, 'from 30 Mar 2025'],
    [{ to: '2026-02-28' }, 'until 28 Feb 2026'],
    // Half past two of the night that the clocks go back is there twice.
    [
      { from: '2026-10-25T02:30:00+01:00', to: '2026-12-31T12:00:00+01:00' },
      '25 Oct 2026 02:30+01:00 – 31 Dec 2026 12:00+01:00',
    ],
  ])('tells the dates of %j as they are given', async (term, text) => {
    const contract = await contractOf('a', { up: up('99%') }, { term, timezone: 'Europe/Paris' })
    expect(termText(contract.term ?? {}, zones('Europe/Paris'))).toBe(text)
  })
})

describe('two versions of one contract', () => {
  const version = (year: number, [target, fix, every, keep, respond]: readonly string[]) =>
    contractOf(
      'acme',
      {
        up: { kind: 'availability', target, window: 'contract month' },
        fixes: {
          kind: 'vulnerability',
          from: 'detected',
          score: { order: ['nvd'] },
          bands: { critical: { min: 9, fix } },
        },
        backups: { kind: 'backup', of: ['db'], schedule: { every }, keep: { for: keep } },
        tickets: { kind: 'support', priorities: { P1: { respond } }, calendar: 'always' },
      },
      { version: String(year), term: TERM(year), timezone: 'Europe/Paris' },
    )
  const strict = ['99.5%', '7 days', '24h', '30 days', '1h']
  const lax = ['99%', '9 days', '36h', '20 days', '2h']

  it.each([2025, 2026, 2027])('are compared in %i, with a log of that year for all that is laxer', async year => {
    const { rows, witnesses } = await compare([await version(2025, strict), await version(2026, lax)], year)
    expect(rows.map(({ key, cells }) => [key, cells[1]?.relation, cells[1]?.witnesses.length])).toEqual([
      ['availability', 'weaker', 1],
      ['support/P1/respond', 'weaker', 1],
      ['vulnerability/critical/fix', 'weaker', 1],
      ['backup/db/schedule', 'weaker', 1],
      ['backup/db/keep', 'weaker', 1],
      ['term', undefined, 0],
    ])
    for (const { breaches, verdicts, period } of witnesses) {
      expect([breaches, ...verdicts.map(({ status }) => status)]).toEqual([0, 'breached', 'met'])
      expect(new Date(period.end).getUTCFullYear()).toBe(year)
    }
  })

  it('permit what they would without dates', async () => {
    const free = async (one: Promise<Contract>): Promise<Contract> => {
      const { term: _, ...contract } = await one
      return contract
    }
    const monthly = (year: number) => contractOf('acme', { up: up('99.5%') }, { version: `${year}`, term: TERM(year) })
    const dated = await compare([await monthly(2025), await monthly(2026)])
    const always = await compare([await free(monthly(2025)), await free(monthly(2026))])
    expect(dated.envelope).toEqual(always.envelope)
    expect(dated.envelope.length).toBeGreaterThan(0)
  })

  it('is told where promises are laid out by dates, not where they only begin on a day of the month', async () => {
    const one = (id: string, year: number, window: string) =>
      contractOf(id, { up: up('99%', { window }) }, { term: { from: `${year}-03-05`, to: `${year + 1}-03-04` } })
    const note = 'compared as far as both contracts run'
    const rules = async (base: Contract, other: Contract) => (await compare([base, other])).rows[0]?.cells[1]?.rules
    expect(await rules(await one('a', 2025, 'term'), await one('b', 2026, 'calendar month'))).toContain(note)
    const months = one('a', 2025, 'contract month')
    expect(await rules(await months, await one('b', 2026, 'calendar month'))).not.toContain(note)
    expect(await rules(await months, await one('b', 2026, 'contract month'))).not.toContain(note)
  })
})

describe('the row of dates', () => {
  const dated = (term: unknown) => contractOf('a', { up: up('99%') }, term === undefined ? {} : { term })

  it('is last, has no relation, and is blank where a contract has none', async () => {
    const { rows, contracts } = await compare([
      await dated(TERM(2025)),
      await dated(undefined),
      await dated({ to: '2026-06-30' }),
    ])
    expect(rows.at(-1)).toEqual({
      key: 'term',
      subject: 'Term',
      name: 'in force',
      cells: [
        { state: 'promised', text: '1 Jan 2025 – 31 Dec 2025', rules: [], witnesses: [] },
        { state: 'not-promised', text: '', rules: [], witnesses: [] },
        { state: 'promised', text: 'until 30 Jun 2026', rules: [], witnesses: [] },
      ],
    })
    expect(contracts.map(({ term }) => term)).toEqual([
      { start: Date.UTC(2025, 0, 1), end: Date.UTC(2026, 0, 1) },
      undefined,
      { end: Date.UTC(2026, 6, 1) },
    ])
  })

  it('is not there where no contract has dates', async () => {
    const { rows } = await compare([await dated(undefined), await dated(undefined)])
    expect(rows.map(({ key }) => key)).toEqual(['availability'])
  })
})
