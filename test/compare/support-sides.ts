import fc from 'fast-check'
import { auditContract } from '../../src/audit/audit.ts'
import { planAudit } from '../../src/audit/plan.ts'
import { clauseKinds } from '../../src/clauses/index.ts'
import type { SupportBody } from '../../src/clauses/support/schema.ts'
import { verdictOf } from '../../src/compare/judge-log.ts'
import type { AnyRule, Candidate, Ordering, Owns, Side, Term, World } from '../../src/compare/rule.ts'
import { inNamesOf } from '../../src/compare/translate.ts'
import type { Clause, Contract } from '../../src/contract/contract.ts'
import { loadContract } from '../../src/contract/load.ts'
import type { Finding } from '../../src/model/finding.ts'
import type { Interval } from '../../src/model/interval.ts'
import { dayNumber } from '../../src/time/civil.ts'
import { startOfDay } from '../../src/time/local.ts'
import { makeZones } from '../../src/time/zone.ts'
import { evidenceOf, type Tables } from '../support/evidence.ts'

export const zones = makeZones()

/** The local year 2026 of a zone. */
export function yearOf(zone = 'Europe/Paris', year = 2026): World {
  const start = (of: number) => startOfDay(zones(zone), dayNumber(of, 1, 1))
  return { year, span: { start: start(year), end: start(year + 1) } }
}

/** A contract with one clause `c`, told as data: JSON is YAML. */
export function contractOf(clause: object, more: object = {}): Promise<Contract> {
  const data = {
    apiVersion: 'sla/v1',
    kind: 'Contract',
    id: 'x',
    timezone: 'Europe/Paris',
    ...more,
    clauses: { c: clause },
  }
  return loadContract({ file: 'c.yaml', bytes: new TextEncoder().encode(JSON.stringify(data)) }, clauseKinds, { zones })
}

export function sidesOf(contract: Contract, rule: AnyRule, id = 'c'): readonly Side<SupportBody>[] {
  const clause = contract.clauses.find(one => one.id === id) as Clause<SupportBody>
  return rule
    .terms(clause, contract)
    .map(term => ({ contract, clause, term, zone: zones(contract.timezone), label: contract.id, zones }))
}

export function sideOf(contract: Contract, rule: AnyRule, key: string, id = 'c'): Side<SupportBody> {
  const side = sidesOf(contract, rule, id).find(({ term }) => term.key === key)
  if (side === undefined)
    throw new Error(
      `no term ${key}: ${sidesOf(contract, rule, id)
        .map(({ term }) => term.key)
        .join(', ')}`,
    )
  return side
}

/**
 * What the auditor says of a log: the base's verdict and the other's, each by its own names. Nobody lets
 * pass what another finding that concerns the term refuses.
 */
export async function judged(rule: AnyRule, base: Side, other: Side, log: Candidate) {
  return [await judgedBy(rule, base, log), await judgedBy(rule, other, inNamesOf(log, base.term, other.term))] as const
}

async function judgedBy({ owns, concerns }: AnyRule, side: Side, log: Candidate) {
  const verdict = await verdictOf(side, log, owns)
  if (verdict !== 'met' || concerns === undefined) return verdict
  return (await verdictOf(side, log, concerns)) === 'breached' ? ('other' as const) : verdict
}

/** What rules and all candidates together come to: refuted where a candidate separates. */
export async function settled(rule: AnyRule, base: Side, other: Side, world: World) {
  const ordering: Ordering = rule.relate(base, other, world)
  const found: { breaches: 'base' | 'other'; log: Candidate }[] = []
  for (const log of rule.candidates(base, other, world)) {
    const [a, b] = await judged(rule, base, other, log)
    if (a === 'breached' && b === 'met' && !found.some(one => one.breaches === 'base'))
      found.push({ breaches: 'base', log })
    if (a === 'met' && b === 'breached' && !found.some(one => one.breaches === 'other'))
      found.push({ breaches: 'other', log })
  }
  return {
    ordering,
    found,
    weaker: found.some(one => one.breaches === 'base'),
    stronger: found.some(one => one.breaches === 'other'),
  }
}

/** What rules deny and no log shows; undefined: they deny nothing. */
export async function unshown(rule: AnyRule, { base, other, ordering }: Order, world: World) {
  const denied = new Set<'base' | 'other'>()
  if (ordering.atLeast === false) denied.add('base')
  if (ordering.atMost === false) denied.add('other')
  if (denied.size === 0) return undefined
  for (const log of rule.candidates(base, other, world)) {
    const [a, b] = await judged(rule, base, other, log)
    if (a === 'breached' && b === 'met') denied.delete('base')
    if (a === 'met' && b === 'breached') denied.delete('other')
    if (denied.size === 0) break
  }
  return [...denied]
}

/** The first of the logs made to separate two terms that refutes what rules prove of them. */
export async function refuted(rule: AnyRule, { base, other, ordering }: Order, world: World, most: number) {
  let tried = 0
  for (const log of rule.candidates(base, other, world)) {
    if (++tried > most) break
    const [a, b] = await judged(rule, base, other, log)
    const wrong =
      (ordering.atLeast === true && a === 'breached' && b === 'met') ||
      (ordering.atMost === true && a === 'met' && b === 'breached')
    if (wrong) return { log: log.story, rules: ordering.rules }
  }
  return undefined
}

/** Judges the clause `c` of contracts on log after log, by the auditor itself; what does not change is worked out once. */
export async function judgeOf(contracts: readonly Contract[]): Promise<(log: Log) => readonly (readonly Finding[])[]> {
  const plans = await Promise.all(contracts.map(contract => planAudit(contract, clauseKinds, { only: ['c'] })))
  const [first] = plans
  if (first === undefined) throw new Error('no contract')
  // One reading for all: it only depends on the names of services and on the columns that filters ask for.
  const reader = { ...first, filters: plans.flatMap(({ filters }) => filters) }
  const services = [...first.contract.services.keys()]
  return ({ tables, period, asOf }) => {
    const evidence = evidenceOf(tables, { asOf, plan: reader, services })
    return plans.map(plan => {
      const report = auditContract(plan, evidence, {
        period: { interval: period, text: '' },
        asOf,
        assumeComplete: new Set(),
        riskPercent: 90,
        zones,
        version: '',
      })
      return report.clauses.flatMap(({ findings }) => [...findings])
    })
  }
}

/** Rows by type; coverage is told for all of them. */
export interface Log {
  readonly tables: Tables
  readonly period: Interval
  readonly asOf: number
}

/**
 * Record by record, of findings on one log: whether some record breaches the first side's term while the second side's
 * finds it kept. Findings on windows are of all records together.
 */
export function refutes(owns: Owns, [term, first]: Judged, [against, second]: Judged, concerns: Owns = owns) {
  const left = first.filter(finding => owns(term, finding))
  const right = second.filter(finding => concerns(against, finding))
  const late = left.filter(({ status }) => status === 'breached')
  const bad = right.filter(({ status }) => status !== 'met' && status !== 'not-applicable')
  const windowed = [...left, ...right].some(({ id }) => /\/\d{4}(-\d\d|-Q\d)?$/.test(id))
  if (windowed)
    return { late: late.length, windowed, wrong: late.length > 0 && bad.length === 0 ? 'a window' : undefined }
  const known = new Set(bad.map(({ subject }) => subject))
  return { late: late.length, windowed, wrong: late.find(({ subject }) => !known.has(subject))?.subject }
}

export type Judged = readonly [term: Term, findings: readonly Finding[]]

type Drawn = Readonly<Record<string, fc.Arbitrary<unknown>>>

/**
 * Draws clauses that say little beside their body, and others that differ in one or two fields. Each field in turn is
 * the one that differs, beside each other one that both may say.
 */
export function pairsOf(kind: string, body: Drawn, fields: Drawn, count: number, seed: number) {
  const names = [...Object.keys(body), ...Object.keys(fields)]
  const some = (keys: readonly string[], from: object) => Object.entries(from).filter(([key]) => keys.includes(key))
  const all = { ...body, ...fields }
  const drawn = fc.record({
    base: fc.record(all),
    other: fc.record(all),
    said: fc.subarray(Object.keys(fields), { maxLength: 2 }),
    changed: fc.subarray(names, { maxLength: 1 }),
  })
  return fc.sample(drawn, { numRuns: count, seed }).map(({ base, other, said, changed }, i) => {
    const [first = '', beside = ''] = [names[i % names.length], names[Math.floor(i / names.length) % names.length]]
    const own = Object.fromEntries(some([...Object.keys(body), ...said, beside], base))
    const changes = Object.fromEntries(some([...(i % 3 === 0 ? changed : []), first], other))
    return [
      { kind, ...own },
      { kind, ...own, ...changes },
    ] as const
  })
}

/** Two terms that rules order, in one way at least. */
export interface Order {
  readonly base: Side<SupportBody>
  readonly other: Side<SupportBody>
  readonly ordering: Ordering
}

/** All pairs of terms of two contracts that `match`, as far as rules order them; by default those of one key. */
export function ordersOf(
  rule: AnyRule,
  contracts: readonly [Contract, Contract],
  world: World,
  match: (base: string, other: string) => boolean = (base, other) => base === other,
): readonly Order[] {
  const [ours, theirs] = contracts.map(contract => sidesOf(contract, rule))
  return (ours ?? []).flatMap(base =>
    (theirs ?? [])
      .filter(other => match(base.term.key, other.term.key))
      .map(other => ({ base, other, ordering: rule.relate(base, other, world) })),
  )
}

/** What findings of both on one log come to for all that is ordered; throws where they refute a rule. */
export function checkOrders(
  rule: AnyRule,
  orders: readonly Order[],
  ours: readonly Finding[],
  theirs: readonly Finding[],
  tables: Tables,
): Checked {
  const { owns, concerns } = rule
  if (owns === undefined) throw new Error('the rule says not which findings are its own')
  const sum = { proven: 0, late: 0, windowed: 0 }
  for (const { base, other, ordering } of orders) {
    const [a, b] = [[base.term, ours] as const, [other.term, theirs] as const]
    for (const [holds, left, right, who] of [
      [ordering.atLeast, a, b, 'base'],
      [ordering.atMost, b, a, 'other'],
    ] as const) {
      if (holds !== true) continue
      const found = refutes(owns, left, right, concerns)
      sum.proven++
      sum.late += found.late
      if (found.windowed) sum.windowed++
      if (found.wrong === undefined) continue
      const bodies = [base, other].map(({ clause, contract }) =>
        JSON.stringify({ ...clause.body, where: clause.where, services: clause.services, zone: contract.timezone }),
      )
      const said = ordering.rules.join('; ')
      const rows = JSON.stringify(tables)
      const keys = `${base.term.key} against ${other.term.key}`
      throw new Error(`${keys}: breaches the ${who} alone\n${said}\n${bodies.join('\n')}\n${found.wrong}\n${rows}`)
    }
  }
  return sum
}

/** Orders held against findings, those of them on windows, and breaches that could have refuted them. */
export interface Checked {
  readonly proven: number
  readonly late: number
  readonly windowed: number
}
