import { describe, expect, it } from 'vitest'
import type { Finding } from '../../src/model/finding.ts'
import { byId, findings } from '../support/audit.ts'
import type { Tables } from '../support/evidence.ts'
import { HOUR, MINUTE, ms } from '../support/instants.ts'

const head = `
apiVersion: sla/v1
kind: Contract
id: test
timezone: Europe/Paris
calendars:
  support: { days: mon-fri, hours: "09:00-18:00", holidays: FR }
  office: { week: { mon-thu: ["09:00-12:30", "13:30-18:00"], fri: "09:00-16:00" }, except: { 2026-12-24: "09:00-12:00", 2026-12-31: closed } }
  core: { days: mon-fri, hours: "10:00-12:00" }
`
const contract = (fields: string) => `${head}
clauses:
  tickets: { kind: support, on-reopen: continue, ${fields} }
`
const judge = (
  fields: string,
  evidence: Tables,
  more: { readonly period?: string; readonly asOf?: string } = {},
): Promise<readonly Finding[]> =>
  findings({
    contract: contract(fields),
    evidence,
    asOf: more.asOf ?? '2027-01-20T00:00:00+01:00',
    period: more.period ?? '2026',
  })

const platform = (clock: string, mode = 'end-of-day') =>
  `calendar: support, clock: ${clock}, business-day: ${mode}, priorities: { P1: { respond: 2h, resolve: 4h }, P2: { respond: 8h, resolve: 2 business days } }`

describe('the due instant', () => {
  // 5 June 2026 is a Friday.
  const late = { id: 'T-1', priority: 'P1', opened_at: '2026-06-05T17:30:00+02:00' }
  const open = { ...late, responded_at: '', resolved_at: '' }

  it('of 2 h from Friday 17:30 is Monday 10:30 in support hours', async () => {
    const all = await judge(platform('calendar'), { ticket: [open] })
    expect(byId(all, 'tickets/P1-respond/T-1').due).toBe(ms('2026-06-08T10:30:00+02:00'))
    expect(byId(all, 'tickets/P1-resolve/T-1').due).toBe(ms('2026-06-08T12:30:00+02:00'))
  })

  it('and Friday 19:30 on a clock that always runs', async () => {
    const all = await judge(platform('always'), { ticket: [open] })
    expect(byId(all, 'tickets/P1-respond/T-1').due).toBe(ms('2026-06-05T19:30:00+02:00'))
    expect(byId(all, 'tickets/P1-respond/T-1').details).toMatchObject({ clock: 'always', priority: 'P1' })
  })

  it('answered at it is met, one second later breached by that second', async () => {
    const all = await judge(platform('calendar'), {
      ticket: [
        { ...late, responded_at: '2026-06-08T10:30:00+02:00', resolved_at: '2026-06-08T12:30:00+02:00' },
        { ...late, id: 'T-2', responded_at: '2026-06-08T10:30:01+02:00', resolved_at: '2026-06-08T12:31:00+02:00' },
      ],
    })
    expect(all.map(f => [f.id, f.status, f.reason])).toEqual([
      ['tickets/P1-respond/T-1', 'met', 'in-time'],
      ['tickets/P1-resolve/T-1', 'met', 'in-time'],
      ['tickets/P1-respond/T-2', 'breached', 'late'],
      ['tickets/P1-resolve/T-2', 'breached', 'late'],
    ])
    expect(all.map(f => f.margin)).toEqual([0, 0, -1000, -MINUTE].map(value => ({ unit: 'ms', value })))
    expect(all.map(f => f.observed)).toEqual(
      [2 * HOUR, 4 * HOUR, 2 * HOUR + 1000, 4 * HOUR + MINUTE].map(value => ({ unit: 'ms', value })),
    )
    expect(all.map(f => f.atRisk === true)).toEqual([true, true, false, false])
    expect(all[2]?.breached).toEqual([{ start: ms('2026-06-08T10:30:00+02:00'), end: ms('2026-06-08T10:30:01+02:00') }])
  })

  it.each([
    ['end-of-day', '2026-06-10T18:00:00+02:00', 27, 'day 0 Mon 8 Jun, day 2 Wed 10 Jun'],
    ['same-time', '2026-06-10T09:00:00+02:00', 18, 'day 0 Mon 8 Jun, day 2 Wed 10 Jun'],
    ['working-hours', '2026-06-09T18:00:00+02:00', 18, '2 × 9h from Mon 8 Jun on'],
  ])('of 2 business days (%s) from Saturday 11:00', async (mode, due, hours, days) => {
    const row = { id: 'T-1', priority: 'P2', opened_at: '2026-06-06T11:00:00+02:00', responded_at: '', resolved_at: '' }
    const all = await judge(platform('calendar', mode), { ticket: [row] })
    const resolve = byId(all, 'tickets/P2-resolve/T-1')
    expect(resolve.due).toBe(ms(due))
    expect(resolve.promised).toEqual({ unit: 'ms', value: hours * HOUR })
    expect(resolve.notes).toContain(`business days are counted ${mode}: ${days}`)
  })

  it.each([
    // Friday 8 May 2026, Tuesday 14 July 2026 and Whit Monday, 25 May 2026, are French holidays.
    ['8 May', '2026-05-07T17:00:00+02:00', '2026-05-11T10:00:00+02:00'],
    ['14 July', '2026-07-13T17:00:00+02:00', '2026-07-15T10:00:00+02:00'],
    ['Whit Monday', '2026-05-22T17:00:00+02:00', '2026-05-26T10:00:00+02:00'],
  ])('skips %s', async (_, opened, due) => {
    const row = { id: 'T-1', priority: 'P1', opened_at: opened, responded_at: '', resolved_at: '' }
    const all = await judge(platform('calendar'), { ticket: [row] })
    expect(byId(all, 'tickets/P1-respond/T-1').due).toBe(ms(due))
  })

  it('keeps lunch breaks, short days and the exceptions of a calendar', async () => {
    const fields = 'calendar: office, clock: calendar, priorities: { P1: { respond: 4h } }'
    const opened = [
      // Monday 7 December 11:30: an hour, the break, three hours from 13:30.
      ['2026-12-07T11:30:00+01:00', '2026-12-07T16:30:00+01:00'],
      // Friday 11 December 15:00: an hour to 16:00, three on Monday.
      ['2026-12-11T15:00:00+01:00', '2026-12-14T12:00:00+01:00'],
      // Thursday 24 December 11:00: an hour to 12:00, three on Friday from 9:00.
      ['2026-12-24T11:00:00+01:00', '2026-12-25T12:00:00+01:00'],
      // Wednesday 30 December 17:00: an hour, Thursday is closed, three on Friday.
      ['2026-12-30T17:00:00+01:00', '2027-01-01T12:00:00+01:00'],
    ] as const
    const ticket = opened.map(([at], i) => ({
      id: `T-${i}`,
      priority: 'P1',
      opened_at: at,
      responded_at: '',
      resolved_at: '',
    }))
    const all = await judge(fields, { ticket })
    expect(all.map(f => f.due)).toEqual(opened.map(([, due]) => ms(due)))
  })

  it('of a budget used up exactly at closing is the closing; answered at the next opening it is met', async () => {
    // Tuesday 9 June 09:00 to 18:00 are 9 h.
    const fields = 'calendar: support, clock: calendar, priorities: { P1: { respond: 9h } }'
    const row = { id: 'T-1', priority: 'P1', opened_at: '2026-06-09T09:00:00+02:00', resolved_at: '' }
    const [met, breached] = await judge(fields, {
      ticket: [
        { ...row, responded_at: '2026-06-10T09:00:00+02:00' },
        { ...row, id: 'T-2', responded_at: '2026-06-10T09:00:00.001+02:00' },
      ],
    })
    expect(met).toMatchObject({ status: 'met', due: ms('2026-06-09T18:00:00+02:00'), margin: { value: 0 } })
    expect(breached).toMatchObject({ status: 'breached', due: ms('2026-06-09T18:00:00+02:00'), margin: { value: -1 } })
  })

  it('of days is the same local time, over the change of clocks too', async () => {
    // Clocks go back on Sunday 25 October 2026: three days from Friday 12:00 are 73 h.
    const fields = 'calendar: support, clock: calendar, priorities: { P4: { respond: 3 days } }'
    const row = { id: 'T-1', priority: 'P4', opened_at: '2026-10-23T12:00:00+02:00', resolved_at: '' }
    const [met, breached] = await judge(fields, {
      ticket: [
        { ...row, responded_at: '2026-10-26T12:00:00+01:00' },
        { ...row, id: 'T-2', responded_at: '2026-10-26T12:00:00.001+01:00' },
      ],
    })
    expect(met).toMatchObject({ status: 'met', promised: { value: 73 * HOUR }, details: { clock: 'always' } })
    expect(breached).toMatchObject({ status: 'breached', due: ms('2026-10-26T12:00:00+01:00') })
  })

  it('by the calendar that is open when the clock starts', async () => {
    const fields =
      'calendar: support, clock: always, priorities: { P1: { respond: { by-calendar: { core: 30min, otherwise: 4h } } } }'
    const row = { priority: 'P1', responded_at: '', resolved_at: '' }
    const all = await judge(fields, {
      ticket: [
        { ...row, id: 'core', opened_at: '2026-06-09T10:00:00+02:00' },
        { ...row, id: 'after', opened_at: '2026-06-09T12:00:00+02:00' },
      ],
    })
    expect(byId(all, 'tickets/P1-respond/core').due).toBe(ms('2026-06-09T10:30:00+02:00'))
    expect(byId(all, 'tickets/P1-respond/after').due).toBe(ms('2026-06-09T16:00:00+02:00'))
  })

  it('in the zone of the customer, where the contract says so', async () => {
    const fields =
      'calendar: core, clock: calendar, customer-timezone: true, priorities: { P1: { respond: 1h, resolve: 1 day } }'
    const row = { priority: 'P1', opened_at: '2026-06-09T12:00:00+02:00', responded_at: '', resolved_at: '' }
    const all = await judge(fields, {
      ticket: [
        // Opened at 6:00 in New York, 19:00 in Tokyo.
        { ...row, id: 'NY', customer_timezone: 'America/New_York' },
        { ...row, id: 'TK', customer_timezone: 'Asia/Tokyo' },
        { ...row, id: 'none', customer_timezone: '' },
        { ...row, id: 'odd', customer_timezone: 'Mars/Base' },
      ],
    })
    expect(byId(all, 'tickets/P1-respond/NY').due).toBe(ms('2026-06-09T11:00:00-04:00'))
    expect(byId(all, 'tickets/P1-respond/TK').due).toBe(ms('2026-06-10T11:00:00+09:00'))
    expect(byId(all, 'tickets/P1-resolve/NY').due).toBe(ms('2026-06-10T06:00:00-04:00'))
    expect(byId(all, 'tickets/none')).toMatchObject({ status: 'unverified', reason: 'no-zone' })
    expect(byId(all, 'tickets/odd')).toMatchObject({ status: 'unverified', reason: 'no-zone' })
  })
})

describe('the status', () => {
  const fields = 'calendar: support, clock: calendar, priorities: { P1: { respond: 2h, resolve: 4h } }'
  const row = { id: 'T-1', priority: 'P1', opened_at: '2026-06-09T09:00:00+02:00', responded_at: '', resolved_at: '' }

  it('is pending while time is left, with the time left as its margin', async () => {
    const all = await judge(fields, { ticket: [row] }, { asOf: '2026-06-09T10:00:00+02:00' })
    expect(all.map(f => [f.status, f.reason, f.margin])).toEqual([
      ['pending', 'open', { unit: 'ms', value: HOUR }],
      ['pending', 'open', { unit: 'ms', value: 3 * HOUR }],
    ])
  })

  it('is pending, not late, after a closing at which nothing was left', async () => {
    const evening = { ...row, opened_at: '2026-06-09T16:00:00+02:00' }
    const all = await judge(fields, { ticket: [evening] }, { asOf: '2026-06-09T23:00:00+02:00' })
    expect(byId(all, 'tickets/P1-respond/T-1')).toMatchObject({
      status: 'pending',
      atRisk: true,
      due: ms('2026-06-09T18:00:00+02:00'),
      margin: { value: 0 },
    })
  })

  it('is breached as soon as more is counted, though the ticket is open', async () => {
    const all = await judge(fields, { ticket: [row] }, { asOf: '2026-06-09T11:00:00.001+02:00' })
    expect(all.map(f => [f.status, f.reason])).toEqual([
      ['breached', 'overdue'],
      ['pending', 'open'],
    ])
  })

  it('of the response without a reply is that of the resolution, and says so', async () => {
    const all = await judge(fields, { ticket: [{ ...row, resolved_at: '2026-06-09T10:30:00+02:00' }] })
    const respond = byId(all, 'tickets/P1-respond/T-1')
    expect(respond).toMatchObject({ status: 'met', observed: { value: 1.5 * HOUR } })
    expect(respond.notes.join()).toContain('inferred')
  })

  it('of a ticket closed without a resolution is that of its closing, and says so', async () => {
    const all = await judge(fields, { ticket: [{ ...row, closed_at: '2026-06-09T14:00:00+02:00' }] })
    const resolve = byId(all, 'tickets/P1-resolve/T-1')
    expect(resolve).toMatchObject({ status: 'breached', observed: { value: 5 * HOUR } })
    expect(resolve.notes.join()).toContain('inferred')
  })

  it('counts automatic replies only where they count', async () => {
    const change = { id: 'T-1', time: '2026-06-09T09:30:00+02:00', change: 'auto-replied', value: '' }
    const opened = { ...change, time: '2026-06-09T09:00:00+02:00', change: 'opened', value: 'P1' }
    const evidence = { 'ticket-change': [opened, change] }
    const people = await judge(fields, evidence)
    const robots = await judge(`${fields}, auto-reply-counts: true`, evidence)
    expect(byId(people, 'tickets/P1-respond/T-1').status).toBe('breached')
    expect(byId(robots, 'tickets/P1-respond/T-1')).toMatchObject({ status: 'met', observed: { value: HOUR / 2 } })
  })

  it('lists promises without a number once, and never judges them', async () => {
    const all = await judge(
      'calendar: support, clock: calendar, priorities: { P1: { respond: 2h, resolve: unstated } }',
      {
        ticket: [row],
      },
    )
    expect(all.map(f => [f.id, f.status, f.reason])).toEqual([
      ['tickets/P1-respond/T-1', 'breached', 'overdue'],
      ['tickets/P1-resolve', 'not-applicable', 'no-number'],
    ])
  })

  it('of a clause without tickets: none in the period, or none supplied', async () => {
    const none = await judge(fields, { ticket: [] })
    expect(none.map(f => [f.id, f.status, f.reason])).toEqual([['tickets', 'not-applicable', 'none']])
    const missing = await judge(fields, {})
    expect(missing.map(f => [f.id, f.status, f.reason, f.details])).toEqual([
      ['tickets', 'unverified', 'missing', { missing: 'ticket' }],
    ])
  })
})

describe('workaround, report and updates', () => {
  const row = { id: 'T-1', priority: 'P1', opened_at: '2026-06-09T09:00:00+02:00' }

  it('a workaround stops its own clock, and that of the resolution only where it counts', async () => {
    const fields = 'calendar: always, priorities: { P1: { workaround: 2h, resolve: 2h } }'
    const ticket = [{ ...row, workaround_at: '2026-06-09T11:00:00+02:00', resolved_at: '2026-06-09T15:00:00+02:00' }]
    const plain = await judge(fields, { ticket })
    expect(plain.map(f => [f.promise, f.status])).toEqual([
      ['workaround', 'met'],
      ['resolve', 'breached'],
    ])
    const counts = await judge(`${fields}, workaround-counts: true`, { ticket })
    expect(byId(counts, 'tickets/P1-resolve/T-1')).toMatchObject({ status: 'met', observed: { value: 2 * HOUR } })
  })

  it('without a workaround the resolution stops its clock', async () => {
    const fields = 'calendar: always, priorities: { P1: { workaround: 2h } }'
    const [found] = await judge(fields, {
      ticket: [{ ...row, workaround_at: '', resolved_at: '2026-06-09T10:00:00+02:00' }],
    })
    expect(found).toMatchObject({ status: 'met', observed: { value: HOUR } })
  })

  it('a report is counted from the resolution; without one nothing is owed yet', async () => {
    const fields = 'calendar: always, priorities: { P1: { report: 24h } }'
    const all = await judge(fields, {
      ticket: [
        { ...row, id: 'in', resolved_at: '2026-06-10T09:00:00+02:00', report_sent_at: '2026-06-11T09:00:00+02:00' },
        { ...row, id: 'late', resolved_at: '2026-06-10T09:00:00+02:00', report_sent_at: '2026-06-11T09:01:00+02:00' },
        { ...row, id: 'never', resolved_at: '2026-06-10T09:00:00+02:00', report_sent_at: '' },
        { ...row, id: 'before', resolved_at: '2026-06-10T09:00:00+02:00', report_sent_at: '2026-06-10T08:00:00+02:00' },
        { ...row, id: 'open', resolved_at: '', report_sent_at: '' },
      ],
    })
    expect(Object.fromEntries(all.map(f => [f.subject, [f.status, f.reason]]))).toEqual({
      in: ['met', 'in-time'],
      late: ['breached', 'late'],
      never: ['breached', 'overdue'],
      before: ['met', 'in-time'],
      open: ['not-applicable', 'not-started'],
    })
    expect(byId(all, 'tickets/P1-report/before').observed).toEqual({ unit: 'ms', value: 0 })
  })

  const log = (rows: readonly (readonly [string, string, string?])[]) =>
    rows.map(([time, change, value = '']) => ({ id: 'T-1', time: `2026-06-${time}:00+02:00`, change, value }))

  it('the longest stretch between updates counts, from the response on', async () => {
    const fields = 'calendar: always, priorities: { P1: { update-every: 2h } }'
    const changes = log([
      ['09T09:00', 'opened', 'P1'],
      ['09T15:00', 'responded'],
      ['09T16:30', 'updated'],
      ['09T18:45', 'replied'],
      ['09T19:00', 'auto-replied'],
      ['09T20:45', 'resolved'],
    ])
    const [found] = await judge(fields, { 'ticket-change': changes })
    expect(found).toMatchObject({
      id: 'tickets/P1-update-every/T-1',
      status: 'breached',
      observed: { value: 2.25 * HOUR },
    })
    expect(found?.start).toBe(ms('2026-06-09T16:30:00+02:00'))
    expect(found?.timeline.at(-1)).toMatchObject({ reason: 'replied', origin: { input: 1, line: 5 } })
    const [robots] = await judge(`${fields}, auto-reply-counts: true`, { 'ticket-change': changes })
    expect(robots).toMatchObject({ status: 'breached', observed: { value: 2.25 * HOUR } })
  })

  it('the stretch that runs counts too, time resolved does not, and there must be a log of changes', async () => {
    const fields = 'calendar: always, priorities: { P1: { update-every: 2h } }'
    const changes = log([
      ['09T09:00', 'opened', 'P1'],
      ['09T10:00', 'responded'],
      ['09T11:00', 'resolved'],
      ['09T20:00', 'reopened'],
      ['09T21:30', 'updated'],
    ])
    const at = async (asOf: string) => (await judge(fields, { 'ticket-change': changes }, { asOf }))[0]
    expect(await at('2026-06-09T23:00:00+02:00')).toMatchObject({
      status: 'pending',
      observed: { value: 1.5 * HOUR },
      due: ms('2026-06-09T23:30:00+02:00'),
    })
    expect(await at('2026-06-09T23:31:00+02:00')).toMatchObject({ status: 'breached', reason: 'overdue' })
    const wide = { ...row, responded_at: '', resolved_at: '' }
    const [untold] = await judge(fields, { ticket: [wide] })
    expect(untold).toMatchObject({ status: 'unverified', reason: 'missing', details: { missing: 'ticket-change' } })
  })
})
