import type { AvailabilityBody } from '../../../clauses/availability/schema.ts'
import { servicesOf, withNeeds } from '../../../clauses/judge.ts'
import type { Clause, Contract } from '../../../contract/contract.ts'
import type { Side } from '../../rule.ts'
import { sameWhere } from './exclusions.ts'
import { type Difference, isPlainTime } from './fields.ts'

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
 * Where two clauses are about other services. One service each is one and the same, whatever it is called, unless a
 * contract has both; several are told apart by their names. What a service needs is part of it where the other contract knows no such service.
 */
export function compareSubjects(base: Side<AvailabilityBody>, other: Side<AvailabilityBody>): readonly Difference[] {
  const [ours, theirs] = [judgedOf(base, other), judgedOf(other, base)]
  const [ourCount, theirCount] = [ours.length, theirs.length]
  const found: Difference[] = []
  if (!sameWhere(base.clause.where, other.clause.where))
    found.push({ way: 'unlike', why: 'the two look at other records' })
  for (const zone of sharedZones(base, other)) found.push(...comparePair(base, other, [zone], [zone]))
  if (ourCount === 1 && theirCount === 1 && !isAnother(base, other)) {
    return [...found, ...comparePair(base, other, ours, theirs)]
  }
  const [together, apart] = [base.clause.together, other.clause.together]
  const inside = ours.every(name => theirs.includes(name))
  const around = theirs.every(name => ours.includes(name))
  if (inside && around) {
    if (together !== apart) found.push({ way: 'unlike', why: 'services are judged together in one of the two' })
    return [...found, ...ours.flatMap(name => comparePair(base, other, [name], [name]))]
  }
  // One finding each: with more services there is more to keep.
  const single = together === undefined && apart === undefined && (inside || around)
  const why = `is about ${aboutText(theirs, other)}, the base about ${aboutText(ours, base)}`
  if (!single) return [...found, { way: 'unlike', why }]
  const shared = inside ? ours : theirs
  const pairs = shared.flatMap(name => comparePair(base, other, [name], [name]))
  return [...found, { way: inside ? 'stricter' : 'laxer', why }, ...pairs]
}

/**
 * What the two are taken for the same in, in words: services of other names, and what a service needs that the other
 * contract does not know.
 */
export function assumedOf(base: Side<AvailabilityBody>, other: Side<AvailabilityBody>): readonly string[] {
  const [ours, theirs] = [judgedOf(base, other), judgedOf(other, base)]
  const shared = ours.filter(name => theirs.includes(name)).map(name => [name, name] as const)
  const [own = '', its = ''] = [ours[0], theirs[0]]
  const zones = sharedZones(base, other).map(name => [name, name] as const)
  const isOne = ours.length === 1 && theirs.length === 1 && !isAnother(base, other)
  const pairs = [...zones, ...(isOne ? [[own, its] as const] : shared)]
  return pairs.flatMap(([one, two]) => [
    ...(one !== '' && two !== '' && one !== two ? [`${two} is taken for what ${one} is in the base`] : []),
    ...partsOf(base.contract, one, 'in the base', other.contract, two, 'here'),
    ...partsOf(other.contract, two, 'here', base.contract, one, 'in the base'),
  ])
}

/** Whether the one service of each has another name in the other contract, which also knows a service by that name. */
function isAnother(base: Side<AvailabilityBody>, other: Side<AvailabilityBody>): boolean {
  const [[own = ''], [its = '']] = [judgedOf(base, other), judgedOf(other, base)]
  return own !== its && (other.contract.services.has(own) || base.contract.services.has(its))
}

/** The services of both that must be down together. */
function sharedZones(base: Side<AvailabilityBody>, other: Side<AvailabilityBody>): readonly string[] {
  const theirs = other.clause.body['all-down'] ?? []
  return (base.clause.body['all-down'] ?? []).filter(name => theirs.includes(name))
}

function aboutText(names: readonly string[], { clause }: Side<AvailabilityBody>): string {
  if (names.length === 0) return `${(clause.body['all-down'] ?? []).join(', ')} at once`
  return names.map(name => name || 'one without a name').join(', ')
}

/** Without services that only this contract knows and that another one needs: what strikes them strikes that one too. */
function judgedOf({ clause, contract }: Side<AvailabilityBody>, against: Side<AvailabilityBody>): readonly string[] {
  const all = subjectsOf(clause, contract)
  // What is left out for one of the two need not be for the other.
  const excludes = (clause.body.excluding ?? []).length > 0
  if (clause.together !== undefined || excludes || !isPlainTime(clause.body)) return all
  const isPart = (name: string) =>
    !against.contract.services.has(name) &&
    all.some(one => one !== name && withNeeds(one, contract).includes(name) && !withNeeds(name, contract).includes(one))
  return all.filter(name => !isPart(name))
}

function partsOf(
  contract: Contract,
  own: string,
  there: string,
  against: Contract,
  its: string,
  here: string,
): readonly string[] {
  const unknown = withNeeds(own, contract)
    .slice(1)
    .filter(name => !against.services.has(name))
  if (unknown.length === 0) return []
  const [are, parts] = unknown.length === 1 ? ['is', 'a part'] : ['are', 'parts']
  return [
    `${unknown.join(' and ')}, which ${own} needs ${there}, ${are} taken for ${parts} of ${its || 'the service'} ${here}`,
  ]
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
