import { describe, expect, it } from 'vitest'
import type { Backup, Backups } from '../../src/evidence/backups/records.ts'
import type { ReadOptions } from '../../src/evidence/evidence.ts'
import { type Inspection, inspectFiles } from '../../src/evidence/inspect.ts'
import { formatUtc } from '../../src/time/stamp.ts'
import { fixture } from './formats-findings-support.ts'
import { mapping } from './formats-support.ts'
import { at, errorsOf, inDirectory, noStdin, read, short, zones } from './support.ts'

const TYPES = new Set(['backup', 'inventory'])
const PARIS = { types: TYPES, timezone: 'Europe/Paris' }
const takenAt = (...entries: readonly (readonly [string, string])[]) =>
  entries.map(([files, time]) => ({ files, at: at(time) }))

/** `name.json` → a fixture, with the instants that they were made at. */
async function listed(
  files: Readonly<Record<string, readonly [fixture: string, time: string]>>,
  options: Partial<ReadOptions> = {},
): Promise<Backups> {
  const texts = Object.fromEntries(Object.entries(files).map(([name, [from]]) => [name, fixture(from)]))
  const times = Object.entries(files).map(([name, [, time]]) => [name, time] as const)
  const { backups } = await read(texts, { ...PARIS, takenAt: takenAt(...times), ...options })
  return backups
}

/** `there 2026-04-12T02:05:00Z to 2026-04-12T02:05:00Z` for each copy. */
const sightings = ({ copies }: Backup): readonly string[] =>
  copies.flatMap(({ listed: runs }) =>
    runs.map(
      ({ there, first, last }) =>
        `${there ? 'there' : 'gone'} ${formatUtc(first.earliest)} to ${formatUtc(last.earliest)}`,
    ),
  )
const start = ({ started }: Backup): string =>
  started === null || started === undefined ? '?' : formatUtc(started.earliest)

describe('restic listings', () => {
  const NIGHTS = {
    '12.json': ['restic/nightly/2026-04-12T0405.json', '2026-04-12T04:05:00+02:00'],
    '13.json': ['restic/nightly/2026-04-13T0405.json', '2026-04-13T04:05:00+02:00'],
  } as const

  it('show from when to when a snapshot is there', async () => {
    const { list, listings } = await listed(NIGHTS)
    expect(listings.map(one => [formatUtc(one.at.earliest), one.complete, one.backups])).toEqual([
      ['2026-04-12T02:05:00Z', true, 7],
      ['2026-04-13T02:05:00Z', true, 7],
    ])
    expect(list.map(start)).toEqual(
      ['06', '07', '08', '09', '10', '11', '12', '13'].map(day => `2026-04-${day}T02:00:00Z`),
    )
    const [first, second] = ['2026-04-12T02:05:00Z', '2026-04-13T02:05:00Z']
    expect(list.map(sightings)).toEqual([
      [`there ${first} to ${first}`, `gone ${second} to ${second}`],
      ...Array(6).fill([`there ${first} to ${second}`]),
      [`there ${second} to ${second}`],
    ])
    expect(list[0]).toMatchObject({ status: 'success', parent: null, logged: false, component: '/srv/database' })
    expect(list[0]?.completed).toBeUndefined()
  })

  it('keep a snapshot that was tagged, under another id', async () => {
    const { list } = await listed({
      ...NIGHTS,
      'tagged.json': ['restic/tagged-2026-04-13T0705.json', '2026-04-13T07:05:00+02:00'],
    })
    expect(list).toHaveLength(8)
    // The one of 11 April: under its old id until 04:05, under its new one at 07:05.
    const eleventh = list.find(one => start(one) === '2026-04-11T02:00:00Z')
    expect(sightings(eleventh as Backup)).toEqual(['there 2026-04-12T02:05:00Z to 2026-04-13T05:05:00Z'])
  })

  it('tell copies in another repository by its location', async () => {
    const map = 'files: second.json\nset: { location: second, provider: elsewhere }\n'
    const { list } = await listed(
      { ...NIGHTS, 'second.json': ['restic/copy-2026-04-13T0605.json', '2026-04-13T06:05:00+02:00'] },
      mapping(map),
    )
    // From 4 April on in the second, from 6 April on in the first: one backup each.
    expect(list).toHaveLength(10)
    expect(
      list
        .at(-1)
        ?.copies.map(({ location }) => location)
        .toSorted(),
    ).toEqual(['', 'second'])
    const second = { 'second.json': ['restic/empty.json', '2026-04-13T06:05:00+02:00'] } as const
    const nothing = await listed(second, mapping(`${map}as: inventory\n`))
    expect(nothing.listings).toMatchObject([{ location: 'second', complete: true, backups: 0 }])
  })

  it('name components as clauses or the mapping do', async () => {
    const file = { 'a.json': ['restic/snapshots-2026-05-01T0405.json', '2026-05-01T04:05:00+02:00'] } as const
    const names = async (options: Partial<ReadOptions>) =>
      [...new Set((await listed(file, options)).list.map(({ component }) => component))].toSorted()
    expect(await names({})).toEqual(['/srv/database', '/srv/files'])
    expect(await names({ components: ['database', '/srv/files'] })).toEqual(['/srv/files', 'database'])
    expect(await names(mapping('values: { component: { database: db, /srv/files: files } }\n'))).toEqual([
      'db',
      'files',
    ])
  })

  it('of one snapshot are whole if the mapping says so', async () => {
    const latest = { 'a.json': ['restic/latest-2026-04-13T0605.json', '2026-04-13T06:05:00+02:00'] } as const
    expect((await listed(latest)).listings).toMatchObject([{ complete: undefined }])
    expect((await listed(latest, mapping('set: { complete: yes }\n'))).listings).toMatchObject([{ complete: true }])
  })

  it('count for nothing without a time, except that their snapshots were there', async () => {
    const { backups, warnings } = await read({ 'a.json': fixture('restic/nightly/2026-04-13T0405.json') }, PARIS)
    expect(warnings.map(({ code }) => code)).toEqual(['no-listing-time'])
    expect(backups.listings).toMatchObject([{ complete: undefined, at: { earliest: at('2026-04-13T04:00:00+02:00') } }])
    expect(backups.list).toHaveLength(7)
    expect(backups.loggedFrom.size).toBe(0)
  })

  it('of a dry run are not of what it would remove', async () => {
    const { list } = await listed({
      'forget.json': ['restic/forget-dry-run-2026-04-13T0405.json', '2026-04-13T04:05:00+02:00'],
      'after.json': ['restic/snapshots-after-dry-run-2026-04-13T0405.json', '2026-04-13T04:06:00+02:00'],
    })
    expect(list.map(sightings)).toEqual(Array(8).fill(['there 2026-04-13T02:05:00Z to 2026-04-13T02:06:00Z']))
  })

  it('that show nothing say so as an inventory', async () => {
    const empty = { 'a.json': fixture('restic/empty.json') }
    const times = { takenAt: takenAt(['a.json', '2026-04-13T04:05:00+02:00']) }
    const { backups, inputs } = await read(empty, { ...PARIS, ...times, as: 'inventory' })
    expect(backups.listings).toMatchObject([
      { at: { earliest: at('2026-04-13T02:05:00Z') }, complete: true, everyComponent: true, backups: 0, location: '' },
    ])
    expect(inputs[0]?.counts).toMatchObject([{ type: 'inventory', rows: 1, used: 1 }])
    const mapped = await read(empty, { ...PARIS, ...times, ...mapping('as: inventory\n') })
    expect(mapped.backups).toEqual(backups)
    expect((await errorsOf(empty, { ...PARIS, ...times })).map(({ code, hint }) => [code, hint])).toEqual([
      [
        'no-record',
        'say --as TYPE if nothing happened; of a listing of backups that shows none, in a --map file, before other entries: - { files: "a.json", as: inventory, set: { location: NAME } }, NAME being that of its other listings (none: without set)',
      ],
    ])
    // Without its time it says nothing of when.
    const timeless = await read(empty, { ...PARIS, as: 'inventory' })
    expect(timeless.backups.listings).toEqual([])
    expect(timeless.warnings.map(({ code, hint }) => [code, hint])).toEqual([
      ['no-listing-time', 'say when with --taken-at [GLOB=]INSTANT'],
    ])
    // As the hint has it, beside others of the place.
    const entry = '- { files: "a.json", as: inventory, set: { location: paris, complete: yes } }'
    const placed = await read(empty, { ...PARIS, ...times, ...mapping(entry) })
    expect(placed.backups.listings).toMatchObject([{ complete: true, everyComponent: true, location: 'paris' }])
    expect(placed.warnings).toEqual([])
    const hint = await errorsOf(empty, { ...PARIS, ...mapping('set: { location: paris }\n') })
    expect(hint[0]?.hint).toMatch(/set: \{ location: paris \} \}, and its time with --taken-at$/)
  })

  it('shows an empty one the same without an audit', async () => {
    const text = '- { files: "a.json", as: inventory, set: { location: paris } }'
    const takenAtAll = { takenAt: takenAt(['*', '2026-04-13T04:05:00+02:00']) }
    const types = await inDirectory({ 'a.json': fixture('restic/empty.json') }, async directory =>
      Promise.all(
        [takenAtAll, {}].map(async options => {
          const [found] = await inspectFiles([`${directory}/a.json`], { ...options, ...mapping(text) }, zones, noStdin)
          return found?.types
        }),
      ),
    )
    expect(types).toEqual([
      [{ type: 'inventory', rows: 1, bad: 0, leftOut: 0, read: true }],
      [{ type: 'inventory', rows: 0, bad: 0, leftOut: 0, read: true }],
    ])
  })
})

describe('borg listings', () => {
  it('need a zone', async () => {
    const name = 'borg/files-list-2026-10-27T0800.json'
    const errors = await errorsOf(
      { 'a.json': fixture(name) },
      { types: TYPES, takenAt: takenAt(['*', '2026-10-27T07:00:00Z']) },
    )
    // Of the first archive, its key "start".
    expect(errors.map(short)).toEqual([
      '8:13 started_at: stamp without an offset: "2026-10-23T23:50:00.000000", the first of 4 that need a time zone | say its zone, such as --tz Europe/Paris',
    ])
  })

  it('without their time need a zone too, named as Borg does', async () => {
    const errors = await errorsOf({ 'a.json': fixture('borg/files-list-2026-10-27T0800.json') }, { types: TYPES })
    expect(errors.map(short)).toEqual([
      expect.stringMatching(/^8:13 start: stamp without an offset: .* need a time zone/),
    ])
  })

  it('say which times happen twice', async () => {
    const { backups, warnings } = await read(
      { 'a.json': fixture('borg/list-2026-10-25T013500Z.json') },
      { ...PARIS, takenAt: takenAt(['*', '2026-10-25T01:35:00Z']) },
    )
    expect(warnings.map(({ code, message, span }) => [code, message, span?.line])).toEqual([
      ['doubtful-time', '2026-10-25T02:30:00 happens twice in Europe/Paris: the first is taken', 307],
      ['listing-taken-complete', expect.stringMatching(/^Borg archives .*: this file counted as complete/), 1],
    ])
    const twice = backups.list.filter(one => start(one) === '2026-10-25T00:30:00Z')
    expect(twice.map(({ component }) => component)).toEqual(['database', 'database'])
    expect(backups.list).toHaveLength(40)
  })

  it('and information complete each other', async () => {
    const { list } = await listed({
      'list.json': ['borg/files-list-2026-10-27T0800.json', '2026-10-27T08:00:00+01:00'],
      'info.json': ['borg/files-info-2026-10-27T0800.json', '2026-10-27T08:01:00+01:00'],
    })
    expect(list.map(({ flaw }) => flaw)).toEqual(Array(4).fill(undefined))
    expect(list.map(({ completed }) => completed?.earliest)).toEqual([
      at('2026-10-24T00:18:18+02:00'),
      at('2026-10-25T02:48:29+02:00'),
      at('2026-10-26T00:18:05+01:00'),
      at('2026-10-27T00:28:18+01:00'),
    ])
  })
})

describe('pgBackRest listings', () => {
  it('show chains that expire at once', async () => {
    const { list } = await listed({
      'a.json': ['pgbackrest/info-before-expire-2026-03-15T0330.json', '2026-03-15T03:30:00+01:00'],
      'b.json': ['pgbackrest/info-after-expire-2026-03-15T0500.json', '2026-03-15T05:00:00+01:00'],
    })
    expect(list).toHaveLength(10)
    const gone = list.filter(one => sightings(one).some(text => text.startsWith('gone')))
    expect(gone.map(({ id }) => id)).toEqual([
      'shop/20260301-030001F',
      'shop/20260301-030001F_20260304-030001D',
      'shop/20260301-030001F_20260305-030000I',
      'shop/20260301-030001F_20260306-030000I',
    ])
    const parents = gone.map(({ parent }) => (parent === null ? null : list[parent?.index ?? -1]?.id))
    expect(parents).toEqual([null, ...gone.slice(0, 3).map(({ id }) => id)])
  })
})

describe('Barman listings', () => {
  it('count a backup as made once it is done', async () => {
    const WAITING = ['barman/list-backup-waiting-2026-10-29T0231.json', '2026-10-29T02:31:00+01:00'] as const
    const early = await listed({ 'a.json': WAITING })
    expect(early.list.at(-1)).toMatchObject({ id: 'shop/20261029T023000', status: 'running', completed: null })
    const later = await listed({
      'a.json': WAITING,
      'b.json': ['barman/list-backup-2026-10-29T0605.json', '2026-10-29T06:05:00+01:00'],
    })
    expect(later.list).toHaveLength(6)
    expect(later.list.at(-1)).toMatchObject({
      id: 'shop/20261029T023000',
      status: 'success',
      started: { earliest: at('2026-10-29T02:30:00+01:00') },
      completed: { earliest: at('2026-10-29T02:30:02+01:00') },
    })
  })

  it('show how a run went on, and what was deleted', async () => {
    const { list } = await listed({
      'a.json': ['barman/list-backup-running-2026-10-27T0230.json', '2026-10-27T02:30:30+01:00'],
      'b.json': ['barman/list-backup-failed-2026-10-27T0240.json', '2026-10-27T02:40:00+01:00'],
      'c.json': ['barman/list-backup-deleted-2026-10-28T0905.json', '2026-10-28T09:05:00+01:00'],
    })
    expect(list.map(({ id, status, copies, flaw }) => [id, status, copies.length, flaw])).toEqual([
      ['shop/20261023T023001', 'success', 1, undefined],
      ['shop/20261024T023000', 'success', 1, undefined],
      ['shop/20261025T023001', 'success', 1, undefined],
      ['shop/20261025T024500', 'success', 1, undefined],
      ['shop/20261026T023000', 'success', 1, undefined],
      ['shop/20261027T023000', 'failed', 0, undefined],
    ])
    expect(sightings(list[0] as Backup)).toEqual([
      'there 2026-10-27T01:30:30Z to 2026-10-27T01:40:00Z',
      'gone 2026-10-28T08:05:00Z to 2026-10-28T08:05:00Z',
    ])
  })
})

describe('a listing that is broken', () => {
  const TIME = { ...PARIS, takenAt: takenAt(['*', '2026-05-01T02:05:00Z']) }

  it.each([
    ['restic/snapshots-2026-05-01T0405.json', 5000, 1],
    ['restic/forget-2026-04-13T0405.json', 2000, 1],
    ['borg/files-list-2026-10-27T0800.json', 500, 14],
    ['barman/list-backup-2026-10-26T0240.json', 700, 1],
    ['pgbackrest/info-2026-03-06T0500.json', 900, 1],
  ])('%s is an error at byte %i', async (name, bytes, line) => {
    const errors = await errorsOf({ 'a.json': fixture(name).slice(0, bytes) }, TIME)
    expect(errors.map(({ code, span }) => [code, span?.line])).toEqual([['bad-json', line]])
  })

  it('names the line and the key', async () => {
    const text = `[
  {"time": "2026-05-01T04:00:00+02:00", "tree": "a", "paths": ["/a"], "hostname": "h", "id": "1", "short_id": "1"},
  {
    "time": "yesterday", "tree": "a", "paths": ["/a"],
    "hostname": "h", "id": "2", "short_id": "2"
  },
  {"time": "2026-04-30T04:00:00+02:00", "tree": "a", "paths": ["/a"],
   "tags": {}, "hostname": "h", "id": "3", "short_id": "3"}
]`
    expect((await errorsOf({ 'a.json': text }, TIME)).map(short)).toEqual([
      '8:4 tags is an object: expected a list',
      '4:5 started_at: "yesterday" isn\'t a time: expected 2026-05-01T10:00:00+02:00 or a date 2026-05-01',
    ])
  })

  it('proves no absence, left out or not', async () => {
    const first =
      '{"time":"2026-05-01T04:00:00+02:00","tree":"a","paths":["/a"],"hostname":"h","id":"1","short_id":"1"}'
    const second = first.replace('05-01', '04-30').replaceAll('"1"', '"2"')
    const bad = first.replace('"id":"1",', '')
    const { backups } = await read({ 'a.json': `[${first},${second},${bad}]` }, { ...TIME, onBadRow: 'skip' })
    expect(backups.listings).toMatchObject([{ complete: undefined, backups: 2 }])
  })

  it('may be of two tools: the second is not read as the first', async () => {
    const borg = fixture('borg/files-list-2026-10-27T0800.json')
    const pg = fixture('pgbackrest/info-2026-03-01T0500.json').trim().slice(1, -1)
    expect(
      (
        await errorsOf({ 'a.json': `${borg}\n${pg}` }, { ...PARIS, takenAt: takenAt(['*', '2026-10-27T07:00:00Z']) })
      ).map(({ message }) => message),
    ).toEqual(['this is no Borg archives (JSON) as the first value of the file is'])
  })
})

describe('sla inspect', () => {
  async function inspect(name: string, time?: string): Promise<Inspection> {
    const options = { timezone: 'Europe/Paris', ...(time === undefined ? {} : { takenAt: [{ at: at(time) }] }) }
    const [found] = await inDirectory({ 'a.json': fixture(name) }, directory =>
      inspectFiles([directory], options, zones, noStdin),
    )
    if (found === undefined) throw new Error('nothing was read')
    return found
  }

  it.each([
    ['restic/snapshots-2026-05-01T0405.json', 'restic', 60, '2026-05-01T02:05:00Z', false],
    ['restic/forget-2026-04-13T0405.json', 'restic', 8, '2026-04-13T02:05:00Z', false],
    ['borg/files-list-2026-10-27T0800.json', 'borg', 4, '2026-10-27T07:00:00Z', true],
    ['pgbackrest/info-2026-03-12T0500.json', 'pgbackrest', 9, '2026-03-12T04:00:00Z', false],
    ['barman/list-backup-2026-10-26T0240.json', 'barman', 5, '2026-10-26T01:40:00Z', true],
  ])('shows %s', async (name, tool, rows, time, zone) => {
    const found = await inspect(name, time)
    expect(found).toMatchObject({
      format: 'json',
      types: [{ type: 'inventory', rows, bad: 0, leftOut: 0, read: true }],
      tool: { name: tool },
      first: at(time),
      last: at(time),
      unused: [],
      nearMisses: [],
    })
    expect(found.timezone).toBe(zone ? 'Europe/Paris' : undefined)
    // Barman's two of the repeated hour.
    const doubtful = tool === 'barman' ? ['doubtful-time', 'doubtful-time'] : []
    expect(found.problems.map(({ code }) => code)).toEqual(doubtful)
  })

  it('says which keys the columns are', async () => {
    expect((await inspect('restic/tagged-2026-04-13T0705.json', '2026-04-13T07:05:00+02:00')).columns).toEqual({
      id: 'backup',
      original: 'original',
      paths: 'component',
      time: 'started_at',
    })
    expect((await inspect('pgbackrest/info-2026-03-12T0500.json', '2026-03-12T05:00:00+01:00')).columns).toEqual({
      label: 'backup',
      name: 'component',
      'repo-key': 'location',
      'timestamp.start': 'started_at',
      'timestamp.stop': 'completed_at',
      error: 'status',
      type: 'kind',
      prior: 'parent',
    })
  })

  it('says of a key that is two columns what it is first of all', async () => {
    expect((await inspect('barman/list-backup-2026-10-26T0240.json', '2026-10-26T02:40:00+01:00')).columns).toEqual({
      backup_id: 'backup',
      end_time_timestamp: 'completed_at',
      status: 'status',
    })
  })

  it('says that the time is missing', async () => {
    const { problems } = await inspect('pgbackrest/info-2026-03-12T0500.json')
    expect(problems.map(({ code, severity, hint }) => [code, severity, hint])).toEqual([
      [
        'no-listing-time',
        'warning',
        'say when with --taken-at [GLOB=]INSTANT, such as --taken-at 2026-05-01T06:00:00Z',
      ],
    ])
  })
})
