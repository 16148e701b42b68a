import type { Comparison } from '../../model/comparison.ts'
import type { View } from '../view.ts'
import { marks } from './words.ts'

/** What the signs of a comparison claim: those that it has. */
export function legendOf(comparison: Comparison, view: View): readonly (readonly [sign: string, claim: string])[] {
  const cells = comparison.rows.flatMap(row => row.cells)
  const worst = comparison.envelope.flatMap(row => row.values)
  const signs = marks(view)
  const isOffers = comparison.contracts[0]?.kind === 'Baseline'
  const list: (readonly [boolean, string, string])[] = [
    [
      [...cells, ...worst].some(({ best }) => best === true),
      signs.best,
      `best: proven at least as strong as every other${isOffers ? ' offer' : ''} of its row, and stronger than one`,
    ],
    [
      comparison.rows.some(row => row.key !== 'term' && row.cells.some(({ state }) => state === 'not-promised')),
      signs.none,
      'not promised',
    ],
    [
      cells.some(({ state }) => state === 'not-auditable'),
      signs.vague,
      'promised without a number: no evidence can decide it',
    ],
    [cells.some(({ binding }) => binding === 'objective'), signs.objective, 'an objective only, not a guarantee'],
    [
      cells.some(({ searched }) => searched === true),
      'searched',
      'as far as logs were searched: no rule proves it, no log refutes it',
    ],
  ]
  return list.filter(([shown]) => shown).map(([, sign, claim]) => [sign, claim])
}
