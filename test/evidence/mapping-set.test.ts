import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { inspectFiles } from '../../src/evidence/inspect.ts'
import { csv, readAll, texts, warningsOf } from './backups-support.ts'
import { errorsOf, inDirectory, noStdin, short, zones } from './support.ts'

const mapping = (text: string) => ({ file: 'map.yaml', bytes: Buffer.from(text) })

describe('set', () => {
  const log = csv('id,started_at,completed_at,location', 'b1,01T04:00,01T04:10,s3', 'b2,02T04:00,02T04:10,')

  it('fills a column that the file lacks, or that is blank', async () => {
    const map = mapping('set: { component: db, location: onsite, status: ok }\n')
    const evidence = await readAll({ 'log.csv': log }, { mapping: map })
    expect(texts(evidence)).toEqual([
      'b1 db 01T04:00 01T04:10 success [s3* 01T04:10]',
      'b2 db 02T04:00 02T04:10 success [onsite* 02T04:10]',
    ])
    expect(evidence.inputs[0]?.columns).toEqual({
      id: 'id',
      started_at: 'started_at',
      completed_at: 'completed_at',
      location: 'location',
      'set component: db': 'component',
      'set status: ok': 'status',
    })
    expect(warningsOf(evidence)).toEqual([])
  })

  it('fills what the values leave blank, and a column under any name that it has', async () => {
    const map = mapping('columns: { Wo: location }\nvalues: { location: { n/a: "" } }\nset: { Location: onsite }\n')
    const file = csv('id,started_at,completed_at,Wo', 'b1,01T04:00,01T04:10,n/a', 'b2,02T04:00,02T04:10,s3')
    expect(texts(await readAll({ 'log.csv': file }, { mapping: map }))).toEqual([
      'b1  01T04:00 01T04:10 ? [onsite* 01T04:10]',
      'b2  02T04:00 02T04:10 ? [s3* 02T04:10]',
    ])
  })

  it('tells the type of a file where its own columns do not', async () => {
    const file = csv('started_at,completed_at,status', '01T04:00,01T04:10,ok')
    const evidence = await readAll({ 'log.csv': file }, { mapping: mapping('set: { component: db }\n') })
    expect(texts(evidence)).toEqual(['db@2026-05-01T04:00:00Z db 01T04:00 01T04:10 success [* 01T04:10]'])
  })

  it('fills records that lack a key, and those whose keys come later', async () => {
    const records = [
      { id: 'b1', started_at: '2026-05-01T04:00:00Z' },
      { id: 'b2', started_at: '2026-05-02T04:00:00Z', component: 'files', extra: 1 },
      { id: 'b3', started_at: '2026-05-03T04:00:00Z', component: '' },
    ]
    const file = records.map(record => `${JSON.stringify(record)}\n`).join('')
    const map = mapping('set: { component: db }\n')
    const evidence = await readAll({ 'log.ndjson': file }, { mapping: map })
    expect(evidence.backups.list.map(({ component }) => component)).toEqual(['db', 'files', 'db'])
  })

  it('fills rows of every type of a file', async () => {
    const file = csv('type,id,backup,started_at,time', 'backup,b1,,01T04:00,', 'backup-deletion,,b1,,02T00:00')
    const evidence = await readAll({ 'all.csv': file }, { mapping: mapping('set: { location: s3 }\n') })
    expect(texts(evidence)).toEqual(['b1  01T04:00 ? ? [s3* ? deleted 02T00:00]'])
  })

  it('gives a column that only filters ask for', async () => {
    const filters = [[{ column: 'environment', values: ['prod'], not: false }]]
    const evidence = await readAll({ 'log.csv': log }, { mapping: mapping('set: { environment: prod }\n'), filters })
    expect(evidence.backups.list.map(({ attributes }) => ({ ...attributes }))).toEqual([
      { environment: 'prod' },
      { environment: 'prod' },
    ])
  })

  it.each([
    ['set: { componnent: db }', '1:8 no record has a column "componnent" | did you mean "component"?'],
    ['set: { type: backup }', '1:8 set can not say the type of rows | say as: TYPE'],
    ['sets: { component: db }', '1:1 unknown key "sets" | did you mean "set"?'],
    ['set: paris', '1:6 set: expected { COLUMN: TEXT }'],
    ['set: { location: [a] }', '1:18 set.location: expected a text'],
    ['values: { component: db }', '1:22 values.component: expected { TEXT: WHAT IT STANDS FOR }'],
    ['locations: { s3: FR }', '1:18 locations.s3: expected { provider, region, country }'],
    ['locations: { s3: { provider: { a: 1 } } }', '1:30 locations.s3.provider: expected a text'],
    ['where: { component: { is: db } }', expect.stringMatching(/^1:/)],
    ['paris', '1:1 an entry has keys, such as files, columns, values, set'],
  ])('%s', async (text, error) => {
    expect((await errorsOf({ 'log.csv': log }, { mapping: mapping(text) })).map(short)).toEqual([error])
  })

  it('is what is wrong where a cell that it fills is, once', async () => {
    const errors = await errorsOf(
      { 'log.csv': log },
      { mapping: mapping('set: { country: France }\n'), types: new Set(['backup']) },
    )
    expect(errors.map(short)).toEqual([
      'undefined:undefined map.yaml:1: set country "France": expected a code of two letters (2 rows) | such as FR or DE (ISO 3166)',
    ])
    expect(errors.map(({ code }) => code)).toEqual(['bad-set'])
    const more = csv('id,started_at,completed_at,country', 'b1,01T04:00,01T04:10,', 'b2,02T04:00,,Spain')
    const both = await errorsOf(
      { 'log.csv': more },
      { mapping: mapping('set:\n  country: x\n  status: nearly\n'), types: new Set(['backup']) },
    )
    expect(both.map(short).map(text => text.split(/: expected| \|/)[0])).toEqual([
      'undefined:undefined map.yaml:3: set status "nearly": no known word (2 rows)',
      'undefined:undefined map.yaml:2: set country "x"',
      '3:26 country "Spain"',
    ])
  })
})

describe('locations', () => {
  const log = csv(
    'id,started_at,completed_at,location,region',
    'b1,01T04:00,01T04:10,s3,gra',
    'b2,02T04:00,02T04:10,off,',
  )

  it('say where rows at a location are, as far as those do not', async () => {
    const map = mapping(
      'values: { location: { off: tape } }\nlocations:\n  s3: { provider: ovh, region: x, country: fr }\n  tape: { provider: own, country: DE }\n',
    )
    const evidence = await readAll({ 'log.csv': log }, { mapping: map })
    const places = evidence.backups.list.map(({ copies }) => {
      const { location, provider, region, country } = copies[0] ?? {}
      return [location, provider, region, country]
    })
    expect(places).toEqual([
      ['s3', 'ovh', 'gra', 'FR'],
      ['tape', 'own', undefined, 'DE'],
    ])
    expect(evidence.inputs[0]?.columns).toMatchObject({
      'locations: provider': 'provider',
      'locations: country': 'country',
      region: 'region',
    })
  })

  it('hold for a location that is set', async () => {
    const map = mapping('set: { location: s3 }\nlocations: { s3: { country: FR } }\n')
    const evidence = await readAll({ 'log.csv': csv('id,started_at', 'b1,01T04:00') }, { mapping: map })
    expect(evidence.backups.list[0]?.copies[0]).toMatchObject({ location: 's3', country: 'FR' })
  })

  it('that no row is at are said so', async () => {
    const map = mapping('locations: { s3: { country: FR }, of: { country: FR }, tape: { country: FR } }\n')
    expect(warningsOf(await readAll({ 'log.csv': log }, { mapping: map }))).toEqual([
      'log.csv:1 mapping-location: the mapping\'s locations name "of", where no row is | did you mean "off"?',
      'log.csv:1 mapping-location: the mapping\'s locations name "tape", where no row is | rows are at s3, off',
    ])
    const none = csv('id,completed_at', 'b1,01T04:00')
    expect(
      warningsOf(await readAll({ 'log.csv': none }, { mapping: mapping('locations: { s3: { country: FR } }\n') })),
    ).toEqual([
      'log.csv:1 mapping-location: the mapping\'s locations name "s3", where no row is | no row names a location: set: { location: s3 } gives all of a file one',
    ])
  })

  it.each([
    ['locations: { s3: { contry: FR } }', '1:20 unknown key "contry" | did you mean "country"?'],
    ['locations: { s3: { place: FR } }', '1:20 unknown key "place" | known keys are provider, region, country'],
    [
      'locations: { s3: { country: France } }',
      '1:29 country "France": expected a code of two letters | such as FR or DE (ISO 3166)',
    ],
  ])('%s', async (text, error) => {
    expect((await errorsOf({ 'log.csv': log }, { mapping: mapping(text) })).map(short)).toEqual([error])
  })
})

describe('--taken-at of a plain listing', () => {
  const takenAt = [{ files: '**/list.csv', at: Date.UTC(2026, 4, 2) }]

  it('is the time of one that does not say it', async () => {
    const files = {
      'list.csv': csv('backup,component,complete', 'b1,db,yes'),
      'other.csv': csv('taken_at,backup', '03T00:00,b2'),
    }
    const evidence = await readAll(files, { takenAt })
    expect(texts(evidence)).toEqual([
      'b1 db ? ? success [ ? there 02T00:00..02T00:00]',
      'b2  ? ? success [ ? there 03T00:00..03T00:00]',
    ])
    expect(evidence.inputs[0]?.columns).toMatchObject({ '--taken-at': 'taken_at' })
  })

  it('is that of records, and of rows that name their type', async () => {
    const typed = csv('type,backup,started_at,id', 'inventory,b1,01T04:00,', 'backup,,01T05:00,b2')
    expect(texts(await readAll({ 'list.csv': typed }, { takenAt }))).toEqual([
      'b1  01T04:00 ? success [ ? there 02T00:00..02T00:00]',
      'b2  01T05:00 ? ? [* ?]',
    ])
    const json = `${JSON.stringify([{ backup: 'b1', complete: true }])}\n`
    const options = { as: 'inventory', takenAt: [{ at: Date.UTC(2026, 4, 2) }] }
    expect(texts(await readAll({ 'list.json': json }, options))).toEqual([
      'b1  ? ? success [ ? there 02T00:00..02T00:00]',
    ])
  })

  it('gives way to a column of the file, and leaves other files as they are', async () => {
    const said = await readAll({ 'list.csv': csv('taken_at,backup', '03T00:00,b1') }, { takenAt })
    expect(texts(said)).toEqual(['b1  ? ? success [ ? there 03T00:00..03T00:00]'])
    const log = await readAll({ 'list.csv': csv('id,completed_at', 'b1,01T04:00') }, { takenAt })
    expect(log.inputs[0]?.columns).toEqual({ id: 'id', completed_at: 'completed_at' })
  })

  it('is missed where no option says it', async () => {
    const file = { 'list.csv': csv('backup,location', 'b1,s3') }
    const errors = await errorsOf(file, { types: new Set(['inventory']), as: 'inventory' })
    expect(errors.map(one => one.message)).toEqual(['no column "taken_at", which records of type inventory need'])
  })
})

describe('inspecting a file whose columns are added', () => {
  it('shows where they come from', async () => {
    const map = mapping('set: { component: db }\nlocations: { s3: { country: FR } }\n')
    const files = { 'list.csv': csv('backup,location', 'b1,s3') }
    const takenAt = [{ at: Date.UTC(2026, 4, 2) }]
    const [shown] = await inDirectory(files, directory =>
      inspectFiles([join(directory, 'list.csv')], { mapping: map, takenAt }, zones, noStdin),
    )
    expect(shown?.columns).toEqual({
      backup: 'backup',
      location: 'location',
      'set component: db': 'component',
      'locations: country': 'country',
      '--taken-at': 'taken_at',
    })
    expect(shown?.unused).toEqual([])
    expect(shown?.problems).toEqual([])
  })
})
