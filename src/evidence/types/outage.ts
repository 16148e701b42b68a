import { share, wholeNumber } from '../cells.ts'
import type { Outage } from '../records.ts'
import { makeRowParser } from '../row-parser.ts'
import { END, ID, type RecordType, SERVICE, SOURCE, START } from './record-type.ts'

/** Times when a service was down or worse than promised. */
export const outage: RecordType = {
  name: 'outage',
  required: ['start'],
  needed: ['end'],
  dated: 'start',
  columns: [
    START,
    END,
    { name: 'detected_at', aliases: ['detected'] },
    { name: 'reported_at', aliases: ['reported'] },
    SERVICE,
    { name: 'severity' },
    { name: 'affected', aliases: ['affected_share'] },
    { name: 'users', aliases: ['affected_users', 'users_affected'] },
    { name: 'cause', aliases: ['root_cause'] },
    SOURCE,
    ID,
  ],
  open(reading, store) {
    const row = makeRowParser(reading)
    return (cells, line, item, service) => {
      row.begin(cells)
      const start = row.start('start')
      const end = row.end('end', start, 'any')
      const detected = row.happened('detected_at')
      const reported = row.happened('reported_at')
      const severity = row.word('severity', SEVERITIES, 'full')
      const affected = row.parsed('affected', share, 'a share such as 40% or 0.4')
      const users = row.parsed('users', whole, 'a whole number')
      if (row.failed || start === undefined || end === undefined || severity === undefined) return 'bad'
      if (start.earliest > reading.asOf) return 'later'
      const [id, cause, source] = [row.text('id'), row.text('cause'), row.text('source')]
      const record: Outage = {
        origin: row.origin(line, item),
        service,
        attributes: reading.attributes(cells),
        start: row.known(start),
        end: end === null ? null : row.happenedBy(end),
        detected,
        reported,
        severity,
        ...(id === undefined ? {} : { id }),
        ...(affected === undefined ? {} : { affected }),
        ...(users === undefined ? {} : { users }),
        ...(cause === undefined ? {} : { cause }),
        ...(source === undefined ? {} : { source }),
      }
      reading.dated(start.earliest)
      store.outages.push(record)
      return 'used'
    }
  },
}

const SEVERITIES = new Map<string, Outage['severity']>([
  ['full', 'full'],
  ['partial', 'partial'],
  ['degraded', 'degraded'],
])

function whole(text: string): number | undefined {
  const value = wholeNumber(text)
  return Number.isNaN(value) ? undefined : value
}
