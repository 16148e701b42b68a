import { nearest } from '../../model/nearest.ts'
import type { Coverage } from '../records.ts'
import { makeRowParser } from '../row-parser.ts'
import { TYPE_NAMES, typeName } from './names.ts'
import { type RecordType, SERVICE } from './record-type.ts'

/** Statements that the log of a type is complete for a range. */
export const coverage: RecordType = {
  name: 'coverage',
  required: ['type', 'from', 'to'],
  dated: 'from',
  serviceOptional: true,
  columns: [{ name: 'type', aliases: ['covers', 'of', 'record_type'] }, { name: 'from' }, { name: 'to' }, SERVICE],
  open(reading, store) {
    const row = makeRowParser(reading)
    return (cells, line, item, service) => {
      row.begin(cells)
      const from = row.start('from')
      const to = row.start('to')
      const written = row.text('type')
      const type = typeName(written ?? '')
      if (written === undefined) row.fail('type', 'type is blank: expected a record type such as outage')
      else if (type === undefined) {
        const meant = nearest(written, TYPE_NAMES)
        row.fail(
          'type',
          `unknown record type "${written}"`,
          meant === undefined ? undefined : `did you mean "${meant}"?`,
        )
      }
      if (row.failed || from === undefined || to === undefined || type === undefined) return 'bad'
      if (to.latest <= from.earliest) return reading.fail(reading.at('to'), 'to must lie after from')
      if (from.earliest > reading.asOf) return 'later'
      const base = { origin: row.origin(line, item), attributes: reading.attributes(cells), type, from: from.earliest }
      // A date as an end includes that day.
      const record: Omit<Coverage, 'service'> = { ...base, to: Math.min(to.latest, reading.asOf) }
      // Without a service the statement is about every service.
      const services = service === '' && store.services.length > 0 ? store.services : [service]
      for (const name of services) store.coverage.push({ ...record, service: name })
      reading.dated(from.earliest)
      return 'used'
    }
  },
}
