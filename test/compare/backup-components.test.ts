import { describe, expect, it } from 'vitest'
import { backupRule } from '../../src/compare/rules/backup.ts'
import { relation, settled } from './duties-pairs.ts'

type Fields = Record<string, unknown>

const schedule = (fields: Fields, more: Fields = {}): Fields => ({ of: ['db'], schedule: fields, ...more })
const keep = (fields: Fields): Fields => ({ of: ['db'], keep: fields })
const of = (fields: Fields): Fields => ({ of: ['db'], ...fields })

/** In the row of one component: the base speaks of all backups, the other of that component. */
const inRow: readonly [string, Fields, Fields, string][] = [
  ['kept longer', { keep: { for: '15 days' } }, keep({ for: '30 days' }), 'stronger'],
  ['kept as long', { keep: { copies: 7 } }, keep({ copies: 7 }), 'equal'],
  ['the same tier', { tiers: [{ per: 'month', keep: 12 }] }, of({ tiers: [{ per: 'month', keep: 12 }] }), 'equal'],
  ['none older', { 'max-age': '3 months' }, of({ 'max-age': '30 days' }), 'stronger'],
  [
    'copied alike',
    { copies: { differs: 'provider', 'made-within': '24h' } },
    of({ copies: { differs: 'provider', 'made-within': '24h' } }),
    'equal',
  ],
  ['in one country of them', { residency: ['EU'] }, of({ residency: ['FR'] }), 'stronger'],
  // A backup of any component keeps these.
  ['made as often', { schedule: { every: '24h' } }, schedule({ every: '24h' }), 'stronger'],
  [
    'points of the same ages',
    { 'recovery-points': { ages: '1-3' } },
    of({ 'recovery-points': { ages: '1-3' } }),
    'stronger',
  ],
]

/** As in contracts of two levels of backups: which count is as telling as how long they are kept. */
const levels: readonly [string, Fields, Fields, string][] = [
  [
    'copied while it is kept at all',
    { copies: { differs: 'provider' } },
    of({ keep: { for: '2 months' }, schedule: { per: 'month' }, where: { level: 2 }, copies: { differs: 'provider' } }),
    'incomparable',
  ],
  [
    'copied while it is kept for 30 days',
    { copies: { differs: 'provider' } },
    of({ keep: { for: '30 days' }, only: 'full', copies: { differs: 'location' } }),
    'incomparable',
  ],
  [
    'each date and each month of one level',
    schedule({ 'daily-at': '04:00' }, { only: 'full' }),
    schedule({ per: 'month' }, { where: { level: 2 } }),
    'incomparable',
  ],
]

describe('a promise on all backups', () => {
  it.each([...inRow, ...levels])('beside one on a component: %s', async (_, base, other, expected) => {
    const promise = Object.keys(base).find(key => key !== 'of' && key !== 'only') ?? ''
    const pair = { promise, component: 'db' }
    expect(await relation(backupRule, { ...pair, base, other })).toBe(expected)
    const opposite: Record<string, string> = { stronger: 'weaker' }
    expect(await relation(backupRule, { ...pair, base: other, other: base })).toBe(opposite[expected] ?? expected)
  })

  it('is shown by no log of another component, but where any of them keeps it', async () => {
    const stories = async (base: Fields, other: Fields, promise: string) =>
      (await settled(backupRule, { base, other, promise, component: 'db' })).found.flatMap(({ candidate }) =>
        candidate.rows.map(({ component = '' }) => component).filter(name => name !== '' && name !== 'db'),
      )
    expect(await stories({ keep: { for: '15 days' } }, keep({ for: '30 days' }), 'keep')).toEqual([])
    expect(await stories({ schedule: { per: 'week' } }, schedule({ per: 'week' }), 'schedule')).not.toEqual([])
  })
})
