import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { runAudit } from '../../src/cli/pipeline.ts'
import { findingAsSaid } from '../../src/report/day-ends.ts'
import { turningText } from '../../src/report/explain-turning.ts'
import { fakeIo } from '../cli/fake-io.ts'
import {
  acts,
  amountOf,
  amounts,
  byInstant,
  type Files,
  FLIP_CLAUSES,
  iso,
  outages,
  T0,
  WORK,
} from './flips-fixture.ts'

interface Audited {
  readonly status: string
  readonly line: string
}

const folder = mkdtempSync(join(tmpdir(), 'sla-flips-'))
afterAll(() => rmSync(folder, { recursive: true }))

const COMPLETE = ['vex', 'acceptance', 'score', 'backup', 'backup-deletion', 'backup-copy', 'outage', 'maintenance']

/** One clause audited over May 2026, in UTC: whether any of it is broken, and what would have changed its worst finding. */
async function audit(clause: string, files: Files, asOf = '2026-06-20'): Promise<Audited> {
  const text = `${HEAD}${(FLIP_CLAUSES[clause] ?? clause).replace(/^/gm, '  ')}\n`
  const io = fakeIo({ 'c.yaml': text })
  const paths = Object.entries(files).map(([name, rows]) => {
    writeFileSync(join(folder, name), rows)
    return join(folder, name)
  })
  const options = { period: '2026-05', asOf, assumeComplete: COMPLETE, fullTimelines: true, quiet: true, risk: 90 }
  const { report, zone } = await runAudit('c.yaml', paths, options as never, io)
  const [one] = report.clauses
  const findings = [...(one?.findings ?? [])]
  const worst = ['breached', 'unverified', 'pending', 'met'].find(status => findings.some(f => f.status === status))
  const found = findings.find(finding => finding.status === worst)
  if (one === undefined || found === undefined) throw new Error(`nothing found: ${clause}`)
  return { status: worst ?? '', line: turningText(findingAsSaid(found, one.kind, zone), report.asOf, zone) ?? '' }
}

const HEAD = `apiVersion: sla/v1
kind: Contract
id: flips
timezone: UTC
term: { from: 2026-01-01, to: 2026-12-31 }
calendars:
  support: { days: mon-fri, hours: "09:00-18:00" }
  odd: { days: daily, hours: "09:00-18:03" }
services: { web: {} }
exclusions: { planned: { event: maintenance } }
clauses:
`

/** The exclusions that are told of. */
const more = (name: string): Files => (name === 'counts-as-up' || name === 'leaves' ? WORK : {})

/** `line` of what `evidence(n)` comes to says how much of `n` it takes; so much turns it, one less does not. */
async function turns(clause: string, evidence: (n: number) => Files, n: number, unit: (line: string) => number) {
  const { status, line } = await audit(clause, evidence(n))
  const amount = unit(line)
  const statuses = async (a: number, b: number) => [
    (await audit(clause, evidence(a))).status,
    (await audit(clause, evidence(b))).status,
  ]
  const got =
    status === 'breached' ? await statuses(n - amount, n - amount + 1) : await statuses(n + amount, n + amount + 1)
  expect({ line, got }).toEqual({ line, got: ['met', 'breached'] })
  return line
}

describe('an amount that would have turned a share of time', () => {
  it.each(['time', 'above', 'fixed-base', 'during', 'counts-as-up', 'leaves', 'rounded'])(
    'by %s is exact to the ms',
    async name => {
      const lengths = fc.oneof(
        fc.integer({ min: 1, max: 600_000 }),
        fc.integer({ min: 0, max: 3_500_000 }).map(more => 25_200_000 + more),
      )
      await fc.assert(
        fc.asyncProperty(lengths, async ms => {
          const line = await turns(name, length => ({ ...outages(length), ...more(name) }), ms, amountOf)
          expect(line).toMatch(
            /^(it would break with more than .* of further (counted )?downtime|.* less (counted )?downtime would have kept it)$/,
          )
        }),
        { numRuns: 8 },
      )
    },
  )

  it('of which half counts is of the time that counts', async () => {
    const half = (ms: number): Files => outages(2 * ms, 'degraded')
    // 2 × 13,393,000 ms of degraded time count 13,393,000; 0.5 % of 744 h are 13,392,000.
    expect(await turns('half', half, 13_393_000, amountOf)).toBe('1s less counted downtime would have kept it')
    expect(await turns('half', half, 13_391_000, amountOf)).toBe(
      'it would break with more than 1s of further counted downtime',
    )
  })

  it('of which short outages do not count is said to be of what counts', async () => {
    const { line } = await audit('shortest', outages(13_393_000))
    expect(line).toBe('1s less counted downtime would have kept it')
  })

  it.each([
    ['minutes-touched', 60_000, /^(\d+) fewer counted minutes? would have kept it$/],
    ['minutes-whole', 60_000, /^(\d+) fewer counted minutes? would have kept it$/],
    ['whole', 300_000, /^(\d+) fewer bad slices? of 5m would have kept it$/],
    ['slices', 300_000, /^(\d+) fewer bad slices? of 5m would have kept it$/],
  ] as const)('by %s is in whole units', async (name, unit, less) => {
    const further = /^it would break with more than (\d+) further/
    const aligned = (count: number): Files => outages(count * unit)
    // 0.5 % of 744 h are 223.2 minutes, 44.64 slices of 5.
    const most = Math.floor(13_392_000 / unit)
    for (const count of [most + 1, most + 40]) {
      const line = await turns(name, aligned, count, text => Number(less.exec(text)?.[1]))
      expect(Number(less.exec(line)?.[1])).toBe(count - most)
    }
    for (const count of [1, most - 3]) {
      const line = await turns(name, aligned, count, text => Number(further.exec(text)?.[1]))
      expect(Number(further.exec(line)?.[1])).toBe(most - count)
    }
    expect((await audit(name, aligned(most))).line).toMatch(
      /^it would break with any further (counted minute|bad slice of 5m)$/,
    )
  })

  it('by slices that service hours cut is in the time that counts', async () => {
    // 279 h 33 min of 31 days with 9 h 3 min each: 0.5 % are 5,049,900 ms = 84 min 9.9 s; 17:00 to 18:03 are 63 minutes, the last three in a slice that ends at 18:05.
    const evening = (day: number, from = 17): string =>
      `O${day},2026-05-${String(day).padStart(2, '0')}T${from}:00:00Z,2026-05-${String(day).padStart(2, '0')}T18:05:00Z\n`
    const { status, line } = await audit('cut-slices', { 'outages.csv': `id,start,end\n${evening(4)}${evening(5)}` })
    expect({ status, line }).toEqual({
      status: 'breached',
      line: '41m 50.1s less counted downtime, which comes in bad slices of 5m, would have kept it',
    })
  })

  it('by users is added up over them', async () => {
    const struck =
      (users: number) =>
      (ms: number): Files => ({
        'outages.csv': `id,start,end,users\nO,${iso(T0)},${iso(T0 + ms)},${users}\n`,
      })
    expect(await turns('users', struck(1), 600_000_000, amountOf)).toMatch(
      / less downtime, added up over the users, would have kept it$/,
    )
    expect(await turns('users', struck(1), 1000, amountOf)).toMatch(
      /^it would break with more than .* of further downtime, added up over the users$/,
    )
    // Seven at once: a seventh of it, up to a whole ms.
    await turns('users', struck(7), 90_000_000, line => Math.ceil(amountOf(line) / 7))
    await turns('users', struck(7), 1000, line => Math.floor(amountOf(line) / 7))
  })

  it('by requests is a number of them', async () => {
    const failed = (n: number): Files => ({
      'requests.csv': `time,total,failed,service,interval\n2026-05-04T09:00:00Z,100010,${n},web,5min\n`,
    })
    const count = (line: string) => Number(/(\d+) (?:fewer|further) failed/.exec(line)?.[1] ?? 0)
    for (const n of [150, 101, 100, 99, 3]) await turns('requests', failed, n, count)
  })

  it('by the mean of slices is about so many points, or exactly so many', async () => {
    // Each of 8928 slices weighs as much: of one with 10^9 requests, n failed are n / (8928 × 10^9).
    const failed = (n: number): Files => ({
      'requests.csv': `time,total,failed,service,interval\n2026-05-04T09:00:00Z,1000000000,${n},web,5min\n`,
    })
    const { line, status } = await audit('mean', failed(900_000_000))
    expect(status).toBe('breached')
    // 0.01 % of 8928 are 0.8928 failed slices: 0.0072 / 8928 × 100 points lack.
    expect(line).toBe('about 0.0000806 percentage points more would have kept it')
    const points = (text: string) => Number(/about ([\d.]+) /.exec(text)?.[1])
    const requests = (points(line) / 100) * 8928 * 1e9
    expect((await audit('mean', failed(Math.round(900_000_000 - requests * 1.01)))).status).toBe('met')
    expect((await audit('mean', failed(Math.round(900_000_000 - requests * 0.99)))).status).toBe('breached')
    const none = await audit('mean', failed(0))
    expect(none.line).toBe('it would break with more than 0.01 percentage points less')
  })

  it('of a window that goes on is until its end', async () => {
    const asOf = '2026-05-10T00:00:00Z'
    const status = async (ms: number) => (await audit('time', outages(ms), asOf)).status
    const open = await audit('time', outages(3_600_000), asOf)
    const more = amountOf(open.line)
    expect(open.line).toMatch(/^lost with more than .* of further downtime until Mon 1 Jun 00:00$/)
    expect([await status(3_600_000 + more), await status(3_600_001 + more)]).toEqual(['pending', 'breached'])
    const lost = await audit('time', outages(36_000_000), asOf)
    expect(lost.line).toMatch(/^lost already, however the window goes on; .* less downtime would have left it open$/)
    const less = amountOf(lost.line)
    expect([await status(36_000_000 - less), await status(36_000_001 - less)]).toEqual(['pending', 'breached'])
  })
})

describe('an act that would have kept a promise', () => {
  it.each(acts)('of $name, by the instant it names and not later', async ({ clause, evidence, late, still }) => {
    const { status, line } = await audit(clause, evidence(late))
    const by = byInstant(line)
    expect({ line, status }).toEqual({ line, status: 'breached' })
    const tooLate = (still ?? by) + 1
    const got = []
    for (const at of [by, tooLate - 1, tooLate]) got.push((await audit(clause, evidence(at))).status)
    expect({ line, got }).toEqual({ line, got: ['met', 'met', 'breached'] })
  })
})

describe('an amount that would have turned a promise', () => {
  it.each(amounts)('of $name is exact', async ({ clause, evidence, broken, kept, counted }) => {
    const upward = kept > broken
    for (const n of [broken, kept]) {
      const { status, line } = await audit(clause, evidence(n))
      const amount = counted === true ? Number(/(\d+)/.exec(line)?.[1]) : amountOf(line)
      // Where it is the share that is promised, the line tells how many break it; else how many do not.
      const limit = status === 'breached' ? n + (upward ? amount : -amount) : n + (upward ? -amount : amount)
      const last = /^it would break with \d+ of/.test(line) ? limit - 1 : limit
      const got = [
        (await audit(clause, evidence(last))).status,
        (await audit(clause, evidence(last + (upward ? -1 : 1)))).status,
      ]
      expect({ line, status, got }).toEqual({
        line,
        status: n === broken ? 'breached' : 'met',
        got: ['met', 'breached'],
      })
    }
  })
})
