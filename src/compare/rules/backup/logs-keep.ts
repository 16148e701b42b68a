import type { Keep } from '../../../clauses/backup/rules.ts'
import { DAY, HOUR, MINUTE } from '../../../time/civil.ts'
import { addDuration, durationText, subtractDuration } from '../../../time/duration.ts'
import { localDay, startOfDay } from '../../../time/local.ts'
import type { Zone } from '../../../time/zone.ts'
import { momentText } from '../../moment-text.ts'
import type { Candidate, World } from '../../rule.ts'
import { datesOf, distinct, fewDates, wholeDays } from '../duties/rows.ts'
import { logOf, oddParent, oddRuns, type Run } from './log.ts'
import type { Pair } from './pair.ts'

/** Backups that are deleted as soon as one of the two lets them be. */
export function* keepLogs(pair: Pair, world: World): Iterable<Candidate> {
  const { base, other, rules } = pair
  const keeps = [
    { keep: rules.base.keep, zone: base.zone },
    { keep: rules.other.keep, zone: other.zone },
  ].flatMap(({ keep, zone }) => (keep === undefined ? [] : [{ keep, zone }]))
  const places = distinct(keeps.map(({ keep }) => keep.location))
  const named = places.filter(place => place !== undefined)
  const locations: readonly (string | undefined)[] = named.length === 0 ? [undefined] : [...named, 'another']
  const amounts = keeps.flatMap(({ keep }) => ('amount' in keep ? [keep.amount] : []))
  const [first, ...dates] = datesOf(base, other, world, amounts)
  if (first === undefined) return
  const isSeries = keeps.some(({ keep: { form } }) => form !== 'for')
  const on = function* (day: number): Iterable<Candidate> {
    for (const location of locations) {
      const cells = location === undefined ? {} : { location }
      yield* isSeries ? seriesLogs(pair, keeps, day, cells) : singleLogs(pair, keeps, day, { cells, world })
    }
  }
  // The plainest date, then such as only one of the two may be about, then all others.
  yield* on(first)
  yield* oddLogs(pair, keeps, first)
  if (keeps[0]?.keep.from !== keeps[1]?.keep.from) yield* skippedLogs(pair, keeps, world)
  for (const day of isSeries ? dates.slice(0, fewDates(base, other, 2)) : dates) yield* on(day)
}

/** An end that the clock skips is moved beyond that of a run which begins and ends around it. */
function* skippedLogs(pair: Pair, keeps: readonly Placed[], world: World): Iterable<Candidate> {
  const { zone } = pair.base
  const { span } = world
  for (const { start: change } of zone.segments(span.start, span.end).slice(1)) {
    for (const { keep } of keeps) {
      if (keep.form !== 'for') continue
      const start = subtractDuration(zone, change + HOUR / 2, keep.amount) - HOUR
      yield* runLogs(pair, keeps, { start, length: 40 * MINUTE }, world)
    }
  }
}

interface Placed {
  readonly keep: Keep
  readonly zone: Zone
}

type Cells = Readonly<Record<string, string>>

function* singleLogs(
  pair: Pair,
  keeps: readonly Placed[],
  day: number,
  { cells, world }: { readonly cells: Cells; readonly world: World },
): Iterable<Candidate> {
  const start = startOfDay(pair.base.zone, day) + 12 * HOUR
  const isAnchored = keeps[0]?.keep.from !== keeps[1]?.keep.from
  for (const length of isAnchored ? [6 * HOUR, 10 * MINUTE] : [10 * MINUTE]) {
    yield* runLogs(pair, keeps, { start, length, cells }, world)
  }
}

function* runLogs(pair: Pair, keeps: readonly Placed[], run: Run, { year }: World): Iterable<Candidate> {
  const { start } = run
  const ends = keeps.map(({ keep, zone }) => endOf(keep, zone, run, []))
  const last = Math.max(...ends) + 2 * DAY
  const period = wholeDays(pair.base.zone, start, last)
  for (const deleted of distinct([...ends, ...ends.map(end => end - MINUTE), Math.max(...ends) + HOUR])) {
    const [made, gone] = [start, deleted].map(at => momentText(pair.base.zone, at, year))
    const story = `A backup of ${made} is deleted ${gone}, when it is ${durationText(deleted - start)} old.`
    yield logOf(pair, { runs: [{ ...run, deleted }], period, story })
  }
}

/** When a backup may be deleted, by those that come after it. */
function endOf(keep: Keep, zone: Zone, { start, length = 10 * MINUTE }: Run, later: readonly number[]): number {
  const completed = start + length
  if (keep.form === 'copies') return later[keep.count - 1] ?? completed + keep.count * 400 * DAY
  if (keep.form === 'window') return addDuration(zone, later[0] ?? completed, keep.amount) - keep.tolerance
  return addDuration(zone, keep.from === 'start' ? start : completed, keep.amount) - keep.tolerance
}

function* seriesLogs(pair: Pair, keeps: readonly Placed[], day: number, cells: Cells): Iterable<Candidate> {
  const { zone } = pair.base
  const counts = keeps.map(({ keep }) => (keep.form === 'copies' ? keep.count : 2))
  const size = Math.max(...counts) + 3
  if (size > 100) return
  const first = startOfDay(zone, day) + 12 * HOUR
  for (const step of [DAY, HOUR, 7 * DAY, 40 * DAY]) {
    const starts = Array.from({ length: size }, (_, i) => first + i * step)
    const done = starts.map(start => start + 10 * MINUTE)
    for (const { keep, zone: own } of keeps) {
      for (const early of [0, MINUTE]) {
        const ends = starts.map((start, i) => endOf(keep, own, { start }, done.slice(i + 1)) - early)
        const runs = starts.map((start, i): Run => ({ start, cells, ...(i < 2 && { deleted: ends[i] ?? start }) }))
        const last = Math.max(ends[0] ?? 0, ends[1] ?? 0, done.at(-1) ?? 0)
        const story = `Backups ${durationText(step)} apart; the first two are deleted as soon as one of the contracts lets them be.`
        // What is made later may still have to be kept: it is of no period that ends before it.
        const before = { start: startOfDay(zone, day), end: (starts[1] ?? first) - HOUR / 2 }
        yield logOf(pair, { runs, period: before, asOf: last + 800 * DAY, story })
        const period = wholeDays(zone, first, last + DAY)
        yield logOf(pair, { runs, period, story })
        yield logOf(pair, {
          runs: runs.map((run, i) => ({
            ...run,
            ...(ends[i] !== undefined && ends[i] < period.end && { deleted: ends[i] }),
          })),
          period,
          story,
        })
      }
    }
  }
}

/** A run that only one of them may be about is deleted at once, beside one that both keep. */
function* oddLogs(pair: Pair, keeps: readonly Placed[], day: number): Iterable<Candidate> {
  const start = startOfDay(pair.base.zone, day) + 12 * HOUR
  const ends = keeps.map(({ keep, zone }) => endOf(keep, zone, { start }, []))
  const last = Math.max(...ends) + DAY
  const location = keeps.map(({ keep }) => keep.location).find(one => one !== undefined)
  const place = location === undefined ? {} : { location }
  for (const { cells, what } of oddRuns(pair)) {
    const odd: Run = { start, deleted: start + 3 * HOUR, cells: { ...place, ...cells } }
    const good: Run = { start: start + HOUR, deleted: last, cells: place }
    const story = `A backup is deleted after three hours, of those that ${what}.`
    const period = wholeDays(pair.base.zone, start, last + DAY)
    yield logOf(pair, { runs: [odd], period, story })
    yield logOf(pair, { runs: [odd, good], period, story })
    // A window reaches back to it for as long as it is there.
    const kept = [
      { start, cells: odd.cells ?? {} },
      { ...good, deleted: start + 4 * HOUR },
    ]
    yield logOf(pair, { runs: kept, period, story: `Backups are kept of those only that ${what}.` })
    yield* laterLogs(pair, keeps, { odd, what, start: good.start })
  }
  const below = oddParent(pair)
  if (below === undefined) return
  const runs = below.runs.map(
    (cells, i): Run => ({ start: start + i * HOUR, deleted: last, cells: { ...place, ...cells } }),
  )
  yield logOf(pair, { runs, period: wholeDays(pair.base.zone, start, last + DAY), story: below.story })
}

interface Later {
  readonly odd: Run
  readonly what: string
  readonly start: number
}

/** Where later ones end the duty to keep: as many of the odd ones as either asks for, after one that both keep. */
function* laterLogs(pair: Pair, keeps: readonly Placed[], { odd, what, start }: Later): Iterable<Candidate> {
  const { zone } = pair.base
  for (const count of distinct(keeps.flatMap(({ keep }) => (keep.form === 'copies' ? [keep.count] : [])))) {
    if (count > 100) continue
    const later = Array.from(
      { length: count },
      (_, i): Run => ({ start: start + (i + 1) * DAY, cells: odd.cells ?? {} }),
    )
    const deleted = start + (count + 1) * DAY
    const period = { start: startOfDay(zone, localDay(zone, start)), end: start + HOUR }
    const story = `A backup is deleted after ${count === 1 ? 'a later one' : `${count} later ones`}, all of which ${what}.`
    yield logOf(pair, { runs: [{ start, deleted }, ...later], period, asOf: deleted + 800 * DAY, story })
  }
}
