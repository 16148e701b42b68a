import { type Column, float64, int32, makeColumn } from '../tickets/columns.ts'

/** Tuples of numbers (not NaN) by number, each kept once. */
export interface Tuples {
  /** The number of a tuple, from 0 on, a new one for a new tuple. */
  id(values: readonly number[]): number
  get(id: number, position: number): number
  readonly count: number
}

/** A hash table over columns: of a million tuples no object is kept. Positions where all are 0 cost nothing. */
export function makeTuples(width: number, piece: Parameters<typeof makeColumn>[0] = float64): Tuples {
  const columns: readonly Column[] = Array.from({ length: width }, () => makeColumn(piece))
  const hashes = makeColumn(int32)
  // Number of a tuple plus one, 0 for a free slot; never more than half full.
  let slots = new Int32Array(1024)
  let count = 0

  function equals(id: number, values: readonly number[]): boolean {
    for (let i = 0; i < width; i++) if (columns[i]?.get(id) !== values[i]) return false
    return true
  }

  function freeSlot(hash: number): number {
    let at = hash & (slots.length - 1)
    while (slots[at] !== 0) at = (at + 1) & (slots.length - 1)
    return at
  }

  function grow(): void {
    slots = new Int32Array(slots.length * 2)
    for (let id = 0; id < count; id++) slots[freeSlot(hashes.get(id))] = id + 1
  }

  return {
    id(values) {
      const hash = hashOf(values)
      for (let at = hash & (slots.length - 1); slots[at] !== 0; at = (at + 1) & (slots.length - 1)) {
        const known = (slots[at] ?? 0) - 1
        if (hashes.get(known) === hash && equals(known, values)) return known
      }
      const id = count++
      for (let i = 0; i < width; i++) columns[i]?.set(id, values[i] ?? 0)
      hashes.set(id, hash)
      if (count * 2 > slots.length) grow()
      else slots[freeSlot(hash)] = id + 1
      return id
    },
    get: (id, position) => columns[position]?.get(id) ?? 0,
    get count() {
      return count
    },
  }
}

function hashOf(values: readonly number[]): number {
  let hash = 0
  for (const value of values) hash = Math.imul(hash ^ value ^ (value / 2 ** 32), 0x9e3779b1) ^ (hash >>> 15)
  return Math.imul(hash ^ (hash >>> 16), 0x85ebca6b) ^ (hash >>> 13)
}
