import type { MaintenanceBody } from '../../../clauses/maintenance/schema.ts'
import type { WindowRule } from '../../../time/window.ts'
import type { Side } from '../../rule.ts'
import { differs, type Facet, inZones, isAlike, sameFacet } from '../duties/facets.ts'
import { sameZone } from '../duties/spans.ts'

type Named = Side<MaintenanceBody>

/** Fewer pieces of work in each window; windows that make up others are counted together. */
export function numberFacets(base: Named, other: Named): readonly Facet[] {
  const [b, o] = [base.clause.body['at-most'], other.clause.body['at-most']]
  if (b === undefined || o === undefined) return [sameFacet('numbers', false)]
  const rule = differs('number', [b.text.trim(), o.text.trim()])
  if (!isSameFrame(b.per, o.per, base, other))
    return [inZones(sameFacet('windows', false, [b.text.trim(), o.text.trim()]), base.zone, other.zone, 'windows')]
  const [inBase, inOther] = [servicesTogether(base, other), servicesTogether(other, base)]
  return [
    {
      atLeast: inOther === undefined ? undefined : isFewer(o.count * inOther, o.per, b.count, b.per),
      atMost: inBase === undefined ? undefined : isFewer(b.count * inBase, b.per, o.count, o.per),
      rule,
    },
  ]
}

/** Whether at most `most` in each window of one kind leaves at most `count` in each of the other. */
function isFewer(most: number, per: WindowRule, count: number, of: WindowRule): boolean | undefined {
  if (isAlike(per, of)) return most <= count
  const times = windowsIn(of, per)
  if (times !== undefined) return most * times <= count
  return windowsIn(per, of) !== undefined ? most <= count : undefined
}

/** How many windows of one kind make up one of another; undefined: they do not. */
export function windowsIn(whole: WindowRule, part: WindowRule): number | undefined {
  if (whole.kind !== 'calendar' || part.kind !== 'calendar') return undefined
  const [months, of] = [MONTHS[whole.unit], MONTHS[part.unit]]
  const shift = Math.abs((whole.starting ?? 1) - (part.starting ?? 1))
  return months % of === 0 && shift % of === 0 ? months / of : undefined
}

const MONTHS = { month: 1, quarter: 3, year: 12 } as const

/** Windows of two contracts are alike where they have the same kind, and what they are laid out by is the same. */
export function isSameFrame(a: WindowRule, b: WindowRule, ofA: Side, ofB: Side): boolean {
  if (!sameZone(ofA.zone, ofB.zone)) return false
  if (a.kind === 'calendar' && b.kind === 'calendar') return true
  const frame = ({ contract }: Side) => [contract.term?.start, contract.term?.end, contract.fees?.billingDay]
  return isAlike(a, b) && (a.kind === 'rolling' || isAlike(frame(ofA), frame(ofB)))
}

/**
 * How many counts of a clause that counts each service by itself make up one that counts all together; undefined where
 * the two have other services.
 */
function servicesTogether(each: Named, all: Named): number | undefined {
  if (each.clause.together !== undefined || all.clause.together === undefined) return 1
  const [own, of] = [each, all].map(({ clause, contract }) => clause.services ?? [...contract.services.keys()])
  const shared = (of ?? []).filter(name => own?.includes(name))
  if (shared.length > 0) return shared.length
  return (of ?? []).length <= 1 ? 1 : undefined
}
