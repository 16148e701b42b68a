import type { Finding } from '../../src/model/finding.ts'
import type { Report } from '../../src/model/report.ts'
import { streamHtml } from '../../src/report/html/page.ts'
import type { View } from '../../src/report/view.ts'
import { at, breachedUptime, clauseOf, findingOf, keptNotice, missingBackup, reportOf, viewOf } from './fixture.ts'
import { lateTicket, ticketOf } from './ticket-fixture.ts'

export function pageOf(report: Report, overrides: Partial<View> = {}): string {
  return [...streamHtml(report, viewOf(overrides))].join('')
}

const waived: Finding = {
  ...lateTicket,
  id: 'tickets/P1-resolve/T-7',
  subject: 'T-7',
  status: 'waived',
  waiver: { finding: 'tickets/*/T-7', reason: 'asked for late', approver: 'J. Doe', until: '2026-06-30' },
}
const known: Finding = { ...lateTicket, id: 'tickets/P1-resolve/T-8', subject: 'T-8', known: true }
const pending = ticketOf({ subject: 'T-9', status: 'pending', reason: 'open' })
const atRisk = ticketOf({ subject: 'T-10', atRisk: true })

/** A finding of every status: in `tickets` a breach, one known, one waived, one pending, one at risk, one met. */
export const fullReport: Report = reportOf(
  [
    clauseOf({
      id: 'tickets',
      kind: 'support',
      status: 'breached',
      promise: 'P1 resolve ≤ 4h',
      section: '4.2',
      text: 'Urgent tickets are solved\nwithin four hours.',
      known: 1,
      findings: [ticketOf({ subject: 'T-11' }), lateTicket, waived, known, pending, atRisk],
    }),
    clauseOf({ id: 'uptime', promise: '≥ 99.5 % a calendar month', findings: [breachedUptime] }),
    clauseOf({ id: 'nightly', kind: 'support', promise: 'every 24h', findings: [missingBackup] }),
    clauseOf({ id: 'work', kind: 'maintenance', binding: 'objective', promise: '48h ahead', findings: [keptNotice] }),
    clauseOf({
      id: 'shown',
      binding: 'observed',
      status: 'not-applicable',
      findings: [findingOf({ id: 'shown/2026-05', clause: 'shown', status: 'not-applicable', reason: 'observed' })],
    }),
    clauseOf({ id: 'idle', status: 'not-applicable', findings: [] }),
  ],
  {
    upcoming: {
      until: at('2026-06-10T00:00:00+02:00'),
      items: [
        {
          ...{ finding: 'tickets/P1-resolve/T-9', clause: 'tickets', subject: 'T-9', status: 'pending' },
          ...{ due: at('2026-06-03T09:00:00+02:00'), left_ms: 7_200_000, clock: 'support' },
        },
      ],
    },
    waivers: {
      file: 'waivers.yaml',
      sha256: 'c'.repeat(64),
      entries: [
        { ...waived.waiver, ...entry('tickets/*/T-7'), state: 'used', findings: 1, daysLeft: 28 },
        { ...entry('uptime/2026-04'), until: '2026-05-30', state: 'expired', findings: 0, daysLeft: -3 },
        { ...entry('nothing/*'), until: '2026-06-02', state: 'unmatched', findings: 0, daysLeft: 0 },
      ],
    },
    baseline: {
      ...{ file: 'april.json', sha256: 'd'.repeat(64), asOf: at('2026-05-02T00:00:00+02:00'), known: 1 },
      period: { start: at('2026-04-01T00:00:00+02:00'), end: at('2026-05-01T00:00:00+02:00'), text: '2026-04' },
      fixed: [
        { finding: 'tickets/P1-resolve/T-11', clause: 'tickets', now: 'met' },
        { finding: 'tickets/P1-resolve/T-1', clause: 'tickets', now: 'gone' },
      ],
      open: [],
    },
    warnings: [
      {
        ...{ code: 'late-log', severity: 'warning', message: 'the log ends early', hint: 'supply the rest' },
        span: { file: 'outages.csv', line: 12, column: 3, length: 1 },
      },
    ],
  },
)

function entry(finding: string) {
  return { finding, reason: 'asked for late', approver: 'J. Doe', until: '2026-06-30' }
}
