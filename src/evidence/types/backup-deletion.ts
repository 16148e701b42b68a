import { makeRowParser } from '../row-parser.ts'
import { type RecordType, SERVICE, TIME } from './record-type.ts'

/** Deletions of backups, at one location or everywhere. */
export const backupDeletion: RecordType = {
  name: 'backup-deletion',
  required: ['backup', 'time'],
  dated: 'time',
  serviceOptional: true,
  columns: [
    { name: 'backup', aliases: ['backup_id'] },
    { ...TIME, aliases: [...(TIME.aliases ?? []), 'deleted_at'] },
    { name: 'location' },
    { name: 'component' },
    SERVICE,
  ],
  open(reading, store) {
    const row = makeRowParser(reading)
    const { backups } = store
    return (cells, line, item) => {
      row.begin(cells)
      const backup = row.text('backup')
      if (backup === undefined) row.fail('backup', 'backup is blank: expected the id of the backup that was deleted')
      const at = row.start('time')
      const component = row.text('component') ?? ''
      const origin = row.origin(line, item)
      if (row.failed || backup === undefined || at === undefined) {
        if (backup !== undefined) backups.spoil({ id: backup, component, type: 'backup-deletion', origin })
        return 'bad'
      }
      if (at.earliest > reading.asOf) return 'later'
      reading.dated(at.earliest)
      backups.dated(at)
      const location = backups.text(row.text('location') ?? '')
      if (component !== '') backups.meets(component, origin)
      backups.delete({
        backup: backups.text(backup),
        component: backups.text(component),
        location,
        at: row.known(at),
        origin,
      })
      return 'used'
    }
  },
}
