import fc from 'fast-check'
import type { AnyRule, Candidate } from '../../src/compare/rule.ts'
import { backupRule } from '../../src/compare/rules/backup.ts'
import { controlRule } from '../../src/compare/rules/control.ts'
import { maintenanceRule } from '../../src/compare/rules/maintenance.ts'
import { recoveryRule } from '../../src/compare/rules/recovery.ts'
import { backupLogs, laterLogs, nightLogs } from './duties-backups.ts'
import { controlLogs, disasterLogs, sampleLogs, workLogs } from './duties-worlds.ts'

export type Fields = Record<string, unknown>
type Arb = fc.Arbitrary<Fields>

/** What random clauses say of one promise, with the logs that they are judged by. */
export interface Promised {
  readonly name: string
  readonly rule: AnyRule
  /** The end of the term's key. */
  readonly promise: string
  /** Which records it is about. */
  readonly scope: Arb
  readonly own: Arb
  readonly logs: fc.Arbitrary<Candidate>
}

const some = (...list: Fields[]) => fc.constantFrom(...list)
const spread = (...parts: fc.Arbitrary<Fields>[]) => fc.tuple(...parts).map(all => Object.assign({}, ...all) as Fields)
const counted = spread(
  some({ of: ['db'] }, { of: ['db'] }, {}),
  some({}, {}, { accept: ['success', 'warning'] }),
  some({}, {}, { only: 'full' }),
  some({}, {}, { where: { level: 1 } }),
  some({}, {}, {}, { services: ['app'] }),
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
  ...['A', 'A1'].flatMap(at => ['5 days', '10 days', '240h'].map(amount => ({ keep: { for: amount, at } }))),
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
/** Without a time they are due as long as the backup is kept. */
const copiedAnyTime = spread(
  some({ copies: { differs: 'provider' } }, { copies: { differs: 'location' } }),
  some({}, { keep: { for: '5 days' } }, { keep: { for: '10 days' } }, { keep: { copies: 2 } }),
)
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
/** What all contracts have beside their clause. */
export const MORE = {
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

const restored = ['4h', '6h', '7h', '24h', '1 day']
const recovering = spread(
  some(...restored.map(amount => ({ 'at-most': amount }))),
  some({}, { from: 'requested' }, { from: 'declared' }),
).map(rto => ({ rto }))
const losing = spread(
  some(...['5min', '15min', '1h', '24h', '1 day'].map(amount => ({ 'at-most': amount }))),
  some({ measure: 'incident' }, { measure: 'exposure' }),
).map(rpo => ({ rpo }))
const sampled = some(
  ...['5min', '15min', '1h', '24h', '1 day'].map(amount => ({ rpo: { 'at-most': amount, measure: 'samples' } })),
)
const inScenarios = spread(
  recovering.map(partial => ({ partial })),
  recovering.map(full => ({ full })),
).map(scenarios => ({ scenarios }))

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
  some({}, {}, {}, { services: ['app'] }),
)
const numbered = some(
  ...['2 per calendar month', '4 per calendar month', '6 per calendar quarter', '12 per calendar year'].map(n => ({
    'at-most': n,
  })),
)
const told = some(...['30min', '45min', '1h', '90min'].map(within => ({ overrun: { 'notify-within': within } })))

const works = spread(services, planned)
const none = some({})
const parts = some({}, { of: ['db'] })
const together = spread(works, some({}, { 'services-together': 'any' }))
const lengths = some({ longest: '1h' }, { longest: '90min' }, { longest: '3h' })

/** What is said by promise, with what else settles which records it is about. */
export const PROMISES: readonly Promised[] = [
  ...[
    { name: 'schedules', promise: 'schedule', own: scheduled, logs: nightLogs },
    { name: 'keeping', promise: 'keep', own: kept, logs: backupLogs },
    { name: 'tiers', promise: 'tiers', own: tiered, logs: backupLogs },
    { name: 'recovery points', promise: 'points', own: pointed, logs: laterLogs },
    { name: 'greatest ages', promise: 'max-age', own: aged, logs: backupLogs },
    { name: 'copies', promise: 'copies', own: copied, logs: backupLogs },
    { name: 'copies at any time', promise: 'copies', own: copiedAnyTime, logs: backupLogs },
    { name: 'countries', promise: 'residency', own: placed, logs: backupLogs },
  ].map(one => ({ ...one, rule: backupRule, scope: counted })),
  ...[
    { name: 'notice', promise: 'notice', scope: works, own: noticed },
    { name: 'hours', promise: 'inside', scope: works, own: some(...hours.map(inside => ({ inside }))) },
    { name: 'free hours', promise: 'outside', scope: works, own: some(...hours.map(outside => ({ outside }))) },
    { name: 'lengths', promise: 'longest', scope: works, own: lengths },
    { name: 'numbers', promise: 'at-most', scope: together, own: numbered },
    { name: 'overruns', promise: 'overrun', scope: works, own: told },
  ].map(one => ({ ...one, rule: maintenanceRule, logs: workLogs })),
  ...[
    { name: 'recovery times', promise: 'rto', scope: parts, own: recovering, logs: disasterLogs },
    { name: 'recovery by scenario', promise: 'partial/rto', scope: none, own: inScenarios, logs: disasterLogs },
    { name: 'losses', promise: 'rpo', scope: parts, own: losing, logs: disasterLogs },
    { name: 'losses by samples', promise: 'rpo', scope: parts, own: sampled, logs: sampleLogs },
  ].map(one => ({ ...one, rule: recoveryRule })),
  { name: 'controls', promise: 'drill', rule: controlRule, scope: performed, own: lasting, logs: controlLogs },
]

/** Two clauses that mostly differ in one respect: of those that differ in many little is proven. */
export interface RandomPair {
  readonly base: Fields
  readonly other: Fields
  readonly zone: string
  /** Whether what is said of all backups stands in the row of one component. */
  readonly spread: boolean
}

export function pairsOf({ scope, own }: Promised): fc.Arbitrary<RandomPair> {
  const fields = fc.oneof(
    { weight: 4, arbitrary: fc.tuple(scope, own, own).map(([a, b, c]) => [a, b, a, c] as const) },
    { weight: 3, arbitrary: fc.tuple(scope, scope, own).map(([a, b, c]) => [a, c, b, c] as const) },
    { weight: 2, arbitrary: fc.tuple(scope, own, scope, own) },
  )
  const paris = 'Europe/Paris'
  return fc
    .record({
      fields,
      zone: fc.constantFrom(paris, paris, paris, paris, 'Europe/Brussels', 'Europe/London', 'UTC'),
      spread: fc.boolean(),
    })
    .map(({ fields: [a, b, c, d], zone, spread: isSpread }) => ({
      base: { ...a, ...b },
      other: { ...c, ...d },
      zone,
      spread: isSpread,
    }))
    .filter(({ base, other, zone }) => zone !== paris || JSON.stringify(base) !== JSON.stringify(other))
}
