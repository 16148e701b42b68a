import type { Contract } from '../contract/contract.ts'
import { nearest } from '../model/nearest.ts'
import type { EvidenceOptions } from './options.ts'
import { usageError } from './usage.ts'

/** A glob of `--only` or `--skip` that fits no clause, or a choice that leaves none, is a usage error. */
export async function checkSelection(contract: Contract, { only, skip }: EvidenceOptions): Promise<void> {
  if (only === undefined && skip === undefined) return
  const { fitsPattern } = await import('../audit/pattern.ts')
  const ids = contract.clauses.map(({ id }) => id)
  for (const [name, globs] of [['--only', only] as const, ['--skip', skip] as const]) {
    const idle = globs?.find(glob => !ids.some(id => fitsPattern(glob, id)))
    if (idle === undefined) continue
    const guess = nearest(idle, ids)
    throw usageError(
      `${name}: no clause of ${contract.file} matches "${idle}"`,
      guess === undefined ? `clauses: ${ids.join(', ')}` : `did you mean ${guess}?`,
    )
  }
  const left = ids.filter(
    id => (only ?? ['*']).some(glob => fitsPattern(glob, id)) && !(skip ?? []).some(glob => fitsPattern(glob, id)),
  )
  if (left.length === 0) throw usageError('--only and --skip leave no clause to judge')
}
