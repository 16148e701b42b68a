import { append, type Fold, foldOf, join, type Sample, type StateCode, turned, UP } from './probe-fold.ts'

/** Samples of one probe from one stretch of one file, in any order within 64 rows, rising or falling as a whole. */
export interface Segment {
  /** False: the sample comes too late for this segment and was not taken. */
  add(time: number, state: StateCode, line: number): Taken
  close(): Closed
}

export type Taken = 'new' | 'duplicate' | 'too-late'

/** A finished segment. The outermost samples are kept apart, so that a neighbour may say worse of the same instant. */
export interface Closed {
  readonly input: number
  readonly first: Sample
  readonly last: Sample
  /** What lies between; absent with fewer than three samples. */
  readonly inner?: Fold
}

/** Rows may be this far out of order. */
export const REACH = 64

export function makeSegment(input: number, keepAbove: number): Segment {
  // Sorted by `way × time`: samples wait here until no row within reach can come before them.
  const times = new Float64Array(REACH + 1)
  const states = new Uint8Array(REACH + 1)
  const lines = new Float64Array(REACH + 1)
  let head = 0
  let size = 0
  let way: 1 | -1 = 1
  let settled = false
  let arrived = 0
  let balance = 0

  // The sample before the waiting ones; everything before it is folded, the very first is kept apart.
  let first: Sample | undefined
  let inner: Fold | undefined
  let pending = false
  let pendingTime = 0
  let pendingState: StateCode = UP
  let pendingLine = 0

  function add(time: number, state: StateCode, line: number): Taken {
    if (!settled) {
      if (size > 0) balance += time > arrived ? 1 : time < arrived ? -1 : 0
      arrived = time
    }
    const key = way * time
    if (first !== undefined) {
      const lastOut = pending ? pendingTime : first.time
      if (key < lastOut) return 'too-late'
      if (key === lastOut) return again(state, line)
    }
    return insert(key, state, line)
  }

  /** Another sample of the instant that was let out last. */
  function again(state: StateCode, line: number): Taken {
    if (pending) {
      if (state === pendingState) return 'duplicate'
      if (state > pendingState) {
        pendingState = state
        pendingLine = line
      }
    } else if (first !== undefined) {
      if (state === first.state) return 'duplicate'
      if (state > first.state) first = { ...first, state, line }
    }
    return 'new'
  }

  function insert(key: number, state: StateCode, line: number): Taken {
    let at = size
    while (at > 0 && (times[slot(at - 1)] ?? 0) > key) at--
    if (at > 0) {
      const same = slot(at - 1)
      if (times[same] === key) {
        const known = states[same] as StateCode
        if (known === state) return 'duplicate'
        if (state > known) {
          states[same] = state
          lines[same] = line
        }
        return 'new'
      }
    }
    for (let i = size; i > at; i--) {
      const to = slot(i)
      const from = slot(i - 1)
      times[to] = times[from] ?? 0
      states[to] = states[from] ?? 0
      lines[to] = lines[from] ?? 0
    }
    const free = slot(at)
    times[free] = key
    states[free] = state
    lines[free] = line
    size++
    if (size > REACH) {
      if (!settled) settle()
      letOut()
    }
    return 'new'
  }

  /** Once the waiting room is full for the first time, most of its rows tell which way the file runs. */
  function settle(): void {
    settled = true
    if (balance >= 0) return
    way = -1
    for (let i = 0, j = size - 1; i <= j; i++, j--) {
      const a = slot(i)
      const b = slot(j)
      const time = times[a] ?? 0
      const state = states[a] ?? 0
      const line = lines[a] ?? 0
      times[a] = -(times[b] ?? 0)
      states[a] = states[b] ?? 0
      lines[a] = lines[b] ?? 0
      times[b] = -time
      states[b] = state
      lines[b] = line
    }
  }

  function letOut(): void {
    const time = times[head] ?? 0
    const state = states[head] as StateCode
    const line = lines[head] ?? 0
    head = head === REACH ? 0 : head + 1
    size--
    if (first === undefined) {
      first = { time, state, line, input }
      return
    }
    foldPending()
    pending = true
    pendingTime = time
    pendingState = state
    pendingLine = line
  }

  function foldPending(): void {
    if (!pending) return
    if (inner !== undefined) append(inner, pendingTime, pendingState, pendingLine)
    else inner = foldOf({ time: pendingTime, state: pendingState, line: pendingLine, input }, keepAbove)
  }

  function close(): Closed {
    while (size > 0) letOut()
    if (first === undefined) throw new RangeError('a segment without samples')
    const last = pending ? { time: pendingTime, state: pendingState, line: pendingLine, input } : first
    if (way === 1) return { input, first, last, ...(inner === undefined ? {} : { inner }) }
    const back = (sample: Sample): Sample => ({ ...sample, time: -sample.time })
    return { input, first: back(last), last: back(first), ...(inner === undefined ? {} : { inner: turned(inner) }) }
  }

  function slot(index: number): number {
    const at = head + index
    return at > REACH ? at - REACH - 1 : at
  }

  return { add, close }
}

/**
 * Closed segments in time order, each starting no earlier than the one before ends, as one fold; `duplicates` are the
 * files of samples that say the same as the last one of the segment before.
 */
export function chain(
  segments: readonly Closed[],
  keepAbove: number,
): { readonly fold: Fold; readonly duplicates: readonly number[] } {
  let fold: Fold | undefined
  let held: Sample | undefined
  const duplicates: number[] = []

  function take(sample: Sample): void {
    if (held !== undefined && held.time === sample.time) {
      if (held.state === sample.state) duplicates.push(sample.input)
      else if (sample.state > held.state) held = sample
      return
    }
    letGo()
    held = sample
  }

  function letGo(): void {
    if (held !== undefined) addFold(foldOf(held, keepAbove))
    held = undefined
  }

  function addFold(next: Fold): void {
    if (fold === undefined) fold = next
    else join(fold, next)
  }

  for (const { first, inner, last } of segments) {
    take(first)
    if (inner !== undefined) {
      letGo()
      addFold(inner)
    }
    if (last.time !== first.time) take(last)
  }
  letGo()
  if (fold === undefined) throw new RangeError('a chain without segments')
  return { fold, duplicates }
}
