import fc from 'fast-check'
import type { Candidate } from '../../src/compare/rule.ts'
import { coverage, row } from '../../src/compare/rules/duties/rows.ts'
import type { WitnessRow } from '../../src/model/comparison.ts'
import { formatInstant } from '../../src/time/stamp.ts'
import { zones } from './fakes.ts'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
export const paris = zones('Europe/Paris')
export const stamp = (at: number) => formatInstant(paris, at)

/** Local midnights in Paris around the change of the clock in March 2026, and in summer. */
const BEGINNINGS = ['2026-03-27T00:00:00+01:00', '2026-06-08T00:00:00+02:00', '2026-10-22T00:00:00+02:00'].map(
  Date.parse,
)
export const begin = fc.constantFrom(...BEGINNINGS)

/** A log of all there ever was: the period holds it whole, and all that it owes is decided by its end. */
export function whole(start: number, rows: readonly WitnessRow[], types: readonly string[], days: number): Candidate {
  const period = { start, end: start + days * DAY }
  // Midnights are moved where the clock changes: the period ends with a date.
  period.end += paris.offsetAt(start) - paris.offsetAt(period.end)
  const known = types.map(type => coverage(type, period, paris))
  return { rows: [...rows, ...known], period, asOf: period.end, story: '' }
}

export const gap = fc.oneof(
  fc.integer({ min: 0, max: 60 }).map(n => n * HOUR),
  fc.integer({ min: 0, max: 30 }).map(n => n * 30 * MINUTE),
  fc.constantFrom(23, 24, 25, 26).map(n => n * HOUR),
)

/** Pieces of work, announced, planned and done in all sorts of ways. */
export const workLogs = fc
  .tuple(
    begin,
    fc.array(
      fc.record({
        gap: fc.integer({ min: 0, max: 400 }).map(n => n * 30 * MINUTE),
        length: fc.constantFrom(5, 10, 30, 60, 90, 180, 600).map(n => n * MINUTE),
        planned: fc.constantFrom(10, 30, 60, 120).map(n => n * MINUTE),
        ahead: fc.constantFrom(undefined, 0, 12, 23, 24, 25, 47, 48, 49, 72, 120),
        told: fc.constantFrom(undefined, 10, 30, 45, 60, 90),
        kind: fc.constantFrom('planned', 'planned', 'emergency'),
        service: fc.constantFrom('app', 'app', 'hosting'),
      }),
      { minLength: 1, maxLength: 12 },
    ),
  )
  .map(([start, works]) => {
    let at = start
    const rows = works.map((work, i) => {
      at += work.gap
      return row('maintenance', {
        id: `M-${i + 1}`,
        kind: work.kind,
        service: work.service,
        start: stamp(at),
        end: stamp(at + work.length),
        planned_end: stamp(at + work.planned),
        announced_at: work.ahead === undefined ? '' : stamp(at - work.ahead * HOUR),
        overrun_notified_at: work.told === undefined ? '' : stamp(at + work.planned + work.told * MINUTE),
      })
    })
    const year = { start: Date.parse('2026-01-01T00:00:00+01:00'), end: Date.parse('2027-01-01T00:00:00+01:00') }
    const known = coverage('maintenance', { start: year.start - 400 * DAY, end: year.end + 400 * DAY }, paris)
    return { rows: [...rows, known], period: year, asOf: year.end + 400 * DAY, story: '' }
  })

/** Performances of one control, days or months apart. */
export const controlLogs = fc
  .tuple(
    begin,
    fc.array(
      fc.record({
        gap: fc.oneof(
          fc.integer({ min: 0, max: 60 }).map(n => n * 12 * HOUR),
          fc.constantFrom(7, 8, 14, 28, 30, 31, 60).map(n => n * DAY),
        ),
        outcome: fc.constantFrom('passed', 'passed', 'passed', 'failed'),
        subject: fc.constantFrom('a', 'a', 'b'),
        level: fc.constantFrom('1', '1', '2'),
      }),
      { minLength: 1, maxLength: 16 },
    ),
    fc.integer({ min: 5, max: 400 }),
  )
  .map(([start, list, days]) => {
    let at = start
    const rows = list.map(one => {
      at += one.gap
      const { outcome, subject, level } = one
      return row('control', { control: 'drill', performed_at: stamp(at), outcome, subject, level })
    })
    return whole(start, rows, ['control'], days)
  })

/** Disasters with their restores, backups and samples. */
export const disasterLogs = fc
  .tuple(
    begin,
    fc.array(
      fc.record({
        gap: fc.integer({ min: 1, max: 20 }).map(n => n * 12 * HOUR),
        declared: fc.constantFrom(0, 1, 3),
        requested: fc.constantFrom(0, 1, 3),
        back: fc.constantFrom(3, 4, 6, 7, 8, 12, 24, 25),
        lost: fc.constantFrom(0, 4, 5, 6, 15, 16, 60),
        component: fc.constantFrom('db', 'db', 'files'),
        scope: fc.constantFrom('partial', 'full'),
      }),
      { minLength: 1, maxLength: 5 },
    ),
    fc.array(fc.record({ gap, status: fc.constantFrom('success', 'success', 'partial') }), { maxLength: 10 }),
  )
  .map(([start, cases, backups]) => {
    let at = start
    const rows = cases.flatMap(({ gap: after, declared, requested, back, lost, component, scope }, i) => {
      at += after
      const ends = stamp(at + back * HOUR)
      return [
        row('incident', {
          id: `I-${i + 1}`,
          kind: 'disaster',
          occurred_at: stamp(at),
          declared_at: stamp(at + declared * HOUR),
          recovered_at: ends,
          scope,
        }),
        row('restore', {
          id: `R-${i + 1}`,
          incident: `I-${i + 1}`,
          component,
          purpose: 'real',
          scope,
          requested_at: stamp(at + requested * HOUR),
          started_at: stamp(at + requested * HOUR),
          completed_at: ends,
          recovered_to: stamp(at - lost * MINUTE),
          failure_at: stamp(at),
          outcome: 'passed',
        }),
      ]
    })
    let made = start
    const runs = backups.map(({ gap: after, status }, i) => {
      made += after
      return row('backup', {
        id: `B-${i + 1}`,
        component: 'db',
        status,
        started_at: stamp(made),
        completed_at: stamp(made + 10 * MINUTE),
        deleted_at: '',
      })
    })
    return whole(start, [...rows, ...runs], ['backup'], 60)
  })

/** Samples of what can be recovered, minutes or hours apart, and how far each lies back. */
export const sampleLogs = fc
  .tuple(
    begin,
    fc.array(
      fc.record({
        gap: fc.constantFrom(1, 1, 1, 3, 5, 10, 12, 50, 60, 600).map(n => n * MINUTE),
        back: fc.constantFrom(0, 0, 1, 4, 5, 6, 10, 15, 16, 61, 1500).map(n => n * MINUTE),
        component: fc.constantFrom('db', 'db', 'db', 'files'),
      }),
      { minLength: 3, maxLength: 16 },
    ),
  )
  .map(([start, list]): Candidate => {
    let at = start - MINUTE
    const rows = list.map(one => {
      at += one.gap
      const { component } = one
      return row('recovery-point', { component, time: stamp(at), recoverable_to: stamp(at - one.back) })
    })
    const period = { start, end: at + 1 }
    return { rows: [...rows, coverage('recovery-point', period, paris)], period, asOf: at + 1, story: '' }
  })
