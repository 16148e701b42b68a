import { nearest } from '../../model/nearest.ts'
import { makeRowParser, type RowParser } from '../row-parser.ts'
import { cellsHash } from '../vulnerabilities/cells.ts'
import { ID, type RecordType, TIME } from './record-type.ts'
import { ASSET, wordOf } from './statement.ts'

/** Looks at assets, whatever they found: what a later one no longer shows is gone. */
export const scan: RecordType = {
  name: 'scan',
  required: ['id', 'time', 'asset'],
  dated: 'time',
  serviceOptional: true,
  columns: [
    ID,
    { ...TIME, aliases: [...(TIME.aliases ?? []), 'scanned_at'] },
    ASSET,
    { name: 'scanner', aliases: ['tool'] },
    { name: 'scope' },
    { name: 'outcome' },
    { name: 'database_at', aliases: ['database', 'db_date'] },
  ],
  open(reading, store) {
    const row = makeRowParser(reading)
    const hash = cellsHash(reading, MEANT)
    const { vulnerabilities } = store
    return (cells, line, item) => {
      row.begin(cells)
      const id = row.text('id')
      if (id === undefined) row.fail('id', 'id is blank: expected the id of the scan, which its rows name')
      const at = row.start('time')
      const asset = row.text('asset')
      if (asset === undefined) row.fail('asset', 'asset is blank: expected what was scanned')
      const succeeded = succeededIn(row)
      const database = row.happened('database_at')
      const origin = row.origin(line, item)
      if (row.failed || id === undefined || at === undefined || asset === undefined) {
        vulnerabilities.loseScan(id, asset, origin)
        return 'bad'
      }
      if (at.earliest > reading.asOf) {
        vulnerabilities.laterScan(id, asset)
        return 'later'
      }
      reading.dated(at.earliest)
      return vulnerabilities.scan({
        id,
        at: row.known(at),
        asset,
        scanner: row.text('scanner') ?? '',
        scope: row.text('scope') ?? '',
        succeeded,
        origin,
        database,
        cells: hash(cells),
      })
    }
  },
}

/** Undefined: not known, or no word for it; a blank outcome says that the scan has not ended. */
function succeededIn(row: RowParser): boolean | undefined {
  const said = row.said('outcome')
  if (said === undefined || said === null) return said === null ? false : undefined
  const succeeded = OUTCOMES.get(wordOf(said))
  if (succeeded === undefined) {
    const meant = nearest(wordOf(said), OUTCOMES.keys())?.replaceAll('_', ' ')
    const hint = 'expected success, failed, partial, running or another word of these; blank while it runs'
    row.fail(
      'outcome',
      `outcome "${said}": ${meant === undefined ? 'no known word' : `did you mean "${meant}"?`}`,
      hint,
    )
  }
  return succeeded
}

/** Of two rows these are the same where they mean the same. */
const MEANT: ReadonlySet<string> = new Set(['time', 'database_at'])

const SUCCESS = 'success succeeded ok passed completed complete done'
const FAILURE =
  'failed failure error errored cancelled canceled aborted partial incomplete timeout timed_out skipped running pending'
const OUTCOMES: ReadonlyMap<string, boolean> = new Map([
  ...SUCCESS.split(' ').map(word => [word, true] as const),
  ...FAILURE.split(' ').map(word => [word, false] as const),
])
