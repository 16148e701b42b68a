import type { Clause } from '../../contract/contract.ts'
import type { Step } from '../../model/finding.ts'
import type { Interval } from '../../model/interval.ts'
import { addDuration, type Duration, subtractDuration } from '../../time/duration.ts'
import { clip, type Intervals, merge, overlaps, subtract } from '../../time/interval.ts'
import { anyOf, bothOf, certain, type Known } from '../../time/known.ts'
import { endSteps } from '../backup/end-steps.ts'
import { componentsIn, makeSeries } from '../backup/make-series.ts'
import { seenBy } from '../backup/plan.ts'
import type { BackupRules } from '../backup/rules.ts'
import type { Candidate, Series } from '../backup/series.ts'
import { makeNear } from '../near.ts'
import { makePieces, type Piece } from './pieces.ts'
import type { RecoveryPlan } from './plan.ts'
import { type Rpo, rpoText } from './rules.ts'
import type { Exposure } from './stretches.ts'

/** The time since the last backup that can be restored, of each component. */
export function backupExposures(rpo: Rpo, amount: Duration, plan: RecoveryPlan): readonly Exposure[] {
  const { rules, context } = plan
  const backups: BackupRules = {
    components: rules.components,
    accept: rules.accept,
    only: 'any',
    tiers: [],
    schedule: { form: 'every', every: amount, anchor: 'completion', tolerance: 0, early: 0 },
  }
  const sees = seenBy(plan.clause as Clause, context)
  return componentsIn(backups).map(component => exposureOf(makeSeries(component, backups, context, sees), rpo, amount))
}

/** A backup that counts or may, and the time in which it keeps the loss small enough. */
interface Covering {
  readonly candidate: Candidate
  /** As if it were there for ever. */
  readonly bare: Known
  readonly restorable: Known
  readonly known: Known
}

function exposureOf(series: Series, rpo: Rpo, amount: Duration): Exposure {
  const { zone, asOf } = series
  const reach = (from: number): number => addDuration(zone, from, amount)
  const covering = series.made.map((candidate): Covering => {
    const bare = bareCover(candidate, reach)
    const restorable = series.restorable(candidate.index)
    return { candidate, bare, restorable, known: bothOf(bare, restorable) }
  })
  const told = anyOf(covering.map(({ known }) => known))
  const unlogged = merge(
    subtract([{ start: EVER, end: asOf }], series.creations).map(({ start, end }) => ({ start, end: reach(end) })),
  )
  const first = series.logStart ?? (Number.isFinite(series.term.start) ? series.term.start : undefined)
  const presumed: readonly Interval[] = first === undefined ? [] : [{ start: first, end: reach(first) }]
  const clock: readonly Piece[] = presumed.map(at => ({ point: at.start, at }))
  const sure = makePieces([...clock, ...covering.flatMap(one => piecesOf(one, true))])
  const possible = makePieces([...clock, ...covering.flatMap(one => piecesOf(one, false))])
  const now = covering.flatMap(({ candidate, restorable, bare }) =>
    candidate.started !== undefined && bare.sure.length > 0 && (restorable.sure.at(-1)?.end ?? 0) >= asOf
      ? [reach(candidate.started.earliest)]
      : [],
  )
  const near = nearOf(covering, reach)
  // What rests on the presumed backup and on no other, unless the first one begins right there.
  const isBegun = covering.some(
    ({ candidate: { started }, bare }) => started?.earliest === first && bare.sure.length > 0,
  )
  const alone = series.logStart === undefined || isBegun ? [] : subtract(presumed, told.sure)
  const byPoint = new Map(covering.flatMap(one => piecesOf(one, false).map(({ point }) => [point, one] as const)))
  const until = [...now, ...presumed.filter(({ start, end }) => start <= asOf && asOf <= end).map(({ end }) => end)]
  return {
    component: series.component,
    apart: false,
    amount,
    promised: rpoText(rpo),
    cover: anyOf([told, { sure: [], possible: unlogged }, certain(presumed)]),
    told: told.sure,
    lostBefore(at, isSure) {
      const point = (isSure ? sure : possible).newestBefore(at)
      return point === undefined ? undefined : Math.max(0, at - point)
    },
    allowedAt: at => at - subtractDuration(zone, at, amount),
    longest: sure.longest,
    enoughUntil: until.length === 0 ? undefined : until.reduce((most, end) => Math.max(most, end)),
    doubt: gaps => doubtOf(gaps, near, unlogged),
    reason: 'gap',
    why: 'no backup recent enough that can be restored',
    steps: stretch => {
      // What one could still go back to, however old, is named too.
      const point = possible.newestBefore(stretch.start + 1)
      return stepsOf(stretch, near(stretch), point === undefined ? undefined : byPoint.get(point))
    },
    notes: ({ start, end }) => (alone.some(one => one.start < end && one.end >= start) ? [PRESUMED] : []),
  }
}

const PRESUMED = 'the log tells of nothing before: a backup is presumed where it starts'

/** Backups that matter in a stretch: begun by its end, and still running in it or recent enough for it. */
function nearOf(
  covering: readonly Covering[],
  reach: (from: number) => number,
): (within: Interval) => readonly Covering[] {
  let usual = 0
  const list = covering.flatMap(item => {
    const { started, completed } = item.candidate
    const at = started ?? completed
    if (!at) return []
    const enough = reach(at.latest)
    usual = Math.max(usual, enough - at.earliest)
    return [{ at, until: Math.max(completed?.latest ?? Number.POSITIVE_INFINITY, enough), item }]
  })
  return makeNear(list, usual)
}

/** Before all stamps; epoch ms. */
const EVER = -8_000_000_000_000

/** From its end until its start lies too far back. What runs covers nothing yet. */
function bareCover({ counts, started, completed }: Candidate, reach: (from: number) => number): Known {
  if (completed === null) return { sure: [], possible: [] }
  const end = completed ?? started
  const begin = started ?? completed
  if (begin === undefined || end === undefined) return { sure: [], possible: [] }
  const possible = stretch(end.earliest, reach(begin.latest))
  const isSure = counts === 'yes' && started !== undefined && completed !== undefined
  return { sure: isSure ? stretch(completed.latest, reach(started.earliest)) : [], possible }
}

function stretch(start: number, end: number): Intervals {
  return start < end ? [{ start, end }] : []
}

function piecesOf({ candidate, restorable }: Covering, isSure: boolean): readonly Piece[] {
  const { counts, started, completed } = candidate
  if (started === undefined || completed === undefined || completed === null) return []
  if (isSure && counts !== 'yes') return []
  const from = { start: isSure ? completed.latest : completed.earliest, end: Number.MAX_SAFE_INTEGER }
  const point = isSure ? started.earliest : started.latest
  return clip(isSure ? restorable.sure : restorable.possible, from).map(at => ({ point, at }))
}

function doubtOf(gaps: Intervals, within: (gap: Interval) => readonly Covering[], unlogged: Intervals) {
  const near = new Set(gaps.flatMap(gap => within(gap).filter(({ known }) => overlaps(known.possible, gap))))
  const unsure = [...near].filter(
    ({ candidate }) =>
      candidate.counts !== 'yes' || candidate.started === undefined || candidate.completed === undefined,
  )
  if (unsure.length > 0) {
    const columns = [...new Set(unsure.flatMap(({ candidate }) => missingOf(candidate)))]
    return { reason: 'column-missing', why: 'whether a backup counts is not known', columns }
  }
  const isLost = ({ bare, restorable }: Covering): boolean =>
    subtract(bare.sure, restorable.sure).some(lost => overlaps(gaps, lost))
  if ([...near].some(isLost)) {
    return { reason: 'deletions-unknown', why: 'whether the last backup could be restored is not known', columns: [] }
  }
  if (gaps.some(gap => overlaps(unlogged, gap))) {
    return {
      reason: 'not-logged',
      why: 'the log does not hold this time: a backup may be missing from it',
      columns: [],
    }
  }
  return { reason: 'date-only', why: 'only the day of a backup is known', columns: [] }
}

function missingOf({ started, completed, backup }: Candidate): readonly string[] {
  return [
    ...(started === undefined ? ['started_at'] : []),
    ...(completed === undefined ? ['completed_at'] : []),
    ...(backup.status === undefined ? ['status'] : []),
  ]
}

/** The last backups before a stretch, those that end in it, and how what was there was lost. */
function stepsOf(within: Interval, near: readonly Covering[], newest: Covering | undefined): readonly Step[] {
  const steps: Step[] = []
  for (const { candidate } of newest === undefined || near.includes(newest) ? near : [newest, ...near]) {
    const { started, completed, backup, counts } = candidate
    const begin = started ?? completed
    if (!begin) continue
    const end = completed === null ? 'still runs' : completed === undefined ? 'its end is not known' : 'ended'
    steps.push({
      at: { start: begin.earliest, end: Math.max(begin.earliest, completed?.latest ?? within.end) },
      effect: counts === 'yes' && completed ? 'counted' : 'unknown',
      reason: 'backup',
      why: `${backup.id} ${end}`,
      origin: backup.origin,
    })
    const ends = backup.copies.flatMap(copy => endSteps(copy, candidate, backup.copies.length > 1))
    steps.push(...ends.filter(({ at, reason }) => reason !== 'expires' && at.start <= within.end))
  }
  return steps.sort((a, b) => a.at.start - b.at.start)
}
