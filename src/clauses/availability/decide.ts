import type { Finding, Status } from '../../model/finding.ts'
import type { Interval } from '../../model/interval.ts'
import type { Intervals } from '../../time/interval.ts'
import { formatInstant } from '../../time/stamp.ts'
import type { Context } from '../judge.ts'
import type { Case } from './cases.ts'
import type { Material, Outcome } from './evaluate.ts'
import { meets, type Question, readsTraffic } from './question.ts'

export type Verdict = Pick<Finding, 'status' | 'reason' | 'notes'>

/** The verdict that the four cases allow: said only where every way to fill the open questions agrees. */
export function decide(
  { clause, window, doubts, silence }: Question,
  material: Material,
  outcomes: Readonly<Record<'up' | 'down', Outcome>>,
  passes: Readonly<Record<'up' | 'down', boolean>>,
  unknown: Intervals,
  context: Context,
): Verdict {
  const verdict = (status: Status, reason: string, notes: readonly string[] = []): Verdict => ({
    status,
    reason,
    notes,
  })
  const notes = doubts.map(({ why }) => why)
  // A window that the term cuts is over with the term.
  const end = Math.min(window.end, context.contract.term?.end ?? window.end)
  if (outcomes.up.baseTime === 0 && outcomes.down.baseTime === 0)
    return verdict('not-applicable', 'no-service-time', ['no service time is left in this window'])
  if (doubts.some(({ reason }) => reason === 'missing')) return verdict('unverified', 'missing', notes)
  const running = end > context.asOf
  const openTraffic = outcomes.up.figure.base === 0n && outcomes.down.figure.base === 0n
  if (openTraffic && unknown.length === 0 && doubts.length === 0) {
    return running
      ? verdict('pending', 'running')
      : verdict('not-applicable', 'no-traffic', ['no request in this window'])
  }
  if (clause.body.accounting === 'requests' && (running || unknown.length > 0)) {
    // More requests can still turn a ratio either way; rows that are missing have no bounds.
    if (running) return verdict('pending', 'running', notes)
    const reason = doubts[0]?.reason ?? 'no-data'
    return verdict(
      'unverified',
      reason,
      doubts.length > 0 ? notes : [settle(unknown, silence, readsTraffic(clause.body), context)],
    )
  }
  if (!passes.up && !doubts.some(({ rulesOut }) => rulesOut === 'both'))
    return verdict(
      'breached',
      'over-allowance',
      doubts.map(({ fact }) => `${fact}; the breach stands without them`),
    )
  if (running) return verdict('pending', 'running', notes)
  if (doubts[0] !== undefined) return verdict('unverified', doubts[0].reason, notes)
  if (passes.down) return verdict('met', 'within-allowance')
  const columns = openColumns(material, window)
  const reason = unknown.length > 0 ? 'no-data' : columns.length > 0 ? 'column-missing' : 'uncertain'
  const open = columns.length === 0 ? '' : `: no ${columns.join(', ')}`
  return verdict('unverified', reason, [
    reason === 'no-data'
      ? settle(unknown, silence, readsTraffic(clause.body), context)
      : `what the rows leave open decides the verdict${open}`,
  ])
}

/** What is missing, where, and what would settle it. */
function settle(unknown: Intervals, silence: string, traffic: boolean, { zone }: Context): string {
  const first = unknown[0]
  const last = unknown[unknown.length - 1]
  if (first === undefined || last === undefined) return silence
  const span = `${formatInstant(zone, first.start)} and ${formatInstant(zone, last.end)}`
  const cure = traffic ? 'such rows' : 'such records, or a coverage row of outages,'
  return `${silence} between ${span}: ${cure} would settle it`
}

/** Columns that leave rows of this window open. */
function openColumns(material: Material, window: Interval): readonly string[] {
  const open = material.downtime.items.filter(item => meets(item.at, window)).flatMap(item => item.doubt?.columns ?? [])
  return [...new Set(open)]
}

/** Says so when only the choice of `sampling` decides. */
export function samplingNote(passes: Readonly<Record<Case, boolean>>, status: Status): readonly string[] {
  if (status === 'met' && !passes.worst) return ['breached if each outage is taken to last until the next good sample']
  if (status === 'breached' && passes.best) return ['met if each outage is taken to end at its last bad sample']
  return []
}
