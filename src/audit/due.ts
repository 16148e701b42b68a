import { amountsAt } from '../clauses/support/amounts.ts'
import { hoursOf } from '../clauses/support/plan.ts'
import {
  type Amount,
  PROMISES,
  type PromiseWord,
  type StatedAmount,
  type SupportBody,
} from '../clauses/support/schema.ts'
import { amountText, type ClockRules } from '../clauses/support/timing.ts'
import type { Clause, Contract } from '../contract/contract.ts'
import type { Due } from '../model/due.ts'
import { ALWAYS } from '../time/calendar.ts'
import { type Clock, makeClock } from '../time/clock.ts'
import type { Zone } from '../time/zone.ts'
import { zoneOfCalendar } from './calendar.ts'
import { type DueQuestion, dueSteps } from './due-steps.ts'

/** A promise of a support clause. */
export interface PromiseRef {
  readonly priority: string
  readonly promise: PromiseWord
}

/** The promises of a support clause, in the order of the contract. */
export function promisesOf(body: SupportBody): readonly PromiseRef[] {
  return Object.entries(body.priorities).flatMap(([priority, targets]) =>
    PROMISES.filter(promise => targets[promise] !== undefined).map(promise => ({ priority, promise })),
  )
}

/** When each of the promises is due; `zone` is the customer's, where the clause counts in it. */
export function duesOf(
  contract: Contract,
  clause: Clause<SupportBody>,
  promises: readonly PromiseRef[],
  question: DueQuestion,
  zones: (name: string) => Zone,
  zone?: string,
): readonly Due[] {
  const { body } = clause
  const clock = (name: string): Clock => {
    const rule = contract.calendars.get(name) ?? ALWAYS
    return makeClock(rule, zones(zone ?? zoneOfCalendar(contract, rule)))
  }
  const rules: ClockRules = {
    calendar: clock(body.calendar),
    always: clock('always'),
    zone: zones(zone ?? contract.timezone),
    hours: hoursOf(body),
    businessDay: body['business-day'] ?? 'end-of-day',
  }
  return promises.map(({ priority, promise }): Due => {
    const amount = body.priorities[priority]?.[promise] ?? 'unstated'
    const at = { earliest: question.start, latest: question.start }
    const [stated = 'unstated'] = amountsAt(amount, at, clock)
    const shared = {
      clause: clause.id,
      priority,
      promise,
      from: startOf(promise, body),
      start: question.start,
      timezone: rules.calendar.zone.name,
    }
    const depends = typeof amount === 'object' && 'byCalendar' in amount
    const notes = [
      ...(depends ? [`the amount goes by the hour of the start: ${choiceText(amount)}`] : []),
      ...promiseNotes(promise, stated, body),
    ]
    if (stated === 'unstated') return { ...shared, amount: 'unstated', counted: [], notCounted: [], notes }
    const { on, ...steps } = dueSteps(stated, rules, question)
    return {
      ...shared,
      timezone: on === 'always' ? rules.zone.name : shared.timezone,
      amount: amountText(stated),
      clock: on === 'always' ? 'always' : body.calendar,
      ...steps,
      notes,
    }
  })
}

/** `30min in core, 4h otherwise`. */
function choiceText(amount: Amount): string {
  if (amount === 'unstated') return 'unstated'
  if (!('byCalendar' in amount)) return amountText(amount)
  const parts = amount.byCalendar.map(one => `${choiceText(one.amount)} in ${one.calendar}`)
  return [...parts, `${choiceText(amount.otherwise)} otherwise`].join(', ')
}

/** The event that starts the clock of a promise. */
function startOf(promise: PromiseWord, body: SupportBody): string {
  if (promise === 'report') return 'resolved'
  if (promise === 'update-every') return 'responded or updated'
  return body.from ?? 'opened'
}

function promiseNotes(promise: PromiseWord, amount: StatedAmount, body: SupportBody): readonly string[] {
  if (amount === 'unstated') return ['the text states no number: never due, never judged']
  const out: string[] = []
  if (promise === 'report') out.push('a report is counted from the resolution: the start given is taken as that')
  if (promise === 'update-every') {
    out.push('each update is counted from the response or the update before: the start given is taken as that')
  }
  if (amount.unit === 'calendar') out.push('days and longer run on the wall clock: the same local time')
  if (amount.unit === 'business-days' && body['business-day'] === undefined) {
    out.push('business-day is not said in the contract: end-of-day is the default')
  }
  if (amount.unit === 'elapsed' && body.clock === undefined && body.calendar !== 'always') {
    out.push('clock is not said in the contract: hours run on the calendar by default')
  }
  return out
}
