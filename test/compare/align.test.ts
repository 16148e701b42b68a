import { describe, expect, it } from 'vitest'
import { compareContracts } from '../../src/compare/compare.ts'
import type { AnyRule, Term } from '../../src/compare/rule.ts'
import type { Clause } from '../../src/contract/contract.ts'
import { contractOf, outageRule, up, zones } from './fakes.ts'

/** Backups kept for so many days: more is stronger, proven by rule. */
const keepRule: AnyRule = {
  kind: 'backup',
  subject: 'Backups',
  terms: (clause: Clause<{ readonly of?: readonly string[] }>): readonly Term[] =>
    (clause.body.of ?? ['all']).map(component => ({
      key: `backup/${component}/keep`,
      name: `${component} keep`,
      names: { component },
      text: days(clause),
    })),
  relate: (base, other) => {
    const [a, b] = [base, other].map(({ clause }) => Number.parseInt(days(clause), 10)) as [number, number]
    if (base.clause.where !== undefined || other.clause.where !== undefined) {
      return { atLeast: undefined, atMost: undefined, rules: [] }
    }
    return { atLeast: b >= a, atMost: b <= a, rules: [`${b} days against ${a}`] }
  },
  candidates: () => [],
  envelope: () => [],
}

function days({ text = '' }: Clause): string {
  return text
}

const keep = (text: string, of?: readonly string[], more: Readonly<Record<string, unknown>> = {}) => ({
  kind: 'backup',
  text,
  keep: { for: text },
  ...(of !== undefined && { of }),
  ...more,
})

async function rowsOf(...clauses: readonly Readonly<Record<string, unknown>>[]) {
  const contracts = await Promise.all(clauses.map((list, i) => contractOf(`c${i}`, list)))
  const { rows } = await compareContracts(contracts, {
    year: 2026,
    zones,
    version: '1.0.0',
    rules: { backup: async () => keepRule },
  })
  return rows
}

describe('components', () => {
  it('that one contract names stand against what the other promises of all', async () => {
    const rows = await rowsOf(
      { db: keep('30 days', ['database']), files: keep('7 days', ['files']) },
      { every: keep('14 days') },
    )
    expect(rows.map(({ key, cells }) => [key, ...cells.map(({ text }) => text), cells[1]?.relation])).toEqual([
      ['backup/database/keep', '30 days', '14 days', 'weaker'],
      ['backup/files/keep', '7 days', '14 days', 'stronger'],
      ['backup/all/keep', '', '14 days', 'added'],
    ])
    expect(rows[0]?.cells[1]?.rules[0]).toBe('said of all components alike')
    expect(rows[0]?.cells[0]?.rules).toEqual([])
  })

  it('keep a row of their own where both promise of all', async () => {
    const rows = await rowsOf({ every: keep('7 days') }, { every: keep('14 days') })
    expect(rows.map(({ key, cells }) => [key, cells[1]?.relation])).toEqual([['backup/all/keep', 'stronger']])
  })

  it('with a promise of their own stand by the stronger of the two', async () => {
    const rows = await rowsOf(
      { db: keep('30 days', ['database']) },
      { every: keep('14 days'), db: keep('60 days', ['database']) },
    )
    expect(rows[0]?.cells.map(({ text }) => text)).toEqual(['30 days', '60 days'])
  })
})

describe('several clauses on one promise', () => {
  it('stand by the strongest, where one is by rule', async () => {
    const rows = await rowsOf(
      { db: keep('30 days', ['database']) },
      { short: keep('7 days', ['database']), long: keep('60 days', ['database']) },
    )
    expect(rows).toHaveLength(1)
    expect(rows[0]?.cells[1]).toMatchObject({ clause: 'long', relation: 'stronger' })
    expect(rows[0]?.cells[1]?.rules[0]).toBe('the strongest of the clauses short, long')
  })

  it('do not stand by an objective while there is a guarantee', async () => {
    const rows = await rowsOf(
      { db: keep('30 days', ['database']) },
      { goal: keep('60 days', ['database'], { binding: 'objective' }), kept: keep('7 days', ['database']) },
    )
    expect(rows.map(({ key, cells }) => [key, cells[1]?.clause, cells[1]?.relation])).toEqual([
      ['backup/database/keep', 'kept', 'weaker'],
      ['backup/database/keep#2', 'goal', 'incomparable'],
    ])
  })

  it('stand each in a row where nothing is proven, the rule being marked as searched', async () => {
    const level = (n: number) => ({ where: { level: n } })
    const rows = await rowsOf(
      { db: keep('30 days', ['database']) },
      { one: keep('30 days', ['database'], level(1)), two: keep('30 days', ['database'], level(2)) },
    )
    expect(rows.map(({ key, name }) => [key, name])).toEqual([
      ['backup/database/keep', 'database keep'],
      ['backup/database/keep#2', 'database keep (2)'],
    ])
    for (const { cells } of rows) expect(cells[1]).toMatchObject({ relation: 'incomparable', searched: true })
  })
})

describe('names that stand alone', () => {
  const promise = (service: string, more: Readonly<Record<string, unknown>> = {}) => ({
    ...up('99%', { services: [service] }),
    ...more,
  })
  const serviceRule: AnyRule = {
    ...outageRule,
    terms: ({ id, services = [] }: Clause): readonly Term[] => [
      {
        key: id === 'up' ? 'availability' : `availability/${services[0]}`,
        name: id,
        names: { service: services[0] ?? '' },
        text: id,
      },
    ],
    candidates: () => [],
  }
  const warned = async (...clauses: readonly Readonly<Record<string, unknown>>[]) => {
    const services = { platform: {}, app: {}, hosting: {}, mail: {} }
    const contracts = await Promise.all(clauses.map((list, i) => contractOf(`c${i}`, list, { services })))
    const options = { year: 2026, zones, version: '1.0.0', rules: { availability: async () => serviceRule } }
    const { warnings } = await compareContracts(contracts, options)
    return warnings.filter(({ code }) => code === 'not-aligned').map(({ message }) => message)
  }

  it('are not those of promises that came into one row', async () => {
    expect(await warned({ up: promise('platform') }, { up: promise('app') })).toEqual([])
  })

  it('are not those of figures that are only observed', async () => {
    const seen = { hosting: promise('hosting', { binding: 'observed' }) }
    expect(await warned({ up: promise('platform'), a: promise('mail') }, { up: promise('app'), ...seen })).toEqual([])
    expect(await warned({ a: promise('mail') }, seen)).toEqual([])
  })

  it('are all others, of each contract beside the first', async () => {
    const [first, second, third] = [
      { up: promise('platform'), a: promise('mail') },
      { up: promise('app'), b: promise('hosting') },
      { up: promise('app') },
    ]
    expect(await warned(first, second, third)).toEqual([
      'availability: mail (c0) and hosting (c1) are names of services that stand alone beside those that they share',
    ])
  })
})
