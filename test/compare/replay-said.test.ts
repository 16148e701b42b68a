import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import { afterAll, describe, expect, it } from 'vitest'
import { compareContracts } from '../../src/compare/compare.ts'
import { compareRules } from '../../src/compare/rules/index.ts'
import { comparisonJsonSchema } from '../../src/compare/schema.ts'
import { type Alignment, loadAlignment } from '../../src/contract/alignment.ts'
import type { Contract } from '../../src/contract/contract.ts'
import { InputError } from '../../src/model/diagnostic.ts'
import { contractOf, rules, up, zones } from './fakes.ts'

const folder = mkdtempSync(join(tmpdir(), 'sla-replay-said-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const UTC_MARCH = { start: Date.UTC(2026, 2, 1), end: Date.UTC(2026, 3, 1) }

/** Compares by a history of one file, in March of each contract's zone. */
function compared(
  contracts: readonly Contract[],
  name: string,
  text: string,
  more: { alignment?: Alignment; only?: readonly string[]; own?: boolean } = {},
) {
  const path = join(folder, name)
  writeFileSync(path, text)
  const { own, ...given } = more
  return compareContracts(contracts, {
    year: 2026,
    zones,
    version: '1.0.0',
    rules: own === true ? compareRules : rules,
    ...given,
    history: {
      paths: [path],
      asOf: Date.UTC(2026, 4, 1),
      assumeComplete: new Set(),
      reading: { onBadRow: 'error' },
      period: zone => {
        const offset = zone.name === 'UTC' ? 0 : 9 * 3_600_000
        return { interval: { start: UTC_MARCH.start - offset, end: UTC_MARCH.end - offset }, text: '2026-03' }
      },
    },
  })
}

const OUTAGES =
  'type,start,end\noutage,2026-03-02T00:00:00Z,2026-03-02T04:00:00Z\noutage,2026-04-02T00:00:00Z,2026-04-02T10:00:00Z\n'

function alignment(text: string): Alignment {
  const bytes = new TextEncoder().encode(`apiVersion: sla/v1\nkind: Alignment\n${text}\n`)
  return loadAlignment({ file: 'names.yaml', bytes })
}

describe('what a replay says', () => {
  it('tells the period in the zone of each contract, as of, and the files', async () => {
    const contracts = [
      await contractOf('a', { up: up('99.5%') }),
      await contractOf('b', { up: up('99%') }, { timezone: 'Asia/Tokyo' }),
    ]
    const { history } = await compared(contracts, 'outages.csv', OUTAGES)
    expect(history).toEqual({
      asOf: Date.UTC(2026, 4, 1),
      periods: [
        { ...UTC_MARCH, stated: true, text: '2026-03' },
        // Tokyo is nine hours ahead all the year.
        { start: Date.UTC(2026, 1, 28, 15), end: Date.UTC(2026, 2, 31, 15), stated: true, text: '2026-03' },
      ],
      inputs: [
        {
          file: join(folder, 'outages.csv'),
          sha256: createHash('sha256').update(OUTAGES).digest('hex'),
          rows: 2,
        },
      ],
    })
  })

  it('is as its schema says, also of versions with dates and of a choice', async () => {
    const dates = (year: number) => ({ version: String(year), term: { from: `${year}-01-01`, to: `${year}-12-31` } })
    const help = { kind: 'support', calendar: 'always', priorities: { P1: { respond: '1h' } } }
    const contracts = [
      await contractOf('acme', { up: up('99.5%'), help }, dates(2025)),
      await contractOf('acme', { up: up('99%') }, dates(2026)),
    ]
    const validate = new Ajv({ strict: false }).compile(comparisonJsonSchema())
    const all = await compared(contracts, 'outages.csv', OUTAGES)
    const read = JSON.parse(JSON.stringify(all))
    expect(validate(read), JSON.stringify(validate.errors)).toBe(true)
    expect([read.contracts[0].term === undefined, read.history.periods.length]).toEqual([false, 2])
    // The other has no promise of support: nothing of it is judged.
    const support = await compared(contracts, 'outages.csv', OUTAGES, { only: ['support'] })
    const some = JSON.parse(JSON.stringify(support))
    expect(validate(some), JSON.stringify(validate.errors)).toBe(true)
    expect(some.history.periods.map((one: unknown) => one === null)).toEqual([false, true])
    expect(some.history.inputs).toHaveLength(1)
  })

  it('names the contract that can not read the evidence, and none where nobody can', async () => {
    const one = { up: up('99.5%') }
    const contracts = [
      await contractOf('a', one),
      await contractOf('b', one),
      await contractOf('c', { up: up('99%') }, { services: { web: {}, api: {} } }),
    ]
    const messages = async (text: string) => {
      const error = await compared(contracts, 'bad.csv', text).catch((thrown: unknown) => thrown)
      if (!(error instanceof InputError)) throw error
      return error.diagnostics.map(({ message }) => message)
    }
    const only = await messages(OUTAGES)
    expect(only.length).toBeGreaterThan(0)
    for (const message of only) expect(message).toMatch(/^under c: .*service/)
    const all = await messages('type,start,end,service\noutage,2026-03-02T00:00:00Z,soon,web\n')
    expect(all.length).toBeGreaterThan(0)
    for (const message of all) expect(message).not.toContain('under ')
  })

  it('names the contract that has no such service, and what would give it one', async () => {
    const services = (...names: readonly string[]) => ({ services: Object.fromEntries(names.map(name => [name, {}])) })
    const contracts = [
      await contractOf('a', { up: up('99.5%') }, services('platform')),
      await contractOf('b', { up: up('99%') }, services('app')),
    ]
    const text = OUTAGES.replaceAll(/^(type.*)$/gm, '$1,service').replaceAll(/Z$/gm, 'Z,platform')
    const { warnings } = await compared(contracts, 'named.csv', text)
    const [first] = warnings.filter(({ code }) => code === 'unknown-service')
    expect(first?.message).toMatch(/^under b: the contract has no service "platform"/)
    expect(first?.hint).toContain('--align FILE with service: { platform: […] }')
  })

  it('holds no names of an alignment against files that have no such column', async () => {
    const backup = (name: string) => ({ kind: 'backup', of: [name], keep: { for: '30 days' } })
    const work = { kind: 'maintenance', notice: { 'at-least': '72h' } }
    const contracts = [
      await contractOf('a', { keep: backup('database'), work }),
      await contractOf('b', { keep: backup('db'), work }),
    ]
    const { warnings } = await compared(
      contracts,
      'maintenance.csv',
      'type,id,start,end,announced_at\nmaintenance,M-1,2026-03-20T22:00:00Z,2026-03-21T01:00:00Z,2026-03-01T00:00:00Z\n',
      { alignment: alignment('component: { database: [db] }'), own: true },
    )
    expect(warnings.filter(({ code }) => code.startsWith('mapping'))).toEqual([])
  })

  it('says how early work was announced, and looks for it where the work is', async () => {
    const work = (atLeast: string) => ({ kind: 'maintenance', notice: { 'at-least': atLeast } })
    const contracts = [await contractOf('a', { work: work('72h') }), await contractOf('b', { work: work('5 days') })]
    const { replay } = await compared(
      contracts,
      'works.csv',
      // 16 March 12:00 to 20 March 22:00: 4 days and 10 hours.
      'type,id,start,end,announced_at\nmaintenance,M-1,2026-03-20T22:00:00Z,2026-03-21T01:00:00Z,2026-03-16T12:00:00Z\n',
      { own: true },
    )
    const [met, late] = replay?.find(({ key }) => key === 'maintenance/notice')?.verdicts ?? []
    expect(met?.status).toBe('met')
    expect(late).toMatchObject({
      status: 'breached',
      first: Date.UTC(2026, 2, 20, 22),
      worst: '4d 10h ahead, 5 days promised',
    })
  })
})
