import { describe, expect, it } from 'vitest'
import type { ReadOptions } from '../../src/evidence/evidence.ts'
import { errorsOf, read, short } from './support.ts'
import { life, TYPES, table, ticketOf, ticketsOf } from './tickets-support.ts'

const WIDE = 'id,priority,opened_at,responded_at,resolved_at,closed_at'
const CHANGES = 'id,time,change,value'

const readTickets = (files: Readonly<Record<string, string>>, options: Partial<ReadOptions> = {}) =>
  read(files, { types: TYPES, ...options })

const errorTexts = async (files: Readonly<Record<string, string>>) =>
  (await errorsOf(files, { types: TYPES })).map(diagnostic => short(diagnostic).replace(/^(\d+):\d+/, '$1'))

describe('rows that say the same', () => {
  it('are one ticket or one change, and counted', async () => {
    const evidence = await readTickets({
      'may.csv': table(WIDE, 'T-1,P1,08:00,08:10,,'),
      'again.csv': table(
        'closed_at,priority,id,opened_at,responded_at,resolved_at',
        ',P1,T-1, 08:00 ,08:10,',
        ',P1,T-2,08:00,08:10,',
      ),
      'c.csv': table(
        CHANGES,
        'T-1,09:00,paused,a',
        'T-1,09:00,paused,b',
        'T-1,09:00,paused,a',
        'T-1,08:10,responded,x',
      ),
      'd.csv': table(CHANGES, 'T-1,09:00,paused,b', 'T-2,08:00,opened,', 'T-2,08:00,opened,'),
    })
    expect(life(ticketOf(evidence, 'T-1'))).toEqual([
      '08:00 opened P1',
      '08:10 responded',
      '09:00 paused a',
      '09:00 paused b',
    ])
    expect(evidence.inputs.map(({ counts: [count] }) => [count?.used, count?.duplicates])).toEqual([
      [1, 0],
      [1, 1],
      [2, 2],
      [0, 3],
    ])
    expect(evidence.warnings).toEqual([])
    expect(ticketsOf(evidence).some(({ flaw }) => flaw !== undefined)).toBe(false)
  })
})

describe('rows that contradict each other', () => {
  it('an id given twice spoils its ticket, with a warning that names the rows', async () => {
    const evidence = await readTickets({
      'a.csv': table(WIDE, 'T-1,P1,08:00,,,', 'T-2,P1,09:00,,,', 'T-2,P1,09:00,09:10,,'),
      'b.csv': table(WIDE, 'T-1,P2,07:00,,,', 'T-1,P1,08:00,,,'),
    })
    expect(ticketsOf(evidence).map(({ id, flaw }) => [id, flaw?.reason, flaw?.origins])).toEqual([
      [
        'T-1',
        'repeated-id',
        [
          { input: 0, line: 2 },
          { input: 1, line: 2 },
        ],
      ],
      [
        'T-2',
        'repeated-id',
        [
          { input: 0, line: 3 },
          { input: 0, line: 4 },
        ],
      ],
    ])
    expect(
      evidence.warnings.map(({ code, span, message }) => [code, span?.line, message.replace(/\S*a\.csv/, 'a.csv')]),
    ).toEqual([
      ['repeated-id', 4, 'ticket "T-2" is given more than once, and the rows differ: see also line 3'],
      ['repeated-id', 2, 'ticket "T-1" is given more than once, and the rows differ: see also a.csv line 2'],
    ])
    expect(evidence.inputs[1]?.counts).toMatchObject([{ used: 1, duplicates: 1 }])
  })

  it('two openings spoil it too', async () => {
    const evidence = await readTickets({
      'a.csv': table(WIDE, 'T-1,P1,08:00,,,'),
      'c.csv': table(CHANGES, 'T-1,08:01,opened,P1', 'T-2,09:00,opened,P1', 'T-2,09:00,opened,P2'),
    })
    expect(ticketsOf(evidence).map(({ id, flaw }) => [id, flaw?.reason, flaw?.origins])).toEqual([
      [
        'T-1',
        'contradictory',
        [
          { input: 0, line: 2 },
          { input: 1, line: 2 },
        ],
      ],
      [
        'T-2',
        'contradictory',
        [
          { input: 1, line: 3 },
          { input: 1, line: 4 },
        ],
      ],
    ])
    expect(evidence.warnings.map(({ code, span }) => [code, span?.line])).toEqual([
      ['contradictory', 2],
      ['contradictory', 4],
    ])
  })

  it('a ticket without an opening is listed by its first change', async () => {
    const evidence = await readTickets({
      'c.csv': table(CHANGES, 'T-3,09:00,resolved,', 'T-1,10:00,opened,', 'T-2,11:00,closed,', 'T-2,10:30,replied,'),
    })
    expect(ticketsOf(evidence).map(({ id, flaw }) => [id, flaw?.reason])).toEqual([
      ['T-3', 'no-opening'],
      ['T-1', undefined],
      ['T-2', 'no-opening'],
    ])
    expect(life(ticketOf(evidence, 'T-2'))).toEqual(['10:30 replied', '11:00 closed'])
    expect(evidence.warnings.map(short)).toEqual([
      '2:1 2 tickets have changes but no opening: "T-3", "T-2" | give each a ticket row or a change opened',
    ])
  })
})

describe('bad rows', () => {
  const wide = {
    'tickets.csv': table(
      WIDE,
      'T-1,P1,08:00,07:59,,',
      ',P1,08:00,,,',
      'T-2,P1,08:00,,09:00,08:59',
      'T-3,P1,soon,,,',
      'T-4,P1,08:00,,,',
      'T-4,P1,,,,',
    ),
  }

  it('are errors with their place', async () => {
    expect(await errorTexts(wide)).toEqual([
      '2 responded_at lies before opened_at',
      "3 id is blank: expected the ticket's id",
      '4 closed_at lies before resolved_at',
      expect.stringMatching(/^5 opened_at: /),
      '7 opened_at is blank: expected an instant or a date',
    ])
    const changes = table(
      CHANGES,
      ',08:00,opened,',
      '?,08:00,opened,',
      'T-1,08:00,resolve,',
      'T-1,08:00,,',
      'T-1,,opened,',
    )
    expect(await errorTexts({ 'c.csv': changes })).toEqual([
      "2 id is blank: expected the ticket's id",
      "3 id is blank: expected the ticket's id",
      expect.stringMatching(/^4 change "resolve": expected opened, .* \| did you mean "resolved"\?$/),
      expect.stringMatching(/^5 change is blank: expected opened, /),
      '6 time is blank: expected an instant or a date',
    ])
  })

  it('left out spoil the ticket that they name, and the log where they name none', async () => {
    const evidence = await readTickets(wide, { onBadRow: 'skip' })
    expect(ticketsOf(evidence).map(({ id, flaw, priority }) => [id, flaw?.reason, priority])).toEqual([
      ['T-1', 'bad-row', 'P1'],
      ['T-2', 'bad-row', 'P1'],
      ['T-4', 'bad-row', 'P1'],
      ['T-3', 'bad-row', 'P1'],
    ])
    expect(ticketOf(evidence, 'T-1').flaw?.origins).toEqual([{ input: 0, line: 2 }])
    expect(life(ticketOf(evidence, 'T-2'))).toEqual(['08:00 opened P1'])
    expect(life(ticketOf(evidence, 'T-3'))).toEqual([])
    expect(evidence.inputs[0]?.counts).toMatchObject([{ rows: 6, used: 1, skipped: 5 }])
    expect(evidence.skipped.length).toBeGreaterThan(0)
    const named = { 'tickets.csv': table(WIDE, 'T-1,P1,08:00,07:59,,', 'T-2,P1,08:00,,,') }
    expect((await readTickets(named, { onBadRow: 'skip' })).skipped).toEqual([])
  })

  it('are changes before the opening, whatever file it is in', async () => {
    const files = {
      'c.csv': table(
        CHANGES,
        'T-1,07:59,responded,',
        'T-1,07:00,priority,P2',
        'T-2,07:00,closed,',
        'T-2,08:00,opened,P1',
      ),
      'tickets.csv': table(WIDE, 'T-1,P1,08:00,,,'),
    }
    expect((await errorTexts(files)).map(text => text.replace(/\S*tickets\.csv/, 'tickets.csv'))).toEqual([
      '2 responded lies before the opening of ticket "T-1": tickets.csv line 2',
      '4 closed lies before the opening of ticket "T-2": line 5',
    ])
    const evidence = await readTickets(files, { onBadRow: 'skip' })
    expect(life(ticketOf(evidence, 'T-1'))).toEqual(['08:00 opened P2'])
    expect(ticketOf(evidence, 'T-1').flaw).toMatchObject({ reason: 'bad-row', origins: [{ input: 0, line: 2 }] })
    expect(ticketOf(evidence, 'T-2').flaw?.reason).toBe('bad-row')
    expect(evidence.inputs[0]?.counts).toMatchObject([{ rows: 4, used: 2, skipped: 2 }])
    expect(evidence.skipped).toEqual([])
  })

  it('spoil what they name also in records of JSON', async () => {
    const record = { id: 'T-1', time: '2026-05-01T08:00:00Z', change: 'opened', value: 'P1' }
    const files = { 'c.json': JSON.stringify([record, { ...record, change: 'nonsense' }]) }
    const evidence = await readTickets(files, { onBadRow: 'skip' })
    expect(ticketOf(evidence, 'T-1').flaw?.origins).toEqual([{ input: 0, line: 1, item: 2 }])
  })
})

describe('tickets that are of no concern', () => {
  it('are not brought back by their change rows, whichever file comes first', async () => {
    const tickets = table('id,priority,opened_at,service', 'T-1,P1,08:00,app', 'T-2,P1,09:00,shop', 'T-3,P1,10:00,')
    const changes = table(CHANGES, 'T-1,08:30,responded,', 'T-2,09:30,responded,', 'T-2,09:40,resolved,')
    for (const names of [
      ['a', 'b'],
      ['b', 'a'],
    ] as const) {
      const evidence = await readTickets(
        { [`${names[0]}.csv`]: tickets, [`${names[1]}.csv`]: changes },
        { services: ['app'] },
      )
      expect(ticketsOf(evidence).map(({ id, flaw }) => [id, flaw])).toEqual([
        ['T-1', undefined],
        ['T-3', undefined],
      ])
      const counts = evidence.inputs.flatMap(input => input.counts)
      expect(counts.find(({ type }) => type === 'ticket')).toMatchObject({ rows: 3, used: 2, unknownService: 1 })
      expect(counts.find(({ type }) => type === 'ticket-change')).toMatchObject({ rows: 3, used: 1, leftOut: 2 })
      expect(evidence.warnings.map(({ code }) => code)).toEqual(['unknown-service'])
    }
  })
})

describe('what a row of the whole ticket says', () => {
  it('of the priority may be of after as of', async () => {
    // At 09:30 the ticket was P1, at 12:00 it becomes P2 as its row says: so nothing tells the priority at 08:00.
    const files = (priority: string) => ({
      't.csv': table('id,priority,opened_at', `T-1,${priority},08:00`),
      'c.csv': table(CHANGES, 'T-1,09:00,priority,P1', 'T-1,12:00,priority,P2'),
    })
    for (const asOf of ['10:00', '13:00']) {
      const options = { asOf: Date.parse(`2026-05-01T${asOf}:00Z`) }
      expect(ticketOf(await readTickets(files('P2'), options), 'T-1').priority).toBeUndefined()
      expect(ticketOf(await readTickets(files('P3'), options), 'T-1').priority).toBe('P3')
    }
    const only = {
      't.csv': table('id,priority,opened_at', 'T-1,P2,08:00'),
      'c.csv': table(CHANGES, 'T-1,12:00,priority,P2'),
    }
    const before = { asOf: Date.parse('2026-05-01T10:00:00Z') }
    expect(ticketOf(await readTickets(only, before), 'T-1').priority).toBeUndefined()
  })

  it('by a date is told by an exact row of that day, unless it was reopened after that', async () => {
    const wide = 'id,priority,opened_at,resolved_at\nT-1,P1,2026-05-01T08:00:00Z,2026-05-01'
    const dated = { timezone: 'UTC' }
    const once = { 't.csv': wide, 'c.csv': table(CHANGES, 'T-1,10:00,resolved,') }
    expect(life(ticketOf(await readTickets(once, dated), 'T-1'))).toEqual(['08:00 opened P1', '10:00 resolved'])
    const again = { 't.csv': wide, 'c.csv': table(CHANGES, 'T-1,10:00,resolved,', 'T-1,11:00,reopened,') }
    expect(life(ticketOf(await readTickets(again, dated), 'T-1'))).toEqual([
      '08:00 opened P1',
      '08:00~24:00 resolved',
      '10:00 resolved',
      '11:00 reopened',
    ])
    const twice = {
      't.csv': wide,
      'c.csv': table(CHANGES, 'T-1,10:00,resolved,', 'T-1,11:00,reopened,', 'T-1,12:00,resolved,'),
    }
    expect(life(ticketOf(await readTickets(twice, dated), 'T-1')).at(-1)).toBe('12:00 resolved')
  })

  it('of an opening without a priority is that it has none', async () => {
    const files = { 'c.csv': table(CHANGES, 'T-1,08:00,opened,', 'T-2,08:00,opened,?') }
    const evidence = await readTickets(files)
    expect(ticketOf(evidence, 'T-1').priority).toBeNull()
    expect(ticketOf(evidence, 'T-2').priority).toBeUndefined()
  })
})

describe('a ticket row and change rows that disagree', () => {
  const wide = 'id,priority,opened_at,resolved_at'
  const flawOf = async (row: string, ...rows: readonly string[]) => {
    const evidence = await readTickets({ 't.csv': table(wide, row), 'c.csv': table(CHANGES, ...rows) })
    const flaw = ticketOf(evidence, 'T-1').flaw
    return [flaw?.reason, flaw?.why, evidence.warnings.map(({ code }) => code)]
  }
  const fine = [undefined, undefined, []]

  it('on the priority are contradictory, unless a change of priority tells why', async () => {
    const why = 'its rows tell different priorities'
    expect(await flawOf('T-1,P1,08:00,', 'T-1,08:00,opened,P2')).toEqual(['contradictory', why, ['contradictory']])
    expect(await flawOf('T-1,P1,08:00,', 'T-1,08:00,opened,P1')).toEqual(fine)
    expect(await flawOf('T-1,P1,08:00,', 'T-1,08:00,opened,P2', 'T-1,09:00,priority,P1')).toEqual(fine)
    expect(await flawOf('T-1,P3,08:00,', 'T-1,08:00,opened,P2', 'T-1,09:00,priority,P1')).toEqual([
      'contradictory',
      why,
      ['contradictory'],
    ])
    expect(await flawOf('T-1,,08:00,', 'T-1,08:00,opened,P2')).toEqual(['contradictory', why, ['contradictory']])
  })

  it('on the resolution are contradictory, unless it was reopened', async () => {
    const why = 'its rows tell different resolutions and no reopening'
    const flaw = ['contradictory', why, ['contradictory']]
    expect(await flawOf('T-1,P1,08:00,09:00', 'T-1,10:00,resolved,')).toEqual(flaw)
    expect(await flawOf('T-1,P1,08:00,10:00', 'T-1,10:00,resolved,')).toEqual(fine)
    expect(await flawOf('T-1,P1,08:00,', 'T-1,10:00,resolved,')).toEqual(fine)
    expect(await flawOf('T-1,P1,08:00,12:00', 'T-1,10:00,resolved,', 'T-1,11:00,reopened,')).toEqual(fine)
  })

  it('on the service: a row that names an unknown one is not forgotten', async () => {
    const evidence = await readTickets(
      {
        't.csv': table('id,priority,opened_at,service', 'T-1,P1,08:00,app', 'T-2,P1,08:00,app'),
        'c.csv': table(
          `${CHANGES},service`,
          'T-1,09:00,resolved,,shop',
          'T-2,09:00,resolved,,app',
          'T-3,09:00,opened,,shop',
        ),
      },
      { services: ['app'] },
    )
    expect(ticketsOf(evidence).map(({ id, flaw }) => [id, flaw?.reason])).toEqual([
      ['T-1', 'contradictory'],
      ['T-2', undefined],
    ])
  })
})
