import type { WitnessRow } from '../../../model/comparison.ts'
import { DAY, HOUR, MINUTE } from '../../../time/civil.ts'
import { addDuration, type Duration, durationText } from '../../../time/duration.ts'
import { startOfDay } from '../../../time/local.ts'
import { formatInstant } from '../../../time/stamp.ts'
import type { Zone } from '../../../time/zone.ts'
import type { Candidate, World } from '../../rule.ts'
import { datesOf, distinct, row, wholeDays } from '../duties/rows.ts'
import { logOf, oddRuns, type Run } from './log.ts'
import type { Pair } from './pair.ts'

/** A backup that is deleted at the greatest age of one of the two, or just after. */
export function* maxAgeLogs(pair: Pair, world: World): Iterable<Candidate> {
  const { base, other, rules } = pair
  const limits = [
    { rule: rules.base.maxAge, zone: base.zone },
    { rule: rules.other.maxAge, zone: other.zone },
  ]
  for (const day of datesOf(base, other, world)) {
    const start = startOfDay(base.zone, day) + 12 * HOUR
    const ends = limits.flatMap(({ rule, zone }) =>
      rule === undefined ? [] : [addDuration(zone, start, rule.amount) + rule.tolerance],
    )
    const period = wholeDays(base.zone, start, Math.max(...ends) + 2 * DAY)
    for (const deleted of distinct(ends.flatMap(end => [end, end + MINUTE]))) {
      const story = `A backup is deleted when it is ${durationText(deleted - start)} old.`
      yield logOf(pair, { runs: [{ start, deleted }], period, story })
      for (const { cells, what } of oddRuns(pair)) {
        const runs: readonly Run[] = [
          { start, deleted: start + HOUR },
          { start, deleted, cells },
        ]
        yield logOf(pair, { runs, period, story: `${story.slice(0, -1)}, of those that ${what}.` })
      }
    }
  }
}

/** A backup in a country that only one of the two allows. */
export function* residencyLogs(pair: Pair, world: World): Iterable<Candidate> {
  const { base, other, rules } = pair
  const [b, o] = [
    rules.base.residency?.countries ?? new Set<string>(),
    rules.other.residency?.countries ?? new Set<string>(),
  ]
  const only = (mine: ReadonlySet<string>, theirs: ReadonlySet<string>) =>
    [...mine].filter(one => !theirs.has(one)).slice(0, 2)
  const both = [...b].find(one => o.has(one)) ?? [...b][0] ?? ''
  const [day] = datesOf(base, other, world)
  if (day === undefined) return
  const start = startOfDay(base.zone, day) + 12 * HOUR
  const period = wholeDays(base.zone, start, start + DAY)
  for (const country of [...only(o, b), ...only(b, o)]) {
    yield logOf(pair, { runs: [{ start, cells: { country } }], period, story: `A backup lies in ${country}.` })
  }
  const outside = b.has('US') || o.has('US') ? 'AQ' : 'US'
  for (const { cells, what } of oddRuns(pair)) {
    const runs = [
      { start, cells: { country: both } },
      { start: start + HOUR, cells: { ...cells, country: outside } },
    ]
    yield logOf(pair, { runs, period, story: `A backup lies in ${outside}, of those that ${what}.` })
  }
}

/** A backup with copies made in the last moment, or just too late, and kept as long as one of the two asks. */
export function* copyLogs(pair: Pair, world: World): Iterable<Candidate> {
  const { base, other, rules } = pair
  const sides = [
    { copies: rules.base.copies, zone: base.zone },
    { copies: rules.other.copies, zone: other.zone },
  ]
  const at = (zone: Zone, from: number, amount: Duration | undefined) =>
    amount === undefined ? [] : [addDuration(zone, from, amount)]
  for (const day of datesOf(base, other, world).slice(0, 4)) {
    const start = startOfDay(base.zone, day) + 12 * HOUR
    const done = start + 10 * MINUTE
    const dues = sides.flatMap(({ copies, zone }) => at(zone, done, copies?.madeWithin))
    const ends = sides.flatMap(({ copies, zone }) => at(zone, start, copies?.keep))
    const own = [rules.base.keep, rules.other.keep].flatMap(keep =>
      keep?.form === 'for' ? at(base.zone, done, keep.amount) : [],
    )
    const last = Math.max(done + DAY, ...dues, ...ends, ...own) + 2 * DAY
    const period = wholeDays(base.zone, start, last + 2 * DAY)
    const counts = distinct([...sides.flatMap(({ copies }) => (copies === undefined ? [] : [copies.atLeast])), 0])
    const log = (count: number, made: number, deleted: number, apart: readonly string[], story: string, cells = {}) => {
      const more = Array.from({ length: count }, (_, i) =>
        copyRow(i + 1, { zone: base.zone, done, made, deleted, apart }),
      )
      const runs = [{ start, deleted: last, cells: { location: 'A', provider: 'P', region: 'R', ...cells } }]
      return logOf(pair, { runs, period, story, more, covers: ['backup-copy'] })
    }
    const [first = done + HOUR] = dues.length === 0 ? [] : [Math.min(...dues)]
    for (const count of counts)
      yield log(count, first, last, ALL, `${count} ${count === 1 ? 'copy is' : 'copies are'} made.`)
    const most = Math.max(...counts)
    for (const made of distinct(dues.flatMap(due => [due, due + MINUTE]))) {
      yield log(most, made, last, ALL, `Copies are complete ${durationText(made - done)} after the backup.`)
    }
    for (const deleted of distinct(ends.flatMap(end => [end, end - MINUTE]))) {
      yield log(
        most,
        first,
        deleted,
        ALL,
        `Copies are deleted ${durationText(deleted - start)} after the start of the backup.`,
      )
    }
    for (const one of ALL) {
      const words = one === 'location' ? 'location only' : `location and ${one} only`
      yield log(most, first, last, ['location', one], `Copies differ in their ${words}.`)
    }
    for (const { cells, what } of oddRuns(pair))
      yield log(0, first, last, ALL, `No copy is made of those that ${what}.`, cells)
  }
}

const ALL = ['location', 'provider', 'region'] as const

interface Copied {
  readonly zone: Zone
  readonly done: number
  readonly made: number
  readonly deleted: number
  readonly apart: readonly string[]
}

function copyRow(number: number, { zone, done, made, deleted, apart }: Copied): WitnessRow {
  const place = (what: string, first: string) => (apart.includes(what) ? `${first}${number}` : first)
  return row('backup-copy', {
    backup: 'B-1',
    started_at: formatInstant(zone, done),
    completed_at: formatInstant(zone, made),
    status: 'success',
    location: place('location', 'A'),
    provider: place('provider', 'P'),
    region: place('region', 'R'),
    deleted_at: formatInstant(zone, deleted),
  })
}
