import type { UpdateRules } from '../file-mapping.ts'
import type { Cells } from '../filter.ts'
import { either, type RowParser } from '../row-parser.ts'
import type { Reading, RowReader } from '../types/record-type.ts'
import { lostRow, type TicketParser } from './parser.ts'
import type { TicketStore } from './store.ts'
import { STAMPS } from './tables.ts'

/** Reads rows of which those of one id are successive states of one ticket, each dated by `updated_at`. */
export function openStates(
  reading: Reading,
  rules: UpdateRules,
  row: RowParser,
  parse: TicketParser,
  attributes: (cells: Cells) => number,
  hash: (cells: Cells) => number,
  tickets: TicketStore,
): RowReader {
  const states = rules.states === undefined ? undefined : new Set(rules.states)
  const resolvedIn = rules.resolvedIn === undefined ? undefined : new Set(rules.resolvedIn)
  // Where states say when it was resolved, the column only dates that more exactly.
  const checked = new Set(STAMPS.map(([word]) => word).filter(word => resolvedIn === undefined || word !== 'resolved'))
  const [resolvedAt, closedAt] = [reading.at('resolved_at'), reading.at('closed_at')]

  return (cells, line, item, service) => {
    row.begin(cells)
    const read = parse(line, item, service, checked)
    const updated = row.start('updated_at')
    const status = statusOf(row.said('status'))
    reading.states.add(read.id, status, line, resolvedAt < 0 ? undefined : cells[resolvedAt], cells[closedAt])
    if (read.id === undefined) return 'bad'
    const kept = { ...read, id: read.id, attributes: attributes(cells) }
    if (row.failed || kept.opened === undefined || updated === undefined) {
      tickets.spoil(lostRow(kept, reading), 'ticket')
      return 'bad'
    }
    if (updated.earliest > reading.asOf || kept.opened.earliest > reading.asOf) return 'later'
    reading.dated(updated.earliest)
    tickets.state({
      ...kept,
      opened: row.known(kept.opened),
      cells: hash(cells),
      updated: row.known(updated),
      status,
      resolved: status === undefined || status === '?' ? undefined : resolvedIn?.has(status),
      resolvedAt: resolvedIn === undefined ? undefined : row.happened('resolved_at'),
    })
    return 'used'
  }

  function statusOf(said: string | null | undefined): string | undefined {
    if (said === null) return undefined
    if (said === undefined) return '?'
    if (states !== undefined && !states.has(said)) {
      row.fail('status', `status "${said}": expected ${either([...states])}`, 'name it in the mapping (states)')
    }
    return said
  }
}
