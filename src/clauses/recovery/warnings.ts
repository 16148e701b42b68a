import type { Diagnostic } from '../../model/diagnostic.ts'
import type { Origin } from '../../model/finding.ts'
import { nearest } from '../../model/nearest.ts'
import { placeText } from '../control/warnings.ts'
import { casesOf } from './cases.ts'
import { isOf, isServed, type RecoveryPlan } from './plan.ts'

/** Scopes that no scenario has, incidents that no row tells of, and restores that may be tests. */
export function recoveryWarnings(plan: RecoveryPlan): readonly Diagnostic[] {
  return [...unknownScopes(plan), ...unknownIncidents(plan), ...withoutPurpose(plan)]
}

function unknownScopes(plan: RecoveryPlan): readonly Diagnostic[] {
  const { scenarios } = plan.rules
  if (scenarios === undefined) return []
  const names = [...scenarios.keys()]
  const found = new Map<string, { count: number; origin: Origin }>()
  for (const { incident, restores } of casesOf(plan)) {
    const rows = restores.length === 0 && incident !== undefined ? [incident] : restores
    for (const { scope, origin } of rows) if (scope && !scenarios.has(scope)) count(found, scope, origin)
  }
  return [...found].map(([scope, { count: rows, origin }]) => ({
    code: 'unknown-scenario',
    severity: 'warning',
    message: `${plan.clause.id}: no scenario is named "${scope}": ${rowsText(rows)} ${placeText(origin, plan.context)}`,
    hint: hintOf(scope, names, `scenarios: ${names.join(', ')}`),
  }))
}

function unknownIncidents({ clause, context, rules }: RecoveryPlan): readonly Diagnostic[] {
  const { restores, incidents } = context.evidence
  const ids = new Set(incidents.map(({ id }) => id))
  const found = new Map<string, { count: number; origin: Origin }>()
  for (const { incident, purpose, component, origin } of restores) {
    if (purpose === 'test' || isOf(component, rules) === false) continue
    if (incident && !ids.has(incident)) count(found, incident, origin)
  }
  return [...found].slice(0, MOST).map(([id, { count: rows, origin }]) => ({
    code: 'unknown-incident',
    severity: 'warning',
    message: `${clause.id}: no incident is "${id}": ${rowsText(rows)} ${placeText(origin, context)}, judged by itself`,
    hint: hintOf(id, ids, 'give the incident, or leave the cell blank'),
  }))
}

const MOST = 8

function withoutPurpose(plan: RecoveryPlan): readonly Diagnostic[] {
  const { context, clause, rules } = plan
  const silent = context.evidence.restores.filter(
    restore =>
      restore.purpose === undefined && isOf(restore.component, rules) !== false && isServed(restore, plan) !== false,
  )
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

function count(found: Map<string, { count: number; origin: Origin }>, name: string, origin: Origin): void {
  const known = found.get(name)
  if (known === undefined) found.set(name, { count: 1, origin })
  else known.count++
}

function rowsText(rows: number): string {
  return rows === 1 ? '1 row, at' : `${rows} rows, first at`
}

function hintOf(name: string, known: Iterable<string>, otherwise: string): string {
  const meant = nearest(name, known)
  return meant === undefined ? otherwise : `did you mean ${meant}? ${otherwise}`
}
