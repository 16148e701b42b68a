import fc from 'fast-check'
import { clauseKinds } from '../../src/clauses/index.ts'
import type { SupportBody } from '../../src/clauses/support/schema.ts'
import { judgeLog, verdictOf } from '../../src/compare/judge-log.ts'
import type { AnyRule, Candidate, Ordering, Owns, Side, Term, World } from '../../src/compare/rule.ts'
import type { Clause, Contract } from '../../src/contract/contract.ts'
import { loadContract } from '../../src/contract/load.ts'
import type { Finding } from '../../src/model/finding.ts'
import { dayNumber } from '../../src/time/civil.ts'
import { startOfDay } from '../../src/time/local.ts'
import { makeZones } from '../../src/time/zone.ts'

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

/** What the auditor says of a log: the base's verdict and the other's. Names of priorities are those of both. */
export async function judged(rule: AnyRule, base: Side, other: Side, log: Candidate) {
  return [await verdictOf(base, log, rule.owns), await verdictOf(other, log, rule.owns)] as const
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

/** All findings of the clause `c` on a log of many records. */
export async function findingsOf(contract: Contract, log: Candidate): Promise<readonly Finding[]> {
  const report = await judgeLog(contract, 'c', log, zones)
  return report.clauses.flatMap(({ findings }) => [...findings])
}

/**
 * Record by record, of findings on one log: whether some record breaches the first side's term while the second side's
 * finds it kept. Findings on windows are of all records together.
 */
export function refutes(term: Term, owns: Owns, first: readonly Finding[], second: readonly Finding[]) {
  const [left, right] = [first, second].map(all => all.filter(finding => owns(term, finding))) as [Finding[], Finding[]]
  const late = left.filter(({ status }) => status === 'breached')
  const bad = right.filter(({ status }) => status !== 'met' && status !== 'not-applicable')
  const windowed = [...left, ...right].some(({ id }) => /\/\d{4}(-\d\d|-Q\d)?$/.test(id))
  if (windowed) return { late: late.length, wrong: late.length > 0 && bad.length === 0 ? 'a window' : undefined }
  const known = new Set(bad.map(({ subject }) => subject))
  return { late: late.length, wrong: late.find(({ subject }) => !known.has(subject))?.subject }
}

type Drawn = Readonly<Record<string, fc.Arbitrary<unknown>>>

/** Draws a clause that says little beside its body, and another one that differs in one or two fields. */
export function pairsOf(kind: string, body: Drawn, fields: Drawn) {
  const all = { ...body, ...fields }
  const some = (keys: readonly string[], from: object) => Object.entries(from).filter(([key]) => keys.includes(key))
  return fc
    .record({
      base: fc.record(all),
      other: fc.record(all),
      said: fc.subarray(Object.keys(fields), { maxLength: 3 }),
      changed: fc.subarray(Object.keys(all), { minLength: 1, maxLength: 2 }),
    })
    .map(({ base, other, said, changed }) => {
      const own = Object.fromEntries(some([...Object.keys(body), ...said], base))
      return [
        { kind, ...own },
        { kind, ...own, ...Object.fromEntries(some(changed, other)) },
      ] as const
    })
}

/** What all pairs of terms that rules order come to on many records; throws where one refutes a rule. */
export async function checkOrder(
  rule: AnyRule & { readonly owns?: Owns },
  contracts: readonly [Contract, Contract],
  log: Candidate,
  world: World,
): Promise<{ readonly proven: number; readonly late: number }> {
  const [a, b] = [await findingsOf(contracts[0], log), await findingsOf(contracts[1], log)]
  const { owns } = rule
  if (owns === undefined) throw new Error('the rule says not which findings are its own')
  let [proven, late] = [0, 0]
  for (const base of sidesOf(contracts[0], rule)) {
    const other = sidesOf(contracts[1], rule).find(({ term }) => term.key === base.term.key)
    if (other === undefined) continue
    const { atLeast, atMost } = rule.relate(base, other, world)
    for (const [holds, left, right, who] of [
      [atLeast, a, b, 'base'],
      [atMost, b, a, 'other'],
    ] as const) {
      if (holds !== true) continue
      const found = refutes(base.term, owns, left, right)
      proven++
      late += found.late
      if (found.wrong === undefined) continue
      const bodies = [base, other].map(({ clause, contract }) =>
        JSON.stringify({ ...clause.body, where: clause.where, zone: contract.timezone }),
      )
      const rows = log.rows
        .filter(({ id }) => found.wrong?.split(' ').includes(id ?? ''))
        .map(row => Object.values(row).join(' '))
      throw new Error(
        `${base.term.key}: breaches the ${who} alone\n${bodies.join('\n')}\n${found.wrong}\n${rows.join('\n')}`,
      )
    }
  }
  return { proven, late }
}
