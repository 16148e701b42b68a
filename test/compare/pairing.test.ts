import { describe, expect, it } from 'vitest'
import { compareContracts } from '../../src/compare/compare.ts'
import { loadAlignment } from '../../src/contract/alignment.ts'
import { contractOf, tickets, up, zones } from './fakes.ts'

type Clauses = Readonly<Record<string, unknown>>
type More = Readonly<Record<string, unknown>>

/** The rows of two contracts by the real rules: key, name, the relation, whether no rule proves it. */
async function rowsOf(base: Clauses, other: Clauses, align?: unknown, more: More = {}, otherMore: More = more) {
  const contracts = [await contractOf('one', base, more), await contractOf('two', other, otherMore)]
  const bytes = new TextEncoder().encode(
    JSON.stringify({ apiVersion: 'sla/v1', kind: 'Alignment', ...(align as object) }),
  )
  const alignment = align === undefined ? undefined : loadAlignment({ file: 'names.yaml', bytes }, ['one', 'two'])
  const { rows } = await compareContracts(contracts, {
    ...{ year: 2026, zones, version: '1.2.3' },
    ...(alignment !== undefined && { alignment }),
  })
  return rows.map(({ key, name, cells: [, cell] }) => [key, name, cell?.relation, cell?.searched ?? false])
}

const month = up('99.5%')
const year = up('99.8%', { window: 'calendar year' })
const keep = (time: string, of?: readonly string[]) => ({ kind: 'backup', keep: { for: time }, ...(of && { of }) })
const respond = (time: string, more: More = {}) => ({ ...tickets({ P1: time }), ...more })

describe('clauses of one contract that hold together', () => {
  it('stand beside their like, in whatever order they are written', async () => {
    expect(await rowsOf({ month, year }, { year, month })).toEqual([
      ['availability', 'availability', 'equal', false],
      ['availability#2', 'availability (2)', 'equal', false],
    ])
  })

  it('pair guarantees with guarantees', async () => {
    const aim = up('99.9%', { binding: 'objective' })
    expect(await rowsOf({ month, aim }, { aim, more: up('99.7%') })).toEqual([
      ['availability', 'availability', 'stronger', false],
      ['availability#2', 'availability (2)', 'equal', false],
    ])
  })

  it('are kept by one that outdoes them, and leave a row for what the base has not', async () => {
    // 99.9 % a month keeps 99.5 % a month; 99.8 % a year stands to neither of the base in a way that a rule tells.
    const rows = await rowsOf({ month, hours: up('99%', { window: 'calendar quarter' }) }, { top: up('99.99%') })
    expect(rows).toEqual([['availability', 'availability', 'stronger', false]])
  })

  it('tolerate only what all of them tolerate', async () => {
    const gold = respond('1h', { where: { queue: 'gold' } })
    const rest = respond('1h', { where: { queue: { not: 'gold' } } })
    // The two together say what the one says.
    const whole = await rowsOf({ all: respond('1h') }, { gold, rest })
    expect(whole.map(([key, , relation, searched]) => [key, relation, searched])).toEqual([
      ['support/P1/respond', 'equal', false],
    ])
    // A ticket of a third queue may wait.
    const silver = respond('1h', { where: { queue: 'silver' } })
    const part = await rowsOf({ all: respond('1h') }, { gold, silver })
    expect(part.map(([key, , relation, searched]) => [key, relation, searched])).toEqual([
      ['support/P1/respond', 'weaker', false],
    ])
  })
})

describe('terms of one row', () => {
  it('are the clause on all components too, where one names the component', async () => {
    const rows = await rowsOf({ all: keep('30 days'), db: keep('10 days', ['db']) }, { db: keep('20 days', ['db']) })
    expect(rows).toContainEqual(['backup/db/keep', 'db kept', 'weaker', false])
  })

  it('are those of each name that an alignment brings together', async () => {
    const rows = await rowsOf(
      { one: tickets({ P1: '1h' }) },
      { two: tickets({ blocking: '1h', incident: '4h' }) },
      { priority: { P1: ['blocking', 'incident'] } },
    )
    expect(rows).toEqual([
      ['support/P1/respond', 'P1 respond (blocking)', 'equal', false],
      ['support/P1/respond#2', 'P1 respond (incident)', 'weaker', false],
    ])
  })

  it('are those about one service, though only one contract has to name it', async () => {
    const services = { services: { app: {}, api: {} } }
    const app = up('99%', { services: ['app'] })
    const api = up('99.9%', { services: ['api'] })
    const [first, second] = [
      await rowsOf({ app, api }, { api }, undefined, services),
      await rowsOf({ api }, { app, api }, undefined, services),
    ]
    expect(first.map(([key, , relation]) => [key, relation])).toEqual([
      ['availability/app', 'missing'],
      ['availability/api', 'equal'],
    ])
    expect(second.map(([key, , relation]) => [key, relation])).toEqual([
      ['availability/api', 'equal'],
      ['availability/app', 'added'],
    ])
  })

  it('are called by the row that an alignment puts them into', async () => {
    const rows = {
      'support/P2/respond': { two: 'support/minor/respond' },
      'first answer': { one: 'support/P1/respond' },
    }
    const placed = await rowsOf({ t: tickets({ P1: '1h' }) }, { t: tickets({ minor: '1h' }) }, { rows })
    expect(placed.map(([key, name]) => [key, name])).toEqual([
      ['first answer', 'first answer'],
      ['support/P2/respond', 'P2 respond'],
    ])
  })

  it('may be named with a slash, or like a promise', async () => {
    const rows = await rowsOf({ all: keep('30 days') }, { one: keep('30 days', ['db/main']) })
    expect(rows).toContainEqual(['backup/db/main/keep', 'db/main kept', 'equal', false])
    const priorities = await rowsOf(
      { t: tickets({ P1: '1h' }) },
      { t: tickets({ respond: '1h' }) },
      { priority: { P1: ['respond'] } },
    )
    expect(priorities).toEqual([['support/P1/respond', 'P1 respond', 'equal', false]])
  })
})
