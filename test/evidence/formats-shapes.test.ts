import { describe, expect, it } from 'vitest'
import type { DocumentTool } from '../../src/evidence/formats/format.ts'
import { DOCUMENTS } from '../../src/evidence/formats/index.ts'
import { convert } from './formats-findings-support.ts'
import { at, errorsOf, read, short } from './support.ts'
import { allOf, day, TYPES } from './vulnerabilities-support.ts'

const TAKEN = '2026-05-02T00:00:00Z'

function toolOf(document: unknown): DocumentTool {
  const [tool, ...others] = DOCUMENTS.filter(one => one.fits(document))
  if (tool === undefined || others.length > 0) throw new Error('expected one tool')
  return tool
}

const told = (document: unknown) => convert(toolOf(document), document, TAKEN)
const keys = (document: unknown): readonly (string | undefined)[] => told(document).flaws.map(({ key }) => key)

const trivy = (rest: object) => ({ SchemaVersion: 2, CreatedAt: TAKEN, ArtifactName: 'web', Results: [], ...rest })
const grype = (match: object) => ({
  matches: [{ vulnerability: { id: 'CVE-2026-1' }, artifact: { name: 'a' }, ...match }],
  source: { target: 'web' },
  descriptor: { name: 'grype', timestamp: TAKEN },
})
const osv = (result: object) => ({ results: [{ source: { path: '/shop/lock' }, packages: [], ...result }] })
const bom = (vulnerability: object) => ({
  bomFormat: 'CycloneDX',
  metadata: { timestamp: TAKEN, component: { name: 'web' } },
  components: [{ name: 'a' }],
  vulnerabilities: [{ id: 'CVE-2026-1', ...vulnerability }],
})
const run = (rest: object) => ({
  version: '2.1.0',
  runs: [{ tool: { driver: { name: 't' } }, automationDetails: { id: 'web/1' }, results: [], ...rest }],
})
const project = { component: { name: 'a' }, matrix: 'x' }

describe('a key that holds something of another kind', () => {
  it.each<readonly [string, unknown, readonly string[]]>([
    ['Trivy: results', trivy({ Results: { 0: { Vulnerabilities: [] } } }), ['Results']],
    ['Trivy: vulnerabilities', trivy({ Results: [{ Vulnerabilities: {} }] }), ['Vulnerabilities']],
    ['Trivy: a result', trivy({ Results: [null, 'x'] }), ['Results', 'Results']],
    ['Trivy: the name', trivy({ ArtifactName: ['web'] }), ['ArtifactName']],
    [
      'Trivy: a score',
      trivy({ Results: [{ Vulnerabilities: [{ VulnerabilityID: 'CVE-2026-1', CVSS: { nvd: { V3Score: [9] } } }] }] }),
      ['V3Score'],
    ],
    ['Grype: matches', { ...grype({}), matches: { 0: {} } }, ['matches']],
    ['Grype: scores', grype({ vulnerability: { id: 'CVE-2026-1', cvss: { vector: 'x' } } }), ['cvss']],
    ['Grype: related', grype({ relatedVulnerabilities: {} }), ['relatedVulnerabilities']],
    ['OSV: packages', osv({ packages: {} }), ['packages']],
    ['OSV: a path', osv({ source: { path: 7 } }), ['path']],
    ['npm: via', { auditReportVersion: 2, vulnerabilities: { a: { via: {} } } }, ['via']],
    ['npm: packages', { auditReportVersion: 2, vulnerabilities: [] }, ['vulnerabilities']],
    ['npm: a package', { auditReportVersion: 2, vulnerabilities: { a: 'high' } }, ['vulnerabilities']],
    ['Snyk: ignored', { ok: true, projectName: 'web', vulnerabilities: [], filtered: { ignore: {} } }, ['ignore']],
    ['Snyk: the name', { ok: true, projectName: {}, path: '/shop', vulnerabilities: [] }, ['projectName']],
    ['SARIF: results', run({ results: {} }), ['results']],
    ['SARIF: a result', run({ results: [null] }), ['results']],
    ['SARIF: success', run({ invocations: [{ executionSuccessful: 'no' }] }), ['executionSuccessful']],
    ['CycloneDX: affects', bom({ affects: { ref: 'a' } }), ['affects']],
    ['CycloneDX: vulnerabilities', { ...bom({}), vulnerabilities: {} }, ['vulnerabilities']],
    ['OpenVEX: statements', { '@context': 'https://openvex.dev/ns/v0.2.0', statements: {} }, ['statements']],
    ['NVD: metrics', { format: 'NVD_CVE', vulnerabilities: [{ cve: { id: 'CVE-2026-1', metrics: [] } }] }, ['metrics']],
    ['KEV: entries', { catalogVersion: '1', vulnerabilities: {} }, ['vulnerabilities']],
    [
      'DefectDojo: a truth value',
      [{ id: 1, severity: 'High', date: '2026-05-01', false_p: false, risk_accepted: 'yes' }],
      ['risk_accepted'],
    ],
    ['Dependency-Track: findings', { meta: { application: 'Dependency-Track' }, findings: {} }, ['findings']],
    [
      'Dependency-Track: an analysis',
      [{ ...project, vulnerability: { vulnId: 'CVE-2026-1' }, analysis: { isSuppressed: 'true' } }],
      ['isSuppressed'],
    ],
    [
      'Dependabot: a fix',
      [
        {
          number: 1,
          html_url: 'https://github.com/o/r/security/dependabot/1',
          dependency: {},
          security_advisory: { ghsa_id: 'GHSA-aaaa-bbbb-cccc' },
          fixed_at: { at: TAKEN },
        },
      ],
      ['fixed_at'],
    ],
  ])('%s', (_, document, expected) => {
    expect(keys(document)).toEqual(expected)
    expect(told(document).rows.filter(row => row.type === 'scan' && row.outcome === 'success')).toEqual([])
  })

  it.each([
    trivy({ Results: null, ArtifactType: null }),
    grype({ relatedVulnerabilities: null }),
    osv({ packages: null }),
    run({ invocations: null }),
    bom({ affects: null, ratings: null }),
  ])('may be null: %#', document => {
    expect(keys(document)).toEqual([])
  })

  it('is an error at its line', async () => {
    const text = JSON.stringify(trivy({ Results: [{ Vulnerabilities: {} }] }), null, 1)
    const errors = await errorsOf({ 'a.json': text }, { types: TYPES })
    // {, SchemaVersion, CreatedAt, ArtifactName, Results, {, Vulnerabilities
    expect(errors.map(short)).toEqual(['7:4 Vulnerabilities is an object: expected a list'])
  })

  it('proves no fix where bad rows are skipped', async () => {
    const seen = { Vulnerabilities: [{ VulnerabilityID: 'CVE-2026-1', PkgName: 'a' }], Class: 'lang-pkgs' }
    const first = JSON.stringify(trivy({ Results: [seen] }))
    const later = (second: object): string =>
      JSON.stringify(trivy({ CreatedAt: '2026-05-03T00:00:00Z', Results: [{ Class: 'lang-pkgs', ...second }] }))
    const fixedOf = async (second: object): Promise<unknown> => {
      const evidence = await read(
        { 'a.json': first, 'b.json': later(second) },
        { types: TYPES, onBadRow: 'skip', asOf: at('2026-05-20T00:00:00Z') },
      )
      return day(allOf(evidence)[0]?.lives[0]?.fixed)
    }
    const proven = await fixedOf({ Vulnerabilities: [] })
    const unread = await fixedOf({ Vulnerabilities: { 0: seen } })
    expect(unread).not.toEqual(proven)
  })
})

describe('a report without the name of what it looked at', () => {
  it.each([
    trivy({ ArtifactName: null, ArtifactType: 'filesystem' }),
    { ...grype({}), source: {} },
    osv({ source: {} }),
    { ok: true, vulnerabilities: [] },
    run({ automationDetails: {} }),
    { ...bom({}), metadata: {} },
    [{ ...project, vulnerability: { vulnId: 'CVE-2026-1' } }],
  ])('says so: %#', document => {
    expect(told(document).warned).toContain('no-asset')
    expect(told(document).rows.filter(row => row.type === 'scan')).toEqual([])
  })
})

describe('a tool that names itself', () => {
  it.each([
    ['grype', { ...grype({}), matches: [null, ...grype({}).matches] }],
    ['grype', { ...grype({}), matches: [{ vulnerability: 7 }] }],
    ['osv-scanner', { results: [null, ...osv({}).results] }],
    ['nvd', { format: 'NVD_CVE', vulnerabilities: [null] }],
    ['kev', { catalogVersion: '1', vulnerabilities: [null] }],
    ['openvex', { '@context': 'https://openvex.dev/ns/v0.2.0', statements: [null] }],
    ['trivy', trivy({ SchemaVersion: '2' })],
    ['npm-audit', { auditReportVersion: 2, vulnerabilities: [null] }],
  ])('is believed though a record is broken: %s %#', (name, document) => {
    expect(toolOf(document).name).toBe(name)
    expect(told(document).flaws).not.toEqual([])
  })
})

describe('a score of 0', () => {
  const all = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'
  const scoresOf = (document: unknown) => told(document).rows.map(({ cvss, vector }) => cvss ?? vector)

  it('without a vector is none, its label stays', () => {
    const none = grype({ vulnerability: { id: 'CVE-2026-1', severity: 'High', cvss: [{ metrics: { baseScore: 0 } }] } })
    expect(told(none).rows[1]).toMatchObject({ severity: 'High' })
    expect(told(none).rows[1]).not.toHaveProperty('cvss')
    const rules = {
      driver: { name: 't', rules: [{ id: 'CVE-2026-1', properties: { tags: ['HIGH'], 'security-severity': '0.0' } }] },
    }
    const [, result] = told(run({ tool: rules, results: [{ ruleId: 'CVE-2026-1' }] })).rows
    expect(result).toMatchObject({ severity: 'HIGH' })
    expect(result).not.toHaveProperty('cvss')
  })

  it('beside a vector is what the vector gives', () => {
    const cvss = [{ vector: all, metrics: { baseScore: 0 } }]
    expect(scoresOf(grype({ vulnerability: { id: 'CVE-2026-1', cvss } }))).toEqual([undefined, all])
  })

  it('of NVD is left out without a vector', () => {
    const metric = (cvssData: object) => ({ source: 'nvd@nist.gov', cvssData })
    const metrics = { cvssMetricV31: [metric({ baseScore: 0 }), metric({ baseScore: 0, vectorString: all })] }
    const found = told({
      format: 'NVD_CVE',
      vulnerabilities: [{ cve: { id: 'CVE-2026-1', lastModified: TAKEN, metrics } }],
    })
    expect(found.leftOut).toEqual(['score'])
    expect(found.rows.filter(({ type }) => type === 'score').map(({ vector, source }) => [vector, source])).toEqual([
      [all, 'nvd'],
    ])
  })
})
