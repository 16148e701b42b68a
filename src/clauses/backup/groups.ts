import type { Interval } from '../../model/interval.ts'
import type { Quantity } from '../../model/quantity.ts'
import { merge } from '../../time/interval.ts'
import type { Item, SlotResult } from './items.ts'

/** Items that become one finding: of one verdict and reason with none kept in between, or all of a slot that are kept. */
export interface Group {
  readonly status: Item['status']
  readonly reason: string
  readonly count: number
  /** Labels of the first and the last. */
  readonly from: string
  readonly to: string
  readonly window: Interval
  /** The one that is furthest from being kept. */
  readonly worst: Item
  /** The first of them, as many as are told one by one. */
  readonly shown: readonly Item[]
  readonly breached: readonly Interval[]
  readonly undecided: readonly Interval[]
  /** The earliest of their due instants. */
  readonly due?: number
  readonly notes: readonly string[]
}

export interface Grouped {
  readonly groups: readonly Group[]
  /** How many items were decided, or could not be. */
  readonly owed: number
}

/** How many items of a group are told one by one. */
export const MOST_SHOWN = 100

/** The items of a slot as groups, in time order. `stretches`: only what touches is one. */
export function groupsOf({ items, bound }: SlotResult, stretches: boolean): Grouped {
  const drafts: Draft[] = []
  const open = new Map<string, Draft>()
  let kept: Draft | undefined
  let owed = 0
  for (const item of items) {
    const { status, reason } = item
    if (status !== 'pending' && status !== 'not-applicable') owed++
    const isMet = status === 'met'
    const key = `${status} ${reason}`
    const before = isMet ? kept : open.get(key)
    const joins = before !== undefined && (isMet || !stretches || item.at.start <= before.window.end)
    const draft: Draft = joins ? before : begin(item)
    if (joins) add(draft, item, bound)
    else drafts.push(draft)
    if (isMet) {
      kept = draft
      // What is kept in between tells findings apart.
      open.clear()
    } else open.set(key, draft)
  }
  return { groups: drafts.map(finish), owed }
}

interface Draft {
  readonly status: Item['status']
  readonly reason: string
  count: number
  readonly from: string
  to: string
  window: Interval
  worst: Item
  readonly shown: Item[]
  readonly breached: Interval[]
  readonly undecided: Interval[]
  due: number | undefined
  readonly notes: Set<string>
}

const MOST_NOTES = 8

function begin(item: Item): Draft {
  const { status, reason, label, at } = item
  const notes = new Set(item.notes)
  const breached = [...item.breached]
  const undecided = [...item.undecided]
  const word = status === 'met' ? 'kept' : reason
  const shared = { status, reason: word, count: 1, from: label, to: label, window: at, worst: item, due: item.due }
  return { ...shared, shown: [item], breached, undecided, notes }
}

function add(draft: Draft, item: Item, bound: SlotResult['bound']): void {
  draft.count++
  draft.to = item.label
  const { start, end } = draft.window
  draft.window = { start: Math.min(start, item.at.start), end: Math.max(end, item.at.end) }
  if (isWorse(item, draft.worst, bound)) draft.worst = item
  if (draft.shown.length < MOST_SHOWN) draft.shown.push(item)
  for (const stretch of item.breached) draft.breached.push(stretch)
  for (const stretch of item.undecided) draft.undecided.push(stretch)
  if (item.due !== undefined) draft.due = Math.min(draft.due ?? item.due, item.due)
  for (const note of item.notes) if (draft.notes.size < MOST_NOTES) draft.notes.add(note)
}

function finish(draft: Draft): Group {
  const { due, breached, undecided, notes, ...rest } = draft
  return {
    ...rest,
    breached: merge(breached),
    undecided: merge(undecided),
    notes: [...notes],
    ...(due !== undefined && { due }),
  }
}

/** By what is left of the promise, else by the figure itself. */
function isWorse(a: Item, b: Item, bound: SlotResult['bound']): boolean {
  const [left, other] = [amountOf(a.margin), amountOf(b.margin)]
  if (left !== undefined && other !== undefined) return left < other
  const [figure, than] = [amountOf(a.observed), amountOf(b.observed)]
  if (figure === undefined || than === undefined) return figure !== undefined && than === undefined
  return bound === 'at-least' ? figure < than : figure > than
}

function amountOf(quantity: Quantity | undefined): number | undefined {
  return quantity?.unit === 'ms' || quantity?.unit === 'count' ? quantity.value : undefined
}
