import type { ChangeWord, Ticket, TicketChange } from '../../evidence/records.ts'
import type { Moment } from '../../model/interval.ts'
import type { Intervals } from '../../time/interval.ts'
import type { ReopenRule } from './schema.ts'
import type { StateRules } from './state-effects.ts'
import { lastResolve, type Range, type States, statesOf } from './states.ts'

/** How a clause reads the life of a ticket. */
export interface LifeRules {
  readonly pausedIn: ReadonlySet<string> | undefined
  readonly onReopen: ReopenRule
  readonly from: ChangeWord | 'reported'
  readonly workaroundCounts: boolean
  readonly autoReplyCounts: boolean
  /** A log of changes was supplied: it holds every pause. */
  readonly pausesTold: boolean
}

/** A ticket with its states worked out. `exact`: every stamp and every pause is known to the millisecond. */
export interface Life {
  readonly ticket: Ticket
  readonly rules: LifeRules
  readonly asOf: number
  readonly exact: boolean
  /** Paused and resolved. */
  readonly states: States
  /** The same as the resolve clock sees it: a workaround may count as resolved. */
  readonly resolveStates: States
}

/**
 * One run of a clock: from its start to its stop (absent: still running), less the time that stood still. Where stamps
 * are not exact or not known, `start` and `stop` are ranges and `maybeStill` is more than `still`.
 */
export interface Run {
  readonly start: Moment
  readonly stop?: Range | undefined
  readonly still: Intervals
  readonly maybeStill: Intervals
  /** What stopped it. */
  readonly stopper?: TicketChange | undefined
  /** A change of which it is not known whether it happened, and that could decide. */
  readonly missing?: ChangeWord | undefined
}

/** A clock that has not started: nothing is owed any more (`over`), or not yet. */
export interface NotStarted {
  readonly notStarted: 'over' | 'yet'
}

/** A start that cannot be told: never happened, or its column is absent. */
export interface NoClock {
  readonly noClock: 'no-clock' | 'column-missing'
  readonly column: string
}

export function lifeOf(ticket: Ticket, rules: LifeRules, asOf: number): Life {
  let exact = ticket.reported === null || ticket.reported === undefined || isExact(ticket.reported)
  for (const { at, change, value } of ticket.changes) {
    if (at.earliest !== at.latest || (value === '?' && (change === 'paused' || change === 'status'))) exact = false
  }
  const resolvedUnknown = ticket.unknown.has('resolved')
  const plain: StateRules = { pausedIn: rules.pausedIn, workaroundCounts: false, resolvedUnknown }
  const states = statesOf(ticket.changes, exact, plain)
  const resolveStates = rules.workaroundCounts
    ? statesOf(ticket.changes, exact, { ...plain, workaroundCounts: true })
    : states
  return { ticket, rules, asOf, exact, states, resolveStates }
}

/** When the clocks of a ticket start. */
export function startOf({ ticket, rules, states }: Life): Moment | NotStarted | NoClock {
  const { from } = rules
  if (from === 'reported') {
    if (ticket.reported === undefined) return { noClock: 'column-missing', column: 'reported_at' }
    return ticket.reported ?? { noClock: 'no-clock', column: 'reported_at' }
  }
  const first = firstOf(ticket, change => change === from || (from === 'responded' && change === 'replied'))
  if (first !== undefined && first.range.to !== undefined) return { earliest: first.range.from, latest: first.range.to }
  if (ticket.unknown.has(from)) return { noClock: 'column-missing', column: COLUMNS[from] ?? from }
  const resolved = lastResolve(states)
  if (resolved?.to !== undefined) return { notStarted: 'over' }
  const doubtful = resolved !== undefined || ticket.unknown.has('resolved')
  return doubtful ? { noClock: 'column-missing', column: 'resolved_at' } : { notStarted: 'yet' }
}

export function isResponse(change: ChangeWord, { autoReplyCounts }: LifeRules): boolean {
  return change === 'responded' || change === 'replied' || (autoReplyCounts && change === 'auto-replied')
}

export function isEnd(change: ChangeWord): boolean {
  return change === 'resolved' || change === 'closed'
}

export function isExact(moment: Moment): boolean {
  return moment.earliest === moment.latest
}

/** The column that tells a change. */
export const COLUMNS: Readonly<Partial<Record<ChangeWord, string>>> = {
  opened: 'opened_at',
  responded: 'responded_at',
  workaround: 'workaround_at',
  resolved: 'resolved_at',
  'report-sent': 'report_sent_at',
  closed: 'closed_at',
}

export interface First {
  readonly range: Range
  readonly change: TicketChange
}

/** The first change of some words. */
export function firstOf(ticket: Ticket, wanted: (change: ChangeWord) => boolean, since?: Moment): First | undefined {
  let first: TicketChange | undefined
  let to = Number.POSITIVE_INFINITY
  for (const change of ticket.changes) {
    if (!wanted(change.change) || (since !== undefined && change.at.latest < since.earliest)) continue
    if (first === undefined || change.at.earliest < first.at.earliest) first = change
    if (since === undefined || change.at.earliest >= since.latest) to = Math.min(to, change.at.latest)
  }
  if (first === undefined) return undefined
  const from = first.at.earliest
  return { range: Number.isFinite(to) ? { from, to } : { from }, change: first }
}

/** Whether no row could tell a pause of this ticket, though the clause has some. */
export function pausesUnknown({ ticket, rules }: Life): boolean {
  if (rules.pausedIn === undefined || rules.pausesTold) return false
  return !ticket.changes.some(({ change }) => change === 'status' || change === 'paused')
}
