export { auditContract } from './audit/audit.ts'
export type { AuditOptions } from './audit/context.ts'
export type { AuditPlan } from './audit/plan.ts'
export { planAudit } from './audit/plan.ts'
export { clauseKinds } from './clauses/index.ts'
export type { AnyKind, Context, Judge } from './clauses/judge.ts'
export type { Clause, Contract } from './contract/contract.ts'
export type { LoadOptions } from './contract/load.ts'
export { loadContract } from './contract/load.ts'
export type { Evidence, ReadOptions } from './evidence/evidence.ts'
export { inspectFiles } from './evidence/inspect.ts'
export { readEvidence } from './evidence/read.ts'
export type { ClauseKind } from './model/clause-kind.ts'
export type { Diagnostic, Span } from './model/diagnostic.ts'
export { InputError } from './model/diagnostic.ts'
export type { Binding, Bound, Finding, Findings, List, Origin, Outline, Status, Step } from './model/finding.ts'
export type { Interval } from './model/interval.ts'
export type { Quantity } from './model/quantity.ts'
export type {
  ClauseReport,
  InputSummary,
  LeftOutBy,
  Report,
  RowCount,
  Summary,
  Upcoming,
  UpcomingItem,
} from './model/report.ts'
export { formatDiagnostics } from './report/diagnostics.ts'
export { renderExplanation } from './report/explain.ts'
export { renderJson, streamJson } from './report/json.ts'
export { renderPretty, streamPretty } from './report/pretty.ts'
export type { Colours, Page, View } from './report/view.ts'
export { plain } from './report/view.ts'
export { parsePeriod } from './time/period.ts'
export type { Zone } from './time/zone.ts'
export { makeZones } from './time/zone.ts'
