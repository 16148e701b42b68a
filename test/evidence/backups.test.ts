import { describe, expect, it } from 'vitest'
import { csv, readAll, texts, warningsOf } from './backups-support.ts'
import { errorsOf, short } from './support.ts'

const HEADER = 'id,component,started_at,completed_at,status,location'

async function log(...rows: readonly string[]): Promise<readonly string[]> {
  return texts(await readAll({ 'log.csv': csv(HEADER, ...rows) }))
}

describe('rows of backups', () => {
  it.each([
    ['success Success SUCCEEDED ok completed complete done passed', 'success [on* 01T04:10]'],
    ['warning warnings completed-with-warnings CompletedWithWarnings', 'warning [on* 01T04:10]'],
    ['partial partially-failed PartiallyFailed incomplete', 'partial [on* 01T04:10]'],
    ['failed failure error aborted cancelled expired timeout', 'failed'],
  ])('reads %s', async (words, told) => {
    for (const word of words.split(' ')) {
      expect(await log(`b1,db,01T04:00,01T04:10,${word},on`)).toEqual([`b1 db 01T04:00 01T04:10 ${told}`])
    }
  })

  it('takes what is running as running', async () => {
    const running = 'b1 db 01T04:00 - running'
    for (const word of ['running', 'in-progress', 'InProgress', 'pending', 'started', 'created', '']) {
      expect(await log(`b1,db,01T04:00,,${word},on`)).toEqual([running])
    }
    expect(await log('b1,db,01T04:00,01T04:10,running,on')).toEqual([running])
    expect(await log('b1,db,31T23:00,2026-06-01T00:00:01Z,success,on')).toEqual(['b1 db 31T23:00 - running'])
    expect(await log('b1,db,31T23:00,2026-06-01T00:00:00Z,success,on')).toEqual([
      'b1 db 31T23:00 2026-06-01T00:00 success [on* 2026-06-01T00:00]',
    ])
    expect(texts(await readAll({ 'log.csv': csv('id,started_at,completed_at', 'b1,01T04:00,') }))).toEqual([
      'b1  01T04:00 - running',
    ])
  })

  it('does not know what no column tells', async () => {
    expect(await log('b1,db,01T04:00,,success,on')).toEqual(['b1 db 01T04:00 ? success [on* ?]'])
    expect(await log('b1,db,01T04:00,?,?,on')).toEqual(['b1 db 01T04:00 ? ? [on* ?]'])
    expect(await log('b1,db,01T04:00,01T04:10,,on')).toEqual(['b1 db 01T04:00 01T04:10 ? [on* 01T04:10]'])
    const started = await readAll({ 'log.csv': csv('component,started_at', 'db,01T04:00') })
    expect(texts(started)).toEqual(['db@2026-05-01T04:00:00Z db 01T04:00 ? ? [* ?]'])
    const completed = await readAll({ 'log.csv': csv('id,completed_at,status', 'b1,01T04:10,ok') })
    expect(texts(completed)).toEqual(['b1  ? 01T04:10 success [* 01T04:10]'])
  })

  it('takes other names of columns once the type is known', async () => {
    const files = { 'log.csv': csv('component,start,finished_at,result,status', 'db,01T04:00,01T04:10,x,ok') }
    const told = ['db@2026-05-01T04:00:00Z db 01T04:00 01T04:10 success [* 01T04:10]']
    expect(texts(await readAll(files, { as: 'backup' }))).toEqual(told)
    const typed = { 'log.csv': csv('type,component,begin,end,status', 'backup,db,01T04:00,01T04:10,ok') }
    expect(texts(await readAll(typed))).toEqual(told)
  })

  it('reads all that is told of the place, the kind and the parent', async () => {
    const evidence = await readAll({
      'log.csv': csv(
        'id,started_at,completed_at,status,kind,parent,location,provider,region,country,expires_at,deleted_at,service',
        'f1,01T04:00,01T04:10,ok,FULL,,s3,ovh,gra,fr,30T00:00,,',
        'i1,02T04:00,02T04:10,ok,Incremental,f1,s3,,,,2027-01-01T00:00:00Z,20T00:00,',
        'i2,03T04:00,03T04:10,ok,Incremental,zz,s3,,,,?,2026-06-02T00:00:00Z,',
        'i3,04T04:00,04T04:10,ok,,?,s3,,,,,?,',
      ),
    })
    const [full, one, two, three] = evidence.backups.list
    expect(full).toMatchObject({ kind: 'full', parent: null, service: '' })
    expect(full?.copies[0]).toMatchObject({ provider: 'ovh', region: 'gra', country: 'FR', deleted: null })
    expect(full?.copies[0]?.expires?.earliest).toBe(Date.UTC(2026, 4, 30))
    expect(one).toMatchObject({ kind: 'incremental', parent: { id: 'f1', index: 0 } })
    expect(one?.copies[0]?.expires?.earliest).toBe(Date.UTC(2027, 0, 1))
    expect(one?.copies[0]?.deleted?.earliest).toBe(Date.UTC(2026, 4, 20))
    expect(one?.copies[0]?.deletedBy).toEqual({ input: 0, line: 3 })
    expect(two?.parent).toEqual({ id: 'zz' })
    expect(two?.copies[0]).toMatchObject({ deleted: null })
    expect(two?.copies[0]).not.toHaveProperty('expires')
    expect(three?.parent).toBeUndefined()
    expect(three).not.toHaveProperty('kind')
    expect(three?.copies[0]?.deleted).toBeUndefined()
  })

  it('leaves out what is later', async () => {
    const evidence = await readAll({
      'log.csv': csv(HEADER, 'b1,db,2026-06-01T00:00:00Z,,running,on', 'b2,db,2026-06-01T00:00:01Z,,running,on'),
    })
    expect(texts(evidence)).toEqual(['b1 db 2026-06-01T00:00 - running'])
    expect(evidence.inputs[0]?.counts).toMatchObject([{ used: 1, later: 1 }])
  })

  it('takes a date as a day whose hour is not known', async () => {
    const evidence = await readAll(
      { 'log.csv': csv(HEADER, 'b1,db,2026-05-31,2026-06-01,ok,on') },
      { timezone: 'UTC', asOf: Date.UTC(2026, 5, 1, 12) },
    )
    expect(texts(evidence)).toEqual([
      'b1 db 31T00:00~2026-06-01T00:00 2026-06-01T00:00~2026-06-01T12:00:00.001Z success [on* 2026-06-01T00:00~2026-06-01T12:00:00.001Z]',
    ])
  })

  it('sorts by start, else completion, then id', async () => {
    const evidence = await readAll({
      'log.csv': csv(
        'id,started_at,completed_at',
        'b,02T04:00,?',
        'a,02T04:00,?',
        'd,?,01T05:00',
        'c,01T04:00,?',
        'e,?,?',
      ),
    })
    expect(evidence.backups.list.map(({ id }) => id)).toEqual(['c', 'd', 'a', 'b', 'e'])
  })

  it('tells where the log of each component begins', async () => {
    const evidence = await readAll({
      'log.csv': csv(
        HEADER,
        'b2,db,02T04:00,02T04:10,failed,on',
        'b1,db,01T04:00,,running,on',
        'b3,files,?,03T04:10,ok,on',
      ),
      'list.csv': csv('taken_at,backup,component,started_at', '04T00:00,b0,db,01T00:00'),
    })
    expect([...evidence.backups.loggedFrom]).toEqual([
      ['db', Date.UTC(2026, 4, 1, 4)],
      ['files', Date.UTC(2026, 4, 3, 4, 10)],
    ])
    expect(evidence.backups.first).toBe(Date.UTC(2026, 4, 1))
    expect(evidence.backups.last).toBe(Date.UTC(2026, 4, 4))
  })

  it.each([
    ['b1,db,01T04:00,01T03:00,ok,on', '2:28 completed_at lies before started_at'],
    [
      ',,01T04:00,01T04:10,ok,on',
      '2:2 component and id are blank: expected what was backed up, or the id of the backup',
    ],
    ['b1,db,,,ok,on', '2:7 started_at and completed_at are blank: expected when the backup was made'],
    ['b1,db,,,,on', '2:7 started_at and completed_at are blank: expected when the backup was made'],
    [
      'b1,db,01T04:00,01T04:10,sucess,on',
      '2:49 status "sucess": did you mean "success"? | expected success, warning, partial, failed or running',
    ],
  ])('%s', async (row, error) => {
    const errors = await errorsOf({ 'log.csv': csv(HEADER, row) }, { types: new Set(['backup']) })
    expect(errors.map(short)).toEqual([error])
  })

  it('takes a run that is planned, and one whose times are not known', async () => {
    expect(await log('b1,db,,,pending,on', 'b2,db,?,?,ok,on')).toEqual([
      'b1 db ? - running',
      'b2 db ? ? success [on* ?]',
    ])
  })

  it('wants a code as country', async () => {
    const file = csv('id,started_at,country', 'b1,01T04:00,France')
    const errors = await errorsOf({ 'log.csv': file }, { types: new Set(['backup']) })
    expect(errors.map(short)).toEqual([
      '2:25 country "France": expected a code of two letters | such as FR or DE (ISO 3166)',
    ])
  })
})

describe('rows of one id', () => {
  it('counts equal ones once', async () => {
    const row = 'b1,db,01T04:00,01T04:10,ok,on'
    const evidence = await readAll({ 'a.csv': csv(HEADER, row), 'b.csv': csv(HEADER, row, row) })
    expect(texts(evidence)).toEqual(['b1 db 01T04:00 01T04:10 success [on* 01T04:10]'])
    expect(evidence.inputs.map(({ counts }) => counts[0])).toMatchObject([
      { used: 1, duplicates: 0 },
      { used: 0, duplicates: 2 },
    ])
    expect(evidence.backups.list[0]?.rows).toHaveLength(3)
  })

  it('tells on what ran once it has ended, whichever is read first', async () => {
    const [running, ended] = ['b1,db,01T04:00,,running,on', 'b1,db,01T04:00,01T04:10,ok,on'] as const
    const told = ['b1 db 01T04:00 01T04:10 success [on* 01T04:10]']
    expect(await log(running, ended)).toEqual(told)
    expect(await log(ended, running)).toEqual(told)
    expect(await log('b1,db,,,pending,on', running)).toEqual(['b1 db 01T04:00 - running'])
    expect(await log('b1,db,01T04:00,,ok,on', ended)).toEqual(told)
    expect(await log('b1,db,?,01T04:10,ok,on', running)).toEqual(told)
  })

  it('takes one at another location for a copy', async () => {
    expect(await log('b1,db,01T04:00,01T04:10,ok,on', 'b1,db,01T05:00,01T06:00,ok,off')).toEqual([
      'b1 db 01T04:00 01T04:10 success [on* 01T04:10; off 01T06:00]',
    ])
    expect(await log('b1,db,01T04:00,01T04:10,failed,on', 'b1,db,01T05:00,01T06:00,ok,off')).toEqual([
      'b1 db 01T04:00 01T06:00 success [off* 01T06:00]',
    ])
  })

  it('says nothing certain where they contradict each other', async () => {
    const evidence = await readAll({
      'log.csv': csv(
        HEADER,
        'b1,db,01T04:00,01T04:10,ok,on',
        'b1,db,01T04:00,01T04:20,ok,on',
        'b2,db,02T04:00,02T04:10,ok,on',
      ),
    })
    expect(evidence.backups.list.map(({ flaw }) => flaw?.reason)).toEqual(['contradictory', undefined])
    expect(evidence.backups.list[0]?.flaw).toEqual({
      reason: 'contradictory',
      why: 'it is given more than once, and the rows differ',
      origins: [
        { input: 0, line: 2 },
        { input: 0, line: 3 },
      ],
    })
    expect(warningsOf(evidence)).toEqual([
      'log.csv:3 contradictory: backup "b1": it is given more than once, and the rows differ; see also line 2 | keep the row that is right: nothing certain is said of this backup',
    ])
  })

  it('does not take two countries of one place', async () => {
    const evidence = await readAll({
      'a.csv': csv('id,started_at,completed_at,location,country', 'b1,01T04:00,01T04:10,s3,FR'),
      'b.csv': csv('taken_at,backup,location,country', '02T00:00,b1,s3,DE'),
    })
    expect(evidence.backups.list[0]?.flaw?.why).toBe('rows name different countries of one place: DE, FR')
  })

  it('never joins rows without an id, but counts equal ones once', async () => {
    const header = 'component,started_at,completed_at,status'
    const evidence = await readAll({
      'a.csv': csv(header, 'db,01T04:00,01T04:10,failed', 'db,01T04:00,01T04:20,ok'),
      'b.csv': csv('status,started_at,completed_at,component', 'ok,01T04:00,01T04:20,db'),
    })
    expect(texts(evidence)).toEqual([
      'db@2026-05-01T04:00:00Z db 01T04:00 01T04:10 failed',
      'db@2026-05-01T04:00:00Z db 01T04:00 01T04:20 success [* 01T04:20]',
    ])
    expect(evidence.inputs[1]?.counts).toMatchObject([{ used: 0, duplicates: 1 }])
  })
})
