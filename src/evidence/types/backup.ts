import { BACKUP_COLUMNS, makeBackupReader, WEAK, withWeakNames } from '../backups/cells.ts'
import { makeRowParser } from '../row-parser.ts'
import { ID, type RecordType } from './record-type.ts'

/** Runs of backups, one row each; a running one may be told again once it has ended. */
export const backup: RecordType = {
  name: 'backup',
  required: [],
  anyOf: ['started_at', 'completed_at'],
  oneOf: ['component', 'id'],
  dated: 'started_at',
  serviceOptional: true,
  columns: [
    ...BACKUP_COLUMNS,
    { ...ID, aliases: ['backup_id', 'snapshot_id', 'backup_job_id'] },
    ...[...WEAK.values()].flat().map(name => ({ name })),
  ],
  open(given, store) {
    const reading = withWeakNames(given)
    const row = makeRowParser(reading)
    const { backups } = store
    const read = makeBackupReader(row, reading, backups)

    return (cells, line, item, service) => {
      row.begin(cells)
      const id = row.text('id') ?? ''
      const component = row.text('component')
      const when = row.text('started_at') ?? row.text('completed_at') ?? ''
      const origin = row.origin(line, item)
      if (id === '' && component === undefined && backups.onlyComponent === '') {
        row.fail('component', 'component and id are blank: expected what was backed up, or the id of the backup')
      }
      const said = read(cells, {
        id,
        label: id === '' ? `${component ?? backups.onlyComponent}@${when}` : '',
        service,
        origin,
      })
      const isPlanned = said.status === 'running' && row.text('status') !== undefined
      if (WHEN.every(column => row.text(column) === undefined && !row.isUnknown(column)) && !isPlanned) {
        row.fail('started_at', 'started_at and completed_at are blank: expected when the backup was made')
      }
      if (row.failed) {
        if (id === '') return 'bad'
        backups.spoil({ id, component: said.component, type: 'backup', origin })
        backups.log({ ...said, bad: true })
        return 'bad'
      }
      if (said.started !== undefined && said.started.earliest > reading.asOf) return 'later'
      const at = said.started ?? said.completed
      if (at !== undefined && at !== null) reading.dated(at.earliest)
      backups.dated(said.started)
      backups.dated(said.completed)
      backups.dated(said.deleted)
      backups.meets(component, origin)
      backups.log(said)
      return 'used'
    }
  },
}

const WHEN = ['started_at', 'completed_at'] as const
