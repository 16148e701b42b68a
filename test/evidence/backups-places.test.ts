import { describe, expect, it } from 'vitest'
import { csv, readAll, texts, warningsOf } from './backups-support.ts'

const LIST = 'taken_at,backup,component,location,complete,started_at,completed_at'

/** A listing of one file, all of its backups complete at once. */
const listing = (at: string, ids: readonly string[], component = 'db', location = ''): string =>
  csv(LIST, ...ids.map(id => `${at},${id},${component},${location},yes,01T04:00,01T04:00`))

const told = async (files: Readonly<Record<string, string>>) => {
  const evidence = await readAll(files)
  const places = evidence.backups.listings.map(({ place }) => place)
  return {
    texts: texts(evidence),
    places: new Set(places.filter(place => place !== undefined)).size,
    warnings: warningsOf(evidence)
      .filter(text => text.includes('places-not-told'))
      .map(text => text.replaceAll(/\S*\/(?=\w+\.csv)/g, '')),
  }
}

describe('listings without a location', () => {
  it('of two repositories, taken in turn, do not prove that what the other holds is gone', async () => {
    const found = await told({
      'a1.csv': listing('02T04:00', ['a1', 'a2']),
      'b1.csv': listing('02T05:00', ['b1']),
      'a2.csv': listing('03T04:00', ['a2']),
      'b2.csv': listing('03T05:00', ['b1']),
    })
    expect(found.texts).toEqual([
      // What its own place lacks is gone.
      'a1 db 01T04:00 01T04:00 success [ 01T04:00 there 02T04:00..02T04:00 gone 03T04:00..03T04:00]',
      'a2 db 01T04:00 01T04:00 success [ 01T04:00 there 02T04:00..03T04:00]',
      'b1 db 01T04:00 01T04:00 success [ 01T04:00 there 02T05:00..03T05:00]',
    ])
    expect(found.places).toBe(2)
    expect(found.warnings).toEqual([
      'b1.csv:2 places-not-told: listings that name no location are of 2 places, such as a1.csv and b1.csv: what the one lacks the other lists again later | name them in a --map file, each file its own: set: { location: … }; until then what one lacks does not prove that it is gone from another',
    ])
  })

  it('nor of what only a log tells, which may be at any of them', async () => {
    const log = csv('id,component,started_at,completed_at,status', 'x,db,01T04:00,01T04:10,ok')
    const files = {
      'a1.csv': listing('02T04:00', ['a1']),
      'b1.csv': listing('02T05:00', ['b1']),
      'a2.csv': listing('03T04:00', ['a1']),
    }
    const found = await told({ ...files, 'log.csv': log })
    expect(found.texts).toContain('x db 01T04:00 01T04:10 success [* 01T04:10]')
    const { 'b1.csv': _, ...one } = files
    const alone = await told({ ...one, 'log.csv': log })
    expect(alone.texts).toContain('x db 01T04:00 01T04:10 success [* 01T04:10 gone 02T04:00..03T04:00]')
  })

  it('that show nothing between two that show the same are of elsewhere, too', async () => {
    const empty = csv('taken_at,backup,location,complete', '02T12:00,,,yes')
    const found = await told({
      'a1.csv': listing('02T04:00', ['a1']),
      'empty.csv': empty,
      'a2.csv': listing('03T04:00', ['a1']),
    })
    expect(found.texts).toEqual(['a1 db 01T04:00 01T04:00 success [ 01T04:00 there 02T04:00..03T04:00]'])
    expect(found.warnings).toHaveLength(1)
  })

  it.each([
    ['a backup that comes back is gone between: the listings share another', ['a1', 'a2'], ['a2'], ['a1', 'a2']],
    ['one after the other, with nothing in common, are of one', ['a1'], ['a2'], ['a3']],
  ])('%s', async (_, first, second, third) => {
    const found = await told({
      '1.csv': listing('02T04:00', first),
      '2.csv': listing('02T12:00', second),
      '3.csv': listing('03T04:00', third),
    })
    expect(found.places).toBe(0)
    expect(found.warnings).toEqual([])
    expect(found.texts[0]).toContain('gone 02T12:00')
  })

  it('of one file are of one place', async () => {
    const rows = ['02T04:00,a1', '02T12:00,a2', '03T04:00,a1'].map(row => `${row},db,,yes,01T04:00,01T04:00`)
    const found = await told({ 'all.csv': csv(LIST, ...rows) })
    expect(found.texts[0]).toContain('there 02T04:00..02T04:00 gone 02T12:00..02T12:00 there 03T04:00')
    expect(found.warnings).toEqual([])
  })

  it('of other components say nothing of each other', async () => {
    const found = await told({
      '1.csv': listing('02T04:00', ['a1']),
      '2.csv': listing('02T12:00', ['f1'], 'files'),
      '3.csv': listing('03T04:00', ['a1']),
    })
    expect(found.places).toBe(0)
  })

  it('are of the place that they name, where they name one', async () => {
    const found = await told({
      'a1.csv': listing('02T04:00', ['a1'], 'db', 'paris'),
      'b1.csv': listing('02T05:00', ['b1'], 'db', 'lyon'),
      'a2.csv': listing('03T04:00', ['a1'], 'db', 'paris'),
    })
    expect(found.places).toBe(0)
  })
})
