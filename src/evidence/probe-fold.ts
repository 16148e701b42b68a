import { type Distances, makeDistances, roundDistance } from './distances.ts'

/** States of a sample, worse ones greater. */
export const UP = 0
export const UNKNOWN = 1
export const DEGRADED = 2
export const DOWN = 3
export type StateCode = 0 | 1 | 2 | 3

export interface Sample {
  readonly time: number
  readonly state: StateCode
  readonly line: number
  readonly input: number
}

/** A run of equal samples that are not up; `fromLine`/`toLine` the least and greatest line when all are of one file. */
export interface Run {
  readonly state: StateCode
  first: number
  last: number
  before: number | undefined
  after: number | undefined
  input: number
  fromLine: number
  toLine: number
}

/** Two neighbouring samples that may be further apart than usual. */
export interface Pair {
  readonly start: number
  readonly end: number
  readonly input: number
  readonly line: number
}

/**
 * Samples in strictly rising time, folded: joining two folds gives the fold of all their samples. `pairs` are the
 * neighbours further apart than 1.5 × the most frequent distance so far; `dropped` is the longest distance left out.
 */
export interface Fold {
  samples: number
  readonly first: Sample
  last: Sample
  runs: Run[]
  pairs: Pair[]
  dropped: number
  /** Distances above it are kept however usual they are, unless they are the usual ones (then `dropped` tells). */
  readonly keepAbove: number
  /** How many pairs were left when they were last thinned out. */
  kept: number
  readonly distances: Distances
}

export function foldOf(sample: Sample, keepAbove: number): Fold {
  const distances = makeDistances()
  const fold: Fold = {
    samples: 1,
    first: sample,
    last: sample,
    runs: [],
    pairs: [],
    dropped: 0,
    keepAbove,
    kept: 0,
    distances,
  }
  if (sample.state !== UP) fold.runs.push(runOf(sample, undefined))
  return fold
}

/** Takes the next sample, later than all before. */
export function append(fold: Fold, time: number, state: StateCode, line: number): void {
  const { last } = fold
  step(fold, last, time, line, last.input)
  const run = fold.runs.at(-1)
  if (state === last.state) {
    if (run !== undefined && state !== UP) {
      run.last = time
      if (line < run.fromLine) run.fromLine = line
      if (line > run.toLine) run.toLine = line
    }
  } else {
    if (run !== undefined && last.state !== UP) run.after = time
    if (state !== UP) fold.runs.push(runOf({ time, state, line, input: last.input }, last.time))
  }
  fold.samples++
  move(fold, time, state, line)
}

/** Adds the samples of `next`, all later than those of `fold`. */
export function join(fold: Fold, next: Fold): void {
  const { last } = fold
  const { first } = next
  fold.dropped = Math.max(fold.dropped, next.dropped)
  fold.distances.addAll(next.distances)
  step(fold, last, first.time, first.line, first.input)
  const run = fold.runs.at(-1)
  const follower = next.runs[0]
  let from = 0
  if (first.state === last.state) {
    if (run !== undefined && follower !== undefined && first.state !== UP) {
      run.last = follower.last
      run.after = follower.after
      if (run.input === follower.input) {
        run.fromLine = Math.min(run.fromLine, follower.fromLine)
        run.toLine = Math.max(run.toLine, follower.toLine)
      }
      from = 1
    }
  } else {
    if (run !== undefined && last.state !== UP) run.after = first.time
    if (follower !== undefined && first.state !== UP) follower.before = last.time
  }
  for (let i = from; i < next.runs.length; i++) fold.runs.push(next.runs[i] as Run)
  for (const pair of next.pairs) fold.pairs.push(pair)
  fold.samples += next.samples
  fold.last = next.last
}

/** The fold of samples whose times were negated, turned back. */
export function turned(fold: Fold): Fold {
  const back = (sample: Sample): Sample => ({ ...sample, time: -sample.time })
  const runs = fold.runs.map(run => ({
    ...run,
    first: -run.last,
    last: -run.first,
    before: run.after === undefined ? undefined : -run.after,
    after: run.before === undefined ? undefined : -run.before,
  }))
  const pairs = fold.pairs.map(pair => ({ ...pair, start: -pair.end, end: -pair.start }))
  return { ...fold, first: back(fold.last), last: back(fold.first), runs: runs.reverse(), pairs: pairs.reverse() }
}

/** Neighbours further apart than this are kept: 1.5 × usual, or less where a clause calls less a gap. */
export function leastKept(fold: Fold): number {
  const { usual } = fold.distances
  return fold.keepAbove >= usual ? Math.min(WIDE * usual, fold.keepAbove) : WIDE * usual
}

/** Neighbours this many times further apart than usual are kept. */
export const WIDE = 1.5

// Until this many distances are known, all pairs are kept: the first ones say little about what is usual.
const WARM_UP = 256

function step(fold: Fold, last: Sample, time: number, line: number, input: number): void {
  const distance = time - last.time
  const { distances } = fold
  distances.add(roundDistance(distance))
  if (distances.total <= WARM_UP || distance > leastKept(fold)) {
    fold.pairs.push({ start: last.time, end: time, input, line })
    if (distances.total > WARM_UP && fold.pairs.length > 2 * fold.kept + WARM_UP) prune(fold)
  } else if (distance > fold.dropped) fold.dropped = distance
}

/** Lets go of the pairs that no longer stand out. */
function prune(fold: Fold): void {
  const least = leastKept(fold)
  fold.pairs = fold.pairs.filter(pair => {
    const distance = pair.end - pair.start
    if (distance > least) return true
    if (distance > fold.dropped) fold.dropped = distance
    return false
  })
  fold.kept = fold.pairs.length
}

function runOf(sample: Sample, before: number | undefined): Run {
  const { state, time, input, line } = sample
  return { state, first: time, last: time, before, after: undefined, input, fromLine: line, toLine: line }
}

/** Sets the last sample in place: one object a fold, not one a row. */
function move(fold: Fold, time: number, state: StateCode, line: number): void {
  if (fold.last === fold.first) fold.last = { time, state, line, input: fold.first.input }
  else {
    const last = fold.last as { -readonly [K in keyof Sample]: Sample[K] }
    last.time = time
    last.state = state
    last.line = line
  }
}
