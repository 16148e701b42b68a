import type { Where } from '../../../model/where.ts'
import type { Side } from '../../rule.ts'
import { whereText } from '../duties/scope.ts'
import { type Facet, open, SAME } from './facet.ts'

/** Whether one filter takes all rows that the other takes: by every way in which the columns of both may be filled. */
export function filterFacet(base: Side, other: Side, counted: boolean): Facet {
  const [a, b] = [base.clause.where ?? [], other.clause.where ?? []]
  const ways = waysOf([a, b])
  const covers = ways?.every(cells => !takes(a, cells) || takes(b, cells))
  const within = ways?.every(cells => !takes(b, cells) || takes(a, cells))
  if (covers && within) return SAME
  const text = (where: Where) => (where.length === 0 ? 'all rows' : `only rows where ${whereText(where)}`)
  const rule = `${text(b)}, the base has ${text(a)}`
  if (counted) return open(rule, false)
  return { atLeast: covers || undefined, atMost: within || undefined, neutral: false, rule }
}

/** Whether filters together take all rows that one takes. */
export function isCovered(one: Where, by: readonly Where[]): boolean {
  return waysOf([one, ...by])?.every(cells => !takes(one, cells) || by.some(where => takes(where, cells))) ?? false
}

type Cells = Readonly<Record<string, string>>

/** All that tells filters apart: each value that one of them names, another one, and none. Undefined: too many. */
function waysOf(wheres: readonly Where[]): readonly Cells[] | undefined {
  const values = new Map<string, Set<string>>()
  for (const { column, values: list } of wheres.flat()) {
    values.set(column, new Set([...(values.get(column) ?? ['', OTHER]), ...list]))
  }
  let ways: readonly Cells[] = [{}]
  for (const [column, list] of values) {
    if (ways.length * list.size > MOST) return undefined
    ways = ways.flatMap(cells => [...list].map(value => ({ ...cells, [column]: value })))
  }
  return ways
}

const MOST = 5000
/** A value that no filter names. */
const OTHER = '\u0000'

function takes(where: Where, cells: Cells): boolean {
  return where.every(({ column, values, not }) => values.includes(cells[column] ?? '') !== not)
}
