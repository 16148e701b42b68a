import type { Context } from '../clauses/judge.ts'
import type { Evidence } from '../evidence/evidence.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { Interval } from '../model/interval.ts'
import { formatInstant } from '../time/stamp.ts'
import type { AuditOptions } from './context.ts'
import { happenings, type Period } from './period.ts'
import type { AuditPlan } from './plan.ts'

/** A log of happenings as far as its rows reach; `types` make it up together, the first names it. */
interface Log {
  readonly types: readonly string[]
  readonly first: number
  readonly last: number
  /** How its last row reads: `the last outage row ends`. */
  readonly ends: string
}

/**
 * A log of happenings is taken as complete for the period: a doubt to name when its last row lies well before the end of
 * a stated period (it may simply have stopped), or when no period was stated and whole windows (`judged`: from the first
 * to the last) are judged.
 */
export function staleLogs(
  plan: AuditPlan,
  evidence: Evidence,
  period: Period,
  judged: Interval,
  options: AuditOptions,
): readonly Diagnostic[] {
  const zone = options.zones(plan.contract.timezone)
  const whole = period.stated ? period : judged
  const end = Math.min(whole.end, options.asOf)
  const out: Diagnostic[] = []
  for (const { types, first, last, ends } of logsOf(evidence, options.asOf)) {
    const [type = ''] = types
    if (!types.some(one => plan.types.has(one)) || types.some(one => options.assumeComplete.has(one))) continue
    if (evidence.coverage.some(c => types.includes(c.type))) continue
    const early = end - last > (whole.end - whole.start) / 2
    if (period.stated ? !early : first <= whole.start && last >= end) continue
    const rest = period.stated
      ? `${ends} ${formatInstant(zone, last)}, well before the end of the period`
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
export function unusedLogs({ clauses, contract }: AuditPlan, context: Context): readonly Diagnostic[] {
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

/** Logs that hold something. */
function logsOf(evidence: Evidence, asOf: number): readonly Log[] {
  const { outages, maintenances, tickets, vulnerabilities, supplied } = evidence
  const logs: Log[] = []
  for (const [type, rows] of [['outage', outages] as const, ['maintenance', maintenances] as const]) {
    if (rows.length === 0) continue
    const first = rows.reduce((earliest, row) => Math.min(earliest, row.start.earliest), Number.POSITIVE_INFINITY)
    const last = rows.reduce((latest, row) => Math.max(latest, row.end?.latest ?? asOf), first)
    logs.push({ types: [type], first, last, ends: `the last ${type} row ends` })
  }
  const { first, last } = tickets
  if (first !== undefined && last !== undefined) {
    logs.push({ types: ['ticket', 'ticket-change'], first, last, ends: 'the last stamp of a ticket is' })
  }
  const found = vulnerabilities
  if (found.first !== undefined && found.last !== undefined) {
    const scanned = supplied.has('scan')
    // Where scans tell what was found, they are what the log is made of.
    const types = scanned ? ['scan', 'vulnerability'] : ['vulnerability', 'scan']
    const ends = `the last ${scanned ? 'scan or stamp' : 'stamp'} of a vulnerability is`
    logs.push({ types, first: found.first, last: found.last, ends })
  }
  for (const { types, stamps } of happenings(evidence)) {
    const [type = ''] = types
    if (type === 'recovery-point' || stamps.length === 0) continue
    const reach = stamps.reduce(({ start, end }, at) => ({ start: Math.min(start, at), end: Math.max(end, at) }), NONE)
    logs.push({ types, first: reach.start, last: reach.end, ends: `the last stamp of ${aOrAn(type)} is` })
  }
  return logs
}

const NONE: Interval = { start: Number.POSITIVE_INFINITY, end: Number.NEGATIVE_INFINITY }

function aOrAn(word: string): string {
  return `${/^[aeiou]/.test(word) ? 'an' : 'a'} ${word}`
}
