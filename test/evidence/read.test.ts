import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readEvidence } from '../../src/evidence/read.ts'
import { InputError } from '../../src/model/diagnostic.ts'
import { ALL, at, inDirectory, noStdin, OPTIONS, read, zones } from './support.ts'

const T = '2026-05-01T10:00:00Z'
const OUTAGE = `start,end,severity\n${T},,full\n`

describe('dialects', () => {
  const table = [
    ['start', 'end', 'severity', 'cause'],
    [T, '2026-05-01T11:00:00Z', 'full', 'a "bad" disk, twice'],
    ['2026-05-02T10:00:00Z', '', 'partial', 'two\nlines'],
  ]
  const csv = (separator: string, newline: string) =>
    table.map(row => row.map(cell => `"${cell.replaceAll('"', '""')}"`).join(separator) + newline).join('')
  const objects = table.slice(1).map(row => Object.fromEntries(row.map((cell, i) => [table[0]?.[i] ?? '', cell])))
  const variants: Record<string, string | Uint8Array> = {
    'comma.csv': csv(',', '\n'),
    'semicolon.csv': csv(';', '\n'),
    'tab.tsv': csv('\t', '\n'),
    'crlf.csv': csv(',', '\r\n'),
    'bom.csv': `\ufeff${csv(',', '\n')}`,
    'packed.csv.gz': gzipSync(csv(',', '\n')),
    'list.json': JSON.stringify(objects),
    'pretty.json': JSON.stringify(objects, null, 2),
    'wrapped.json': JSON.stringify({ exported: T, records: objects }),
    'lines.ndjson': objects.map(one => JSON.stringify(one)).join('\n'),
    'lines.json': `${objects.map(one => JSON.stringify(one)).join('\n')}\n`,
    'packed.jsonl.gz': gzipSync(objects.map(one => JSON.stringify(one)).join('\n')),
  }

  it.each(Object.entries(variants))('%s gives the same records', async (name, content) => {
    const { outages, inputs } = await read({ [name]: content })
    expect(outages.map(({ origin: _, ...rest }) => rest)).toEqual(
      objects.map((attributes, i) => ({
        service: '',
        attributes,
        start: { earliest: at(attributes.start ?? ''), latest: at(attributes.start ?? '') },
        end: i === 0 ? { earliest: at('2026-05-01T11:00:00Z'), latest: at('2026-05-01T11:00:00Z') } : null,
        detected: undefined,
        reported: undefined,
        severity: attributes.severity,
        cause: attributes.cause,
      })),
    )
    const bytes = Buffer.from(content)
    expect(inputs[0]).toMatchObject({
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
      format: name.includes('.csv') || name.includes('.tsv') ? 'csv' : /lines|jsonl/.test(name) ? 'ndjson' : 'json',
      compressed: name.endsWith('.gz'),
      columns: { start: 'start', end: 'end', severity: 'severity', cause: 'cause' },
      first: at(T),
      last: at('2026-05-02T10:00:00Z'),
    })
  })

  it('says in which line, and in JSON lists which record, a row stands', async () => {
    const origins = async (name: string) => (await read({ [name]: variants[name] ?? '' })).outages.map(o => o.origin)
    expect(await origins('comma.csv')).toEqual([
      { input: 0, line: 2 },
      { input: 0, line: 3 },
    ])
    expect(await origins('lines.ndjson')).toEqual([
      { input: 0, line: 1 },
      { input: 0, line: 2 },
    ])
    expect(await origins('pretty.json')).toEqual([
      { input: 0, line: 2, item: 1 },
      { input: 0, line: 8, item: 2 },
    ])
  })
})

describe('paths', () => {
  it('reads directories and globs in the order of names, hidden and other files aside', async () => {
    const files = {
      'b.csv': OUTAGE,
      'a.json': `[{"start": "${T}", "end": null}]`,
      'notes.txt': 'nothing',
      '.hidden.csv': 'nothing',
      'sub/c.csv.gz': gzipSync(OUTAGE.replace('severity', 'cause')),
      'sub/.git/d.csv': 'nothing',
    }
    await inDirectory(files, async directory => {
      const names = async (...paths: string[]) => {
        const evidence = await readEvidence(
          paths.map(path => join(directory, path)),
          { ...OPTIONS, as: 'outage' },
          zones,
          noStdin,
        )
        return evidence.inputs.map(input => input.file.slice(directory.length + 1))
      }
      expect(await names('.')).toEqual(['a.json', 'b.csv', 'sub/c.csv.gz'])
      expect(await names('*.csv')).toEqual(['b.csv'])
      expect(await names('?.*')).toEqual(['a.json', 'b.csv'])
      expect(await names('**/*.csv*')).toEqual(['b.csv', 'sub/c.csv.gz'])
      expect(await names('s*/*')).toEqual(['sub/c.csv.gz'])
    })
  })

  it('refuses paths that lead to nothing', async () => {
    await inDirectory({ 'notes.txt': 'x', 'sub/x.txt': 'x' }, async directory => {
      const paths = ['sub', '*.csv', 'gone.csv'].map(path => join(directory, path))
      const error = await readEvidence(paths, OPTIONS, zones, noStdin).catch((reason: unknown) => reason)
      expect(error).toBeInstanceOf(InputError)
      const { diagnostics } = error as InputError
      expect(diagnostics.map(d => d.message.replace(directory, '…'))).toEqual([
        "…/sub can't be read: there is no evidence file in this directory",
        "…/*.csv can't be read: no file matches",
        "…/gone.csv can't be read: there is no such file or directory",
      ])
      expect(diagnostics.map(d => d.span)).toEqual([undefined, undefined, undefined])
    })
  })

  it('names a gzip file that is cut, without a line', async () => {
    const gz = gzipSync('start,end\n2026-05-01T10:00:00Z,\n').subarray(0, 20)
    await inDirectory({ 'outages.csv.gz': gz }, async directory => {
      const path = join(directory, 'outages.csv.gz')
      const error = await readEvidence([path], OPTIONS, zones, noStdin).catch((reason: unknown) => reason)
      expect((error as InputError).diagnostics).toEqual([
        {
          code: 'unreadable',
          severity: 'error',
          message: `${path} can't be read: the gzip file is damaged or cut off`,
          hint: 'fetch or pack it again',
        },
      ])
    })
  })

  it('reads a file named twice once', async () => {
    await inDirectory({ 'outages.csv': OUTAGE }, async directory => {
      const path = join(directory, 'outages.csv')
      const { outages, warnings } = await readEvidence([path, directory, path], { ...OPTIONS }, zones, noStdin)
      expect(outages).toHaveLength(1)
      expect(warnings.map(w => w.message)).toEqual([
        `${path} is named twice: read once`,
        `${path} is named twice: read once`,
      ])
    })
  })

  it('reads standard input in any pieces, packed or not', async () => {
    for (const content of [Buffer.from(OUTAGE), gzipSync(OUTAGE)]) {
      const pieces = [...content].map(byte => Buffer.of(byte))
      const stdin = Readable.from([Buffer.alloc(0), ...pieces], { objectMode: false })
      const { outages, inputs } = await readEvidence(['-'], OPTIONS, zones, { stdin })
      expect(outages).toHaveLength(1)
      expect(inputs[0]).toMatchObject({ file: 'stdin', bytes: content.length })
    }
  })
})

describe('what counts as supplied', () => {
  it('a header without rows', async () => {
    const { supplied, inputs, outages } = await read({ 'outages.csv': 'start,end\n' })
    expect([...supplied]).toEqual(['outage'])
    expect(outages).toEqual([])
    expect(inputs[0]?.counts).toMatchObject([{ type: 'outage', rows: 0 }])
  })

  it('an empty list of a stated type', async () => {
    expect([...(await read({ 'x.json': '[]' }, { as: 'outage' })).supplied]).toEqual(['outage'])
  })

  it('not a file that names only services unknown to the contract', async () => {
    const { supplied, warnings, inputs } = await read(
      { 'x.csv': `time,status,service\n${T},up,wbe\n${T},up,wbe\n${T},nonsense,other\n` },
      { services: ['web', 'api'] },
    )
    expect([...supplied]).toEqual([])
    expect(warnings.map(w => [w.span?.line, w.message, w.hint])).toEqual([
      [2, 'the contract has no service "wbe": 2 rows not used', 'did you mean "web"?'],
      [4, 'the contract has no service "other": 1 row not used', 'it has web, api'],
      [1, 'no check row of this file is of a service of the contract: it does not count as supplied', undefined],
    ])
    expect(inputs[0]?.counts).toMatchObject([{ rows: 3, used: 0, unknownService: 3 }])
  })

  it('not a type that nobody asks for', async () => {
    const { supplied, inputs } = await read({
      'tickets.csv': 'id,priority,opened_at\nT-1,P1,whatever\n',
    })
    expect([...supplied]).toEqual([])
    expect(inputs[0]?.counts).toMatchObject([{ type: 'ticket', rows: 1, unasked: 1 }])
  })

  it('takes the only service for rows that name none', async () => {
    const { outages } = await read({ 'outages.csv': OUTAGE }, { services: ['web'] })
    expect(outages.map(o => o.service)).toEqual(['web'])
    const named = { 'x.csv': `time,status,service\n${T},up,web\n${T},up,\n` }
    expect((await read(named)).probes.map(p => [p.service, p.samples])).toEqual([['', 1]])
  })
})

describe('files of several types', () => {
  it('read each row as its own type says', async () => {
    const { outages, maintenances, inputs, supplied } = await read({
      'x.csv': `type,start,end,announced_at,severity,id,priority,opened_at
outage,${T},,,partial,,,
Maintenance,${T},,2026-04-01T00:00:00Z,,,,
ticket,,,,,T-1,P1,${T}
`,
    })
    expect(outages.map(o => o.severity)).toEqual(['partial'])
    expect(maintenances.map(m => m.announced?.earliest)).toEqual([at('2026-04-01T00:00:00Z')])
    expect(inputs[0]?.counts.map(c => [c.type, c.rows, c.used, c.unasked])).toEqual([
      ['outage', 1, 1, 0],
      ['maintenance', 1, 1, 0],
      ['ticket', 1, 0, 1],
    ])
    expect([...supplied]).toEqual(['outage', 'maintenance'])
  })

  it('and so do JSON records, also when the first states none', async () => {
    const { outages, probes } = await read({
      'x.json': JSON.stringify([
        { start: T, end: null, severity: 'full' },
        { type: 'check', time: T, status: 'up' },
        { type: 'outage', start: T, end: null },
      ]),
    })
    expect(outages).toHaveLength(2)
    expect(probes).toHaveLength(1)
  })
})

describe('--on-bad-row skip', () => {
  it('leaves bad rows out, counts them and says what they would have touched', async () => {
    const { outages, skipped, warnings, inputs } = await read(
      { 'outages.csv': `start,end,service\n${T},,web\n${T},soon,web\n${T},,\n${T}\n` },
      { onBadRow: 'skip', services: ['web', 'api'] },
    )
    expect(outages).toHaveLength(1)
    expect(inputs[0]?.counts).toMatchObject([{ rows: 4, used: 1, skipped: 3 }])
    expect(skipped.map(({ type, service, diagnostic }) => [type, service, diagnostic.span?.line])).toEqual([
      ['outage', 'web', 3],
      ['outage', undefined, 4],
      ['outage', undefined, 5],
    ])
    expect(warnings.map(w => w.severity)).toEqual(['warning', 'warning', 'warning'])
  })

  it('does not bend errors of the file', async () => {
    await expect(read({ 'x.csv': 'foo,bar\n1,2\n' }, { onBadRow: 'skip' })).rejects.toBeInstanceOf(InputError)
  })
})

describe('counts', () => {
  const minute = fc.integer({ min: 0, max: 200 }).map(m => new Date(at(T) + m * 60_000).toISOString())
  const service = fc.constantFrom('web', 'api', 'nobody', '')
  const row = fc.oneof(
    fc.tuple(fc.constant('check'), minute, service, fc.constantFrom('up', 'down', 'odd', ''), fc.constant('')),
    fc.tuple(fc.constant('requests'), minute, service, fc.constantFrom('5', '7'), fc.constantFrom('1', '6')),
    fc.tuple(fc.constantFrom('ticket', 'nothing', ''), minute, service, fc.constant(''), fc.constant('')),
  )

  it('add up, whatever becomes of the rows', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(row, { maxLength: 60 }), { minLength: 1, maxLength: 3 }), async files => {
        const contents = files.map((rows, i) => {
          const lines = rows.map(([type, time, name, a, b]) => `${type},${time},${name},${a},${a},${b}`)
          return [`${i}.csv`, ['type,time,service,status,total,failed', ...lines].join('\n')] as const
        })
        const evidence = await read(Object.fromEntries(contents), {
          services: ['web', 'api'],
          types: new Set([...ALL].filter(type => type !== 'outage')),
          onBadRow: 'skip',
          asOf: at(T) + 150 * 60_000,
        })
        for (const [i, input] of evidence.inputs.entries()) {
          let rows = 0
          for (const { type: _, rows: all, ...parts } of input.counts) {
            expect(Object.values(parts).every(part => part >= 0)).toBe(true)
            expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBe(all)
            rows += all
          }
          expect(rows).toBe(files[i]?.length)
        }
        const used = (type: string) =>
          evidence.inputs
            .flatMap(input => input.counts.filter(c => c.type === type))
            .reduce((sum, c) => sum + c.used, 0)
        expect(evidence.requests.reduce((sum, series) => sum + series.time.length, 0)).toBe(used('requests'))
        expect(evidence.probes.reduce((sum, series) => sum + series.samples, 0)).toBeLessThanOrEqual(used('check'))
      }),
      { numRuns: 60 },
    )
  })
})
