import type { SlotResult } from './items.ts'
import { listedStarts } from './listings.ts'
import type { BackupRules } from './rules.ts'
import { clockItems } from './schedule-clock.ts'
import { everyItems } from './schedule-every.ts'
import { unitItems } from './schedule-units.ts'
import type { Series } from './series.ts'

/** How often backups are made: no stretch longer than an amount, one in each unit, or one at a time of day. */
export function scheduleItems(series: Series, { schedule, keep }: Pick<BackupRules, 'schedule' | 'keep'>): SlotResult {
  const slot = 'schedule'
  if (schedule === undefined) return { slot, bound: 'at-most', items: [], noun: 'interval' }
  const listed = listedStarts(series, keep)
  if (schedule.form === 'every') {
    return { slot, bound: 'at-most', items: everyItems(series, schedule, listed), noun: 'interval' }
  }
  if (schedule.form === 'per') {
    return { slot, bound: 'at-least', items: unitItems(series, schedule, listed), noun: schedule.per }
  }
  return { slot, bound: 'at-most', items: clockItems(series, schedule, listed), noun: 'day' }
}
