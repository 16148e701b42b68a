import { describe, expect, it } from 'vitest'
import { compareContracts } from '../../src/compare/compare.ts'
import { judgeLog } from '../../src/compare/judge-log.ts'
import { loadAlignment } from '../../src/contract/alignment.ts'
import type { Contract } from '../../src/contract/contract.ts'
import type { WitnessRow } from '../../src/model/comparison.ts'
import { HOUR, span } from '../support/instants.ts'
import { contractOf, up, zones } from './fakes.ts'

type Fields = Readonly<Record<string, unknown>>

const PARIS = {
  timezone: 'Europe/Paris',
  calendars: {
    office: { days: 'mon-fri', hours: '09:00-18:00' },
    week: { days: 'mon-fri', hours: '00:00-24:00' },
    weekend: { days: 'sat,sun', hours: '00:00-24:00' },
  },
}

async function envelopeOf(contracts: readonly Contract[], align?: string) {
  const text = `apiVersion: sla/v1\nkind: Alignment\n${align}`
  const file = { file: 'align.yaml', bytes: new TextEncoder().encode(text) }
  const ids = contracts.map(({ id }) => id)
  const alignment = align === undefined ? undefined : loadAlignment(file, ids)
  const options = { year: 2026, zones, version: '1.0.0' }
  return (await compareContracts(contracts, { ...options, ...(alignment !== undefined && { alignment }) })).envelope
}

/** What one contract of these clauses permits in a row. */
async function worst(key: string, clauses: Readonly<Record<string, Fields>>, more: Fields = {}) {
  const rows = await envelopeOf([await contractOf('a', clauses, more)])
  const value = rows.find(row => row.key === key)?.values[0]
  if (value === undefined) throw new Error(`no row ${key} among ${rows.map(row => row.key).join(', ')}`)
  return value
}

const help = (resolve: string, more: Fields = {}) => ({
  kind: 'support',
  calendar: 'always',
  priorities: { P1: { resolve } },
  ...more,
})

const OFFICE = { calendar: 'office', clock: 'calendar' }
const P1 = 'support/P1/resolve-wall'

/** Whether each clause lets a log pass. */
async function verdicts(contract: Contract, ids: readonly string[], rows: readonly WitnessRow[], during: string) {
  const [from = '', to = ''] = during.split('..')
  const period = { start: Date.parse(from), end: Date.parse(to) }
  const known = [...new Set(rows.map(({ type }) => type))].map(
    (covers): WitnessRow => ({ type: 'coverage', covers, from, to }),
  )
  const log = { rows: [...rows, ...known], period, asOf: period.end, story: '' }
  const reports = await Promise.all(ids.map(id => judgeLog(contract, id, log, zones)))
  return reports.map(({ clauses }, i) => {
    const findings = clauses.find(({ id }) => id === ids[i])?.findings ?? []
    return [...findings].some(({ status }) => status === 'breached') ? 'breached' : 'met'
  })
}

describe('several clauses about the same records', () => {
  it('leave what the tightest leaves, where it keeps the others', async () => {
    // 744 h of July × 0.5 % = 3.72 h before and after the end of July; a quarter leaves 1 %, some 22 h.
    const clauses = { month: up('99.5%'), quarter: up('99%', { window: 'calendar quarter' }) }
    expect(await worst('downtime/longest', clauses)).toEqual({
      ms: 7.44 * HOUR,
      text: '7h 26m 24s',
      at: span('2026-07-31T20:16:48Z', '2026-08-01T03:43:12Z'),
      notes: expect.arrayContaining(['by month, the tightest of 2']),
    })
    expect(await worst('downtime/year', clauses)).toMatchObject({ ms: 43.8 * HOUR, text: '1d 19h 48m' })
    // 0.2 % of the year, 17.52 h, leave 1.49 h for each month of 744 h: less than 0.5 % of it.
    const years = { month: up('99.5%'), year: up('99.8%', { window: 'calendar year' }) }
    expect(await worst('downtime/year', years)).toMatchObject({
      ms: 17.52 * HOUR,
      text: '17h 31m 12s',
      notes: expect.arrayContaining(['by year, the tightest of 2']),
    })
    expect(await worst('downtime/month', years)).toMatchObject({ ms: 3.72 * HOUR, text: '3h 43m 12s' })
  })

  it('leave no more than the tightest, without a place, where it breaks another there', async () => {
    // 1 % of the third and of the fourth quarter in one piece over 1 October: a Thursday with nine office hours.
    const clauses = {
      up: up('99.5%', { during: 'office' }),
      quarter: up('99%', { window: 'calendar quarter' }),
    }
    const value = await worst('downtime/longest', clauses, PARIS)
    // 92 days × 24 h, of the fourth quarter one hour more: 22.08 h + 22.09 h.
    expect(value).toEqual({
      ms: 44.17 * HOUR,
      text: '≤ 1d 20h 10m 12s',
      notes: ['by quarter, the tightest of 2; up may leave less', 'time without data counts as up'],
    })
    const outage = { type: 'outage', start: '2026-09-30T01:55:12+02:00', end: '2026-10-01T22:05:24+02:00' }
    const during = '2026-07-01T00:00:00+02:00..2027-01-01T00:00:00+01:00'
    const contract = await contractOf('a', clauses, PARIS)
    expect(await verdicts(contract, ['up', 'quarter'], [outage], during)).toEqual(['breached', 'met'])
  })

  it('leave nothing free where each leaves other hours free', async () => {
    const clauses = { x: up('99%', { during: 'week' }), y: up('98%', { during: 'weekend' }) }
    // The weekend of 25 October has 49 hours, which y counts.
    expect(await worst('downtime/longest-free', clauses, PARIS)).toMatchObject({
      ms: 49 * HOUR,
      text: '≤ 2d 1h',
      notes: ['by x, the tightest of 2; y may leave less', 'time without data counts as up'],
    })
    expect((await worst('downtime/longest', clauses, PARIS)).at).toBeUndefined()
    expect((await worst('downtime/year', clauses, PARIS)).text).toMatch(/^≤ /)
  })

  it('of hours that lie in those of another leave free what the wider ones do', async () => {
    // Outside of weekdays, and outside of office hours: of both what is outside of weekdays.
    const clauses = { x: up('99%', { during: 'week' }), y: up('99%', { during: 'office' }) }
    expect(await worst('downtime/longest-free', clauses, PARIS)).toMatchObject({
      ms: 49 * HOUR,
      text: '2d 1h',
      at: span('2026-10-24T00:00:00+02:00', '2026-10-26T00:00:00+01:00'),
      notes: ['by x, the tightest of 2', 'time without data counts as up'],
    })
  })

  it('of tickets have to give time there, by whatever clock', async () => {
    // Fri 23 Oct 17:00 to Mon 26 Oct 09:00, the clock set back between: 64 + 1 hours.
    const both = (wall: string) => ({ office: help('1h', OFFICE), wall: help(wall) })
    expect(await worst(P1, both('70h'), PARIS)).toEqual({
      ms: 65 * HOUR,
      text: '2d 17h',
      at: span('2026-10-23T17:00:00+02:00', '2026-10-26T09:00:00+01:00'),
      notes: [
        'by office, the tightest of 2',
        'its time is used up Fri 23 Oct 18:00; until Mon 26 Oct 09:00 nothing more is counted',
      ],
    })
    // New Year is a Thursday: an hour of the office is over at ten.
    expect(await worst(P1, both('60h'), PARIS)).toEqual({
      ms: 60 * HOUR,
      text: '≤ 2d 12h',
      notes: ['by wall, the tightest of 2; office may leave less'],
    })
    const contract = await contractOf('a', both('60h'), PARIS)
    const ticket = {
      type: 'ticket',
      id: 'T-1',
      priority: 'P1',
      opened_at: '2026-01-01T00:00:00+01:00',
      resolved_at: '2026-01-03T12:00:00+01:00',
    }
    const during = '2026-01-01T00:00:00+01:00..2026-01-05T00:00:00+01:00'
    expect(await verdicts(contract, ['office', 'wall'], [ticket], during)).toEqual(['breached', 'met'])
  })

  it('say nothing of the tightest where they are alike', async () => {
    expect(await worst(P1, { x: help('4h'), y: help('4h') })).toMatchObject({ text: '4h', notes: [] })
    expect(await worst(P1, { x: help('4h'), y: help('6h') })).toMatchObject({
      text: '4h',
      notes: ['by x, the tightest of 2'],
    })
    // Of 65 hours by both clocks those of the office lie in one place, which the other permits anywhere.
    const value = await worst(P1, { x: help('65h'), y: help('1h', OFFICE) }, PARIS)
    expect(value).toMatchObject({
      ms: 65 * HOUR,
      text: '2d 17h',
      at: span('2026-10-23T17:00:00+02:00', '2026-10-26T09:00:00+01:00'),
    })
    expect(value.notes).not.toContainEqual(expect.stringContaining('tightest'))
  })

  it('are held to guarantees before objectives', async () => {
    const aim = help('1h', { binding: 'objective' })
    expect(await worst(P1, { x: help('4h'), aim })).toMatchObject({ text: '4h', notes: [] })
    expect(await worst(P1, { aim })).toMatchObject({ text: '1h', notes: ['an objective only: it binds nothing'] })
  })

  it('may limit some of what they have no number for elsewhere', async () => {
    // Outside of the office an hour, inside of it no number; two hours by the other, from the first instant of the year.
    const some = help('1h', {
      priorities: { P1: { resolve: { 'by-calendar': { office: 'unstated', otherwise: '1h' } } } },
    })
    expect(await worst(P1, { some, x: help('2h') }, PARIS)).toMatchObject({
      ms: 2 * HOUR,
      text: '≤ 2h',
      notes: ['by x, the tightest of 2; some may leave less'],
    })
    // Half of all tickets in time limit none of them.
    const half = help('1h', { attainment: '50% per calendar month' })
    expect(await worst(P1, { half, x: help('2h') })).toMatchObject({ text: '2h', notes: ['by x, the tightest of 2'] })
  })

  it('of work announced ask for the longest notice', async () => {
    const notice = (amount: string) => ({ kind: 'maintenance', notice: { 'at-least': amount } })
    expect(await worst('maintenance/notice', { x: notice('24h'), y: notice('48h') })).toMatchObject({
      ms: 48 * HOUR,
      text: '2d',
      notes: ['by y, the tightest of 2'],
    })
  })
})

describe('clauses about other records', () => {
  const queue = (name: unknown) => ({ where: { queue: name } })

  it('leave what the laxest leaves', async () => {
    // Fri 14:00 and Fri 17:00 to Mon 09:00, as long as four and one office hours last.
    const clauses = {
      gold: help('1h', { ...OFFICE, ...queue('gold') }),
      rest: help('4h', { ...OFFICE, ...queue({ not: 'gold' }) }),
    }
    const value = await worst(P1, clauses, PARIS)
    expect(value).toMatchObject({
      ms: 68 * HOUR,
      text: '2d 20h',
      at: span('2026-10-23T14:00:00+02:00', '2026-10-26T09:00:00+01:00'),
    })
    expect(value.notes[0]).toBe('by rest; gold: 2d 17h')
    expect(value.notes).not.toContainEqual(expect.stringContaining('only where'))
    const contract = await contractOf('a', clauses, PARIS)
    const ticket = {
      type: 'ticket',
      id: 'T-1',
      priority: 'P1',
      queue: 'silver',
      opened_at: '2026-10-23T14:00:00+02:00',
      resolved_at: '2026-10-26T09:00:00+01:00',
    }
    const during = '2026-10-23T00:00:00+02:00..2026-10-27T00:00:00+01:00'
    expect(await verdicts(contract, ['gold', 'rest'], [ticket], during)).toEqual(['met', 'met'])
  })

  it('say of which records, where nothing is said of all', async () => {
    const clauses = { gold: help('1h', queue('gold')), basic: help('8h', queue(['basic', 'free'])) }
    expect(await worst(P1, clauses)).toMatchObject({
      ms: 8 * HOUR,
      text: '8h',
      notes: ['only where queue is gold; or queue is basic or free', 'by basic; gold: 1h'],
    })
  })

  it('leave what the one about all leaves, where others are stricter or laxer for some', async () => {
    const all = help('4h')
    expect(await worst(P1, { all, gold: help('1h', queue('gold')) })).toMatchObject({
      text: '4h',
      notes: ['by all; gold: 1h'],
    })
    expect(await worst(P1, { all, basic: help('8h', queue('basic')) })).toMatchObject({ text: '4h', notes: [] })
    expect(await worst(P1, { all, gold: help('1h', queue('gold')), plus: help('30min', queue('gold')) })).toMatchObject(
      { text: '4h', notes: ['by all; plus: 30m'] },
    )
  })

  it('are told apart by services, components and filters in any order', async () => {
    const services = { services: { app: {}, api: {} } }
    const of = (...names: string[]) => ({ services: names })
    expect(await worst(P1, { x: help('1h', of('app')), y: help('4h', of('api')) }, services)).toMatchObject({
      text: '4h',
      notes: ['by y; x: 1h'],
    })
    expect(await worst(P1, { x: help('1h'), y: help('4h', of('api', 'app')) }, services)).toMatchObject({
      text: '1h',
      notes: ['by x, the tightest of 2'],
    })
    const filters = { x: help('1h', queue(['a', 'b'])), y: help('4h', queue(['b', 'a'])) }
    expect(await worst(P1, filters)).toMatchObject({
      text: '1h',
      notes: ['only where queue is a or b', 'by x, the tightest of 2'],
    })
    const back = (component: string, amount: string) => ({
      kind: 'recovery',
      of: [component],
      rto: { 'at-most': amount },
    })
    const value = await worst('recovery/rto', { x: back('db', '1h'), y: back('files', '24h') })
    expect(value).toMatchObject({ ms: 24 * HOUR, text: '1d', notes: ['by y; x: 1h'] })
  })

  it('of announced work leave the shortest notice', async () => {
    const notice = (amount: string, kind: string) => ({
      kind: 'maintenance',
      where: { kind },
      notice: { 'at-least': amount },
    })
    const clauses = { planned: notice('72h', 'planned'), urgent: notice('2h', 'urgent') }
    expect(await worst('maintenance/notice', clauses)).toMatchObject({
      ms: 2 * HOUR,
      text: '2h',
      notes: ['only where kind is planned; or kind is urgent', 'by urgent; planned: 3d'],
    })
  })

  it('are names that an alignment brings into one row', async () => {
    const a = await contractOf('a', { help: help('1h') })
    const both = { incident: { resolve: '4h' }, blocking: { resolve: '1h' } }
    const b = await contractOf('b', { help: help('1h', { priorities: both }) })
    const [row] = await envelopeOf([a, b], 'priority: { P1: [blocking, incident] }')
    expect(row).toMatchObject({
      key: P1,
      values: [
        { text: '1h', notes: [], best: true },
        { ms: 4 * HOUR, text: '4h', notes: ['by incident; blocking: 1h'] },
      ],
    })
  })

  it('of backups and controls are all kept by what is made for one', async () => {
    const backup = (every: string, zone: string) => ({
      kind: 'backup',
      of: ['db'],
      where: { zone },
      schedule: { every, tolerance: '0h' },
    })
    const value = await worst('backup/db/longest-gap', { lan: backup('24h', 'lan'), dmz: backup('2h', 'dmz') })
    expect(value).toMatchObject({
      ms: 2 * HOUR,
      text: '2h',
      notes: ['only where zone is dmz', 'by dmz, the tightest of 2'],
    })
  })
})

describe('a single clause with a filter says so', () => {
  const where = { where: { queue: 'gold' } }

  it.each([
    ['support', P1, help('1h', where)],
    [
      'vulnerability',
      'vulnerability/all/longest',
      { kind: 'vulnerability', from: 'detected', bands: { all: { min: 0, fix: '2 days' } }, ...where },
    ],
    ['maintenance', 'maintenance/notice', { kind: 'maintenance', notice: { 'at-least': '24h' }, ...where }],
    ['availability', 'downtime/longest', up('99%', where)],
    ['backup', 'backup/db/longest-gap', { kind: 'backup', of: ['db'], schedule: { every: '1h' }, ...where }],
    ['recovery', 'recovery/rto', { kind: 'recovery', rto: { 'at-most': '1h' }, ...where }],
    ['control', 'control/x/longest-gap', { kind: 'control', of: 'x', every: '1 week', ...where }],
  ])('%s', async (_kind, key, clause) => {
    const { notes } = await worst(key, { only: clause })
    expect(notes.filter(note => note.includes('only'))).toEqual(['only where queue is gold'])
  })
})

describe('the best figure', () => {
  const marks = async (...list: readonly Readonly<Record<string, Fields>>[]) => {
    const contracts = await Promise.all(list.map((clauses, i) => contractOf(`c${i}`, clauses, PARIS)))
    const [row] = await envelopeOf(contracts)
    return row?.values.map(({ best }) => (best ? '★' : '-')).join('')
  }
  const gold = { where: { queue: 'gold' } }

  it('is none of some records only beside one of all', async () => {
    expect(await marks({ x: help('1h', gold) }, { x: help('4h') })).toBe('--')
    expect(await marks({ x: help('1h', gold) }, { x: help('4h', gold) })).toBe('★-')
    expect(await marks({ x: help('8h', gold) }, { x: help('4h') })).toBe('-★')
  })

  it('may be a bound, but is none beside a bound', async () => {
    const bound = { x: help('60h'), y: help('1h', OFFICE) }
    expect(await marks(bound, { x: help('70h') })).toBe('★-')
    expect(await marks(bound, { x: help('50h') })).toBe('--')
  })
})

it('stands in the row of the service that its promise stands in', async () => {
  const services = { services: { app: {}, api: {} } }
  const of = (name: string, target: string) => up(target, { services: [name] })
  const contracts = [
    await contractOf('a', { u: of('app', '99%'), w: of('api', '99.9%') }, services),
    await contractOf('b', { w: of('api', '99.5%') }, services),
  ]
  const rows = await envelopeOf(contracts)
  expect(rows.map(({ key, name, values }) => [key, name, ...values.map(({ text }) => text)])).toContainEqual([
    'downtime/year/api',
    'downtime in the year of api',
    '8h 45m 36s',
    '1d 19h 48m',
  ])
  expect(rows.map(({ key }) => key)).not.toContain('downtime/year')
})

it('does not say twice that there is no limit', async () => {
  const more = { exclusions: { planned: { event: 'maintenance', notice: { 'at-least': '48h' } } } }
  const never = await worst('downtime/longest', { up: up('0%', { excluding: ['planned'] }) }, more)
  expect(never).toEqual({ text: 'no limit', notes: ['time without data counts as up'] })
  const some = await worst('downtime/longest', { up: up('99%', { excluding: ['planned'] }) }, more)
  expect(some.beside).toBe('unlimited, if announced')
})
