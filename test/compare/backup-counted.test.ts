import { describe, expect, it } from 'vitest'
import { backupRule } from '../../src/compare/rules/backup.ts'
import { relation } from './duties-pairs.ts'

type Fields = Record<string, unknown>

const of = (fields: Fields): Fields => ({ of: ['db'], ...fields })
const WIDER = { accept: ['success', 'warning'] }
const FULL = { only: 'full' }

const promises: readonly [string, string, Fields, string][] = [
  ['a time kept', 'keep', { keep: { for: '30 days' } }, 'weaker'],
  // Incrementals are later ones where all count.
  ['copies kept', 'keep', { keep: { copies: 3 } }, 'incomparable'],
  ['a window kept', 'keep', { keep: { 'recovery-window': '7 days' } }, 'incomparable'],
  ['copies elsewhere', 'copies', { copies: { differs: 'region', 'made-within': '24h' } }, 'weaker'],
  ['copies kept elsewhere', 'copies', { copies: { differs: 'region', keep: '20 days' } }, 'weaker'],
  // Of a unit without a full one nothing is owed; of one with a full one an incremental is not enough.
  ['a tier', 'tiers', { tiers: [{ per: 'month', keep: 12 }] }, 'incomparable'],
  ['a tier by units', 'tiers', { tiers: [{ per: 'week', keep: 3, basis: 'unit' }] }, 'incomparable'],
]

describe('which backups count', () => {
  it.each(promises)(
    '%s: one on top of what ended with a warning is only restorable where that counts',
    async (...row) => {
      const [, promise, fields] = row
      expect(await relation(backupRule, { base: of(fields), other: of({ ...fields, ...WIDER }), promise })).toBe(
        'incomparable',
      )
    },
  )

  it.each(promises)('%s: of full ones only', async (_, promise, fields, expected) => {
    expect(await relation(backupRule, { base: of(fields), other: of({ ...fields, ...FULL }), promise })).toBe(expected)
  })
})

describe('copies without a time to make them in', () => {
  const copies = (keep: Fields | undefined, own: Fields = {}): Fields =>
    of({ copies: { differs: 'region', ...own }, ...(keep !== undefined && { keep }) })
  const cases: readonly [string, Fields, Fields, string][] = [
    ['are due before the backup may be deleted', copies({ for: '30 days' }), copies({ for: '60 days' }), 'weaker'],
    [
      'whatever is tolerated of keeping',
      copies({ for: '30 days' }),
      copies({ for: '30 days', tolerance: '0h' }),
      'equal',
    ],
    ['while it is there, if nothing says when', copies({ copies: 3 }), copies(undefined), 'equal'],
    [
      'or until they may be deleted themselves',
      copies(undefined, { keep: '20 days' }),
      copies(undefined, { keep: '9 days' }),
      'incomparable',
    ],
  ]
  it.each(cases)('%s', async (_, base, other, expected) => {
    expect(await relation(backupRule, { base, other, promise: 'copies' })).toBe(expected)
  })
})
