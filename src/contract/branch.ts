import { nearest } from '../model/nearest.ts'
import type { Issue, KnownKeys } from './issue-text.ts'

/**
 * Of the branches of a union the one that the input was probably meant for: the fewest strange and missing keys, then
 * the fewest wrong values. Undefined when the input has the wrong type for all of them.
 */
export function bestBranch(branches: readonly (readonly Issue[])[], known: KnownKeys): readonly Issue[] | undefined {
  let best: readonly Issue[] | undefined
  let least = MISFIT
  for (const issues of branches) {
    const cost = total(issues, known)
    if (cost < least) {
      best = issues
      least = cost
    }
  }
  return best
}

const MISFIT = 1000
const OTHER_WORD = 100
const KEY = 10
const FLAW = 1
const SLIP = 0.5

function total(issues: readonly Issue[], known: KnownKeys): number {
  return issues.reduce((sum, issue) => sum + costOf(issue, known), 0)
}

function costOf(issue: Issue, known: KnownKeys): number {
  const depth = issue.path.length
  if (issue.code === 'unrecognized_keys') {
    const expected = known.get(issue.keys) ?? []
    const strange = issue.keys.filter(key => nearest(key, expected) === undefined).length
    return (depth === 0 ? KEY : FLAW) * strange + FLAW * (issue.keys.length - strange)
  }
  if (depth > 0) return depth === 1 && issue.input === undefined && issue.code !== 'custom' ? KEY : FLAW
  switch (issue.code) {
    case 'invalid_type':
      // A number whose text has a flaw of its own (no unit, no %) was meant for this branch.
      return issue.message.startsWith('expected') ? MISFIT : FLAW
    case 'invalid_union': {
      const best = bestBranch(issue.errors, known)
      return best === undefined ? MISFIT : total(best, known)
    }
    case 'invalid_value': {
      const { input, values } = issue
      if (typeof input !== typeof values[0]) return MISFIT
      return typeof input === 'string' && nearest(input, values.map(String)) !== undefined ? SLIP : OTHER_WORD
    }
    default:
      return FLAW
  }
}
