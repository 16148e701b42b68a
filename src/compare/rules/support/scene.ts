import type { SupportBody } from '../../../clauses/support/schema.ts'
import type { Interval } from '../../../model/interval.ts'
import { DAY, HOUR, MINUTE } from '../../../time/civil.ts'
import { localDay, toInstant } from '../../../time/local.ts'
import { momentText } from '../../moment-text.ts'
import type { Candidate, Side, World } from '../../rule.ts'
import type { Promised, Reading } from './promise.ts'
import type { Event, Story } from './tickets.ts'

type SupportSide = Side<SupportBody>

/** All that logs are made from: the two promises with their clocks, and the part of the year that both contracts cover. */
export interface Scene {
  readonly base: SupportSide
  readonly other: SupportSide
  readonly own: Promised
  readonly their: Promised
  readonly a: Reading
  readonly b: Reading
  readonly priority: string
  readonly span: Interval
  readonly world: World
  log(stories: readonly Story[], story: string): Candidate
}

/** The part of the year inside the terms of both contracts; the year where there is none. */
export function sharedSpan(base: Side, other: Side, { span }: World): Interval {
  const terms = [base.contract.term, other.contract.term]
  const start = Math.max(span.start, ...terms.map(term => term?.start ?? span.start))
  const end = Math.min(span.end, ...terms.map(term => term?.end ?? span.end))
  return start < end ? { start, end } : span
}

/** What happens to a ticket whose clock runs from one instant to another. */
export function lifeOf({ base, other, own, their, priority }: Scene, from: number, stop: number): Story {
  const words = new Set([own.word, their.word])
  const starts = [base, other].map(({ clause }) => clause.body.from)
  const events: Event[] = starts[0] === starts[1] ? startOf(starts[0], from) : []
  // A change that no column tells: updates are only judged by a log of changes.
  if (words.has('update-every')) events.push({ at: from, change: 'replied' })
  else if (words.has('respond')) events.push({ at: stop, change: 'responded' })
  if (words.has('workaround')) events.push({ at: stop, change: 'workaround' })
  if (!words.has('report')) {
    events.push({ at: stop, change: 'resolved' })
    return { priority, opened: from, events }
  }
  events.push({ at: from, change: 'resolved' }, { at: stop, change: 'report-sent' })
  return { priority, opened: from - HOUR, events }
}

/** What starts clocks that do not start with the ticket. */
function startOf(word: SupportBody['from'], at: number): Event[] {
  if (word === undefined || word === 'opened' || word === 'reported') return []
  if (word !== 'resolved' && word !== 'closed') return [{ at, change: word }]
  return [
    { at, change: word },
    { at: at + MINUTE, change: 'reopened' },
  ]
}

/** What ends the time of a promise, in words. */
export function endWord({ own }: Scene): string {
  return {
    respond: 'answered',
    'update-every': 'told nothing until',
    workaround: 'worked around',
    resolve: 'resolved',
    report: 'reported on',
  }[own.word]
}

/** Hours of weekdays in the spring, then all over the span. */
export function* ordinaryOpenings({ base: { zone }, span }: Scene): Iterable<number> {
  const first = localDay(zone, span.start)
  const spring = first + 60
  for (const from of [spring, first]) {
    for (let day = from; day < from + 21; day++) {
      for (const hour of [10, 14, 16]) {
        const { at } = toInstant(zone, day * DAY + hour * HOUR)
        if (at >= span.start && at < span.end) yield at
      }
    }
  }
}

/** One ticket late for both. */
export function lateLog(scene: Scene, at: number): Candidate {
  const stop = lateStop(scene, at)
  const { zone } = scene.base
  return scene.log(
    [lifeOf(scene, at, stop)],
    `A ticket of ${momentText(zone, at)} is ${endWord(scene)} ${momentText(zone, stop)}, late for both.`,
  )
}

/** An instant at which the time of both is over, for certain. */
export function lateStop({ a, b }: Scene, at: number): number {
  const lasts = [a, b].map(reading => reading.at(at)?.last ?? at)
  return Math.max(...lasts.map((last, i) => [a, b][i]?.rules.calendar.deadline(last, HOUR) ?? last)) + HOUR
}

/** An instant at which a ticket is handled as ordinary ones are: during the day, on a day of work for both. */
export function ordinaryOpening(scene: Scene): number {
  const { a, b, span } = scene
  for (const at of ordinaryOpenings(scene)) {
    const working = [a, b].every(({ rules }) => rules.calendar.isOpen(at))
    if (working && a.at(at) !== undefined && b.at(at) !== undefined) return at
  }
  return span.start
}
