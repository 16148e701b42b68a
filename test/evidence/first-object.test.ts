import { Readable } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { firstObject } from '../../src/evidence/first-object.ts'
import { inspectFiles } from '../../src/evidence/inspect.ts'
import { readEvidence } from '../../src/evidence/read.ts'
import { inDirectory, noStdin, OPTIONS, read, zones } from './support.ts'
import { TYPES } from './vulnerabilities-support.ts'

const look = (text: string): unknown => {
  const found = firstObject(Buffer.from(text))
  return found === undefined ? undefined : [[...found.keys], found.bytes?.toString()]
}

describe('the first object of a file', () => {
  it('has its own keys, not those inside of it nor words in values', () => {
    expect(look('{"a":{"results":[{"runs":1}]},"b" : "\\"matches\\":","c":["findings"]}\n{"d":1}')).toEqual([
      ['a', 'b', 'c'],
      '{"a":{"results":[{"runs":1}]},"b" : "\\"matches\\":","c":["findings"]}',
    ])
  })

  it('is the first element of a list, or of a list in lists', () => {
    expect(look('[{"a":1},{"b":1}]')).toEqual([['a'], '{"a":1}'])
    expect(look(' [ [], [ {"a":"}"} ] ]')).toEqual([['a'], '{"a":"}"}'])
  })

  it('has the keys so far where it goes on beyond', () => {
    expect(look('{"a":1,"b":[{"c":')).toEqual([['a', 'b'], undefined])
    expect(look('{"a":"never closed, "results\\')).toEqual([['a'], undefined])
  })

  it.each(['', '[]', '[1,{"a":1}]', '"a"', 'id,time'])('is none in %j', text => expect(look(text)).toBeUndefined())
})

describe('plain records with keys that tools use too', () => {
  const KEYS = [
    'results',
    'matches',
    'findings',
    'vulnerabilities',
    'advisories',
    'runs',
    'security_advisory',
    '@context',
  ]
  const record =
    (key: string) =>
    (minute: number): string =>
      JSON.stringify({ time: `2026-05-01T00:${String(minute).padStart(2, '0')}:00Z`, status: 'up', [key]: `"${key}":` })
  const minutes = Array.from({ length: 3 }, (_, i) => i)

  it.each(KEYS)('are read as they stand: %s', async key => {
    const records = minutes.map(record(key))
    const nested = minutes.map(i => JSON.stringify({ ...JSON.parse(record('note')(i)), note: { [key]: [] } }))
    const files = {
      'a.ndjson': records.join('\n'),
      'b.json': `[${records.join(',')}]`,
      'c.json': `{"records":[${records.join(',')}]}`,
      'd.json': records.join('\n'),
      'e.ndjson': nested.join('\n'),
    }
    const inspected = await inDirectory(files, directory => inspectFiles([directory], {}, zones, noStdin))
    expect(inspected.map(({ tool, types, problems }) => [tool, types[0]?.type, types[0]?.rows, problems])).toEqual(
      Object.keys(files).map(() => [undefined, 'check', 3, []]),
    )
  })

  it('are read as they come, however long the file', async () => {
    // Documents are refused from 256 MiB on.
    function* chunks(): Iterable<Buffer> {
      yield Buffer.from(minutes.map(record('results')).join('\n'))
      const blank = Buffer.alloc(1024 * 1024, ' ')
      blank[0] = 10
      for (let i = 0; i <= 256; i++) yield blank
      yield Buffer.from(`\n${record('results')(3)}`)
    }
    const stdin = { stdin: Readable.from(chunks()) }
    const { inputs } = await readEvidence(['-'], { ...OPTIONS, types: new Set(['check']) }, zones, stdin)
    expect(inputs[0]?.counts).toMatchObject([{ type: 'check', rows: 4, used: 4 }])
  })

  it('do not hide documents: a list of findings, an object longer than the first bytes, a list of pages', async () => {
    const alert = {
      number: 1,
      state: 'open',
      created_at: '2026-05-01T00:00:00Z',
      html_url: 'https://github.com/o/r/security/dependabot/1',
      dependency: { package: { ecosystem: 'npm', name: 'a' }, manifest_path: 'package.json' },
      security_advisory: { ghsa_id: 'GHSA-aaaa-bbbb-cccc' },
    }
    const long = { matches: [], source: { type: 'image', target: 'x'.repeat(100_000) }, descriptor: { name: 'grype' } }
    for (const [value, tool] of [
      [[alert], 'dependabot'],
      [[[], [alert]], 'dependabot'],
      [long, 'grype'],
      [{ ignoredMatches: [], ...long }, 'grype'],
    ] as const) {
      const { inputs } = await read({ 'a.json': JSON.stringify(value) }, { types: TYPES })
      expect(inputs[0]?.tool).toBe(tool)
    }
    const lines = `${JSON.stringify(alert)}\n${JSON.stringify({ ...alert, number: 2 })}`
    const { inputs } = await read({ 'a.ndjson': lines }, { types: TYPES })
    expect(inputs[0]?.counts).toMatchObject([{ type: 'vulnerability', rows: 2 }])
  })
})
