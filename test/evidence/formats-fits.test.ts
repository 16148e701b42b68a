import { describe, expect, it } from 'vitest'
import { cyclonedx } from '../../src/evidence/formats/cyclonedx.ts'
import { defectdojo, defectdojoCsv } from '../../src/evidence/formats/defectdojo.ts'
import { dependabot } from '../../src/evidence/formats/dependabot.ts'
import { dependencyTrack } from '../../src/evidence/formats/dependency-track.ts'
import { greenbone } from '../../src/evidence/formats/greenbone.ts'
import { kev, kevCsv } from '../../src/evidence/formats/kev.ts'
import { nvd } from '../../src/evidence/formats/nvd.ts'
import { openvex } from '../../src/evidence/formats/openvex.ts'
import { sarif } from '../../src/evidence/formats/sarif.ts'
import { fixture, json } from './formats-findings-support.ts'
import { at, read } from './support.ts'

describe('recognition', () => {
  const tools = { sarif, cyclonedx, openvex, defectdojo, 'dependency-track': dependencyTrack, nvd, kev, dependabot }
  const documents: readonly (readonly [string, string])[] = [
    ['sarif/trivy.sarif', 'sarif'],
    ['sarif/runs.sarif', 'sarif'],
    ['cyclonedx/bom.json', 'cyclonedx'],
    ['cyclonedx/vex.json', 'cyclonedx'],
    ['cyclonedx/valid-vulnerability-1.4.json', 'cyclonedx'],
    ['openvex/nested.json', 'openvex'],
    ['openvex/multiple.json', 'openvex'],
    ['defectdojo/findings.json', 'defectdojo'],
    ['dependency-track/with_state.json', 'dependency-track'],
    ['dependency-track/one_finding_ghsa.json', 'dependency-track'],
    ['dependency-track/api.json', 'dependency-track'],
    ['nvd/cves.json', 'nvd'],
    ['kev/known_exploited_vulnerabilities.json', 'kev'],
    ['dependabot/alerts.json', 'dependabot'],
    ['jira/search.json', ''],
    ['github/issues.json', ''],
  ]
  const fitting = (document: unknown): readonly string[] =>
    Object.entries(tools).flatMap(([name, tool]) => (tool.fits(document) ? [name] : []))

  it.each(documents)('%s fits %s alone', (name, tool) => {
    expect(fitting(json(name))).toEqual(tool === '' ? [] : [tool])
  })

  it.each([
    null,
    7,
    'text',
    [],
    {},
    [null],
    { records: [{ type: 'vulnerability', id: 'CVE-2026-1', severity: 'high', date: '2026-01-01' }] },
    [{ id: 'CVE-2026-1', severity: 'high', detected_at: '2026-01-01', vulnerability: 'x', component: 'y' }],
    { vulnerabilities: [] },
    { vulnerabilities: [{ id: 'CVE-2026-1' }] },
    { bomFormat: 'SPDX', components: [] },
    { version: '2.1.0' },
    { runs: [], version: '1.0.0' },
  ])('fits nothing of %j', document => {
    expect(fitting(document)).toEqual([])
  })

  it('takes no plain table for a tool', () => {
    for (const tool of [greenbone, kevCsv, defectdojoCsv]) {
      expect(tool.fits(['id', 'asset', 'severity', 'detected_at', 'fixed_at', 'cvss'])).toBe(false)
      expect(tool.fits(['cve_id', 'date_added', 'due_date'])).toBe(false)
    }
  })
})

describe('reading', () => {
  const TYPES = new Set(['vulnerability', 'advisory', 'score', 'acceptance', 'vex', 'known-exploited', 'epss', 'scan'])

  it.each([
    ['sarif/runs.sarif', { scan: 1, vulnerability: 4 }],
    ['cyclonedx/bom.json', { scan: 1, vulnerability: 5, score: 4, vex: 3 }],
    ['openvex/multiple.json', { vex: 2 }],
    ['defectdojo/findings.json', { vulnerability: 5, score: 2, acceptance: 1 }],
    ['defectdojo/findings.csv', { vulnerability: 2 }],
    ['dependency-track/with_state.json', { scan: 1, vulnerability: 3, score: 2, epss: 3, vex: 2 }],
    ['nvd/cves.json', { advisory: 3, score: 5, 'known-exploited': 1 }],
    ['kev/known_exploited_vulnerabilities.json', { 'known-exploited': 2 }],
    ['kev/known_exploited_vulnerabilities.csv', { 'known-exploited': 2 }],
    ['greenbone/results.csv', { vulnerability: 3, epss: 1 }],
    ['dependabot/alerts.json', { vulnerability: 3, score: 2 }],
  ])('uses every row of %s', async (name, used) => {
    const { inputs } = await read({ [name]: fixture(name) }, { types: TYPES, timezone: 'UTC' })
    expect(inputs[0]?.tool).toBe(name.split('/')[0])
    const counts = (inputs[0]?.counts ?? []).filter(count => count.used > 0)
    expect(Object.fromEntries(counts.map(count => [count.type, count.used]))).toEqual(used)
    for (const count of inputs[0]?.counts ?? []) expect(count.rows).toBe(count.used + count.leftOut)
  })

  it('ties Greenbone results to the time of the user', async () => {
    const name = 'greenbone/results.csv'
    const takenAt = [{ at: at('2026-05-03T04:00:00Z') }]
    const { inputs } = await read({ [name]: fixture(name) }, { types: TYPES, takenAt })
    expect(inputs[0]?.counts).toMatchObject([
      { type: 'scan', used: 2 },
      { type: 'vulnerability', used: 3 },
      { type: 'epss' },
    ])
  })
})
