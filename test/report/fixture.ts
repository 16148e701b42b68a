import { totalsOf } from '../../src/audit/rollup.ts'
import type { Finding, Findings, Status } from '../../src/model/finding.ts'
import type { ClauseReport, InputSummary, Report } from '../../src/model/report.ts'
import { plain, type View } from '../../src/report/view.ts'
import { makeZones } from '../../src/time/zone.ts'

export const HOUR = 3_600_000
export const MINUTE = 60_000
export const paris = makeZones()('Europe/Paris')

/** An instant given with its offset. */
export function at(text: string): number {
  const value = Date.parse(text)
  if (Number.isNaN(value)) throw new Error(text)
  return value
}

export function viewOf(overrides: Partial<View> = {}): View {
  return { width: 100, colour: plain, ascii: false, verbose: 0, quiet: false, zone: paris, ...overrides }
}

export function findingOf(overrides: Partial<Finding> = {}): Finding {
  return {
    id: 'uptime/2026-05',
    clause: 'uptime',
    subject: '',
    window: { start: at('2026-05-01T00:00:00+02:00'), end: at('2026-06-01T00:00:00+02:00') },
    status: 'met',
    reason: 'within',
    promised: { unit: 'none', text: '' },
    observed: { unit: 'none', text: '' },
    timeline: [],
    evidence: [],
    notes: [],
    ...overrides,
  }
}

/** 744 h in May, 99.5 % of it promised: 3h 43m 12s allowed. 4h 20m down is 36m 48s over and 99.4175… %. */
export const breachedUptime: Finding = findingOf({
  status: 'breached',
  reason: 'over',
  bound: 'at-least',
  promised: { unit: 'ratio', part: 995, of: 1000 },
  observed: { unit: 'ratio', part: 744 * HOUR - 260 * MINUTE, of: 744 * HOUR },
  margin: { unit: 'ms', value: -(36 * MINUTE + 48_000) },
  details: {
    base_ms: 744 * HOUR,
    down_ms: 260 * MINUTE,
    excluded_ms: HOUR,
    unknown_ms: 0,
    allowance_ms: 223 * MINUTE + 12_000,
  },
  breached: [{ start: at('2026-05-19T15:18:12+02:00'), end: at('2026-05-19T15:55:00+02:00') }],
  timeline: [
    {
      at: { start: at('2026-05-02T01:12:00+02:00'), end: at('2026-05-02T03:42:00+02:00') },
      effect: 'counted',
      reason: 'outage',
      why: 'OUT-17, api gateway down',
      origin: { input: 0, line: 12 },
    },
    {
      at: { start: at('2026-05-09T22:00:00+02:00'), end: at('2026-05-09T23:00:00+02:00') },
      effect: 'excluded',
      reason: 'planned',
      why: 'planned work MW-3, announced 72h ahead',
      origin: { input: 1, line: 4 },
    },
    {
      at: { start: at('2026-05-19T14:05:00+02:00'), end: at('2026-05-19T15:55:00+02:00') },
      effect: 'counted',
      reason: 'outage',
      why: 'OUT-23, database failover',
      origin: { input: 0, line: 31 },
    },
  ],
  evidence: [{ input: 0, line: 12 }],
  notes: ['the end of OUT-23 was read as ambiguous'],
})

export const missingBackup: Finding = findingOf({
  id: 'nightly',
  clause: 'nightly',
  status: 'unverified',
  reason: 'missing',
  promised: { unit: 'none', text: 'every 24h' },
  observed: { unit: 'none', text: 'no backup records supplied' },
})

export const keptNotice: Finding = findingOf({
  id: 'work/notice/MW-3',
  clause: 'work',
  subject: 'MW-3',
  bound: 'at-least',
  promised: { unit: 'ms', value: 48 * HOUR },
  observed: { unit: 'ms', value: 72 * HOUR },
  margin: { unit: 'ms', value: 24 * HOUR },
})

export function clauseOf(overrides: Partial<ClauseReport> & { findings: Findings }): ClauseReport {
  const { counts, atRisk } = totalsOf(overrides.findings)
  const status: Status = overrides.findings.at(0)?.status ?? 'not-applicable'
  return { id: 'uptime', kind: 'availability', binding: 'guarantee', status, promise: '', counts, atRisk, ...overrides }
}

export const outagesFile: InputSummary = {
  file: 'outages.csv',
  sha256: 'a'.repeat(64),
  bytes: 4321,
  format: 'csv',
  compressed: false,
  columns: { start: 'start', ended_at: 'end' },
  counts: [
    {
      type: 'outage',
      rows: 1284,
      used: 1280,
      unasked: 4,
      leftOut: 0,
      unknownService: 0,
      later: 0,
      duplicates: 0,
      skipped: 0,
    },
  ],
}

export const emptyFile: InputSummary = {
  ...outagesFile,
  file: 'maintenance.csv',
  counts: [
    {
      type: 'maintenance',
      rows: 0,
      used: 0,
      unasked: 0,
      leftOut: 0,
      unknownService: 0,
      later: 0,
      duplicates: 0,
      skipped: 0,
    },
  ],
}

export function reportOf(clauses: readonly ClauseReport[], overrides: Partial<Report> = {}): Report {
  const none = { met: 0, breached: 0, pending: 0, unverified: 0, 'not-applicable': 0, waived: 0 }
  return {
    schemaVersion: 1,
    tool: { name: 'sla', version: '0.1.0' },
    contract: {
      id: 'acme-saas',
      title: 'Acme Hosting SLA',
      version: '2026.1',
      file: 'acme.yaml',
      sha256: 'b'.repeat(64),
      timezone: 'Europe/Paris',
      services: [],
    },
    asOf: at('2026-06-02T09:00:00+02:00'),
    period: {
      start: at('2026-05-01T00:00:00+02:00'),
      end: at('2026-06-01T00:00:00+02:00'),
      stated: true,
      text: '2026-05',
    },
    inputs: [outagesFile, emptyFile],
    clauses,
    summary: { status: clauses[0]?.status ?? 'not-applicable', guarantees: none, objectives: none, atRisk: 0 },
    warnings: [],
    ...overrides,
  }
}

/** One breached, one unverified, one met clause, in the order of the contract: met first. */
export const mixedReport: Report = reportOf([
  clauseOf({ id: 'work', kind: 'maintenance', promise: 'announced ≥ 48h ahead', findings: [keptNotice] }),
  clauseOf({
    id: 'uptime',
    promise: '≥ 99.5 % a calendar month',
    section: '1',
    text: 'Monthly uptime.',
    span: { file: 'acme.yaml', line: 11, column: 3, length: 6 },
    findings: [breachedUptime],
  }),
  clauseOf({ id: 'nightly', kind: 'support', promise: 'every 24h', findings: [missingBackup] }),
])
