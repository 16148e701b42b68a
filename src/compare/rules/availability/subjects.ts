import type { AvailabilityBody } from '../../../clauses/availability/schema.ts'
import { servicesOf, withNeeds } from '../../../clauses/judge.ts'
import type { Clause, Contract } from '../../../contract/contract.ts'
import type { Side } from '../../rule.ts'
import { sameValue } from './exclusions.ts'
import type { Difference } from './fields.ts'

/** The services that a clause is about; its zones where it names nothing else. */
export function subjectsOf(clause: Clause<AvailabilityBody>, contract: Contract): readonly string[] {
  if (clause.services === undefined && clause.body['all-down'] !== undefined) return []
  return servicesOf(clause, contract)
}

/** What the subjects of a clause are called together: `app`, `api+web`; blank where no service has a name. */
export function subjectName(clause: Clause<AvailabilityBody>, contract: Contract): string {
  return (clause.services ?? clause.body['all-down'] ?? []).join('+') || servicesOf(clause, contract).join('+')
}

/**
 * Where two clauses are about other services. One service each is one and the same, whatever it is called; several are
 * told apart by their names. What a service needs is part of it where the other contract knows no such service.
 */
export function compareSubjects(base: Side<AvailabilityBody>, other: Side<AvailabilityBody>): readonly Difference[] {
  const [ours, theirs] = [subjectsOf(base.clause, base.contract), subjectsOf(other.clause, other.contract)]
  const [ourCount, theirCount] = [ours.length, theirs.length]
  const found: Difference[] = []
  if (!sameValue(base.clause.where, other.clause.where))
    found.push({ way: 'unlike', why: 'the two look at other records' })
  if (ourCount === 1 && theirCount === 1) return [...found, ...comparePair(base, other, ours, theirs)]
  const [together, apart] = [base.clause.together, other.clause.together]
  const inside = ours.every(name => theirs.includes(name))
  const around = theirs.every(name => ours.includes(name))
  if (inside && around) {
    if (together !== apart) found.push({ way: 'unlike', why: 'services are judged together in one of the two' })
    return [...found, ...ours.flatMap(name => comparePair(base, other, [name], [name]))]
  }
  // One finding each: with more services there is more to keep.
  const single = together === undefined && apart === undefined && (inside || around)
  const why = `is about ${theirs.join(', ') || 'other services'}, the base about ${ours.join(', ') || 'other services'}`
  if (!single) return [...found, { way: 'unlike', why }]
  const shared = inside ? ours : theirs
  const pairs = shared.flatMap(name => comparePair(base, other, [name], [name]))
  return [...found, { way: inside ? 'stricter' : 'laxer', why }, ...pairs]
}

function comparePair(
  base: Side<AvailabilityBody>,
  other: Side<AvailabilityBody>,
  [own = '']: readonly string[],
  [its = '']: readonly string[],
): readonly Difference[] {
  const [ours, theirs] = [withNeeds(own, base.contract), withNeeds(its, other.contract)]
  const found: Difference[] = []
  const lost = needsOnly(ours, theirs, its, other.contract)
  const gained = needsOnly(theirs, ours, own, base.contract)
  if (lost.length > 0) found.push({ way: 'laxer', why: `${its} does not need ${lost.join(', ')}` })
  if (gained.length > 0) found.push({ way: 'stricter', why: `${its} needs ${gained.join(', ')} too` })
  return found
}

/** What the one needs that the other contract knows, but does not need. */
function needsOnly(
  all: readonly string[],
  against: readonly string[],
  itself: string,
  contract: Contract,
): readonly string[] {
  return all.slice(1).filter(name => contract.services.has(name) && !against.includes(name) && name !== itself)
}
