import { describe, expect, it } from 'vitest'
import { restic } from '../../src/evidence/formats/restic.ts'
import { convert, json } from './formats-findings-support.ts'

const TAKEN = '2026-05-01T02:05:00Z'
const MAY = 'restic/snapshots-2026-05-01T0405.json'
const FORGET = 'restic/forget-2026-04-13T0405.json'

const snapshot = (rest: object = {}): Readonly<Record<string, unknown>> => ({
  time: '2026-05-01T04:00:00.123456789+02:00',
  tree: 'cafe',
  paths: ['/srv/database'],
  hostname: 'shop',
  username: 'root',
  tags: ['database'],
  id: 'aaaa1111',
  short_id: 'aaaa',
  ...rest,
})
const other = snapshot({ id: 'bbbb2222', time: '2026-04-30T04:00:00+02:00' })

describe('restic snapshots', () => {
  it('are one listing at the time that the user says', () => {
    const { rows, leftOut, flaws, warned } = convert(restic, json(MAY), TAKEN)
    expect([leftOut, flaws, warned]).toEqual([[], [], []])
    // 30 days up to 1 May, two each: database at 04:00, files at 04:02.
    expect(rows).toHaveLength(60)
    expect(rows[0]).toEqual({
      type: 'inventory',
      taken_at: TAKEN,
      complete: 'yes',
      scope: 'shop /srv/database',
      backup: expect.stringMatching(/^[0-9a-f]{64}$/),
      original: '',
      component: '/srv/database',
      started_at: '2026-04-02T04:00:00+02:00',
      parent: '',
    })
    expect(rows[59]).toMatchObject({ component: '/srv/files', started_at: '2026-05-01T04:02:00+02:00' })
    expect(new Set(rows.map(({ backup }) => backup)).size).toBe(60)
    expect(rows.every(row => row.taken_at === TAKEN && row.complete === 'yes')).toBe(true)
  })

  it.each<readonly [readonly string[], readonly string[]]>([
    [[], ['/srv/database', '/srv/files']],
    [['database'], ['database', '/srv/files']],
    // The tag comes before the path, the path before the host.
    [
      ['shop', '/srv/database', 'database'],
      ['database', 'shop'],
    ],
    [
      ['shop', '/srv/files'],
      ['shop', '/srv/files'],
    ],
    [
      ['srv', 'Database'],
      ['/srv/database', '/srv/files'],
    ],
  ])('of the components %j are %j', (components, expected) => {
    const { rows } = convert(restic, json(MAY), TAKEN, components)
    expect(rows.slice(0, 2).map(({ component }) => component)).toEqual(expected)
  })

  it('of several paths are the paths together, or one that is a component', () => {
    const two = [snapshot({ paths: ['/etc', '/srv/files'], tags: undefined }), other]
    expect(convert(restic, two, TAKEN).rows[0]?.component).toBe('/etc,/srv/files')
    expect(convert(restic, two, TAKEN, ['/etc,/srv/files', '/etc']).rows[0]?.component).toBe('/etc,/srv/files')
    expect(convert(restic, two, TAKEN, ['/srv/files']).rows[0]?.component).toBe('/srv/files')
  })

  it('may be grouped', () => {
    const grouped = convert(restic, json('restic/grouped-2026-04-13T0605.json'), TAKEN)
    const plain = convert(restic, json('restic/nightly/2026-04-13T0405.json'), TAKEN)
    expect([grouped.flaws, grouped.warned]).toEqual([[], []])
    expect(grouped.rows).toEqual(plain.rows)
    expect(plain.rows).toHaveLength(7)
  })

  it('of a single one for each host and paths prove no absence', () => {
    const { rows, warned } = convert(restic, json('restic/latest-2026-04-13T0605.json'), TAKEN)
    expect(warned).toEqual(['one-each'])
    expect(rows).toHaveLength(1)
    expect(rows[0]).not.toHaveProperty('complete')
    const each = [snapshot(), snapshot({ id: 'bbbb2222', paths: ['/srv/files'] })]
    expect(convert(restic, each, TAKEN).rows.map(row => row.complete)).toEqual([undefined, undefined])
    const hosts = [snapshot(), snapshot({ id: 'cccc3333', hostname: 'mail' }), other]
    expect(convert(restic, hosts, TAKEN)).toMatchObject({ warned: [], rows: Array(3).fill({ complete: 'yes' }) })
  })

  it('bear the id that they had before they were tagged or copied', () => {
    const tagged = convert(restic, json('restic/tagged-2026-04-13T0705.json'), TAKEN).rows
    const before = convert(restic, json('restic/nightly/2026-04-13T0405.json'), TAKEN).rows
    // Those of 11 and 12 April, the fifth and the sixth of the seven.
    expect(tagged.map(({ original }) => original !== '')).toEqual([false, false, false, false, true, true, false])
    const ids = before.map(({ backup }) => backup)
    expect([tagged[4]?.original, tagged[5]?.original]).toEqual([ids[4], ids[5]])
    expect([0, 1, 2, 3, 6].map(i => tagged[i]?.backup)).toEqual([0, 1, 2, 3, 6].map(i => ids[i]))
    const copied = convert(restic, json('restic/copy-2026-04-13T0605.json'), TAKEN).rows
    expect(copied).toHaveLength(10)
    expect(copied.slice(-7).map(({ original }) => original)).toEqual(ids)
    expect(copied.every(({ backup }) => !ids.includes(backup))).toBe(true)
  })

  it('tell since 0.17 when they were complete, unless they came to be here later', () => {
    const summary = { backup_start: '2026-05-01T04:00:00+02:00', backup_end: '2026-05-01T04:10:30.5+02:00' }
    const { rows } = convert(restic, [snapshot({ summary }), { ...other, summary, original: 'cccc' }], TAKEN)
    expect(rows[0]).toMatchObject({ completed_at: '2026-05-01T04:10:30.5+02:00', original: '' })
    expect(rows[1]).toMatchObject({ original: 'cccc' })
    expect(rows[1]).not.toHaveProperty('completed_at')
  })
})

describe('restic forget', () => {
  it('shows what was there when it ran, kept or not', () => {
    const ran = convert(restic, json(FORGET), TAKEN)
    expect([ran.leftOut, ran.flaws, ran.warned]).toEqual([[], [], []])
    const days = ran.rows.map(({ started_at }) => started_at?.slice(0, 10)).sort()
    expect(days).toEqual(['06', '07', '08', '09', '10', '11', '12', '13'].map(day => `2026-04-${day}`))
    expect(ran.rows.every(({ type, complete }) => type === 'inventory' && complete === 'yes')).toBe(true)
  })

  it('says the same as a dry run, and as the listing before it', () => {
    const ran = convert(restic, json(FORGET), TAKEN)
    expect(convert(restic, json('restic/forget-dry-run-2026-04-13T0405.json'), TAKEN)).toEqual(ran)
    const before = convert(restic, json('restic/snapshots-after-dry-run-2026-04-13T0405.json'), TAKEN)
    const inOrder = ran.rows.toSorted((a, b) => ((a.started_at ?? '') < (b.started_at ?? '') ? -1 : 1))
    expect(inOrder).toEqual(before.rows)
  })

  it('may remove nothing, and keep one or none', () => {
    expect(convert(restic, json('restic/forget-2026-03-14T0405.json'), TAKEN).rows).toHaveLength(7)
    const plan = { tags: null, host: 'shop', paths: ['/srv/database'], reasons: [] }
    const one = convert(restic, [{ ...plan, keep: [snapshot()], remove: null }], TAKEN)
    expect(one).toMatchObject({ warned: [], flaws: [], rows: [{ backup: 'aaaa1111', complete: 'yes' }] })
    const none = convert(restic, [{ ...plan, keep: null, remove: [snapshot()] }], TAKEN)
    expect(none.rows).toEqual(one.rows)
  })
})

describe('without a time', () => {
  it('snapshots count as there since the newest of them, and nothing is absent', () => {
    const { rows, warned, leftOut } = convert(restic, json('restic/offsets.json'))
    expect([warned, leftOut]).toEqual([['no-listing-time'], []])
    expect(rows.map(row => [row.taken_at, row.complete])).toEqual(
      Array(5).fill(['2026-11-22T11:25:52.469240087+01:00', undefined]),
    )
    // 23:30 at -04:00 is 03:30 UTC of the next day, later than 04:00 at +02:00.
    const far = [snapshot({ time: '2026-05-02T04:00:00+02:00' }), { ...other, time: '2026-05-01T23:30:00-04:00' }]
    expect(convert(restic, far).rows.map(row => row.taken_at)).toEqual(Array(2).fill('2026-05-01T23:30:00-04:00'))
  })

  it('it is not known since when a tagged or copied snapshot is there', () => {
    const { rows, leftOut } = convert(restic, json('restic/tagged-2026-04-13T0705.json'))
    expect(leftOut).toEqual(['inventory', 'inventory'])
    expect(rows).toHaveLength(5)
  })
})

describe('a listing that is not whole', () => {
  const flawed = (...elements: readonly unknown[]) => convert(restic, [other, ...elements], TAKEN)

  it.each<readonly [string, object, string, string]>([
    ['an id', { id: undefined }, 'id', 'this is no snapshot: it has no id'],
    ['a blank id', { id: ' ' }, 'id', 'this is no snapshot: it has no id'],
    ['an id that is a number', { id: 7 }, 'id', 'id is a number: expected a text'],
    ['a time', { time: null }, 'time', 'a snapshot has no time'],
    ['paths', { paths: undefined }, 'paths', 'paths has no list of texts'],
    ['paths that are one text', { paths: '/srv' }, 'paths', 'paths is a text: expected a list'],
    ['paths of numbers', { paths: ['/srv', 7] }, 'paths', 'paths has no list of texts'],
    ['tags', { tags: [null] }, 'tags', 'tags holds something else than texts'],
    ['a host', { hostname: ['shop'] }, 'hostname', 'hostname is a list: expected a text'],
    ['an original', { original: {} }, 'original', 'original is an object: expected a text'],
    ['a summary', { summary: 'fine' }, 'summary', 'summary is a text: expected an object'],
    ['an end', { summary: { backup_end: 1 } }, 'backup_end', 'backup_end is a number: expected a text'],
  ])('lacks %s', (_, rest, key, problem) => {
    const { rows, flaws } = flawed(snapshot(rest))
    expect(flaws[0]).toEqual({ key, problem })
    expect(rows.map(row => row.complete)).toEqual(rows.map(() => '?'))
    expect(rows[0]).toMatchObject({ backup: 'bbbb2222' })
  })

  it.each([[null], ['aaaa1111'], [7], [[]]])('holds %j', element => {
    const { rows, flaws } = flawed(element)
    expect(flaws).toEqual([{ problem: 'this is no snapshot: it has no id', key: 'id' }])
    expect(rows).toMatchObject([{ backup: 'bbbb2222', complete: '?' }])
  })

  it('holds a snapshot twice: it is made of several', () => {
    const { rows, flaws } = flawed(snapshot(), other)
    expect(flaws).toEqual([
      {
        problem: 'bbbb2222 is listed twice: a file can hold one listing, made at one time',
        hint: 'give each listing as a file of its own',
      },
    ])
    expect(rows.map(row => row.complete)).toEqual(['?', '?', '?'])
  })
})
