import type { Clause, Contract } from '../contract/contract.ts'
import type { Lint, Needs, Reference } from '../model/clause-kind.ts'
import type { Finding } from '../model/finding.ts'
import type { Interval } from '../model/interval.ts'
import { clip, merge } from '../time/interval.ts'
import { favourable, perCase } from './availability/cases.ts'
import { type Downtime, type Scope, serviceDowntime, together } from './availability/downtime.ts'
import type { Material } from './availability/evaluate.ts'
import { judgeWindow } from './availability/judge-window.ts'
import { availabilityManual } from './availability/manual.ts'
import { type Doubt, readsTraffic } from './availability/question.ts'
import { joinNeighbours } from './availability/rolling.ts'
import { type AvailabilityBody, availabilitySchema } from './availability/schema.ts'
import { trafficOf } from './availability/traffic.ts'
import { withoutShort } from './availability/units.ts'
import { userLoad, usersOf } from './availability/users.ts'
import { excludedTime, excludesEvent } from './exclusions.ts'
import { type AnyKind, type Context, type Judge, missingTypes, servicesOf, skippedRows, withNeeds } from './judge.ts'

/** A share of time (or of requests) in which a service is up, per contract window. */
export const availability: AnyKind = {
  kind: 'availability',
  title: 'Availability',
  manual: availabilityManual,
  schema: availabilitySchema,
  references: body => references(body as AvailabilityBody),
  lints: body => lints(body as AvailabilityBody),
  judge: {
    needs,
    filters: clause => [clause.where],
    maxGap: ({ body }) => body['max-gap'] ?? (body.every === undefined ? undefined : 3 * body.every),
    promise: ({ body }) => {
      const sign = body.target.bound === 'above' ? '>' : '≥'
      const hours = body.during === undefined || body.during === 'always' ? '' : ` during ${body.during}`
      return `${sign} ${body.target.value.text.replace(/\s*%$/, ' %')} a ${body.window.text}${hours}`
        .replace('a rolling', 'in rolling')
        .replace('a term', 'in the term')
    },
    check,
    spread: ({ body }) => (body.window.rule.kind === 'rolling' ? 'stretches' : undefined),
  } satisfies Judge<AvailabilityBody>,
}

function exclusionsOf({ body }: Clause<AvailabilityBody>, contract: Contract) {
  return (body.excluding ?? []).flatMap(name => contract.exclusions.get(name) ?? [])
}

function references(body: AvailabilityBody): readonly Reference[] {
  return [
    ...(body.during === undefined ? [] : [{ to: 'calendar', name: body.during, path: ['during'] } as const]),
    ...(body.excluding ?? []).map((name, i) => ({ to: 'exclusion', name, path: ['excluding', i] }) as const),
    ...(body['all-down'] ?? []).map((name, i) => ({ to: 'service', name, path: ['all-down', i] }) as const),
  ]
}

function lints(body: AvailabilityBody): readonly Lint[] {
  const out: Lint[] = []
  if ((body.excluding ?? []).length > 0 && body['excluded-time'] === undefined) {
    out.push({
      code: 'default-excluded-time',
      path: ['excluding'],
      message: 'excluded-time is not said, and it can decide the verdict: excluded time leaves the denominator',
      hint: 'say excluded-time: leaves-denominator or counts-as-up',
    })
  }
  if (body['no-data'] === undefined) {
    out.push({
      code: 'default-no-data',
      path: [],
      message: 'no-data is not said, and it can decide the verdict: time without data is unknown',
      hint: 'say no-data: unknown, up or down',
    })
  }
  if (body.target.bound === 'above' && body.target.value.part === body.target.value.of) {
    out.push({
      code: 'impossible-target',
      path: ['target'],
      message: 'nothing is above 100 %: this promise can never be met',
    })
  }
  return out
}

/** Record types by what the figure is made of; an exclusion of maintenance needs the maintenance log. */
function needs(clause: Clause<AvailabilityBody>, contract: Contract): Needs {
  const { body } = clause
  const anyOf: string[][] = []
  const accounting = body.accounting ?? 'time'
  const conditions = typeof accounting === 'object' && 'bad-when' in accounting ? accounting['bad-when'] : []
  if (readsTraffic(body)) anyOf.push(['requests'])
  if (conditions.some(({ operand }) => operand === 'percentile')) anyOf.push(['measurement', 'check'])
  const onTime =
    !readsTraffic(body) && (conditions.length === 0 || conditions.some(({ operand }) => operand === 'down'))
  if (onTime || conditions.some(({ operand }) => operand === 'down')) {
    anyOf.push(usersOf(clause) === undefined ? ['outage', 'check'] : ['outage'])
  }
  const exclusions = exclusionsOf(clause, contract)
  if (exclusions.some(({ event }) => event === 'maintenance')) anyOf.push(['maintenance'])
  if (exclusions.some(({ event }) => event === 'outage') && !anyOf.some(group => group.includes('outage')))
    anyOf.push(['outage'])
  return { anyOf, also: onTime ? ['maintenance'] : [] }
}

function* check(clause: Clause<AvailabilityBody>, context: Context): Iterable<Finding> {
  const windows = context.windows(clause.body.window.rule)
  const first = windows[0]
  const last = windows[windows.length - 1]
  if (first === undefined || last === undefined) return
  const { term } = context.contract
  const start = Math.max(first.start, term?.start ?? first.start)
  const hull = { start, end: Math.max(start, Math.min(context.asOf, last.end, term?.end ?? last.end)) }
  const edges = [...new Set(windows.flatMap(({ start, end }) => [start, end]))]
  const scope: Scope = { windows, edges, hull }
  const subjects = subjectsOf(clause, context.contract)
  for (const subject of subjects) {
    const material = materialOf(subject, clause, scope, context)
    const doubts = doubtsOf(subject, clause, context)
    const silence = doubts.find(({ reason }) => reason === 'missing')?.why ?? silenceOf(clause, context)
    const judged = windows.map(window => {
      const name = subjects.length === 1 ? '' : `${subject.name}/`
      const frame = { window, service: serviceTime(window, clause, context) }
      const id = `${clause.id}/${name}${window.key}`
      const question = { clause, subject: subject.name, id, window, frame, edges, doubts, silence }
      return judgeWindow(question, material, context)
    })
    const joined = clause.body.window.rule.kind === 'rolling' ? joinNeighbours(judged) : judged
    for (const one of joined) yield one.finish()
  }
}

/** One thing with an availability of its own. */
interface Subject {
  readonly name: string
  readonly services: readonly string[]
  readonly rule: 'any' | 'all'
  /** Services that must all be down, beside `services`. */
  readonly zones: readonly string[]
}

function subjectsOf(clause: Clause<AvailabilityBody>, contract: Contract): readonly Subject[] {
  const zones = clause.body['all-down'] ?? []
  if (zones.length > 0 && clause.services === undefined)
    return [{ name: zones.join('+'), services: [], rule: 'any', zones }]
  const services = servicesOf(clause, contract)
  if (clause.together !== undefined && services.length > 1) {
    return [{ name: services.join('+'), services, rule: clause.together, zones }]
  }
  return services.map(service => ({ name: service, services: [service], rule: 'any', zones }))
}

function materialOf(subject: Subject, clause: Clause<AvailabilityBody>, scope: Scope, context: Context): Material {
  const parts = (services: readonly string[]): Downtime[] =>
    services.map(s => serviceDowntime(s, clause, scope, context))
  const groups: Downtime[] = []
  if (subject.services.length > 0) groups.push(together(parts(subject.services), subject.rule))
  if (subject.zones.length > 0) groups.push(together(parts(subject.zones), 'all'))
  const joined = together(groups, 'any')
  const items = [...joined.items].sort((a, b) => a.at.start - b.at.start || a.at.end - b.at.end)
  const downtime = { ...joined, items }
  const named = [...subject.services, ...subject.zones]
  const involved = new Set(named.flatMap(service => withNeeds(service, context.contract)))
  const filter = context.filterIndex(clause.where)
  const metrics = context.evidence.measurements.filter(m => named.includes(m.service) && m.filter === filter)
  const users = usersOf(clause)
  const shortest = clause.body['shortest-outage']
  const load = users === undefined ? downtime.down : userLoad(downtime, users)
  return {
    downtime,
    excluded: excludedTime(clause.body.excluding ?? [], involved, context),
    traffic: trafficOf(named, clause, scope.edges, context),
    metrics,
    load:
      shortest?.after === true
        ? load
        : perCase(which => withoutShort(load[which], shortest, favourable(which) ? undefined : context.asOf)),
  }
}

/** W ∩ term ∩ `during`. */
function serviceTime(window: Interval, clause: Clause<AvailabilityBody>, context: Context): Interval[] {
  const { term } = context.contract
  const start = Math.max(window.start, term?.start ?? window.start)
  const end = Math.min(window.end, term?.end ?? window.end)
  if (end <= start) return []
  const during = clause.body.during ?? 'always'
  return during === 'always' ? [{ start, end }] : merge(clip(context.clock(during).open(start, end), { start, end }))
}

/** What is missing where nothing is known. */
function silenceOf({ body }: Clause<AvailabilityBody>, context: Context): string {
  if (readsTraffic(body)) return 'no request rows'
  const logs = excludesEvent(body.excluding, 'maintenance', context.contract) ? 'outages and maintenance' : 'outages'
  const parts = [
    ...(context.supplied('check') ? ['no samples'] : []),
    ...(context.supplied('outage') ? [`no log of ${logs} that is complete`] : []),
  ]
  return parts.length === 0 ? 'no records' : parts.join(' and ')
}

/** Logs that are missing, and rows that were left out as bad: more down time, more requests, or work to exclude. */
function doubtsOf(subject: Subject, clause: Clause<AvailabilityBody>, context: Context): readonly Doubt[] {
  const wanted = needs(clause, context.contract)
  const doubts: Doubt[] = missingTypes(wanted, context).map(group => ({
    rulesOut: 'both',
    reason: 'missing',
    why: `no ${group.join(' or ')} records supplied`,
    fact: `no ${group.join(' or ')} records supplied`,
    type: group[0] ?? '',
  }))
  const services = new Set([...subject.services, ...subject.zones].flatMap(s => withNeeds(s, context.contract)))
  const unsourced = context.evidence.probes.filter(
    series => services.has(series.service) && (series.source === '' || series.source === '?'),
  )
  if (clause.body.sources !== undefined && unsourced.length > 0) {
    const rows = unsourced.reduce((sum, series) => sum + series.samples, 0)
    const why = `not known whose monitoring made ${rows} samples: no source`
    doubts.push({ rulesOut: 'both', reason: 'column-missing', why, fact: why, type: 'check' })
  }
  for (const unclear of context.evidence.unclear) {
    const { type, service, filter, columns, rows } = unclear
    const reads = wanted.anyOf.some(group => group.includes(type))
    if (!reads || !services.has(service) || filter !== context.filterIndex(clause.where)) continue
    const why = `not known whether the clause sees ${rows} ${type} row${rows === 1 ? '' : 's'}: no ${columns.join(', ')}`
    doubts.push({ rulesOut: 'both', reason: 'column-missing', why, fact: why, type })
  }
  for (const type of new Set([...wanted.anyOf.flat(), ...wanted.also])) {
    const skipped = skippedRows(type, services, context)
    const rulesOut = type === 'outage' ? 'met' : 'both'
    const excluded =
      type === 'outage' || type === 'maintenance' ? excludesEvent(clause.body.excluding, type, context.contract) : false
    if (skipped === 0) continue
    const fact = `${skipped} bad ${type} row${skipped === 1 ? ' was' : 's were'} left out`
    const why = `${fact} and could decide the verdict`
    doubts.push({ rulesOut: excluded ? 'both' : rulesOut, reason: 'bad-rows', why, fact, type })
  }
  return doubts
}
