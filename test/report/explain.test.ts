import { describe, expect, it } from 'vitest'
import type { Finding } from '../../src/model/finding.ts'
import { renderExplanation } from '../../src/report/explain.ts'
import { renderJson } from '../../src/report/json.ts'
import { breachedUptime, clauseOf, findingOf, HOUR, keptNotice, mixedReport, viewOf } from './fixture.ts'

function explained(finding: Finding, width = 120): string {
  const clause = mixedReport.clauses[1]
  return renderExplanation(mixedReport, clause ?? clauseOf({ findings: [] }), finding, viewOf({ width }))
}

describe('renderExplanation', () => {
  it('gives promise, timeline, exact arithmetic, what would turn the verdict, and notes', () => {
    expect(explained(breachedUptime).split('\n')).toEqual([
      '✖ uptime/2026-05  breached: 4h 20m of 3h 43m 12s used',
      '',
      'Promise  ≥ 99.5 % a calendar month (acme.yaml:11)',
      'Section  1',
      'Text     Monthly uptime.',
      'Window   2026-05-01T00:00:00+02:00 to 2026-06-01T00:00:00+02:00, Europe/Paris',
      'As of    2026-06-02T09:00:00+02:00',
      '',
      'Timeline',
      `  ${'━'.repeat(24)}┿${'━'.repeat(4)} 117 %`,
      '  Sat  2 May 01:12–03:42  2h 30m  counted   OUT-17, api gateway down                outages.csv:12',
      '  Sat  9 May 22:00–23:00      1h  excluded  planned work MW-3, announced 72h ahead  maintenance.csv:4',
      '  Tue 19 May 14:05–15:55  1h 50m  counted   OUT-23, database failover               outages.csv:31',
      '',
      'Arithmetic',
      '  observed   99.41 % = 2,662,800,000 / 2,678,400,000 ms',
      '  promised   ≥ 99.5 % = 995 / 1,000',
      '  margin     36m 48s over the allowance = -2,208,000 ms',
      '  base       31d = 2,678,400,000 ms',
      '  down       4h 20m = 15,600,000 ms',
      '  excluded   1h = 3,600,000 ms',
      '  allowance  3h 43m 12s = 13,392,000 ms',
      '',
      'Verdict',
      '  status  breached (over)',
      '  change  36m 48s less counted downtime would have kept it',
      '  broken  2026-05-19T15:18:12+02:00 to 2026-05-19T15:55:00+02:00',
      '',
      'Notes',
      '  the end of OUT-23 was read as ambiguous',
      '',
    ])
  })

  it('says what would turn a verdict, by the side of the promise', () => {
    expect(explained(keptNotice)).toContain('change  it would break with more than 1d less\n')
    const above: Finding = { ...breachedUptime, bound: 'above' }
    expect(explained(above)).toContain('change  36m 48s less counted downtime would have kept it\n')
    const late = findingOf({
      status: 'breached',
      bound: 'at-least',
      promised: { unit: 'ms', value: 48 * HOUR },
      observed: { unit: 'ms', value: 45 * HOUR },
      margin: { unit: 'ms', value: -3 * HOUR },
    })
    expect(explained(late)).toContain('change  3h more would have kept it')
  })

  it('says how far a kept availability is from breaking, in downtime or requests', () => {
    const kept = { ...breachedUptime, status: 'met' as const, reason: 'within' }
    // 223m 12s allowed, 218m 37.2s used: 4m 34.8s left.
    expect(explained({ ...kept, margin: { unit: 'ms', value: 274_800 } })).toContain(
      'change  it would break with more than 4m 34.8s of further counted downtime\n',
    )
    expect(explained({ ...kept, margin: { unit: 'ms', value: 0 } })).toContain(
      'change  it would break with any further counted downtime\n',
    )
    const requests: Finding = {
      ...kept,
      observed: { unit: 'ratio', part: 717_840, of: 720_000 },
      promised: { unit: 'ratio', part: 99, of: 100 },
      details: { accounting: 'requests', base: 720_000, down: 2160, fraction: '717840/720000', excluded_ms: 0 },
      margin: { unit: 'count', value: 5040 },
    }
    const text = explained(requests)
    expect(text).toContain('met: 5,040 more failed requests allowed\n')
    expect(text).toContain('change  it would break with more than 5,040 further failed requests\n')
    expect(text).toContain('  observed    99.70 % = 717,840 / 720,000 requests\n')
    expect(text).toContain('  base        720,000 requests\n  failed      2,160 requests\n')
    expect(text).not.toMatch(/\n {2}(fraction|excluded) /)
    const over = explained({ ...requests, status: 'breached', margin: { unit: 'count', value: -1 } })
    expect(over).toContain('breached: 99.70 %, 1 failed request over the allowance\n')
    expect(over).toContain('change  1 fewer failed request would have kept it\n')
  })

  it('says only what is certain to have turned the verdict', () => {
    const kept = { ...breachedUptime, status: 'met' as const, margin: { unit: 'ms', value: 1 } as const }
    expect(explained(kept)).toContain('change')
    expect(explained({ ...kept, undecided: [kept.window] })).toContain(
      'further counted downtime, as far as it is known\n',
    )
    const unknown = 'change     with all that is not known up, 36m 48s less counted downtime would have kept it\n'
    expect(explained({ ...breachedUptime, details: { ...breachedUptime.details, unknown_ms: 1 } })).toContain(
      unknown.replace('     ', '  '),
    )
    expect(explained({ ...breachedUptime, undecided: [breachedUptime.window] })).toContain(unknown)
    const running = { ...breachedUptime.window, end: mixedReport.asOf + 1 }
    expect(explained({ ...breachedUptime, window: running })).toContain(
      'change  lost already, however the window goes on; 36m 48s less counted downtime would have left it open\n',
    )
  })

  it('says who lets a breach pass, why and until when, and what it is without that', () => {
    const waiver = { finding: 'uptime/*', reason: 'agreed', approver: 'J. Doe', until: '2026-06-30' }
    const text = explained({ ...breachedUptime, status: 'waived', waiver })
    expect(text).toContain('  waived    agreed\n  approved  J. Doe, until 2026-06-30 (last day included)\n')
    expect(text).toContain('  matched   uptime/*\n')
    expect(text).toContain(
      '  change    breached but for the waiver: 36m 48s less counted downtime would have kept it\n',
    )
    expect(explained({ ...breachedUptime, known: true })).toContain(
      '  known   breached in the baseline too, so it is not new\n',
    )
  })

  it('shows bounds alone, and what would settle it, where it is not decided', () => {
    const text = explained(
      {
        ...breachedUptime,
        status: 'unverified',
        reason: 'no-data',
        bounds: { lowest: { unit: 'ratio', part: 0, of: 2_678_400_000 }, highest: breachedUptime.observed },
        notes: ['1 day is ambiguous', 'no records in May: such records, or a coverage row, would settle it'],
      },
      160,
    )
    expect(text).toContain(
      'unverified: between 0.00 % and 99.41 %; no records in May: such records, or a coverage row, would settle it\n',
    )
    expect(text).not.toMatch(/observed|margin|over the allowance/)
    expect(text).toContain('change  no records in May: such records, or a coverage row, would settle it\n')
    expect(text.slice(text.indexOf('Notes'))).toBe('Notes\n  1 day is ambiguous\n')
    expect(text).toContain('  highest    99.41 % = 2,662,800,000 / 2,678,400,000 ms\n')
  })

  it('names the promise that is judged where a clause makes several', () => {
    const promise = { ...keptNotice, promise: 'notice' }
    expect(explained(promise)).toContain('Promise  notice ≥ 2d (acme.yaml:11)\n')
  })

  it('shows facts that are instants, once each, and the rows behind that no step shows', () => {
    const text = explained({
      ...breachedUptime,
      details: { base: '2678400000', base_ms: 2_678_400_000, exceeded_at: Date.parse('2026-05-19T15:18:12+02:00') },
      evidence: [
        { input: 0, line: 12 },
        { input: 0, line: 40, to: 44 },
        { input: 1, item: 3 },
      ],
    })
    expect(text).toContain('  exceeded  2026-05-19T15:18:12+02:00\n')
    expect(text.match(/^ {2}base/gm)).toHaveLength(1)
    expect(text).toContain('also read: outages.csv:40-44, maintenance.csv record 3\n')
  })
})

describe('renderJson', () => {
  it('prints the report as it stands', () => {
    const text = renderJson(mixedReport)
    expect(JSON.parse(text)).toEqual(mixedReport)
    expect(text.endsWith('}\n')).toBe(true)
  })
})
