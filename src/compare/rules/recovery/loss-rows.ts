import type { RecoveryBody } from '../../../clauses/recovery/schema.ts'
import type { WitnessRow } from '../../../model/comparison.ts'
import type { Interval } from '../../../model/interval.ts'
import { formatInstant } from '../../../time/stamp.ts'
import type { Side } from '../../rule.ts'
import { coverage, row } from '../duties/rows.ts'

interface Given {
  readonly base: Side<RecoveryBody>
  readonly cells: Readonly<Record<string, string>>
  readonly component: string | undefined
}

/** Backups so often that no more is lost than the least amount, but for one gap. */
export function backupRows(
  given: Given,
  over: Interval,
  gap: number,
  least: number,
  status = 'success',
): readonly WitnessRow[] {
  const { base, component, cells } = given
  const step = Math.max(1000, Math.floor(least / 2))
  const starts: number[] = []
  const [from, length] = [over.start + step, Math.max(gap, step)]
  for (let start = over.start; start < over.end && starts.length < 200; start += start === from ? length : step)
    starts.push(start)
  const rows = starts.map((start, i) =>
    row('backup', {
      ...cells,
      id: `B-${i + 1}`,
      component: component ?? '',
      started_at: formatInstant(base.zone, start),
      completed_at: formatInstant(base.zone, start),
      status,
      deleted_at: '',
    }),
  )
  return [...rows, coverage('backup', over, base.zone)]
}

/** Samples that show no lag, but for one. */
export function sampleRows(given: Given, over: Interval, lag: number, least: number): readonly WitnessRow[] {
  const { base, component, cells } = given
  const step = Math.max(1000, Math.floor(least / 2))
  const rows: WitnessRow[] = []
  for (let time = over.start; time <= over.end && rows.length < 200; time += step) {
    const back = rows.length === 2 ? lag : 0
    rows.push(
      row('recovery-point', {
        ...cells,
        component: component ?? '',
        time: formatInstant(base.zone, time),
        recoverable_to: formatInstant(base.zone, time - back),
      }),
    )
  }
  return rows
}
