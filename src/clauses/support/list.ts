import type { Ticket } from '../../evidence/records.ts'
import type { Diagnostic } from '../../model/diagnostic.ts'
import type { Finding, Findings, Outline, Status } from '../../model/finding.ts'
import { findingsOf, joinFindings } from '../findings.ts'
import type { Context } from '../judge.ts'
import { attainmentFindings } from './attainment.ts'
import { emptyFinding, gapFindings, unstatedFindings } from './fixed.ts'
import { judgeTicket } from './judge-ticket.ts'
import { makeMeans } from './mean.ts'
import { belongs, windowOf } from './membership.ts'
import type { Outcome } from './outcome.ts'
import type { Plan } from './plan.ts'
import { makeTallies } from './tallies.ts'
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
  for (let i = 0; i < tickets.count; i++) {
    const ticket = tickets.ticket(i)
    const outcomes = judgeTicket(ticket, plan)
    means?.add(i, ticket)
    if (outcomes.length > 0) oddities.see(ticket)
    for (const [slot, outcome] of outcomes.entries()) {
      if (tallies !== undefined) tallies.add(i, outcome)
      else if (belongs(outcome, context.period)) places.add(i, slot, outcome, context)
    }
  }
  const single = ticketFindings(places, plan, context)
  const windowed =
    tallies === undefined
      ? (means?.findings() ?? [])
      : [...attainmentFindings(plan, tallies), ...(means?.findings() ?? [])]
  const fixed = [...unstatedFindings(plan), ...gapFindings(plan, promised)]
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
      if (runs && belongs(outcome, context.period)) places.add(i, slot, outcome, context)
    }
  }
  return ticketFindings(places, plan, context)
}

/** Where each finding on a single ticket comes from, and its outline, in columns. */
interface Places {
  readonly count: number
  add(ticket: number, slot: number, outcome: Outcome, context: Context): void
  ticket(index: number): number
  slot(index: number): number
  /** What stands before the ticket in the id of the finding. */
  prefix(index: number): string
  outlines(make: (index: number) => Finding): Iterable<Outline>
}

/** Beside the number of status and reason: the finding is at risk. */
const RISK = 1 << 15

/** Columns that double as they fill. Status and reason are one small number, the margin is NaN where there is none. */
function makePlaces(): Places {
  let size = 1024
  let tickets = new Uint32Array(size)
  let slots = new Uint8Array(size)
  let words = new Uint16Array(size)
  let names = new Uint16Array(size)
  let starts = new Float64Array(size)
  let ends = new Float64Array(size)
  let margins = new Float64Array(size)
  let count = 0
  const known: { readonly status: Status; readonly reason: string }[] = []

  function word(status: Status, reason: string): number {
    const at = known.findIndex(one => one.status === status && one.reason === reason)
    return at >= 0 ? at : known.push({ status, reason }) - 1
  }

  const prefixes: string[] = []

  function name({ promise, priority }: Outcome): number {
    const prefix = promise === undefined ? '' : `${priority}-${promise}/`
    const at = prefixes.indexOf(prefix)
    return at >= 0 ? at : prefixes.push(prefix) - 1
  }

  function grow(): void {
    size *= 2
    const [a, b, c, d, e, f, g] = [tickets, slots, words, starts, ends, margins, names]
    tickets = new Uint32Array(size)
    slots = new Uint8Array(size)
    words = new Uint16Array(size)
    names = new Uint16Array(size)
    starts = new Float64Array(size)
    ends = new Float64Array(size)
    margins = new Float64Array(size)
    tickets.set(a)
    slots.set(b)
    words.set(c)
    starts.set(d)
    ends.set(e)
    margins.set(f)
    names.set(g)
  }

  return {
    get count() {
      return count
    },
    add(ticket, slot, outcome, context) {
      const { riskPercent } = context
      if (count === size) grow()
      const { status, reason, timed } = outcome
      tickets[count] = ticket
      slots[count] = slot
      const verdict = timed?.verdict
      const window = windowOf(outcome, context)
      starts[count] = window.start
      ends[count] = window.end
      margins[count] = (verdict === undefined ? undefined : marginOf(status, verdict)) ?? Number.NaN
      const risky = verdict !== undefined && isAtRisk(status, verdict, riskPercent)
      words[count] = word(status, reason) | (risky ? RISK : 0)
      names[count] = name(outcome)
      count++
    },
    prefix: index => prefixes[names[index] ?? 0] ?? '',
    ticket: index => tickets[index] ?? 0,
    slot: index => slots[index] ?? 0,
    *outlines(make) {
      for (let i = 0; i < count; i++) {
        const code = words[i] ?? 0
        const said = known[code & ~RISK]
        // What still runs has more to tell: the due instant, and whether it is paused.
        if (
          said === undefined ||
          said.status === 'pending' ||
          said.reason === 'overdue' ||
          said.status === 'unverified'
        ) {
          yield make(i)
          continue
        }
        const outline: { -readonly [K in keyof Outline]: Outline[K] } = {
          status: said.status,
          reason: said.reason,
          window: { start: starts[i] ?? 0, end: ends[i] ?? 0 },
        }
        const margin = margins[i] ?? Number.NaN
        if (!Number.isNaN(margin)) outline.margin = { unit: 'ms', value: margin }
        if (code >= RISK) outline.atRisk = true
        yield outline
      }
    },
  }
}

function ticketFindings(places: Places, plan: Plan, { evidence }: Context): Findings {
  // Findings are walked in order: the promises of a ticket follow each other.
  let last: { readonly index: number; readonly ticket: Ticket; readonly outcomes: readonly Outcome[] } | undefined
  const make = (place: number): Finding => {
    const index = places.ticket(place)
    if (last?.index !== index) {
      const ticket = evidence.tickets.ticket(index)
      last = { index, ticket, outcomes: judgeTicket(ticket, plan) }
    }
    const outcome = last.outcomes[places.slot(place)]
    if (outcome === undefined) throw new RangeError(`ticket ${last.ticket.id} has no such finding`)
    return ticketFinding(outcome, last.ticket, plan)
  }
  return findingsOf(places.count, make, {
    outlines: () => places.outlines(make),
    *ids() {
      let known = { index: -1, id: '' }
      for (let place = 0; place < places.count; place++) {
        const index = places.ticket(place)
        if (known.index !== index) known = { index, id: evidence.tickets.ticket(index).id }
        yield `${plan.clause.id}/${places.prefix(place)}${known.id}`
      }
    },
  })
}
