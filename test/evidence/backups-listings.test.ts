import { describe, expect, it } from 'vitest'
import { csv, readAll, texts, warningsOf } from './backups-support.ts'
import { errorsOf, short } from './support.ts'

const LOG = 'id,component,started_at,completed_at,status,location'
const LIST = 'taken_at,backup,component,location,complete'

async function listed(log: readonly string[], ...rows: readonly string[]): Promise<readonly string[]> {
  return texts(await readAll({ 'log.csv': csv(LOG, ...log), 'list.csv': csv(LIST, ...rows) }))
}

describe('listings', () => {
  it('introduce backups, of which they know no more than they say', async () => {
    const evidence = await readAll({
      'list.csv': csv(
        'taken_at,backup,component,location,complete,started_at,completed_at,status',
        '02T05:00,b1,db,s3,yes,01T04:00,01T04:10,',
        '02T05:00,b2,db,s3,yes,02T04:00,?,',
        '02T05:00,b3,db,s3,yes,02T04:30,,',
        '02T05:00,b4,db,s3,yes,01T03:00,01T03:10,failed',
        '02T05:00,b5,db,s3,yes,01T02:00,01T02:10,partial',
        '02T05:00,b6,db,s3,yes,01T01:00,01T01:10,?',
      ),
      'plain.csv': csv('taken_at,backup', '03T00:00,b7'),
    })
    const seen = 'there 02T05:00..02T05:00'
    expect(texts(evidence)).toEqual([
      `b6 db 01T01:00 01T01:10 ? [s3 01T01:10 ${seen}]`,
      `b5 db 01T02:00 01T02:10 partial [s3 01T02:10 ${seen}]`,
      'b4 db 01T03:00 01T03:10 failed',
      `b1 db 01T04:00 01T04:10 success [s3 01T04:10 ${seen}]`,
      `b2 db 02T04:00 ? success [s3 ? ${seen}]`,
      'b3 db 02T04:30 - running',
      'b7  ? ? success [ ? there 03T00:00..03T00:00]',
    ])
    expect(evidence.backups.list.map(({ logged }) => logged)).not.toContain(true)
    expect(evidence.backups.listings).toEqual([
      {
        at: { earliest: Date.UTC(2026, 4, 2, 5), latest: Date.UTC(2026, 4, 2, 5) },
        location: 's3',
        components: new Set(['db']),
        everyComponent: false,
        complete: true,
        backups: 6,
        origin: { input: 0, line: 2 },
      },
      {
        at: { earliest: Date.UTC(2026, 4, 3), latest: Date.UTC(2026, 4, 3) },
        location: '',
        components: new Set(),
        everyComponent: true,
        complete: undefined,
        backups: 1,
        origin: { input: 1, line: 2 },
      },
    ])
  })

  it('fold into runs of those that show a backup and of complete ones that lack it', async () => {
    const log = ['b1,db,01T04:00,01T04:10,ok,s3', 'b2,db,03T04:00,03T04:10,ok,s3']
    const evidence = await readAll({
      'log.csv': csv(LOG, ...log),
      'list.csv': csv(
        LIST,
        '01T04:05,b0,db,s3,yes',
        '01T05:00,b1,db,s3,yes',
        '02T05:00,b1,db,s3,yes',
        '03T05:00,b2,db,s3,yes',
        '04T05:00,b2,db,s3,yes',
        '05T05:00,b1,db,s3,yes',
        '05T05:00,b2,db,s3,yes',
        '06T05:00,b2,db,s3,no',
        '07T05:00,b1,db,s3,?',
      ),
    })
    expect(texts(evidence).filter(text => !text.startsWith('b0'))).toEqual([
      'b1 db 01T04:00 01T04:10 success [s3* 01T04:10 there 01T05:00..02T05:00 gone 03T05:00..04T05:00 there 05T05:00..07T05:00]',
      'b2 db 03T04:00 03T04:10 success [s3* 03T04:10 there 03T05:00..06T05:00]',
    ])
    const [b1] = evidence.backups.list
    expect(b1?.copies[0]?.listed.map(({ origins }) => origins.map(({ line }) => line))).toEqual([[3, 4], [5], [7, 10]])
    expect(b1?.rows).toEqual([
      { input: 0, line: 2 },
      { input: 1, line: 3 },
      { input: 1, line: 10 },
    ])
  })

  it('prove nothing of what is made at the same time or later, nor of what is not there yet', async () => {
    expect(
      await listed(
        ['b1,db,01T04:00,01T04:10,ok,s3', 'b2,db,01T05:00,,ok,s3', 'b3,db,01T06:00,,running,s3'],
        '01T04:09,,db,s3,yes',
        '01T04:10,,db,s3,yes',
        '02T00:00,,db,s3,yes',
      ),
    ).toEqual([
      'b1 db 01T04:00 01T04:10 success [s3* 01T04:10 gone 01T04:10..02T00:00]',
      'b2 db 01T05:00 ? success [s3* ?]',
      'b3 db 01T06:00 - running',
    ])
  })

  it('that only they tell of begins with the first that shows it', async () => {
    expect(
      await listed([], '01T00:00,,db,s3,yes', '02T00:00,b1,db,s3,yes', '03T00:00,,db,s3,yes', '04T00:00,b1,db,s3,yes'),
    ).toEqual(['b1 db ? ? success [s3 ? there 02T00:00..02T00:00 gone 03T00:00..03T00:00 there 04T00:00..04T00:00]'])
  })

  it.each([
    ['yes', 'gone'],
    ['TRUE', 'gone'],
    ['1', 'gone'],
    ['no', ''],
    ['false', ''],
    ['0', ''],
    ['?', ''],
    ['', ''],
  ])('complete: %s', async (complete, gone) => {
    const [told] = await listed(['b1,db,01T04:00,01T04:10,ok,s3'], `02T00:00,b0,db,s3,${complete}`)
    expect(told?.includes('gone') === true ? 'gone' : '').toBe(gone)
  })

  it('are not complete where only some of their rows say so', async () => {
    for (const other of ['', 'no']) {
      const log = ['b1,db,01T04:00,01T04:10,ok,s3']
      const [told] = await listed(log, '02T00:00,b0,db,s3,yes', `02T00:00,b2,db,s3,${other}`)
      expect(told).toBe('b1 db 01T04:00 01T04:10 success [s3* 01T04:10]')
    }
  })

  it.each([
    ['02T00:00,x,db,s3,yes', 'db'],
    ['02T00:00,x,db,off,yes', ''],
    ['02T00:00,x,files,s3,yes', 'files'],
    ['02T00:00,x,all,s3,yes', 'db files'],
    ['02T00:00,x,,s3,yes', 'db files'],
    ['02T00:00,,db,s3,yes', 'db'],
    ['02T00:00,,,s3,yes', 'db files'],
    ['02T00:00,x,db,s3,yes;02T00:00,,,s3,yes', 'db files'],
    ['02T00:00,x,db,s3,yes;02T00:00,y,,s3,yes', 'db'],
  ])('%s prove absence of %s', async (rows, components) => {
    const log = ['b1,db,01T04:00,01T04:10,ok,s3', 'f1,files,01T04:00,01T04:10,ok,s3']
    const told = await listed(log, ...rows.split(';'))
    const gone = told.filter(text => text.includes('gone')).map(text => text.split(' ')[1])
    expect(gone.join(' ')).toBe(components)
  })

  it('of one instant and place are one', async () => {
    const log = ['b1,db,01T04:00,01T04:10,ok,s3', 'b2,db,01T05:00,01T05:10,ok,s3']
    const evidence = await readAll({
      'log.csv': csv(LOG, ...log),
      'one.csv': csv(LIST, '02T00:00,b1,db,s3,yes'),
      'two.csv': csv(LIST, '02T00:00,b2,db,s3,yes', '02T00:00,b1,db,s3,yes'),
    })
    expect(texts(evidence)).toEqual([
      'b1 db 01T04:00 01T04:10 success [s3* 01T04:10 there 02T00:00..02T00:00]',
      'b2 db 01T05:00 01T05:10 success [s3* 01T05:10 there 02T00:00..02T00:00]',
    ])
    expect(evidence.inputs.map(({ counts }) => counts[0]?.duplicates)).toEqual([0, 0, 1])
    expect(evidence.backups.listings.map(({ backups }) => backups)).toEqual([1, 1])
  })

  it('known to a day prove what is true of the whole day', async () => {
    const files = {
      'log.csv': csv(LOG, 'b1,db,01T04:00,01T04:10,ok,s3', 'b2,db,03T04:00,03T04:10,ok,s3'),
      'list.csv': csv(LIST, '2026-05-02,b1,db,s3,yes', '2026-05-03,b0,db,s3,yes', '2026-05-04,b0,db,s3,yes'),
    }
    const told = texts(await readAll(files, { timezone: 'UTC' }))
    expect(told.filter(text => !text.startsWith('b0'))).toEqual([
      'b1 db 01T04:00 01T04:10 success [s3* 01T04:10 there 02T00:00~03T00:00..02T00:00~03T00:00 gone 03T00:00~04T00:00..04T00:00~05T00:00]',
      'b2 db 03T04:00 03T04:10 success [s3* 03T04:10 gone 04T00:00~05T00:00..04T00:00~05T00:00]',
    ])
  })

  it('after as of are counted and say nothing', async () => {
    const evidence = await readAll({
      'log.csv': csv(LOG, 'b1,db,01T04:00,01T04:10,ok,s3'),
      'list.csv': csv(LIST, '2026-06-01T00:00:00Z,b1,db,s3,yes', '2026-06-01T00:00:01Z,,db,s3,yes'),
    })
    expect(texts(evidence)).toEqual([
      'b1 db 01T04:00 01T04:10 success [s3* 01T04:10 there 2026-06-01T00:00..2026-06-01T00:00]',
    ])
    expect(evidence.inputs[1]?.counts).toMatchObject([{ used: 1, later: 1 }])
  })

  it('take the last word on what changes meanwhile', async () => {
    const evidence = await readAll({
      'list.csv': csv(
        'taken_at,backup,component,location,started_at,status,country',
        '02T00:00,b1,db,s3,01T04:00,running,',
        '03T00:00,b1,db,s3,01T04:00,ok,FR',
      ),
    })
    expect(texts(evidence)).toEqual(['b1 db 01T04:00 ? success [s3 ? there 03T00:00..03T00:00]'])
    expect(evidence.backups.list[0]?.copies[0]?.country).toBe('FR')
  })

  it('that give one id two starts say nothing certain of it', async () => {
    const header = 'taken_at,backup,location,started_at'
    const evidence = await readAll({ 'list.csv': csv(header, '02T00:00,b1,s3,01T04:00', '03T00:00,b1,s3,02T04:00') })
    expect(evidence.backups.list[0]?.flaw?.why).toBe('listings give its start differently')
  })

  it('keep what a mapping leaves out as seen', async () => {
    const files = {
      'log.csv': csv(LOG, 'b1,db,01T04:00,01T04:10,ok,s3'),
      'list.csv': csv(`${LIST},host`, '02T00:00,b1,db,s3,yes,a', '03T00:00,b1,db,s3,yes,b', '03T00:00,b2,db,s3,yes,a'),
    }
    const bytes = Buffer.from('files: "**/list.csv"\nwhere: { host: a }\n')
    const evidence = await readAll(files, { mapping: { file: 'map.yaml', bytes } })
    expect(texts(evidence)).toEqual([
      'b1 db 01T04:00 01T04:10 success [s3* 01T04:10 there 02T00:00..03T00:00]',
      'b2 db ? ? success [s3 ? there 03T00:00..03T00:00]',
    ])
  })

  it('with a bad row prove no absence', async () => {
    const files = {
      'log.csv': csv(LOG, 'b1,db,01T04:00,01T04:10,ok,s3', 'b2,db,01T05:00,01T05:10,ok,s3'),
      'list.csv': csv(
        `${LIST},started_at`,
        '02T00:00,?,db,s3,yes,',
        '03T00:00,b2,db,s3,yes,never',
        '03T00:00,b3,db,s3,yes,',
      ),
    }
    const evidence = await readAll(files, { onBadRow: 'skip' })
    expect(texts(evidence)).toEqual([
      'b1 db 01T04:00 01T04:10 success [s3* 01T04:10 gone 03T00:00..03T00:00]',
      'b2 db 01T05:00 01T05:10 success [s3* 01T05:10 there 03T00:00..03T00:00] !bad-row',
      'b3 db ? ? success [s3 ? there 03T00:00..03T00:00]',
    ])
  })

  it.each([
    [
      'taken_at,backup,started_at',
      '02T00:00,b1,03T00:00',
      '2:25 started_at lies after taken_at | a listing shows nothing that is made later',
    ],
    ['taken_at,backup', ',b1', '2:1 taken_at is blank: expected an instant or a date'],
    ['taken_at,backup', '02T00:00,?', '2:22 backup is not known (?): expected the id of the backup, or blank for none'],
    [
      'taken_at,backup,complete',
      '02T00:00,b1,all',
      '2:25 complete "all": no known word | expected yes, no, or ? where it is not known',
    ],
  ])('%s: %s', async (header, row, error) => {
    const errors = await errorsOf({ 'list.csv': csv(header, row) }, { types: new Set(['inventory']) })
    expect(errors.map(short)).toEqual([error])
  })

  it('warn where only they, or only the log, name a location', async () => {
    const log = csv('id,component,started_at,completed_at', 'b1,db,01T04:00,01T04:10')
    const unnamed = await readAll({ 'log.csv': log, 'list.csv': csv(LIST, '02T00:00,b1,db,s3,yes') })
    expect(texts(unnamed)).toEqual(['b1 db 01T04:00 01T04:10 ? [* 01T04:10; s3 ? there 02T00:00..02T00:00]'])
    expect(warningsOf(unnamed)).toEqual([
      'log.csv:2 no-location: backups are logged without a location, listings are of "s3": what a listing lacks is not known to be gone | if it is the same place, name it in a --map file: set: { location: s3 }',
    ])
    const named = await readAll({
      'log.csv': csv(LOG, 'b1,db,01T04:00,01T04:10,ok,s3'),
      'list.csv': csv('taken_at,backup,component,complete', '02T00:00,b1,db,yes'),
    })
    expect(warningsOf(named)).toEqual([
      'list.csv:2 no-location: listings name no location, backups are logged at "s3": what a listing lacks is not known to be gone | if it is the same place, name it in a --map file: set: { location: s3 }',
    ])
  })
})
