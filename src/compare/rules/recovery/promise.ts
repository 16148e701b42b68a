import type { RecoveryBody } from '../../../clauses/recovery/schema.ts'
import type { Side } from '../../rule.ts'

export type Slot = 'rpo' | 'rto'

/** What a key stands for: `recovery/rto`, `recovery/partial/rto`. */
export function promiseAt(key: string): { readonly slot: Slot; readonly scenario: string | undefined } {
  const parts = key.replace(/#\d+$/, '').split('/')
  const scenario = parts.slice(1, -1).join('/')
  return { slot: parts.at(-1) === 'rpo' ? 'rpo' : 'rto', scenario: scenario === '' ? undefined : scenario }
}

/** The components of a clause; a single one by the name that an alignment shows it by. */
export function componentsShown({ clause, term }: Side<RecoveryBody>): string[] {
  const { of = [] } = clause.body
  const { component = of[0] ?? '' } = term.shown ?? {}
  return of.length === 1 ? [component] : [...of]
}
