export type { Clause, Contract } from './contract/contract.ts'
export type { Evidence } from './evidence/evidence.ts'
export type { Inspection } from './evidence/inspect.ts'
export type { ReadProgress } from './evidence/read-progress.ts'
export { type AuditOptions, audit } from './library/audit.ts'
export type { Instant } from './library/choices.ts'
export { type CompareOptions, compare } from './library/compare.ts'
export { type ContractOptions, loadContract } from './library/contract.ts'
export {
  type EvidenceOptions,
  inspect,
  type LoadedEvidence,
  loadEvidence,
  type ReadingOptions,
} from './library/evidence.ts'
export {
  explain,
  type FormatName,
  loadReport,
  type PageOptions,
  type RenderOptions,
  render,
  renderDiagnostics,
  renderPieces,
} from './library/render.ts'
export type { Source } from './library/sources.ts'
export { VERSION } from './library/version.ts'
export type {
  Cell,
  ComparedContract,
  Comparison,
  Envelope,
  EnvelopeValue,
  Relation,
  Replay,
  ReplayVerdict,
  Row,
  Witness,
  WitnessRow,
} from './model/comparison.ts'
export type { Diagnostic, Span } from './model/diagnostic.ts'
export { InputError } from './model/diagnostic.ts'
export type {
  Binding,
  Bound,
  Finding,
  Findings,
  List,
  Origin,
  Outline,
  Status,
  Step,
  Waiver,
} from './model/finding.ts'
export type { Interval } from './model/interval.ts'
export type { Quantity } from './model/quantity.ts'
export type {
  Baseline,
  ClauseReport,
  EvidenceLine,
  FixedBreach,
  InputSummary,
  LeftOutBy,
  Report,
  RowCount,
  Summary,
  Upcoming,
  UpcomingItem,
  WaiverFile,
  WaiverUse,
} from './model/report.ts'
