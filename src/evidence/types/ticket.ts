import { makeRowParser } from '../row-parser.ts'
import { cellsHash, keptCells } from '../tickets/cells.ts'
import { lackingStamps, lostRow, makeTicketParser, ORDERED } from '../tickets/parser.ts'
import { openStates } from '../tickets/updates.ts'
import { type RecordType, SERVICE } from './record-type.ts'

/** Tickets with one row each, or one row for each of the successive states of one (`rows: updates`). */
export const ticket: RecordType = {
  name: 'ticket',
  required: ['id', 'priority', 'opened_at'],
  dated: 'opened_at',
  serviceOptional: true,
  columns: [
    { name: 'id', aliases: ['ticket_id', 'ticket_number', 'ticket_key', 'issue_key', 'ticket', 'number', 'key'] },
    { name: 'priority' },
    { name: 'opened_at', aliases: ['opened', 'created_at', 'created', 'opened_on', 'created_on'] },
    { name: 'reported_at' },
    { name: 'queue' },
    { name: 'channel' },
    { name: 'responded_at', aliases: ['first_response_at', 'first_reply_at', 'first_responded_at', 'first_response'] },
    { name: 'workaround_at' },
    { name: 'resolved_at', aliases: ['solved_at', 'resolved', 'solved', 'resolution_date', 'resolutiondate'] },
    { name: 'report_sent_at' },
    { name: 'closed_at', aliases: ['closed', 'closed_on'] },
    { name: 'plan' },
    { name: 'customer_timezone', aliases: ['customer_time_zone'] },
    { name: 'status', aliases: ['state'] },
    { name: 'updated_at', aliases: ['updated', 'last_updated_at', 'last_updated', 'updated_on', 'modified_at'] },
    SERVICE,
  ],
  open(reading, store) {
    const row = makeRowParser(reading)
    const parse = makeTicketParser(row)
    const attributes = keptCells(reading.names, store.tickets)
    const hash = cellsHash(reading)
    store.tickets.lacks(reading.input, lackingStamps(reading))
    if (reading.updates !== undefined) {
      return openStates(reading, reading.updates, row, parse, attributes, hash, store.tickets)
    }
    return (cells, line, item, service) => {
      row.begin(cells)
      const read = parse(line, item, service, ORDERED)
      if (read.id === undefined) return 'bad'
      const kept = { ...read, id: read.id, attributes: attributes(cells) }
      if (row.failed || kept.opened === undefined) {
        store.tickets.spoil(lostRow(kept, reading), 'ticket')
        return 'bad'
      }
      if (kept.opened.earliest > reading.asOf) return 'later'
      reading.dated(kept.opened.earliest)
      return store.tickets.add({ ...kept, opened: row.known(kept.opened), cells: hash(cells) })
    }
  },
  leave(reading, store) {
    const at = reading.at('id')
    return cells => {
      const id = cells[at]?.trim() ?? ''
      if (id !== '') store.tickets.leave(id)
    }
  },
}
