import type { Finding, Findings } from '../../model/finding.ts'
import { nearest } from '../../model/nearest.ts'
import type { Intervals } from '../../time/interval.ts'
import { findingsOf, joinFindings } from '../findings.ts'
import { badRowsFindings, noneFinding, wholeFinding } from '../fixed.ts'
import type { Context } from '../judge.ts'
import { firstTransfer } from './copy-places.ts'
import { groupFinding, isAtRisk, marginOf, type Placed } from './finding.ts'
import { groupsOf } from './groups.ts'
import { componentsIn, makeSeries } from './make-series.ts'
import { type Plan, seenBy } from './plan.ts'
import { unstatedSlots } from './rules-of.ts'
import type { Series } from './series.ts'
import { isStretches, slotsOf } from './slots.ts'

/** The findings of a clause, with the series that they are of: one for each component. */
export interface Listed {
  readonly findings: Findings
  readonly series: readonly Series[]
}

/** Record types that tell of backups. */
export const BACKUP_TYPES = [
  'backup',
  'inventory',
  'backup-copy',
  'backup-deletion',
  'verification',
  'restore',
] as const

export function listFindings(plan: Plan): Listed {
  const { rules, context, clause } = plan
  const sees = seenBy(clause, context)
  const series = componentsIn(rules).map(component => makeSeries(component, rules, context, sees))
  const placed = series.flatMap(one => (isUntold(one) ? [] : placesOf(one, plan)))
  const unique = withOwnIds(placed)
  const judged = findingsOf(unique.length, at => groupFinding(pick(unique, at), plan), {
    *ids() {
      for (const { id } of unique) yield id
    },
    *outlines() {
      for (const one of unique) yield outlineOf(one, plan)
    },
  })
  const untold = series.filter(isUntold).map(one => untoldFinding(one, plan))
  const fixed = [
    ...untold,
    ...unstatedSlots(clause.body).map(slot => unstatedFinding(slot, plan)),
    ...BACKUP_TYPES.flatMap(type => badRowsFindings(plan, plan.promised, [type], type, `/bad-rows/${type}`)),
  ]
  const empty = judged.length === 0 && fixed.length === 0
  const none = empty ? [noneFinding(plan, plan.promised, 'nothing is owed in the period')] : []
  return { findings: joinFindings([judged, none, fixed]), series }
}

/** Whether no row tells of a component, and no log or listing says that there is nothing. */
function isUntold({ all, creations, listings }: Series): boolean {
  return all.length === 0 && creations.length === 0 && listings.length === 0
}

function placesOf(series: Series, plan: Plan): readonly Placed[] {
  const { clause, context, rules, several } = plan
  return slotsOf(series, rules, transfersOf(context)).flatMap(result => {
    const { slot, bound, noun } = result
    const { groups, owed } = groupsOf(result, isStretches(slot, rules))
    const prefix = `${clause.id}/${slot}${several ? `/${series.component}` : ''}`
    return groups.map((group): Placed => {
      const id = group.status === 'met' ? prefix : `${prefix}/${group.from}`
      return { id, group, slot: { slot, bound, noun }, owed, series }
    })
  })
}

/**
 * Where every transfer is told: as declared, else once a log of them is given from its first row on, and at least in
 * the period; nowhere where a bad row was left out. Undefined: no such log.
 */
function transfersOf({ declared, evidence, supplied, asOf, period }: Context): Intervals | undefined {
  if (evidence.skipped.some(({ type }) => type === 'backup-copy')) return []
  const said = declared('backup-copy', '')
  if (said !== undefined || !supplied('backup-copy')) return said
  const start = Math.min(period.start, firstTransfer(evidence.backups.list.map(({ copies }) => copies)))
  return start < asOf ? [{ start, end: asOf }] : []
}

/** A second finding of the same id gets `~2`. */
function withOwnIds(placed: readonly Placed[]): readonly Placed[] {
  const seen = new Map<string, number>()
  return placed.map(one => {
    const number = (seen.get(one.id) ?? 0) + 1
    seen.set(one.id, number)
    return number === 1 ? one : { ...one, id: `${one.id}~${number}` }
  })
}

function outlineOf({ group, slot }: Placed, plan: Plan) {
  const { status, reason, window, due } = group
  const margin = marginOf(group, slot)
  return {
    status,
    reason,
    window,
    ...(due !== undefined && (status === 'pending' || group.count === 1) && { due }),
    ...(margin !== undefined && { margin }),
    ...(isAtRisk(group, slot, plan) && { atRisk: true as const }),
  }
}

/** A component that no row names. */
function untoldFinding({ component }: Series, plan: Plan): Finding {
  const { context, several } = plan
  const meant = nearest(component, new Set(context.evidence.backups.list.map(backup => backup.component)))
  const text = component === '' ? 'no backup record' : `no record names the component ${component}`
  return {
    ...wholeFinding(plan, `/no-record${several ? `/${component}` : ''}`, plan.promised),
    subject: component,
    status: 'unverified',
    reason: 'no-record',
    observed: { unit: 'none', text },
    details: { ...(component !== '' && { component }) },
    notes: meant === undefined ? [] : [`rows name ${meant}: is that it?`],
  }
}

/** What is promised without a number. */
function unstatedFinding(slot: string, plan: Plan): Finding {
  return {
    ...wholeFinding(plan, `/${slot}`, `${slot}: unstated`),
    promise: slot,
    status: 'not-applicable',
    reason: 'no-number',
    observed: { unit: 'none', text: 'the text gives no number' },
    details: { slot },
  }
}

function pick(list: readonly Placed[], at: number): Placed {
  const found = list[at]
  if (found === undefined) throw new RangeError(`no finding ${at}`)
  return found
}
