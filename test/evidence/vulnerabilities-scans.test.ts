import { describe, expect, it } from 'vitest'
import { at, read } from './support.ts'
import { allOf, counts, day, onlyOf, scores, spans, TYPES, table } from './vulnerabilities-support.ts'

const OPTIONS = { types: TYPES, asOf: at('2026-05-30T00:00:00Z') } as const
const SCANS = 'id,time,asset,scanner,scope,outcome,database_at'
const SEEN = 'id,asset,component,scan,cvss'

async function lives(scans: readonly string[], seen: readonly string[], header = SEEN) {
  const files = { 'scans.csv': table(SCANS, ...scans), 'seen.csv': table(header, ...seen) }
  return read(files, OPTIONS)
}

const scan = (
  id: string,
  time: string,
  { asset = 'web', scanner = 'trivy', scope = 'os', outcome = 'ok', database = '' } = {},
) => [id, time, asset, scanner, scope, outcome, database].join(',')
const seen = (...ids: readonly string[]) => ids.map(id => `CVE-2026-1,web,ssl,${id},7.5`)

describe('lives from scans', () => {
  it('last from the first sighting to between the last one and the first scan without it', async () => {
    const evidence = await lives(
      [scan('a', '01'), scan('b', '03'), scan('c', '05'), scan('d', '07'), scan('e', '09')],
      seen('b', 'c'),
    )
    const found = onlyOf(evidence)
    expect(spans(found)).toEqual(['03 → 05+1~07'])
    expect(found).toMatchObject({ id: 'CVE-2026-1', asset: 'web', component: 'ssl', service: '' })
    const [life] = found.lives
    expect(life).toMatchObject({ number: 1, fixedBy: 'scan', origin: { input: 1, line: 2 } })
    expect([life?.lastSeen?.id, life?.goneIn?.id]).toEqual(['c', 'd'])
    expect(life?.rows).toEqual([
      { input: 1, line: 2 },
      { input: 1, line: 3 },
      { input: 0, line: 5 },
    ])
    expect(evidence.vulnerabilities.scans.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd', 'e'])
    expect([evidence.vulnerabilities.first, evidence.vulnerabilities.last]).toEqual([
      at('2026-05-01T00:00:00Z'),
      at('2026-05-09T00:00:00Z'),
    ])
  })

  it('are there by as-of only where a scan at that time shows it', async () => {
    const files = (time: string) => ({
      'scans.csv': table(SCANS, scan('a', '01'), scan('b', time)),
      'seen.csv': table(SEEN, ...seen('a', 'b')),
    })
    const before = onlyOf(await read(files('29T23'), OPTIONS))
    expect(spans(before)).toEqual(['01 → ?'])
    expect(before.lives[0]).toMatchObject({ fixUnknown: 'no scan since', lastSeen: { id: 'b' }, fixedBy: 'scan' })
    const now = onlyOf(await read(files('30'), OPTIONS))
    expect(spans(now)).toEqual(['01 → -'])
    expect(now.lives[0]?.fixUnknown).toBeUndefined()
    const failed = [scan('a', '01'), scan('b', '03', { outcome: 'failed' })]
    expect(onlyOf(await lives(failed, seen('a'))).lives[0]?.fixUnknown).toBe('no scan since that would show it gone')
    const log = { 'log.csv': table('id,asset,component,detected_at,fixed_at', 'CVE-2026-1,web,ssl,01,') }
    expect(spans(onlyOf(await read({ ...files('03'), ...log }, OPTIONS)))).toEqual(['01 → -'])
  })

  it.each([
    ['failed', { outcome: 'failed' }],
    ['did not end', { outcome: '' }],
    ['was aborted', { outcome: 'cancelled' }],
    ['looked at less', { scope: 'library' }],
    ['was of another tool', { scanner: 'grype' }],
    ['was of another asset', { asset: 'db' }],
    ['had an older database', { database: '01' }],
  ])('are not ended by a scan that %s', async (_, other) => {
    const found = onlyOf(await lives([scan('a', '01', { database: '02' }), scan('b', '03', other)], seen('a')))
    expect(spans(found)).toEqual(['01 → ?'])
    const more = [scan('a', '01', { database: '02' }), scan('b', '03', other), scan('c', '05', { database: '02' })]
    expect(spans(onlyOf(await lives(more, seen('a'))))).toEqual(['01 → 01+1~05'])
  })

  it.each(['success', 'Succeeded', 'OK', 'passed', 'completed', 'complete', 'done'])(
    'are ended by one that says %s',
    async outcome => {
      expect(spans(onlyOf(await lives([scan('a', '01'), scan('b', '03', { outcome })], seen('a'))))).toEqual([
        '01 → 01+1~03',
      ])
    },
  )

  it('take what a failed scan saw as seen', async () => {
    const scans = [scan('a', '01'), scan('b', '03', { outcome: 'failed' }), scan('c', '05')]
    expect(spans(onlyOf(await lives(scans, seen('a', 'b'))))).toEqual(['01 → 03+1~05'])
  })

  it('may have ended in a scan that does not say whether it succeeded', async () => {
    const open = onlyOf(await lives([scan('a', '01'), scan('b', '03', { outcome: '?' })], seen('a')))
    expect(spans(open)).toEqual(['01 → ?'])
    expect(open.lives[0]?.fixUnknown).toBe('scan "b" does not say whether it succeeded')
    const proved = [scan('a', '01'), scan('b', '03', { outcome: '?' }), scan('c', '05')]
    expect(spans(onlyOf(await lives(proved, seen('a'))))).toEqual(['01 → 01+1~05'])
    const seenAgain = [scan('a', '01'), scan('b', '03', { outcome: '?' }), scan('c', '05')]
    expect(spans(onlyOf(await lives(seenAgain, seen('a', 'c'))))).toEqual(['01 → ?'])
  })

  it('do not need an outcome column to be read', async () => {
    const evidence = await read(
      { 'scans.csv': table('id,time,asset', 'a,01,web', 'b,03,web'), 'seen.csv': table(SEEN, ...seen('a')) },
      OPTIONS,
    )
    expect(spans(onlyOf(evidence))).toEqual(['01 → ?'])
  })

  it('compare databases only where both are known, and with the last scan that saw it', async () => {
    const scans = [
      scan('a', '01', { database: '01' }),
      scan('b', '03', { database: '05' }),
      scan('c', '07', { database: '03' }),
    ]
    expect(spans(onlyOf(await lives(scans, seen('a', 'b'))))).toEqual(['01 → ?'])
    expect(spans(onlyOf(await lives(scans, seen('a'))))).toEqual(['01 → 01+1~03'])
    const unsaid = [scan('a', '01', { database: '02' }), scan('b', '03', { database: '?' })]
    expect(spans(onlyOf(await lives(unsaid, seen('a'))))).toEqual(['01 → 01+1~03'])
  })

  it('are several where it comes back', async () => {
    const scans = ['01', '03', '05', '07', '09'].map((time, i) => scan('abcde'[i] ?? '', time))
    const found = onlyOf(await lives(scans, seen('a', 'c', 'e')))
    expect(spans(found)).toEqual(['01 → 01+1~03', '05 → 05+1~07', '09 → ?'])
    expect(found.lives.map(({ number }) => number)).toEqual([1, 2, 3])
  })

  it('are the same whatever the order of rows and files', async () => {
    const scans = ['01', '03', '05', '07', '09'].map((time, i) => scan('abcde'[i] ?? '', time))
    const files = {
      'seen.csv': table(SEEN, ...seen('e', 'c', 'a')),
      'scans-2.csv': table(SCANS, ...scans.slice(2).reverse()),
      'scans-1.csv': table(SCANS, ...scans.slice(0, 2)),
    }
    expect(spans(onlyOf(await read(files, OPTIONS)))).toEqual(['01 → 01+1~03', '05 → 05+1~07', '09 → ?'])
  })

  it('of two tools are one where they overlap', async () => {
    const grype = { scanner: 'grype' }
    const scans = [
      scan('a', '01'),
      scan('b', '02', grype),
      scan('c', '03'),
      scan('d', '04', grype),
      scan('e', '05'),
      scan('f', '06', grype),
    ]
    // trivy no longer shows it from 3 May on, grype shows it to 4 May: the first proof after that is of trivy, 5 May.
    const found = onlyOf(await lives(scans, seen('a', 'b', 'd')))
    expect(spans(found)).toEqual(['01 → 04+1~05'])
    expect([found.lives[0]?.lastSeen?.id, found.lives[0]?.goneIn?.id]).toEqual(['d', 'e'])
  })

  it('of two tools are two where one proves it gone before the other sees it', async () => {
    const grype = { scanner: 'grype' }
    const scans = [scan('a', '01'), scan('b', '03'), scan('c', '05', grype), scan('d', '07', grype)]
    expect(spans(onlyOf(await lives(scans, seen('a', 'c'))))).toEqual(['01 → 01+1~03', '05 → 05+1~07'])
    // Without that proof it was there all the time.
    expect(spans(onlyOf(await lives(scans.toSpliced(1, 1), seen('a', 'c'))))).toEqual(['01 → 05+1~07'])
  })

  it('need a later scan: one at the same time proves nothing', async () => {
    expect(spans(onlyOf(await lives([scan('a', '01'), scan('b', '01')], seen('a'))))).toEqual(['01 → ?'])
    expect(spans(onlyOf(await lives([scan('b', '01'), scan('a', '01'), scan('c', '02')], seen('a'))))).toEqual([
      '01 → 01+1~02',
    ])
  })

  it('leave open whether scans of one date prove anything', async () => {
    const files = (second: string) => ({
      'scans.csv': `id,time,asset,outcome\na,2026-05-01,web,ok\nb,${second},web,ok\n`,
      'seen.csv': table(SEEN, ...seen('a')),
    })
    const same = onlyOf(await read(files('2026-05-01'), { ...OPTIONS, timezone: 'UTC' }))
    expect(spans(same)).toEqual(['01~02 → ?'])
    expect(same.lives[0]?.fixUnknown).toBe('whether scan "b" is later than scan "a" is not known')
    const next = onlyOf(await read(files('2026-05-02'), { ...OPTIONS, timezone: 'UTC' }))
    expect(spans(next)).toEqual(['01~02 → 01+1~03'])
  })

  it('begin with the earliest detection that rows tell, but not before the life ahead of them', async () => {
    const scans = ['05', '07', '09'].map((time, i) => scan('abc'[i] ?? '', time))
    const header = 'id,asset,scan,detected_at'
    const found = onlyOf(await lives(scans, ['CVE-2026-1,web,a,02', 'CVE-2026-1,web,c,02'], header))
    expect(spans(found)).toEqual(['02 → 05+1~07', '09 → ?'])
    const anew = onlyOf(await lives(scans, ['CVE-2026-1,web,a,06', 'CVE-2026-1,web,c,08'], header))
    expect(spans(anew)).toEqual(['05 → 05+1~07', '08 → ?'])
  })

  it('end with the fix that a row of a scan states', async () => {
    const scans = ['01', '05', '09'].map((time, i) => scan('abc'[i] ?? '', time))
    const header = 'id,asset,scan,fixed_at'
    const found = onlyOf(await lives(scans, ['CVE-2026-1,web,a,', 'CVE-2026-1,web,b,03'], header))
    expect(spans(found)).toEqual(['01 → 03'])
    expect(found.lives[0]?.fixedBy).toBe('row')
    const after = onlyOf(await lives(scans, ['CVE-2026-1,web,a,03', 'CVE-2026-1,web,b,'], header))
    expect(spans(after)).toEqual(['01 → 03 contradictory'])
    const two = onlyOf(await lives(scans, ['CVE-2026-1,web,a,03', 'CVE-2026-1,web,b,04'], header))
    expect(two.lives[0]?.flaw).toMatchObject({ reason: 'contradictory', why: 'its rows tell different fixes' })
  })

  it('take the asset of the scan where the row has none', async () => {
    const scans = [scan('a', '01'), scan('b', '01', { asset: 'db' }), scan('c', '03')]
    const evidence = await lives(scans, ['CVE-2026-1,a', 'CVE-2026-1,b', 'CVE-2026-1,c'], 'id,scan')
    expect(allOf(evidence).map(one => [one.asset, ...spans(one)])).toEqual([
      ['db', '01 → ?'],
      ['web', '01 → ?'],
    ])
    const filtered = await read(
      { 'scans.csv': table(SCANS, ...scans), 'seen.csv': 'id,scan\nCVE-2026-1,a\n' },
      { ...OPTIONS, filters: [[{ column: 'asset', values: ['web'], not: false }]] },
    )
    expect({ ...onlyOf(filtered).lives[0]?.attributes }).toEqual({ asset: 'web' })
  })

  it('keep what a scan saw with its scores, equal ones once', async () => {
    const scans = ['01', '03', '05', '07'].map((time, i) => scan('abcd'[i] ?? '', time))
    const rows = ['7.5', '7.5', '9.8', '9.8'].map((value, i) => `CVE-2026-1,web,ssl,${'abcd'[i]},${value}`)
    const [life] = onlyOf(await lives(scans, rows)).lives
    expect(life === undefined ? [] : scores(life)).toEqual(['01 7.5', '05 9.8'])
  })

  it('are suppressed where the last scan shows them so, since when it does', async () => {
    const scans = ['01', '03', '05', '07'].map((time, i) => scan('abcd'[i] ?? '', time))
    const header = 'id,asset,scan,suppressed'
    const rows = (whys: readonly string[]) => whys.map((why, i) => `CVE-2026-1,web,${'abcd'[i]},${why}`)
    const [life] = onlyOf(await lives(scans, rows(['', 'risk', 'noise', 'noise']), header)).lives
    expect([day(life?.suppressed?.at), life?.suppressed?.why, day(life?.fixed)]).toEqual(['03', 'risk', '?'])
    const [again] = onlyOf(await lives(scans, rows(['', 'risk', 'noise', '']), header)).lives
    expect(again?.suppressed).toBeUndefined()
  })

  it('know nothing of scans after as-of, nor of what those saw', async () => {
    const files = {
      'scans.csv': table(SCANS, scan('a', '01'), scan('b', '03'), scan('c', '05')),
      'seen.csv': table(SEEN, ...seen('a', 'c'), 'CVE-2026-2,web,ssl,c,7.5'),
    }
    const evidence = await read(files, { ...OPTIONS, asOf: at('2026-05-02T00:00:00Z') })
    expect(spans(onlyOf(evidence))).toEqual(['01 → ?'])
    expect(counts(evidence)).toEqual(['scan 1/2/0/0', 'vulnerability 1/2/0/0'])
  })

  it('see what a mapping leaves out as still there', async () => {
    const mapping = {
      file: 'map.yaml',
      bytes: new TextEncoder().encode('files: seen.csv\nwhere: { severity: high }\n'),
    }
    const files = {
      'scans.csv': table(SCANS, scan('a', '01'), scan('b', '03'), scan('c', '05')),
      'seen.csv': 'id,asset,scan,severity\nCVE-2026-1,web,a,high\nCVE-2026-1,web,b,medium\nCVE-2026-2,web,b,medium\n',
    }
    const evidence = await read(files, { ...OPTIONS, mapping })
    expect(spans(onlyOf(evidence))).toEqual(['01 → 03+1~05'])
  })
})

describe('scans that no row tells of', () => {
  it('leave the fix unknown, or everything', async () => {
    const header = 'id,asset,scan,detected_at'
    const evidence = await lives(
      [scan('a', '20')],
      ['CVE-2026-1,web,x,02', 'CVE-2026-1,web,y,02', 'CVE-2026-2,web,x,', 'CVE-2026-3,web,a,'],
      header,
    )
    const found = allOf(evidence)
    expect(found.map(one => [one.id, ...spans(one)])).toEqual([
      ['CVE-2026-1', '02 → ?'],
      ['CVE-2026-3', '20 → ?'],
      ['CVE-2026-2', '- → ? unknown-scan'],
    ])
    expect(found[0]?.lives[0]?.fixUnknown).toBe('no scan row has the id "x"')
    expect(evidence.warnings.map(({ code, message, span }) => [code, message, span?.line])).toEqual([
      ['unknown-scan', '3 rows name scans that no scan row has: "x", "y"', 2],
    ])
  })

  it('are those of another asset too', async () => {
    const evidence = await lives([scan('a', '01', { asset: 'db' })], seen('a'))
    expect(spans(onlyOf(evidence))).toEqual(['? → ? unknown-scan'])
    expect(onlyOf(evidence).lives[0]?.flaw?.why).toBe('no scan row has the id "a" and the asset "web"')
  })

  it('may have been meant to be one of several assets', async () => {
    const scans = [scan('a', '01'), scan('a', '01', { asset: 'db' })]
    const evidence = await lives(scans, ['CVE-2026-1,a'], 'id,scan')
    expect(onlyOf(evidence).lives[0]?.flaw?.why).toBe('scan "a" is of 2 assets, and the row names none')
    expect(evidence.warnings.map(({ message, hint }) => [message, hint])).toEqual([
      [
        '1 row names a scan that several scan rows have: "a"',
        'scan "a" is of 2 assets ("db", "web"): name the asset in the row',
      ],
    ])
  })

  it.each([
    ['S-1', 's-1'],
    ['night-1', 'nigth-1'],
    ['s-2', undefined],
  ])('may have been meant otherwise: %s', async (written, meant) => {
    const evidence = await lives(
      [scan('s-1', '01'), scan('nigth-1', '02'), scan('s-1', '01', { asset: 'db' })],
      seen(written),
    )
    expect(evidence.warnings.map(({ hint }) => hint)).toEqual([
      meant === undefined
        ? 'give a scan row for each: without it nothing says when it was seen, or that it is gone'
        : `"${written}": did you mean "${meant}"?`,
    ])
  })
})

describe('scan rows', () => {
  it('given twice are one; with other cells nothing is certain of the scan', async () => {
    const twice = await lives([scan('a', '01'), scan('b', '03'), scan('b', '03')], seen('a'))
    expect(spans(onlyOf(twice))).toEqual(['01 → 01+1~03'])
    expect(counts(twice)[0]).toBe('scan 2/0/1/0')
    const differ = await lives([scan('a', '01'), scan('b', '03'), scan('b', '05')], seen('a'))
    expect(spans(onlyOf(differ))).toEqual(['01 → ?'])
    expect(differ.warnings.map(({ code, message }) => [code, message])).toEqual([
      ['repeated-id', 'scan "b" is given more than once, and the rows differ: see also line 3'],
    ])
  })

  it('of one run over several assets share its id', async () => {
    const scans = [scan('a', '01'), scan('a', '01', { asset: 'db' }), scan('b', '03'), scan('b', '03', { asset: 'db' })]
    const evidence = await lives(scans, [...seen('a'), 'CVE-2026-1,db,ssl,a,7.5', 'CVE-2026-1,db,ssl,b,7.5'])
    expect(allOf(evidence).map(one => [one.asset, ...spans(one)])).toEqual([
      ['db', '01 → ?'],
      ['web', '01 → 01+1~03'],
    ])
  })

  it('that are bad leave open what they would have shown', async () => {
    const files = {
      'scans.csv': table(SCANS, scan('a', '01'), scan('b', 'soon'), scan('c', '01', { asset: 'db' })),
      'seen.csv': table(SEEN, ...seen('a'), 'CVE-2026-2,web,ssl,b,7.5', 'CVE-2026-3,db,ssl,c,7.5'),
    }
    const evidence = await read(files, { ...OPTIONS, onBadRow: 'skip' })
    expect(allOf(evidence).map(one => [one.id, ...spans(one)])).toEqual([
      ['CVE-2026-1', '01 → ?'],
      ['CVE-2026-3', '01 → ?'],
      ['CVE-2026-2', '? → ? bad-row'],
    ])
    expect(evidence.skipped).toEqual([])
  })
})
