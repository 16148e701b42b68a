import { describe, expect, it } from 'vitest'
import type { ReadOptions } from '../../src/evidence/evidence.ts'
import { at, errorsOf, read, short } from './support.ts'
import { life, TYPES, table, ticketOf, ticketsOf } from './tickets-support.ts'

const WIDE = 'id,priority,opened_at,responded_at,workaround_at,resolved_at,report_sent_at,closed_at'
const CHANGES = 'id,time,change,value'

const readTickets = (files: Readonly<Record<string, string>>, options: Partial<ReadOptions> = {}) =>
  read(files, { types: TYPES, ...options })

describe('one row for each ticket', () => {
  it('becomes a life of changes, in order of the opening and then of the id', async () => {
    const evidence = await readTickets({
      'tickets.csv': table(
        WIDE,
        'T-9,P2,09:00,,,,,',
        'T-3,P1,08:00,08:10,08:20,08:30,08:50,08:40',
        'T-10,P3,08:00,08:15,,,,',
      ),
    })
    expect(ticketsOf(evidence).map(({ id }) => id)).toEqual(['T-10', 'T-3', 'T-9'])
    const ticket = ticketOf(evidence, 'T-3')
    expect(life(ticket)).toEqual([
      '08:00 opened P1',
      '08:10 responded',
      '08:20 workaround',
      '08:30 resolved',
      '08:40 closed',
      '08:50 report-sent',
    ])
    expect(ticket).toMatchObject({ priority: 'P1', service: '', origin: { input: 0, line: 3 } })
    expect(ticket.unknown.size).toBe(0)
    expect(ticket).not.toHaveProperty('flaw')
    expect(evidence.tickets).toMatchObject({ first: at('2026-05-01T08:00:00Z'), last: at('2026-05-01T09:00:00Z') })
    expect(evidence.inputs[0]?.counts).toMatchObject([{ type: 'ticket', rows: 3, used: 3 }])
    expect([...evidence.supplied]).toEqual(['ticket'])
  })

  it('tells blank from not known, in stamps and in cells', async () => {
    const evidence = await readTickets({
      'tickets.csv': table(
        'id,priority,opened_at,reported_at,responded_at,closed_at,customer_timezone',
        'T-1,,08:00,,?,,',
        'T-2,?,09:00,?,09:10,?,?',
        'T-3,P1,10:00,09:55,,,Europe/Paris',
      ),
    })
    const [one, two, three] = ticketsOf(evidence)
    expect(one).toMatchObject({ priority: null, reported: null, customerTimezone: null })
    expect([...(one?.unknown ?? [])]).toEqual(['responded', 'workaround', 'resolved', 'report-sent'])
    expect(two?.priority).toBeUndefined()
    expect(two?.reported).toBeUndefined()
    expect(two?.customerTimezone).toBeUndefined()
    expect([...(two?.unknown ?? [])]).toEqual(['workaround', 'resolved', 'report-sent', 'closed'])
    expect(three).toMatchObject({
      priority: 'P1',
      reported: { earliest: at('2026-05-01T09:55:00Z') },
      customerTimezone: 'Europe/Paris',
    })
    expect(one?.changes[0]).not.toHaveProperty('value')
  })

  it('knows headers by other names', async () => {
    const evidence = await readTickets({
      'export.csv': table(
        'Ticket ID,Priority,Created At,First response at,Solved at,Closed',
        'T-1,P1,08:00,08:10,08:30,',
      ),
    })
    expect(evidence.inputs[0]?.columns).toEqual({
      'Ticket ID': 'id',
      Priority: 'priority',
      'Created At': 'opened_at',
      'First response at': 'responded_at',
      'Solved at': 'resolved_at',
      Closed: 'closed_at',
    })
    expect(life(ticketOf(evidence, 'T-1'))).toEqual(['08:00 opened P1', '08:10 responded', '08:30 resolved'])
  })

  it('takes columns that say who for what they are', async () => {
    const evidence = await readTickets({
      'tickets.csv': table(
        'id,priority,opened_at,opened_by,resolved_by,closed_by,reported_by,resolver',
        'T-1,P1,08:00,a,b,c,d,e',
      ),
    })
    expect(evidence.tickets.count).toBe(1)
  })

  it('keeps the cells that filters name, and the plan', async () => {
    const files = {
      'tickets.csv': table('id,priority,opened_at,queue,plan,region,text', 'T-1,P1,08:00, core ,gold,eu,x'),
    }
    const where = [{ column: 'Queue', values: ['core'], not: false }]
    const filters = [where, [{ column: 'constructor', values: ['x'], not: true }]]
    expect(ticketOf(await readTickets(files, { filters }), 'T-1').attributes).toEqual({ queue: 'core', plan: 'gold' })
    expect(ticketOf(await readTickets(files), 'T-1').attributes).toEqual({ plan: 'gold' })
  })

  it('need not name a service', async () => {
    const files = {
      'tickets.csv': table('id,priority,opened_at,service', 'T-1,P1,08:00,web', 'T-2,P1,09:00,', 'T-3,P1,09:00,other'),
      'plain.csv': table('id,priority,opened_at', 'T-4,P1,10:00'),
    }
    const evidence = await readTickets(files, { services: ['web', 'api'] })
    expect(ticketsOf(evidence).map(({ id, service }) => [id, service])).toEqual([
      ['T-1', 'web'],
      ['T-2', ''],
      ['T-4', ''],
    ])
    expect(evidence.inputs[0]?.counts).toMatchObject([{ used: 2, unknownService: 1 }])
    const only = await readTickets({ 'plain.csv': files['plain.csv'] }, { services: ['web'] })
    expect(ticketsOf(only).map(({ service }) => service)).toEqual(['web'])
  })
})

describe('dates and the end of knowledge', () => {
  it('leaves a date as the local day, but not before the opening', async () => {
    const evidence = await readTickets(
      {
        'tickets.csv':
          'id,priority,opened_at,responded_at,resolved_at,closed_at\nT-1,P1,2026-05-01T10:00:00Z,2026-05-01,2026-05-02,\nT-2,P1,2026-05-02,,,\n',
      },
      { timezone: 'UTC' },
    )
    expect(life(ticketOf(evidence, 'T-1'))).toEqual([
      '10:00 opened P1',
      '10:00~24:00 responded',
      '24:00~48:00 resolved',
    ])
    expect(life(ticketOf(evidence, 'T-2'))).toEqual(['24:00~48:00 opened P1'])
  })

  it('has nothing that is later than as of', async () => {
    const evidence = await readTickets(
      {
        'tickets.csv': table(WIDE, 'T-1,P1,08:00,08:10,,12:00,,12:30', 'T-2,P1,11:01,,,,,'),
        'changes.csv': table(CHANGES, 'T-1,08:05,paused,', 'T-1,11:01,resumed,'),
      },
      { asOf: at('2026-05-01T11:00:00Z') },
    )
    expect(ticketsOf(evidence).map(({ id }) => id)).toEqual(['T-1'])
    expect(life(ticketOf(evidence, 'T-1'))).toEqual(['08:00 opened P1', '08:05 paused', '08:10 responded'])
    expect([...ticketOf(evidence, 'T-1').unknown]).toEqual([])
    expect(evidence.inputs.map(({ counts }) => counts[0]?.later)).toEqual([1, 1])
    expect(evidence.tickets.last).toBe(at('2026-05-01T08:10:00Z'))
  })

  it('cuts a day that is not over', async () => {
    const evidence = await readTickets(
      { 'tickets.csv': 'id,priority,opened_at\nT-1,P1,2026-05-01\n' },
      { timezone: 'UTC', asOf: at('2026-05-01T11:00:00Z') },
    )
    expect(life(ticketOf(evidence, 'T-1'))).toEqual(['00:00~11:00 opened P1'])
  })
})

describe('change rows', () => {
  it('alone tell whole lives, in any order, with nothing unknown', async () => {
    const evidence = await readTickets({
      'b.csv': table(CHANGES, 'T-1,10:00,resolved,', 'T-1,08:30,Paused,waiting', 'T-1,08:40,resumed,'),
      'a.csv': table(CHANGES, 'T-1,08:00,opened,P2', 'T-1,09:00,priority,P1', 'T-1,08:10,auto_replied,'),
    })
    const ticket = ticketOf(evidence, 'T-1')
    expect(life(ticket)).toEqual([
      '08:00 opened P2',
      '08:10 auto-replied',
      '08:30 paused waiting',
      '08:40 resumed',
      '09:00 priority P1',
      '10:00 resolved',
    ])
    expect(ticket.priority).toBe('P2')
    expect(ticket.unknown.size).toBe(0)
    expect(ticket.origin).toEqual({ input: 0, line: 2 })
    expect(ticket.changes[0]?.origin).toEqual({ input: 1, line: 2 })
    expect([...evidence.supplied]).toEqual(['ticket-change'])
  })

  it('within one instant keep the order of a life, then of the rows', async () => {
    const evidence = await readTickets({
      'c.csv': table(
        CHANGES,
        'T-1,09:00,status,b',
        'T-1,09:00,status,a',
        'T-1,09:00,resolved,',
        'T-1,09:00,opened,P1',
        'T-1,09:00,replied,',
      ),
    })
    expect(life(ticketOf(evidence, 'T-1'))).toEqual([
      '09:00 opened P1',
      '09:00 replied',
      '09:00 resolved',
      '09:00 status b',
      '09:00 status a',
    ])
  })

  it('go with wide rows, also in one file of both', async () => {
    const evidence = await readTickets({
      'all.csv': table(
        'type,id,priority,opened_at,responded_at,time,change,value',
        'ticket-change,T-1,,,,08:20,paused,?',
        'ticket,T-1,P1,08:00,08:10,,,',
        'ticket-change,T-1,,,,08:10,responded,',
      ),
    })
    expect(life(ticketOf(evidence, 'T-1'))).toEqual(['08:00 opened P1', '08:10 responded', '08:20 paused ?'])
    expect(evidence.inputs[0]?.counts.map(({ type, used, duplicates }) => [type, used, duplicates])).toEqual([
      ['ticket-change', 1, 1],
      ['ticket', 1, 0],
    ])
  })

  it('of a word anywhere make a log that holds it for tickets of files without its column', async () => {
    const changes = table(CHANGES, 'T-2,08:00,opened,P1', 'T-2,08:10,replied,', 'T-2,08:20,closed,')
    const evidence = await readTickets({
      'tickets.csv': table('id,priority,opened_at', 'T-1,P1,08:00'),
      'changes.csv': changes,
    })
    expect([...ticketOf(evidence, 'T-1').unknown]).toEqual(['workaround', 'resolved', 'report-sent'])
  })

  it('do not tell what a cell says is not known, unless they are of its own ticket', async () => {
    const evidence = await readTickets({
      'tickets.csv': table('id,priority,opened_at,responded_at,resolved_at', 'T-1,P1,08:00,?,?', 'T-2,P1,08:00,?,?'),
      'changes.csv': table(CHANGES, 'T-2,08:10,replied,', 'T-2,08:20,resolved,'),
    })
    expect([...ticketOf(evidence, 'T-1').unknown]).toEqual([
      'responded',
      'workaround',
      'resolved',
      'report-sent',
      'closed',
    ])
    expect([...ticketOf(evidence, 'T-2').unknown]).toEqual(['workaround', 'report-sent', 'closed'])
  })

  it('are more exact than the date of a stamp that holds them', async () => {
    const evidence = await readTickets(
      {
        'tickets.csv': 'id,priority,opened_at,resolved_at\nT-1,P1,2026-05-01,2026-05-01\n',
        'changes.csv': table(CHANGES, 'T-1,08:00,opened,', 'T-1,09:00,resolved,'),
      },
      { timezone: 'UTC' },
    )
    const ticket = ticketOf(evidence, 'T-1')
    expect(life(ticket)).toEqual(['08:00 opened P1', '09:00 resolved'])
    expect(ticket).not.toHaveProperty('flaw')
  })

  it('keep a second answer of another time', async () => {
    const evidence = await readTickets({
      'tickets.csv': table('id,priority,opened_at,resolved_at', 'T-1,P1,08:00,10:00'),
      'changes.csv': table(CHANGES, 'T-1,09:00,resolved,', 'T-1,09:30,reopened,', 'T-1,10:00,resolved,'),
    })
    expect(life(ticketOf(evidence, 'T-1'))).toEqual([
      '08:00 opened P1',
      '09:00 resolved',
      '09:30 reopened',
      '10:00 resolved',
    ])
    expect(evidence.inputs[1]?.counts).toMatchObject([{ used: 2, duplicates: 1 }])
  })

  it('keep harmless oddities as they are', async () => {
    const evidence = await readTickets({
      'c.csv': table(
        CHANGES,
        'T-1,08:00,opened,',
        'T-1,08:10,resumed,',
        'T-1,08:20,reopened,',
        'T-1,08:30,paused,a',
        'T-1,08:40,paused,b',
      ),
    })
    expect(life(ticketOf(evidence, 'T-1'))).toHaveLength(5)
    expect(evidence.warnings).toEqual([])
  })

  it('need a state where they change it', async () => {
    const rows = ['T-1,08:00,opened,', 'T-1,08:10,status,', 'T-1,08:20,priority,']
    expect((await errorsOf({ 'c.csv': table(CHANGES, ...rows) }, { types: TYPES })).map(short)).toEqual([
      expect.stringMatching(/^3:\d+ value is blank: expected the new status$/),
    ])
    const evidence = await readTickets({
      'c.csv': table('id,time,change', 'T-1,08:00,opened', 'T-1,08:10,status', 'T-1,08:20,paused'),
    })
    expect(life(ticketOf(evidence, 'T-1'))).toEqual(['08:00 opened', '08:10 status ?', '08:20 paused'])
  })
})

describe('the priority at the opening', () => {
  it.each([
    ['what the opening says', 'P3', ['08:00,opened,P1', '09:00,priority,P2'], 'P1', ['09:00 priority P2']],
    ['the row, if it never changes', 'P3', [], 'P3', []],
    ['the row, if it is not the last one', 'P3', ['09:00,priority,P2'], 'P3', ['09:00 priority P2']],
    [
      'not known, if the row gives the last one',
      'P2',
      ['09:00,priority,P1', '10:00,priority,P2'],
      undefined,
      ['09:00 priority P1', '10:00 priority P2'],
    ],
    [
      'one set before',
      'P2',
      ['07:00,priority,P4', '07:30,priority,P1', '10:00,priority,P2'],
      'P1',
      ['10:00 priority P2'],
    ],
    ['one set at once', 'P2', ['08:00,priority,P1', '10:00,priority,P2'], 'P1', ['10:00 priority P2']],
    ['blank in the row', '', ['10:00,priority,P2'], null, ['10:00 priority P2']],
    ['? in the row', '?', ['10:00,priority,P2'], undefined, ['10:00 priority P2']],
    ['? at the opening', 'P1', ['08:00,opened,?'], 'P1', []],
    ['made blank later', 'P1', ['10:00,priority,'], 'P1', ['10:00 priority']],
  ])('is %s', async (_, row, changes, expected, later) => {
    const ticket = ticketOf(
      await readTickets({
        'tickets.csv': table('id,priority,opened_at', `T-1,${row},08:00`),
        'changes.csv': table(CHANGES, ...changes.map(change => `T-1,${change}`)),
      }),
      'T-1',
    )
    expect(ticket.priority).toBe(expected)
    const opened = typeof expected === 'string' ? `08:00 opened ${expected}` : '08:00 opened'
    expect(life(ticket)).toEqual([opened, ...later])
  })

  it('and the status are those from before it', async () => {
    const evidence = await readTickets({
      'c.csv': table(
        CHANGES,
        'T-1,07:00,status,new',
        'T-1,07:30,status,queued',
        'T-1,08:00,opened,P1',
        'T-1,09:00,status,open',
      ),
    })
    expect(life(ticketOf(evidence, 'T-1'))).toEqual(['08:00 opened P1', '08:00 status queued', '09:00 status open'])
  })
})
