import { describe, expect, it } from 'vitest'
import type { Finding } from '../../src/model/finding.ts'
import { audit, byId, type Case } from '../support/audit.ts'
import type { Cells, Tables } from '../support/evidence.ts'
import { HOUR, ms, span } from '../support/instants.ts'

const given = (fields: string, evidence: Tables, more: Partial<Case> = {}): Case => ({
  contract: `
apiVersion: sla/v1
kind: Contract
id: test
timezone: Europe/Paris
calendars: { support: { days: mon-fri, hours: "09:00-18:00", holidays: FR } }
clauses:
  tickets: { kind: support, calendar: support, clock: calendar, on-reopen: continue, ${fields} }
`,
  evidence,
  asOf: '2026-07-01T00:00:00+02:00',
  period: '2026',
  ...more,
})
const judge = async (...args: Parameters<typeof given>): Promise<readonly Finding[]> => [
  ...((await audit(given(...args))).clauses[0]?.findings ?? []),
]
const warnings = async (...args: Parameters<typeof given>) =>
  (await audit(given(...args))).warnings.filter(({ code }) => code !== 'log-ends-early')

// 5 May 2026 is a Tuesday, Friday 8 May a holiday.
const may = (time: string) => `2026-05-${time}:00+02:00`
const date = (n: number) => [n, n + 1].map(d => ms(`2026-05-0${d}T00:00:00+02:00`)).join('~')
const row: Cells = { id: 'T-1', priority: 'P1', opened_at: may('06T16:00'), responded_at: '', resolved_at: '' }

describe('a finding says', () => {
  it('which dates business days come to', async () => {
    const fields = 'business-day: end-of-day, priorities: { P1: { resolve: 2 business days } }'
    const [found] = await judge(fields, { ticket: [row] })
    // Day 1 is Thursday; Friday is closed.
    expect(found?.notes).toContain('business days are counted end-of-day: day 0 Wed 6 May, day 2 Mon 11 May')
    const [silent] = await judge(fields.replace('business-day: end-of-day, ', ''), { ticket: [row] })
    expect(silent?.notes).toContain(
      'business days are counted end-of-day, as the contract does not say: day 0 Wed 6 May, day 2 Mon 11 May',
    )
  })

  it('why one that stopped after the due instant is in time', async () => {
    const note = 'the clock did not run between due and stop'
    const fields = 'priorities: { P1: { respond: 2h } }'
    const answered = async (time: string) => (await judge(fields, { ticket: [{ ...row, responded_at: may(time) }] }))[0]
    // 16:00 to 18:00 are the two hours.
    expect(await answered('07T08:00')).toMatchObject({ status: 'met', due: ms(may('06T18:00')), notes: [note] })
    expect(await answered('06T18:00')).toMatchObject({ status: 'met', notes: [] })
    expect(await answered('07T09:00')).toMatchObject({ status: 'met', notes: [note] })
  })

  it('which stamps are only dates', async () => {
    const note = (words: string) => `known by date only: ${words}; judged at both ends of the day`
    const dated: Cells = { ...row, opened_at: date(5), responded_at: date(6), resolved_at: may('07T10:00') }
    const all = await judge('priorities: { P1: { respond: 40h, resolve: 40h } }', { ticket: [dated] })
    expect(byId(all, 'tickets/P1-respond/T-1').notes).toEqual([note('opened, responded')])
    expect(byId(all, 'tickets/P1-resolve/T-1').notes).toEqual([note('opened')])
    const report = 'from: reported, priorities: { P1: { resolve: 40h, report: 40h } }'
    const reported: Cells = { ...row, reported_at: date(5), resolved_at: may('07T10:00'), report_sent_at: date(7) }
    const found = await judge(report, { ticket: [reported] })
    expect(byId(found, 'tickets/P1-resolve/T-1').notes).toEqual([note('reported')])
    expect(byId(found, 'tickets/P1-report/T-1').notes).toEqual([note('report sent')])
  })

  it('once what it does not know, and what was promised', async () => {
    const fields = 'priorities: { P1: { respond: 2h, resolve: 4h } }'
    const { responded_at: _, ...absent }: Cells = { ...row, resolved_at: may('07T11:00') }
    const all = await judge(fields, { ticket: [absent, { ...row, id: 'T-2', priority: '' }] })
    const respond = byId(all, 'tickets/P1-respond/T-1')
    expect(respond).toMatchObject({ status: 'unverified', promised: { unit: 'ms', value: 2 * HOUR } })
    expect(respond.notes[0]).toContain('responded_at')
    // Two hours on Wednesday, two on Thursday.
    expect(respond.timeline.map(({ effect, why }) => [effect, why])).toEqual([
      ['unknown', '4h of support hours that may have counted'],
    ])
    const nameless = byId(all, 'tickets/T-2')
    expect(nameless).toMatchObject({ reason: 'no-priority', promised: { unit: 'none', text: 'respond, resolve' } })
    expect(nameless.notes[0]).toContain('`unprioritised`')
    expect(nameless.timeline.map(({ why }) => why)).toEqual(['not known'])
  })
})

describe('the timeline of a ticket in time', () => {
  const evidence: Tables = {
    ticket: [row],
    'ticket-change': [
      { id: 'T-1', time: may('06T17:00'), change: 'paused', value: 'waiting' },
      { id: 'T-1', time: may('07T10:00'), change: 'resumed', value: '' },
      { id: 'T-1', time: may('07T11:00'), change: 'resolved', value: '' },
      { id: 'T-1', time: may('07T15:00'), change: 'reopened', value: '' },
      { id: 'T-1', time: may('07T16:00'), change: 'priority', value: 'P2' },
      { id: 'T-1', time: may('07T17:00'), change: 'resolved', value: '' },
    ],
  }
  const fields = 'paused-in: [waiting], priorities: { P1: { resolve: 4h }, P2: { resolve: 4h } }'

  it('is one line', async () => {
    const [found] = await judge(fields, evidence)
    expect(found?.status).toBe('met')
    // Not counted: 17:00 to 18:00, 9:00 to 10:00, and four hours resolved.
    expect(found?.timeline.map(({ why }) => why)).toEqual(['4h of support hours, 6h of support hours not counted'])
  })

  it('is told step by step where all of it is asked for', async () => {
    const [found] = await judge(fields, evidence, { fullTimelines: true })
    const at = (start: string, end: string) => span(may(start), may(end))
    expect(found?.timeline.map(({ at, effect, why, origin }) => [at, effect, why, origin?.line])).toEqual([
      [at('06T16:00', '06T17:00'), 'counted', '1h of support hours', undefined],
      [at('06T17:00', '07T10:00'), 'paused', 'paused in waiting: 2h of support hours not counted', 2],
      [at('07T10:00', '07T11:00'), 'counted', '1h of support hours', undefined],
      [at('07T11:00', '07T15:00'), 'paused', 'resolved, until it was reopened: 4h of support hours not counted', 4],
      [at('07T15:00', '07T15:00'), 'note', 'reopened', 5],
      [at('07T15:00', '07T17:00'), 'counted', '2h of support hours', undefined],
      [at('07T16:00', '07T16:00'), 'note', 'priority P1 → P2', 6],
      [at('07T17:00', '07T17:00'), 'note', 'resolved', 7],
    ])
  })

  it('has nothing over after a closing at which all was used', async () => {
    const done = { ...row, resolved_at: may('07T08:00') }
    const [found] = await judge('priorities: { P1: { resolve: 2h } }', { ticket: [done] }, { fullTimelines: true })
    expect(found?.timeline.map(({ effect, why }) => [effect, why])).toEqual([
      ['counted', '2h of support hours'],
      ['note', 'resolved'],
    ])
  })
})

describe('a state that stops the clock', () => {
  const fields = (states: string) => `paused-in: [${states}], priorities: { P1: { resolve: 4h } }`
  const change = (word: string, value: string): Cells => ({ id: 'T-1', time: may('06T17:00'), change: word, value })
  const said = async (states: string, ...changes: readonly Cells[]) =>
    (await warnings(fields(states), { ticket: [row], 'ticket-change': changes })).map(({ message, hint }) => [
      message,
      hint,
    ])

  it('but in which no ticket ever is, is a warning that names those seen', async () => {
    expect(await said('waiting-customer', change('status', 'Awaiting User Info'), change('paused', 'vendor'))).toEqual([
      [
        'tickets: paused-in names `waiting-customer`, but no ticket is ever in it',
        expect.stringMatching(/^states seen: .*Awaiting User Info/),
      ],
    ])
    const [[, hint] = []] = await said('Awaiting User Infos, vendor', change('status', 'Awaiting User Info'))
    expect(hint).toBe('did you mean Awaiting User Info? states seen: Awaiting User Info')
  })

  it('is none where it is seen, where states have no names, and without a log', async () => {
    expect(await said('waiting', change('status', 'waiting'))).toEqual([])
    expect(await said('waiting', change('paused', ''))).toEqual([])
    expect(await said('waiting', change('paused', '?'))).toEqual([])
    expect(await said('waiting')).toEqual([])
  })

  it('shows eight of those seen', async () => {
    const states = 'abcdefghij'.split('').map(letter => change('status', `in ${letter}`))
    const [[, hint] = []] = await said('waiting', ...states)
    expect(hint).toMatch(/^states seen: (in [a-j], ){7}in [a-j] and 2 more$/)
  })
})

describe('a priority that the contract does not have', () => {
  const hints = async (priority: string) =>
    (
      await warnings('priorities: { P1: { resolve: 4h }, P2: { resolve: 8h } }', { ticket: [{ ...row, priority }] })
    ).map(({ hint }) => hint)

  it('is taken for none of several equally near ones, and can be mapped', async () => {
    expect(await hints('P3')).toEqual([
      'the contract has P1, P2; in a --map file, values: { priority: { "P3": P1 } } reads it as one of them',
    ])
    expect(await hints('Highest')).toEqual([
      'the contract has P1, P2; in a --map file, values: { priority: { "Highest": P1 } } reads it as one of them',
    ])
  })

  it('is taken for the one that is nearest', async () => {
    expect(await hints('P22')).toEqual([
      'did you mean P2? the contract has P1, P2; in a --map file, values: { priority: { "P22": P2 } } reads it so',
    ])
  })
})
