import type { Diagnostic } from '../model/diagnostic.ts'
import type { Contract } from './contract.ts'
import { diagnosticAt, nearestRange, type Path, type Source } from './diagnose.ts'

/** The keys that values lean on, and the names of the contract's own calendars. */
interface Envelope extends Pick<Contract, 'term' | 'fees' | 'businessDays'> {
  readonly calendars: readonly string[]
  /** Keys that are there but have errors of their own: nothing is said to be missing from them. */
  readonly unread: ReadonlySet<string>
}

/**
 * Errors for values that lean on a key of the envelope that isn't there: contract months on the term's start, billing
 * months on the billing day, `term` on both ends of it, business days outside `support` on `business-days`.
 */
export function checkNeeds(source: Source, value: unknown, path: Path, kind: string, envelope: Envelope): Diagnostic[] {
  const errors: Diagnostic[] = []
  const visit = (part: unknown, at: Path) => {
    if (typeof part !== 'object' || part === null) return
    const lack = lacking(part, kind, envelope)
    if (lack !== undefined) {
      errors.push(
        diagnosticAt(source, nearestRange(source, at), { code: 'missing-key', message: lack[0], hint: lack[1] }),
      )
      return
    }
    if (Array.isArray(part)) for (const [i, item] of part.entries()) visit(item, [...at, i])
    else for (const [key, inner] of Object.entries(part)) visit(inner, [...at, KEYS[key] ?? key])
  }
  visit(value, path)
  return errors
}

/** Fields whose name in the contract is written otherwise. */
const KEYS: Readonly<Record<string, string>> = { atLeast: 'at-least' }

function lacking(part: object, kind: string, envelope: Envelope): readonly [string, string] | undefined {
  const { term, fees, businessDays, calendars, unread } = envelope
  const shape = part as { readonly kind?: unknown; readonly unit?: unknown; readonly text?: unknown }
  if (shape.kind === 'contract-month' && !unread.has('term') && term?.start === undefined) {
    return ['contract months need `term: { from }`', 'say when the term begins']
  }
  if (shape.kind === 'billing-month' && !unread.has('fees') && fees?.billingDay === undefined) {
    return ['billing months need `fees: { billing-day }`', 'say on which day of the month bills begin']
  }
  if (shape.kind === 'term' && !unread.has('term') && (term?.start === undefined || term.end === undefined)) {
    return ['the window `term` needs `term: { from, to }`', 'say when the term begins and ends']
  }
  const business = (shape.unit === 'business-days' || shape.unit === 'business-time') && typeof shape.text === 'string'
  if (business && kind !== 'support' && !unread.has('business-days') && businessDays === undefined) {
    const [calendar] = calendars
    const hint =
      calendar === undefined
        ? 'declare a calendar, and name it at the top of the contract: business-days: CALENDAR'
        : `name the calendar of business days at the top of the contract: business-days: ${calendar}`
    return [`"${shape.text as string}" needs \`business-days\``, hint]
  }
  return undefined
}
