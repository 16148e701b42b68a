import { describe, expect, it } from 'vitest'
import { findingsOf } from '../../src/clauses/findings.ts'
import type { Finding, Outline } from '../../src/model/finding.ts'
import type { UpcomingItem } from '../../src/model/report.ts'
import { renderPretty } from '../../src/report/pretty.ts'
import { displayWidth } from '../../src/report/printable.ts'
import { lateFix } from './fix-fixture.ts'
import { at, clauseOf, HOUR, keptNotice, MINUTE, reportOf, viewOf } from './fixture.ts'
import { ticketOf } from './ticket-fixture.ts'

const until = at('2026-06-09T09:00:00+02:00')

const overdue: UpcomingItem = {
  finding: 'tickets/P1-resolve/T-12',
  clause: 'tickets',
  subject: 'T-12',
  due: at('2026-06-01T17:50:00+02:00'),
  left_ms: -(HOUR + 10 * MINUTE),
  clock: 'support',
  status: 'breached',
}
const open: UpcomingItem = {
  ...overdue,
  finding: 'tickets/P2-resolve/T-13',
  due: at('2026-06-05T10:00:00+02:00'),
  left_ms: 28 * HOUR,
  status: 'pending',
}
const paused: UpcomingItem = { ...open, finding: 'tickets/P2-resolve/T-14', paused: true }

function shown(items: readonly UpcomingItem[], width: number, quiet = false): string[] {
  const report = reportOf([clauseOf({ id: 'work', findings: [keptNotice] })], { upcoming: { until, items } })
  const blocks = renderPretty(report, viewOf({ width, quiet })).split('\n\n')
  return blocks.find(block => block.startsWith('Due by'))?.split('\n') ?? []
}

describe('what falls due', () => {
  it('is a table of time left, due instant in the zone of the contract, and finding', () => {
    const lines = [
      'Due by Tue 9 Jun 09:00, time left in support hours',
      '  ✖ overdue  1h 10m over  Mon  1 Jun 17:50  tickets/P1-resolve/T-12',
      '  … pending     28h left  Fri  5 Jun 10:00  tickets/P2-resolve/T-13',
      '  … paused      28h left  Fri  5 Jun 10:00  tickets/P2-resolve/T-14',
    ]
    expect(shown([overdue, open, paused], 80)).toEqual(lines)
    expect(shown([overdue, open, paused], 120)).toEqual(lines)
    expect(shown([overdue], 80, true)).toEqual(lines.slice(0, 2))
  })

  it('names the clock of each where they differ, and years where those do', () => {
    const { clock: _, ...always } = open
    const next = { ...always, due: at('2027-01-04T10:00:00+01:00') }
    expect(shown([overdue, next], 120)).toEqual([
      'Due by Tue 9 Jun 2026 09:00',
      '  ✖ overdue  1h 10m over  Mon  1 Jun 2026 17:50  tickets/P1-resolve/T-12  in support hours',
      '  … pending   1d 4h left  Mon  4 Jan 2027 10:00  tickets/P2-resolve/T-13',
    ])
  })

  it('is cut after 50, and says when there is nothing', () => {
    const many = Array.from({ length: 1053 }, (_, i) => ({ ...open, finding: `tickets/${'x'.repeat(90)}/${i}` }))
    const lines = shown(many, 80)
    expect(lines.filter(line => line.includes('pending'))).toHaveLength(50)
    expect(lines.at(-1)).toBe('  and 1,003 more')
    for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(80)
    expect(shown([], 80)).toEqual(['Due by Tue 9 Jun 09:00: nothing'])
  })

  it('marks what is at risk of what still runs', () => {
    const ticket = (subject: string, more: Partial<Finding>): Finding =>
      ticketOf({ subject, id: `tickets/P2-resolve/${subject}`, status: 'pending', due: open.due, ...more })
    const findings = [
      ticket('T-13', { atRisk: true }),
      ticket('T-14', { atRisk: true, reason: 'paused' }),
      ticket('T-15', {}),
      ticket('T-16', { atRisk: true, status: 'met' }),
    ]
    const items = [overdue, open, paused, { ...open, finding: 'tickets/P2-resolve/T-15' }]
    const outlines = (): readonly Outline[] =>
      findings.map(({ status, reason, window, atRisk, due }) => ({
        ...{ status, reason, window },
        ...(atRisk && { atRisk }),
        ...(due !== undefined && { due }),
      }))
    for (const list of [findings, findingsOf(4, i => findings[i] ?? keptNotice, { outlines })]) {
      const report = reportOf([clauseOf({ id: 'tickets', findings: list })], { upcoming: { until, items } })
      const blocks = renderPretty(report, viewOf({ width: 120 })).split('\n\n')
      expect(blocks.find(block => block.startsWith('Due by'))?.split('\n')).toEqual([
        'Due by Tue 9 Jun 09:00, time left in support hours',
        '  ✖ overdue          1h 10m over  Mon  1 Jun 17:50  tickets/P1-resolve/T-12',
        '  ▲ at risk             28h left  Fri  5 Jun 10:00  tickets/P2-resolve/T-13',
        '  ▲ at risk, paused     28h left  Fri  5 Jun 10:00  tickets/P2-resolve/T-14',
        '  … pending             28h left  Fri  5 Jun 10:00  tickets/P2-resolve/T-15',
      ])
    }
  })

  it('is not shown unasked', () => {
    const report = reportOf([clauseOf({ id: 'work', findings: [keptNotice] })])
    expect(renderPretty(report, viewOf())).not.toContain('Due by')
  })

  it('says when what no scan showed since was last seen, and to the millisecond what was just missed', () => {
    const fix = (id: string, due: string, status: UpcomingItem['status'], left_ms: number): UpcomingItem => ({
      ...{ finding: `fixes/high/${id}@web`, clause: 'fixes', subject: id, promise: 'high', band: 'high' },
      ...{ due: at(due), status, left_ms },
    })
    const [day, next] = ['2026-06-01T23:59:59.999+02:00', '2026-06-03T23:59:59.999+02:00']
    const items = [
      fix('A', day, 'breached', -1),
      fix('B', day, 'unverified', -(9 * HOUR) - 1),
      fix('C', next, 'pending', 39 * HOUR - 1),
      fix('D', next, 'pending', 39 * HOUR - 1),
    ]
    const seen = 'last seen 2026-05-30T10:00:00+02:00, no scan since'
    const behind = (id: string, more: Partial<Finding>): Finding => ({
      ...{ ...lateFix, id: `fixes/high/${id}@web`, status: 'pending', timeline: [], notes: [] },
      ...more,
    })
    const findings = [
      behind('B', { status: 'unverified', reason: 'not-seen-since', observed: { unit: 'none', text: seen } }),
      behind('C', { notes: [seen] }),
      behind('D', {}),
    ]
    const report = reportOf([clauseOf({ id: 'fixes', kind: 'vulnerability', findings })], {
      asOf: at('2026-06-02T09:00:00+02:00'),
      upcoming: { until, items },
    })
    const block = renderPretty(report, viewOf({ width: 120 })).split('\n\n')
    expect(block.find(text => text.startsWith('Due by'))?.split('\n')).toEqual([
      'Due by Tue 9 Jun 09:00',
      '  ✖ overdue     0.001s over  Mon  1 Jun 23:59:59.999  fixes/high/A@web',
      '  ? unverified       9h ago  Mon  1 Jun 24:00         fixes/high/B@web  last seen 2026-05-30T10:00:00+02:00',
      '  … pending     1d 15h left  Wed  3 Jun 24:00         fixes/high/C@web  last seen 2026-05-30T10:00:00+02:00',
      '  … pending     1d 15h left  Wed  3 Jun 24:00         fixes/high/D@web',
    ])
  })
})
