import type { TicketChange } from '../../evidence/records.ts'

/** What of the clause decides in which state a change leaves a ticket. */
export interface StateRules {
  readonly pausedIn: ReadonlySet<string> | undefined
  /** A workaround stops the clock like a resolution. */
  readonly workaroundCounts: boolean
  /** No row could tell a resolution: then a reopening tells of one. */
  readonly resolvedUnknown: boolean
}

/** Paused by its status, paused by a `paused` change, resolved. */
const WAITING = 1
const HELD = 2
const RESOLVED = 4

/** The states in which a ticket is paused, and those in which it is resolved, one bit a state. */
export const PAUSED_STATES = maskOf(state => (state & (WAITING | HELD)) !== 0)
export const RESOLVED_STATES = maskOf(state => (state & RESOLVED) !== 0)
/** Neither paused nor resolved. */
export const OPEN = 1

/** What a change does to the state. */
export type Effect =
  | 'open'
  | 'wait'
  | 'wait?'
  | 'go on'
  | 'hold'
  | 'hold?'
  | 'resume'
  | 'resolve'
  | 'reopen'
  | 'work around'

/** Undefined: none. */
export function effectOf({ change, value }: TicketChange, rules: StateRules): Effect | undefined {
  const { pausedIn } = rules
  switch (change) {
    case 'resolved':
    case 'closed':
      return 'resolve'
    case 'reopened':
      return rules.resolvedUnknown ? 'open' : 'reopen'
    case 'workaround':
      return rules.workaroundCounts ? 'work around' : undefined
    case 'resumed':
      return pausedIn === undefined ? undefined : 'resume'
    case 'paused':
      if (pausedIn === undefined) return undefined
      if (value === '?') return 'hold?'
      return value === undefined || pausedIn.has(value) ? 'hold' : undefined
    case 'status':
      if (pausedIn === undefined) return undefined
      if (value === '?') return 'wait?'
      return value !== undefined && pausedIn.has(value) ? 'wait' : 'go on'
    default:
      return undefined
  }
}

/** Whether a change is a pause that the clause does not know. */
export function isOtherPause({ change, value }: TicketChange, pausedIn: ReadonlySet<string> | undefined): boolean {
  if (change !== 'paused' || value === '?') return false
  return pausedIn === undefined || (value !== undefined && !pausedIn.has(value))
}

function step(state: number, effect: Effect): number {
  switch (effect) {
    case 'wait':
    case 'wait?':
      return state | WAITING
    case 'go on':
      return state & ~WAITING
    case 'hold':
    case 'hold?':
      return state | HELD
    case 'resume':
      return state & RESOLVED
    case 'resolve':
      return (state & RESOLVED) !== 0 ? state : RESOLVED
    case 'open':
      return 0
    case 'reopen':
      return (state & RESOLVED) !== 0 ? 0 : state
    case 'work around':
      return state | RESOLVED
  }
}

/** The states that a change leads to from those of `mask`. */
export function applied(mask: number, effect: Effect): number {
  const unknown = effect === 'wait?' || effect === 'hold?'
  // One state at a time is the rule.
  if (!unknown && (mask & (mask - 1)) === 0) return 1 << step(31 - Math.clz32(mask), effect)
  let out = unknown ? mask : 0
  // An unknown status either waits or goes on.
  if (effect === 'wait?') out |= applied(mask, 'go on')
  for (let state = 0; state < 8; state++) if ((mask & (1 << state)) !== 0) out |= 1 << step(state, effect)
  return out
}

function maskOf(holds: (state: number) => boolean): number {
  let mask = 0
  for (let state = 0; state < 8; state++) if (holds(state)) mask |= 1 << state
  return mask
}
