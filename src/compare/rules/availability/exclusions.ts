import type { AvailabilityBody } from '../../../clauses/availability/schema.ts'
import { servicesOf } from '../../../clauses/judge.ts'
import type { MaintenanceBody } from '../../../clauses/maintenance/schema.ts'
import type { Clause, Contract, Exclusion, Hours, Notice } from '../../../contract/contract.ts'
import type { Where } from '../../../model/where.ts'
import { sameClock } from './clocks.ts'
import { hoursOf, type Party, provenYears } from './frame.ts'

/** How what one promise leaves out stands to what another does, whatever the evidence. */
export type Left = 'same' | 'more' | 'less' | 'other'

/** The exclusions that a clause names, as its contract defines them. */
export function exclusionsOf(contract: Contract, body: AvailabilityBody): readonly Exclusion[] {
  return (body.excluding ?? []).flatMap(name => contract.exclusions.get(name) ?? [])
}

/** What `other` leaves out against what `base` does. */
export function compareExclusions(base: Party, other: Party): Left {
  const [ours, theirs] = [base, other].map(party => exclusionsOf(party.contract, party.body))
  if (ours === undefined || theirs === undefined) return 'other'
  const inside = ours.every(one => theirs.some(two => isWithin(one, two, base, other)))
  const around = theirs.every(two => ours.some(one => isWithin(two, one, other, base)))
  if (inside) return around ? 'same' : 'more'
  return around ? 'less' : 'other'
}

/** Whether all that `narrow` leaves out, `wide` leaves out too: each of its conditions holds there as well. */
function isWithin(narrow: Exclusion, wide: Exclusion, ours: Party, theirs: Party): boolean {
  if (narrow.event !== wide.event) return false
  const same = sameConditions(narrow, wide, ours, theirs)
  if (same && sameCap(narrow, wide, ours, theirs)) return true
  if (wide.cap !== undefined) {
    // Which time a cap takes in depends on all that there is to take in.
    return same && capWindows(narrow, wide, ours, theirs) && (narrow.cap?.ms ?? Number.POSITIVE_INFINITY) <= wide.cap.ms
  }
  return (
    (wide.where === undefined || sameWhere(narrow.where, wide.where)) &&
    (wide.cause === undefined || (narrow.cause?.every(cause => wide.cause?.includes(cause)) ?? false)) &&
    (wide.kept === undefined || sameKept(narrow.kept, wide.kept, ours, theirs)) &&
    (wide.notice === undefined ||
      (narrow.notice !== undefined && asksMore(narrow.notice, wide.notice, ours, theirs))) &&
    (wide.inside === undefined || sameHours(narrow.inside, wide.inside, ours, theirs)) &&
    (wide.outside === undefined || sameHours(narrow.outside, wide.outside, ours, theirs)) &&
    (narrow.overrun === wide.overrun || wide.overrun === 'excluded')
  )
}

function sameConditions(a: Exclusion, b: Exclusion, ours: Party, theirs: Party): boolean {
  return (
    a.event === b.event &&
    a.overrun === b.overrun &&
    sameWhere(a.where, b.where) &&
    sameValue(a.cause && [...a.cause].sort(), b.cause && [...b.cause].sort()) &&
    sameKept(a.kept, b.kept, ours, theirs) &&
    sameNotice(a.notice, b.notice, ours, theirs) &&
    sameHours(a.inside, b.inside, ours, theirs) &&
    sameHours(a.outside, b.outside, ours, theirs)
  )
}

function sameCap(a: Exclusion, b: Exclusion, ours: Party, theirs: Party): boolean {
  if (a.cap === undefined || b.cap === undefined) return a.cap === b.cap
  return a.cap.ms === b.cap.ms && capWindows(a, b, ours, theirs)
}

/** Whether the caps run over the same windows. */
function capWindows(a: Exclusion, b: Exclusion, ours: Party, theirs: Party): boolean {
  if (a.cap === undefined || b.cap === undefined) return true
  return (
    sameValue(a.cap.per, b.cap.per) &&
    sameClock(ours.zone, theirs.zone) &&
    sameValue(ours.contract.term, theirs.contract.term) &&
    ours.contract.fees?.billingDay === theirs.contract.fees?.billingDay
  )
}

function sameKept(a: string | undefined, b: string | undefined, ours: Party, theirs: Party): boolean {
  if (a === undefined || b === undefined) return a === b
  const [one, two] = [keptClause(a, ours.contract), keptClause(b, theirs.contract)]
  if (one === undefined || two === undefined) return false
  const { notice: ourNotice, inside: ourInside, outside: ourOutside, ...ourRest } = one.body
  const { notice: theirNotice, inside: theirInside, outside: theirOutside, ...theirRest } = two.body
  return (
    sameWhere(one.where, two.where) &&
    one.together === two.together &&
    sameServices(servicesOf(one, ours.contract), servicesOf(two, theirs.contract)) &&
    sameValue(ourRest, theirRest) &&
    (ourRest['at-most'] === undefined || sameClock(ours.zone, theirs.zone)) &&
    sameNotice(ourNotice, theirNotice, ours, theirs) &&
    sameHours(ourInside, theirInside, ours, theirs) &&
    sameHours(ourOutside, theirOutside, ours, theirs)
  )
}

/** One service each is the same one, whatever it is called. */
function sameServices(a: readonly string[], b: readonly string[]): boolean {
  return (a.length === 1 && b.length === 1) || sameValue([...a].sort(), [...b].sort())
}

export function keptClause(id: string | undefined, contract: Contract): Clause<MaintenanceBody> | undefined {
  return contract.clauses.find(clause => clause.id === id) as Clause<MaintenanceBody> | undefined
}

function sameNotice(a: Notice | undefined, b: Notice | undefined, ours: Party, theirs: Party): boolean {
  if (a === undefined || b === undefined) return a === b
  return (
    amountOf(a) === amountOf(b) &&
    a.whenLongerThan === b.whenLongerThan &&
    sameCalendar(a.during, b.during, ours, theirs) &&
    sameReckoning(a, ours, theirs)
  )
}

/** At least as much notice, for all work that the other asks it for. */
function asksMore(more: Notice, less: Notice, ours: Party, theirs: Party): boolean {
  if (sameNotice(more, less, ours, theirs)) return true
  if (more.atLeast?.unit !== 'elapsed' || less.atLeast?.unit !== 'elapsed') return false
  return (
    more.atLeast.ms >= less.atLeast.ms &&
    (more.whenLongerThan ?? -1) <= (less.whenLongerThan ?? -1) &&
    (more.during === undefined || sameCalendar(more.during, less.during, ours, theirs))
  )
}

function amountOf({ atLeast }: Notice): string {
  if (atLeast === undefined) return 'unstated'
  const { text: _, ...amount } = atLeast
  return JSON.stringify(amount)
}

/** What days and business time are counted by. */
function sameReckoning({ atLeast }: Notice, ours: Party, theirs: Party): boolean {
  if (atLeast === undefined || atLeast.unit === 'elapsed') return true
  if (!sameClock(ours.zone, theirs.zone)) return false
  return atLeast.unit === 'calendar' || sameBusinessDays(ours, theirs)
}

function sameHours(a: Hours | undefined, b: Hours | undefined, ours: Party, theirs: Party): boolean {
  if (a === undefined || b === undefined) return a === b
  if ('calendar' in a && 'calendar' in b) return sameCalendar(a.calendar, b.calendar, ours, theirs)
  if ('calendar' in a || 'calendar' in b) return false
  return sameValue(a.recurring, b.recurring) && sameClock(ours.zone, theirs.zone)
}

/** Open at the same times in all years of proof, whatever they are called. */
function sameCalendar(a: string | undefined, b: string | undefined, ours: Party, theirs: Party): boolean {
  if (a === undefined || b === undefined) return a === b
  const years = provenYears(ours.zone)
  return sameValue(hoursOf(a, ours, years), hoursOf(b, theirs, years))
}

/** Business days are told by the dates that they open on too. */
function sameBusinessDays(ours: Party, theirs: Party): boolean {
  const [a, b] = [ours.contract, theirs.contract].map(({ businessDays, calendars }) =>
    calendars.get(businessDays ?? 'always'),
  )
  const [one, two] = [ours.zones(a?.zone ?? 'UTC'), theirs.zones(b?.zone ?? 'UTC')]
  if (!sameClock(one, two) || !sameValue(a?.week, b?.week)) return false
  return sameCalendar(ours.contract.businessDays ?? 'always', theirs.contract.businessDays ?? 'always', ours, theirs)
}

/** Whether two filters let the same rows through, in whatever order they say it. */
export function sameWhere(a: Where | undefined, b: Where | undefined): boolean {
  const [one, two] = [a, b].map(where =>
    (where ?? []).map(({ column, values, not }) => JSON.stringify([column, not, [...new Set(values)].sort()])).sort(),
  )
  return sameValue(one, two)
}

export function sameValue(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
