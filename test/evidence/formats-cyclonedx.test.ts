import { describe, expect, it } from 'vitest'
import { cyclonedx } from '../../src/evidence/formats/cyclonedx.ts'
import { convert, json } from './formats-findings-support.ts'

const LOG4J = 'pkg:maven/org.apache.logging.log4j/log4j-core@2.14.1'
const JACKSON = 'pkg:maven/com.fasterxml.jackson.core/jackson-databind'

describe('CycloneDX', () => {
  it('is a look at metadata.component where it has components', () => {
    const { rows, leftOut, flaws, warned } = convert(cyclonedx, json('cyclonedx/bom.json'))
    const scan = 'trivy com.example/shop 2026-05-04T06:00:00+00:00'
    const asset = 'com.example/shop'
    const time = '2026-05-04T06:00:00+00:00'
    const log4shell = {
      type: 'vulnerability',
      id: 'CVE-2021-44228',
      aliases: 'GHSA-jfh8-c2jp-5v3q',
      asset,
      severity: 'critical',
      published_at: '2021-12-10T10:15:09+00:00',
      scan,
    }
    const three = {
      cvss: '10',
      vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H',
      source: 'ghsa',
      severity: 'critical',
    }
    const two = { cvss: '9.3', vector: 'AV:N/AC:M/Au:N/C:C/I:C/A:C', source: 'nvd', severity: 'high' }
    const scored = { type: 'score', id: 'CVE-2021-44228', asset, time }
    const stated = { type: 'vex', id: 'CVE-2021-44228', asset, time: '2026-05-02T00:00:00Z', status: 'affected' }
    expect(rows).toEqual([
      { type: 'scan', id: scan, time, asset, scanner: 'trivy', scope: 'application', outcome: 'success' },
      { ...log4shell, component: LOG4J, version: '2.14.1' },
      { ...scored, component: LOG4J, ...three },
      { ...scored, component: LOG4J, ...two },
      { ...stated, component: LOG4J, version: '2.14.1', justification: 'exploitable' },
      { ...log4shell, component: 'shaded', version: '1.0' },
      { ...scored, component: 'shaded', ...three },
      { ...scored, component: 'shaded', ...two },
      { ...stated, component: 'shaded', version: '1.0', justification: 'exploitable' },
      {
        type: 'vulnerability',
        id: 'CVE-2022-24999',
        asset,
        component: 'pkg:npm/qs@6.7.0',
        version: '6.7.0',
        cvss: '7.5',
        cvss_version: '3.1',
        score_source: 'nvd',
        severity: 'high',
        withdrawn_at: '2026-04-01T00:00:00Z',
        scan,
      },
      {
        type: 'vex',
        id: 'CVE-2022-24999',
        asset,
        component: 'pkg:npm/qs@6.7.0',
        version: '6.7.0',
        time,
        status: 'not_affected',
        justification: 'false_positive',
      },
      { type: 'vulnerability', id: 'CVE-2026-0001', asset, version: '3.1.0', severity: 'low', scan },
      {
        type: 'vulnerability',
        id: 'CVE-2026-0001',
        asset,
        component: 'pkg:npm/left-pad',
        version: '1.1.0',
        severity: 'low',
        scan,
      },
    ])
    // The SSVC rating, and the version listed as unaffected.
    expect([leftOut, flaws, warned]).toEqual([['score', 'vulnerability'], [], []])
  })

  it.each(['resolved', 'resolved_with_pedigree'])('takes an analysis %s for a statement, not for a sighting', state => {
    const time = '2026-05-04T06:00:00Z'
    const { rows, leftOut } = convert(cyclonedx, {
      bomFormat: 'CycloneDX',
      metadata: { timestamp: time, component: { name: 'shop', type: 'application' } },
      components: [{ 'bom-ref': 'a', name: 'a', version: '1' }],
      vulnerabilities: [
        { id: 'CVE-2026-0001', ratings: [{ severity: 'high' }], affects: [{ ref: 'a' }], analysis: { state } },
        { id: 'CVE-2026-0002', affects: [{ ref: 'a' }], analysis: { state: 'exploitable' } },
      ],
    })
    expect(rows.map(({ type, id }) => `${type} ${id}`)).toEqual([
      `scan CycloneDX shop ${time}`,
      'vex CVE-2026-0001',
      'vulnerability CVE-2026-0002',
      'vex CVE-2026-0002',
    ])
    expect(rows[1]).toMatchObject({ asset: 'shop', component: 'a', version: '1', time, status: 'fixed' })
    expect(leftOut).toEqual(['vulnerability'])
  })

  it('says that a BOM without time or subject belongs to no scan', () => {
    const told = convert(cyclonedx, json('cyclonedx/valid-vulnerability-1.4.json'))
    expect(told.warned).toEqual(['no-scan-time', 'no-asset', 'no-statement-time'])
    expect(told.leftOut).toEqual(['vex'])
    expect(told.rows).toEqual([
      {
        type: 'vulnerability',
        id: 'SNYK-JAVA-COMFASTERXMLJACKSONCORE-32111',
        aliases: 'CVE-2018-7489',
        component: `${JACKSON}@2.9.9`,
        version: '2.9.9',
        cvss: '9.8',
        vector: 'CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
        score_source: 'nvd',
        severity: 'critical',
        published_at: '2021-01-01T00:00:00.000Z',
      },
    ])
    const dated = convert(cyclonedx, json('cyclonedx/valid-vulnerability-1.4.json'), '2026-05-01T00:00:00Z')
    expect(dated.warned).toEqual(['no-asset'])
    expect(dated.rows[1]).toMatchObject({ type: 'vex', time: '2026-05-01T00:00:00Z', status: 'not_affected' })
  })

  it('holds statements on products where it has no components', () => {
    const dated = convert(cyclonedx, json('cyclonedx/vex.json'), '2026-05-01T00:00:00Z')
    expect(dated).toEqual({
      rows: [
        {
          type: 'vex',
          id: 'CVE-2018-7489',
          product: `${JACKSON}@2.8.0`,
          version: '2.8.0',
          time: '2026-05-01T00:00:00Z',
          status: 'not_affected',
          justification: 'code_not_reachable',
        },
        {
          type: 'vex',
          id: 'CVE-2022-27943',
          product: 'pkg:deb/ubuntu/libstdc%2B%2B6@12.3.0-1ubuntu1~22.04?arch=amd64&distro=ubuntu-22.04',
          version: '12.3.0-1ubuntu1~22.04',
          time: '2026-05-01T00:00:00Z',
          status: 'not_affected',
        },
      ],
      leftOut: [],
      flaws: [],
      warned: [],
    })
    expect(convert(cyclonedx, json('cyclonedx/vex.json'))).toMatchObject({
      rows: [],
      leftOut: ['vex', 'vex'],
      warned: ['no-statement-time'],
    })
  })

  const vex = (vulnerability: object) => ({
    bomFormat: 'CycloneDX',
    metadata: { timestamp: '2026-05-01T00:00:00Z', component: { 'bom-ref': 'p', name: 'shop', version: '1' } },
    vulnerabilities: [{ id: 'CVE-2026-1', ...vulnerability }],
  })

  it.each([
    ['resolved', 'fixed', 'resolved'],
    ['resolved_with_pedigree', 'fixed', 'resolved_with_pedigree'],
    ['exploitable', 'affected', 'exploitable'],
    ['in_triage', 'under_investigation', 'in_triage'],
    ['false_positive', 'not_affected', 'false_positive'],
    ['not_affected', 'not_affected', undefined],
  ])('takes the state %s as %s', (state, status, justification) => {
    const row = { type: 'vex', id: 'CVE-2026-1', asset: 'shop', time: '2026-05-01T00:00:00Z', status }
    const { rows } = convert(cyclonedx, vex({ affects: [{ ref: 'p' }], analysis: { state } }))
    expect(rows).toEqual([justification === undefined ? row : { ...row, justification }])
  })

  it('tells facts and scores of vulnerabilities without findings', () => {
    const rating = { source: { name: 'NVD' }, score: 5.5, method: 'CVSSv4', vector: 'AV:N' }
    const told = vex({ published: '2026-01-01T00:00:00Z', rejected: '2026-02-01T00:00:00Z', ratings: [rating] })
    expect(convert(cyclonedx, told).rows).toEqual([
      {
        type: 'advisory',
        id: 'CVE-2026-1',
        published_at: '2026-01-01T00:00:00Z',
        withdrawn_at: '2026-02-01T00:00:00Z',
      },
      {
        type: 'score',
        id: 'CVE-2026-1',
        time: '2026-05-01T00:00:00Z',
        cvss: '5.5',
        vector: 'CVSS:4.0/AV:N',
        source: 'nvd',
      },
    ])
  })

  it('tells what is wrong with an analysis', () => {
    const problems = [
      { affects: [{ ref: 'p' }], analysis: { state: 'gone' } },
      { analysis: { state: 'resolved' } },
    ].map(told => convert(cyclonedx, vex(told)).flaws.map(flaw => flaw.problem))
    expect(problems).toEqual([
      ['CVE-2026-1: "gone" is no state of an analysis'],
      ['CVE-2026-1: the analysis says not of what it speaks'],
    ])
  })
})
