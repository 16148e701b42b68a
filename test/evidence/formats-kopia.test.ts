import { describe, expect, it } from 'vitest'
import { kopia } from '../../src/evidence/formats/kopia.ts'
import { convert, json } from './formats-findings-support.ts'

const TAKEN = '2026-03-29T06:00:00Z'

const snapshot = (rest: object = {}) => ({
  id: 'a1',
  source: { host: 'shop', userName: 'root', path: '/srv/database' },
  description: '',
  startTime: '2026-03-28T03:00:00.7Z',
  endTime: '2026-03-28T03:04:09Z',
  rootEntry: { summ: { numFailed: 0 } },
  ...rest,
})
const told = (list: readonly unknown[], components?: readonly string[]) => convert(kopia, list, TAKEN, components)

describe('Kopia snapshots', () => {
  it('are a listing of their sources', () => {
    const { rows, leftOut, flaws, warned } = told(json('kopia/snapshot-list.json') as readonly unknown[])
    expect([leftOut, flaws, warned]).toEqual([[], [], []])
    expect(rows[0]).toEqual({
      type: 'inventory',
      taken_at: TAKEN,
      complete: 'yes',
      scope: 'root@shop:/srv/database',
      backup: '71b753693b5578e035e8df805125369e',
      component: '/srv/database',
      started_at: '2026-03-26T03:00:00.512334871Z',
      completed_at: '2026-03-26T03:04:10.104913436Z',
      status: 'success',
      parent: '',
    })
    expect(rows.map(row => [row.component, row.started_at?.slice(0, 10), row.status])).toEqual([
      ['/srv/database', '2026-03-26', 'success'],
      ['/srv/database', '2026-03-27', 'success'],
      ['/srv/database', '2026-03-28', 'success'],
      ['/srv/database', '2026-03-29', 'success'],
      // One file could not be read.
      ['/srv/files', '2026-03-28', 'partial'],
      // A checkpoint, and one that was stopped.
      ['/srv/files', '2026-03-29', 'partial'],
      ['/srv/files', '2026-03-29', 'partial'],
    ])
    const verbose = told(json('kopia/snapshot-list-verbose.json') as readonly unknown[])
    expect(verbose.rows).toEqual([rows[2], rows[3]])
  })

  it.each([
    [['database'], 'database'],
    [['root@shop:/srv/database', 'shop'], 'root@shop:/srv/database'],
    [['shop'], 'shop'],
    [['nightly'], 'nightly'],
    [['other'], '/srv/database'],
  ])('of the components %j are of %s', (components, component) => {
    const one = snapshot({ tags: { 'tag:component': 'database' }, description: 'nightly' })
    expect(told([one], components).rows).toMatchObject([{ component }])
  })

  it.each([
    [{ rootEntry: { summ: { numIgnoredErrors: 2 } } }, 'warning'],
    [{ stats: { errorCount: 1 } }, 'partial'],
    [{ stats: { errorCount: 0, ignoredErrorCount: 1 } }, 'warning'],
    [{ incomplete: 'limit' }, 'partial'],
    [{ incomplete: '' }, 'success'],
    [{ rootEntry: null }, 'success'],
  ])('with %j are %s', (rest, status) => {
    expect(told([snapshot(rest)]).rows).toMatchObject([{ status }])
  })

  it('of one for each source prove no absence', () => {
    const other = { host: 'shop', userName: 'root', path: '/srv/files' }
    const { rows, warned } = told([snapshot(), snapshot({ id: 'a2', source: other })])
    expect([rows.map(row => row.complete), warned]).toEqual([[undefined, undefined], ['one-each']])
  })

  it('without a time count as there since the last of them ended', () => {
    const { rows, warned } = convert(kopia, json('kopia/snapshot-list.json'))
    expect(warned).toEqual(['no-listing-time'])
    expect(rows.map(row => [row.taken_at, row.complete])).toEqual(Array(7).fill(['2026-03-29T05:12:30.1Z', undefined]))
  })

  it('that were never ended have no end', () => {
    expect(told([snapshot({ endTime: '0001-01-01T00:00:00Z' })]).rows[0]).not.toHaveProperty('completed_at')
  })

  it.each<readonly [unknown, string, string]>([
    [snapshot({ id: null }), 'id', 'this is no snapshot: it has no id'],
    [snapshot({ id: 'x', source: {} }), 'source', 'snapshot x has no source with a path'],
    [snapshot({ id: 'x', source: 'shop' }), 'source', 'source is a text: expected an object'],
    [snapshot({ id: 'x', startTime: undefined }), 'startTime', 'snapshot x has no startTime'],
    [snapshot({ id: 'x', startTime: 1774666800 }), 'startTime', 'startTime is a number: expected a text'],
    [snapshot({ id: 'x', incomplete: true }), 'incomplete', 'incomplete is a truth value: expected a text'],
    [snapshot({ id: 'x', tags: { a: 1 } }), 'tags', 'tags holds something else than texts'],
    [null, 'id', 'this is no snapshot: it has no id'],
  ])('with %j are not known to be all', (broken, key, problem) => {
    const { rows, flaws } = told([snapshot(), snapshot({ id: 'a2' }), broken])
    expect(flaws[0]).toMatchObject({ key, problem: expect.stringContaining(problem) })
    expect(rows[0]).toMatchObject({ complete: '?' })
  })

  it('are told apart from other lists', () => {
    expect(kopia.fits([snapshot()])).toBe(true)
    expect(kopia.fits([{ id: 'a', source: 'x', startTime: '2026-03-28T03:00:00Z' }])).toBe(false)
    expect(kopia.fits([{ id: 'a', source: { host: 'b' }, startTime: '2026-03-28T03:00:00Z' }])).toBe(false)
  })
})
