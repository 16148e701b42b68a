import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { at, errorsOf, read } from './support.ts'
import { allOf, counts, day, onlyOf, scores, spans, TYPES, table } from './vulnerabilities-support.ts'

const OPTIONS = { types: TYPES, asOf: at('2026-05-30T00:00:00Z') } as const
const SCANS = table('id,time,asset,outcome', 'a,01,web,ok', 'b,03,web,ok', 'c,05,web,ok')

describe('a name that stands for a CVE', () => {
  it('is that CVE wherever it is found', async () => {
    const seen = table('id,aliases,scan', 'GHSA-x,,a', 'CVE-2026-1,GHSA-x,b')
    const found = onlyOf(await read({ 'scans.csv': SCANS, 'seen.csv': seen }, OPTIONS))
    expect([found.id, ...found.aliases, ...spans(found)]).toEqual(['CVE-2026-1', 'GHSA-x', '01 → 03+1~05'])
    const log = table('id,aliases,asset,detected_at,fixed_at', 'GHSA-x,,web,01,02', 'GHSA-x,CVE-2026-1,db,04,')
    expect(allOf(await read({ 'log.csv': log }, OPTIONS)).map(one => [one.id, one.asset, ...spans(one)])).toEqual([
      ['CVE-2026-1', 'web', '01 → 02'],
      ['CVE-2026-1', 'db', '04 → -'],
    ])
  })

  it('is told by an advisory too', async () => {
    const files = {
      'advisory.csv': table('id,aliases,published_at', 'CVE-2026-1,GHSA-x SNYK-7,01'),
      'log.csv': table('id,asset,detected_at,fixed_at', 'SNYK-7,web,02,', 'GHSA-y,web,03,'),
    }
    const found = allOf(await read(files, OPTIONS))
    expect(found.map(({ id, aliases, published }) => [id, aliases, day(published)])).toEqual([
      ['CVE-2026-1', ['SNYK-7'], '01'],
      ['GHSA-y', [], '?'],
    ])
  })

  it.each([
    ['openssl', 'pkg:deb/debian/openssl@3', 'CVE-2026-1 in pkg:deb/debian/openssl'],
    ['pkg:deb/debian/openssl@3', 'openssl', 'CVE-2026-1 in openssl'],
    ['openssl', '', 'CVE-2026-1 without a component'],
    ['', 'openssl', 'CVE-2026-1 in openssl'],
  ])('is not gone where the next scan may spell its component %s otherwise: %s', async (first, then, other) => {
    const rows = [`CVE-2026-1,web,${first},a`, ...['b', 'c'].map(scan => `CVE-2026-1,web,${then},${scan}`)]
    const found = allOf(
      await read({ 'scans.csv': SCANS, 'seen.csv': table('id,asset,component,scan', ...rows) }, OPTIONS),
    )
    const life = found.find(({ component }) => component === first.replace(/@3$/, ''))?.lives[0]
    expect(life?.fixed).toBeUndefined()
    expect(life?.fixUnknown).toBe(`scan "b" shows ${other}, which may be the same under another name`)
  })

  it('is gone where the next scan shows another component', async () => {
    const rows = ['CVE-2026-1,web,pkg:apk/alpine/musl,a', 'CVE-2026-1,web,pkg:apk/alpine/musl-utils,b']
    const found = allOf(
      await read({ 'scans.csv': SCANS, 'seen.csv': table('id,asset,component,scan', ...rows) }, OPTIONS),
    )
    expect(found.find(({ component }) => component === 'pkg:apk/alpine/musl')?.lives[0]?.goneIn?.id).toBe('b')
  })

  it('is nothing but itself where it stands for several', async () => {
    const seen = (...rows: readonly string[]) => table('id,aliases,asset,scan', ...rows)
    const files = {
      'scans.csv': SCANS,
      'seen.csv': seen('GHSA-x,,web,a', 'CVE-2026-1,GHSA-x,web,b', 'CVE-2026-1,GHSA-x,web,c'),
      'log.csv': table('id,aliases,asset,detected_at,fixed_at', 'CVE-2026-2,GHSA-x,db,01,02'),
    }
    const found = allOf(await read(files, OPTIONS))
    expect(found.map(one => [one.id, one.asset, ...spans(one)])).toEqual([
      ['CVE-2026-2', 'db', '01 → 02'],
      ['GHSA-x', 'web', '01 → ?'],
      ['CVE-2026-1', 'web', '03 → ?'],
    ])
    expect(found[1]?.lives[0]?.fixUnknown).toBe('scan "b" shows CVE-2026-1, which may be the same under another name')
    // A scan that shows neither proves it gone.
    const gone = { ...files, 'seen.csv': seen('GHSA-x,,web,a', 'CVE-2026-1,GHSA-x,web,b') }
    expect(allOf(await read(gone, OPTIONS)).map(one => spans(one))).toContainEqual(['01 → 01+1~05'])
    // So does one that shows a name that has nothing to do with it, or shows one of them on another asset.
    const log = table(
      'id,aliases,asset,detected_at,fixed_at',
      'CVE-2026-2,GHSA-x,db,01,02',
      'CVE-2026-1,GHSA-x,db,01,02',
    )
    const other = { ...files, 'log.csv': log, 'seen.csv': seen('GHSA-x,,web,a', 'GHSA-y,,web,b') }
    expect(allOf(await read(other, OPTIONS)).map(one => [one.id, ...spans(one)])).toContainEqual([
      'GHSA-x',
      '01 → 01+1~03',
    ])
  })

  it('makes rows that differ in nothing else one', async () => {
    const log = table('id,aliases,asset,detected_at', 'GHSA-x,,web,01', 'CVE-2026-1,GHSA-x,web,01')
    const evidence = await read({ 'log.csv': log }, OPTIONS)
    expect(spans(onlyOf(evidence))).toEqual(['01 → ?'])
    expect(counts(evidence)).toEqual(['vulnerability 1/0/1/0'])
  })

  it('is withdrawn without the CVE', async () => {
    const log = { 'log.csv': table('id,aliases,asset,detected_at', 'CVE-2026-1,GHSA-x GHSA-y,web,01') }
    const advisory = (id: string, aliases = '') => ({
      'advisory.csv': table('id,aliases,withdrawn_at', `${id},${aliases},05`),
    })
    const withdrawn = async (files: Readonly<Record<string, string>>) =>
      day(onlyOf(await read(files, OPTIONS)).withdrawn)
    expect(await withdrawn({ ...log, ...advisory('GHSA-y') })).toBe('?')
    expect(await withdrawn({ ...log, ...advisory('GHSA-y', 'CVE-2026-1') })).toBe('?')
    expect(await withdrawn({ ...log, ...advisory('CVE-2026-1', 'GHSA-y') })).toBe('05')
    const header = 'id,aliases,asset,detected_at,withdrawn_at'
    expect(await withdrawn({ 'log.csv': table(header, 'CVE-2026-1,GHSA-y,web,01,05') })).toBe('05')
    expect(await withdrawn({ 'log.csv': table(header, 'CVE-2026-1,GHSA-y,web,01,?', 'GHSA-y,,web,02,05') })).toBe('?')
  })
})

describe('the order of rows and files', () => {
  const row = fc.record({
    id: fc.constantFrom('CVE-2026-1', 'CVE-2026-2', 'GHSA-x', 'GHSA-y'),
    aliases: fc.constantFrom('', '', 'GHSA-x', 'GHSA-y', 'CVE-2026-1', 'CVE-2026-2 GHSA-x'),
    scan: fc.constantFrom('', 'a', 'b', 'c', 'lost'),
    detected: fc.constantFrom('', '01', '04'),
    fixed: fc.constantFrom('', '', '03', '05', '?'),
    env: fc.constantFrom('prod', 'prod', 'dev'),
    cvss: fc.constantFrom('5.0', '9.8'),
  })
  const statement = fc.record({
    kind: fc.constantFrom('acceptance', 'score', 'advisory'),
    id: fc.constantFrom('CVE-2026-1', 'GHSA-x'),
    asset: fc.constantFrom('', 'web', 'db'),
  })

  it('does not matter', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc
          .tuple(fc.array(row, { minLength: 1, maxLength: 6 }), fc.array(statement, { maxLength: 4 }))
          .chain(([rows, said]) =>
            fc.record({
              rows: fc.constant(rows),
              said: fc.constant(said),
              others: fc.shuffledSubarray(rows, { minLength: rows.length }),
              saidToo: fc.shuffledSubarray(said, { minLength: said.length }),
              cut: fc.nat({ max: 6 }),
            }),
          ),
        async ({ rows, said, others, saidToo, cut }) => {
          const options = { ...OPTIONS, onBadRow: 'skip' } as const
          const one = await read({ 'a.csv': findings(rows), ...told(said), 'scans.csv': SCANS }, options)
          const cutRows = { 'b.csv': findings(others.slice(cut)), 'c.csv': findings(others.slice(0, cut)) }
          const other = await read({ 'scans.csv': SCANS, ...told(saidToo), ...cutRows }, options)
          expect(summary(other)).toEqual(summary(one))
        },
      ),
      { numRuns: 300 },
    )
  })

  type Row = typeof row extends fc.Arbitrary<infer T> ? T : never
  const findings = (rows: readonly Row[]): string =>
    table(
      'id,aliases,asset,scan,detected_at,fixed_at,env,cvss',
      ...rows.map(({ id, aliases, scan, detected, fixed, env, cvss }) =>
        [id, aliases, 'web', scan, detected, fixed, env, cvss].join(','),
      ),
    )

  type Said = typeof statement extends fc.Arbitrary<infer T> ? T : never
  function told(all: readonly Said[]): Readonly<Record<string, string>> {
    const of = (wanted: string) => all.filter(({ kind }) => kind === wanted)
    return {
      'acceptance.csv': table(
        'id,asset,from,until',
        ...of('acceptance').map(({ id, asset }) => `${id},${asset},02,04`),
      ),
      'score.csv': table(
        'id,asset,time,cvss,source',
        ...of('score').map(({ id, asset }) => `${id},${asset},02,7.0,nvd`),
      ),
      'advisory.csv': table('id,aliases,published_at', ...of('advisory').map(({ id }) => `${id},GHSA-y,01`)),
    }
  }

  function summary(evidence: Awaited<ReturnType<typeof read>>) {
    return allOf(evidence).map(one => [
      one.id,
      one.aliases,
      day(one.published),
      one.acceptances.map(({ from, until }) => [day(from), until]),
      one.lives.map(life => [
        day(life.detected),
        day(life.fixed),
        life.fixUnknown,
        life.fixedBy,
        life.flaw?.reason,
        life.flaw?.why,
        scores(life).toSorted(),
        life.lastSeen?.id,
        life.goneIn?.id,
      ]),
    ])
  }
})

describe('cells that rows of one life do not agree on', () => {
  it('are not known', async () => {
    const filters = [[{ column: 'env', values: ['prod'], not: false }]]
    const seen = (...envs: readonly string[]) =>
      table('id,scan,env', ...envs.map((env, i) => `CVE-2026-1,${'abc'[i]},${env}`))
    const env = async (...envs: readonly string[]) =>
      onlyOf(await read({ 'scans.csv': SCANS, 'seen.csv': seen(...envs) }, { ...OPTIONS, filters })).lives[0]
        ?.attributes.env
    expect(await env('prod', 'prod')).toBe('prod')
    expect(await env('prod', 'dev', 'prod')).toBe('?')
    expect(await env('prod', '')).toBe('?')
  })
})

describe('rows of two files', () => {
  it('are the same where they mean the same', async () => {
    const mapping = (zone: string) => ({
      file: 'map.yaml',
      bytes: new TextEncoder().encode(`- files: a.csv\n  timezone: Asia/Tokyo\n- files: b.csv\n  timezone: ${zone}\n`),
    })
    const log = 'id,asset,detected_at,fixed_at\nCVE-2026-1,web,2026-05-02 10:00,2026-05-02 12:00\n'
    const files = { 'a.csv': log, 'b.csv': log }
    const same = await read(files, { ...OPTIONS, mapping: mapping('Asia/Tokyo') })
    expect([spans(onlyOf(same)), counts(same)]).toEqual([
      ['02T1 → 02T3'],
      ['vulnerability 1/0/0/0', 'vulnerability 0/0/1/0'],
    ])
    const other = await read(files, { ...OPTIONS, mapping: mapping('America/New_York') })
    expect(spans(onlyOf(other))).toEqual(['02T1 → 02T3', '02T14 → 02T16'])
    const offset = {
      'a.csv': 'id,asset,detected_at\nCVE-2026-1,web,2026-05-02T10:00:00Z\n',
      'b.csv': 'id,asset,detected_at\nCVE-2026-1,web,2026-05-02T12:00:00+02:00\n',
    }
    expect(counts(await read(offset, OPTIONS))).toEqual(['vulnerability 1/0/0/0', 'vulnerability 0/0/1/0'])
  })

  it('of scans too', async () => {
    const scans = 'id,time,asset,outcome\na,2026-05-02 10:00,web,ok\n'
    const mapping = {
      file: 'map.yaml',
      bytes: new TextEncoder().encode('- files: a.csv\n  timezone: Asia/Tokyo\n- files: b.csv\n  timezone: UTC\n'),
    }
    const evidence = await read({ 'a.csv': scans, 'b.csv': scans }, { ...OPTIONS, mapping })
    expect(evidence.warnings.map(({ code }) => code)).toEqual(['repeated-id'])
    expect(evidence.vulnerabilities.scans.map(scan => day(scan.at))).toEqual(['02T1~02T10'])
  })
})

describe('statements about nothing that is here', () => {
  const LOG = table('id,aliases,asset,component,version,detected_at', 'CVE-2026-1,GHSA-x,web,pkg:npm/a,1,01')
  const warned = async (files: Readonly<Record<string, string>>) =>
    (await read({ 'log.csv': LOG, ...files }, OPTIONS)).warnings.map(({ code, message, hint, span }) => [
      code,
      message,
      hint,
      span?.line,
    ])

  it('are acceptances that hit nothing', async () => {
    const rows = ['GHSA-x,02,web', 'CVE-2026-1,02,WEB', 'CVE-2026-7,02,', 'CVE-2026-1,02,']
    expect(
      await warned({ 'acceptance.csv': table('id,from,asset,approver', ...rows.map(row => `${row},ann`)) }),
    ).toEqual([
      [
        'unmatched',
        '2 acceptances are about no vulnerability that was found, this one the first',
        'asset "WEB": did you mean "web"?',
        3,
      ],
    ])
    expect(
      await warned({ 'acceptance.csv': table('id,from,component,approver', 'CVE-2026-1,02,pkg:npm/b,ann') }),
    ).toEqual([
      [
        'unmatched',
        '1 acceptance is about no vulnerability that was found',
        'component "pkg:npm/b": did you mean "pkg:npm/a"?',
        2,
      ],
    ])
  })

  it('are VEX statements about another place of a vulnerability that is here', async () => {
    const header = 'id,time,status,product,version'
    const rows = (...list: readonly string[]) => ({
      'vex.csv': table(header, ...list.map(one => one.replace(' ', ',02,not_affected,'))),
    })
    expect(await warned(rows('CVE-2026-1 pkg:npm/a@1,', 'GHSA-x web,1', 'CVE-2026-9 nowhere,'))).toEqual([])
    expect(await warned(rows('CVE-2026-1 web,', 'CVE-2026-1 web,2', 'GHSA-x pkg:npm/a@2,'))).toEqual([
      [
        'unmatched',
        '2 VEX statements are about no asset, component or version that its vulnerability was found on, this one the first',
        undefined,
        3,
      ],
    ])
    expect((await warned(rows('CVE-2026-1 Web,')))[0]?.[2]).toBe('product "Web": did you mean "web"?')
  })

  it('are not those of catalogues', async () => {
    expect(
      await warned({
        'kev.csv': 'id,due_at,added_at\nCVE-2026-9,2026-05-03T00:00:00Z,2026-05-02T00:00:00Z\n',
        'epss.csv': table('id,time,epss', 'CVE-2026-9,02,0.5'),
        'score.csv': table('id,time,cvss,source,asset', 'CVE-2026-1,02,5,nvd,db'),
      }),
    ).toEqual([])
  })
})

describe('versions of CVSS', () => {
  const VECTOR = 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H'
  const log = (...rows: readonly string[]) => ({
    'log.csv': table('id,asset,detected_at,cvss,vector,cvss_version', ...rows.map(row => `CVE-2026-1,web,01,${row}`)),
  })

  it.each([
    ['9.8,,4.0', '? 9.8 4.0'],
    ['9.8,,3', '? 9.8 3.1'],
    ['9.8,,2', '? 9.8 2.0'],
    ['9.8,,', '? 9.8'],
    [`9.8,${VECTOR},3`, '? 9.8 3.1'],
  ])('are stated beside a number: %s', async (row, expected) => {
    const [life] = onlyOf(await read(log(row), OPTIONS)).lives
    expect(life === undefined ? [] : scores(life)).toEqual([expected])
  })

  it.each([
    [`9.8,${VECTOR},3.0`, 'cvss_version 3.0: the vector is of CVSS 3.1'],
    ['9.8,,5', 'cvss_version "5": expected a version of CVSS such as 3.1'],
  ])('are bad where nothing fits: %s', async (row, message) => {
    expect((await errorsOf(log(row, row), OPTIONS)).map(error => error.message)).toEqual([message, message])
  })
})
