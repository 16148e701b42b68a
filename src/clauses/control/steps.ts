import type { Step } from '../../model/finding.ts'
import type { Interval } from '../../model/interval.ts'
import type { Intervals } from '../../time/interval.ts'
import { firstFrom } from '../cover.ts'
import type { LastingCase } from './lasting.ts'
import type { Performance } from './performances.ts'

/** What a finding is about: time lost for certain, and time of which that is not known. */
interface Judged {
  readonly breached: Intervals
  readonly undecided: Intervals
  readonly reason: string
  readonly why: string
}

/** The steps shown at most; beyond them a last one counts the rest. */
const MOST_STEPS = 100

/** What came before a gap, what in it does not count, the gap itself and what ended it. */
export function gapSteps(
  { breached, undecided, reason, why }: Judged,
  before: Performance | undefined,
  after: Performance | undefined,
  { series, cover }: LastingCase,
): readonly Step[] {
  const gap = hull([...breached, ...undecided])
  const from = before?.at.earliest ?? cover.first?.at ?? gap.start
  const { list } = series
  const inside = list.slice(firstFrom(list, from), firstFrom(list, gap.end))
  const between = inside.filter(one => one !== before && one !== after)
  const steps: Step[] = []
  if (before !== undefined) steps.push(stepOf(before))
  else if (cover.first !== undefined && cover.first.at <= gap.start) {
    const text = cover.first.presumed ? 'the log starts: a performance is presumed' : 'the term starts, and the clock'
    steps.push({ at: point(cover.first.at), effect: 'note', reason: 'clock', why: text })
  }
  const open = breached.length > 0 ? 'not known whether it was kept' : why
  const over = [
    ...breached.map((at): Step => ({ at, effect: 'over', reason, why })),
    ...undecided.map((at): Step => ({ at, effect: 'unknown', reason, why: open })),
  ]
  const rest = [...between.map(stepOf), ...over].sort((a, b) => a.at.start - b.at.start)
  return shortened([...steps, ...rest, ...(after === undefined ? [] : [stepOf(after)])])
}

/** What was performed, each with its row. */
export function keptSteps(rows: readonly Performance[], { cover, owed }: LastingCase): readonly Step[] {
  const first = cover.first
  const clock: Step[] =
    first === undefined || rows.length > 0 || first.at >= owed.end
      ? []
      : [{ at: point(first.at), effect: 'note', reason: 'clock', why: 'the clock starts' }]
  return [...clock, ...rows.map(stepOf)]
}

/** One performance: counted, not known whether, or why it does not count. */
export function stepOf({ at, counts, why, origin }: Performance): Step {
  const effect = counts === 'yes' ? ('counted' as const) : counts === 'maybe' ? ('unknown' as const) : ('note' as const)
  const reason = counts === 'yes' ? 'performed' : counts === 'maybe' ? 'column-missing' : 'not-counted'
  return { at: { start: at.earliest, end: at.latest }, effect, reason, why, origin }
}

/** The first steps and the last, with one between that counts the others. */
export function shortened(steps: readonly Step[]): readonly Step[] {
  const left = steps.slice(MOST_STEPS - 2, -1)
  const last = steps.at(-1)
  const [next] = left
  if (steps.length <= MOST_STEPS || last === undefined || next === undefined) return steps
  const rest: Step = { at: next.at, effect: 'note', reason: 'more', why: `and ${left.length} more until the next step` }
  return [...steps.slice(0, MOST_STEPS - 2), rest, last]
}

function hull(list: readonly Interval[]): Interval {
  const start = list.reduce((least, one) => Math.min(least, one.start), Number.POSITIVE_INFINITY)
  return { start, end: list.reduce((most, one) => Math.max(most, one.end), start) }
}

function point(at: number): Interval {
  return { start: at, end: at }
}
