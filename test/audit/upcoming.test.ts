import { describe, expect, it } from 'vitest'
import { audit } from '../support/audit.ts'
import { HOUR, ms } from '../support/instants.ts'

// 10 June 2026 is a Wednesday.
const june = (time: string) => `2026-06-${time}:00+02:00`

const upcoming = async (fields: string, binding = 'guarantee') => {
  const report = await audit({
    contract: `
apiVersion: sla/v1
kind: Contract
id: test
timezone: Europe/Paris
clauses:
  tickets: { kind: support, calendar: always, on-reopen: continue, binding: ${binding}, priorities: { P1: { respond: 1h, resolve: 8h } }, ${fields} }
`,
    evidence: {
      ticket: [
        // Resolved; answered and open, four hours of eight left; open and late since 6:00; due only after the day.
        { id: 'done', opened_at: june('09T08:00'), responded_at: june('09T08:10'), resolved_at: june('09T10:00') },
        { id: 'open', opened_at: june('10T08:00'), responded_at: june('10T08:10'), resolved_at: '' },
        { id: 'late', opened_at: june('09T22:00'), responded_at: june('09T22:10'), resolved_at: '' },
        { id: 'next', opened_at: june('10T11:30'), responded_at: june('10T11:40'), resolved_at: '' },
      ].map(row => ({ priority: 'P1', ...row })),
    },
    asOf: june('10T12:00'),
    period: '2026-06',
    upcoming: june('10T18:00'),
  })
  return [...(report.upcoming?.items ?? [])]
}

describe('what falls due', () => {
  const items = [
    {
      finding: 'tickets/P1-resolve/late',
      clause: 'tickets',
      subject: 'late',
      promise: 'resolve',
      priority: 'P1',
      due: ms(june('10T06:00')),
      left_ms: -6 * HOUR,
      status: 'breached',
    },
    {
      finding: 'tickets/P1-resolve/open',
      clause: 'tickets',
      subject: 'open',
      promise: 'resolve',
      priority: 'P1',
      due: ms(june('10T16:00')),
      left_ms: 4 * HOUR,
      status: 'pending',
    },
  ]

  it.each([
    ['are judged ticket by ticket', 'clock: always'],
    ['are judged by the share of a window', 'attainment: 95% per calendar month'],
    ['are judged by a mean beside', 'mean: { resolve: 4h, window: calendar month }'],
    ['are judged by both', 'attainment: 95% per calendar month, mean: { resolve: 4h, window: calendar month }'],
  ])('are open tickets of clauses that %s', async (_, fields) => {
    expect(await upcoming(fields)).toEqual(items)
  })

  it('are none of what is only observed', async () => {
    expect(await upcoming('attainment: 95% per calendar month', 'observed')).toEqual([])
  })
})
