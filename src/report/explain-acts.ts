import type { Finding } from '../model/finding.ts'
import type { Zone } from '../time/zone.ts'
import { isClocked } from './clock-facts.ts'
import { dueText, endsDay, isJustMissed } from './day-ends.ts'
import { isFix } from './fix-facts.ts'
import { spanYears } from './instants.ts'

/** What stops the clock of a finding, in words; undefined where no single act does. */
export function actOf(finding: Finding): string | undefined {
  const { promise = '', reason, details } = finding
  if (isFix(finding)) return promise.endsWith('-mitigate') || reason === 'mitigated-late' ? 'a mitigation' : 'a fix'
  if (promise === 'copies') return reason === 'unrestorable' ? 'a copy that can be restored' : 'a copy'
  if (promise === 'schedule') {
    return details?.anchor === 'completion'
      ? 'a backup completed'
      : details?.at === undefined
        ? 'a backup'
        : 'a backup started'
  }
  const act = ACTS[promise]
  return isClocked(finding) ? (act ?? 'done') : act
}

const ACTS: Readonly<Partial<Record<string, string>>> = {
  respond: 'a response',
  'update-every': 'an update',
  workaround: 'a workaround',
  resolve: 'a resolution',
  report: 'a report',
  rto: 'a restore completed',
  every: 'a performance',
  notice: 'an announcement',
  overrun: 'word of it',
}

/** An instant as an explanation says it, with its year only where the finding's years differ. */
export function instantWords(at: number, finding: Finding, zone: Zone): string {
  const { start = finding.window.start, window } = finding
  const years = spanYears(
    zone,
    [start, window.end, at].map(one => ({ start: one, end: one })),
  )
  return dueText(zone, at, years, isJustMissed(finding)).replace(/ {2}/, ' ')
}

/** Until when an act is in time: `by Tue 26 May 10:10`; what ends with a day is in time before the day is over. */
export function byWords(due: number, finding: Finding, zone: Zone): string {
  const word = endsDay(zone, due) && !isJustMissed(finding) ? 'before' : 'by'
  return `${word} ${instantWords(due, finding, zone)}`
}
