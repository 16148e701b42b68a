import type { Where } from '../model/where.ts'
import type { Side, Worst } from './rule.ts'
import { whereText } from './rules/duties/scope.ts'

/** What one clause says of a row of worst cases, by the key that its contract gives it. */
export interface Said {
  readonly side: Omit<Side, 'term'>
  readonly worst: Worst
}

/** Which records a worst case is about; unset: all. */
export interface Scope {
  readonly key: string
  readonly where: Where
  readonly services: readonly string[]
  readonly together: string
  readonly components?: readonly string[]
}

/** What is made for one record keeps all clauses about others of its kind: a backup, a control. */
const KEEPS_ALL: ReadonlySet<string> = new Set(['backup', 'control'])

export function keepsAll({ side }: Said): boolean {
  return KEEPS_ALL.has(side.clause.kind)
}

export function scopeOf(said: Said): Scope {
  const { key } = said.worst
  if (keepsAll(said)) return { key, where: [], services: [], together: '' }
  const { clause, contract } = said.side
  const { of, 'all-down': down } = clause.body as { readonly of?: unknown; readonly 'all-down'?: unknown }
  return {
    key,
    where: clause.where ?? [],
    services: [...(clause.services ?? contract.services.keys())].sort(),
    together: `${clause.together ?? ''} ${JSON.stringify(down ?? '')}`,
    ...(Array.isArray(of) && { components: of.map(String).sort() }),
  }
}

/** Whether `wide` is about every record that `narrow` is about. */
export function covers(wide: Scope, narrow: Scope, kind: string): boolean {
  if (wide.key !== narrow.key || wide.together !== narrow.together) return false
  const conditions = narrow.where.map(textOf)
  const filtered = wide.where.every(one => conditions.includes(textOf(one)))
  // With a filter a recovery may be one of what is no disaster, which the other is not about.
  if (kind === 'recovery' ? !filtered || wide.where.length !== narrow.where.length : !filtered) return false
  if (narrow.services.some(name => !wide.services.includes(name))) return false
  const of = wide.components
  return of === undefined || (narrow.components?.every(name => of.includes(name)) ?? false)
}

/** `only where queue is gold`, of all that is promised; nothing where one is about all records, or two share them. */
export function filterNotes(filters: readonly Where[]): readonly string[] {
  if (filters.length === 0 || filters.some(where => where.length === 0)) return []
  const shared = filters.some(where => filters.some(other => areAllOf(where, other)))
  if (shared) return []
  return [`only where ${[...new Set(filters.map(whereText))].join('; or ')}`]
}

/** Notes of a clause that tell its filter, which is told of all clauses together. */
export function withoutFilter(notes: readonly string[]): readonly string[] {
  return notes.filter(note => !/^only (where |\(where )/.test(note))
}

/** Whether every record is in one of the two. */
function areAllOf([a, ...more]: Where, [b, ...others]: Where): boolean {
  if (a === undefined || b === undefined || more.length > 0 || others.length > 0) return false
  return a.not !== b.not && textOf({ ...a, not: false }) === textOf({ ...b, not: false })
}

function textOf({ column, values, not }: Where[number]): string {
  return JSON.stringify([column, [...values].sort(), not])
}
