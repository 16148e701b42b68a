import type { Evidence } from '../../src/evidence/evidence.ts'
import type { Ticket } from '../../src/evidence/records.ts'

export const TYPES = new Set(['ticket', 'ticket-change'])

export function ticketsOf({ tickets }: Evidence): readonly Ticket[] {
  return Array.from({ length: tickets.count }, (_, i) => tickets.ticket(i))
}

export function ticketOf(evidence: Evidence, id: string): Ticket {
  const found = ticketsOf(evidence).find(ticket => ticket.id === id)
  if (found === undefined) throw new Error(`no ticket ${id}`)
  return found
}

/** `10:00 responded P1` for each change on 1 May 2026 UTC, `10:00~11:00` for one known that little. */
export function life({ changes }: Ticket): readonly string[] {
  return changes.map(({ change, at, value }) => {
    const times = at.earliest === at.latest ? [at.earliest] : [at.earliest, at.latest]
    return [times.map(clock).join('~'), change, ...(value === undefined ? [] : [value])].join(' ')
  })
}

function clock(at: number): string {
  const minutes = (at - Date.UTC(2026, 4, 1)) / 60_000
  const [hour, minute] = [Math.floor(minutes / 60), minutes % 60]
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}

/** `T-1,P1,10:00,?` with times on 1 May 2026 as stamps. */
export function table(header: string, ...rows: readonly string[]): string {
  return [header, ...rows.map(row => row.replaceAll(/\b\d\d:\d\d\b/g, time => `2026-05-01T${time}:00Z`))].join('\n')
}
