import type { Schedule, Unit } from '../../../clauses/backup/rules.ts'
import { slotOf } from '../../../clauses/backup/schedule-clock.ts'
import { unitOf } from '../../../clauses/backup/units.ts'
import type { Interval } from '../../../model/interval.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../../time/civil.ts'
import { addDuration } from '../../../time/duration.ts'
import { localDay, startOfDay } from '../../../time/local.ts'
import type { Zone } from '../../../time/zone.ts'
import { momentText } from '../../moment-text.ts'
import type { Candidate, World } from '../../rule.ts'
import { datesOf } from '../duties/rows.ts'
import { sameZone } from '../duties/spans.ts'
import { logOf, oddRuns, type Run } from './log.ts'
import type { Pair } from './pair.ts'

/** Runs that only one of the two counts; then two starts as far apart as one of them lets them be. */
export function* scheduleLogs(pair: Pair, world: World): Iterable<Candidate> {
  const { base, other, rules } = pair
  const sides = [
    { schedule: rules.base.schedule, zone: base.zone },
    { schedule: rules.other.schedule, zone: other.zone },
  ].flatMap(({ schedule, zone }) => (schedule === undefined ? [] : [{ schedule, zone }]))
  const dates = datesOf(base, other, world)
  const unit =
    sides
      .map(({ schedule }) => (schedule.form === 'per' ? schedule.per : 'day'))
      .sort(byLength)
      .at(-1) ?? 'day'
  const [first] = dates
  if (first === undefined) return
  yield* gapLogs(pair, sides, unit, first, world, false)
  for (const day of dates.slice(0, 2)) yield* oddLogs(pair, sides, unit, day)
  const rest = dates.slice(1, byLength(unit, 'week') > 0 ? 3 : 8)
  for (const day of rest) yield* gapLogs(pair, sides, unit, day, world, false)
  for (const day of [first, ...rest]) yield* gapLogs(pair, sides, unit, day, world, true)
  yield* lateLogs(pair, sides, first)
}

/** Two starts by themselves, or among such as keep both content. */
function* gapLogs(
  pair: Pair,
  sides: readonly Placed[],
  unit: Unit,
  day: number,
  { year }: World,
  isFilled: boolean,
): Iterable<Candidate> {
  const { base, rules } = pair
  for (const { schedule, zone } of sides) {
    for (const [a, b] of farApart(schedule, zone, day)) {
      const period = { start: unitOf(unit, base.zone, a).start, end: unitOf(unit, base.zone, b).end }
      const fill = isFilled ? fillers(sides, period, { start: a, end: b }) : []
      for (const [first, second] of LENGTHS) {
        // Of completions it is these that are so far apart.
        const start = schedule.anchor === 'completion' ? b + first - second : b
        const isStart = schedule.anchor === 'start'
        const [one, next] = (isStart ? [a, start] : [a + first, start + second]).map(at =>
          momentText(base.zone, at, year),
        )
        const story = `One ${isStart ? 'starts' : 'is complete'} ${one}, the next ${next}.`
        const runs = [...fill.map(at => ({ start: at })), { start: a, length: first }, { start, length: second }]
        const asOf = period.end + DAY
        if (runs.length <= MOST_RUNS) yield logOf(pair, { runs: inOrder(runs), period, asOf, story })
        if (rules.base.schedule?.anchor === rules.other.schedule?.anchor) break
      }
    }
  }
}

interface Placed {
  readonly schedule: Schedule
  readonly zone: Zone
}

const MOST_RUNS = 150
const UNITS: readonly Unit[] = ['day', 'week', 'month', 'quarter', 'year']
const LENGTHS = [
  [10 * MINUTE, 10 * MINUTE],
  [10 * MINUTE, 6 * HOUR],
  [6 * HOUR, 10 * MINUTE],
] as const

function byLength(a: Unit, b: Unit): number {
  return UNITS.indexOf(a) - UNITS.indexOf(b)
}

/** Neighbouring starts, as far apart as a schedule lets them be around a date. */
function farApart(schedule: Schedule, zone: Zone, day: number): readonly (readonly [number, number])[] {
  if (schedule.form === 'every') {
    const reach = (at: number) => reachOf({ schedule, zone }, at)
    // Late in a unit it may leave out the one after.
    const last = [0, 1, 2]
      .map(i => UNITS[i] ?? 'day')
      .map(unit => unitOf(unit, zone, startOfDay(zone, day)).end - 30 * MINUTE)
    return [startOfDay(zone, day) + 12 * HOUR, ...last, startOfDay(zone, day)].map(at => [at, reach(at)] as const)
  }
  if (schedule.form === 'per') {
    const first = unitOf(schedule.per, zone, startOfDay(zone, day))
    const second = unitOf(schedule.per, zone, first.end)
    const late = schedule.tolerance > 0 ? [[first.start, second.end + schedule.tolerance] as const] : []
    return [[first.start, second.end - SECOND], ...late]
  }
  const [first, second] = [slotOf(day, schedule, zone), slotOf(day + 1, schedule, zone)]
  if (first === undefined || second === undefined) return []
  return [
    [first.opens, second.closes],
    [first.at, second.closes],
    [first.opens, second.opens],
  ]
}

/** Starts that keep both of them content around a gap. */
function fillers(sides: readonly Placed[], { start, end }: Interval, gap: Interval): readonly number[] {
  const steps = sides.flatMap(({ schedule, zone }) =>
    schedule.form === 'every' ? [addDuration(zone, start, schedule.every) - start] : [],
  )
  const step = Math.min(DAY, ...steps)
  const out: number[] = []
  if (step < DAY) {
    for (let at = gap.start - step; at >= start; at -= step) out.push(at)
    for (let at = gap.end + step; at < end; at += step) out.push(at)
  }
  // What is made at a time of day is made on each date: of units that is enough.
  const isDaily = sides.some(({ schedule: { form } }) => form === 'at')
  const rest = step < DAY ? [] : sides.filter(({ schedule: { form } }) => form === 'every' || !isDaily)
  for (const { schedule, zone } of [...sides.filter(({ schedule: { form } }) => form === 'at'), ...rest]) {
    for (let day = localDay(zone, start); startOfDay(zone, day) < end; day++) {
      const slot = schedule.form === 'at' ? slotOf(day, schedule, zone) : undefined
      const at = slot?.at ?? startOfDay(zone, day) + 12 * HOUR
      if (at >= start && at < end && !(at > gap.start && at < gap.end)) out.push(at)
    }
  }
  return [...new Set(out)].filter(at => at < gap.start || at > gap.end)
}

function* oddLogs(pair: Pair, sides: readonly Placed[], unit: Unit, day: number): Iterable<Candidate> {
  const { base, other } = pair
  const { start, end } = unitOf(unit, base.zone, startOfDay(base.zone, day))
  const period = { start, end: Math.max(end, unitOf(unit, other.zone, end - DAY / 2).end) }
  // What is presumed as a log begins has to be over.
  const reach = Math.max(...sides.map(one => reachOf(one, start))) + HOUR
  while (period.end < reach) period.end = unitOf(unit, base.zone, period.end).end
  // In another zone the unit before ends in the period too.
  const from = sameZone(base.zone, other.zone) ? start : unitOf(unit, other.zone, start - DAY / 2).start
  const starts = fillers(sides, { start: from, end: period.end }, { start: period.end, end: period.end })
  if (starts.length > MOST_RUNS) return
  for (const { cells, what } of oddRuns(pair)) {
    const runs = inOrder(starts.map(at => ({ start: at, cells })))
    yield logOf(pair, { runs, period, from, asOf: period.end + DAY, story: `All runs ${what}.` })
  }
}

function reachOf({ schedule, zone }: Placed, from: number): number {
  return schedule.form === 'every' ? addDuration(zone, from, schedule.every) + schedule.tolerance : from
}

/** What comes before the period counts for an interval, and for no unit or slot of the period. */
function* lateLogs(pair: Pair, sides: readonly Placed[], day: number): Iterable<Candidate> {
  const { zone } = pair.base
  const period = { start: startOfDay(zone, day), end: startOfDay(zone, day + 2) }
  const long = startOfDay(zone, day - 10)
  const starts = fillers(sides, period, { start: long, end: long }).filter(at => at >= period.start)
  if (starts.length > MOST_RUNS) return
  const story = 'The last run lies days before the period; from its first day on they are made as promised.'
  yield logOf(pair, {
    runs: [{ start: long + HOUR }, ...inOrder(starts.map(start => ({ start })))],
    period,
    story,
    from: long,
  })
}

function inOrder(runs: readonly Run[]): readonly Run[] {
  return [...runs].sort((a, b) => a.start - b.start).filter((run, i, all) => all[i - 1]?.start !== run.start)
}
