import type { BackupRules, Points, Schedule } from '../../../clauses/backup/rules.ts'
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
import { oldestPoint, pointGap } from './envelope-points.ts'

/**
 * Of each component the longest gap between two backups that breaks nothing, and how old the last good one may be: by the
 * schedule, of which a run is of use only once it is complete, and no promise says how long that takes, or by recovery
 * points, which have to be there.
 */
export function backupEnvelope(
  clause: Clause<BackupBody>,
  { zone }: Omit<Side, 'term' | 'clause'>,
  world: World,
): readonly Worst[] {
  const rules = rulesOf(clause.body)
  const notes = notesOf(clause, rules)
  const bySchedule = clause.body.schedule === undefined ? undefined : scheduleFigures(rules, zone, world, notes)
  const byPoints = rules.points === undefined ? undefined : pointFigures(rules.points, zone, world, notes)
  const figures = [bySchedule, byPoints].filter(one => one !== undefined)
  if (figures.length === 0) return []
  return (clause.body.of ?? ['all']).flatMap((component): readonly Worst[] => [
    {
      key: `backup/${component}/longest-gap`,
      name: `${component} longest gap between backups`,
      ...tighter(figures.map(({ gap }) => gap)),
    },
    {
      key: `backup/${component}/oldest-last-good`,
      name: `${component} oldest last good backup`,
      ...tighter(figures.map(({ oldest }) => oldest)),
    },
  ])
}

type Figure = Omit<Worst, 'key' | 'name'>
interface Figures {
  readonly gap: Figure
  readonly oldest: Figure
}

function scheduleFigures(rules: BackupRules, zone: Zone, world: World, notes: readonly string[]): Figures {
  const { schedule, keep } = rules
  if (schedule === undefined) return { gap: { text: 'no number', notes }, oldest: { text: 'no number', notes } }
  const { at, open } = longestGap(schedule, zone, world)
  const own = [...notes, ...(schedule.anchor === 'completion' ? ['from one completion to the next'] : [])]
  const gap = { ms: at.end - at.start, text: lengthText(at, open), at, notes: own }
  const kept = keep === undefined ? ['nothing here says that it is kept until then'] : []
  return { gap, oldest: { ...gap, beside: 'and the time that a run takes: no limit', notes: [...own, ...kept] } }
}

function pointFigures(points: Points, zone: Zone, { span }: World, notes: readonly string[]): Figures {
  const own = [...notes, 'by its recovery points']
  const figure = (at: Interval): Figure => ({ ms: at.end - at.start, text: lengthText(at, true), at, notes: own })
  const gap = figure(pointGap(points, zone, span))
  const oldest = oldestPoint(points, zone, span)
  if (oldest !== undefined) return { gap, oldest: figure(oldest) }
  const free = `in the first ${durationText(points.grace)} of a day none has to be there`
  return { gap, oldest: { text: 'no limit', notes: [...own, free] } }
}

function tighter(figures: readonly Figure[]): Figure {
  const length = ({ ms }: Figure) => ms ?? Number.POSITIVE_INFINITY
  const least = Math.min(...figures.map(length))
  return figures.find(one => length(one) === least) ?? { text: 'no number', notes: [] }
}

/** `open`: its end is never quite reached. */
function lengthText({ start, end }: Interval, open: boolean): string {
  return open ? `just under ${durationText(end - start + 1)}` : durationText(end - start)
}

function notesOf({ where }: Clause<BackupBody>, { only, components }: BackupRules): readonly string[] {
  return [
    ...(where === undefined ? [] : [`only where ${whereText(where)}`]),
    ...(only === 'any' ? [] : [`${only} backups only`]),
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
