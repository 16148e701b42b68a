import type { ControlRules } from '../../../clauses/control/rules.ts'
import type { Contract } from '../../../contract/contract.ts'
import { DAY } from '../../../time/civil.ts'
import type { WindowFrame, WindowRule } from '../../../time/window.ts'
import type { Zone } from '../../../time/zone.ts'
import { offsetSpread, type Span, spanOf, spanThen } from '../duties/spans.ts'

/** For how long one performance is enough, tolerance included; undefined where it is not for a time. */
export function reachOf(rules: ControlRules, zone: Zone): Span | undefined {
  if (rules.form !== 'every' && rules.form !== 'valid-for') return undefined
  const span = spanOf(rules.amount, zone)
  return span === undefined ? undefined : spanThen(span, rules.tolerance)
}

/** The least and the most ms that windows have. */
export function windowLengths(per: WindowRule, zone: Zone): { readonly least: number; readonly most: number } {
  const spread = offsetSpread(zone)
  const days = (least: number, most: number) => ({ least: least * DAY - spread, most: most * DAY + spread })
  if (per.kind === 'rolling') return days(per.days, per.days)
  if (per.kind === 'term') return { least: 0, most: Number.POSITIVE_INFINITY }
  const unit = per.kind === 'calendar' ? per.unit : 'month'
  if (unit === 'month') return days(28, 31)
  return unit === 'quarter' ? days(89, 92) : days(365, 366)
}

export function frameOf({ term, fees }: Contract, zone: Zone): WindowFrame {
  return {
    zone,
    ...(term !== undefined && { term }),
    ...(fees?.billingDay !== undefined && { billingDay: fees.billingDay }),
  }
}
