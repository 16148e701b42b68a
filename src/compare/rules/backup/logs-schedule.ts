import type { Schedule, Unit } from '../../../clauses/backup/rules.ts'
import { slotOf } from '../../../clauses/backup/schedule-clock.ts'
import { unitOf } from '../../../clauses/backup/units.ts'
import type { Interval } from '../../../model/interval.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../../time/civil.ts'
import { addDuration } from '../../../time/duration.ts'
import { localDay, startOfDay } from '../../../time/local.ts'
import { formatInstant } from '../../../time/stamp.ts'
import type { Zone } from '../../../time/zone.ts'
import type { Candidate, World } from '../../rule.ts'
import { datesOf } from '../duties/rows.ts'
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
  for (const day of dates.slice(0, 2)) yield* oddLogs(pair, sides, unit, day)
  for (const day of dates.slice(0, byLength(unit, 'week') > 0 ? 3 : 8)) {
    for (const { schedule, zone } of sides) {
      for (const [a, b] of farApart(schedule, zone, day)) {
        const period = { start: unitOf(unit, base.zone, a).start, end: unitOf(unit, base.zone, b).end }
        const story = `Nothing starts between ${formatInstant(base.zone, a)} and ${formatInstant(base.zone, b)}.`
        for (const fill of [[], fillers(sides, period, { start: a, end: b })]) {
          for (const [first, second] of LENGTHS) {
            // Of completions it is these that are so far apart.
            const start = schedule.anchor === 'completion' ? b + first - second : b
            const runs = [...fill.map(at => ({ start: at })), { start: a, length: first }, { start, length: second }]
            const asOf = period.end + DAY
            if (runs.length <= MOST_RUNS) yield logOf(pair, { runs: inOrder(runs), period, asOf, story })
            if (rules.base.schedule?.anchor === rules.other.schedule?.anchor) break
          }
        }
      }
    }
  }
  for (const day of dates.slice(0, 1)) yield* lateLogs(pair, sides, day)
}

interface Placed {
  readonly schedule: Schedule
  readonly zone: Zone
}

const MOST_RUNS = 120
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
    const reach = (at: number) => addDuration(zone, at, schedule.every) + schedule.tolerance
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
  for (const { schedule, zone } of sides.filter(({ schedule: { form } }) => form === 'at' || step === DAY)) {
    for (let day = localDay(zone, start); startOfDay(zone, day) < end; day++) {
      const slot = schedule.form === 'at' ? slotOf(day, schedule, zone) : undefined
      const at = slot?.opens ?? startOfDay(zone, day) + 12 * HOUR
      if (at >= start && at < end && !(at > gap.start && at < gap.end)) out.push(at)
    }
  }
  return [...new Set(out)].filter(at => at < gap.start || at > gap.end)
}

function* oddLogs(pair: Pair, sides: readonly Placed[], unit: Unit, day: number): Iterable<Candidate> {
  const { zone } = pair.base
  const first = unitOf(unit, zone, startOfDay(zone, day))
  const period = { start: first.start, end: unitOf(unit, zone, first.end).end }
  const starts = fillers(sides, period, { start: period.end, end: period.end })
  for (const { cells, what } of oddRuns(pair)) {
    if (starts.length > MOST_RUNS) continue
    yield logOf(pair, { runs: inOrder(starts.map(start => ({ start, cells }))), period, story: `All runs ${what}.` })
  }
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
