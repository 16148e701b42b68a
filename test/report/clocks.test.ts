import { describe, expect, it } from 'vitest'
import type { Finding } from '../../src/model/finding.ts'
import { renderExplanation } from '../../src/report/explain.ts'
import { renderPretty } from '../../src/report/pretty.ts'
import { displayWidth } from '../../src/report/printable.ts'
import { at, clauseOf, findingOf, HOUR, MINUTE, reportOf, viewOf } from './fixture.ts'
import { lateTicket, ticketOf } from './ticket-fixture.ts'

const PROMISE = 'P1 resolve ≤ 4h'

function pretty(findings: readonly Finding[], width = 120, verbose = 0): string {
  const clause = clauseOf({ id: 'tickets', kind: 'support', promise: PROMISE, status: 'breached', findings })
  return renderPretty(reportOf([clause]), viewOf({ width, verbose }))
}

function explained(finding: Finding): string {
  const clause = clauseOf({ id: 'tickets', kind: 'support', promise: PROMISE, findings: [finding] })
  return renderExplanation(reportOf([clause]), clause, finding, viewOf({ width: 120 }))
}

/** The clause's line: after the heading, which ends with the first blank line. */
function clauseLine(text: string): string {
  return text.split('\n\n')[1] ?? ''
}

describe('findings about a clock', () => {
  const met = Array.from({ length: 28 }, (_, i) => ticketOf({ subject: `T-${i}` }))
  const open = ticketOf({
    subject: 'T-7000',
    status: 'pending',
    reason: 'open',
    due: at('2026-06-02T12:00:00+02:00'),
  })

  it('count what is met and name the worst, by its own clock', () => {
    const text = pretty([...met, lateTicket, open])
    expect(clauseLine(text)).toBe(
      `✖ breached  tickets  28 of 30 met  ${PROMISE}  P1-resolve/T-1042: 5h 10m counted in support hours, 1h 10m over`,
    )
    expect(text).toContain('\n  findings: 1 breached · 1 pending · 28 met\n')
    const narrow = clauseLine(pretty([...met, lateTicket, open], 80))
    for (const line of narrow.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(80)
    expect(narrow.replaceAll(/\s+/g, ' ')).toBe(clauseLine(text).replaceAll(/\s+/g, ' '))
  })

  it('say in a block what was promised and counted, when it started and was due, and what did not count', () => {
    const [, , block] = pretty([...met, lateTicket, open]).split('\n\n')
    expect(block?.split('\n')).toEqual([
      '✖ tickets/P1-resolve/T-1042  breached: resolve ≤ 4h in support hours: 5h 10m counted, 1h 10m over',
      // 310 of 240 minutes are 129.17 %, rounded up beyond the limit; 24 marks for the limit, 7 for 29 % of it.
      `  ${'━'.repeat(24)}┿${'━'.repeat(7)} 130 %`,
      '  Fri 15 May 16:00 – Mon 18 May 09:00  counted  2h of support hours counted  outages.csv:7',
      '  Mon 18 May 09:00–09:30               paused   waiting for the customer     outages.csv:9',
      '  start Fri 15 May 16:00 · due Mon 18 May 11:30 · stop Mon 18 May 12:40 · 30m not counted',
      '  note: opened before the period',
    ])
  })

  it('say how much is left while they run, and that they stand still', () => {
    const head = (finding: Finding): string =>
      pretty([...met, finding])
        .split('\n\n')[2]
        ?.split('\n')[0] ?? ''
    expect(head(open)).toBe('… tickets/P1-resolve/T-7000  pending: resolve ≤ 4h in support hours: 1h counted, 3h left')
    expect(head({ ...open, reason: 'paused' })).toBe(
      '… tickets/P1-resolve/T-7000  pending: resolve ≤ 4h in support hours: 1h counted, 3h left, paused',
    )
    expect(clauseLine(pretty([open]))).toBe(`✖ breached  tickets  1h  ${PROMISE}  3h left, in support hours`)
    const kept = pretty([ticketOf({ subject: 'T-1' })], 120, 1)
    expect(kept).toContain('resolve ≤ 4h in support hours: 1h counted, 3h to spare\n')
  })

  it('say what would have kept a promise: how much less once its clock has stopped, and by when', () => {
    const by = 'a resolution by Mon 18 May 11:30'
    expect(explained(lateTicket)).toContain(`  change  1h 10m less would have kept it: ${by}\n`)
    expect(explained({ ...lateTicket, reason: 'overdue' })).toContain(`  change  ${by} would have kept it\n`)
  })

  it('count business time in hours, a clock that always runs in days too', () => {
    const long = ticketOf({
      subject: 'T-9',
      status: 'breached',
      reason: 'late',
      promised: { unit: 'ms', value: 18 * HOUR },
      observed: { unit: 'ms', value: 1052 * HOUR + 30 * MINUTE },
      margin: { unit: 'ms', value: -(1034 * HOUR + 30 * MINUTE) },
    })
    expect(pretty([...met, long])).toContain(
      'breached: resolve ≤ 18h in support hours: 1,052h 30m counted, 1,034h 30m over\n',
    )
    const always = { ...long, details: { ...long.details, clock: 'always' } }
    expect(pretty([...met, always])).toContain('breached: resolve ≤ 18h: 43d 20h 30m counted, 43d 2h 30m over\n')
    const hours = { ...long, details: { ...long.details, clock: 'office-hours' } }
    expect(pretty([...met, hours])).toContain('resolve ≤ 18h in office-hours: ')
  })

  it('name an amount of days as it is written, and what it comes to', () => {
    const days = (clock: string, amount: string): string => {
      const details = { priority: 'P1', clock, amount, counted_ms: 5 * HOUR, paused_ms: 0 }
      return /breached: (.*?):/.exec(pretty([...met, { ...lateTicket, details }]))?.[1] ?? ''
    }
    expect(days('support', '2 business days')).toBe('resolve ≤ 2 business days (4h in support hours)')
    expect(days('support', '240min')).toBe('resolve ≤ 240min in support hours')
    expect(days('support', '4 business hours')).toBe('resolve ≤ 4 business hours (4h in support hours)')
    expect(days('support', 'PT4H')).toBe('resolve ≤ PT4H (4h in support hours)')
    expect(days('always', '5 days')).toBe('resolve ≤ 5 days')
    expect(days('always', '1 day')).toBe('resolve ≤ 1 day')
    expect(days('always', '4h')).toBe('resolve ≤ 4h')
  })

  it('tell time in hours where the contract does, in days where that does', () => {
    const long = (amount: string): string => {
      const details = { priority: 'P1', clock: 'always', amount, counted_ms: 26 * HOUR, paused_ms: 0 }
      const times = { promised: 24 * HOUR, observed: 26 * HOUR, margin: -2 * HOUR }
      const [promised, observed, margin] = Object.values(times).map(value => ({ unit: 'ms', value }) as const)
      return pretty([
        ...met,
        {
          ...lateTicket,
          details,
          ...(promised && { promised }),
          ...(observed && { observed }),
          ...(margin && { margin }),
        },
      ])
    }
    expect(long('24h')).toContain('breached: resolve ≤ 24h: 26h counted, 2h over\n')
    expect(long('1 day')).toContain('breached: resolve ≤ 1 day: 1d 2h counted, 2h over\n')
    // On a clock that always runs the length of a step is what it counted.
    expect(long('24h')).toContain('  Mon 18 May 09:00–09:30                  30m  paused ')
  })

  it('keep to bounds and what would settle it where they are not decided', () => {
    const unsure = ticketOf({
      subject: 'T-3',
      status: 'unverified',
      reason: 'date-only',
      bounds: { lowest: { unit: 'ms', value: 30 * HOUR }, highest: { unit: 'ms', value: 39 * HOUR } },
      notes: ['opened_at has no time of day'],
    })
    const text = pretty([...met, unsure])
    expect(text).toContain(
      'unverified: resolve ≤ 4h in support hours: between 30h and 39h; opened_at has no time of day\n',
    )
    expect(explained(unsure)).not.toContain('counted')
    expect(explained(unsure)).toContain('  allowance  4h in support hours = 14,400,000 ms\n')
  })

  it('indent the further lines of a head, with and without a place beside it', () => {
    const clause = clauseOf({ id: 'tickets', kind: 'support', promise: PROMISE, findings: [lateTicket] })
    const [head, rest] = renderExplanation(reportOf([clause]), clause, lateTicket, viewOf({ width: 80 })).split('\n')
    expect(head).toBe('✖ tickets/P1-resolve/T-1042  breached: resolve ≤ 4h in support hours: 5h 10m')
    expect(rest).toBe('  counted, 1h 10m over')
    const placed = { ...clause, span: { file: 'acme.yaml', line: 7, column: 3, length: 6 } }
    const block = renderPretty(reportOf([placed]), viewOf({ width: 80 }))
      .split('\n\n')[2]
      ?.split('\n')
    expect(block?.slice(0, 2)).toEqual([
      `✖ tickets/P1-resolve/T-1042  breached: resolve ≤ 4h in support${' '.repeat(80 - 62 - 11)}acme.yaml:7`,
      // With `hours:` it would take 69 of the 67 columns that the place leaves.
      '  hours: 5h 10m counted, 1h 10m over',
    ])
  })

  it('are explained from the start of the clock to its stop', () => {
    expect(explained(lateTicket).split('\n')).toEqual([
      '✖ tickets/P1-resolve/T-1042  breached: resolve ≤ 4h in support hours: 5h 10m counted, 1h 10m over',
      '',
      'Promise   resolve ≤ 4h in support hours',
      'Subject   T-1042',
      'Priority  P1',
      'Window    2026-05-15T16:00:00+02:00 to 2026-05-18T12:40:00+02:00, Europe/Paris',
      'As of     2026-06-02T09:00:00+02:00',
      '',
      'Timeline',
      `  ${'━'.repeat(24)}┿${'━'.repeat(7)} 130 %`,
      '  Fri 15 May 16:00 – Mon 18 May 09:00  counted  2h of support hours counted  outages.csv:7',
      '  Mon 18 May 09:00–09:30               paused   waiting for the customer     outages.csv:9',
      '',
      'Arithmetic',
      '  start        Fri 15 May 16:00 = 2026-05-15T16:00:00+02:00',
      '  stop         Mon 18 May 12:40 = 2026-05-18T12:40:00+02:00',
      '  counted      5h 10m in support hours = 18,600,000 ms',
      '  not counted  30m in support hours = 1,800,000 ms',
      '  allowance    4h in support hours = 14,400,000 ms',
      '  due          Mon 18 May 11:30 = 2026-05-18T11:30:00+02:00',
      '  margin       1h 10m over = -4,200,000 ms',
      '',
      'Verdict',
      '  status  breached (late)',
      '  change  1h 10m less would have kept it: a resolution by Mon 18 May 11:30',
      '',
      'Notes',
      '  opened before the period',
      '',
      'Day by day?  sla due acme.yaml tickets/P1/resolve --from 2026-05-15T16:00:00+02:00 \\',
      '  --paused 2026-05-18T09:00:00+02:00..2026-05-18T09:30:00+02:00',
      '',
    ])
  })
})

describe('attainment', () => {
  const attained = findingOf({
    id: 'rates/P1-respond/2026-05',
    clause: 'rates',
    promise: 'respond',
    subject: 'P1',
    status: 'breached',
    reason: 'late',
    bound: 'at-least',
    promised: { unit: 'ratio', part: 95, of: 100 },
    observed: { unit: 'ratio', part: 18, of: 20 },
    margin: { unit: 'ratio', part: -1, of: 20 },
    details: { priority: 'P1', clock: 'support', amount: '2h', in_time: 18, late: 2 },
  })

  it('is a percentage, the count behind it, and percentage points', () => {
    const text = pretty([attained])
    expect(clauseLine(text)).toBe(
      `✖ breached  tickets  90.00 %  ${PROMISE}  18 of 20 in time, 5.00 percentage points short`,
    )
    expect(text).toContain(
      '✖ rates/P1-respond/2026-05  breached: 95 % respond ≤ 2h: 90.00 %, 18 of 20 in time, 5.00 percentage points short\n',
    )
    const kept: Finding = {
      ...attained,
      status: 'met',
      reason: 'in-time',
      observed: { unit: 'ratio', part: 196, of: 200 },
      margin: { unit: 'ratio', part: 6, of: 200 },
    }
    expect(pretty([kept], 120, 1)).toContain(
      'met: 95 % respond ≤ 2h: 98.00 %, 196 of 200 in time, 3.00 percentage points to spare\n',
    )
    expect(clauseLine(pretty([kept, attained])).replaceAll(/\s+/g, ' ')).toContain(
      '2026-05: 90.00 %, 18 of 20 in time, 5.00 percentage points short',
    )
    expect(explained(attained)).toContain('Promise  95 % respond ≤ 2h\n')
    expect(explained(attained)).toContain('  observed  90.00 % = 18 / 20 in time\n')
    const open: Finding = { ...attained, status: 'pending', reason: 'open', details: { ...attained.details, open: 3 } }
    expect(pretty([open])).toContain(
      'pending: 95 % respond ≤ 2h: 90.00 %, 18 of 20 in time, 3 open, 5.00 percentage points short\n',
    )
  })

  it('says between what it may still end in place of a margin that may turn', () => {
    // 95 of 126 in time and 107 not known: 95 of 233 are 40.77 %, 202 of 233 are 86.69 %.
    const unsure: Finding = {
      ...attained,
      status: 'pending',
      reason: 'running',
      promised: { unit: 'ratio', part: 60, of: 100 },
      observed: { unit: 'ratio', part: 95, of: 126 },
      margin: { unit: 'ratio', part: 1940, of: 12_600 },
      bounds: { lowest: { unit: 'ratio', part: 95, of: 233 }, highest: { unit: 'ratio', part: 202, of: 233 } },
      details: { ...attained.details, in_time: 95, late: 31, unverified: 107 },
    }
    const range = '75.39 %, 95 of 126 in time, 107 unverified, between 40.77 % and 86.69 %'
    const text = pretty([unsure, attained], 160)
    expect(text).toContain(`pending: 60 % respond ≤ 2h: ${range}\n`)
    expect(text.match(/between/g)).toHaveLength(1)
    // Whatever becomes of 2 of 22, 20 of 22 are more than 60 %.
    const bounds = {
      lowest: { unit: 'ratio', part: 20, of: 22 },
      highest: { unit: 'ratio', part: 1, of: 1 },
    } as const
    expect(pretty([{ ...unsure, bounds }], 160)).toContain('107 unverified, 15.39 percentage points to spare\n')
  })

  it('names what is at risk for a clause at risk, short of its promise so far first, then what is still open', () => {
    const named = (...findings: readonly Finding[]): string => {
      const clause = clauseOf({ id: 'rates', status: 'pending', findings })
      return clauseLine(renderPretty(reportOf([clause]), viewOf({ width: 160 })))
    }
    const share = (id: string, part: number, more: Partial<Finding>): Finding => ({
      ...attained,
      id: `rates/${id}`,
      status: 'pending',
      reason: 'running',
      observed: { unit: 'ratio', part, of: 100 },
      margin: { unit: 'ratio', part: part - 95, of: 100 },
      details: { ...attained.details, in_time: part, late: 100 - part },
      ...more,
    })
    const calm = share('calm', 97, {})
    const near = share('near', 96, { atRisk: true })
    const kept = share('kept', 95, { atRisk: true, status: 'met' })
    const short = share('short', 94, { atRisk: true })
    expect(named(calm, kept)).toMatch(/^▲ at risk {2}rates .*kept: 95\.00 %, .*exactly at the limit$/)
    expect(named(calm, kept, near)).toMatch(/^▲ at risk {2}rates .*near: 96\.00 %, .*1\.00 percentage points to spare$/)
    expect(named(calm, kept, near, short)).toMatch(/^▲ short so far {2}rates .*short: 94\.00 %, .*points short$/)
  })

  it('counts by promise where all is shown', () => {
    const respond = (subject: string, status: 'met' | 'breached'): Finding =>
      ticketOf({ subject, id: `tickets/P1-respond/${subject}`, promise: 'respond', status })
    const findings = [respond('A', 'met'), respond('B', 'met'), lateTicket, ticketOf({ subject: 'A' })]
    expect(clauseLine(pretty(findings))).toContain('  3 of 4 met  ')
    const clause = clauseOf({ id: 'tickets', promise: PROMISE, status: 'breached', findings })
    const all = renderPretty(reportOf([clause]), viewOf({ width: 160, verbose: 1 })).split('\n')
    const line = all.findIndex(text => text.startsWith('✖ breached  tickets  '))
    expect(all[line]).toContain('  3 of 4 met  ')
    const column = all[line]?.indexOf('3 of 4 met')
    expect(all.slice(line + 1, line + 3).map(text => text.trim().split(/ {2,}/))).toEqual([
      ['respond', '2 of 2 met'],
      ['resolve', '1 of 2 met'],
    ])
    expect(all.slice(line + 1, line + 3).map(text => text.indexOf(' of 2 met') - 1)).toEqual([column, column])
  })
})

describe('a mean', () => {
  it('says what a ticket took on average against what it may', () => {
    const mean = findingOf({
      id: 'tickets/mean-resolve/2026-05',
      clause: 'tickets',
      promise: 'mean-resolve',
      status: 'breached',
      reason: 'over',
      bound: 'at-most',
      promised: { unit: 'ms', value: 8 * HOUR },
      observed: { unit: 'ms', value: 30 * HOUR },
      margin: { unit: 'ms', value: -22 * HOUR },
      details: { clock: 'support', tickets: 12, sum_ms: 360 * HOUR },
    })
    expect(pretty([mean])).toContain('breached: mean resolve ≤ 8h in support hours: 30h a ticket, 22h over\n')
    expect(pretty([mean])).toContain('\n  30h = 360h / 12 tickets\n')
    const running: Finding = { ...mean, status: 'pending', reason: 'running', atRisk: true }
    const clause = clauseOf({ id: 'tickets', status: 'pending', findings: [running] })
    const text = renderPretty(reportOf([clause]), viewOf({ width: 120 }))
    expect(clauseLine(text)).toMatch(/^▲ over so far {2}tickets .* 22h over, in support hours$/)
    expect(text).toContain(
      '▲ tickets/mean-resolve/2026-05  over so far: mean resolve ≤ 8h in support hours: 30h a ticket, 22h over\n',
    )
    expect(text).toContain('▲ Still open: 1 of 1 clause not kept so far.\n')
    expect(explained(running)).toContain('  status  pending, over so far (running)\n')
    const near = renderPretty(
      reportOf([{ ...clause, findings: [{ ...running, margin: { unit: 'ms', value: 0 } }] }]),
      viewOf({ width: 120 }),
    )
    expect(near).toContain('at risk: mean resolve ≤ 8h')
    expect(near).toContain('▲ Kept so far, but ')
    expect(explained(mean)).toContain('  mean      30h = 360h / 12 tickets\n')
    expect(explained(mean)).toContain('  sum       360h = 1,296,000,000 ms\n')
    // 13 h over 3 tickets are 4 h 20 min; 10 h over 3 are 3 h 20 min; 10 h 0.001 s aren't a whole number of ms.
    const of = (sum: number, value: number): string =>
      /\n {2}(\S.* \/ 3 .*)\n/.exec(
        pretty([{ ...mean, observed: { unit: 'ms', value }, details: { ...mean.details, tickets: 3, sum_ms: sum } }]),
      )?.[1] ?? ''
    expect(of(13 * HOUR, 260 * MINUTE)).toBe('4h 20m = 13h / 3 tickets')
    expect(of(10 * HOUR + 1, 200 * MINUTE + 1)).toBe('3h 20m 0.001s = 10h 0.001s / 3 tickets, rounded up')
  })
})
