import type { Finding } from '../../src/model/finding.ts'
import { at, findingOf, HOUR } from './fixture.ts'

const DAY = 24 * HOUR

/**
 * Detected on Monday 1 June 2026 at 10:00, 7 days to the end of the day: in time up to Monday 8 June 23:59:59.999, 7 days
 * and 14 hours less a millisecond later. Fixed on Wednesday at 09:30, which is 33 and a half hours after that day.
 */
export const lateFix: Finding = findingOf({
  id: 'fixes/high/CVE-2026-1@web#pkg:npm/%40acme/left-pad',
  clause: 'fixes',
  promise: 'high',
  subject: 'CVE-2026-1 on web (pkg:npm/%40acme/left-pad)',
  window: { start: at('2026-06-01T10:00:00+02:00'), end: at('2026-06-10T09:30:00+02:00') },
  status: 'breached',
  reason: 'fixed-late',
  start: at('2026-06-01T10:00:00+02:00'),
  due: at('2026-06-08T23:59:59.999+02:00'),
  bound: 'at-most',
  promised: { unit: 'ms', value: 7 * DAY + 14 * HOUR - 1 },
  observed: { unit: 'ms', value: 9 * DAY - HOUR / 2 },
  margin: { unit: 'ms', value: 7 * DAY + 14 * HOUR - 1 - (9 * DAY - HOUR / 2) },
  details: {
    id: 'CVE-2026-1',
    asset: 'web',
    component: 'pkg:npm/%40acme/left-pad',
    band: 'high',
    amount: '7 days',
    score: '8.1',
    score_source: 'nvd',
    cvss_version: '3.1',
    from: 'detected',
    counting: 'end-of-day',
  },
  timeline: [
    {
      at: { start: at('2026-06-01T10:00:00+02:00'), end: at('2026-06-01T10:00:00+02:00') },
      effect: 'note',
      reason: 'start',
      why: 'the clock starts: detected',
      origin: { input: 0, line: 3 },
    },
    {
      at: { start: at('2026-06-01T10:00:00+02:00'), end: at('2026-06-08T23:59:59.999+02:00') },
      effect: 'counted',
      reason: 'running',
      why: '181h 59m 59.999s',
    },
    {
      at: { start: at('2026-06-08T23:59:59.999+02:00'), end: at('2026-06-10T09:30:00+02:00') },
      effect: 'over',
      reason: 'late',
      why: '33h 30m 0.001s',
    },
    {
      at: { start: at('2026-06-10T09:30:00+02:00'), end: at('2026-06-10T09:30:00+02:00') },
      effect: 'note',
      reason: 'fixed',
      why: 'fixed',
      origin: { input: 0, line: 3 },
    },
  ],
  notes: ['score 8.1 from nvd (CVSS 3.1)'],
})

/** Elapsed: 3 days from Monday 1 June 10:00 to Thursday 10:00, where it is not fixed yet on Tuesday. */
export const openFix: Finding = findingOf({
  ...lateFix,
  id: 'fixes/critical/CVE-2026-2@web',
  promise: 'critical',
  subject: 'CVE-2026-2 on web',
  window: { start: at('2026-06-01T10:00:00+02:00'), end: at('2026-06-02T09:00:00+02:00') },
  status: 'pending',
  reason: 'open',
  due: at('2026-06-04T10:00:00+02:00'),
  promised: { unit: 'ms', value: 3 * DAY },
  observed: { unit: 'ms', value: 23 * HOUR },
  margin: { unit: 'ms', value: 49 * HOUR },
  details: {
    ...{ id: 'CVE-2026-2', asset: 'web', band: 'critical', amount: '3 days', score: '9.8' },
    ...{ from: 'fix-available', counting: 'elapsed' },
  },
  timeline: [],
  notes: ['score 9.8 from scanner'],
})

/** What must not be there is left out of a finding: its times, say. */
export function without(finding: Finding, ...names: readonly (keyof Finding)[]): Finding {
  return Object.fromEntries(Object.entries(finding).filter(([name]) => !names.some(other => other === name))) as never
}
