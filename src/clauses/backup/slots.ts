import type { Intervals } from '../../time/interval.ts'
import { copyItems } from './copies.ts'
import type { SlotResult } from './items.ts'
import { keepItems } from './keep.ts'
import { maxAgeItems } from './max-age.ts'
import { pointItems } from './points.ts'
import { residencyItems } from './residency.ts'
import type { BackupRules } from './rules.ts'
import { scheduleItems } from './schedule.ts'
import type { Series } from './series.ts'
import { tierItems } from './tiers.ts'

/**
 * What every promise of a clause comes to for one component, in the order of the language. `transfers`: where the log
 * of copies is said to be complete.
 */
export function slotsOf(series: Series, rules: BackupRules, transfers: Intervals | undefined): readonly SlotResult[] {
  const { schedule, keep, tiers, points, maxAge, copies, residency } = rules
  return [
    schedule === undefined ? [] : scheduleItems(series, rules),
    keep === undefined ? [] : keepItems(series, rules),
    tiers.length === 0 ? [] : tierItems(series, rules),
    points === undefined ? [] : pointItems(series, rules),
    maxAge === undefined ? [] : maxAgeItems(series, rules),
    copies === undefined ? [] : copyItems(series, rules, transfers),
    residency === undefined ? [] : residencyItems(series, rules),
  ].flat()
}

/** Whether the items of a slot are stretches of time with what is kept in between left out, not one by one. */
export function isStretches(slot: string, { schedule, keep }: BackupRules): boolean {
  return (slot === 'schedule' && schedule?.form === 'every') || (slot === 'keep' && keep?.form === 'window')
}
