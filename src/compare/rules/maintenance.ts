import type { MaintenanceBody } from '../../clauses/maintenance/schema.ts'
import type { Clause, Contract, Hours } from '../../contract/contract.ts'
import { durationText } from '../../time/duration.ts'
import type { CompareRule, Ordering, Side, Term, World, Worst } from '../rule.ts'
import { type Facet, isAlike, lessBinds, ofEach, orderingOf, sameFacet } from './duties/facets.ts'
import { serviceOfAll, serviceScope, termFacet, whereScope, withFilter } from './duties/scope.ts'
import { sameZone, shortestSpan, spanOf } from './duties/spans.ts'
import { maintenanceCandidates } from './maintenance/candidates.ts'
import { hoursFacet } from './maintenance/hours.ts'
import { noticeFacets, noticeText } from './maintenance/notice.ts'
import { numberFacets } from './maintenance/number.ts'

/** Planned work, promise by promise: each is made of every piece of work, so that the more work it is about the better. */
export const maintenanceRule: CompareRule<MaintenanceBody> = {
  kind: 'maintenance',
  subject: 'Planned maintenance',
  terms,
  relate,
  candidates: maintenanceCandidates,
  envelope,
  owns: ({ key }, { promise }) => promise === undefined || promise === promiseOf(key),
}

/** `notice` of `maintenance/notice`, however many of it there are. */
export function promiseOf(key: string): string {
  return key.replace(/#\d+$/, '').split('/').at(-1) ?? ''
}

function terms(clause: Clause<MaintenanceBody>, contract: Contract): readonly Term[] {
  const { body, where } = clause
  const service = serviceOfAll(clause, contract)
  const term = (promise: string, name: string, text: string, isUnstated = false): Term => ({
    key: `maintenance/${promise}`,
    name,
    names: service === undefined ? {} : { service },
    text: withFilter(text, where),
    ...(isUnstated && { unstated: true as const }),
  })
  const { notice, inside, outside, longest, overrun } = body
  const number = body['at-most']
  const within = overrun?.['notify-within']
  return [
    ...(notice === undefined ? [] : [term('notice', 'notice', noticeText(notice), notice.atLeast === undefined)]),
    ...(inside === undefined ? [] : [term('inside', 'hours of work', `inside ${hoursName(inside)}`)]),
    ...(outside === undefined ? [] : [term('outside', 'hours kept free', `outside ${hoursName(outside)}`)]),
    ...(longest === undefined
      ? []
      : longest === 'unstated'
        ? [term('longest', 'longest work', 'short', true)]
        : [term('longest', 'longest work', `≤ ${durationText(longest)} each`)]),
    ...(number === undefined ? [] : [term('at-most', 'number', `≤ ${number.text.trim()}`)]),
    ...(within === undefined
      ? []
      : within === 'unstated'
        ? [term('overrun', 'overrun', 'overruns told', true)]
        : [term('overrun', 'overrun', `overruns told within ${within.text.trim()}`)]),
  ]
}

function hoursName(hours: Hours): string {
  return 'calendar' in hours ? hours.calendar : hours.text
}

function relate(base: Side<MaintenanceBody>, other: Side<MaintenanceBody>, world: World): Ordering {
  const promise = promiseOf(base.term.key)
  if (promise !== promiseOf(other.term.key)) return orderingOf([sameFacet('promises', false)])
  return orderingOf([
    ...ownFacets(promise, base, other, world),
    ofEach(whereScope(base, other)),
    ofEach(serviceScope(base, other)),
    termFacet(base, other),
  ])
}

function ownFacets(
  promise: string,
  base: Side<MaintenanceBody>,
  other: Side<MaintenanceBody>,
  world: World,
): readonly Facet[] {
  const [b, o] = [base.clause.body, other.clause.body]
  switch (promise) {
    case 'notice':
      return noticeFacets(base, other, world)
    case 'inside':
    case 'outside':
      return [hoursFacet(promise, base, other, world)]
    case 'longest':
      return typeof b.longest === 'number' && typeof o.longest === 'number'
        ? [lessBinds('longest work', b.longest, o.longest, [durationText(b.longest), durationText(o.longest)])]
        : [UNKNOWN]
    case 'at-most':
      return numberFacets(base, other)
    case 'overrun':
      return [overrunFacet(base, other)]
    default:
      return [UNKNOWN]
  }
}

const UNKNOWN = sameFacet('promises', false)

function overrunFacet(base: Side<MaintenanceBody>, other: Side<MaintenanceBody>): Facet {
  const [b, o] = [base, other].map(({ clause }) => clause.body.overrun?.['notify-within'])
  if (b === undefined || o === undefined || b === 'unstated' || o === 'unstated') return UNKNOWN
  const [least, given] = [spanOf(b, base.zone), spanOf(o, other.zone)]
  const texts = [b.text.trim(), o.text.trim()] as const
  if (least !== undefined && given !== undefined) return lessBinds('time to tell', least, given, texts)
  return sameFacet('time to tell', isAlike(b, o) && sameZone(base.zone, other.zone), texts)
}

function envelope(
  { body }: Clause<MaintenanceBody>,
  { zone }: Omit<Side, 'term' | 'clause'>,
  world: World,
): readonly Worst[] {
  const { notice } = body
  if (notice === undefined) return []
  const row = { key: 'maintenance/notice', name: 'shortest notice of maintenance', better: 'more' as const }
  if (notice.atLeast === undefined) return [{ ...row, text: 'no number', notes: [] }]
  const exempt = [
    ...(notice.whenLongerThan === undefined
      ? []
      : [`for work planned to last up to ${durationText(notice.whenLongerThan)}`]),
    ...(notice.during === undefined ? [] : [`outside ${notice.during}`]),
  ]
  const beside = exempt.length === 0 ? {} : { beside: `none ${exempt.join(', or ')}` }
  const span = spanOf(notice.atLeast, zone)
  if (span === undefined) return [{ ...row, ...beside, text: notice.atLeast.text.trim(), notes: ['in business time'] }]
  const at = shortestSpan(span, world)
  const isPlain = notice.atLeast.unit === 'elapsed'
  return [
    {
      ...row,
      ...beside,
      ms: at.end - at.start,
      text: durationText(at.end - at.start),
      ...(!isPlain && { at }),
      notes: [],
    },
  ]
}
