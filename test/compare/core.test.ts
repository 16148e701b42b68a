import { describe, expect, it } from 'vitest'
import { compareContracts } from '../../src/compare/compare.ts'
import { evidenceText, verdictOf } from '../../src/compare/judge-log.ts'
import { relationOf } from '../../src/compare/relations.ts'
import type { Side } from '../../src/compare/rule.ts'
import { loadAlignment } from '../../src/contract/alignment.ts'
import type { Contract } from '../../src/contract/contract.ts'
import { InputError } from '../../src/model/diagnostic.ts'
import { contractOf, outageRule, rules, tickets, up, zones } from './fakes.ts'

const compare = (contracts: readonly Contract[], alignment?: string) =>
  compareContracts(contracts, {
    year: 2026,
    zones,
    version: '1.2.3',
    rules,
    ...(alignment !== undefined && { alignment: align(alignment, contracts) }),
  })

const align = (text: string, contracts: readonly Contract[]) =>
  loadAlignment(
    { file: 'align.yaml', bytes: new TextEncoder().encode(`apiVersion: sla/v1\nkind: Alignment\n${text}`) },
    contracts.map(({ id }) => id),
  )

describe('relations', () => {
  it('follow from at least and at most as strong', () => {
    expect(relationOf(true, true)).toBe('equal')
    expect(relationOf(true, false)).toBe('stronger')
    expect(relationOf(false, true)).toBe('weaker')
    expect(relationOf(false, false)).toBe('incomparable')
  })

  it('are equal where a rule proves both, without a log', async () => {
    const { rows, witnesses } = await compare([
      await contractOf('a', { up: up('99%') }),
      await contractOf('b', { uptime: up('99%') }),
    ])
    expect(rows.map(({ key, cells }) => [key, cells[1]?.relation, cells[1]?.rules])).toEqual([
      ['availability', 'equal', ['the same text']],
    ])
    expect(rows[0]?.cells[0]).not.toHaveProperty('relation')
    expect(rows[0]?.cells.some(({ best }) => best)).toBe(false)
    expect(witnesses).toEqual([])
  })

  it('show a weaker promise by the shortest log that the base alone calls a breach', async () => {
    // March has 744 h: 99.5 % leaves 3.72 h, 99 % leaves 7.44 h. 4 h are the first whole hours between them.
    const contracts = [await contractOf('a', { up: up('99.5%') }), await contractOf('b', { up: up('99%') })]
    const { rows, witnesses } = await compare(contracts)
    // Nothing proves that b is at most as strong: that counts as false, and is marked.
    expect(rows[0]?.cells[1]).toMatchObject({ relation: 'incomparable', searched: true, witnesses: [0] })
    expect(witnesses).toHaveLength(1)
    expect(witnesses[0]).toMatchObject({
      row: 'availability',
      other: 1,
      breaches: 0,
      story: 'an outage of 4 h',
      period: { text: '2026' },
      rows: [{ type: 'outage', start: '2026-03-01T00:00:00Z', end: '2026-03-01T04:00:00Z' }],
      verdicts: [
        { contract: 0, finding: 'up/2026-03', status: 'breached' },
        { contract: 1, status: 'met' },
      ],
    })
    // What takes no part in it is gone: the outage without length and the blank column.
    expect(Object.keys(witnesses[0]?.rows[0] ?? {})).toEqual(['type', 'start', 'end'])
  })

  it('find a month that a promise over the year leaves unprotected', async () => {
    // 99.9 % a year leaves 8.76 h: an outage of 8 h is kept by it, and is more than the 7.44 h that 99 % leaves in March.
    const contracts = [
      await contractOf('a', { up: up('99%') }),
      await contractOf('b', { up: up('99.9%', { window: 'calendar year' }) }),
    ]
    const { rows, witnesses } = await compare(contracts)
    expect(rows[0]?.cells[1]).toMatchObject({ relation: 'incomparable', witnesses: [0] })
    expect(witnesses[0]).toMatchObject({ breaches: 0, story: 'an outage of 8 h' })
  })

  it('state what is missing, added, in words only or observed', async () => {
    const contracts = [
      await contractOf('a', { up: up('99%'), help: tickets({ P1: '1h', P3: 'unstated' }) }),
      await contractOf('b', { up: up('99%', { binding: 'observed' }), help: tickets({ P2: '2h', P3: '8h' }) }),
    ]
    const { rows } = await compare(contracts)
    expect(rows.map(({ key, cells }) => [key, cells.map(({ state }) => state), cells[1]?.relation])).toEqual([
      ['availability', ['promised', 'not-promised'], 'missing'],
      ['support/P1/respond', ['promised', 'not-promised'], 'missing'],
      ['support/P3/respond', ['not-auditable', 'promised'], 'not-decidable'],
      ['support/P2/respond', ['not-promised', 'promised'], 'added'],
    ])
    expect(rows[0]?.cells[1]?.rules[0]).toBe('observed only: it promises nothing')
    // Each is promised by one alone, or in words only.
    expect(rows.flatMap(({ cells }) => cells.filter(({ best }) => best === true))).toEqual([])
  })

  it('never call an objective equal to a guarantee', async () => {
    const objective = await contractOf('b', { up: up('99%', { binding: 'objective' }) })
    const guarantee = await contractOf('a', { up: up('99%') })
    const ahead = await compare([guarantee, objective])
    expect(ahead.rows[0]?.cells[1]).toMatchObject({ relation: 'weaker', witnesses: [] })
    expect(ahead.rows[0]?.cells[1]?.rules[0]).toMatch(/objective only/)
    expect(ahead.rows[0]?.cells[0]?.best).toBe(true)
    const back = await compare([objective, guarantee])
    expect(back.rows[0]?.cells[1]?.relation).toBe('stronger')
    expect(back.rows[0]?.cells[1]?.best).toBe(true)
  })

  it('say nothing of what neither of two promises', async () => {
    const none = { up: up('99%', { binding: 'observed' }) }
    const contracts = [
      await contractOf('a', none),
      await contractOf('b', none),
      await contractOf('c', { up: up('99%') }),
    ]
    const { rows } = await compare(contracts)
    expect(rows[0]?.cells.map(({ relation }) => relation)).toEqual([undefined, undefined, 'added'])
  })

  it('compare every contract with the first', async () => {
    const contracts = await Promise.all(['99%', '99.5%', '99%'].map((one, i) => contractOf(`c${i}`, { up: up(one) })))
    const { rows, contracts: named } = await compare(contracts)
    expect(named.map(({ id }) => id)).toEqual(['c0', 'c1', 'c2'])
    expect(rows[0]?.cells.map(({ relation }) => relation)).toEqual([undefined, 'incomparable', 'equal'])
  })
})

describe('judging a log', () => {
  it('writes rows as CSV: blank where a row has no cell, quoted where it must be', () => {
    expect(
      evidenceText([
        { type: 'outage', start: 'a', cause: 'x, "y"' },
        { type: 'coverage', of: 'b ' },
      ]),
    ).toBe('type,start,cause,of\noutage,a,"x, ""y""",\ncoverage,,,"b "\n')
  })

  it('takes what is not decided, or cannot be read, as neither', async () => {
    const contract = await contractOf('a', { up: up('99%') })
    const [clause] = contract.clauses
    if (clause === undefined) throw new Error('no clause')
    const [term] = outageRule.terms(clause, contract)
    if (term === undefined) throw new Error('no term')
    const side: Side = { contract, clause, term, zone: zones('UTC'), label: contract.id, zones }
    const period = { start: Date.UTC(2026, 2, 1), end: Date.UTC(2026, 3, 1) }
    const log = (end: string, asOf: number) => ({
      rows: [{ type: 'outage', start: '2026-03-01T00:00:00Z', end }],
      period,
      asOf,
      story: '',
    })
    expect(await verdictOf(side, log('2026-03-01T07:00:00Z', period.end))).toBe('met')
    expect(await verdictOf(side, log('2026-03-01T08:00:00Z', period.end))).toBe('breached')
    expect(await verdictOf(side, log('2026-03-01T07:00:00Z', Date.UTC(2026, 2, 3)))).toBe('other')
    expect(await verdictOf(side, log('yesterday', period.end))).toBe('other')
  })
})

describe('envelope', () => {
  it('has a row for each key, blank where nothing is promised, best by its figure', async () => {
    const contracts = [
      await contractOf('a', { up: up('99%') }),
      await contractOf('b', { loose: up('99%'), tight: up('99.5%') }),
      await contractOf('c', { help: tickets({ P1: '1h' }) }),
    ]
    const { envelope } = await compare(contracts)
    expect(envelope).toEqual([
      {
        key: 'downtime/year',
        subject: 'Availability',
        name: 'downtime in the year',
        values: [
          { ms: 315_360_000, text: 'up', notes: [] },
          {
            ms: 157_680_000,
            text: 'tight',
            notes: ['by tight, the tightest of 2'],
            best: true,
          },
          { text: 'not promised', notes: [] },
        ],
      },
    ])
  })
})

describe('alignment', () => {
  const pair = async () => [
    await contractOf('a', { help: tickets({ P1: '2h', P2: '4h' }) }),
    await contractOf('b', { help: tickets({ blocking: '3h', minor: '4h' }) }),
  ]

  it('brings together only names that are equal, and says which are not', async () => {
    const { rows, warnings } = await compare(await pair())
    expect(rows.map(({ key }) => key)).toEqual([
      'support/P1/respond',
      'support/P2/respond',
      'support/blocking/respond',
      'support/minor/respond',
    ])
    const [warning] = warnings.filter(({ code }) => code === 'not-aligned')
    expect(warning?.message).toBe(
      'support: P1, P2 (a) and blocking, minor (b) are names of priorities that stand alone',
    )
    expect(warning?.hint).toContain('priority: { P1: [blocking] }')
  })

  it('follows a file of names, and writes the log in the names of each', async () => {
    const { rows, witnesses, warnings } = await compare(await pair(), 'priority: { P1: blocking, P2: [minor] }')
    expect(rows.map(({ key, cells }) => [key, cells.map(({ text }) => text)])).toEqual([
      ['support/P1/respond', ['P1 of help', 'blocking of help']],
      ['support/P2/respond', ['P2 of help', 'minor of help']],
    ])
    expect(warnings.filter(({ code }) => code === 'not-aligned' || code === 'align-unmatched')).toEqual([])
    // Answered after 3 h: late by two hours for a, in time by three for b.
    expect(witnesses[0]).toMatchObject({
      row: 'support/P1/respond',
      breaches: 0,
      story: 'an answer after 3 h',
      rows: [{ priority: 'P1' }],
      renamed: [{ priority: 'blocking' }],
      verdicts: [
        { finding: 'help/P1-respond/T-1', status: 'breached' },
        { finding: 'help/blocking-respond/T-1', status: 'met' },
      ],
    })
  })

  it('puts single promises into rows', async () => {
    const text = 'rows: { urgent: { a: support/P1/respond, b: support/blocking/respond } }'
    const { rows } = await compare(await pair(), text)
    expect(rows[0]).toMatchObject({ key: 'urgent', cells: [{ text: 'P1 of help' }, { text: 'blocking of help' }] })
  })

  it('warns of names and promises that no contract has', async () => {
    const text = 'priority: { P1: [bloking] }\nrows: { urgent: { b: support/blockin/respond } }'
    const { warnings } = await compare(await pair(), text)
    const unmatched = warnings.filter(({ code }) => code === 'align-unmatched')
    expect(unmatched.map(({ message, hint, span }) => [message, hint, span?.line])).toEqual([
      ['no contract compared has the priority "bloking"', 'did you mean blocking?', 3],
      ['b has no promise "support/blockin/respond"', 'did you mean support/blocking/respond?', 4],
    ])
  })

  it.each([
    ['priority: { P1: [x], P2: [x] }', 'aligned-twice', 3],
    ['rows: { urgent: { nobody: x } }', 'unknown-contract', 3],
    ['priorities: { P1: [x] }', 'unknown-key', 3],
    ['priority: { P1: [""] }', undefined, 3],
    ['rows: [x]', undefined, 3],
  ])('refuses %s', async (text, code, line) => {
    const contracts = await pair()
    try {
      align(text, contracts)
      expect.unreachable()
    } catch (error) {
      if (!(error instanceof InputError)) throw error
      expect(error.diagnostics[0]?.span?.line).toBe(line)
      if (code !== undefined) expect(error.diagnostics[0]?.code).toBe(code)
    }
  })

  it('says all that is wrong with a file at once, whatever part it is in', async () => {
    const text = [
      'priorities: { P1: [x] }',
      'band: { high: [major], low: [major] }',
      'rows: { urgent: { nobody: x, a: [""] }, later: { none: y } }',
      'service: [web]',
    ].join('\n')
    const contracts = await pair()
    const said = () => {
      try {
        align(text, contracts)
      } catch (error) {
        if (error instanceof InputError) return error.diagnostics.map(({ code, span }) => [code, span?.line])
        throw error
      }
    }
    const found = said() ?? []
    // What is in a part that can't be read at all is not known: the contracts of `rows` with a blank name.
    expect(found).toContainEqual(['unknown-key', 3])
    expect(found).toContainEqual(['aligned-twice', 4])
    expect(found.map(([, line]) => line)).toEqual([3, 4, 5, 6])
    const two = 'priorities: { P1: [x] }\nrows: { urgent: { nobody: x }, later: { none: y } }'
    expect(() => align(two, contracts)).toThrow(/priorities.*\n.*"nobody".*\n.*"none"/)
  })

  it('lists clauses of one key that do not outdo one another each in a row', async () => {
    const contracts = [
      await contractOf('a', { up: up('99%') }),
      await contractOf('b', { one: up('99%'), two: up('99.5%') }),
    ]
    const { rows } = await compare(contracts)
    expect(rows.map(({ key, cells }) => [key, cells.map(({ clause }) => clause)])).toEqual([
      ['availability', ['up', 'one']],
      ['availability#2', ['up', 'two']],
    ])
    expect(rows[0]?.cells[1]?.rules).toContain('one of 2 clauses that hold together')
  })
})
