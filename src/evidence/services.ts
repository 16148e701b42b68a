import { nearest } from '../model/nearest.ts'

/** What a service cell says under a contract. */
export type Resolved =
  | { readonly kind: 'known'; readonly name: string }
  | { readonly kind: 'unknown'; readonly name: string }
  | { readonly kind: 'blank' }

export interface Services {
  /** `undefined`: the row has no such cell. */
  resolve(cell: string | undefined, file: string, line: number): Resolved
  /** A declared name close to an unknown one. */
  suggest(name: string): string | undefined
  readonly declared: readonly string[]
  /** For a contract without services: the different names met, with the place of each first one. */
  readonly met: ReadonlyMap<string, { readonly file: string; readonly line: number }>
}

/** Names compare exactly after trimming. Without declared services all rows are of the service `''`. */
export function makeServices(declared: readonly string[]): Services {
  const met = new Map<string, { file: string; line: number }>()
  const cache = new Map<string, Resolved>()
  const blank: Resolved = declared.length > 1 ? { kind: 'blank' } : { kind: 'known', name: declared[0] ?? '' }
  let lastCell: string | undefined
  let last: Resolved = blank

  function resolve(cell: string | undefined, file: string, line: number): Resolved {
    if (cell === undefined) return blank
    if (cell === lastCell) return last
    let found = cache.get(cell)
    if (found === undefined) {
      found = look(cell.trim(), file, line)
      cache.set(cell, found)
    }
    lastCell = cell
    last = found
    return found
  }

  function look(name: string, file: string, line: number): Resolved {
    if (name === '' || name === '?') return blank
    if (declared.length > 0) return { kind: declared.includes(name) ? 'known' : 'unknown', name }
    if (!met.has(name)) met.set(name, { file, line })
    return { kind: 'known', name: '' }
  }

  return { resolve, suggest: name => nearest(name, declared), declared, met }
}

/** For looking at files without a contract: every name counts. */
export function anyService(): Services {
  return {
    resolve: cell => ({ kind: 'known', name: cell?.trim() ?? '' }),
    suggest: () => undefined,
    declared: [],
    met: new Map(),
  }
}
