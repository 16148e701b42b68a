import { describe, expect, it } from 'vitest'
import { byId, findings } from '../support/audit.ts'
import type { Cells } from '../support/evidence.ts'
import { HOUR } from '../support/instants.ts'

const contract = (fields: string, rest = '') => `
apiVersion: sla/v1
kind: Contract
id: test
timezone: Europe/Paris
${rest}
clauses:
  work: { kind: maintenance, ${fields} }
`
const judge = (fields: string, rows: readonly Cells[], rest = '', more: { asOf?: string; period?: string } = {}) =>
  findings({
    contract: contract(fields, rest),
    evidence: { maintenance: rows },
    asOf: more.asOf ?? '2026-07-15T00:00:00+02:00',
    period: more.period ?? '2026-06',
  })
const statuses = async (...args: Parameters<typeof judge>) =>
  Object.fromEntries((await judge(...args)).map(f => [f.id, f.status]))

// Wednesday 10 June 2026, 20:00 to 22:00 in Paris.
const evening = { id: 'M-1', start: '2026-06-10T20:00:00+02:00', end: '2026-06-10T22:00:00+02:00' }
const support = 'calendars: { support: { days: mon-fri, hours: "09:00-18:00" } }'

describe('notice', () => {
  it('of exactly 48 h is enough, 1 ms less is not', async () => {
    const rows = [
      { ...evening, announced_at: '2026-06-08T20:00:00+02:00' },
      { ...evening, id: 'M-2', announced_at: '2026-06-08T20:00:00.001+02:00' },
    ]
    const all = await judge('notice: { at-least: 48h }', rows)
    expect(all.map(f => [f.id, f.status])).toEqual([
      ['work/notice/M-1', 'met'],
      ['work/notice/M-2', 'breached'],
    ])
    expect(all.map(f => f.margin)).toEqual([
      { unit: 'ms', value: 0 },
      { unit: 'ms', value: -1 },
    ])
    expect(all[1]?.reason).toBe('announced-late')
  })

  it('runs to the planned start, not the actual one', async () => {
    const row = {
      ...evening,
      planned_start: '2026-06-10T21:00:00+02:00',
      planned_end: '2026-06-10T22:00:00+02:00',
      announced_at: '2026-06-08T21:00:00+02:00',
    }
    expect(await statuses('notice: { at-least: 48h }', [row])).toEqual({ 'work/notice/M-1': 'met' })
  })

  it('in days is by the calendar: over the change of clocks two days are 47 h', async () => {
    // Clocks went forward on 29 March 2026 at 2:00.
    const row = {
      id: 'spring',
      start: '2026-03-30T01:00:00+02:00',
      end: '2026-03-30T03:00:00+02:00',
      announced_at: '2026-03-28T01:00:00+01:00',
    }
    expect(await statuses('notice: { at-least: 2 days }', [row], '', { period: '2026-03' })).toEqual({
      'work/notice/spring': 'met',
    })
    expect(await statuses('notice: { at-least: 48h }', [row], '', { period: '2026-03' })).toEqual({
      'work/notice/spring': 'breached',
    })
  })

  it('blank is not announced, an absent column is not known', async () => {
    const blank = await judge('notice: { at-least: 48h }', [{ ...evening, announced_at: '' }])
    expect(blank.map(f => [f.status, f.reason])).toEqual([['breached', 'not-announced']])
    const absent = await judge('notice: { at-least: 48h }', [evening])
    expect(absent.map(f => [f.status, f.reason])).toEqual([['unverified', 'column-missing']])
    expect(JSON.stringify(absent[0])).toContain('announced_at')
  })

  it('is needed only for work planned strictly longer than 15 min', async () => {
    const row = (id: string, end: string, more: Cells = {}) => ({ ...evening, id, end, announced_at: '', ...more })
    expect(
      await statuses('notice: { at-least: 48h, when-longer-than: 15min }', [
        row('exactly', '2026-06-10T20:15:00+02:00'),
        row('over', '2026-06-10T20:15:00.001+02:00'),
        // Took long, but was expected to be short: the planned length counts.
        row('expected-short', '2026-06-10T22:00:00+02:00', { expected_downtime: 15 * 60_000 }),
        row('expected-long', '2026-06-10T20:05:00+02:00', { expected_downtime: 16 * 60_000 }),
        row('planned-short', '2026-06-10T22:00:00+02:00', {
          planned_start: '2026-06-10T20:00:00+02:00',
          planned_end: '2026-06-10T20:10:00+02:00',
        }),
      ]),
    ).toEqual({
      'work/notice/exactly': 'met',
      'work/notice/over': 'breached',
      'work/notice/expected-short': 'met',
      'work/notice/expected-long': 'breached',
      'work/notice/planned-short': 'met',
    })
  })

  it('is needed only for work planned to touch support hours', async () => {
    const row = (id: string, start: string, end: string) => ({ id, start, end, announced_at: '' })
    expect(
      await statuses(
        'notice: { at-least: 48h, during: support }',
        [
          row('evening', '2026-06-10T18:00:00+02:00', '2026-06-11T09:00:00+02:00'),
          row('into-morning', '2026-06-10T18:00:00+02:00', '2026-06-11T09:00:00.001+02:00'),
          row('weekend', '2026-06-13T10:00:00+02:00', '2026-06-13T12:00:00+02:00'),
          row('before-closing', '2026-06-10T17:59:59.999+02:00', '2026-06-10T20:00:00+02:00'),
        ],
        support,
      ),
    ).toEqual({
      'work/notice/evening': 'met',
      'work/notice/into-morning': 'breached',
      'work/notice/weekend': 'met',
      'work/notice/before-closing': 'breached',
    })
  })

  it('in business hours is counted on the business calendar', async () => {
    // Planned Monday 15 June 10:00. Since Friday 12 June 15:00: 3 h on Friday and 1 h on Monday.
    const row = (id: string, announced_at: string) => ({
      id,
      start: '2026-06-15T10:00:00+02:00',
      end: '2026-06-15T11:00:00+02:00',
      announced_at,
    })
    expect(
      await statuses(
        'notice: { at-least: 4 business hours }',
        [row('enough', '2026-06-12T15:00:00+02:00'), row('short', '2026-06-12T15:00:00.001+02:00')],
        `business-days: support\n${support}`,
      ),
    ).toEqual({ 'work/notice/enough': 'met', 'work/notice/short': 'breached' })
  })

  it('without a number is not judged', async () => {
    const all = await judge('notice: { at-least: unstated }', [{ ...evening, announced_at: '' }])
    expect(all.map(f => [f.status, f.reason])).toEqual([['not-applicable', 'no-number']])
  })
})

describe('hours', () => {
  const calendars = 'calendars: { night: { days: daily, hours: "20:00-04:00" } }'
  const row = (id: string, start: string, end: string) => ({ id, start, end })

  it('inside a calendar: the whole work must lie in open hours', async () => {
    expect(
      await statuses(
        'inside: night',
        [
          row('edges', '2026-06-10T20:00:00+02:00', '2026-06-11T04:00:00+02:00'),
          row('early', '2026-06-10T19:59:59.999+02:00', '2026-06-10T21:00:00+02:00'),
          row('late', '2026-06-11T03:00:00+02:00', '2026-06-11T04:00:00.001+02:00'),
        ],
        calendars,
      ),
    ).toEqual({ 'work/inside/edges': 'met', 'work/inside/early': 'breached', 'work/inside/late': 'breached' })
  })

  it('outside a calendar: no part of it may', async () => {
    expect(
      await statuses(
        'outside: support',
        [
          row('before', '2026-06-10T08:00:00+02:00', '2026-06-10T09:00:00+02:00'),
          row('into', '2026-06-10T08:00:00+02:00', '2026-06-10T09:00:00.001+02:00'),
          row('after', '2026-06-10T18:00:00+02:00', '2026-06-10T19:00:00+02:00'),
        ],
        support,
      ),
    ).toEqual({ 'work/outside/before': 'met', 'work/outside/into': 'breached', 'work/outside/after': 'met' })
  })

  it('inside a recurring window: the last Sunday of June 2026 is the 28th', async () => {
    expect(
      await statuses('inside: { every: last sunday, hours: "02:00-06:00" }', [
        row('last', '2026-06-28T02:00:00+02:00', '2026-06-28T06:00:00+02:00'),
        row('third', '2026-06-21T02:00:00+02:00', '2026-06-21T03:00:00+02:00'),
      ]),
    ).toEqual({ 'work/inside/last': 'met', 'work/inside/third': 'breached' })
  })
})

describe('length, number and overruns', () => {
  it('longest is inclusive', async () => {
    expect(
      await statuses('longest: 2h', [evening, { ...evening, id: 'M-2', end: '2026-06-10T22:00:00.001+02:00' }]),
    ).toEqual({ 'work/longest/M-1': 'met', 'work/longest/M-2': 'breached' })
  })

  it('work that still runs is pending until its limit has passed', async () => {
    const rows = [{ ...evening, end: '' }]
    const at = async (asOf: string) => Object.values(await statuses('longest: 2h', rows, '', { asOf }))
    expect(await at('2026-06-10T22:00:00+02:00')).toEqual(['pending'])
    expect(await at('2026-06-10T22:00:00.001+02:00')).toEqual(['breached'])
  })

  it('at most two a month: the third breaks it, at once', async () => {
    const row = (id: string, day: string) => ({
      id,
      start: `${day}T20:00:00+02:00`,
      end: `${day}T21:00:00+02:00`,
    })
    const rows = [row('a', '2026-05-31'), row('b', '2026-06-01'), row('c', '2026-06-30')]
    const two = await judge('at-most: 2 per calendar month', rows)
    expect(two.map(f => [f.id, f.status, f.observed])).toEqual([
      ['work/at-most/2026-06', 'met', { unit: 'count', value: 2 }],
    ])
    const [three] = await judge('at-most: 2 per calendar month', [...rows, row('d', '2026-06-15')], '', {
      asOf: '2026-06-30T22:00:00+02:00',
    })
    expect([three?.status, three?.reason, three?.margin]).toEqual([
      'breached',
      'too-many',
      { unit: 'count', value: -1 },
    ])
    const [running] = await judge('at-most: 2 per calendar month', rows, '', { asOf: '2026-06-20T00:00:00+02:00' })
    expect([running?.status, running?.observed]).toEqual(['pending', { unit: 'count', value: 1 }])
  })

  it('a year of which only a month was audited is unverified, or breached if lost already', async () => {
    const row = (i: number) => ({
      id: `M-${i}`,
      start: `2025-06-1${i}T20:00:00+02:00`,
      end: `2025-06-1${i}T21:00:00+02:00`,
    })
    const status = async (limit: number) =>
      Object.values(
        await statuses(`at-most: ${limit} per calendar year`, [row(1), row(2), row(3)], '', { period: '2025-06' }),
      )
    expect(await status(3)).toEqual(['unverified'])
    expect(await status(2)).toEqual(['breached'])
  })

  it('an overrun must be told in time; work that ends as planned owes nothing', async () => {
    const row = (id: string, end: string, more: Cells = {}) => ({
      ...evening,
      id,
      end,
      planned_start: evening.start,
      planned_end: '2026-06-10T21:00:00+02:00',
      overrun_notified_at: '',
      ...more,
    })
    const rows = [
      row('on-time', '2026-06-10T21:00:00+02:00'),
      row('told', '2026-06-10T23:00:00+02:00', { overrun_notified_at: '2026-06-10T21:30:00+02:00' }),
      row('told-late', '2026-06-10T23:00:00+02:00', { overrun_notified_at: '2026-06-10T21:30:00.001+02:00' }),
      row('silent', '2026-06-10T23:00:00+02:00'),
      row('unknown', '2026-06-10T23:00:00+02:00', { overrun_notified_at: '?' }),
    ]
    const got = await statuses('overrun: { notify-within: 30min }', rows)
    expect(got).toMatchObject({
      'work/overrun/told': 'met',
      'work/overrun/told-late': 'breached',
      'work/overrun/silent': 'breached',
      'work/overrun/unknown': 'unverified',
    })
    expect(['met', 'not-applicable', undefined]).toContain(got['work/overrun/on-time'])
    // In business hours from Wednesday 21:00: two of them end on Thursday at 11:00.
    const working = (id: string, at: string) => row(id, '2026-06-12T23:00:00+02:00', { overrun_notified_at: at })
    const late = [working('at', '2026-06-11T11:00:00+02:00'), working('after', '2026-06-11T11:00:00.001+02:00')]
    const hours = `business-days: support\n${support}`
    expect(await statuses('overrun: { notify-within: 2 business hours }', late, hours)).toEqual({
      'work/overrun/at': 'met',
      'work/overrun/after': 'breached',
    })
    // Two business days from the next opening, Thursday 09:00: Monday 09:00.
    const days = [working('at', '2026-06-15T09:00:00+02:00'), working('after', '2026-06-15T09:00:00.001+02:00')]
    expect(await statuses('overrun: { notify-within: 2 business days }', days, hours)).toEqual({
      'work/overrun/at': 'met',
      'work/overrun/after': 'breached',
    })
    const unstated = await statuses('overrun: { notify-within: unstated }', [rows[3] ?? {}])
    expect(unstated).toEqual({ 'work/overrun/silent': 'not-applicable' })
  })
})

describe('which work, and its name', () => {
  it('ids do not depend on the order or number of rows', async () => {
    const rows = [
      { ...evening, id: 'B', announced_at: '' },
      { start: '2026-06-20T20:00:00+02:00', end: '2026-06-20T21:00:00+02:00', announced_at: '' },
      { ...evening, id: 'A', start: '2026-06-09T20:00:00+02:00', announced_at: '2026-06-01T00:00:00+02:00' },
    ]
    const forward = await judge('notice: { at-least: 48h }', rows)
    const backward = await judge('notice: { at-least: 48h }', [...rows].reverse())
    const pairs = (list: typeof forward) => list.map(f => `${f.id} ${f.status}`).sort()
    expect(pairs(backward)).toEqual(pairs(forward))
    expect(byId(forward, 'work/notice/A').status).toBe('met')
    expect(forward.map(f => f.id).filter(id => /[0-9a-z]~|line|row/.test(id))).toEqual([])
  })

  it('a filter picks the planned ones', async () => {
    const rows = [
      { ...evening, kind: 'planned', announced_at: '' },
      { ...evening, id: 'M-2', kind: 'emergency', announced_at: '' },
    ]
    expect(Object.keys(await statuses('where: { kind: planned }, notice: { at-least: 48h }', rows))).toEqual([
      'work/notice/M-1',
    ])
  })

  it('none in the period is not applicable, no log at all is unverified', async () => {
    expect((await judge('notice: { at-least: 48h }', [])).map(f => f.status)).toEqual(['not-applicable'])
    const [none] = await findings({
      contract: contract('notice: { at-least: 48h }'),
      evidence: {},
      asOf: '2026-07-15T00:00:00+02:00',
      period: '2026-06',
    })
    expect([none?.status, none?.reason]).toEqual(['unverified', 'missing'])
  })

  it('work announced for later than as of, not begun, is not judged', async () => {
    const rows = [{ ...evening, announced_at: '2026-06-10T10:00:00+02:00' }]
    const all = await judge('notice: { at-least: 48h }', rows, '', { asOf: '2026-06-10T19:59:59+02:00' })
    expect(all.filter(f => f.status === 'breached' || f.status === 'met')).toEqual([])
  })

  it('length is in ms', async () => {
    const [f] = await judge('longest: 2h', [evening])
    expect([f?.observed, f?.promised]).toEqual([
      { unit: 'ms', value: 2 * HOUR },
      { unit: 'ms', value: 2 * HOUR },
    ])
  })
})
