import type { Ticket } from '../../evidence/records.ts'
import type { Diagnostic } from '../../model/diagnostic.ts'
import type { Finding, Findings } from '../../model/finding.ts'
import { findingsOf, idsOf, joinFindings } from '../findings.ts'
import type { Context } from '../judge.ts'
import { makePlaces, type Place, type Places } from '../places.ts'
import { makeTallies } from '../tallies.ts'
import { attainmentFindings, countedOf } from './attainment.ts'
import { emptyFinding, gapFindings, unstatedFindings } from './fixed.ts'
import { judgeTicket } from './judge-ticket.ts'
import { makeMeans } from './mean.ts'
import { belongs, windowOf } from './membership.ts'
import type { Outcome } from './outcome.ts'
import { makeOwnIds, type OwnIds } from './own-ids.ts'
import type { Plan } from './plan.ts'
import { ticketFinding } from './ticket-finding.ts'
import { isAtRisk, marginOf } from './verdict.ts'
import { makeOddities } from './warnings.ts'

/** The findings of a clause, and what is to be said about its evidence. */
export interface Listed {
  readonly findings: Findings
  readonly warnings: readonly Diagnostic[]
}

/**
 * All findings of a clause. Of those on single tickets only their place is kept (which ticket, which of its verdicts):
 * each is made anew when it is asked for.
 */
export function listFindings(plan: Plan, promised: string): Listed {
  const { context, clause } = plan
  const { tickets } = context.evidence
  const { attainment } = clause.body
  const places = makePlaces()
  const tallies = attainment === undefined ? undefined : makeTallies(context.windows(attainment.per))
  const means = makeMeans(plan)
  const oddities = makeOddities(plan)
  const own = makeOwnIds(plan)
  for (let i = 0; i < tickets.count; i++) {
    const ticket = tickets.ticket(i)
    const outcomes = judgeTicket(ticket, plan)
    means?.add(i, ticket)
    if (outcomes.length > 0) oddities.see(ticket)
    for (const [slot, outcome] of outcomes.entries()) {
      if (tallies !== undefined) tallies.add(i, countedOf(outcome))
      else if (belongs(outcome, context.period)) {
        const place = placeOf(i, slot, outcome, context)
        own.see(places.count, place.prefix, ticket.id)
        places.add(place)
      }
    }
  }
  const single = ticketFindings(places, plan, context, own)
  const windowed =
    tallies === undefined
      ? (means?.findings() ?? [])
      : [...attainmentFindings(plan, tallies), ...(means?.findings() ?? [])]
  const fixed = [...unstatedFindings(plan), ...gapFindings(plan, promised)]
  own.settle(
    () => idsOf(single),
    [...windowed, ...fixed].map(({ id }) => id),
  )
  const empty = single.length === 0 && windowed.length === 0 && fixed.every(({ status }) => status !== 'unverified')
  const findings = joinFindings([single, windowed, empty ? [emptyFinding(plan, promised)] : [], fixed])
  return { findings, warnings: oddities.warnings() }
}

/** Findings on the single tickets of a clause whose own are of windows: those that still run or may run, in time or not. */
export function openFindings(plan: Plan): Findings {
  const { context, clause } = plan
  const { tickets } = context.evidence
  const places = makePlaces()
  if (clause.body.attainment === undefined) return ticketFindings(places, plan, context)
  for (let i = 0; i < tickets.count; i++) {
    for (const [slot, outcome] of judgeTicket(tickets.ticket(i), plan).entries()) {
      const { status, reason, timed } = outcome
      const open = status === 'unverified' && timed !== undefined && timed.verdict.stop === undefined
      const runs = open || status === 'pending' || (status === 'breached' && reason === 'overdue')
      if (runs && belongs(outcome, context.period)) places.add(placeOf(i, slot, outcome, context))
    }
  }
  return ticketFindings(places, plan, context)
}

/** The place of a ticket's outcome; objects of one shape, as a million of them are made. */
function placeOf(record: number, slot: number, outcome: Outcome, context: Context): Place {
  const { status, reason, timed, promise, priority } = outcome
  const verdict = timed?.verdict
  return {
    record,
    slot,
    prefix: promise === undefined ? '' : `${priority}-${promise}/`,
    status,
    reason,
    window: windowOf(outcome, context),
    margin: verdict === undefined ? undefined : marginOf(status, verdict),
    due: undefined,
    atRisk: verdict !== undefined && isAtRisk(status, verdict, context.riskPercent),
  }
}

function ticketFindings(places: Places, plan: Plan, { evidence }: Context, own?: OwnIds): Findings {
  // Findings are walked in order: the promises of a ticket follow each other.
  let last: { readonly index: number; readonly ticket: Ticket; readonly outcomes: readonly Outcome[] } | undefined
  const make = (place: number): Finding => {
    const index = places.record(place)
    if (last?.index !== index) {
      const ticket = evidence.tickets.ticket(index)
      last = { index, ticket, outcomes: judgeTicket(ticket, plan) }
    }
    const outcome = last.outcomes[places.slot(place)]
    if (outcome === undefined) throw new RangeError(`ticket ${last.ticket.id} has no such finding`)
    const finding = ticketFinding(outcome, last.ticket, plan)
    const id = own?.of(place, finding.id) ?? finding.id
    return id === finding.id ? finding : { ...finding, id }
  }
  return findingsOf(places.count, make, {
    // What still runs has more to tell: the due instant, and whether it is paused.
    outlines: () =>
      places.outlines((place, status, reason) =>
        status === 'pending' || status === 'unverified' || reason === 'overdue' ? make(place) : undefined,
      ),
    *ids() {
      let known = { index: -1, id: '' }
      for (let place = 0; place < places.count; place++) {
        const index = places.record(place)
        if (known.index !== index) known = { index, id: evidence.tickets.ticket(index).id }
        const id = `${plan.clause.id}/${places.prefix(place)}${known.id}`
        yield own?.of(place, id) ?? id
      }
    },
  })
}
