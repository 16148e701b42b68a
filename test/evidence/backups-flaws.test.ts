import { describe, expect, it } from 'vitest'
import { csv, readAll, texts } from './backups-support.ts'

const HEADER = 'id,component,started_at,completed_at,status,location'

describe('rows that are left out as bad', () => {
  it('spoil the backup that they name, and only that', async () => {
    const evidence = await readAll(
      { 'log.csv': csv(HEADER, 'b1,db,01T04:00,01T04:10,ok,on', 'b2,db,02T04:00,02T03:00,ok,on') },
      { onBadRow: 'skip' },
    )
    expect(texts(evidence)).toEqual(['b1 db 01T04:00 01T04:10 success [on* 01T04:10]', 'b2 db ? ? ? !bad-row'])
    expect(evidence.backups.list[1]?.flaw?.origins).toEqual([{ input: 0, line: 3 }])
    expect(evidence.skipped).toEqual([])
  })

  it('of which no type is known are of those that the file holds, or of any', async () => {
    const snapshot = {
      time: '2026-05-01T04:00:00Z',
      tree: 'f',
      paths: ['/srv'],
      hostname: 'h1',
      id: 'a1',
      short_id: 'a1',
    }
    const other = { ...snapshot, time: '2026-05-02T04:00:00Z', id: 'a2', short_id: 'a2' }
    const bad = { ...snapshot, tags: [3] }
    const options = { onBadRow: 'skip', takenAt: [{ at: Date.UTC(2026, 4, 3) }] } as const
    const types = new Set(['backup', 'inventory'])
    const some = await readAll({ 'a.json': JSON.stringify([snapshot, other, bad]) }, { ...options, types })
    expect([...new Set(some.skipped.map(({ type }) => type))]).toEqual(['inventory'])
    const none = await readAll({ 'a.json': JSON.stringify([bad]) }, { ...options, types })
    expect([...new Set(none.skipped.map(({ type }) => type))].sort()).toEqual(['backup', 'inventory'])
  })

  it('spoil the log where they name none', async () => {
    const rows = csv('component,started_at,completed_at', 'db,01T04:00,01T03:00')
    const evidence = await readAll({ 'log.csv': rows }, { onBadRow: 'skip' })
    expect(evidence.backups.list).toEqual([])
    expect(evidence.skipped.map(({ type }) => type)).toEqual(['backup'])
  })

  it.each([
    ['deletion', 'backup-deletion', 'backup,time', 'b1,never'],
    ['verification', 'verification', 'backup,time,outcome', 'b1,02T00:00,perhaps'],
    ['copy', 'backup-copy', 'backup,completed_at,location', 'b1,soon,off'],
    ['restore', 'restore', 'backup,started_at,purpose', 'b1,02T00:00,fun'],
  ])('of a %s spoil the backup', async (_, type, header, row) => {
    const files = { 'log.csv': csv(HEADER, 'b1,db,01T04:00,01T04:10,ok,on'), 'other.csv': csv(header, row) }
    const evidence = await readAll(files, { onBadRow: 'skip' })
    expect(evidence.backups.list.map(({ flaw }) => flaw?.reason)).toEqual(['bad-row'])
    expect(evidence.skipped).toEqual([])
    const unknown = await readAll({ ...files, 'other.csv': csv(header, row.replace('b1', 'b7')) }, { onBadRow: 'skip' })
    expect(unknown.backups.list.map(({ flaw }) => flaw)).toEqual([undefined])
    expect(unknown.skipped.map(one => one.type)).toEqual([type])
  })
})
