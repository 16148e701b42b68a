import type { Context } from '../clauses/judge.ts'
import type { Evidence } from '../evidence/evidence.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { Finding } from '../model/finding.ts'
import type { ClauseReport, Report } from '../model/report.ts'
import { formatInstant } from '../time/stamp.ts'
import { type AuditOptions, makeContext } from './context.ts'
import { type Period, periodOf } from './period.ts'
import type { AuditPlan } from './plan.ts'
import { rollUp, summarise } from './rollup.ts'

/** Judges every chosen clause. The result is plain data and depends on nothing but its arguments. */
export function auditContract(plan: AuditPlan, evidence: Evidence, options: AuditOptions): Report {
  const { contract } = plan
  const period = periodOf(evidence, plan.types, options.period)
  const context = makeContext(plan, evidence, period, options)
  const clauses = plan.clauses.map(({ clause, kind }): ClauseReport => {
    const findings = [...kind.judge.check(clause, context)].map(finding => observedOnly(finding, clause.binding))
    return {
      id: clause.id,
      kind: clause.kind,
      ...(clause.section !== undefined && { section: clause.section }),
      ...(clause.text !== undefined && { text: clause.text }),
      binding: clause.binding,
      status: rollUp(findings.map(finding => finding.status)),
      span: clause.span,
      promise: kind.judge.promise(clause),
      findings,
    }
  })
  const { parties } = contract
  return {
    schemaVersion: 1,
    tool: { name: 'sla', version: options.version },
    contract: {
      id: contract.id,
      ...(contract.title !== undefined && { title: contract.title }),
      ...(contract.version !== undefined && { version: contract.version }),
      file: contract.file,
      sha256: contract.sha256,
      timezone: contract.timezone,
      services: [...contract.services.keys()],
      ...(parties !== undefined && { parties }),
    },
    asOf: options.asOf,
    period,
    inputs: evidence.inputs,
    clauses,
    summary: summarise(clauses),
    warnings: [
      ...contract.warnings,
      ...evidence.warnings,
      ...staleLogs(plan, evidence, period, clauses, options),
      ...unusedLogs(plan, context),
    ],
  }
}

/** Figures that are no promise are shown, never judged. */
function observedOnly(finding: Finding, binding: ClauseReport['binding']): Finding {
  if (binding !== 'observed') return finding
  const { breached: _, atRisk: __, ...figure } = finding
  return { ...figure, status: 'not-applicable', reason: 'observed' }
}

/**
 * A log of happenings is taken as complete for the period: a doubt to name when its last row lies well before the end of
 * a stated period (it may simply have stopped), or when no period was stated and whole windows are judged.
 */
function staleLogs(
  plan: AuditPlan,
  evidence: Evidence,
  period: Period,
  clauses: readonly ClauseReport[],
  options: AuditOptions,
): readonly Diagnostic[] {
  const zone = options.zones(plan.contract.timezone)
  const windows = clauses.flatMap(clause => clause.findings.map(finding => finding.window))
  const whole = period.stated
    ? period
    : { start: Math.min(...windows.map(w => w.start)), end: Math.max(...windows.map(w => w.end)) }
  const end = Math.min(whole.end, options.asOf)
  const out: Diagnostic[] = []
  const logs = [['outage', evidence.outages] as const, ['maintenance', evidence.maintenances] as const]
  for (const [type, rows] of logs) {
    if (!plan.types.has(type) || options.assumeComplete.has(type) || rows.length === 0) continue
    if (evidence.coverage.some(c => c.type === type)) continue
    const first = Math.min(...rows.map(row => row.start.earliest))
    const last = rows.reduce((latest, row) => Math.max(latest, row.end?.latest ?? options.asOf), first)
    const early = end - last > (whole.end - whole.start) / 2
    if (period.stated ? !early : first <= whole.start && last >= end) continue
    const rest = period.stated
      ? `the last ${type} row ends ${formatInstant(zone, last)}, well before the end of the period`
      : `no --period: the ${type} log has rows from ${formatInstant(zone, first)} to ${formatInstant(zone, last)}`
    const taken = period.stated ? 'the log is' : `it is`
    out.push({
      code: period.stated ? 'log-ends-early' : 'log-taken-complete',
      severity: 'warning',
      message: `${rest}; ${taken} taken as complete from ${formatInstant(zone, whole.start)} to ${formatInstant(zone, end)}`,
      hint: `if it is, say so: --assume-complete ${type}, or a coverage row${period.stated ? '' : '; or say --period'}`,
    })
  }
  return out
}

/** Types that clauses would use but can do without: not given is read as nothing happened, and said. */
function unusedLogs({ clauses, contract }: AuditPlan, context: Context): readonly Diagnostic[] {
  const wanted = new Map<string, string[]>()
  for (const { clause, kind } of clauses) {
    const { anyOf, also } = kind.judge.needs(clause, contract)
    for (const type of also) {
      if (context.supplied(type) || anyOf.some(group => group.includes(type))) continue
      wanted.set(type, [...(wanted.get(type) ?? []), clause.id])
    }
  }
  return [...wanted].map(([type, ids]) => ({
    code: 'log-not-given',
    severity: 'warning',
    message: `no ${type} records supplied: what they hold would count in ${ids.join(', ')}`,
    hint: `if nothing happened, say so: --assume-complete ${type}`,
  }))
}
