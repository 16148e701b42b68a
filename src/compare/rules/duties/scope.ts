import { withNeeds } from '../../../clauses/judge.ts'
import type { Clause, Contract } from '../../../contract/contract.ts'
import type { Where } from '../../../model/where.ts'
import type { Side } from '../../rule.ts'
import { differs, type Facet, isAlike, type Scope } from './facets.ts'

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

/** Whether the filters of two clauses leave the same records. */
export function isSameWhere(base: Side, other: Side): boolean {
  const { covers, within } = whereScope(base, other)
  return covers === true && within === true
}

/**
 * Which services two clauses are about: by their names where two contracts share some that no other service needs, but
 * for those that the other contract does not know and that are merely needed by one it is held against. Contracts that
 * share none name them differently: there all stand for all, which is said.
 */
export function serviceScope(base: Side, other: Side): Scope {
  const [b, o] = [servicesOf(base), servicesOf(other)]
  const texts = [b.names.join(', ') || NAMELESS, o.names.join(', ') || NAMELESS] as const
  const isSame = b.names.length === o.names.length && b.names.every(name => o.names.includes(name))
  if (isSame) return { covers: true, within: true }
  const alike = `taken alike: all services of each (${texts.join('; ')})`
  const isNamed = shareNames(b, o)
  const [covers, within] = isNamed
    ? [leftOut(b, o).length === 0, leftOut(o, b).length === 0]
    : [
        o.isAll || b.names.every(name => o.names.includes(name)),
        b.isAll || o.names.every(name => b.names.includes(name)),
      ]
  if (covers && within) return { covers, within, rule: alike }
  const rule = differs('services', texts)
  // A log is in the names of the other contract there, so that it may not show the one that differs.
  const not = isNamed && !isRenamed(base, other) ? false : undefined
  return { covers: covers || not, within: within || not, rule }
}

const NAMELESS = 'one without a name'

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

/** The same with a service, where the two are not about the same: one of both, then one that only one is about. */
export function rowVariants(base: Side, other: Side): readonly Readonly<Record<string, string>>[] {
  const variants = cellVariants(base, other)
  const { covers, within } = serviceScope(base, other)
  if (base.clause.services === undefined && other.clause.services === undefined && covers && within) return variants
  const [first = {}, ...rest] = variants
  const [usual, ...apart] = serviceVariants(base, other).map(([service]) => (service === undefined ? {} : { service }))
  return [
    { ...first, ...usual },
    ...rest.map(one => ({ ...one, ...usual })),
    ...apart.map(one => ({ ...first, ...one })),
  ]
}

/**
 * The service that stands for all of a contract's where it is called otherwise in another contract: the one that no other
 * one needs. None where there are several, or the clause is not about it: these are told apart by their names.
 */
export function serviceOfAll(clause: Clause, contract: Contract): string | undefined {
  const [first, ...more] = topsOf(contract)
  return first !== undefined && more.length === 0 && (clause.services?.includes(first) ?? true) ? first : undefined
}

/**
 * Service names for the rows of a log, each row once for each name: one that both know, else that of all, which the
 * other contract calls otherwise, else one of each; then one that only one of the clauses is about. No name where none
 * need be named.
 */
export function serviceVariants(base: Side, other: Side): readonly (readonly (string | undefined)[])[] {
  if (base.contract.services.size <= 1 && other.contract.services.size <= 1) return [[undefined]]
  const [b, o] = [servicesOf(base), servicesOf(other)]
  if (shareNames(b, o)) {
    const shared = b.names.filter(name => o.names.includes(name))
    const apart = [leftOut(b, o)[0], leftOut(o, b)[0]].flatMap(name => (name === undefined ? [] : [[name]]))
    // A name that is not replaced in the log of the other contract is the plainer one.
    const plain = shared.find(name => name !== base.term.names.service) ?? shared[0]
    return plain === undefined ? apart : [[plain], ...apart]
  }
  if (base.term.names.service !== undefined && other.term.names.service !== undefined)
    return [[base.term.names.service]]
  const [ofBase, ofOther] = [b.tops[0] ?? b.names[0], o.tops[0] ?? o.names[0]]
  return [[ofBase, ofOther], ...(b.isAll && o.isAll ? [] : [[ofBase], [ofOther]])]
}

/** The services that a clause is about, and those that no other service of its contract needs. */
interface Services {
  readonly names: readonly string[]
  readonly known: readonly string[]
  readonly tops: readonly string[]
  /** Whether all of the contract's that no other needs are among the names. */
  readonly isAll: boolean
  readonly contract: Contract
}

function servicesOf({ clause, contract }: Side): Services {
  const known = [...contract.services.keys()]
  const names = clause.services ?? known
  const tops = topsOf(contract)
  return {
    names,
    known,
    tops: names.filter(name => tops.includes(name)),
    isAll: tops.every(one => names.includes(one)),
    contract,
  }
}

/** The services that no other one needs; all where each is needed. */
function topsOf({ services }: Contract): readonly string[] {
  const needed = new Set([...services.values()].flatMap(({ needs }) => needs))
  const tops = [...services.keys()].filter(name => !needed.has(name))
  return tops.length > 0 ? tops : [...services.keys()]
}

/** Whether two contracts call what they are about by the same names, at least in part. */
function shareNames(a: Services, b: Services): boolean {
  const [ofA, ofB] = [topsOf(a.contract), topsOf(b.contract)]
  if (ofA.length === 0 || ofB.length === 0) return false
  const isIn = (list: readonly string[]) => (name: string) => list.includes(name)
  return ofA.some(isIn(ofB)) || ofA.every(isIn(b.known)) || ofB.every(isIn(a.known))
}

/** What `a` is about and `b` is not, but for what `b` does not know and something else of `a` merely needs. */
function leftOut(a: Services, b: Services): readonly string[] {
  const needed = new Set(a.names.flatMap(name => withNeeds(name, a.contract).slice(1)))
  return a.names.filter(name => !b.names.includes(name) && (b.known.includes(name) || !needed.has(name)))
}

/** Whether a log is given to the other contract with another name for a service that it knows by its own. */
function isRenamed(base: Side, other: Side): boolean {
  const [from, to] = [base.term.names.service, other.term.names.service]
  return from !== undefined && to !== undefined && from !== to && other.contract.services.has(from)
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
