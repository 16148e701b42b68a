import { mapFindings, outlinesOf } from '../clauses/findings.ts'
import type { AnyKind, Context } from '../clauses/judge.ts'
import type { Clause, Contract } from '../contract/contract.ts'
import { termText, withoutTerm } from '../contract/term.ts'
import type { Evidence } from '../evidence/evidence.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { Finding, Findings } from '../model/finding.ts'
import type { ClauseReport, Report } from '../model/report.ts'
import { type AuditOptions, makeContext } from './context.ts'
import { staleLogs, unusedLogs } from './logs.ts'
import { makePasses } from './passes.ts'
import { type Period, periodOf } from './period.ts'
import type { AuditPlan } from './plan.ts'
import { summarise, type Totals, totalsOf } from './rollup.ts'
import { searchUpcoming } from './upcoming.ts'

/** Judges every chosen clause. The result is plain data and depends on nothing but its arguments. */
export function auditContract(plan: AuditPlan, evidence: Evidence, options: AuditOptions): Report {
  const { contract } = plan
  const period = periodOf(evidence, plan.types, options.period)
  const contextOf = contextsOf(plan, evidence, period, options)
  const context = contextOf(contract)
  const seenBy = options.ignoreTerm === true ? withoutTerm(contract, context.zone) : () => contract
  const upcoming = options.upcoming === undefined ? undefined : searchUpcoming(options.asOf, options.upcoming)
  const passes = makePasses(plan, period, context.zone, options)
  let start = Number.POSITIVE_INFINITY
  let end = Number.NEGATIVE_INFINITY
  const lists: Findings[] = []
  const clauses = plan.clauses.map(({ clause, kind }): ClauseReport => {
    const context = contextOf(seenBy(clause))
    const findings = passes.mark(judged(clause, kind, context), clause.id)
    const list = lists.push(findings) - 1
    const totals = totalsOf(outlinesOf(findings), upcoming && ((outline, index) => upcoming.see(outline, list, index)))
    if (upcoming !== undefined && clause.binding !== 'observed') {
      const open = kind.judge.open?.(clause, context) ?? []
      const place = lists.push(open) - 1
      let index = 0
      for (const outline of outlinesOf(open)) upcoming.see(outline, place, index++)
    }
    start = Math.min(start, totals.windows?.start ?? start)
    end = Math.max(end, totals.windows?.end ?? end)
    return clauseReport(clause, kind, findings, totals, context, options)
  })
  const { parties } = contract
  const { warnings, ...outcome } = passes.outcome(clauses)
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
    ...(upcoming !== undefined && { upcoming: upcoming.of(lists) }),
    ...outcome,
    warnings: [
      ...contract.warnings,
      ...termIgnored(plan, seenBy, context),
      ...evidence.warnings,
      ...plan.clauses.flatMap(({ clause, kind }) => ownWarnings(clause, kind, contextOf(seenBy(clause)))),
      ...staleLogs(plan, evidence, period, { start, end }, options),
      ...unusedLogs(plan, context),
      ...warnings,
    ],
  }
}

/** The context in which clauses see a contract, made once for each way of seeing it. */
function contextsOf(plan: AuditPlan, evidence: Evidence, period: Period, options: AuditOptions) {
  const made = new Map<Contract, Context>()
  return (contract: Contract): Context => {
    const known = made.get(contract)
    if (known !== undefined) return known
    const context = makeContext({ ...plan, contract }, evidence, period, options)
    made.set(contract, context)
    return context
  }
}

/** Said where a clause is judged by other dates than its contract has. */
function termIgnored(
  { contract, clauses }: AuditPlan,
  seenBy: (clause: Clause) => Contract,
  { zone }: Context,
): readonly Diagnostic[] {
  const kept = clauses.filter(({ clause }) => seenBy(clause) === contract).map(({ clause }) => clause.id)
  if (contract.term === undefined || kept.length === clauses.length) return []
  const but =
    kept.length === 0 ? '' : `, but for ${kept.join(', ')}, which ${kept.length === 1 ? 'is' : 'are'} laid out by it`
  const message = `the term of the contract (${termText(contract.term, zone)}) is ignored${but}`
  return [
    {
      code: 'term-ignored',
      severity: 'warning',
      message,
      hint: 'without --ignore-term, clauses are judged inside the term',
    },
  ]
}

/** The doubts of a clause; those of clauses that show their evidence are of logs that others rest on too. */
function ownWarnings(clause: Clause, { judge }: AnyKind, context: Context): readonly Diagnostic[] {
  const found = judge.warnings?.(clause, context) ?? []
  return judge.evidence === undefined ? found.map(one => ({ ...one, clause: clause.id })) : found
}

/** All findings of a clause as a list; one that makes them when they are asked for stays one. */
function judged(clause: Clause, kind: AnyKind, context: Context): Findings {
  const found = kind.judge.check(clause, context)
  const list = isList(found) ? found : [...found]
  return clause.binding === 'observed' ? mapFindings(list, observedOnly) : list
}

function isList(findings: Iterable<Finding>): findings is Findings {
  return 'length' in findings && 'at' in findings
}

/** Figures that are no promise are shown, never judged. */
function observedOnly<Part extends Partial<Finding>>(finding: Part): Part {
  const { breached: _, atRisk: __, ...figure } = finding
  return { ...figure, status: 'not-applicable', reason: 'observed' } as Part
}

function clauseReport(
  clause: Clause,
  kind: AnyKind,
  findings: Findings,
  totals: Totals,
  context: Context,
  { baseline }: AuditOptions,
): ClauseReport {
  const evidence = kind.judge.evidence?.(clause, context)
  return {
    id: clause.id,
    kind: clause.kind,
    ...(clause.section !== undefined && { section: clause.section }),
    ...(clause.text !== undefined && { text: clause.text }),
    binding: clause.binding,
    status: totals.status,
    span: clause.span,
    promise: kind.judge.promise(clause),
    counts: totals.counts,
    atRisk: totals.atRisk,
    ...(baseline !== undefined && { known: totals.known }),
    ...(evidence !== undefined && evidence.length > 0 && { evidence }),
    findings,
  }
}
