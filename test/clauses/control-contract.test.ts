import { describe, expect, it } from 'vitest'
import { clauseKinds } from '../../src/clauses/index.ts'
import { loadContract } from '../../src/contract/load.ts'
import { zones } from '../support/audit.ts'
import { brief, clauseOf } from '../support/clause-text.ts'

const { load, refused } = clauseOf('review', 'control')

describe('a control clause', () => {
  it.each([
    'every: 1 week',
    'every: 24h\ntolerance: 2h\noutcome: performed\nper: subject',
    'every: unstated',
    'of: restore\nevery: P7D',
    'times: 2 per calendar year',
    'times: 1 per calendar month',
    'valid-for: 3 years\ntolerance: 1 month',
    'of: Tier III\nvalid-for: 1 year',
  ])('may say %s', async fields => {
    expect(await refused(fields)).toEqual([])
    expect((await load(fields)).warnings).toEqual([])
  })

  it('promises one thing', async () => {
    expect(await refused('outcome: passed')).toEqual([
      '6:3 bad-value: expected one of `every`, `times` and `valid-for` (undefined)',
    ])
    expect(await refused('every: 1 week\ntimes: 2 per calendar year')).toEqual([
      '6:3 bad-value: expected only one of `every`, `times` and `valid-for`, got `every` and `times` (undefined)',
    ])
  })

  it('is told all its errors at once, each at its place', async () => {
    expect(await refused('every: 0h\ntimes: 0 per calendar year\noutcome: pased\nper: subjct\neach: 1 week')).toEqual([
      '6:3 bad-value: expected only one of `every`, `times` and `valid-for`, got `every` and `times` (undefined)',
      '8:12 bad-value: "0h" is no time at all (write such as 24h, 1 week, 1 month)',
      '9:12 bad-value: "0 per calendar year" asks for nothing (write a number of 1 or more: 2 per calendar year)',
      '10:14 bad-value: expected one of passed, performed, got "pased" (did you mean passed?)',
      '11:10 bad-value: expected subject, got "subjct" (did you mean subject?)',
      '12:5 unknown-key: unknown key `each` (known keys: of, every, times, valid-for, tolerance, outcome, per, within, after, at-least, before, throughout, kind, section, text, binding, services, services-together, where)',
    ])
    expect(await refused('outcome: pass')).toEqual([
      '6:3 bad-value: expected one of `every`, `times` and `valid-for` (undefined)',
      '8:14 bad-value: expected one of passed, performed, got "pass" (did you mean passed?)',
    ])
    expect(await refused('evry: 1 week')).toEqual(['8:5 unknown-key: unknown key `evry` (did you mean `every`?)'])
  })

  it('does not wait for what triggers a duty yet', async () => {
    const leave = '(leave this clause out for now)'
    expect(await refused('within: 10 business days\nafter: breach of uptime')).toEqual([
      `8:5 not-supported: \`within\` and \`after\` belong to the language but aren't supported by this version yet ${leave}`,
    ])
    expect(await refused('within: 5 days')).toEqual([
      `8:5 not-supported: \`within\` belongs to the language but isn't supported by this version yet ${leave}`,
    ])
    expect(await refused('every: 1 week\nat-least: 90 days\nbefore: term end\nthroughout: 1 year')).toEqual([
      `9:5 not-supported: \`at-least\`, \`before\` and \`throughout\` belong to the language but aren't supported by this version yet ${leave}`,
    ])
    expect(await refused('of: backup\nevery: 1 week')).toEqual([
      "8:9 not-supported: `of: backup` belongs to the language but isn't supported by this version yet (of is a control, or restore)",
    ])
  })

  it.each([
    ['every: 5 business days', 'controls are not counted in business time'],
    ['times: 2 per rolling 30 days', "a rolling window can't be used here"],
    ['times: twice per calendar year', `"twice" isn't a whole number`],
    ['times: 2 per calendar year\ntolerance: 1 day', '`tolerance` goes with `every` and `valid-for` only'],
    ['every: 30', '30 of what?'],
  ])('refuses %s', async (fields, message) => {
    const errors = await refused(fields)
    expect(errors).toHaveLength(1)
    expect(errors[0]).toContain(message)
  })

  it('is warned of a tolerance as long as the interval', async () => {
    const { warnings } = await load('every: 24h\ntolerance: 1 day')
    expect(warnings.map(brief)).toEqual([
      '9:16 long-tolerance: the tolerance (1 day) is as long as what it is added to (24h) (a tolerance says how much later still counts: 2h, 1 day)',
    ])
  })

  it('is warned of a name that nearly is that of restore records', async () => {
    const { warnings } = await load('of: restores\nevery: 1 week')
    expect(warnings.map(brief)).toEqual([
      '8:9 restore-name: this asks for a control that is called restores, not for restore records (for tests of restoring write of: restore)',
    ])
    expect((await load('of: restore\nevery: 1 week')).warnings).toEqual([])
    expect((await load('of: restore drill\nevery: 1 week')).warnings).toEqual([])
  })

  it('has a manual with an example that loads', async () => {
    const { manual } = (await clauseKinds.control?.()) ?? { manual: '' }
    const block = manual.slice(manual.indexOf('  clauses:'), manual.indexOf('\nHow it is judged'))
    const yaml = `apiVersion: sla/v1\nkind: Contract\nid: test\ntimezone: UTC\n${block.replace(/^ {2}/gm, '')}`
    const { clauses } = await loadContract(
      { file: 'manual.yaml', bytes: new TextEncoder().encode(yaml) },
      clauseKinds,
      { zones },
    )
    expect(clauses.map(({ id }) => id)).toEqual(['restore-test', 'access-review', 'iso-27001'])
    expect(manual.split('\n').filter(line => line.length > 80 && !line.startsWith('  sla '))).toEqual([])
  })
})
