import { nearest } from '../../model/nearest.ts'
import { CHANGE_WORDS, type ChangeWord } from '../records.ts'
import { either, makeRowParser } from '../row-parser.ts'
import { keptCells } from '../tickets/cells.ts'
import { type RecordType, SERVICE, TIME } from './record-type.ts'

/** Things that happened to tickets, one row each, in any order. */
export const ticketChange: RecordType = {
  name: 'ticket-change',
  required: ['id', 'time', 'change'],
  dated: 'time',
  serviceOptional: true,
  columns: [
    { name: 'id', aliases: ['ticket_id', 'ticket_number', 'ticket_key', 'issue_key', 'ticket', 'number', 'key'] },
    { ...TIME, aliases: [...(TIME.aliases ?? []), 'changed_at'] },
    { name: 'change', aliases: ['change_type'] },
    { name: 'value', aliases: ['new_value', 'to_value'] },
    SERVICE,
  ],
  leave(reading, store) {
    const row = makeRowParser(reading)
    return (cells, line, item, why) => {
      row.begin(cells)
      const id = row.text('id')
      if (id !== undefined && why === 'service') store.tickets.stray(id, row.origin(line, item))
    }
  },
  open(reading, store) {
    const row = makeRowParser(reading)
    const { tickets } = store
    const attributes = keptCells(reading.names, tickets)
    const valueAt = reading.at('value')

    return (cells, line, item, service) => {
      row.begin(cells)
      const id = row.text('id')
      if (id === undefined) row.fail('id', "id is blank: expected the ticket's id")
      const at = row.start('time')
      const change = wordOf(row.said('change'))
      const said = cells[valueAt]?.trim()
      const value = said === undefined && needsValue(change) ? '?' : said
      if (said === '' && change === 'status') row.fail('value', 'value is blank: expected the new status')
      const base = { id: id ?? '', service, origin: row.origin(line, item), attributes: attributes(cells) }
      if (row.failed || id === undefined || at === undefined || change === undefined) {
        if (id !== undefined) tickets.spoil(base, 'ticket-change')
        return 'bad'
      }
      tickets.logs(change)
      if (at.earliest > reading.asOf) {
        if (change === 'priority') tickets.laterPriority(id, at.earliest, value === '' ? undefined : value)
        return 'later'
      }
      reading.dated(at.earliest)
      tickets.change({ ...base, change, at: row.known(at), ...(value === undefined || value === '' ? {} : { value }) })
      return 'used'
    }

    function wordOf(text: string | null | undefined): ChangeWord | undefined {
      const word = WORDS.get(text ?? '') ?? WORDS.get((text ?? '').toLowerCase().replaceAll(/[\s_]+/g, '-'))
      if (word !== undefined) return word
      const written = text === null ? 'change is blank' : `change "${text ?? '?'}"`
      const meant = nearest(text ?? '', CHANGE_WORDS)
      const hint = meant === undefined ? 'map other words to these with --map (values)' : `did you mean "${meant}"?`
      row.fail('change', `${written}: expected ${either(CHANGE_WORDS)}`, hint)
      return undefined
    }
  },
}

const WORDS = new Map<string, ChangeWord>(CHANGE_WORDS.map(word => [word, word]))

/** Without the column these leave open what it would have said. */
function needsValue(change: ChangeWord | undefined): boolean {
  return change === 'priority' || change === 'status' || change === 'opened'
}
