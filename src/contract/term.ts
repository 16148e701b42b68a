import { MONTHS } from '../time/calendar.ts'
import { civilDate, DAY, dayNumber, pad2 } from '../time/civil.ts'
import { localDay, startOfDay, toLocal } from '../time/local.ts'
import { formatInstant } from '../time/stamp.ts'
import type { Zone } from '../time/zone.ts'
import type { Clause, Contract } from './contract.ts'

/** The dates between which a contract is in force. */
export type Term = NonNullable<Contract['term']>

/**
 * The contract as each of its clauses sees it when its dates are not heeded: in force throughout, but for what is laid
 * out by them. Contract months begin on the day of the month that they do, as from 1970; a window, a cap or a trigger
 * `term …` keeps both dates.
 */
export function withoutTerm(contract: Contract, zone: Zone): (clause: Clause) => Contract {
  const { term, ...always } = contract
  if (term === undefined || (term.start === undefined && term.end === undefined)) return () => contract
  const day = civilDate(localDay(zone, term.start ?? 0)).day
  // In January, which has every day: a later one is cut to the length of each month; see `isThroughout`.
  const months: Contract = { ...always, term: { start: startOfDay(zone, dayNumber(1970, 1, day)) } }
  return clause => {
    const rests = restsOn(clause, contract)
    return rests === 'dates' ? contract : rests === 'months' ? months : always
  }
}

/** Of 1970, in any zone. */
const FEBRUARY = 32 * DAY

/** What of the term a clause, or an exclusion that it names, is laid out by. */
function restsOn(clause: Clause, { exclusions }: Contract): 'dates' | 'months' | undefined {
  let found: 'dates' | 'months' | undefined
  const visit = (part: unknown): void => {
    if (typeof part === 'string' && /^term (?:start|end)$/.test(part)) found = 'dates'
    if (typeof part !== 'object' || part === null || found === 'dates') return
    const { kind } = part as { readonly kind?: unknown }
    if (kind === 'term') found = 'dates'
    else if (kind === 'contract-month') found = 'months'
    for (const inner of Object.values(part)) visit(inner)
  }
  visit(clause.body)
  const { excluding } = clause.body as { readonly excluding?: unknown }
  if (Array.isArray(excluding)) for (const name of excluding) visit(exclusions.get(name)?.cap?.per)
  return found
}

/** Whether a contract, as one of its clauses sees it without its dates, is in force throughout. */
export function isThroughout(term: Term | undefined): boolean {
  return term === undefined || (term.end === undefined && (term.start ?? 0) < FEBRUARY)
}

/** `1 Jan 2025 – 31 Dec 2026`, as a contract gives it: the last day is in force still. Blank without dates. */
export function termText({ start, end }: Term, zone: Zone): string {
  if (start !== undefined && end !== undefined) return `${startText(start, zone)} – ${endText(end, zone)}`
  if (start !== undefined) return `from ${startText(start, zone)}`
  return end === undefined ? '' : `until ${endText(end, zone)}`
}

function startText(at: number, zone: Zone): string {
  const day = localDay(zone, at)
  return startOfDay(zone, day) === at ? dateText(day) : timeText(at, zone)
}

function endText(at: number, zone: Zone): string {
  const last = localDay(zone, at - 1)
  return startOfDay(zone, last + 1) === at ? dateText(last) : timeText(at, zone)
}

function dateText(day: number): string {
  const { year, month, day: date } = civilDate(day)
  const name = MONTHS[month - 1] ?? ''
  return `${date} ${name.slice(0, 1).toUpperCase()}${name.slice(1, 3)} ${year}`
}

/** With the offset, which an instant in the contract has too. */
function timeText(at: number, zone: Zone): string {
  const minute = Math.floor((toLocal(zone, at) % DAY) / 60_000)
  const time = `${pad2(Math.floor(minute / 60))}:${pad2(minute % 60)}`
  return `${dateText(localDay(zone, at))} ${time}${formatInstant(zone, at).replace(/^.*?(?=Z$|[+-]\d\d:\d\d$)/, '')}`
}
