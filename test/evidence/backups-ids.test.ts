import { describe, expect, it } from 'vitest'
import { csv, readAll, texts } from './backups-support.ts'

describe('ids that change', () => {
  it('are one backup by original, at one place one copy', async () => {
    const header = 'taken_at,backup,location,complete,started_at,completed_at,original'
    const evidence = await readAll({
      'list.csv': csv(
        header,
        '02T00:00,a1,repo,yes,01T04:00,01T04:10,',
        '03T00:00,a2,repo,yes,01T04:00,01T04:10,a1',
        '04T00:00,a3,repo,yes,01T04:00,01T04:10,a1',
        '04T00:00,z9,other,yes,01T04:00,01T04:10,a2',
        '05T00:00,,other,yes,,,',
      ),
    })
    expect(texts(evidence)).toEqual([
      'a1  01T04:00 01T04:10 success [repo* 01T04:10 there 02T00:00..04T00:00; other ? there 04T00:00..04T00:00 gone 05T00:00..05T00:00]',
    ])
  })

  it('take the name of an original that no row has', async () => {
    const header = 'taken_at,backup,started_at,original'
    const list = csv(header, '02T00:00,b,01T04:00,zz', '02T00:00,a,01T03:00,zz')
    expect(texts(await readAll({ 'list.csv': list }))).toEqual(['zz  01T03:00 ? success [ ? there 02T00:00..02T00:00]'])
  })

  it('of a circle are one, named by the first', async () => {
    const header = 'taken_at,backup,started_at,original'
    const list = csv(header, '02T00:00,b,01T04:00,a', '02T00:00,a,01T04:00,b')
    expect(texts(await readAll({ 'list.csv': list }))).toEqual(['a  01T04:00 ? success [ ? there 02T00:00..02T00:00]'])
  })

  it('are deleted once each of them is', async () => {
    const rows = ['id,started_at,completed_at,original', 'a1,01T04:00,01T04:10,', 'a2,01T04:00,01T04:10,a1'] as const
    const one = { 'log.csv': csv(...rows), 'del.csv': csv('backup,time', 'a1,05T00:00') }
    expect(texts(await readAll(one))).toEqual(['a1  01T04:00 01T04:10 ? [* 01T04:10]'])
    const both = { ...one, 'more.csv': csv('backup,time', 'a2,07T00:00') }
    expect(texts(await readAll(both))).toEqual(['a1  01T04:00 01T04:10 ? [* 01T04:10 deleted 07T00:00]'])
  })
})
