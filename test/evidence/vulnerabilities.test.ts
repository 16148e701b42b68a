import { describe, expect, it } from 'vitest'
import { cvssNumber, probability } from '../../src/evidence/vulnerabilities/cells.ts'
import { componentOf } from '../../src/evidence/vulnerabilities/component.ts'
import { namesOf } from '../../src/evidence/vulnerabilities/ids.ts'
import { at, errorsOf, read, short } from './support.ts'
import { allOf, counts, day, onlyOf, scores, spans, TYPES, table } from './vulnerabilities-support.ts'

const OPTIONS = { types: TYPES, asOf: at('2026-05-30T00:00:00Z') } as const
const LOG = 'id,asset,detected_at,fixed_at,reopened_at'
const log = (rows: readonly string[], header = LOG) => read({ 'log.csv': table(header, ...rows) }, OPTIONS)

describe('ids', () => {
  it.each([
    ['cve-2026-1234', '', 'CVE-2026-1234'],
    ['GHSA-AB12-cd34-EF56', '', 'GHSA-ab12-cd34-ef56'],
    ['GHSA-ab12-cd34-ef56', 'CVE-2026-7', 'CVE-2026-7'],
    ['RUSTSEC-2026-1', 'ghsa-ab12-cd34-ef56 other', 'GHSA-ab12-cd34-ef56'],
    ['SNYK-1', 'one, two', 'SNYK-1'],
    ['SNYK-1', 'CVE-2026-10, CVE-2026-9', 'CVE-2026-9'],
    ['SNYK-1', 'CVE-2026-9;CVE-2025-10', 'CVE-2025-10'],
    ['CVE-2026-10', 'CVE-2026-9', 'CVE-2026-10'],
    ['  x  ', '', 'x'],
  ])('%s with %s is %s', (id, aliases, canonical) => {
    expect(namesOf(id, aliases).canonical).toBe(canonical)
  })

  it('keep all names once', () => {
    expect(namesOf('ghsa-x', 'cve-2026-1 CVE-2026-1,other').all).toEqual(['GHSA-x', 'CVE-2026-1', 'other'])
  })

  it('bring rows of several tools together', async () => {
    const evidence = await log(
      ['GHSA-x,CVE-2026-1,web,01,03', 'cve-2026-1,,web,05,', 'CVE-2026-1,GHSA-y,db,05,'],
      'id,aliases,asset,detected_at,fixed_at',
    )
    expect(allOf(evidence).map(one => [one.id, one.asset, one.aliases, ...spans(one)])).toEqual([
      ['CVE-2026-1', 'web', ['GHSA-x'], '01 → 03', '05 → -'],
      ['CVE-2026-1', 'db', ['GHSA-y'], '05 → -'],
    ])
  })
})

describe('components', () => {
  it.each([
    ['pkg:deb/debian/openssl@1.1.1n-0%2Bdeb11u4?arch=amd64#x', 'pkg:deb/debian/openssl', '1.1.1n-0+deb11u4'],
    ['pkg:NPM/%40angular/core@16.0.0', 'pkg:npm/%40angular/core', '16.0.0'],
    ['pkg:npm/@angular/core@16.0.0', 'pkg:npm/%40angular/core', '16.0.0'],
    ['pkg:npm/@angular/core', 'pkg:npm/%40angular/core', undefined],
    ['pkg:PyPI/Typing_Extensions@4', 'pkg:pypi/typing-extensions', '4'],
    ['pkg:GitHub/Acme//Tool@v1#src', 'pkg:github/acme/tool', 'v1'],
    ['pkg:composer/Guzzle%48ttp/PSR7', 'pkg:composer/guzzlehttp/psr7', undefined],
    ['pkg:golang/github.com/Masterminds/semver@v3', 'pkg:golang/github.com/masterminds/semver', 'v3'],
    ['pkg:nuget/Newtonsoft.Json@13', 'pkg:nuget/Newtonsoft.Json', '13'],
    ['pkg:rpm/RedHat/ImageMagick', 'pkg:rpm/redhat/ImageMagick', undefined],
    ['pkg:npm/JSONStream', 'pkg:npm/JSONStream', undefined],
    ['pkg:generic/a%20b+c:d%zz', 'pkg:generic/a%2520b%2Bc:d%25zz', undefined],
    ['pkg:npm/', 'pkg:npm/', undefined],
    ['pkg:golang/github.com/a/b@v1?x=1@2', 'pkg:golang/github.com/a/b', 'v1'],
    ['pkg:maven/org.x/y?type=jar', 'pkg:maven/org.x/y', undefined],
    ['openssl@1.1', 'openssl@1.1', undefined],
    [' Open SSL ', 'Open SSL', undefined],
  ])('%s', (text, name, version) => {
    expect(componentOf(text)).toEqual(version === undefined ? { name } : { name, version })
  })

  it('are one whatever their version', async () => {
    const evidence = await log(
      ['CVE-2026-1,pkg:npm/a@1,01,03', 'CVE-2026-1,pkg:npm/a@2,05,', 'CVE-2026-1,a,05,'],
      'id,component,detected_at,fixed_at',
    )
    expect(allOf(evidence).map(one => [one.component, ...spans(one)])).toEqual([
      ['pkg:npm/a', '01 → 03', '05 → -'],
      ['a', '05 → -'],
    ])
  })
})

describe('numbers', () => {
  it.each([
    ['0', '0'],
    ['10.0', '10.0'],
    ['7.46', '7.46'],
    ['10.1', undefined],
    ['-1', undefined],
    ['7,5', undefined],
    ['high', undefined],
    ['1e1', undefined],
  ])('of CVSS: %s', (text, value) => expect(cvssNumber(text)).toBe(value))

  it.each([
    ['0', '0'],
    ['1', '1'],
    ['1.000', '1'],
    ['0.97530', '0.9753'],
    ['97.53%', '0.9753'],
    ['5 %', '0.05'],
    ['100%', '1'],
    ['4e-05', '0.00004'],
    ['4.35E-4', '0.000435'],
    ['1.01', undefined],
    ['101%', undefined],
    ['0.5e1', undefined],
    ['.5', undefined],
    ['9.8', undefined],
  ])('of probability: %s', (text, value) => expect(probability(text)).toBe(value))
})

describe('rows of a log', () => {
  it('are lives', async () => {
    const evidence = await log(['CVE-2026-1,web,01,03,', 'CVE-2026-2,web,01,,'])
    expect(allOf(evidence).map(one => [one.id, ...spans(one)])).toEqual([
      ['CVE-2026-1', '01 → 03'],
      ['CVE-2026-2', '01 → -'],
    ])
    expect(allOf(evidence)[0]?.lives[0]).toMatchObject({
      fixedBy: 'row',
      origin: { input: 0, line: 2 },
      rows: [{ input: 0, line: 2 }],
    })
    expect(evidence.supplied.has('vulnerability')).toBe(true)
  })

  it('are in order where they follow each other', async () => {
    expect(spans(onlyOf(await log(['CVE-2026-1,web,05,,', 'CVE-2026-1,web,01,03,', 'CVE-2026-1,web,03,05,'])))).toEqual(
      ['01 → 03', '03 → 05', '05 → -'],
    )
  })

  it('contradict each other where they overlap', async () => {
    const evidence = await log(['CVE-2026-1,web,01,05,', 'CVE-2026-1,web,04,06,', 'CVE-2026-1,web,08,,'])
    expect(spans(onlyOf(evidence))).toEqual(['01 → ? contradictory', '08 → -'])
    expect(evidence.warnings.map(({ code, message, span }) => [code, message, span?.line])).toEqual([
      ['contradictory', 'CVE-2026-1 on web: its rows overlap and differ: see also line 2', 3],
    ])
    const [life] = onlyOf(evidence).lives
    expect(life?.flaw?.origins).toEqual([
      { input: 0, line: 2 },
      { input: 0, line: 3 },
    ])
  })

  it('that equal another in every cell are that one', async () => {
    const row = 'CVE-2026-1,web,01,,'
    const evidence = await read({ 'a.csv': table(LOG, row, row), 'b.csv': table(LOG, row) }, OPTIONS)
    expect(spans(onlyOf(evidence))).toEqual(['01 → -'])
    expect(counts(evidence)).toEqual(['vulnerability 1/0/1/0', 'vulnerability 0/0/1/0'])
  })

  it.each([
    ['01,03,05', ['01 → 03', '05 → -']],
    ['01,05,05', ['01 → 05', '05 → -']],
    ['01,,05', ['01 → 01+1~05', '05 → -']],
    ['01,07,05', ['01 → 01+1~05', '05 → 07']],
    ['01,?,05', ['01 → 01+1~05', '05 → ?']],
    ['?,07,05', ['? → ?', '05 → 07']],
    ['01,03,31', ['01 → 03']],
  ])('with a reopening are two lives: %s', async (stamps, expected) => {
    const found = onlyOf(await log([`CVE-2026-1,web,${stamps}`]))
    expect(spans(found)).toEqual(expected)
    const before = expected[0]?.includes('~') === true ? 'reopening' : 'row'
    expect(found.lives[0]?.fixedBy).toBe(stamps.startsWith('?') ? 'reopening' : before)
  })

  it('give each of the two lives its mitigation', async () => {
    const header = 'id,asset,detected_at,fixed_at,reopened_at,mitigated_at'
    const mitigations = async (row: string) =>
      onlyOf(await log([`CVE-2026-1,web,${row}`], header)).lives.map(({ mitigated }) => day(mitigated))
    expect(await mitigations('01,,05,03')).toEqual(['03', '-'])
    expect(await mitigations('01,,05,07')).toEqual(['?', '07'])
    expect(await mitigations('01,,,03')).toEqual(['03'])
    expect(await mitigations('01,,05,')).toEqual(['-', '-'])
  })

  it('tell blank from not known', async () => {
    const evidence = await log(['CVE-2026-1,web,01', 'CVE-2026-2,web,?'], 'id,asset,detected_at')
    const [first, second] = allOf(evidence)
    expect(first?.lives[0]).toMatchObject({ fixed: undefined, fixUnknown: 'there is no column fixed_at' })
    expect([first, second].map(one => day(one?.lives[0]?.detected))).toEqual(['01', '?'])
    const said = onlyOf(await log(['CVE-2026-1,web,01,?,']))
    expect(said.lives[0]).toMatchObject({ fixed: undefined, fixUnknown: 'fixed_at is not known (?)' })
    expect([said.published, said.lives[0]?.evaluated]).toEqual([undefined, undefined])
  })

  it('know nothing later than as-of', async () => {
    const header = 'id,asset,detected_at,fixed_at,vendor_patch_at,suppressed,suppressed_at'
    const files = { 'log.csv': table(header, 'CVE-2026-1,web,01,07,05,noise,06', 'CVE-2026-2,web,05,,,,') }
    const evidence = await read(files, { ...OPTIONS, asOf: at('2026-05-04T00:00:00Z') })
    const found = onlyOf(evidence)
    expect([...spans(found), day(found.vendorPatch)]).toEqual(['01 → -', '-'])
    expect(found.lives[0]?.suppressed).toBeUndefined()
    expect(counts(evidence)).toEqual(['vulnerability 1/1/0/0'])
  })

  it('may be suppressed since a time that they do not say', async () => {
    const [life] = onlyOf(await log(['CVE-2026-1,web,01,,noise'], 'id,asset,detected_at,fixed_at,suppressed')).lives
    expect([day(life?.suppressed?.at), life?.suppressed?.why]).toEqual(['01~30', 'noise'])
  })

  it('keep the cells that clauses filter by', async () => {
    const files = { 'log.csv': table('id,detected_at,fixed_at,Team', 'CVE-2026-1,01,03,a', 'CVE-2026-1,05,, b ') }
    const filters = [[{ column: 'team', values: ['a'], not: false }]]
    const { lives } = onlyOf(await read(files, { ...OPTIONS, filters }))
    expect(lives.map(({ attributes }) => ({ ...attributes }))).toEqual([{ team: 'a' }, { team: 'b' }])
  })

  it('are of the service they name', async () => {
    const files = {
      'log.csv': table(
        'id,asset,detected_at,service',
        'CVE-2026-1,web,01,a',
        'CVE-2026-1,web,02,b',
        'CVE-2026-1,web,03,',
      ),
    }
    const evidence = await read(files, { ...OPTIONS, services: ['a', 'b'] })
    expect(allOf(evidence).map(({ service }) => service)).toEqual(['a', 'b', ''])
  })

  it('are read under the names that exports use', async () => {
    const header = 'CVE,Host,Package,CVSS Score,First Seen,Resolved'
    const found = onlyOf(await log(['cve-2026-1,web,ssl,7.5,01,03'], header))
    expect([found.id, found.asset, found.component, ...spans(found)]).toEqual(['CVE-2026-1', 'web', 'ssl', '01 → 03'])
  })
})

describe('dates of a vulnerability', () => {
  it('are the earliest that any row tells', async () => {
    const header = 'id,asset,detected_at,fixed_at,vendor_patch_at,published_at'
    const files = {
      'log.csv': table(header, 'CVE-2026-1,web,02,03,09,', 'CVE-2026-1,web,05,,08,', 'CVE-2026-1,db,05,,,'),
      'advisory.csv': table(
        'id,aliases,vendor_patch_at,internal_patch_at,withdrawn_at',
        'GHSA-x,CVE-2026-1,07,?,',
        'CVE-2026-9,,01,01,01',
      ),
    }
    const found = allOf(await read(files, OPTIONS))
    expect(
      found.map(one => [one.asset, ...[one.published, one.vendorPatch, one.internalPatch, one.withdrawn].map(day)]),
    ).toEqual([
      ['web', '-', '07', '?', '?'],
      ['db', '-', '07', '?', '?'],
    ])
  })

  it('are not known by as-of where they lie later', async () => {
    const files = {
      'log.csv': table('id,asset,detected_at', 'CVE-2026-1,web,01'),
      'advisory.csv': table('id,vendor_patch_at,withdrawn_at', 'CVE-2026-1,07,08'),
    }
    const evidence = await read(files, { ...OPTIONS, asOf: at('2026-05-07T12:00:00Z') })
    expect([onlyOf(evidence).vendorPatch, onlyOf(evidence).withdrawn].map(day)).toEqual(['07', '-'])
  })

  it('come from advisories that a file tells apart from findings', async () => {
    const advisories = await read({ 'advisory.csv': table('id,published_at', 'CVE-2026-1,01') }, OPTIONS)
    expect(counts(advisories)).toEqual(['advisory 1/0/0/0'])
    expect(advisories.vulnerabilities.count).toBe(0)
    for (const column of ['asset', 'detected_at,cvss', 'fixed_at', 'cvss', 'component', 'scan', 'mitigated_at']) {
      const cells = column
        .split(',')
        .map(() => '')
        .join(',')
      const file = { 'x.csv': `id,published_at,withdrawn_at,${column}\nCVE-2026-1,2026-05-01T00:00:00Z,,${cells}\n` }
      expect(counts(await read(file, OPTIONS))).toEqual(['vulnerability 1/0/0/0'])
    }
  })
})

describe('scores', () => {
  const V31 = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'

  it('come from rows and from score records, by time', async () => {
    const files = {
      'log.csv': table('id,asset,detected_at,cvss,score_source,severity', 'CVE-2026-1,web,03,7.5,nvd,High'),
      'scores.csv': table(
        'id,time,cvss,source,asset',
        'CVE-2026-1,05,9.8,nvd,',
        'CVE-2026-1,01,5.0,redhat,web',
        'CVE-2026-1,06,9.8,nvd,',
        'CVE-2026-1,07,7.5,nvd,',
        'CVE-2026-1,01,1.0,redhat,db',
        'CVE-2026-2,01,1.0,redhat,',
      ),
    }
    const [life] = onlyOf(await read(files, OPTIONS)).lives
    expect(life === undefined ? [] : scores(life)).toEqual([
      '? 7.5 nvd High',
      '01 5.0 redhat',
      '05 9.8 nvd',
      '07 7.5 nvd',
    ])
  })

  it('are computed from vectors alone, and stated ones count', async () => {
    const evidence = await log(
      [`CVE-2026-1,01,,${V31}`, `CVE-2026-2,02,9.80,${V31}`, `CVE-2026-3,03,9.1,${V31}`, `CVE-2026-4,04,9.1,${V31}`],
      'id,detected_at,cvss,vector',
    )
    expect(allOf(evidence).map(({ lives: [life] }) => (life === undefined ? [] : scores(life)))).toEqual([
      ['? 9.8 3.1 true'],
      ['? 9.80 3.1'],
      ['? 9.1 3.1'],
      ['? 9.1 3.1'],
    ])
    expect(evidence.warnings.map(({ code, message, span }) => [code, message, span?.line])).toEqual([
      [
        'score-differs',
        'the vector comes to 9.8, the row says 9.1: 9.1 counts, the first of 2 rows whose score and vector differ',
        4,
      ],
    ])
  })

  it('are bad where a vector or number is none', async () => {
    const errors = await errorsOf(
      { 'log.csv': `id,detected_at,cvss,vector\nCVE-2026-1,,11,\nCVE-2026-2,,,CVSS:3.1/AV:N\n` },
      OPTIONS,
    )
    expect(errors.map(one => [one.code, one.span?.line])).toEqual([
      ['bad-row', 2],
      ['bad-row', 3],
    ])
    expect(short(errors[0] ?? { code: '', severity: 'error', message: '' })).toBe(
      '2:13 cvss "11": expected a number from 0 to 10 such as 7.5',
    )
  })

  it('later than as-of are not known', async () => {
    const files = {
      'log.csv': table('id,asset,detected_at', 'CVE-2026-1,web,01'),
      'scores.csv': table('id,time,cvss', 'CVE-2026-1,05,9.8', 'CVE-2026-1,06,9.9'),
    }
    const evidence = await read(files, { ...OPTIONS, asOf: at('2026-05-05T00:00:00Z') })
    const [life] = onlyOf(evidence).lives
    expect(life === undefined ? [] : scores(life)).toEqual(['05 9.8'])
    expect(counts(evidence)[1]).toBe('score 1/1/0/0')
  })
})

describe('a file with ids and dates alone', () => {
  const rows = 'id,aliases,published_at,vendor_patch_at\nCVE-2026-1,,2026-05-01T00:00:00Z,\n'
  const typesOf = async (name: string, text: string) =>
    (await read({ [name]: text }, OPTIONS)).inputs.flatMap(({ counts }) => counts.map(({ type }) => type))

  it('is one of advisories', async () => {
    expect(await typesOf('dates.csv', rows)).toEqual(['advisory'])
  })

  it('is one of what its name says, in whatever number', async () => {
    expect(await typesOf('vulnerability.csv', rows)).toEqual(['vulnerability'])
    expect(await typesOf('vulnerabilities-2026.csv', rows)).toEqual(['vulnerability'])
    expect(await typesOf('advisories.csv', rows)).toEqual(['advisory'])
  })

  it('is one of vulnerabilities once it tells more', async () => {
    for (const column of ['asset', 'detected_at', 'fixed_at', 'severity', 'suppressed']) {
      expect(await typesOf('dates.csv', `id,published_at,${column}\n`)).toEqual(['vulnerability'])
    }
  })
})
