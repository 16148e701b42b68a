import { describe, expect, it } from 'vitest'
import { compareContracts } from '../../src/compare/compare.ts'
import { chosenBy } from '../../src/compare/only.ts'
import type { AnyRule } from '../../src/compare/rule.ts'
import { InputError } from '../../src/model/diagnostic.ts'
import { contractOf, outageRule, ticketRule, tickets, up, zones } from './fakes.ts'

const ROWS = [
  { kind: 'availability', key: 'availability' },
  { kind: 'availability', key: 'availability#2' },
  { kind: 'support', key: 'support/P1/respond' },
  { kind: 'support', key: 'support/P1/resolve#2' },
  { kind: 'support', key: 'support/P10/respond' },
  { kind: 'support', key: 'urgent' },
  { kind: 'backup', key: 'backup/database/keep' },
  { kind: 'term', key: 'term' },
]

const chosen = (...only: readonly string[]) => ROWS.filter(chosenBy(only, ROWS)).map(({ key }) => key)

function refused(...only: readonly string[]) {
  try {
    chosen(...only)
  } catch (error) {
    if (error instanceof InputError) return error.diagnostics.map(({ code, message, hint }) => [code, message, hint])[0]
    throw error
  }
}

describe('a choice', () => {
  it('is of a subject, or of keys that begin so, by whole parts', () => {
    expect(chosen('availability')).toEqual(['availability', 'availability#2'])
    expect(chosen('support')).toEqual(ROWS.slice(2, 6).map(({ key }) => key))
    expect(chosen('support/P1')).toEqual(['support/P1/respond', 'support/P1/resolve#2'])
    expect(chosen('support/P1/resolve')).toEqual(['support/P1/resolve#2'])
    expect(chosen('urgent', 'backup/database')).toEqual(['urgent', 'backup/database/keep'])
    expect(chosen('term')).toEqual(['term'])
    expect(ROWS.filter(chosenBy(undefined, ROWS))).toEqual(ROWS)
  })

  it('has to fit something: what is meant, or what there is', () => {
    expect(refused('suport', 'term', 'backup/databse')).toEqual([
      'bad-option',
      'only: no promise compared is or begins with "suport", "backup/databse"',
      'did you mean support, backup/database?',
    ])
    expect(refused('recovery')?.[2]).toBe('there are availability, support, backup, term')
    expect(refused('support/blocking')?.[2]).toBe('there are support/P1, support/P10')
    expect(refused('support/P1/res')?.[1]).toContain('"support/P1/res"')
    expect(refused('')?.[1]).toContain('""')
    expect(refused()?.[1]).toBe('only: it names nothing')
  })
})

describe('a comparison of a part', () => {
  /** How often promises are held against each other, logs are made and worst cases worked out, by kind. */
  function counted(rule: AnyRule, counts: Record<string, number>): AnyRule {
    const told =
      <A extends readonly unknown[], R>(run: (...args: A) => R) =>
      (...args: A): R => {
        counts[rule.kind] = (counts[rule.kind] ?? 0) + 1
        return run(...args)
      }
    const { relate, candidates, envelope } = rule
    return { ...rule, relate: told(relate), candidates: told(candidates), envelope: told(envelope) }
  }

  async function compared(only?: readonly string[]) {
    const term = { term: { from: '2025-01-01' } }
    const contracts = [
      await contractOf('a', { up: up('99.5%'), help: tickets({ P1: '2h', P2: '4h' }) }, term),
      await contractOf('b', { up: up('99%'), help: tickets({ P1: '3h', P2: '8h' }) }),
    ]
    const counts: Record<string, number> = {}
    const rules = {
      availability: async () => counted(outageRule, counts),
      support: async () => counted(ticketRule, counts),
    }
    const options = { year: 2026, zones, version: '1.0.0', rules, ...(only !== undefined && { only }) }
    return { ...(await compareContracts(contracts, options)), counts }
  }

  it('has its rows, worst cases and logs only, as in the whole', async () => {
    const whole = await compared()
    expect(whole).not.toHaveProperty('only')
    const part = await compared([' support/P1/ ', 'support/P1'])
    expect(part.only).toEqual(['support/P1'])
    expect(part.rows.map(({ key }) => key)).toEqual(['support/P1/respond'])
    expect(part.envelope).toEqual([])
    expect(part.witnesses.map(({ row, story }) => [row, story])).toEqual([
      ['support/P1/respond', 'an answer after 3 h'],
    ])
    const up = await compared(['availability'])
    expect(up.rows).toEqual(whole.rows.slice(0, 1))
    expect(up.envelope).toEqual(whole.envelope)
    expect(up.envelope).toHaveLength(1)
    expect(up.witnesses).toEqual(whole.witnesses.slice(0, 1))
  })

  it('judges nothing else', async () => {
    expect((await compared(['availability'])).counts).not.toHaveProperty('support')
    expect((await compared(['support'])).counts).not.toHaveProperty('availability')
    const dates = await compared(['term'])
    expect(dates.counts).toEqual({})
    expect(dates.rows.map(({ key, cells }) => [key, cells[0]?.text])).toEqual([['term', 'from 1 Jan 2025']])
  })
})
