import type { Clause, Contract } from '../../contract/contract.ts'
import type { Maintenance } from '../../evidence/records.ts'
import type { Finding, Status } from '../../model/finding.ts'
import type { Interval } from '../../model/interval.ts'
import { covers } from '../../time/interval.ts'
import type { Window } from '../../time/window.ts'
import { type Context, servicesOf } from '../judge.ts'
import { type Answer, actualInterval } from '../work.ts'
import type { MaintenanceBody } from './schema.ts'
import { worksOf } from './works.ts'

/** One number per service and window, or for all services of a clause that takes them together. */
export function* numberFindings(clause: Clause<MaintenanceBody>, context: Context): Iterable<Finding> {
  const limit = clause.body['at-most']
  if (limit === undefined) return
  const windows = context.windows(limit.per)
  const groups = groupsOf(clause, context.contract)
  for (const services of groups) {
    for (const window of windows) {
      const name = groups.length === 1 ? '' : `${services.join('+')}/`
      yield numberFinding(clause, services, `${clause.id}/at-most/${name}${window.key}`, window, windows, context)
    }
  }
}

/** Where one piece of work stands in the count of its service and window; undefined without a promised number. */
export function numberAnswer(clause: Clause<MaintenanceBody>, work: Maintenance, context: Context): Answer | undefined {
  const limit = clause.body['at-most']
  const services = groupsOf(clause, context.contract).find(group => group.includes(work.service))
  if (limit === undefined || services === undefined) return undefined
  const { unclear } = worksOf(clause, context)
  const window = context.windows(limit.per).find(one => startsIn(work, one))
  if (window === undefined) return undefined
  const inside = worksIn(clause, services, window, context)
  const before = inside.slice(0, inside.indexOf(work))
  const place = before.length + 1
  const sure = before.filter(w => !unclear.has(w)).length + 1
  const why = `number ${place} in ${window.key}, at most ${limit.text}`
  const held = place <= limit.count ? true : sure > limit.count && !unclear.has(work) ? false : undefined
  return { held, reason: held === true ? 'within' : held === false ? 'too-many' : 'column-missing', why }
}

function groupsOf(clause: Clause, contract: Contract): readonly (readonly string[])[] {
  const services = servicesOf(clause, contract)
  return clause.together === undefined ? services.map(service => [service]) : [services]
}

function startsIn(work: Maintenance, window: Interval): boolean {
  return work.start.earliest >= window.start && work.start.earliest < window.end
}

function worksIn(
  clause: Clause<MaintenanceBody>,
  services: readonly string[],
  window: Interval,
  context: Context,
): readonly Maintenance[] {
  return worksOf(clause, context).works.filter(work => services.includes(work.service) && startsIn(work, window))
}

function numberFinding(
  clause: Clause<MaintenanceBody>,
  services: readonly string[],
  id: string,
  window: Window,
  windows: readonly Window[],
  context: Context,
): Finding {
  const limit = clause.body['at-most']?.count ?? 0
  const { unclear } = worksOf(clause, context)
  const inside = worksIn(clause, services, window, context)
  const known = { start: window.start, end: Math.max(window.start, Math.min(window.end, context.asOf)) }
  const complete = services.every(
    service => known.start === known.end || covers(context.complete('maintenance', service, windows), known),
  )
  const sure = inside.filter(work => !unclear.has(work)).length
  const count = inside.length
  const end = Math.min(window.end, context.contract.term?.end ?? window.end)
  const running = end > context.asOf
  const open = complete ? 'column-missing' : 'incomplete'
  const [status, reason]: [Status, string] =
    sure > limit
      ? ['breached', 'too-many']
      : running
        ? ['pending', 'running']
        : complete && count <= limit
          ? ['met', 'within']
          : ['unverified', open]
  const near = limit > 0 && count * 100 >= limit * context.riskPercent && (status === 'met' || status === 'pending')
  return {
    id,
    clause: clause.id,
    promise: 'at-most',
    subject: services.join('+'),
    window: { start: window.start, end: window.end },
    status,
    reason,
    ...(near && { atRisk: true }),
    bound: 'at-most',
    promised: { unit: 'count', value: limit },
    observed: { unit: 'count', value: count },
    margin: { unit: 'count', value: limit - count },
    timeline: inside.map((work, i) => ({
      at: actualInterval(work, context.asOf).possible,
      effect: i < limit ? 'counted' : 'over',
      reason: i < limit ? 'within' : 'too-many',
      why: `number ${i + 1}${work.id === undefined || work.id === '' ? '' : `, ${work.id}`}`,
      origin: work.origin,
    })),
    evidence: inside.map(work => work.origin),
    notes:
      status !== 'unverified'
        ? []
        : complete
          ? ['not known which of the work the clause covers: a filter column is missing']
          : ['no log of maintenance that is complete for this window: one, or a coverage row, would settle it'],
  }
}
