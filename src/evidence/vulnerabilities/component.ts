import { readPurl } from '../purl.ts'

/** A component as its rows are kept apart: a package URL in its canonical form without version; other text as it is. */
export interface Component {
  readonly name: string
  readonly version?: string
}

export function componentOf(text: string): Component {
  return readPurl(text) ?? { name: text.trim() }
}
