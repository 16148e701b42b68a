import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Relation } from '../../src/model/comparison.ts'
import { root } from '../support/cli.ts'
import { FOUNDING, foundingFile, foundingFiles, judgeAgain, proofsOf, relationsOf } from './founding.ts'
import { platformPairs } from './founding-pairs-platform.ts'

/**
 * By hand, of 59 rows: availability; maintenance 6; support 12 + 2 + 3 + 4; fixes 5; backups 5 of all components, 7 of the
 * database, 5 of files; recovery 2; controls 7. The platform promises 29 of them: its two promises on backups stand in the
 * rows of the database twice, where Commu'net has two clauses, and in those of files. `neither`: promised by the other three.
 */
const COUNTS: Readonly<Record<string, Readonly<Partial<Record<Relation | 'neither', number>>>>> = {
  robaws: { incomparable: 2, missing: 2 + 12 + 5 + 8, added: 3 + 2 + 3 + 3 + 2 + 3, neither: 14 },
  stafiz: { incomparable: 3, stronger: 2, missing: 3 + 12 + 5 + 4, added: 3 + 1, neither: 26 },
  timetonic: { incomparable: 4, stronger: 3, missing: 3 + 12 + 5 + 2, added: 4 + 4 + 1 + 5, neither: 16 },
  communet: { incomparable: 7, missing: 3 + 12 + 5 + 2, added: 5, neither: 25 },
}

describe('five contracts at once', () => {
  const proofs = proofsOf(FOUNDING.map(foundingFile), foundingFiles())

  it('stand to the first one as each of them does alone', async () => {
    const { comparison } = await proofs
    for (const { other, rows } of platformPairs) {
      const all = relationsOf(comparison, FOUNDING.indexOf(other as (typeof FOUNDING)[number]))
      const alone = Object.entries(rows).map(([key, { relation }]) => [key, relation])
      expect(Object.fromEntries(alone.map(([key]) => [key, all[String(key)]]))).toEqual(Object.fromEntries(alone))
    }
  })

  it('have as many relations of each kind as were counted by hand', async () => {
    const { comparison } = await proofs
    expect(comparison.rows).toHaveLength(59)
    const counts = FOUNDING.slice(1).map((id, i) => {
      const found = new Map<string, number>()
      for (const relation of Object.values(relationsOf(comparison, i + 1))) {
        const name = relation ?? 'neither'
        found.set(name, (found.get(name) ?? 0) + 1)
      }
      return [id, Object.fromEntries(found)]
    })
    expect(Object.fromEntries(counts)).toEqual(COUNTS)
  })

  it('are the best where others promise it too, and none comes near', async () => {
    const { comparison } = await proofs
    const best = comparison.rows.flatMap(({ key, cells }) =>
      cells.flatMap((cell, at) => (cell.best ? [`${FOUNDING[at]} ${key}`] : [])),
    )
    // 30 days of any kind hold 15 and 30 days of full ones, and an aim of 30 days or four weeks of one level. In France
    // is in Europe, and firmer than the same as an aim. All else that several promise is incomparable.
    expect(best.sort()).toEqual([
      'stafiz backup/database/keep',
      'stafiz backup/database/keep#2',
      'stafiz backup/database/residency',
    ])
  })

  it('have logs that the auditor judges in two ways', async () => {
    const { comparison, files } = await proofs
    expect(comparison.witnesses.length).toBeGreaterThan(2 * (2 + 3 + 4 + 7))
    await judgeAgain({ comparison, files })
  })
})

it('are the contracts that the scenario of the five has', () => {
  for (const [file, text] of Object.entries(foundingFiles())) {
    const copy = `test/scenarios/compare-five/contracts/${file.split('/').at(-1)}`
    expect([copy, readFileSync(root + copy, 'utf8')]).toEqual([copy, text])
  }
})
