import { readFileSync } from 'node:fs'
import type { AvailabilityBody } from '../../src/clauses/availability/schema.ts'
import { clauseKinds } from '../../src/clauses/index.ts'
import { relationOf } from '../../src/compare/relations.ts'
import type { Candidate, Side, World, Worst } from '../../src/compare/rule.ts'
import { availabilityRule } from '../../src/compare/rules/availability.ts'
import { settle } from '../../src/compare/search.ts'
import { yearWorld } from '../../src/compare/year.ts'
import type { Clause } from '../../src/contract/contract.ts'
import { loadContract } from '../../src/contract/load.ts'
import { InputError } from '../../src/model/diagnostic.ts'
import { zones } from '../support/audit.ts'

export type Fields = Readonly<Record<string, unknown>>
export type AvailabilitySide = Side<AvailabilityBody>

export const paris: World = yearWorld(2026, zones('Europe/Paris'))
export const utc: World = yearWorld(2026, zones('UTC'))

/** The first availability clause of a contract. */
export async function sideOf(text: string): Promise<AvailabilitySide> {
  const bytes = new TextEncoder().encode(text)
  const contract = await loadContract({ file: 'contract.yaml', bytes }, clauseKinds, { zones }).catch(error => {
    if (error instanceof InputError)
      throw new Error(error.diagnostics.map(d => `${d.span?.line}: ${d.message}`).join('\n'))
    throw error
  })
  const clause = contract.clauses.find(one => one.kind === 'availability') as Clause<AvailabilityBody> | undefined
  if (clause === undefined) throw new Error('no availability clause')
  const [term] = availabilityRule.terms(clause, contract)
  if (term === undefined) throw new Error('no term')
  return { contract, clause, term, zone: zones(contract.timezone), label: contract.id, zones }
}

/** A contract with one availability clause; `fields` go over a plain 99.5 % a month, `envelope` over the rest. */
export function sideWith(fields: Fields = {}, envelope: Fields = {}): Promise<AvailabilitySide> {
  const { common = {}, ...body } = fields as { common?: Fields }
  return sideOf(
    JSON.stringify({
      apiVersion: 'sla/v1',
      kind: 'Contract',
      id: 'made',
      timezone: 'UTC',
      ...envelope,
      clauses: {
        uptime: {
          kind: 'availability',
          target: '99.5%',
          window: 'calendar month',
          'no-data': 'unknown',
          ...body,
          ...common,
        },
        ...((envelope.clauses as Fields | undefined) ?? {}),
      },
    }),
  )
}

export function founding(name: string): Promise<AvailabilitySide> {
  return sideOf(readFileSync(`examples/contracts/${name}.yaml`, 'utf8'))
}

/** The relation of `other` to `base` as it is shown, with who is breached by the logs found. */
export async function relation(base: AvailabilitySide, other: AvailabilitySide, world: World = utc) {
  const { atLeast, atMost, rules, found } = await settle(availabilityRule, base, other, world)
  return {
    relation: relationOf(atLeast === true, atMost === true),
    searched: atLeast === undefined || atMost === undefined,
    breaches: found.map(({ breaches }) => breaches),
    rules,
    logs: found.map(({ candidate }): Candidate => candidate),
  }
}

export function envelope(side: AvailabilitySide, world: World): ReadonlyMap<string, Worst> {
  return new Map(availabilityRule.envelope(side.clause, side, world).map(worst => [worst.key, worst]))
}
