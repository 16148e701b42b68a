import type { Clause, Contract } from '../contract/contract.ts'
import type { Evidence } from '../evidence/evidence.ts'
import type { ClauseKind, Needs } from '../model/clause-kind.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { Finding, Findings } from '../model/finding.ts'
import type { Interval } from '../model/interval.ts'
import type { EvidenceLine } from '../model/report.ts'
import type { Where } from '../model/where.ts'
import type { Clock } from '../time/clock.ts'
import type { Intervals } from '../time/interval.ts'
import type { Window, WindowRule } from '../time/window.ts'
import type { Zone } from '../time/zone.ts'

/** What a clause is judged against. Everything is at or before `asOf`; `zone` is the contract's. */
export interface Context {
  readonly contract: Contract
  readonly evidence: Evidence
  readonly asOf: number
  /** Records that start inside it belong to the audit. */
  readonly period: Interval
  readonly zone: Zone
  readonly zones: (name: string) => Zone
  /** Share of an allowance from which a finding is at risk, in percent. */
  readonly riskPercent: number
  /** What was met is shown step by step too. */
  readonly fullTimelines: boolean
  /** The clock of a calendar, in another zone than its own where one is named. */
  clock(calendar: string, zone?: string): Clock
  /** The contract windows that the period selects, in order, each whole. */
  windows(rule: WindowRule): readonly Window[]
  /** Where the log of a type is complete for a service, given the windows judged. */
  complete(type: string, service: string, windows: readonly Interval[]): Intervals
  /** Where the log of a type is said to be complete, by `coverage` rows or the user; undefined: nothing is said of it. */
  declared(type: string, service: string): Intervals | undefined
  /** Time up to `asOf` that the `coverage` rows of a type leave out; empty when there are none. */
  leftOut(type: string, service: string): Intervals
  supplied(type: string): boolean
  /** Index of a row filter (`undefined`: all rows) among those that folded series are kept for. */
  filterIndex(where: Where | undefined): number
}

/** How a kind judges: what it reads, how its promise reads in a heading, and its findings in time order. */
export interface Judge<Body> {
  needs(clause: Clause<Body>, contract: Contract): Needs
  /** Row filters that folded series must be kept for; `undefined` for all rows. */
  filters(clause: Clause<Body>): readonly (Where | undefined)[]
  /** The smallest `max-gap` in ms the clause asks for, if it says one. */
  maxGap?(clause: Clause<Body>): number | undefined
  /** Components that the clause names: what tools call them by is looked for in their exports. */
  components?(clause: Clause<Body>): readonly string[]
  promise(clause: Clause<Body>): string
  check(clause: Clause<Body>, context: Context): Iterable<Finding>
  /** Where its findings are of windows: those on single records that still run, pending or overdue. */
  open?(clause: Clause<Body>, context: Context): Findings
  /** What evidence the clause rests on and what it allows to judge, line by line. */
  evidence?(clause: Clause<Body>, context: Context): readonly EvidenceLine[]
  /** Of findings that are on more than one thing, so that ids depend on the period: what tells whether they are the same. */
  spread?(clause: Clause<Body>, finding: Pick<Finding, 'promise' | 'details'>): Spread | undefined
  /** What is doubtful about the evidence for this clause, beside what its findings note. */
  warnings?(clause: Clause<Body>, context: Context): readonly Diagnostic[]
}

/** Findings are the same where their time is: `stretches`, which may go on; or where their `items` are, by their labels. */
export type Spread = 'stretches' | 'items'

// A list of kinds holds kinds of different bodies; each judges only clauses that its own schema parsed.
// biome-ignore lint/suspicious/noExplicitAny: the body's type is fixed by the kind that parsed it
export type AnyKind = ClauseKind<Judge<any>>

/** Types that a clause needs and nobody supplied, as groups of alternatives. */
export function missingTypes(needs: Needs, context: Context): readonly (readonly string[])[] {
  return needs.anyOf.filter(group => !group.some(type => context.supplied(type)))
}

/** How many bad rows of a type were left out, if any of them can concern one of the services. */
export function skippedRows(type: string, services: ReadonlySet<string>, { evidence }: Context): number {
  const concerned = evidence.skipped.some(
    row => row.type === type && (row.service === undefined || services.has(row.service)),
  )
  if (!concerned) return 0
  const counts = evidence.inputs.flatMap(input => input.counts).filter(count => count.type === type)
  return Math.max(
    1,
    counts.reduce((sum, count) => sum + count.skipped, 0),
  )
}

/** The services a clause judges; a contract without services has one, named ''. */
export function servicesOf(clause: Clause, contract: Contract): readonly string[] {
  if (clause.services !== undefined) return clause.services
  return contract.services.size === 0 ? [''] : [...contract.services.keys()]
}

/** A service and everything it needs, directly or not. */
export function withNeeds(service: string, contract: Contract): readonly string[] {
  const seen = new Set<string>()
  const visit = (name: string): void => {
    if (seen.has(name)) return
    seen.add(name)
    for (const needed of contract.services.get(name)?.needs ?? []) visit(needed)
  }
  visit(service)
  return [...seen]
}
