import type { ChangeWord, Ticket, TicketChange } from '../../evidence/records.ts'
import type { Moment } from '../../model/interval.ts'
import type { PromiseWord } from './schema.ts'
import { lastReopening, lastResolve, type Range, type Reopening, type States, stillTime } from './states.ts'
import {
  COLUMNS,
  firstOf,
  isEnd,
  isResponse,
  type Life,
  type NoClock,
  type NotStarted,
  pausesUnknown,
  type Run,
} from './ticket-clocks.ts'

/** The clock of a promise; `update-every` has one for each stretch. */
export function runOf(
  promise: Exclude<PromiseWord, 'update-every'>,
  life: Life,
  start: Moment,
): Run | NotStarted | NoClock {
  switch (promise) {
    case 'respond':
      return respondRun(life, start)
    case 'workaround':
      return firstRun(life, start, change => change === 'workaround', 'workaround')
    case 'resolve':
      return resolveRun(life, life.resolveStates, start, life.rules.workaroundCounts)
    case 'report':
      return reportRun(life, start)
  }
}

/** When the resolve clock of a ticket was last reopened; undefined: it was not. */
export function reopeningOf({ ticket, resolveStates, asOf }: Life): Reopening | undefined {
  const first = ticket.changes.find(({ change }) => change === 'reopened')
  const last = first === undefined ? undefined : lastReopening(resolveStates, asOf)
  if (first === undefined || last === undefined) return undefined
  return { ...last, least: Math.max(last.least, first.at.earliest) }
}

/** The first response recorded is the first there was: no resolution that is not known is looked for before it. */
function respondRun(life: Life, start: Moment): Run {
  const isOwn = (change: ChangeWord) => isResponse(change, life.rules)
  const answered = life.ticket.changes.some(({ change }) => isOwn(change))
  return firstRun(life, start, isOwn, 'responded', answered)
}

/** A clock that the first of its changes stops, or the resolution if that comes earlier. */
function firstRun(
  life: Life,
  start: Moment,
  isOwn: (change: ChangeWord) => boolean,
  word: ChangeWord,
  recorded = false,
): Run {
  const { ticket } = life
  const own = firstOf(ticket, change => isOwn(change) || isEnd(change), sinceOf(life, start))
  const resolved = !recorded && ticket.unknown.has('resolved') ? 'resolved' : undefined
  const missing = ticket.unknown.has(word) ? word : resolved
  return stopped(life, life.states, start, own?.range, own?.change, missing, false)
}

/**
 * A clock that starts in the middle of a life waits for what comes after its start. One that starts with the ticket is
 * stopped at once by what a log dates before that.
 */
function sinceOf({ rules }: Life, start: Moment): Moment | undefined {
  return BEGINNINGS.has(rules.from) ? undefined : start
}

const BEGINNINGS: ReadonlySet<string> = new Set(['opened', 'reported', 'responded'])

function resolveRun(life: Life, states: States, start: Moment, workaroundCounts: boolean): Run {
  const { ticket, rules } = life
  const missing =
    workaroundCounts && ticket.unknown.has('workaround')
      ? 'workaround'
      : ticket.unknown.has('resolved')
        ? 'resolved'
        : undefined
  const stops = (change: ChangeWord) => isEnd(change) || (workaroundCounts && change === 'workaround')
  if (rules.onReopen === 'first-resolve') {
    const first = firstOf(ticket, stops, sinceOf(life, start))
    return stopped(life, states, start, first?.range, first?.change, missing, false)
  }
  const last = lastResolve(states)
  const stopper = last === undefined ? undefined : stopperAt(ticket, last.from, stops)
  if (rules.onReopen !== 'restart')
    return stopped(life, states, start, last, stopper, missing, rules.onReopen === 'continue')
  return stopped(life, states, restarted(start, reopeningOf(life)), last, stopper, missing, false)
}

/** Anew from the last reopening; where that is not certain, perhaps still from `start`. */
function restarted(start: Moment, again: Reopening | undefined): Moment {
  if (again === undefined) return start
  const { certain, least, most } = again
  if (certain) return { earliest: least, latest: most }
  return { earliest: Math.min(start.earliest, least), latest: Math.max(start.latest, most) }
}

function reportRun(life: Life, start: Moment): Run | NotStarted | NoClock {
  const { ticket, asOf } = life
  const resolve = resolveRun(life, life.states, start, false)
  if (resolve.missing !== undefined) return { noClock: 'column-missing', column: COLUMNS[resolve.missing] ?? '' }
  if (resolve.stop === undefined) return { notStarted: 'yet' }
  const sent = firstOf(ticket, change => change === 'report-sent')
  const missing = ticket.unknown.has('report-sent') ? 'report-sent' : undefined
  const from = { earliest: resolve.stop.from, latest: resolve.stop.to ?? asOf }
  const run = stopped(life, life.states, from, sent?.range, sent?.change, missing, false)
  // Perhaps it isn't resolved at all: then nothing runs yet.
  return resolve.stop.to === undefined ? { noClock: 'column-missing', column: 'resolved_at' } : run
}

function stopped(
  life: Life,
  states: States,
  start: Moment,
  stop: Range | undefined,
  stopper: TicketChange | undefined,
  missing: ChangeWord | undefined,
  resolvedToo: boolean,
): Run {
  const still = stillTime(states, life.asOf, resolvedToo, false)
  const maybe = life.exact ? still : stillTime(states, life.asOf, resolvedToo, true)
  const range = missing === undefined ? stop : { from: start.earliest, to: stop?.to }
  return {
    start,
    stop: range === undefined ? undefined : notBefore(range, start),
    still,
    maybeStill: pausesUnknown(life) ? [{ start: Number.MIN_SAFE_INTEGER, end: life.asOf }] : maybe,
    stopper,
    missing,
  }
}

/** What happened before the clock started stops it at once. */
function notBefore(range: Range, start: Moment): Range {
  const from = Math.max(range.from, start.earliest)
  return { from, to: range.to === undefined ? undefined : Math.max(range.to, start.latest) }
}

function stopperAt(ticket: Ticket, at: number, wanted: (change: ChangeWord) => boolean): TicketChange | undefined {
  return ticket.changes.find(({ change, at: moment }) => wanted(change) && moment.earliest >= at)
}
