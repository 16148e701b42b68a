import { describe, expect, it } from 'vitest'
import { compareContracts } from '../../src/compare/compare.ts'
import { evidenceText, judgeLog } from '../../src/compare/judge-log.ts'
import type { AnyRule, Candidate } from '../../src/compare/rule.ts'
import { recoveryRule } from '../../src/compare/rules/recovery.ts'
import type { Contract } from '../../src/contract/contract.ts'
import type { WitnessRow } from '../../src/model/comparison.ts'
import { contractOf, outageRule, ticketRule, tickets, up, zones } from './fakes.ts'

const MARCH = { start: Date.UTC(2026, 2, 1), end: Date.UTC(2026, 3, 1) }

/** The one log of a comparison by a rule that has these rows to try. */
async function logOf(contracts: readonly Contract[], rule: AnyRule, rows: readonly WitnessRow[]) {
  const candidate: Candidate = { rows, period: MARCH, asOf: MARCH.end, story: 'what happens' }
  const { witnesses } = await compareContracts(contracts, {
    year: 2026,
    zones,
    version: '1.0.0',
    rules: { [rule.kind]: async () => ({ ...rule, candidates: () => [candidate] }) },
  })
  return witnesses
}

const ticket = (id: string, responded: string, more = {}): WitnessRow => ({
  type: 'ticket',
  id,
  priority: 'P1',
  opened_at: '2026-03-03T10:00:00Z',
  responded_at: responded,
  ...more,
})

describe('a log that was found', () => {
  const pair = async () => [
    await contractOf('a', { help: tickets({ P1: '1h' }) }),
    await contractOf('b', { help: tickets({ P1: '2h' }) }),
  ]

  it('loses rows that only go together', async () => {
    // A change of the status of T-2 needs T-2, and T-2 without it is open still: neither can go alone.
    const rows = [
      ticket('T-1', '2026-03-03T11:30:00Z'),
      ticket('T-2', ''),
      { type: 'ticket-change', id: 'T-2', time: '2026-03-03T10:30:00Z', change: 'responded', value: '' },
    ]
    const [witness] = await logOf(await pair(), ticketRule, rows)
    expect(witness?.breaches).toBe(0)
    expect(witness?.rows.map(({ type, id }) => [type, id])).toEqual([['ticket', 'T-1']])
  })

  it('loses pieces of a long one, and keeps what decides', async () => {
    const others = Array.from({ length: 90 }, (_, i) => ticket(`T-${i + 10}`, '2026-03-03T10:10:00Z'))
    const rows = [...others.slice(0, 23), ticket('T-1', '2026-03-03T11:30:00Z'), ...others.slice(23)]
    const [witness] = await logOf(await pair(), ticketRule, rows)
    expect(witness?.rows.map(({ id }) => id)).toEqual(['T-1'])
  })

  it('keeps rows without which it would be met for another reason', async () => {
    // 6 h 1 min from the failure, and from the request that was made at once: late by an hour for a, in time for b.
    // Without the row of the restore b's promise is met as well, but for want of a request.
    const contracts = [
      await contractOf('a', { back: { kind: 'recovery', rto: { 'at-most': '5h', from: 'failure' } } }),
      await contractOf('b', { back: { kind: 'recovery', rto: { 'at-most': '8h', from: 'requested' } } }),
    ]
    const [failed, back] = ['2026-03-10T12:00:00Z', '2026-03-10T18:01:00Z']
    const rows = [
      { type: 'incident', id: 'I-1', kind: 'disaster', occurred_at: failed, declared_at: failed, recovered_at: back },
      {
        ...{ type: 'restore', id: 'R-1', incident: 'I-1', purpose: 'real', failure_at: failed, requested_at: failed },
        ...{ started_at: failed, completed_at: back, recovered_to: failed, outcome: 'passed' },
      },
    ]
    const [witness] = await logOf(contracts, recoveryRule, rows)
    expect(witness?.breaches).toBe(0)
    expect(witness?.rows.map(({ type }) => type)).toContain('restore')
  })
})

describe('the best of a row', () => {
  it('is shown by logs where rules say only that it holds all the others do', async () => {
    // By rule each holds what the laxer ones do; that it is stronger only an outage of so many hours shows.
    const part = (side: { readonly clause: { readonly body: unknown } }) =>
      (side.clause.body as { readonly target: { readonly value: { readonly part: number; readonly of: number } } })
        .target.value
    const rule: AnyRule = {
      ...outageRule,
      relate: (base, other) => ({
        atLeast: part(other).part * part(base).of >= part(base).part * part(other).of || undefined,
        atMost: undefined,
        rules: [],
      }),
    }
    const targets = ['99%', '99.5%', '98%']
    const contracts = await Promise.all(targets.map((target, i) => contractOf(`c${i}`, { up: up(target) })))
    for (const order of [
      [0, 1, 2],
      [1, 2, 0],
      [2, 0, 1],
    ]) {
      const { rows } = await compareContracts(
        order.flatMap(i => contracts[i] ?? []),
        { year: 2026, zones, version: '1.0.0', rules: { availability: async () => rule } },
      )
      expect(rows[0]?.cells.map(({ best }) => best === true)).toEqual(order.map(i => targets[i] === '99.5%'))
    }
  })
})

describe('a log of coverage alone', () => {
  const rows: readonly WitnessRow[] = [
    { type: 'coverage', of: 'outage', from: '2026-03-01T00:00:00Z', to: '2026-04-01T00:00:00Z' },
    { type: 'coverage', covers: 'maintenance', from: '2026-03-01T00:00:00Z', to: '2026-04-01T00:00:00Z' },
  ]

  it('says in its column "type" what is covered', () => {
    expect(evidenceText(rows)).toBe(
      'type,from,to\noutage,2026-03-01T00:00:00Z,2026-04-01T00:00:00Z\nmaintenance,2026-03-01T00:00:00Z,2026-04-01T00:00:00Z\n',
    )
  })

  it('is read as such: nothing happened', async () => {
    const contract = await contractOf('a', { up: up('99%', { 'no-data': 'unknown' }) })
    const report = await judgeLog(contract, 'up', { rows, period: MARCH, asOf: MARCH.end, story: '' }, zones)
    expect([...(report.clauses[0]?.findings ?? [])].map(({ id, status }) => [id, status])).toEqual([
      ['up/2026-03', 'met'],
    ])
  })
})
