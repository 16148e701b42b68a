import type { Status } from '../../model/finding.ts'
import type { Interval } from '../../model/interval.ts'
import type { Quantity } from '../../model/quantity.ts'
import type { Intervals } from '../../time/interval.ts'

/** One thing owed: a unit, a gap, a backup to be kept … Neighbours with the same verdict become one finding. */
export interface Item {
  readonly status: Exclude<Status, 'waived'>
  /** Machine word: missed, late, gap, purged, held, running … */
  readonly reason: string
  /** Names it in ids: `2026-05-03`, `2026-W18`, `2026-05`; of a backup the local date of its start. */
  readonly label: string
  /** What it is about, from its clock's start to its decision; items are in this order. Epoch ms. */
  readonly at: Interval
  /** The last instant in time, where one is. */
  readonly due?: number
  readonly breached: Intervals
  readonly undecided: Intervals
  readonly promised?: Quantity
  readonly observed?: Quantity
  /** promised − observed for at-most, observed − promised for at-least; of the worst of a group the least is shown. */
  readonly margin?: Quantity
  /** Places in `Series.all` of those that could have kept it (or broke it), in time order. */
  readonly backups: readonly number[]
  /** What the verdict rests on beyond the rows: a presumed success, a listing that lacks it, the other reading. */
  readonly notes: readonly string[]
  /** Why it is not kept or not known, in a plain sentence without a full stop. */
  readonly why: string
}

/** What one promise of a clause comes to for one component; `slot` is part of ids: `schedule`, `keep`, `tier-month`. */
export interface SlotResult {
  readonly slot: string
  readonly bound: 'at-least' | 'at-most'
  /** What was owed and kept: units of units, backups of backups. */
  readonly items: Iterable<Item>
  /** How the items are called: `day`, `night`, `backup`, `copy`, `month`. */
  readonly noun: string
}
