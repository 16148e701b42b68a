import { namedRows } from '../backups/named-rows.ts'
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
  open(reading, { backups }) {
    const keep = backups.delete
    return namedRows(reading, backups, { name: 'backup-deletion', done: 'deleted', more: () => ({}), keep })
  },
}
