import type { TicketChange } from '../../evidence/records.ts'
import type { Interval } from '../../model/interval.ts'
import { merge } from '../../time/interval.ts'
import {
  applied,
  type Effect,
  effectOf,
  OPEN,
  PAUSED_STATES,
  RESOLVED_STATES,
  type StateRules,
} from './state-effects.ts'

/**
 * In which states a ticket may be, instant by instant: from `at[k]` to `at[k + 1]` those of `mask[k]`, one bit a state.
 * A state is a sum of waiting, held and resolved; with every stamp exact there is one bit at a time. Stretches
 * may be empty. `cause[k]` is the change that began the stretch.
 */
export interface States {
  readonly at: readonly number[]
  readonly mask: readonly number[]
  readonly cause: readonly (TicketChange | undefined)[]
}

/** The states of a ticket by its changes in order; without exact stamps all that are possible. */
export function statesOf(changes: readonly TicketChange[], exact: boolean, rules: StateRules): States {
  const at = [Number.NEGATIVE_INFINITY]
  const mask = [OPEN]
  const cause: (TicketChange | undefined)[] = [undefined]
  const push = (from: number, states: number, change: TicketChange): void => {
    at.push(from)
    mask.push(states)
    cause.push(change)
  }
  let current = OPEN
  const moving: TicketChange[] = []
  for (const change of changes) {
    const effect = effectOf(change, rules)
    if (effect === undefined) continue
    if (!exact) {
      moving.push(change)
      continue
    }
    current = applied(current, effect)
    push(change.at.earliest, current, change)
  }
  for (const group of clusters(moving)) {
    const [first] = group
    if (first === undefined) continue
    const effects = group.map(change => effectOf(change, rules) as Effect)
    const [effect] = effects
    if (group.length === 1 && effect !== undefined && first.at.earliest === first.at.latest) {
      current = applied(current, effect)
      push(first.at.earliest, current, first)
      continue
    }
    // In which order these came is not known: during them any of the states, after them what each as the last leaves.
    let during = current
    for (let before = 0; before !== during; ) {
      before = during
      for (const each of effects) during |= applied(during, each)
    }
    current = effects.reduce((after, each) => after | applied(during, each), 0)
    let [from, to] = [first.at.earliest, first.at.latest]
    for (const { at } of group) {
      from = Math.min(from, at.earliest)
      to = Math.max(to, at.latest)
    }
    push(from, during, first)
    push(to, current, first)
  }
  return { at, mask, cause }
}

/** Time up to `end` in which a ticket may be (`possible`), or certainly is, paused or (with `resolved`) resolved. */
export function stillTime(states: States, end: number, resolved: boolean, possible: boolean): Interval[] {
  const still = resolved ? PAUSED_STATES | RESOLVED_STATES : PAUSED_STATES
  const out: Interval[] = []
  for (let k = 0; k < states.mask.length; k++) {
    const mask = states.mask[k] ?? OPEN
    if (possible ? (mask & still) === 0 : (mask & ~still) !== 0) continue
    const from = states.at[k] ?? end
    const to = Math.min(states.at[k + 1] ?? end, end)
    if (from < to) out.push({ start: from, end: to })
  }
  return out.length < 2 ? out : merge(out)
}

/** A stretch that stood still, with what began it. */
export interface Still extends Interval {
  readonly why: 'paused' | 'resolved'
  readonly cause?: TicketChange
}

/** The stretches in which a ticket possibly stood still, one for each cause, for showing. */
export function stills(states: States, end: number): readonly Still[] {
  const out: Still[] = []
  for (let k = 0; k < states.mask.length; k++) {
    const mask = states.mask[k] ?? OPEN
    if ((mask & (PAUSED_STATES | RESOLVED_STATES)) === 0) continue
    const start = states.at[k] ?? end
    const stop = Math.min(states.at[k + 1] ?? end, end)
    if (start >= stop) continue
    const why = (mask & RESOLVED_STATES) !== 0 ? 'resolved' : 'paused'
    const last = out.at(-1)
    const cause = states.cause[k]
    if (last !== undefined && last.why === why && last.end === start) out[out.length - 1] = { ...last, end: stop }
    else out.push({ start, end: stop, why, ...(cause !== undefined && { cause }) })
  }
  return out
}

/** Whether the ticket is paused at the end: certainly (true), certainly not (false), or not known. */
export function pausedAtEnd(states: States): boolean | undefined {
  const mask = states.mask.at(-1) ?? OPEN
  if ((mask & PAUSED_STATES) === 0) return false
  return (mask & ~PAUSED_STATES) === 0 ? true : undefined
}

/** An instant that lies between two bounds; `to` absent: it may not come at all. */
export interface Range {
  readonly from: number
  readonly to?: number | undefined
}

/** When the resolution that still holds at the end came about; undefined when it is certain that none holds. */
export function lastResolve(states: States): Range | undefined {
  let from: number | undefined
  let to: number | undefined
  let certain = true
  for (let k = states.mask.length - 1; k >= 0; k--) {
    const mask = states.mask[k] ?? OPEN
    if ((mask & RESOLVED_STATES) === 0) break
    from = states.at[k]
    certain &&= (mask & ~RESOLVED_STATES) === 0
    if (certain) to = from
  }
  if (from === undefined) return undefined
  return { from, to }
}

/** When a ticket was last reopened: between two bounds, if at all (`certain`: it was). */
export interface Reopening {
  readonly certain: boolean
  readonly least: number
  readonly most: number
}

/** The last reopening; undefined: there was none. */
export function lastReopening(states: States, end: number): Reopening | undefined {
  let certain: number | undefined
  let possible: number | undefined
  let most: number | undefined
  let certainEnd: number | undefined
  for (const [k, mask] of states.mask.entries()) {
    const resolved = (mask & RESOLVED_STATES) !== 0
    const open = (mask & ~RESOLVED_STATES) !== 0
    const before = states.mask[k - 1] ?? OPEN
    const from = states.at[k] ?? end
    if (open && (before & RESOLVED_STATES) !== 0) most = from
    if (open && resolved) most = states.at[k + 1] ?? end
    if (open && (resolved || (before & RESOLVED_STATES) !== 0)) possible ??= from
    if (open && !resolved && certainEnd !== undefined) {
      certain = certainEnd
      certainEnd = undefined
    }
    if (resolved && !open) certainEnd = states.at[k + 1] ?? end
  }
  if (most === undefined) return undefined
  return { certain: certain !== undefined, least: certain ?? possible ?? most, most }
}

/** The changes that reopened a ticket which was resolved; the others of that word say nothing. */
export function reopeningsOf({ mask, cause }: States): ReadonlySet<TicketChange> {
  const out = new Set<TicketChange>()
  for (const [k, change] of cause.entries())
    if (change?.change === 'reopened' && ((mask[k - 1] ?? OPEN) & RESOLVED_STATES) !== 0) out.add(change)
  return out
}

/** Changes in time order, those together whose order is not known. */
function clusters(changes: readonly TicketChange[]): readonly (readonly TicketChange[])[] {
  const sorted = [...changes].sort((a, b) => a.at.earliest - b.at.earliest)
  const out: TicketChange[][] = []
  let latest = Number.NEGATIVE_INFINITY
  let exactAt = Number.NEGATIVE_INFINITY
  for (const change of sorted) {
    const { at } = change
    const exact = at.earliest === at.latest
    const group = out.at(-1)
    if (group !== undefined && (at.earliest < latest || (!exact && at.earliest === exactAt))) group.push(change)
    else out.push([change])
    latest = Math.max(latest, at.latest)
    if (exact) exactAt = Math.max(exactAt, at.earliest)
  }
  return out
}
