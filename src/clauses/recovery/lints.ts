import type { Lint } from '../../model/clause-kind.ts'
import { ACCEPTS_NO_SUCCESS } from '../backup/lints.ts'
import type { RecoveryBody } from './schema.ts'

/** What a clause leaves unsaid though it can decide verdicts. */
export function recoveryLints(body: RecoveryBody): readonly Lint[] {
  const places: readonly (readonly [readonly string[], RecoveryBody['rto']])[] = [
    [['rto'], body.rto],
    ...Object.entries(body.scenarios ?? {}).map(([name, { rto }]) => [['scenarios', name, 'rto'], rto] as const),
  ]
  const accepted = body.accept !== undefined && !body.accept.includes('success') ? [ACCEPTS_NO_SUCCESS] : []
  const starts = places.flatMap(([path, rto]): Lint[] =>
    rto === undefined || rto.from !== undefined || rto['at-most'] === 'unstated'
      ? []
      : [
          {
            code: 'missing-start',
            path,
            message: 'from is not said, and it can decide the verdict: the clock starts at the failure',
            hint: 'say from: failure, requested or declared',
          },
        ],
  )
  return [...accepted, ...starts]
}
