import { describe, expect, it } from 'vitest'
import { csv, readAll, texts, warningsOf } from './backups-support.ts'
import { at } from './support.ts'

const HEADER = 'taken_at,backup,component,location,complete,started_at,scope'
const shown = (...rows: readonly string[]) => csv(HEADER, ...rows)

describe('listings that may have been narrowed', () => {
  it('prove no absence of a scope that they do not show', async () => {
    const { backups } = await readAll({
      'a.csv': shown(
        '02T00:00,a1,db,L,yes,01T03:00,h1',
        '02T00:00,a2,db,L,yes,01T04:00,h2',
        '02T00:00,a3,db,L,yes,01T05:00,h1',
      ),
      'b.csv': shown('03T00:00,a1,db,L,yes,01T03:00,h1'),
    })
    expect(texts({ backups } as never)).toEqual([
      'a1 db 01T03:00 ? success [L ? there 02T00:00..03T00:00]',
      'a2 db 01T04:00 ? success [L ? there 02T00:00..02T00:00]',
      'a3 db 01T05:00 ? success [L ? there 02T00:00..02T00:00 gone 03T00:00..03T00:00]',
    ])
    // What no listing shows may be of any scope: of the whole component the second tells nothing.
    expect(backups.listings.map(({ components, everyComponent }) => [[...components], everyComponent])).toEqual([
      [['db'], false],
      [[], false],
    ])
  })

  it('tell nothing of what a log alone names once they lack a scope, and all before', async () => {
    const { backups } = await readAll({
      'log.csv': csv('id,component,started_at,completed_at,location', 'x,db,01T01:00,01T01:10,L'),
      'a.csv': shown('02T00:00,a1,db,L,yes,01T03:00,h1', '02T00:00,a2,db,L,yes,01T04:00,h2'),
      'b.csv': shown('03T00:00,a1,db,L,yes,01T03:00,h1'),
    })
    expect(texts({ backups } as never)[0]).toBe('x db 01T01:00 01T01:10 ? [L* 01T01:10 gone 02T00:00..02T00:00]')
  })

  it('prove absence of all where they name no scope, or show nothing at all', async () => {
    const { backups } = await readAll({
      'a.csv': shown('02T00:00,a1,db,L,yes,01T03:00,h1', '02T00:00,a2,db,L,yes,01T04:00,h2'),
      'b.csv': csv('taken_at,backup,component,location,complete', '03T00:00,a1,db,L,yes', '04T00:00,,,L,yes'),
    })
    expect(texts({ backups } as never)).toEqual([
      'a1 db 01T03:00 ? success [L ? there 02T00:00..03T00:00 gone 04T00:00..04T00:00]',
      'a2 db 01T04:00 ? success [L ? there 02T00:00..02T00:00 gone 03T00:00..04T00:00]',
    ])
  })
})

describe('restic listings of one host', () => {
  const snapshot = (id: string, hostname: string, day: string) => ({
    time: `2026-05-${day}T04:00:00Z`,
    tree: 'f',
    paths: ['/srv/database'],
    hostname,
    tags: ['database'],
    id,
    short_id: id,
  })
  const listing = (...list: readonly object[]) => JSON.stringify(list)
  const files = {
    'l1.json': listing(
      snapshot('a1', 'h1', '01'),
      snapshot('a2', 'h1', '02'),
      snapshot('b1', 'h2', '01'),
      snapshot('b2', 'h2', '02'),
    ),
    'l2.json': listing(snapshot('a2', 'h1', '02'), snapshot('a3', 'h1', '03')),
  }
  const takenAt = [
    { files: 'l1.json', at: at('2026-05-02T06:00:00Z') },
    { files: 'l2.json', at: at('2026-05-03T06:00:00Z') },
  ]
  const goneIn = (listed: readonly string[]): readonly string[] =>
    listed.filter(text => text.includes('gone')).map(text => text.slice(0, 2))

  it('prove nothing of another, and say how far they are trusted', async () => {
    const evidence = await readAll(files, { takenAt, components: ['database'] })
    expect(goneIn(texts(evidence))).toEqual(['a1'])
    expect(warningsOf(evidence)).toEqual([
      'l1.json:1 listing-taken-complete: restic snapshots (JSON): this and 1 more file counted as complete: what a listing made with --tag or --latest leaves out counts as gone | if they are complete, say so in a --map file: set: { complete: yes }; else set: { complete: no }',
    ])
  })

  it.each([
    ['yes', ['a1', 'b1', 'b2']],
    ['no', []],
  ])('are complete: %s where the user says so', async (complete, gone) => {
    const mapping = { file: 'map.yaml', bytes: Buffer.from(`set: { complete: ${complete} }\n`) }
    const evidence = await readAll(files, { takenAt, mapping, components: ['database'] })
    expect(goneIn(texts(evidence))).toEqual(gone)
    expect(warningsOf(evidence)).toEqual([])
  })
})
