import type { Clause } from '../../contract/contract.ts'
import type { Row } from '../../evidence/records.ts'
import type { Interval, Moment } from '../../model/interval.ts'
import type { Context } from '../judge.ts'
import { type RecoveryRules, rulesOf, rulesText } from './rules.ts'
import type { RecoveryBody } from './schema.ts'

/** What a recovery clause asks of the evidence, worked out once. */
export interface RecoveryPlan {
  readonly clause: Clause<RecoveryBody>
  readonly context: Context
  readonly rules: RecoveryRules
  readonly promised: string
  /** The part of the period that lies in the term. */
  readonly period: Interval
}

export function planOf(clause: Clause<RecoveryBody>, context: Context): RecoveryPlan {
  const { period, contract } = context
  const rules = rulesOf(clause.body)
  const start = Math.max(period.start, contract.term?.start ?? period.start)
  return {
    clause,
    context,
    rules,
    promised: rulesText(rules),
    period: { start, end: Math.max(start, Math.min(period.end, contract.term?.end ?? period.end)) },
  }
}

/** Whether the clause is about the service of a row; undefined where the row names none of several. */
export function isServed({ service }: Pick<Row, 'service'>, { clause, context }: RecoveryPlan): boolean | undefined {
  const { services } = clause
  if (services === undefined) return true
  if (service !== '') return services.includes(service)
  return context.contract.services.size <= 1 ? true : undefined
}

/** Whether the clause is about a component; blank is that of a clause that asks for one at most. */
export function isOf(component: string, { components }: RecoveryRules): boolean | undefined {
  if (components.length === 0 || component === 'all' || components.includes(component)) return true
  if (component !== '') return false
  return components.length === 1 ? true : undefined
}

/** The last instant that a moment can be: a day ends before the next midnight. */
export function lastOf({ earliest, latest }: Moment): number {
  return earliest === latest ? latest : latest - 1
}
