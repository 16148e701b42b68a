import type { Clause } from '../../../contract/contract.ts'
import type { Side } from '../../rule.ts'
import { alike, type Facet, open, SAME } from './facet.ts'

/**
 * Whether two clauses see the same records. One without a filter sees all that any other sees; where a share or a mean
 * is judged, records that are not late count as well, so that no order follows.
 */
export function scopeFacets(base: Side, other: Side, counted: boolean): readonly Facet[] {
  const where = seen(base.clause.where, other.clause.where, counted, 'the records that it covers are chosen otherwise')
  const single = base.contract.services.size <= 1 && other.contract.services.size <= 1
  if (single) return [where]
  const names = ({ services }: Clause) => (services === undefined ? undefined : [...services].sort())
  return [where, seen(names(base.clause), names(other.clause), counted, 'it covers other services')]
}

function seen(base: unknown, other: unknown, counted: boolean, rule: string): Facet {
  if (alike(base, other)) return SAME
  if (counted || (base !== undefined && other !== undefined)) return open(rule, false)
  return { atLeast: other === undefined || undefined, atMost: base === undefined || undefined, neutral: false, rule }
}
