import { describe, expect, it } from 'vitest'
import { clauseKinds } from '../../src/clauses/index.ts'
import { loadContract } from '../../src/contract/load.ts'
import { zones } from '../support/audit.ts'
import { brief, clauseOf } from '../support/clause-text.ts'

const { load, refused, planned } = clauseOf('dr', 'recovery')

describe('a recovery clause', () => {
  it.each([
    ['rto: { at-most: 6h, from: failure }', 'RTO ≤ 6h from failure', ['incident', 'restore']],
    [
      'rpo: { at-most: 5min, measure: incident }\nrto: { at-most: 1 day, from: declared }',
      'RPO ≤ 5min by incident · RTO ≤ 1 day from declared',
      ['incident', 'restore'],
    ],
    [
      'of: [database, files]\naccept: [success, warning]\nrpo: { at-most: 26h, measure: exposure }',
      'RPO ≤ 26h by exposure',
      ['backup', 'inventory', 'backup-copy', 'backup-deletion', 'verification', 'restore'],
    ],
    ['of: database\nrpo: { at-most: 0min, measure: samples }', 'RPO ≤ 0min by samples', ['recovery-point']],
    [
      'scenarios:\n  partial: { rto: { at-most: 2h, from: requested } }\n  full: { rto: { at-most: 8h, from: requested }, rpo: { at-most: unstated, measure: incident } }',
      'partial: RTO ≤ 2h from requested · full: RPO unstated, RTO ≤ 8h from requested',
      ['incident', 'restore'],
    ],
  ])('may say %s', async (fields, promise, types) => {
    const { clause, kind, plan } = await planned(fields)
    expect(kind.judge.promise(clause)).toBe(promise)
    expect([...plan.types]).toEqual(types)
    expect((await load(fields)).warnings).toEqual([])
  })

  it('is told all its errors at once, each at its place', async () => {
    expect(
      await refused(
        'of: [a, a]\nrpo: { at-most: 5 business hours, measure: incidents }\nrto: { atmost: 6h, from: failing }',
      ),
    ).toEqual([
      '8:13 bad-value: `a` is listed twice (undefined)',
      '9:21 bad-value: "5 business hours": recovery is not counted in business time (write such as 5min, 6h, 1 day)',
      '9:48 bad-value: expected one of incident, exposure, samples, got "incidents" (did you mean incident?)',
      '10:12 unknown-key: unknown key `atmost` (did you mean `at-most`?)',
      '10:30 bad-value: expected one of failure, requested, declared, got "failing" (undefined)',
    ])
  })

  it('is told what is wrong with a map as a whole beside its other errors', async () => {
    expect(await refused('of: [a, a]\naccept: [full]')).toEqual([
      '6:3 bad-value: expected at least one of rpo, rto, scenarios (undefined)',
      '8:13 bad-value: `a` is listed twice (undefined)',
      '9:14 bad-value: expected one of success, warning, partial, got "full" (undefined)',
    ])
    expect(await refused('accept: [full]\nrto: { at-most: 6h }')).toEqual([
      '8:5 bad-value: `accept` goes with `measure: exposure` only (undefined)',
      '8:14 bad-value: expected one of success, warning, partial, got "full" (undefined)',
    ])
    expect(await refused('rot: { at-most: 6h }')).toEqual(['8:5 unknown-key: unknown key `rot` (did you mean `rto`?)'])
    expect(await refused('scenarios: { a: { rpo: { at-most: 5, measure: samples } }, b: {} }')).toEqual([
      '8:39 bad-value: "5": 5 of what? (write 5min, 5h or 5 days)',
      '8:51 bad-value: measure samples cannot be told by scenario: only incident can (write measure: incident, or a clause of its own without scenarios)',
      '8:67 bad-value: expected rpo or rto (undefined)',
    ])
  })

  it.each([
    ['of: database', '6:3 bad-value: expected at least one of rpo, rto, scenarios (undefined)'],
    ['rpo: { at-most: 5min }', '8:5 missing-key: `measure` is missing (expected one of incident, exposure, samples)'],
    ['rto: 6h', '8:10 bad-value: expected a map with `at-most`, got "6h" (write rto: { at-most: 6h, from: failure })'],
    [
      'rpo: 5min',
      '8:10 bad-value: expected a map with `at-most`, got "5min" (write rpo: { at-most: 5min, measure: incident })',
    ],
    [
      'rto: { at-most: 6h, from: failure }\nscenarios: { full: { rto: { at-most: 8h, from: failure } } }',
      '9:5 bad-value: expected either scenarios or rto, got both (each scenario has its own rpo and rto; what holds for all goes into another clause)',
    ],
    [
      'scenarios: { full: { rpo: { at-most: 8h, measure: samples } } }',
      '8:55 bad-value: measure samples cannot be told by scenario: only incident can (write measure: incident, or a clause of its own without scenarios)',
    ],
    ['scenarios: { full: {} }', '8:24 bad-value: expected rpo or rto (undefined)'],
    ['scenarios: {}', '8:16 bad-value: expected at least one scenario (undefined)'],
    [
      'accept: [success]\nrto: { at-most: 6h, from: failure }',
      '8:5 bad-value: `accept` goes with `measure: exposure` only (undefined)',
    ],
  ])('refuses %s', async (fields, error) => {
    expect(await refused(fields)).toEqual([error])
  })

  it('is warned where the start of the clock is not said', async () => {
    const said = 'from is not said, and it can decide the verdict: the clock starts at the failure'
    expect((await load('rto: { at-most: 6h }')).warnings.map(brief)).toEqual([
      `8:10 missing-start: ${said} (say from: failure, requested or declared)`,
    ])
    expect((await load('scenarios: { full: { rto: { at-most: 6h } } }')).warnings.map(brief)).toEqual([
      `8:31 missing-start: ${said} (say from: failure, requested or declared)`,
    ])
    expect((await load('rto: { at-most: unstated }')).warnings).toEqual([])
  })

  it('has a manual with an example that loads', async () => {
    const { manual } = (await clauseKinds.recovery?.()) ?? { manual: '' }
    const block = manual.slice(manual.indexOf('  clauses:'), manual.indexOf('\nHow it is judged'))
    const yaml = `apiVersion: sla/v1\nkind: Contract\nid: test\ntimezone: UTC\n${block.replace(/^ {2}/gm, '')}`
    const source = { file: 'manual.yaml', bytes: new TextEncoder().encode(yaml) }
    const { clauses } = await loadContract(source, clauseKinds, { zones })
    expect(clauses.map(({ id }) => id)).toEqual(['disaster', 'by-request', 'lag'])
    expect(manual.split('\n').filter(line => line.length > 80 && !line.startsWith('  sla '))).toEqual([])
  })
})
