import { describe, expect, it } from 'vitest'
import { fixture, life, mapping, readFixtures, TICKETS, ticketsOf, unknown } from './formats-support.ts'
import { errorsOf, read, short } from './support.ts'

describe('Jira CSV', () => {
  it('is read as tickets in the zone given, whatever its other headers', async () => {
    const evidence = await readFixtures(['jira/issues.csv'], { timezone: 'Europe/Paris' })
    const tickets = ticketsOf(evidence)
    expect(Object.keys(tickets)).toEqual(['OPS-103', 'OPS-101', 'OPS-102'])
    expect(tickets['OPS-101']?.priority).toBe('Highest')
    expect(life(tickets['OPS-101'])).toEqual(['opened Highest 2026-06-01T15:30:00Z', 'resolved 2026-06-02T06:00:00Z'])
    // 12:10 AM is ten past midnight, 12:00 PM noon.
    expect(life(tickets['OPS-102'])).toEqual(['opened Medium 2026-06-01T22:10:00Z'])
    expect(life(tickets['OPS-103'])).toEqual(['opened Low 2026-05-31T10:00:00Z', 'resolved 2026-05-31T10:30:00Z'])
    expect(unknown(tickets['OPS-102'])).toEqual(expect.arrayContaining(['responded']))
    expect(unknown(tickets['OPS-102'])).not.toEqual(expect.arrayContaining(['resolved']))
    expect(evidence.inputs[0]).toMatchObject({
      format: 'csv',
      tool: 'jira',
      timezone: 'Europe/Paris',
      columns: { 'Issue key': 'id', Created: 'opened_at', Resolved: 'resolved_at', Priority: 'priority' },
      counts: [{ type: 'ticket', rows: 3, used: 3 }],
    })
  })

  it('takes values, zone and filters of a mapping that leaves open what it is', async () => {
    const map = mapping(`values: { priority: { Highest: P1, Medium: P3 } }
timezone: America/New_York
where: { issue type: Incident, priority: [P1, P3] }
`)
    const evidence = await readFixtures(['jira/issues.csv'], map)
    expect(Object.values(ticketsOf(evidence)).map(({ id, priority }) => [id, priority])).toEqual([
      ['OPS-101', 'P1'],
      ['OPS-102', 'P3'],
    ])
    expect(life(ticketsOf(evidence)['OPS-101'])[0]).toBe('opened P1 2026-06-01T21:30:00Z')
    expect(evidence.inputs[0]?.counts).toMatchObject([{ rows: 3, used: 2, leftOut: 1 }])
  })

  it('takes another way of writing times', async () => {
    const file = 'Issue key,Priority,Created,Resolved\nA-1,High,2026-06-01 09:00,\nA-2,High,1/6/2026 9:00,\n'
    const iso = { 'a.csv': file.replace(/A-2.*\n/, '') }
    expect(life(ticketsOf(await read(iso, { types: TICKETS, timezone: 'UTC' }))['A-1'])).toEqual([
      'opened High 2026-06-01T09:00:00Z',
    ])
    const wrong = await errorsOf({ 'a.csv': file }, { types: TICKETS, timezone: 'UTC' })
    expect(wrong.map(short)).toEqual([
      '3:10 opened_at: "1/6/2026 9:00" is not a time as D/MMM/YY h:mm A | say how times are written with time-format in a --map file, such as time-format: D/M/YYYY HH:mm',
    ])
    const said = { 'a.csv': file.replace(/A-1.*\n/, '') }
    const options = { types: TICKETS, timezone: 'UTC', ...mapping('time-format: D/M/YYYY H:mm\n') }
    expect(life(ticketsOf(await read(said, options))['A-2'])).toEqual(['opened High 2026-06-01T09:00:00Z'])
  })

  it('is not recognised where the user says what the file is', async () => {
    const file = { 'a.csv': 'Issue key,Priority,Created,Comment\nA-1,High,2026-06-01T09:00:00Z,x\n' }
    const types = TICKETS
    expect((await read(file, { types })).inputs[0]?.tool).toBe('jira')
    expect((await read(file, { types, as: 'ticket' })).inputs[0]).not.toHaveProperty('tool')
    for (const map of ['as: ticket\n', 'columns: { Comment: queue }\n']) {
      expect((await read(file, { types, ...mapping(map) })).inputs[0]).not.toHaveProperty('tool')
    }
  })
})

describe('Jira JSON', () => {
  it('tells lives from fields, changelog and comments', async () => {
    const evidence = await readFixtures(['jira/search.json'])
    const tickets = ticketsOf(evidence)
    expect(tickets['OPS-101']?.priority).toBe('Medium')
    expect(life(tickets['OPS-101'])).toEqual([
      'opened Medium 2026-06-01T15:30:00Z',
      'status Open 2026-06-01T15:30:00Z',
      'auto-replied 2026-06-01T15:32:00Z',
      'replied 2026-06-01T15:45:00Z',
      'priority Highest 2026-06-01T15:50:00Z',
      'status Waiting for customer 2026-06-01T16:00:00Z',
      'status In Progress 2026-06-01T17:00:00Z',
      'resolved 2026-06-02T08:00:00.250Z',
      'status Done 2026-06-02T08:00:00.250Z',
    ])
    expect(life(tickets['OPS-102'])).toEqual([
      'opened Low 2026-06-01T09:00:00Z',
      'status Reopened 2026-06-01T09:00:00Z',
      'resolved 2026-06-01T10:00:00Z',
      'reopened 2026-06-01T12:00:00Z',
    ])
    expect(tickets['OPS-103']?.priority).toBeNull()
    expect(life(tickets['OPS-103'])).toEqual(['opened 2026-06-01T15:00:00Z', 'resolved 2026-06-01T18:00:00Z'])
    // Left out: the assignee, three comments of five, and one resolution that became another.
    expect(evidence.inputs[0]).toMatchObject({
      format: 'json',
      tool: 'jira',
      columns: { key: 'id', 'fields.created': 'opened_at' },
      counts: [
        { type: 'ticket', rows: 3, used: 3 },
        { type: 'ticket-change', rows: 17, used: 11, leftOut: 5, duplicates: 1 },
      ],
    })
  })

  it('maps the priorities of changes as those of issues', async () => {
    const map = mapping('values: { priority: { Highest: P1, Medium: P3 }, status: { Done: Finished } }\n')
    const ticket = ticketsOf(await readFixtures(['jira/search.json'], map))['OPS-101']
    expect(ticket?.priority).toBe('P3')
    expect(life(ticket)).toEqual(expect.arrayContaining(['priority P1 2026-06-01T15:50:00Z']))
    expect(life(ticket).at(-1)).toBe('status Finished 2026-06-02T08:00:00.250Z')
  })

  it('knows of no response without comments, and of none at all with an empty list', async () => {
    const issue = (key: string, more: object) => ({
      key,
      fields: { priority: { name: 'P1' }, created: '2026-06-01T09:00:00.000+0000', resolutiondate: null, ...more },
    })
    const issues = [
      issue('A-1', {}),
      issue('A-2', { reporter: { name: 'x' }, comment: { comments: [], total: 0 } }),
      issue('A-3', { comment: { comments: [{ author: { name: 'y' }, created: '2026-06-01T10:00:00.000+0000' }] } }),
    ]
    const tickets = ticketsOf(await read({ 'a.json': JSON.stringify({ issues }) }, { types: TICKETS }))
    const known = Object.values(tickets).map(({ id, unknown: words }) => [id, !words.has('responded')])
    expect(known).toEqual([
      ['A-1', false],
      ['A-2', true],
      ['A-3', false],
    ])
    const comment = { comments: [{ author: { name: 'y' }, created: '2026-06-01T10:00:00.000+0000' }] }
    const anonymous = JSON.stringify({ issues: [issue('A-4', { reporter: null, comment })] })
    const replied = ticketsOf(await read({ 'a.json': anonymous }, { types: TICKETS }))
    expect(life(replied['A-4'])).toContain('replied 2026-06-01T10:00:00Z')
    for (const ticket of Object.values(tickets)) expect(unknown(ticket)).not.toContain('resolved')
  })

  it('refuses an issue whose lists are cut off, and says which', async () => {
    const cut = fixture('jira/search.json').replace('"total": 5,', '"total": 105,')
    expect((await errorsOf({ 'a.json': cut }, { types: TICKETS })).map(short)).toEqual([
      '12:7 OPS-101: the changelog of this issue is cut off, 5 of 105 entries | fetch all of it (/issue/KEY/changelog) before the export is read',
    ])
    const { tickets, skipped, inputs } = await read({ 'a.json': cut }, { types: TICKETS, onBadRow: 'skip' })
    expect(tickets.count).toBe(2)
    // It may be of either type that the file holds.
    expect(skipped.map(({ type }) => type).sort()).toEqual(['ticket', 'ticket-change'])
    expect(inputs[0]?.counts).toContainEqual(expect.objectContaining({ rows: 1, skipped: 1 }))
  })

  it('reads one issue on each line and lists without a document around them alike', async () => {
    const { issues } = JSON.parse(fixture('jira/search.json')) as { issues: object[] }
    const whole = ticketsOf(await readFixtures(['jira/search.json']))
    for (const files of [
      { 'a.ndjson': issues.map(issue => JSON.stringify(issue)).join('\n') },
      { 'a.json': JSON.stringify(issues) },
      { 'a.json': JSON.stringify({ total: 3, issues }) },
    ]) {
      const tickets = ticketsOf(await read(files, { types: TICKETS }))
      for (const [id, ticket] of Object.entries(tickets)) expect(life(ticket)).toEqual(life(whole[id]))
      expect(Object.keys(tickets)).toEqual(Object.keys(whole))
    }
  })

  it('says where a record is at fault', async () => {
    const text = fixture('jira/search.json').replace('2026-06-01T17:30:00.000+0200', 'yesterday')
    const [first] = await errorsOf({ 'a.json': text }, { types: TICKETS })
    const line = text.split('\n').findIndex(one => one.includes('yesterday')) + 1
    expect(first?.message).toMatch(/^opened_at: "yesterday"/)
    // The record's first key of that name.
    expect(first?.span?.line).toBeLessThanOrEqual(line)
  })
})

describe('ServiceNow updates', () => {
  it('are states of incidents', async () => {
    const evidence = await readFixtures(['servicenow/incident_event_log.csv'], {
      timezone: 'UTC',
      ...mapping('values: { priority: { 1 - Critical: P1, 2 - High: P2, 3 - Moderate: P3 } }\n'),
    })
    const tickets = ticketsOf(evidence)
    expect(tickets.INC9000001?.priority).toBe('P3')
    expect(life(tickets.INC9000001)).toEqual([
      'opened P3 2026-03-01T08:05:00Z',
      'status New 2026-03-01T08:05:00Z',
      'priority P2 2026-03-01T11:00:00Z',
      'status Awaiting User Info 2026-03-01T11:00:00Z',
      'status Active 2026-03-01T15:00:00Z',
      'resolved 2026-03-02T09:30:00Z',
      'status Resolved 2026-03-02T09:30:00Z',
      'closed 2026-03-07T10:00:00Z',
      'status Closed 2026-03-07T10:00:00Z',
    ])
    expect(tickets.INC9000002?.priority).toBe('P1')
    expect(life(tickets.INC9000002)).toEqual(['opened P1 2024-02-29T01:16:00Z', 'status New 2024-02-29T01:16:00Z'])
    expect(unknown(tickets.INC9000001)).toContain('responded')
    expect(evidence.inputs[0]).toMatchObject({
      tool: 'servicenow',
      columns: { number: 'id', incident_state: 'status', sys_updated_at: 'updated_at' },
      counts: [{ type: 'ticket', rows: 6, used: 6 }],
    })
  })

  it('with a state that is none are bad rows, unless the mapping names it', async () => {
    const text = fixture('servicenow/incident_event_log.csv').replace(',Active,', ',-100,')
    const options = { types: TICKETS, timezone: 'UTC' }
    const errors = await errorsOf({ 'a.csv': text }, options)
    expect(errors.map(error => [error.span?.line, error.message.slice(0, 14)])).toEqual([[4, 'status "-100":']])
  })

  it('recognises the columns under the names of current releases', async () => {
    const text = fixture('servicenow/incident_event_log.csv')
      .replace('incident_state', 'state')
      .replace('sys_updated_at', 'sys_updated_on')
    const evidence = await read({ 'a.csv': text }, { types: TICKETS, timezone: 'UTC' })
    expect(evidence.inputs[0]).toMatchObject({ tool: 'servicenow', columns: { state: 'status' } })
    expect(life(ticketsOf(evidence).INC9000001)).toHaveLength(9)
  })
})

describe('GLPI CSV', () => {
  it('is read in English and French, whichever way days are written', async () => {
    const evidence = await readFixtures(['glpi/tickets.csv', 'glpi/tickets-fr.csv'], { timezone: 'Europe/Paris' })
    const tickets = ticketsOf(evidence)
    expect(evidence.inputs.map(({ tool }) => tool)).toEqual(['glpi', 'glpi'])
    expect(life(tickets['2 400'])).toEqual([
      'opened High 2026-05-04T07:05:00Z',
      'resolved 2026-05-04T09:00:00Z',
      'closed 2026-05-05T16:00:00Z',
    ])
    expect(life(tickets['2 401'])).toEqual(['opened Medium 2026-05-04T08:00:00Z'])
    expect(life(tickets['7'])).toEqual(['opened Haute 2026-05-04T07:05:00Z', 'resolved 2026-05-04T09:00:00Z'])
  })
})

describe('presets named by a mapping', () => {
  it('hold for files that are not recognised, with what the mapping adds', async () => {
    const text =
      'ID;Priority;Opened;First reply;Priority name;Type\n1;High;04-05-2026 09:05;04-05-2026 09:20;x;Incident\n'
    const map = mapping(`preset: glpi
columns: { Opened: opened_at, First reply: responded_at }
values: { priority: { High: P2 } }
timezone: Europe/Paris
`)
    const evidence = await read({ 'a.csv': text }, { types: TICKETS, ...map })
    expect(life(ticketsOf(evidence)['1'])).toEqual(['opened P2 2026-05-04T07:05:00Z', 'responded 2026-05-04T07:20:00Z'])
    expect(evidence.inputs[0]).toMatchObject({ tool: 'glpi', columns: { 'First reply': 'responded_at' } })
  })

  it('take the states of the mapping in place of their own', async () => {
    const text = fixture('servicenow/incident_event_log.csv').replaceAll(',Awaiting User Info,', ',Parked,')
    const map = mapping(`preset: servicenow
states: [New, Active, Parked, Resolved, Closed]
resolved-in: [Closed]
`)
    const evidence = await read({ 'a.csv': text }, { types: TICKETS, timezone: 'UTC', ...map })
    const lived = life(ticketsOf(evidence).INC9000001)
    expect(lived).toContain('status Parked 2026-03-01T11:00:00Z')
    // Resolved when it is closed: its stamp of resolution lies before, on the row that closes it.
    expect(lived.filter(one => one.startsWith('resolved'))).toHaveLength(1)
  })
})
