import type { Cells } from '../filter.ts'
import type { Happened } from '../records.ts'
import { hash53 } from '../sample-lists.ts'
import type { Reading } from '../types/record-type.ts'
import type { VulnerabilityStore } from './store.ts'

/** Takes the cells of a row that its life keeps, and gives the store's number for them. */
export function keptCells(names: readonly string[], store: VulnerabilityStore): (cells: Cells) => number {
  const kept = store.keeps.map(name => [name, names.indexOf(name)] as const).filter(([, at]) => at >= 0)
  if (kept.length === 0) return () => 0
  return cells => {
    const list: [string, string][] = []
    for (const [name, at] of kept) {
      const cell = cells[at]
      if (cell !== undefined) list.push([name, cell.trim()])
    }
    return store.attributes(list)
  }
}

/**
 * A hash of the named cells of a row, whatever the order of the columns. Columns of `meant` count by what they mean
 * instead: stamps may be read in different zones.
 */
export function cellsHash(
  { names }: Pick<Reading, 'names'>,
  meant: ReadonlySet<string> = NONE,
): (cells: Cells) => number {
  const order = names
    .map((name, at) => ({ name, at, seed: hash53(name) | 0 }))
    .filter(({ name }) => name !== '' && !meant.has(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
  return cells => {
    let one = 0x811c9dc5
    let other = 0x41c6ce57
    for (const { at, seed } of order) {
      const cell = cells[at]?.trim()
      if (cell === undefined) continue
      // Where it ends counts, so that no text runs into the next.
      one = Math.imul(one ^ seed, ONE) ^ cell.length
      other = Math.imul(other ^ seed, OTHER) ^ cell.length
      for (let i = 0; i < cell.length; i++) {
        const code = cell.charCodeAt(i)
        one = Math.imul(one ^ code, ONE)
        other = Math.imul(other ^ code, OTHER)
      }
    }
    return ((other ^ (other >>> 13)) & 0x1fffff) * 2 ** 32 + (one >>> 0)
  }
}

/** A hash with stamps taken in. */
export function mixed(hash: number, stamps: readonly Happened[]): number {
  let one = hash | 0
  let other = (hash / 2 ** 32) | 0
  const take = (value: number): void => {
    one = Math.imul(one ^ value, MIX)
    one ^= one >>> 15
    other = Math.imul(other ^ value, OTHER_MIX)
    other ^= other >>> 13
  }
  for (const stamp of stamps) {
    if (stamp === undefined || stamp === null) {
      take(stamp === null ? 1 : 2)
      continue
    }
    take(stamp.earliest)
    take(stamp.earliest / 2 ** 32)
    take(stamp.latest - stamp.earliest)
  }
  return (other & 0x1fffff) * 2 ** 32 + (one >>> 0)
}

const NONE: ReadonlySet<string> = new Set()
const MIX = 0x85ebca6b
const OTHER_MIX = 0xc2b2ae35

// Odd, so that no step makes two hashes one.
const ONE = 0x01000193
const OTHER = 1_597_334_677

/** Decimal text of a number from 0 to 10 as CVSS gives it; undefined for any other text. */
export function cvssNumber(text: string): string | undefined {
  return /^\d{1,2}(?:\.\d{1,15})?$/.test(text) && Number(text) <= 10 ? text : undefined
}

/** A probability written as `0.4`, `40%` or `4e-05`, as decimal text from 0 to 1; undefined for any other text. */
export function probability(text: string): string | undefined {
  const found = /^(\d{1,3})(?:\.(\d{1,17}))?(?:e([+-]\d{1,2})|\s*(%))?$/i.exec(text)
  if (found === null) return undefined
  const [, whole = '', fraction = '', exponent = '0', percent] = found
  const places = fraction.length - Number(exponent) + (percent === undefined ? 0 : 2)
  const digits = `${whole}${fraction}${'0'.repeat(Math.max(0, -places))}`.padStart(Math.max(0, places) + 1, '0')
  const cut = digits.length - Math.max(0, places)
  const value = `${digits.slice(0, cut)}.${digits.slice(cut)}`.replace(/^0+(?=\d)/, '').replace(/\.?0*$/, '')
  return /^(?:0(?:\..*)?|1)$/.test(value) ? value : undefined
}
