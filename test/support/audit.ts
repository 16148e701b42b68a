import { auditContract } from '../../src/audit/audit.ts'
import type { AuditOptions } from '../../src/audit/context.ts'
import { planAudit } from '../../src/audit/plan.ts'
import { clauseKinds } from '../../src/clauses/index.ts'
import { loadContract } from '../../src/contract/load.ts'
import type { Evidence } from '../../src/evidence/evidence.ts'
import { InputError } from '../../src/model/diagnostic.ts'
import type { Finding } from '../../src/model/finding.ts'
import type { Report } from '../../src/model/report.ts'
import { parsePeriod } from '../../src/time/period.ts'
import { makeZones } from '../../src/time/zone.ts'
import { evidenceOf, type Tables } from './evidence.ts'
import { ms } from './instants.ts'

export const zones = makeZones()

/** What to audit: YAML text or plain data as a contract, tables of cells as evidence, texts as on the command line. */
export interface Case {
  readonly contract: string | Readonly<Record<string, unknown>>
  readonly evidence: Tables
  readonly asOf: string | number
  /** `none` leaves it to the rows. */
  readonly period: string
  readonly assume?: readonly string[]
  readonly only?: readonly string[]
  readonly risk?: number
  readonly fullTimelines?: boolean
  readonly ignoreTerm?: boolean
  /** Lists what falls due by this instant too. */
  readonly upcoming?: string
  readonly passes?: Pick<AuditOptions, 'waivers' | 'baseline'>
  /** Last word on what was read. */
  readonly change?: (evidence: Evidence) => Evidence
}

export async function audit(given: Case): Promise<Report> {
  const text = typeof given.contract === 'string' ? given.contract : JSON.stringify(given.contract)
  const bytes = new TextEncoder().encode(text)
  const contract = await loadContract({ file: 'contract.yaml', bytes }, clauseKinds, { zones }).catch(explain)
  const plan = await planAudit(contract, clauseKinds, given.only === undefined ? {} : { only: given.only })
  const asOf = ms(given.asOf)
  const read = evidenceOf(given.evidence, { asOf, plan, services: [...contract.services.keys()] })
  const options: AuditOptions = {
    ...(given.period !== 'none' && { period: periodIn(given.period, contract.timezone) }),
    asOf,
    assumeComplete: new Set(given.assume ?? []),
    riskPercent: given.risk ?? 90,
    fullTimelines: given.fullTimelines ?? false,
    ignoreTerm: given.ignoreTerm ?? false,
    ...(given.upcoming !== undefined && { upcoming: ms(given.upcoming) }),
    ...given.passes,
    zones,
    version: '0.0.0',
  }
  return auditContract(plan, given.change?.(read) ?? read, options)
}

/** All findings of an audit, or of one clause. */
export async function findings(given: Case, clause?: string): Promise<readonly Finding[]> {
  const { clauses } = await audit(given)
  return clauses.filter(c => clause === undefined || c.id === clause).flatMap(c => [...c.findings])
}

/** The one finding there must be. */
export async function finding(given: Case, clause?: string): Promise<Finding> {
  const all = await findings(given, clause)
  const [only] = all
  if (only === undefined || all.length !== 1)
    throw new Error(`expected one finding, got ${all.map(f => f.id).join(', ') || 'none'}`)
  return only
}

export function byId(all: readonly Finding[], id: string): Finding {
  const found = all.find(f => f.id === id)
  if (found === undefined) throw new Error(`no finding ${id} among ${all.map(f => f.id).join(', ')}`)
  return found
}

function periodIn(text: string, timezone: string): { interval: { start: number; end: number }; text: string } {
  const interval = parsePeriod(text, zones(timezone))
  if ('problem' in interval) throw new Error(interval.problem)
  return { interval, text }
}

function explain(error: unknown): never {
  if (error instanceof InputError)
    throw new Error(error.diagnostics.map(d => `${d.span?.line}: ${d.message} ${d.hint ?? ''}`).join('\n'))
  throw error
}
