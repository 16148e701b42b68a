import type { Tier, Unit } from '../../../clauses/backup/rules.ts'
import { unitOf, unitStart } from '../../../clauses/backup/units.ts'
import { DAY, HOUR, MINUTE } from '../../../time/civil.ts'
import { addDuration, type Duration } from '../../../time/duration.ts'
import { localDay, startOfDay } from '../../../time/local.ts'
import type { Zone } from '../../../time/zone.ts'
import { momentText } from '../../moment-text.ts'
import type { Candidate, World } from '../../rule.ts'
import { datesOf, distinct, wholeDays } from '../duties/rows.ts'
import { logOf, oddRuns, type Run } from './log.ts'
import type { Pair } from './pair.ts'

/** One or two backups of a unit, one of them kept just as long as a tier asks. */
export function* tierLogs(pair: Pair, world: World): Iterable<Candidate> {
  const { base, other, rules } = pair
  const tiers = [
    ...rules.base.tiers.map(tier => ({ tier, zone: base.zone })),
    ...rules.other.tiers.map(tier => ({ tier, zone: other.zone })),
  ]
  const dates = datesOf(base, other, world)
  for (const [i, day] of dates.entries()) {
    if (i === 1) yield* oddTierLogs(pair, tiers, dates)
    for (const { tier, zone } of tiers) {
      const unit = unitOf(tier.per, zone, startOfDay(zone, day))
      const starts = [unit.start + 2 * HOUR, unit.end - 4 * HOUR, unit.start]
      const last =
        Math.max(...tiers.flatMap(one => starts.map(start => keptUntil(one.tier, one.zone, start)))) + 40 * DAY
      const period = wholeDays(
        base.zone,
        unitOf('year', base.zone, unit.start).start,
        unitOf('year', base.zone, last).end,
      )
      for (const start of starts) {
        const until = keptUntil(tier, zone, start)
        const beside = starts.filter(one => one !== start).map((one): Run => ({ start: one, deleted: one + HOUR }))
        // Of longer units it is others that are kept.
        const longer = [unit.end + 2 * HOUR, unit.start - 2 * HOUR].map((one): Run => ({ start: one, deleted: last }))
        for (const deleted of [until, until - MINUTE]) {
          const [made, gone] = [start, deleted].map(at => momentText(base.zone, at, world.year))
          const story = `Of a ${tier.per} one backup, of ${made}, is kept until ${gone}, no other.`
          for (const runs of [[{ start, deleted }], [{ start, deleted }, ...beside], [{ start, deleted }, ...longer]]) {
            yield logOf(pair, { runs: [...runs].sort((a, b) => a.start - b.start), period, story })
          }
        }
      }
    }
  }
}

/** Backups of those that only one of the two may be about, kept alone, or not at all. */
function* oddTierLogs(
  pair: Pair,
  tiers: readonly { readonly tier: Tier; readonly zone: Zone }[],
  [day]: readonly number[],
): Iterable<Candidate> {
  const { base } = pair
  if (day === undefined) return
  const start = startOfDay(base.zone, day) + 12 * HOUR
  const last = Math.max(...tiers.map(({ tier, zone }) => keptUntil(tier, zone, start + 2 * HOUR))) + DAY
  const period = wholeDays(base.zone, unitOf('year', base.zone, start).start, unitOf('year', base.zone, last).end)
  for (const { cells, what } of oddRuns(pair)) {
    const odd: Run = { start, deleted: last, cells }
    yield logOf(pair, {
      runs: [odd, { start: start + HOUR, deleted: start + 2 * HOUR }],
      period,
      story: `Only backups are kept that ${what}.`,
    })
    yield logOf(pair, {
      runs: [{ ...odd, deleted: start + HOUR }],
      period,
      story: `Backups are not kept that ${what}.`,
    })
  }
}

function keptUntil({ per, keep, basis, tolerance }: Tier, zone: Zone, start: number): number {
  if (basis === 'unit') return unitStart(per, zone, unitOf(per, zone, start).number + keep) - tolerance
  return addDuration(zone, start, unitsLong(per, keep)) - tolerance
}

function unitsLong(per: Unit, keep: number): Duration {
  const days = per === 'day' ? keep : per === 'week' ? 7 * keep : 0
  const months = per === 'month' ? keep : per === 'quarter' ? 3 * keep : per === 'year' ? 12 * keep : 0
  return { unit: 'calendar', months, days, ms: 0, text: '' }
}

/** A backup on some dates, each kept to the last day that one of the two asks for. */
export function* pointLogs(pair: Pair, world: World): Iterable<Candidate> {
  const { base, other, rules } = pair
  const points = [rules.base.points, rules.other.points].filter(one => one !== undefined)
  const ages = points.map(({ ages: list }) => list.at(-1) ?? 0)
  const slacks = points.map(({ slack }) => slack)
  const back = Math.max(...ages) + Math.max(...slacks)
  if (back > MOST_DAYS) return
  const { zone } = base
  for (const day of datesOf(base, other, world).slice(0, 2)) {
    const from = day - back - 2
    const period = { start: startOfDay(zone, day), end: startOfDay(zone, day + 3) }
    const asOf = startOfDay(zone, day + 4 + back + 3)
    const log = (runs: readonly Run[], story: string) =>
      logOf(pair, { runs, period, asOf, story, from: startOfDay(zone, from) })
    const dates = (step: number) =>
      Array.from({ length: Math.ceil((day + 4 - from) / step) }, (_, i) => from + i * step)
    for (const step of distinct([1, ...slacks.map(slack => slack + 1)])) {
      for (const kept of distinct(points.map(({ ages: list, slack }) => (list.at(-1) ?? 0) + slack)).concat(back)) {
        for (const late of distinct([0, ...points.map(({ grace }) => grace)])) {
          const runs = dates(step).map((date): Run => {
            const start = startOfDay(zone, date) + (late === 0 ? 12 * HOUR : 23 * HOUR)
            const end = startOfDay(zone, date + 1) + late
            return { start, deleted: startOfDay(zone, date + kept + 1), ...(late > 0 && { length: end - start }) }
          })
          yield log(runs, `A backup every ${step === 1 ? 'day' : `${step} days`}, each kept for ${kept} days.`)
        }
      }
    }
    const all = dates(1).map(
      (date): Run => ({ start: startOfDay(zone, date) + 12 * HOUR, deleted: startOfDay(zone, date + back + 1) }),
    )
    for (const { cells, what } of oddRuns(pair))
      yield log(
        all.map(run => ({ ...run, cells })),
        `All backups ${what}.`,
      )
    const lacking = localDay(zone, all[back]?.start ?? 0)
    yield log(
      all.filter(({ start }) => localDay(zone, start) !== lacking),
      'No backup is made on one date.',
    )
  }
}

const MOST_DAYS = 120
