import type { Diagnostic } from '../model/diagnostic.ts'
import type { Findings, Told } from '../model/finding.ts'
import type { Interval } from '../model/interval.ts'
import type { Baseline, ClauseReport, WaiverFile } from '../model/report.ts'
import type { Zone } from '../time/zone.ts'
import { searchBaseline } from './baseline.ts'
import type { AuditOptions } from './context.ts'
import { breachedIds, markFindings } from './marks.ts'
import type { AuditPlan } from './plan.ts'
import { searchWaivers } from './waivers.ts'

/** What waivers and a baseline make of an audit. */
export interface Passes {
  /** Marks the findings of a clause; without waivers and baseline they stay as they are, unseen. */
  mark(findings: Findings, clause: string): Findings
  /** What became of the waivers and of the baseline, once the findings of all clauses are marked. */
  outcome(clauses: readonly ClauseReport[]): Outcome
}

interface Outcome {
  readonly waivers?: WaiverFile
  readonly baseline?: Baseline
  readonly warnings: readonly Diagnostic[]
}

export function makePasses(plan: AuditPlan, period: Interval, zone: Zone, options: AuditOptions): Passes {
  const waivers = options.waivers && searchWaivers(options.waivers, options.asOf, zone)
  const baseline = options.baseline && searchBaseline(options.baseline, spreadIn(plan))
  const names = {
    all: plan.contract.clauses.map(({ id }) => id),
    judged: plan.clauses.map(({ clause }) => clause.id),
  }
  return {
    mark: (findings, clause) =>
      waivers === undefined && baseline === undefined
        ? findings
        : markFindings(findings, clause, { waivers, baseline }),
    outcome(clauses) {
      const breached = (id: string): Iterable<string> => {
        const clause = clauses.find(candidate => candidate.id === id)
        return clause === undefined ? [] : breachedIds(clause.findings)
      }
      return {
        ...(waivers !== undefined && { waivers: waivers.file() }),
        ...(baseline !== undefined && { baseline: baseline.baseline(period, names) }),
        warnings: waivers?.warnings(names, breached) ?? [],
      }
    },
  }
}

/** Which findings are on more than one thing, as the kinds of their clauses say. */
function spreadIn({ clauses }: AuditPlan) {
  const byId = new Map(clauses.map(one => [one.clause.id, one]))
  return (finding: Told) => {
    const found = byId.get(finding.clause)
    return found?.kind.judge.spread?.(found.clause, finding)
  }
}
