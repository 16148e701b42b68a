import { describe, expect, it } from 'vitest'
import { csv, readAll, texts, warningsOf, when } from './backups-support.ts'

const LOG = 'id,component,started_at,completed_at,status,location'
const log = csv(LOG, 'r1,db,01T03:00,01T03:10,ok,L', 'r1,files,01T04:00,01T04:10,ok,M')
const same = csv(LOG, 'r1,db,01T03:00,01T03:10,ok,L', 'r1,files,01T04:00,01T04:10,ok,L')
const DB = 'r1 db 01T03:00 01T03:10 success [L* 01T03:10'
const FILES = 'r1 files 01T04:00 01T04:10 success [M* 01T04:10'
const AMBIGUOUS = 'tell them apart by a column component (or set: { component: … } in a --map file)'

/** `component: 03T00:00, 05T00:00` of deletions that may be of each first copy. */
const maybeDeleted = ({ backups }: Awaited<ReturnType<typeof readAll>>): readonly string[] =>
  backups.list.map(({ component, copies }) => `${component}: ${copies[0]?.maybeDeleted?.map(when).join(', ') ?? ''}`)

describe('an id that several components use', () => {
  it('is a backup of each', async () => {
    const evidence = await readAll({ 'log.csv': log })
    expect(texts(evidence)).toEqual([`${DB}]`, `${FILES}]`])
    expect(warningsOf(evidence)).toEqual([])
  })

  it("is that of the row's own in listings, copies, deletions and verifications that name it", async () => {
    const evidence = await readAll({
      'log.csv': same,
      'copies.csv': csv('backup,completed_at,location,component', 'r1,01T06:00,off,files'),
      'list.csv': csv(
        'taken_at,backup,location,complete,component',
        '02T00:00,r1,L,yes,db',
        '02T00:00,r1,L,yes,files',
        '03T00:00,r1,L,yes,db',
        '03T00:00,other,L,yes,files',
      ),
      'deleted.csv': csv('backup,time,component', 'r1,04T00:00,db'),
      'verified.csv': csv('backup,time,outcome,component', 'r1,01T07:00,failed,files', 'r1,01T08:00,ok,db'),
    })
    const [db, files] = evidence.backups.list
    expect(texts(evidence).slice(0, 2)).toEqual([
      `${DB} there 02T00:00..03T00:00 deleted 04T00:00]`,
      'r1 files 01T04:00 01T04:10 success [L* 01T04:10 there 02T00:00..02T00:00 gone 03T00:00..03T00:00; off 01T06:00]',
    ])
    expect(db?.verifications.map(({ at, passed }) => [when(at), passed])).toEqual([['01T08:00', true]])
    expect(files?.verifications.map(({ at, passed }) => [when(at), passed])).toEqual([['01T07:00', false]])
    expect(warningsOf(evidence)).toEqual([])
  })

  it("is the parent of the component's own", async () => {
    const evidence = await readAll({
      'log.csv': csv(
        'id,component,started_at,completed_at,kind,parent',
        '1,db,01T03:00,01T03:10,full,',
        '1,files,01T04:00,01T04:10,full,',
        '2,files,02T04:00,02T04:10,incremental,1',
        '3,x,03T04:00,03T04:10,incremental,1',
      ),
    })
    expect(evidence.backups.list.map(({ parent }) => parent)).toEqual([null, null, { id: '1', index: 1 }, { id: '1' }])
  })

  it("is the one that is told of at the row's location", async () => {
    const evidence = await readAll({
      'log.csv': log,
      'deleted.csv': csv('backup,time,location', 'r1,03T00:00,M'),
      'list.csv': csv('taken_at,backup,location,complete', '02T00:00,r1,L,yes'),
      'verified.csv': csv('backup,time,outcome,location', 'r1,01T08:00,failed,L'),
    })
    expect(texts(evidence)).toEqual([`${DB} there 02T00:00..02T00:00]`, `${FILES} deleted 03T00:00]`])
    expect(evidence.backups.list.map(({ verifications }) => verifications.length)).toEqual([1, 0])
    expect(warningsOf(evidence)).toEqual([])
  })

  it('may be deleted by a row that does not say of which it is', async () => {
    const deleted = csv('backup,time,location', 'r1,05T00:00,', 'r1,03T00:00,L', 'r1,04T00:00,N')
    const evidence = await readAll({ 'log.csv': same, 'deleted.csv': deleted })
    expect(texts(evidence)).toEqual([`${DB}]`, 'r1 files 01T04:00 01T04:10 success [L* 01T04:10]'])
    expect(maybeDeleted(evidence)).toEqual(['db: 03T00:00, 05T00:00', 'files: 03T00:00, 05T00:00'])
    expect(warningsOf(evidence)).toEqual([
      `deleted.csv:2 ambiguous-id: 3 backup-deletion rows do not say which component's backup they are of, and several have their ids: "r1" | ${AMBIGUOUS}: what they say is not known of any`,
    ])
  })

  it('may have failed a check that does not say of which it is, at any time or never', async () => {
    const evidence = await readAll({
      'log.csv': same,
      'verified.csv': csv('backup,time,outcome', 'r1,02T00:00,failed', 'r1,03T00:00,ok'),
      'restores.csv': csv('id,started_at,completed_at,backup,outcome,component', 'x,04T00:00,04T01:00,r1,failed,db'),
    })
    const checks = evidence.backups.list.map(({ verifications }) => verifications.map(({ at }) => when(at)))
    expect(checks).toEqual([['02T00:00~2026-06-01T00:00', '04T01:00'], ['02T00:00~2026-06-01T00:00']])
    expect(warningsOf(evidence).map(text => text.split(':')[1])).toEqual(['2 ambiguous-id'])
  })

  it('may have a copy that does not say of which it is', async () => {
    const copies = csv(
      'backup,started_at,completed_at,status,location,deleted_at',
      'r1,01T05:00,01T06:00,ok,off,02T00:00',
      'r1,01T05:00,01T06:00,failed,far,',
    )
    const evidence = await readAll({ 'log.csv': log, 'copies.csv': copies })
    expect(texts(evidence)).toEqual([`${DB}; off ?]`, `${FILES}; off ?]`])
    expect(warningsOf(evidence)).toHaveLength(1)
  })

  it.each([
    ['a log', { 'more.csv': csv(LOG, 'r1,,01T03:00,01T03:10,ok,') }],
    ['a listing', { 'list.csv': csv('taken_at,backup,complete,location', '02T00:00,r1,yes,L') }],
    ['an original', { 'more.csv': csv(`${LOG},original`, 'r2,,01T03:00,01T03:10,ok,L,r1') }],
  ])('is not certain of any where rows of %s name no component', async (_, more) => {
    const evidence = await readAll({ 'log.csv': same, ...more })
    const own = evidence.backups.list.filter(({ id }) => id === 'r1' || id === 'r2')
    expect(own).toHaveLength(3)
    for (const { flaw } of own) {
      expect(flaw).toMatchObject({
        reason: 'contradictory',
        why: 'rows with its id do not say which component they are of',
      })
    }
    expect(warningsOf(evidence).map(text => text.split(':')[1])).toEqual(['2 ambiguous-id'])
  })

  it('counts rows without a component for the only one that clauses name', async () => {
    const files = {
      'db.csv': csv('id,started_at,location', 'r1,01T03:00,L'),
      'log.csv': csv(LOG, 'r1,files,01T04:00,,,M'),
    }
    const { backups, warnings } = await readAll(files, { components: ['db'] })
    expect(backups.list.map(({ id, component, flaw }) => [id, component, flaw])).toEqual([
      ['r1', 'db', undefined],
      ['r1', 'files', undefined],
    ])
    expect(warnings.map(({ code }) => code)).toEqual(['unknown-component'])
  })

  it('is one backup where it is of all', async () => {
    const files = {
      'log.csv': csv(LOG, 'r1,all,01T03:00,01T03:10,ok,L'),
      'list.csv': csv('taken_at,backup,component,location', '02T00:00,r1,db,L'),
    }
    expect(texts(await readAll(files))).toEqual([
      'r1 all 01T03:00 01T03:10 success [L* 01T03:10 there 02T00:00..02T00:00]',
    ])
  })
})

describe('rows of different components that are one backup', () => {
  it.each([
    [
      'by original',
      csv(`${LOG},original`, 'r1,db,01T03:00,01T03:10,ok,L,', 'r2,files,01T03:00,01T03:10,ok,L,r1'),
      'db, files',
    ],
    [
      'of all and of some',
      csv(LOG, 'r1,all,01T03:00,01T03:10,ok,L', 'r1,db,01T03:00,01T03:10,ok,L', 'r1,files,01T03:00,01T03:10,ok,L'),
      'all, db, files',
    ],
  ])('%s are not certain of any', async (_, file, names) => {
    const { backups } = await readAll({ 'log.csv': file })
    expect(backups.list.map(({ component }) => component).join(', ')).toBe(names)
    for (const { flaw } of backups.list) expect(flaw?.reason).toBe('contradictory')
  })

  it('deletions of another component than its own may be a slip', async () => {
    const evidence = await readAll({
      'log.csv': csv(LOG, 'r1,db,01T03:00,01T03:10,ok,L'),
      'deleted.csv': csv('backup,time,component', 'r1,03T00:00,files', 'r1,04T00:00,all'),
    })
    expect(texts(evidence)).toEqual([`${DB} deleted 04T00:00]`])
    expect(maybeDeleted(evidence)).toEqual(['db: 03T00:00'])
  })
})
