import { describe, expect, it } from 'vitest'
import { greenbone } from '../../src/evidence/formats/greenbone.ts'
import { sarif } from '../../src/evidence/formats/sarif.ts'
import { convert, convertTable, fixture, headersOf, json } from './formats-findings-support.ts'

describe('SARIF', () => {
  it('takes vulnerabilities of a run as seen by a scan', () => {
    const { rows, leftOut, flaws, warned } = convert(sarif, json('sarif/runs.sarif'))
    const scan = 'Grype shop/image 2026-05-04T06:01:00Z'
    const seen = { type: 'vulnerability', asset: 'shop/image', scan }
    expect(rows).toEqual([
      {
        type: 'scan',
        id: scan,
        time: '2026-05-04T06:01:00Z',
        asset: 'shop/image',
        scanner: 'Grype',
        scope: 'shop/image',
        outcome: 'failed',
      },
      {
        ...seen,
        id: 'CVE-2021-36159',
        component: 'pkg:apk/alpine/apk-tools@2.10.6-r0?arch=x86_64',
        version: '2.10.6-r0',
        cvss: '9.1',
        score_source: 'grype',
        detected_at: '2026-05-01T06:00:00Z',
      },
      {
        ...seen,
        id: 'GHSA-jfh8-c2jp-5v3q',
        aliases: 'CVE-2021-44228',
        component: 'log4j-core',
        version: '2.14.1',
        cvss: '10.0',
        score_source: 'grype',
        severity: 'critical',
        suppressed: 'not reachable',
      },
      // Under review: not suppressed.
      { ...seen, id: 'py/sql-injection', component: 'src/db.py', cvss: '8.8', score_source: 'grype' },
      { ...seen, id: 'CVE-2020-0003', component: 'left-pad', version: '1.0.0', suppressed: 'suppressed inSource' },
    ])
    // A rule of style, one that is gone, one that passed; a run without results.
    expect(leftOut).toEqual(['vulnerability', 'vulnerability', 'vulnerability', 'scan'])
    expect([flaws, warned]).toEqual([[], []])
  })

  it('takes the package from the message, and the time from the user', () => {
    const image = 'testdata/fixtures/images/alpine-310.tar.gz'
    const found = {
      type: 'vulnerability',
      id: 'CVE-2019-1549',
      asset: image,
      component: 'libcrypto1.1',
      version: '1.1.1c-r0',
      severity: 'MEDIUM',
    }
    expect(convert(sarif, json('sarif/trivy.sarif'))).toMatchObject({ rows: [found], warned: ['no-scan-time'] })
    const time = '2026-05-01T00:00:00Z'
    const scan = `Trivy ${image} ${time}`
    const dated = convert(sarif, json('sarif/trivy.sarif'), time)
    expect(dated.rows).toEqual([
      { type: 'scan', id: scan, time, asset: image, scanner: 'Trivy', outcome: 'success' },
      { ...found, scan },
    ])
    expect(dated.warned).toEqual([])
  })

  const TIME = '2026-05-01T00:00:00Z'
  const log = (...runs: readonly object[]) => ({
    version: '2.1.0',
    runs: runs.map(run => ({
      tool: { driver: { name: 'x' } },
      results: [],
      invocations: [{ executionSuccessful: true, endTimeUtc: TIME }],
      ...run,
    })),
  })

  it.each([
    [{ properties: { imageName: 'alpine:3.10' }, automationDetails: { id: 'a/b' } }, 'alpine:3.10'],
    [{ automationDetails: { id: '.github/ci.yml:scan/language:go/' } }, '.github/ci.yml:scan/language:go'],
    [
      { versionControlProvenance: [{ repositoryUri: 'https://git/x' }], automationDetails: { id: 'n1' } },
      'https://git/x',
    ],
    [{ originalUriBaseIds: { ROOTPATH: { uri: 'file:///' }, SRC: { uri: 'file:///ci/shop/' } } }, 'file:///ci/shop/'],
    [{ originalUriBaseIds: { ROOTPATH: { uri: 'file:///' } }, automationDetails: { id: 'n1' } }, 'n1'],
  ])('names the asset of %j', (run, asset) => {
    expect(convert(sarif, log(run)).rows).toMatchObject([{ type: 'scan', asset, outcome: 'success' }])
  })

  it('proves nothing of an asset that is not named', () => {
    const { rows, warned } = convert(sarif, log({ results: [{ ruleId: 'CVE-2026-0001', message: { text: 'm' } }] }))
    expect([rows, warned]).toEqual([[{ type: 'vulnerability', id: 'CVE-2026-0001' }], ['no-asset']])
  })

  it.each(['file:///src/', 'file:///github/workspace/', './', '../'])('knows that %s names no project', uri => {
    const { rows, warned } = convert(sarif, log({ originalUriBaseIds: { SRC: { uri } } }))
    expect([rows[0]?.outcome, warned]).toEqual(['?', ['no-project']])
  })

  it.each([
    ['package-lock.json', '?'],
    ['shop/package-lock.json', 'success'],
  ])('of the one file %s has the outcome %s', (uri, outcome) => {
    const locations = [{ physicalLocation: { artifactLocation: { uri } } }]
    const message = { text: "Package 'lodash@4.17.15' is vulnerable to 'CVE-2026-0001'." }
    const { rows } = convert(sarif, log({ results: [{ ruleId: 'CVE-2026-0001', message, locations }] }))
    expect(rows[0]).toMatchObject({ type: 'scan', asset: uri, outcome })
  })

  it('takes a security-severity of 0 for none', () => {
    const properties = { 'security-severity': '0.0' }
    const { rows } = convert(sarif, log({ results: [{ ruleId: 'CVE-2026-0001', properties, message: { text: 'm' } }] }))
    expect(rows).toEqual([{ type: 'vulnerability', id: 'CVE-2026-0001' }])
  })

  it('takes a look as failed if one of its runs did, whichever comes first', () => {
    const details = { automationDetails: { id: 'shop/1' } }
    const failed = { ...details, invocations: [{ executionSuccessful: false, endTimeUtc: TIME }] }
    for (const runs of [
      [details, failed],
      [failed, details],
    ]) {
      const { rows } = convert(sarif, log(...runs))
      expect(rows.map(({ type, outcome }) => [type, outcome])).toEqual([['scan', 'failed']])
    }
  })

  it('takes runs of one moment as one look', () => {
    const run = (id: string) => ({
      automationDetails: { id: 'shop/1' },
      results: [{ ruleId: id, message: { text: 'm' } }],
    })
    const { rows } = convert(sarif, log(run('CVE-2026-0001'), run('CVE-2026-0002')))
    expect(rows.map(({ type, id }) => [type, id])).toEqual([
      ['scan', `x shop ${TIME}`],
      ['vulnerability', 'CVE-2026-0001'],
      ['vulnerability', 'CVE-2026-0002'],
    ])
  })
})

describe('Greenbone', () => {
  const text = fixture('greenbone/results.csv')

  it('gives a row for each CVE of a result', () => {
    const real = fixture('greenbone/report_detail_v2.csv')
    expect(greenbone.fits(headersOf(real))).toBe(true)
    const found = {
      type: 'vulnerability',
      asset: '10.99.99.99 (server99)',
      component: '42/tcp',
      cvss: '9.8',
      score_source: 'greenbone',
      severity: 'High',
      detected_at: '2025-08-22T16:27:22+02:00',
      solution_type: 'VendorFix',
      nvt: '1.3.6.1.4.1.25623.1.0.836484',
    }
    const { rows, leftOut, warned } = convertTable(greenbone, real)
    expect(warned).toEqual(['no-scan-time'])
    expect(rows).toEqual([
      { ...found, id: 'CVE-2025-49659' },
      { ...found, id: 'CVE-2025-48823' },
    ])
    // The EPSS of a result with two CVEs is that of one of them, no one knows which.
    expect(leftOut).toEqual(['epss'])
  })

  it('names a result without CVE by its test, and tells false positives as suppressed', () => {
    const { rows, leftOut } = convertTable(greenbone, text)
    const common = { type: 'vulnerability', score_source: 'greenbone' }
    expect(rows).toEqual([
      {
        ...common,
        id: 'CVE-2016-2183',
        asset: '10.0.0.5',
        component: '443/tcp',
        cvss: '7.5',
        severity: 'High',
        detected_at: '2026-05-03T02:10:00Z',
        solution_type: 'WillNotFix',
        nvt: '1.3.6.1.4.1.25623.1.0.900234',
      },
      { type: 'epss', id: 'CVE-2016-2183', time: '2026-05-03T02:10:00Z', score: '0.4' },
      {
        ...common,
        id: '1.3.6.1.4.1.25623.1.0.112081',
        asset: '10.0.0.5',
        component: 'general/tcp',
        cvss: '5.0',
        severity: 'Medium',
        detected_at: '2026-05-03T02:11:00Z',
        solution_type: 'Mitigation',
        nvt: '1.3.6.1.4.1.25623.1.0.112081',
      },
      {
        type: 'vulnerability',
        id: 'CVE-2024-10979',
        asset: '10.0.0.6 (db)',
        component: '5432/tcp',
        suppressed: 'false positive',
        detected_at: '2026-05-03T02:13:00Z',
        solution_type: 'VendorFix',
        nvt: '1.3.6.1.4.1.25623.1.0.100151',
      },
    ])
    expect(leftOut).toEqual(['vulnerability'])
  })

  it('is a scan of each host with the time of the user', () => {
    const { rows, warned } = convertTable(greenbone, text, '2026-05-03T04:00:00Z')
    expect(warned).toEqual([])
    const scans = rows.filter(({ type }) => type === 'scan')
    expect(scans).toEqual(
      ['10.0.0.5', '10.0.0.6 (db)'].map(asset => ({
        type: 'scan',
        id: `Greenbone ${asset} 2026-05-03T04:00:00Z`,
        time: '2026-05-03T04:00:00Z',
        asset,
        scanner: 'Greenbone',
        outcome: 'success',
      })),
    )
    const seen = rows.filter(({ type }) => type === 'vulnerability').map(({ scan }) => scan)
    expect(seen).toEqual([scans[0]?.id, scans[0]?.id, scans[1]?.id])
  })

  it('says what is wrong with a result', () => {
    const file = 'IP,NVT OID,CVEs,Severity\n,1,,Low\n10.0.0.1,,,Low\n'
    expect(convertTable(greenbone, file).flaws.map(({ problem }) => problem)).toEqual([
      'a result names no IP',
      '10.0.0.1: a result has neither CVEs nor NVT OID',
    ])
  })
})
