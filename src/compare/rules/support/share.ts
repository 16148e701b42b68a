import type { Contract, Percent } from '../../../contract/contract.ts'
import type { WindowRule } from '../../../time/window.ts'
import { alike, type Facet, open, SAME } from './facet.ts'

/** A share that must be in time in each window; undefined: every single one must. */
export interface Share {
  readonly value: Percent
  readonly per: WindowRule
  readonly text: string
}

/** How the shares of two clauses stand: a higher one, or none at all, is stricter. */
export function shareFacet(
  base: Share | undefined,
  other: Share | undefined,
  contracts: readonly [base: Contract, other: Contract],
): Facet {
  if (base === undefined && other === undefined) return SAME
  if (base === undefined || other === undefined) {
    const share = base ?? other
    const whole = share !== undefined && share.value.part >= share.value.of
    const rule =
      base === undefined
        ? `only ${other?.text.trim()} in time, the base each one`
        : `each one in time, the base only ${base.text.trim()}`
    const laxer = whole ? undefined : false
    return {
      atLeast: base === undefined ? laxer : true,
      atMost: base === undefined ? true : laxer,
      neutral: true,
      rule,
    }
  }
  const order = BigInt(other.value.part) * BigInt(base.value.of) - BigInt(base.value.part) * BigInt(other.value.of)
  const rule = `${other.text.trim()} in time, ${base.text.trim()} in the base`
  if (isSameWindow(base.per, other.per, contracts)) {
    return order === 0n ? SAME : { atLeast: order > 0n, atMost: order < 0n, neutral: true, rule }
  }
  const sameZone = contracts[0].timezone === contracts[1].timezone && alike(contracts[0].term, contracts[1].term)
  return {
    // What holds in each part of a window holds in all of it.
    atLeast: sameZone && order >= 0n && isPart(other.per, base.per) ? true : undefined,
    atMost: sameZone && order <= 0n && isPart(base.per, other.per) ? true : undefined,
    neutral: true,
    rule,
  }
}

/** Whether two windows are laid out alike: by the rule, and by all of the contract that it rests on. */
function isSameWindow(a: WindowRule, b: WindowRule, [base, other]: readonly [Contract, Contract]): boolean {
  if (!alike(a, b) || base.timezone !== other.timezone) return false
  if (a.kind === 'billing-month') return base.fees?.billingDay === other.fees?.billingDay
  return a.kind === 'calendar' || a.kind === 'rolling' || alike(base.term, other.term)
}

/** The same of a mean: no order between windows that differ. */
export function windowFacet(a: WindowRule, b: WindowRule, contracts: readonly [Contract, Contract]): Facet {
  return isSameWindow(a, b, contracts) ? SAME : open('the means are over other windows', true)
}

function isPart(part: WindowRule, whole: WindowRule): boolean {
  if (part.kind !== 'calendar' || whole.kind !== 'calendar' || part.unit === whole.unit) return false
  if (part.unit === 'month') return true
  return part.unit === 'quarter' && whole.unit === 'year' && ((whole.starting ?? 1) - (part.starting ?? 1)) % 3 === 0
}
