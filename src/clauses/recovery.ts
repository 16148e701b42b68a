import type { Clause } from '../contract/contract.ts'
import type { Needs } from '../model/clause-kind.ts'
import type { Finding } from '../model/finding.ts'
import { makeIds, withOwnIds } from './control/labels.ts'
import { badRowsFindings, missingFinding, noneFinding, uncoveredFindings, wholeFinding } from './fixed.ts'
import { type AnyKind, type Context, type Judge, missingTypes } from './judge.ts'
import { caseFindings } from './recovery/case-finding.ts'
import { casesOf } from './recovery/cases.ts'
import { backupExposures } from './recovery/exposure.ts'
import { recoveryLints } from './recovery/lints.ts'
import { recoveryManual } from './recovery/manual.ts'
import { planOf, type RecoveryPlan } from './recovery/plan.ts'
import { type Promises, type RecoveryRules, rpoText, rtoText, rulesOf, rulesText } from './recovery/rules.ts'
import { sampleExposures } from './recovery/samples.ts'
import { type RecoveryBody, recoverySchema } from './recovery/schema.ts'
import { type Exposure, stretchFindings } from './recovery/stretches.ts'
import { recoveryWarnings } from './recovery/warnings.ts'

/** What may be lost and how long a restore may take: by incidents, by the backups there are, or by samples. */
export const recovery: AnyKind = {
  kind: 'recovery',
  title: 'Recovery',
  manual: recoveryManual,
  schema: recoverySchema,
  references: () => [],
  lints: body => recoveryLints(body as RecoveryBody),
  judge: {
    needs: ({ body }) => needsOf(rulesOf(body)),
    filters: clause => [clause.where],
    components: ({ body }) => body.of ?? [],
    promise: ({ body }) => rulesText(rulesOf(body)),
    check,
    spread: (_, { promise, details }) => (promise === 'rpo' && details?.case === undefined ? 'stretches' : undefined),
    warnings: (clause, context) => {
      const plan = planOf(clause, context)
      return hasCases(plan.rules) ? recoveryWarnings(plan) : []
    },
  } satisfies Judge<RecoveryBody>,
}

const CASE_TYPES = ['incident', 'restore'] as const
const BACKUP_TYPES = ['backup', 'inventory'] as const

function needsOf(rules: RecoveryRules): Needs {
  const measure = rules.rpo?.measure
  const isStated = rules.rpo?.amount !== undefined
  return {
    anyOf: [
      ...(hasCases(rules) ? [CASE_TYPES] : []),
      ...(measure === 'exposure' && isStated ? [BACKUP_TYPES] : []),
      ...(measure === 'samples' && isStated ? [['recovery-point']] : []),
    ],
    also: [],
    optional: measure === 'exposure' && isStated ? ['backup-copy', 'backup-deletion', 'verification', 'restore'] : [],
  }
}

/** Whether a number is promised that only cases can show to be kept. */
function hasCases(rules: RecoveryRules): boolean {
  return promisesOfCases(rules).some(([, slot, promises]) => promises[slot]?.amount !== undefined)
}

/** What only cases can show to be kept, for each scenario. */
function promisesOfCases(rules: RecoveryRules): readonly (readonly [name: string, 'rto' | 'rpo', Promises])[] {
  return [...(rules.scenarios ?? [['', rules] as const])].flatMap(([name, promises]) => {
    const { rto, rpo } = promises
    return [
      ...(rto === undefined ? [] : [[name, 'rto', promises] as const]),
      ...(rpo?.measure === 'incident' ? [[name, 'rpo', promises] as const] : []),
    ]
  })
}

function* check(clause: Clause<RecoveryBody>, context: Context): Iterable<Finding> {
  const plan = planOf(clause, context)
  const { rules, promised, period } = plan
  const missing = missingTypes(needsOf(rules), context)
  const isMissing = (type: string) => missing.some(group => group.includes(type))
  if (missing.length > 0 && missing.length === needsOf(rules).anyOf.length) {
    const names = missing.map(group => group.join(' or ')).join(', ')
    yield missingFinding(plan, promised, missing[0]?.[0] ?? 'incident', `no ${names} records supplied`)
    return
  }
  if (period.start >= period.end) {
    yield noneFinding(plan, promised, 'nothing owed in the period')
    return
  }
  const own = function* (): Iterable<Finding> {
    if (!hasCases(rules)) {
      for (const [name, slot, promises] of promisesOfCases(rules)) yield notExercised(slot, name, promises, plan)
    } else {
      if (isMissing('incident')) yield slotMissing('rto', CASE_TYPES.join(' or '), plan)
      else yield* ofCases(plan)
    }
    const measure = rules.rpo?.measure
    if (measure === undefined || measure === 'incident') return
    const type = measure === 'samples' ? 'recovery-point' : 'backup'
    if (rules.rpo?.amount !== undefined && isMissing(type))
      yield slotMissing('rpo', type === 'backup' ? BACKUP_TYPES.join(' or ') : type, plan)
    else yield* ofStretches(plan)
  }
  yield* withOwnIds(own())
}

function slotMissing(slot: string, types: string, plan: RecoveryPlan): Finding {
  return {
    ...wholeFinding(plan, `/${slot}`, plan.promised),
    promise: slot,
    status: 'unverified',
    reason: 'missing',
    observed: { unit: 'none', text: `no ${types} records supplied` },
    details: { missing: types.split(' ')[0] ?? types },
  }
}

function* ofCases(plan: RecoveryPlan): Iterable<Finding> {
  const { rules, promised, context } = plan
  const ids = makeIds()
  const exercised = new Set<string>()
  for (const one of casesOf(plan)) {
    for (const finding of caseFindings(one, ids(one.id), plan)) {
      exercised.add(`${rules.scenarios === undefined ? '' : (one.scenario ?? '')}/${finding.promise}`)
      yield finding
    }
  }
  for (const [name, slot, promises] of promisesOfCases(rules)) {
    if (!exercised.has(`${name}/${slot}`)) yield notExercised(slot, name, promises, plan)
  }
  const types = CASE_TYPES.filter(type => context.supplied(type))
  yield* uncoveredFindings(plan, promised, types, 'cases')
  yield* CASE_TYPES.flatMap(type => badRowsFindings(plan, promised, [type], type, `/bad-rows/${type}`))
}

function notExercised(slot: 'rto' | 'rpo', name: string, { rpo, rto }: Promises, plan: RecoveryPlan): Finding {
  const text = slot === 'rto' ? rto && rtoText(rto) : rpo && rpoText(rpo)
  const amount = slot === 'rto' ? rto?.amount : rpo?.amount
  const stated = amount !== undefined
  return {
    ...wholeFinding(plan, `/${slot}${name === '' ? '' : `/${name}`}`, text ?? plan.promised),
    promise: slot,
    subject: name,
    status: stated ? 'unverified' : 'not-applicable',
    reason: stated ? 'not-exercised' : 'no-number',
    observed: {
      unit: 'none',
      text: stated ? 'not exercised: no case in the period' : 'the text gives no number',
    },
  }
}

function* ofStretches(plan: RecoveryPlan): Iterable<Finding> {
  const { rules, promised } = plan
  const { rpo } = rules
  if (rpo === undefined) return
  const { amount, measure } = rpo
  if (amount === undefined) {
    const observed = { unit: 'none' as const, text: 'the text gives no number' }
    yield {
      ...wholeFinding(plan, '/rpo', rpoText(rpo)),
      promise: 'rpo',
      status: 'not-applicable',
      reason: 'no-number',
      observed,
    }
    return
  }
  const exposures: readonly Exposure[] =
    measure === 'samples' ? sampleExposures(rpo, amount, plan) : backupExposures(rpo, amount, plan)
  for (const one of exposures) yield* stretchFindings(one, exposures.length > 1, plan)
  const types = measure === 'samples' ? ['recovery-point'] : [...BACKUP_TYPES]
  yield* types.flatMap(type => badRowsFindings(plan, promised, [type], type, `/bad-rows/${type}`))
}
