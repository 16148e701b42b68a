import type { MaintenanceBody } from '../../../clauses/maintenance/schema.ts'
import type { Hours } from '../../../contract/contract.ts'
import type { WitnessRow } from '../../../model/comparison.ts'
import type { Interval } from '../../../model/interval.ts'
import { DAY, HOUR, MINUTE, SECOND } from '../../../time/civil.ts'
import { addDuration, durationText } from '../../../time/duration.ts'
import { subtract } from '../../../time/interval.ts'
import { startOfDay } from '../../../time/local.ts'
import { formatInstant } from '../../../time/stamp.ts'
import { windowsOver } from '../../../time/window.ts'
import type { Zone } from '../../../time/zone.ts'
import { momentText } from '../../moment-text.ts'
import type { Candidate, Side, World } from '../../rule.ts'
import { coverage, datesOf, distinct, inTimesOf, inTurn, row, wholeDays } from '../duties/rows.ts'
import { cellVariants, serviceVariants } from '../duties/scope.ts'
import { onlyIn, openHours } from './hours.ts'
import { noticeLogs } from './logs-notice.ts'

type Named = Side<MaintenanceBody>

interface Work {
  readonly start: number
  readonly end: number
  readonly announced?: number | null
  readonly plannedEnd?: number
  readonly told?: number | null
}

/** Logs of a few pieces of work at the edges of what one of the two tolerates. */
export function* maintenanceCandidates(base: Named, other: Named, world: World): Iterable<Candidate> {
  const promise = base.term.key.replace(/#\d+$/, '').split('/').at(-1)
  const counted = promise === 'at-most' ? servicesCounted(base, other) : []
  const [usual = [undefined], ...apart] = serviceVariants(base, other)
  const variants = cellVariants(base, other).flatMap(cells => [
    ...[usual, ...counted].map(services => ({ cells, services, isApart: false })),
    ...apart.map(services => ({ cells, services, isApart: true })),
  ])
  const logs = inTurn(
    variants.map(({ cells, services, isApart }, i) => {
      const plain = makeLog(base.zone, cells, services)
      const log = isApart ? onOneOnly(plain, world, services) : plain
      if (promise === 'notice') return noticeLogs(base, other, world, log, i === 0)
      if (promise === 'inside' || promise === 'outside') return hoursLogs(promise, base, other, world, log)
      if (promise === 'longest') return lengthLogs(base, other, world, log)
      return promise === 'overrun' ? overrunLogs(base, other, world, log) : numberLogs(base, other, world, log)
    }),
  )
  yield* inTimesOf(base, other, logs)
}

/** Work on all services at once, where only one of the two counts them together. */
function servicesCounted(base: Named, other: Named): readonly (readonly string[])[] {
  if ((base.clause.together === undefined) === (other.clause.together === undefined)) return []
  const [b, o] = [base, other].map(({ clause, contract }) => clause.services ?? [...contract.services.keys()])
  const shared = (b ?? []).filter(name => o?.includes(name))
  return shared.length > 1 ? [shared] : []
}

type Cells = Readonly<Record<string, string>>
export type Log = (works: readonly Work[], story: string, over?: Interval) => Candidate

function makeLog(zone: Zone, cells: Cells, services: readonly (string | undefined)[]): Log {
  const stamp = (at: number | null | undefined) =>
    at === undefined ? undefined : at === null ? '' : formatInstant(zone, at)
  return (works, story, over) => {
    const rows: WitnessRow[] = works.flatMap(({ start, end, announced, plannedEnd, told }, i) =>
      services.map((service, j) =>
        row('maintenance', {
          ...cells,
          id: `M-${i * services.length + j + 1}`,
          service,
          start: stamp(start),
          end: stamp(end),
          announced_at: stamp(announced),
          planned_end: stamp(plannedEnd),
          overrun_notified_at: stamp(told),
        }),
      ),
    )
    const [first] = works
    const last = works.at(-1)
    const period = over ?? wholeDays(zone, first?.start ?? 0, (last?.end ?? 0) + DAY)
    const known =
      over === undefined
        ? []
        : [coverage('maintenance', { start: over.start - 800 * DAY, end: over.end + 800 * DAY }, zone)]
    return { rows: [...rows, ...known], period, asOf: over === undefined ? period.end : over.end + 800 * DAY, story }
  }
}

/** Where one contract knows nothing of the work, a complete log of the year decides what else its clause promises. */
function onOneOnly(log: Log, { span }: World, services: readonly (string | undefined)[]): Log {
  return (works, story, over = span) => log(works, `${story.slice(0, -1)}, on ${services.join(' and ')} only.`, over)
}

function* hoursLogs(
  side: 'inside' | 'outside',
  base: Named,
  other: Named,
  world: World,
  log: Log,
): Iterable<Candidate> {
  const [b, o] = [base.clause.body[side], other.clause.body[side]]
  if (b === undefined || o === undefined) return
  const apart = [
    ...onlyIn(o, other, b, base, world.span).slice(0, 3),
    ...onlyIn(b, base, o, other, world.span).slice(0, 3),
  ]
  const open = openOnes(b, base, world).concat(openOnes(o, other, world))
  for (const { start, end } of [...apart, ...open]) {
    const until = Math.min(end, start + HOUR)
    const [from, to] = [start, until].map(at => momentText(base.zone, at, world.year))
    yield log([{ start, end: until }], `Work from ${from} to ${to}.`)
  }
}

/** Some time at which hours are closed, and some at which they open. */
function openOnes(hours: Hours, side: Named, { span }: World): readonly Interval[] {
  const closed = subtract([span], openHours(hours, side, span))
  return closed.slice(0, 2).flatMap(({ start, end }) => [
    { start, end: Math.min(end, start + HOUR) },
    { start: end, end: end + MINUTE },
  ])
}

function* lengthLogs(base: Named, other: Named, world: World, log: Log): Iterable<Candidate> {
  const limits = [base, other].map(({ clause }) => clause.body.longest).filter(limit => typeof limit === 'number')
  for (const day of datesOf(base, other, world).slice(0, 2)) {
    const start = startOfDay(base.zone, day) + 12 * HOUR
    for (const length of distinct(limits.flatMap(limit => [limit, limit + SECOND]))) {
      yield log([{ start, end: start + length }], `Work that takes ${durationText(length)}.`)
    }
  }
}

function* overrunLogs(base: Named, other: Named, world: World, log: Log): Iterable<Candidate> {
  for (const day of datesOf(base, other, world)) {
    const start = startOfDay(base.zone, day) + 10 * HOUR
    const plannedEnd = start + 2 * HOUR
    const told = [base, other].flatMap(({ clause, zone }) => {
      const within = clause.body.overrun?.['notify-within']
      if (within === undefined || within === 'unstated' || (within.unit !== 'elapsed' && within.unit !== 'calendar'))
        return []
      const due = addDuration(zone, plannedEnd, within)
      return [due, due + MINUTE]
    })
    const end = Math.max(plannedEnd, ...told) + HOUR
    const planned = momentText(base.zone, plannedEnd, world.year)
    for (const at of distinct([...told, null])) {
      const words = at === null ? 'nobody is told' : `users are told ${durationText(at - plannedEnd)} later`
      yield log([{ start, end, plannedEnd, told: at }], `Work that was to end ${planned} overruns, ${words}.`)
    }
  }
}

function* numberLogs(base: Named, other: Named, world: World, log: Log): Iterable<Candidate> {
  const limits = [base, other].flatMap(side => {
    const limit = side.clause.body['at-most']
    return limit === undefined || limit.count > MOST_WORKS ? [] : [{ side, ...limit }]
  })
  const [day] = datesOf(base, other, world)
  if (day === undefined) return
  const noon = startOfDay(base.zone, day) + 12 * HOUR
  const at = (start: number): Work => ({ start, end: start + MINUTE })
  for (const count of distinct(limits.flatMap(limit => [limit.count, limit.count + 1])).filter(one => one > 0)) {
    const works = Array.from({ length: count }, (_, i) => at(noon + i * 2 * MINUTE))
    yield log(works, `${count} pieces of work within a day.`, world.span)
  }
  for (const { side, count, per } of limits) {
    const windows = windowsOver(per, frameOf(side), world.span).filter(
      ({ start, end }) => start >= world.span.start && end <= world.span.end,
    )
    const spread = windows.flatMap(({ start }) =>
      Array.from({ length: count }, (_, i) => at(start + HOUR + i * 2 * MINUTE)),
    )
    if (spread.length > 0 && spread.length <= MOST_WORKS * 4)
      yield log(spread, `${count} pieces of work in each window of the year.`, world.span)
    const [, second] = windows
    if (second === undefined) continue
    const around = [-1, 1].flatMap(sign =>
      Array.from({ length: count }, (_, i) => at(second.start + sign * (HOUR + i * 2 * MINUTE))),
    )
    const sorted = around.sort((a, b) => a.start - b.start)
    if (count > 0)
      yield log(
        sorted,
        `${count} pieces of work before a window ends, ${momentText(base.zone, second.start, world.year)}, and ${count} after it.`,
        world.span,
      )
  }
}

const MOST_WORKS = 60

function frameOf({ contract, zone }: Side) {
  const { term, fees } = contract
  return {
    zone,
    ...(term !== undefined && { term }),
    ...(fees?.billingDay !== undefined && { billingDay: fees.billingDay }),
  }
}
