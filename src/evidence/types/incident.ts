import type { Incident } from '../backups/records.ts'
import { firstMoment, isSurelyBefore } from '../backups/times.ts'
import { makeRowParser } from '../row-parser.ts'
import { ID, type RecordType, SERVICE } from './record-type.ts'

/** Incidents with the stamps that duties run from. */
export const incident: RecordType = {
  name: 'incident',
  required: ['id'],
  anyOf: [
    'occurred_at',
    'suspected_at',
    'declared_at',
    'aware_at',
    'classified_at',
    'confirmed_at',
    'dismissed_at',
    'fix_available_at',
  ],
  dated: 'occurred_at',
  serviceOptional: true,
  columns: [
    ID,
    { name: 'occurred_at' },
    { name: 'suspected_at' },
    { name: 'declared_at' },
    { name: 'aware_at' },
    { name: 'classified_at' },
    { name: 'confirmed_at' },
    { name: 'dismissed_at' },
    { name: 'fix_available_at' },
    { name: 'kind' },
    { name: 'severity' },
    { name: 'detected_at' },
    { name: 'resolved_at' },
    { name: 'recovered_at' },
    { name: 'affects' },
    { name: 'scope' },
    SERVICE,
  ],
  open(reading, store) {
    const row = makeRowParser(reading)
    const { backups } = store
    return (cells, line, item, service) => {
      row.begin(cells)
      const id = row.text('id')
      if (id === undefined) row.fail('id', 'id is blank: expected the id of the incident')
      // Told apart: what is later than as of, and what has not happened.
      const stamps = STAMPS.map(([, column]) => row.stamp(column))
      const occurred = stamps[0]
      for (const [i, [, column]] of STAMPS.entries()) {
        if (ENDS.includes(column) && isSurelyBefore(stamps[i], occurred)) {
          row.fail(column, `${column} lies before occurred_at`)
        }
      }
      const happened = stamps.map(stamp => (stamp === null || stamp === undefined ? stamp : row.happenedBy(stamp)))
      if (row.failed || id === undefined) return 'bad'
      const [first, known] = [firstMoment(stamps), firstMoment(happened)]
      if (first !== undefined && known === undefined) return 'later'
      if (known !== undefined) reading.dated(known.earliest)
      const text = (column: 'kind' | 'severity' | 'affects' | 'scope') => {
        const said = column === 'kind' ? row.text(column)?.toLowerCase() : row.text(column)
        return said === undefined ? {} : { [column]: said }
      }
      const told = Object.fromEntries(STAMPS.map(([key], i) => [key, happened[i]])) as StampsOf
      backups.incidents.push({
        origin: row.origin(line, item),
        service,
        attributes: reading.attributes(cells),
        id,
        ...text('kind'),
        ...text('severity'),
        ...text('affects'),
        ...text('scope'),
        ...told,
      })
      return 'used'
    }
  },
}

type StampKey = (typeof STAMPS)[number][0]
type StampsOf = Pick<Incident, StampKey>

const STAMPS = [
  ['occurred', 'occurred_at'],
  ['detected', 'detected_at'],
  ['suspected', 'suspected_at'],
  ['declared', 'declared_at'],
  ['aware', 'aware_at'],
  ['classified', 'classified_at'],
  ['confirmed', 'confirmed_at'],
  ['dismissed', 'dismissed_at'],
  ['fixAvailable', 'fix_available_at'],
  ['recovered', 'recovered_at'],
  ['resolved', 'resolved_at'],
] as const

/** What can't be before it happened. */
const ENDS: readonly string[] = ['recovered_at', 'resolved_at']
