import { describe, expect, it } from 'vitest'
import { defectdojo, defectdojoCsv } from '../../src/evidence/formats/defectdojo.ts'
import { dependabot } from '../../src/evidence/formats/dependabot.ts'
import { convert, convertTable, fixture, headersOf, json } from './formats-findings-support.ts'

const LOG4J31 = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H'

describe('Dependabot', () => {
  it('tells alerts from creation to fix', () => {
    const { rows, leftOut, flaws, warned } = convert(dependabot, json('dependabot/alerts.json'))
    const asset = 'octocat/octo-repo:pom.xml'
    const component = 'pkg:maven/org.apache.logging.log4j/log4j-core'
    const scored = {
      type: 'score',
      id: 'CVE-2021-44228',
      asset,
      component,
      // As of the detection, as a single score would count.
      time: '2021-12-10T02:00:00Z',
      source: 'ghsa',
    }
    expect(rows).toEqual([
      {
        type: 'vulnerability',
        id: 'CVE-2018-6188',
        aliases: 'GHSA-rf4j-j272-fj86',
        asset: 'octocat/hello-world:path/to/requirements.txt',
        component: 'pkg:pypi/django',
        cvss: '7.5',
        vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N',
        score_source: 'ghsa',
        severity: 'high',
        detected_at: '2022-06-15T07:43:03Z',
        published_at: '2018-10-03T21:13:54Z',
        fixed_at: '',
        withdrawn_at: '',
        suppressed: 'dismissed: tolerable risk',
        suppressed_at: '2022-08-23T14:29:47Z',
        number: '2',
        dependency_scope: 'runtime',
      },
      {
        type: 'vulnerability',
        id: 'CVE-2021-44228',
        aliases: 'GHSA-jfh8-c2jp-5v3q',
        asset,
        component,
        severity: 'critical',
        detected_at: '2021-12-10T02:00:00Z',
        published_at: '2021-12-10T00:40:56Z',
        fixed_at: '2021-12-11T09:00:00Z',
        withdrawn_at: '',
        number: '1',
        dependency_scope: 'runtime',
      },
      {
        ...scored,
        cvss: '10',
        vector: 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:H/SI:H/SA:H',
        severity: 'critical',
      },
      { ...scored, cvss: '10', vector: LOG4J31, severity: 'critical' },
      // No fixed_at in the alert, but its state says that it is not fixed.
      {
        type: 'vulnerability',
        id: 'GHSA-67hx-6x53-jw92',
        asset: 'octocat/octo-repo:package-lock.json',
        component: 'pkg:npm/%40babel/traverse',
        severity: 'medium',
        detected_at: '2023-10-17T00:00:00Z',
        published_at: '2023-10-16T13:55:36Z',
        fixed_at: '',
        withdrawn_at: '2024-02-01T00:00:00Z',
        suppressed: 'dismissed by a rule',
        suppressed_at: '2023-10-17T00:00:05Z',
        number: '3',
        dependency_scope: 'development',
      },
    ])
    // EPSS of two alerts: the export does not say of when.
    expect([leftOut, flaws, warned]).toEqual([['epss', 'epss'], [], []])
    const dated = convert(dependabot, [json('dependabot/alerts.json')], '2026-05-01T00:00:00Z')
    expect(dated.rows.filter(({ type }) => type === 'epss')).toEqual([
      { type: 'epss', id: 'CVE-2018-6188', time: '2026-05-01T00:00:00Z', score: '0.00045' },
      { type: 'epss', id: 'CVE-2021-44228', time: '2026-05-01T00:00:00Z', score: '0.00045' },
    ])
    expect(dated.rows.filter(({ type }) => type === 'vulnerability')).toHaveLength(3)
  })

  it('says what is wrong with an alert', () => {
    const alert = { number: 9, security_advisory: { ghsa_id: 'GHSA-aaaa-bbbb-cccc' }, dependency: {} }
    const told = [alert, { ...alert, number: 10, security_advisory: {} }]
    expect(convert(dependabot, told).flaws.map(({ problem }) => problem)).toEqual([
      'alert 9 (GHSA-aaaa-bbbb-cccc) does not say its repository',
      'alert 10 has neither ghsa_id nor cve_id',
    ])
  })
})

describe('DefectDojo', () => {
  it('tells findings from date to mitigation, duplicates once', () => {
    const { rows, leftOut, flaws, warned } = convert(defectdojo, json('defectdojo/findings.json'))
    const bleve = { id: 'CVE-2022-31022', asset: 'Shop', component: 'bleve' }
    const open = { type: 'vulnerability', detected_at: '2026-04-02', fixed_at: '' }
    expect(rows).toEqual([
      {
        type: 'vulnerability',
        id: 'CVE-2021-44228',
        aliases: 'GHSA-jfh8-c2jp-5v3q',
        asset: 'Shop',
        component: 'log4j-core',
        version: '2.14.1',
        cvss: '10',
        vector: LOG4J31,
        severity: 'Critical',
        detected_at: '2026-04-02',
        published_at: '2021-12-10',
        fixed_at: '2026-04-05T09:30:00Z',
        suppressed: '',
        number: '11',
      },
      { ...open, ...bleve, version: '2.3.0', severity: 'Medium', suppressed: 'risk accepted', number: '12' },
      {
        type: 'score',
        ...bleve,
        time: '2026-04-02',
        cvss: '6.8',
        vector: 'CVSS:4.0/AV:L/AC:L/AT:N/PR:L/UI:N/VC:N/VI:H/VA:N/SC:N/SI:N/SA:N',
        severity: 'Medium',
      },
      {
        type: 'score',
        ...bleve,
        time: '2026-04-02',
        cvss: '5.5',
        vector: 'CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:N/I:H/A:N',
        severity: 'Medium',
      },
      {
        type: 'acceptance',
        ...bleve,
        from: '2026-04-03T10:00:00Z',
        until: '2026-07-01T00:00:00Z',
        approver: 'A. Owner',
      },
      { ...open, id: 'G104', component: 'cmd/main.go', severity: 'Low', suppressed: 'false positive', number: '14' },
      { ...open, id: 'CVE-2025-49659', severity: 'High', suppressed: 'out of scope', number: '15' },
      { ...open, id: 'CVE-2025-48823', severity: 'High', suppressed: 'out of scope', number: '15' },
    ])
    expect(leftOut).toEqual(['epss', 'known-exploited', 'vulnerability'])
    expect([flaws, warned]).toEqual([[], []])
  })

  it('reads the CSV of the list', () => {
    const text = fixture('defectdojo/findings.csv')
    expect(defectdojoCsv.fits(headersOf(text))).toBe(true)
    const { rows, leftOut, flaws } = convertTable(defectdojoCsv, text)
    expect(rows).toEqual([
      {
        type: 'vulnerability',
        id: 'CVE-2021-44228',
        aliases: 'GHSA-jfh8-c2jp-5v3q',
        asset: 'Shop',
        component: 'log4j-core',
        version: '2.14.1',
        cvss: '10.0',
        vector: LOG4J31,
        severity: 'Critical',
        detected_at: '2026-04-02',
        published_at: '2021-12-10',
        fixed_at: '2026-04-05 09:30:00.123456+00:00',
        suppressed: '',
        number: '11',
      },
      {
        type: 'vulnerability',
        id: 'DefectDojo-12',
        asset: 'https://shop.example/',
        component: 'https://shop.example/',
        severity: 'Medium',
        detected_at: '2026-04-10',
        fixed_at: '',
        suppressed: '',
        number: '12',
      },
    ])
    expect([leftOut, flaws]).toEqual([['vulnerability'], []])
  })

  it('knows a fix only where the finding is mitigated', () => {
    const fixed = (more: object) =>
      convert(defectdojo, { results: [{ id: 1, date: '2026-04-02', ...more }] }).rows.map(row => [
        row.fixed_at,
        row.suppressed,
      ])[0]
    expect(fixed({ active: false, is_mitigated: true })).toEqual(['?', ''])
    expect(fixed({ active: false, is_mitigated: false, mitigated: '2026-04-03T00:00:00Z' })).toEqual(['', 'inactive'])
    expect(fixed({ active: false, mitigated: '2026-04-03T00:00:00Z' })).toEqual(['2026-04-03T00:00:00Z', ''])
    expect(convert(defectdojo, { results: [{}] }).flaws).toHaveLength(1)
    expect(convert(defectdojo, { count: 3, results: [] }).warned).toEqual(['answer-cut'])
  })
})

describe('what a tracker leaves out', () => {
  const alert = (more: Readonly<Record<string, unknown>>) => [
    {
      number: 1,
      created_at: '2026-05-01T00:00:00Z',
      html_url: 'https://github.com/o/r/security/dependabot/1',
      dependency: { package: { ecosystem: 'npm', name: 'a' } },
      security_advisory: { ghsa_id: 'GHSA-aaaa-bbbb-cccc', cvss: { score: 7.5 } },
      ...more,
    },
  ]

  it.each([
    [{ state: 'open' }, ''],
    [{ state: 'dismissed' }, ''],
    [{ state: 'auto_dismissed' }, ''],
    [{ state: 'fixed' }, undefined],
    [{}, undefined],
    [{ state: 'open', fixed_at: null }, ''],
    [{ state: 'fixed', fixed_at: '2026-05-03T00:00:00Z' }, '2026-05-03T00:00:00Z'],
  ])('an alert %j is fixed %j', (more, fixed) => {
    expect(convert(dependabot, alert(more)).rows[0]?.fixed_at).toBe(fixed)
  })

  it('a score of 0 without a vector is none; one without a vector says its version', () => {
    const finding = { id: 1, severity: 'High', false_p: false, risk_accepted: false, date: '2026-05-01', active: true }
    const of = (more: Readonly<Record<string, unknown>>) => {
      const [row] = convert(defectdojo, [{ ...finding, ...more }]).rows
      return [row?.cvss, row?.cvss_version, row?.severity]
    }
    expect(of({ cvssv3_score: 0 })).toEqual([undefined, undefined, 'High'])
    expect(of({ cvssv3_score: 7.5 })).toEqual(['7.5', '3', 'High'])
    expect(of({ cvssv3_score: 7.5, cvssv3: LOG4J31 })).toEqual(['7.5', undefined, 'High'])
    expect(of({ cvssv4_score: 8.1 })).toEqual(['8.1', '4.0', 'High'])
  })
})
