import { describe, expect, it } from 'vitest'
import { compareContracts } from '../../src/compare/compare.ts'
import { promisesOf, worstIn } from '../../src/compare/worst-keys.ts'
import { loadAlignment } from '../../src/contract/alignment.ts'
import type { Contract } from '../../src/contract/contract.ts'
import { contractOf, up, zones } from './fakes.ts'

const backup = { kind: 'backup', of: ['db'], schedule: { every: '1 day' }, keep: { for: '30 days' } }
const help = (priority: string, targets: Readonly<Record<string, string>>) => ({
  kind: 'support',
  calendar: 'always',
  priorities: { [priority]: targets },
})

async function compare(contracts: readonly Contract[], align?: string, only?: readonly string[]) {
  const text = `apiVersion: sla/v1\nkind: Alignment\n${align}`
  const file = { file: 'align.yaml', bytes: new TextEncoder().encode(text) }
  const alignment = align === undefined ? undefined : loadAlignment(file, ['a', 'b'])
  return compareContracts(contracts, {
    year: 2026,
    zones,
    version: '1.0.0',
    ...(alignment !== undefined && { alignment }),
    ...(only !== undefined && { only }),
  })
}

/** Each row of worst cases: its key, its name and what each contract permits. */
async function worst(...args: Parameters<typeof compare>) {
  return (await compare(...args)).envelope.map(({ key, name, values }) => [
    key,
    name,
    ...values.map(({ text }) => text),
  ])
}

describe('the key of a worst case', () => {
  it('tells the promises that it rests on', () => {
    expect(promisesOf('support/P1/resolve-wall')).toEqual(['support/P1/resolve'])
    expect(promisesOf('support/a/b/response-wall')).toEqual(['support/a/b/respond'])
    expect(promisesOf('downtime/longest-free')).toEqual(['availability'])
    expect(promisesOf('downtime/year/web')).toEqual(['availability/web'])
    expect(promisesOf('vulnerability/high/longest')).toEqual(['vulnerability/high/fix'])
    expect(promisesOf('vulnerability/known-exploited')).toEqual(['vulnerability/known-exploited'])
    expect(promisesOf('backup/db/longest-gap')).toEqual(['backup/db/schedule', 'backup/db/recovery-points'])
    expect(promisesOf('control/review/longest-gap')).toEqual(['control/review'])
    expect(promisesOf('recovery/fire/rto')).toEqual(['recovery/fire/rto'])
  })

  it.each([
    [
      'support/P1/resolve',
      'support/bad/workaround-wall',
      'bad longest wait for a workaround',
      'support/P1/resolve-wall',
      'P1 longest wait for a resolution',
    ],
    [
      'urgent',
      'support/bad/workaround-wall',
      'bad longest wait for a workaround',
      'urgent/wall',
      'urgent longest wait',
    ],
    ['availability', 'downtime/year/web', 'downtime in the year of web', 'downtime/year', 'downtime in the year'],
    ['availability/app', 'downtime/year', 'downtime in the year', 'downtime/year/app', 'downtime in the year of app'],
    ['site', 'downtime/year/web', 'downtime in the year of web', 'downtime/year/site', 'downtime in the year of site'],
    [
      'vulnerability/high/fix',
      'vulnerability/bad/longest',
      'bad: longest time to a fix',
      'vulnerability/high/longest',
      'high: longest time to a fix',
    ],
    [
      'backup/database/schedule',
      'backup/db/longest-gap',
      'db longest gap between backups',
      'backup/database/longest-gap',
      'database longest gap between backups',
    ],
    [
      'made',
      'backup/db/longest-gap',
      'db longest gap between backups',
      'made/longest-gap',
      'made longest gap between backups',
    ],
    [
      'control/audit',
      'control/review/longest-gap',
      'review longest gap',
      'control/audit/longest-gap',
      'audit longest gap',
    ],
    ['recovery/rto', 'recovery/fire/rto', 'fire: longest recovery', 'recovery/rto', 'fire: longest recovery'],
  ])('in the row %s, of %s', (row, key, name, now, called) => {
    expect(worstIn(row, { key, name })).toEqual({ key: now, name: called })
  })
})

describe('worst cases of promises that an alignment puts into rows', () => {
  it('stand in one row: a resolution beside a workaround', async () => {
    const contracts = [
      await contractOf('a', { help: help('P1', { resolve: '4h' }) }),
      await contractOf('b', { help: help('bad', { workaround: '6h', resolve: '9h' }) }),
    ]
    const rows = 'rows: { support/P1/resolve: { b: support/bad/workaround } }'
    expect(await worst(contracts, rows)).toEqual([
      ['support/P1/resolve-wall', 'P1 longest wait for a resolution', '4h', '6h'],
      ['support/bad/resolve-wall', 'bad longest wait for a resolution', 'not promised', '9h'],
    ])
    // The other way round the row is called as before, though the workaround comes first.
    expect(await worst([...contracts].reverse(), rows)).toContainEqual([
      'support/P1/resolve-wall',
      'P1 longest wait for a resolution',
      '6h',
      '4h',
    ])
  })

  it('stand in each row that their promise stands in', async () => {
    const contracts = [
      await contractOf('a', { help: help('P1', { respond: '1h', resolve: '4h' }) }),
      await contractOf('b', { help: help('bad', { resolve: '6h' }) }),
    ]
    const rows = 'rows: { support/P1/resolve: { b: support/bad/resolve }, fixed: { b: support/bad/resolve } }'
    expect(await worst(contracts, rows)).toEqual([
      ['support/P1/response-wall', 'P1 longest wait for a response', '1h', 'not promised'],
      ['support/P1/resolve-wall', 'P1 longest wait for a resolution', '4h', '6h'],
      ['fixed/wall', 'fixed longest wait', 'not promised', '6h'],
    ])
  })

  it('go with the promises that are chosen, all with a subject', async () => {
    const contracts = [
      await contractOf('a', { up: up('99%'), help: help('P1', { respond: '1h', resolve: '4h' }), made: backup }),
      await contractOf('b', {
        up: up('99%'),
        help: help('bad', { workaround: '6h' }),
        made: { ...backup, of: ['files'] },
      }),
    ]
    const rows = 'rows: { support/P1/resolve: { b: support/bad/workaround } }'
    const keys = async (...only: readonly string[]) => (await worst(contracts, rows, only)).map(([key]) => key)
    expect(await keys('support/P1/resolve')).toEqual(['support/P1/resolve-wall'])
    expect(await keys('support/P1')).toEqual(['support/P1/response-wall', 'support/P1/resolve-wall'])
    expect(await keys('backup/db')).toEqual(['backup/db/longest-gap', 'backup/db/oldest-last-good'])
    expect(await keys('backup/db/keep')).toEqual([])
    expect(await keys('backup/files/schedule', 'availability')).toEqual([
      'downtime/year',
      'downtime/month',
      'downtime/longest',
      'downtime/longest-free',
      'backup/files/longest-gap',
      'backup/files/oldest-last-good',
    ])
    expect(await keys('backup')).toHaveLength(4)
  })
})
