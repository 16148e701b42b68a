import type { Moment } from '../../model/interval.ts'
import type { TicketChange } from '../records.ts'
import { type ChangeTable, changeMoment, NO_RULE, RESOLVED, UNRESOLVED } from './tables.ts'

/**
 * What successive states of a ticket, by time, tell: the priority of the first, and the changes of status and priority
 * between them; where a rule says which states are resolved ones, when it was resolved and reopened.
 */
export function stateChanges(
  states: readonly number[],
  opened: Moment | undefined,
  changes: ChangeTable,
  decoded: (code: number) => string | null | undefined,
  text: (value: number) => string,
): { readonly priority: string | null | undefined; readonly list: readonly TicketChange[] } {
  const list: TicketChange[] = []
  let status = 0
  let priority = 0
  let resolution = NO_RULE
  let reopened = opened?.earliest ?? Number.NEGATIVE_INFINITY
  for (const [i, row] of states.entries()) {
    const at = changeMoment(changes, row)
    const origin = changes.origin.get(row)
    const now = changes.resolution.get(row)
    if (now === RESOLVED && resolution !== RESOLVED) {
      const stated = changes.resolved.get(row)
      const fits = stated?.earliest !== undefined && stated.earliest >= reopened && stated.latest <= at.latest
      list.push({ change: 'resolved', at: fits ? stated : at, origin })
    }
    if (now === UNRESOLVED && resolution === RESOLVED) {
      list.push({ change: 'reopened', at, origin })
      reopened = at.earliest
    }
    if (now !== NO_RULE) resolution = now
    const code = changes.priority.get(row)
    if (i > 0 && code !== 0 && code !== priority) {
      const value = decoded(code)
      list.push({ change: 'priority', at, ...(typeof value === 'string' ? { value } : {}), origin })
    }
    if (i === 0 || code !== 0) priority = code
    const next = changes.value.get(row)
    if (next !== 0 && next !== status) {
      list.push({ change: 'status', at: i === 0 ? (opened ?? at) : at, value: text(next), origin })
      status = next
    }
  }
  const [first] = states
  return { priority: first === undefined ? undefined : decoded(changes.priority.get(first)), list }
}
