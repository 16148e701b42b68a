import type { Moment } from '../../model/interval.ts'
import type { Window } from '../../time/window.ts'
import type { Outcome } from './outcome.ts'
import type { PromiseWord } from './schema.ts'

/** What became of the tickets of one priority, promise and window. Lists hold numbers of tickets. */
export interface Tally {
  readonly priority: string
  readonly promise: PromiseWord
  readonly window: Window
  inTime: number
  readonly late: number[]
  /** Still running and not late yet. */
  readonly open: number[]
  readonly unknown: number[]
}

/** Counts of tickets by the window in which their clock starts. */
export interface Tallies {
  add(ticket: number, outcome: Outcome): void
  of(priority: string, promise: PromiseWord, window: Window): Tally
}

export function makeTallies(windows: readonly Window[]): Tallies {
  const tallies = new Map<string, Tally>()
  /** Tickets of which the priority is not known count for each. */
  const nameless = new Map<string, number[]>()

  function tallyOf(priority: string, promise: PromiseWord, window: Window): Tally {
    const key = `${window.key}\u0000${promise}\u0000${priority}`
    const known = tallies.get(key)
    if (known !== undefined) return known
    const tally: Tally = { priority, promise, window, inTime: 0, late: [], open: [], unknown: [] }
    tallies.set(key, tally)
    return tally
  }

  function add(ticket: number, outcome: Outcome): void {
    const { promise, priority, start } = outcome
    const found = windowsAt(windows, start)
    // A day that lies in two windows: not known in which of them the clock started.
    const certain = found.every(window => window.start <= start.earliest && start.latest <= window.end)
    for (const window of found) {
      if (promise === undefined || priority === undefined) {
        for (const one of outcome.promises ?? []) {
          const key = `${window.key}\u0000${one}`
          const list = nameless.get(key) ?? []
          nameless.set(key, list)
          list.push(ticket)
        }
        continue
      }
      const tally = tallyOf(priority, promise, window)
      if (outcome.status === 'not-applicable') continue
      if (outcome.status === 'unverified' || !certain) tally.unknown.push(ticket)
      else if (outcome.status === 'met') tally.inTime++
      else if (outcome.status === 'breached') tally.late.push(ticket)
      else tally.open.push(ticket)
    }
  }

  return {
    add,
    of(priority, promise, window) {
      const tally = tallyOf(priority, promise, window)
      const more = nameless.get(`${window.key}\u0000${promise}`)
      return more === undefined ? tally : { ...tally, unknown: [...tally.unknown, ...more] }
    },
  }
}

/** The windows in which a clock may have started; windows are in order and may overlap. */
export function windowsAt(windows: readonly Window[], start: Moment): readonly Window[] {
  let low = 0
  let high = windows.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((windows[middle] as Window).end <= start.earliest) low = middle + 1
    else high = middle
  }
  const out: Window[] = []
  for (let i = low; i < windows.length; i++) {
    const window = windows[i] as Window
    const exact = start.earliest === start.latest
    if (exact ? window.start > start.earliest : window.start >= start.latest) break
    out.push(window)
  }
  return out
}
