import type { Finding } from '../../model/finding.ts'
import type { Interval } from '../../model/interval.ts'
import * as fixed from '../fixed.ts'
import { targetText } from './amounts.ts'
import type { Plan } from './plan.ts'
import { PROMISES } from './schema.ts'

const TYPES = ['ticket', 'ticket-change']

/** The one finding of a clause for which no tickets were supplied at all. */
export function missingFinding(plan: Plan, promised: string): Finding {
  return fixed.missingFinding(plan, promised, 'ticket', 'no ticket records supplied')
}

/** The one finding of a clause that saw no ticket in the period. */
export function emptyFinding(plan: Plan, promised: string): Finding {
  return fixed.noneFinding(plan, promised, 'no ticket in the period')
}

/** What is promised without a number. */
export function unstatedFindings(plan: Plan): readonly Finding[] {
  return [...plan.priorities].flatMap(([priority, targets]) =>
    PROMISES.flatMap(promise => {
      const target = targets[promise]
      if (target !== 'unstated') return []
      const text = `${priority} ${promise} ${targetText(target)}`
      const finding: Finding = {
        ...fixed.wholeFinding(plan, `/${priority}-${promise}`, text),
        promise,
        subject: priority,
        status: 'not-applicable',
        reason: 'no-number',
        observed: { unit: 'none', text: 'the text gives no number' },
        details: { priority },
      }
      return [finding]
    }),
  )
}

/** What the logs leave out: time that their coverage does not hold, and bad rows. */
export function gapFindings(plan: Plan, promised: string): readonly Finding[] {
  return [
    ...fixed.uncoveredFindings(plan, promised, TYPES, 'tickets'),
    ...fixed.badRowsFindings(plan, promised, TYPES, 'ticket'),
  ]
}

/** Whether every ticket of a window up to now is in the logs supplied. */
export function isCovered(window: Interval, windows: readonly Interval[], plan: Plan): boolean {
  return fixed.isCovered(window, windows, TYPES, plan)
}
