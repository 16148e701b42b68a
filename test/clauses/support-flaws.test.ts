import { describe, expect, it } from 'vitest'
import type { Evidence } from '../../src/evidence/evidence.ts'
import type { Ticket } from '../../src/evidence/records.ts'
import type { Finding } from '../../src/model/finding.ts'
import { byId, findings } from '../support/audit.ts'
import type { Cells, Tables } from '../support/evidence.ts'
import { ms, span } from '../support/instants.ts'

const asOf = '2026-06-10T00:00:00+02:00'
const judge = (
  fields: string,
  evidence: Tables,
  period: string,
  change?: (evidence: Evidence) => Evidence,
): Promise<readonly Finding[]> =>
  findings({
    contract: `
apiVersion: sla/v1
kind: Contract
id: test
timezone: Europe/Paris
clauses:
  tickets: { kind: support, calendar: always, on-reopen: continue, ${fields} }
`,
    evidence,
    asOf,
    period,
    ...(change !== undefined && { change }),
  })

const share = 'attainment: 50% per calendar month, priorities: { P1: { resolve: 4h } }'
const single = 'priorities: { P1: { resolve: 4h } }'
const mean = 'mean: { resolve: 4h, window: calendar month }, priorities: { P1: { resolve: 100h } }'
const april: Cells = {
  id: 'B-1',
  priority: 'P1',
  opened_at: '2026-04-07T09:00:00+02:00',
  resolved_at: '2026-04-07T10:00:00+02:00',
}
const change = (id: string, time: string): Cells => ({ id, time, change: 'updated', value: '' })
const spring = '2026-04-01..2026-05-31'
const states = (all: readonly Finding[]) => all.map(f => [f.id, f.status, f.reason])

describe('a ticket of which no row tells the opening', () => {
  const tables: Tables = {
    ticket: [april],
    'ticket-change': [change('B-2', '2026-05-04T09:00:00+02:00'), change('B-3', '2026-05-04T10:00:00+02:00')],
  }

  it('may have been opened in any window before its first change', async () => {
    // In April it is 1 of 1, 2 or 3; June has seen none of them opened.
    expect(states(await judge(share, tables, '2026-04-01..2026-06-30'))).toEqual([
      ['tickets/P1-resolve/2026-04', 'unverified', 'undecided'],
      ['tickets/P1-resolve/2026-05', 'unverified', 'undecided'],
      ['tickets/P1-resolve/2026-06', 'pending', 'running'],
    ])
    const inApril = byId(await judge(share, tables, spring), 'tickets/P1-resolve/2026-04')
    expect(inApril.bounds).toEqual({
      lowest: { unit: 'ratio', part: 1, of: 3 },
      highest: { unit: 'ratio', part: 3, of: 3 },
    })
    expect(inApril.timeline[0]?.at).toEqual(span('2026-04-01T00:00:00+02:00', '2026-05-01T00:00:00+02:00'))
    expect(states(await judge(mean, tables, spring)).filter(([id]) => String(id).includes('mean'))).toEqual([
      ['tickets/mean-resolve/2026-04', 'unverified', 'undecided'],
      ['tickets/mean-resolve/2026-05', 'unverified', 'undecided'],
    ])
  })

  it('first told of at the first instant of a window may have been opened then', async () => {
    const edge: Tables = { ticket: [april], 'ticket-change': [change('B-2', '2026-05-01T00:00:00+02:00')] }
    const later: Tables = { ticket: [april], 'ticket-change': [change('B-2', '2026-04-30T23:59:59+02:00')] }
    expect(byId(await judge(share, edge, spring), 'tickets/P1-resolve/2026-05').status).toBe('unverified')
    expect(byId(await judge(share, later, spring), 'tickets/P1-resolve/2026-05').status).toBe('not-applicable')
  })

  it('is listed in each period, without a start', async () => {
    for (const period of ['2026-04', '2026-05']) {
      const found = byId(await judge(single, tables, period), 'tickets/B-2')
      expect(found).toMatchObject({ status: 'unverified', reason: 'no-opening' })
      expect(found).not.toHaveProperty('start')
      const [year, month] = period.split('-').map(Number)
      const next = `${year}-${String((month ?? 0) + 1).padStart(2, '0')}`
      expect(found.window).toEqual(span(`${period}-01T00:00:00+02:00`, `${next}-01T00:00:00+02:00`))
    }
    // The period ends with what is known.
    expect(byId(await judge(single, tables, '2026-06'), 'tickets/B-2').window.end).toBe(ms(asOf))
  })
})

describe('a ticket given twice, with rows that differ', () => {
  it('counts in the window of either opening', async () => {
    const twice = { ...april, opened_at: '2026-05-04T09:00:00+02:00', resolved_at: '2026-05-14T09:00:00+02:00' }
    expect(states(await judge(share, { ticket: [april, twice] }, spring))).toEqual([
      ['tickets/P1-resolve/2026-04', 'unverified', 'undecided'],
      ['tickets/P1-resolve/2026-05', 'unverified', 'undecided'],
    ])
    const opened = (time: string) => ({ id: 'B-1', time, change: 'opened', value: 'P1' })
    const openings = [opened('2026-04-07T09:00:00+02:00'), opened('2026-05-04T09:00:00+02:00')]
    expect(states(await judge(single, { 'ticket-change': openings }, '2026-05'))).toEqual([
      ['tickets/B-1', 'unverified', 'contradictory'],
    ])
  })
})

describe('a ticket of which a bad row was left out', () => {
  const spoilt = (more: Partial<Ticket>) => (evidence: Evidence) => {
    const origin = { input: 0, line: 2 }
    const ticket: Ticket = {
      id: 'B-9',
      service: '',
      origin,
      changes: [],
      unknown: new Set(),
      priority: undefined,
      reported: undefined,
      customerTimezone: undefined,
      attributes: {},
      flaw: { reason: 'bad-row', why: 'a bad row of it was left out', origins: [origin] },
      ...more,
    }
    return { ...evidence, tickets: { count: 1, ticket: () => ticket } }
  }
  const empty: Tables = { ticket: [] }

  it('may lie anywhere where nothing else is known', async () => {
    const [found] = await judge(single, empty, '2026-04', spoilt({}))
    expect(found).toMatchObject({ id: 'tickets/B-9', status: 'unverified', reason: 'bad-row' })
    expect(found?.window).toEqual(span('2026-04-01T00:00:00+02:00', '2026-05-01T00:00:00+02:00'))
    expect(found?.timeline.map(({ at, why }) => [at, why])).toEqual([[found?.window, 'not known']])
    expect(JSON.stringify(found)).not.toMatch(/null|\d{17}/)
    const shares = await judge(share, empty, spring, spoilt({}))
    expect(shares.map(f => f.status)).toEqual(['unverified', 'unverified'])
  })

  it('is where it was opened, if that is known', async () => {
    const at = { earliest: ms('2026-05-04T09:00:00+02:00'), latest: ms('2026-05-04T09:00:00+02:00') }
    const known = spoilt({ changes: [{ change: 'opened', at, origin: { input: 0, line: 2 } }] })
    expect(states(await judge(share, empty, spring, known))).toEqual([
      ['tickets/P1-resolve/2026-04', 'not-applicable', 'none'],
      ['tickets/P1-resolve/2026-05', 'unverified', 'undecided'],
    ])
    const [found] = await judge(single, empty, '2026-05', known)
    expect(found?.start).toBe(at.earliest)
  })
})
