import type { Clause } from '../contract/contract.ts'
import type { Needs } from '../model/clause-kind.ts'
import type { Finding } from '../model/finding.ts'
import { withOwnIds } from './control/labels.ts'
import { lastingFindings } from './control/lasting.ts'
import { controlLints } from './control/lints.ts'
import { controlManual } from './control/manual.ts'
import { type ControlPlan, planOf, type Series, seriesOf } from './control/plan.ts'
import { rulesOf, rulesText } from './control/rules.ts'
import { type ControlBody, controlSchema } from './control/schema.ts'
import { timesFindings } from './control/times.ts'
import { controlWarnings, unnamedControls } from './control/warnings.ts'
import { badRowsFindings, missingFinding, noneFinding, wholeFinding } from './fixed.ts'
import { type AnyKind, type Context, type Judge, missingTypes } from './judge.ts'

/** Recurring duties and attestations: one finding for each gap or window, or one that all was kept. */
export const control: AnyKind = {
  kind: 'control',
  title: 'Control',
  manual: controlManual,
  schema: controlSchema,
  references: () => [],
  lints: body => controlLints(body as ControlBody),
  judge: {
    needs: clause => needsOf(clause),
    filters: clause => [clause.where],
    promise: ({ body, id }) => rulesText(rulesOf(body, id)),
    check,
    spread: (_, { promise }) => (promise === 'times' ? undefined : 'stretches'),
    warnings: (clause, context) => controlWarnings(planOf(clause, context)),
  } satisfies Judge<ControlBody>,
}

function needsOf({ body, id }: Clause<ControlBody>): Needs {
  return { anyOf: [[rulesOf(body, id).type]], also: [] }
}

function* check(clause: Clause<ControlBody>, context: Context): Iterable<Finding> {
  const plan = planOf(clause, context)
  const { rules, promised } = plan
  const { type } = rules
  if (rules.form === 'unstated') {
    const observed = { unit: 'none' as const, text: 'the text gives no number' }
    yield { ...wholeFinding(plan, '', promised), status: 'not-applicable', reason: 'no-number', observed }
    return
  }
  if (missingTypes(needsOf(clause), context).length > 0) {
    yield missingFinding(plan, promised, type, `no ${type} records supplied`)
    return
  }
  yield* badRowsFindings(plan, promised, [type], type)
  if (isUnnamed(plan)) {
    const text = `no ${type} record is of ${rules.name}, and some are of controls that no clause names`
    const observed = { unit: 'none' as const, text }
    yield { ...wholeFinding(plan, '', promised), status: 'unverified', reason: 'no-record', observed }
    return
  }
  if (plan.period.start >= plan.period.end) {
    yield noneFinding(plan, promised, 'nothing owed in the period')
    return
  }
  const found = withOwnIds(seriesOf(plan).flatMap(series => [...findingsOf(plan, series)]))
  yield* found
  if (found.length > 0) return
  const observed = { unit: 'none' as const, text: 'nothing owed yet' }
  yield { ...wholeFinding(plan, '', promised), status: 'pending', reason: 'running', observed }
}

function findingsOf(plan: ControlPlan, series: Series): Iterable<Finding> {
  const { rules } = plan
  if (rules.form === 'times') return timesFindings(plan, rules, series)
  return rules.form === 'unstated' ? [] : lastingFindings(plan, rules, series)
}

/** Whether the log may mean this control by a name that no clause has: nothing can be said to be missing then. */
function isUnnamed({ rules, context }: ControlPlan): boolean {
  if (rules.type !== 'control' || context.evidence.controls.some(({ control }) => control === rules.name)) return false
  return unnamedControls(context).size > 0
}
