import type { Side } from '../../rule.ts'
import { serviceScope, serviceVariants } from '../duties/scope.ts'
import { type Facet, open, SAME } from './facet.ts'
import { filterFacet } from './filters.ts'
import { isOf } from './scope-cells.ts'

/**
 * Whether two clauses see the same records: by their filters, and by the services that they are about. Where a share or a
 * mean is judged, records that are not late count as well, so that no order follows. Filters are left out where they are
 * held against each other elsewhere.
 */
export function scopeFacets(base: Side, other: Side, counted: boolean, isFiltered = true): readonly Facet[] {
  const { covers, within, rule } = serviceScope(base, other)
  const where = isFiltered ? filterFacet(base, other, counted) : SAME
  if (covers && within) return [where, rule === undefined ? SAME : { ...SAME, rule }]
  const said = rule ?? 'it covers other services'
  if (counted) return [where, open(said, false)]
  // Of a service that both are about a log shows all else.
  const [usual] = serviceVariants(base, other)
  const isShared = usual?.every(one => one === undefined || (isOf(base, one) && isOf(other, one))) ?? false
  return [where, { atLeast: covers, atMost: within, neutral: isShared, rule: said }]
}
