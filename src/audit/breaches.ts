import type { Spread } from '../clauses/judge.ts'
import type { Status, Told } from '../model/finding.ts'
import type { Interval } from '../model/interval.ts'
import { DAY } from '../time/civil.ts'

/** A finding of an earlier report without what a baseline has no use for; a million of them may be kept. */
export function shortened(finding: Told): Told {
  const { id, clause, status, promise, subject, window, start, due, breached, details = {} } = finding
  const kept = Object.entries(details).filter(([name]) => DETAILS.has(name))
  return {
    ...{ id, clause, status, subject, window: { start: window.start, end: window.end } },
    ...(promise !== undefined && { promise }),
    ...(start !== undefined && { start }),
    ...(due !== undefined && { due }),
    ...(breached !== undefined && { breached: breached.map(one => ({ start: one.start, end: one.end })) }),
    ...(kept.length > 0 && { details: Object.fromEntries(kept) }),
  }
}

const DETAILS: ReadonlySet<string> = new Set(['from', 'to', 'items', 'windows', 'case', 'amount'])

/** What a finding began with: the same id is used again for a second life of a vulnerability or of a ticket number. */
export function lifeOf({ start, window }: Told): number {
  return start ?? window.start
}

/** Findings among which those that are spread are told apart by what they are about. */
export function familyOf({ clause, promise = '', subject }: Told): string {
  return JSON.stringify([clause, promise, subject])
}

/**
 * Whether all that a finding says is broken was so in breaches of its family: each of its stretches goes on from, or is
 * part of, one of theirs; its items are among those of one.
 */
export function isAmong(now: Told, then: readonly Told[], spread: Spread): boolean {
  if (spread === 'items') return then.some(one => holdsItems(one, now))
  if (now.breached === undefined || now.breached.length === 0) {
    return then.some(({ window }) => window.start <= now.window.start && window.end >= now.window.end)
  }
  return now.breached.every(stretch => then.some(one => stretchesOf(one).some(other => touches(stretch, other))))
}

/** Whether a finding is on some of the time, or of the items, that a breach was on. */
export function isOnSame(now: Told, then: Told, spread: Spread): boolean {
  const [a, b] = [rangeOf(now), rangeOf(then)]
  if (spread === 'items' && a !== undefined && b !== undefined) return a.from <= b.to && b.from <= a.to
  return stretchesOf(now).some(stretch => stretchesOf(then).some(other => touches(stretch, other)))
}

/** The worst of what findings are that a breach is held against, what is unknown first; undefined: there are none. */
export function worstOf(statuses: readonly Status[]): Status | undefined {
  return ORDER.find(status => statuses.includes(status))
}

const ORDER: readonly Status[] = ['unverified', 'waived', 'pending', 'met', 'not-applicable']

function holdsItems(then: Told, now: Told): boolean {
  const [a, b] = [rangeOf(now), rangeOf(then)]
  if (a === undefined || b === undefined) return false
  return b.from <= a.from && a.to <= b.to && Number(now.details?.items) <= Number(then.details?.items)
}

/** Labels of the first and the last item, which are in order as texts. */
function rangeOf({ details = {} }: Told): { readonly from: string; readonly to: string } | undefined {
  const { from, to = from } = details
  return from === undefined ? undefined : { from: String(from), to: String(to) }
}

function stretchesOf({ status, window, breached, undecided, details }: Told): readonly Interval[] {
  const windows = Number(details?.windows ?? 1)
  const told = status === 'breached' || status === 'waived' ? breached : windows === 1 ? undecided : undefined
  if (told !== undefined && told.length > 0) return told
  // Of neighbouring windows one stands for all, whichever it is.
  const beside = Math.max(windows - 1, 0) * LONG_DAY
  return [{ start: window.start - beside, end: window.end + beside }]
}

/** No local day is longer. */
const LONG_DAY = DAY + DAY / 8

function touches(one: Interval, other: Interval): boolean {
  return (one.start < other.end && other.start < one.end) || one.start === other.start
}
