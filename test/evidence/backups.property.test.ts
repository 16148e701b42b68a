import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Evidence } from '../../src/evidence/evidence.ts'
import { readAll } from './backups-support.ts'

const at = (hour: number): string => new Date(Date.UTC(2026, 4, 1, hour)).toISOString()
const hours = fc.integer({ min: 0, max: 60 })
const ids = fc.constantFrom('b1', 'b2', 'b3', 'b4', 'b5')
const locations = fc.constantFrom('', 's3', 'off')
const components = fc.constantFrom('', 'db', 'files', 'all')
const blankOr = (value: fc.Arbitrary<string>): fc.Arbitrary<string> => fc.oneof(fc.constant(''), value)

/** Rows of one type that may stand in any file of it; those of a listing stand in one. */
type Block = { readonly type: string; readonly rows: readonly (readonly string[])[] }

const HEADERS: Readonly<Record<string, string>> = {
  backup: 'id,component,started_at,completed_at,status,location,country,original,kind,parent,deleted_at',
  'backup-copy': 'backup,completed_at,status,location,provider,component,id',
  'backup-deletion': 'backup,time,location,component',
  verification: 'backup,time,outcome,location,component',
  inventory: 'taken_at,location,backup,complete,component,started_at,status,original,country,scope',
  restore: 'id,started_at,completed_at,backup,outcome,source,component',
}

const one = (type: string, ...cells: readonly fc.Arbitrary<string>[]): fc.Arbitrary<Block> =>
  fc.tuple(...cells).map(row => ({ type, rows: [row] }))

const backup = fc
  .tuple(
    fc.oneof({ weight: 4, arbitrary: ids }, { weight: 1, arbitrary: fc.constant('') }),
    fc.constantFrom('db', 'db', 'files', ''),
    hours,
    fc.option(fc.integer({ min: 0, max: 3 })),
    fc.constantFrom('ok', 'ok', 'failed', 'partial', 'running', ''),
    locations,
    fc.constantFrom('', 'FR', 'FR', 'DE'),
    blankOr(ids),
    fc.constantFrom('', 'full', 'incremental'),
    blankOr(ids),
    blankOr(hours.map(hour => at(hour + 64))),
  )
  .map(([id, named, start, length, ...others]): Block => {
    const component = id === '' && named === '' ? 'db' : named
    const end = length === null ? '' : at(start + length)
    return { type: 'backup', rows: [[id, component, at(start), end, ...others]] }
  })

const listing = fc
  .tuple(
    hours,
    locations,
    fc.constantFrom('yes', 'yes', 'no', ''),
    fc.array(
      fc.tuple(
        blankOr(ids),
        components,
        fc.constant(at(0)),
        fc.constantFrom('', 'ok', 'running'),
        blankOr(ids),
        blankOr(fc.constant('FR')),
        fc.constantFrom('', 'h1', 'h1', 'h2'),
      ),
      { minLength: 1, maxLength: 4 },
    ),
  )
  .map(([hour, location, complete, list]): Block => {
    const rows = list.map(([id, component, ...others]) => [at(hour), location, id, complete, component, ...others])
    return { type: 'inventory', rows }
  })

const block = fc.oneof(
  { weight: 4, arbitrary: backup },
  { weight: 3, arbitrary: listing },
  one(
    'backup-copy',
    ids,
    blankOr(hours.map(at)),
    fc.constantFrom('', 'ok', 'failed'),
    locations,
    blankOr(fc.constantFrom('ovh', 'aws')),
    components,
    blankOr(fc.constantFrom('c1', 'c2')),
  ),
  one('backup-deletion', fc.constantFrom('b1', 'b2', 'b3', 'c1'), hours.map(at), locations, components),
  one('verification', ids, hours.map(at), fc.constantFrom('passed', 'failed', '?'), locations, components),
  one(
    'restore',
    fc.constantFrom('', 'r1'),
    hours.map(at),
    blankOr(fc.constant(at(90))),
    blankOr(ids),
    fc.constantFrom('ok', 'failed', ''),
    fc.constantFrom('', 'live', 'backup'),
    components,
  ),
)

const listingOf = (listing: Block | undefined): string => String(listing?.rows[0]?.slice(0, 2))

/** Blocks in the order of `keys`, over as many files of each type as `split` says. */
function files(blocks: readonly Block[], keys: readonly number[], split: readonly number[]): Record<string, string> {
  const order = blocks.map((_, i) => i).sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0) || a - b)
  const lines = new Map<string, string[]>()
  for (const i of order) {
    const { type, rows } = blocks[i] as Block
    // All rows of one time and place of a file are one listing: they stay together.
    const same = blocks.findIndex(
      one => type === 'inventory' && one.type === type && listingOf(one) === listingOf(blocks[i]),
    )
    const name = `${split[same < 0 ? i : same] ?? 0}-${Object.keys(HEADERS).indexOf(type)}.csv`
    const list = lines.get(name) ?? []
    lines.set(name, list)
    const shuffled = (keys[i] ?? 0) % 2 === 0 ? rows : [...rows].reverse()
    for (const row of shuffled) list.push(row.join(','))
  }
  return Object.fromEntries(
    [...lines].map(([name, list]) => [name, `${Object.values(HEADERS)[Number(name[2])]}\n${list.join('\n')}\n`]),
  )
}

/** All but where it stands. Rows are told apart by nothing else, so that ties may come in any order. */
function plain(evidence: Evidence): unknown {
  const { list, loggedFrom, first, last } = evidence.backups
  const bare = (value: unknown): unknown =>
    JSON.parse(
      JSON.stringify(value, (key, part) => {
        if (PLACES.has(key)) return undefined
        if (part instanceof Set) return [...part].sort()
        return part === undefined ? '(not known)' : part
      }),
    )
  const sorted = (values: readonly unknown[]): readonly unknown[] =>
    values.map(bare).sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1))
  const backups = list.map(({ verifications, parent, ...backup }) => {
    const told = parent === null || parent === undefined ? parent : list[parent.index ?? -1]?.id
    return { ...backup, told, verifications: sorted(verifications) }
  })
  const counts = new Map<string, number>()
  for (const { type, used, duplicates } of evidence.inputs.flatMap(input => input.counts)) {
    counts.set(`${type} used`, (counts.get(`${type} used`) ?? 0) + used)
    counts.set(`${type} duplicates`, (counts.get(`${type} duplicates`) ?? 0) + duplicates)
  }
  const codes = evidence.warnings.map(({ code }) => code)
  return {
    backups: sorted(backups),
    loggedFrom: [...loggedFrom].sort(),
    first,
    last,
    restores: sorted(evidence.restores.map(({ attributes, ...restore }) => restore)),
    counts: [...counts].sort(),
    codes: [...new Set(codes)].sort(),
  }
}

const PLACES = new Set(['origin', 'origins', 'rows', 'deletedBy'])

describe('what is read of backups', () => {
  it('is the same whatever the order of rows and however they are split over files', async () => {
    const blocks = fc.array(block, { minLength: 1, maxLength: 14 })
    const numbers = (max: number) => fc.array(fc.integer({ min: 0, max }), { minLength: 14, maxLength: 14 })
    await fc.assert(
      fc.asyncProperty(blocks, numbers(1000), numbers(2), async (given, keys, split) => {
        const whole = await readAll(files(given, [], []))
        const shuffled = await readAll(files(given, keys, split))
        expect(plain(shuffled)).toEqual(plain(whole))
      }),
      { numRuns: 300, seed: 5 },
    )
  }, 60_000)
})
