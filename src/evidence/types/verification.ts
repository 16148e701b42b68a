import { namedRows } from '../backups/named-rows.ts'
import { passedIn } from '../backups/words.ts'
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
  open(reading, { backups }) {
    return namedRows(reading, backups, {
      name: 'verification',
      done: 'verified',
      more: row => ({ passed: passedIn(row) }),
      keep: backups.verify,
    })
  },
}
