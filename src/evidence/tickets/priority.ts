import type { Moment } from '../../model/interval.ts'
import type { TicketChange } from '../records.ts'

/** What other rows than changes say of the priority: a ticket's one row, or the first of its states. */
export interface SaidPriority {
  readonly row?: string | null | undefined
  readonly first?: string | null | undefined
  /** What the last change after `as of` sets: what the ticket's one row says may be of after it. */
  readonly later?: string | null | undefined
}

/**
 * The priority at the opening, `null` if blank, `undefined` if not known, and the changes after it. `told` is the value
 * of the opening's own row. Priorities and states from before the opening only say what held when it came.
 */
export function openingPriority(
  list: TicketChange[],
  opened: Moment | undefined,
  told: string | undefined,
  said: SaidPriority,
): { readonly priority: string | null | undefined; readonly list: TicketChange[] } {
  if (!('later' in said) && !list.some(({ change }) => change === 'priority' || change === 'status')) {
    const known = told === undefined || told === '?' ? ('first' in said ? said.first : said.row) : told
    return { priority: known, list }
  }
  const isBefore = ({ change, at }: TicketChange): boolean =>
    opened !== undefined && at.latest < opened.earliest && (change === 'priority' || change === 'status')
  const before = list.filter(isBefore)
  const status = before.findLast(one => one.change === 'status')
  const earlier = before.findLast(one => one.change === 'priority')
  const rest = before.length === 0 ? [...list] : list.filter(one => !before.includes(one) || one === status)
  const priorities = rest.filter(one => one.change === 'priority')
  if (told !== undefined && told !== '?') return { priority: told, list: rest }
  if (earlier !== undefined) return { priority: priorityOf(earlier), list: rest }
  if ('first' in said) return { priority: said.first, list: rest }
  const last = lastOf(priorities)
  if (last === undefined && !('later' in said)) return { priority: said.row, list: rest }
  const final = last === undefined || 'later' in said ? said.later : priorityOf(last)
  if (said.row !== undefined && said.row !== final) return { priority: said.row, list: rest }
  // Without a better source, a priority set in the instant of the opening is the one at the opening.
  const atOnce = priorities.filter(
    ({ at }) => opened !== undefined && at.earliest === opened.latest && at.latest === opened.earliest,
  )
  const [only] = atOnce
  if (only === undefined || atOnce.length > 1) return { priority: undefined, list: rest }
  return { priority: priorityOf(only), list: rest.filter(one => one !== only) }
}

function priorityOf({ value }: TicketChange): string | null | undefined {
  return value === undefined ? null : value === '?' ? undefined : value
}

function lastOf(list: readonly TicketChange[]): TicketChange | undefined {
  return list.reduce<TicketChange | undefined>(
    (last, one) => (last === undefined || one.at.earliest >= last.at.earliest ? one : last),
    undefined,
  )
}
