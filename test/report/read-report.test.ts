import { describe, expect, it } from 'vitest'
import { InputError } from '../../src/model/diagnostic.ts'
import { renderJson } from '../../src/report/json.ts'
import { readReport } from '../../src/report/read-report.ts'
import { breachedUptime, clauseOf, findingOf, missingBackup, outagesFile, reportOf } from './fixture.ts'

const waiver = { finding: 'uptime/*', reason: 'r', approver: 'a', until: '2026-06-30' }
const report = reportOf(
  [
    clauseOf({
      known: 1,
      findings: [{ ...breachedUptime, known: true }, findingOf({ id: 'uptime/2026-06', status: 'waived', waiver })],
    }),
    clauseOf({ id: 'nightly', kind: 'backup', findings: [missingBackup] }),
  ],
  { inputs: [outagesFile] },
)

const bytes = (text: string) => new TextEncoder().encode(text)
const changed = (change: (data: Record<string, unknown>) => void): Uint8Array => {
  const data = JSON.parse(renderJson(report))
  change(data)
  return bytes(JSON.stringify(data))
}

function refused(given: Uint8Array) {
  try {
    readReport(given, 'r.json')
  } catch (error) {
    if (error instanceof InputError) return error.diagnostics.map(({ code, message }) => `${code}: ${message}`)
    throw error
  }
  return []
}

describe('a JSON report', () => {
  it('comes back as it was written', () => {
    expect(readReport(bytes(renderJson(report)), 'r.json')).toEqual(report)
    expect(readReport(bytes(`\ufeff${renderJson(report)}`), 'r.json')).toEqual(report)
  })

  it('may hold what a later version added, anywhere', () => {
    const given = changed(data => {
      data.later = { any: 'thing' }
      const [clause] = data.clauses as { findings: Record<string, unknown>[]; later?: unknown }[]
      if (clause === undefined) throw new Error('no clause')
      clause.later = 1
      for (const finding of clause.findings)
        Object.assign(finding, { later: [], observed: { ...Object(finding.observed), later: 2 } })
    })
    expect(readReport(given, 'r.json')).toMatchObject({ asOf: report.asOf, later: { any: 'thing' } })
  })

  it.each<[string, Uint8Array, string]>([
    ['text that is no JSON', bytes('id,start\n'), "not-json: r.json isn't a JSON document"],
    ['nothing', bytes(''), "not-json: r.json isn't a JSON document"],
    ['bytes that are no UTF-8', new Uint8Array([0xff, 0xfe, 0x7b, 0x00]), "not-text: r.json isn't UTF-8 text"],
    ['a list of findings', bytes('[]'), "not-a-report: r.json isn't a report of sla audit"],
    ['null', bytes('null'), "not-a-report: r.json isn't a report of sla audit"],
    [
      'the report of another tool',
      bytes('{"version":"2.1.0","runs":[]}'),
      "not-a-report: r.json isn't a report of sla audit",
    ],
    [
      'a later version',
      changed(data => Object.assign(data, { schemaVersion: 2 })),
      'report-version: r.json has schemaVersion 2; this version of sla reads 1',
    ],
    [
      'a status that is none',
      changed(data => Object.assign(data, { summary: { ...Object(data.summary), status: 'fine' } })),
      'bad-report: r.json summary.status: invalid option: expected one of "met"|"breached"|"pending"|"unverified"|"not-applicable"|"waived"',
    ],
    [
      'an instant that is none',
      changed(data => Object.assign(data, { asOf: 1.5 })),
      'bad-report: r.json asOf: invalid input: expected int, received number',
    ],
    [
      'a zone that is none',
      changed(data => Object.assign(Object(data.contract), { timezone: 'Mars/Olympus' })),
      'bad-report: r.json contract.timezone: ',
    ],
  ])('is not %s', (_, given, expected) => {
    const said = refused(given)
    expect(said).toHaveLength(1)
    expect(said[0]?.startsWith(expected)).toBe(true)
  })

  it('says the first ten things that are wrong', () => {
    const said = refused(changed(data => Object.assign(data, { inputs: Array.from({ length: 20 }, () => 'x') })))
    expect(said).toHaveLength(10)
    expect(said[9]).toMatch(/^bad-report: r\.json inputs\.9: /)
  })
})
