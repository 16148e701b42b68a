import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Finding } from '../../src/model/finding.ts'
import { renderExplanation } from '../../src/report/explain.ts'
import { renderPretty } from '../../src/report/pretty.ts'
import { displayWidth } from '../../src/report/printable.ts'
import {
  at,
  breachedUptime,
  clauseOf,
  findingOf,
  HOUR,
  keptNotice,
  MINUTE,
  mixedReport,
  outagesFile,
  reportOf,
  viewOf,
} from './fixture.ts'

const again = ['acme.yaml', 'outages.csv', 'maintenance.csv', '--period', '2026-05']

describe('renderPretty', () => {
  it('says what was audited, each clause worst first, what failed, the verdict and the next command', () => {
    const lines = renderPretty(mixedReport, viewOf({ width: 120, again })).split('\n')
    expect(lines).toEqual([
      `Acme Hosting SLA 2026.1${' '.repeat(120 - 23 - 22)}2026-05 · Europe/Paris`,
      `acme.yaml · 2 evidence files · 1,284 rows${' '.repeat(120 - 41 - 31)}as of 2026-06-02T09:00:00+02:00`,
      '  outages.csv      outage       1,284 rows: 1,280 used, 4 of types that no judged clause asks for',
      '  maintenance.csv  maintenance  0 rows, read as nothing happened',
      '',
      '✖ breached    uptime   99.41 %  ≥ 99.5 % a calendar month  36m 48s over the allowance',
      '? unverified  nightly           every 24h                  no backup records supplied',
      '✔ met         work          3d  announced ≥ 48h ahead      1d to spare',
      '',
      `✖ uptime/2026-05  breached: 4h 20m of 3h 43m 12s used${' '.repeat(120 - 53 - 12)}acme.yaml:11`,
      `  ${'━'.repeat(24)}┿${'━'.repeat(4)} 117 %`,
      '  Sat  2 May 01:12–03:42  2h 30m  counted   OUT-17, api gateway down                outages.csv:12',
      '  Sat  9 May 22:00–23:00      1h  excluded  planned work MW-3, announced 72h ahead  maintenance.csv:4',
      '  Tue 19 May 14:05–15:55  1h 50m  counted   OUT-23, database failover               outages.csv:31',
      '  99.41 % = 2,662,800,000 / 2,678,400,000 ms · base 31d · down 4h 20m · excluded 1h · allowance 3h 43m 12s',
      '  note: the end of OUT-23 was read as ambiguous',
      '',
      '✖ Not kept: 1 of 3 clauses breached.',
      '  findings: 1 breached · 1 unverified · 1 met',
      '',
      'Nothing to report? Say so: --assume-complete TYPE, or a coverage record.',
      `Why?  sla explain uptime/2026-05 ${again.join(' ')}`,
      '',
    ])
  })

  it('puts what does not fit beside a row below it', () => {
    const text = renderPretty(mixedReport, viewOf({ width: 80 }))
    expect(text).toContain(
      [
        '✖ breached    uptime   99.41 %  ≥ 99.5 % a calendar month',
        '    36m 48s over the allowance',
        '? unverified  nightly           every 24h',
      ].join('\n'),
    )
    expect(text).toContain(
      [
        '  Sat  9 May 22:00–23:00      1h  excluded  maintenance.csv:4',
        '      planned work MW-3, announced 72h ahead',
      ].join('\n'),
    )
  })

  it('breaks the next command so that a shell still takes it', () => {
    const long = ['acme.yaml', 'evidence/outages.csv', "'evidence/planned work.csv'", '--period', '2026-05']
    const text = renderPretty(mixedReport, viewOf({ width: 60, again: long }))
    expect(text).toContain(
      [
        'Why?  sla explain uptime/2026-05 acme.yaml \\',
        "  evidence/outages.csv 'evidence/planned work.csv' \\",
        '  --period 2026-05\n',
      ].join('\n'),
    )
  })

  it('names the days of a period that nobody stated', () => {
    const { period } = mixedReport
    const text = renderPretty(
      { ...mixedReport, period: { ...period, stated: false, text: 'first to last row' } },
      viewOf(),
    )
    expect(text.split('\n')[0]).toMatch(/ 2026-05-01 to 2026-05-31, first to last row · Europe\/Paris$/)
  })

  it('says in one line that all is kept', () => {
    const report = reportOf([
      clauseOf({ id: 'work', findings: [keptNotice] }),
      clauseOf({ id: 'more', findings: [keptNotice] }),
    ])
    const text = renderPretty(report, viewOf())
    expect(text).toContain('\n✔ Kept: all 2 clauses are met.\n')
    expect(text).not.toContain('Why?')
  })

  it('counts what is met of several findings and names the worst', () => {
    const april: Finding = {
      ...breachedUptime,
      id: 'uptime/2026-04',
      status: 'met',
      margin: { unit: 'ms', value: HOUR },
    }
    const march: Finding = { ...breachedUptime, id: 'uptime/2026-03', margin: { unit: 'ms', value: -HOUR } }
    const report = reportOf([clauseOf({ status: 'breached', findings: [april, breachedUptime, march] })])
    const text = renderPretty(report, viewOf({ width: 120 }))
    expect(text).toContain('✖ breached  uptime  1 of 3 met  2026-03: 99.41 %, 1h over the allowance\n')
    expect(text).toContain('\n✖ uptime/2026-05  breached')
    expect(text).not.toContain('uptime/2026-04')
    expect(renderPretty(report, viewOf({ verbose: 1 }))).toContain('uptime/2026-04')
  })

  it('shows pending with what is left, and what is at risk apart', () => {
    const pending: Finding = {
      ...breachedUptime,
      status: 'pending',
      reason: 'running',
      margin: { unit: 'ms', value: 3 * HOUR },
    }
    const risky: Finding = { ...keptNotice, atRisk: true, margin: { unit: 'ms', value: MINUTE } }
    const report = reportOf([
      clauseOf({ id: 'work', findings: [risky] }),
      clauseOf({ id: 'uptime', findings: [pending] }),
      clauseOf({ id: 'calm', findings: [keptNotice] }),
    ])
    const text = renderPretty(report, viewOf({ width: 120 }))
    expect(text).toContain('… pending  uptime  at best 99.41 %  3h of the allowance left\n')
    expect(text).toContain('▲ at risk  work                 3d  1m to spare\n')
    expect(text).toContain('… Still open: 1 of 3 clauses pending.\n  findings: 1 pending · 2 met (1 at risk)')
  })

  it('tells objectives apart and leaves them out of the verdict', () => {
    const report = reportOf([
      clauseOf({ id: 'hope', binding: 'objective', findings: [{ ...breachedUptime, id: 'hope/2026-05' }] }),
      clauseOf({ id: 'work', findings: [keptNotice] }),
    ])
    const text = renderPretty(report, viewOf({ width: 120 }))
    expect(text).toMatch(/✔ met +work [^\n]*\n✖ breached +hope \(objective\)/)
    expect(text).toContain(
      '✔ Kept: the one clause is met.\n  findings: 1 met\n  objectives, not part of the verdict: 1 breached',
    )
  })

  it('makes the verdict of the bindings that count', () => {
    const report = reportOf([
      clauseOf({ id: 'work', findings: [keptNotice] }),
      clauseOf({ id: 'hope', binding: 'objective', findings: [{ ...breachedUptime, id: 'hope/2026-05' }] }),
    ])
    const both = renderPretty(report, viewOf({ width: 120, bindings: ['guarantee', 'objective'] }))
    expect(both).toMatch(/✖ breached +hope \(objective\)[^\n]*\n✔ met +work/)
    expect(both).toContain('✖ Not kept: 1 of 2 clauses breached.\n  findings: 1 breached · 1 met\n')
    expect(both).toContain('Why?  sla explain hope/2026-05 ')
    const hopes = renderPretty(report, viewOf({ width: 120, bindings: ['objective'] }))
    expect(hopes).toContain(
      '✖ Not kept: 1 of 1 clause breached.\n  findings: 1 breached\n  guarantees, not part of the verdict: 1 met\n',
    )
    const none = reportOf([clauseOf({ id: 'work', findings: [keptNotice] })])
    expect(renderPretty(none, viewOf({ bindings: ['objective'] }))).toContain('– No objective was judged.\n')
  })

  it('says what is close to its limit, of ended windows and of running ones', () => {
    const risky: Finding = { ...keptNotice, atRisk: true, margin: { unit: 'ms', value: MINUTE } }
    const ended = [clauseOf({ id: 'work', findings: [risky] }), clauseOf({ id: 'calm', findings: [keptNotice] })]
    expect(renderPretty(reportOf(ended), viewOf())).toContain(
      '▲ Kept, but 1 of 2 clauses used 90 % or more of what is allowed.\n',
    )
    const running = [clauseOf({ id: 'work', findings: [{ ...risky, status: 'pending' }] })]
    expect(renderPretty(reportOf(running), viewOf({ risk: 75 }))).toContain(
      '▲ Kept so far, but 1 of 1 clause used 75 % or more of what is allowed.\n',
    )
  })

  it('counts what is at risk among the met and the pending, and shows it in detail when asked', () => {
    const risky = (id: string, status: 'met' | 'pending'): Finding => ({ ...keptNotice, id, status, atRisk: true })
    const kept = [keptNotice, risky('work/notice/A', 'met'), risky('work/notice/B', 'met')]
    const report = reportOf([clauseOf({ id: 'work', findings: kept })])
    const text = renderPretty(report, viewOf({ width: 120 }))
    expect(text).toContain('▲ at risk  work  3 of 3 met, 2 at risk  notice/A: 3d, 1d to spare\n')
    expect(text).toContain('\n  findings: 3 met (2 at risk)\n  at risk: work/notice/A, work/notice/B\n')
    expect(text).not.toContain('▲ work/notice/A')
    const asked = renderPretty(report, viewOf({ width: 120, risky: true }))
    expect(asked.match(/^▲ work\/notice\/[AB] {2}at risk: /gm)).toHaveLength(2)
    expect(asked).not.toContain('✔ work/notice/MW-3')
    expect(asked).toContain('Why?  sla explain work/notice/A ')
    const open = reportOf([
      clauseOf({ id: 'work', status: 'pending', findings: [...kept, risky('work/notice/C', 'pending')] }),
    ])
    expect(renderPretty(open, viewOf())).toContain('\n  findings: 1 pending (1 at risk) · 3 met (2 at risk)\n')
    const broken = reportOf([
      clauseOf({ id: 'work', status: 'breached', findings: [...kept, { ...keptNotice, status: 'breached' }] }),
    ])
    expect(renderPretty(broken, viewOf())).toContain('  3 of 4 met, 2 at risk  ')
    expect(renderPretty(broken, viewOf())).toContain('\n  findings: 1 breached · 3 met (2 at risk)\n')
  })

  it('cuts a long promise to three lines, so that the figure stays in sight', () => {
    const promise = Array.from({ length: 9 }, (_, i) => `P${i} respond ≤ ${i}h, resolve ≤ ${i} business days`).join(
      ' · ',
    )
    const report = reportOf([clauseOf({ promise, findings: [breachedUptime] })])
    for (const width of [60, 80, 120]) {
      const [, block = ''] = renderPretty(report, viewOf({ width })).split('\n\n')
      expect(block.split('\n').length).toBeLessThanOrEqual(5)
      expect(block).toContain('P0 respond')
      expect(block).toMatch(/…(\n| {2}|$)/)
      expect(block).toContain('36m 48s')
      expect(renderPretty(report, viewOf({ width, ascii: true })).split('\n\n')[1]).toContain('...')
    }
  })

  it('never shows a date that there is none of', () => {
    const none = [Number.MIN_SAFE_INTEGER, Number.NEGATIVE_INFINITY, Number.NaN, Number.MAX_SAFE_INTEGER]
    const end = at('2026-05-09T22:00:00+02:00')
    const step = { effect: 'unknown', reason: 'flawed', why: 'no opening' } as const
    for (const start of none) {
      const timeline = [
        { ...step, at: { start, end } },
        { ...step, at: { start: end, end: start } },
      ]
      const finding: Finding = { ...breachedUptime, start, due: start, window: { start, end }, timeline }
      const text = renderPretty(reportOf([clauseOf({ findings: [finding] })]), viewOf())
      expect(text).toContain('  not known – Sat  9 May 22:00  unknown  no opening\n')
      expect(text).toContain('  Sat  9 May 22:00 – not known  unknown  no opening\n')
      const clause = clauseOf({ findings: [finding] })
      for (const shown of [text, renderExplanation(mixedReport, clause, finding, viewOf())]) {
        expect(shown).not.toMatch(/undefined|NaN|Infinity|-\d{4,}-\d\d|\d{5,}-\d\d-/)
      }
    }
  })

  it('calls observed what is only observed, and holds it against nothing', () => {
    const observed: Finding = { ...breachedUptime, status: 'not-applicable', reason: 'observed', notes: [] }
    const clause = clauseOf({ binding: 'observed', promise: '≥ 99.5 % a calendar month', findings: [observed] })
    const text = renderPretty(reportOf([clause]), viewOf({ verbose: 1, width: 120 }))
    expect(text).toMatch(/\n– observed {2}uptime \(observed\) {2}99\.41 %\n/)
    expect(text).toContain('– uptime/2026-05  observed: 99.41 %\n')
    expect(text).not.toMatch(/not applicable|≥|┿|allowance/)
  })

  it('keeps the share that is used on its own side of the limit', () => {
    const bar = (down: number): string => {
      const details = { down_ms: down, allowance_ms: 2_674_800 }
      const text = renderPretty(reportOf([clauseOf({ findings: [{ ...breachedUptime, details }] })]), viewOf())
      return /[━─]{24}┿━* (\S+ %)/.exec(text)?.[1] ?? ''
    }
    // 2,400,000 of 2,674,800 is 89.73 %.
    expect(bar(2_400_000)).toBe('89 %')
    expect(bar(2_674_799)).toBe('99 %')
    expect(bar(2_674_800)).toBe('100 %')
    expect(bar(2_674_801)).toBe('101 %')
    expect(bar(26_748_001)).toBe('1,001 %')
  })

  it('shows no figure of what is not decided but the bounds', () => {
    const gaps: Finding = { ...breachedUptime, status: 'unverified', reason: 'no-data', notes: ['no data in May'] }
    const words = { unit: 'none', text: 'not decided' } as const
    const none = renderPretty(
      reportOf([clauseOf({ findings: [{ ...gaps, observed: words }] })]),
      viewOf({ width: 120 }),
    )
    expect(none).toContain('? unverified  uptime  no data in May\n')
    const text = renderPretty(reportOf([clauseOf({ findings: [gaps] })]), viewOf({ width: 120 }))
    expect(text).toContain('? unverified  uptime  no data in May\n')
    expect(text).not.toMatch(/99\.41|over the allowance|┿/)
  })

  it('does not show figures where nothing was read', () => {
    const empty: Finding = {
      ...breachedUptime,
      status: 'unverified',
      reason: 'missing',
      observed: { unit: 'ratio', part: 1, of: 1 },
      bounds: { lowest: { unit: 'ratio', part: 0, of: 1 }, highest: { unit: 'ratio', part: 1, of: 1 } },
      timeline: [],
      notes: ['no outage or check records supplied'],
    }
    const text = renderPretty(reportOf([clauseOf({ findings: [empty] })]), viewOf())
    expect(text).toContain('? unverified  uptime  no outage or check records supplied')
    expect(text).not.toContain('100.00 %')
    expect(text).toContain('Not decided by this evidence: 1 of 1 clause unverified, which is not met.')
  })

  it('shows bounds where missing data decide', () => {
    const gaps: Finding = {
      ...breachedUptime,
      status: 'unverified',
      reason: 'no-data',
      bounds: { lowest: { unit: 'ratio', part: 991, of: 1000 }, highest: { unit: 'ratio', part: 998, of: 1000 } },
      notes: ['time without data decides the verdict'],
    }
    const text = renderPretty(reportOf([clauseOf({ findings: [gaps] })]), viewOf({ width: 120 }))
    expect(text).toContain('between 99.10 % and 99.80 %; time without data decides the verdict')
  })

  it('stays in ASCII when asked, and is the essence when quiet', () => {
    const ascii = renderPretty(mixedReport, viewOf({ width: 80, ascii: true, verbose: 1, again }))
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the range of ASCII
    expect(ascii).toMatch(/^[\x00-\x7f]*$/)
    expect(ascii).toContain('x breached')
    expect(ascii).toContain(`sha256 ${'a'.repeat(64)}`)
    expect(renderPretty(mixedReport, viewOf({ quiet: true })).split('\n')).toHaveLength(7)
  })

  it('paints without changing the text', () => {
    const wrapIn = (mark: string) => (text: string) => `\u001b[${mark}m${text}\u001b[0m`
    const colour = {
      red: wrapIn('31'),
      green: wrapIn('32'),
      yellow: wrapIn('33'),
      cyan: wrapIn('36'),
      dim: wrapIn('2'),
      bold: wrapIn('1'),
    }
    for (const width of [80, 120]) {
      const painted = renderPretty(mixedReport, viewOf({ width, colour }))
      expect(painted).toContain('\u001b[31m')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: takes the colours off again
      expect(painted.replaceAll(/\u001b\[\d+m/g, '')).toBe(renderPretty(mixedReport, viewOf({ width })))
    }
  })

  it('shows local times of both sides of a clock change, and years where they differ', () => {
    const step = { effect: 'counted', reason: 'outage', why: 'down' } as const
    const night = { start: at('2026-10-25T02:30:00+02:00'), end: at('2026-10-25T02:10:00+01:00') }
    const eve = { start: at('2026-12-31T23:30:00+01:00'), end: at('2027-01-01T00:15:30.250+01:00') }
    const one = renderPretty(
      reportOf([clauseOf({ findings: [{ ...breachedUptime, timeline: [{ ...step, at: night }] }] })]),
      viewOf(),
    )
    expect(one).toContain('  Sun 25 Oct 02:30+02:00–02:10+01:00  40m  counted  down')
    const two = renderPretty(
      reportOf([clauseOf({ findings: [{ ...breachedUptime, timeline: [{ ...step, at: eve }] }] })]),
      viewOf(),
    )
    expect(two).toContain('  Thu 31 Dec 2026 23:30 – Fri  1 Jan 2027 00:15:30.250  45m 30.25s  counted  down')
  })

  it('caps what it lists, says so, and lists all when asked', () => {
    const [step] = breachedUptime.timeline
    if (step === undefined) throw new Error('the fixture has steps')
    const long: Finding = { ...breachedUptime, timeline: Array.from({ length: 1050 }, () => step) }
    const many = Array.from({ length: 25 }, (_, i): Finding => ({ ...long, id: `uptime/${i}` }))
    const report = reportOf([clauseOf({ findings: many })])
    const text = renderPretty(report, viewOf())
    expect(text).toContain('and 1,010 more (-v shows all)')
    expect(text).toContain('and 5 more findings in detail with -v')
    expect(renderPretty(report, viewOf({ verbose: 1 })).match(/OUT-17/g)).toHaveLength(25 * 1050)
  })

  const anyText = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 60 }),
    fc.constantFrom('監視 '.repeat(20), 'x'.repeat(150), ''),
  )
  const instant = fc.integer({ min: at('2020-01-01T00:00:00Z'), max: at('2030-01-01T00:00:00Z') })
  const anyFinding = fc
    .record({
      id: anyText,
      subject: anyText,
      status: fc.constantFrom('met', 'breached', 'pending', 'unverified', 'not-applicable', 'waived'),
      note: anyText,
      why: anyText,
      effect: fc.constantFrom('counted', 'paused', 'excluded', 'unknown', 'over', 'note'),
      start: instant,
      length: fc.integer({ min: 0, max: 90_000_000_000 }),
      down: fc.integer({ min: 0, max: 10_000_000 }),
      line: fc.integer({ min: 1, max: 99_999_999 }),
    })
    .map(
      ({ note, why, effect, start, length, down, line, ...rest }): Finding =>
        ({
          ...breachedUptime,
          ...rest,
          notes: [note],
          details: { base_ms: 2_678_400_000, down_ms: down, allowance_ms: 13_392_000 },
          timeline: [
            { at: { start, end: start + length }, effect, reason: 'x', why, origin: { input: 0, line, to: line + 7 } },
          ],
        }) as Finding,
    )

  it('never overflows the page nor lets raw text through', () => {
    fc.assert(
      fc.property(
        fc.array(anyFinding, { minLength: 1, maxLength: 3 }),
        anyText,
        anyText,
        fc.constantFrom(60, 80, 120),
        fc.boolean(),
        (findings, promise, file, width, ascii) => {
          const clauses = findings.map(finding => clauseOf({ id: finding.id, promise, findings: [finding] }))
          const report = reportOf(clauses, { inputs: [{ ...outagesFile, file }] })
          const text = renderPretty(report, viewOf({ width, ascii, verbose: 1 }))
          for (const line of text.split('\n')) {
            expect(displayWidth(line)).toBeLessThanOrEqual(width)
            expect(line).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u)
          }
        },
      ),
      { seed: 31, numRuns: 300 },
    )
  })
})

describe('facts', () => {
  it('reads a margin by what it is measured in', () => {
    const lineOf = (finding: Finding): string => {
      const text = renderPretty(reportOf([clauseOf({ findings: [finding] })]), viewOf({ quiet: true, width: 120 }))
      return text.split('\n')[0] ?? ''
    }
    const count = findingOf({
      bound: 'at-most',
      promised: { unit: 'count', value: 10 },
      observed: { unit: 'count', value: 12 },
    })
    expect(lineOf({ ...count, status: 'breached', margin: { unit: 'count', value: -2 } })).toBe(
      '✖ breached  uptime  12  2 over',
    )
    const notice = { ...keptNotice, status: 'breached', observed: { unit: 'ms', value: 45 * HOUR } } as const
    expect(lineOf({ ...notice, margin: { unit: 'ms', value: -3 * HOUR } })).toBe('✖ breached  uptime  1d 21h  3h short')
    const limit = findingOf({
      bound: 'at-most',
      promised: { unit: 'ms', value: 2 * HOUR },
      observed: { unit: 'ms', value: HOUR },
    })
    expect(lineOf({ ...limit, margin: { unit: 'ms', value: HOUR } })).toBe('✔ met  uptime  1h  1h of 2h used')
    const requests = { ...breachedUptime, details: {}, margin: { unit: 'count', value: -12 } } as const
    expect(lineOf(requests)).toBe('✖ breached  uptime  99.41 %  12 failed requests over the allowance')
    const share = { ...breachedUptime, details: {}, margin: { unit: 'ratio', part: -1, of: 1_000_000 } } as const
    expect(lineOf(share)).toBe('✖ breached  uptime  99.41 %  0.01 percentage points short')
    const edge = { ...breachedUptime, details: {}, bound: 'above', margin: { unit: 'ms', value: 0 } } as const
    expect(lineOf(edge)).toBe('✖ breached  uptime  99.41 %  exactly at the limit, not beyond it')
  })
})
