import { describe, expect, it } from 'vitest'
import { type Fields, relation, sideWith } from './availability-sides.ts'

const month = (target: string): Fields => ({ target, window: 'calendar month' })
const year = (target: string): Fields => ({ target, window: 'calendar year' })
const office = { calendars: { office: { days: 'mon-fri', hours: '09:00-18:00' } } }

const pair = async (base: Fields, other: Fields, envelope: Fields = {}) =>
  relation(await sideWith(base, envelope), await sideWith(other, envelope))

describe('shares of time', () => {
  it.each<[string, Fields, Fields, string]>([
    ['the same', month('99.5%'), month('99.50%'), 'equal'],
    ['a higher target', month('99.5%'), month('99.9%'), 'stronger'],
    ['a lower target', month('99.9%'), month('99.5%'), 'weaker'],
    ['above is more than at least', month('99.5%'), { ...month('99.5%'), target: { above: '99.5%' } }, 'stronger'],
    ['at least is less than above', { ...month('99.5%'), target: { above: '99.5%' } }, month('99.5%'), 'weaker'],
    // All months keep 99.5 %, so does the year; 43.8 h of one month are within the year's.
    ['a year for a month', month('99.5%'), year('99.5%'), 'weaker'],
    ['a month for a year', year('99.5%'), month('99.5%'), 'stronger'],
    ['months for a quarter', { ...month('99.9%'), window: 'calendar quarter' }, month('99.9%'), 'stronger'],
    // 8,760 h × 0.03 % = 2.63 h (2.64 h in leap years), February's 672 h × 0.5 % = 3.36 h.
    ['a year within each month', month('99.5%'), year('99.97%'), 'stronger'],
    // 8,760 h × 0.04 % = 3.5 h, more than February's 3.36 h; twelve months come to 43.8 h.
    ['a year beyond February', month('99.5%'), year('99.96%'), 'incomparable'],
    [
      'years that begin apart',
      year('99.5%'),
      { ...year('99.5%'), window: 'calendar year starting july' },
      'incomparable',
    ],
    // 3.6 h on the 1st and on the 31st; and 7.4 h over a month's end.
    ['thirty days that roll', month('99.5%'), { ...month('99.5%'), window: 'rolling 30 days' }, 'incomparable'],
    // October has 744 h and allows 3.72 h, not the 3.6 h of 720.
    ['a fixed divisor', month('99.5%'), { ...month('99.5%'), base: '720h' }, 'incomparable'],
    ['a shorter divisor', month('99.5%'), { ...month('99.5%'), base: '600h' }, 'stronger'],
    // 99.45 % reads 99.5 %.
    ['rounded figures', month('99.5%'), { ...month('99.5%'), rounding: { decimals: 1, mode: 'half-up' } }, 'weaker'],
  ])('%s', async (_, base, other, expected) => {
    const found = await pair(base, other)
    expect(found).toMatchObject({ relation: expected })
    const wanted = { equal: [], stronger: ['other'], weaker: ['base'], incomparable: ['base', 'other'] }[expected]
    expect(found.breaches).toEqual(wanted)
  })

  it('hours leave nights uncovered, and allow less by day', async () => {
    expect(await pair(month('99.5%'), { ...month('99.5%'), during: 'office' }, office)).toMatchObject({
      relation: 'incomparable',
      breaches: ['base', 'other'],
    })
  })

  it('round the clock with a short allowance keeps hours with a long one', async () => {
    // 744 h × 0.01 % = 4.5 min; February has 20 days of 9 h at least, × 1 % = 1.8 h.
    const found = await pair({ ...month('99%'), during: 'office' }, month('99.99%'), office)
    expect(found).toMatchObject({ relation: 'stronger', searched: false, breaches: ['other'] })
    expect(found.rules).toContain('in no window of 2000 to 2040 does it permit more than the base')
  })

  it('zones with the same clock on the wall have the same windows', async () => {
    const base = await sideWith(month('99.5%'), { timezone: 'Europe/Paris' })
    expect(await relation(base, await sideWith(month('99.5%'), { timezone: 'Europe/Brussels' }))).toMatchObject({
      relation: 'equal',
      searched: false,
    })
    expect(await relation(base, await sideWith(month('99.5%')))).toMatchObject({ relation: 'incomparable' })
  })
})

const exclusions = {
  services: { app: {} },
  calendars: { night: { days: 'daily', hours: '20:00-04:00' } },
  exclusions: {
    planned: { event: 'maintenance', notice: { 'at-least': '48h' } },
    sooner: { event: 'maintenance', notice: { 'at-least': '24h' } },
    nightly: { event: 'maintenance', inside: 'night' },
    capped: { event: 'maintenance', notice: { 'at-least': '48h' }, cap: '4h per calendar month' },
    long: { event: 'maintenance', notice: { 'at-least': '48h' }, overrun: 'excluded' },
    short: { event: 'maintenance', notice: { 'at-least': '48h', 'when-longer-than': '15min' } },
    force: { cause: ['force-majeure'] },
    causes: { cause: ['force-majeure', 'customer'] },
  },
}
const up = { 'excluded-time': 'counts-as-up' }
const leaves = { 'excluded-time': 'leaves-denominator' }

describe('a single weakening is never equal, and a log shows it', () => {
  it.each<[string, Fields, Fields]>([
    ['an exclusion', { ...up }, { ...up, excluding: ['planned'] }],
    ['an exclusion by cause', { ...up }, { ...up, excluding: ['force'] }],
    ['more causes', { ...up, excluding: ['force'] }, { ...up, excluding: ['causes'] }],
    ['another exclusion', { ...up, excluding: ['force'] }, { ...up, excluding: ['force', 'planned'] }],
    ['shorter notice', { ...up, excluding: ['planned'] }, { ...up, excluding: ['sooner'] }],
    ['notice for long work only', { ...up, excluding: ['planned'] }, { ...up, excluding: ['short'] }],
    ['no cap', { ...up, excluding: ['capped'] }, { ...up, excluding: ['planned'] }],
    ['overrun left out', { ...up, excluding: ['planned'] }, { ...up, excluding: ['long'] }],
    ['excluded time counts as up', { ...leaves, excluding: ['planned'] }, { ...up, excluding: ['planned'] }],
    ['excluded causes count as up', { ...leaves, excluding: ['force'] }, { ...up, excluding: ['force'] }],
    ['a shortest outage', {}, { 'shortest-outage': '5min' }],
    ['a longer shortest outage', { 'shortest-outage': '5min' }, { 'shortest-outage': '10min' }],
    ['an outage as long as that', { 'shortest-outage': '5min' }, { 'shortest-outage': { 'longer-than': '5min' } }],
    ['gaps count as up', { 'no-data': 'down' }, { 'no-data': 'up' }],
    ['degraded counts half', { degraded: 'down' }, { degraded: '50%' }],
    ['degraded counts as affected', { degraded: 'down' }, { degraded: 'affected' }],
    ['degraded counts as up', { degraded: '50%' }, { degraded: 'up' }],
    ['a partial outage counts half', {}, { partial: '50%' }],
    ['from its detection', {}, { from: 'detected' }],
    ['from its report', { from: { 'earliest-of': ['detected', 'reported'] } }, { from: 'reported' }],
    ['up to the last sample', {}, { sampling: 'last-down' }],
    ['up to between the samples', {}, { sampling: 'midpoint' }],
    ['whole minutes', {}, { accounting: { minutes: 'whole' } }],
    ['time for touched minutes', { target: '99.99%', accounting: { minutes: 'touched' } }, { target: '99.99%' }],
    ['a lower target', { target: '99.9%' }, { target: '99.8%' }],
  ])('%s', async (_, base, other) => {
    const found = await pair(base, other, exclusions)
    expect(found).toMatchObject({ relation: 'weaker', breaches: ['base'], searched: false })
    const back = await pair(other, base, exclusions)
    expect(back).toMatchObject({ relation: 'stronger', breaches: ['other'], searched: false })
  })

  it.each<[string, Fields, Fields]>([
    // Announced work without an effect makes the month shorter, so that less is allowed.
    ['an exclusion that leaves the denominator', { ...leaves }, { ...leaves, excluding: ['planned'] }],
    ['excluded by cause', { ...leaves }, { ...leaves, excluding: ['force'] }],
    ['work at night or announced', { ...up, excluding: ['planned'] }, { ...up, excluding: ['nightly'] }],
    ['users', { accounting: { users: 40 } }, {}],
    ['requests', { accounting: 'requests' }, {}],
  ])('%s: neither way', async (_, base, other) => {
    const found = await pair(base, other, exclusions)
    expect(found).toMatchObject({ relation: 'incomparable', breaches: ['base', 'other'] })
  })

  it('a year within each month is so no more where excluded time makes a month shorter', async () => {
    // Of a February with work announced for all but its last days, less than the year's 2.63 h remain.
    const planned = { ...leaves, excluding: ['planned'] }
    const found = await pair({ ...month('99.5%'), ...planned }, { ...year('99.97%'), ...planned }, exclusions)
    expect(found).toMatchObject({ relation: 'incomparable', breaches: ['base', 'other'] })
    const fixed = { ...up, excluding: ['planned'] }
    expect(await pair({ ...month('99.5%'), ...fixed }, { ...year('99.97%'), ...fixed }, exclusions)).toMatchObject({
      relation: 'stronger',
      searched: false,
    })
  })

  it.each([
    ['unknown', 'up'],
    ['down', 'unknown'],
  ])('gaps that are %s against %s: what is undecided in one is said in the other', async (base, other) => {
    const found = await pair({ 'no-data': base }, { 'no-data': other })
    expect(found).toMatchObject({ relation: 'weaker', searched: false, breaches: [] })
    expect(found.rules).toContain(`time without data counts as ${other}, in the base as ${base}`)
    expect(await pair({ 'no-data': other }, { 'no-data': base })).toMatchObject({ relation: 'stronger' })
  })

  it.each<[string, Fields, Fields]>([
    ['locations', { 'down-when': 'any' }, { 'down-when': 'all' }],
    ['sources', {}, { sources: ['ours'] }],
    ['a pause between samples', { 'max-gap': '2h', 'no-data': 'up' }, { 'max-gap': '10min', 'no-data': 'up' }],
    ['records looked at', {}, { common: { where: { severity: { not: 'partial' } } } }],
  ])('%s: a log shows it, no rule proves the rest', async (_, base, other) => {
    const found = await pair(base, other)
    expect(found.relation).not.toBe('equal')
    expect(found.breaches).toContain('base')
  })
})

describe('exclusions of two contracts', () => {
  const keeping = (name: string, notice: Fields, service = 'app', hours = '09:00-18:00'): Fields => ({
    services: { [service]: {} },
    calendars: { [name]: { days: 'mon-fri', hours } },
    exclusions: { [`${name}-work`]: { event: 'maintenance', kept: 'work' } },
    clauses: { work: { kind: 'maintenance', notice } },
  })
  const side = (name: string, notice: Fields, service?: string, hours?: string) =>
    sideWith({ ...up, excluding: [`${name}-work`] }, keeping(name, notice, service, hours))

  it('are the same by what they say, not by their names', async () => {
    const base = await side('a', { 'at-least': '48h', during: 'a' })
    const other = await side('b', { 'at-least': '48h', during: 'b' }, 'platform')
    expect(await relation(base, other)).toMatchObject({ relation: 'equal', searched: false })
  })

  it('differ where the clause that work must keep does', async () => {
    const base = await side('a', { 'at-least': '48h' })
    const other = await side('a', { 'at-least': '24h' })
    const found = await relation(base, other)
    expect(found.relation).not.toBe('equal')
    expect(found.breaches).toEqual(['base'])
  })

  it('differ where a calendar does', async () => {
    const base = await side('a', { 'at-least': '48h', during: 'a' })
    const other = await side('a', { 'at-least': '48h', during: 'a' }, 'app', '10:00-18:00')
    const found = await relation(base, other)
    expect(found.relation).not.toBe('equal')
    expect(found.breaches).toContain('base')
  })
})

describe('services', () => {
  const one = { services: { app: {} } }
  const needing = { services: { app: { needs: ['db'] }, db: {} } }
  const app = { common: { services: ['app'] } }

  it('one service each is one and the same', async () => {
    const platform = await sideWith({ common: { services: ['platform'] } }, { services: { platform: {} } })
    expect(await relation(await sideWith(app, one), platform)).toMatchObject({ relation: 'equal', searched: false })
    expect(await relation(await sideWith({}), platform)).toMatchObject({ relation: 'equal', searched: false })
  })

  it('what a service needs is part of it where the other contract has no such service', async () => {
    const found = await relation(await sideWith(app, needing), await sideWith(app, one))
    expect(found).toMatchObject({ relation: 'equal', searched: false })
  })

  it('a service that no longer needs another is weaker', async () => {
    const apart = await sideWith(app, { services: { app: {}, db: {} } })
    const base = await sideWith(app, needing)
    expect(await relation(base, apart)).toMatchObject({ relation: 'weaker', breaches: ['base'], searched: false })
    expect(await relation(apart, base)).toMatchObject({ relation: 'stronger', breaches: ['other'], searched: false })
  })

  it('more services are more to keep, together they are another promise', async () => {
    const both = { services: { api: {}, web: {} } }
    const base = await sideWith({ common: { services: ['api'] } }, both)
    const all = await sideWith({ common: { services: ['api', 'web'] } }, both)
    expect(await relation(base, all)).toMatchObject({ relation: 'stronger', breaches: ['other'], searched: false })
    expect(await relation(all, base)).toMatchObject({ relation: 'weaker', breaches: ['base'], searched: false })
    const together = await sideWith({ common: { services: ['api', 'web'], 'services-together': 'all' } }, both)
    const found = await relation(all, together)
    expect(found.relation).not.toBe('equal')
    expect(found.breaches).toContain('base')
  })

  it('keys name services where a contract has clauses on several', async () => {
    const split = await sideWith(
      { common: { services: ['api'] } },
      {
        services: { api: {}, web: {} },
        clauses: { other: { kind: 'availability', target: '99%', window: 'calendar month', services: ['web'] } },
      },
    )
    expect(split.term).toMatchObject({ key: 'availability/api', name: 'api', names: { service: 'api' } })
    expect((await sideWith(app, one)).term.key).toBe('availability')
  })
})

describe('terms', () => {
  it('contracts that run at other times are compared as far as both do', async () => {
    const found = await relation(
      await sideWith(month('99.5%'), { term: { from: '2024-01-01', to: '2025-12-31' } }),
      await sideWith(month('99.9%'), { term: { from: '2026-01-01', to: '2027-12-31' } }),
    )
    expect(found.relation).toBe('stronger')
    expect(found.rules).toContain('compared as far as both contracts run')
  })
})
