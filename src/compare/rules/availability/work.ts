import type { Notice } from '../../../contract/contract.ts'
import type { Interval } from '../../../model/interval.ts'
import { DAY, HOUR, MINUTE } from '../../../time/civil.ts'
import { addDuration, durationText, subtractDuration } from '../../../time/duration.ts'
import { clip, type Intervals, intersect, subtract } from '../../../time/interval.ts'
import type { Candidate } from '../../rule.ts'
import { fitting } from '../support/cells.ts'
import { type Bench, beyond, type Stand, taken, told } from './bench.ts'
import { keptClause } from './exclusions.ts'
import type { Bound, Party } from './frame.ts'
import { openHours } from './hours.ts'

/** Logs of what the one leaves out and the other counts: causes, announced and unannounced work, and more of it than caps allow. */
export function* excludedLogs(bench: Bench, broken: Stand, kept: Stand): Iterable<Candidate> {
  if (broken.exclusions.length + kept.exclusions.length === 0) return
  for (const window of broken.years.slice(0, 2)) {
    yield* causeLogs(bench, broken, kept, window)
    yield* workLogs(bench, broken, kept, window)
  }
}

/** Outages with each cause that the one leaves out. */
function* causeLogs(bench: Bench, broken: Stand, kept: Stand, window: Bound): Iterable<Candidate> {
  for (const exclusion of kept.exclusions) {
    if (exclusion.event !== 'outage') continue
    for (const cause of exclusion.cause ?? ['']) {
      const cells = { ...(cause !== '' && { cause }), ...fitting(exclusion.where ?? []) }
      for (const at of placesOf(window, broken, kept)) {
        for (const ms of amounts(window, broken)) {
          const pieces = taken(at, ms)
          if (pieces === undefined) continue
          const words = Object.entries(cells).map(([column, cell]) => `${column} ${cell}`)
          yield bench.log(
            window,
            pieces.map(one => bench.outage(one, cells)),
            `${told(pieces)}: ${words.join(', ')}`,
          )
        }
      }
    }
  }
}

/** Work in each kind of hour, with each notice that matters, as long and in pieces as short as matters. */
function* workLogs(bench: Bench, broken: Stand, kept: Stand, window: Bound): Iterable<Candidate> {
  const works = kept.exclusions.filter(({ event }) => event === 'maintenance')
  if (works.length === 0) return
  const all = [...kept.exclusions, ...broken.exclusions]
  const notices = [kept, broken].flatMap(stand => noticesOf(stand))
  const lengths = new Set(
    notices.flatMap(({ whenLongerThan }) => (whenLongerThan === undefined ? [] : [whenLongerThan])),
  )
  for (const stand of [kept, broken]) for (const ms of longestOf(stand)) lengths.add(ms)
  const pieces = [Number.POSITIVE_INFINITY, ...[...lengths].filter(ms => ms >= MINUTE)]
  const wheres = [...new Set(works.map(({ where }) => where))]
  for (const piece of pieces) {
    for (const places of placesOf(window, broken, kept)) {
      for (const ms of amounts(window, broken)) {
        const parts = taken(places, ms, { piece, apart: piece === Number.POSITIVE_INFINITY ? 0 : 2 * MINUTE })
        if (parts === undefined || parts.length > 400) continue
        for (const notice of announcements(notices, bench.base.party)) {
          for (const where of wheres) {
            const rows = parts.map(at => bench.work(at, notice.before(at.start), fitting(where ?? [])))
            yield bench.log(window, rows, `${told(parts, 'piece').replace(/pieces?/, '$& of work')}, ${notice.text}`)
          }
        }
        if (all.some(({ overrun }) => overrun === 'excluded')) {
          const rows = parts.map(at => ({
            ...bench.work(at, at.start - 60 * DAY, fitting(wheres[0] ?? [])),
            planned_end: bench.instant(at.start + MINUTE),
          }))
          yield bench.log(window, rows, `${told(parts, 'piece')} of work, planned for a minute`)
        }
      }
    }
  }
}

/** Downtime that breaks the promise, alone and on top of each cap. */
function amounts(window: Bound, { exclusions }: Stand): readonly number[] {
  const caps = exclusions.flatMap(({ cap }) => (cap === undefined ? [] : [cap.ms]))
  const least = window.most + Math.min(HOUR, Math.max(MINUTE, Math.floor(window.most / 10)))
  const all = [0, ...caps].flatMap(ms => [
    beyond(window.most + ms, window.service),
    Math.min(least + ms, window.service),
  ])
  return [...new Set(all)]
}

/**
 * The window's own hours told apart by every calendar that an exclusion looks at: stretches that lie alike in all of
 * them together, those with more time first, then all of the hours.
 */
export function placesOf(window: Bound, broken: Stand, kept: Stand): readonly Intervals[] {
  const own = clip(broken.frame.service.list, window)
  let groups: Intervals[] = [own]
  for (const stand of [kept, broken]) {
    for (const hours of hoursLists(stand, window)) {
      groups = groups
        .flatMap(group => [intersect(group, hours), subtract(group, hours)])
        .filter(list => list.length > 0)
      if (groups.length > 24) break
    }
  }
  return groups.length === 1 ? groups : [...groups, own]
}

function hoursLists({ exclusions, party }: Stand, window: Interval): readonly Intervals[] {
  const named = exclusions.flatMap(exclusion => {
    const clause = keptClause(exclusion.kept, party.contract)
    const during = [exclusion.notice?.during, clause?.body.notice?.during].filter(name => name !== undefined)
    const hours = [exclusion.inside, exclusion.outside, clause?.body.inside, clause?.body.outside]
    return [...during.map(calendar => ({ calendar })), ...hours.filter(one => one !== undefined)]
  })
  return named.map(hours => openHours(hours, party, window))
}

function noticesOf({ exclusions, party }: Stand): readonly Notice[] {
  return exclusions.flatMap(exclusion => {
    const clause = keptClause(exclusion.kept, party.contract)
    return [exclusion.notice, clause?.body.notice].filter(notice => notice !== undefined)
  })
}

function longestOf({ exclusions, party }: Stand): readonly number[] {
  return exclusions.flatMap(exclusion => {
    const longest = keptClause(exclusion.kept, party.contract)?.body.longest
    return typeof longest === 'number' ? [longest] : []
  })
}

interface Announcement {
  readonly text: string
  before(start: number): number | undefined
}

/** Well ahead, as late as each notice allows, and not at all. */
function announcements(notices: readonly Notice[], { zone }: Party): readonly Announcement[] {
  const exact = notices.flatMap(({ atLeast }): readonly Announcement[] => {
    if (atLeast === undefined) return []
    if (atLeast.unit === 'elapsed')
      return [{ text: `announced ${durationText(atLeast.ms)} ahead`, before: start => start - atLeast.ms }]
    if (atLeast.unit !== 'calendar') return []
    const before = (start: number): number => {
      const at = subtractDuration(zone, start, atLeast)
      return addDuration(zone, at, atLeast) <= start ? at : at - DAY
    }
    return [{ text: `announced ${atLeast.text} ahead`, before }]
  })
  return [
    { text: 'announced 60 days ahead', before: start => start - 60 * DAY },
    ...exact,
    { text: 'not announced', before: () => undefined },
  ]
}
