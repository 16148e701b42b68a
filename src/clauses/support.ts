import type { Clause } from '../contract/contract.ts'
import type { Reference } from '../model/clause-kind.ts'
import type { Findings } from '../model/finding.ts'
import { type AnyKind, type Context, type Judge, missingTypes } from './judge.ts'
import { hasUnstated, targetText } from './support/amounts.ts'
import { missingFinding } from './support/fixed.ts'
import { supportLints } from './support/lints.ts'
import { type Listed, listFindings, openFindings } from './support/list.ts'
import { supportManual } from './support/manual.ts'
import { planOf } from './support/plan.ts'
import { PROMISES, type SupportBody, supportSchema } from './support/schema.ts'

const NEEDS = { anyOf: [['ticket', 'ticket-change']], also: [] }

/** Times to respond to tickets, keep customers told and resolve them, by priority: one finding a ticket and promise. */
export const support: AnyKind = {
  kind: 'support',
  title: 'Support',
  manual: supportManual,
  schema: supportSchema,
  references: body => references(body as Partial<SupportBody>),
  lints: body => supportLints(body as SupportBody),
  judge: {
    needs: () => NEEDS,
    filters: clause => [clause.where],
    promise: promiseText,
    check,
    open: (clause, context) => openFindings(planOf(clause, context)),
    warnings: (clause, context) => listed(clause, context).warnings,
  } satisfies Judge<SupportBody>,
}

/** Of a clause with errors elsewhere too: then some fields are missing. */
function references({ calendar, priorities }: Partial<SupportBody>): readonly Reference[] {
  const out: Reference[] = calendar === undefined ? [] : [{ to: 'calendar', name: calendar, path: ['calendar'] }]
  for (const [priority, targets] of Object.entries(priorities ?? {})) {
    for (const promise of PROMISES) {
      const amount = targets[promise]
      if (typeof amount !== 'object' || !('byCalendar' in amount)) continue
      for (const { calendar } of amount.byCalendar) {
        out.push({ to: 'calendar', name: calendar, path: ['priorities', priority, promise, 'by-calendar', calendar] })
      }
    }
  }
  return out
}

/** `P1 respond ≤ 2h, resolve ≤ 4h · P2 respond ≤ 8h · P4 unstated`. */
function promiseText({ body }: Clause<SupportBody>): string {
  const { attainment, mean } = body
  const parts = Object.entries(body.priorities).map(([priority, targets]) => {
    const promises = PROMISES.flatMap(promise => {
      const amount = targets[promise]
      if (amount === undefined || amount === 'unstated') return []
      const openEnded = typeof amount === 'object' && 'byCalendar' in amount && hasUnstated(amount)
      return [`${promise} ${openEnded ? '' : '≤ '}${targetText(amount)}`]
    })
    return `${priority} ${promises.length === 0 ? 'unstated' : promises.join(', ')}`
  })
  if (attainment !== undefined) parts.unshift(`${attainment.text.replace('%', ' %').replace(/ +/g, ' ')} in time`)
  if (mean !== undefined) {
    for (const word of ['respond', 'workaround', 'resolve'] as const) {
      const amount = mean[word]
      if (amount !== undefined) parts.push(`mean ${word} ≤ ${targetText(amount)} a ${mean.window.text}`)
    }
  }
  return parts.join(' · ')
}

function check(clause: Clause<SupportBody>, context: Context): Findings {
  return listed(clause, context).findings
}

const known = new WeakMap<Context, Map<string, Listed>>()

/** Worked out once per audit: findings and warnings come from the same walk over the tickets. */
function listed(clause: Clause<SupportBody>, context: Context): Listed {
  const byClause = known.get(context) ?? new Map<string, Listed>()
  known.set(context, byClause)
  const found = byClause.get(clause.id) ?? judgeAll(clause, context)
  byClause.set(clause.id, found)
  return found
}

function judgeAll(clause: Clause<SupportBody>, context: Context): Listed {
  const plan = planOf(clause, context)
  const promised = promiseText(clause)
  if (missingTypes(NEEDS, context).length > 0) return { findings: [missingFinding(plan, promised)], warnings: [] }
  return listFindings(plan, promised)
}
