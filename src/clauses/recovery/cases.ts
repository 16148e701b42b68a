import type { Incident, Restore } from '../../evidence/backups/records.ts'
import type { Row } from '../../evidence/records.ts'
import { formatInstant } from '../../time/stamp.ts'
import { cellOf, fits, unknownColumns } from '../filter.ts'
import { isOf, isServed, lastOf, type RecoveryPlan } from './plan.ts'

/** Something that had to be recovered from: a disaster with its restores, or a restore in earnest by itself. */
export interface Case {
  /** Of the incident, else of the restore, else when that began. */
  readonly id: string
  readonly incident?: Incident
  /** In earnest, by their beginning; tests are none. */
  readonly restores: readonly Restore[]
  /** The scope of its restores, else of the incident. Several, or none: undefined. */
  readonly scenario: string | undefined
  /** Columns whose cells would say whether the clause is about it. */
  readonly columns: readonly string[]
  readonly notes: readonly string[]
}

/** All cases that the clause is about, or may be, at any time. */
export function casesOf(plan: RecoveryPlan): readonly Case[] {
  const { evidence } = plan.context
  const byKind = plan.clause.where?.some(({ column }) => column === 'kind') === true
  const restores = evidence.restores.filter(
    restore =>
      restore.purpose !== 'test' && isOf(restore.component, plan.rules) !== false && isServed(restore, plan) !== false,
  )
  const { owned, joined, alone } = assign(restores, evidence.incidents)
  const cases: Case[] = []
  const seen = new Set<string>()
  for (const incident of evidence.incidents) {
    const own = seen.has(incident.id) ? [] : (owned.get(incident.id) ?? [])
    seen.add(incident.id)
    const disaster = byKind || incident.kind === undefined || incident.kind === 'disaster'
    // What needed a restore in earnest is a case whatever it is called.
    if (!disaster && own.length === 0) continue
    const notes = [
      ...(byKind || incident.kind !== undefined ? [] : ['its kind is not known: taken as a disaster']),
      ...(own.some(one => joined.has(one))
        ? ['a restore that names no incident lies in it, and is taken as its own']
        : []),
    ]
    const found = caseOf(incident.id, incident, own, notes, plan)
    if (found !== undefined) cases.push(found)
  }
  for (const restore of alone) {
    const begun = restore.started ?? restore.requested
    const id = restore.id ?? (begun ? formatInstant(plan.context.zone, begun.earliest) : 'restore')
    const found = caseOf(id, undefined, [restore], [], plan)
    if (found !== undefined) cases.push(found)
  }
  return cases.sort((a, b) => begunAt(a) - begunAt(b))
}

/** The first stamp that is known of a case; epoch ms. */
export function begunAt({ incident, restores }: Case): number {
  const stamps = [
    ...(incident === undefined ? [] : [incident.occurred, incident.detected, incident.declared]),
    ...restores.flatMap(({ failure, requested, started }) => [failure, requested, started]),
  ]
  return stamps.reduce((least, at) => (at ? Math.min(least, at.earliest) : least), Number.POSITIVE_INFINITY)
}

/** Restores by the incident that they name, or lie in where they name none and only one is open. */
function assign(restores: readonly Restore[], incidents: readonly Incident[]) {
  const owned = new Map<string, Restore[]>()
  const joined = new Set<Restore>()
  const alone: Restore[] = []
  const known = new Set(incidents.map(({ id }) => id))
  for (const restore of restores) {
    const named = restore.incident
    let id = named !== undefined && named !== null && known.has(named) ? named : undefined
    // Whether one of no known purpose is in earnest is not known: it stays by itself.
    if (id === undefined && !named && restore.purpose === 'real') {
      const open = incidents.filter(incident => liesIn(restore, incident))
      id = open.length === 1 ? open[0]?.id : undefined
      if (id !== undefined) joined.add(restore)
    }
    if (id === undefined) alone.push(restore)
    else push(owned, id, restore)
  }
  return { owned, joined, alone }
}

function liesIn(restore: Restore, { occurred, recovered, kind }: Incident): boolean {
  const begun = restore.started ?? restore.requested
  if (!begun || !occurred || (kind !== undefined && kind !== 'disaster')) return false
  return occurred.earliest <= lastOf(begun) && (!recovered || begun.earliest <= lastOf(recovered))
}

function caseOf(
  id: string,
  incident: Incident | undefined,
  restores: readonly Restore[],
  notes: readonly string[],
  plan: RecoveryPlan,
): Case | undefined {
  const { where } = plan.clause
  const rows: readonly Row[] = [...(incident === undefined ? [] : [incident]), ...restores]
  const served = rows.map(row => isServed(row, plan))
  if (served[0] === false) return undefined
  const attributes = merged(
    rows,
    (where ?? []).map(({ column }) => column),
  )
  const fit = fits(where, { attributes })
  if (fit === false) return undefined
  const unknown = fit === undefined ? unknownColumns(where, { attributes }) : []
  const earnest = incident !== undefined || restores.some(({ purpose }) => purpose === 'real')
  const columns = [
    ...unknown,
    ...(served[0] === undefined ? ['service'] : []),
    ...(earnest ? [] : ['purpose']),
    ...(incident === undefined && restores.some(one => isOf(one.component, plan.rules) === undefined)
      ? ['component']
      : []),
  ]
  const scenario = scenarioOf(incident, restores)
  return { id, ...(incident !== undefined && { incident }), restores, scenario, columns, notes }
}

/** Of each column the cell of the incident, else of the first restore that has it. */
function merged(rows: readonly Row[], columns: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    columns.flatMap(column => {
      const cell = rows.map(row => cellOf(row, column)).find(text => text !== undefined)
      return cell === undefined ? [] : [[column, cell]]
    }),
  )
}

function scenarioOf(incident: Incident | undefined, restores: readonly Restore[]): string | undefined {
  const scopes = [...new Set(restores.flatMap(({ scope }) => (scope ? [scope] : [])))]
  return scopes.length === 0 ? incident?.scope : scopes.length === 1 ? scopes[0] : undefined
}

function push<Item>(lists: Map<string, Item[]>, key: string, item: Item): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [item])
  else list.push(item)
}
