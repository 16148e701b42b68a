import type { Finding } from '../../src/model/finding.ts'
import { at, findingOf, HOUR, MINUTE } from './fixture.ts'

/** P1, resolve in 4 support hours: opened on a Friday at 16:00, resolved on Monday at 12:10, half an hour paused. */
export const lateTicket: Finding = findingOf({
  id: 'tickets/P1-resolve/T-1042',
  clause: 'tickets',
  promise: 'resolve',
  subject: 'T-1042',
  // Friday 16:00–18:00 and Monday 9:00–12:40 are 5h 40m; 30m of them were paused.
  window: { start: at('2026-05-15T16:00:00+02:00'), end: at('2026-05-18T12:40:00+02:00') },
  status: 'breached',
  reason: 'late',
  start: at('2026-05-15T16:00:00+02:00'),
  due: at('2026-05-18T11:30:00+02:00'),
  bound: 'at-most',
  promised: { unit: 'ms', value: 4 * HOUR },
  observed: { unit: 'ms', value: 5 * HOUR + 10 * MINUTE },
  margin: { unit: 'ms', value: -(HOUR + 10 * MINUTE) },
  details: {
    priority: 'P1',
    clock: 'support',
    counted_ms: 5 * HOUR + 10 * MINUTE,
    paused_ms: 30 * MINUTE,
    stopped_at: at('2026-05-18T12:40:00+02:00'),
  },
  timeline: [
    {
      at: { start: at('2026-05-15T16:00:00+02:00'), end: at('2026-05-18T09:00:00+02:00') },
      effect: 'counted',
      reason: 'open',
      why: '2h of support hours counted',
      origin: { input: 0, line: 7 },
    },
    {
      at: { start: at('2026-05-18T09:00:00+02:00'), end: at('2026-05-18T09:30:00+02:00') },
      effect: 'paused',
      reason: 'paused',
      why: 'waiting for the customer',
      origin: { input: 0, line: 9 },
    },
  ],
  notes: ['opened before the period'],
})

/** Opened on a Friday at 17:00, answered ten minutes later: 2 business days are 18 support hours. */
export function ticketOf(overrides: Partial<Finding> & { readonly subject: string }): Finding {
  return {
    ...lateTicket,
    id: `tickets/P1-resolve/${overrides.subject}`,
    status: 'met',
    reason: 'in-time',
    observed: { unit: 'ms', value: HOUR },
    margin: { unit: 'ms', value: 3 * HOUR },
    details: { priority: 'P1', clock: 'support', counted_ms: HOUR, paused_ms: 0 },
    timeline: [],
    notes: [],
    ...overrides,
  }
}
