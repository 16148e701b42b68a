import fc from 'fast-check'
import type { Candidate } from '../../src/compare/rule.ts'
import { coverage, row } from '../../src/compare/rules/duties/rows.ts'
import type { WitnessRow } from '../../src/model/comparison.ts'
import { startOfDay } from '../../src/time/local.ts'
import { begin, DAY, gap, HOUR, MINUTE, paris, stamp, whole } from './duties-worlds.ts'

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
        service: fc.constantFrom('app', 'app', 'hosting'),
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
          service: run.service,
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
      component: fc.constantFrom('db', 'db', 'db', 'db', 'db', 'db', 'db', 'files'),
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
    const good = { shift: 0, isMissing: false, length: 10 * MINUTE, status: 'success', days: 7, component: 'db' }
    const rows = list.flatMap((night, i) => {
      const { shift, isMissing, length, status, days, component } = i < perfect ? good : night
      const at = midnight(i * step) + hour * HOUR + shift
      if (isMissing || at < start) return []
      const times = {
        started_at: stamp(at),
        completed_at: stamp(at + length),
        deleted_at: stamp(midnight(i * step + days)),
      }
      return [row('backup', { id: `B-${i + 1}`, component, service: 'app', kind, level, parent: '', status, ...times })]
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
