import { describe, expect, it } from 'vitest'
import { borg } from '../../src/evidence/formats/borg.ts'
import { convert, json } from './formats-findings-support.ts'

const TAKEN = '2026-10-27T07:00:00Z'
const ID = expect.stringMatching(/^[0-9a-f]{64}$/)

const archive = (name: string, rest: object = {}) => ({
  archive: name,
  barchive: name,
  id: `id-${name}`,
  name,
  start: '2026-05-01T04:00:00.000000',
  time: '2026-05-01T04:00:00.000000',
  ...rest,
})
const listing = (archives: readonly unknown[], rest: object = {}) => ({
  archives,
  encryption: { mode: 'none' },
  repository: { id: 'beef', last_modified: '2026-05-01T05:00:00.000000', location: '/srv/borg' },
  ...rest,
})
const componentsOf = (names: readonly string[], components: readonly string[] = [], rest: object = {}) =>
  convert(borg, listing(names.map(name => archive(name, rest))), TAKEN, components).rows.map(row => row.component)

describe('borg list', () => {
  it('gives a listing at the location of the repository', () => {
    const { rows, leftOut, flaws, warned } = convert(borg, json('borg/files-list-2026-10-27T0800.json'), TAKEN)
    expect([leftOut, flaws, warned]).toEqual([[], [], []])
    const shared = {
      type: 'inventory',
      taken_at: TAKEN,
      complete: 'yes',
      scope: 'files',
      location: '/var/backups/borg/files',
    }
    const told = { ...shared, backup: ID, component: 'files', status: 'success', parent: '' }
    expect(rows).toEqual([
      { ...told, started_at: '2026-10-23T23:50:00.000000' },
      { ...told, started_at: '2026-10-25T01:40:00.000000' },
      { ...told, started_at: '2026-10-25T23:50:00.000000' },
      { ...told, started_at: '2026-10-26T23:50:00.000000' },
    ])
    expect(new Set(rows.map(({ backup }) => backup)).size).toBe(4)
  })

  it('tells ends only when asked for them', () => {
    const { rows } = convert(borg, json('borg/files-list-end-2026-10-27T0800.json'), TAKEN)
    expect(rows.map(row => row.completed_at)).toEqual([
      '2026-10-24T00:18:18.000000',
      '2026-10-25T02:48:29.000000',
      '2026-10-26T00:18:05.000000',
      '2026-10-27T00:28:18.000000',
    ])
  })

  it.each([
    ['database-2026-10-25', 'database'],
    ['database-2026-10-25-2', 'database'],
    ['database-2026-10-25T02:30:00', 'database'],
    ['database-2026-10-25T02:30:00.123456+02:00', 'database'],
    ['shop_db.20261025_0230', 'shop_db'],
    ['web-2-2026-10-25', 'web-2'],
    ['database-1792891800', 'database'],
    ['database-2026-10-25.checkpoint.1', 'database'],
    // Nothing is left without them, and no date or time.
    ['2026-10-25', '2026-10-25'],
    ['web-2', 'web-2'],
    ['before-migration', 'before-migration'],
    ['backup-2026-10-25-before-migration', 'backup-2026-10-25-before-migration'],
  ])('%s is of the component %s', (name, component) => {
    expect(componentsOf([name])).toEqual([component])
  })

  it('cuts nothing off a name that is too long to be one', () => {
    const long = `x${'-20260501'.repeat(20_000)}`
    expect(componentsOf([long])).toEqual([long])
  })

  it('takes what is a component before the name without its date', () => {
    const dated = ['db-2026-05-01']
    const rest = { comment: 'weekly', hostname: 'shop', tags: ['a', 'b'] }
    expect(componentsOf(dated, ['shop'], rest)).toEqual(['shop'])
    expect(componentsOf(dated, ['shop', 'weekly'], rest)).toEqual(['weekly'])
    expect(componentsOf(dated, ['shop', 'weekly', 'b'], rest)).toEqual(['b'])
    expect(componentsOf(dated, ['shop', 'weekly', 'b', 'db'], rest)).toEqual(['db'])
    expect(componentsOf(dated, ['shop', 'db', 'db-2026-05-01'], rest)).toEqual(['db-2026-05-01'])
    expect(componentsOf(dated, ['b'], { tags: 'a, b' })).toEqual(['b'])
    expect(componentsOf(['web-2'], ['web'])).toEqual(['web'])
  })

  it('of one archive proves no absence, of none that nothing is left', () => {
    const one = convert(borg, listing([archive('db-2026-05-01')]), TAKEN)
    expect(one.warned).toEqual(['one-each'])
    expect(one.rows[0]).not.toHaveProperty('complete')
    const none = convert(borg, json('borg/list-2026-02-19T1205.json'), TAKEN)
    expect(none.warned).toEqual(['empty-listing'])
    expect(none.rows).toEqual([
      { type: 'inventory', taken_at: TAKEN, complete: 'yes', backup: '', location: '/var/backups/borg/shop' },
    ])
  })

  it('shows checkpoints as partial', () => {
    const names = ['db-2026-05-01.checkpoint', 'db-2026-05-01.checkpoint.3', 'db-2026-05-01', 'checkpoint']
    const { rows } = convert(borg, listing(names.map(name => archive(name))), TAKEN)
    expect(rows.map(row => row.status)).toEqual(['partial', 'partial', 'success', 'success'])
  })

  it('of borg 2 has offsets, and may have a time for a start', () => {
    const two = ['2026-10-25T00:30:00.000000+00:00', '2026-10-25T03:30:00.000000+02:00'].map((time, i) => ({
      id: `${i}`,
      name: 'database',
      time,
    }))
    const { rows } = convert(borg, listing(two), TAKEN)
    expect(rows.map(row => row.started_at)).toEqual(two.map(({ time }) => time))
    // 03:30 at +02:00 is 01:30 UTC, the later of the two.
    expect(convert(borg, listing(two)).rows.map(row => row.taken_at)).toEqual(Array(2).fill(two[1]?.time))
  })
})

describe('borg info', () => {
  it('tells ends and proves no absence', () => {
    const { rows, warned, flaws } = convert(borg, json('borg/files-info-2026-10-27T0800.json'), TAKEN)
    expect([warned, flaws]).toEqual([['some-archives'], []])
    expect(rows).toHaveLength(4)
    expect(rows[3]).toEqual({
      type: 'inventory',
      taken_at: TAKEN,
      backup: ID,
      component: 'files',
      location: '/var/backups/borg/files',
      started_at: '2026-10-26T23:50:00.000000',
      completed_at: '2026-10-27T00:28:18.000000',
      status: 'success',
      parent: '',
    })
    const named = convert(borg, json('borg/files-info-2026-10-27T0800.json'), TAKEN, ['vm', 'before the migration'])
    expect(named.rows.map(({ component }) => component)).toEqual(['vm', 'vm', 'vm', 'before the migration'])
  })

  it('is told by what it says of archives too', () => {
    const { rows, warned } = convert(borg, listing([archive('a', { stats: {} }), archive('b')]), TAKEN)
    expect([warned, rows.map(({ complete }) => complete)]).toEqual([['some-archives'], [undefined, undefined]])
  })

  it('of a repository alone is no listing', () => {
    const { rows, flaws } = convert(borg, json('borg/info-repository-2026-11-10T0250.json'), TAKEN)
    expect([rows, flaws.map(({ problem, hint }) => [problem, hint])]).toEqual([
      [],
      [
        [
          'this is borg info of a repository: it shows no archives',
          'give borg list --json, or borg info --json with --glob-archives',
        ],
      ],
    ])
  })
})

describe('a run while the clock goes back', () => {
  const run = (start: string, end: string, duration?: number) => {
    const rest = { start, end, ...(duration === undefined ? {} : { duration }) }
    const { rows, warned } = convert(borg, listing([archive('a-2026-10-25', rest), archive('b')]), TAKEN)
    return [rows[0]?.completed_at, warned]
  }

  it('has an end that is not known', () => {
    // 02:59 in summer to 02:10 in winter: 11 minutes later.
    expect(run('2026-10-25T02:59:00', '2026-10-25T02:10:00')).toEqual([undefined, ['clock-went-back']])
    // 01:40 to 02:48, which took an hour longer than the clock shows.
    expect(run('2026-10-25T01:40:00', '2026-10-25T02:48:00', 7680)).toEqual([undefined, ['clock-went-back']])
  })

  it('has one where the clock shows what it took, or skipped an hour', () => {
    expect(run('2026-10-25T01:40:00', '2026-10-25T02:48:00', 4080.7)).toEqual(['2026-10-25T02:48:00', []])
    expect(run('2026-03-29T01:40:00', '2026-03-29T03:10:00', 1800)).toEqual(['2026-03-29T03:10:00', []])
    expect(run('2026-10-25T02:59:00+02:00', '2026-10-25T02:10:00+01:00', 660)).toEqual([
      '2026-10-25T02:10:00+01:00',
      [],
    ])
  })

  it('has none that no clock shows', () => {
    expect(run('2026-10-25T02:00:00', '2026-10-23T02:00:00')).toEqual(['2026-10-23T02:00:00', []])
  })
})

describe('without a time', () => {
  it('archives count as there since the newest of them', () => {
    const { rows, warned } = convert(borg, json('borg/files-list-end-2026-10-27T0800.json'))
    expect(warned).toEqual(['no-listing-time'])
    expect(rows.map(row => [row.taken_at, row.complete])).toEqual(
      Array(4).fill(['2026-10-27T00:28:18.000000', undefined]),
    )
  })

  it('an empty listing says nothing', () => {
    const { rows, leftOut, warned } = convert(borg, listing([]))
    expect([rows, leftOut, warned]).toEqual([[], [], ['no-listing-time']])
  })
})

describe('a listing that is not whole', () => {
  it.each<readonly [string, object, string, string]>([
    ['an id', { id: null }, 'id', 'this is no archive: it has no id'],
    ['a name', { name: '', archive: undefined }, 'name', 'an archive has no name'],
    ['a start', { start: undefined, time: undefined }, 'start', 'an archive has no start'],
    ['a start that is a text', { start: 1777600800 }, 'start', 'start is a number: expected a text'],
    ['an end that is a text', { end: false }, 'end', 'end is a truth value: expected a text'],
    ['a duration', { duration: 'long' }, 'duration', 'duration is a text: expected a number'],
    ['tags', { tags: [1] }, 'tags', 'tags holds something else than texts'],
  ])('lacks %s', (_, rest, key, problem) => {
    const { rows, flaws } = convert(borg, listing([archive('a'), archive('b', rest)]), TAKEN)
    expect(flaws[0]).toEqual({ key, problem })
    expect(rows[0]).toMatchObject({ backup: 'id-a', complete: '?' })
  })

  it('holds something else, or lists of another kind', () => {
    const { rows, flaws } = convert(borg, listing([archive('a'), 'b']), TAKEN)
    expect(flaws).toEqual([{ key: 'id', problem: 'this is no archive: it has no id' }])
    expect(rows).toMatchObject([{ complete: '?' }])
  })

  it.each([[{}], [{ location: '' }], [null]])('is of a repository %j', repository => {
    const { rows, flaws } = convert(borg, listing([archive('a')], { repository }), TAKEN)
    expect(rows).toEqual([])
    expect(flaws).toEqual([{ key: 'location', problem: 'the repository has no location' }])
  })
})
