import type { Ticket, TicketChange } from '../../evidence/records.ts'

/** A priority by name; `null`: blank, `undefined`: not known. */
export type PriorityName = string | null | undefined

/** The priorities that may be in force at some instant of `[from, to]`, the one most likely last. */
export function inForce(ticket: Ticket, from: number, to: number): readonly PriorityName[] {
  let settled: PriorityName = ticket.priority
  let certain: readonly TicketChange[] = []
  const possible: PriorityName[] = []
  for (const change of ticket.changes) {
    if (change.change !== 'priority' || change.at.earliest > to) continue
    if (change.at.latest > from) {
      possible.push(nameIn(change))
      continue
    }
    // Of two that fall on the same day either may have been the later one.
    certain = [...certain.filter(other => other.at.latest > change.at.earliest && !isExactPair(other, change)), change]
    settled = nameIn(change)
  }
  if (possible.length === 0 && certain.length < 2) return [settled]
  const before = certain.length === 0 ? [ticket.priority] : certain.map(nameIn)
  return [...new Set([...before, ...possible])]
}

/** Priorities that the ticket had from its opening to some instant of `[from, to]`: certainly, and possibly. */
export function hadUntil(
  ticket: Ticket,
  from: number,
  to: number,
): { readonly certain: readonly PriorityName[]; readonly possible: readonly PriorityName[] } {
  const certain: PriorityName[] = [ticket.priority]
  const possible: PriorityName[] = [ticket.priority]
  for (const change of ticket.changes) {
    if (change.change !== 'priority') continue
    if (change.at.latest <= from) certain.push(nameIn(change))
    if (change.at.earliest <= to) possible.push(nameIn(change))
  }
  return { certain: [...new Set(certain)], possible: [...new Set(possible)] }
}

/** The priority that a change sets. */
export function nameIn({ value }: TicketChange): PriorityName {
  return nameOf(value)
}

/** A priority as a row writes it. */
export function nameOf(value: string | undefined): PriorityName {
  if (value === '?') return undefined
  return value === undefined || value === '' ? null : value
}

function isExactPair(a: TicketChange, b: TicketChange): boolean {
  return a.at.earliest === a.at.latest && b.at.earliest === b.at.latest
}
