import type { Origin } from '../../model/finding.ts'
import type { Moment } from '../../model/interval.ts'
import { formatUtc } from '../../time/stamp.ts'
import { BACKUP_COLUMNS, makeBackupReader, WEAK, withWeakNames } from '../backups/cells.ts'
import type { ListingRow } from '../backups/rows.ts'
import type { BackupStore } from '../backups/store.ts'
import { wordIn, wordsFor } from '../backups/words.ts'
import type { Cells } from '../filter.ts'
import { makeRowParser, type RowParser } from '../row-parser.ts'
import { cellsHash } from '../vulnerabilities/cells.ts'
import { ID, type Once, type RecordType } from './record-type.ts'

/** What was there when someone looked: all rows of one time and location of a file are one listing. */
export const inventory: RecordType = {
  name: 'inventory',
  required: ['taken_at', 'backup'],
  dated: 'taken_at',
  serviceOptional: true,
  columns: [
    { name: 'taken_at', aliases: ['listed_at', 'inventory_at'] },
    { name: 'backup', aliases: ['backup_id', 'snapshot', 'snapshot_id', 'archive'] },
    { name: 'complete', aliases: ['is_complete'] },
    { name: 'scope' },
    ...BACKUP_COLUMNS,
    ID,
    ...[...WEAK.values()].flat().map(name => ({ name })),
  ],
  open(given, store) {
    const reading = withWeakNames(given)
    const row = makeRowParser(reading)
    const { backups } = store
    const { listings } = backups
    const readBackup = makeBackupReader(row, reading, backups, 'listing')
    const hash = cellsHash(reading, OF_LISTING)
    let newest = Number.NEGATIVE_INFINITY
    const tooEarly: Once = {
      code: 'taken-at-too-early',
      message: rows =>
        `--taken-at ${given.takenAt}: ${rows === 1 ? '1 backup of this listing is' : `${rows} backups of this listing are`} newer, the newest of ${formatUtc(newest)}`,
    }
    // Rows of listings after each other say the same of a backup, in the same words.
    const known = new Map<number, ListedRow>()

    return (cells, line, item, service) => {
      row.begin(cells)
      const at = row.start('taken_at')
      const complete = wordIn(row, 'complete', ANSWERS, 'yes, no, or ? where it is not known') ?? undefined
      const id = row.said('backup')
      if (id === undefined)
        row.fail('backup', 'backup is not known (?): expected the id of the backup, or blank for none')
      const location = row.text('location') ?? ''
      const component = row.text('component')
      const origin = row.origin(line, item)
      const key = hash(cells)
      const same = row.failed ? undefined : known.get(key)
      if (at !== undefined && !row.failed && at.earliest > reading.asOf) return 'later'
      const isSame = same?.service === service && same.from <= (at?.latest ?? 0)
      const found = isSame ? same : read(cells, id ?? '', service, at, origin)
      if (found === undefined || at === undefined) {
        lose(id ?? '', at, location, origin)
        return 'bad'
      }
      if (found !== same) known.set(key, found)
      reading.dated(at.earliest)
      backups.dated(at)
      const shared = backups.text(location)
      const empty = found.spot < 0
      const text = component === undefined ? '' : backups.text(component)
      const listing = listings.listing(
        { at: row.known(at), location: shared, component: text, scope: found.scope, complete, empty, origin },
        true,
      )
      if (!empty) {
        backups.meets(component, origin)
        listings.show(found.spot, found.body, listing, origin)
      }
      return 'used'
    }

    function read(
      cells: Cells,
      id: string,
      service: string,
      at: Moment | undefined,
      origin: Origin,
    ): ListedRow | undefined {
      const said = readBackup(cells, { id, label: '', service, origin })
      if (id !== '' && at !== undefined && said.started !== undefined && said.started.earliest > at.latest) {
        newest = Math.max(newest, said.started.earliest)
        const isOption = row.text('taken_at') === given.takenAt
        row.fail('started_at', 'started_at lies after taken_at', LATER, isOption ? tooEarly : undefined)
      }
      if (row.failed) return undefined
      const from = said.started?.earliest ?? Number.NEGATIVE_INFINITY
      const { scope } = said
      if (id === '') return { service, from, scope, body: -1, spot: -1 }
      backups.dated(said.started)
      backups.dated(said.completed)
      return { service, from, scope, body: backups.body(said), spot: backups.spot(id, said.component, said.place) }
    }

    /** A bad row is still one of its listing. */
    function lose(id: string, at: Moment | undefined, location: string, origin: Origin): void {
      if (id !== '') backups.spoil({ id, component: ownComponent(row, backups), type: 'inventory', origin })
      if (at === undefined) listings.lose(origin.input)
      else if (id !== '') showLeft(row, backups, { at, id, origin })
      else listings.lose(origin.input, listings.listing(unsaid(row.known(at), backups.text(location), origin), false))
    }
  },
  /** That a row is left out is no sign that what it tells of is not there. */
  leave(given, store) {
    const reading = withWeakNames(given)
    const row = makeRowParser(reading)
    return (cells, line, item) => {
      row.begin(cells)
      const at = reading.stamps.moment(row.text('taken_at') ?? '')
      const id = row.text('backup')
      if (!('earliest' in at) || at.earliest > reading.asOf || id === undefined) return
      showLeft(row, store.backups, { at, id, origin: row.origin(line, item) })
    }
  },
}

/** A listing shows something of which nothing else is taken from it. */
function showLeft(
  row: RowParser,
  backups: BackupStore,
  { at, id, origin }: { readonly at: Moment; readonly id: string; readonly origin: Origin },
): void {
  const text = (column: string): string => row.text(column) ?? ''
  const place = backups.place(text('location'), text('provider'), text('region'), text('country').toUpperCase())
  const listing = backups.listings.listing(unsaid(row.known(at), place.location, origin), false)
  backups.listings.show(backups.spot(id, ownComponent(row, backups), place), -1, listing, origin)
}

/** The component that a row names, or else the one that all rows without one are of. */
const ownComponent = (row: RowParser, backups: BackupStore): string => row.text('component') ?? backups.onlyComponent

function unsaid(at: Moment, location: string, origin: Origin): ListingRow {
  return { at, location, component: '', scope: '', complete: undefined, empty: false, origin }
}

/** What a row comes to, whichever listing it is of: what it says, from when on that can be said, and of what where. */
interface ListedRow {
  readonly service: string
  readonly from: number
  readonly scope: string
  readonly body: number
  readonly spot: number
}

const LATER = 'a listing shows nothing that is made later'

/** What only says of which listing a row is. */
const OF_LISTING: ReadonlySet<string> = new Set(['taken_at', 'complete'])

const ANSWERS = wordsFor([
  ['yes true 1 y complete', true],
  ['no false 0 n partial', false],
])
