import { describe, expect, it } from 'vitest'
import { csv, readAll, warningsOf, when } from './backups-support.ts'
import { errorsOf, short } from './support.ts'

const LOG = 'id,component,started_at,completed_at,status,location'
const B1 = 'b1,db,01T04:00,01T04:10,ok,s3'

describe('verifications', () => {
  it('and restores from a backup say whether it can be read', async () => {
    const evidence = await readAll({
      'log.csv': csv(LOG, B1),
      'copies.csv': csv('backup,completed_at,location', 'b1,01T06:00,off'),
      'checks.csv': csv(
        'backup,time,outcome,location',
        'b1,04T00:00,Passed,',
        'b1,03T00:00,failed,off',
        'b1,04T00:00,passed,',
        'b1,05T00:00,?,',
        'b1,2026-06-02T00:00:00Z,failed,',
      ),
      'restores.csv': csv(
        'backup,started_at,completed_at,outcome,source,purpose',
        'b1,06T00:00,06T01:00,failed,backup,test',
        'b1,07T00:00,07T01:00,failed,live,test',
        'b1,08T00:00,08T01:00,ok,,real',
        'b1,09T00:00,,failed,backup,test',
        ',09T00:00,09T01:00,failed,backup,test',
      ),
    })
    const found = evidence.backups.list[0]?.verifications.map(({ at, passed, location, origin }) => {
      return [when(at), passed, location, origin.input]
    })
    expect(found).toEqual([
      ['03T00:00', false, 'off', 2],
      ['04T00:00', true, undefined, 2],
      ['05T00:00', undefined, undefined, 2],
      ['06T01:00', false, undefined, 3],
      ['08T01:00', true, undefined, 3],
    ])
    expect(evidence.inputs[2]?.counts).toMatchObject([{ used: 3, duplicates: 1, later: 1 }])
  })

  it('of an id that is at one place only are of that', async () => {
    const evidence = await readAll({
      'list.csv': csv(
        'taken_at,backup,location,started_at,original',
        '02T00:00,a1,near,01T04:00,',
        '02T00:00,z9,far,01T04:00,a1',
      ),
      'checks.csv': csv('backup,time,outcome', 'z9,03T00:00,failed'),
    })
    expect(evidence.backups.list[0]?.verifications[0]?.location).toBe('far')
  })

  it.each([
    ['b1,03T00:00,perhaps', '2:25 outcome "perhaps": no known word | expected passed, failed or another word of these'],
    [',03T00:00,ok', '2:1 backup is blank: expected the id of the backup that was verified'],
  ])('%s', async (row, error) => {
    const files = { 'checks.csv': csv('backup,time,outcome', row) }
    expect((await errorsOf(files, { types: new Set(['verification']) })).map(short)).toEqual([error])
  })
})

describe('components', () => {
  const log = csv(
    LOG,
    B1,
    'f1,flies,01T04:00,01T04:10,ok,s3',
    'a1,all,01T04:00,01T04:10,ok,s3',
    'n1,,01T04:00,01T04:10,ok,s3',
    'n2,,01T04:00,01T04:10,ok,s3',
  )

  it('that no clause names are said so, with what was meant', async () => {
    expect(warningsOf(await readAll({ 'log.csv': log }, { components: ['db', 'files'] }))).toEqual([
      'log.csv:3 unknown-component: no clause names the component "flies": 1 row not used for those that name some | did you mean "files"?',
      'log.csv:5 unknown-component: 2 rows without a component: the clauses name several, so they count for none of those | the clauses name db, files',
    ])
    expect(warningsOf(await readAll({ 'log.csv': log }))).toEqual([])
  })

  it('that no clause names are said so once for all files', async () => {
    const restores = csv('id,started_at,completed_at,outcome', 'x,03T00:00,03T01:00,ok')
    const files = { 'log.csv': log, 'more.csv': log, 'restores.csv': restores }
    expect(warningsOf(await readAll(files, { components: ['db', 'files'] })).map(text => text.split(' |')[0])).toEqual([
      'log.csv:3 unknown-component: no clause names the component "flies": 2 rows in 2 files not used for those that name some',
      'log.csv:5 unknown-component: 4 rows in 2 files without a component: the clauses name several, so they count for none of those',
    ])
  })

  it('that no row names are the one that clauses name', async () => {
    const evidence = await readAll({ 'log.csv': log }, { components: ['db'] })
    expect(evidence.backups.list.map(({ id, component }) => `${id} ${component}`)).toEqual([
      'a1 all',
      'b1 db',
      'f1 flies',
      'n1 db',
      'n2 db',
    ])
    expect(warningsOf(evidence)).toEqual([
      'log.csv:3 unknown-component: no clause names the component "flies": 1 row not used for those that name some | the clauses name db',
    ])
  })
})
