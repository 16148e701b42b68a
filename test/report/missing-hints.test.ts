import { describe, expect, it } from 'vitest'
import type { Finding } from '../../src/model/finding.ts'
import { missingHints } from '../../src/report/missing-hints.ts'
import { overviewOf } from '../../src/report/overview.ts'
import { clauseOf, findingOf } from './fixture.ts'

const none = (missing: string, more: Partial<Finding> = {}): Finding =>
  findingOf({ status: 'unverified', reason: 'missing', details: { missing }, ...more })
const hints = (...clauses: readonly (readonly [kind: string, finding: Finding])[]): readonly string[] =>
  missingHints(
    clauses.map(([kind, finding]) =>
      overviewOf(clauseOf({ id: kind, kind, status: finding.status, findings: [finding] }), 20),
    ),
  )

const DONE = (type: string) =>
  `Nothing done? --assume-complete ${type} says so; what was due is then counted as not done.`
const CASES = 'RTO and RPO show in incidents and in restores in earnest: without one they stay unverified.'

describe('what to do about evidence that is missing', () => {
  it('is to say that nothing happened, where that would be good news', () => {
    expect(hints(['support', none('ticket')])).toEqual([
      'Nothing to report? Say so: --assume-complete ticket, or a coverage record.',
    ])
    expect(hints(['support', findingOf({ status: 'met' })])).toEqual([])
  })

  it('is no such thing where something had to be done', () => {
    expect(hints(['control', none('restore')])).toEqual([DONE('restore')])
    expect(hints(['backup', none('backup')])).toEqual([DONE('backup')])
    expect(hints(['support', none('ticket')], ['backup', none('backup')])).toEqual([
      'Nothing to report? Say so: --assume-complete ticket, or a coverage record.',
      DONE('backup'),
    ])
  })

  it('is nothing for recovery without a case, whatever is assumed', () => {
    expect(hints(['recovery', none('incident')])).toEqual([CASES])
    expect(hints(['recovery', none('', { reason: 'not-exercised' })])).toEqual([CASES])
    expect(hints(['recovery', none('recovery-point')])).toEqual([])
  })
})
