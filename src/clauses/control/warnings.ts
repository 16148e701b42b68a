import type { Clause } from '../../contract/contract.ts'
import type { Diagnostic } from '../../model/diagnostic.ts'
import type { Origin } from '../../model/finding.ts'
import { nearest } from '../../model/nearest.ts'
import type { Context } from '../judge.ts'
import type { ControlPlan } from './plan.ts'
import { rulesOf } from './rules.ts'
import type { ControlBody } from './schema.ts'

/** Controls in the log that no clause names, and rows that lack what this clause tells performances by. */
export function controlWarnings(plan: ControlPlan): readonly Diagnostic[] {
  return [...strangers(plan), ...restoresWithoutPurpose(plan), ...withoutSubject(plan)]
}

/** Names of controls in the log that no clause of the contract asks for, with how many rows have them. */
export function unnamedControls({
  contract,
  evidence,
}: Context): ReadonlyMap<string, { count: number; origin: Origin }> {
  const named = new Set(controlClauses(contract.clauses).map(nameOf))
  const found = new Map<string, { count: number; origin: Origin }>()
  for (const { control, origin } of evidence.controls) {
    if (named.has(control)) continue
    const known = found.get(control)
    if (known === undefined) found.set(control, { count: 1, origin })
    else known.count++
  }
  return found
}

function strangers({ clause, context }: ControlPlan): readonly Diagnostic[] {
  const clauses = controlClauses(context.contract.clauses)
  // Said once, by the first clause that reads the log.
  if (clauses.find(one => rulesOf(one.body, one.id).type === 'control') !== clauseIn(clauses, clause)) return []
  const wanted = clauses.filter(one => rulesOf(one.body, one.id).type === 'control').map(nameOf)
  const found = [...unnamedControls(context)]
  const shown = found.slice(0, MOST).map(([name, { count, origin }]): Diagnostic => {
    const meant = nearest(name, wanted)
    const rows = count === 1 ? '1 row, at' : `${count} rows, first at`
    return {
      code: 'unknown-control',
      severity: 'warning',
      message: `no clause names the control "${name}": ${rows} ${placeText(origin, context)}`,
      hint: `${meant === undefined ? '' : `did you mean ${meant}? `}controls: ${wanted.join(', ')}; a clause names one with of: ${JSON.stringify(name)}`,
    }
  })
  const rest = found.slice(MOST).reduce((sum, [, { count }]) => sum + count, 0)
  if (rest === 0) return shown
  const message = `no clause names ${found.length - MOST} more controls: ${rest} rows`
  return [...shown, { code: 'unknown-control', severity: 'warning', message, hint: 'is the name in another column?' }]
}

const MOST = 8

function restoresWithoutPurpose({ clause, rules, context }: ControlPlan): readonly Diagnostic[] {
  if (rules.type !== 'restore') return []
  const silent = context.evidence.restores.filter(({ purpose }) => purpose === undefined)
  const [first] = silent
  if (first === undefined) return []
  const rows = silent.length === 1 ? '1 restore does' : `${silent.length} restores do`
  return [
    {
      code: 'restore-purpose',
      severity: 'warning',
      message: `${clause.id}: ${rows} not say whether it was a test, first at ${placeText(first.origin, context)}`,
      hint: 'give the column purpose: test or real',
    },
  ]
}

function withoutSubject({ clause, rules, performances, context }: ControlPlan): readonly Diagnostic[] {
  if (!rules.perSubject) return []
  const silent = performances.filter(({ subject }) => subject === '')
  const [first] = silent
  if (first === undefined) return []
  const column = rules.type === 'restore' ? 'component' : 'subject'
  const rows = silent.length === 1 ? '1 row names' : `${silent.length} rows name`
  return [
    {
      code: 'no-subject',
      severity: 'warning',
      message: `${clause.id}: ${rows} no ${column}, first at ${placeText(first.origin, context)}: may be of any`,
      hint: `give the column ${column}, or leave per: subject out`,
    },
  ]
}

function controlClauses(clauses: readonly Clause[]): readonly Clause<ControlBody>[] {
  return clauses.filter(({ kind }) => kind === 'control') as readonly Clause<ControlBody>[]
}

function nameOf({ body, id }: Clause<ControlBody>): string {
  return rulesOf(body, id).name
}

function clauseIn(clauses: readonly Clause<ControlBody>[], clause: Clause): Clause<ControlBody> | undefined {
  return clauses.find(({ id }) => id === clause.id)
}

/** `controls.csv:12`. */
export function placeText(origin: Origin, { evidence }: Context): string {
  const file = evidence.inputs[origin.input]?.file ?? `input ${origin.input + 1}`
  if (origin.line !== undefined) return `${file}:${origin.line}`
  return origin.item === undefined ? file : `${file} record ${origin.item}`
}
