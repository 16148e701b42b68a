import type { Clause, Contract } from '../../../contract/contract.ts'
import type { Where } from '../../../model/where.ts'
import type { Side } from '../../rule.ts'
import { fitting } from './cells.ts'

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

/** Cells of a record that both clauses cover: of a service of both, and such as both filters take, where that can be. */
export function commonCells(base: Side, other: Side): Readonly<Record<string, string>> {
  const cells = fitting([...(base.clause.where ?? []), ...(other.clause.where ?? [])])
  if (base.contract.services.size <= 1 && other.contract.services.size <= 1) return cells
  const [own, their] = [base, other].map(coveredBy)
  const service = own?.find(name => their?.includes(name)) ?? own?.[0] ?? their?.[0]
  return { ...(service !== undefined && { service }), ...cells }
}

/** The names of the services that a clause covers; none where its contract names none. */
function coveredBy({ clause, contract }: Side): readonly string[] {
  return clause.services ?? [...contract.services.keys()]
}

/** The one service that a clause covers, as a name of its contract: one service each is the same, whatever its name. */
export function serviceNames(clause: Clause, contract: Contract): Readonly<Record<string, string>> {
  const [service, ...more] = clause.services ?? [...contract.services.keys()]
  return service === undefined || more.length > 0 ? {} : { service }
}

/** Cells that a filter takes. */
function cellsOf(where: Where): Readonly<Record<string, string>> {
  return Object.fromEntries(where.map(({ column, values, not }) => [column, not ? 'else' : (values[0] ?? '')]))
}
