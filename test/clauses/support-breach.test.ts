import { describe, expect, it } from 'vitest'
import type { Finding } from '../../src/model/finding.ts'
import { byId, findings } from '../support/audit.ts'
import type { Cells, Tables } from '../support/evidence.ts'
import { HOUR, ms, span } from '../support/instants.ts'

const judge = (fields: string, evidence: Tables, period: string): Promise<readonly Finding[]> =>
  findings({
    contract: `
apiVersion: sla/v1
kind: Contract
id: test
timezone: Europe/Paris
calendars: { support: { days: mon-fri, hours: "09:00-18:00" } }
clauses:
  tickets: { kind: support, calendar: support, on-reopen: continue, ${fields} }
`,
    evidence,
    asOf: '2026-08-01T00:00:00+02:00',
    period,
  })
const ids = async (...args: Parameters<typeof judge>) => (await judge(...args)).map(f => f.id)

// 29 May 2026 is a Friday, 1 June a Monday.
const may = (time: string) => `2026-05-${time}:00+02:00`
const june = (time: string) => `2026-06-${time}:00+02:00`
const NONE = ['tickets']
const ONE = ['tickets/P1-resolve/T-1']

describe('a budget used up exactly at a closing', () => {
  const fields = 'clock: calendar, priorities: { P1: { resolve: 4h } }'
  // 14:00 to 18:00 on Friday are the four hours: over from Monday 09:00 on.
  const row: Cells = { id: 'T-1', priority: 'P1', opened_at: may('29T14:00'), resolved_at: june('01T11:00') }

  it('is over at the next opening: that month holds the breach', async () => {
    const found = byId(await judge(fields, { ticket: [row] }, '2026-06'), 'tickets/P1-resolve/T-1')
    expect(found).toMatchObject({
      status: 'breached',
      due: ms(may('29T18:00')),
      observed: { value: 6 * HOUR },
      breached: [span(june('01T09:00'), june('01T11:00'))],
    })
    // Its clock started in May, and ran in it.
    expect(await ids(fields, { ticket: [row] }, '2026-05')).toEqual(ONE)
    expect(await ids(fields, { ticket: [row] }, '2026-07')).toEqual(NONE)
  })

  it('is over when the pause is that holds the opening', async () => {
    const paused = 'paused-in: [waiting], clock: calendar, priorities: { P1: { resolve: 4h } }'
    const change = { id: 'T-1', value: '' }
    const evidence = {
      ticket: [{ ...row, resolved_at: june('02T10:00') }],
      'ticket-change': [
        { ...change, time: may('31T12:00'), change: 'paused', value: 'waiting' },
        { ...change, time: june('01T18:00'), change: 'resumed' },
      ],
    }
    const found = byId(await judge(paused, evidence, '2026-06-02..2026-06-02'), 'tickets/P1-resolve/T-1')
    expect(found).toMatchObject({ due: ms(may('29T18:00')), breached: [span(june('02T09:00'), june('02T10:00'))] })
    expect(await ids(paused, evidence, '2026-06-03..2026-06-30')).toEqual(NONE)
  })
})

describe('a breach at the edge of a period', () => {
  const fields = 'clock: always, priorities: { P1: { resolve: 4h } }'
  const open = (at: string): Tables => ({ ticket: [{ id: 'T-1', priority: 'P1', opened_at: at, resolved_at: '' }] })

  it('belongs to the period that begins with it', async () => {
    // Over from midnight on.
    expect(await ids(fields, open(may('31T20:00')), '2026-06')).toEqual(ONE)
    expect(await ids(fields, open('2026-05-31T19:59:59.999+02:00'), '2026-06')).toEqual(NONE)
    expect(await ids(fields, open(may('31T20:00')), '2026-05')).toEqual(ONE)
  })

  it('of an allowance of nothing is its start', async () => {
    const none = 'clock: calendar, priorities: { P1: { resolve: 0min } }'
    // Opened on Sunday, over from the opening on Monday.
    expect(await ids(none, open(may('31T20:00')), '2026-06')).toEqual(ONE)
    const found = byId(await judge(none, open(may('31T20:00')), '2026-06'), 'tickets/P1-resolve/T-1')
    expect(found.breached?.[0]?.start).toBe(ms(june('01T09:00')))
  })

  it('that is known by date only counts at the latest', async () => {
    // Opened on 31 May: over after 04:00 that day at the earliest, after 04:00 on 1 June at the latest.
    const day = `${ms(may('31T00:00'))}~${ms(june('01T00:00'))}`
    const found = byId(await judge(fields, open(day), '2026-06'), 'tickets/P1-resolve/T-1')
    expect(found.status).toBe('breached')
    expect(found.breached).toEqual([span(june('01T04:00'), '2026-08-01T00:00:00+02:00')])
    expect(found.notes).toContain('known by date only: opened; judged at both ends of the day')
  })
})
