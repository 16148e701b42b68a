import type { Happened, Row } from '../records.ts'
import { compareOrigins } from '../tickets/tables.ts'
import { compareKnown } from './times.ts'

/** Rows by time; one that equals another in every cell (overlapping exports) is the same thing, given twice. */
export function inTime<T extends Row>(
  rows: readonly T[],
  timeOf: (row: T) => Happened,
  again: (input: number) => void,
): readonly T[] {
  const seen = new Set<string>()
  const kept = [...rows]
    .sort((a, b) => compareOrigins(a.origin, b.origin))
    .filter(row => {
      const { origin, attributes, ...said } = row
      const key = JSON.stringify([said, Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1))])
      if (seen.has(key)) again(origin.input)
      return !seen.has(key) && seen.add(key)
    })
  return kept.sort((a, b) => compareKnown(timeOf(a), timeOf(b)) || compareOrigins(a.origin, b.origin))
}

/** Rows of one id become one, in the order of the first of each; `differ` is told of those that contradict each other. */
export function joinById<T extends Row & { readonly id?: string }>(
  rows: readonly T[],
  differ: (id: string, rows: readonly T[]) => void,
): readonly T[] {
  const known = new Map<string, T[]>()
  const lists: T[][] = []
  for (const row of rows) {
    const same = row.id === undefined ? undefined : known.get(row.id)
    if (same !== undefined) {
      same.push(row)
      continue
    }
    const list = [row]
    lists.push(list)
    if (row.id !== undefined) known.set(row.id, list)
  }
  return lists.map(list => {
    const [first, ...others] = list
    let joined = first as T
    let clash = false
    for (const other of others) {
      const said: [string, unknown][] = []
      for (const key of new Set([...Object.keys(joined), ...Object.keys(other)]) as Set<keyof T & string>) {
        if (OWN.has(key)) continue
        const one = later(joined[key], other[key])
        if (one === CLASH) clash = true
        said.push([key, one === CLASH ? undefined : one])
      }
      joined = { ...joined, ...Object.fromEntries(said) }
    }
    if (clash && joined.id !== undefined) differ(joined.id, list)
    return joined
  })
}

const OWN: ReadonlySet<string> = new Set(['origin', 'attributes', 'id', 'service'])
const CLASH = Symbol('clash')

/** What has happened meanwhile, or is told by one of them only; `CLASH` where they differ. */
function later(a: unknown, b: unknown): unknown {
  if (a === undefined || a === '') return b
  if (b === undefined || b === '') return a
  if (a === null) return b
  if (b === null) return a
  return JSON.stringify(a) === JSON.stringify(b) ? a : CLASH
}
