import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { DOCUMENTS } from '../../src/evidence/formats/index.ts'
import { json } from './formats-findings-support.ts'

const FIXTURES = join(import.meta.dirname, '../fixtures')
const filesIn = (folder: string): readonly string[] =>
  readdirSync(join(FIXTURES, folder), { recursive: true, encoding: 'utf8' })
    .filter(name => name.endsWith('.json'))
    .map(name => `${folder}/${name}`)
    .sort()

const fitting = (document: unknown): readonly string[] =>
  DOCUMENTS.filter(tool => tool.fits(document)).map(({ name }) => name)

// Nothing in these tells what they are.
const NAMELESS = [
  'restic/empty.json',
  'pgbackrest/info-nothing-2026-02-01T0015.json',
  'barman/list-backup-2026-10-22T1205.json',
]

describe('recognition', () => {
  it.each(['restic', 'borg', 'pgbackrest', 'barman'])('%s fits its files alone', folder => {
    for (const name of filesIn(folder)) {
      const expected = NAMELESS.includes(name) ? [] : [folder]
      expect([name, fitting(json(name))]).toEqual([name, expected])
    }
  })

  it.each([
    null,
    7,
    'text',
    [],
    {},
    [null],
    [[]],
    { archives: [] },
    { archives: {}, encryption: {} },
    { archives: ['a'] },
    { shop: [] },
    [{ archive: 'a', backup: 'b', taken_at: '2026-05-01T00:00:00Z' }],
    [{ backup: [], name: 'shop' }],
    { records: [{ type: 'inventory', backup: 'a', taken_at: '2026-05-01T00:00:00Z' }] },
    { records: [{ backup_id: '20260501T040000', status: 'DONE', started_at: '2026-05-01T04:00:00Z' }] },
    [{ backup_id: '20260501T040000', status: 'DONE', started_at: '2026-05-01T04:00:00Z' }],
    [{ time: '2026-05-01T00:00:00Z', paths: ['/'], host: 'shop' }],
    [{ tags: [], host: 'shop', paths: ['/'] }],
  ])('fits nothing of %j', document => {
    expect(fitting(document)).toEqual([])
  })
})
