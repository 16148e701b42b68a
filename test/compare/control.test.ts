import { describe, expect, it } from 'vitest'
import { controlRule } from '../../src/compare/rules/control.ts'
import { relation, worst } from './duties-pairs.ts'

type Fields = Record<string, unknown>
const HOUR = 3_600_000

const cases: readonly [string, Fields, Fields, string][] = [
  ['the same interval', { every: '1 week' }, { every: '1 week', outcome: 'passed' }, 'equal'],
  ['more often', { every: '1 month' }, { every: '1 week' }, 'stronger'],
  ['a week and 168 h', { every: '1 week' }, { every: '168h' }, 'incomparable'],
  ['a tolerance', { every: '1 week' }, { every: '1 week', tolerance: '1 day' }, 'weaker'],
  ['more in a year', { times: '1 per calendar year' }, { times: '2 per calendar year' }, 'stronger'],
  ['one a month', { times: '4 per calendar year' }, { times: '1 per calendar month' }, 'stronger'],
  ['one a quarter', { times: '4 per calendar year' }, { times: '1 per calendar quarter' }, 'stronger'],
  ['an interval shorter than the window', { times: '1 per calendar month' }, { every: '2 weeks' }, 'stronger'],
  // From 31 January on that is 3 March.
  ['31 days and a month', { times: '1 per calendar month' }, { every: '31 days' }, 'incomparable'],
  ['a month each and an interval', { every: '3 months' }, { times: '1 per calendar month' }, 'stronger'],
  ['whatever comes of it', { every: '1 week' }, { every: '1 week', outcome: 'performed' }, 'weaker'],
  ['each subject', { every: '1 week' }, { every: '1 week', per: 'subject' }, 'stronger'],
  [
    'full restores only',
    { of: 'restore', every: '1 week' },
    { of: 'restore', every: '1 week', where: { scope: 'full' } },
    'stronger',
  ],
  ['valid for longer', { 'valid-for': '1 year' }, { 'valid-for': '3 years' }, 'weaker'],
]

describe('recurring duties', () => {
  it.each(cases)('%s', async (_, base, other, expected) => {
    const named = (fields: Fields): Fields => ({ of: 'drill', ...fields })
    expect(await relation(controlRule, { base: named(base), other: named(other) })).toBe(expected)
    const opposite: Record<string, string> = { weaker: 'stronger', stronger: 'weaker' }
    const back = { base: named(other), other: named(base) }
    expect(await relation(controlRule, back)).toBe(opposite[expected] ?? expected)
  })

  it('may have other names in the evidence', async () => {
    const pair = { base: { of: 'drill', every: '1 week' }, other: { of: 'fire-drill', every: '1 month' } }
    expect(await relation(controlRule, pair)).toBe('weaker')
  })
})

describe('the longest time without', () => {
  const gapOf = async (fields: Fields) => {
    const { 'control/drill/longest-gap': gap } = await worst(controlRule, { of: 'drill', ...fields })
    return { ms: gap?.ms, text: gap?.text, from: gap?.at && new Date(gap.at.start).toISOString() }
  }

  it('is the interval with its tolerance', async () => {
    expect(await gapOf({ every: '24h', tolerance: '2h' })).toMatchObject({ ms: 26 * HOUR, text: '1d 2h' })
  })

  it('of windows is that of two neighbours', async () => {
    // July and August; no other two months of 2026 have 62 days but December and January.
    expect(await gapOf({ times: '1 per calendar month' })).toEqual({
      ms: 62 * 24 * HOUR - 1,
      text: 'just under 62d',
      from: '2026-06-30T22:00:00.000Z',
    })
    // 2026 and 2027, then 2027 and 2028 with its leap day would begin in the next year.
    expect(await gapOf({ times: '2 per calendar year' })).toMatchObject({ ms: 730 * 24 * HOUR - 1 })
  })
})
