import { describe, expect, it } from 'vitest'
import { at, errorsOf, read } from './support.ts'
import { allOf, counts, day, onlyOf, spans, TYPES, table } from './vulnerabilities-support.ts'

const OPTIONS = { types: TYPES, asOf: at('2026-05-30T00:00:00Z'), timezone: 'Europe/Paris' } as const
const LOG = table(
  'id,aliases,asset,component,version,detected_at',
  'CVE-2026-1,GHSA-x,web,pkg:npm/a@1.0,,01',
  'CVE-2026-1,,db,ssl,2.0,02',
)

const exact = (stamp: string) => ({ earliest: at(stamp), latest: at(stamp) })

describe('acceptances', () => {
  it('are of the assets and components they name', async () => {
    const acceptance = table(
      'id,from,until,approver,asset,component',
      'GHSA-x,03,05,ann,,',
      'CVE-2026-1,01,,,db,',
      'CVE-2026-1,02,04,,,pkg:npm/a@7',
      'CVE-2026-2,01,,,,',
      'CVE-2026-1,31,,,,',
    )
    const evidence = await read({ 'log.csv': LOG, 'acceptance.csv': acceptance }, OPTIONS)
    const [web, db] = allOf(evidence)
    expect(web?.acceptances).toEqual([
      { from: exact('2026-05-02T00:00:00Z'), until: at('2026-05-04T00:00:00Z'), origin: { input: 1, line: 4 } },
      {
        from: exact('2026-05-03T00:00:00Z'),
        until: at('2026-05-05T00:00:00Z'),
        approver: 'ann',
        origin: { input: 1, line: 2 },
      },
    ])
    // Another row says what GHSA-x stands for.
    expect(db?.acceptances).toEqual([
      { from: exact('2026-05-01T00:00:00Z'), until: Number.POSITIVE_INFINITY, origin: { input: 1, line: 3 } },
      {
        from: exact('2026-05-03T00:00:00Z'),
        until: at('2026-05-05T00:00:00Z'),
        approver: 'ann',
        origin: { input: 1, line: 2 },
      },
    ])
    expect(counts(evidence)[1]).toBe('acceptance 4/1/0/0')
  })

  it('include the days they name', async () => {
    const acceptance = 'id,from,until\nCVE-2026-1,2026-05-03,2026-05-04\n'
    const [web] = allOf(await read({ 'log.csv': LOG, 'acceptance.csv': acceptance }, OPTIONS))
    expect(web?.acceptances).toMatchObject([
      {
        from: { earliest: at('2026-05-03T00:00:00+02:00'), latest: at('2026-05-04T00:00:00+02:00') },
        until: at('2026-05-05T00:00:00+02:00'),
      },
    ])
  })

  it('have an end after their start, or none', async () => {
    const errors = await errorsOf(
      { 'acceptance.csv': table('id,from,until', 'CVE-1,05,04', 'CVE-1,05,?', 'CVE-1,,') },
      OPTIONS,
    )
    expect(errors.map(({ message }) => message)).toEqual([
      'until lies before from',
      'until is not known (?): expected an instant, a date, or blank where no end is stated',
      'from is blank: expected an instant or a date',
    ])
  })
})

describe('VEX', () => {
  const statuses = async (...rows: readonly string[]) => {
    const vex = table('id,time,status,asset,component,product,version', ...rows)
    const found = allOf(await read({ 'log.csv': LOG, 'vex.csv': vex }, OPTIONS))
    return found.map(one => one.vex.map(({ at: time, status }) => `${day(time)} ${status}`))
  }

  it('is in order of time, words written either way', async () => {
    expect(await statuses('CVE-2026-1,05,Not-Affected,,,,', 'CVE-2026-1,03,under investigation,,,,')).toEqual([
      ['03 under_investigation', '05 not_affected'],
      ['03 under_investigation', '05 not_affected'],
    ])
  })

  it('is about the asset, component or product it names', async () => {
    expect(
      await statuses(
        'CVE-2026-1,01,affected,web,,,',
        'CVE-2026-1,02,affected,,ssl,,',
        'CVE-2026-1,03,affected,,,db,',
        'CVE-2026-1,04,affected,,,pkg:npm/a,',
        'CVE-2026-1,05,affected,,,pkg:npm/b,',
      ),
    ).toEqual([
      ['01 affected', '04 affected'],
      ['02 affected', '03 affected'],
    ])
  })

  it('is about the version it names', async () => {
    expect(
      await statuses(
        'CVE-2026-1,01,not_affected,,,pkg:npm/a@1.0,',
        'CVE-2026-1,02,not_affected,,,pkg:npm/a@2.0,',
        'CVE-2026-1,03,not_affected,,,,2.0',
        'CVE-2026-1,04,not_affected,,,,3.0',
      ),
    ).toEqual([['01 not_affected'], ['03 not_affected']])
  })

  it('that takes a duty away is about all versions found', async () => {
    const log = table('id,version,detected_at,fixed_at,asset', 'CVE-2026-1,1.0,01,02,web', 'CVE-2026-1,2.0,03,,web')
    const vex = table('id,time,status,version', 'CVE-2026-1,05,affected,2.0', 'CVE-2026-1,06,not_affected,2.0')
    const found = onlyOf(await read({ 'log.csv': log, 'vex.csv': vex }, OPTIONS))
    expect(found.vex.map(({ status }) => status)).toEqual(['affected'])
    const unknown = table('id,detected_at,asset', 'CVE-2026-1,01,web')
    expect(onlyOf(await read({ 'log.csv': unknown, 'vex.csv': vex }, OPTIONS)).vex).toEqual([])
  })

  it('has one of four words', async () => {
    const errors = await errorsOf({ 'vex.csv': table('id,time,status', 'CVE-1,05,fine', 'CVE-1,05,') }, OPTIONS)
    expect(errors.map(({ message }) => message)).toEqual([
      'status "fine": expected not_affected, affected, fixed or under_investigation',
      'status is blank: expected not_affected, affected, fixed or under_investigation',
    ])
  })
})

describe('known exploited and EPSS', () => {
  it('are of the vulnerability wherever it is', async () => {
    const files = {
      'log.csv': LOG,
      'kev.csv': table('id,due_at,added_at,catalogue', 'cve-2026-1,2026-05-10,03,KEV', 'CVE-2026-1,09,,'),
      'epss.csv': table('id,time,score', 'CVE-2026-1,05,0.9', 'CVE-2026-1,04,12.5%', 'CVE-2026-1,31,1'),
    }
    const evidence = await read(files, OPTIONS)
    for (const one of allOf(evidence)) {
      expect(one.exploited.map(({ added, due, catalogue }) => [day(added), due, catalogue])).toEqual([
        ['-', at('2026-05-09T00:00:00Z'), undefined],
        ['03', at('2026-05-10T23:59:59.999+02:00'), 'KEV'],
      ])
      expect(one.epss.map(({ at: time, value }) => `${day(time)} ${value}`)).toEqual(['04 0.125', '05 0.9'])
    }
    expect(counts(evidence).slice(1)).toEqual(['known-exploited 2/0/0/0', 'epss 2/1/0/0'])
  })

  it('added after as-of are not known', async () => {
    const kev = table('id,due_at,added_at', 'CVE-2026-1,09,08')
    const evidence = await read({ 'log.csv': LOG, 'kev.csv': kev }, { ...OPTIONS, asOf: at('2026-05-07T00:00:00Z') })
    expect(allOf(evidence).map(({ exploited }) => exploited)).toEqual([[], []])
    expect(counts(evidence)[1]).toBe('known-exploited 0/1/0/0')
  })

  it('are told from scores of CVSS by the header', async () => {
    expect(counts(await read({ 'x.csv': table('id,time,score', 'CVE-1,05,0.5') }, OPTIONS))).toEqual(['epss 1/0/0/0'])
    expect(counts(await read({ 'x.csv': table('id,time,cvss', 'CVE-1,05,9.8') }, OPTIONS))).toEqual(['score 1/0/0/0'])
    const [error] = await errorsOf({ 'x.csv': table('id,time,score', 'CVE-1,05,9.8') }, OPTIONS)
    expect(error?.message).toBe('score "9.8": expected a probability from 0 to 1, or as a percentage')
  })
})

describe('statements', () => {
  it('given twice are one', async () => {
    const row = 'CVE-2026-1,05,9.8,nvd'
    const score = table('id,time,cvss,source', row, row)
    const evidence = await read({ 'log.csv': LOG, 'a.csv': score, 'b.csv': score }, OPTIONS)
    expect(allOf(evidence).map(({ lives }) => lives[0]?.scores.length)).toEqual([1, 1])
    expect(counts(evidence).slice(1)).toEqual(['score 1/0/1/0', 'score 0/0/2/0'])
  })

  it('change nothing where there is no such vulnerability', async () => {
    const evidence = await read({ 'kev.csv': table('id,due_at', 'CVE-2026-1,09') }, OPTIONS)
    expect(evidence.vulnerabilities.count).toBe(0)
  })
})

describe('bad rows left out', () => {
  it('spoil what they are of, and nothing else', async () => {
    const files = {
      'log.csv': table(
        'id,asset,detected_at,fixed_at',
        'CVE-2026-1,web,05,03',
        'CVE-2026-1,db,01,',
        'CVE-2026-2,web,01,03',
        'CVE-2026-2,web,soon,',
      ),
    }
    const evidence = await read(files, { ...OPTIONS, onBadRow: 'skip' })
    expect(allOf(evidence).map(one => [one.id, one.asset, ...spans(one)])).toEqual([
      ['CVE-2026-1', 'db', '01 → -'],
      ['CVE-2026-2', 'web', '01 → 03 bad-row'],
      ['CVE-2026-1', 'web', '05 → ? bad-row'],
    ])
    expect(evidence.skipped).toEqual([])
    expect(counts(evidence)).toEqual(['vulnerability 2/0/0/2'])
  })

  it('without an id may be of any', async () => {
    const files = { 'log.csv': table('id,asset,detected_at,fixed_at', 'CVE-2026-1,web,01,', ',web,01,') }
    const evidence = await read(files, { ...OPTIONS, onBadRow: 'skip' })
    expect(spans(onlyOf(evidence))).toEqual(['01 → -'])
    expect(evidence.skipped.map(({ type }) => type)).toEqual(['vulnerability'])
  })

  it('of statements spoil what those are about', async () => {
    const acceptance = table('id,from,until,asset', 'CVE-2026-1,05,04,db')
    const evidence = await read({ 'log.csv': LOG, 'acceptance.csv': acceptance }, { ...OPTIONS, onBadRow: 'skip' })
    expect(allOf(evidence).map(one => [one.asset, ...spans(one)])).toEqual([
      ['web', '01 → ?'],
      ['db', '02 → ? bad-row'],
    ])
    expect(evidence.skipped).toEqual([])
  })
})

describe('a log and scans of the same vulnerability', () => {
  const SCANS = table('id,time,asset,outcome', 'a,01,web,ok', 'b,03,web,ok', 'c,05,web,ok', 'd,07,web,ok')
  const both = async (log: string, ...sightings: readonly string[]) => {
    const files = {
      'log.csv': table('id,asset,detected_at,fixed_at', log),
      'seen.csv': table('id,asset,scan,cvss', ...sightings.map(id => `CVE-2026-1,web,${id},7.5`)),
      'scans.csv': SCANS,
    }
    return onlyOf(await read(files, OPTIONS))
  }

  it('are as the log tells them, with the scores of the scans', async () => {
    const found = await both('CVE-2026-1,web,01,06', 'b', 'c')
    expect(spans(found)).toEqual(['01 → 06'])
    expect(found.lives[0]?.scores.map(({ at: time }) => day(time))).toEqual(['03'])
    expect(found.lives[0]?.fixedBy).toBe('row')
    expect(spans(await both('CVE-2026-1,web,01,', 'b'))).toEqual(['01 → -'])
  })

  it('take from the scans what the log does not know', async () => {
    expect(spans(await both('CVE-2026-1,web,02,?', 'b', 'c'))).toEqual(['02 → 05+1~07'])
    expect(spans(await both('CVE-2026-1,web,?,06', 'b', 'c'))).toEqual(['03 → 06'])
    expect(spans(await both('CVE-2026-1,web,?,?', 'a', 'c'))).toEqual(['01 → 01+1~03', '05 → 05+1~07'])
  })

  it('contradict each other where a scan sees it after its fix', async () => {
    const found = await both('CVE-2026-1,web,01,04', 'b', 'd')
    expect(spans(found)).toEqual(['01 → 04 contradictory'])
    expect(found.lives[0]?.flaw?.why).toBe('it was seen by a scan after its fix')
  })
})
