import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { verdictOf } from '../../src/compare/judge-log.ts'
import type { AnyRule, Candidate } from '../../src/compare/rule.ts'
import { backupRule } from '../../src/compare/rules/backup.ts'
import { controlRule } from '../../src/compare/rules/control.ts'
import { maintenanceRule } from '../../src/compare/rules/maintenance.ts'
import { recoveryRule } from '../../src/compare/rules/recovery.ts'
import { yearWorld } from '../../src/compare/year.ts'
import { sideOf } from './duties-pairs.ts'
import { backupLogs, controlLogs, disasterLogs, laterLogs, nightLogs, workLogs } from './duties-worlds.ts'

type Fields = Record<string, unknown>
/**
 * Pairs of clauses per promise, with four logs each; those of which nothing is proven are passed over, so that some 3,600
 * logs are judged in all. `SLA_CASES=450` judges ten thousand.
 */
const RUNS = Number(process.env.SLA_CASES ?? 160)

const some = (...list: Fields[]) => fc.constantFrom(...list)
const spread = (...parts: fc.Arbitrary<Fields>[]) => fc.tuple(...parts).map(all => Object.assign({}, ...all) as Fields)
const counted = spread(
  some({ of: ['db'] }, { of: ['db'] }, {}),
  some({}, {}, { accept: ['success', 'warning'] }),
  some({}, {}, { only: 'full' }),
  some({}, {}, { where: { level: 1 } }),
)
const scheduled = some(
  ...['12h', '22h', '24h', '25h', '1 day', '49h', '51h', '1 week'].flatMap(every => [
    { schedule: { every } },
    { schedule: { every, tolerance: '0h' } },
  ]),
  ...['day', 'week', 'month'].flatMap(per => [{ schedule: { per } }, { schedule: { per, tolerance: '2h' } }]),
  { schedule: { 'daily-at': '04:00' } },
  { schedule: { 'daily-at': '04:00', early: '1h', tolerance: '3h' } },
  { schedule: { every: '24h', anchor: 'completion' } },
)
const kept = some(
  ...['5 days', '120h', '10 days', '240h', '1 month', '30 days'].map(amount => ({ keep: { for: amount } })),
  { keep: { for: '240h', from: 'completion' } },
  { keep: { for: '10 days', tolerance: '12h' } },
  { keep: { copies: 2 } },
  { keep: { copies: 4 } },
  { keep: { 'recovery-window': '3 days' } },
  { keep: { 'recovery-window': '6 days' } },
)
const tiered = some(
  { tiers: [{ per: 'day', keep: 3 }] },
  { tiers: [{ per: 'day', keep: 5 }] },
  { tiers: [{ per: 'week', keep: 2, basis: 'unit' }] },
  { tiers: [{ per: 'week', keep: 3, basis: 'unit' }] },
  {
    tiers: [
      { per: 'week', keep: 2 },
      { per: 'day', keep: 4 },
    ],
  },
)
const pointed = some(
  ...['1-2', '1-4', '2-3'].flatMap(ages => [
    { 'recovery-points': { ages } },
    { 'recovery-points': { ages, slack: 1 } },
    { 'recovery-points': { ages, grace: '2h' } },
  ]),
)
const aged = some({ 'max-age': '5 days' }, { 'max-age': '120h' }, { 'max-age': { for: '10 days', tolerance: '1 day' } })
const copied = spread(
  some({ differs: 'provider' }, { differs: 'region' }, { differs: 'location' }),
  some({ 'made-within': '12h' }, { 'made-within': '24h' }, { 'made-within': 'unstated' }),
  some({}, { keep: '5 days' }, { keep: '10 days' }),
  some({}, { 'at-least': 2 }),
).map(copies => ({ copies }))
const placed = some({ residency: ['FR'] }, { residency: ['FR', 'DE'] }, { residency: ['EU'] }, { residency: ['US'] })

const services = some({}, {}, { services: ['app'] })
const planned = some({}, {}, { where: { kind: 'planned' } })
const hours = ['work', 'short', 'holidays', 'night', 'late']
const MORE = {
  timezone: 'Europe/Paris',
  services: { app: {}, hosting: {} },
  calendars: {
    work: { days: 'mon-fri', hours: '09:00-18:00' },
    holidays: { days: 'mon-fri', hours: '09:00-18:00', holidays: 'FR' },
    short: { days: 'mon-fri', hours: '09:00-17:00' },
    night: { days: 'daily', hours: '20:00-04:00' },
    late: { days: 'daily', hours: '22:00-06:00' },
  },
  'business-days': 'work',
}
const noticed = spread(
  some(
    ...['12h', '24h', '48h', '2 days', '3 days', '1 business day', '8 business hours'].map(amount => ({
      'at-least': amount,
    })),
  ),
  some({}, { 'when-longer-than': '30min' }, { 'when-longer-than': '1h' }),
  some({}, ...hours.map(during => ({ during }))),
).map(notice => ({ notice }))

const amounts = ['4h', '6h', '7h', '24h', '1 day']
const recovering = spread(
  some(...amounts.map(amount => ({ 'at-most': amount }))),
  some({}, { from: 'requested' }, { from: 'declared' }),
).map(rto => ({ rto }))
const losing = spread(
  some(...['5min', '15min', '1h', '24h', '1 day'].map(amount => ({ 'at-most': amount }))),
  some({ measure: 'incident' }, { measure: 'exposure' }),
).map(rpo => ({ rpo }))

const lasting = some(
  ...['1 week', '168h', '2 weeks', '30 days', '1 month', '65 days'].flatMap(every => [
    { every },
    { every, tolerance: '1 day' },
  ]),
  { times: '1 per calendar month' },
  { times: '2 per calendar month' },
  { times: '3 per calendar quarter' },
  { times: '6 per calendar year' },
  { 'valid-for': '30 days' },
  { 'valid-for': '60 days' },
)
const performed = spread(
  some({ of: 'drill' }),
  some({}, {}, { outcome: 'performed' }),
  some({}, {}, { per: 'subject' }),
  some({}, {}, { where: { level: 1 } }),
)
const numbered = some(
  ...['2 per calendar month', '4 per calendar month', '6 per calendar quarter', '12 per calendar year'].map(n => ({
    'at-most': n,
  })),
)
const told = some(...['30min', '45min', '1h', '90min'].map(within => ({ overrun: { 'notify-within': within } })))

type Arb = fc.Arbitrary<Fields>
const works = spread(services, planned)
const none = some({})

/** What is said by promise, with what else settles which records it is about. */
const PROMISES: readonly [string, AnyRule, string, scope: Arb, own: Arb, fc.Arbitrary<Candidate>][] = [
  ['schedules', backupRule, 'schedule', counted, scheduled, nightLogs],
  ['keeping', backupRule, 'keep', counted, kept, backupLogs],
  ['tiers', backupRule, 'tiers', counted, tiered, backupLogs],
  ['recovery points', backupRule, 'points', counted, pointed, laterLogs],
  ['greatest ages', backupRule, 'max-age', counted, aged, backupLogs],
  ['copies', backupRule, 'copies', counted, copied, backupLogs],
  ['countries', backupRule, 'residency', counted, placed, backupLogs],
  ['notice', maintenanceRule, 'notice', works, noticed, workLogs],
  ['hours', maintenanceRule, 'inside', works, some(...hours.map(inside => ({ inside }))), workLogs],
  ['free hours', maintenanceRule, 'outside', works, some(...hours.map(outside => ({ outside }))), workLogs],
  [
    'lengths',
    maintenanceRule,
    'longest',
    works,
    some({ longest: '1h' }, { longest: '90min' }, { longest: '3h' }),
    workLogs,
  ],
  ['numbers', maintenanceRule, 'at-most', spread(works, some({}, { 'services-together': 'any' })), numbered, workLogs],
  ['overruns', maintenanceRule, 'overrun', none, told, workLogs],
  ['recovery times', recoveryRule, 'rto', some({}, { of: ['db'] }), recovering, disasterLogs],
  ['losses', recoveryRule, 'rpo', some({}, { of: ['db'] }), losing, disasterLogs],
  ['controls', controlRule, 'drill', performed, lasting, controlLogs],
]

describe('what is proven at least as strong', () => {
  it.each(PROMISES)('%s: no log breaks only the weaker promise', async (_, rule, promise, scope, own, logs) => {
    const more = rule === maintenanceRule ? MORE : { timezone: 'Europe/Paris' }
    let [proven, apart] = [0, 0]
    // Most often they differ in one respect only: what differs in many is seldom proven.
    const pairs = fc.oneof(
      fc.tuple(scope, own, own).map(
        ([a, b, c]) =>
          [
            { ...a, ...b },
            { ...a, ...c },
          ] as const,
      ),
      fc.tuple(scope, scope, own).map(
        ([a, b, c]) =>
          [
            { ...a, ...c },
            { ...b, ...c },
          ] as const,
      ),
      fc.tuple(scope, scope, own, own).map(
        ([a, b, c, d]) =>
          [
            { ...a, ...c },
            { ...b, ...d },
          ] as const,
      ),
    )
    await fc.assert(
      fc.asyncProperty(pairs, fc.array(logs, { minLength: 4, maxLength: 4 }), async ([a, b], list) => {
        if (JSON.stringify(a) === JSON.stringify(b)) return
        const base = await sideOf(rule, 'base', a, more, promise)
        const other = await sideOf(rule, 'other', b, more, promise)
        const { atLeast, atMost } = rule.relate(base, other, yearWorld(2026, base.zone))
        if (atLeast !== true && atMost !== true) return
        proven++
        for (const log of list) {
          const verdicts = [await verdictOf(base, log, rule.owns), await verdictOf(other, log, rule.owns)]
          if (!verdicts.includes('other') && verdicts[0] !== verdicts[1]) apart++
          if (atLeast === true) expect(verdicts).not.toEqual(['breached', 'met'])
          if (atMost === true) expect(verdicts).not.toEqual(['met', 'breached'])
        }
      }),
      { numRuns: RUNS, seed: 7 },
    )
    // Logs that the stronger one alone calls a breach show that the others could have.
    expect([proven > 0, apart > 0]).toEqual([true, true])
  })
})
