import { describe, expect, it } from 'vitest'
import { verdictOf } from '../../src/compare/judge-log.ts'
import { benchOf } from '../../src/compare/rules/availability/bench.ts'
import { yearWorld } from '../../src/compare/year.ts'
import { zones } from '../support/audit.ts'
import { DAY, HOUR, ms, span } from '../support/instants.ts'
import { envelope, type Fields, relation, sideWith, utc } from './availability-sides.ts'

const MONTH: Fields = { target: '99.5%', window: 'calendar month' }
describe('units that count whole', () => {
  const touched = { accounting: { minutes: 'touched' } }
  const slices = (down: Fields, length = '5min') => ({ accounting: { slices: length, 'bad-when': { down } } })

  it('touched minutes limit downtime to whole ones', async () => {
    const rows = envelope(await sideWith({ ...MONTH, target: '99.99%', ...touched }), utc)
    // 744 h × 0.01 % = 4 min 27.84 s, 672 h and 720 h make 4 min 1.92 s and 4 min 19.2 s: 4 min a month.
    expect(rows.get('downtime/year')?.ms).toBe(48 * 60_000)
    expect(rows.get('downtime/month')).toMatchObject({ ms: 4 * 60_000, notes: ['counted in touched minutes'] })
    expect(rows.get('downtime/longest')?.ms).toBe(8 * 60_000)
    expect(rows.get('downtime/longest-free')?.ms).toBe(0)
  })

  it.each<[string, Fields]>([
    ['touched minutes', { ...touched, target: '99.9%' }],
    ['slices', { ...slices({ above: '0s' }), target: '99.7%' }],
    ['slices in hours', { ...slices({ above: '0s' }, '15min'), target: '98%', during: 'office' }],
  ])('the auditor agrees with the longest outage: %s', async (_, fields) => {
    const office = { calendars: { office: { days: 'mon-fri', hours: '09:00-18:00' } } }
    const side = await sideWith({ ...MONTH, ...fields }, office)
    const row = envelope(side, utc).get('downtime/longest')
    const at = row?.at ?? { start: 0, end: 0 }
    const bench = benchOf(side, side, utc)
    const over = { start: ms('2026-01-01T00:00:00Z'), end: at.end + 8 * DAY }
    const log = (end: number) => bench.log(over, [bench.outage({ start: at.start, end })], '')
    expect(row?.ms).toBe(at.end - at.start)
    expect(await verdictOf(side, log(at.end), () => true)).toBe('met')
    expect(await verdictOf(side, log(at.end + 1), () => true)).toBe('breached')
  })

  it('units that windows or hours cut give a bound', async () => {
    const rows = envelope(await sideWith({ ...MONTH, ...slices({ above: '0s' }, '7min') }), utc)
    expect(rows.get('downtime/month')).toMatchObject({
      text: '3h 43m 12s at most',
      notes: ['counted in slices of 7m, each bad with any downtime'],
    })
    expect(rows.get('downtime/month')?.ms).toBeUndefined()
    expect(rows.get('downtime/longest-free')?.ms).toBe(0)
  })

  it('downtime that a slice has for free, errors, whole minutes', async () => {
    const cell = async (fields: Fields) =>
      envelope(await sideWith({ ...MONTH, ...fields }), utc).get('downtime/year')?.text
    expect(await cell(slices({ above: '1min' }))).toBe(
      'no one figure: counted in slices of 5m, each bad with more than 1m of downtime',
    )
    expect(await cell({ accounting: { minutes: 'whole' } })).toBe('not limited as such: counted in whole minutes')
    expect(await cell({ accounting: { slices: '5min', 'bad-when': { errors: { above: '5%' } } } })).toMatch(
      /^not limited as such/,
    )
  })
})

describe('caps over a month’s end', () => {
  const capped = (more: Fields = {}, cap = '4h per calendar month'): Fields => ({
    services: { app: {} },
    calendars: { night: { days: 'daily', hours: '22:00-03:00' } },
    exclusions: { planned: { event: 'maintenance', notice: { 'at-least': '48h' }, cap, ...more } },
  })
  const fields = { ...MONTH, target: '100%', excluding: ['planned'], 'excluded-time': 'counts-as-up' }

  it.each<[string, Fields, string, string]>([
    ['at any time', {}, '4h per calendar month', '8h in one piece (4h per calendar month), if announced'],
    // Two hours before midnight, three after it.
    [
      'by night',
      { inside: 'night' },
      '4h per calendar month',
      '5h in one piece (4h per calendar month), if announced and inside night',
    ],
    ['in thirty days', {}, '4h per rolling 30 days', '4h per rolling 30 days, if announced'],
    ['in a year', {}, '4h per calendar year', '8h in one piece (4h per calendar year), if announced'],
  ])('%s', async (_, more, cap, beside) => {
    const rows = envelope(await sideWith(fields, capped(more, cap)), utc)
    expect(rows.get('downtime/longest')?.beside).toBe(beside)
    expect(rows.get('downtime/month')?.beside).toMatch(new RegExp(`^${cap}, if`))
  })

  it('the auditor agrees: 8 h over the end of January, not a millisecond more', async () => {
    const side = await sideWith(fields, capped())
    const bench = benchOf(side, side, utc)
    const [start, end] = [ms('2026-01-31T20:00:00Z'), ms('2026-02-01T04:00:00Z')]
    expect(envelope(side, utc).get('downtime/longest')?.notes).toContain(
      'most is left out in one piece Sat 31 Jan 20:00 – Sun 1 Feb 04:00',
    )
    const over = { start: start - 20 * DAY, end: end + 20 * DAY }
    const log = (from: number, to: number) =>
      bench.log(over, [bench.work({ start: from, end: to }, from - 3 * DAY)], '')
    expect(await verdictOf(side, log(start, end), () => true)).toBe('met')
    expect(await verdictOf(side, log(start - 1, end), () => true)).toBe('breached')
    expect(await verdictOf(side, log(start, end + 1), () => true)).toBe('breached')
  })
})

describe('notes', () => {
  it('tell instants in the zone that the page is shown in', async () => {
    const side = await sideWith(MONTH, { timezone: 'America/New_York' })
    const own = yearWorld(2026, zones('America/New_York'))
    const at = span('2026-07-31T20:16:48-04:00', '2026-08-01T03:43:12-04:00')
    const note = (world: typeof own) => envelope(side, world).get('downtime/longest')
    expect(note(own)).toMatchObject({ at, ms: 7.44 * HOUR, notes: ['as long from Thu 31 Dec 20:16:48'] })
    // Six hours ahead.
    expect(note({ ...own, zone: zones('Europe/Paris') })).toMatchObject({
      at,
      notes: ['as long from Fri 1 Jan 2027 02:16:48'],
    })
  })

  it('say which records alone count', async () => {
    const rows = envelope(await sideWith({ ...MONTH, common: { where: { zone: 'lan' } } }), utc)
    expect(rows.get('downtime/month')?.notes).toContain('only where zone is lan')
  })
})

describe('what is left out without an effect', () => {
  it('no more of it than the cap', async () => {
    const rolling: Fields = { target: '99%', window: 'rolling 7 days', 'no-data': 'up' }
    const capped = await sideWith(
      { ...rolling, excluding: ['p'] },
      { exclusions: { p: { event: 'maintenance', notice: { 'at-least': '48h' }, cap: '4h per calendar month' } } },
    )
    const { logs } = await relation(await sideWith(rolling), capped)
    expect(
      logs.some(({ story }) => /of work without an effect, of which 4h per calendar month is left out/.test(story)),
    ).toBe(true)
  })

  it('adds nothing to no limit', async () => {
    const planned = { exclusions: { p: { event: 'maintenance', notice: { 'at-least': '48h' } } } }
    const rows = envelope(await sideWith({ ...MONTH, 'shortest-outage': '5min', excluding: ['p'] }, planned), utc)
    expect(rows.get('downtime/year')).toMatchObject({ text: 'no limit' })
    expect(rows.get('downtime/year')?.beside).toBeUndefined()
    expect(rows.get('downtime/longest')?.beside).toBe('unlimited, if announced')
  })
})
