import { describe, expect, it } from 'vitest'
import { exitCode, type Failure } from '../../src/cli/exit-codes.ts'
import type { Binding, Finding, Status } from '../../src/model/finding.ts'
import type { Report } from '../../src/model/report.ts'
import { clauseOf, findingOf, reportOf } from '../report/fixture.ts'

function reportWith(statuses: readonly (Status | 'at-risk')[], binding: Binding = 'guarantee', warned = false): Report {
  const findings = statuses.map((status): Finding => {
    return status === 'at-risk' ? findingOf({ atRisk: true }) : findingOf({ status })
  })
  const clauses = findings.map(finding => clauseOf({ binding, findings: [finding] }))
  const warning = { code: 'x', severity: 'warning', message: 'x' } as const
  return reportOf(clauses, { warnings: warned ? [warning] : [] })
}

const all: readonly Failure[] = ['breached', 'unverified', 'at-risk', 'pending', 'warnings']

describe('exitCode', () => {
  it.each<[string, readonly (Status | 'at-risk')[], readonly Failure[], number]>([
    ['a breach, listed', ['met', 'breached'], ['breached'], 1],
    ['a breach, not listed', ['breached'], ['unverified'], 0],
    ['a breach, nothing listed', ['breached'], [], 0],
    ['unverified by default', ['unverified'], ['breached'], 0],
    ['unverified, listed', ['met', 'unverified'], ['breached', 'unverified'], 4],
    ['a breach beats the rest', ['unverified', 'breached', 'pending'], all, 1],
    ['a breach not listed, the rest is', ['breached', 'pending'], ['pending'], 4],
    ['pending, listed', ['pending'], ['pending'], 4],
    ['pending, not listed', ['pending'], ['breached', 'unverified'], 0],
    ['at risk, listed', ['at-risk'], ['at-risk'], 4],
    ['at risk, not listed', ['at-risk'], ['breached'], 0],
    ['all met, all listed', ['met', 'met'], all, 0],
    ['waived and not applicable never count', ['waived', 'not-applicable'], all, 0],
    ['no clause at all', [], all, 0],
  ])('%s', (_, statuses, failOn, code) => {
    expect(exitCode(reportWith(statuses), failOn, ['guarantee'])).toBe(code)
  })

  it('counts guarantees only, unless told otherwise', () => {
    const report = reportWith(['breached'], 'objective')
    expect(exitCode(report, ['breached'], ['guarantee'])).toBe(0)
    expect(exitCode(report, ['breached'], ['guarantee', 'objective'])).toBe(1)
  })

  it('counts every finding, not only the worst of a clause', () => {
    const findings = [findingOf({ status: 'breached' }), findingOf({ status: 'unverified' })]
    const report = reportOf([clauseOf({ status: 'breached', findings })])
    expect(exitCode(report, ['unverified'], ['guarantee'])).toBe(4)
  })

  it('counts no breach that a baseline knows, but every other', () => {
    const breach = findingOf({ status: 'breached' })
    const knowing = (known: number) => reportOf([clauseOf({ known, findings: [breach, breach] })])
    expect(exitCode(knowing(2), ['breached'], ['guarantee'])).toBe(0)
    expect(exitCode(knowing(1), ['breached'], ['guarantee'])).toBe(1)
    expect(exitCode(knowing(2), all, ['guarantee'])).toBe(0)
  })

  it('counts warnings when listed', () => {
    expect(exitCode(reportWith(['met'], 'guarantee', true), ['warnings'], ['guarantee'])).toBe(4)
    expect(exitCode(reportWith(['met'], 'guarantee', true), ['breached'], ['guarantee'])).toBe(0)
  })
})
