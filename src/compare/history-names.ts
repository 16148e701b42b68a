import type { Alignment } from '../contract/alignment.ts'
import type { ReadOptions } from '../evidence/evidence.ts'
import type { Item } from './terms.ts'

/** Names that are cells of evidence as well; bands are chosen by scores. */
const IN_EVIDENCE = ['priority', 'component', 'service', 'control'] as const

/**
 * The mapping that gives a history the names of one contract: each name aligned with one of its own becomes that, the
 * first where it has several. Undefined where nothing has to be renamed.
 */
export function namesMapping(
  contract: number,
  items: readonly Item[],
  alignment: Alignment | undefined,
): ReadOptions['mapping'] {
  if (alignment === undefined) return undefined
  const values: Record<string, Record<string, string>> = {}
  for (const what of IN_EVIDENCE) {
    const own = new Set(
      items.filter(item => item.contract === contract).flatMap(({ side }) => side.term.names[what]?.trim() ?? []),
    )
    const pairs = alignment.names[what]
    for (const shown of new Set(pairs.map(pair => pair.shown))) {
      const names = [...pairs.filter(pair => pair.shown === shown).map(({ name }) => name), shown]
      const target = names.find(name => own.has(name))
      if (target === undefined) continue
      for (const name of names) {
        if (own.has(name)) continue
        values[what] = { ...values[what], [name]: target }
      }
    }
  }
  if (Object.keys(values).length === 0) return undefined
  return { file: alignment.file, bytes: new TextEncoder().encode(JSON.stringify({ values })) }
}
