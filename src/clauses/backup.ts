import type { Clause } from '../contract/contract.ts'
import { evidenceLines } from './backup/evidence-lines.ts'
import { backupLints } from './backup/lints.ts'
import { type Listed, listFindings } from './backup/list.ts'
import { backupManual } from './backup/manual.ts'
import { type Plan, planOf } from './backup/plan.ts'
import { rulesOf } from './backup/rules-of.ts'
import { type BackupBody, backupSchema } from './backup/schema.ts'
import { isStretches } from './backup/slots.ts'
import { backupText } from './backup/stated.ts'
import { backupWarnings } from './backup/warnings.ts'
import { missingFinding } from './fixed.ts'
import { type AnyKind, type Context, type Judge, missingTypes } from './judge.ts'

const NEEDS = {
  anyOf: [['backup', 'inventory']],
  also: [],
  optional: ['backup-copy', 'backup-deletion', 'verification', 'restore'],
}

/** Backups: how often, how long, how far back, where; findings of what was not kept, neighbours as one. */
export const backup: AnyKind = {
  kind: 'backup',
  title: 'Backup',
  manual: backupManual,
  schema: backupSchema,
  references: () => [],
  lints: body => backupLints(body as BackupBody),
  judge: {
    needs: () => NEEDS,
    filters: clause => [clause.where],
    components: ({ body }) => body.of ?? [],
    promise: ({ body }) => backupText(body, rulesOf(body)),
    check: (clause, context) => judged(clause, context).findings,
    spread: ({ body }, { promise = '' }) => (isStretches(promise, rulesOf(body)) ? 'stretches' : 'items'),
    evidence: (clause, context) => {
      const { plan, series } = judged(clause, context)
      return series.length === 0 ? [] : evidenceLines(plan, series)
    },
    warnings: (clause, context) => {
      const { plan, series, findings } = judged(clause, context)
      return series.length === 0 ? [] : backupWarnings(plan, series, findings)
    },
  } satisfies Judge<BackupBody>,
}

interface Judged extends Listed {
  readonly plan: Plan
}

const known = new WeakMap<Context, Map<string, Judged>>()

/** Worked out once per audit: findings, evidence and warnings rest on the same series. */
function judged(clause: Clause<BackupBody>, context: Context): Judged {
  const byClause = known.get(context) ?? new Map<string, Judged>()
  known.set(context, byClause)
  const found = byClause.get(clause.id) ?? judgeAll(planOf(clause, context))
  byClause.set(clause.id, found)
  return found
}

function judgeAll(plan: Plan): Judged {
  if (missingTypes(NEEDS, plan.context).length === 0) return { plan, ...listFindings(plan) }
  return {
    plan,
    findings: [missingFinding(plan, plan.promised, 'backup', 'no backup or inventory records supplied')],
    series: [],
  }
}
