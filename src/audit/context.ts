import type { Context } from '../clauses/judge.ts'
import type { Waivers } from '../contract/waivers.ts'
import type { Evidence } from '../evidence/evidence.ts'
import type { Interval } from '../model/interval.ts'
import type { Where } from '../model/where.ts'
import { ALWAYS } from '../time/calendar.ts'
import { type Clock, makeClock } from '../time/clock.ts'
import { type Intervals, merge, subtract } from '../time/interval.ts'
import { type Window, type WindowRule, windowsOver } from '../time/window.ts'
import type { Zone } from '../time/zone.ts'
import type { EarlierReport } from './baseline.ts'
import type { Period } from './period.ts'
import { type AuditPlan, indexOfFilter } from './plan.ts'

export interface AuditOptions {
  readonly period?: { readonly interval: Interval; readonly text: string }
  readonly asOf: number
  /** Types whose log is taken as complete, supplied or not. */
  readonly assumeComplete: ReadonlySet<string>
  readonly riskPercent: number
  /** What was met is shown step by step too; without it only what was not. */
  readonly fullTimelines?: boolean
  /** Judges as if the contract were in force throughout: see `withoutTerm`. */
  readonly ignoreTerm?: boolean
  /** What falls due by this instant is listed; epoch ms. */
  readonly upcoming?: number
  /** Breaches that are let pass. */
  readonly waivers?: Waivers
  /** The earlier report whose breaches don't count as new. */
  readonly baseline?: EarlierReport
  readonly zones: (name: string) => Zone
  /** Of the tool, for the report. */
  readonly version: string
}

/** Everything a clause is judged against, with calendars and windows worked out once. */
export function makeContext(plan: AuditPlan, evidence: Evidence, period: Period, options: AuditOptions): Context {
  const { contract } = plan
  const zone = options.zones(contract.timezone)
  const clocks = new Map<string, Clock>()
  const windows = new Map<string, readonly Window[]>()
  return {
    contract,
    evidence,
    asOf: options.asOf,
    period: { start: period.start, end: period.end },
    zone,
    zones: options.zones,
    riskPercent: options.riskPercent,
    fullTimelines: options.fullTimelines ?? false,
    clock(name, other) {
      const key = other === undefined ? name : `${name}\u0000${other}`
      const known = clocks.get(key)
      if (known !== undefined) return known
      const rule = contract.calendars.get(name) ?? ALWAYS
      const own = rule.zone === undefined || rule === ALWAYS ? zone : options.zones(rule.zone)
      const clock = makeClock(rule, other === undefined ? own : options.zones(other))
      clocks.set(key, clock)
      return clock
    },
    windows(rule: WindowRule) {
      const key = JSON.stringify(rule)
      const known = windows.get(key)
      if (known !== undefined) return known
      const { term, fees } = contract
      const frame = {
        zone,
        ...(term && { term }),
        ...(fees?.billingDay !== undefined && { billingDay: fees.billingDay }),
      }
      const list = windowsOver(rule, frame, period).filter(
        ({ start, end }) =>
          end > (term?.start ?? Number.NEGATIVE_INFINITY) && start < (term?.end ?? Number.POSITIVE_INFINITY),
      )
      windows.set(key, list)
      return list
    },
    complete: (type, service, judged) => completeTime(type, service, judged, evidence, period, options),
    declared(type, service) {
      if (options.assumeComplete.has(type)) return [{ start: Number.MIN_SAFE_INTEGER, end: options.asOf }]
      const said = coverageOf(type, service, evidence)
      return said.length === 0 ? undefined : merge(said)
    },
    leftOut(type, service) {
      const declared = coverageOf(type, service, evidence)
      if (declared.length === 0 || options.assumeComplete.has(type)) return []
      return subtract([{ start: Number.MIN_SAFE_INTEGER, end: options.asOf }], merge(declared))
    },
    supplied: type =>
      evidence.supplied.has(type) || options.assumeComplete.has(type) || evidence.coverage.some(c => c.type === type),
    filterIndex: (where: Where | undefined) => indexOfFilter(plan.filters, where),
  }
}

/**
 * Where the log of a type says everything: all time when assumed; inside its `coverage` rows when there are any; else
 * the period (or, when no period was stated, the whole windows judged). Bad rows left out make it incomplete.
 */
function completeTime(
  type: string,
  service: string,
  judged: readonly Interval[],
  evidence: Evidence,
  period: Period,
  { asOf, assumeComplete }: AuditOptions,
): Intervals {
  const upTo = (list: Iterable<Interval>): Intervals =>
    merge([...list].map(({ start, end }) => ({ start, end: Math.min(end, asOf) })))
  const bad = evidence.skipped.filter(({ service: named }) => named === undefined || named === service)
  const other = STANDS_IN[type]
  if (bad.some(row => row.type === type || row.type === other)) return []
  const held = evidence.supplied.has(type) ? type : (other ?? type)
  if (assumeComplete.has(type) || assumeComplete.has(held)) return upTo(judged)
  const declared = [
    ...coverageOf(type, service, evidence),
    ...(held === type ? [] : coverageOf(held, service, evidence)),
  ]
  if (declared.length > 0) return upTo(declared)
  if (!evidence.supplied.has(held)) return []
  return upTo(period.stated ? [period] : judged)
}

/** Change rows alone are a log of tickets too, scans alone one of vulnerabilities. */
const STANDS_IN: Readonly<Partial<Record<string, string>>> = { ticket: 'ticket-change', vulnerability: 'scan' }

/** Coverage of a service; of records that name none, whichever service the rows are about. */
function coverageOf(type: string, service: string, { coverage }: Evidence): readonly Interval[] {
  return coverage
    .filter(c => c.type === type && (service === '' || c.service === '' || c.service === service))
    .map(({ from, to }) => ({ start: from, end: to }))
}
