import { withWeakNames } from '../backups/cells.ts'
import { firstMoment, isSurelyBefore } from '../backups/times.ts'
import { passedIn, wordIn, wordsFor } from '../backups/words.ts'
import { makeRowParser } from '../row-parser.ts'
import { ID, type RecordType, SERVICE } from './record-type.ts'

/** Restores, for a test or in earnest. */
export const restore: RecordType = {
  name: 'restore',
  required: [],
  anyOf: ['started_at', 'requested_at'],
  // What tells it from a backup.
  oneOf: ['backup', 'purpose', 'scope', 'source', 'outcome', 'recovered_to', 'failure_at', 'incident', 'requested_at'],
  dated: 'started_at',
  serviceOptional: true,
  columns: [
    { name: 'started_at', aliases: ['restore_started_at'] },
    { name: 'requested_at' },
    { name: 'completed_at' },
    { name: 'component' },
    { name: 'backup', aliases: ['backup_id'] },
    { name: 'purpose' },
    { name: 'scope' },
    { name: 'source' },
    { name: 'outcome' },
    { name: 'recovered_to' },
    { name: 'failure_at' },
    { name: 'incident' },
    SERVICE,
    ID,
  ],
  open(given, store) {
    const reading = withWeakNames(given, WEAK)
    const row = makeRowParser(reading)
    const { backups } = store

    return (cells, line, item, service) => {
      row.begin(cells)
      const requested = row.stamp('requested_at')
      const started = row.stamp('started_at')
      const completed = row.stamp('completed_at')
      if (!row.failed && firstMoment([requested, started]) === undefined) {
        row.fail('started_at', 'neither started_at nor requested_at is given: expected one of them')
      }
      if (isSurelyBefore(completed, started)) row.fail('completed_at', 'completed_at lies before started_at')
      const failed = row.stamp('failure_at')
      if (isSurelyBefore(completed, failed)) row.fail('completed_at', 'completed_at lies before failure_at')
      if (isSurelyBefore(started, requested)) row.fail('started_at', 'started_at lies before requested_at')
      const purpose = wordIn(row, 'purpose', PURPOSES, 'test or real') ?? undefined
      const source = wordIn(row, 'source', SOURCES, 'backup or live') ?? undefined
      const passed = passedIn(row)
      const recoveredTo = row.happened('recovered_to')
      const backup = row.said('backup')
      const origin = row.origin(line, item)
      if (row.failed) {
        if (backup) backups.spoil({ id: backup, component: row.text('component') ?? '', type: 'restore', origin })
        return 'bad'
      }
      const first = firstMoment([requested, started])
      if (first === undefined || first.earliest > reading.asOf) return 'later'
      reading.dated(first.earliest)
      const component = row.text('component')
      // Tests and recoveries of whatever it is count too.
      if (component !== undefined) backups.meets(component, origin)
      const id = row.text('id')
      const byNow = (stamp: typeof started) => (stamp === null || stamp === undefined ? stamp : row.happenedBy(stamp))
      backups.restore({
        origin,
        service,
        attributes: reading.attributes(cells),
        ...(id === undefined ? {} : { id }),
        incident: row.said('incident'),
        component: component ?? backups.onlyComponent,
        backup,
        purpose,
        scope: row.said('scope'),
        source,
        passed,
        requested: byNow(requested),
        started: byNow(started),
        completed: byNow(completed),
        recoveredTo,
        failure: byNow(failed),
      })
      return 'used'
    }
  },
}

/** Names that files of other types have too. */
const WEAK: ReadonlyMap<string, readonly string[]> = new Map([
  ['outcome', ['result', 'status']],
  ['started_at', ['start', 'start_time', 'started', 'begin']],
  ['completed_at', ['finished_at', 'end', 'end_time', 'ended_at', 'completed']],
])

const PURPOSES = wordsFor([
  ['test drill exercise', 'test' as const],
  ['real incident production emergency', 'real' as const],
])

const SOURCES = wordsFor([
  ['backup copy', 'backup' as const],
  ['live production', 'live' as const],
])
