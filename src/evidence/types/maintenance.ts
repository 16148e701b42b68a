import { parseDuration } from '../../time/duration.ts'
import type { Maintenance } from '../records.ts'
import { makeRowParser } from '../row-parser.ts'
import { END, ID, type RecordType, SERVICE, START } from './record-type.ts'

/** Work on a service, announced or not. */
export const maintenance: RecordType = {
  name: 'maintenance',
  required: ['start'],
  needed: ['end'],
  dated: 'start',
  columns: [
    START,
    END,
    { name: 'announced_at', aliases: ['announced', 'notified_at'] },
    { name: 'planned_start', aliases: ['scheduled_start', 'planned_start_at', 'scheduled_for'] },
    { name: 'planned_end', aliases: ['scheduled_end', 'planned_end_at', 'scheduled_until'] },
    { name: 'expected_downtime' },
    { name: 'impact' },
    SERVICE,
    { name: 'kind' },
    { name: 'overrun_notified_at' },
    ID,
  ],
  open(reading, store) {
    const row = makeRowParser(reading)
    return (cells, line, item, service) => {
      row.begin(cells)
      const start = row.start('start')
      const end = row.end('end', start)
      const announced = row.happened('announced_at')
      const plannedStart = row.stated('planned_start')
      const plannedEnd = row.stated('planned_end')
      const expectedDowntime = row.parsed('expected_downtime', elapsed, 'a duration such as 15min or 2h')
      const impact = row.word('impact', IMPACTS, 'down')
      const overrunNotified = row.happened('overrun_notified_at')
      if (plannedStart !== undefined && plannedEnd !== undefined && plannedEnd.latest < plannedStart.earliest) {
        row.fail('planned_end', 'planned_end lies before planned_start')
      }
      if (row.failed || start === undefined || end === undefined || impact === undefined) return 'bad'
      if (start.earliest > reading.asOf) return 'later'
      const id = row.text('id')
      const record: Maintenance = {
        origin: row.origin(line, item),
        service,
        attributes: reading.attributes(cells),
        start: row.known(start),
        end: end === null ? null : row.happenedBy(end),
        announced,
        impact,
        overrunNotified,
        ...(id === undefined ? {} : { id }),
        ...(plannedStart === undefined ? {} : { plannedStart }),
        ...(plannedEnd === undefined ? {} : { plannedEnd }),
        ...(expectedDowntime === undefined ? {} : { expectedDowntime }),
      }
      reading.dated(start.earliest)
      store.maintenances.push(record)
      return 'used'
    }
  },
}

const IMPACTS = new Map<string, Maintenance['impact']>([
  ['down', 'down'],
  ['degraded', 'degraded'],
  ['none', 'none'],
  ['as-observed', 'as-observed'],
])

function elapsed(text: string): number | undefined {
  const duration = parseDuration(text)
  return 'unit' in duration && duration.unit === 'elapsed' ? duration.ms : undefined
}
