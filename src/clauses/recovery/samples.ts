import type { RecoveryPoint } from '../../evidence/backups/records.ts'
import type { Step } from '../../model/finding.ts'
import { addDuration, type Duration, subtractDuration } from '../../time/duration.ts'
import { firstEndingAfter, type Intervals, merge, subtract } from '../../time/interval.ts'
import { fits, unknownColumns } from '../filter.ts'
import { makeNear } from '../near.ts'
import { makePieces } from './pieces.ts'
import { isOf, isServed, lastOf, type RecoveryPlan } from './plan.ts'
import { type Rpo, rpoText } from './rules.ts'
import type { Exposure } from './stretches.ts'

/** How far back a recovery would have gone, as samples tell, of each component. */
export function sampleExposures(rpo: Rpo, amount: Duration, plan: RecoveryPlan): readonly Exposure[] {
  const { rules, context, clause } = plan
  const seen = context.evidence.recoveryPoints.flatMap(point => {
    const fit = fits(clause.where, point)
    if (fit === false || isOf(point.component, rules) === false || isServed(point, plan) === false) return []
    const sure = fit === true && isOf(point.component, rules) === true && isServed(point, plan) === true
    return [{ point, sure, columns: fit === undefined ? unknownColumns(clause.where, point) : ['component'] }]
  })
  const named = [...new Set(seen.map(({ point }) => point.component))].filter(name => name !== 'all' && name !== '')
  const components = rules.components.length > 0 ? rules.components : named.length === 0 ? [''] : named.sort()
  return components.map(component => {
    const own = seen.filter(({ point }) => [component, 'all', ''].includes(point.component))
    // Without a component it may be of another one.
    const all = own.map(one => ({ ...one, sure: one.sure && (one.point.component !== '' || components.length === 1) }))
    return exposureOf(component, all, rpo, amount, plan)
  })
}

interface Sample {
  readonly point: RecoveryPoint
  /** Whether the clause is about it for certain. */
  readonly sure: boolean
  readonly columns: readonly string[]
}

function exposureOf(
  component: string,
  samples: readonly Sample[],
  rpo: Rpo,
  amount: Duration,
  plan: RecoveryPlan,
): Exposure {
  const { zone, asOf } = plan.context
  const reach = (from: number): number => addDuration(zone, from, amount)
  const list = [...samples].sort((a, b) => a.point.at.earliest - b.point.at.earliest)
  const certainly = list.filter(({ sure }) => sure).map(({ point }) => point)
  const lost = merge(certainly.flatMap((one, i) => breachBefore(one, certainly[i - 1], reach)))
  const kept = certainly.flatMap((one, i) => keptAfter(one, certainly[i + 1], reach))
  const sure = subtract(merge(kept), lost)
  const last = certainly.at(-1)
  const doubtful = list.filter(one => !one.sure)
  const pieces = makePieces(
    certainly.map(({ at, recoverableTo }, i) => ({
      point: recoverableTo.earliest,
      at: { start: at.latest, end: Math.max(at.latest, certainly[i + 1]?.at.latest ?? Number.MAX_SAFE_INTEGER) },
    })),
  )
  const lags = makeNear(
    certainly.map(({ at, recoverableTo }) => ({
      at: { earliest: at.latest, latest: at.latest },
      until: at.latest,
      item: { at: at.latest, lag: at.earliest - lastOf(recoverableTo) },
    })),
    0,
  )
  const near = makeNear(
    list.map(item => ({ at: item.point.at, until: item.point.at.latest, item })),
    0,
  )
  return {
    component,
    apart: true,
    amount,
    promised: rpoText(rpo),
    cover: { sure, possible: subtract([{ start: EVER, end: Math.max(asOf, plan.period.end) + 1 }], lost) },
    told: sure,
    lostBefore(at, isSure) {
      if (isSure) {
        const point = pieces.newestBefore(at)
        return point === undefined ? undefined : at - point
      }
      // Of a stretch that samples prove too long the worst of them.
      const stretch = lost[firstEndingAfter(lost, at - 1)]
      const inside = stretch === undefined ? [] : lags({ start: stretch.start + 1, end: stretch.end + 1 })
      return inside.length === 0 ? undefined : inside.reduce((most, { lag }) => Math.max(most, lag), 0)
    },
    allowedAt: at => at - subtractDuration(zone, at, amount),
    longest: pieces.longest,
    enoughUntil: last === undefined ? undefined : reach(last.recoverableTo.earliest),
    doubt: gaps => doubtOf(gaps, doubtful),
    reason: 'lost',
    why: 'a sample shows that more would have been lost',
    steps: stretch => stepsOf(near(stretch)),
    notes: () => [],
  }
}

/** Before all stamps; epoch ms. */
const EVER = -8_000_000_000_000

/**
 * Points only move forward: until a sample none was newer than what it shows. One that shows less than the one before
 * tells of its own instant only.
 */
function breachBefore(
  { at, recoverableTo }: RecoveryPoint,
  before: RecoveryPoint | undefined,
  reach: (from: number) => number,
): Intervals {
  const from = reach(lastOf(recoverableTo))
  if (from >= at.earliest) return []
  const back = before !== undefined && before.recoverableTo.latest > recoverableTo.earliest
  if (back) return at.earliest === at.latest ? [{ start: at.earliest, end: at.earliest + 1 }] : []
  return [{ start: Math.max(from, before?.at.earliest ?? from), end: at.earliest }]
}

/** After a sample what it shows can be gone back to; one after it that shows less leaves the time between open. */
function keptAfter(
  { at, recoverableTo }: RecoveryPoint,
  next: RecoveryPoint | undefined,
  reach: (from: number) => number,
): Intervals {
  const end = reach(recoverableTo.earliest)
  const back = next !== undefined && next.recoverableTo.earliest < recoverableTo.earliest
  const until = Math.min(end, next?.at.earliest ?? end, back ? reach(next.recoverableTo.earliest) : end)
  const start = at.latest
  return start < until ? [{ start, end: until }] : []
}

function doubtOf(gaps: Intervals, doubtful: readonly Sample[]) {
  const end = gaps.at(-1)?.end ?? 0
  const unsure = doubtful.filter(({ point }) => point.at.earliest < end)
  if (unsure.length > 0) {
    const columns = [...new Set(unsure.flatMap(one => one.columns))]
    return { reason: 'column-missing', why: 'whether a sample is of this component is not known', columns }
  }
  return { reason: 'between-samples', why: 'no sample tells of this time', columns: [] }
}

function stepsOf(near: readonly Sample[]): readonly Step[] {
  return near.map(
    ({ point: { at, recoverableTo, origin }, sure }): Step => ({
      at: { start: recoverableTo.earliest, end: at.latest },
      effect: sure ? 'counted' : 'unknown',
      reason: 'sample',
      why: 'a sample: back to the start of this',
      origin,
    }),
  )
}
