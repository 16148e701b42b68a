import { readPurl } from '../purl.ts'

/** A component as its rows are kept apart: a package URL in its canonical form without version; other text as it is. */
export interface Component {
  readonly name: string
  readonly version?: string
}

export function componentOf(text: string): Component {
  return readPurl(text) ?? { name: text.trim() }
}

/**
 * Whether two components may be one: none is named, or one is a package URL and the other its package's name. Tools
 * and their versions differ in how they name it.
 */
export function mayBeOne(a: string, b: string): boolean {
  if (a === b) return false
  if (a === '' || b === '') return true
  return a.startsWith('pkg:') !== b.startsWith('pkg:') && lastPart(a) === lastPart(b)
}

function lastPart(component: string): string {
  return component.split(/[/:]/).at(-1)?.toLowerCase() ?? ''
}
