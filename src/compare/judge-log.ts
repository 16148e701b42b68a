import { auditContract } from '../audit/audit.ts'
import { type AuditPlan, planAudit } from '../audit/plan.ts'
import { clauseKinds } from '../clauses/index.ts'
import type { Contract } from '../contract/contract.ts'
import { readEvidence } from '../evidence/read.ts'
import type { WitnessRow } from '../model/comparison.ts'
import { InputError } from '../model/diagnostic.ts'
import type { Finding, Status } from '../model/finding.ts'
import type { Report } from '../model/report.ts'
import type { Zone } from '../time/zone.ts'
import { periodText } from './period-text.ts'
import type { Candidate, Owns, Side, Term } from './rule.ts'

/** What a log says of one term: kept, broken, or neither (pending, unverified, or a log that cannot be read). */
export type LogVerdict = 'met' | 'breached' | 'other'

/** As much of a finding as tells what it rests on. */
export type Shown = Pick<Finding, 'id' | 'status' | 'reason' | 'promise'>

/** The verdict with the findings it rests on: all of the term, and the one that shows it best. */
export interface Judged {
  readonly verdict: LogVerdict
  readonly findings: readonly Finding[]
  readonly shown?: Shown
}

/**
 * Audits one clause with a log, as `sla audit CONTRACT - --only CLAUSE --period … --as-of …` does with its rows as
 * CSV. A cell that a row lacks is blank there, so that it says "has not happened". InputError where it can't be read.
 */
export async function judgeLog(
  contract: Contract,
  clause: string,
  { rows, period, asOf }: Candidate,
  zones: (name: string) => Zone,
): Promise<Report> {
  const plan = await planOf(contract, clause)
  const evidence = await readEvidence(
    ['-'],
    {
      asOf,
      services: [...contract.services.keys()],
      types: plan.types,
      filters: plan.filters,
      components: plan.components,
      onBadRow: 'error',
      ...(plan.maxGap !== undefined && { maxGap: plan.maxGap }),
    },
    zones,
    { stdin: once(evidenceText(rows)) },
  )
  return auditContract(plan, evidence, {
    period: { interval: period, text: periodText(period, [zones(contract.timezone)]) },
    asOf,
    assumeComplete: new Set(),
    riskPercent: 90,
    zones,
    version: '',
  })
}

const plans = new WeakMap<Contract, Map<string, Promise<AuditPlan>>>()

/** The same for every log that the clause is tried with. */
function planOf(contract: Contract, clause: string): Promise<AuditPlan> {
  const own = plans.get(contract) ?? new Map<string, Promise<AuditPlan>>()
  plans.set(contract, own)
  const plan = own.get(clause) ?? planAudit(contract, clauseKinds, { only: [clause] })
  own.set(clause, plan)
  return plan
}

async function* once(text: string): AsyncGenerator<string> {
  yield text
}

/** How a log stands to one side's term. Its rows are in the names of that side's contract. */
export async function verdictOf(side: Side, candidate: Candidate, owns: Owns = ownsByNames): Promise<LogVerdict> {
  return (await judgeTerm(side, candidate, owns)).verdict
}

/** The same with the findings. */
export async function judgeTerm(side: Side, candidate: Candidate, owns: Owns = ownsByNames): Promise<Judged> {
  const { contract, clause, term, zones } = side
  try {
    const report = await judgeLog(contract, clause.id, candidate, zones)
    const all = report.clauses.flatMap(one => (one.id === clause.id ? [...one.findings] : []))
    return judgedOf(all, term, owns)
  } catch (error) {
    if (error instanceof InputError) return { verdict: 'other', findings: [] }
    throw error
  }
}

function judgedOf(all: readonly Finding[], term: Term, owns: Owns): Judged {
  const findings = all.filter(finding => owns(term, finding))
  const first = (...statuses: readonly Status[]) => findings.find(({ status }) => statuses.includes(status))
  const breached = first('breached', 'waived')
  const open = first('unverified', 'pending')
  const kept = first('met') ?? first('not-applicable')
  const shown = breached ?? open ?? kept
  // Where nothing is about the term, something that is undecided in the clause may be.
  const undecided = open !== undefined || (findings.length === 0 && all.some(({ status }) => !DECIDED.has(status)))
  return {
    verdict: breached !== undefined ? 'breached' : undecided ? 'other' : 'met',
    findings,
    ...(shown !== undefined && { shown }),
  }
}

const DECIDED: ReadonlySet<Status> = new Set(['met', 'breached', 'waived', 'not-applicable'])

/** A finding without a promise or names of its own is about every term of its clause. */
export const ownsByNames: Owns = ({ key, names }, { promise, subject, details = {} }) => {
  const last = key.replace(/#\d+$/, '').split('/').at(-1) ?? ''
  const ofPromise =
    promise === undefined ||
    !key.includes('/') ||
    promise === last ||
    promise.startsWith(`${last}-`) ||
    promise === `mean-${last}`
  if (!ofPromise) return false
  return Object.entries(names).every(([what, name]) => {
    if (what === 'service') return subject === name
    const said = details[what]
    return said === undefined || String(said) === name
  })
}

/** Rows as CSV: the type first, then every column that any row has, in the order of their first use. */
export function evidenceText(given: readonly WitnessRow[]): string {
  const rows = given.every(({ type }) => type === 'coverage') ? given.map(coverageAlone) : given
  const columns = new Set(['type', ...rows.flatMap(row => Object.keys(row))])
  const line = (cells: readonly string[]): string => `${cells.map(quoted).join(',')}\n`
  return line([...columns]) + rows.map(row => line([...columns].map(column => row[column] ?? ''))).join('')
}

/** A file of coverage alone has its own column `type`: what is covered. */
function coverageAlone(row: WitnessRow): WitnessRow {
  const { type, covers, of, record_type, ...rest } = row
  return { type: covers ?? of ?? record_type ?? type, ...rest }
}

function quoted(cell: string): string {
  return /[",;\t\r\n]/.test(cell) || cell !== cell.trim() ? `"${cell.replaceAll('"', '""')}"` : cell
}
