import type { Where } from '../../../model/where.ts'
import type { Side } from '../../rule.ts'

/** Columns of a record that one clause covers and the other may not. */
export interface ScopeCells {
  readonly cells: Readonly<Record<string, string>>
  readonly story: string
}

/** Cells that one filter takes and the other one doesn't, and services that one covers. */
export function* scopeCells(base: Side, other: Side): Iterable<ScopeCells> {
  const wheres = [base.clause.where ?? [], other.clause.where ?? []]
  const seen = new Set<string>()
  for (const where of wheres) {
    for (const { column } of wheres.flat()) {
      const values = wheres.flat().flatMap(one => (one.column === column ? one.values : []))
      for (const value of [...values, 'else']) {
        const cells = { ...cellsOf(wheres.flat()), ...cellsOf(where), [column]: value }
        const story = Object.entries(cells).map(([name, cell]) => `${name} ${cell}`)
        if (seen.has(story.join())) continue
        seen.add(story.join())
        yield { cells, story: `with ${story.join(', ')}` }
      }
    }
  }
  const several = base.contract.services.size > 1 || other.contract.services.size > 1
  const names = new Set([...(base.clause.services ?? []), ...(other.clause.services ?? [])])
  if (several) for (const service of names) yield { cells: { service }, story: `of ${service}` }
}

/** Cells that a filter takes. */
function cellsOf(where: Where): Readonly<Record<string, string>> {
  return Object.fromEntries(where.map(({ column, values, not }) => [column, not ? 'else' : (values[0] ?? '')]))
}
