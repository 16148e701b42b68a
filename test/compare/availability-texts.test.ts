import { describe, expect, it } from 'vitest'
import { envelope, type Fields, relation, sideWith, utc } from './availability-sides.ts'

const MONTH: Fields = { target: '99.5%', window: 'calendar month' }
const text = async (fields: Fields, made: Fields = {}) =>
  (await sideWith({ ...MONTH, ...fields }, made)).term.text.replace('≥ 99.5 % a calendar month', '').replace(', ', '')

describe('the text of a promise', () => {
  const services = { services: { app: {}, a: {}, b: {} } }
  it.each<[Fields, string]>([
    [{}, ''],
    [{ rounding: { decimals: 1, mode: 'half-up' } }, 'rounded to 1 decimal'],
    [{ rounding: { decimals: 2, mode: 'half-even' } }, 'rounded (halves to even) to 2 decimals'],
    [{ rounding: { decimals: 0, mode: 'up' } }, 'rounded up to whole percents'],
    [{ base: '720h' }, 'of 720h'],
    [{ 'shortest-outage': '5min' }, 'outages from 5m on'],
    [
      { 'shortest-outage': { 'longer-than': '5min', measured: 'after-exclusions' } },
      'outages over 5m after exclusions',
    ],
    [{ 'no-data': 'up' }, 'time without data counts as up'],
    [{ 'no-data': 'unknown' }, ''],
    [{ degraded: '50%' }, 'degraded counts as 50 % down'],
    [{ degraded: 'up', partial: 'down' }, ''],
    [{ partial: 'affected' }, 'a partial outage counts as the share affected'],
    [{ from: 'reported' }, 'from when it is reported'],
    [{ from: 'start' }, ''],
    [{ sampling: 'midpoint' }, 'down to midway between two samples'],
    [{ 'down-when': 'majority' }, 'down by majority of its locations'],
    [{ sources: ['ours'] }, 'by ours'],
    [{ 'all-down': ['a', 'b'] }, 'down if a, b are down at once'],
    [{ common: { where: { zone: 'lan' } } }, ' (where zone is lan)'],
  ])('%j', async (fields, said) => {
    expect(await text(fields, services)).toBe(said)
  })
})

describe('rules name what decides', () => {
  it('rounding, a fixed divisor', async () => {
    const plain = await sideWith(MONTH)
    const rounded = await sideWith({ ...MONTH, rounding: { decimals: 1, mode: 'half-up' } })
    // 99.45 % reads 99.5 %: 744 h × 0.55 %.
    expect((await relation(plain, rounded)).rules).toEqual([
      'figures are rounded to 1 decimal, in the base not rounded',
      'it permits 4h 5m 31.2s of counted downtime in January 2026, the base 3h 43m 12s',
      'the same share of the same windows',
    ])
    const fixed = await relation(plain, await sideWith({ ...MONTH, base: '720h' }))
    expect(fixed.rules[0]).toBe('a share of 720h, in the base of the length of the window')
  })

  it('how short an outage must be', async () => {
    const shortest = (value: unknown) => sideWith({ ...MONTH, 'shortest-outage': value })
    const found = await relation(await shortest('10min'), await shortest({ 'longer-than': '10min' }))
    expect(found.rules).toContain('outages up to 10m do not count, in the base outages under 10m do not count')
    const row = envelope(await shortest('5min'), utc).get('downtime/year')
    expect(row?.notes).toContain('outages under 5m do not count, however many')
  })

  it('a higher target is called higher, an equal one isn’t', async () => {
    const [low, high] = [await sideWith(MONTH), await sideWith({ ...MONTH, target: '99.9%' })]
    expect((await relation(low, high)).rules).toContain('the same windows with a higher target')
    expect((await relation(high, low)).rules).toContain('the same windows with a lower target')
    expect((await relation(low, low)).rules).toEqual(['the same share of the same windows'])
  })

  it('zones, where their clocks differ and windows with them', async () => {
    const paris = await sideWith(MONTH, { timezone: 'Europe/Paris' })
    const said = 'windows by the clock of America/New_York, in the base by that of Europe/Paris'
    const york = await sideWith(MONTH, { timezone: 'America/New_York' })
    expect((await relation(paris, york)).rules).toContain(said)
    const yearly = await sideWith({ ...MONTH, window: 'calendar year' }, { timezone: 'America/New_York' })
    expect((await relation(paris, yearly)).rules).toContain(said)
    const brussels = await sideWith({ ...MONTH, window: 'calendar year' }, { timezone: 'Europe/Brussels' })
    expect((await relation(paris, brussels)).rules.join()).not.toContain('clock')
  })

  it('hours of one name', async () => {
    const hours = (more: Fields): Fields => ({
      calendars: { office: { days: 'mon-fri', hours: '09:00-18:00', ...more } },
    })
    const base = await sideWith({ ...MONTH, during: 'office' }, hours({}))
    const closed = await sideWith({ ...MONTH, during: 'office' }, hours({ except: { '2026-03-02': 'closed' } }))
    expect((await relation(base, closed)).rules).toContain('office has other hours or days than in the base')
    const away = await sideWith({ ...MONTH, during: 'office' }, hours({ timezone: 'Asia/Tokyo' }))
    expect((await relation(base, away)).rules).toContain('office is in Asia/Tokyo, office in the base in UTC')
  })

  it('recurring hours of what is left out in two zones', async () => {
    const made = (timezone: string): Fields => ({
      timezone,
      services: { app: {} },
      exclusions: { nightly: { event: 'maintenance', cap: '4h per calendar month' } },
    })
    const fields = { ...MONTH, excluding: ['nightly'], 'excluded-time': 'counts-as-up' }
    const found = await relation(await sideWith(fields, made('UTC')), await sideWith(fields, made('Asia/Tokyo')))
    expect(found.rules).toContain(
      'the two leave out other things, by the clock of Asia/Tokyo, in the base by that of UTC',
    )
  })
})

describe('what two contracts are taken for the same in', () => {
  const app = { ...MONTH, common: { services: ['app'] } }
  const needing = { services: { app: { needs: ['hosting'] }, hosting: {} } }

  it('a service that is needed and that the other contract does not know', async () => {
    const [one, two] = [await sideWith(app, needing), await sideWith(app, { services: { app: {} } })]
    const there = await relation(one, two)
    expect(there).toMatchObject({ relation: 'equal', searched: false })
    expect(there.rules).toContain('hosting, which app needs in the base, is taken for a part of app here')
    expect((await relation(two, one)).rules).toContain(
      'hosting, which app needs here, is taken for a part of app in the base',
    )
  })

  it('all services of a contract, where one of them is only needed', async () => {
    const [all, one] = [await sideWith(MONTH, needing), await sideWith(app, { services: { app: {} } })]
    const found = await relation(all, one)
    expect(found).toMatchObject({ relation: 'equal', searched: false })
    expect(found.rules).toContain('hosting, which app needs in the base, is taken for a part of app here')
    // Work on the app may hide an outage of the hosting from the app alone.
    const work = { exclusions: { planned: { event: 'maintenance', notice: { 'at-least': '48h' } } } }
    const excluding = { excluding: ['planned'], 'excluded-time': 'counts-as-up' }
    const hidden = await relation(
      await sideWith({ ...MONTH, ...excluding }, { ...needing, ...work }),
      await sideWith({ ...app, ...excluding }, { services: { app: {} }, ...work }),
    )
    expect(hidden.relation).toBe('weaker')
    // Known there, and not needed: a difference.
    const apart = await sideWith(app, { services: { app: {}, hosting: {} } })
    expect(await relation(all, apart)).toMatchObject({ relation: 'weaker', breaches: ['base'] })
  })

  it('services of other names', async () => {
    const platform = await sideWith(MONTH, { services: { platform: {} } })
    expect((await relation(await sideWith(app, needing), platform)).rules).toContain(
      'platform is taken for what app is in the base',
    )
    expect((await relation(await sideWith(MONTH), platform)).rules).toEqual(['the same share of the same windows'])
  })
})

describe('alike whatever the order or the name', () => {
  it('services that must be down together take down what needs them', async () => {
    const down: Fields = { ...MONTH, 'all-down': ['app', 'db'] }
    const apart = await sideWith(down, { services: { app: {}, db: {} } })
    const needing = await sideWith(down, { services: { app: { needs: ['db'] }, db: {} } })
    const found = await relation(apart, needing)
    expect(found).toMatchObject({ relation: 'stronger', breaches: ['other'], searched: false })
    expect(found.rules).toContain('app needs db too')
    expect(await relation(needing, apart)).toMatchObject({ relation: 'weaker', breaches: ['base'] })
  })

  it('filters by the rows that they let through', async () => {
    const where = (values: readonly string[]) => sideWith({ ...MONTH, common: { where: { zone: values, kind: 'x' } } })
    const other = await sideWith({ ...MONTH, common: { where: { kind: 'x', zone: ['b', 'a'] } } })
    expect(await relation(await where(['a', 'b']), other)).toMatchObject({ relation: 'equal', searched: false })
    expect((await relation(await where(['a']), other)).relation).not.toBe('equal')
  })

  it('exclusions of zones with one clock', async () => {
    const made = (timezone: string): Fields => ({
      timezone,
      services: { app: {} },
      calendars: { office: { days: 'mon-fri', hours: '09:00-18:00' } },
      'business-days': 'office',
      exclusions: { planned: { event: 'maintenance', kept: 'work', cap: '4h per calendar month' } },
      clauses: { work: { kind: 'maintenance', notice: { 'at-least': '5 days' }, outside: 'office' } },
    })
    const side = (zone: string) =>
      sideWith({ ...MONTH, excluding: ['planned'], 'excluded-time': 'counts-as-up' }, made(zone))
    const paris = await side('Europe/Paris')
    expect(await relation(paris, await side('Europe/Berlin'))).toMatchObject({ relation: 'equal', searched: false })
    // An hour behind, all the same in other respects.
    expect((await relation(paris, await side('Europe/London'))).relation).not.toBe('equal')
  })

  it('one service without a name and two with', async () => {
    const found = await relation(await sideWith(MONTH), await sideWith(MONTH, { services: { api: {}, web: {} } }))
    expect(found.rules).toContain('is about api, web, the base about one without a name')
  })
})

describe('outages just long enough', () => {
  it('many of exactly the threshold, where gaps count otherwise too', async () => {
    const made = { ...MONTH, target: '99.9%' }
    const base = await sideWith({ ...made, 'no-data': 'up', 'shortest-outage': '10min' })
    const other = await sideWith({ ...made, 'no-data': 'down', 'shortest-outage': { 'longer-than': '10min' } })
    expect(await relation(base, other)).toMatchObject({ relation: 'incomparable', breaches: ['base', 'other'] })
  })
})
