import { amountsAt, targetText } from '../../../clauses/support/amounts.ts'
import { hoursOf } from '../../../clauses/support/plan.ts'
import { type Amount, PROMISES, type PromiseWord, type SupportBody } from '../../../clauses/support/schema.ts'
import { type Allowance, allowanceOf, type ClockRules } from '../../../clauses/support/timing.ts'
import type { Clause, Contract } from '../../../contract/contract.ts'
import type { Clock } from '../../../time/clock.ts'
import type { Duration } from '../../../time/duration.ts'
import type { Owns, Side, Term } from '../../rule.ts'
import { clockOf } from './hours.ts'
import { serviceNames } from './scope-cells.ts'

/** One promise of a support clause: for one priority, or as the mean over all. */
export interface Promised {
  readonly word: PromiseWord
  readonly priority: string | undefined
  readonly amount: Amount
}

/** A promise with its clocks: what it allows a ticket whose clock starts at an instant. */
export interface Reading {
  readonly promised: Promised
  readonly rules: ClockRules
  /** Calendars that decide which amount holds. */
  readonly choosing: readonly Clock[]
  /** Undefined: no number holds there. */
  at(start: number): Allowed | undefined
}

/** `last`: the last instant in time if nothing pauses; it lies after `due` where the clock stands still from there on. */
export interface Allowed extends Allowance {
  readonly last: number
}

/** A term for each promise of each priority, and for each mean. */
export function supportTerms(clause: Clause<SupportBody>, contract: Contract): readonly Term[] {
  const { body } = clause
  const service = serviceNames(clause, contract)
  const terms = Object.entries(body.priorities).flatMap(([priority, targets]) =>
    PROMISES.flatMap((word): readonly Term[] => {
      const amount = targets[word]
      if (amount === undefined) return []
      return [
        {
          key: `support/${priority}/${word}`,
          name: `${priority} ${NAMES[word]}`,
          names: { priority, ...service },
          text: amount === 'unstated' ? amount : `${amountText(amount, body)}${shareText(body)}`,
          ...(isUnstated(amount) && { unstated: true as const }),
        },
      ]
    }),
  )
  const means = MEANS.flatMap((word): readonly Term[] => {
    const amount = body.mean?.[word]
    if (amount === undefined) return []
    const text = `${amountText(amount, body)} on average per ${body.mean?.window.text ?? 'window'}`
    return [{ key: `support/all/mean-${word}`, name: `mean time to ${NAMES[word]}`, names: service, text }]
  })
  return [...terms, ...means]
}

/** A finding on another priority or promise is not about a term; one that could not be told apart is about all. */
export const ownsTicket: Owns = ({ key, names }, { promise, details = {} }) => {
  const word = key.slice(key.lastIndexOf('/') + 1)
  if (promise !== undefined && promise !== word) return false
  return names.priority === undefined || details.priority === undefined || details.priority === names.priority
}

export function promisedOf({ clause: { body }, term: { key, names } }: Side<SupportBody>): Promised | undefined {
  const last = key.slice(key.lastIndexOf('/') + 1)
  const word = PROMISES.find(one => last === one || last === `mean-${one}`)
  if (word === undefined) return undefined
  if (names.priority === undefined) {
    const amount = word === 'update-every' || word === 'report' ? undefined : body.mean?.[word]
    return amount === undefined ? undefined : { word, priority: undefined, amount }
  }
  const amount = body.priorities[names.priority]?.[word]
  return amount === undefined ? undefined : { word, priority: names.priority, amount }
}

/** The promise with its clocks, in the zone of a customer where one is given. */
export function readingOf(side: Omit<Side<SupportBody>, 'term'>, promised: Promised, customer?: string): Reading {
  const { contract, zone, zones } = side
  const { body } = side.clause
  const own = body['customer-timezone'] === true ? customer : undefined
  const clocks = new Map<string, Clock>()
  const clock = (name: string): Clock => {
    const known = clocks.get(name)
    if (known !== undefined) return known
    const made = clockOf(contract, name, zones, own)
    clocks.set(name, made)
    return made
  }
  const rules: ClockRules = {
    calendar: clock(body.calendar),
    always: clock('always'),
    zone: own === undefined ? zone : zones(own),
    hours: hoursOf(body),
    businessDay: body['business-day'] ?? 'end-of-day',
  }
  const { amount } = promised
  const choosing = typeof amount === 'object' && 'byCalendar' in amount ? amount.byCalendar : []
  return {
    promised,
    rules,
    choosing: choosing.map(({ calendar }) => clock(calendar)),
    at(start) {
      const [found = 'unstated'] = amountsAt(amount, { earliest: start, latest: start }, clock)
      if (found === 'unstated') return undefined
      const allowance = allowanceOf(found, start, rules)
      return { ...allowance, last: allowance.clock.deadline(allowance.due, 0) }
    },
  }
}

/** Where the hours of both run in the zone of the customer: one that stands for all, so that they run in the same. */
export function sharedZone(base: Side<SupportBody>, other: Side<SupportBody>): string | undefined {
  const both = [base, other].every(({ clause }) => clause.body['customer-timezone'] === true)
  return both ? base.contract.timezone : undefined
}

/** The numbers that a promise may allow. */
export function numbersOf({ amount }: Promised): readonly Duration[] {
  if (amount === 'unstated') return []
  if (!('byCalendar' in amount)) return [amount]
  return [...amount.byCalendar.map(one => one.amount), amount.otherwise].filter(one => one !== 'unstated')
}

const NAMES: Readonly<Record<PromiseWord, string>> = {
  respond: 'respond',
  'update-every': 'update every',
  workaround: 'workaround',
  resolve: 'resolve',
  report: 'report',
}

const MEANS = ['respond', 'workaround', 'resolve'] as const

function isUnstated(amount: Amount): boolean {
  if (amount === 'unstated') return true
  return (
    'byCalendar' in amount &&
    [...amount.byCalendar, { amount: amount.otherwise }].every(one => one.amount === 'unstated')
  )
}

/** `2h of support hours`: with what it runs on, where its unit leaves that open. */
function amountText(amount: Amount, body: SupportBody): string {
  const text = targetText(amount)
  const elapsed = amount !== 'unstated' && 'unit' in amount && amount.unit === 'elapsed'
  if (!elapsed || body.calendar === 'always') return text
  if (hoursOf(body) === 'always') return `${text} around the clock`
  return `${text} of ${/hours?$/i.test(body.calendar) ? body.calendar : `${body.calendar} hours`}`
}

function shareText({ attainment }: SupportBody): string {
  return attainment === undefined ? '' : ` in ${attainment.text.trim()}`
}
