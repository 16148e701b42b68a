import type { WitnessRow } from '../../../model/comparison.ts'
import { DAY, HOUR, MINUTE } from '../../../time/civil.ts'
import { addDuration, type Duration, durationText } from '../../../time/duration.ts'
import { startOfDay } from '../../../time/local.ts'
import { formatInstant } from '../../../time/stamp.ts'
import type { Zone } from '../../../time/zone.ts'
import { momentText } from '../../moment-text.ts'
import type { Candidate, World } from '../../rule.ts'
import { datesOf, distinct, fewDates, row, wholeDays } from '../duties/rows.ts'
import { logOf, oddParent, oddRuns, type Run, usualCountry } from './log.ts'
import type { Pair } from './pair.ts'

/** A backup that is deleted at the greatest age of one of the two, or just after. */
export function* maxAgeLogs(pair: Pair, world: World): Iterable<Candidate> {
  const { base, other, rules } = pair
  const limits = [
    { rule: rules.base.maxAge, zone: base.zone },
    { rule: rules.other.maxAge, zone: other.zone },
  ]
  const amounts = limits.flatMap(({ rule }) => (rule === undefined ? [] : [rule.amount]))
  for (const day of datesOf(base, other, world, amounts)) {
    const start = startOfDay(base.zone, day) + 12 * HOUR
    const ends = limits.flatMap(({ rule, zone }) =>
      rule === undefined ? [] : [addDuration(zone, start, rule.amount) + rule.tolerance],
    )
    const period = wholeDays(base.zone, start, Math.max(...ends) + 2 * DAY)
    for (const deleted of distinct(ends.flatMap(end => [end, end + MINUTE]))) {
      const [made, gone] = [start, deleted].map(at => momentText(base.zone, at, world.year))
      const story = `A backup of ${made} is deleted ${gone}, when it is ${durationText(deleted - start)} old.`
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

/**
 * A backup with copies made in the last moment, just too late, or when it need no longer be kept, and kept as long as one
 * of the two asks; then none of such backups as only one of them may be about.
 */
export function* copyLogs(pair: Pair, world: World): Iterable<Candidate> {
  const { base, other, rules } = pair
  const amounts = [rules.base, rules.other].flatMap(({ keep, copies }) =>
    [keep?.form === 'for' ? keep.amount : undefined, copies?.keep, copies?.madeWithin].filter(one => one !== undefined),
  )
  const dates = datesOf(base, other, world, amounts).slice(0, fewDates(base, other, 4))
  for (const [i, day] of dates.entries()) {
    const scene = sceneOf(pair, day, world)
    if (i === 0) yield* uncopiedLogs(pair, scene)
    yield* madeLogs(pair, scene)
    yield* placeLogs(pair, scene)
    if (i > 0) yield* uncopiedLogs(pair, scene)
  }
}

/** Instants that one of the two is about, in ms. */
interface Scene {
  readonly start: number
  readonly done: number
  /** The last in which a copy is in time, of those that say so. */
  readonly dues: readonly number[]
  /** When copies, and when backups themselves, need no longer be kept. */
  readonly copiesEnd: readonly number[]
  readonly ownEnd: readonly number[]
  /** How many copies are asked for, none among them; the most. */
  readonly counts: readonly number[]
  readonly most: number
  tell(at: number): string
}

function sceneOf({ base, other, rules }: Pair, day: number, { year }: World): Scene {
  const start = startOfDay(base.zone, day) + 12 * HOUR
  const done = start + 10 * MINUTE
  const sides = [
    { zone: base.zone, keep: rules.base.keep, copies: rules.base.copies },
    { zone: other.zone, keep: rules.other.keep, copies: rules.other.copies },
  ]
  const at = (zone: Zone, from: number, amount: Duration | undefined) =>
    amount === undefined ? [] : [addDuration(zone, from, amount)]
  const counts = distinct([...sides.flatMap(({ copies }) => (copies === undefined ? [] : [copies.atLeast])), 0])
  return {
    start,
    done,
    dues: sides.flatMap(({ copies, zone }) => at(zone, done, copies?.madeWithin)),
    copiesEnd: sides.flatMap(({ copies, zone }) => at(zone, start, copies?.keep)),
    ownEnd: sides.flatMap(({ keep, zone }) => (keep?.form === 'for' ? at(zone, done, keep.amount) : [])),
    counts,
    most: Math.max(...counts),
    tell: at => momentText(base.zone, at, year),
  }
}

interface Copying {
  readonly story: string
  readonly count: number
  /** When they are complete; as early as one of the two asks unless said. */
  readonly made?: number
  /** When they are deleted; with the backup unless said. */
  readonly deleted?: number
  /** By what their places differ. */
  readonly apart?: readonly string[]
  readonly cells?: Readonly<Record<string, string>>
  /** What it is made on top of, copied along with it. */
  readonly below?: Readonly<Record<string, string>>
}

function logOfCopies(pair: Pair, scene: Scene, given: Copying): Candidate {
  const { start, done, dues, copiesEnd, ownEnd } = scene
  const { zone } = pair.base
  const { story, count, apart = DIFFERENCES, cells = {} } = given
  const { made = dues.length === 0 ? done + HOUR : Math.min(...dues) } = given
  const last = Math.max(done + DAY, ...dues, ...copiesEnd, ...ownEnd, made) + 2 * DAY
  const ids = given.below === undefined ? ['B-1'] : ['B-1', 'B-2']
  const more = Array.from({ length: count }, (_, i) => i).flatMap(i =>
    ids.map(backup =>
      copyRow(i + 1, {
        backup,
        zone,
        done,
        made,
        deleted: given.deleted ?? last,
        apart,
        country: usualCountry(pair.rules),
      }),
    ),
  )
  const period = wholeDays(zone, start, last + 2 * DAY)
  const at = { location: 'A', provider: 'P', region: 'R' }
  const runs = [...(given.below === undefined ? [] : [given.below]), cells].map(
    (own): Run => ({ start, deleted: last, cells: { ...at, ...own } }),
  )
  return logOf(pair, {
    runs,
    period,
    // Units that the period cuts are known, and decided by then.
    from: period.start - 400 * DAY,
    asOf: period.end + 400 * DAY,
    story,
    more,
    covers: ['backup-copy'],
  })
}

function* uncopiedLogs(pair: Pair, scene: Scene): Iterable<Candidate> {
  for (const { cells, what } of oddRuns(pair))
    yield logOfCopies(pair, scene, { count: 0, cells, story: `No copy is made of those that ${what}.` })
  const [below, cells] = oddParent(pair)?.runs ?? []
  if (below === undefined || cells === undefined) return
  const story = `A backup is copied with the one that it is made on top of, which ended with ${below.status}.`
  yield logOfCopies(pair, scene, { count: scene.most, below, cells, story })
}

function* madeLogs(pair: Pair, scene: Scene): Iterable<Candidate> {
  const { start, done, dues, copiesEnd, ownEnd, counts, most, tell } = scene
  for (const count of counts) {
    const story = `${count === 0 ? 'No copy is' : count === 1 ? 'One copy is' : `${count} copies are`} made.`
    yield logOfCopies(pair, scene, { count, story })
  }
  const late = [...ownEnd, ...copiesEnd].map(end => end + HOUR)
  for (const made of distinct([...dues.flatMap(due => [due, due + MINUTE]), ...late])) {
    const what = most === 1 ? 'The copy is' : 'Copies are'
    yield logOfCopies(pair, scene, {
      count: most,
      made,
      story: `${what} complete ${tell(made)}, ${durationText(made - done)} after the backup.`,
    })
  }
  for (const deleted of distinct(copiesEnd.flatMap(end => [end, end - MINUTE]))) {
    const story = `Copies are deleted ${tell(deleted)}, ${durationText(deleted - start)} after the start of the backup.`
    yield logOfCopies(pair, scene, { count: most, deleted, story })
  }
}

function* placeLogs(pair: Pair, scene: Scene): Iterable<Candidate> {
  for (const one of DIFFERENCES) {
    const words = one === 'location' ? 'location only' : `location and ${one} only`
    yield logOfCopies(pair, scene, {
      count: scene.most,
      apart: ['location', one],
      story: `Copies differ in their ${words}.`,
    })
  }
}

const DIFFERENCES = ['location', 'provider', 'region'] as const

interface Copied {
  readonly backup: string
  readonly zone: Zone
  readonly done: number
  readonly made: number
  readonly deleted: number
  readonly apart: readonly string[]
  readonly country: string | undefined
}

function copyRow(number: number, { backup, zone, done, made, deleted, apart, country }: Copied): WitnessRow {
  const place = (what: string, first: string) => (apart.includes(what) ? `${first}${number}` : first)
  return row('backup-copy', {
    backup,
    started_at: formatInstant(zone, done),
    completed_at: formatInstant(zone, made),
    status: 'success',
    location: place('location', 'A'),
    provider: place('provider', 'P'),
    region: place('region', 'R'),
    country,
    deleted_at: formatInstant(zone, deleted),
  })
}
