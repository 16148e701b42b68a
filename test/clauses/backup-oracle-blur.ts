import fc from 'fast-check'
import { findings } from '../support/audit.ts'
import type { Cells } from '../support/evidence.ts'
import { type Promised, slotOf } from './backup-oracle-promises.ts'
import { contractOf, tablesOf, type Written } from './backup-oracle-rows.ts'
import { stamp, TICK, wallOf } from './backup-oracle-time.ts'
import type { World } from './backup-oracle-worlds.ts'

export const OF = ['db', 'files']
const ORDER = ['breached', 'unverified', 'pending', 'met'] as const

/** What is not known any more: columns that are left out, cells, days of stamps, whole kinds of rows. */
export const blurs = fc.record({
  cells: fc.array(fc.constantFrom('exact', 'exact', 'exact', 'exact', 'unknown', 'day'), {
    minLength: 11,
    maxLength: 40,
  }),
  columns: fc.subarray(['status', 'completed_at', 'parent', 'provider', 'country', 'region', 'deleted_at'], {
    maxLength: 2,
  }),
  kinds: fc.subarray(['inventory', 'backup-deletion', 'coverage'], { maxLength: 1 }),
})
export type Blur = typeof blurs extends fc.Arbitrary<infer T> ? T : never

const STAMPS = ['started_at', 'completed_at', 'deleted_at']
const CELLS = [...STAMPS, 'status', 'parent', 'provider', 'region', 'country', 'complete']

/** `known`: columns that stay as they are. */
export function blurred(
  written: Written,
  { cells, columns, kinds }: Blur,
  zone: string,
  known: readonly string[] = [],
): Written {
  let next = 0
  const blurry = (row: Cells): Cells => {
    const out: Record<string, string | number> = {}
    for (const [column, cell] of Object.entries(row)) {
      const stays = known.includes(column)
      if (columns.includes(column) && !stays) continue
      const how = stays ? 'exact' : cells[next++ % cells.length]
      out[column] = cell
      // Of each row one of the two stamps that it needs stays.
      if (how === 'unknown' && CELLS.includes(column) && column !== 'started_at') out[column] = '?'
      if (how === 'day' && STAMPS.includes(column) && typeof cell === 'number') out[column] = dayOf(zone, cell / TICK)
    }
    return out
  }
  const out: Record<string, readonly Cells[]> = {}
  for (const [type, rows] of Object.entries(written)) {
    // Without a log of its own a kind is not known; coverage rows of it would say that it is.
    if (kinds.includes(type)) continue
    out[type] = type === 'backup' || type === 'inventory' ? rows.map(blurry) : rows
  }
  if (kinds.includes('backup-deletion'))
    out.coverage = (out.coverage ?? []).filter(({ type }) => type !== 'backup-deletion')
  return out
}

function dayOf(zone: string, tick: number): string {
  const { unitOf, startOf } = wallOf(zone)
  const day = unitOf(tick, 'day')
  return `${startOf(day, 'day') * TICK}~${startOf(day + 1, 'day') * TICK - 1}`
}

export async function verdicts(world: World, promise: Promised, written: Written): Promise<readonly string[]> {
  const all = await findings({
    contract: contractOf(world, promise, OF),
    evidence: tablesOf(written),
    asOf: world.asOf * TICK,
    period: `${stamp(world.period[0])}..${stamp(world.period[1])}`,
  })
  return OF.map(component => {
    const mine = all.filter(f => f.subject === component && f.promise === slotOf(promise))
    return ORDER.find(one => mine.some(({ status }) => status === one)) ?? 'none'
  })
}
