import { describe, expect, it } from 'vitest'
import { renderGitlab } from '../../src/report/gitlab.ts'
import { reportOf, viewOf } from './fixture.ts'
import { eachReport, hostileReport, validator } from './sarif-fixture.ts'

const problems = validator('gitlab-codeclimate.json')
const view = viewOf({ directory: '/home/acme' })

describe('GitLab code quality', () => {
  it('is an array of issues, worst first', () => {
    const issues = JSON.parse([...renderGitlab(eachReport, view)].join(''))
    const told = issues.map((issue: { description: string; severity: string; check_name: string }) => [
      issue.description.split(' ')[0],
      issue.severity,
      issue.check_name,
    ])
    expect(told).toEqual([
      ['uptime/2026-05', 'critical', 'uptime'],
      ['uptime/2026-04', 'major', 'uptime'],
      ['speed-goal/2026-07', 'major', 'speed-goal'],
      ['speed-goal/2026-05', 'minor', 'speed-goal'],
      ['uptime/2026-02', 'info', 'uptime'],
      ['speed-goal/2026-06', 'info', 'speed-goal'],
      ['uptime/2026-06', 'info', 'uptime'],
    ])
    expect(issues[0]).toMatchObject({
      type: 'issue',
      location: { path: 'acme.yaml', lines: { begin: 11 } },
      description:
        'uptime/2026-05 breached: 4h 20m of 3h 43m 12s used; promised ≥ 99.5 % a calendar month; observed 99.41 %; 36m 48s over the allowance',
    })
    expect([...renderGitlab(reportOf([]), view)].join('')).toBe('[]\n')
  })

  it('describes on one line what anybody wrote', () => {
    const text = [...renderGitlab(hostileReport(), view)].join('')
    const [issue] = JSON.parse(text)
    expect(problems(issue)).toEqual([])
    expect(issue.description).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u)
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u)
  })
})
