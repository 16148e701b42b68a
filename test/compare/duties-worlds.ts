import fc from 'fast-check'
import type { Candidate } from '../../src/compare/rule.ts'
import { coverage, row } from '../../src/compare/rules/duties/rows.ts'
import type { WitnessRow } from '../../src/model/comparison.ts'
import { startOfDay } from '../../src/time/local.ts'
import { formatInstant } from '../../src/time/stamp.ts'
import { zones } from './fakes.ts'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR
const paris = zones('Europe/Paris')
const stamp = (at: number) => formatInstant(paris, at)

/** Local midnights in Paris around the change of the clock in March 2026, and in summer. */
const BEGINNINGS = ['2026-03-27T00:00:00+01:00', '2026-06-08T00:00:00+02:00', '2026-10-22T00:00:00+02:00'].map(
  Date.parse,
)
const begin = fc.constantFrom(...BEGINNINGS)

/** A log of all there ever was: the period holds it whole, and all that it owes is decided by its end. */
function whole(start: number, rows: readonly WitnessRow[], types: readonly string[], days: number): Candidate {
  const period = { start, end: start + days * DAY }
  // Midnights are moved where the clock changes: the period ends with a date.
  period.end += paris.offsetAt(start) - paris.offsetAt(period.end)
  const known = types.map(type => coverage(type, period, paris))
  return { rows: [...rows, ...known], period, asOf: period.end, story: '' }
}

const gap = fc.oneof(
  fc.integer({ min: 0, max: 60 }).map(n => n * HOUR),
  fc.integer({ min: 0, max: 30 }).map(n => n * 30 * MINUTE),
  fc.constantFrom(23, 24, 25, 26).map(n => n * HOUR),
)

/** Backups, days on end, of which some fail, run long, or are deleted early. */
export const backupLogs = fc
  .tuple(
    begin,
    fc.array(
      fc.record({
        gap,
        length: fc.constantFrom(10, 10, 40, 360).map(n => n * MINUTE),
        status: fc.constantFrom('success', 'success', 'success', 'warning', 'partial', 'failed'),
        kind: fc.constantFrom('full', 'full', 'incremental'),
        component: fc.constantFrom('db', 'db', 'db', 'files'),
        level: fc.constantFrom('1', '1', '2'),
        kept: fc.oneof(
          fc.integer({ min: 1, max: 40 }).map(n => n * 6 * HOUR),
          fc.integer({ min: 0, max: 120 }).map(n => n * 12 * HOUR - MINUTE),
          fc.constant(400 * DAY),
        ),
        country: fc.constantFrom('FR', 'FR', 'DE', 'US'),
        copies: fc.array(
          fc.record({
            after: fc.constantFrom(1, 6, 12, 13, 24, 25).map(n => n * HOUR),
            kept: fc.constantFrom(3, 8, 20, 60).map(n => n * DAY),
            provider: fc.constantFrom('P', 'Q', 'S'),
            region: fc.constantFrom('R', 'T'),
          }),
          { maxLength: 3 },
        ),
      }),
      { minLength: 1, maxLength: 14 },
    ),
  )
  .map(([start, runs]) => {
    let at = start
    const rows: WitnessRow[] = []
    for (const [i, run] of runs.entries()) {
      at += run.gap
      const id = `B-${i + 1}`
      const done = at + run.length
      rows.push(
        row('backup', {
          id,
          component: run.component,
          level: run.level,
          kind: run.kind,
          parent: '',
          status: run.status,
          started_at: stamp(at),
          completed_at: stamp(done),
          deleted_at: stamp(done + run.kept),
          location: 'A',
          provider: 'P',
          region: 'R',
          country: run.country,
        }),
      )
      for (const [j, copy] of run.copies.entries()) {
        rows.push(
          row('backup-copy', {
            backup: id,
            component: run.component,
            started_at: stamp(done),
            completed_at: stamp(done + copy.after),
            deleted_at: stamp(done + copy.after + copy.kept),
            status: 'success',
            location: `A${j + 1}`,
            provider: copy.provider,
            region: copy.region,
            country: run.country,
          }),
        )
      }
    }
    return whole(start, rows, ['backup', 'backup-copy', 'backup-deletion'], 800)
  })

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
      }),
      { minLength: 1, maxLength: 5 },
    ),
    fc.array(fc.record({ gap, status: fc.constantFrom('success', 'success', 'partial') }), { maxLength: 10 }),
  )
  .map(([start, cases, backups]) => {
    let at = start
    const rows = cases.flatMap(({ gap: after, declared, requested, back, lost, component }, i) => {
      at += after
      const ends = stamp(at + back * HOUR)
      return [
        row('incident', {
          id: `I-${i + 1}`,
          kind: 'disaster',
          occurred_at: stamp(at),
          declared_at: stamp(at + declared * HOUR),
          recovered_at: ends,
        }),
        row('restore', {
          id: `R-${i + 1}`,
          incident: `I-${i + 1}`,
          component,
          purpose: 'real',
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

const nights = fc.tuple(
  begin,
  fc.constantFrom(0, 4, 4, 12, 23),
  fc.array(
    fc.record({
      // Nearly always on time.
      shift: fc.constantFrom(0, 0, 0, 0, 0, 30, 60, 61, -30, -60, -61, 600).map(n => n * MINUTE),
      isMissing: fc.constantFrom(false, false, false, false, false, false, false, false, false, true),
      length: fc.constantFrom(10, 10, 10, 120).map(n => n * MINUTE),
      status: fc.constantFrom('success', 'success', 'success', 'success', 'success', 'success', 'warning'),
      days: fc.constantFrom(4, 5, 5, 6, 6, 7),
    }),
    { minLength: 8, maxLength: 13 },
  ),
  fc.constantFrom('full', 'full', 'full', 'incremental'),
  fc.constantFrom('1', '1', '2'),
  fc.constantFrom(1, 1, 1, 1, 2, 7),
)

/** Backups night after night, or week after week, some late, missing or deleted early. */
function regular(
  period: (start: number, nights: number) => { readonly start: number; readonly end: number },
  perfect = 0,
) {
  return nights.map(([start, hour, list, kind, level, step]): Candidate => {
    const first = Math.floor((start + paris.offsetAt(start)) / DAY)
    const midnight = (day: number): number => startOfDay(paris, first + day)
    const good = { shift: 0, isMissing: false, length: 10 * MINUTE, status: 'success', days: 7 }
    const rows = list.flatMap((night, i) => {
      const { shift, isMissing, length, status, days } = i < perfect ? good : night
      const at = midnight(i * step) + hour * HOUR + shift
      if (isMissing || at < start) return []
      const times = {
        started_at: stamp(at),
        completed_at: stamp(at + length),
        deleted_at: stamp(midnight(i * step + days)),
      }
      return [row('backup', { id: `B-${i + 1}`, component: 'db', kind, level, parent: '', status, ...times })]
    })
    const over = period(first, list.length * step)
    const asOf = startOfDay(paris, first + list.length * step + 20)
    const known = coverage('backup', { start, end: asOf }, paris)
    return { rows: [...rows, known], period: over, asOf, story: '' }
  })
}

/** All of the log is judged. */
export const nightLogs = regular((first, days) => ({
  start: startOfDay(paris, first),
  end: startOfDay(paris, first + days),
}))

/** Only the last days are judged, and all before them is as it should be: what is broken is so in the period. */
export const laterLogs = regular(
  (first, days) => ({ start: startOfDay(paris, first + 6), end: startOfDay(paris, first + Math.max(8, days - 1)) }),
  6,
)
