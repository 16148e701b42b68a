import type { SupportBody } from '../../../clauses/support/schema.ts'
import { type Facet, open, SAME } from './facet.ts'
import type { Promised } from './promise.ts'

/** One promise with the clause that it stands in. */
interface Said {
  readonly body: SupportBody
  readonly promised: Promised
}

/**
 * A resolution held against a workaround. What resolves a ticket ends the wait for a workaround too, so that whoever
 * keeps the first keeps the second; a workaround alone resolves nothing. Other promises that differ are not ordered.
 */
export function mixedFacet(base: Said, other: Said, settled: boolean): Facet {
  const sides = [base, other]
  const mean = sides.some(({ promised }) => promised.priority === undefined)
  const [own, their] = [base.promised.word, other.promised.word]
  if (own === their && (base.promised.priority === undefined) === (other.promised.priority === undefined)) return SAME
  const resolve = sides.find(({ promised }) => promised.word === 'resolve')
  const workaround = sides.find(({ promised }) => promised.word === 'workaround')
  if (mean || resolve === undefined || workaround === undefined) return open('the two promise different things', false)
  const { body } = resolve
  const reopen = body['on-reopen'] ?? 'continue'
  // Then both stop with the same change, and what comes after it matters to neither.
  if (body['workaround-counts'] === true && reopen === 'first-resolve') return SAME
  const covers =
    settled && reopen !== 'restart' && (reopen === 'first-resolve' || BEGINNINGS.has(body.from ?? 'opened'))
  // A ticket that is worked around at once and resolved far too late, where there is a number to be late for.
  const falls = PLAIN.has(body.from ?? 'opened') && sides.every(isNumber) ? false : undefined
  const rule =
    resolve === base
      ? 'a workaround is enough, where the base asks for a resolution'
      : 'it asks for a resolution, where a workaround is enough for the base'
  return resolve === base
    ? { atLeast: falls, atMost: covers || undefined, neutral: true, rule }
    : { atLeast: covers || undefined, atMost: falls, neutral: true, rule }
}

/** Clocks that begin with the ticket are stopped by whatever was recorded, others by what comes after their start only. */
const BEGINNINGS: ReadonlySet<string> = new Set(['opened', 'reported', 'responded'])

const PLAIN: ReadonlySet<string> = new Set(['opened', 'reported'])

function isNumber({ promised: { amount } }: Said): boolean {
  return amount !== 'unstated' && !('byCalendar' in amount)
}
