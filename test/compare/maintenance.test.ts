import { describe, expect, it } from 'vitest'
import { maintenanceRule } from '../../src/compare/rules/maintenance.ts'
import { relation, ruled, settled, sidesOf, worst } from './duties-pairs.ts'

const HOUR = 3_600_000
const CALENDARS = {
  work: { days: 'mon-fri', hours: '09:00-18:00' },
  holidays: { days: 'mon-fri', hours: '09:00-18:00', holidays: 'FR' },
  short: { days: 'mon-fri', hours: '09:00-17:00' },
  night: { days: 'daily', hours: '20:00-04:00' },
  late: { days: 'daily', hours: '22:00-06:00' },
}
const MORE = { timezone: 'Europe/Paris', calendars: CALENDARS, services: { app: {} } }

const cases: readonly [string, Record<string, unknown>, Record<string, unknown>, string, string][] = [
  ['the same notice', { notice: { 'at-least': '48h' } }, { notice: { 'at-least': '48h' } }, 'notice', 'equal'],
  ['less notice', { notice: { 'at-least': '48h' } }, { notice: { 'at-least': '24h' } }, 'notice', 'weaker'],
  ['more notice', { notice: { 'at-least': '24h' } }, { notice: { 'at-least': '3 days' } }, 'notice', 'stronger'],
  // Over the change in March two days are 47 h, in October 49 h.
  [
    '48 h and two days',
    { notice: { 'at-least': '48h' } },
    { notice: { 'at-least': '2 days' } },
    'notice',
    'incomparable',
  ],
  [
    'short work left out',
    { notice: { 'at-least': '48h' } },
    { notice: { 'at-least': '48h', 'when-longer-than': '15min' } },
    'notice',
    'weaker',
  ],
  [
    'hours left out',
    { notice: { 'at-least': '48h' } },
    { notice: { 'at-least': '48h', during: 'work' } },
    'notice',
    'weaker',
  ],
  [
    'holidays left out',
    { notice: { 'at-least': '48h', during: 'work' } },
    { notice: { 'at-least': '48h', during: 'holidays' } },
    'notice',
    'weaker',
  ],
  [
    'fewer hours that need it, but more notice',
    { notice: { 'at-least': '24h' } },
    { notice: { 'at-least': '48h', during: 'work' } },
    'notice',
    'incomparable',
  ],
  [
    'other hours',
    { notice: { 'at-least': '48h', during: 'work' } },
    { notice: { 'at-least': '48h', during: 'night' } },
    'notice',
    'incomparable',
  ],
  [
    'only planned work',
    { notice: { 'at-least': '48h' } },
    { notice: { 'at-least': '48h' }, where: { kind: 'planned' } },
    'notice',
    'weaker',
  ],
  ['inside shorter hours', { inside: 'work' }, { inside: 'short' }, 'inside', 'stronger'],
  ['inside later hours', { inside: 'night' }, { inside: 'late' }, 'inside', 'incomparable'],
  [
    'inside one day of the week',
    { inside: { every: 'daily', hours: '02:00-06:00' } },
    { inside: { every: 'last sunday', hours: '02:00-06:00' } },
    'inside',
    'stronger',
  ],
  ['outside shorter hours', { outside: 'work' }, { outside: 'short' }, 'outside', 'weaker'],
  ['outside working days only', { outside: 'work' }, { outside: 'holidays' }, 'outside', 'weaker'],
  ['longer work', { longest: '1h' }, { longest: '2h' }, 'longest', 'weaker'],
  ['as many', { 'at-most': '9 per calendar year' }, { 'at-most': '9 per calendar year' }, 'at-most', 'equal'],
  ['more of it', { 'at-most': '9 per calendar year' }, { 'at-most': '10 per calendar year' }, 'at-most', 'weaker'],
  // Twelve in a year at the most; but the base lets all twelve be in one month.
  ['one a month', { 'at-most': '12 per calendar year' }, { 'at-most': '1 per calendar month' }, 'at-most', 'stronger'],
  [
    'one a month, of ten',
    { 'at-most': '10 per calendar year' },
    { 'at-most': '1 per calendar month' },
    'at-most',
    'incomparable',
  ],
  [
    'told later',
    { overrun: { 'notify-within': '30min' } },
    { overrun: { 'notify-within': '1h' } },
    'overrun',
    'weaker',
  ],
]

describe('promises on planned work', () => {
  it.each(cases)('%s', async (_, base, other, promise, expected) => {
    expect(await relation(maintenanceRule, { base, other, promise, more: MORE })).toBe(expected)
    const opposite: Record<string, string> = { weaker: 'stronger', stronger: 'weaker' }
    expect(await relation(maintenanceRule, { base: other, other: base, promise, more: MORE })).toBe(
      opposite[expected] ?? expected,
    )
  })

  it('are the same under another name of the hours', async () => {
    const pair = { base: { inside: 'work' }, other: { inside: 'hours' }, promise: 'inside', more: MORE }
    const otherMore = { ...MORE, calendars: { hours: CALENDARS.work } }
    expect(await relation(maintenanceRule, { ...pair, otherMore })).toBe('equal')
  })

  it('are of as many services as they are', async () => {
    const more = { ...MORE, services: { app: {}, hosting: {} } }
    const notice = { 'at-least': '48h' }
    const pair = { base: { notice }, other: { notice, services: ['app'] }, promise: 'notice', more }
    expect(await relation(maintenanceRule, pair)).toBe('weaker')
  })

  it('tell contracts apart whose services have other names', async () => {
    const pair = {
      base: { notice: { 'at-least': '48h' } },
      other: { notice: { 'at-least': '24h' } },
      promise: 'notice',
    }
    const two = { ...MORE, services: { app: {}, hosting: {} } }
    expect(
      await relation(maintenanceRule, { ...pair, more: two, otherMore: { ...MORE, services: { platform: {} } } }),
    ).toBe('weaker')
  })

  it('need one row of a log, in the names of each contract', async () => {
    const base = { notice: { 'at-least': '48h' } }
    const other = { notice: { 'at-least': '24h' } }
    const more = { ...MORE, services: { platform: {} } }
    // The application is what the other contract is about in the end: hosting is needed by it.
    const otherMore = { ...MORE, services: { hosting: {}, app: { needs: ['hosting'] } } }
    const pair = { base, other, promise: 'notice', more, otherMore }
    const [one, two] = await sidesOf(maintenanceRule, pair)
    expect([one.term.names, two.term.names]).toEqual([{ service: 'platform' }, { service: 'app' }])
    const { found } = await settled(maintenanceRule, pair)
    const rows = found.flatMap(({ candidate }) => candidate.rows)
    expect(rows.map(({ type, service, id }) => [type, service, id])).toEqual([['maintenance', 'platform', 'M-1']])
  })

  it('are counted together of the services that both are about', async () => {
    const more = { ...MORE, services: { app: {}, hosting: {} } }
    const number = { 'at-most': '2 per calendar month' }
    const together = { ...number, 'services-together': 'any' }
    const pair = { base: together, other: number, promise: 'at-most', more }
    expect(await relation(maintenanceRule, pair)).toBe('weaker')
    const one = { ...together, services: ['app'] }
    expect(await relation(maintenanceRule, { ...pair, base: one })).toBe('stronger')
    expect(await relation(maintenanceRule, { ...pair, base: one, other: { ...number, services: ['app'] } })).toBe(
      'equal',
    )
  })

  it('name what differs', async () => {
    const pair = {
      base: { notice: { 'at-least': '48h' } },
      other: { notice: { 'at-least': '24h' } },
      promise: 'notice',
      more: MORE,
    }
    expect((await ruled(maintenanceRule, pair)).rules).toEqual(['notice: 24h, the base has 48h'])
    const { found } = await settled(maintenanceRule, pair)
    // 24 h and no more are what the other asks for.
    expect(found.map(({ candidate }) => candidate.story)).toEqual([
      'Work of 2h from Wed 10 Jun 12:00, announced 1d ahead.',
    ])
  })
})

describe('the shortest notice', () => {
  it('is the amount, with what needs none beside it', async () => {
    const { 'maintenance/notice': row } = await worst(
      maintenanceRule,
      { notice: { 'at-least': '48h', 'when-longer-than': '15min', during: 'work' } },
      MORE,
    )
    expect(row).toMatchObject({ ms: 48 * HOUR, text: '2d', better: 'more' })
    expect(row?.beside).toBe('none for work planned to last up to 15m, or outside work')
  })

  it('loses an hour of two days where the clock goes forward', async () => {
    const { 'maintenance/notice': row } = await worst(maintenanceRule, { notice: { 'at-least': '2 days' } }, MORE)
    // The clock goes forward on Sunday 29 March 2026.
    expect(row).toMatchObject({ ms: 47 * HOUR, text: '1d 23h' })
    expect(new Date(row?.at?.start ?? 0).toISOString()).toBe('2026-03-27T11:00:00.000Z')
  })
})
