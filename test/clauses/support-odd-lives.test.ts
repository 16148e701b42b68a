import { describe, expect, it } from 'vitest'
import type { Finding } from '../../src/model/finding.ts'
import { audit, byId, type Case } from '../support/audit.ts'
import type { Cells, Tables } from '../support/evidence.ts'
import { HOUR, ms } from '../support/instants.ts'

const given = (fields: string, evidence: Tables, more: Partial<Case> = {}, envelope = ''): Case => ({
  contract: `
apiVersion: sla/v1
kind: Contract
id: test
timezone: UTC
${envelope}
clauses:
  tickets: { kind: support, calendar: always, business-day: end-of-day, ${fields} }
`,
  evidence,
  asOf: '2026-07-01T00:00:00Z',
  period: '2026',
  ...more,
})
const judge = async (...args: Parameters<typeof given>): Promise<readonly Finding[]> => [
  ...((await audit(given(...args))).clauses[0]?.findings ?? []),
]

const may = (time: string) => `2026-05-${time}:00Z`
const row: Cells = { id: 'T-1', priority: 'P1', opened_at: may('04T09:00'), responded_at: '', resolved_at: '' }
const change = (time: string, word: string, value = ''): Cells => ({ id: 'T-1', time: may(time), change: word, value })

describe('a clock that starts in the middle of a life', () => {
  const rows = {
    ticket: [{ ...row, responded_at: may('04T09:30') }],
    'ticket-change': [
      change('05T10:00', 'resolved'),
      change('05T11:00', 'reopened'),
      change('07T11:00', 'replied'),
      change('08T11:00', 'resolved'),
    ],
  }

  it('waits for what comes after its start', async () => {
    const fields = 'from: reopened, on-reopen: first-resolve, priorities: { P1: { respond: 2h, resolve: 4h } }'
    const all = await judge(fields, rows)
    // Reopened on the 5th at 11:00: the reply two days later, the resolution three days later.
    expect(byId(all, 'tickets/P1-respond/T-1')).toMatchObject({ status: 'breached', observed: { value: 48 * HOUR } })
    expect(byId(all, 'tickets/P1-resolve/T-1')).toMatchObject({ status: 'breached', observed: { value: 72 * HOUR } })
  })

  it('is inside the term by its start, not by the opening', async () => {
    const fields = 'from: reopened, on-reopen: continue, priorities: { P1: { resolve: 4h } }'
    const term = 'term: { from: 2026-05-05, to: 2026-05-20 }'
    const found = byId(await judge(fields, rows, {}, term), 'tickets/P1-resolve/T-1')
    expect(found).toMatchObject({ status: 'breached', start: ms(may('05T11:00')), observed: { value: 72 * HOUR } })
    const late = 'term: { from: 2026-05-06, to: 2026-05-20 }'
    expect((await judge(fields, rows, {}, late)).map(({ reason }) => reason)).toEqual(['none'])
  })
})

describe('a ticket with very many rows', () => {
  const minutes = (i: number) => new Date(Date.UTC(2026, 4, 4, 9, i)).toISOString()
  const many = (words: readonly string[], count: number): readonly Cells[] =>
    Array.from({ length: count }, (_, i) => ({
      id: 'T-1',
      time: minutes(i + 1),
      change: words[i % words.length] ?? '',
      value: '',
    }))

  it('is judged: 40,000 updates, then silence', async () => {
    const rows = { ticket: [row], 'ticket-change': many(['updated'], 40_000) }
    const found = byId(await judge('priorities: { P1: { update-every: 4h } }', rows), 'tickets/P1-update-every/T-1')
    // The last update was 40,000 minutes after 4 May 09:00, on 1 June at 03:40; as of 1 July 00:00 that is 716h 20min ago.
    expect(found).toMatchObject({ status: 'breached', observed: { value: 716 * HOUR + 20 * 60_000 } })
  })

  it('is judged: 10,000 pauses of a minute each', async () => {
    const changes = [
      ...many(['paused', 'resumed'], 20_000),
      { ...change('04T09:00', 'resolved'), time: minutes(20_001) },
    ]
    const fields = 'paused-in: [waiting], on-reopen: continue, priorities: { P1: { resolve: 100h } }'
    const rows = { ticket: [{ ...row, resolved_at: minutes(20_001) }], 'ticket-change': changes }
    const found = byId(await judge(fields, rows), 'tickets/P1-resolve/T-1')
    // Minute 0 to 1, 2 to 3 … 20,000 to 20,001 count: 10,001 of them.
    expect(found).toMatchObject({ status: 'breached', observed: { value: 10_001 * 60_000 } })
    expect(found.notes.find(note => note.includes('without a state'))).toMatch(/ and 9995 more times without a state/)
  })
})

it('many unknown priorities are named by a few and counted', async () => {
  const tickets = Array.from({ length: 20 }, (_, i) => ({ ...row, id: `T-${i}`, priority: `queue ${i}` }))
  const report = await audit(given('priorities: { P1: { resolve: 4h } }', { ticket: tickets }))
  const said = report.warnings.filter(({ code }) => code === 'unknown-priority')
  expect(said).toHaveLength(9)
  expect(said.at(-1)?.message).toContain("12 more names are none of the contract's priorities: on 12 tickets")
})

it('what is not decided is upcoming while it may run', async () => {
  // No log tells whether it was paused: late or not.
  const asOf = may('04T16:00')
  const upcoming = may('05T00:00')
  const fields = 'paused-in: [waiting], priorities: { P1: { resolve: 4h } }'
  const resolved = { ...row, id: 'T-2', resolved_at: may('04T15:00') }
  // A share of tickets names them too.
  for (const more of ['', ', attainment: 95% per calendar month']) {
    const report = await audit(given(`${fields}${more}`, { ticket: [row, resolved] }, { asOf, upcoming }))
    expect([...(report.upcoming?.items ?? [])].map(({ finding, status, due }) => [finding, status, due])).toEqual([
      ['tickets/P1-resolve/T-1', 'unverified', ms(may('04T13:00'))],
    ])
  }
})
