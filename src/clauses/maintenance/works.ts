import type { Clause } from '../../contract/contract.ts'
import type { Maintenance } from '../../evidence/records.ts'
import { fits } from '../filter.ts'
import { type Context, servicesOf } from '../judge.ts'
import type { MaintenanceBody } from './schema.ts'

interface Works {
  readonly works: readonly Maintenance[]
  readonly unclear: ReadonlySet<Maintenance>
}

const known = new WeakMap<Context, Map<string, Works>>()

/**
 * The clause's work inside the term in time order; `unclear` holds rows for which a filter column is not known. Worked
 * out once per audit: an exclusion asks for it again with every piece of work.
 */
export function worksOf(clause: Clause<MaintenanceBody>, context: Context): Works {
  const byClause = known.get(context) ?? new Map<string, Works>()
  known.set(context, byClause)
  const found = byClause.get(clause.id) ?? readWorks(clause, context)
  byClause.set(clause.id, found)
  return found
}

function readWorks(clause: Clause<MaintenanceBody>, context: Context): Works {
  const services = new Set(servicesOf(clause, context.contract))
  const { term } = context.contract
  const works: Maintenance[] = []
  const unclear = new Set<Maintenance>()
  for (const work of context.evidence.maintenances) {
    const fit = fits(clause.where, work)
    if (!services.has(work.service) || fit === false) continue
    if (term?.start !== undefined && work.start.latest < term.start) continue
    if (term?.end !== undefined && work.start.earliest >= term.end) continue
    works.push(work)
    if (fit === undefined) unclear.add(work)
  }
  return { works, unclear }
}
