import { describe, expect, it } from 'vitest'
import { npmAudit } from '../../src/evidence/formats/npm-audit.ts'
import { osv } from '../../src/evidence/formats/osv.ts'
import { purlOf } from '../../src/evidence/formats/purls.ts'
import { snyk } from '../../src/evidence/formats/snyk.ts'
import { convert, json } from './formats-findings-support.ts'

const TIME = '2026-05-01T06:00:00Z'

describe('OSV-Scanner', () => {
  it('gives each source as an asset, vectors as scores and the names of a group as aliases', () => {
    const { rows, leftOut, flaws, warned } = convert(osv, json('osv/guzzle-flot.json'), TIME)
    const [lock, yarn] = ['/tmpcardmarket-api/composer.lock', '/tmp/components/yarn.lock']
    const scan = (asset: string) => ({
      type: 'scan',
      id: `osv-scanner ${asset} ${TIME}`,
      time: TIME,
      asset,
      scanner: 'osv-scanner',
      scope: 'lockfile',
      outcome: 'success',
    })
    const seen = { type: 'vulnerability', withdrawn_at: '' }
    const guzzle = {
      ...seen,
      asset: lock,
      component: 'pkg:composer/guzzlehttp/guzzle',
      version: '6.3.3',
      scan: `osv-scanner ${lock} ${TIME}`,
    }
    expect(rows).toEqual([
      scan(lock),
      {
        ...guzzle,
        id: 'GHSA-25mq-v84q-4j7r',
        aliases: 'CVE-2022-31090',
        vector: 'CVSS:3.1/AV:N/AC:L/PR:L/UI:N/S:C/C:H/I:N/A:N',
        score_source: 'ghsa',
        severity: 'HIGH',
        published_at: '2022-06-21T16:57:10Z',
      },
      {
        ...guzzle,
        id: 'GHSA-cwmx-hcrq-mhc3',
        aliases: 'BIT-drupal-2022-29248 CVE-2022-29248',
        published_at: '2022-05-25T18:09:55Z',
      },
      scan(yarn),
      {
        ...seen,
        asset: yarn,
        component: 'pkg:npm/flot-axis',
        version: '0.0.0',
        scan: `osv-scanner ${yarn} ${TIME}`,
        id: 'MAL-2023-1035',
        aliases: 'GHSA-8348-2q94-ffjx',
        published_at: '2023-08-01T05:29:33Z',
      },
    ])
    expect([leftOut, flaws, warned]).toEqual([[], [], []])
  })

  it('tells withdrawals, several vectors as scores, and words that stand in place of vectors', () => {
    const [v3, v4] = [
      'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H',
      'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N',
    ]
    const vulnerabilities = [
      {
        id: 'GHSA-aaaa-bbbb-cccc',
        published: '2026-01-01T00:00:00Z',
        withdrawn: '2026-02-01T00:00:00Z',
        severity: [
          { type: 'CVSS_V3', score: v3 },
          { type: 'CVSS_V4', score: v4 },
        ],
      },
      { id: 'UBUNTU-CVE-2026-1', severity: [{ type: 'Ubuntu', score: 'medium' }] },
    ]
    const packages = [{ package: { name: 'curl', version: '8', ecosystem: 'Ubuntu:24.04:LTS' }, vulnerabilities }]
    const report = { results: [{ source: { path: 'a', type: 'sbom' }, packages }] }
    const { rows } = convert(osv, report, TIME)
    const place = { id: 'GHSA-aaaa-bbbb-cccc', asset: 'a', component: 'curl' }
    expect(rows.slice(1)).toEqual([
      {
        type: 'vulnerability',
        ...place,
        version: '8',
        published_at: '2026-01-01T00:00:00Z',
        withdrawn_at: '2026-02-01T00:00:00Z',
        scan: `osv-scanner a ${TIME}`,
      },
      { type: 'score', ...place, time: TIME, source: 'ghsa', vector: v3 },
      { type: 'score', ...place, time: TIME, source: 'ghsa', vector: v4 },
      {
        type: 'vulnerability',
        id: 'UBUNTU-CVE-2026-1',
        asset: 'a',
        component: 'curl',
        version: '8',
        severity: 'medium',
        withdrawn_at: '',
        scan: `osv-scanner a ${TIME}`,
      },
    ])
    expect(convert(osv, report).warned).toEqual(['no-scan-time'])
  })
})

describe('Snyk', () => {
  it('gives each project of a list as a look of its own', () => {
    const projects = json('snyk/all-projects.json') as readonly unknown[]
    expect(projects.every(snyk.fits)).toBe(true)
    const rows = projects.flatMap(project => convert(snyk, project, TIME).rows)
    const look = { type: 'scan', time: TIME, scanner: 'snyk', outcome: 'success' }
    const [rule, enforcer] = ['com.test:custom-rule', 'com.test:maven-enforcer']
    expect(rows).toEqual([
      { ...look, id: `snyk ${rule} pom.xml ${TIME}`, asset: rule, scope: 'pom.xml' },
      {
        type: 'vulnerability',
        id: 'SNYK-JAVA-ORGAPACHESANTUARIO-460281',
        aliases: 'CVE-2019-12400',
        asset: rule,
        component: 'pkg:maven/org.apache.santuario/xmlsec',
        version: '2.1.1',
        cvss: '6.5',
        vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:L/I:N/A:L',
        score_source: 'snyk',
        severity: 'medium',
        published_at: '2019-08-25T13:53:19Z',
        suppressed: '',
        scan: `snyk ${rule} pom.xml ${TIME}`,
        fixed_version: '2.1.4',
      },
      { ...look, id: `snyk ${rule} custom-rule\\pom.xml ${TIME}`, asset: rule, scope: 'custom-rule\\pom.xml' },
      {
        ...look,
        id: `snyk ${enforcer} maven-enforcer\\pom.xml ${TIME}`,
        asset: enforcer,
        scope: 'maven-enforcer\\pom.xml',
      },
    ])
  })

  it('gives the scores of others beside its own, and the applications in an image', () => {
    const { rows } = convert(snyk, json('snyk/container.json'), TIME)
    const brief = rows.map(({ type, id, component, source, cvss }) =>
      type === 'score' ? `${source} ${cvss}` : `${type} ${id} ${component ?? ''}`.trim(),
    )
    expect(brief).toEqual([
      `scan snyk docker-image|sarim04/juiceshop ${TIME}`,
      'vulnerability SNYK-DEBIAN11-GCC10-5901313 gcc-10/libgcc-s1',
      'snyk 4.8',
      'suse 8.1',
      'nvd 4.8',
      'red hat 4.8',
      `scan snyk juice-shop /juice-shop/package.json ${TIME}`,
      'vulnerability SNYK-JS-EXPRESSJWT-575022 pkg:npm/express-jwt',
      'snyk 7.4',
      'nvd 9.1',
    ])
    expect(rows.find(({ id }) => id === 'SNYK-JS-EXPRESSJWT-575022')?.aliases).toBe(
      'CVE-2020-15084 GHSA-6g6m-m6h5-w9gf',
    )
  })

  it('counts a vulnerability once for each package, leaves licenses out, and shows ignored ones as suppressed', () => {
    const one = {
      id: 'SNYK-JS-A-1',
      packageName: '@s/a',
      packageManager: 'npm',
      version: '1',
      severity: 'high',
      semver: {},
    }
    const ignored = {
      ...one,
      id: 'SNYK-JS-A-2',
      filtered: { ignored: [{ reason: 'no input', expires: '2026-08-01T00:00:00Z' }] },
    }
    const project = {
      ok: false,
      projectName: 'shop',
      vulnerabilities: [
        one,
        { ...one, from: ['x'] },
        { ...one, version: '2' },
        { ...one, id: 'snyk:lic:npm:a:MIT', type: 'license' },
      ],
      filtered: { ignore: [ignored], patch: [{ ...one, id: 'SNYK-JS-A-3' }] },
    }
    const { rows, leftOut } = convert(snyk, project, TIME)
    expect(rows.slice(1).map(({ id, component, version, suppressed }) => [id, component, version, suppressed])).toEqual(
      [
        ['SNYK-JS-A-1', 'pkg:npm/%40s/a', '1', ''],
        ['SNYK-JS-A-1', 'pkg:npm/%40s/a', '2', ''],
        ['SNYK-JS-A-2', 'pkg:npm/%40s/a', '1', 'ignored: no input until 2026-08-01T00:00:00Z'],
        ['SNYK-JS-A-3', 'pkg:npm/%40s/a', '1', 'patched by snyk'],
      ],
    )
    expect(leftOut).toEqual(['vulnerability', 'vulnerability'])
  })

  it('of which the test failed is a failed scan', () => {
    const failed = { ok: false, error: 'Could not detect supported target files in /srv/shop.', path: '/srv/shop' }
    expect(snyk.fits(failed)).toBe(true)
    expect(convert(snyk, failed, TIME).rows).toEqual([
      {
        type: 'scan',
        id: `snyk /srv/shop ${TIME}`,
        time: TIME,
        asset: '/srv/shop',
        scanner: 'snyk',
        outcome: 'failed',
      },
    ])
  })

  it('takes the scores of newer versions from cvssSources', () => {
    const [v3, v4] = [
      'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H',
      'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:N/VI:N/VA:H/SC:N/SI:N/SA:N',
    ]
    const cvssSources = [
      { assigner: 'Snyk', type: 'primary', vector: v4, baseScore: 8.7, cvssVersion: '4.0', severity: 'high' },
      { assigner: 'Snyk', type: 'secondary', vector: v3, baseScore: 7.5, cvssVersion: '3.1', severity: 'high' },
    ]
    const one = { id: 'SNYK-JS-A-1', packageName: 'a', semver: {}, cvssScore: 8.7, CVSSv3: v3, cvssSources }
    const { rows } = convert(snyk, { ok: false, projectName: 'shop', vulnerabilities: [one] }, TIME)
    expect(rows.slice(2).map(({ source, cvss, vector }) => [source, cvss, vector])).toEqual([
      ['snyk', '8.7', v4],
      ['snyk', '7.5', v3],
    ])
  })
})

describe('Snyk without a name', () => {
  it('warns that it belongs to no asset', () => {
    const { rows, warned } = convert(snyk, { ok: true, vulnerabilities: [] }, TIME)
    expect([rows, warned]).toEqual([[], ['no-asset']])
  })
})

describe('npm audit', () => {
  const look = {
    type: 'scan',
    id: `npm-audit npm project ${TIME}`,
    time: TIME,
    asset: 'npm project',
    scanner: 'npm-audit',
    // The name is that of every project.
    outcome: '?',
  }
  const seen = { type: 'vulnerability', asset: 'npm project', scan: look.id }

  it('gives an advisory for each object in via; a name there is only the way to it', () => {
    const { rows, leftOut, warned } = convert(npmAudit, json('npm-audit/debug.json'), TIME)
    const debug = { ...seen, component: 'pkg:npm/debug', score_source: 'ghsa', vulnerable_versions: '<2.6.9' }
    expect(rows).toEqual([
      look,
      {
        ...debug,
        id: 'GHSA-gxpj-cx7g-858c',
        cvss: '5.3',
        vector: 'CVSS:3.0/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:L',
        severity: 'moderate',
      },
      {
        ...debug,
        id: 'GHSA-9vvw-cc9w-f27h',
        cvss: '7.5',
        vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H',
        severity: 'high',
      },
    ])
    expect([leftOut, warned]).toEqual([[], ['no-project']])
  })

  it('takes no score from 0, and an advisory that is told with two packages once', () => {
    const advisory = {
      source: 7,
      name: 'tar',
      url: 'https://github.com/advisories/GHSA-2222-3333-4444',
      severity: 'high',
      cvss: { score: 0, vectorString: null },
      range: '<7',
    }
    const other = { ...advisory, name: 'zip', url: '', source: 8 }
    const vulnerabilities = { tar: { via: [advisory] }, 'node-gyp': { via: [advisory, other] } }
    const { rows } = convert(npmAudit, { auditReportVersion: 2, vulnerabilities }, TIME)
    expect(rows.slice(1)).toEqual([
      { ...seen, id: 'GHSA-2222-3333-4444', component: 'pkg:npm/tar', severity: 'high', vulnerable_versions: '<7' },
      { ...seen, id: 'NPM-8', component: 'pkg:npm/zip', severity: 'high', vulnerable_versions: '<7' },
    ])
  })

  it('of npm 6 gives its advisories', () => {
    const { rows } = convert(npmAudit, json('npm-audit/npm6.json'), TIME)
    expect(rows).toEqual([
      look,
      {
        ...seen,
        id: 'NPM-146',
        aliases: 'CVE-2017-16042',
        component: 'pkg:npm/growl',
        version: '1.9.2',
        severity: 'critical',
        published_at: '2016-09-06T12:49:40.000Z',
        withdrawn_at: '',
        vulnerable_versions: '<1.10.2',
      },
    ])
  })

  it('without a time belongs to no scan; of another version it is a flaw', () => {
    const { rows, warned } = convert(npmAudit, json('npm-audit/got.json'))
    expect(rows.map(({ type, id, scan }) => [type, id, scan])).toEqual([
      ['vulnerability', 'GHSA-pfrx-2q88-qq97', undefined],
    ])
    expect(warned).toEqual(['no-scan-time'])
    const { flaws } = convert(npmAudit, { auditReportVersion: 3, vulnerabilities: {} })
    expect(flaws.map(({ problem }) => problem)).toEqual(['auditReportVersion 3: expected 2'])
  })
})

describe('package URLs', () => {
  it.each([
    ['npm', '@babel/core', 'pkg:npm/%40babel/core'],
    ['Maven', 'org.apache:xmlsec', 'pkg:maven/org.apache/xmlsec'],
    ['PyPI', 'Typing_Extensions', 'pkg:pypi/typing-extensions'],
    ['Go', 'golang.org/x/net', 'pkg:golang/golang.org/x/net'],
    ['Packagist', 'guzzlehttp/guzzle', 'pkg:composer/guzzlehttp/guzzle'],
    ['Debian:12', 'curl', undefined],
    ['npm', '', undefined],
  ])('of %s %s is %s', (ecosystem, name, expected) => {
    expect(purlOf(ecosystem, name)).toBe(expected)
  })
})
