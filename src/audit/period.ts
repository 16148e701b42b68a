import type { Evidence } from '../evidence/evidence.ts'
import type { Happened } from '../evidence/records.ts'
import { InputError } from '../model/diagnostic.ts'
import type { Interval } from '../model/interval.ts'

/** What is audited: `stated` by the user, or spanned by the rows (then every window is taken whole). */
export interface Period extends Interval {
  readonly stated: boolean
  readonly text: string
}

/** From the first to the last dated row of the types asked for; an InputError when there is none. */
export function periodOf(
  evidence: Evidence,
  types: ReadonlySet<string>,
  stated?: { readonly interval: Interval; readonly text: string },
): Period {
  if (stated !== undefined) return { ...stated.interval, stated: true, text: stated.text }
  let start = Number.POSITIVE_INFINITY
  let end = Number.NEGATIVE_INFINITY
  const stretch = (from: number, to: number): void => {
    start = Math.min(start, from)
    end = Math.max(end, to)
  }
  if (types.has('outage'))
    for (const o of evidence.outages) stretch(o.start.earliest, Math.max(o.start.earliest + 1, o.end?.latest ?? 0))
  if (types.has('maintenance')) {
    for (const m of evidence.maintenances) stretch(m.start.earliest, Math.max(m.start.earliest + 1, m.end?.latest ?? 0))
  }
  for (const series of evidence.probes) stretch(series.first, series.last + 1)
  for (const { time } of [...evidence.requests, ...evidence.measurements]) {
    const [first, last] = [time[0], time[time.length - 1]]
    if (first !== undefined && last !== undefined) stretch(first, last + 1)
  }
  const stamps = [
    [evidence.tickets, ['ticket', 'ticket-change']],
    [evidence.vulnerabilities, ['vulnerability', 'scan']],
    [evidence.backups, ['backup', 'inventory']],
  ] as const
  for (const [{ first, last }, asked] of stamps) {
    if (asked.some(type => types.has(type)) && first !== undefined && last !== undefined) stretch(first, last + 1)
  }
  for (const { types: asked, stamps: list } of happenings(evidence)) {
    if (asked.some(type => types.has(type))) for (const at of list) stretch(at, at + 1)
  }
  for (const { type, from, to } of evidence.coverage) if (types.has(type) && from < to) stretch(from, to)
  if (start <= end) return { start, end, stated: false, text: 'first to last row' }
  throw new InputError([
    {
      code: 'no-period',
      severity: 'error',
      message: 'no dated row tells which period to audit',
      hint: 'say it: --period 2026-05',
    },
  ])
}

/** Every stamp of the records that are kept one by one, by their type; epoch ms. */
export function happenings({ restores, recoveryPoints, incidents, controls }: Evidence) {
  const known = (list: readonly Happened[]): number[] => list.flatMap(at => (at ? [at.earliest, at.latest] : []))
  return [
    { types: ['restore'], stamps: restores.flatMap(r => known([r.failure, r.requested, r.started, r.completed])) },
    { types: ['recovery-point'], stamps: recoveryPoints.flatMap(p => known([p.at])) },
    { types: ['incident'], stamps: incidents.flatMap(i => known([i.occurred, i.detected, i.declared, i.recovered])) },
    { types: ['control'], stamps: controls.flatMap(c => known([c.performed])) },
  ]
}
