import { nearest } from '../model/nearest.ts'
import type { RecordType, Shape } from './types/record-type.ts'

/** Which columns of a record type a file has, and where. */
export interface Layout {
  readonly shape: Shape
  /** Column → position in the cells. */
  readonly positions: ReadonlyMap<string, number>
  /** For each position the column it is, or the header's own name; `''` for columns without a name. */
  readonly names: readonly string[]
}

/** Finds a type's columns among headers (as `columnName` gives them): by name first, then by other names for them. */
export function layOut(shape: Shape, headers: readonly string[], except = -1): Layout {
  const positions = new Map<string, number>()
  const taken = new Set([except])
  const claim = (column: string, header: string): void => {
    const at = headers.findIndex((name, i) => name === header && !taken.has(i))
    if (at < 0) return
    positions.set(column, at)
    taken.add(at)
  }
  for (const { name } of shape.columns) claim(name, name)
  for (const { name, aliases = [] } of shape.columns) {
    for (const alias of aliases) if (!positions.has(name)) claim(name, alias)
  }
  const names = [...headers]
  for (const [column, at] of positions) names[at] = column
  return { shape, positions, names }
}

/** Whether the layout has all that makes a file one of the type. */
export function isComplete(layout: Layout): boolean {
  const { shape, positions } = layout
  return (
    shape.required.every(column => positions.has(column)) &&
    [shape.anyOf, shape.oneOf].every(any => any === undefined || any.some(column => positions.has(column)))
  )
}

export interface NearMiss {
  readonly position: number
  /** What it was probably meant to be. */
  readonly column: string
}

/**
 * Headers that are no column of any type but nearly one that the file lacks. `columns` are all types' columns; with
 * `short`, only those that may be near by chance.
 */
export function nearMisses(
  layout: Layout,
  headers: readonly string[],
  columns: ReadonlySet<string>,
  short = false,
): NearMiss[] {
  const { shape, positions } = layout
  const needed = new Set([...shape.required, ...((shape as Partial<RecordType>).needed ?? [])])
  const used = new Set(positions.values())
  const candidates = new Map<string, string>()
  for (const { name, aliases = [] } of shape.columns) {
    if (positions.has(name)) continue
    for (const word of [name, ...aliases]) candidates.set(word, name)
  }
  const misses: NearMiss[] = []
  for (const [position, header] of headers.entries()) {
    if (used.has(position) || header === '' || columns.has(header)) continue
    const meant = nearest(header, candidates.keys())
    const column = meant === undefined ? undefined : candidates.get(meant)
    if (meant === undefined || column === undefined || namesPerson(header, meant)) continue
    // Short words are near each other by chance: `env` is no slip for `end` unless `end` has to be there.
    const byChance = Math.min(meant.length, header.length) < 4 && !needed.has(column)
    // With a letter left out or one too many it may be one: `cvs` for `cvss`.
    if (byChance !== short || (short && (header.length < 3 || meant.length === header.length))) continue
    misses.push({ position, column })
  }
  return misses
}

/** A header without a use whose words begin like a column that the file lacks: `prio` for `priority`. Its position. */
export function likelyHeader(column: string, { shape, positions, names }: Layout): number | undefined {
  const used = new Set(positions.values())
  const { aliases = [] } = shape.columns.find(({ name }) => name === column) ?? {}
  const words = [column, ...aliases]
  const free = [...names.keys()].filter(at => !used.has(at) && names[at] !== '')
  return free.find(at => words.some(word => isShort(names[at] ?? '', word)))
}

/** One is the beginning of the other, or holds it as its last words: `prio`, `ticket_priority`. */
function isShort(header: string, word: string): boolean {
  if (header.endsWith(`_${word}`)) return true
  const [short, long] = header.length < word.length ? [header, word] : [word, header]
  return short.length >= 3 && long.startsWith(short) && !namesPerson(header, word)
}

/** `resolved_by` is no slip for `resolved_at`, nor `solver` for `solved`: they say who, not when. */
function namesPerson(header: string, meant: string): boolean {
  return (header.endsWith('_by') && meant.endsWith('_at')) || (header.endsWith('er') && meant.endsWith('ed'))
}
