import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { auditContract } from '../../src/audit/audit.ts'
import { planAudit } from '../../src/audit/plan.ts'
import { clauseKinds } from '../../src/clauses/index.ts'
import { loadContract } from '../../src/contract/load.ts'
import { readEvidence } from '../../src/evidence/read.ts'
import { parsePeriod } from '../../src/time/period.ts'
import { zones } from '../support/audit.ts'
import { HOUR, MINUTE, ms } from '../support/instants.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sla-audit-'))
})
afterAll(() => rm(folder, { recursive: true }))

let number = 0

/** From CSV texts to the findings, the way the command goes. */
async function fromFiles(yaml: string, files: readonly string[], period: string, bad: 'error' | 'skip' = 'error') {
  const bytes = new TextEncoder().encode(yaml)
  const contract = await loadContract({ file: 'contract.yaml', bytes }, clauseKinds, { zones })
  const plan = await planAudit(contract, clauseKinds)
  const paths: string[] = []
  for (const text of files) {
    const path = join(folder, `${number++}.csv`)
    await writeFile(path, text)
    paths.push(path)
  }
  const asOf = ms('2026-08-01T00:00:00Z')
  const options = {
    asOf,
    services: [...contract.services.keys()],
    types: plan.types,
    filters: plan.filters,
    ...(plan.maxGap !== undefined && { maxGap: plan.maxGap }),
    timezone: contract.timezone,
    onBadRow: bad,
  }
  const evidence = await readEvidence(paths, options, zones, { stdin: Readable.from([]) })
  const interval = parsePeriod(period, zones(contract.timezone))
  if ('problem' in interval) throw new Error(interval.problem)
  return auditContract(plan, evidence, {
    period: { interval, text: period },
    asOf,
    assumeComplete: new Set(),
    riskPercent: 90,
    zones,
    version: '0.0.0',
  })
}

const yaml = (fields: string, rest = '') => `
apiVersion: sla/v1
kind: Contract
id: test
timezone: Europe/Paris
${rest}
clauses:
  uptime: { kind: availability, target: 99%, window: calendar month, no-data: unknown, ${fields} }
`
const only = async (...args: Parameters<typeof fromFiles>) => {
  const [finding] = (await fromFiles(...args)).clauses.flatMap(c => [...c.findings])
  if (finding === undefined) throw new Error('no finding')
  return finding
}

describe('from files to verdicts', () => {
  it('outages and announced maintenance', async () => {
    const exclusion = 'exclusions: { planned: { event: maintenance, notice: { at-least: 48h } } }'
    const f = await only(
      yaml('excluding: [planned], excluded-time: leaves-denominator', exclusion),
      [
        'start,end,cause\n2026-06-10T09:00:00+02:00,2026-06-10T12:36:00+02:00,bug\n',
        'start,end,announced_at\n2026-06-20T22:00:00+02:00,2026-06-21T06:00:00+02:00,2026-06-01T10:00:00+02:00\n',
      ],
      '2026-06',
    )
    expect(f.observed).toEqual({ unit: 'ratio', part: 708.4 * HOUR, of: 712 * HOUR })
    expect([f.status, f.evidence]).toEqual([
      'met',
      [
        { input: 0, line: 2 },
        { input: 1, line: 2 },
      ],
    ])
  })

  it('a header and no row is a log in which nothing happened', async () => {
    expect((await only(yaml(''), ['start,end,cause\n'], '2026-06')).status).toBe('met')
  })

  it('a date alone is judged at both ends', async () => {
    // 8 or 9 June as the end of an outage since the 8th: up to 24 h, allowed are 7 h 12 min.
    const f = await only(yaml(''), ['start,end,severity\n2026-06-08T00:00:00+02:00,2026-06-08,full\n'], '2026-06')
    expect(f.status).toBe('unverified')
    expect(f.bounds).toEqual({
      lowest: { unit: 'ratio', part: 696 * HOUR, of: 720 * HOUR },
      highest: { unit: 'ratio', part: 720 * HOUR, of: 720 * HOUR },
    })
  })

  it('a bad row left out leaves the service open', async () => {
    const rows = 'start,end,severity\n2026-06-10T09:00:00+02:00,2026-06-10T09:01:00+02:00,full\nsoon,,full\n'
    expect((await only(yaml(''), [rows], '2026-06', 'skip')).status).toBe('unverified')
    await expect(only(yaml(''), [rows], '2026-06')).rejects.toThrow()
  })

  it('samples with a max-gap below what is usual in the file', async () => {
    const term = 'term: { from: "2026-06-10T00:00:00Z", to: "2026-06-10T00:10:00Z" }'
    const start = ms('2026-06-10T00:00:00Z')
    const times = [0, 80, 160, 240, 330, 410, 490, 570].map(s => start + s * 1000)
    const rows = times.map(time => `${new Date(time).toISOString()},up\n`).join('')
    // 80 s is no gap, the 90 s from 240 to 330 are: known until 300, unknown for 30 s.
    const f = await only(yaml('every: 60s, max-gap: 85s', term), [`time,status\n${rows}`], '2026-06')
    expect(f.details?.unknown_ms).toBe(0.5 * MINUTE)
  })

  it('samples in two files, one after the other or mixed, are the same', async () => {
    const term = 'term: { from: "2026-06-10T00:00:00Z", to: "2026-06-10T02:00:00Z" }'
    const start = ms('2026-06-10T00:00:00Z')
    const rows = Array.from(
      { length: 120 },
      (_, i) => `${new Date(start + i * MINUTE).toISOString()},${i >= 58 && i < 62 ? 'down' : 'up'}\n`,
    )
    const head = 'time,status\n'
    const split = [head + rows.slice(0, 60).join(''), head + rows.slice(60).join('')]
    const one = await only(yaml('', term), [head + rows.join('')], '2026-06')
    const two = await only(yaml('', term), split, '2026-06')
    const turned = await only(yaml('', term), [...split].reverse(), '2026-06')
    expect(one.details?.down_ms).toBe(4 * MINUTE)
    expect(one.details?.unknown_ms).toBe(0)
    for (const other of [two, turned])
      expect([other.status, other.observed, other.bounds]).toEqual([one.status, one.observed, one.bounds])
  })
})
