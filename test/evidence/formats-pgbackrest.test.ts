import { describe, expect, it } from 'vitest'
import { pgbackrest } from '../../src/evidence/formats/pgbackrest.ts'
import { convert, json } from './formats-findings-support.ts'

const TAKEN = '2026-03-15T04:00:00Z'
const info = (name: string, components?: readonly string[]) =>
  convert(pgbackrest, json(`pgbackrest/info-${name}.json`), TAKEN, components)

const backup = (label: string, rest: object = {}) => ({
  archive: { start: '000000010000000000000003', stop: '000000010000000000000003' },
  database: { id: 1, 'repo-key': 1 },
  error: false,
  label,
  prior: null,
  reference: null,
  timestamp: { start: 1772330401, stop: 1772330402 },
  type: 'full',
  ...rest,
})
const OK = { code: 0, message: 'ok' }
const stanza = (name: string, backups: readonly unknown[], rest: object = {}) => ({
  archive: [],
  backup: backups,
  cipher: 'none',
  db: [],
  name,
  repo: [{ cipher: 'none', key: 1, status: OK }],
  status: OK,
  ...rest,
})

describe('pgbackrest info', () => {
  it('gives a listing for each repository, with what depends on what', () => {
    const { rows, leftOut, flaws, warned } = info('before-expire-2026-03-15T0330')
    expect([leftOut, flaws, warned]).toEqual([[], [], []])
    expect(rows).toHaveLength(10)
    const full = '20260301-030001F'
    expect(rows[0]).toEqual({
      type: 'inventory',
      taken_at: TAKEN,
      complete: 'yes',
      backup: `shop/${full}`,
      component: 'shop',
      location: 'repo1',
      // 1772330401 and the second after.
      started_at: '2026-03-01T02:00:01Z',
      completed_at: '2026-03-01T02:00:02Z',
      status: 'success',
      kind: 'full',
      parent: '',
    })
    expect(rows.map(row => [row.backup?.slice('shop/'.length), row.location, row.kind, row.parent])).toEqual([
      [full, 'repo1', 'full', ''],
      ['20260301-040000F', 'repo2', 'full', ''],
      [`${full}_20260304-030001D`, 'repo1', 'differential', `shop/${full}`],
      [`${full}_20260305-030000I`, 'repo1', 'incremental', `shop/${full}_20260304-030001D`],
      [`${full}_20260306-030000I`, 'repo1', 'incremental', `shop/${full}_20260305-030000I`],
      ['20260308-030000F', 'repo1', 'full', ''],
      ['20260308-040000F', 'repo2', 'full', ''],
      ['20260308-030000F_20260311-030000D', 'repo1', 'differential', 'shop/20260308-030000F'],
      ['20260308-030000F_20260312-030001I', 'repo1', 'incremental', 'shop/20260308-030000F_20260311-030000D'],
      ['20260315-030000F', 'repo1', 'full', ''],
    ])
  })

  it('no longer lists a chain once its full has expired', () => {
    const kept = info('after-expire-2026-03-15T0500').rows
    expect(kept).toHaveLength(6)
    expect(kept.filter(row => row.backup?.startsWith('shop/20260301-030001F'))).toEqual([])
    // A backup that runs, and one that was killed, is not there either.
    expect(info('running-2026-03-18T0300').rows).toEqual(kept)
    expect(info('aborted-2026-03-18T0500').rows).toEqual(kept)
  })

  it('tells errors of page checksums as warnings, and starts by stamps, not labels', () => {
    const { rows } = info('page-error-2026-03-22T0500')
    expect(rows.map(({ status }) => status)).toEqual(['success', 'success', 'success', 'warning'])
    // Resumed: the label is of the first try on 18 March.
    expect(rows[3]).toMatchObject({ backup: 'shop/20260318-030001F', started_at: '2026-03-22T02:00:01Z' })
  })

  it('says that there is no backup for each repository that could be read', () => {
    const { rows, warned } = info('no-backup-2026-02-01T0030')
    const none = { type: 'inventory', taken_at: TAKEN, complete: 'yes', backup: '', component: 'shop' }
    expect([warned, rows]).toEqual([
      [],
      [
        { ...none, location: 'repo1' },
        { ...none, location: 'repo2' },
      ],
    ])
    const missing = info('missing-stanza')
    expect([missing.warned, missing.rows, missing.leftOut]).toEqual([['unread-repository'], [], ['inventory']])
  })

  it('says nothing of repositories that it was not asked for, or could not read', () => {
    expect(info('repo1-2026-03-22T0500').rows.map(({ location }) => location)).toEqual(['repo1', 'repo1'])
    const broken = { key: 2, status: { code: 99, message: 'other' } }
    const one = stanza('shop', [backup('a'), backup('b', { database: { id: 1, 'repo-key': 2 } })])
    const { rows, warned } = convert(pgbackrest, [{ ...one, repo: [...one.repo, broken] }], TAKEN)
    expect(warned).toEqual(['unread-repository'])
    expect(rows.map(row => [row.location, row.complete])).toEqual([
      ['repo1', 'yes'],
      ['repo2', undefined],
    ])
  })

  it('of one backup proves no absence', () => {
    const { rows, warned } = info('set-2026-03-22T0500')
    expect(warned).toEqual(['one-each'])
    expect(rows).toHaveLength(1)
    expect(rows[0]).not.toHaveProperty('complete')
  })

  it('of versions without repositories names no location', () => {
    const old = { ...stanza('shop', [backup('a', { database: { id: 1 }, error: undefined })]), repo: undefined }
    const { rows } = convert(pgbackrest, [old], TAKEN)
    expect(rows).toMatchObject([{ backup: 'shop/a', complete: 'yes', status: 'success' }])
    expect(rows[0]).not.toHaveProperty('location')
    const empty = { ...old, backup: [], status: { code: 2 } }
    expect(convert(pgbackrest, [empty], TAKEN).rows).toEqual([
      { type: 'inventory', taken_at: TAKEN, complete: 'yes', backup: '', component: 'shop' },
    ])
  })

  it('keeps labels of stanzas apart', () => {
    const { rows, flaws } = convert(pgbackrest, [stanza('a', [backup('x')]), stanza('b', [backup('x')])], TAKEN)
    expect([rows.map(row => row.backup), flaws]).toEqual([['a/x', 'b/x'], []])
  })

  it('without a time counts as made when the last backup ended', () => {
    const { rows, warned } = convert(pgbackrest, json('pgbackrest/info-before-expire-2026-03-15T0330.json'))
    expect(warned).toEqual(['no-listing-time'])
    expect(rows.map(row => [row.taken_at, row.complete])).toEqual(Array(10).fill(['2026-03-15T02:00:03Z', undefined]))
  })

  it.each<readonly [string, object, string, string]>([
    ['a label', { label: null }, 'label', 'a backup of shop has no label'],
    ['a start', { timestamp: { stop: 1 } }, 'timestamp', 'backup a has no timestamp with start and stop'],
    ['a stop in seconds', { timestamp: { start: 1, stop: '2026-05-01' } }, 'stop', 'stop is a text: expected a number'],
    ['a type', { type: 'copy' }, 'type', 'backup a is of type "copy": expected full, diff or incr'],
    ['a prior one', { type: 'incr' }, 'prior', 'backup a is incremental and names no prior one'],
    ['an error', { error: 'yes' }, 'error', 'error is a text: expected true or false'],
    ['a repository', { database: { 'repo-key': {} } }, 'repo-key', 'repo-key is an object: expected a number'],
  ])('lacks %s', (_, rest, key, problem) => {
    const { rows, flaws } = convert(pgbackrest, [stanza('shop', [backup('a', rest), backup('b')])], TAKEN)
    expect(flaws[0]).toEqual({ key, problem: expect.stringContaining(problem) })
    expect(rows.find(row => row.backup === 'shop/b')).toMatchObject({ complete: '?' })
  })

  it.each<readonly [unknown, string]>([
    [null, 'this is no stanza: it has no name'],
    [{ archive: [], backup: [] }, 'this is no stanza: it has no name'],
    [{ name: 'mail', archive: [] }, 'stanza mail has no list of backups'],
    [{ name: 'mail', archive: [], backup: {} }, 'backup is an object: expected a list'],
  ])('holds %j', (element, problem) => {
    const { rows, flaws } = convert(pgbackrest, [stanza('shop', [backup('a')]), element], TAKEN)
    expect(flaws[0]?.problem).toBe(problem)
    expect(rows).toMatchObject([{ backup: 'shop/a', complete: '?' }])
  })
})
