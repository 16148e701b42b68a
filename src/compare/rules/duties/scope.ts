import type { Clause, Contract } from '../../../contract/contract.ts'
import type { Where } from '../../../model/where.ts'
import type { Side } from '../../rule.ts'
import { type Facet, isAlike, type Scope } from './facets.ts'

/** Which records the filters of two clauses leave, held against each other. */
export function whereScope(base: Side, other: Side): Scope {
  const [ofBase, ofOther] = [base.clause.where ?? [], other.clause.where ?? []]
  const isIn = (list: Where) => (one: Where[number]) => list.some(against => isAlike(one, against))
  const within = ofBase.every(isIn(ofOther))
  const covers = ofOther.every(isIn(ofBase))
  if (within && covers) return { covers, within }
  const text = (where: Where) => (where.length === 0 ? 'all rows' : `only rows where ${whereText(where)}`)
  const rule = `${text(ofOther)}, the base has ${text(ofBase)}`
  // With one filter the narrower, something lies between them.
  return { covers: covers || (within ? false : undefined), within: within || (covers ? false : undefined), rule }
}

/** Which services two clauses are about. Contracts that name them differently are taken for the same where they mean all. */
export function serviceScope(base: Side, other: Side): Scope {
  const [ofBase, ofOther] = [servicesOf(base), servicesOf(other)]
  const covers = ofOther.isAll || ofBase.names.every(name => ofOther.names.includes(name))
  const within = ofBase.isAll || ofOther.names.every(name => ofBase.names.includes(name))
  if (covers && within) return { covers, within }
  const rule = `services: ${ofOther.names.join(', ')}, the base has ${ofBase.names.join(', ')}`
  return { covers: covers || (within ? false : undefined), within: within || (covers ? false : undefined), rule }
}

/** Terms are no part of a promise: it is held against the other one while both last. */
export function termFacet(base: Side, other: Side): Facet {
  const isSame = isAlike(base.contract.term ?? {}, other.contract.term ?? {})
  return { atLeast: true, atMost: true, ...(!isSame && { rule: 'held against each other while both contracts last' }) }
}

/** `level is 1, kind is not test`. */
export function whereText(where: Where | undefined): string {
  return (where ?? [])
    .map(({ column, values, not }) => `${column} is ${not ? 'not ' : ''}${values.join(' or ')}`)
    .join(', ')
}

/** A text with the filter that it holds under. */
export function withFilter(text: string, where: Where | undefined): string {
  return where === undefined || where.length === 0 ? text : `${text} (where ${whereText(where)})`
}

/** Cells for the columns of both filters: such as fit both, and such as fit one only. */
export function cellVariants(base: Side, other: Side): readonly Readonly<Record<string, string>>[] {
  const [b, o] = [base.clause.where ?? [], other.clause.where ?? []]
  const variants = [
    { ...fitting(o), ...fitting(b) },
    { ...fitting(b), ...fitting(o) },
    { ...failing(o), ...fitting(b) },
    { ...failing(b), ...fitting(o) },
  ]
  return variants.filter((one, i) => variants.findIndex(against => isAlike(one, against)) === i)
}

/** The same with a service, where one of the two is about some only: one of both, then one that only one is about. */
export function rowVariants(base: Side, other: Side): readonly Readonly<Record<string, string>>[] {
  const variants = cellVariants(base, other)
  if (base.clause.services === undefined && other.clause.services === undefined) return variants
  const [first = {}, ...rest] = variants
  const [usual, ...apart] = serviceVariants(base, other).map(([service]) => (service === undefined ? {} : { service }))
  return [
    { ...first, ...usual },
    ...rest.map(one => ({ ...one, ...usual })),
    ...apart.map(one => ({ ...first, ...one })),
  ]
}

/**
 * The service that stands for all of a contract's where it is called otherwise in another contract: the first that no
 * other one needs. None for a clause about some of them only, which is told apart by their names.
 */
export function serviceOfAll(clause: Clause, contract: Contract): string | undefined {
  const all = [...contract.services.keys()]
  if (clause.services !== undefined && !all.every(name => clause.services?.includes(name))) return undefined
  const needed = new Set([...contract.services.values()].flatMap(({ needs }) => needs))
  return all.find(name => !needed.has(name)) ?? all[0]
}

/**
 * Service names for the rows of a log, each row once for each name: one that both know, else that of all, which the
 * other contract calls otherwise, else one of each; then one that only one of the clauses is about. No name where none
 * need be named.
 */
export function serviceVariants(base: Side, other: Side): readonly (readonly (string | undefined)[])[] {
  if (base.contract.services.size <= 1 && other.contract.services.size <= 1) return [[undefined]]
  const [b, o] = [servicesOf(base), servicesOf(other)]
  const shared = b.names.find(name => o.names.includes(name))
  if (shared === undefined) {
    const renamed = base.term.names.service !== undefined && other.term.names.service !== undefined
    return [renamed ? [base.term.names.service] : [b.names[0], o.names[0]]]
  }
  const apart = [
    o.isAll ? undefined : b.names.find(name => !o.names.includes(name)),
    b.isAll ? undefined : o.names.find(name => !b.names.includes(name)),
  ]
  return [[shared], ...apart.flatMap(name => (name === undefined ? [] : [[name]]))]
}

function servicesOf({ clause, contract }: Side) {
  const all = [...contract.services.keys()]
  const names = clause.services ?? all
  return { names, isAll: all.every(name => names.includes(name)) }
}

function fitting(where: Where): Record<string, string> {
  return Object.fromEntries(
    where.map(({ column, values, not }) => [column, not ? otherThan(values) : (values[0] ?? '')] as const),
  )
}

function failing(where: Where): Record<string, string> {
  return Object.fromEntries(
    where.map(({ column, values, not }) => [column, not ? (values[0] ?? '') : otherThan(values)] as const),
  )
}

function otherThan(values: readonly string[]): string {
  let name = 'other'
  while (values.includes(name)) name += '-2'
  return name
}
