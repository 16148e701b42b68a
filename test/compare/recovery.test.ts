import { describe, expect, it } from 'vitest'
import type { Side } from '../../src/compare/rule.ts'
import { recoveryRule } from '../../src/compare/rules/recovery.ts'
import { settle } from '../../src/compare/search.ts'
import { yearWorld } from '../../src/compare/year.ts'
import { relation, settled, sidesOf, worst } from './duties-pairs.ts'
import { zones } from './fakes.ts'

type Fields = Record<string, unknown>
const PARIS_ZONE = zones('Europe/Paris')
const HOUR = 3_600_000
const rto = (amount: string, from = 'failure', more: Fields = {}): Fields => ({
  rto: { 'at-most': amount, from },
  ...more,
})
const rpo = (amount: string, measure = 'incident', more: Fields = {}): Fields => ({
  rpo: { 'at-most': amount, measure },
  ...more,
})

const cases: readonly [string, Fields, Fields, string, string][] = [
  ['the same time', rto('6h'), rto('6h'), 'rto', 'equal'],
  ['a longer time', rto('6h'), rto('8h'), 'rto', 'weaker'],
  ['a shorter time', rto('1 day'), rto('4h'), 'rto', 'stronger'],
  // A day has 23 h in March and 25 h in October.
  ['a day and 24 h', rto('1 day'), rto('24h'), 'rto', 'incomparable'],
  ['from the request', rto('6h'), rto('6h', 'requested'), 'rto', 'incomparable'],
  ['from the declaration', rto('6h', 'requested'), rto('4h', 'declared'), 'rto', 'incomparable'],
  ['one component', rto('6h'), rto('6h', 'failure', { of: ['database'] }), 'rto', 'incomparable'],
  ['less lost', rpo('15min'), rpo('5min'), 'rpo', 'stronger'],
  ['less lost by backups', rpo('24h', 'exposure'), rpo('12h', 'exposure'), 'rpo', 'stronger'],
  ['less lost by samples', rpo('15min', 'samples'), rpo('5min', 'samples'), 'rpo', 'stronger'],
  ['by incident and by backups', rpo('24h'), rpo('24h', 'exposure'), 'rpo', 'incomparable'],
  ['by incident and by samples', rpo('15min'), rpo('15min', 'samples'), 'rpo', 'incomparable'],
  [
    'partial backups',
    rpo('24h', 'exposure'),
    rpo('24h', 'exposure', { accept: ['success', 'partial'] }),
    'rpo',
    'weaker',
  ],
]

describe('promises on recovery', () => {
  it.each(cases)('%s', async (_, base, other, promise, expected) => {
    expect(await relation(recoveryRule, { base, other, promise })).toBe(expected)
    const opposite: Record<string, string> = { weaker: 'stronger', stronger: 'weaker' }
    expect(await relation(recoveryRule, { base: other, other: base, promise })).toBe(opposite[expected] ?? expected)
  })

  it('are told by the rows that a story speaks of', async () => {
    const pair = { base: rto('6h'), other: rto('8h', 'requested'), promise: 'rto' }
    const { found } = await settled(recoveryRule, pair)
    const late = found.find(({ breaches }) => breaches === 'base')?.candidate
    expect(late?.story).toBe('It fails Wed 10 Jun 12:00, a restore is requested at once, and all is back 6h 1m later.')
    expect(late?.rows.map(({ type, requested_at }) => [type, requested_at])).toEqual([
      ['restore', '2026-06-10T12:00:00+02:00'],
    ])
  })

  it('are of the same component where an alignment says so, whatever it is called', async () => {
    const of = (component: string, amount: string) => rto(amount, 'failure', { of: [component] })
    const pair = async (shown: string) => {
      const [base, other] = await sidesOf(recoveryRule, {
        base: of('db', '6h'),
        other: of('database', '8h'),
        promise: 'rto',
      })
      const named = (side: Side, component: string): Side => ({ ...side, term: { ...side.term, shown: { component } } })
      return [named(base, 'db'), named(other, shown)] as const
    }
    const world = yearWorld(2026, PARIS_ZONE)
    const found = async (shown: string) => {
      const logs = (await settle(recoveryRule, ...(await pair(shown)), world)).found
      return logs.map(({ breaches, candidate }) => [breaches, candidate.rows.map(({ component }) => component)])
    }
    // 7 h are too long for one of the two; of two components each has a log that says nothing of the other.
    expect(await found('db')).toEqual([['base', ['db']]])
    expect((await found('database')).map(([breaches]) => breaches)).toEqual(['base', 'other'])
  })

  it('stand scenario by scenario', async () => {
    const scenarios = (partial: string, full: string): Fields => ({
      scenarios: { partial: rto(partial, 'requested'), full: rto(full, 'requested') },
    })
    const pair = { base: scenarios('2h', '8h'), other: scenarios('2h', '12h') }
    expect(await relation(recoveryRule, { ...pair, promise: 'partial/rto' })).toBe('equal')
    expect(await relation(recoveryRule, { ...pair, promise: 'full/rto' })).toBe('weaker')
  })
})

describe('the worst recovery', () => {
  it('is the amount, from the failure', async () => {
    const { 'recovery/rto': time, 'recovery/rpo': loss } = await worst(recoveryRule, { ...rto('6h'), ...rpo('5min') })
    expect(time).toMatchObject({ ms: 6 * HOUR, text: '6h', notes: [] })
    expect(time).not.toHaveProperty('beside')
    expect(loss).toMatchObject({ ms: HOUR / 12, text: '5m', notes: ['by incident'] })
  })

  it('is more than the amount where it is counted from a later act', async () => {
    const { 'recovery/rto': time } = await worst(recoveryRule, rto('8h', 'requested'))
    expect(time).toMatchObject({ ms: 8 * HOUR, beside: 'and the time until it is requested: no limit' })
  })

  it('of a day has 25 hours where the clock goes back', async () => {
    const { 'recovery/rto': time } = await worst(recoveryRule, rto('1 day'))
    expect(time).toMatchObject({ ms: 25 * HOUR, text: '1d 1h' })
    expect(new Date(time?.at?.start ?? 0).toISOString()).toBe('2026-10-24T10:00:00.000Z')
  })
})
