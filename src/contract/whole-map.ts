import type { core } from 'zod'
import { nearest } from '../model/nearest.ts'

/** For what is said of a map as a whole: also where some of its values are wrong, so that all errors are told at once. */
export const alsoBesideErrors = {
  when: ({ value }: { readonly value: unknown }) =>
    typeof value === 'object' && value !== null && !Array.isArray(value),
}

/** Whether one of the words was probably meant by a key that is not known: then it is not missing. */
export function isUnspelt(issues: readonly unknown[], words: readonly string[]): boolean {
  const strange = (issues as readonly core.$ZodRawIssue[]).flatMap(issue =>
    issue.code === 'unrecognized_keys' ? issue.keys : [],
  )
  return strange.some(key => nearest(key, words) !== undefined)
}
