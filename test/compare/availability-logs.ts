import fc from 'fast-check'
import { auditContract } from '../../src/audit/audit.ts'
import type { AuditPlan } from '../../src/audit/plan.ts'
import { planAudit } from '../../src/audit/plan.ts'
import { clauseKinds } from '../../src/clauses/index.ts'
import type { Status } from '../../src/model/finding.ts'
import { zones } from '../support/audit.ts'
import { type Cells, evidenceOf, type Tables } from '../support/evidence.ts'
import { DAY, HOUR, MINUTE } from '../support/instants.ts'
import type { AvailabilitySide, Fields } from './availability-sides.ts'

/** Twelve days around the end of May 2026, in half hours: the term of both contracts. */
export const FROM = Date.UTC(2026, 4, 26)
export const DAYS = 12
export const TO = FROM + DAYS * DAY
export const AS_OF = Date.UTC(2027, 1, 1)
const PERIOD = { interval: { start: FROM, end: TO }, text: '' }
const SLOTS = DAYS * 48

export const envelope: Fields = {
  term: { from: new Date(FROM).toISOString(), to: new Date(TO).toISOString() },
  services: { app: { needs: ['db'] }, db: {} },
  calendars: {
    office: { days: 'mon-fri', hours: '09:00-18:00' },
    long: { days: 'mon-sat', hours: '08:00-20:00' },
    night: { days: 'daily', hours: '22:00-06:00' },
  },
  exclusions: {
    two: { event: 'maintenance', notice: { 'at-least': '48h' } },
    one: { event: 'maintenance', notice: { 'at-least': '24h' } },
    some: { event: 'maintenance', notice: { 'at-least': '48h', 'when-longer-than': '1h' } },
    night: { event: 'maintenance', inside: 'night' },
    over: { event: 'maintenance', notice: { 'at-least': '48h' }, overrun: 'excluded' },
    cap: { event: 'maintenance', notice: { 'at-least': '48h' }, cap: '2h per calendar month' },
    wide: { event: 'maintenance', notice: { 'at-least': '48h' }, cap: '4h per calendar month' },
    force: { cause: ['force'] },
    causes: { cause: ['force', 'user'] },
  },
}

const target = fc.oneof(
  fc.integer({ min: 800, max: 1000 }).map(n => `${(n / 10).toFixed(1)}%`),
  fc.constantFrom('100%', '99%', '95%', '90%', '97.5%'),
)

/** Values of each field; a change takes another of them, or leaves the field away. */
const VALUES: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  target: fc.oneof(
    target,
    target
      .filter(text => text !== '100%')
      .filter(text => text !== '100.0%')
      .map(above => ({ above })),
  ),
  window: fc.constantFrom(
    'calendar month',
    'calendar quarter',
    'calendar year',
    'contract month',
    'term',
    'rolling 2 days',
    'rolling 5 days',
  ),
  during: fc.constantFrom('office', 'long', 'night', 'always'),
  base: fc.constantFrom('100h', '200h'),
  // Minutes take long to judge.
  accounting: fc.oneof(
    { weight: 7, arbitrary: fc.constantFrom('time', { whole: '30min' }, { users: 10 }) },
    { weight: 1, arbitrary: fc.constantFrom({ minutes: 'whole' }, { minutes: 'touched' }) },
  ),
  'shortest-outage': fc.constantFrom(
    '30min',
    '1h',
    { 'longer-than': '1h' },
    { 'at-least': '1h', measured: 'after-exclusions' },
  ),
  excluding: fc.subarray(['two', 'one', 'some', 'night', 'over', 'cap', 'wide', 'force', 'causes'], {
    minLength: 1,
    maxLength: 2,
  }),
  'excluded-time': fc.constantFrom('leaves-denominator', 'counts-as-up'),
  'no-data': fc.constantFrom('unknown', 'up', 'down'),
  degraded: fc.constantFrom('up', 'down', '50%', 'affected'),
  partial: fc.constantFrom('up', 'down', '50%', 'affected'),
  from: fc.constantFrom('detected', 'reported', 'start', { 'earliest-of': ['detected', 'reported'] }),
  sampling: fc.constantFrom('first-up', 'last-down', 'midpoint'),
  'down-when': fc.constantFrom('any', 'all'),
  sources: fc.constantFrom(['ours'], ['ours', 'theirs']),
  rounding: fc.constantFrom(
    { decimals: 1, mode: 'half-up' },
    { decimals: 0, mode: 'down' },
    { decimals: 1, mode: 'up' },
  ),
}

const NUMBERS = ['target', 'window', 'during', 'base']

/** Two clauses that differ in one to three fields, numbers more often than others. */
export const pairs: fc.Arbitrary<readonly [Fields, Fields]> = fc
  .record({
    common: fc.subarray(Object.keys(VALUES), { maxLength: 4 }),
    changed: fc.oneof(
      fc.subarray(NUMBERS, { minLength: 1, maxLength: 3 }),
      fc.subarray(Object.keys(VALUES), { minLength: 1, maxLength: 2 }),
    ),
    values: fc.tuple(fc.record(VALUES), fc.record(VALUES)),
  })
  .map(({ common, changed, values: [a, b] }) => {
    const plain = { target: '95%', window: 'calendar month', common: { services: ['app'] } }
    const pick = (from: Fields, names: readonly string[]) => Object.fromEntries(names.map(name => [name, from[name]]))
    const base = { ...plain, ...pick(a, common) }
    const before = {
      ...base,
      ...pick(
        a,
        changed.filter((_, i) => i % 2 === 0),
      ),
    }
    return [before, { ...base, ...pick(b, changed) }]
  })

const slot = (at: number): number => FROM + at * 30 * MINUTE
const lengths = fc.oneof(
  fc.integer({ min: 0, max: 6 }).map(n => n * 30),
  fc.integer({ min: 0, max: 48 }).map(n => n * 30),
  fc.integer({ min: 1, max: 400 }),
)
const stamp = (start: number, minutes: number, late: number): number => start + Math.min(minutes, late) * MINUTE

const outages = fc
  .record({
    at: fc.integer({ min: -4, max: SLOTS }),
    minutes: lengths,
    severity: fc.constantFrom('full', 'full', 'full', 'partial', 'degraded'),
    cause: fc.constantFrom('', '', 'force', 'user'),
    affected: fc.constantFrom('0%', '30%', '100%'),
    users: fc.constantFrom('1', '5', '10'),
    late: fc.integer({ min: 0, max: 300 }),
    later: fc.integer({ min: 0, max: 300 }),
    source: fc.constantFrom('ours', 'ours', 'theirs', 'else'),
    service: fc.constantFrom('app', 'app', 'app', 'db'),
  })
  .map(
    ({ at, minutes, late, later, ...cells }): Cells => ({
      ...cells,
      start: slot(at),
      end: slot(at) + minutes * MINUTE,
      detected_at: stamp(slot(at), minutes, late),
      reported_at: stamp(slot(at), minutes, later),
    }),
  )

const works = fc
  .record({
    at: fc.integer({ min: 0, max: SLOTS }),
    minutes: lengths,
    planned: lengths,
    notice: fc.constantFrom(undefined, 12, 24, 36, 48, 72),
    impact: fc.constantFrom('down', 'down', 'none', 'degraded'),
  })
  .map(
    ({ at, minutes, planned, notice, impact }): Cells => ({
      service: 'app',
      impact,
      start: slot(at),
      end: slot(at) + minutes * MINUTE,
      planned_end: slot(at) + planned * MINUTE,
      announced_at: notice === undefined ? '' : slot(at) - notice * HOUR,
    }),
  )

const samples = fc
  .tuple(
    fc.integer({ min: 0, max: SLOTS }),
    fc.array(fc.constantFrom('up', 'down', 'degraded', 'down'), { minLength: 2, maxLength: 8 }),
  )
  .chain(([at, states]) =>
    fc.constantFrom('a', 'b').map(location =>
      states.map(
        (status, i): Cells => ({
          time: slot(at) + i * 10 * MINUTE,
          status,
          location,
          source: 'ours',
          service: 'app',
        }),
      ),
    ),
  )

/** Logs with a few rows of each type, complete but for a gap in one of four. */
export const logs: fc.Arbitrary<Tables> = fc
  .record({
    outage: fc.array(outages, { maxLength: 6 }),
    maintenance: fc.array(works, { maxLength: 3 }),
    check: fc.option(fc.array(samples, { maxLength: 2 }), { freq: 3, nil: [] }),
    gap: fc.option(fc.tuple(fc.integer({ min: 0, max: SLOTS }), fc.integer({ min: 1, max: 40 })), {
      freq: 1,
      nil: undefined,
    }),
    complete: fc.integer({ min: 0, max: 3 }),
  })
  .map(({ check, gap, complete, ...tables }) => {
    const wide = { from: Date.UTC(2025, 0, 1), to: AS_OF }
    const [from, to] = gap === undefined || complete > 0 ? [wide.to, wide.to] : [slot(gap[0]), slot(gap[0] + gap[1])]
    return {
      ...tables,
      ...(check.length > 0 && { check: check.flat() }),
      coverage: [
        { type: 'maintenance', ...wide },
        { type: 'outage', from: wide.from, to: from },
        ...(to < wide.to ? [{ type: 'outage', from: to, to: wide.to }] : []),
      ],
    }
  })

export type Verdict = 'met' | 'breached' | 'open'

/** One clause with what is worked out once for many logs. */
export async function judgeOf(side: AvailabilitySide): Promise<(tables: Tables) => Verdict> {
  const plan: AuditPlan = await planAudit(side.contract, clauseKinds, { only: ['uptime'] })
  return tables => {
    const read = evidenceOf(tables, { asOf: AS_OF, plan, services: [...side.contract.services.keys()] })
    const report = auditContract(plan, read, {
      period: PERIOD,
      asOf: AS_OF,
      assumeComplete: new Set(),
      riskPercent: 90,
      zones,
      version: '',
    })
    const all: readonly Status[] = report.clauses.flatMap(({ findings }) => [...findings].map(({ status }) => status))
    if (all.includes('breached')) return 'breached'
    return all.every(status => status === 'met' || status === 'not-applicable') ? 'met' : 'open'
  }
}
