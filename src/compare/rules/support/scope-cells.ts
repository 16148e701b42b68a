import type { Clause, Contract } from '../../../contract/contract.ts'
import type { WitnessRow } from '../../../model/comparison.ts'
import type { Where } from '../../../model/where.ts'
import { formatInstant } from '../../../time/stamp.ts'
import type { Zone } from '../../../time/zone.ts'
import type { Candidate, Side } from '../../rule.ts'
import { serviceOfAll, serviceVariants } from '../duties/scope.ts'
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
  for (const [service, ...more] of serviceVariants(base, other)) {
    if (service === undefined || more.length > 0) continue
    const isShared = [base, other].every(side => isOf(side, service))
    const isRenamed = service === base.term.names.service && other.term.names.service !== undefined
    if (!isShared && !isRenamed) yield { cells: { service }, story: `of ${service}` }
  }
}

/** Whether a clause is about a service. */
export function isOf({ clause, contract }: Side, service: string): boolean {
  return (clause.services ?? [...contract.services.keys()]).includes(service)
}

/** Cells of a record that both filters take, where that can be. */
export function commonCells(base: Side, other: Side): Readonly<Record<string, string>> {
  return fitting([...(base.clause.where ?? []), ...(other.clause.where ?? [])])
}

/** The services that each record of a log is told of once: one that both know, else one of each. */
export function commonServices(base: Side, other: Side): readonly Readonly<Record<string, string>>[] {
  const [services = [undefined]] = serviceVariants(base, other)
  return services.map((service): Readonly<Record<string, string>> => (service === undefined ? {} : { service }))
}

/** The service that stands for all of a contract's, by its name there. */
export function serviceNames(clause: Clause, contract: Contract): Readonly<Record<string, string>> {
  const service = serviceOfAll(clause, contract)
  return service === undefined ? {} : { service }
}

/** The rows of a log of records that one of the two knows nothing of: that it is complete tells it that there is none. */
export function inScope(log: Candidate, cells: Readonly<Record<string, string>>, zone: Zone): readonly WitnessRow[] {
  const rows = log.rows.map(row => (row.type === 'coverage' ? row : { ...row, ...cells }))
  if (cells.service === undefined) return rows
  const [from, to] = [log.period.start, log.period.end].map(at => formatInstant(zone, at))
  const types = new Set(log.rows.map(({ type }) => type).filter(type => type !== 'coverage'))
  const told = new Set(log.rows.map(({ covers }) => covers))
  const missing = [...types].filter(type => !told.has(type))
  return [...rows, ...missing.map(covers => ({ type: 'coverage', covers, from: from ?? '', to: to ?? '' }))]
}

/** Cells that a filter takes. */
function cellsOf(where: Where): Readonly<Record<string, string>> {
  return Object.fromEntries(where.map(({ column, values, not }) => [column, not ? 'else' : (values[0] ?? '')]))
}
