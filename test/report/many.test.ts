import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parse as parseCsv } from 'csv-parse/sync'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { formats } from '../../src/report/index.ts'
import { plainPage } from '../scenarios/replay.ts'
import { runCli } from '../support/cli.ts'
import { named, readHtml } from './html-reader.ts'
import { cases } from './junit-reader.ts'
import { type Json, resultsOf } from './sarif-fixture.ts'

const TICKETS = 10_000
const HOUR = 3_600_000
const folder = mkdtempSync(join(tmpdir(), 'sla-many-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** Ticket `i` is answered in time and resolved after 1 to 7 hours of 8; each seventh after 9 h and `i` seconds. */
const isLate = (i: number): boolean => i % 7 === 0
const late = Array.from({ length: TICKETS }, (_, i) => i).filter(isLate)
const names = Object.keys(formats)
const out = new Map<string, string>()

beforeAll(() => {
  writeFileSync(
    join(folder, 'desk.yaml'),
    `apiVersion: sla/v1
kind: Contract
id: desk
timezone: Europe/Paris
calendars:
  desk: { days: mon-sun, hours: "00:00-24:00" }
clauses:
  tickets: { kind: support, calendar: desk, clock: always, priorities: { P1: { respond: 2h, resolve: 8h } } }
`,
  )
  const iso = (at: number): string => new Date(at).toISOString()
  const rows = Array.from({ length: TICKETS }, (_, i) => {
    const opened = Date.UTC(2026, 0, 1, 12) + i * 40 * 60_000
    const resolved = opened + (isLate(i) ? 9 * HOUR + i * 1000 : (1 + (i % 7)) * HOUR)
    return `T-${i},P1,${iso(opened)},${iso(opened + 60_000)},${iso(resolved)}\n`
  })
  writeFileSync(join(folder, 'tickets.csv'), `id,priority,opened_at,responded_at,resolved_at\n${rows.join('')}`)
  const files = names.flatMap(name => ['-o', `${name}:${name}.out`])
  const args = ['audit', 'desk.yaml', 'tickets.csv', '--period', '2026', '--as-of', '2027-01-05', ...files]
  // With as little memory as a small job has: nothing keeps all of it as text.
  const env = { ...plainPage, NODE_OPTIONS: '--max-old-space-size=64' }
  const { code, stderr } = runCli([...args, '--summary', 'summary.out'], { cwd: folder, env })
  if (code !== 1) throw new Error(`exit ${code}: ${stderr}`)
  for (const name of [...names, 'summary']) out.set(name, readFileSync(join(folder, `${name}.out`), 'utf8'))
}, 120_000)

function outOf(name: string): string {
  const text = out.get(name)
  if (text === undefined) throw new Error(name)
  return text
}

/** The ids of the late ones, by the ticket. */
const lateIds = late.map(i => `tickets/P1-resolve/T-${i}`)

describe('20,000 findings', () => {
  it('are all in JSON, NDJSON and CSV', () => {
    const report = JSON.parse(outOf('json'))
    const { counts, findings } = report.clauses[0]
    expect(late).toHaveLength(1429)
    expect([findings.length, counts.breached, counts.met]).toEqual([20_000, 1429, 18_571])
    const lines = outOf('ndjson').trimEnd().split('\n')
    expect(lines.filter(line => line.startsWith('{"type":"finding",'))).toHaveLength(20_000)
    const rows: Record<string, string>[] = parseCsv(outOf('csv'), { columns: true, record_delimiter: '\r\n' })
    expect(rows).toHaveLength(20_000)
    const breached = rows.filter(({ status }) => status === 'breached')
    expect(breached.map(({ finding }) => finding).sort()).toEqual([...lateIds].sort())
    for (const { subject, margin } of breached) expect(Number(margin)).toBe(-HOUR - Number(subject?.slice(2)) * 1000)
  })

  it('are all in test results, and what is late in SARIF and GitLab', () => {
    const list = cases(outOf('junit'))
    expect(list).toHaveLength(20_000)
    expect(list.filter(({ children }) => children[0]?.name === 'failure')).toHaveLength(1429)
    const ids = resultsOf(JSON.parse(outOf('sarif'))).map(({ properties }: Json) => properties.finding)
    expect(ids.sort()).toEqual([...lateIds].sort())
    expect(JSON.parse(outOf('gitlab'))).toHaveLength(1429)
  })

  it('are counted where only some are shown', () => {
    // Twenty blocks; GitHub shows ten errors and the notice.
    expect(outOf('pretty')).toContain('\nand 1,409 more findings in detail with -v\n')
    expect(outOf('pretty').length).toBeLessThan(20_000)
    const lines = outOf('github').trimEnd().split('\n')
    expect(lines.map(line => /^::\w+/.exec(line)?.[0] ?? '')).toEqual([...Array(10).fill('::error'), '::notice', ''])
    expect(lines[10]).toContain('1,419 more errors')
    expect(outOf('markdown')).toContain('_Not shown in detail here: 1,409 breached._')
    expect(outOf('markdown').length).toBeLessThanOrEqual(60_000)
    const [, left = ''] = /_([\d,]+) more findings are left out here/.exec(outOf('summary')) ?? []
    const shown = outOf('summary').match(/<details><summary>✖/g)?.length ?? 0
    expect(shown + Number(left.replace(',', '') || 0)).toBe(1429)
    expect(Buffer.byteLength(outOf('summary'))).toBeLessThanOrEqual(900 * 1024)
  })

  it('make a page of less than 5 MB: the worst 200 in full, the others listed', () => {
    const page = outOf('html')
    expect(Buffer.byteLength(page)).toBeLessThan(5_000_000)
    const tags = readHtml(page)
    const articles = named(tags, 'article', 'finding').map(({ text }) => /tickets\/P1-resolve\/T-\d+/.exec(text)?.[0])
    // The worst are the last: they are over by the most.
    expect([...articles].sort()).toEqual(lateIds.slice(-200).sort())
    const rows = tags.filter(({ name, path, text }) => name === 'tr' && path.includes('tbody') && text.includes('T-'))
    expect(rows.length).toBeGreaterThanOrEqual(20_000 - 200)
  })
})
