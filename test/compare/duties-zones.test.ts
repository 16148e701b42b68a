import { describe, expect, it } from 'vitest'
import type { AnyRule } from '../../src/compare/rule.ts'
import { backupRule } from '../../src/compare/rules/backup.ts'
import { controlRule } from '../../src/compare/rules/control.ts'
import { maintenanceRule } from '../../src/compare/rules/maintenance.ts'
import { recoveryRule } from '../../src/compare/rules/recovery.ts'
import { relation, ruled, settled } from './duties-pairs.ts'

type Fields = Record<string, unknown>

/** The clocks change on 8 and 29 March 2026, on 25 October and 1 November. */
const ZONES = { more: { timezone: 'Europe/Paris' }, otherMore: { timezone: 'America/New_York' } }
const OF = 'days of America/New_York, the base has those of Europe/Paris'

const promises: readonly [string, AnyRule, Fields, string, string][] = [
  ['kept for days', backupRule, { of: ['db'], keep: { for: '30 days' } }, 'keep', `kept: 30 days (−1h) in both; ${OF}`],
  ['a greatest age', backupRule, { of: ['db'], 'max-age': '3 days' }, 'max-age', `greatest age: 3 days in both; ${OF}`],
  [
    'copied in days',
    backupRule,
    { of: ['db'], copies: { differs: 'region', 'made-within': '2 days' } },
    'copies',
    `made within: 2 days in both; ${OF}`,
  ],
  ['recovered in days', recoveryRule, { rto: { 'at-most': '2 days' } }, 'rto', `recovered in: 2 days in both; ${OF}`],
  ['notice of days', maintenanceRule, { notice: { 'at-least': '2 days' } }, 'notice', `notice: 2 days in both; ${OF}`],
  ['each 30 days', controlRule, { of: 'drill', every: '30 days' }, 'drill', `performed: every 30 days in both; ${OF}`],
]

describe('days of two zones whose clocks change on other dates', () => {
  it.each(promises)('%s: no log is missing, and the zones are named', async (_, rule, fields, promise, words) => {
    const pair = { base: fields, other: fields, promise, ...ZONES }
    expect(await relation(rule, pair)).toBe('incomparable')
    expect((await ruled(rule, pair)).rules).toEqual([words])
    const { found } = await settled(rule, pair)
    expect(found).toHaveLength(2)
    for (const { candidate } of found) expect(candidate.story).toMatch(/\d\d:\d\d.* \(times of Europe\/Paris\)\.$/)
  })

  it('makes no difference for hours', async () => {
    const fields = { of: ['db'], keep: { for: '720h' } }
    expect((await ruled(backupRule, { base: fields, other: fields, promise: 'keep', ...ZONES })).rules).toEqual([
      'the same in every field',
    ])
  })
})

describe('stories', () => {
  it('say when runs start', async () => {
    const base = { of: ['db'], schedule: { every: '24h', tolerance: '1h' } }
    const other = { of: ['db'], schedule: { per: 'day' } }
    const { found } = await settled(backupRule, { base, other, promise: 'schedule' })
    const stories = Object.fromEntries(found.map(({ breaches, candidate }) => [breaches, candidate.story]))
    // Two dates have a run each, 47 h 59 min 59 s apart.
    expect(stories.base).toBe('One starts Wed 10 Jun 00:00, the next Thu 11 Jun 23:59:59.')
  })

  it('say when a backup is made and deleted', async () => {
    const keep = (amount: string): Fields => ({ of: ['db'], keep: { for: amount } })
    const { found } = await settled(backupRule, { base: keep('30 days'), other: keep('15 days'), promise: 'keep' })
    // 15 days less the hour tolerated.
    expect(found.map(({ candidate }) => candidate.story)).toEqual([
      'A backup of Wed 10 Jun 12:00 is deleted Thu 25 Jun 11:00, when it is 14d 23h old.',
    ])
  })
})

describe('what is written otherwise', () => {
  const same: readonly [string, AnyRule, Fields, Fields, string, readonly string[]][] = [
    [
      'values of a filter',
      maintenanceRule,
      { longest: '1h', where: { kind: ['x', 'y'] } },
      { longest: '1h', where: { kind: ['y', 'x'] } },
      'longest',
      [],
    ],
    [
      'filters of cases',
      recoveryRule,
      { rto: { 'at-most': '4h' }, where: { kind: 'x', site: 'a' } },
      { rto: { 'at-most': '240min' }, where: { site: 'a', kind: 'x' } },
      'rto',
      ['recovered in: 240min, the base has 4h: the same'],
    ],
    [
      'countries',
      backupRule,
      { of: ['db'], residency: ['FR', 'DE'] },
      { of: ['db'], residency: ['DE', 'FR'] },
      'residency',
      ['countries: DE, FR, the base has FR, DE: the same'],
    ],
  ]
  it.each(same)('is the same and said to be: %s', async (_, rule, base, other, promise, notes) => {
    const { atLeast, atMost, rules } = await ruled(rule, { base, other, promise })
    expect([atLeast, atMost, ...rules.slice(1)]).toEqual([true, true, ...notes])
  })

  it('of every scenario is promised of each', async () => {
    const any = { rto: { 'at-most': '2h' } }
    const each = { scenarios: { full: { rto: { 'at-most': '8h' } } } }
    const { atLeast } = await ruled(recoveryRule, { base: each, other: any, promise: 'rto' })
    expect(atLeast).toBe(true)
    expect((await ruled(recoveryRule, { base: any, other: each, promise: 'rto' })).atMost).toBe(true)
  })
})
