import { describe, expect, it } from 'vitest'
import { maxAgeItems } from '../../src/clauses/backup/max-age.ts'
import { residencyItems } from '../../src/clauses/backup/residency.ts'
import type { BackupRules } from '../../src/clauses/backup/rules.ts'
import { amount, itemsOf, RULES, seriesOf, verdicts, type World } from './backup-worlds.ts'

/** One backup of which a bad row was left out, so that nothing is known of where it is, beside one that is in order. */
const world: World = {
  asOf: '2026-06-09T00:00:00+02:00',
  backups: [
    { id: 'a', start: '2026-06-01T04:00:00+02:00', status: '?', unplaced: true, flaw: 'bad-row' },
    {
      id: 'b',
      start: '2026-06-02T04:00:00+02:00',
      end: '2026-06-02T04:10:00+02:00',
      country: 'FR',
      deleted: '2026-06-04T04:00:00+02:00',
    },
  ],
}

describe('a backup whose row was left out', () => {
  it('may be anywhere', () => {
    const rules: BackupRules = { ...RULES, residency: { countries: new Set(['FR']), words: ['FR'] } }
    const items = itemsOf(residencyItems(seriesOf(world, rules), rules))
    expect(verdicts(items)).toEqual(['2026-06-01 unverified bad-row', '2026-06-02 met inside'])
  })

  it('may be there still', () => {
    const rules: BackupRules = { ...RULES, maxAge: { amount: amount('3 days'), tolerance: 0 } }
    const items = itemsOf(maxAgeItems(seriesOf(world, rules), rules))
    expect(verdicts(items)).toEqual(['2026-06-01 unverified bad-row', '2026-06-02 met deleted-in-time'])
  })
})
