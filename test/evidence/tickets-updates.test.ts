import { describe, expect, it } from 'vitest'
import type { ReadOptions } from '../../src/evidence/evidence.ts'
import { at, errorsOf, read, short } from './support.ts'
import { life, TYPES, table, ticketOf, ticketsOf } from './tickets-support.ts'

const HEADER = 'id,priority,status,opened_at,resolved_at,updated_at'

const mapped = (text: string): Partial<ReadOptions> => ({
  types: TYPES,
  mapping: { file: 'map.yaml', bytes: Buffer.from(text) },
})
const UPDATES = mapped('rows: updates\n')
const RULED = mapped('rows: updates\nresolved-in: [done, closed]\nstates: [new, open, waiting, done, closed]\n')

const errorTexts = async (files: Readonly<Record<string, string>>, options: Partial<ReadOptions>) =>
  (await errorsOf(files, options)).map(diagnostic => short(diagnostic).replace(/^(\d+):\d+/, '$1'))

describe('rows: updates', () => {
  it('keeps the states of one minute in the order of the file', async () => {
    const evidence = await read(
      {
        'log.csv': table(
          HEADER,
          'T-1,P1,new,08:00,,08:00',
          'T-1,P1,done,08:00,,09:00',
          'T-1,P2,open,08:00,,10:00',
          'T-1,P2,done,08:00,,10:00',
          'T-1,P2,open,08:00,,10:00',
          'T-1,P2,closed,08:00,,10:00',
        ),
      },
      RULED,
    )
    expect(life(ticketOf(evidence, 'T-1'))).toEqual([
      '08:00 opened P1',
      '08:00 status new',
      '09:00 resolved',
      '09:00 status done',
      '10:00 reopened',
      '10:00 priority P2',
      '10:00 status open',
      '10:00 resolved',
      '10:00 status done',
      '10:00 reopened',
      '10:00 status open',
      '10:00 resolved',
      '10:00 status closed',
    ])
  })

  it('reads rows of one id as states, stamps from the last of them', async () => {
    const evidence = await read(
      {
        'log.csv': table(
          HEADER,
          'T-1,P3,new,08:00,,08:01',
          'T-2,P1,new,08:05,,08:05',
          'T-1,P3,waiting,08:00,,08:30',
          'T-1,P2,open,08:00,,09:00',
          'T-1,P2,open,08:00,,09:10',
          'T-1,P2,done,08:00,09:55,10:00',
        ),
      },
      UPDATES,
    )
    const ticket = ticketOf(evidence, 'T-1')
    expect(life(ticket)).toEqual([
      '08:00 opened P3',
      '08:00 status new',
      '08:30 status waiting',
      '09:00 priority P2',
      '09:00 status open',
      '09:55 resolved',
      '10:00 status done',
    ])
    expect(ticket.priority).toBe('P3')
    expect(ticket.origin).toEqual({ input: 0, line: 2 })
    expect([...ticket.unknown]).toEqual([
      'responded',
      'replied',
      'auto-replied',
      'updated',
      'workaround',
      'report-sent',
      'closed',
    ])
    expect(life(ticketOf(evidence, 'T-2'))).toEqual(['08:05 opened P1', '08:05 status new'])
    expect(evidence.inputs[0]?.counts).toMatchObject([{ rows: 6, used: 6 }])
    expect(evidence.warnings).toEqual([])
  })

  it('resolves and reopens by the states that say so', async () => {
    const evidence = await read(
      {
        'log.csv': table(
          HEADER,
          'T-1,P3,new,08:00,,08:00',
          'T-1,P3,done,08:00,08:50,09:00',
          'T-1,P3,closed,08:00,08:50,09:10',
          'T-1,P3,open,08:00,08:50,09:20',
          'T-1,P3,done,08:00,08:50,09:30',
          'T-2,P3,done,08:00,07:00,08:10',
          'T-3,P3,done,08:00,08:40,08:20',
          'T-4,P3,open,08:00,08:40,08:45',
        ),
      },
      RULED,
    )
    // A stamp from before it was reopened does not date the second resolution.
    expect(life(ticketOf(evidence, 'T-1')).filter(text => !text.includes('status'))).toEqual([
      '08:00 opened P3',
      '08:50 resolved',
      '09:20 reopened',
      '09:30 resolved',
    ])
    // Neither does one from before the opening, or from after the row that has it.
    expect(life(ticketOf(evidence, 'T-2'))).toEqual(['08:00 opened P3', '08:00 status done', '08:10 resolved'])
    expect(life(ticketOf(evidence, 'T-3'))).toContain('08:20 resolved')
    expect(life(ticketOf(evidence, 'T-4'))).toEqual(['08:00 opened P3', '08:00 status open'])
    const unknown = ['responded', 'replied', 'auto-replied', 'updated', 'workaround', 'report-sent']
    expect([...ticketOf(evidence, 'T-4').unknown]).toEqual(unknown)
    expect(ticketsOf(evidence).some(({ flaw }) => flaw !== undefined)).toBe(false)
  })

  it('sorts rows that are out of order into place and says so once a file', async () => {
    const evidence = await read(
      {
        'log.csv': table(
          HEADER,
          'T-1,P1,new,08:00,,08:00',
          'T-1,P1,done,08:00,10:00,10:00',
          'T-1,P2,waiting,08:00,,09:00',
          'T-2,P1,open,08:10,,08:20',
          'T-2,P1,new,08:10,,08:10',
        ),
      },
      RULED,
    )
    expect(life(ticketOf(evidence, 'T-1'))).toEqual([
      '08:00 opened P1',
      '08:00 status new',
      '09:00 priority P2',
      '09:00 status waiting',
      '10:00 resolved',
      '10:00 priority P1',
      '10:00 status done',
    ])
    expect(life(ticketOf(evidence, 'T-2'))).toEqual(['08:10 opened P1', '08:10 status new', '08:20 status open'])
    expect(evidence.warnings.map(short)).toEqual([
      '4:1 2 rows are dated before one above of the same ticket: lines 4, 6 | they are sorted by updated_at',
    ])
    expect(evidence.warnings[0]?.code).toBe('out-of-order')
    expect(evidence.inputs[0]?.counts).toMatchObject([{ rows: 5, used: 5 }])
  })

  it('takes the last row of one time for the last state', async () => {
    const evidence = await read(
      {
        'log.csv': table(
          HEADER,
          'T-1,P1,new,08:00,,08:00',
          'T-1,P1,open,08:00,,09:00',
          'T-1,P1,waiting,08:00,09:00,09:00',
        ),
      },
      UPDATES,
    )
    expect(life(ticketOf(evidence, 'T-1')).slice(2)).toEqual([
      '09:00 resolved',
      '09:00 status open',
      '09:00 status waiting',
    ])
  })

  it('takes equal rows of overlapping exports once', async () => {
    const rows = ['T-1,P1,new,08:00,,08:00', 'T-1,P1,open,08:00,,09:00']
    const evidence = await read(
      { 'a.csv': table(HEADER, ...rows), 'b.csv': table(HEADER, ...rows, 'T-1,P1,done,08:00,10:00,10:00') },
      RULED,
    )
    expect(life(ticketOf(evidence, 'T-1'))).toHaveLength(5)
    expect(evidence.inputs.map(({ counts }) => counts[0]?.duplicates)).toEqual([0, 2])
    expect(evidence.warnings).toEqual([])
  })

  it('knows nothing that was written after as of', async () => {
    const evidence = await read(
      {
        'log.csv': table(HEADER, 'T-1,P1,new,08:00,,08:00', 'T-1,P2,done,08:00,09:00,09:30', 'T-2,P1,new,09:40,,09:40'),
      },
      { ...RULED, asOf: at('2026-05-01T09:15:00Z') },
    )
    expect(ticketsOf(evidence).map(life)).toEqual([['08:00 opened P1', '08:00 status new']])
    expect(evidence.inputs[0]?.counts).toMatchObject([{ used: 1, later: 2 }])
  })

  it('tells blank and unknown states and priorities', async () => {
    const evidence = await read(
      {
        'log.csv': table(
          HEADER,
          'T-1,?,?,08:00,,08:00',
          'T-1,P1,,08:00,,08:10',
          'T-1,?,open,08:00,,08:20',
          'T-1,,open,08:00,?,08:30',
        ),
      },
      UPDATES,
    )
    const ticket = ticketOf(evidence, 'T-1')
    expect(ticket.priority).toBeUndefined()
    expect(life(ticket)).toEqual([
      '08:00 opened',
      '08:00 status ?',
      '08:10 priority P1',
      '08:20 status open',
      '08:30 priority',
    ])
    expect(ticket.unknown.has('resolved')).toBe(true)
  })

  it('goes with change rows of another file', async () => {
    const evidence = await read(
      {
        'log.csv': table(HEADER, 'T-1,P1,new,08:00,,08:00'),
        'changes.csv': table('id,time,change', 'T-1,08:20,replied'),
      },
      mapped('- { files: "*log.csv", rows: updates }\n- {}\n'),
    )
    const ticket = ticketOf(evidence, 'T-1')
    expect(life(ticket)).toEqual(['08:00 opened P1', '08:00 status new', '08:20 replied'])
    expect(ticket.unknown.has('responded') || ticket.unknown.has('replied')).toBe(false)
    expect(ticket.unknown.has('updated')).toBe(true)
  })

  it('refuses a ticket that another file gives as a whole', async () => {
    const log = table(HEADER, 'T-1,P1,new,08:00,,08:00')
    const whole = table('id,priority,opened_at', 'T-1,P1,08:00')
    for (const files of [
      { 'log.csv': log, 'whole.csv': whole },
      { 'a.csv': whole, 'log.csv': log },
    ]) {
      const evidence = await read(files, mapped('- { files: "*log.csv", rows: updates }\n- {}\n'))
      expect(ticketOf(evidence, 'T-1').flaw).toMatchObject({
        reason: 'repeated-id',
        origins: [{ input: 0 }, { input: 1 }],
      })
      expect(life(ticketOf(evidence, 'T-1'))).toEqual(['08:00 opened P1', '08:00 status new'])
    }
  })

  it('says what is wrong with a row', async () => {
    const rows = ['T-1,P1,opne,08:00,,08:00', 'T-2,P1,new,08:00,,', 'T-3,P1,new,08:00,07:00,08:00']
    expect(await errorTexts({ 'log.csv': table(HEADER, ...rows) }, RULED)).toEqual([
      '2 status "opne": expected new, open, waiting, done or closed | name it in the mapping (states)',
      '3 updated_at is blank: expected an instant or a date',
    ])
    expect(await errorTexts({ 'log.csv': table(HEADER, ...rows.slice(1)) }, UPDATES)).toEqual([
      '2 updated_at is blank: expected an instant or a date',
      '3 resolved_at lies before opened_at',
    ])
    expect(await errorTexts({ 'log.csv': table('id,priority,opened_at', 'T-1,P1,08:00') }, UPDATES)).toEqual([
      '1 no column "updated_at", which rows: updates needs',
      '1 no column "status", which rows: updates needs',
    ])
    const skipped = await read({ 'log.csv': table(HEADER, ...rows) }, { ...RULED, onBadRow: 'skip' })
    expect(ticketsOf(skipped).map(({ id, flaw }) => [id, flaw?.reason])).toEqual([
      ['T-1', 'bad-row'],
      ['T-2', 'bad-row'],
      ['T-3', undefined],
    ])
  })
})

describe('mappings of states', () => {
  const mappingErrors = async (text: string) =>
    (await errorsOf({ 'log.csv': table(HEADER, 'T-1,P1,new,08:00,,08:00') }, mapped(text))).map(short)

  it('say all that is wrong', async () => {
    expect(await mappingErrors('rows: update\n')).toEqual(['1:7 rows "update": expected updates'])
    expect(await mappingErrors('as: outage\nrows: updates\n')).toEqual([
      '1:5 rows: updates is for records of type ticket, not outage',
    ])
    expect(await mappingErrors('states: [new]\n')).toEqual([
      '1:9 states says how successive states are read | say rows: updates too, or a preset that has them',
    ])
    expect(await mappingErrors('rows: updates\nstates: [new, done]\nresolved-in: [dne]\n')).toEqual([
      '3:14 resolved-in "dne" is none of states | did you mean "done"?',
    ])
    expect(await mappingErrors('preset: servicenwo\n')).toEqual([
      expect.stringMatching(
        /^1:9 unknown preset "servicenwo": did you mean "servicenow"\? \| known presets are .*servicenow/,
      ),
    ])
    expect(await mappingErrors('preset: jira\nrows: updates\n')).toEqual([
      '2:7 preset jira has one row for each ticket, not one for each of its states',
    ])
  })

  it('lay what they say over a preset', async () => {
    const log = `number,incident_state,sys_mod_count,opened_at,sys_updated_at,priority
INC1,New,0,1/5/2026 10:00,1/5/2026 10:01,2 - High
INC1,Parked,1,1/5/2026 10:00,1/5/2026 11:00,2 - High
INC1,Resolved,2,1/5/2026 10:00,1/5/2026 12:00,2 - High
`
    const options = mapped(`preset: servicenow
timezone: UTC
states: [New, Parked, Resolved]
values: { priority: { "2 - High": P2 } }
`)
    expect(life(ticketOf(await read({ 'log.csv': log }, options), 'INC1'))).toEqual([
      '10:00 opened P2',
      '10:00 status New',
      '11:00 status Parked',
      '12:00 resolved',
      '12:00 status Resolved',
    ])
  })
})
