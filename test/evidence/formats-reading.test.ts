import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { columnName } from '../../src/evidence/filter.ts'
import { LIST_KEYS, mayBeExport } from '../../src/evidence/formats/heads.ts'
import { CONVERTERS, makeConversion, PRESETS } from '../../src/evidence/formats/index.ts'
import { presetNamed, presetNames } from '../../src/evidence/formats/presets.ts'
import { timeFormat } from '../../src/evidence/time-format.ts'
import { ticket } from '../../src/evidence/types/ticket.ts'
import { ticketChange } from '../../src/evidence/types/ticket-change.ts'
import { fixture, TICKETS } from './formats-support.ts'
import { at, errorsOf, read, short } from './support.ts'

describe('the lists of formats', () => {
  it('name every preset, and list only keys that documents are looked through for', async () => {
    expect([...presetNames()].sort()).toEqual(PRESETS.map(({ name }) => name).sort())
    for (const preset of PRESETS) expect(await presetNamed(preset.name)).toBe(preset.mapping)
    expect(presetNamed('remedy')).toBeUndefined()
    for (const { lists } of CONVERTERS) for (const key of lists) expect(['', ...LIST_KEYS]).toContain(key)
  })

  it('map to columns of the language only', () => {
    const columns = new Set([...ticket.columns, ...ticketChange.columns].map(({ name }) => name))
    for (const { mapping } of PRESETS) {
      for (const column of mapping.columns.values()) expect(columns).toContain(column)
      expect(mapping.preset).toBeDefined()
    }
    for (const { sources } of CONVERTERS) for (const column of Object.keys(sources)) expect(columns).toContain(column)
  })

  it('have no attribute that another column of a ticket would be taken from', () => {
    const others = [...ticket.columns, ...ticketChange.columns].flatMap(({ aliases = [] }) => aliases)
    const names = ['issue_type', 'resolution', 'labels', 'ticket_type', 'state_reason', 'metric']
    for (const name of names) expect(others.map(columnName)).not.toContain(name)
  })
})

describe('recognising exports', () => {
  it.each([
    ['jira/issues.csv', 'csv'],
    ['servicenow/incident_event_log.csv', 'csv'],
    ['glpi/tickets.csv', 'csv'],
    ['glpi/tickets-fr.csv', 'csv'],
    ['jira/search.json', 'json'],
    ['zendesk/tickets.json', 'json'],
    ['zendesk/ticket_metric_events.json', 'json'],
    ['github/issues.json', 'json'],
    ['github/events.json', 'json'],
    ['zammad/tickets.json', 'json'],
  ] as const)('%s may be one', (name, format) => {
    expect(mayBeExport(Buffer.from(fixture(name)), format)).toBe(true)
  })

  it('looks at the header of a table alone, and lets records of the language be', () => {
    const plain = 'id,priority,opened_at,note\nT-1,P1,2026-05-01T08:00:00Z,Issue key\n'
    expect(mayBeExport(Buffer.from(plain), 'csv')).toBe(false)
    expect(mayBeExport(Buffer.from('\n\nIssue key,x\n'), 'csv')).toBe(true)
    expect(mayBeExport(Buffer.from('{"records":[{"time":"x","metric":"m","value":1}]}'), 'json')).toBe(false)
  })

  it('reads records of the language under any of the keys', async () => {
    const records = [{ id: 'T-1', priority: 'P1', opened_at: '2026-05-01T08:00:00Z', fields: {}, requester_id: 1 }]
    for (const key of LIST_KEYS) {
      const { tickets, inputs } = await read({ 'a.json': JSON.stringify({ [key]: records }) }, { types: TICKETS })
      expect(tickets.count).toBe(1)
      expect(inputs[0]).not.toHaveProperty('tool')
    }
  })

  it('says which keys it knows when a document has its list elsewhere', async () => {
    const list = [{ id: 'T-1', priority: 'P1', opened_at: '2026-05-01T08:00:00Z' }]
    const hint =
      'a document has its records in a list under "records", "issues", "tickets", "ticket_metric_events"; give that list alone otherwise'
    for (const space of [undefined, 1]) {
      const text = JSON.stringify({ total: 1, items: list }, null, space)
      expect((await errorsOf({ 'a.json': text }, { types: TICKETS })).map(short)).toEqual([
        `${space === undefined ? '1:12' : '3:2'} the list of this document stands under "items", which is not known | ${hint}`,
      ])
    }
    const long = JSON.stringify({ items: Array.from({ length: 20_000 }, () => list[0]) })
    expect((await errorsOf({ 'a.json': long }, { types: TICKETS })).map(short)).toEqual([
      `1:1 record longer than 1 MiB | ${hint}`,
    ])
  })

  it('lets a record have lists of its own', async () => {
    const record = { start: '2026-05-01T08:00:00Z', end: null, parts: [{ a: 1 }], issues: ['A-1'] }
    const lines = { 'outages.ndjson': `${JSON.stringify(record)}\n` }
    expect((await read(lines)).outages).toHaveLength(1)
    const two = { 'outages.json': `${JSON.stringify(record)}\n${JSON.stringify(record)}\n` }
    expect((await read(two)).inputs[0]).toMatchObject({ format: 'ndjson', counts: [{ rows: 2 }] })
  })

  it('reads two lists of one document each as what it is', async () => {
    const { tickets } = JSON.parse(fixture('zendesk/tickets.json')) as { tickets: unknown }
    const { ticket_metric_events: events } = JSON.parse(fixture('zendesk/ticket_metric_events.json')) as {
      ticket_metric_events: unknown
    }
    const text = JSON.stringify({ tickets, users: [{ id: 1 }], ticket_metric_events: events })
    const { inputs } = await read({ 'a.json': text }, { types: TICKETS })
    expect(inputs[0]?.counts).toMatchObject([
      { type: 'ticket', rows: 3, used: 3 },
      { type: 'ticket-change', rows: 14, used: 9, leftOut: 5 },
    ])
  })
})

describe('converting', () => {
  const stamp = fc.constantFrom('2026-05-01T08:00:00Z', '2026-05-01T09:00:00.000+0200', '', null, 'soon', 7)
  const word = fc.constantFrom('closed', 'labeled', 'commented', 'activate', 'pause', 'fulfill', 'breach', 'reply_time')
  const named = fc.constantFrom<unknown>({ name: 'P1' }, { name: null }, null, 'P2', [], 3)
  const keys = {
    id: fc.option(fc.nat(9)),
    key: fc.constantFrom('A-1', 'A-2', ''),
    number: fc.oneof(fc.nat(9), fc.constant('22001')),
    ticket_id: fc.option(fc.nat(9)),
    created_at: stamp,
    closed_at: stamp,
    close_at: stamp,
    time: stamp,
    labels: fc.array(named),
    labels_url: fc.constant('x'),
    priority_id: fc.nat(3),
    requester_id: fc.nat(3),
    pull_request: fc.constant({}),
    issue: fc.record({ number: fc.nat(9) }),
    event: word,
    commit_url: fc.constant(null),
    metric: word,
    type: word,
    instance_id: fc.nat(2),
    label: named,
    fields: fc.record(
      {
        created: stamp,
        priority: named,
        status: named,
        resolutiondate: stamp,
        reporter: named,
        comment: fc.record({ comments: fc.array(fc.record({ author: named, created: stamp })) }),
      },
      { requiredKeys: [] },
    ),
    changelog: fc.record({
      histories: fc.array(
        fc.record({
          created: stamp,
          items: fc.array(
            fc.record({
              field: fc.constantFrom('priority', 'status', 'resolution', 'x'),
              fromString: fc.constantFrom(null, 'P1'),
              toString: fc.constantFrom(null, 'P2'),
            }),
          ),
        }),
      ),
    }),
  }
  const record = fc.record(keys, { requiredKeys: [] })

  it('makes something of every record, of cells that are text', () => {
    const conversion = makeConversion(undefined)
    fc.assert(
      fc.property(record, fc.constantFrom('', ...LIST_KEYS), (one, list) => {
        const converter = conversion.converterOf(one, list)
        if (converter === undefined) return
        const rows = conversion.rowsOf(converter, one)
        if ('problem' in rows) expect(rows.problem).not.toBe('')
        else {
          expect(rows.length).toBeGreaterThan(0)
          for (const row of rows) {
            if ('leftOut' in row) continue
            for (const cell of Object.values(row)) expect(typeof cell).toBe('string')
          }
        }
      }),
      { numRuns: 500 },
    )
  })

  it('drops no record without a count', async () => {
    const conversion = makeConversion(undefined)
    await fc.assert(
      fc.asyncProperty(fc.array(record, { minLength: 1, maxLength: 6 }), async records => {
        const [first] = records
        const converter = first === undefined ? undefined : conversion.converterOf(first, '')
        if (converter === undefined) return
        const made = records.map(one => {
          const by = converter.fits(one) ? converter : (conversion.converterOf(one, '') ?? converter)
          return by.rows(one, { priorities: new Set() })
        })
        const expected = made.reduce((sum, rows) => sum + ('problem' in rows ? 1 : rows.length), 0)
        const { inputs } = await read({ 'a.json': JSON.stringify(records) }, { types: TICKETS, onBadRow: 'skip' })
        const [input] = inputs
        expect(input?.tool).toBe(converter.name)
        let total = 0
        for (const count of input?.counts ?? []) {
          total += count.rows
          const { used, unasked, leftOut, unknownService, later, duplicates, skipped } = count
          expect(used + unasked + leftOut + unknownService + later + duplicates + skipped).toBe(count.rows)
        }
        expect(total).toBe(expected)
      }),
      { numRuns: 150 },
    )
  })
})

describe('time formats of exports', () => {
  it.each([
    ['D/MMM/YY h:mm A', '1/Jun/26 5:30 PM', '2026-06-01T17:30:00Z'],
    ['D/MMM/YY h:mm A', '01/JUN/26 05:30 pm', '2026-06-01T17:30:00Z'],
    ['D/MMM/YY h:mm A', '01/Jun/26 12:00 AM', '2026-06-01T00:00:00Z'],
    ['D/MMM/YY h:mm A', '01/Jun/26 12:59 PM', '2026-06-01T12:59:00Z'],
    ['D/MMM/YY h:mm A', '01/Jun/26 5:30\u202fPM', '2026-06-01T17:30:00Z'],
    ['D/M/YYYY H:mm', '29/2/2024 1:16', '2024-02-29T01:16:00Z'],
    ['D/M/YYYY HH:mm', '5/3/2016 12:00', '2016-03-05T12:00:00Z'],
    ['YYYYMMDDTHHmmss', '20260601T091500', '2026-06-01T09:15:00Z'],
    ['DD.MM.YYYY, HH:mm Uhr', '01.06.2026, 09:15 Uhr', '2026-06-01T09:15:00Z'],
    ['YYYY-MM-DD[ HH:mm[:ss[.SSS]]]', '2026-06-01 09:15:01', '2026-06-01T09:15:01Z'],
    ['YYYY-MM-DD hh:mmA', '2026-06-01 09:15PM', '2026-06-01T21:15:00Z'],
  ])('%s reads %s', (format, text, expected) => {
    expect(timeFormat(format)?.(text)).toEqual({ kind: 'local', local: at(expected) })
  })

  it('leaves out what may be left out', () => {
    const parse = timeFormat('YYYY-MM-DD[ HH:mm[:ss]]')
    expect(parse?.('2026-06-01')).toEqual({ kind: 'date', day: at('2026-06-01T00:00:00Z') / 86_400_000 })
    // A part that fits only at first counts for nothing.
    expect(parse?.('2026-06-01 09')?.kind).toBe('bad')
    expect(timeFormat('[YYYY-]MM-DD')?.('06-01')?.kind).toBe('bad')
  })

  it.each([
    ['D/MMM/YY h:mm A', '1/Jux/26 5:30 PM'],
    ['D/MMM/YY h:mm A', '1/Jun/26 0:30 PM'],
    ['D/MMM/YY h:mm A', '1/Jun/26 13:30 PM'],
    ['D/MMM/YY h:mm A', '1/Jun/26 5:30 XM'],
    ['D/MMM/YY h:mm A', '1/Jun/2026 5:30 PM'],
    ['DD/MMM/YY hh:mm A', '1/Jun/26 05:30 PM'],
    ['D/M/YYYY H:mm', '30/2/2024 1:16'],
    ['D/M/YYYY H:mm', '1/2/2024 1:16 '],
    ['D/M/YYYY H:mm', '001/2/2024 1:16'],
  ])('%s refuses %s', (format, text) => {
    expect(timeFormat(format)?.(text).kind).toBe('bad')
  })

  it.each(['D/M/YYYY h:mm', 'D/M/YYYY HH:mm A', 'D/M/YYYY mm', 'D/M/YYYY YY', 'D/M/YYYY]', 'D/M/YYYY [[HH:mm]'])(
    'refuses the format %s',
    format => {
      expect(timeFormat(format)).toBeUndefined()
    },
  )
})
