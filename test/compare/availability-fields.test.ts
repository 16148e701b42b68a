import { describe, expect, it } from 'vitest'
import { availabilitySchema } from '../../src/clauses/availability/schema.ts'
import { relate } from '../../src/compare/relations.ts'
import { availabilityRule } from '../../src/compare/rules/availability.ts'
import { type Fields, relation, sideWith } from './availability-sides.ts'

const envelope = {
  services: { app: {}, a: {}, b: {}, c: {} },
  calendars: {
    office: { days: 'mon-fri', hours: '09:00-18:00' },
    wide: { days: 'mon-fri', hours: '08:00-20:00' },
  },
  exclusions: { planned: { event: 'maintenance', notice: { 'at-least': '48h' } }, force: { cause: ['force-majeure'] } },
}
const BASE: Fields = { target: '99.5%', window: 'calendar month', common: { services: ['app'] } }
const slices = (limit: string) => ({ slices: '5min', 'bad-when': { down: { above: limit } } })

/** `field`, what both say, what the laxer one says in place of it; `unseen`: no log can show it. */
type Case = readonly [field: string, both: Fields, laxer: Fields, unseen?: true]

const CASES: readonly Case[] = [
  ['target', {}, { target: '99.4%' }],
  ['target', { target: { above: '99.5%' } }, { target: '99.5%' }],
  ['window', {}, { window: 'calendar quarter' }],
  ['window', { window: 'rolling 30 days' }, { window: 'calendar month' }],
  ['during', { during: 'wide' }, { during: 'office' }],
  ['base', { base: '600h' }, { base: '720h' }],
  ['accounting', {}, { accounting: { whole: '5min' } }],
  ['accounting', {}, { accounting: { users: 40 } }],
  ['accounting', { accounting: slices('0s') }, { accounting: slices('1min') }],
  ['shortest-outage', {}, { 'shortest-outage': '1min' }],
  ['shortest-outage', { 'shortest-outage': '1min' }, { 'shortest-outage': { 'at-least': '2min' } }],
  ['excluding', { 'excluded-time': 'counts-as-up' }, { excluding: ['planned'] }],
  ['excluding', {}, { excluding: ['planned'] }],
  ['excluding', { excluding: ['planned'] }, { excluding: ['planned', 'force'] }],
  [
    'excluded-time',
    { excluding: ['planned'], 'excluded-time': 'leaves-denominator' },
    { 'excluded-time': 'counts-as-up' },
  ],
  ['no-data', { 'no-data': 'down' }, { 'no-data': 'up' }],
  ['no-data', { 'no-data': 'unknown' }, { 'no-data': 'up' }, true],
  ['no-data', { 'no-data': 'down' }, { 'no-data': 'unknown' }, true],
  ['no-traffic', { accounting: 'requests', 'no-traffic': 'down' }, { 'no-traffic': 'up' }, true],
  ['degraded', { degraded: 'down' }, { degraded: '50%' }],
  ['partial', {}, { partial: 'affected' }],
  ['down-when', {}, { 'down-when': 'all' }],
  ['down-when', {}, { 'down-when': 'majority' }],
  ['all-down', { 'all-down': ['a', 'b'], common: {} }, { 'all-down': ['a', 'b', 'c'] }],
  ['sources', {}, { sources: ['ours'] }],
  ['from', {}, { from: 'reported' }],
  ['sampling', {}, { sampling: 'midpoint' }],
  ['max-gap', { 'max-gap': '2h', 'no-data': 'up' }, { 'max-gap': '10min' }],
  ['every', { every: '2h', 'no-data': 'up' }, { every: '5min' }],
  ['rounding', {}, { rounding: { decimals: 1, mode: 'half-up' } }],
  // Of every clause.
  ['where', {}, { common: { services: ['app'], where: { severity: { not: 'partial' } } } }],
  ['services', { common: { services: ['app', 'a'] } }, { common: { services: ['app'] } }],
]

describe('one field that is laxer', () => {
  it('each field of the schema is here', () => {
    const said = new Set(CASES.map(([field]) => field))
    expect([...said].sort()).toEqual([...Object.keys(availabilitySchema.shape), 'where', 'services'].sort())
  })

  for (const [field, both, laxer, unseen] of CASES) {
    it(`${field} ${JSON.stringify(laxer)}: weaker or incomparable, never equal`, async () => {
      const [base, other] = [
        { ...BASE, ...both },
        { ...BASE, ...both, ...laxer },
      ]
      const [a, b] = [await sideWith(base, envelope), await sideWith(other, envelope)]
      const there = await relation(a, b)
      expect(['weaker', 'incomparable']).toContain(there.relation)
      const back = await relation(b, a)
      expect(['stronger', 'incomparable']).toContain(back.relation)
      if (unseen === true) return
      expect(there.breaches).toContain('base')
      expect(back.breaches).toContain('other')
    })
  }

  it('an objective is weaker than the same guarantee', async () => {
    const aim = await sideWith({ ...BASE, common: { services: ['app'], binding: 'objective' } }, envelope)
    const entries = [await sideWith(BASE, envelope), aim].map(side => ({ side, rule: availabilityRule }))
    const world = { year: 2026, span: { start: Date.UTC(2026, 0, 1), end: Date.UTC(2027, 0, 1) } }
    expect((await relate(entries[0], entries[1], world))?.relation).toBe('weaker')
    expect((await relate(entries[1], entries[0], world))?.relation).toBe('stronger')
  })
})
