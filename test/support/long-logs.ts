import { closeSync, openSync, writeSync } from 'node:fs'

/** Availability of one service, by checks. */
export const CHECKED = `apiVersion: sla/v1
kind: Contract
id: checked
timezone: UTC
services: { web: {} }
clauses:
  uptime: { kind: availability, target: 99%, window: calendar month, no-data: unknown }
`

/** Checks from 2020 on, one every ten seconds, all up. */
export function writeChecks(file: string, rows: number): void {
  const start = Date.UTC(2020, 0, 1)
  write(file, 'time,service,status', rows, i => `${new Date(start + i * 10_000).toISOString()},web,up`)
}

/** Tickets with two targets each. */
export const SUPPORTED = `apiVersion: sla/v1
kind: Contract
id: supported
timezone: Europe/Paris
calendars: { office: { days: mon-fri, hours: "09:00-18:00", holidays: FR } }
clauses:
  tickets:
    kind: support
    calendar: office
    clock: calendar
    priorities: { P1: { respond: 1h, resolve: 8h } }
`

/** Tickets of 2025, each with two hours to its response and two days to its resolution. */
export function writeTickets(file: string, rows: number): void {
  const start = Date.UTC(2025, 0, 1)
  const iso = (at: number): string => new Date(at).toISOString()
  write(file, 'id,priority,opened_at,responded_at,resolved_at', rows, i => {
    const opened = start + Math.floor((i * 360 * 86_400_000) / rows)
    return `T-${i},P1,${iso(opened)},${iso(opened + 7_200_000)},${iso(opened + 172_800_000)}`
  })
}

function write(file: string, head: string, rows: number, row: (i: number) => string): void {
  const out = openSync(file, 'w')
  let text = `${head}\n`
  for (let i = 0; i < rows; i++) {
    text += `${row(i)}\n`
    if (text.length < 1 << 20) continue
    writeSync(out, text)
    text = ''
  }
  writeSync(out, text)
  closeSync(out)
}
