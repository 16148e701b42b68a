import { describe, expect, it } from 'vitest'
import { rulesOf } from '../../src/clauses/backup/rules-of.ts'
import type { BackupBody } from '../../src/clauses/backup/schema.ts'
import { brief, clauseOf } from '../support/clause-text.ts'

const { load, refused, planned } = clauseOf('nightly', 'backup')
const warned = async (fields: string) => (await load(fields)).warnings.map(({ code, span }) => `${span?.line} ${code}`)
const hints = async (fields: string) => (await load(fields)).warnings.map(brief)
const rules = async (fields: string) => rulesOf((await planned(fields)).clause.body as BackupBody)
const heading = async (fields: string) => {
  const { kind, clause } = await planned(fields)
  return kind.judge.promise(clause)
}

const HOUR = 3_600_000

describe('a backup clause', () => {
  it('has a heading with every promise', async () => {
    expect(
      await heading(`of: [database, files]
schedule: { every: 24h, tolerance: 1h }
keep: { for: 30 days }
tiers: [{ per: month, keep: 12, basis: age }, { per: year, keep: 1, basis: unit }]
recovery-points: { ages: [1, 2, 3, 7, 14], slack: 6 }
max-age: 3 months
copies: { differs: provider, made-within: 24h, keep: 28 days }
residency: [FR, EU]`),
    ).toBe(
      "every 24h (+1h) · kept 30 days (−1h) · a month's kept 12 months (−1h) · a year's kept 1 year, its own one of them · " +
        'on every day 1–3, 7, 14 days old, up to 6 days older · none older than 3 months · ' +
        'a copy at another provider in 24h · copies kept 28 days · only in FR, EU',
    )
    expect(
      await heading(
        'schedule: { daily-at: "04:00", early: 10min, anchor: completion }\nkeep: { copies: 30, at: vault }',
      ),
    ).toBe('daily at 04:00 (−10min +1h), by completion · the last 30 kept at vault')
    expect(await heading('schedule: { per: week }\nkeep: { recovery-window: 7 days }')).toBe(
      'once a week · back to any point in 7 days',
    )
    expect(await heading('keep: { for: 30 days, from: completion }\ncopies: { at-least: 2, differs: region }')).toBe(
      'kept 30 days (−1h) from completion · copies at 2 other regions',
    )
    expect(
      await heading(
        'schedule: { every: unstated }\nrecovery-points: { ages: "1" }\nmax-age: { for: 90 days, tolerance: 24h }',
      ),
    ).toBe('on every day 1 day old · none older than 90 days (+24h) · schedule: unstated')
  })

  it('spells tolerances as the contract does', async () => {
    expect(
      await heading(`schedule: { every: 24h, tolerance: 26h }
keep: { for: 30 days, tolerance: 1 day }
tiers: { per: month, keep: 12, basis: age, tolerance: 90min }
recovery-points: { ages: "1-3", grace: 120min }
max-age: { for: 1 year, tolerance: 0min }`),
    ).toBe(
      "every 24h (+26h) · kept 30 days (−1 day) · a month's kept 12 months (−90min) · " +
        'on every day 1–3 days old, from 120min after midnight on · none older than 1 year',
    )
  })

  it('asks for a log or listings, and for what adds to them without missing it', async () => {
    const { kind, clause, types } = await planned('schedule: { per: day }')
    const needs = kind.judge.needs(clause, await load('schedule: { per: day }'))
    expect(needs.anyOf).toEqual([['backup', 'inventory']])
    expect(needs.also).toEqual([])
    expect([...types].sort()).toEqual([
      'backup',
      'backup-copy',
      'backup-deletion',
      'inventory',
      'restore',
      'verification',
    ])
  })

  it('fills in defaults: an hour for intervals, clock times, amounts kept and ages, nothing else', async () => {
    expect(await rules('schedule: { every: 24h }\nkeep: { for: 30 days }\ntiers: { per: month, keep: 12 }')).toEqual({
      components: [],
      accept: new Set(['success']),
      only: 'any',
      schedule: {
        form: 'every',
        every: { unit: 'elapsed', ms: 24 * HOUR, text: '24h' },
        anchor: 'start',
        tolerance: HOUR,
        early: 0,
      },
      keep: {
        form: 'for',
        amount: { unit: 'calendar', months: 0, days: 30, ms: 0, text: '30 days' },
        from: 'start',
        tolerance: HOUR,
      },
      tiers: [{ per: 'month', keep: 12, basis: 'age', tolerance: HOUR }],
    })
    const days = { unit: 'calendar', months: 0, days: 7, ms: 0, text: '7 days' }
    expect(
      await rules(`schedule: { per: day }
keep: { recovery-window: 7 days }
tiers: [{ per: week, keep: 4, basis: unit }]
recovery-points: { ages: "1-3" }
max-age: 7 days
copies: { differs: location }
residency: fr`),
    ).toEqual({
      components: [],
      accept: new Set(['success']),
      only: 'any',
      schedule: { form: 'per', per: 'day', anchor: 'start', tolerance: 0, early: 0 },
      keep: { form: 'window', amount: days, from: 'start', tolerance: 0 },
      tiers: [{ per: 'week', keep: 4, basis: 'unit', tolerance: 0 }],
      points: { ages: [1, 2, 3], slack: 0, grace: 0 },
      maxAge: { amount: days, tolerance: 0 },
      copies: { atLeast: 1, differs: 'location' },
      residency: { countries: new Set(['FR']), words: ['fr'] },
    })
    const other = await rules('schedule: { daily-at: "04:00" }\nkeep: { copies: 3 }')
    expect(other.schedule).toEqual({
      form: 'at',
      at: 4 * HOUR,
      text: '04:00',
      anchor: 'start',
      tolerance: HOUR,
      early: 0,
    })
    expect(other.keep).toEqual({ form: 'copies', count: 3, from: 'start', tolerance: 0 })
  })

  it('is taken with all its fields', async () => {
    expect(
      await rules(`of: database
accept: [success, warning]
only: full
schedule: { daily-at: "23:30:15", tolerance: 2h, early: 10min, anchor: completion }
keep: { for: 1 month, from: completion, tolerance: 0min, at: vault }
tiers: [{ per: quarter, keep: 4, basis: age, tolerance: 0min }, { per: year, keep: 2, basis: unit, tolerance: 5min }]
recovery-points: { ages: [14, 1, 7], slack: 6, grace: 2h }
max-age: { for: 2 years, tolerance: 1 day }
copies: { at-least: 2, differs: region, made-within: 1 day, keep: 28 days }
residency: [FR, EEA]`),
    ).toMatchObject({
      components: ['database'],
      accept: new Set(['success', 'warning']),
      only: 'full',
      schedule: {
        form: 'at',
        at: (23 * 60 + 30) * 60_000 + 15_000,
        tolerance: 2 * HOUR,
        early: 600_000,
        anchor: 'completion',
      },
      keep: { form: 'for', amount: { months: 1 }, from: 'completion', tolerance: 0, location: 'vault' },
      tiers: [
        { per: 'quarter', keep: 4, basis: 'age', tolerance: 0 },
        { per: 'year', keep: 2, basis: 'unit', tolerance: 300_000 },
      ],
      points: { ages: [1, 7, 14], slack: 6, grace: 2 * HOUR },
      maxAge: { amount: { months: 24 }, tolerance: 24 * HOUR },
      copies: { atLeast: 2, differs: 'region', madeWithin: { days: 1 }, keep: { days: 28 } },
      residency: { words: ['FR', 'EEA'] },
    })
  })

  it('leaves out what has no number', async () => {
    const unstated = await rules(
      'schedule: { every: unstated }\nkeep: { for: unstated }\nmax-age: unstated\ncopies: { differs: provider, made-within: unstated, keep: unstated }',
    )
    expect(unstated).toEqual({
      components: [],
      accept: new Set(['success']),
      only: 'any',
      tiers: [],
      copies: { atLeast: 1, differs: 'provider' },
    })
  })
})

describe('what is wrong with a backup clause', () => {
  it('is said all at once, each where it stands', async () => {
    expect(
      await refused(`of: [database, database]
accept: [success, failed]
only: fulls
schedule: { every: 24h, per: day }
keep: { for: 2 business days }
tiers: [{ per: months, keep: 12 }]
recovery-points: { ages: 0-3 }
max-age: 3
copies: { differs: providers }
residency: [France]
retention: 30 days`),
    ).toEqual([
      '8:20 bad-value: `database` is listed twice (undefined)',
      '9:23 bad-value: expected one of success, warning, partial, got "failed" (undefined)',
      '10:11 bad-value: expected one of full, incremental, any, got "fulls" (did you mean full?)',
      '11:15 bad-value: expected only one of `every`, `per` and `daily-at`, got `every` and `per` (undefined)',
      '12:18 bad-value: "2 business days": backups are not counted in business time (write such as 24h, 30 days, 3 months)',
      '13:20 bad-value: expected one of day, week, month, quarter, year, got "months" (did you mean month?)',
      '14:30 bad-value: "0-3": the least age is 1 day (a backup is 1 day old on the local day after its own)',
      '15:14 bad-value: "3": 3 of what? (write 3min, 3h or 3 days)',
      '16:24 bad-value: expected one of provider, region, location, got "providers" (did you mean provider?)',
      '17:17 bad-value: "France" isn\'t a country code (write FR)',
      '18:5 unknown-key: unknown key `retention` (known keys: of, accept, only, schedule, keep, tiers, recovery-points, max-age, copies, residency, kind, section, text, binding, services, services-together, where)',
    ])
  })

  it.each([
    [
      'accept: [success]',
      '6:3 bad-value: expected at least one of schedule, keep, tiers, recovery-points, max-age, copies, residency (undefined)',
    ],
    ['schedule: {}', '8:15 bad-value: expected one of `every`, `per` and `daily-at` (undefined)'],
    ['schedule: 24h', '8:15 bad-value: expected a map, got "24h" (write schedule: { every: 24h })'],
    ['schedule: { every: 0h }', '8:24 bad-value: "0h" is no time at all (write such as 24h, 30 days, 3 months)'],
    ['schedule: { evry: 24h }', '8:17 unknown-key: unknown key `evry` (did you mean `every`?)'],
    ['schedule: { per: day, early: 1h }', '8:27 bad-value: `early` goes with `daily-at` only (undefined)'],
    [
      'schedule: { daily-at: 4h }',
      '8:27 bad-value: "4h" isn\'t a time of day (write it with two digits each, from 00:00 to 23:59: 04:00)',
    ],
    [
      'schedule: { daily-at: "24:00" }',
      '8:27 bad-value: "24:00" isn\'t a time of day (write it with two digits each, from 00:00 to 23:59: 04:00)',
    ],
    [
      'schedule: { every: 24h, tolerance: 1 month }',
      '8:40 bad-value: "1 month": only s, min, h, days and weeks can be used here (write such as 1h or 2 days)',
    ],
    ['keep: 30 days', '8:11 bad-value: expected a map, got "30 days" (write keep: { for: 30 days })'],
    [
      'keep: { for: 30 days, copies: 30 }',
      '8:11 bad-value: expected only one of `for`, `copies` and `recovery-window`, got `for` and `copies` (undefined)',
    ],
    ['keep: { copies: 0 }', '8:21 bad-value: expected a whole number from 1 to 1000000, got the number 0 (undefined)'],
    ['keep: { copies: 3, from: completion }', '8:24 bad-value: `from` goes with `for` only (undefined)'],
    ['tiers: []', '8:12 bad-value: the list of tiers is empty (undefined)'],
    [
      'tiers: [{ per: week, keep: 4 }, { per: week, keep: 8 }]',
      '8:44 bad-value: there is a tier of each week already (undefined)',
    ],
    ['recovery-points: 1-29', '8:22 bad-value: expected a map, got "1-29" (write recovery-points: { ages: "1-29" })'],
    ['recovery-points: [1, 2]', '8:22 bad-value: expected a map, got a list (write recovery-points: { ages: [1, 2] })'],
    ['recovery-points: { ages: "5-1" }', '8:30 bad-value: "5-1": 5 is more than 1 (write 1-5)'],
    ['recovery-points: { ages: [1, 1] }', '8:34 bad-value: 1 is listed twice (undefined)'],
    ['max-age: 3m', '8:14 bad-value: "3m": "m" is minutes or months (write 3min or 3 months)'],
    ['copies: { at-least: 1 }', '8:5 missing-key: `differs` is missing (expected one of provider, region, location)'],
    ['residency: [FR, EU, fr]', '8:25 bad-value: `FR` is listed twice (undefined)'],
    ['residency: Europ', '8:16 bad-value: "Europ" isn\'t a country code (did you mean Europe?)'],
    ['residency: [FR, FR]', '8:21 bad-value: `FR` is listed twice (undefined)'],
    ['residency: Germany', '8:16 bad-value: "Germany" isn\'t a country code (write DE)'],
  ])('%s', async (fields, said) => {
    expect(await refused(fields)).toEqual([said])
  })
})

describe('several errors of a backup clause', () => {
  it('are told at once, of a map as a whole too', async () => {
    expect(await refused('of: [a, a]\nonly: ful')).toEqual([
      '6:3 bad-value: expected at least one of schedule, keep, tiers, recovery-points, max-age, copies, residency (undefined)',
      '8:13 bad-value: `a` is listed twice (undefined)',
      '9:11 bad-value: expected one of full, incremental, any, got "ful" (did you mean full?)',
    ])
    expect(await refused('schedule: { tolerance: 1 month, early: 5min }\nkeep: { from: begin }')).toEqual([
      '8:15 bad-value: expected one of `every`, `per` and `daily-at` (undefined)',
      '8:28 bad-value: "1 month": only s, min, h, days and weeks can be used here (write such as 1h or 2 days)',
      '8:37 bad-value: `early` goes with `daily-at` only (undefined)',
      '9:11 bad-value: expected one of `for`, `copies` and `recovery-window` (undefined)',
      '9:13 bad-value: `from` goes with `for` only (undefined)',
      '9:19 bad-value: expected one of start, completion, got "begin" (undefined)',
    ])
    // What is misspelt is not missing.
    expect(await refused('shedule: { per: day }')).toEqual([
      '8:5 unknown-key: unknown key `shedule` (did you mean `schedule`?)',
    ])
    expect(await refused('schedule: { pr: day }')).toEqual(['8:17 unknown-key: unknown key `pr` (did you mean `per`?)'])
  })
})

describe('what a backup clause leaves unsaid', () => {
  it('is nothing where all is said', async () => {
    expect(
      await warned(`schedule: { every: 24h, tolerance: 0min }
keep: { for: 30 days }
tiers: [{ per: month, keep: 12, basis: age }]
recovery-points: { ages: "1-29" }
copies: { differs: provider, made-within: 24h }
residency: [FR]`),
    ).toEqual([])
    expect(await warned('schedule: { per: day }\nrecovery-points: { ages: [1, 7], slack: 6 }')).toEqual([])
    expect(await warned('copies: { differs: provider, made-within: unstated }')).toEqual([])
  })

  it.each([
    ['schedule: { every: 24h }', ['8 silent-tolerance']],
    ['schedule: { every: 12h }', ['8 silent-tolerance']],
    ['schedule: { daily-at: "04:00" }', ['8 silent-tolerance']],
    ['keep: { for: 720h }', ['8 hours-for-days']],
    ['keep: { for: 12h }', []],
    ['copies: { differs: provider }', ['8 silent-copy-time']],
    ['schedule: { per: day }\ntiers: { per: month, keep: 12 }', ['9 silent-basis']],
    ['tiers: [{ per: month, keep: 12, basis: unit }]', ['8 tier-unscheduled']],
    ['schedule: { per: day }\nkeep: { for: 93 days }\ntiers: [{ per: month, keep: 3, basis: age }]', ['10 idle-tier']],
    ['schedule: { per: day }\nkeep: { for: 92 days }\ntiers: [{ per: month, keep: 3, basis: age }]', []],
    ['recovery-points: { ages: [1, 2, 3, 7, 14] }', ['8 strict-points']],
    ['recovery-points: { ages: [1, 2, 3] }', []],
    ['keep: { for: 92 days }\nmax-age: 3 months', []],
    ['keep: { for: 94 days }\nmax-age: 3 months', ['8 age-conflict']],
    ['keep: { recovery-window: 7 days }\nmax-age: 7 days', ['8 age-conflict']],
    ['keep: { for: 7 days }\nmax-age: 7 days', []],
    ['recovery-points: { ages: 1-30 }\nmax-age: 29 days', ['8 age-conflict']],
    ['residency: [FR, EU, CH]', ['8 idle-country']],
    ['residency: [EU, EEA]', ['8 idle-country']],
    ['residency: [EU, CH]', []],
  ])('%s: %j', async (fields, codes) => {
    expect(await warned(fields)).toEqual(codes)
  })

  it('is said with what to write', async () => {
    expect(await hints('schedule: { every: 24h }')).toEqual([
      '8:24 silent-tolerance: tolerance is not said, and it can decide the verdict: a backup counts up to 1h after 24h (say tolerance: 0min or 1h; if one on each local day is meant, write per: day)',
    ])
    expect(await hints('recovery-points: { ages: [1, 7, 14] }')).toEqual([
      '8:22 strict-points: backups 1, 7, 14 days old on every day are those of all 14 days: what is 1 day old today is of every age later (if rotated ones are meant, say slack: N, how many days older each may be; else slack: 0)',
    ])
  })
})
