import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { earlierReport } from '../../src/audit/baseline.ts'
import { shortened } from '../../src/audit/breaches.ts'
import { InputError } from '../../src/model/diagnostic.ts'
import { renderJson } from '../../src/report/json.ts'
import { streamNdjson } from '../../src/report/ndjson.ts'
import { readEarlier } from '../../src/report/read-earlier.ts'
import { LONGEST, readReport } from '../../src/report/read-report.ts'
import { breachedUptime, clauseOf, findingOf, missingBackup, reportOf } from './fixture.ts'

const odd = findingOf({ id: 'uptime/"status":"breached"', notes: ['"status":"breached"'] })
const report = reportOf([
  clauseOf({ findings: [breachedUptime, odd, findingOf({ id: 'uptime/2026-06', status: 'waived' })] }),
  clauseOf({ id: 'nightly', kind: 'backup', findings: [{ ...missingBackup, status: 'breached' }, missingBackup] }),
])
const ndjson = [...streamNdjson(report)].join('')
const bytesOf = (text: string) => new TextEncoder().encode(text)

async function* pieces(bytes: Uint8Array, size: number): AsyncIterable<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

const read = (text: string, size = 7) => readEarlier({ chunks: pieces(bytesOf(text), size) }, 'r.ndjson', shortened)

async function refused(text: string, size?: number): Promise<string> {
  try {
    await read(text, size)
  } catch (error) {
    if (error instanceof InputError)
      return error.diagnostics.map(({ code, message }) => `${code}: ${message}`).join('; ')
    throw error
  }
  return ''
}

describe('an earlier report', () => {
  it('is the same baseline as JSON and as NDJSON, in whatever pieces it comes', async () => {
    const file = { file: 'r', sha256: '' }
    const wanted = earlierReport(report, file, report.contract.id)
    expect(wanted.breaches.map(({ id }) => id)).toEqual([breachedUptime.id, missingBackup.id])
    for (const text of [renderJson(report), ndjson, `\ufeff${ndjson}`]) {
      for (const size of [1, 7, 4096, 1 << 20]) {
        const { report: got, sha256 } = await read(text, size)
        expect(earlierReport(got, file, report.contract.id)).toEqual(wanted)
        expect(sha256).toBe(createHash('sha256').update(bytesOf(text)).digest('hex'))
      }
    }
  })

  it('that lacks lines, or some of one, is refused', async () => {
    const lines = ndjson.trimEnd().split('\n')
    const breach = lines.findIndex(line => line.includes(`"id":"${breachedUptime.id}"`))
    const without = [...lines.slice(0, breach), ...lines.slice(breach + 1)]
    expect(await refused(`${without.join('\n')}\n`)).toBe(
      "bad-report: r.ndjson doesn't hold as many breaches of uptime as it counts",
    )
    expect(await refused(`${lines.slice(0, 2).join('\n')}\n`)).toMatch(/^bad-report: .* breaches of uptime/)
    expect(await refused(ndjson.slice(0, -20))).toBe('not-json: r.ndjson ends in the middle of a line')
    const cut = lines.map((line, i) => (i === breach ? line.slice(0, -1) : line))
    expect(await refused(`${cut.join('\n')}\n`)).toBe(`not-json: r.ndjson line ${breach + 1} isn't a JSON document`)
    const worse = lines.map((line, i) => (i === breach ? line.replace(/"window":\{[^}]*\}/, '"window":7') : line))
    expect(await refused(`${worse.join('\n')}\n`)).toMatch(
      new RegExp(`^bad-report: r.ndjson line ${breach + 1} window: `),
    )
  })

  it('of another version, that is no text or no report is refused', async () => {
    expect(await refused(ndjson.replace('"schemaVersion":1', '"schemaVersion":2'))).toMatch(
      /^report-version: r.ndjson has/,
    )
    expect(await refused('{"type":"audit","tool":{"name":"other"}}\n')).toBe(
      "not-a-report: r.ndjson isn't a report of sla audit",
    )
    expect(await refused('a,b\n1,2\n')).toBe("not-json: r.ndjson isn't a JSON document")
    expect(await refused('')).toBe("not-json: r.ndjson isn't a JSON document")
    const broken = { chunks: pieces(Uint8Array.from([...bytesOf(ndjson), 0xff, 10]), 512) }
    await expect(readEarlier(broken, 'r', shortened)).rejects.toThrow("r isn't UTF-8 text")
  })

  it('as JSON of more than can be held is refused before it is read; as NDJSON it may be as large', async () => {
    let taken = 0
    async function* counted(text: string): AsyncIterable<Uint8Array> {
      for await (const piece of pieces(bytesOf(text), 64)) {
        taken++
        yield piece
      }
    }
    const size = LONGEST + 1
    const json = renderJson(report)
    await expect(readEarlier({ size, chunks: counted(json) }, 'r.json', shortened)).rejects.toThrow(
      'r.json is larger than 512 MiB',
    )
    expect(taken).toBeLessThan(3)
    await expect(readEarlier({ size, chunks: counted(ndjson) }, 'r', shortened)).resolves.toBeDefined()
  })

  it('as NDJSON is no report to explain from, and is called what it is', () => {
    expect(() => readReport(bytesOf(ndjson), 'r.ndjson')).toThrow(
      'r.ndjson is an NDJSON report, which is only read as a baseline',
    )
  })
})
