import { describe, expect, it } from 'vitest'
import { life, mapping, TICKETS, ticketsOf } from './formats-support.ts'
import { errorsOf, read, short } from './support.ts'

describe('exports that are put together', () => {
  const ticket = '{"id":7,"created_at":"2026-05-01T10:00:00Z","requester_id":1,"priority":"high"}'
  const event =
    '{"id":1,"ticket_id":7,"metric":"reply_time","type":"fulfill","instance_id":1,"time":"2026-05-01T11:00:00Z"}'

  it('are each read as what they are, in any order', async () => {
    for (const lines of [
      [ticket, event],
      [event, ticket],
    ]) {
      const evidence = await read({ 'a.ndjson': `${lines.join('\n')}\n` }, { types: TICKETS })
      expect(life(ticketsOf(evidence)['7'])).toEqual([
        'opened high 2026-05-01T10:00:00Z',
        'responded 2026-05-01T11:00:00Z',
      ])
    }
  })

  it('hold no record that is none of them', async () => {
    const wrong = await errorsOf({ 'a.ndjson': `${event}\n{"id":8}\n` }, { types: TICKETS })
    expect(wrong.map(short)).toEqual(['2:2 this record is no metric event: it has no metric and type'])
  })
})

describe('ids that are long numbers', () => {
  it('stay what they are', async () => {
    const row = (id: string) =>
      `{"id":${id},"priority":"P1","opened_at":"2026-05-01T10:00:00Z","n":"1234567890123456789012"}`
    const file = `[${row('90071992547409930001')},${row('90071992547409930002')},${row('42')}]`
    const tickets = ticketsOf(await read({ 'a.json': file }, { types: TICKETS }))
    expect(Object.keys(tickets).sort()).toEqual(['42', '90071992547409930001', '90071992547409930002'])
  })
})

describe('days and months the other way round', () => {
  const snow = (opened: string) =>
    `number,state,priority,opened_at,sys_updated_at,sys_mod_count\nA,New,1,${opened},4/5/2026 10:00,0\n`

  it('are said, with the form that fits', async () => {
    const wrong = await errorsOf({ 'a.csv': snow('5/20/2026 10:00') }, { types: TICKETS, timezone: 'UTC' })
    expect(wrong.map(short)).toEqual([
      '2:9 opened_at: "5/20/2026 10:00" read as D/M/YYYY H:mm[:ss]: there is no such date | say time-format: M/D/YYYY H:mm[:ss] in a --map file',
    ])
    const none = await errorsOf({ 'a.csv': snow('31-4-2026 10:00') }, { types: TICKETS, timezone: 'UTC' })
    expect(none.map(short)).toEqual([
      '2:9 opened_at: "31-4-2026 10:00" read as D-M-YYYY H:mm[:ss]: there is no such date',
    ])
    const said = mapping('time-format: M/D/YYYY H:mm[:ss]\n')
    const evidence = await read(
      { 'a.csv': snow('5/20/2026 10:00').replace('4/5', '5/21') },
      { types: TICKETS, timezone: 'UTC', ...said },
    )
    expect(life(ticketsOf(evidence).A)[0]).toBe('opened 1 2026-05-20T10:00:00Z')
  })
})

describe('what exports tell in other ways', () => {
  it("is Jira's log from the latest to the first", async () => {
    const entry = (time: string, from: string, to: string) => ({
      created: `2026-05-01T${time}:00.000+0000`,
      items: [{ field: 'status', fromString: from, toString: to }],
    })
    const histories = [entry('12:00', 'C', 'D'), entry('11:00', 'B', 'C'), entry('11:00', 'A', 'B')]
    const fields = { priority: { name: 'P1' }, created: '2026-05-01T10:00:00.000+0000', status: { name: 'D' } }
    const lives = await Promise.all(
      [histories, [...histories].reverse()].map(async given => {
        const file = JSON.stringify({ issues: [{ key: 'A-1', fields, changelog: { histories: given } }] })
        return life(ticketsOf(await read({ 'a.json': file }, { types: TICKETS }))['A-1'])
      }),
    )
    const states = ['A 2026-05-01T10', 'B 2026-05-01T11', 'C 2026-05-01T11', 'D 2026-05-01T12']
    const expected = ['opened P1 2026-05-01T10:00:00Z', ...states.map(state => `status ${state}:00:00Z`)]
    expect(lives).toEqual([expected, expected])
  })

  it("is a time of Jira's on a clock of 24 hours", async () => {
    const file = 'Issue key,Priority,Created\nA-1,High,05/Mar/26 15:42\n'
    const tickets = ticketsOf(await read({ 'a.csv': file }, { types: TICKETS, timezone: 'UTC' }))
    expect(life(tickets['A-1'])).toEqual(['opened High 2026-03-05T15:42:00Z'])
  })

  it('is that nobody has commented on an issue of GitHub', async () => {
    const issue = (number: number, comments: unknown) => ({ number, createdAt: '2026-05-01T10:00:00Z', comments })
    const file = JSON.stringify([issue(1, []), issue(2, 0), issue(3, [{ body: 'x' }]), issue(4, 2)])
    const tickets = ticketsOf(await read({ 'a.json': file }, { types: TICKETS }))
    expect(Object.values(tickets).map(ticket => ticket.unknown.has('responded'))).toEqual([false, false, true, true])
  })

  it("is an issue's timeline that begins with somebody's mention of it", async () => {
    const mention = { event: 'cross-referenced', actor: { login: 'x' }, created_at: '2026-05-01T10:00:00Z', source: {} }
    const comment = {
      event: 'commented',
      actor: { login: 'y' },
      user: { type: 'User' },
      author_association: 'MEMBER',
      issue_url: 'https://api.github.com/repos/o/r/issues/7',
      created_at: '2026-05-01T11:00:00Z',
    }
    const evidence = await read({ 'a.json': JSON.stringify([mention, comment]) }, { types: TICKETS })
    expect(evidence.inputs[0]).toMatchObject({
      tool: 'github-events',
      counts: [{ type: 'ticket-change', rows: 2, used: 1, leftOut: 1 }],
      leftOutBy: { format: 1 },
    })
  })
})

describe('what an export leaves open for one of its records', () => {
  const openOf = async (
    content: unknown,
    word: 'responded' | 'resolved',
    more: Readonly<Record<string, string>> = {},
  ) => {
    const found = ticketsOf(await read({ 'a.json': JSON.stringify(content), ...more }, { types: TICKETS }))
    return Object.keys(found)
      .filter(id => found[id]?.unknown.has(word))
      .sort()
  }
  const bothWays = async (
    issues: readonly unknown[],
    wrap: (issues: readonly unknown[]) => unknown,
    expected: string[],
  ) => {
    for (const given of [issues, [...issues].reverse()])
      expect(await openOf(wrap(given), 'responded')).toEqual(expected)
  }

  it('stays open when Jira gives the comments of another issue', async () => {
    const fields = { priority: { name: 'P1' }, created: '2026-05-01T10:00:00.000+0000', reporter: { accountId: 'r' } }
    const comment = { comments: [{ author: { accountId: 'a' }, created: '2026-05-01T11:00:00.000+0000' }], total: 1 }
    const issues = [
      { key: 'J-1', fields: { ...fields, comment } },
      { key: 'J-2', fields },
    ]
    await bothWays(issues, given => ({ issues: given }), ['J-2'])
  })

  it('stays open in Jira without a resolution date, but not without a resolution', async () => {
    const fields = { priority: { name: 'P1' }, created: '2026-05-01T10:00:00.000+0000' }
    const resolved = {
      created: '2026-05-01T12:00:00.000+0000',
      items: [{ field: 'resolution', fromString: null, toString: 'Done' }],
    }
    const issues = [
      { key: 'J-1', fields, changelog: { histories: [resolved] } },
      { key: 'J-2', fields },
      { key: 'J-3', fields: { ...fields, resolution: null } },
    ]
    expect(await openOf({ issues }, 'resolved')).toEqual(['J-2'])
  })

  it('stays open when a timeline tells the replies to another issue of GitHub', async () => {
    const issue = (number: number, comments: number) => ({ number, createdAt: '2026-05-01T10:00:00Z', comments })
    const reply = {
      event: 'commented',
      actor: { login: 'y' },
      author_association: 'MEMBER',
      issue_url: 'https://api.github.com/repos/o/r/issues/1',
      created_at: '2026-05-01T11:00:00Z',
    }
    const more = { 'b.json': JSON.stringify([reply]) }
    expect(await openOf([issue(1, 1), issue(2, 1), issue(3, 0)], 'responded', more)).toEqual(['2'])
  })

  it('stays open when Zammad tells when it closed and answered another ticket', async () => {
    const ticket = (number: string, more: object) => ({
      number,
      created_at: '2026-05-01T10:00:00Z',
      close_at: null,
      priority_id: 2,
      state: 'open',
      first_response_at: null,
      last_contact_agent_at: null,
      ...more,
    })
    const [time, later] = ['2026-05-01T11:00:00Z', '2026-05-01T12:00:00Z']
    const tickets = [
      ticket('1', { state: 'closed', close_at: time, last_close_at: time, first_response_at: time }),
      ticket('2', { state: 'closed', close_at: time, last_close_at: later, last_contact_agent_at: time }),
      ticket('3', {}),
    ]
    const change = `id,time,change\n1,${later},reopened\n1,${later},replied\n1,${later},resolved\n`
    for (const word of ['responded', 'resolved'] as const) {
      for (const given of [tickets, [...tickets].reverse()]) {
        expect(await openOf(given, word, { 'changes.csv': change })).toEqual(['2'])
      }
    }
  })

  it('is not open where the metric events of Zendesk tell the replies to all tickets', async () => {
    const ticket = (id: number, more: object = {}) => ({
      id,
      created_at: '2026-05-01T10:00:00Z',
      requester_id: 1,
      ...more,
    })
    const event = (metric: string, type: string) => ({
      id: 1,
      ticket_id: 1,
      metric,
      type,
      instance_id: 1,
      time: '2026-05-01T11:00:00Z',
    })
    const events = [event('reply_time', 'fulfill'), event('requester_wait_time', 'fulfill')]
    const more = { 'b.json': JSON.stringify({ ticket_metric_events: events }) }
    expect(await openOf({ tickets: [ticket(1), ticket(2)] }, 'responded', more)).toEqual([])
    expect(await openOf({ tickets: [ticket(1), ticket(2)] }, 'resolved', more)).toEqual([])
    const reopened = { metric_set: { reopens: 1, solved_at: '2026-05-01T12:00:00Z' } }
    expect(await openOf({ tickets: [ticket(1), ticket(2, reopened)] }, 'resolved', more)).toEqual(['2'])
  })

  it('is open for a record without a key that another record of the file has, in any order', async () => {
    const row = (id: string, more: object = {}) => ({ id, priority: 'P1', opened_at: '2026-05-01T10:00:00Z', ...more })
    const more = { 'b.csv': 'id,time,change\nC,2026-05-01T11:00:00Z,resolved\n' }
    const rows = [row('A'), row('B', { resolved_at: null }), row('C')]
    for (const given of [rows, [...rows].reverse()]) expect(await openOf(given, 'resolved', more)).toEqual(['A'])
    expect(await openOf([row('A'), row('C')], 'resolved', more)).toEqual([])
  })
})

describe('ids next to each other beyond what a number can tell apart', () => {
  it('are of two tickets, and so are their changes', async () => {
    const [one, other] = ['9007199254740992', '9007199254740993']
    const ticket = (id: string) => `{"id":${id},"priority":"P1","opened_at":"2026-05-01T10:00:00Z"}\n`
    const change = `{"id":${other},"time":"2026-05-01T11:00:00Z","change":"resolved"}\n`
    const evidence = await read({ 'a.ndjson': ticket(one) + ticket(other), 'b.ndjson': change }, { types: TICKETS })
    const tickets = ticketsOf(evidence)
    expect(life(tickets[one])).toEqual(['opened P1 2026-05-01T10:00:00Z'])
    expect(life(tickets[other])).toEqual(['opened P1 2026-05-01T10:00:00Z', 'resolved 2026-05-01T11:00:00Z'])
  })
})
