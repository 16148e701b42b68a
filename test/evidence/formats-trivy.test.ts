import { describe, expect, it } from 'vitest'
import { trivy } from '../../src/evidence/formats/trivy.ts'
import { convert, json } from './formats-findings-support.ts'

describe('Trivy', () => {
  it('gives one look and a sighting for each finding, with the scores of each source and version', () => {
    const { rows, leftOut, flaws, warned } = convert(trivy, json('trivy/alpine-39.json'))
    const asset = 'testdata/fixtures/images/alpine-39.tar.gz'
    const time = '2021-08-25T12:20:30.000000005Z'
    const scan = `trivy ${asset} ${time}`
    expect([leftOut, flaws, warned]).toEqual([[], [], []])
    expect(rows.map(({ type }) => type)).toEqual([
      'scan',
      ...Array(4).fill(['vulnerability', 'score', 'score', 'score']).flat(),
      ...Array(2).fill(['vulnerability', 'score', 'score']).flat(),
    ])
    expect(rows[0]).toEqual({
      type: 'scan',
      id: scan,
      time,
      asset,
      scanner: 'trivy',
      scope: 'container_image',
      outcome: 'success',
    })
    const component = 'pkg:apk/alpine/libcrypto1.1@1.1.1b-r1?arch=x86_64&distro=3.9.4'
    expect(rows[1]).toEqual({
      type: 'vulnerability',
      id: 'CVE-2019-1549',
      asset,
      component,
      version: '1.1.1b-r1',
      severity: 'MEDIUM',
      score_source: 'nvd',
      published_at: '2019-09-10T17:15:00Z',
      suppressed: '',
      scan,
      fixed_version: '1.1.1d-r0',
      fix_state: 'fixed',
    })
    const score = { type: 'score', id: 'CVE-2019-1549', asset, component, time }
    expect(rows.slice(2, 5)).toEqual([
      { ...score, source: 'nvd', cvss: '5.3', vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:N' },
      { ...score, source: 'nvd', cvss: '5', vector: 'AV:N/AC:L/Au:N/C:P/I:N/A:N' },
      { ...score, source: 'redhat', cvss: '4.8', vector: 'CVSS:3.0/AV:N/AC:H/PR:N/UI:N/S:U/C:L/I:L/A:N' },
    ])
    expect(rows.slice(-3).map(({ type, id, severity, cvss }) => [type, id, severity ?? cvss])).toEqual([
      ['vulnerability', 'CVE-2019-14697', 'CRITICAL'],
      ['score', 'CVE-2019-14697', '9.8'],
      ['score', 'CVE-2019-14697', '7.5'],
    ])
  })

  it('shows what VEX and filters took out as suppressed', () => {
    const { rows } = convert(trivy, json('trivy/npm-suppressed.json'))
    expect(rows[0]).toMatchObject({
      time: '2024-09-09T13:21:09.230231+06:00',
      asset: 'package-lock.json',
      scope: 'filesystem',
    })
    const found = rows.filter(({ type }) => type === 'vulnerability')
    expect(found.map(({ id, suppressed }) => [id, suppressed])).toEqual([
      ['CVE-2017-20165', ''],
      ['CVE-2017-16137', 'not_affected, vulnerable_code_not_in_execute_path, ./vex.json'],
    ])
    // VendorSeverity: 1 low, 2 medium, 3 high.
    const scores = rows.filter(({ type }) => type === 'score')
    expect(scores.map(({ id, source, cvss, severity }) => [id, source, cvss, severity])).toEqual([
      ['CVE-2017-20165', 'ghsa', '7.5', 'HIGH'],
      ['CVE-2017-20165', 'nvd', '7.5', 'HIGH'],
      ['CVE-2017-16137', 'ghsa', '3.7', 'LOW'],
      ['CVE-2017-16137', 'nvd', '5.3', 'MEDIUM'],
      ['CVE-2017-16137', 'nvd', '5', 'MEDIUM'],
      ['CVE-2017-16137', 'redhat', '5.3', 'MEDIUM'],
    ])
  })

  it('takes ids of vendors as aliases and CVSS 4.0', () => {
    const { rows } = convert(trivy, json('trivy/tomcat-v4.json'))
    expect(rows[1]).toMatchObject({ id: 'CVE-2025-66614', aliases: 'GHSA-fpj8-gq4v-p354', severity: 'MEDIUM' })
    expect(rows[2]).toMatchObject({
      source: 'ghsa',
      cvss: '6.3',
      vector: 'CVSS:4.0/AV:N/AC:L/AT:P/PR:N/UI:N/VC:L/VI:L/VA:N/SC:N/SI:N/SA:N',
    })
  })

  const report = (finding: object, more: object = {}) => ({
    SchemaVersion: 2,
    ArtifactName: 'shop:1',
    ArtifactType: 'container_image',
    Results: [{ Target: 'x', Class: 'os-pkgs', Vulnerabilities: [finding] }],
    ...more,
  })

  it('keeps a score of one source in the row, and says nothing for a score that is none', () => {
    const nvd = { V3Vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H', V3Score: 7.5 }
    const one = { VulnerabilityID: 'CVE-2026-1', PkgName: 'a', Severity: 'HIGH', CVSS: { nvd } }
    const { rows } = convert(trivy, report(one), '2026-05-01T00:00:00Z')
    expect(rows.slice(1)).toEqual([
      {
        type: 'vulnerability',
        id: 'CVE-2026-1',
        asset: 'shop:1',
        component: 'a',
        score_source: 'nvd',
        cvss: '7.5',
        vector: nvd.V3Vector,
        severity: 'HIGH',
        suppressed: '',
        scan: 'trivy shop:1 2026-05-01T00:00:00Z',
      },
    ])
    const none = { VulnerabilityID: 'CVE-2026-1', PkgName: 'a', Severity: 'UNKNOWN', CVSS: { nvd: { V3Score: 0 } } }
    const [, unrated] = convert(trivy, report(none), '2026-05-01T00:00:00Z').rows
    expect(unrated).not.toHaveProperty('cvss')
    expect(unrated).not.toHaveProperty('severity')
  })

  it('of an older Trivy tells no time: sightings belong to no scan, scores beside the first are left out', () => {
    const cvss = { nvd: { V3Score: 7.5, V2Score: 5 }, ghsa: { V40Score: 8.1 } }
    const { rows, leftOut, warned } = convert(
      trivy,
      report({ VulnerabilityID: 'CVE-2026-1', PkgName: 'a', CVSS: cvss }, { CreatedAt: '0001-01-01T00:00:00Z' }),
    )
    expect(rows).toEqual([
      {
        type: 'vulnerability',
        id: 'CVE-2026-1',
        asset: 'shop:1',
        component: 'a',
        cvss: '7.5',
        cvss_version: '3',
        score_source: 'nvd',
        suppressed: '',
      },
    ])
    expect([leftOut, warned]).toEqual([['score', 'score'], ['no-scan-time']])
  })

  it.each([
    ['npm', '@scope/left-pad', 'pkg:npm/%40scope/left-pad'],
    ['python-pkg', 'Zope_Interface', 'pkg:pypi/zope-interface'],
    ['jar', 'org.apache.logging.log4j:log4j-core', 'pkg:maven/org.apache.logging.log4j/log4j-core'],
    ['gobinary', 'golang.org/x/net', 'pkg:golang/golang.org/x/net'],
    ['debian', 'libssl3', 'libssl3'],
  ])(
    'of an older Trivy names a package of %s by a package URL where its name says all of it',
    (Type, PkgName, found) => {
      const Vulnerabilities = [{ VulnerabilityID: 'CVE-2026-0001', PkgName, InstalledVersion: '1.0.0' }]
      const report = { SchemaVersion: 2, ArtifactName: 'shop', Results: [{ Target: 'x', Type, Vulnerabilities }] }
      expect(convert(trivy, report).rows).toMatchObject([{ id: 'CVE-2026-0001', component: found }])
    },
  )

  it('of another schema, or without an id, is a flaw', () => {
    expect(convert(trivy, { SchemaVersion: 1, ArtifactName: 'a' }).flaws.map(({ problem }) => problem)).toEqual([
      'a report of SchemaVersion 1: expected 2',
    ])
    const { flaws } = convert(trivy, report({ PkgName: 'a' }), '2026-05-01T00:00:00Z')
    expect(flaws).toEqual([{ problem: 'a finding has no VulnerabilityID' }])
  })
})
