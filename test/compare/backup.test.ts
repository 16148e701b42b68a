import { DateTime } from 'luxon'
import { describe, expect, it } from 'vitest'
import { verdictOf } from '../../src/compare/judge-log.ts'
import { backupRule } from '../../src/compare/rules/backup.ts'
import { formatInstant } from '../../src/time/stamp.ts'
import { PARIS, relation, sideOf, worst } from './duties-pairs.ts'

const HOUR = 3_600_000
type Fields = Record<string, unknown>

const schedule = (fields: Fields, more: Fields = {}): Fields => ({ of: ['db'], schedule: fields, ...more })
const keep = (fields: Fields, more: Fields = {}): Fields => ({ of: ['db'], keep: fields, ...more })
const of = (fields: Fields): Fields => ({ of: ['db'], ...fields })
const copies = (fields: Fields): Fields =>
  of({ copies: { 'at-least': 1, differs: 'provider', 'made-within': '24h', ...fields } })

const cases: readonly [string, Fields, Fields, string][] = [
  ['the same schedule', schedule({ every: '24h' }), schedule({ every: '24h', tolerance: '1h' }), 'equal'],
  ['more often', schedule({ every: '24h' }), schedule({ every: '12h' }), 'stronger'],
  ['later still', schedule({ every: '24h', tolerance: '0h' }), schedule({ every: '24h', tolerance: '2h' }), 'weaker'],
  ['weeks and days', schedule({ per: 'day' }), schedule({ per: 'week' }), 'weaker'],
  ['weeks and months', schedule({ per: 'month' }), schedule({ per: 'week' }), 'stronger'],
  ['late for a day', schedule({ per: 'day' }), schedule({ per: 'day', tolerance: '2h' }), 'weaker'],
  // 25 h from 23:30 leave out a date; a date each lets nearly 48 h pass.
  [
    'an interval and a date each',
    schedule({ per: 'day' }),
    schedule({ every: '24h', tolerance: '1h' }),
    'incomparable',
  ],
  // The day on which the clock goes forward has 23 h.
  ['24 h and a date each', schedule({ per: 'day' }), schedule({ every: '24h', tolerance: '0h' }), 'incomparable'],
  ['22 h and a date each', schedule({ per: 'day' }), schedule({ every: '22h', tolerance: '0h' }), 'stronger'],
  ['a time of day and a date each', schedule({ per: 'day' }), schedule({ 'daily-at': '04:00' }), 'stronger'],
  // 26 h from 04:00 to 05:00 where the clock goes back.
  ['a time of day and an interval', schedule({ every: '24h' }), schedule({ 'daily-at': '04:00' }), 'incomparable'],
  [
    'earlier for a time of day',
    schedule({ 'daily-at': '04:00' }),
    schedule({ 'daily-at': '04:00', early: '1h' }),
    'weaker',
  ],
  ['another time of day', schedule({ 'daily-at': '04:00' }), schedule({ 'daily-at': '16:00' }), 'incomparable'],
  [
    'starts and completions',
    schedule({ every: '24h' }),
    schedule({ every: '24h', anchor: 'completion' }),
    'incomparable',
  ],
  ['full ones only', schedule({ every: '24h' }), schedule({ every: '24h' }, { only: 'full' }), 'stronger'],
  [
    'partial ones too',
    schedule({ every: '24h' }),
    schedule({ every: '24h' }, { accept: ['success', 'partial'] }),
    'weaker',
  ],
  ['all as one', schedule({ every: '24h' }), { schedule: { every: '24h' } }, 'weaker'],
  ['rows of one level', schedule({ every: '24h' }), schedule({ every: '24h' }, { where: { level: 1 } }), 'stronger'],

  ['the same time kept', keep({ for: '30 days' }), keep({ for: '30 days' }), 'equal'],
  ['kept shorter', keep({ for: '30 days' }), keep({ for: '15 days' }), 'weaker'],
  ['30 days and 720 h', keep({ for: '30 days' }), keep({ for: '720h' }), 'incomparable'],
  ['a month and 30 days', keep({ for: '1 month' }), keep({ for: '30 days' }), 'incomparable'],
  ['two months and 30 days', keep({ for: '30 days' }), keep({ for: '2 months' }), 'stronger'],
  ['a year and 365 days', keep({ for: '1 year' }), keep({ for: '365 days' }), 'weaker'],
  ['kept from the completion', keep({ for: '30 days' }), keep({ for: '30 days', from: 'completion' }), 'incomparable'],
  ['no tolerance', keep({ for: '30 days' }), keep({ for: '30 days', tolerance: '0h' }), 'stronger'],
  ['fewer copies', keep({ copies: 30 }), keep({ copies: 7 }), 'weaker'],
  ['copies and a time', keep({ for: '30 days' }), keep({ copies: 10 }), 'incomparable'],
  ['a shorter window', keep({ 'recovery-window': '14 days' }), keep({ 'recovery-window': '7 days' }), 'weaker'],
  ['at other places', keep({ for: '30 days', at: 'vault' }), keep({ for: '30 days', at: 'disk' }), 'incomparable'],
  ['only full ones kept', keep({ for: '30 days' }), keep({ for: '30 days' }, { only: 'full' }), 'weaker'],
  ['all components kept', keep({ for: '30 days' }), { keep: { for: '30 days' } }, 'stronger'],

  [
    'the same tier',
    of({ tiers: [{ per: 'month', keep: 12 }] }),
    of({ tiers: [{ per: 'month', keep: 12, basis: 'age' }] }),
    'equal',
  ],
  ['a shorter tier', of({ tiers: [{ per: 'month', keep: 12 }] }), of({ tiers: [{ per: 'month', keep: 6 }] }), 'weaker'],
  [
    'a tier more',
    of({ tiers: [{ per: 'month', keep: 12 }] }),
    of({
      tiers: [
        { per: 'month', keep: 12 },
        { per: 'week', keep: 4 },
      ],
    }),
    'stronger',
  ],
  [
    'another basis',
    of({ tiers: [{ per: 'month', keep: 3 }] }),
    of({ tiers: [{ per: 'month', keep: 3, basis: 'unit' }] }),
    'incomparable',
  ],

  ['more ages', of({ 'recovery-points': { ages: [1, 2, 3] } }), of({ 'recovery-points': { ages: '1-5' } }), 'stronger'],
  ['slack', of({ 'recovery-points': { ages: '1-5' } }), of({ 'recovery-points': { ages: '1-5', slack: 2 } }), 'weaker'],
  [
    'grace',
    of({ 'recovery-points': { ages: '1-3' } }),
    of({ 'recovery-points': { ages: '1-3', grace: '2h' } }),
    'weaker',
  ],

  // What is two days old at the least is there long before it is owed.
  [
    'grace of no use',
    of({ 'recovery-points': { ages: '2-3' } }),
    of({ 'recovery-points': { ages: '2-3', grace: '2h' } }),
    'equal',
  ],
  [
    'older points, with slack',
    of({ 'recovery-points': { ages: '1-2', slack: 1 } }),
    of({ 'recovery-points': { ages: '2-3' } }),
    'stronger',
  ],

  ['older ones allowed', of({ 'max-age': '30 days' }), of({ 'max-age': '3 months' }), 'weaker'],
  ['of this component only', { 'max-age': '30 days' }, of({ 'max-age': '30 days' }), 'weaker'],

  ['a copy more', copies({}), copies({ 'at-least': 2 }), 'stronger'],
  ['copied sooner', copies({}), copies({ 'made-within': '12h' }), 'stronger'],
  ['copies kept too', copies({}), copies({ keep: '30 days' }), 'stronger'],
  ['copies kept shorter', copies({ keep: '30 days' }), copies({ keep: '14 days' }), 'weaker'],
  ['another kind of place', copies({}), copies({ differs: 'location' }), 'weaker'],
  ['regions and providers', copies({}), copies({ differs: 'region' }), 'incomparable'],

  ['one country and Europe', of({ residency: ['FR'] }), of({ residency: ['Europe'] }), 'weaker'],
  ['two groups', of({ residency: ['EU'] }), of({ residency: ['EEA'] }), 'weaker'],
  ['different countries', of({ residency: ['FR', 'DE'] }), of({ residency: ['FR', 'CH'] }), 'incomparable'],
  ['the same countries', of({ residency: ['fr', 'DE'] }), of({ residency: ['DE', 'FR'] }), 'equal'],
  ['countries of all components', of({ residency: ['FR'] }), { residency: ['FR'] }, 'stronger'],
]

/** Each beside a promise of where all of it lies, which the log of any other one has to keep as well. */
const inEurope: readonly [string, Fields, Fields, string, string][] = [
  ['copies', copies({}), { ...copies({}), only: 'full' }, 'copies', 'weaker'],
  ['copies of all', copies({}), copies({ 'at-least': 2 }), 'copies', 'stronger'],
  ['keeping', keep({ for: '30 days' }), keep({ for: '30 days' }, { only: 'full' }), 'keep', 'weaker'],
  ['a schedule', schedule({ every: '24h' }), schedule({ every: '12h' }), 'schedule', 'stronger'],
]

describe('promises on backups', () => {
  it.each(inEurope)('beside countries: %s', async (_, base, other, promise, expected) => {
    const pair = { base: { ...base, residency: ['Europe'] }, other: { ...other, residency: ['FR', 'US'] }, promise }
    expect(await relation(backupRule, pair)).toBe(expected)
  })

  it.each(cases)('%s', async (_, base, other, expected) => {
    expect(await relation(backupRule, { base, other })).toBe(expected)
    const opposite: Record<string, string> = { weaker: 'stronger', stronger: 'weaker' }
    expect(await relation(backupRule, { base: other, other: base })).toBe(opposite[expected] ?? expected)
  })
})

describe('the longest gap between backups', () => {
  const gapOf = async (fields: Fields) => {
    const { 'backup/db/longest-gap': gap } = await worst(backupRule, schedule(fields))
    return { ms: gap?.ms, text: gap?.text, from: gap?.at && new Date(gap.at.start).toISOString() }
  }

  it('of an interval is the interval and its tolerance', async () => {
    expect(await gapOf({ every: '24h' })).toMatchObject({ ms: 25 * HOUR, text: '1d 1h' })
  })

  it('of a day on the calendar is an hour more where the clock goes back', async () => {
    // On Sunday 25 October 2026, at 03:00.
    const gap = await gapOf({ every: '1 day' })
    expect(gap).toEqual({ ms: 26 * HOUR, text: '1d 2h', from: '2026-10-24T10:00:00.000Z' })
  })

  it('of a date each is nearly two days, 49 h where one has 25', async () => {
    const gap = await gapOf({ per: 'day' })
    expect(gap).toEqual({ ms: 49 * HOUR - 1, text: 'just under 2d 1h', from: '2026-10-23T22:00:00.000Z' })
  })

  it('of months is that of the longest two', async () => {
    // July and August, 62 days; December and January too, later.
    expect(await gapOf({ per: 'month' })).toMatchObject({ ms: 62 * 24 * HOUR - 1, from: '2026-06-30T22:00:00.000Z' })
  })

  it('of a time of day is from the first of one slot to the last of the next', async () => {
    // From 03:30 on 24 October to 05:00 on the 25th, an hour of which comes twice.
    const gap = await gapOf({ 'daily-at': '04:00', early: '30min', tolerance: '1h' })
    expect(gap).toEqual({ ms: 26.5 * HOUR, text: '1d 2h 30m', from: '2026-10-24T01:30:00.000Z' })
  })

  it.each([
    { every: '24h' },
    { every: '1 day', tolerance: '2h' },
    { per: 'day' },
    { per: 'day', tolerance: '90min' },
    { per: 'week' },
    { 'daily-at': '04:00' },
    { 'daily-at': '02:30', early: '10min' },
  ])('is the longest that the auditor lets pass: %j', async fields => {
    const side = await sideOf(backupRule, 'one', schedule(fields), PARIS, 'schedule')
    const at = (await worst(backupRule, schedule(fields)))['backup/db/longest-gap']?.at
    if (at === undefined) throw new Error('no gap')
    const unit = 'per' in fields && fields.per === 'week' ? 'week' : 'day'
    const stamp = (instant: number) => formatInstant(side.zone, instant)
    // The last instant of a unit with a tolerance counts for it too, in the one after.
    const [from, to] = [
      DateTime.fromMillis(at.start, { zone: 'Europe/Paris' }).startOf(unit).toMillis(),
      DateTime.fromMillis(at.end - ('tolerance' in fields ? 2 * HOUR : 0), { zone: 'Europe/Paris' })
        .endOf(unit)
        .toMillis() + 1,
    ]
    const verdict = (second: number) => {
      const made = (start: number) => ({
        type: 'backup',
        component: 'db',
        status: 'success',
        started_at: stamp(start),
        completed_at: stamp(start),
      })
      const told = { type: 'coverage', covers: 'backup', from: stamp(from), to: stamp(to + 90 * HOUR) }
      const period = { start: from, end: Math.max(to, from + 1) }
      return verdictOf(
        side,
        { rows: [made(at.start), made(second), told], period, asOf: to + 90 * HOUR, story: '' },
        backupRule.owns,
      )
    }
    expect([await verdict(at.end), await verdict(at.end + 1)]).toEqual(['met', 'breached'])
  })

  it('says that a run is of no use before it is complete', async () => {
    const { 'backup/db/oldest-last-good': oldest } = await worst(backupRule, schedule({ every: '24h' }))
    expect(oldest).toMatchObject({ ms: 25 * HOUR, beside: 'and the time that a run takes: no limit' })
  })

  it('has no number where the text has none', async () => {
    const rows = await worst(backupRule, schedule({ every: 'unstated' }))
    expect(rows['backup/db/longest-gap']).toMatchObject({ text: 'no number' })
    expect(rows['backup/db/longest-gap']).not.toHaveProperty('ms')
  })
})
