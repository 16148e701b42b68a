import type { Ticket } from '../../evidence/records.ts'
import type { Moment } from '../../model/interval.ts'
import { fits, unknownColumns } from '../filter.ts'
import type { Outcome } from './outcome.ts'
import type { Plan } from './plan.ts'
import { isExact, type Life, lifeOf, type NoClock, type NotStarted, startOf } from './ticket-clocks.ts'
import type { ClockRules } from './timing.ts'

/** What a ticket's clocks come to; undefined: the clause does not see the ticket. */
export interface Clocks {
  readonly life: Life
  readonly opening: Moment
  readonly start: Moment
  readonly rules: ClockRules
  readonly zone: string | undefined
  /** Set where no clock runs from `start`, which is then the opening. */
  readonly idle: NotStarted | NoClock | undefined
}

/** The clocks of a ticket, or why they can't be told; undefined: the clause does not see the ticket. */
export function clocksOf(ticket: Ticket, plan: Plan): Clocks | Outcome | undefined {
  const { clause, context, services, promises } = plan
  const fit = fits(clause.where, ticket)
  if (fit === false) return undefined
  const nameless = services !== undefined && ticket.service === '' && !plan.oneService
  if (services !== undefined && ticket.service !== '' && !services.has(ticket.service)) return undefined

  const opening = openingOf(ticket, context.asOf)
  const life = lifeOf(ticket, plan.life, context.asOf)
  const whole = (reason: string, why: string, column?: string): Outcome => ({
    status: 'unverified',
    reason,
    start: opening,
    until: Number.POSITIVE_INFINITY,
    why,
    promises,
    life,
    column,
  })
  // Of what can't be told the clock starts with the opening at the earliest.
  const outside = outsideTerm(opening, plan)
  if (ticket.flaw !== undefined) return outside ? undefined : whole(ticket.flaw.reason, ticket.flaw.why)
  if (fit === undefined) {
    const columns = unknownColumns(clause.where, ticket).join(', ')
    const why = `not known whether the clause covers this ticket: no ${columns}`
    return outside ? undefined : whole('column-missing', why, columns)
  }
  if (nameless) {
    const why = 'not known whether the clause covers this ticket: no service'
    return outside ? undefined : whole('column-missing', why, 'service')
  }
  const zone = clause.body['customer-timezone'] === true ? ticket.customerTimezone : undefined
  if (clause.body['customer-timezone'] === true && (zone === undefined || zone === null)) {
    const column = zone === undefined ? 'customer_timezone' : undefined
    const why = 'the zone of the customer is not known, and the calendar runs in it'
    return outside ? undefined : whole('no-zone', why, column)
  }
  const rules = plan.rules(zone ?? undefined)
  if (rules === undefined) {
    return outside ? undefined : whole('no-zone', `the zone of the customer, "${zone}", is not a time zone`)
  }

  const start = startOf(life)
  const own = zone ?? undefined
  if (!('earliest' in start))
    return outside ? undefined : { life, opening, start: opening, rules, zone: own, idle: start }
  return outsideTerm(start, plan) ? undefined : { life, opening, start, rules, zone: own, idle: undefined }
}

/** The opening as far as it is known: without one some time before the first change, anywhere where rows disagree. */
function openingOf({ changes, flaw }: Ticket, asOf: number): Moment {
  const unknown = { earliest: Number.NEGATIVE_INFINITY, latest: asOf + 1 }
  if (flaw?.reason === 'repeated-id' || flaw?.reason === 'contradictory') return unknown
  const opened = changes.find(({ change }) => change === 'opened')
  if (opened !== undefined) return opened.at
  const first = changes.reduce((least, { at }) => Math.min(least, isExact(at) ? at.latest + 1 : at.latest), asOf + 1)
  return { ...unknown, latest: first }
}

function outsideTerm(start: Moment, { context }: Plan): boolean {
  const { term } = context.contract
  return start.latest < (term?.start ?? start.latest) || start.earliest >= (term?.end ?? Number.POSITIVE_INFINITY)
}
