import { PLACE, placeIn } from '../backups/cells.ts'
import { isSurelyBefore, upTo } from '../backups/times.ts'
import { statusIn } from '../backups/words.ts'
import { makeRowParser } from '../row-parser.ts'
import { ID, type RecordType, SERVICE } from './record-type.ts'

/** Transfers of backups to another place. */
export const backupCopy: RecordType = {
  name: 'backup-copy',
  required: ['backup', 'completed_at'],
  dated: 'completed_at',
  serviceOptional: true,
  columns: [
    { name: 'backup', aliases: ['backup_id'] },
    { name: 'started_at' },
    { name: 'completed_at', aliases: ['copied_at'] },
    { name: 'status' },
    ...PLACE,
    { name: 'deleted_at', aliases: ['deleted'] },
    { name: 'expires_at', aliases: ['expires'] },
    { name: 'component' },
    SERVICE,
    ID,
  ],
  open(reading, store) {
    const row = makeRowParser(reading)
    const { backups } = store
    const attributes = backups.keptCells(reading.names)

    return (cells, line, item, service) => {
      row.begin(cells)
      const backup = row.text('backup')
      if (backup === undefined) row.fail('backup', 'backup is blank: expected the id of the backup that was copied')
      const started = row.stamp('started_at')
      const completed = row.stamp('completed_at')
      const deleted = row.stamp('deleted_at')
      const expires = row.stamp('expires_at')
      if (isSurelyBefore(completed, started)) row.fail('completed_at', 'completed_at lies before started_at')
      if (isSurelyBefore(deleted, completed)) row.fail('deleted_at', 'deleted_at lies before completed_at')
      const status = statusIn(row) ?? undefined
      const place = placeIn(row, backups)
      const component = row.text('component') ?? ''
      const origin = row.origin(line, item)
      if (row.failed || backup === undefined) {
        if (backup !== undefined) backups.spoil({ id: backup, component, type: 'backup-copy', origin })
        return 'bad'
      }
      const begun = started === null || started === undefined ? started : row.happenedBy(started)
      const made = completed === null || completed === undefined ? completed : upTo(completed, reading.asOf)
      const isLater =
        (completed !== null && completed !== undefined && made === null && started === undefined) ||
        (started && begun === null)
      if (isLater) return 'later'
      const known = made ?? begun
      if (known !== null && known !== undefined) reading.dated(known.earliest)
      const gone = deleted === null || deleted === undefined ? deleted : upTo(deleted, reading.asOf)
      for (const stamp of [begun, made, gone]) backups.dated(stamp)
      if (component !== '') backups.meets(component, origin)
      backups.copy({
        backup: backups.text(backup),
        id: backups.text(row.text('id') ?? ''),
        component: backups.text(component),
        service,
        place,
        begun,
        made:
          status === 'running' ? null : made === null && status !== undefined && completed === null ? undefined : made,
        status,
        expires: expires ?? undefined,
        deleted: gone,
        attributes: attributes(cells),
        origin,
      })
      return 'used'
    }
  },
}
