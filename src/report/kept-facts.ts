import type { Finding } from '../model/finding.ts'
import type { ClauseReport } from '../model/report.ts'
import { grouped } from './quantities.ts'

/** Whether a finding is on something owed again and again. */
export function isRepeated(finding: Finding): boolean {
  return isBackup(finding) || isControl(finding) || isExposure(finding)
}

/** Whether a finding is on what a backup clause promises. */
export function isBackup({ details }: Finding): boolean {
  return typeof details?.slot === 'string' && typeof details.noun === 'string'
}

/** Whether a finding is on a control that recurs. */
export function isControl({ details }: Finding): boolean {
  return typeof details?.performances === 'number'
}

/** Whether a finding is on what could be lost at each instant. */
export function isExposure({ promise, details }: Finding): boolean {
  return promise === 'rpo' && details?.amount !== undefined && details.case === undefined
}

/** How much is allowed, with what is tolerated; at least so much where that is promised. */
export function allowedMs({ observed, margin, bound }: Finding): number | undefined {
  if (observed.unit !== 'ms' || margin?.unit !== 'ms') return undefined
  return bound === 'at-least' ? observed.value - margin.value : observed.value + margin.value
}

/** What a promise tolerates beside its amount, in ms; 0: nothing. */
export function toleratedMs(finding: Finding): number {
  const allowed = allowedMs(finding)
  return allowed === undefined || finding.promised.unit !== 'ms' ? 0 : Math.abs(allowed - finding.promised.value)
}

/** Breaches of which the figure only tells how much time has gone by. */
export const NEVER_THERE: ReadonlySet<string> = new Set(['not-copied', 'not-there'])

/** Whether the figure of a finding says how much of what is allowed was used. */
export function isMeasured({ status, reason, details }: Finding): boolean {
  return (
    !(status === 'breached' && NEVER_THERE.has(reason)) &&
    !(details?.at !== undefined && reason !== 'late' && status === 'breached')
  )
}

/** `3 of 29, 2026-05-12 to 2026-05-14`: how many a finding is on, of how many owed, and which. */
export function shareText({ details }: Finding): string {
  const { items = 0, owed, from, to } = details ?? {}
  const of = owed === undefined || owed === items ? '' : ` of ${grouped(owed)}`
  return `${grouped(items)}${of}, ${from}${to === undefined ? '' : ` to ${to}`}`
}

/**
 * How much of what a backup clause owes was kept, `27 of 30 days`, where all of it is of one sort; of stretches of time
 * how many are broken. Undefined for other clauses, and for those with more findings than can be read in passing.
 */
export function sharesOf({ kind, findings, counts }: ClauseReport): string | undefined {
  if (kind !== 'backup' && kind !== 'control' && kind !== 'recovery') return undefined
  let [kept, owed, waived] = [0, 0, 0]
  const sorts = new Set<string>()
  let isStretches = true
  for (const finding of findings.length > MOST_READ ? [] : findings) {
    const { details = {}, status, promise } = finding
    // Of cases and windows each is one that may be kept.
    if (promise === 'times' || details.case !== undefined) isStretches = false
    sorts.add(isBackup(finding) && !STRETCHES.has(String(details.noun)) ? `${details.slot}/${details.noun}` : '')
    if (status === 'met') kept += Number(details.items ?? 0)
    if (status === 'waived') waived += Number(details.items ?? 0)
    if (status !== 'pending') owed += Number(details.items ?? 0)
  }
  const [sort = ''] = sorts
  const noun = sort.replace(/.*\//, '')
  if (sorts.size === 1 && noun !== '') {
    const passed = waived === 0 ? '' : `, ${grouped(waived)} waived`
    return owed === 0 ? '' : `${grouped(kept)} of ${grouped(owed)} ${owed === 1 ? noun : pluralOf(noun)}${passed}`
  }
  if (!isStretches) return undefined
  const breaches = counts.breached + counts.waived
  const passed = counts.waived === 0 ? '' : `, ${grouped(counts.waived)} waived`
  return breaches === 0 ? '' : `${grouped(breaches)} ${breaches === 1 ? 'breach' : 'breaches'}${passed}`
}

const MOST_READ = 1000

/** Stretches of time, of which no number is owed. */
const STRETCHES: ReadonlySet<string> = new Set(['interval', 'stretch'])

export function pluralOf(noun: string): string {
  if (/[^aeo]y$/.test(noun)) return `${noun.slice(0, -1)}ies`
  return /(ch|s|x)$/.test(noun) ? `${noun}es` : `${noun}s`
}
