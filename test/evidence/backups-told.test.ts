import { describe, expect, it } from 'vitest'
import { csv, readAll, texts, warningsOf, when } from './backups-support.ts'

const LOG = 'id,component,started_at,completed_at,status,location'
const B1 = 'b1,db,01T04:00,01T04:10,ok,s3'
const COPY = 'backup,started_at,completed_at,status,location,provider,deleted_at,id'
const DELETED = 'backup,time,location'

describe('copies', () => {
  it('begin and end with their transfer', async () => {
    const evidence = await readAll({
      'log.csv': csv(LOG, B1, 'b2,db,02T04:00,02T04:10,ok,s3', 'b3,db,03T04:00,03T04:10,ok,s3'),
      'copies.csv': csv(
        COPY,
        'b1,01T05:00,01T06:00,ok,off,ovh,,',
        'b1,01T05:00,01T07:00,ok,far,aws,,',
        'b2,02T05:00,,,off,ovh,,',
        'b2,02T05:00,02T06:00,failed,far,aws,,',
        'b3,31T23:00,2026-06-01T01:00:00Z,ok,off,ovh,,',
        'b3,?,?,ok,far,aws,,',
      ),
    })
    expect(texts(evidence)).toEqual([
      'b1 db 01T04:00 01T04:10 success [s3* 01T04:10; off 01T06:00 deleted -; far 01T07:00 deleted -]',
      'b2 db 02T04:00 02T04:10 success [s3* 02T04:10; off - deleted -]',
      'b3 db 03T04:00 03T04:10 success [s3* 03T04:10; far ? deleted -; off - deleted -]',
    ])
    const [b1, b2] = evidence.backups.list
    expect(b1?.copies.map(({ begun, provider }) => [when(begun), provider])).toEqual([
      ['01T04:00', undefined],
      ['01T05:00', 'ovh'],
      ['01T05:00', 'aws'],
    ])
    expect(b2?.copies[1]?.origin).toEqual({ input: 1, line: 4 })
  })

  it('of one place are one, from the first on', async () => {
    const copies = csv(COPY, 'b1,,02T07:00,ok,off,,,', 'b1,,01T07:00,ok,off,,,', 'b1,,,running,off,,,')
    const evidence = await readAll({ 'log.csv': csv(LOG, B1), 'copies.csv': copies })
    expect(texts(evidence)).toEqual(['b1 db 01T04:00 01T04:10 success [s3* 01T04:10; off 01T07:00 deleted -]'])
  })

  it('of a place that no row names are not where the backup is', async () => {
    const files = {
      'log.csv': csv('id,started_at,completed_at', 'b1,01T04:00,01T04:10'),
      'copies.csv': csv('backup,completed_at', 'b1,01T06:00'),
      'list.csv': csv('taken_at,backup,complete', '02T00:00,b1,yes', '03T00:00,,yes'),
    }
    // Which of the two the listing is of is not known: it proves no absence.
    expect(texts(await readAll(files))).toEqual([
      'b1  01T04:00 01T04:10 ? [* 01T04:10 there 02T00:00..02T00:00;  01T06:00]',
    ])
  })

  it('introduce backups that no other row tells of', async () => {
    const copies = csv('backup,completed_at,location,component', 'b8,01T06:00,off,db', 'b9,01T06:00,off,db')
    const evidence = await readAll({ 'log.csv': csv(LOG, B1), 'copies.csv': copies })
    expect(texts(evidence)).toEqual([
      'b1 db 01T04:00 01T04:10 success [s3* 01T04:10]',
      'b8 db ? ? ? [off 01T06:00]',
      'b9 db ? ? ? [off 01T06:00]',
    ])
    expect(warningsOf(evidence)).toEqual([
      'copies.csv:2 unknown-backup: 2 backup-copy rows name backups that no other row tells of: only these copies are known of it: "b8", "b9"',
    ])
  })

  it('are the same under an id of their own', async () => {
    const files = {
      'log.csv': csv(LOG, B1),
      'copies.csv': csv(COPY, 'b1,,01T06:00,ok,off,,,c1'),
      'list.csv': csv('taken_at,backup,component,location,complete', '02T00:00,c1,db,off,yes', '03T00:00,,db,off,yes'),
    }
    const listed = 'off 01T06:00 there 02T00:00..02T00:00 gone 03T00:00..03T00:00 deleted -'
    expect(texts(await readAll(files))).toEqual([`b1 db 01T04:00 01T04:10 success [s3* 01T04:10; ${listed}]`])
    const deleted = { ...files, 'list.csv': csv(DELETED, 'c1,04T00:00,') }
    expect(texts(await readAll(deleted))).toEqual([
      'b1 db 01T04:00 01T04:10 success [s3* 01T04:10; off 01T06:00 deleted 04T00:00]',
    ])
  })

  it('numbered like backups are not those', async () => {
    const files = {
      'log.csv': csv(LOG, '1,db,01T04:00,01T04:10,ok,s3', '2,db,02T04:00,02T04:10,ok,s3'),
      'copies.csv': csv(COPY, '2,,02T06:00,ok,off,,,1'),
      'deleted.csv': csv(DELETED, '1,05T00:00,'),
    }
    expect(texts(await readAll(files))).toEqual([
      '1 db 01T04:00 01T04:10 success [s3* 01T04:10 deleted 05T00:00]',
      '2 db 02T04:00 02T04:10 success [s3* 02T04:10; off 02T06:00 deleted -]',
    ])
  })

  it('complete before the backup was started contradict it', async () => {
    const copies = csv('backup,completed_at,location', 'b1,01T03:59,off')
    const evidence = await readAll({ 'log.csv': csv(LOG, B1), 'copies.csv': copies })
    expect(evidence.backups.list[0]?.flaw?.why).toBe('a copy of it was complete before it was started')
  })
})

describe('deletions', () => {
  const copied = { 'log.csv': csv(LOG, B1), 'copies.csv': csv('backup,completed_at,location', 'b1,01T06:00,off') }

  it.each([
    ['b1,03T00:00,', 's3* 01T04:10 deleted 03T00:00; off 01T06:00 deleted 03T00:00'],
    ['b1,03T00:00,off', 's3* 01T04:10; off 01T06:00 deleted 03T00:00'],
    ['b1,03T00:00,s3', 's3* 01T04:10 deleted 03T00:00; off 01T06:00'],
    ['b1,2026-06-01T00:00:00Z,s3', 's3* 01T04:10 deleted 2026-06-01T00:00; off 01T06:00'],
    ['b1,2026-06-01T00:00:01Z,s3', 's3* 01T04:10; off 01T06:00'],
  ])('%s', async (row, places) => {
    const evidence = await readAll({ ...copied, 'deleted.csv': csv(DELETED, row) })
    expect(texts(evidence)).toEqual([`b1 db 01T04:00 01T04:10 success [${places}]`])
    expect(warningsOf(evidence)).toEqual([])
  })

  it('everywhere, after one of a place, are of the rest', async () => {
    const files = {
      'log.csv': csv(LOG, B1),
      'copies.csv': csv('backup,completed_at,location,deleted_at', 'b1,01T06:00,off,03T00:00'),
      'deleted.csv': csv(DELETED, 'b1,05T00:00,'),
    }
    const evidence = await readAll(files)
    expect(texts(evidence)).toEqual([
      'b1 db 01T04:00 01T04:10 success [s3* 01T04:10 deleted 05T00:00; off 01T06:00 deleted 03T00:00]',
    ])
    expect(warningsOf(evidence)).toEqual([])
    const twice = await readAll({ ...files, 'more.csv': csv(DELETED, 'b1,06T00:00,', 'b1,04T00:00,off') })
    expect(warningsOf(twice).map(text => text.split(' |')[0])).toEqual([
      'more.csv:3 deleted-twice: 1 backup is deleted more than once: "b1"',
    ])
  })

  it('by a cell and by a row are the first of the two, or what both fit', async () => {
    const header = 'id,started_at,completed_at,deleted_at'
    const told = async (cell: string, ...rows: readonly string[]) => {
      const files = {
        'log.csv': csv(header, `b1,01T04:00,01T04:10,${cell}`),
        'deleted.csv': csv('backup,time', ...rows),
      }
      const evidence = await readAll(files, { timezone: 'UTC' })
      return [evidence.backups.list[0]?.copies[0]?.deleted, warningsOf(evidence)].flatMap((one, i) =>
        i === 0 ? when(one as never) : (one as string[]),
      )
    }
    expect(await told('', 'b1,05T00:00')).toEqual(['05T00:00'])
    expect(await told('04T00:00', 'b1,04T00:00')).toEqual(['04T00:00'])
    expect(await told('2026-05-04', 'b1,04T13:00')).toEqual(['04T13:00'])
    expect(await told('06T00:00', 'b1,05T00:00')).toEqual([
      '05T00:00',
      'log.csv:2 deleted-twice: 1 backup is deleted more than once: "b1" | the first deletion counts',
    ])
    expect(await told('2026-06-02T00:00:00Z', 'b1,2026-06-03T00:00:00Z')).toEqual(['-'])
  })

  it('that a listing contradicts give way to a later one', async () => {
    const list = csv('taken_at,backup,component,location', '06T00:00,b1,db,s3')
    const files = { 'log.csv': csv(LOG, B1), 'list.csv': list }
    const first = await readAll({ ...files, 'deleted.csv': csv(DELETED, 'b1,05T00:00,') })
    expect(texts(first)).toEqual([
      'b1 db 01T04:00 01T04:10 success [s3* 01T04:10 there 06T00:00..06T00:00 deleted 05T00:00]',
    ])
    const again = await readAll({ ...files, 'deleted.csv': csv(DELETED, 'b1,05T00:00,', 'b1,07T00:00,') })
    expect(texts(again)).toEqual([
      'b1 db 01T04:00 01T04:10 success [s3* 01T04:10 there 06T00:00..06T00:00 deleted 07T00:00]',
    ])
    expect(warningsOf(again)).toEqual([])
  })

  it('of what no row tells of are said so', async () => {
    const files = {
      'log.csv': csv(LOG, B1),
      'deleted.csv': csv(DELETED, 'b11,03T00:00,', 'x,03T00:00,', 'b11,03T00:00,'),
    }
    const evidence = await readAll(files)
    expect(warningsOf(evidence)).toEqual([
      'deleted.csv:2 unknown-backup: 2 backup-deletion rows name backups that no other row tells of: "b11", "x" | "b11": did you mean "b1"?',
    ])
    expect(evidence.inputs[1]?.counts).toMatchObject([{ used: 2, duplicates: 1 }])
  })

  it('at a location where no row says it was leave nothing certain', async () => {
    const evidence = await readAll({ ...copied, 'deleted.csv': csv(DELETED, 'b1,03T00:00,of') })
    expect(evidence.backups.list[0]?.flaw?.why).toBe('it is deleted at "of", where no row says that it was')
    expect(warningsOf(evidence)).toContain(
      'deleted.csv:2 unknown-location: 1 backup-deletion row of a backup at a location where no row says that it was: "b1" at "of" | did you mean "off"?',
    )
  })

  it('at a location are of the one place of a backup whose rows name none', async () => {
    const log = csv('id,started_at,completed_at', 'b1,01T04:00,01T04:10')
    const evidence = await readAll({ 'log.csv': log, 'deleted.csv': csv(DELETED, 'b1,03T00:00,s3') })
    expect(texts(evidence)).toEqual(['b1  01T04:00 01T04:10 ? [* 01T04:10 deleted 03T00:00]'])
  })

  it('before the start contradict it', async () => {
    const evidence = await readAll({ 'log.csv': csv(LOG, B1), 'deleted.csv': csv(DELETED, 'b1,01T03:00,') })
    expect(evidence.backups.list[0]?.flaw?.why).toBe('it is deleted before it was started')
  })

  it('name rows without an id by component and start', async () => {
    const log = csv('component,started_at,completed_at', 'db,01T04:00,01T04:10')
    const deleted = csv('backup,time', 'db@2026-05-01T04:00:00Z,03T00:00')
    const evidence = await readAll({ 'log.csv': log, 'deleted.csv': deleted })
    expect(texts(evidence)).toEqual(['db@2026-05-01T04:00:00Z db 01T04:00 01T04:10 ? [* 01T04:10 deleted 03T00:00]'])
  })
})
