import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Evidence, ReadOptions } from '../../src/evidence/evidence.ts'
import type { Ticket } from '../../src/evidence/records.ts'
import { formatUtc } from '../../src/time/stamp.ts'
import { read } from './support.ts'

const FIXTURES = join(import.meta.dirname, '../fixtures')
export const TICKETS = new Set(['ticket', 'ticket-change'])

export const fixture = (name: string): string => readFileSync(join(FIXTURES, name), 'utf8')
export const mapping = (text: string) => ({ mapping: { file: 'map.yaml', bytes: Buffer.from(text) } })

/** Fixtures read as the program reads them. */
export function readFixtures(names: readonly string[], options: Partial<ReadOptions> = {}): Promise<Evidence> {
  const files = Object.fromEntries(names.map(name => [name.replaceAll('/', '-'), fixture(name)]))
  return read(files, { types: TICKETS, ...options })
}

/** Tickets by id. */
export function ticketsOf({ tickets }: Evidence): Readonly<Record<string, Ticket>> {
  const found: Record<string, Ticket> = {}
  for (let i = 0; i < tickets.count; i++) found[tickets.ticket(i).id] = tickets.ticket(i)
  return found
}

/** `opened P1 2026-05-01T08:00:00Z` and so on. */
export function life(ticket: Ticket | undefined): readonly string[] {
  return (ticket?.changes ?? []).map(({ change, value, at }) =>
    [change, ...(value === undefined ? [] : [value]), formatUtc(at.earliest)].join(' '),
  )
}

/** The words of which it is not known whether they happened. */
export const unknown = (ticket: Ticket | undefined): readonly string[] => [...(ticket?.unknown ?? [])].sort()
