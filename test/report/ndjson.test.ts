import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { listOf } from '../../src/clauses/findings.ts'
import type { Finding } from '../../src/model/finding.ts'
import type { Report } from '../../src/model/report.ts'
import { streamNdjson } from '../../src/report/ndjson.ts'
import { at, breachedUptime, clauseOf, mixedReport, reportOf } from './fixture.ts'
import { eachReport, hostileReport, type Json } from './sarif-fixture.ts'
import { ticketOf } from './ticket-fixture.ts'

const documents = (report: Report): Json[] => [...streamNdjson(report)].map(line => JSON.parse(line))

/** The report again, put together from its lines in the order that they come in. */
function together(lines: readonly Json[]): Json {
  const [first, ...others] = lines
  const report: Json = { ...first, clauses: [], warnings: [] }
  for (const { type, ...document } of others) {
    if (type === 'clause') report.clauses.push({ ...document, findings: [] })
    else if (type === 'finding') report.clauses.at(-1).findings.push(document)
    else if (type === 'upcoming') report.upcoming.items.push(document)
    else if (type === 'warning') report.warnings.push(document)
    else throw new Error(type)
  }
  delete report.type
  return report
}

describe('NDJSON', () => {
  it('has the audit first, each clause before its findings, then what falls due, warnings last', () => {
    const item = { finding: 'a/1', clause: 'a', subject: '1', due: 5, left_ms: 5, status: 'pending' as const }
    const report = {
      ...mixedReport,
      upcoming: { until: at('2026-06-09T09:00:00+02:00'), items: [item] },
      warnings: [{ code: 'odd', severity: 'warning' as const, message: 'odd' }],
    }
    const lines = documents(report)
    expect(lines.map(({ type, id }) => [type, id].filter(Boolean).join(' '))).toEqual([
      'audit',
      'clause work',
      'finding work/notice/MW-3',
      'clause uptime',
      'finding uptime/2026-05',
      'clause nightly',
      'finding nightly',
      'upcoming',
      'warning',
    ])
    expect(lines[0]).toMatchObject({ schemaVersion: 1, tool: { name: 'sla' }, asOf: report.asOf })
    expect(lines[0]).toMatchObject({ contract: { id: 'acme-saas' }, period: { text: '2026-05' } })
    expect(lines[0].inputs).toHaveLength(2)
    expect(lines[1]).not.toHaveProperty('findings')
    expect(lines[4]).toEqual({ type: 'finding', ...JSON.parse(JSON.stringify(breachedUptime)) })
    expect(lines[7]).toEqual({ type: 'upcoming', ...item })
  })

  it('holds all that the JSON report holds, waivers and baseline too', () => {
    const waivers = { file: 'w.yaml', sha256: 'd'.repeat(64), entries: [] }
    for (const report of [mixedReport, { ...eachReport, waivers }, hostileReport(), reportOf([])]) {
      expect(together(documents(report))).toEqual(JSON.parse(JSON.stringify(report)))
    }
  })

  it('has one line a document for every reader, with true values, whatever the texts are', () => {
    const signs = fc.constantFrom(
      '\n',
      '\r',
      '\u0085',
      '\u2028',
      '\u2029',
      '\u009b',
      '\u202e',
      '\ud800',
      '\u{e0001}',
      'a',
      '\u0000',
    )
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.array(signs, { maxLength: 9 }).map(all => all.join('')),
    )
    fc.assert(
      fc.property(text, text, (id, note) => {
        const finding: Finding = { ...breachedUptime, id, notes: [note] }
        const report = reportOf([clauseOf({ findings: [finding] })])
        const out = [...streamNdjson(report)].join('')
        const lines = out.slice(0, -1).split(/[\p{Cc}\p{Zl}\p{Zp}]/u)
        expect(lines).toHaveLength(3)
        expect(out.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}]/u)
        const read = JSON.parse(lines[2] ?? '')
        expect([read.id, read.notes]).toEqual([id, [note]])
      }),
      { numRuns: 200 },
    )
  })

  it('makes one finding at a time', () => {
    let made = 0
    const findings = listOf(1000, i => {
      made++
      return ticketOf({ subject: `T-${i}` })
    })
    const report = reportOf([{ ...clauseOf({ findings: [] }), findings }])
    let lines = 0
    for (const line of streamNdjson(report)) {
      lines++
      expect(line.endsWith('}\n')).toBe(true)
      expect(made).toBe(Math.max(lines - 2, 0))
    }
    expect(lines).toBe(1002)
  })
})
