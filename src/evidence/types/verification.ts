import { passedIn } from '../backups/words.ts'
import { makeRowParser } from '../row-parser.ts'
import { type RecordType, SERVICE, TIME } from './record-type.ts'

/** Checks whether a backup can be read, at one location or everywhere. */
export const verification: RecordType = {
  name: 'verification',
  required: ['backup', 'time', 'outcome'],
  dated: 'time',
  serviceOptional: true,
  columns: [
    { name: 'backup', aliases: ['backup_id'] },
    { ...TIME, aliases: [...(TIME.aliases ?? []), 'verified_at', 'checked_at'] },
    { name: 'outcome', aliases: ['result'] },
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
      if (backup === undefined) row.fail('backup', 'backup is blank: expected the id of the backup that was verified')
      const at = row.start('time')
      const passed = passedIn(row)
      const component = row.text('component') ?? ''
      const origin = row.origin(line, item)
      if (row.failed || backup === undefined || at === undefined) {
        if (backup !== undefined) backups.spoil({ id: backup, component, type: 'verification', origin })
        return 'bad'
      }
      if (at.earliest > reading.asOf) return 'later'
      reading.dated(at.earliest)
      backups.dated(at)
      const location = backups.text(row.text('location') ?? '')
      if (component !== '') backups.meets(component, origin)
      backups.verify({
        backup: backups.text(backup),
        component: backups.text(component),
        location,
        at: row.known(at),
        passed,
        origin,
      })
      return 'used'
    }
  },
}
