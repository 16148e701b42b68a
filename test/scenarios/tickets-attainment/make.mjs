// Tickets opened at 10:00, resolved at 11:00 the same day, or late, at 10:00 the next day.
import { writeFileSync } from 'node:fs'

const rows = []
function tickets(letter, day, next, inTime, late) {
  for (let i = 1; i <= inTime + late; i++) {
    const resolved = i <= inTime ? `2026-${day}T11:00:00+02:00` : `2026-${next}T10:00:00+02:00`
    rows.push(`${letter}-${String(i).padStart(2, '0')},P1,2026-${day}T10:00:00+02:00,${resolved},`)
  }
}
tickets('A', '04-08', '04-09', 19, 1)
tickets('M', '05-06', '05-07', 18, 2)
tickets('J', '06-03', '06-04', 18, 1)
for (const id of ['J-20', 'J-21']) rows.push(`${id},P1,2026-06-10T10:00:00+02:00,,`)
writeFileSync('tickets.csv', `id,priority,opened_at,resolved_at,closed_at\n${rows.join('\n')}\n`)
