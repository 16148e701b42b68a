import type { Status } from '../model/finding.ts'
import type { Moment } from '../model/interval.ts'
import type { Window } from '../time/window.ts'

/** What became of the records of one window. Lists hold numbers of records, or of their parts. */
export interface Tally {
  readonly window: Window
  inTime: number
  readonly late: number[]
  /** Still running and not late yet. */
  readonly open: number[]
  readonly unknown: number[]
}

/** One record's outcome; without `slot` it counts as unknown in each slot of its `groups`. */
export interface Counted {
  readonly status: Status
  readonly start: Moment
  readonly slot?: string | undefined
  readonly groups?: readonly string[] | undefined
}

/** Counts of records by the window in which their clock starts; a slot is what is promised, of one group each. */
export interface Tallies {
  add(record: number, outcome: Counted): void
  of(slot: string, group: string, window: Window): Tally
}

export function makeTallies(windows: readonly Window[]): Tallies {
  const tallies = new Map<string, Tally>()
  /** Records of which the slot is not known count for each. */
  const nameless = new Map<string, number[]>()

  function tallyOf(slot: string, window: Window): Tally {
    const key = `${window.key}\u0000${slot}`
    const known = tallies.get(key)
    if (known !== undefined) return known
    const tally: Tally = { window, inTime: 0, late: [], open: [], unknown: [] }
    tallies.set(key, tally)
    return tally
  }

  function add(record: number, { status, start, slot, groups }: Counted): void {
    const found = windowsAt(windows, start)
    // A day that lies in two windows: not known in which of them the clock started.
    const certain = found.every(window => window.start <= start.earliest && start.latest <= window.end)
    for (const window of found) {
      if (slot === undefined) {
        for (const group of groups ?? []) {
          const key = `${window.key}\u0000${group}`
          const list = nameless.get(key) ?? []
          nameless.set(key, list)
          list.push(record)
        }
        continue
      }
      const tally = tallyOf(slot, window)
      if (status === 'not-applicable') continue
      if (status === 'unverified' || !certain) tally.unknown.push(record)
      else if (status === 'met') tally.inTime++
      else if (status === 'breached') tally.late.push(record)
      else tally.open.push(record)
    }
  }

  return {
    add,
    of(slot, group, window) {
      const tally = tallyOf(slot, window)
      const more = nameless.get(`${window.key}\u0000${group}`)
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
