import { makeRowParser, type RowParser } from '../row-parser.ts'
import type { Outcome, Reading, RowReader } from '../types/record-type.ts'
import type { DeletionRow } from './rows.ts'
import type { BackupStore } from './store.ts'
import { upTo } from './times.ts'

/** Something that happened to a backup which a row names. */
export interface NamedType<T> {
  readonly name: 'backup-deletion' | 'verification'
  /** What was done to the backup. */
  readonly done: string
  /** Further cells of a row; what is wrong with them fails it. */
  more(row: RowParser): T
  keep(row: DeletionRow & T): void
}

/** Reads rows that name a backup, when something happened to it, and where; those beyond `as of` are later ones. */
export function namedRows<T>(
  reading: Reading,
  backups: BackupStore,
  { name, done, more, keep }: NamedType<T>,
): RowReader {
  const row = makeRowParser(reading)
  return (cells, line, item): Outcome => {
    row.begin(cells)
    const backup = row.text('backup')
    if (backup === undefined) row.fail('backup', `backup is blank: expected the id of the backup that was ${done}`)
    const at = row.start('time')
    const others = more(row)
    const component = row.text('component') ?? ''
    const origin = row.origin(line, item)
    if (row.failed || backup === undefined || at === undefined) {
      if (backup !== undefined) backups.spoil({ id: backup, component, type: name, origin })
      return 'bad'
    }
    const past = upTo(at, reading.asOf)
    if (past === null) return 'later'
    reading.dated(at.earliest)
    backups.dated(at)
    const location = backups.text(row.text('location') ?? '')
    if (component !== '') backups.meets(component, origin)
    keep({ backup: backups.text(backup), component: backups.text(component), location, at: past, origin, ...others })
    return 'used'
  }
}
