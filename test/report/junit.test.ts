import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Report } from '../../src/model/report.ts'
import { streamJunit } from '../../src/report/junit.ts'
import { reportOf, viewOf } from './fixture.ts'
import { cases, outcomes, parse, problems } from './junit-reader.ts'
import { eachReport, HOSTILE, hostileReport } from './sarif-fixture.ts'

function junit(report: Report, overrides = {}): string {
  return [...streamJunit(report, viewOf({ directory: '/home/acme', ...overrides }))].join('')
}

describe('JUnit', () => {
  it('is valid, whatever there is to say', async () => {
    expect(await problems([junit(eachReport), junit(hostileReport()), junit(reportOf([]))])).toEqual([])
    expect(await problems(['<testsuites><testcase/></testsuites>'])).not.toEqual([])
  })

  it('says what came of each finding', () => {
    const plain = {
      'uptime/2026-01': 'passed',
      'uptime/2026-02': 'skipped',
      'uptime/2026-03': 'skipped',
      'uptime/2026-04': 'skipped',
      'uptime/2026-05': 'failure',
      'uptime/2026-06': 'passed',
      'uptime/2026-07': 'skipped',
      'uptime/2026-08': 'skipped',
      'speed-goal/2026-05': 'skipped',
      'speed-goal/2026-06': 'skipped',
      'speed-goal/2026-07': 'skipped',
      clean: 'passed',
    }
    expect(outcomes(junit(eachReport))).toEqual(plain)
    const failOn = ['breached', 'unverified', 'at-risk', 'pending']
    const strict = { 'uptime/2026-04': 'failure', 'uptime/2026-06': 'failure', 'uptime/2026-07': 'failure' }
    expect(outcomes(junit(eachReport, { failOn }))).toEqual({ ...plain, ...strict })
    const bindings = ['guarantee', 'objective']
    expect(outcomes(junit(eachReport, { bindings }))).toEqual({ ...plain, 'speed-goal/2026-05': 'failure' })
    expect(outcomes(junit(eachReport, { bindings, failOn }))).toEqual({
      ...plain,
      ...strict,
      'speed-goal/2026-05': 'failure',
      'speed-goal/2026-07': 'failure',
    })
  })

  it('counts what it holds, and says where', () => {
    const text = junit(eachReport)
    expect(text).toMatch(/<\/testsuites>\n$/)
    const top = parse(text)
    expect(top.attributes).toEqual({ name: 'acme-saas', tests: '12', failures: '1', errors: '0', time: '0' })
    // As of 2 June 09:00 in Paris.
    expect(top.children.map(({ attributes }) => attributes)).toEqual([
      {
        name: 'acme-saas.uptime',
        tests: '8',
        failures: '1',
        skipped: '5',
        errors: '0',
        time: '0',
        timestamp: '2026-06-02T07:00:00',
      },
      {
        name: 'acme-saas.speed-goal',
        tests: '3',
        failures: '0',
        skipped: '3',
        errors: '0',
        time: '0',
        timestamp: '2026-06-02T07:00:00',
      },
      {
        name: 'acme-saas.clean',
        tests: '1',
        failures: '0',
        skipped: '0',
        errors: '0',
        time: '0',
        timestamp: '2026-06-02T07:00:00',
      },
    ])
    const late = cases(text).find(({ attributes }) => attributes.name === 'uptime/2026-05')
    expect(late?.attributes).toMatchObject({ classname: 'acme-saas.uptime', file: 'acme.yaml', line: '11' })
    expect(late?.children[0]?.attributes).toEqual({
      message:
        'breached: 4h 20m of 3h 43m 12s used; promised ≥ 99.5 % a calendar month; observed 99.41 %; 36m 48s over the allowance',
      type: 'over',
    })
    expect(late?.children[0]?.text).toContain('Sat  2 May 01:12–03:42  2h 30m  counted   OUT-17, api gateway down')
  })

  it('says why something is skipped', () => {
    const messages = new Map(
      cases(junit(eachReport)).map(({ attributes, children }) => [attributes.name, children[0]?.attributes.message]),
    )
    expect(messages.get('uptime/2026-02')).toMatch(/^breached \(known\): /)
    expect(messages.get('uptime/2026-03')).toMatch(/^waived until 2026-06-30 by J\. Doe: moved house: /)
    expect(messages.get('speed-goal/2026-05')).toMatch(/^breached \(objective\): /)
    expect(messages.get('uptime/2026-07')).toMatch(/^pending: /)
  })

  it('is well-formed and valid for any text', async () => {
    const texts: string[] = []
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), given => {
        const text = junit(hostileReport(given))
        expect(cases(text)).toHaveLength(2)
        texts.push(text)
      }),
      { numRuns: 100 },
    )
    expect(await problems(texts)).toEqual([])
    const [first] = cases(junit(hostileReport()))
    expect(first?.attributes.name).toContain('</script><img src=x onerror=alert(1)> ::error::x %0A::set-output')
    expect(first?.attributes.name).toContain(']]> | ` @acme/all')
    expect(junit(hostileReport()).replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\ufffe\uffff]/u)
    expect(HOSTILE).toMatch(/\p{Cc}/u)
  })
})
