import type { Ordering } from '../../rule.ts'

/**
 * What one field says of two terms. `neutral`: a log can keep clear of the field, so that what another field refutes
 * stays refuted.
 */
export interface Facet {
  readonly atLeast: boolean | undefined
  readonly atMost: boolean | undefined
  readonly neutral: boolean
  readonly rule?: string
}

export const SAME: Facet = { atLeast: true, atMost: true, neutral: true }

/** The field's part where only a search can tell. */
export function open(rule: string, neutral: boolean): Facet {
  return { atLeast: undefined, atMost: undefined, neutral, rule }
}

/** True where every field is; false where one is and the others leave its log alone. */
export function together(facets: readonly Facet[]): Ordering {
  const side = (of: 'atLeast' | 'atMost'): boolean | undefined => {
    if (facets.every(facet => facet[of] === true)) return true
    const clear = (own: Facet) => facets.every(facet => facet === own || facet.neutral)
    return facets.some(facet => facet[of] === false && clear(facet)) ? false : undefined
  }
  const rules = facets.flatMap(({ rule }) => rule ?? [])
  return { atLeast: side('atLeast'), atMost: side('atMost'), rules: [...new Set(rules)] }
}

/** Of a setting that makes a promise stricter the more there is of it: `atLeast` where other has as much as base. */
export function directed(atLeast: boolean, atMost: boolean, rule: string): Facet {
  if (atLeast && atMost) return SAME
  return { atLeast: atLeast || undefined, atMost: atMost || undefined, neutral: true, rule }
}

/** Whether two pieces of plain data are alike, whatever the order of their keys. Texts as written do not count. */
export function alike(a: unknown, b: unknown): boolean {
  if (a === b) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const keys = new Set([...Object.keys(a), ...Object.keys(b)])
  keys.delete('text')
  return [...keys].every(key => alike((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]))
}
