import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findingsOf, listOf } from '../../src/clauses/findings.ts'
import type { Finding } from '../../src/model/finding.ts'
import type { Report } from '../../src/model/report.ts'
import { renderSarif } from '../../src/report/sarif.ts'
import { lateFix } from './fix-fixture.ts'
import { at, breachedUptime, clauseOf, findingOf, reportOf, viewOf } from './fixture.ts'
import { eachReport, HOSTILE, hostileReport, type Json, resultsOf, validator } from './sarif-fixture.ts'

const problems = validator('sarif-2.1.0.json')

function sarif(report: Report, overrides = {}): Json {
  return JSON.parse([...renderSarif(report, viewOf({ directory: '/home/acme', ...overrides }))].join(''))
}

function resultOf(log: Json, id: string): Json {
  const found = resultsOf(log).find(result => result.properties.finding === id)
  if (found === undefined) throw new Error(`no result for ${id}`)
  return found
}

describe('SARIF', () => {
  it('is valid, whatever there is to say', () => {
    for (const report of [
      eachReport,
      hostileReport(),
      reportOf([]),
      { ...eachReport, clauses: eachReport.clauses.slice(3) },
    ]) {
      expect(problems(sarif(report))).toEqual([])
    }
    expect(problems({ version: '2.1.0', runs: [{}] })).not.toEqual([])
  })

  it('says what came of each finding', () => {
    const log = sarif(eachReport)
    const told = resultsOf(log).map(({ properties, level, baselineState, suppressions }) => [
      properties.finding,
      level,
      baselineState,
      suppressions?.[0].kind,
    ])
    // Worst first; what is met, open without risk, void or only observed is no result.
    expect(told).toEqual([
      ['uptime/2026-05', 'error', 'new', undefined],
      ['uptime/2026-04', 'warning', undefined, undefined],
      ['speed-goal/2026-07', 'warning', undefined, undefined],
      ['speed-goal/2026-05', 'warning', 'new', undefined],
      ['uptime/2026-02', 'error', 'unchanged', undefined],
      ['speed-goal/2026-06', 'warning', 'unchanged', undefined],
      ['uptime/2026-06', 'note', undefined, undefined],
      ['uptime/2026-03', 'error', 'unchanged', 'external'],
    ])
    expect(resultOf(log, 'uptime/2026-03').suppressions).toEqual([
      { kind: 'external', status: 'accepted', justification: 'waived until 2026-06-30 by J. Doe: moved house' },
    ])
    const { baseline: _, ...first } = eachReport
    for (const result of resultsOf(sarif(first))) expect(result).not.toHaveProperty('baselineState')
  })

  it('has every clause as a rule, those without a result too', () => {
    const log = sarif(eachReport)
    const { driver } = log.runs[0].tool
    expect(driver).toMatchObject({ name: 'sla', semanticVersion: '0.1.0' })
    expect(driver.rules.map((rule: Json) => [rule.id, rule.name, rule.defaultConfiguration.level])).toEqual([
      ['uptime', 'Uptime', 'error'],
      ['speed-goal', 'SpeedGoal', 'warning'],
      ['seen', 'Seen', 'none'],
      ['clean', 'Clean', 'error'],
    ])
    expect(driver.rules[0]).toMatchObject({
      shortDescription: { text: 'availability: ≥ 99.5 % a calendar month' },
      fullDescription: { text: 'Section 1. Monthly uptime.' },
      properties: { kind: 'availability', binding: 'guarantee', section: '1' },
    })
    for (const rule of driver.rules) {
      expect(rule.help.text).not.toBe('')
      expect(rule.help.markdown).not.toBe('')
      expect(rule.properties).not.toHaveProperty('security-severity')
    }
    for (const result of resultsOf(log)) expect(driver.rules[result.ruleIndex].id).toBe(result.ruleId)
    expect(log.runs[0].automationDetails.id).toBe('acme-saas/2026-05')
  })

  it('stands where the clause does, by a relative URI', () => {
    const place = (file: string, directory?: string): Json => {
      const clauses = eachReport.clauses.map(clause => ({
        ...clause,
        span: { file, line: 11, column: 3, length: 6 },
      }))
      const log = sarif({ ...eachReport, clauses }, { directory })
      expect(problems(log)).toEqual([])
      return resultsOf(log)[0].locations[0].physicalLocation
    }
    expect(place('acme.yaml')).toEqual({
      artifactLocation: { uri: 'acme.yaml' },
      region: { startLine: 11, startColumn: 3, endLine: 11, endColumn: 9 },
    })
    expect(place('./my contracts/ä#1.yaml').artifactLocation.uri).toBe('my%20contracts/%C3%A4%231.yaml')
    expect(place('/home/acme/a:b?.yaml', '/home/acme').artifactLocation.uri).toBe('a%3Ab%3F.yaml')
    expect(place('/etc/acme.yaml', '/home/acme').artifactLocation.uri).toBe('file:///etc/acme.yaml')
    expect(place('C:\\sla\\acme.yaml').artifactLocation.uri).toBe('file:///C:/sla/acme.yaml')
    const [clause] = eachReport.clauses
    if (clause === undefined) throw new Error('no clause')
    const { span: _, ...unplaced } = clause
    const log = sarif({ ...eachReport, clauses: [unplaced] })
    expect(resultsOf(log)[0].locations[0].physicalLocation.region).toMatchObject({ startLine: 1, startColumn: 1 })
  })

  it('gives the figures in words and as they are', () => {
    const result = resultOf(sarif(eachReport), 'uptime/2026-05')
    // 4h 20m down of 0.5 % of 744 h; 739h 40m / 744h = 99.4175… %.
    expect(result.message.text).toBe(
      'uptime/2026-05 breached: 4h 20m of 3h 43m 12s used; promised ≥ 99.5 % a calendar month; observed 99.41 %; 36m 48s over the allowance',
    )
    expect(result.properties).toMatchObject({
      promised: { unit: 'ratio', part: 995, of: 1000 },
      observed: { unit: 'ratio', part: 2_662_800_000, of: 2_678_400_000 },
      margin: { unit: 'ms', value: -2_208_000 },
    })
  })

  it('shows the first rows and steps, and how many more there are', () => {
    const long: Finding = {
      ...breachedUptime,
      evidence: Array.from({ length: 57 }, (_, i) => ({ input: 0, line: i + 2 })),
      timeline: Array.from({ length: 140 }, (_, i) => ({
        at: { start: at('2026-05-02T01:12:00+02:00'), end: at('2026-05-02T03:42:00+02:00') },
        effect: 'counted' as const,
        reason: 'outage',
        why: `OUT-${i}`,
        ...(i % 2 === 0 && { origin: { input: 0, line: i + 2, to: i + 4 } }),
      })),
    }
    const log = sarif(
      reportOf([clauseOf({ findings: [long], span: { file: 'acme.yaml', line: 11, column: 3, length: 6 } })]),
    )
    const [result] = resultsOf(log)
    expect(result.relatedLocations).toHaveLength(20)
    expect(result.relatedLocations[19]).toEqual({
      id: 19,
      physicalLocation: { artifactLocation: { uri: 'outages.csv' }, region: { startLine: 21 } },
      message: { text: 'evidence row 21' },
    })
    expect(result.message.text).toMatch(/; 37 more evidence rows$/)
    const [flow] = result.codeFlows
    expect(flow.message.text).toBe('the first 100 of 140 steps')
    expect(flow.threadFlows[0].locations).toHaveLength(100)
    expect(flow.threadFlows[0].locations[0]).toEqual({
      location: {
        physicalLocation: { artifactLocation: { uri: 'outages.csv' }, region: { startLine: 2, endLine: 4 } },
        message: { text: 'Sat 2 May 2026 01:12–03:42 counted: OUT-0' },
      },
      kinds: ['counted'],
      importance: 'important',
    })
    // A step without a row of its own stands at the promise.
    expect(flow.threadFlows[0].locations[1].location.physicalLocation.artifactLocation.uri).toBe('acme.yaml')
  })

  it('rates vulnerabilities alone, by score, else by the floor of their band', () => {
    const fix = (details: Finding['details'], id: string): Finding => ({ ...lateFix, id, ...(details && { details }) })
    const clause = clauseOf({
      id: 'fixes',
      kind: 'vulnerability',
      findings: [
        lateFix,
        fix({ ...lateFix.details, score: 'High', band: 'high' }, 'b'),
        fix({ ...lateFix.details, score: '9.8', band: 'critical' }, 'c'),
      ],
    })
    const log = sarif(reportOf([clause, ...eachReport.clauses]))
    expect(problems(log)).toEqual([])
    const rated = resultsOf(log).map(result => result.properties['security-severity'])
    expect(rated.slice(0, 4)).toEqual(['8.1', '7.0', '9.8', undefined])
    expect(log.runs[0].tool.driver.rules[0].properties).toMatchObject({ 'security-severity': '9.8' })
    expect(log.runs[0].tool.driver.rules[1].properties).not.toHaveProperty('security-severity')
  })

  it('keeps to 25,000 results, the worst, and counts what is left out', () => {
    const risky = clauseOf({
      id: 'risky',
      findings: listOf(25_010, i => findingOf({ id: `risky/${i}`, atRisk: true })),
    })
    const late = clauseOf({ id: 'late', findings: [{ ...breachedUptime, id: 'late/1' }] })
    const log = sarif(reportOf([risky, late]))
    expect(resultsOf(log)).toHaveLength(25_000)
    expect(resultsOf(log)[0].properties.finding).toBe('late/1')
    expect(resultsOf(log)[24_999].properties.finding).toBe('risky/24998')
    const [note] = log.runs[0].invocations[0].toolExecutionNotifications
    expect(note).toMatchObject({ level: 'note', descriptor: { id: 'results-left-out' } })
    expect(note.message.text).toMatch(/^11 results were left out/)
  })

  it('takes a list that makes its findings as the findings themselves', () => {
    const [clause] = eachReport.clauses
    if (clause === undefined) throw new Error('no clause')
    const findings = [...clause.findings]
    const lazy = {
      ...eachReport,
      clauses: [
        {
          ...clause,
          findings: findingsOf(findings.length, i => findings[i] ?? lateFix, { outlines: () => findings }),
        },
      ],
    }
    expect(sarif(lazy)).toEqual(sarif({ ...eachReport, clauses: [clause] }))
  })

  it('passes on the warnings of the audit', () => {
    const span = { file: 'acme.yaml', line: 4, column: 2, length: 3 }
    const log = sarif({
      ...eachReport,
      warnings: [{ code: 'unstated', severity: 'warning', message: 'a', hint: 'b', span }],
    })
    expect(problems(log)).toEqual([])
    expect(log.runs[0].invocations[0].toolExecutionNotifications).toEqual([
      {
        level: 'warning',
        descriptor: { id: 'unstated' },
        message: { text: 'a: b' },
        locations: [
          {
            physicalLocation: {
              artifactLocation: { uri: 'acme.yaml' },
              region: { startLine: 4, startColumn: 2, endLine: 4, endColumn: 5 },
            },
          },
        ],
      },
    ])
  })

  it('shows nothing that could act in a viewer, and keeps true values', () => {
    const text = [...renderSarif(hostileReport(), viewOf({ directory: '/home/acme' }))].join('')
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\ufffe]/u)
    const log = JSON.parse(text)
    const [result] = resultsOf(log)
    expect(result.properties.finding).toBe(`uptime/${HOSTILE}`)
    expect(result.message.text).not.toContain('](')
    expect(result.message.text).not.toContain('\n')
  })

  it('is valid for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), text => {
        expect(problems(sarif(hostileReport(text)))).toEqual([])
      }),
      { numRuns: 60 },
    )
  })
})
