import { describe, expect, it } from 'vitest'
import { dependencyTrack } from '../../src/evidence/formats/dependency-track.ts'
import { convert, json } from './formats-findings-support.ts'

const LOG4J31 = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H'

describe('Dependency-Track', () => {
  const PROJECT = '0285b2d4-ae73-4f1b-80f6-f8480570dd6c'

  it('takes a file of findings as a look at the project', () => {
    const time = '2023-03-10T11:53:36Z'
    const scan = `Dependency-Track ${PROJECT} ${time}`
    const { rows, leftOut, flaws, warned } = convert(dependencyTrack, json('dependency-track/with_state.json'))
    const high = { cvss: '7.5', cvss_version: '3', score_source: 'nvd', severity: 'HIGH', scan }
    const qs = { asset: PROJECT, component: 'pkg:npm/qs@6.7.0', version: '6.7.0' }
    const path = { asset: PROJECT, component: 'pkg:npm/path-parse@1.0.6', version: '1.0.6' }
    const denied = { type: 'vex', time, status: 'not_affected', justification: 'false_positive' }
    expect(rows).toEqual([
      { type: 'scan', id: scan, time, asset: PROJECT, scanner: 'Dependency-Track', outcome: 'success' },
      { type: 'vulnerability', id: 'CVE-2022-24999', ...qs, ...high, detected_at: '2023-03-10 11:50:21.403' },
      { type: 'epss', id: 'CVE-2022-24999', time, score: '0.00215' },
      { ...denied, id: 'CVE-2022-24999', ...qs },
      {
        type: 'vulnerability',
        id: 'CVE-2022-38900',
        asset: PROJECT,
        component: 'pkg:npm/decode-uri-component@0.2.0',
        version: '0.2.0',
        ...high,
        detected_at: '2023-03-10 11:50:21.839',
      },
      { type: 'epss', id: 'CVE-2022-38900', time, score: '0.00046' },
      {
        type: 'vulnerability',
        id: 'CVE-2021-23343',
        aliases: 'sonatype-2021-0176',
        ...path,
        severity: 'HIGH',
        scan,
        detected_at: '2023-03-10 11:50:23.007',
      },
      {
        type: 'score',
        id: 'CVE-2021-23343',
        asset: PROJECT,
        component: path.component,
        time,
        source: 'nvd',
        cvss: '7.5',
        cvss_version: '3',
        severity: 'HIGH',
      },
      {
        type: 'score',
        id: 'CVE-2021-23343',
        asset: PROJECT,
        component: path.component,
        time,
        source: 'nvd',
        cvss: '5',
        cvss_version: '2.0',
      },
      { type: 'epss', id: 'CVE-2021-23343', time, score: '0.00121' },
      { ...denied, id: 'CVE-2021-23343', ...path },
    ])
    // The state RESOLVED.
    expect([leftOut, flaws, warned]).toEqual([['vex'], [], []])
  })

  it('names the asset by the project', () => {
    const time = '2026-04-23T10:24:15Z'
    expect(convert(dependencyTrack, json('dependency-track/one_finding_ghsa.json')).rows).toEqual([
      {
        type: 'scan',
        id: `Dependency-Track Example ${time}`,
        time,
        asset: 'Example',
        scanner: 'Dependency-Track',
        outcome: 'success',
      },
      {
        type: 'vulnerability',
        id: 'GHSA-w5hq-g745-h8pq',
        asset: 'Example',
        component: 'pkg:npm/uuid@8.3.2',
        version: '8.3.2',
        severity: 'MEDIUM',
        detected_at: '2026-04-23 10:24:15.586',
        scan: `Dependency-Track Example ${time}`,
      },
    ])
  })

  it('reads the list of the API, whose stamps are epochs', () => {
    const { rows, leftOut, warned } = convert(dependencyTrack, json('dependency-track/api.json'))
    const place = { id: 'CVE-2021-44228', asset: 'p1', component: 'org.apache.logging.log4j/log4j-core' }
    // 1639131309 s and 1777888800 s, as `date -u` writes them.
    const [published, detected] = ['2021-12-10T10:15:09Z', '2026-05-04T10:00:00Z']
    const scored = { type: 'score', ...place, time: detected, source: 'nvd' }
    expect(rows).toEqual([
      {
        type: 'vulnerability',
        ...place,
        aliases: 'GHSA-jfh8-c2jp-5v3q',
        version: '2.14.1',
        severity: 'CRITICAL',
        detected_at: detected,
        published_at: published,
        suppressed: 'not affected',
      },
      { ...scored, cvss: '10', vector: LOG4J31, severity: 'CRITICAL' },
      { ...scored, cvss: '9.3', vector: '(AV:N/AC:M/Au:N/C:C/I:C/A:C)' },
    ])
    expect([leftOut, warned]).toEqual([['epss', 'vex'], ['no-scan-time']])
  })
})
