import { auditContract } from '../audit/audit.ts'
import type { AuditOptions as Settings } from '../audit/context.ts'
import { fitsPattern } from '../audit/pattern.ts'
import { type AuditPlan, planAudit } from '../audit/plan.ts'
import { clauseKinds } from '../clauses/index.ts'
import type { Contract } from '../contract/contract.ts'
import { InputError } from '../model/diagnostic.ts'
import type { Interval } from '../model/interval.ts'
import type { Report } from '../model/report.ts'
import { makeZones } from '../time/zone.ts'
import {
  asOfChoice,
  badOption,
  checkTypes,
  type Instant,
  periodChoice,
  unknownName,
  upcomingChoice,
} from './choices.ts'
import type { LoadedEvidence } from './evidence.ts'
import { readSource, type Source } from './sources.ts'
import { VERSION } from './version.ts'

export interface AuditOptions {
  /**
   * `2026`, `2026-Q2`, `2026-05`, `2026-05-03`, `DATE..DATE` (last day included), `INSTANT..INSTANT` (end excluded), or
   * [start, end) in epoch ms. If absent, from the first to the last dated row.
   */
  readonly period?: string | Interval
  /** That of the evidence if absent; another one is an error, for later rows were not read. */
  readonly asOf?: Instant
  /** Globs over the ids of clauses: only those that match, none of those that match. */
  readonly only?: readonly string[]
  readonly skip?: readonly string[]
  /** Record types of which nothing else happened: `maintenance`. */
  readonly assumeComplete?: readonly string[]
  /** Percent of an allowance from which it is at risk; 90 if absent. */
  readonly risk?: number
  /** What falls due so long after asOf is listed too: `24h`, `7 days`. */
  readonly upcoming?: string
  /** Breaches that are let pass: a waiver file (YAML or JSON). */
  readonly waivers?: Source
  /** What was breached in it is known, not new: an earlier JSON or NDJSON report on the same contract. */
  readonly baseline?: Source
  /** Clauses are judged as if the contract were in force throughout, but for what is laid out by its dates. */
  readonly ignoreTerm?: boolean
  /** Every step of what was met is told as well. */
  readonly fullTimelines?: boolean
}

/**
 * Judges the clauses of a contract by evidence that was read for it. The report depends on nothing but the arguments.
 * Rejects with an InputError: options, waivers or baseline that can't be used, no period stated and no dated row.
 */
export async function audit(contract: Contract, evidence: LoadedEvidence, options: AuditOptions = {}): Promise<Report> {
  if (evidence.contract !== contract.sha256) {
    const message = `the evidence was read for another contract than ${contract.file}`
    const hint = 'read it with loadEvidence(files, { contract })'
    throw new InputError([{ code: 'other-contract', severity: 'error', message, hint }])
  }
  const zones = makeZones()
  const zone = zones(contract.timezone)
  const { asOf } = evidence
  const { period, upcoming, assumeComplete = [], risk = 90, fullTimelines, ignoreTerm } = options
  if (options.asOf !== undefined && asOfChoice(options.asOf, zone) !== asOf) {
    throw badOption('asOf', 'the evidence was read as of another instant', 'give the same one to loadEvidence')
  }
  if (!(risk > 0 && risk <= 100)) throw badOption('risk', `${risk} is no percentage`, 'give a number such as 90')
  checkTypes('assumeComplete', assumeComplete)
  return auditContract(await planOf(contract, options), evidence, {
    ...(period !== undefined && { period: periodChoice(period, zone) }),
    ...(upcoming !== undefined && { upcoming: upcomingChoice(upcoming, asOf, zone) }),
    ...(await passesOf(options, contract.id)),
    ...(fullTimelines !== undefined && { fullTimelines }),
    ...(ignoreTerm !== undefined && { ignoreTerm }),
    asOf,
    assumeComplete: new Set(assumeComplete),
    riskPercent: risk,
    zones,
    version: VERSION,
  })
}

/** The clauses chosen; the filters stay those of the whole contract, for which the evidence was read. */
async function planOf(contract: Contract, { only, skip }: AuditOptions): Promise<AuditPlan> {
  const whole = await planAudit(contract, clauseKinds)
  if (only === undefined && skip === undefined) return whole
  const ids = contract.clauses.map(({ id }) => id)
  for (const [option, globs] of [['only', only] as const, ['skip', skip] as const]) {
    const idle = globs?.find(glob => !ids.some(id => fitsPattern(glob, id)))
    if (idle !== undefined) throw unknownName(option, 'clause', idle, ids)
  }
  const chosen = await planAudit(contract, clauseKinds, {
    ...(only !== undefined && { only }),
    ...(skip !== undefined && { skip }),
  })
  if (chosen.clauses.length === 0) throw badOption('only and skip', 'they leave no clause to judge')
  return { ...chosen, filters: whole.filters }
}

async function passesOf(
  { waivers, baseline }: AuditOptions,
  id: string,
): Promise<Pick<Settings, 'waivers' | 'baseline'>> {
  return {
    ...(waivers !== undefined && { waivers: await waiversOf(waivers, id) }),
    ...(baseline !== undefined && { baseline: await baselineOf(baseline, id) }),
  }
}

async function waiversOf(source: Source, id: string) {
  const { loadWaivers } = await import('../contract/waivers.ts')
  return loadWaivers(await readSource(source), id)
}

async function baselineOf(source: Source, id: string) {
  const [{ readEarlier }, { earlierReport }, { shortened }] = await Promise.all([
    import('../report/read-earlier.ts'),
    import('../audit/baseline.ts'),
    import('../audit/breaches.ts'),
  ])
  const { file, bytes } = await readSource(source)
  const { report, sha256 } = await readEarlier({ size: bytes.length, chunks: piecesOf(bytes) }, file, shortened)
  return earlierReport(report, { file, sha256 }, id)
}

/** Of bytes that are held anyway. */
async function* piecesOf(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  const size = 1 << 20
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}
