// Tickets to measure with: five stamps each in one file, one pause each as two change rows in another.
import { createWriter, generator, iso } from './files.mjs'

/** A contract with two targets for every ticket, on support hours in a zone with clock changes and holidays. */
export function ticketContract() {
  return `apiVersion: sla/v1
kind: Contract
id: bench
timezone: Europe/Paris
calendars:
  support: { days: mon-fri, hours: "09:00-18:00", holidays: FR }
clauses:
  tickets:
    kind: support
    calendar: support
    clock: calendar
    on-reopen: continue
    paused-in: [waiting]
    priorities:
      P1: { respond: 1h, resolve: 8h }
      P2: { respond: 4h, resolve: 16h }
      P3: { respond: 8h, resolve: 40h }
`
}

/** Opened over a year, late now and then. */
export function writeTickets(tickets, changes, count) {
  const random = generator()
  const wide = createWriter(tickets, 'id,priority,opened_at,responded_at,workaround_at,resolved_at,closed_at\n')
  const narrow = createWriter(changes, 'id,time,change,value\n')
  const start = Date.UTC(2025, 0, 1)
  const step = (365 * 86_400_000) / count
  for (let i = 0; i < count; i++) {
    const id = `T-${i}`
    const opened = Math.floor(start + i * step)
    const responded = opened + Math.floor(random() ** 3 * 86_400_000)
    const paused = responded + Math.floor(random() * 3_600_000)
    const resumed = paused + Math.floor(random() * 86_400_000)
    const resolved = resumed + Math.floor(random() ** 2 * 432_000_000)
    const workaround = responded + Math.floor((resolved - responded) / 2)
    const closed = resolved + Math.floor(random() * 432_000_000)
    const stamps = [opened, responded, workaround, resolved, closed].map(iso)
    wide.add(`${id},P${1 + Math.floor(random() * 3)},${stamps.join(',')}\n`)
    narrow.add(`${id},${iso(paused)},paused,waiting\n${id},${iso(resumed)},resumed,\n`)
  }
  wide.end()
  narrow.end()
}
