import type { Moment } from '../../model/interval.ts'
import type { Happened } from '../records.ts'
import { FIXED_ABSENT, isBefore, type RowTable } from './tables.ts'

/** A life as one row of a log tells it, or several that contradict each other. */
export interface ToldLife {
  readonly detected: Happened
  readonly fixed: Happened
  readonly fixedBy: 'row' | 'reopening'
  readonly fixUnknown?: string
  readonly rows: readonly number[]
  /** Which of the two lives of a row that tells of a reopening. */
  readonly part: 'whole' | 'before' | 'after'
  readonly contradictory?: true
  /** When it ends at the latest, where `fixed` does not say. */
  readonly ends?: number
}

/** Lives in order; rows whose lives overlap are one that nothing certain can be said of. */
export function toldLives(rows: readonly number[], table: RowTable): readonly ToldLife[] {
  const [only, ...others] = rows
  if (only === undefined) return []
  const spans = [...livesOfRow(only, table)]
  for (const row of others) spans.push(...livesOfRow(row, table))
  if (spans.length < 2) return spans
  // Whatever the order of the rows.
  const cells = ({ rows: [row = 0] }: ToldLife): number => table.cells.get(row)
  spans.sort((a, b) => compare(startOf(a), startOf(b)) || compare(endOf(a), endOf(b)) || compare(cells(a), cells(b)))
  const clusters: ToldLife[][] = []
  let end = Number.NEGATIVE_INFINITY
  for (const span of spans) {
    const current = clusters.at(-1)
    if (current === undefined || end <= startOf(span)) clusters.push([span])
    else current.push(span)
    end = Math.max(end, endOf(span))
  }
  return clusters.map(joined)
}

function livesOfRow(row: number, table: RowTable): readonly ToldLife[] {
  const [detected, fixed, reopened] = [table.detected.get(row), table.fixed.get(row), table.reopened.get(row)]
  const rows = [row]
  if ((reopened === undefined || reopened === null) && fixed !== undefined) {
    return [{ detected, fixed, fixedBy: 'row', rows, part: 'whole' }]
  }
  const base = { rows }
  const unknown = fixed === undefined ? { fixUnknown: whyUnknown(row, table) } : {}
  if (reopened === undefined || reopened === null) {
    return [{ ...base, detected, fixed, fixedBy: 'row', ...unknown, part: 'whole' }]
  }
  const after = { ...base, detected: reopened, fixedBy: 'row', part: 'after' } as const
  if (fixed !== undefined && fixed !== null && fixed.latest <= reopened.earliest) {
    return [
      { ...base, detected, fixed, fixedBy: 'row', part: 'before' },
      { ...after, fixed: null },
    ]
  }
  const before = { ...base, detected, ...untilReopening(detected, reopened), fixedBy: 'reopening' } as const
  if (fixed === undefined || fixed === null || isBefore(reopened, fixed)) {
    return [
      { ...before, part: 'before' },
      { ...after, fixed, ...unknown },
    ]
  }
  const fixUnknown = 'whether fixed_at lies before reopened_at is not known'
  return [
    { ...before, part: 'before' },
    { ...after, fixed: undefined, fixUnknown },
  ]
}

/** What is open again has been fixed at some time since its detection. */
function untilReopening(detected: Happened, reopened: Moment): Pick<ToldLife, 'fixed' | 'fixUnknown' | 'ends'> {
  if (detected === undefined || detected === null) {
    const fixUnknown = 'it was fixed before reopened_at, and detected_at is not known'
    return { fixed: undefined, fixUnknown, ends: reopened.latest }
  }
  return { fixed: { earliest: Math.min(detected.earliest + 1, reopened.latest), latest: reopened.latest } }
}

function whyUnknown(row: number, table: RowTable): string {
  return (table.flags.get(row) & FIXED_ABSENT) !== 0 ? 'there is no column fixed_at' : 'fixed_at is not known (?)'
}

function joined(spans: readonly ToldLife[]): ToldLife {
  const [first] = spans
  if (first === undefined) throw new RangeError('no rows')
  if (spans.length === 1) return first
  const rows = [...new Set(spans.flatMap(span => span.rows))]
  return {
    detected: first.detected,
    fixed: undefined,
    fixedBy: 'row',
    fixUnknown: 'its rows contradict each other',
    rows,
    part: 'whole',
    contradictory: true,
  }
}

/** The second life of a row begins where its first ends, however little is known of the reopening. */
export function startOf({ detected, part }: Pick<ToldLife, 'detected' | 'part'>): number {
  if (detected === undefined || detected === null) return Number.NEGATIVE_INFINITY
  return part === 'after' ? detected.latest : detected.earliest
}

export function endOf({ fixed, ends }: Pick<ToldLife, 'fixed' | 'ends'>): number {
  return fixed === undefined || fixed === null ? (ends ?? Number.POSITIVE_INFINITY) : fixed.latest
}

// Of times that may be infinite.
const compare = (a: number, b: number): number => (a < b ? -1 : a > b ? 1 : 0)
