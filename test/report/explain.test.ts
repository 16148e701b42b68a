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
      '  observed   99.41 % = 2,662,800,000 / 2,678,400,000',
      '  promised   ≥ 99.5 % = 995 / 1,000',
      '  margin     36m 48s over the allowance = -2,208,000 ms',
      '  base       31d = 2,678,400,000 ms',
      '  down       4h 20m = 15,600,000 ms',
      '  excluded   1h = 3,600,000 ms',
      '  unknown    0s = 0 ms',
      '  allowance  3h 43m 12s = 13,392,000 ms',
      '',
      'Verdict',
      '  status  breached (over)',
      '  change  36m 48s less would have kept it',
      '  broken  2026-05-19T15:18:12+02:00 to 2026-05-19T15:55:00+02:00',
      '',
      'Notes',
      '  the end of OUT-23 was read as ambiguous',
      '',
    ])
  })

  it('says what would turn a verdict, by the side of the promise', () => {
    expect(explained(keptNotice)).toContain('more than 1d less would have broken it')
    const above: Finding = { ...breachedUptime, bound: 'above' }
    expect(explained(above)).toContain('more than 36m 48s less would have kept it')
    const late = findingOf({
      status: 'breached',
      bound: 'at-least',
      promised: { unit: 'ms', value: 48 * HOUR },
      observed: { unit: 'ms', value: 45 * HOUR },
      margin: { unit: 'ms', value: -3 * HOUR },
    })
    expect(explained(late)).toContain('change  3h more would have kept it')
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
