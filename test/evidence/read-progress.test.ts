import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readEvidence } from '../../src/evidence/read.ts'
import type { ReadProgress } from '../../src/evidence/read-progress.ts'
import { makeZones } from '../../src/time/zone.ts'

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sla-read-progress-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function outages(rows: number): string {
  const start = Date.UTC(2026, 4, 3, 10)
  const row = (i: number): string => `${new Date(start + i).toISOString()},2026-05-03T11:00:00Z,web\n`
  return `start,end,service\n${Array.from({ length: rows }, (_, i) => row(i)).join('')}`
}

async function told(paths: readonly string[], stdin = ''): Promise<readonly ReadProgress[]> {
  const seen: ReadProgress[] = []
  const options = {
    asOf: Date.UTC(2026, 6, 1),
    services: ['web'],
    types: new Set(['outage']),
    filters: [],
    as: 'outage',
    onBadRow: 'error' as const,
    onProgress: (at: ReadProgress) => void seen.push(at),
  }
  await readEvidence(paths, options, makeZones(), { stdin: Readable.from([stdin]) })
  return seen
}

describe('the progress of reading', () => {
  it('tells bytes on disk and rows of all files together, never back', async () => {
    const [plain, packed] = [join(folder, 'a.csv'), join(folder, 'b.csv.gz')]
    writeFileSync(plain, outages(20_000))
    writeFileSync(packed, gzipSync(outages(30_000)))
    const seen = await told([plain, packed])
    const size = statSync(plain).size + statSync(packed).size
    expect(seen.at(-1)).toEqual({ bytes: size, of: size, rows: 50_000 })
    expect(seen.length).toBeGreaterThan(5)
    expect(seen.every(({ of }) => of === size)).toBe(true)
    for (const key of ['bytes', 'rows'] as const) {
      const figures = seen.map(at => at[key])
      expect(figures).toEqual([...figures].sort((a, b) => a - b))
    }
    // The first file is read through before the second is begun.
    expect(seen).toContainEqual({ bytes: statSync(plain).size, of: size, rows: 20_000 })
  })

  it('knows no end where standard input is among the files', async () => {
    const plain = join(folder, 'c.csv')
    writeFileSync(plain, outages(3))
    const stdin = outages(5)
    const seen = await told([plain, '-'], stdin)
    expect(seen.at(-1)).toEqual({ bytes: statSync(plain).size + stdin.length, rows: 8 })
    expect(seen.some(at => 'of' in at)).toBe(false)
  })
})
