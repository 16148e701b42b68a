import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { inspect } from '../../src/cli/inspect.ts'
import { inspectFiles } from '../../src/evidence/inspect.ts'
import { fakeIo } from '../cli/fake-io.ts'
import { csv, readAll, warningsOf } from './backups-support.ts'
import { fixture } from './formats-findings-support.ts'
import { at, errorsOf, inDirectory, noStdin, short, zones } from './support.ts'

const mapping = (text: string) => ({ mapping: { file: 'map.yaml', bytes: Buffer.from(text) } })
const LOG = 'id,component,started_at,status'
const log = csv(LOG, 'b1,/srv/files,01T04:00,fine', 'b2,/srv/database,02T04:00,fine')
const TAKEN = { takenAt: [{ at: at('2026-05-01T02:05:00Z') }] }

describe('texts that a mapping replaces', () => {
  it.each([
    ['{ /srv/file: files }', 'replace "/srv/file" as component, which no row has | did you mean "/srv/files"?'],
    [
      '{ /srv/files: files, /srv/databases: db }',
      'replace "/srv/databases" as component, which no row has | did you mean "/srv/database"?',
    ],
    ['{ etc: files }', 'replace "etc" as component, which no row has | rows have /srv/files, /srv/database'],
  ])('%s: no row has one', async (texts, warning) => {
    const evidence = await readAll(
      { 'log.csv': log },
      mapping(`values:\n  status: { fine: ok }\n  component: ${texts}\n`),
    )
    expect(warningsOf(evidence)).toEqual([`log.csv:1 mapping-value: the mapping's values (map.yaml:3) ${warning}`])
  })

  it('may be of any file of an entry, and more than there are', async () => {
    const files = { 'log.csv': log, 'more.csv': csv(LOG, 'b3,etc,01T04:00,ok') }
    const texts = 'values: { status: { fine: ok }, component: { etc: files, home: files, /srv/files: files } }\n'
    expect(warningsOf(await readAll(files, mapping(texts)))).toEqual([])
  })

  it('are looked for in what tools name', async () => {
    const files = { 'a.json': fixture('restic/snapshots-2026-05-01T0405.json') }
    const slip = await readAll(files, {
      ...mapping('set: { complete: yes }\nvalues: { component: { /srv/file: files } }\n'),
      ...TAKEN,
    })
    expect(warningsOf(slip)).toEqual([
      'a.json:1 mapping-value: the mapping\'s values (map.yaml:2) replace "/srv/file" as component, which no row has | did you mean "/srv/files"?',
    ])
    const right = await readAll(files, {
      ...mapping('set: { complete: yes }\nvalues: { component: { /srv/files: files } }\n'),
      ...TAKEN,
    })
    expect(warningsOf(right)).toEqual([])
  })
})

describe('texts that a mapping sets', () => {
  it('and that fill nothing are said so', async () => {
    const files = { 'a.json': fixture('restic/snapshots-2026-05-01T0405.json') }
    const set = 'set:\n  location: paris\n  started_at: yesterday\n  complete: yes\n'
    expect(warningsOf(await readAll(files, { ...mapping(set), ...TAKEN }))).toEqual([
      "a.json:1 mapping-set: the mapping's set (map.yaml:3) fills nothing with started_at: yesterday: every row has a text of its own | values replaces texts, set fills blank cells",
    ])
  })

  it('may fill cells of one file of several', async () => {
    const files = { 'log.csv': log, 'more.csv': csv('id,started_at', 'b3,03T04:00') }
    expect(
      warningsOf(await readAll(files, mapping('values: { status: { fine: ok } }\nset: { component: db }\n'))),
    ).toEqual([])
  })
})

describe('a mapping with several faults', () => {
  it('is told all of them', async () => {
    const text =
      'set: { componnent: db }\nlocations: { s3: { contry: FR }, off: { country: Spain } }\ntimezone: Europe/Pariss\n'
    const errors = (await errorsOf({ 'log.csv': log }, mapping(text))).map(short).map(one => one.split(/:? ?\|/)[0])
    expect(errors).toEqual([
      '2:20 unknown key "contry"',
      expect.stringMatching(/^3:11 /),
      '1:8 no record has a column "componnent"',
    ])
  })
})

describe('what inspect says of a mapping', () => {
  const map =
    'set: { location: paris }\nvalues: { component: { /srv/files: files } }\nlocations: { paris: { provider: ovh, country: FR } }\n'

  it('is where it stands, what it says, and columns that it fills', async () => {
    const [found] = await inDirectory({ 'a.json': fixture('restic/snapshots-2026-05-01T0405.json') }, directory =>
      inspectFiles([join(directory, 'a.json')], { ...mapping(map), ...TAKEN }, zones, noStdin),
    )
    expect(found?.mapping).toEqual({
      place: 'map.yaml:1',
      says: ['values component: /srv/files as files', 'set location: paris', 'locations paris: ovh, FR'],
    })
    expect(found?.columns).toMatchObject({
      id: 'backup',
      'set location: paris': 'location',
      'locations: provider': 'provider',
      'locations: country': 'country',
    })
  })

  it('stands on its page, with the notes of a tool once', async () => {
    const one = fixture('restic/snapshots-2026-05-01T0405.json')
    const page = await inDirectory({ 'a.json': one, 'b.json': one }, async directory => {
      const io = fakeIo({ 'map.yaml': map })
      const options = { format: 'pretty', map: 'map.yaml', takenAt: ['2026-05-01T02:05:00Z'], width: 120 }
      await inspect(
        ['a.json', 'b.json'].map(name => join(directory, name)),
        options,
        io,
      )
      return io.out.join('').replaceAll(`${directory}/`, '')
    })
    const lines = page.split('\n')
    expect(lines.filter(line => line.includes('a listing tells neither its time'))).toHaveLength(1)
    expect(lines.filter(line => /^ {2}note +as for .*a\.json$/.test(line))).toHaveLength(1)
    expect(page.replaceAll(/\s+/g, ' ')).toContain(
      'map map.yaml:1, values component: /srv/files as files, set location: paris, locations paris: ovh, FR',
    )
  })
})
