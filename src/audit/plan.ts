import type { AnyKind } from '../clauses/judge.ts'
import type { Clause, Contract } from '../contract/contract.ts'
import type { Where } from '../model/where.ts'
import { fitsPattern } from './pattern.ts'

/** What will be judged and what has to be read for it. */
export interface AuditPlan {
  readonly contract: Contract
  readonly clauses: readonly { readonly clause: Clause; readonly kind: AnyKind }[]
  /** Record types that the clauses ask for. */
  readonly types: ReadonlySet<string>
  /** Row filters that folded series are kept for, each once; `undefined` stands for all rows. */
  readonly filters: readonly (Where | undefined)[]
  /** Smallest pause between samples that any clause calls a gap, in ms, if one says so. */
  readonly maxGap?: number
  /** Components that the clauses name, each once. */
  readonly components: readonly string[]
}

/** Picks the clauses (`only` and `skip` are globs over ids) and loads their kinds. */
export async function planAudit(
  contract: Contract,
  kinds: Readonly<Record<string, () => Promise<AnyKind>>>,
  select: { readonly only?: readonly string[]; readonly skip?: readonly string[] } = {},
): Promise<AuditPlan> {
  const chosen = contract.clauses.filter(
    ({ id }) =>
      (select.only ?? ['*']).some(glob => fitsPattern(glob, id)) &&
      !(select.skip ?? []).some(glob => fitsPattern(glob, id)),
  )
  const clauses: { clause: Clause; kind: AnyKind }[] = []
  for (const clause of chosen) {
    const load = kinds[clause.kind]
    if (load !== undefined) clauses.push({ clause, kind: await load() })
  }
  const types = new Set<string>()
  const filters: (Where | undefined)[] = []
  const gaps: number[] = []
  const components = new Set<string>()
  for (const { clause, kind } of clauses) {
    const { anyOf, also, optional = [] } = kind.judge.needs(clause, contract)
    for (const type of [...anyOf.flat(), ...also, ...optional]) types.add(type)
    for (const where of kind.judge.filters(clause)) if (indexOfFilter(filters, where) < 0) filters.push(where)
    const gap = kind.judge.maxGap?.(clause)
    if (gap !== undefined) gaps.push(gap)
    for (const name of kind.judge.components?.(clause) ?? []) components.add(name)
  }
  const maxGap = gaps.length === 0 ? undefined : Math.min(...gaps)
  return { contract, clauses, types, filters, components: [...components], ...(maxGap !== undefined && { maxGap }) }
}

/** Filters are the same when they say the same. */
export function indexOfFilter(filters: readonly (Where | undefined)[], where: Where | undefined): number {
  const text = JSON.stringify(where)
  return filters.findIndex(one => JSON.stringify(one) === text)
}
