import { expect } from 'vitest'
import { verdictOf } from '../../src/compare/judge-log.ts'
import { relationOf } from '../../src/compare/relations.ts'
import type { AnyRule, Ordering, Side, Worst } from '../../src/compare/rule.ts'
import { type Settled, settle } from '../../src/compare/search.ts'
import { inNamesOf } from '../../src/compare/translate.ts'
import { yearWorld } from '../../src/compare/year.ts'
import type { Contract } from '../../src/contract/contract.ts'
import { contractOf, zones } from './fakes.ts'

type Data = Readonly<Record<string, unknown>>

/** Two clauses of one kind held against each other in contracts that share the rest. */
export interface Pair {
  readonly base: Data
  readonly other: Data
  /** Which term, where a clause has several: the end of its key. */
  readonly promise?: string
  readonly more?: Data
  readonly otherMore?: Data
  /** The component in whose row a promise about all backups stands. */
  readonly component?: string
}

export const PARIS = { timezone: 'Europe/Paris' }
export const YEAR = 2026

export async function sideOf(rule: AnyRule, id: string, fields: Data, more: Data = PARIS, promise = ''): Promise<Side> {
  const contract = await contractOf(id, { duty: { kind: rule.kind, ...fields } }, more)
  const [clause] = contract.clauses
  const term = clause && rule.terms(clause, contract).find(({ key }) => key.endsWith(promise))
  if (clause === undefined || term === undefined) throw new Error(`no term ${promise}`)
  return { contract, clause, term, zone: zones(contract.timezone), label: contract.id, zones }
}

export async function sidesOf(rule: AnyRule, pair: Pair) {
  const { base, other, promise, more = PARIS, otherMore = more, component } = pair
  return [
    inRowOf(component, await sideOf(rule, 'base', base, more, promise)),
    inRowOf(component, await sideOf(rule, 'other', other, otherMore, promise)),
  ] as const
}

/** A side as it stands in the row of one component. */
export function inRowOf(component: string | undefined, side: Side): Side {
  if (component === undefined) return side
  return { ...side, term: { ...side.term, names: { ...side.term.names, component } } }
}

export async function ruled(rule: AnyRule, pair: Pair): Promise<Ordering> {
  const [base, other] = await sidesOf(rule, pair)
  return rule.relate(base, other, yearWorld(YEAR, base.zone))
}

export async function settled(rule: AnyRule, pair: Pair): Promise<Settled> {
  const [base, other] = await sidesOf(rule, pair)
  return settle(rule, base, other, yearWorld(YEAR, base.zone))
}

/**
 * The relation of the other to the base. What is not proven has to be refuted by a log that the auditor itself calls a
 * breach of one and keeps with the other: `searched` lists what neither is.
 */
export async function relation(rule: AnyRule, pair: Pair): Promise<string> {
  const [base, other] = await sidesOf(rule, pair)
  const found = await settle(rule, base, other, yearWorld(YEAR, base.zone))
  for (const { breaches, candidate } of found.found) {
    const verdicts = [
      await verdictOf(base, candidate, rule.owns),
      await verdictOf(other, inNamesOf(candidate, base.term, other.term), rule.owns),
    ]
    expect(verdicts).toEqual(breaches === 'base' ? ['breached', 'met'] : ['met', 'breached'])
  }
  const shown = found.found.map(({ breaches }) => breaches)
  const open = [
    ...(found.atLeast !== true && !shown.includes('base') ? ['base'] : []),
    ...(found.atMost !== true && !shown.includes('other') ? ['other'] : []),
  ]
  const word = relationOf(found.atLeast === true, found.atMost === true)
  return open.length === 0 ? word : `${word}, no log breaches only ${open.join(' and ')}`
}

/** The worst that a clause permits, by key. */
export async function worst(
  rule: AnyRule,
  fields: Data,
  more: Data = PARIS,
  year = YEAR,
): Promise<Readonly<Record<string, Worst>>> {
  const contract: Contract = await contractOf('one', { duty: { kind: rule.kind, ...fields } }, more)
  const [clause] = contract.clauses
  if (clause === undefined) throw new Error('no clause')
  const zone = zones(contract.timezone)
  const rows = rule.envelope(clause, { contract, zone, label: contract.id, zones }, yearWorld(year, zone))
  return Object.fromEntries(rows.map(row => [row.key, row]))
}
