import { makeRowParser } from '../row-parser.ts'
import { type RecordType, SERVICE, TIME } from './record-type.ts'

/** Looks at how far a point-in-time recovery would have reached. */
export const recoveryPoint: RecordType = {
  name: 'recovery-point',
  required: ['time', 'recoverable_to'],
  dated: 'time',
  serviceOptional: true,
  columns: [TIME, { name: 'recoverable_to', aliases: ['latest_restorable_time'] }, { name: 'component' }, SERVICE],
  open(reading, store) {
    const row = makeRowParser(reading)
    const { backups } = store
    return (cells, line, item, service) => {
      row.begin(cells)
      const at = row.start('time')
      const recoverableTo = row.start('recoverable_to')
      if (at !== undefined && recoverableTo !== undefined && recoverableTo.earliest > at.latest) {
        row.fail('recoverable_to', 'recoverable_to lies after time')
      }
      if (row.failed || at === undefined || recoverableTo === undefined) return 'bad'
      if (at.earliest > reading.asOf) return 'later'
      reading.dated(at.earliest)
      const origin = row.origin(line, item)
      const component = row.text('component')
      backups.meets(component ?? '', origin)
      backups.recoveryPoints.push({
        origin,
        service,
        attributes: reading.attributes(cells),
        at: row.known(at),
        recoverableTo: row.known(recoverableTo),
        component: component ?? backups.onlyComponent,
      })
      return 'used'
    }
  },
}
