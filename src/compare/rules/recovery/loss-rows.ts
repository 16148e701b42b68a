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

/** How far apart rows lie that show no loss of as much as `least` ms. */
function stepOf(least: number): number {
  return Math.max(1000, Math.floor(least / 2))
}

/** The stretch that rows with one gap, or lag, are about. */
export function stretchOf(start: number, gap: number, least: number): Interval {
  const step = stepOf(least)
  return { start, end: start + Math.max(gap, step) + 3 * step }
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
  const step = stepOf(least)
  const starts: number[] = []
  const [from, length] = [over.start + step, Math.max(gap, step)]
  for (let start = over.start; start < over.end && starts.length < MOST_ROWS; start += start === from ? length : step)
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
  const step = stepOf(least)
  const rows: WitnessRow[] = []
  for (let time = over.start; time <= over.end && rows.length < MOST_ROWS; time += step) {
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

const MOST_ROWS = 200
