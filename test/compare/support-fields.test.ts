import { describe, expect, it } from 'vitest'
import { PROMISES, supportSchema } from '../../src/clauses/support/schema.ts'
import { relate } from '../../src/compare/relations.ts'
import { supportRule } from '../../src/compare/rules/support.ts'
import { settle } from '../../src/compare/search.ts'
import { contractOf, sideOf, yearOf } from './support-sides.ts'

const world = yearOf()
const calendars = {
  office: { days: 'mon-fri', hours: '09:00-18:00', holidays: 'FR' },
  wide: { days: 'mon-fri', hours: '08:00-20:00' },
}
const targets = { respond: '2h', 'update-every': '4h', workaround: '3h', resolve: '1 business day', report: '1 day' }
const BASE = {
  kind: 'support',
  calendar: 'office',
  clock: 'calendar',
  'business-day': 'same-time',
  'on-reopen': 'last-resolve',
  'on-priority-change': 'at-open',
  priorities: { P1: targets, P2: { respond: '8h', resolve: '2 business days' } },
}
const mean = { respond: '2h', workaround: '3h', resolve: '4h', window: 'calendar month' }
const P1 = (more: object) => ({ priorities: { ...BASE.priorities, P1: { ...targets, ...more } } })

/** `field`, the row, what both say, and what the laxer one says in place of it. */
type Case = readonly [field: string, key: string, both: object, laxer: object]

const CASES: readonly Case[] = [
  ['calendar', 'support/P1/respond', { calendar: 'wide' }, { calendar: 'office' }],
  ['clock', 'support/P1/respond', { clock: 'always' }, { clock: 'calendar' }],
  ['business-day', 'support/P1/resolve', { 'business-day': 'same-time' }, { 'business-day': 'end-of-day' }],
  ['business-day', 'support/P2/resolve', { 'business-day': 'working-hours' }, { 'business-day': 'end-of-day' }],
  ['paused-in', 'support/P1/respond', {}, { 'paused-in': ['waiting'] }],
  ['paused-in', 'support/P1/update-every', { 'paused-in': ['a'] }, { 'paused-in': ['a', 'b'] }],
  ['on-reopen', 'support/P1/resolve', {}, { 'on-reopen': 'continue' }],
  ['on-reopen', 'support/P1/resolve', {}, { 'on-reopen': 'first-resolve' }],
  ['on-reopen', 'support/P1/resolve', {}, { 'on-reopen': 'restart' }],
  ['on-reopen', 'support/P1/report', { 'on-reopen': 'first-resolve' }, { 'on-reopen': 'last-resolve' }],
  ['on-priority-change', 'support/P1/respond', {}, { 'on-priority-change': 'carry' }],
  [
    'on-priority-change',
    'support/P1/respond',
    { 'on-priority-change': 'strictest' },
    { 'on-priority-change': 'carry' },
  ],
  ['from', 'support/P1/respond', {}, { from: 'reported' }],
  ['from', 'support/P1/resolve', {}, { from: 'responded' }],
  ['unprioritised', 'support/P1/respond', { unprioritised: 'P1' }, { unprioritised: 'P2' }],
  ['workaround-counts', 'support/P1/resolve', {}, { 'workaround-counts': true }],
  ['auto-reply-counts', 'support/P1/respond', {}, { 'auto-reply-counts': true }],
  ['auto-reply-counts', 'support/P1/update-every', {}, { 'auto-reply-counts': true }],
  ['customer-timezone', 'support/P1/respond', {}, { 'customer-timezone': true }],
  ['attainment', 'support/P1/respond', {}, { attainment: '95% per calendar month' }],
  [
    'attainment',
    'support/P1/resolve',
    { attainment: '95% per calendar month' },
    { attainment: '90% per calendar month' },
  ],
  [
    'attainment',
    'support/P1/respond',
    { attainment: '95% per calendar month' },
    { attainment: '95% per calendar quarter' },
  ],
  ['priorities.respond', 'support/P1/respond', {}, P1({ respond: '3h' })],
  [
    'priorities.respond',
    'support/P1/respond',
    {},
    P1({ respond: { 'by-calendar': { office: '2h', otherwise: '9h' } } }),
  ],
  ['priorities.update-every', 'support/P1/update-every', {}, P1({ 'update-every': '5h' })],
  ['priorities.workaround', 'support/P1/workaround', {}, P1({ workaround: '4h' })],
  ['priorities.resolve', 'support/P1/resolve', {}, P1({ resolve: '2 business days' })],
  ['priorities.report', 'support/P1/report', {}, P1({ report: '2 days' })],
  ['mean.respond', 'support/all/mean-respond', { mean }, { mean: { ...mean, respond: '3h' } }],
  ['mean.workaround', 'support/all/mean-workaround', { mean }, { mean: { ...mean, workaround: '4h' } }],
  ['mean.resolve', 'support/all/mean-resolve', { mean }, { mean: { ...mean, resolve: '5h' } }],
  ['mean.window', 'support/all/mean-resolve', { mean }, { mean: { ...mean, window: 'calendar quarter' } }],
  // Of every clause.
  ['where', 'support/P1/respond', {}, { where: { queue: 'a' } }],
  ['services', 'support/P1/respond', { services: ['app', 'api'] }, { services: ['api'] }],
]

async function pair(key: string, base: object, other: object) {
  const services = { app: {}, api: {} }
  const [a, b] = [await contractOf(base, { calendars, services }), await contractOf(other, { calendars, services })]
  return [sideOf(a, supportRule, key), sideOf(b, supportRule, key)] as const
}

describe('one field that is laxer', () => {
  it('each field of the schema is here', () => {
    const nested = ['priorities', 'mean']
    const plain = Object.keys(supportSchema.shape).filter(field => !nested.includes(field))
    const inside = [
      ...PROMISES.map(word => `priorities.${word}`),
      ...['respond', 'workaround', 'resolve', 'window'].map(word => `mean.${word}`),
    ]
    const said = new Set(CASES.map(([field]) => field))
    expect([...said].sort()).toEqual([...plain, ...inside, 'where', 'services'].sort())
  })

  it.each(CASES)('%s of %s: never equal, and a log shows it', async (_, key, both, laxer) => {
    const base = { ...BASE, ...both }
    const [a, b] = await pair(key, base, { ...base, ...laxer })
    const there = await settle(supportRule, a, b, world)
    expect(there.atLeast).toBe(false)
    expect(there.found.map(({ breaches }) => breaches)).toContain('base')
    const back = await settle(supportRule, b, a, world)
    expect(back.atMost).toBe(false)
    expect(back.found.map(({ breaches }) => breaches)).toContain('other')
  })

  it('an objective is weaker than the same guarantee', async () => {
    const [a, b] = await pair('support/P1/respond', BASE, { ...BASE, binding: 'objective' })
    const entries = [a, b].map(side => ({ side, rule: supportRule }))
    expect((await relate(entries[0], entries[1], world))?.relation).toBe('weaker')
    expect((await relate(entries[1], entries[0], world))?.relation).toBe('stronger')
  })
})
