import { describe, expect, it } from 'vitest'
import type { Finding } from '../../src/model/finding.ts'
import { byId, findings } from '../support/audit.ts'
import type { Cells, Tables } from '../support/evidence.ts'
import { HOUR, ms } from '../support/instants.ts'

const judge = (
  fields: string,
  evidence: Tables,
  asOf = '2026-07-01T00:00:00+02:00',
  assume: readonly string[] = [],
  reopen = 'continue',
): Promise<readonly Finding[]> =>
  findings({
    assume,
    contract: `
apiVersion: sla/v1
kind: Contract
id: test
timezone: Europe/Paris
calendars: { support: { days: mon-fri, hours: "09:00-18:00" } }
clauses:
  tickets: { kind: support, calendar: support, on-reopen: ${reopen}, business-day: end-of-day, ${fields} }
`,
    evidence,
    asOf,
    period: '2026-06',
  })
const state = (found: Finding): readonly string[] => [found.status, found.reason]

/** A day of June as a stamp that says no time. */
const day = (n: number): string =>
  [n, n + 1].map(d => ms(`2026-06-${String(d).padStart(2, '0')}T00:00:00+02:00`)).join('~')

describe('a date without time', () => {
  // 8 June 2026 is a Monday.
  const fields = 'clock: calendar, priorities: { P1: { resolve: 2 business days } }'
  const resolve = async (cells: Cells) =>
    byId(await judge(fields, { ticket: [{ id: 'T-1', priority: 'P1', ...cells }] }), 'tickets/P1-resolve/T-1')

  it('is enough where both ends of the day agree', async () => {
    // Due Wednesday 18:00 if opened on Monday in hours, Thursday 18:00 if opened after 18:00.
    expect(state(await resolve({ opened_at: day(8), resolved_at: day(9) }))).toEqual(['met', 'in-time'])
    expect(state(await resolve({ opened_at: day(8), resolved_at: day(15) }))).toEqual(['breached', 'late'])
  })

  it('is unverified with both bounds where they do not', async () => {
    const found = await resolve({ opened_at: day(8), resolved_at: '2026-06-11T10:00:00+02:00' })
    expect(state(found)).toEqual(['unverified', 'date-only'])
    // At worst Monday 9:00 to Thursday 10:00, at best from Tuesday.
    expect(found.bounds).toEqual({
      lowest: { unit: 'ms', value: 19 * HOUR },
      highest: { unit: 'ms', value: 28 * HOUR },
    })
    expect(found.margin).toBeUndefined()
  })

  it('of a change whose order is not known leaves both orders open', async () => {
    const changes = (time: string): Tables => ({
      'ticket-change': [
        { id: 'T-1', time: '2026-06-08T09:00:00+02:00', change: 'opened', value: 'P1' },
        { id: 'T-1', time: day(9), change: 'priority', value: 'P2' },
        { id: 'T-1', time, change: 'resolved', value: '' },
      ],
    })
    const two = 'clock: always, priorities: { P1: { resolve: 4h }, P2: { resolve: 100h } }'
    const [open] = await judge(two, changes('2026-06-09T12:00:00+02:00'))
    expect(open && state(open)).toEqual(['unverified', 'date-only'])
    const [clear] = await judge(two, changes('2026-06-10T12:00:00+02:00'))
    expect(clear).toMatchObject({ id: 'tickets/P2-resolve/T-1', status: 'met' })
  })
})

describe('a column that is absent', () => {
  const fields = 'clock: always, priorities: { P1: { respond: 2h, resolve: 4h } }'
  const row = { id: 'T-1', priority: 'P1', opened_at: '2026-06-08T09:00:00+02:00' }

  it('leaves its promise unverified and is named', async () => {
    const all = await judge(fields, { ticket: [{ ...row, resolved_at: '2026-06-08T12:00:00+02:00' }] })
    const respond = byId(all, 'tickets/P1-respond/T-1')
    expect(state(respond)).toEqual(['unverified', 'column-missing'])
    expect(respond.details).toMatchObject({ column: 'responded_at' })
    expect(respond.notes.join()).toContain('responded_at')
    expect(byId(all, 'tickets/P1-resolve/T-1').status).toBe('met')
  })

  it('does not matter where the resolution was in time for the response', async () => {
    const all = await judge(fields, { ticket: [{ ...row, resolved_at: '2026-06-08T10:00:00+02:00' }] })
    expect(all.map(f => f.status)).toEqual(['met', 'met'])
  })

  it('of the resolution leaves the response to the first one recorded', async () => {
    const at = (time: string) => `2026-06-08T${time}:00+02:00`
    const respond = async (cells: Cells) =>
      byId(await judge(fields, { ticket: [{ ...row, ...cells }] }), 'tickets/P1-respond/T-1')
    // Three hours of two, without a word on when it was resolved.
    for (const cells of [{}, { resolved_at: '?' }, { resolved_at: '?', closed_at: '?' }]) {
      const late = await respond({ ...cells, responded_at: at('12:00') })
      expect(late).toMatchObject({ status: 'breached', reason: 'late', observed: { value: 3 * HOUR } })
      expect(late).not.toHaveProperty('bounds')
      expect(await respond({ ...cells, responded_at: at('10:00') })).toMatchObject({ status: 'met' })
      expect(state(await respond({ ...cells, responded_at: day(9) }))).toEqual(['breached', 'late'])
    }
    // Without a response it may have been resolved in time.
    expect(state(await respond({ responded_at: '' }))).toEqual(['unverified', 'column-missing'])
    // A resolution that is known to come first stops the clock.
    const inferred = await respond({ responded_at: at('12:00'), resolved_at: at('10:30') })
    expect(inferred).toMatchObject({ status: 'met', observed: { value: 1.5 * HOUR } })
    expect(inferred.notes.join()).toContain('inferred')
  })

  it('a blank cell has not happened, one with ? is not known', async () => {
    const cells = async (resolved: string) =>
      state(
        byId(
          await judge(fields, { ticket: [{ ...row, responded_at: '', resolved_at: resolved }] }),
          'tickets/P1-resolve/T-1',
        ),
      )
    expect(await cells('')).toEqual(['breached', 'overdue'])
    expect(await cells('?')).toEqual(['unverified', 'column-missing'])
  })

  it('is no loss where the log of changes holds what happened', async () => {
    const all = await judge(fields, {
      ticket: [row],
      'ticket-change': [
        { id: 'T-1', time: '2026-06-08T10:00:00+02:00', change: 'responded', value: '' },
        { id: 'T-1', time: '2026-06-08T12:00:00+02:00', change: 'resolved', value: '' },
      ],
    })
    expect(all.map(f => f.status)).toEqual(['met', 'met'])
  })
})

describe('pauses that no row could tell', () => {
  const fields = 'clock: calendar, paused-in: [waiting], priorities: { P1: { resolve: 4h } }'
  const row = { id: 'T-1', priority: 'P1', opened_at: '2026-06-08T09:00:00+02:00' }
  const resolve = async (resolved: string, more: Tables = {}, assume: readonly string[] = []) =>
    (await judge(fields, { ticket: [{ ...row, resolved_at: resolved }], ...more }, undefined, assume))[0]

  it('leave a late ticket unverified, and one in time met', async () => {
    const late = await resolve('2026-06-08T15:00:00+02:00')
    expect(late).toMatchObject({ status: 'unverified', reason: 'pauses-unknown' })
    expect(late?.bounds).toEqual({ lowest: { unit: 'ms', value: 0 }, highest: { unit: 'ms', value: 6 * HOUR } })
    expect(await resolve('2026-06-08T12:00:00+02:00')).toMatchObject({ status: 'met', observed: { value: 3 * HOUR } })
    expect(await resolve('')).toMatchObject({ status: 'unverified', reason: 'pauses-unknown' })
  })

  it('are none where a log of changes holds none, or is said to', async () => {
    const other = { id: 'T-2', time: '2026-06-08T09:00:00+02:00', change: 'opened', value: 'P1' }
    expect(await resolve('2026-06-08T15:00:00+02:00', { 'ticket-change': [other] })).toMatchObject({
      status: 'breached',
    })
    expect(await resolve('2026-06-08T15:00:00+02:00', {}, ['ticket-change'])).toMatchObject({ status: 'breached' })
  })
})

describe('updates beside a response or a resolution that is not known', () => {
  const fields = 'clock: always, auto-reply-counts: true, priorities: { P1: { update-every: 2h } }'
  const row = {
    id: 'T-1',
    priority: 'P1',
    opened_at: '2026-06-08T09:00:00+02:00',
    resolved_at: '2026-06-08T14:00:00+02:00',
  }
  const log = (...rows: readonly (readonly [string, string])[]) =>
    rows.map(([time, change]) => ({ id: 'T-1', time: `2026-06-08T${time}:00+02:00`, change, value: '' }))
  const judged = async (ticket: Cells, changes: readonly Cells[]) =>
    (await judge(fields, { ticket: [ticket], 'ticket-change': changes }))[0]?.status

  it('are not kept by a later reply alone', async () => {
    // From the opening to 13:30 nobody may have been told, or a person answered at 9:30 and again at 13:30.
    const changes = log(['13:30', 'auto-replied'])
    expect(await judged({ ...row, responded_at: '?' }, changes)).toBe('unverified')
    expect(await judged({ ...row, responded_at: '' }, changes)).toBe('met')
    const answered = { ...row, responded_at: '2026-06-08T14:30:00+02:00', closed_at: '2026-06-08T15:00:00+02:00' }
    // Answered after the resolution: five hours from the opening without a word.
    expect(await judged(answered, log(['09:00', 'opened']))).toBe('breached')
    expect(await judged({ ...answered, resolved_at: '?' }, log(['09:00', 'opened']))).toBe('unverified')
  })
})

describe('a clock that starts with the response and anew with a reopening', () => {
  it('may have started with a reopening before the response', async () => {
    const at = (time: string) => `2026-06-08T${time}:00+02:00`
    const log = (rows: readonly (readonly [string, string])[]) =>
      rows.map(([time, change]) => ({ id: 'T-1', time, change, value: change === 'opened' ? 'P1' : '' }))
    const fields = 'clock: always, from: responded, priorities: { P1: { resolve: 20h } }'
    const judged = async (resolved: string) =>
      byId(
        await judge(
          fields,
          {
            'ticket-change': log([
              [at('08:00'), 'opened'],
              [resolved, 'resolved'],
              [at('08:30'), 'reopened'],
              [at('12:00'), 'responded'],
            ]),
          },
          '2026-06-09T06:00:00+02:00',
          [],
          'restart',
        ),
        'tickets/P1-resolve/T-1',
      )
    // From 8:30, when it was reopened, to 6:00 are 21.5 h of 20.
    expect(await judged(at('08:15'))).toMatchObject({ status: 'breached', observed: { value: 21.5 * HOUR } })
    // Resolved some time that day: perhaps after the reopening, and then it still is.
    expect(await judged(day(8))).toMatchObject({
      status: 'unverified',
      bounds: { highest: { unit: 'ms', value: 21.5 * HOUR } },
    })
  })
})

describe('an unverified ticket', () => {
  it('belongs to no period after its latest possible decision', async () => {
    const fields = 'clock: always, priorities: { P1: { respond: 2h, resolve: 40h } }'
    const row = { priority: 'P1', opened_at: '2026-05-20T09:00:00+02:00', resolved_at: '2026-05-21T09:00:00+02:00' }
    const ticket = [
      { ...row, id: 'answer', responded_at: '?' },
      { ...row, id: 'stranger', priority: 'P7', responded_at: '' },
      { ...row, id: 'open', priority: 'P7', responded_at: '', resolved_at: '' },
    ]
    expect((await judge(fields, { ticket })).map(f => f.id)).toEqual(['tickets/open'])
  })

  it('says what is not known instead of what it infers', async () => {
    const fields = 'clock: always, priorities: { P1: { respond: 2h } }'
    const row = {
      id: 'T-1',
      priority: 'P1',
      opened_at: '2026-06-08T09:00:00+02:00',
      resolved_at: '2026-06-08T12:00:00+02:00',
    }
    const [found] = await judge(fields, { ticket: [row] })
    expect(found?.notes).toContain('not known when it was answered: at its resolution at the latest')
    expect(found?.timeline.map(({ effect }) => effect)).toEqual(['unknown'])
  })
})

describe('the start of the clock', () => {
  const row = {
    id: 'T-1',
    priority: 'P1',
    opened_at: '2026-06-08T09:00:00+02:00',
    resolved_at: '2026-06-08T15:00:00+02:00',
  }
  const from = async (word: string, cells: Cells, fields = 'priorities: { P1: { resolve: 4h } }', asOf?: string) =>
    (await judge(`clock: always, from: ${word}, ${fields}`, { ticket: [{ ...row, ...cells }] }, asOf))[0]

  it('may be the report by the customer', async () => {
    expect(await from('reported', { reported_at: '2026-06-08T08:00:00+02:00' })).toMatchObject({
      status: 'breached',
      observed: { value: 7 * HOUR },
      details: { opened_at: ms(row.opened_at) },
    })
    expect(await from('reported', { reported_at: '2026-06-08T12:00:00+02:00' })).toMatchObject({ status: 'met' })
    expect(await from('reported', { reported_at: '' })).toMatchObject({ status: 'unverified', reason: 'no-clock' })
    expect(await from('reported', {})).toMatchObject({ status: 'unverified', reason: 'column-missing' })
  })

  it('is not that of a report, which is owed from the resolution on', async () => {
    const fields = 'priorities: { P1: { report: 24h } }'
    expect(
      await from('reported', { reported_at: '', report_sent_at: '2026-06-08T20:00:00+02:00' }, fields),
    ).toMatchObject({
      status: 'met',
      observed: { value: 5 * HOUR },
    })
  })

  it('may be a change, which may not have come', async () => {
    expect(await from('responded', { responded_at: '2026-06-08T12:00:00+02:00' })).toMatchObject({
      status: 'met',
      observed: { value: 3 * HOUR },
    })
    expect(await from('responded', { responded_at: '' })).toMatchObject({
      status: 'not-applicable',
      reason: 'not-started',
    })
    expect(await from('responded', { responded_at: '', resolved_at: '' })).toMatchObject({ status: 'pending' })
  })
})

describe('a ticket that contradicts itself', () => {
  it('is unverified once, with the rows that do', async () => {
    const row = { id: 'T-1', priority: 'P1', opened_at: '2026-06-08T09:00:00+02:00', responded_at: '', resolved_at: '' }
    const all = await judge('clock: always, priorities: { P1: { respond: 2h, resolve: 4h } }', {
      ticket: [row, { ...row, opened_at: '2026-06-09T09:00:00+02:00' }],
    })
    expect(all).toHaveLength(1)
    expect(all[0]).toMatchObject({ id: 'tickets/T-1', status: 'unverified', reason: 'repeated-id' })
    expect(all[0]?.evidence).toEqual([
      { input: 0, line: 2 },
      { input: 0, line: 3 },
    ])
  })

  it('without a priority is judged by the default one where there is one', async () => {
    const row = {
      id: 'T-1',
      priority: '',
      opened_at: '2026-06-08T09:00:00+02:00',
      resolved_at: '2026-06-08T12:00:00+02:00',
    }
    const fields = 'clock: always, priorities: { P1: { resolve: 1h }, P2: { resolve: 4h } }'
    const [blank] = await judge(fields, { ticket: [row] })
    expect(blank).toMatchObject({ id: 'tickets/T-1', status: 'unverified', reason: 'no-priority' })
    const [given] = await judge(`${fields}, unprioritised: P2`, { ticket: [row] })
    expect(given).toMatchObject({ id: 'tickets/P2-resolve/T-1', status: 'met' })
    const [unknown] = await judge(`${fields}, unprioritised: P2`, { ticket: [{ ...row, priority: '?' }] })
    expect(unknown).toMatchObject({ id: 'tickets/T-1', status: 'unverified', reason: 'column-missing' })
  })
})
