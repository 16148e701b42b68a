import { describe, expect, it } from 'vitest'
import { fixture, life, mapping, readFixtures, TICKETS, ticketsOf, unknown } from './formats-support.ts'
import { errorsOf, read, short } from './support.ts'

describe('Zendesk', () => {
  it('tickets alone tell openings, and solutions with their metric set', async () => {
    const evidence = await readFixtures(['zendesk/tickets.json'])
    const tickets = ticketsOf(evidence)
    expect(life(tickets['35436'])).toEqual(['opened high 2026-05-04T08:00:00Z'])
    expect(unknown(tickets['35436'])).toEqual(expect.arrayContaining(['responded', 'resolved']))
    expect(tickets['35437']?.priority).toBeNull()
    expect(life(tickets['35437'])).toEqual(['opened 2026-05-04T09:00:00Z', 'resolved 2026-05-04T10:30:00Z'])
    // Solved more than once: the last time is not when it was first solved.
    expect(life(tickets['35438'])).toEqual(['opened urgent 2026-05-04T09:30:00Z'])
    expect(unknown(tickets['35438'])).toContain('resolved')
    expect(evidence.inputs[0]).toMatchObject({
      format: 'json',
      tool: 'zendesk',
      columns: { id: 'id', created_at: 'opened_at' },
      counts: [{ type: 'ticket', rows: 3, used: 3 }],
    })
  })

  it('metric events tell replies, pauses and solutions; every other event is counted', async () => {
    const evidence = await readFixtures(['zendesk/ticket_metric_events.json', 'zendesk/tickets.json'])
    expect(life(ticketsOf(evidence)['35436'])).toEqual([
      'opened high 2026-05-04T08:00:00Z',
      'resumed 2026-05-04T08:00:00Z',
      'reopened 2026-05-04T08:00:00Z',
      'responded 2026-05-04T08:20:00Z',
      'paused pending 2026-05-04T08:20:00Z',
      'resumed 2026-05-04T10:00:00Z',
      'reopened 2026-05-04T10:00:00Z',
      'replied 2026-05-04T11:00:00Z',
      'updated 2026-05-04T11:00:00Z',
      'resolved 2026-05-04T12:00:00Z',
    ])
    expect(unknown(ticketsOf(evidence)['35436'])).not.toEqual(expect.arrayContaining(['responded', 'resolved']))
    // Twelve events: five left out, two of the others are two changes each.
    expect(evidence.inputs[0]).toMatchObject({
      tool: 'zendesk-events',
      counts: [{ type: 'ticket-change', rows: 14, used: 9, leftOut: 5 }],
    })
  })

  it('metric events without tickets leave tickets without an opening', async () => {
    const { tickets, warnings } = await readFixtures(['zendesk/ticket_metric_events.json'])
    expect(tickets.ticket(0).flaw?.reason).toBe('no-opening')
    expect(warnings.map(({ code }) => code)).toEqual(['no-opening'])
  })

  it('tickets that were never solved are known not to be', async () => {
    const ticket = { id: 1, created_at: '2026-05-04T08:00:00Z', priority: 'low', status: 'open', requester_id: 2 }
    const tickets = [ticket, { ...ticket, id: 2, metric_set: { reopens: 0, solved_at: null } }]
    const found = ticketsOf(await read({ 'a.json': JSON.stringify({ tickets }) }, { types: TICKETS }))
    expect(Object.values(found).map(({ unknown: words }) => words.has('resolved'))).toEqual([true, false])
  })
})

describe('GitHub', () => {
  it('issues are tickets, closed is resolved, pull requests are counted', async () => {
    const evidence = await readFixtures(['github/issues.json'])
    const tickets = ticketsOf(evidence)
    expect(Object.keys(tickets)).toEqual(['12', '14', '15'])
    expect(life(tickets['12'])).toEqual([
      'opened P1 2026-05-01T08:00:00Z',
      'resolved 2026-05-01T12:00:00Z',
      'closed 2026-05-01T12:00:00Z',
    ])
    expect(Object.values(tickets).map(({ priority }) => priority)).toEqual(['P1', 'high', undefined])
    // No comment at all is no response; who wrote the two comments is not told.
    expect(Object.values(tickets).map(({ unknown: words }) => words.has('responded'))).toEqual([true, false, true])
    expect(evidence.inputs[0]).toMatchObject({
      tool: 'github',
      counts: [{ type: 'ticket', rows: 4, used: 3, leftOut: 1 }],
    })
  })

  it('labels that the mapping names are the priorities', async () => {
    const map = mapping('values: { priority: { bug: P1, "priority: high": P2 } }\n')
    const tickets = ticketsOf(await readFixtures(['github/issues.json'], map))
    expect(Object.values(tickets).map(({ priority }) => priority)).toEqual(['P1', 'P2', undefined])
  })

  it('events add replies, reopenings and priorities', async () => {
    const evidence = await readFixtures(['github/issues.json', 'github/events.json'])
    expect(life(ticketsOf(evidence)['12'])).toEqual([
      'opened 2026-05-01T08:00:00Z',
      'priority P2 2026-05-01T08:00:05Z',
      'priority P1 2026-05-01T08:30:00Z',
      'auto-replied 2026-05-01T08:35:00Z',
      'replied 2026-05-01T08:40:00Z',
      'resolved 2026-05-01T10:00:00Z',
      'reopened 2026-05-01T11:00:00Z',
      'resolved 2026-05-01T12:00:00Z',
      'closed 2026-05-01T12:00:00Z',
    ])
    expect(evidence.inputs[1]).toMatchObject({
      tool: 'github-events',
      counts: [{ type: 'ticket-change', rows: 11, used: 6, duplicates: 1, leftOut: 4 }],
    })
  })

  it('events that do not name their issue are bad rows', async () => {
    const event = { event: 'closed', commit_url: null, created_at: '2026-05-01T10:00:00Z' }
    expect((await errorsOf({ 'a.json': JSON.stringify([event]) }, { types: TICKETS })).map(short)).toEqual([
      '1:3 this closed event does not say of which issue it is | export the events of the repository (/repos/OWNER/REPO/issues/events): they name their issue',
    ])
  })

  it('the lists of the gh command are the same', async () => {
    const issues = [
      { closedAt: null, createdAt: '2026-05-01T08:00:00Z', labels: [{ name: 'p2' }], number: 4, state: 'OPEN' },
    ]
    const tickets = ticketsOf(await read({ 'a.json': JSON.stringify(issues) }, { types: TICKETS }))
    expect(life(tickets['4'])).toEqual(['opened P2 2026-05-01T08:00:00Z'])
  })
})

describe('Zammad', () => {
  it('tickets are resolved by closing; what is not certain is not known', async () => {
    const evidence = await readFixtures(['zammad/tickets.json'])
    const tickets = ticketsOf(evidence)
    expect(life(tickets['22001'])).toEqual([
      'opened 2 normal 2026-05-03T09:57:17.837Z',
      'responded 2026-05-03T10:57:17.904Z',
      'resolved 2026-05-04T09:00:00Z',
      'closed 2026-05-04T09:00:00Z',
    ])
    // Open again, and answered though no first response is noted.
    expect(unknown(tickets['22002'])).toEqual(expect.arrayContaining(['resolved', 'closed', 'responded']))
    expect(life(tickets['22002'])).toEqual(['opened 3 high 2026-05-03T09:57:17.837Z'])
    // Without names: numbers. Never closed, never answered.
    expect(tickets['22003']?.priority).toBe('1')
    for (const word of ['resolved', 'closed', 'responded']) expect(unknown(tickets['22003'])).not.toContain(word)
    expect(evidence.inputs[0]).toMatchObject({ tool: 'zammad', counts: [{ type: 'ticket', rows: 3, used: 3 }] })
  })

  it('tickets closed twice are resolved at a time not known', async () => {
    const [ticket] = JSON.parse(fixture('zammad/tickets.json')) as object[]
    const list = [{ ...ticket, last_close_at: '2026-05-06T09:00:00.000Z' }]
    const tickets = ticketsOf(await read({ 'a.json': JSON.stringify(list) }, { types: TICKETS }))
    expect(unknown(tickets['22001'])).toContain('resolved')
  })
})
