import { describe, expect, it } from 'vitest'
import type { Finding } from '../../src/model/finding.ts'
import { audit, byId, findings } from '../support/audit.ts'
import type { Cells, Tables } from '../support/evidence.ts'
import { HOUR, ms, span } from '../support/instants.ts'

interface More {
  readonly period?: string
  readonly asOf?: string
  readonly rest?: string
  readonly tables?: Tables
}

const given = (fields: string, ticket: readonly Cells[], more: More = {}) => ({
  contract: `
apiVersion: sla/v1
kind: Contract
id: test
timezone: Europe/Paris
${more.rest ?? ''}
clauses:
  tickets: { kind: support, calendar: always, on-reopen: continue, ${fields} }
`,
  evidence: { ticket, ...more.tables },
  asOf: more.asOf ?? '2026-08-01T00:00:00+02:00',
  period: more.period ?? '2026-06',
})
const judge = (...args: Parameters<typeof given>): Promise<readonly Finding[]> => findings(given(...args))

/** A ticket opened on a day of June at 9:00 and resolved so many hours later. */
const row = (day: number, hours: number | undefined, more: Cells = {}): Cells => {
  const opened = ms(`2026-06-${String(day).padStart(2, '0')}T09:00:00+02:00`)
  return {
    id: `T-${day}`,
    priority: 'P1',
    opened_at: opened,
    resolved_at: hours === undefined ? '' : opened + hours * HOUR,
    ...more,
  }
}

describe('a period', () => {
  const fields = 'priorities: { P1: { resolve: 48h } }'
  const ids = async (ticket: readonly Cells[], more: More = {}) =>
    (await judge(fields, ticket, more)).map(f => f.subject)

  it('takes the clocks that run in it, from start to decision', async () => {
    const at = (day: string) => ms(`2026-${day}T09:00:00+02:00`)
    const ticket = [
      // Resolved in May; late since May, resolved in June; still in time when June begins; opened in July.
      { id: 'may', priority: 'P1', opened_at: at('05-20'), resolved_at: at('05-21') },
      { id: 'late', priority: 'P1', opened_at: at('05-20'), resolved_at: at('06-10') },
      { id: 'over', priority: 'P1', opened_at: at('05-31'), resolved_at: at('06-01') },
      { id: 'turn', priority: 'P1', opened_at: at('05-31'), resolved_at: at('06-10') },
      { id: 'july', priority: 'P1', opened_at: at('07-01'), resolved_at: '' },
      { id: 'june', priority: 'P1', opened_at: at('06-30'), resolved_at: at('07-01') },
    ]
    expect(await ids(ticket)).toEqual(['over', 'turn', 'june'])
    const all = await judge(fields, ticket)
    expect(byId(all, 'tickets/P1-resolve/over').notes).toContain('opened before the period')
    expect(byId(all, 'tickets/P1-resolve/june').notes).not.toContain('opened before the period')
  })

  it('ends before its end and begins with its start, to the millisecond', async () => {
    const june = span('2026-06-01T00:00:00+02:00', '2026-07-01T00:00:00+02:00')
    const ticket = [
      { id: 'stops', priority: 'P1', opened_at: june.start - HOUR, resolved_at: june.start },
      { id: 'empty', priority: 'P1', opened_at: june.start, resolved_at: june.start },
      { id: 'last', priority: 'P1', opened_at: june.end - 1, resolved_at: june.end + HOUR },
      { id: 'next', priority: 'P1', opened_at: june.end, resolved_at: june.end + HOUR },
    ]
    expect(await ids(ticket)).toEqual(['empty', 'last'])
  })

  it('carries open tickets in, and the term leaves out those opened outside it', async () => {
    const open = { id: 'old', priority: 'P1', opened_at: '2026-05-01T09:00:00+02:00', resolved_at: '' }
    // Late since 3 May: decided long before June.
    expect(await ids([open])).toEqual([''])
    expect(await ids([{ ...open, opened_at: '2026-05-30T09:00:00+02:00' }])).toEqual(['old'])
    expect(await ids([row(3, 1), row(20, 1)], { rest: 'term: { from: 2026-06-10 }' })).toEqual(['T-20'])
  })

  it('that coverage leaves out in part is unverified for that part', async () => {
    const coverage = [{ type: 'ticket', from: '2026-06-01T00:00:00+02:00', to: '2026-06-11T00:00:00+02:00' }]
    const all = await judge(fields, [row(3, 1)], { tables: { coverage } })
    expect(all.map(f => [f.id, f.status])).toEqual([
      ['tickets/P1-resolve/T-3', 'met'],
      ['tickets/uncovered', 'unverified'],
    ])
    expect(all[1]?.undecided).toEqual([span('2026-06-11T00:00:00+02:00', '2026-07-01T00:00:00+02:00')])
    // A log that covers every service covers each ticket, and a share of part of them is none.
    const rest = 'services: { app: {}, shop: {} }'
    const share = 'attainment: 90% per calendar month, priorities: { P1: { resolve: 48h } }'
    const shares = await judge(share, [row(3, 1, { service: 'app' })], { rest, tables: { coverage } })
    expect(shares.map(f => [f.id, f.status])).toEqual([
      ['tickets/P1-resolve/2026-06', 'unverified'],
      ['tickets/uncovered', 'unverified'],
    ])
  })
})

describe('attainment', () => {
  const fields = 'attainment: 75% per calendar month, priorities: { P1: { resolve: 4h } }'

  it('is the share in time of the tickets whose clock starts in the window', async () => {
    const [found, ...rest] = await judge(
      fields,
      [row(1, 4), row(2, 1), row(3, 5), row(4, 2), row(5, 9, { priority: 'P9' })].slice(0, 4),
    )
    expect(rest).toEqual([])
    expect(found).toMatchObject({
      id: 'tickets/P1-resolve/2026-06',
      status: 'met',
      observed: { unit: 'ratio', part: 3, of: 4 },
      promised: { unit: 'ratio', part: 75, of: 100 },
      margin: { unit: 'ratio', part: 0, of: 400 },
      details: { priority: 'P1', in_time: 3, late: 1 },
    })
    expect(found?.timeline.map(({ effect, why }) => [effect, why])).toEqual([['over', 'T-3: 5h counted, 4h allowed']])
    const [breached] = await judge(fields, [row(1, 4), row(2, 1), row(3, 5), row(4, 5)])
    expect(breached).toMatchObject({ status: 'breached', reason: 'late', observed: { part: 2, of: 4 } })
  })

  it('waits for open tickets only as long as they can change it', async () => {
    // As of 1 July 02:00: opened on 30 June at 23:00, an hour is left.
    const late = { id: 'open', priority: 'P1', opened_at: '2026-06-30T23:00:00+02:00', resolved_at: '' }
    const asOf = '2026-07-01T02:00:00+02:00'
    const status = async (ticket: readonly Cells[]) => (await judge(fields, [...ticket, late], { asOf }))[0]?.status
    expect(await status([row(1, 1), row(2, 1), row(3, 9)])).toBe('pending')
    expect(await status([row(1, 1), row(2, 1), row(3, 1)])).toBe('met')
    expect(await status([row(1, 1), row(2, 9), row(3, 9)])).toBe('breached')
    expect(await status([])).toBe('pending')
  })

  it('of a running window is pending, unless every ticket had to be in time', async () => {
    const asOf = '2026-06-20T00:00:00+02:00'
    const [pending] = await judge(fields, [row(1, 9), row(2, 9)], { asOf })
    expect(pending).toMatchObject({ status: 'pending', reason: 'running', observed: { part: 0, of: 2 } })
    const [lost] = await judge(fields.replace('75%', '100%'), [row(1, 9), row(2, 1)], { asOf })
    expect(lost).toMatchObject({ status: 'breached' })
  })

  it('counts what cannot be told both ways', async () => {
    const unknown = { ...row(9, 1), resolved_at: '?' }
    const [open] = await judge(fields, [row(1, 1), row(2, 1), row(3, 9), unknown])
    expect(open).toMatchObject({
      status: 'unverified',
      bounds: { lowest: { part: 2, of: 4 }, highest: { part: 3, of: 4 } },
    })
    const [met] = await judge(fields, [row(1, 1), row(2, 1), row(3, 1), unknown])
    expect(met?.status).toBe('met')
    // A priority that isn't the contract's may be a misspelt P1.
    const [stranger] = await judge(fields, [row(1, 1), row(2, 1), row(3, 9), row(4, 1, { priority: 'P11' })])
    expect(stranger?.status).toBe('unverified')
  })

  it('of a window without tickets is not applicable, of one that the logs do not cover unverified', async () => {
    const [none] = await judge(fields, [])
    expect(none).toMatchObject({ id: 'tickets/P1-resolve/2026-06', status: 'not-applicable', reason: 'none' })
    const [part] = await judge(fields, [row(12, 1)], { period: '2026-06-10..2026-06-20' })
    expect(part).toMatchObject({ status: 'unverified', reason: 'incomplete' })
  })
})

describe('a mean', () => {
  const fields =
    'mean: { resolve: 4h, window: calendar month }, priorities: { P1: { resolve: 100h }, P2: { resolve: 100h } }'
  const mean = async (ticket: readonly Cells[], more?: More) =>
    byId(await judge(fields, ticket, more), 'tickets/mean-resolve/2026-06')

  it('is of all tickets of the window, exactly at the limit met', async () => {
    const found = await mean([row(1, 2), row(2, 6), row(3, 4, { priority: 'P2' })])
    expect(found).toMatchObject({
      status: 'met',
      observed: { unit: 'ms', value: 4 * HOUR },
      margin: { unit: 'ms', value: 0 },
      details: { tickets: 3, sum_ms: 12 * HOUR },
    })
  })

  it('one millisecond more is breached, and shows on its side', async () => {
    const found = await mean([row(1, 2), row(2, 6), row(3, 4 + 1 / HOUR)])
    expect(found).toMatchObject({ status: 'breached', observed: { value: 4 * HOUR + 1 }, margin: { value: -1 } })
  })

  it('with open tickets is pending, or breached where what they have used is too much already', async () => {
    const open = { id: 'open', priority: 'P1', opened_at: '2026-06-30T23:00:00+02:00', resolved_at: '' }
    // As of 1 July 02:00 it has used 3 h.
    const asOf = '2026-07-01T02:00:00+02:00'
    expect(await mean([row(1, 2), open], { asOf })).toMatchObject({ status: 'pending', reason: 'open' })
    expect(await mean([row(1, 6), open], { asOf })).toMatchObject({
      status: 'breached',
      details: { tickets: 2, open: 1 },
    })
    expect(await mean([row(1, 90)], { asOf: '2026-06-20T00:00:00+02:00' })).toMatchObject({ status: 'pending' })
  })

  it('with unknown times is told only where they cannot matter', async () => {
    const unknown = { ...row(9, 1), resolved_at: '?' }
    expect((await mean([row(1, 2), unknown])).status).toBe('unverified')
    expect((await mean([row(1, 9), unknown])).status).toBe('breached')
    const day = span('2026-06-09T00:00:00+02:00', '2026-06-10T00:00:00+02:00')
    // Resolved on the day it was opened at 23:00: an hour at most.
    const dated = { id: 'dated', priority: 'P1', opened_at: day.end - HOUR, resolved_at: `${day.start}~${day.end}` }
    expect((await mean([row(1, 4), dated])).status).toBe('met')
  })
})

it('tickets of other services and other rows are not seen; a priority nobody knows is a warning', async () => {
  const report = await audit(
    given(
      'where: { queue: [hosting] }, services: [app], priorities: { P1: { resolve: 4h } }',
      [
        row(1, 1, { service: 'app', queue: 'hosting' }),
        row(2, 9, { service: 'shop', queue: 'hosting' }),
        row(3, 9, { service: 'app', queue: 'sales' }),
        row(4, 1, { service: 'app', queue: '?' }),
        row(5, 1, { service: '', queue: 'hosting' }),
        row(6, 1, { service: 'app', queue: 'hosting', priority: 'P11' }),
        row(7, 1, { service: 'app', queue: 'hosting', priority: '' }),
      ],
      { rest: 'services: { app: {}, shop: {} }' },
    ),
  )
  const all = [...(report.clauses[0]?.findings ?? [])]
  expect(all.map(f => [f.id, f.status, f.reason])).toEqual([
    ['tickets/P1-resolve/T-1', 'met', 'in-time'],
    ['tickets/T-4', 'unverified', 'column-missing'],
    ['tickets/T-5', 'unverified', 'column-missing'],
    ['tickets/T-6', 'unverified', 'unknown-priority'],
    ['tickets/T-7', 'unverified', 'no-priority'],
  ])
  const warning = report.warnings.find(({ code }) => code === 'unknown-priority')
  expect(warning?.message).toContain('"P11"')
  expect(warning?.hint).toContain('did you mean P1?')
})
