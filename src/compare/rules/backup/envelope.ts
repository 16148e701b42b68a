import type { BackupRules, Schedule } from '../../../clauses/backup/rules.ts'
import { rulesOf } from '../../../clauses/backup/rules-of.ts'
import { slotOf } from '../../../clauses/backup/schedule-clock.ts'
import type { BackupBody } from '../../../clauses/backup/schema.ts'
import { unitsOver } from '../../../clauses/backup/units.ts'
import type { Clause } from '../../../contract/contract.ts'
import type { Interval } from '../../../model/interval.ts'
import { DAY } from '../../../time/civil.ts'
import { durationText } from '../../../time/duration.ts'
import { localDay } from '../../../time/local.ts'
import type { Zone } from '../../../time/zone.ts'
import type { Side, World, Worst } from '../../rule.ts'
import { whereText } from '../duties/scope.ts'
import { longestSpan, spanOf } from '../duties/spans.ts'

/**
 * Of each component the longest gap between two backups that breaks nothing, and how old the last good one may be: a
 * run is of use only once it is complete, and no promise says how long that takes.
 */
export function backupEnvelope(
  clause: Clause<BackupBody>,
  { zone }: Omit<Side, 'term' | 'clause'>,
  world: World,
): readonly Worst[] {
  const rules = rulesOf(clause.body)
  const { schedule } = rules
  if (clause.body.schedule === undefined) return []
  const notes = notesOf(clause, rules)
  return (clause.body.of ?? ['all']).flatMap((component): readonly Worst[] => {
    const gap = { key: `backup/${component}/longest-gap`, name: `${component} longest gap between backups` }
    const oldest = { key: `backup/${component}/oldest-last-good`, name: `${component} oldest last good backup` }
    if (schedule === undefined) return [gap, oldest].map(row => ({ ...row, text: 'no number', notes }))
    const { at, open } = longestGap(schedule, zone, world)
    const ms = at.end - at.start
    const text = open ? `just under ${durationText(ms + 1)}` : durationText(ms)
    return [
      { ...gap, ms, text, at, notes },
      { ...oldest, ms, text, at, beside: 'and the time that a run takes: no limit', notes },
    ]
  })
}

function notesOf({ where }: Clause<BackupBody>, { only, schedule, components }: BackupRules): readonly string[] {
  return [
    ...(where === undefined ? [] : [`only where ${whereText(where)}`]),
    ...(only === 'any' ? [] : [`${only} backups only`]),
    ...(schedule?.anchor === 'completion' ? ['from one completion to the next'] : []),
    ...(components.length === 0 ? ['a backup of any component keeps it'] : []),
  ]
}

/** Of those that begin in the year; `open`: its end is never quite reached. */
function longestGap(schedule: Schedule, zone: Zone, world: World): { readonly at: Interval; readonly open: boolean } {
  if (schedule.form === 'every') {
    const span = spanOf(schedule.every, zone, schedule.tolerance)
    return { at: span === undefined ? world.span : longestSpan(span, world), open: false }
  }
  const { span } = world
  const gaps = schedule.form === 'per' ? unitGaps(schedule, zone, span) : slotGaps(schedule, zone, span)
  const at = gaps.reduce((longest, gap) => (gap.end - gap.start > longest.end - longest.start ? gap : longest), {
    start: span.start,
    end: span.start,
  })
  return { at, open: schedule.form === 'per' && schedule.tolerance === 0 }
}

/** From the first instant of a unit to the last of the next one, or of its tolerance. */
function unitGaps(
  schedule: Schedule & { readonly form: 'per' },
  zone: Zone,
  { start, end }: Interval,
): readonly Interval[] {
  const units = unitsOver(schedule.per, zone, start, end + 400 * DAY)
  const late = schedule.tolerance > 0 ? schedule.tolerance : -1
  return units.flatMap((unit, i) => {
    const next = units[i + 1]
    return next === undefined || unit.start >= end ? [] : [{ start: unit.start, end: next.end + late }]
  })
}

function slotGaps(
  schedule: Schedule & { readonly form: 'at' },
  zone: Zone,
  { start, end }: Interval,
): readonly Interval[] {
  const out: Interval[] = []
  for (let day = localDay(zone, start); day <= localDay(zone, end - 1); day++) {
    const [slot, next] = [slotOf(day, schedule, zone), slotOf(day + 1, schedule, zone)]
    if (slot !== undefined && next !== undefined) out.push({ start: slot.opens, end: next.closes })
  }
  return out
}
