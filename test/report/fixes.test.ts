import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Finding } from '../../src/model/finding.ts'
import { asSaid, dueText, endsDay } from '../../src/report/day-ends.ts'
import { renderExplanation } from '../../src/report/explain.ts'
import { headline } from '../../src/report/facts.ts'
import { renderJson } from '../../src/report/json.ts'
import { renderPretty } from '../../src/report/pretty.ts'
import { displayWidth } from '../../src/report/printable.ts'
import { lateFix, openFix, without } from './fix-fixture.ts'
import { at, clauseOf, findingOf, HOUR, paris, reportOf, viewOf } from './fixture.ts'

const DAY = 24 * HOUR
const asOf = at('2026-06-12T09:00:00+02:00')
const PROMISE = 'critical ≥ 9: 3 days · high 7–9: 7 days'

function pretty(findings: readonly Finding[], width = 120, verbose = 0): string {
  const clause = clauseOf({ id: 'fixes', kind: 'vulnerability', promise: PROMISE, status: 'breached', findings })
  return renderPretty(reportOf([clause], { asOf }), viewOf({ width, verbose }))
}

function explained(finding: Finding, width = 120): string {
  const clause = clauseOf({ id: 'fixes', kind: 'vulnerability', promise: PROMISE, findings: [finding] })
  return renderExplanation(reportOf([clause], { asOf }), clause, finding, viewOf({ width }))
}

/** What a finding comes down to, on a page. */
function said(finding: Finding): string {
  return headline(asSaid(finding, paris), paris)
}

const kept: Finding = {
  ...openFix,
  status: 'met',
  reason: 'fixed',
  window: { start: at('2026-06-01T10:00:00+02:00'), end: at('2026-06-02T09:00:00+02:00') },
}

describe('findings on vulnerabilities', () => {
  it('say band, score, window, start event, due instant and how late it was', () => {
    const [, line, block] = pretty([kept, lateFix]).split('\n\n')
    expect(line).toBe(
      `✖ breached  fixes  1 of 2 met  ${PROMISE}  high/CVE-2026-1@web#pkg:npm/%40acme/left-pad: 1d`.concat(
        `\n${' '.repeat(72)}9h 30m over`,
      ),
    )
    expect(block?.split('\n')).toEqual([
      '✖ fixes/high/CVE-2026-1@web#pkg:npm/%40acme/left-pad  breached: high (8.1 from nvd), fix ≤ 7 days from detected: due Mon',
      '  8 Jun 24:00, 1d 9h 30m over',
      // 8 days 23.5 hours of 7 days 14 hours: 215.5 of 182 hours are 118.4 %, 4.4 of 24 marks beyond the limit.
      `  ${'━'.repeat(24)}┿${'━'.repeat(4)} 119 %`,
      '  Mon  1 Jun 10:00                                note     the clock starts: detected  outages.csv:3',
      '  Mon  1 Jun 10:00 – Tue  9 Jun 00:00     7d 14h  counted',
      '  Tue  9 Jun 00:00 – Wed 10 Jun 09:30  1d 9h 30m  over',
      '  Wed 10 Jun 09:30                                note     fixed                       outages.csv:3',
      '  start Mon 1 Jun 10:00 · due Mon 8 Jun 24:00 · fixed Wed 10 Jun 09:30',
      '  note: score 8.1 from nvd (CVSS 3.1)',
    ])
  })

  it('fit any width', () => {
    for (const width of [60, 80, 100]) {
      for (const text of [pretty([kept, lateFix, openFix], width), explained(lateFix, width)]) {
        for (const line of text.split('\n')) expect(displayWidth(line)).toBeLessThanOrEqual(width)
      }
    }
  })

  it('keep every millisecond in the JSON report', () => {
    const clause = clauseOf({ id: 'fixes', kind: 'vulnerability', findings: [lateFix] })
    const [found] = JSON.parse(renderJson(reportOf([clause], { asOf }))).clauses[0].findings
    expect(found).toEqual(JSON.parse(JSON.stringify(lateFix)))
  })

  it.each([
    ['time left', openFix, 'critical (9.8), fix ≤ 3 days from fix-available: due Thu 4 Jun 10:00, 2d 1h left'],
    ['time to spare', kept, 'critical (9.8), fix ≤ 3 days from fix-available: due Thu 4 Jun 10:00, 2d 1h to spare'],
    [
      'that it is late and open',
      { ...lateFix, reason: 'overdue' },
      'high (8.1 from nvd), fix ≤ 7 days from detected: due Mon 8 Jun 24:00, 1d 9h 30m over, still open',
    ],
    [
      'the year where it changes',
      {
        ...openFix,
        start: at('2026-12-30T10:00:00+01:00'),
        due: at('2027-01-02T10:00:00+01:00'),
      },
      'critical (9.8), fix ≤ 3 days from fix-available: due Sat 2 Jan 2027 10:00, 2d 1h left',
    ],
    [
      'the calendar that its time runs on',
      { ...openFix, details: { ...openFix.details, amount: '5 business days', clock: 'support' } },
      'critical (9.8), fix ≤ 5 business days from fix-available: due Thu 4 Jun 10:00, 49h left in support hours',
    ],
    [
      'a mitigation',
      { ...openFix, promise: 'critical-mitigate', details: { ...openFix.details, amount: '72h', from: 'detected' } },
      'critical (9.8), mitigate ≤ 72h from detected: due Thu 4 Jun 10:00, 49h left',
    ],
    [
      'a label that stands for a score',
      { ...openFix, details: { ...openFix.details, score: 'High', score_source: 'trivy' } },
      'critical ("High" from trivy), fix ≤ 3 days from fix-available: due Thu 4 Jun 10:00, 2d 1h left',
    ],
    [
      'that it was fixed before its clock started',
      { ...kept, window: { start: 0, end: 0 }, start: 0, observed: { unit: 'ms', value: 0 } },
      'critical (9.8), fix ≤ 3 days from fix-available: fixed before its clock started',
    ],
    [
      'that no clock ever started',
      {
        ...without(openFix, 'start', 'due', 'margin', 'bound'),
        status: 'met',
        reason: 'mitigated',
        promised: { unit: 'none', text: '3 days' },
        observed: { unit: 'none', text: '' },
        notes: ['score 9.8 from scanner', 'no fix ever became available, so no clock started'],
      },
      'critical (9.8), fix ≤ 3 days from fix-available: mitigated: no fix ever became available, so no clock started',
    ],
  ] satisfies readonly (readonly [string, Finding, string])[])('say %s', (_, finding, text) => {
    expect(said(finding)).toBe(text)
  })

  it('say why there is nothing to fix, and draw no clock', () => {
    const idle = (reason: string, more: Partial<Finding> = {}): Finding => ({
      ...lateFix,
      status: 'not-applicable',
      reason,
      ...more,
    })
    const accepted = {
      at: { start: at('2026-06-05T10:00:00+02:00'), end: at('2026-06-10T09:30:00+02:00') },
      effect: 'excluded',
      reason: 'accepted',
      why: 'accepted by CISO until 2026-07-01T00:00:00+02:00',
    } as const
    expect(said(idle('accepted', { timeline: [accepted] }))).toBe(
      'high (8.1 from nvd): accepted by CISO until 2026-07-01T00:00:00+02:00',
    )
    // What is excused is never over.
    expect(asSaid(idle('accepted'), paris).timeline.map(({ effect }) => effect)).toEqual(['note', 'counted', 'note'])
    expect(said(idle('no-target'))).toBe('high (8.1 from nvd): the text gives no number')
    const { band: _, ...rest } = lateFix.details ?? {}
    expect(said(idle('no-band', { details: rest }))).toBe('no band holds its score')
    expect(said(idle('fix-available'))).toBe('high (8.1 from nvd): a fix became available, whose own clock runs')
    const withdrawn = idle('withdrawn', { notes: [...lateFix.notes, 'withdrawn 2026-06-15T10:00:00+02:00'] })
    expect(said(withdrawn)).toBe('high (8.1 from nvd): withdrawn 2026-06-15T10:00:00+02:00')
    const block = pretty([withdrawn, kept], 120, 1)
      .split('\n\n')
      .find(text => text.startsWith('– '))
    expect(block?.split('\n')).toEqual([
      '– fixes/high/CVE-2026-1@web#pkg:npm/%40acme/left-pad  not applicable: high (8.1 from nvd): withdrawn Mon 15 Jun 10:00',
      '  Mon  1 Jun 10:00  note  the clock starts: detected  outages.csv:3',
      '  Wed 10 Jun 09:30  note  fixed                       outages.csv:3',
      '  note: score 8.1 from nvd (CVSS 3.1)',
    ])
  })

  describe('fixed between two scans', () => {
    // Last seen on Friday 5 June 10:00, gone on Wednesday 10 June 10:00, due in between.
    const seen = at('2026-06-05T10:00:00+02:00')
    const gone = at('2026-06-10T10:00:00+02:00')
    const why = 'fixed between two scans: last seen 2026-06-05T10:00:00+02:00, gone 2026-06-10T10:00:00+02:00'
    const { start = 0 } = lateFix
    const between: Finding = {
      ...without(lateFix, 'margin'),
      status: 'unverified',
      reason: 'between-scans',
      window: { start, end: gone },
      bounds: { lowest: { unit: 'ms', value: 4 * DAY }, highest: { unit: 'ms', value: 9 * DAY } },
      timeline: [
        { at: { start, end: seen }, effect: 'counted', reason: 'running', why: '96h' },
        { at: { start: seen, end: gone }, effect: 'unknown', reason: 'between-scans', why },
      ],
      notes: ['score 8.1 from nvd (CVSS 3.1)', why],
    }

    it('they say between what, and name the scans', () => {
      expect(said(between)).toBe(`high (8.1 from nvd), fix ≤ 7 days from detected: between 4d and 9d; ${why}`)
      const text = pretty([kept, between], 160)
      expect(text).toContain('\n  Mon  1 Jun 10:00 – Fri  5 Jun 10:00  4d  counted\n')
      expect(text).toContain(
        '\n  Fri  5 Jun 10:00 – Wed 10 Jun 10:00  5d  unknown  fixed between two scans: last seen ',
      )
      expect(text).not.toContain(`note: ${why}`)
      expect(explained(between)).toContain('  lowest     4d = 345,600,000 ms\n')
    })

    it('they say the latest that it may have been where all of it is in time', () => {
      const bounds = { lowest: { unit: 'ms', value: 0 }, highest: { unit: 'ms', value: 23 * HOUR } } as const
      const text = pretty([{ ...kept, bounds }, lateFix], 120, 1)
      expect(text).toContain('\n  up to 23h\n')
      expect(text).toContain(' · fixed by Tue 2 Jun 09:00\n')
      expect(said({ ...kept, bounds })).toMatch(/: due Thu 4 Jun 10:00, at least 2d 1h to spare$/)
      const late = { lowest: { unit: 'ms', value: 8 * DAY }, highest: { unit: 'ms', value: 9 * DAY - 1 } } as const
      expect(said({ ...lateFix, bounds: late })).toMatch(/: due Mon 8 Jun 24:00, up to 1d 9h 30m over$/)
      expect(pretty([{ ...lateFix, bounds: late }])).toContain('\n  between 8d and 9d\n')
    })
  })

  it('are explained with band, score and counting, the due instant in full', () => {
    expect(explained(lateFix).split('\n').slice(2)).toEqual([
      '',
      'Promise   fix ≤ 7 days from detected',
      'Subject   CVE-2026-1 on web (pkg:npm/%40acme/left-pad)',
      'Band      high',
      'Score     8.1 from nvd, CVSS 3.1',
      'Counting  end-of-day',
      'Window    2026-06-01T10:00:00+02:00 to 2026-06-10T09:30:00+02:00, Europe/Paris',
      'As of     2026-06-12T09:00:00+02:00',
      '',
      'Timeline',
      `  ${'━'.repeat(24)}┿${'━'.repeat(4)} 119 %`,
      '  Mon  1 Jun 10:00                                note     the clock starts: detected  outages.csv:3',
      '  Mon  1 Jun 10:00 – Tue  9 Jun 00:00     7d 14h  counted',
      '  Tue  9 Jun 00:00 – Wed 10 Jun 09:30  1d 9h 30m  over',
      '  Wed 10 Jun 09:30                                note     fixed                       outages.csv:3',
      '',
      'Arithmetic',
      '  start      Mon  1 Jun 10:00 = 2026-06-01T10:00:00+02:00',
      '  fixed      Wed 10 Jun 09:30 = 2026-06-10T09:30:00+02:00',
      // 215.5 and 182 hours.
      '  counted    8d 23h 30m = 775,800,000 ms',
      '  allowance  7d 14h = 655,200,000 ms',
      '  due        Mon  8 Jun 24:00 = 2026-06-08T23:59:59.999+02:00',
      '  margin     1d 9h 30m over = -120,600,000 ms',
      '',
      'Verdict',
      '  status  breached (fixed late)',
      // A fix at midnight itself would still be late.
      '  change  more than 1d 9h 30m less would have kept it: a fix before Mon 8 Jun 24:00',
      '',
      'Notes',
      '  score 8.1 from nvd (CVSS 3.1)',
      '',
    ])
  })

  it('leave out a note that only repeats the score', () => {
    expect(pretty([openFix, kept])).not.toContain('note: ')
    expect(explained(openFix)).not.toContain('Notes')
  })

  it('name the records that would settle them', () => {
    const why = 'no known-exploited records tell whether an earlier end holds'
    const missing: Finding = { ...openFix, status: 'unverified', reason: 'missing', notes: [why, ...openFix.notes] }
    const text = pretty([missing], 160)
    expect(text).toContain(`fix ≤ 3 days from fix-available: ${why}`)
    expect(text).toContain('\n  start Mon 1 Jun 10:00 · due Thu 4 Jun 10:00\n')
    expect(text).toContain('Nothing to report? Say so: --assume-complete known-exploited, or a coverage record.')
  })

  it('are shares by band where the contract asks for attainment', () => {
    const share = findingOf({
      id: 'fixes/critical-mitigate/2026-06',
      clause: 'fixes',
      promise: 'critical-mitigate',
      subject: 'critical',
      status: 'breached',
      reason: 'late',
      bound: 'at-least',
      promised: { unit: 'ratio', part: 95, of: 100 },
      observed: { unit: 'ratio', part: 18, of: 20 },
      margin: { unit: 'ratio', part: -1, of: 20 },
      details: { band: 'critical', amount: '24h', in_time: 18, late: 2 },
    })
    expect(said(share)).toBe('95 % critical mitigate ≤ 24h: 90.00 %, 18 of 20 in time, 5.00 percentage points short')
    const fix = { ...share, promise: 'critical', details: { ...share.details, amount: '3 days' } }
    expect(said(fix)).toMatch(/^95 % critical fix ≤ 3 days: 90\.00 %, /)
  })
})

describe('a deadline at the end of a day', () => {
  it('is the last millisecond of a local day, also of one that clocks are changed in', () => {
    for (const text of [
      '2026-06-08T23:59:59.999+02:00',
      '2026-03-29T23:59:59.999+02:00',
      '2026-10-25T23:59:59.999+01:00',
    ])
      expect(endsDay(paris, at(text))).toBe(true)
    for (const text of ['2026-06-08T23:59:59.999+01:00', '2026-06-08T23:59:59.998+02:00', '2026-06-09T00:00:00+02:00'])
      expect(endsDay(paris, at(text))).toBe(false)
    expect([Number.POSITIVE_INFINITY, Number.NaN, 8.64e15].map(end => endsDay(paris, end))).toEqual([
      false,
      false,
      false,
    ])
    expect(dueText(paris, at('2026-06-08T23:59:59.999+02:00'), true)).toBe('Mon  8 Jun 2026 24:00')
    expect(dueText(paris, at('2026-06-08T23:59:59.998+02:00'), false)).toBe('Mon  8 Jun 23:59:59.998')
  })

  it('is exactly missed by a fix at midnight, and just kept a millisecond before', () => {
    const { start = 0, due = 0, promised } = lateFix
    const allowed = promised.unit === 'ms' ? promised.value : 0
    const fixedAt = (instant: number, status: Finding['status'], reason: string): Finding => ({
      ...lateFix,
      ...{ status, reason, window: { start, end: instant } },
      observed: { unit: 'ms', value: instant - start },
      margin: { unit: 'ms', value: allowed - (instant - start) },
    })
    const missed = fixedAt(due + 1, 'breached', 'fixed-late')
    expect(said(missed)).toMatch(/: due Mon 8 Jun 23:59:59\.999, 0\.001s over$/)
    expect(explained(missed)).toContain('\n  due        Mon  8 Jun 23:59:59.999 = 2026-06-08T23:59:59.999+02:00\n')
    expect(explained(missed)).toContain('\n  margin     0.001s over = -1 ms\n')
    // A second later it is a second over the end of the day.
    expect(said(fixedAt(due + 1001, 'breached', 'fixed-late'))).toMatch(/: due Mon 8 Jun 24:00, 1s over$/)
    const near = fixedAt(due, 'met', 'fixed')
    expect(said(near)).toMatch(/: due Mon 8 Jun 24:00, exactly at the limit$/)
    expect(explained(near)).toContain('\n  fixed      Mon  8 Jun 24:00 = 2026-06-08T23:59:59.999+02:00\n')
    expect(explained(near)).toContain('\n  counted    7d 14h = 655,200,000 ms\n')
    // Fixed on Saturday the 6th, which is only dated: two whole days before the end of Monday.
    expect(said(fixedAt(due - 2 * DAY, 'met', 'fixed'))).toMatch(/: due Mon 8 Jun 24:00, 2d to spare$/)
    // And on Wednesday the 10th: two whole days after it.
    expect(said(fixedAt(due + 2 * DAY, 'breached', 'fixed-late'))).toMatch(/: due Mon 8 Jun 24:00, 2d over$/)
  })

  it('never turns a verdict, whatever the instant of the fix', () => {
    const { start = 0, due = 0, promised } = lateFix
    const allowed = promised.unit === 'ms' ? promised.value : 0
    fc.assert(
      fc.property(fc.oneof(fc.integer({ min: -3, max: 3 }), fc.integer({ min: -6 * DAY, max: 9 * DAY })), off => {
        const [status, reason] = off > 0 ? (['breached', 'fixed-late'] as const) : (['met', 'fixed'] as const)
        const text = said({
          ...lateFix,
          ...{ status, reason, window: { start, end: due + off } },
          observed: { unit: 'ms', value: allowed + off },
          margin: { unit: 'ms', value: -off },
        })
        expect(text).toMatch(
          off > 0 ? /\d(d|h|m|s) over$/ : off === 0 ? /exactly at the limit$/ : /\d(d|h|m|s) to spare$/,
        )
        expect(text).not.toMatch(/ 0s/)
      }),
      { seed: 31, numRuns: 500 },
    )
  })

  it('moves nothing but the ends that it moves', () => {
    const elapsed = asSaid({ ...lateFix, due: at('2026-06-08T10:00:00+02:00') }, paris)
    expect(elapsed).toMatchObject({ bound: 'at-most', promised: lateFix.promised, margin: lateFix.margin })
    const business = { ...lateFix, details: { ...lateFix.details, clock: 'support' } }
    expect(asSaid(business, paris)).toBe(business)
    // A catalogue may say a date before the clock started: then nothing was allowed.
    const early = { ...lateFix, due: at('2026-05-20T23:59:59.999+02:00'), promised: { unit: 'ms', value: 0 } as const }
    expect(asSaid(early, paris)).toMatchObject({ bound: 'at-most', promised: { value: 0 }, margin: lateFix.margin })
  })
})
