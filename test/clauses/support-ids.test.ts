import { expect, it } from 'vitest'
import { idsOf } from '../../src/clauses/findings.ts'
import { audit } from '../support/audit.ts'
import type { Cells, Tables } from '../support/evidence.ts'

const fast: Cells = { opened_at: '2026-05-04T09:00:00+02:00', responded_at: '2026-05-04T09:30:00+02:00' }
const slow: Cells = { opened_at: '2026-05-04T09:00:00+02:00', responded_at: '2026-05-04T12:00:00+02:00' }

/** Two hours to respond are promised for P1, one for "P1-respond/P2". */
async function judged(evidence: Tables) {
  const { clauses } = await audit({
    contract: `
apiVersion: sla/v1
kind: Contract
id: acme
timezone: Europe/Paris
clauses:
  tickets:
    kind: support
    calendar: always
    on-reopen: continue
    priorities: { P1: { respond: 2h }, "P1-respond/P2": { respond: 1h } }
`,
    evidence,
    asOf: '2026-06-01T00:00:00+02:00',
    period: '2026-05',
    assume: ['ticket-change'],
  })
  const findings = clauses[0]?.findings ?? []
  const all = [...findings]
  // The list says the same in each of its ways.
  expect([...idsOf(findings)]).toEqual(all.map(({ id }) => id))
  expect(all.map((_, i) => findings.at(i)?.id)).toEqual(all.map(({ id }) => id))
  return all.map(({ id, subject, status }) => `${id} ${subject} ${status}`).sort()
}

const odd: Cells = { id: 'P1-respond/T-1', ...fast }

it.each([
  ['before', [odd, { id: 'T-1', priority: 'P1', ...slow }]],
  ['after', [{ id: 'T-1', priority: 'P1', ...slow }, odd]],
])('gives a number to a ticket that is called as the finding of another one, given %s it', async (_, ticket) => {
  // Without a priority nothing is known of it, and it is told whole: `tickets/P1-respond/T-1`.
  expect(await judged({ ticket })).toEqual([
    'tickets/P1-respond/T-1 T-1 breached',
    'tickets/P1-respond/T-1~2 P1-respond/T-1 unverified',
  ])
})

it('leaves it alone where it is the only one of that name', async () => {
  expect(await judged({ ticket: [odd, { id: 'T-2', priority: 'P1', ...fast }] })).toEqual([
    'tickets/P1-respond/T-1 P1-respond/T-1 unverified',
    'tickets/P1-respond/T-2 T-2 met',
  ])
})

it('tells priorities apart whose names begin alike', async () => {
  const ticket = [
    { id: 'P2-respond/T-1', priority: 'P1', ...slow },
    { id: 'T-1', priority: 'P1-respond/P2', ...fast },
  ]
  expect(await judged({ ticket })).toEqual([
    'tickets/P1-respond/P2-respond/T-1 T-1 met',
    'tickets/P1-respond/P2-respond/T-1~2 P2-respond/T-1 breached',
  ])
})

it('keeps the names of findings on no ticket apart from tickets of those names', async () => {
  const ticket = [{ id: 'uncovered', ...fast }]
  const coverage = [{ type: 'ticket', from: '2026-05-01T00:00:00+02:00', to: '2026-05-20T00:00:00+02:00' }]
  expect(await judged({ ticket, coverage })).toEqual([
    'tickets/uncovered  unverified',
    'tickets/uncovered~2 uncovered unverified',
  ])
})
