import type { BackupRow, CopyRow, Spot } from './rows.ts'

/** Ids that rows of several components use: each component has a backup of its own by that name. */
export interface SharedIds {
  /** The components that use an id, sorted; undefined where it is the id of one backup. */
  components(id: string): readonly string[] | undefined
  /** What rows of one backup share: its id, or of an id that is shared that of a component (`''`: none is named). */
  keyOf(id: string, component: string): string
  idOf(key: string): string
}

interface Named {
  readonly logs: readonly BackupRow[]
  readonly spots: readonly Spot[]
  readonly copies: readonly CopyRow[]
}

export function sharedIds({ logs, spots, copies }: Named): SharedIds {
  const users = new Map<string, string | Set<string>>()
  const several = new Map<string, readonly string[]>()
  const ids = new Map<string, string>()

  function use(id: string, component: string): void {
    if (id === '' || component === '') return
    const known = users.get(id)
    if (known === undefined) users.set(id, component)
    else if (typeof known !== 'string') known.add(component)
    else if (known !== component) users.set(id, new Set([known, component]))
  }

  const named = new Set([...logs, ...spots, ...copies].map(({ component }) => component).filter(text => text !== ''))
  if (named.size > 1) {
    for (const { id, component } of logs) use(id, component)
    for (const { id, component } of spots) use(id, component)
    for (const { backup, component } of copies) use(backup, component)
    for (const [id, found] of users) {
      // What is of all components is one backup.
      if (typeof found !== 'string' && !found.has('all')) several.set(id, [...found].sort())
    }
  }

  return {
    components: id => several.get(id),
    keyOf(id, component) {
      if (!several.has(id)) return id
      const key = `${component}\u0000${id}`
      ids.set(key, id)
      return key
    },
    idOf: key => ids.get(key) ?? key,
  }
}
